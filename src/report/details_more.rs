//! What the details table tells of a sender beside messages and TLS: gathered only where such a column is wanted,
//! in the same pass over the cube.

use super::columns::{Column, Columns};
use super::details::Facts;
use super::input::{BySym, Line};
use super::types::{DaySpan, SenderFacts};
use crate::aggregate::{Cube, Key, Sym};
use crate::model::{Count, Counts};
use foldhash::fast::FixedState;
use hashbrown::HashSet;

/// Different names of each of several lines. Most lines have but one, which is kept without a look-up.
#[derive(Default)]
struct Names {
    first: Vec<Sym>,
    /// The further ones: a line's position and a name.
    others: HashSet<(u32, Sym), FixedState>,
}

impl Names {
    /// Nobody's name is no name.
    fn note(&mut self, at: usize, name: Sym) {
        if name == Sym::EMPTY {
            return;
        }
        if self.first.len() <= at {
            self.first.resize(at + 1, Sym::EMPTY);
        }
        if let Some(first) = self.first.get_mut(at) {
            if *first == Sym::EMPTY {
                *first = name;
            } else if *first != name
                && let Ok(at) = u32::try_from(at)
            {
                self.others.insert((at, name));
            }
        }
    }

    /// The first name of a line.
    fn first(&self, at: usize) -> Option<Sym> {
        self.first.get(at).copied().filter(|&name| name != Sym::EMPTY)
    }

    fn has(&self, at: usize, name: Sym) -> bool {
        self.first(at) == Some(name) || u32::try_from(at).is_ok_and(|at| self.others.contains(&(at, name)))
    }
}

/// The lines of one kind.
#[derive(Default)]
struct Lines {
    sums: Vec<SenderFacts>,
    users: Names,
    clients: Names,
}

impl Lines {
    fn at(&mut self, at: usize) -> Option<&mut SenderFacts> {
        if self.sums.len() <= at {
            self.sums.resize(at + 1, SenderFacts::default());
        }
        self.sums.get_mut(at)
    }
}

/// Further facts of all lines.
pub(super) struct More {
    columns: Columns,
    addresses: Lines,
    logins: Lines,
    idle_logins: Lines,
    /// Which line of the logins each idle one became part of.
    joined: Vec<(usize, usize)>,
    /// Refused sign-ins of each user, whomever he sent as.
    failures: BySym<Count>,
}

impl More {
    /// `None` if no column needs it.
    pub(super) fn wanted(cube: &Cube, columns: Columns) -> Option<Self> {
        let plain = Columns::NONE.with(Column::Tls).with(Column::Messages).with(Column::Authentication);
        columns.iter().any(|column| !plain.has(column)).then(|| Self {
            columns,
            addresses: Lines::default(),
            logins: Lines::default(),
            idle_logins: Lines::default(),
            joined: Vec::new(),
            failures: BySym::new(cube),
        })
    }

    /// Whether a line's users have to be told apart.
    fn wants_users(&self) -> bool {
        self.columns.has(Column::Users) || self.columns.has(Column::FailedSignIns)
    }

    /// Notes refused sign-ins on a day of the range, of any domain: who fails to sign in has sent nothing.
    pub(super) fn note_failures(&mut self, key: &Key, counts: &Counts) {
        if !counts.failed_signins.is_zero()
            && key.user != Sym::EMPTY
            && let Some(sum) = self.failures.get_mut(key.user)
        {
            *sum += counts.failed_signins;
        }
    }

    /// Adds a row of the cube to the line at a position among those of its kind.
    pub(super) fn add(&mut self, line: Line, at: usize, key: &Key, counts: &Counts) {
        let (wants_users, wants_clients) = (self.wants_users(), self.columns.has(Column::Clients));
        let lines = match line {
            Line::Address(_) => &mut self.addresses,
            Line::Login(_) => &mut self.logins,
            Line::IdleLogin(_) => &mut self.idle_logins,
        };
        if wants_users {
            lines.users.note(at, key.user);
        }
        if wants_clients {
            lines.clients.note(at, key.client_ip);
        }
        let Some(sums) = lines.at(at) else { return };
        sums.recipients += counts.recipients;
        sums.sessions += counts.sessions;
        if key.user == Sym::EMPTY {
            sums.failed_signins += counts.failed_signins;
        }
        if let Some(day) = key.day {
            sums.seen = together(sums.seen, Some(DaySpan { first: day, last: day }));
        }
    }

    /// Makes the idle login at one position part of the login at another.
    pub(super) fn join_idle(&mut self, from: usize, to: usize) {
        self.joined.push((from, to));
        let idle = self.idle_logins.sums.get(from).copied().unwrap_or_default();
        if let Some(sums) = self.logins.at(to) {
            sums.recipients += idle.recipients;
            sums.sessions += idle.sessions;
            sums.failed_signins += idle.failed_signins;
            sums.seen = together(sums.seen, idle.seen);
        }
    }

    /// The facts of the addresses and, after them, of the logins.
    pub(super) fn finish<T>(mut self, addresses: &[(Sym, T)], logins: &[(Sym, T)]) -> Vec<Facts> {
        let Self { logins: own, idle_logins: idle, joined, .. } = &mut self;
        for (own, idle) in [(&mut own.users, &idle.users), (&mut own.clients, &idle.clients)] {
            let mut target = vec![None; idle.first.len()];
            for &(from, to) in joined.iter() {
                if let (Some(slot), Some(name)) = (target.get_mut(from), idle.first(from)) {
                    *slot = Some(to);
                    own.note(to, name);
                }
            }
            for &(from, name) in &idle.others {
                if let Some(&Some(to)) = target.get(from as usize) {
                    own.note(to, name);
                }
            }
        }
        let mut all = self.facts_of(&self.addresses, addresses);
        all.append(&mut self.facts_of(&self.logins, logins));
        all
    }

    fn facts_of<T>(&self, lines: &Lines, named: &[(Sym, T)]) -> Vec<Facts> {
        let wants_failures = self.columns.has(Column::FailedSignIns);
        let mut all: Vec<Facts> = named
            .iter()
            .enumerate()
            .map(|(at, &(name, _))| {
                let mut rest = lines.sums.get(at).copied().unwrap_or_default();
                let only_user = lines.users.first(at);
                rest.users = u64::from(only_user.is_some());
                rest.clients = u64::from(lines.clients.first(at).is_some());
                if wants_failures {
                    rest.failed_signins += only_user.map(|user| self.failures.get(user)).unwrap_or_default();
                    // The address itself, where nobody signs in with it and only failures are known.
                    if name != Sym::EMPTY && !lines.users.has(at, name) {
                        rest.failed_signins += self.failures.get(name);
                    }
                }
                Facts { only_user, rest }
            })
            .collect();
        for &(at, user) in &lines.users.others {
            if let Some(facts) = all.get_mut(at as usize) {
                facts.only_user = None;
                facts.rest.users += 1;
                if wants_failures {
                    facts.rest.failed_signins += self.failures.get(user);
                }
            }
        }
        for &(at, _) in &lines.clients.others {
            if let Some(facts) = all.get_mut(at as usize) {
                facts.rest.clients += 1;
            }
        }
        all
    }
}

fn together(a: Option<DaySpan>, b: Option<DaySpan>) -> Option<DaySpan> {
    match (a, b) {
        (Some(a), Some(b)) => Some(DaySpan { first: a.first.min(b.first), last: a.last.max(b.last) }),
        (a, b) => a.or(b),
    }
}
