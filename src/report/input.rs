//! What a report is computed from, and which of its rows a query means.

use super::filter::Filter;
use super::matcher::Matcher;
use super::query::{Query, Range};
use super::sender_totals::Senders;
use super::types::{DaySpan, SenderId, TlsBreakdown};
use crate::aggregate::{Cube, Key, Sym};
use crate::model::{Count, Counts, Day};
use foldhash::fast::FixedState;
use hashbrown::HashSet;
use std::collections::BTreeSet;

/// What every report is computed from. All of it is plain data: no clock, no files.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The counts.
    pub cube: &'a Cube,
    /// UTC days some loaded log covers, whether or not anything was counted on them. Days with rows in the cube
    /// count as covered anyway.
    pub days_with_logs: &'a BTreeSet<Day>,
    /// The UTC day of today.
    pub today: Day,
}

impl<'a> Input<'a> {
    /// The days and the domain that a query means.
    pub(crate) fn selection(&self, calendar: &Calendar, query: &Query) -> Selection {
        let domain = match &query.domain {
            None => DomainFilter::All,
            Some(domain) => self.cube.find(domain).map_or(DomainFilter::Nothing, DomainFilter::Only),
        };
        // Where nothing has a date, no range of days can mean anything but all there is.
        let undated = matches!(query.range, Range::All) || calendar.len() == 0;
        Selection { days: query.range.days(calendar.span(), self.today), undated, domain }
    }

    /// A selection with a filter's clauses.
    pub(crate) fn scope(&self, selection: Selection, filter: &Filter) -> Scope<'a> {
        let matcher = (!filter.is_empty()).then(|| Matcher::new(self.cube, filter));
        let mut scope = Scope { selection, matcher, senders: None };
        scope.senders = Senders::new(self.cube, &scope, filter);
        scope
    }

    /// The rows that a whole query means.
    pub(crate) fn query_scope(&self, query: &Query) -> Scope<'a> {
        self.scope(self.selection(&Calendar::of(self), query), &query.filter)
    }
}

/// The days that end with `last`; at least one.
pub(crate) fn last_days(last: Day, days: u16) -> DaySpan {
    DaySpan { first: last.plus(1 - i32::from(days.max(1))), last }
}

impl DaySpan {
    /// How many days there are in it.
    pub fn len(self) -> u64 {
        u64::try_from(i64::from(self.last.0) - i64::from(self.first.0) + 1).unwrap_or(0)
    }

    /// Whether it ends before it starts.
    pub fn is_empty(self) -> bool {
        self.last < self.first
    }

    /// Whether it holds this day.
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// How many days after its first a day is, if it is one of its days.
    pub(crate) fn index_of(self, day: Day) -> Option<usize> {
        if self.contains(day) {
            usize::try_from(i64::from(day.0) - i64::from(self.first.0)).ok()
        } else {
            None
        }
    }

    /// Its days in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = Day> {
        self.first.through(self.last)
    }
}

/// Every day that has logs, in order.
pub(crate) struct Calendar {
    days: Vec<Day>,
    /// Whether some rows have no day.
    pub(crate) has_undated: bool,
}

impl Calendar {
    pub(crate) fn of(input: &Input) -> Self {
        Self::new(input.days_with_logs, input.cube.keys().iter().map(|key| key.day))
    }

    /// Of days with logs, and of those that rows have.
    pub(crate) fn new(days_with_logs: &BTreeSet<Day>, of_rows: impl Iterator<Item = Option<Day>>) -> Self {
        let mut seen: HashSet<Day, FixedState> = days_with_logs.iter().copied().collect();
        let mut has_undated = false;
        // Rows of a day mostly stand together: one comparison then saves the look-up.
        let mut previous = None;
        for day in of_rows {
            match day {
                None => has_undated = true,
                day if day == previous => {}
                Some(day) => {
                    seen.insert(day);
                    previous = Some(day);
                }
            }
        }
        let mut days: Vec<Day> = seen.into_iter().collect();
        days.sort_unstable();
        Self { days, has_undated }
    }

    /// How many days have logs.
    pub(crate) fn len(&self) -> u64 {
        self.days.len() as u64
    }

