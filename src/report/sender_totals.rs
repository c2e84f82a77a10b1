//! A filter's clauses on numbers: which senders satisfy them.

use super::filter::{Clause, Field, Filter, Kind, Operator};
use super::input::{BySym, Groups, Line, Scope};
use crate::aggregate::{Cube, Sym};
use crate::model::{Count, Counts};
use foldhash::fast::FixedState;
use hashbrown::HashSet;

/// Which lines of the details table satisfy all clauses on numbers.
#[derive(Debug)]
pub(crate) struct Senders {
    addresses: BySym<bool>,
    logins: BySym<bool>,
    /// Users with a line as sender: their idle sign-ins are on no line.
    is_sender: BySym<bool>,
}

/// What a line comes to.
#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    counts: Counts,
    /// The first login met, which for most senders is the only one.
    login: Option<Sym>,
}

impl Senders {
    /// One pass over the rows of a scope, which itself has no senders yet. `None` if no clause is on a number.
    pub(crate) fn new(cube: &Cube, scope: &Scope, filter: &Filter) -> Option<Self> {
        let clauses: Vec<&Clause> =
            filter.clauses().iter().filter(|clause| clause.field().kind() == Kind::Number).collect();
        if clauses.is_empty() {
            return None;
        }
        let wants_failures = clauses.iter().any(|clause| clause.field() == Field::FailedSignIns);
        let mut sums = Sums::new(cube, wants_failures);
        sums.add_rows(cube, scope);
        sums.add_idle();
        if wants_failures {
            sums.add_failures();
        }
        let verdicts = |groups: &Groups<Totals>| {
            let mut verdicts = BySym::new(cube);
            for (sym, totals) in &groups.all {
                if let Some(verdict) = verdicts.get_mut(*sym) {
                    *verdict = clauses.iter().all(|clause| holds(clause, &totals.counts));
                }
            }
            verdicts
        };
        let (addresses, logins) = (verdicts(&sums.addresses), verdicts(&sums.logins));
        Some(Self { addresses, logins, is_sender: sums.is_sender })
    }

    /// Whether a row of this line belongs to a sender that satisfies the clauses.
    pub(crate) fn has(&self, line: Line) -> bool {
        match line {
            Line::Address(address) => self.addresses.get(address),
            Line::Login(user) => self.logins.get(user),
            Line::IdleLogin(user) => self.logins.get(user) && !self.is_sender.get(user),
        }
    }
}

fn holds(clause: &Clause, counts: &Counts) -> bool {
    let count = match clause.field() {
        Field::Messages => counts.messages,
        Field::Recipients => counts.recipients,
        Field::Sessions => counts.sessions,
        Field::FailedSignIns => counts.failed_signins,
        _ => return true,
    };
    let Some(value) = count.value() else { return false };
    match clause.operator() {
        Operator::Equals => value == clause.number(),
        Operator::NotEquals => value != clause.number(),
        Operator::AtLeast => value >= clause.number(),
        Operator::AtMost => value <= clause.number(),
        _ => false,
    }
}

struct Sums {
    addresses: Groups<Totals>,
    logins: Groups<Totals>,
    idle_logins: Groups<Totals>,
    is_sender: BySym<bool>,
    wants_failures: bool,
    /// Failed sign-ins by the name that was tried, whatever the sender.
    failed: BySym<Count>,
    /// Logins of an address but for its first.
    more_logins: HashSet<(Sym, Sym), FixedState>,
}

impl Sums {
    fn new(cube: &Cube, wants_failures: bool) -> Self {
        Self {
            addresses: Groups::new(cube),
            logins: Groups::new(cube),
            idle_logins: Groups::new(cube),
            is_sender: BySym::new(cube),
            wants_failures,
            failed: BySym::new(cube),
            more_logins: HashSet::default(),
        }
    }

    fn add_rows(&mut self, cube: &Cube, scope: &Scope) {
        for (key, counts) in cube.rows() {
            if !scope.has_use(key) {
                continue;
            }
            if self.wants_failures
                && let Some(failed) = self.failed.get_mut(key.user)
            {
                *failed += counts.failed_signins;
            }
            let Some(line) = Line::of(key, counts) else { continue };
            if matches!(line, Line::Address(_))
                && let Some(is_sender) = self.is_sender.get_mut(key.user)
            {
                *is_sender = true;
            }
            if !scope.has_sender(key) {
                continue;
            }
            let totals = match line {
                Line::Address(address) => self.addresses.entry(address),
                Line::Login(user) => self.logins.entry(user),
                Line::IdleLogin(user) => self.idle_logins.entry(user),
            };
            let Some(totals) = totals else { continue };
            let mut own = *counts;
            if self.wants_failures && key.user != Sym::EMPTY {
                // Added at the end, with all others of this login.
                own.failed_signins = Count::default();
                let first = *totals.login.get_or_insert(key.user);
                if let (Line::Address(address), true) = (line, first != key.user) {
                    self.more_logins.insert((address, key.user));
                }
            }
            totals.counts += own;
        }
    }

    fn add_idle(&mut self) {
        for (user, idle) in &self.idle_logins.all {
            if !self.is_sender.get(*user)
                && let Some(totals) = self.logins.entry(*user)
            {
                totals.counts += idle.counts;
            }
        }
    }

    /// A refused sign-in has no sender: it is of every sender that the name signs in for, and of the address itself.
    fn add_failures(&mut self) {
        let failed = &self.failed;
        for (login, totals) in &mut self.logins.all {
            if *login != Sym::EMPTY {
                totals.counts.failed_signins += failed.get(*login);
            }
        }
        for (address, totals) in &mut self.addresses.all {
            let itself = *address;
            let login = totals.login.filter(|&login| login != itself);
            let by_itself = itself != Sym::EMPTY && !self.more_logins.contains(&(itself, itself));
            for name in login.into_iter().chain(by_itself.then_some(itself)) {
                totals.counts.failed_signins += failed.get(name);
            }
        }
        for &(address, login) in &self.more_logins {
            if let Some(totals) = self.addresses.entry(address) {
                totals.counts.failed_signins += failed.get(login);
            }
        }
    }
}
