//! The details table.

use super::columns::{Column, Columns, Families};
use super::details_more::{Facts, figure};
use super::filter::Filter;
use super::gather::gather;
use super::input::{BySym, Input, seen};
use super::query::{DetailsRequest, Range, SortColumn};
use super::types::{DetailsPage, SenderFacts, SenderId, SenderRow, TlsBreakdown};
use crate::aggregate::{Cube, Key, Sym};
use crate::model::{AuthClass, Count, Counts, TlsVersion};

/// What is summed for every line of the table, whatever its columns.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    messages: Count,
    tls: TlsBreakdown,
    seen: TlsBreakdown,
    families: Families,
}

impl Sums {
    fn add(&mut self, key: &Key, counts: &Counts) {
        self.messages += counts.messages;
        self.tls.add(key.tls, counts.messages.known_part());
        self.seen.add(key.tls, seen(counts));
    }

    fn merge(&mut self, other: &Self) {
        self.messages += other.messages;
        for version in TlsVersion::ALL {
            self.tls.add(version, other.tls.get(version));
            self.seen.add(version, other.seen.get(version));
        }
        self.families.merge(other.families);
    }
}

/// The family of each mechanism, read from its name once.
struct FamilyOf(BySym<Families>);

impl FamilyOf {
    fn get(&mut self, cube: &Cube, mechanism: Sym) -> Families {
        let Some(known) = self.0.get_mut(mechanism) else { return Families::default() };
        if known.is_empty() {
            *known = Families::of(AuthClass::of(cube.text(mechanism)));
        }
        *known
    }
}

/// A row without its text: that stands in the cube.
#[derive(Clone, Copy, Debug)]
struct Entry {
    is_login: bool,
    name: Sym,
    sums: Sums,
    /// Where the row's further facts stand, if any were asked for.
    facts: u32,
}

/// The details table, sorted and searched, from which windows are cut.
///
/// Worth keeping as long as nothing else is loaded: the next window is only a copy, and another order or search goes through
/// the rows of the table and not through the cube.
#[derive(Clone, Debug)]
pub struct Details {
    grouping: Grouping,
    arrangement: Arrangement,
    entries: Vec<Entry>,
    /// What [`Entry::facts`] points to; empty where no such column is wanted.
    facts: Vec<Facts>,
    /// Positions of the entries that were searched for, in order.
    order: Vec<u32>,
}

/// What decides about rows and what stands in them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Grouping {
    range: Range,
    domain: Option<String>,
    filter: Filter,
    columns: Columns,
}

impl Grouping {
    fn of(request: &DetailsRequest) -> Self {
        let query = &request.query;
        Self {
            range: query.range,
            domain: query.domain.clone(),
            filter: query.filter.clone(),
            columns: wanted(request),
        }
    }
}

/// What decides which rows are shown, and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Arrangement {
    sort: SortColumn,
    ascending: bool,
    search: String,
}

impl Arrangement {
    fn of(request: &DetailsRequest) -> Self {
        Self { sort: request.sort, ascending: request.ascending, search: request.search.clone() }
    }
}

impl Details {
    /// Groups, searches and sorts. The request's window is not looked at; see [`page`](Self::page).
    pub fn build(input: &Input, request: &DetailsRequest) -> Self {
        let grouping = Grouping::of(request);
        let (entries, facts) = entries(input, request, grouping.columns);
        let arrangement = Arrangement::of(request);
        let order = arranged(input.cube, &entries, &facts, &arrangement);
        Self { grouping, arrangement, entries, facts, order }
    }

    /// The table that another request means, if it has the same rows and columns: only searched and sorted again. What is
    /// loaded, and what day it is, must not have changed since [`build`](Self::build).
    #[must_use]
    pub fn arrange(mut self, cube: &Cube, request: &DetailsRequest) -> Option<Self> {
        if self.grouping != Grouping::of(request) {
            return None;
        }
        let arrangement = Arrangement::of(request);
        if self.arrangement != arrangement {
            self.order = arranged(cube, &self.entries, &self.facts, &arrangement);
            self.arrangement = arrangement;
        }
        Some(self)
    }

    /// At most `len` rows from row `start` on. The cube must be the one that this was built from.
    pub fn page(&self, cube: &Cube, start: u64, len: u64) -> DetailsPage {
        let total = self.order.len();
        let from = usize::try_from(start).map_or(total, |start| start.min(total));
        let to = usize::try_from(len).map_or(total, |len| from.saturating_add(len).min(total));
        let window = self.order.get(from..to).unwrap_or_default();
        DetailsPage {
            total_rows: total as u64,
            unfiltered_rows: self.entries.len() as u64,
            start: from as u64,
            rows: window
                .iter()
                .filter_map(|&at| self.entries.get(at as usize))
                .map(|row| self.row(cube, row))
                .collect(),
        }
    }