    /// From the first day with logs to the last.
    pub(crate) fn span(&self) -> Option<DaySpan> {
        Some(DaySpan { first: *self.days.first()?, last: *self.days.last()? })
    }

    pub(crate) fn has_logs(&self, day: Day) -> bool {
        self.days.binary_search(&day).is_ok()
    }

    /// How many days of a period have logs.
    pub(crate) fn count_in(&self, span: DaySpan) -> u64 {
        let below_first = self.days.partition_point(|&day| day < span.first);
        let through_last = self.days.partition_point(|&day| day <= span.last);
        through_last.saturating_sub(below_first) as u64
    }
}

#[derive(Clone, Copy, Debug)]
enum DomainFilter {
    All,
    Only(Sym),
    /// A domain that is not in the cube.
    Nothing,
}

/// Which days and which sender domain a query means.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selection {
    /// The days; `None` where nothing with a date is loaded.
    pub(crate) days: Option<DaySpan>,
    /// Whether rows without a day belong to it.
    undated: bool,
    domain: DomainFilter,
}

impl Selection {
    pub(crate) fn has_day(&self, day: Option<Day>) -> bool {
        match day {
            None => self.undated,
            Some(day) => self.days.is_some_and(|days| days.contains(day)),
        }
    }

    pub(crate) fn has_domain(&self, domain: Sym) -> bool {
        match self.domain {
            DomainFilter::All => true,
            DomainFilter::Only(only) => only == domain,
            DomainFilter::Nothing => false,
        }
    }
}

/// Which rows of the cube a query means.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    selection: Selection,
    /// Clauses on rows, if there is any clause.
    matcher: Option<Matcher<'a>>,
    /// Clauses on numbers, if there are any.
    senders: Option<Senders>,
}

impl Scope<'_> {
    /// The days; `None` where nothing with a date is loaded.
    pub(crate) const fn days(&self) -> Option<DaySpan> {
        self.selection.days
    }

    /// Whether a row is in the range and satisfies the filter, as far as that can be told without its sender: refused
    /// sign-ins, and sessions whose messages are unknown, have none.
    #[inline]
    pub(crate) fn has_use(&self, key: &Key) -> bool {
        self.selection.has_day(key.day) && self.has_clauses(key)
    }

    /// The part of [`has_use`](Self::has_use) that is not the range.
    #[inline]
    pub(crate) fn has_clauses(&self, key: &Key) -> bool {
        self.matcher.as_ref().is_none_or(|matcher| matcher.has_use(key))
    }

    /// Whether a row's sender is of the domain and satisfies the clauses on senders.
    #[inline]
    pub(crate) fn has_sender(&self, key: &Key) -> bool {
        self.selection.has_domain(key.sender_domain) && self.has_sender_clauses(key)
    }

    /// The part of [`has_sender`](Self::has_sender) that is not the domain.
    #[inline]
    pub(crate) fn has_sender_clauses(&self, key: &Key) -> bool {
        self.matcher.as_ref().is_none_or(|matcher| matcher.has_sender(key))
    }

    /// Whether a line of the details table satisfies the clauses on numbers. `None`, a row of no line, only if there are
    /// none of them.
    #[inline]
    pub(crate) fn has_line(&self, line: Option<Line>) -> bool {
        self.senders.as_ref().is_none_or(|senders| line.is_some_and(|line| senders.has(line)))
    }

    /// [`has_line`](Self::has_line) of a row.
    #[inline]
    pub(crate) fn has_line_of(&self, key: &Key, counts: &Counts) -> bool {
        self.senders.is_none() || self.has_line(Line::of(key, counts))
    }
}

/// Which line of the details table a row of the cube belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A sender address, the null sender included.
    Address(Sym),
    /// A login whose messages stand in a log that is not loaded.
    Login(Sym),
    /// A login that signed in and, as far as is known, sent nothing. A line of its own only if the user sent
    /// nothing elsewhere in the range either: most such rows are just connections of a sender that had nothing
    /// to send.
    IdleLogin(Sym),
}

