//! A filter's clauses on numbers and days: which senders satisfy them.

use super::columns::{Column, Columns};
use super::details_more::{Facts, day_rank, figure};
use super::filter::{Clause, Field, Filter, Operator};
use super::gather::gather;
use super::input::{BySym, Line, Scope};
use crate::aggregate::{Cube, Sym};
use crate::model::Counts;

/// Which lines of the details table satisfy all clauses on senders.
#[derive(Debug)]
pub(crate) struct Senders {
    addresses: BySym<bool>,
    logins: BySym<bool>,
    /// Users with a line as sender: their idle sign-ins are on no line.
    is_sender: BySym<bool>,
}

impl Senders {
    /// One pass over the rows of a scope, which itself has no senders yet. `None` if no clause is on a sender's numbers
    /// or days.
    pub(crate) fn new(cube: &Cube, scope: &Scope, filter: &Filter) -> Option<Self> {
        let tests: Vec<Test> = filter.clauses().iter().filter_map(Test::of).collect();
        if tests.is_empty() {
            return None;
        }
        let further = tests.iter().map(|test| test.column).filter(|&column| !is_count(column));
        let columns = further.fold(Columns::NONE, Columns::with);
        let gathered =
            gather(cube, scope, columns, |sum, _, counts| *sum += *counts, |sum, idle| *sum += *idle);
        let verdicts = |lines: &[(Sym, Counts)], facts: &[Facts]| {
            let mut verdicts = BySym::new(cube);
            for (at, (name, counts)) in lines.iter().enumerate() {
                let facts = facts.get(at).copied().unwrap_or_default();
                if let Some(verdict) = verdicts.get_mut(*name) {
                    *verdict = tests.iter().all(|test| test.holds(counts, &facts));
                }
            }
            verdicts
        };
        let (of_addresses, of_logins) =
            gathered.facts.split_at_checked(gathered.addresses.len()).unwrap_or_default();
        Some(Self {
            addresses: verdicts(&gathered.addresses, of_addresses),
            logins: verdicts(&gathered.logins, of_logins),
            is_sender: gathered.is_sender,
        })
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

/// A clause on senders: a column of the details table, and what it is compared with.
struct Test {
    column: Column,
    operator: Operator,
    /// A number, or a day by its [rank](day_rank).
    value: u64,
}

impl Test {
    /// `None` of a clause on rows of the cube.
    fn of(clause: &Clause) -> Option<Self> {
        let column = match clause.field() {
            Field::Users => Column::Users,
            Field::Clients => Column::Clients,
            Field::Messages => Column::Messages,
            Field::Recipients => Column::Recipients,
            Field::Sessions => Column::Sessions,
            Field::FailedSignIns => Column::FailedSignIns,
            Field::FirstSeen => Column::FirstSeen,
            Field::LastSeen => Column::LastSeen,
            _ => return None,
        };
        let value = clause.day().map_or_else(|| clause.number(), day_rank);
        Some(Self { column, operator: clause.operator(), value })
    }

    fn holds(&self, counts: &Counts, facts: &Facts) -> bool {
        let found = match self.column {
            Column::Messages => counts.messages.value(),
            Column::Recipients => counts.recipients.value(),
            Column::Sessions => counts.sessions.value(),
            column => figure(column, &facts.rest),
        };
        let Some(found) = found else { return false };
        match self.operator {
            Operator::Equals => found == self.value,
            Operator::NotEquals => found != self.value,
            Operator::AtLeast => found >= self.value,
            Operator::AtMost => found <= self.value,
            _ => false,
        }
    }
}

/// Whether a column is summed without looking at who and when.
const fn is_count(column: Column) -> bool {
    matches!(column, Column::Messages | Column::Recipients | Column::Sessions)
}
