//! The cube's rows summed by day, sender domain and TLS version: all that the charts need.
//!
//! A million rows come to some thousand cells, and another range or domain needs only them: they are kept from query to
//! query (a million rows, natively: 26 ms from the rows, below 1 ms from the cells).

use super::input::{BySym, Scope};
use crate::aggregate::{Cube, Key, Sym};
use crate::model::auth::UNKNOWN_MECHANISM;
use crate::model::{Count, Counts, Day, TlsVersion};

/// With more combinations of domain, day and version than this (16 MiB while they are summed) no cells are kept, and the rows
/// are gone through for each query.
pub(crate) const MAX_SLOTS: usize = 1 << 22;

/// What is counted on a day, for a sender domain, over a TLS version. Of rows that satisfy a filter's clauses, those on
/// senders aside; refused sign-ins, and sessions whose messages are unknown, have no sender.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cell {
    /// UTC day.
    pub(crate) day: Option<Day>,
    /// Domain of the senders.
    pub(crate) domain: Sym,
    /// Protection of the connection.
    pub(crate) tls: TlsVersion,
    /// Of the rows whose sender satisfies the filter, too.
    pub(crate) counts: Counts,
    /// Of all rows.
    pub(crate) messages: Count,
    /// Sessions of unknown messages, of all rows.
    pub(crate) sessions_without_messages: u64,
    /// The same of the rows whose sender satisfies the filter.
    pub(crate) senders_sessions_without_messages: u64,
    /// Messages without sign-in, of the rows whose sender satisfies the filter.
    pub(crate) messages_without_sign_in: u64,
    /// Rows whose sender satisfies the filter but for clauses on numbers.
    pub(crate) rows: u64,
}

impl Cell {
    fn of(key: &Key) -> Self {
        Self { day: key.day, domain: key.sender_domain, tls: key.tls, ..Self::default() }
    }

    #[inline]
    fn add(&mut self, key: &Key, counts: &Counts, row: &RowRules<'_>) {
        self.messages += counts.messages;
        let is_unknown = counts.messages.has_unknown();
        if is_unknown {
            add(&mut self.sessions_without_messages, counts.sessions.known_part());
        }
        if let Some(scope) = row.scope {
            let is_senders = scope.has_sender_clauses(key);
            self.rows += u64::from(is_senders);
            if !is_senders || !scope.has_line_of(key, counts) {
                return;
            }
        } else {
            self.rows += 1;
        }
        self.counts += *counts;
        if is_unknown {
            add(&mut self.senders_sessions_without_messages, counts.sessions.known_part());
        }
        if key.tls == TlsVersion::Unknown && Some(key.mechanism) == row.unknown_mechanism {
            add(&mut self.messages_without_sign_in, counts.messages.known_part());
        }
    }
}

fn add(sum: &mut u64, n: u64) {
    *sum = sum.saturating_add(n);
}

/// What decides how a row counts.
struct RowRules<'a> {
    /// A filter's clauses; the days and the domain of the scope are of no account.
    scope: Option<&'a Scope<'a>>,
    unknown_mechanism: Option<Sym>,
}

impl<'a> RowRules<'a> {
    fn new(cube: &Cube, scope: Option<&'a Scope<'a>>) -> Self {
        Self { scope, unknown_mechanism: cube.find(UNKNOWN_MECHANISM) }
    }

    fn has(&self, key: &Key) -> bool {
        self.scope.is_none_or(|scope| scope.has_clauses(key))
    }
}

/// All cells of a cube and a filter, in no particular order.
#[derive(Debug)]
pub(crate) enum Rollup {
    /// They.
    Cells(Vec<Cell>),
    /// There are too many.
    TooMany,
}

impl Rollup {
    /// Goes through all rows once. [`MAX_SLOTS`] is the most to have.
    pub(crate) fn of(cube: &Cube, scope: Option<&Scope>, max_slots: usize) -> Self {
        let Some(mut slots) = Slots::new(cube, max_slots) else { return Self::TooMany };
        let rules = RowRules::new(cube, scope);
        let mut cells: Vec<Cell> = Vec::new();
        for (key, counts) in cube.rows().filter(|(key, _)| rules.has(key)) {
            let Some(slot) = slots.of(key) else { return Self::TooMany };
            if *slot == 0 {
                cells.push(Cell::of(key));
                *slot = u32::try_from(cells.len()).unwrap_or(0);
            }
            if let Some(cell) = cells.get_mut((*slot as usize).wrapping_sub(1)) {
                cell.add(key, counts, &rules);
            }
        }
        Self::Cells(cells)
    }

    /// The cells, if there are not too many.
    pub(crate) fn cells(&self) -> Option<&[Cell]> {
        match self {
            Self::Cells(cells) => Some(cells),
            Self::TooMany => None,
        }
    }

    /// Hands all cells to `take`; cells of the same day, domain and version may come in several parts. `scope` makes
    /// the one that [`of`](Self::of) was given, should it be needed again.
    pub(crate) fn each<'a>(
        &self,
        cube: &Cube,
        scope: impl FnOnce() -> Option<&'a Scope<'a>>,
        take: &mut dyn FnMut(&Cell),
    ) {
        match self {
            Self::Cells(cells) => cells.iter().for_each(take),
            Self::TooMany => {
                let rules = RowRules::new(cube, scope());
                for (key, counts) in cube.rows().filter(|(key, _)| rules.has(key)) {
                    let mut cell = Cell::of(key);
                    cell.add(key, counts, &rules);
                    take(&cell);
                }
            }
        }
    }
}

/// The place of each cell: an array by domain, day and version. Looking a cell up in a hash table took ten times as long,
/// for this crate is built for size.
struct Slots {
    /// Position of each domain plus one.
    domains: BySym<u32>,
    first_day: i32,
    /// With one more for rows without a day.
    days: usize,
    /// Position of each cell plus one; 0 for none.
    cells: Vec<u32>,
}

impl Slots {
    fn new(cube: &Cube, max_slots: usize) -> Option<Self> {
        let mut domains: BySym<u32> = BySym::new(cube);
        let mut count = 0;
        let (mut first, mut last) = (i32::MAX, i32::MIN);
        for key in cube.keys() {
            let position = domains.get_mut(key.sender_domain)?;
            if *position == 0 {
                count += 1;
                *position = count;
            }
            if let Some(day) = key.day {
                first = first.min(day.0);
                last = last.max(day.0);
            }
        }
        let days = usize::try_from((i64::from(last) - i64::from(first) + 2).max(1)).ok()?;
        let len = (count as usize).checked_mul(days)?.checked_mul(TlsVersion::ALL.len())?;
        (len <= max_slots).then(|| Self { domains, first_day: first, days, cells: vec![0; len] })
    }

    #[inline]
    fn of(&mut self, key: &Key) -> Option<&mut u32> {
        let domain = (self.domains.get(key.sender_domain) as usize).checked_sub(1)?;
        let day = match key.day {
            None => 0,
            Some(day) => usize::try_from(i64::from(day.0) - i64::from(self.first_day)).ok()? + 1,
        };
        self.cells.get_mut((domain * self.days + day) * TlsVersion::ALL.len() + key.tls as usize)
    }
}
