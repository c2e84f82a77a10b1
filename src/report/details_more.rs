//! What the details table tells of a sender beside messages and TLS: gathered only where such a column is wanted,
//! in the same pass over the cube.

use super::columns::{Column, Columns};
use super::input::{BySym, Line};
use super::types::{DaySpan, SenderFacts};
use crate::aggregate::{Cube, Key, Sym};
use crate::model::{Count, Counts, Day};
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
    #[inline]
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
    users: Names,
    clients: Names,
    /// Recipients, sessions and, of nobody, failed sign-ins; the rest is at its default.
    counts: Vec<Counts>,
    seen: Vec<Option<DaySpan>>,
}

/// The entry at a position, made now if there was none.
fn entry<T: Clone + Default>(all: &mut Vec<T>, at: usize) -> Option<&mut T> {
    if all.len() <= at {
        all.resize(at + 1, T::default());
    }
    all.get_mut(at)
}

/// What stands in further columns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// The one user, where there is only one.
    pub(super) only_user: Option<Sym>,
    pub(super) rest: SenderFacts,
}

/// What a further column tells of a row, as one number: for the order of rows, and for clauses. A day is its
/// [rank](day_rank). `None` where the table says that it is unknown.
pub(super) fn figure(column: Column, facts: &SenderFacts) -> Option<u64> {
    let known = |names: u64| (names > 0).then_some(names);
    match column {
        Column::Users => known(facts.users),
        Column::Clients => known(facts.clients),
        Column::Recipients => facts.recipients.value(),
        Column::Sessions => facts.sessions.value(),
        Column::FailedSignIns => facts.failed_signins.value(),
        Column::FirstSeen => facts.seen.map(|days| day_rank(days.first)),
        Column::LastSeen => facts.seen.map(|days| day_rank(days.last)),
        // No facts tell of these.
        Column::Authentication | Column::Tls | Column::Messages => None,
    }
}

/// A number for each day, in their order: days before 1970 come before it.
pub(super) fn day_rank(day: Day) -> u64 {
    u64::from(day.0.cast_unsigned() ^ 1 << 31)
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

    /// Notes refused sign-ins on a day of the range, of any domain: who fails to sign in has sent nothing.
    #[inline]
    pub(super) fn note_failures(&mut self, key: &Key, counts: &Counts) {
        if !counts.failed_signins.is_zero()
            && key.user != Sym::EMPTY
            && let Some(sum) = self.failures.get_mut(key.user)
        {
            *sum += counts.failed_signins;
        }
    }

    /// Adds a row of the cube to the line at a position among those of its kind.
    #[inline]
    pub(super) fn add(&mut self, line: Line, at: usize, key: &Key, counts: &Counts) {
        let wants = |column| self.columns.has(column);
        // Failed sign-ins are added to a line by its users.
        let wants_users = wants(Column::Users) || wants(Column::FailedSignIns);
        let wants_nobodys = wants(Column::FailedSignIns) && key.user == Sym::EMPTY;
        let wants_counts = wants(Column::Recipients) || wants(Column::Sessions);
        let wants_days = wants(Column::FirstSeen) || wants(Column::LastSeen);
        let wants_clients = wants(Column::Clients);
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
        if wants_counts && let Some(sums) = entry(&mut lines.counts, at) {
            sums.recipients += counts.recipients;
            sums.sessions += counts.sessions;
        }
        if wants_nobodys && let Some(sums) = entry(&mut lines.counts, at) {
            sums.failed_signins += counts.failed_signins;
        }
        if wants_days && let (Some(day), Some(seen)) = (key.day, entry(&mut lines.seen, at)) {
            *seen = together(*seen, Some(DaySpan { first: day, last: day }));
        }
    }

    /// Makes the idle login at one position part of the login at another.
    pub(super) fn join_idle(&mut self, from: usize, to: usize) {
        self.joined.push((from, to));
        if let Some(idle) = self.idle_logins.counts.get(from)
            && let Some(sums) = entry(&mut self.logins.counts, to)
        {
            *sums += *idle;
        }
        if let Some(&idle) = self.idle_logins.seen.get(from)
            && let Some(seen) = entry(&mut self.logins.seen, to)
        {
            *seen = together(*seen, idle);
        }
    }

    /// The facts of the addresses and, after them, of the logins.
    pub(super) fn finish(mut self, addresses: &[Sym], logins: &[Sym]) -> Vec<Facts> {
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

    fn facts_of(&self, lines: &Lines, names: &[Sym]) -> Vec<Facts> {
        let wants_failures = self.columns.has(Column::FailedSignIns);
        let mut all: Vec<Facts> = names
            .iter()
            .enumerate()
            .map(|(at, &name)| {
                let counts = lines.counts.get(at).copied().unwrap_or_default();
                let only_user = lines.users.first(at);
                let mut rest = SenderFacts {
                    users: u64::from(only_user.is_some()),
                    clients: u64::from(lines.clients.first(at).is_some()),
                    recipients: counts.recipients,
                    sessions: counts.sessions,
                    failed_signins: counts.failed_signins,
                    seen: lines.seen.get(at).copied().flatten(),
                };
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