    fn row(&self, cube: &Cube, row: &Entry) -> SenderRow {
        let text = |sym: Sym| cube.text(sym).to_owned();
        let facts = self.facts.get(row.facts as usize).copied().unwrap_or_default();
        let sums = &row.sums;
        SenderRow {
            sender: if row.is_login {
                SenderId::Login(text(row.name))
            } else {
                SenderId::Address(text(row.name))
            },
            messages: sums.messages,
            tls: sums.tls,
            tls_seen: sums.seen,
            families: sums.families,
            only_user: facts.only_user.map(text),
            facts: facts.rest,
        }
    }
}

/// The window a request asks for. Whoever asks for one window after another keeps [`Details`] instead.
pub fn details(input: &Input, request: &DetailsRequest) -> DetailsPage {
    Details::build(input, request).page(input.cube, request.start, request.len)
}

/// The columns asked for, the one sorted by included: it need not be shown.
fn wanted(request: &DetailsRequest) -> Columns {
    match request.sort {
        SortColumn::Column(column) => request.columns.with(column),
        _ => request.columns,
    }
}

/// The positions of the entries that contain the text searched for, sorted.
fn arranged(cube: &Cube, entries: &[Entry], facts: &[Facts], wanted: &Arrangement) -> Vec<u32> {
    let search = wanted.search.trim().to_lowercase();
    let is_found = |name: &str| search.is_empty() || name.to_lowercase().contains(&search);
    let key = |entry: &Entry| {
        let facts = || facts.get(entry.facts as usize).copied().unwrap_or_default().rest;
        sort_key(&entry.sums, facts, wanted.sort)
    };
    let mut rows: Vec<_> = (0_u32..)
        .zip(entries)
        .filter(|(_, entry)| is_found(cube.text(entry.name)))
        .map(|(at, entry)| (at, entry, key(entry)))
        .collect();
    let by_name = |a: &Entry, b: &Entry| cube.text(a.name).cmp(cube.text(b.name));
    rows.sort_unstable_by(|(_, a, key_of_a), (_, b, key_of_b)| {
        let order = if wanted.sort == SortColumn::Sender { by_name(a, b) } else { key_of_a.cmp(key_of_b) };
        // Equals stand in the same order either way round.
        let order = if wanted.ascending { order } else { order.reverse() };
        order.then_with(|| a.is_login.cmp(&b.is_login)).then_with(|| by_name(a, b))
    });
    rows.into_iter().map(|(at, ..)| at).collect()
}

fn entries(input: &Input, request: &DetailsRequest, columns: Columns) -> (Vec<Entry>, Vec<Facts>) {
    let cube = input.cube;
    let scope = input.query_scope(&request.query);
    let mut families = columns.has(Column::Authentication).then(|| FamilyOf(BySym::new(cube)));
    let add = |sums: &mut Sums, key: &Key, counts: &Counts| {
        sums.add(key, counts);
        if let Some(families) = &mut families {
            sums.families.merge(families.get(cube, key.mechanism));
        }
    };
    let gathered = gather(cube, &scope, columns, add, Sums::merge);
    let mut entries = Vec::with_capacity(gathered.addresses.len() + gathered.logins.len());
    for (is_login, groups) in [(false, &gathered.addresses), (true, &gathered.logins)] {
        entries.extend((entries.len()..).zip(groups).map(|(at, &(name, sums))| Entry {
            is_login,
            name,
            sums,
            facts: u32::try_from(at).unwrap_or(u32::MAX),
        }));
    }
    (entries, gathered.facts)
}

/// What a row is sorted by, the smallest first; unknown is less than 0.
fn sort_key(sums: &Sums, facts: impl Fn() -> SenderFacts, by: SortColumn) -> (Option<u64>, u64) {
    match by {
        SortColumn::Sender => (None, 0),
        SortColumn::Messages | SortColumn::Column(Column::Messages) => (sums.messages.value(), 0),
        // Seen in sessions at least, before not seen at all.
        SortColumn::Tls(version) => (Some(sums.tls.get(version)), sums.seen.get(version)),
        SortColumn::OldTls | SortColumn::Column(Column::Tls) => {
            (Some(sums.tls.below_1_2()), sums.seen.below_1_2())
        }
        SortColumn::Column(Column::Authentication) => (Some(sums.families.rank()), 0),
        SortColumn::Column(column) => (figure(column, &facts()), 0),
    }
}
