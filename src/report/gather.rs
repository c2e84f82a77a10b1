//! Rows of the cube to lines of the details table, in one pass, whatever is summed of them.

use super::columns::Columns;
use super::details_more::{Facts, More};
use super::input::{BySym, Groups, Line, Scope};
use crate::aggregate::{Cube, Key, Sym};
use crate::model::Counts;

/// Lines by name, in order of first appearance, with what was summed for each.
pub(super) struct Gathered<T> {
    /// Sender addresses.
    pub(super) addresses: Vec<(Sym, T)>,
    /// Logins that have a line of their own.
    pub(super) logins: Vec<(Sym, T)>,
    /// Users with a line as sender: their idle sign-ins are on no line.
    pub(super) is_sender: BySym<bool>,
    /// Further facts of the addresses and, after them, of the logins; empty where no column needs any.
    pub(super) facts: Vec<Facts>,
}

/// Sums the rows of a scope by line. `merge` adds what an idle login came to to a line of the same login.
pub(super) fn gather<T: Default>(
    cube: &Cube,
    scope: &Scope,
    columns: Columns,
    mut add: impl FnMut(&mut T, &Key, &Counts),
    merge: impl Fn(&mut T, &T),
) -> Gathered<T> {
    let mut addresses: Groups<T> = Groups::new(cube);
    let mut logins: Groups<T> = Groups::new(cube);
    let mut idle_logins: Groups<T> = Groups::new(cube);
    let mut is_sender: BySym<bool> = BySym::new(cube);
    let mut more = More::wanted(cube, columns);
    for (key, counts) in cube.rows() {
        if !scope.has_use(key) {
            continue;
        }
        if let Some(more) = &mut more {
            more.note_failures(key, counts);
        }
        let Some(line) = Line::of(key, counts) else { continue };
        if matches!(line, Line::Address(_))
            && let Some(is_sender) = is_sender.get_mut(key.user)
        {
            *is_sender = true;
        }
        if !scope.has_sender(key) || !scope.has_line(Some(line)) {
            continue;
        }
        let (groups, name) = match line {
            Line::Address(address) => (&mut addresses, address),
            Line::Login(user) => (&mut logins, user),
            Line::IdleLogin(user) => (&mut idle_logins, user),
        };
        let Some((at, sums)) = groups.place(name) else { continue };
        add(sums, key, counts);
        if let Some(more) = &mut more {
            more.add(line, at, key, counts);
        }
    }
    for (from, (user, idle)) in idle_logins.all.iter().enumerate() {
        if !is_sender.get(*user)
            && let Some((to, sums)) = logins.place(*user)
        {
            merge(sums, idle);
            if let Some(more) = &mut more {
                more.join_idle(from, to);
            }
        }
    }
    let facts = more.map_or_else(Vec::new, |more| more.finish(&addresses.names(), &logins.names()));
    Gathered { addresses: addresses.all, logins: logins.all, is_sender, facts }
}