impl Line {
    /// `None`: nothing was used, somebody merely failed to sign in.
    pub(crate) fn of(key: &Key, counts: &Counts) -> Option<Self> {
        let signed_in = counts.sessions.known_part() > 0;
        if key.sender != Sym::EMPTY {
            (signed_in || !counts.messages.is_zero()).then_some(Self::Address(key.sender))
        } else if counts.messages.known_part() > 0 {
            Some(Self::Address(Sym::EMPTY))
        } else if !signed_in {
            None
        } else if counts.messages.has_unknown() {
            Some(Self::Login(key.user))
        } else {
            Some(Self::IdleLogin(key.user))
        }
    }
}

impl SenderId {
    /// The address or the login name.
    pub fn text(&self) -> &str {
        match self {
            Self::Address(text) | Self::Login(text) => text,
        }
    }
}

/// The known part, unless there were logs that hold only what is unknown, or no logs at all.
pub(crate) fn day_value(count: Count, day: Day, calendar: &Calendar) -> Option<u64> {
    if calendar.has_logs(day) { count.value() } else { None }
}

/// Breakdowns with the names of their domains, most first; empty ones left out.
pub(crate) fn most_first(
    cube: &Cube,
    all: impl Iterator<Item = (Sym, TlsBreakdown)>,
) -> Vec<(String, TlsBreakdown)> {
    let mut all: Vec<_> = all
        .map(|(domain, tls)| (tls.total(), cube.text(domain), tls))
        .filter(|&(total, ..)| total > 0)
        .collect();
    all.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    all.into_iter().map(|(_, name, tls)| (name.to_owned(), tls)).collect()
}

/// Messages where they are known, else sessions: enough to tell that a TLS version was seen.
pub(crate) fn seen(counts: &Counts) -> u64 {
    if counts.messages.known_part() > 0 { counts.messages.known_part() } else { counts.sessions.known_part() }
}

/// An array with an entry for every string of a cube, indexed by [`Sym`].
#[derive(Debug)]
pub(crate) struct BySym<T>(Vec<T>);

impl<T: Clone + Copy + Default> BySym<T> {
    pub(crate) fn new(cube: &Cube) -> Self {
        Self(vec![T::default(); cube.string_count()])
    }

    /// The default for a number of another cube.
    pub(crate) fn get(&self, sym: Sym) -> T {
        self.0.get(sym.0 as usize).copied().unwrap_or_default()
    }

    pub(crate) fn get_mut(&mut self, sym: Sym) -> Option<&mut T> {
        self.0.get_mut(sym.0 as usize)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Sym, T)> + '_ {
        (0_u32..).map(Sym).zip(self.0.iter().copied())
    }
}

/// Sums that belong to some strings of a cube, packed in order of first appearance.
pub(crate) struct Groups<T> {
    /// Position in `all` plus one; 0 for none.
    slots: BySym<u32>,
    pub(crate) all: Vec<(Sym, T)>,
}

impl<T: Default> Groups<T> {
    pub(crate) fn new(cube: &Cube) -> Self {
        Self { slots: BySym::new(cube), all: Vec::new() }
    }

    pub(crate) fn position(&self, sym: Sym) -> Option<usize> {
        (self.slots.get(sym) as usize).checked_sub(1)
    }

    /// The strings, in order of first appearance.
    pub(crate) fn names(&self) -> Vec<Sym> {
        self.all.iter().map(|&(name, _)| name).collect()
    }

    /// The sums of a string, begun now if there were none. `None` only for a number of another cube.
    pub(crate) fn entry(&mut self, sym: Sym) -> Option<&mut T> {
        self.place(sym).map(|(_, sums)| sums)
    }

    /// [`entry`](Self::entry), and its position in `all`.
    #[inline]
    pub(crate) fn place(&mut self, sym: Sym) -> Option<(usize, &mut T)> {
        let slot = self.slots.get_mut(sym)?;
        if *slot == 0 {
            self.all.push((sym, T::default()));
            *slot = u32::try_from(self.all.len()).ok()?;
        }
        let at = *slot as usize - 1;
        self.all.get_mut(at).map(|(_, sums)| (at, sums))
    }
}
