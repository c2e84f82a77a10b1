//! The details table.

use super::columns::{Column, Columns, Families};
use super::details_more::More;
use super::filter::Filter;
use super::input::{BySym, Groups, Input, Line, seen};
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
        self.tls.add(key.tls, counts.messages.known);
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

/// The whole details table of one request, sorted and searched, from which windows are cut.
///
/// Worth keeping while somebody scrolls: as long as nothing else is loaded and [`answers`](Self::answers) says
/// yes, the next window is only a copy.
#[derive(Clone, Debug)]
pub struct Details {
    range: Range,
    domain: Option<String>,
    filter: Filter,
    sort: SortColumn,
    ascending: bool,
    search: String,
    columns: Columns,
    unfiltered_rows: u64,
    rows: Vec<Entry>,
    /// What [`Entry::facts`] points to; empty where no such column is wanted.
    facts: Vec<Facts>,
}

/// What stands in further columns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// The one user, where there is only one.
    pub(super) only_user: Option<Sym>,
    pub(super) rest: SenderFacts,
}

impl Details {
    /// Groups, searches and sorts. The request's window is not looked at; see [`page`](Self::page).
    pub fn build(input: &Input, request: &DetailsRequest) -> Self {
        let cube = input.cube;
        let columns = wanted(request);
        let (mut rows, facts) = entries(input, request, columns);
        let unfiltered_rows = rows.len() as u64;
        let search = request.search.trim().to_lowercase();
        if !search.is_empty() {
            rows.retain(|row| cube.text(row.name).to_lowercase().contains(&search));
        }
        let facts_of = |row: &Entry| facts.get(row.facts as usize).copied().unwrap_or_default();
        let by_name = |a: &Entry, b: &Entry| cube.text(a.name).cmp(cube.text(b.name));
        rows.sort_unstable_by(|a, b| {
            let order = if request.sort == SortColumn::Sender {
                by_name(a, b)
            } else {
                let key = |row: &Entry| sort_key(&row.sums, || facts_of(row).rest, request.sort);
                key(a).cmp(&key(b))
            };
            // Equals stand in the same order either way round.
            let order = if request.ascending { order } else { order.reverse() };
            order.then_with(|| a.is_login.cmp(&b.is_login)).then_with(|| by_name(a, b))
        });
        Self {
            range: request.query.range,
            domain: request.query.domain.clone(),
            filter: request.query.filter.clone(),
            sort: request.sort,
            ascending: request.ascending,
            search: request.search.clone(),
            columns,
            unfiltered_rows,
            rows,
            facts,
        }
    }

    /// Whether this is the table a request means, apart from its window. What is loaded, and what day it is, must
    /// not have changed since [`build`](Self::build).
    pub fn answers(&self, request: &DetailsRequest) -> bool {
        self.range == request.query.range
            && self.domain == request.query.domain
            && self.filter == request.query.filter
            && self.sort == request.sort
            && self.ascending == request.ascending
            && self.search == request.search
            && self.columns == wanted(request)
    }

    /// At most `len` rows from row `start` on. The cube must be the one that this was built from.
    pub fn page(&self, cube: &Cube, start: u64, len: u64) -> DetailsPage {
        let total = self.rows.len();
        let from = usize::try_from(start).map_or(total, |start| start.min(total));
        let to = usize::try_from(len).map_or(total, |len| from.saturating_add(len).min(total));
        let rows = self.rows.get(from..to).unwrap_or_default();
        DetailsPage {
            total_rows: total as u64,
            unfiltered_rows: self.unfiltered_rows,
            start: from as u64,
            rows: rows.iter().map(|row| self.row(cube, row)).collect(),
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

fn entries(input: &Input, request: &DetailsRequest, columns: Columns) -> (Vec<Entry>, Vec<Facts>) {
    let cube = input.cube;
    let scope = input.query_scope(&request.query);
    let mut addresses: Groups<Sums> = Groups::new(cube);
    let mut logins: Groups<Sums> = Groups::new(cube);
    let mut idle_logins: Groups<Sums> = Groups::new(cube);
    let mut is_sender: BySym<bool> = BySym::new(cube);
    let mut families = columns.has(Column::Authentication).then(|| FamilyOf(BySym::new(cube)));
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
        let Some(sums) = groups.entry(name) else { continue };
        sums.add(key, counts);
        if let Some(families) = &mut families {
            sums.families.merge(families.get(cube, key.mechanism));
        }
        if let (Some(more), Some(at)) = (&mut more, groups.position(name)) {
            more.add(line, at, key, counts);
        }
    }
    for (from, (user, idle)) in idle_logins.all.iter().enumerate() {
        if !is_sender.get(*user)
            && let Some(sums) = logins.entry(*user)
        {
            sums.merge(idle);
            if let (Some(more), Some(to)) = (&mut more, logins.position(*user)) {
                more.join_idle(from, to);
            }
        }
    }
    let mut entries = Vec::with_capacity(addresses.all.len() + logins.all.len());
    for (is_login, groups) in [(false, &addresses), (true, &logins)] {
        entries.extend((entries.len()..).zip(&groups.all).map(|(at, &(name, sums))| Entry {
            is_login,
            name,
            sums,
            facts: u32::try_from(at).unwrap_or(u32::MAX),
        }));
    }
    let facts = more.map_or_else(Vec::new, |more| more.finish(&addresses.all, &logins.all));
    (entries, facts)
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
        SortColumn::Column(Column::Users) => (Some(facts().users), 0),
        SortColumn::Column(Column::Clients) => (Some(facts().clients), 0),
        SortColumn::Column(Column::Recipients) => (facts().recipients.value(), 0),
        SortColumn::Column(Column::Sessions) => (facts().sessions.value(), 0),
        SortColumn::Column(Column::FailedSignIns) => (facts().failed_signins.value(), 0),
        SortColumn::Column(Column::FirstSeen) => (facts().seen.map(|days| day_rank(days.first.0)), 0),
        SortColumn::Column(Column::LastSeen) => (facts().seen.map(|days| day_rank(days.last.0)), 0),
    }
}

/// Days before 1970 come before it.
fn day_rank(day: i32) -> u64 {
    u64::from(day.cast_unsigned() ^ 1 << 31)
}
