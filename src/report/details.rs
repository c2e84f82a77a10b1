//! The details table.

use super::input::{BySym, Groups, Input, Line, seen};
use super::query::{DetailsRequest, Range, SortColumn};
use super::types::{DetailsPage, SenderId, SenderRow, TlsBreakdown};
use crate::model::{Count, TlsVersion};
use std::cmp::Ordering;

/// What is summed for every line of the table.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    messages: Count,
    tls: TlsBreakdown,
    seen: TlsBreakdown,
}

impl Sums {
    fn merge(&mut self, other: &Self) {
        self.messages += other.messages;
        for version in TlsVersion::ALL {
            self.tls.add(version, other.tls.get(version));
            self.seen.add(version, other.seen.get(version));
        }
    }
}

/// The whole details table of one request, sorted and searched, from which windows are cut.
///
/// Worth keeping while somebody scrolls: as long as nothing else is loaded and [`answers`](Self::answers) says
/// yes, the next window is only a copy.
#[derive(Clone, Debug)]
pub struct Details {
    range: Range,
    domain: Option<String>,
    sort: SortColumn,
    ascending: bool,
    search: String,
    unfiltered_rows: u64,
    rows: Vec<SenderRow>,
}

impl Details {
    /// Groups, searches and sorts. The request's window is not looked at; see [`page`](Self::page).
    pub fn build(input: &Input, request: &DetailsRequest) -> Self {
        let all = lines(input, request);
        let unfiltered_rows = all.len() as u64;
        let wanted = request.search.trim().to_lowercase();
        let mut rows: Vec<SenderRow> = all
            .into_iter()
            .filter(|row| wanted.is_empty() || row.sender.text().to_lowercase().contains(&wanted))
            .collect();
        rows.sort_unstable_by(|a, b| {
            let order = compare(a, b, request.sort);
            // Equals stand in the same order either way round.
            if request.ascending { order } else { order.reverse() }.then_with(|| a.sender.cmp(&b.sender))
        });
        Self {
            range: request.query.range,
            domain: request.query.domain.clone(),
            sort: request.sort,
            ascending: request.ascending,
            search: request.search.clone(),
            unfiltered_rows,
            rows,
        }
    }

    /// Whether this is the table a request means, apart from its window. What is loaded, and what day it is, must
    /// not have changed since [`build`](Self::build).
    pub fn answers(&self, request: &DetailsRequest) -> bool {
        self.range == request.query.range
            && self.domain == request.query.domain
            && self.sort == request.sort
            && self.ascending == request.ascending
            && self.search == request.search
    }

    /// At most `len` rows from row `start` on.
    pub fn page(&self, start: u64, len: u64) -> DetailsPage {
        let total = self.rows.len();
        let from = usize::try_from(start).map_or(total, |start| start.min(total));
        let to = usize::try_from(len).map_or(total, |len| from.saturating_add(len).min(total));
        DetailsPage {
            total_rows: total as u64,
            unfiltered_rows: self.unfiltered_rows,
            start: from as u64,
            rows: self.rows.get(from..to).unwrap_or_default().to_vec(),
        }
    }
}

/// The window a request asks for. Whoever asks for one window after another keeps [`Details`] instead.
pub fn details(input: &Input, request: &DetailsRequest) -> DetailsPage {
    Details::build(input, request).page(request.start, request.len)
}

fn lines(input: &Input, request: &DetailsRequest) -> Vec<SenderRow> {
    let cube = input.cube;
    let scope = input.query_scope(&request.query);
    let mut addresses: Groups<Sums> = Groups::new(cube);
    let mut logins: Groups<Sums> = Groups::new(cube);
    let mut idle_logins: Groups<Sums> = Groups::new(cube);
    let mut is_sender: BySym<bool> = BySym::new(cube);
    for (key, counts) in cube.rows() {
        if !scope.has_day(key.day) {
            continue;
        }
        let Some(line) = Line::of(key, counts) else { continue };
        if matches!(line, Line::Address(_))
            && let Some(is_sender) = is_sender.get_mut(key.user)
        {
            *is_sender = true;
        }
        if !scope.has_domain(key.sender_domain) {
            continue;
        }
        let sums = match line {
            Line::Address(address) => addresses.entry(address),
            Line::Login(user) => logins.entry(user),
            Line::IdleLogin(user) => idle_logins.entry(user),
        };
        if let Some(sums) = sums {
            sums.messages += counts.messages;
            sums.tls.add(key.tls, counts.messages.known);
            sums.seen.add(key.tls, seen(counts));
        }
    }
    for (user, idle) in &idle_logins.all {
        if !is_sender.get(*user)
            && let Some(sums) = logins.entry(*user)
        {
            sums.merge(idle);
        }
    }
    let row = |sender, sums: &Sums| SenderRow {
        sender,
        messages: sums.messages,
        tls: sums.tls,
        tls_seen: sums.seen,
    };
    let addresses =
        addresses.all.iter().map(|(a, sums)| row(SenderId::Address(cube.text(*a).to_owned()), sums));
    let logins = logins.all.iter().map(|(u, sums)| row(SenderId::Login(cube.text(*u).to_owned()), sums));
    addresses.chain(logins).collect()
}

/// Smallest first; unknown is less than 0.
fn compare(a: &SenderRow, b: &SenderRow, by: SortColumn) -> Ordering {
    let key = |row: &SenderRow| match by {
        SortColumn::Sender => (None, 0),
        SortColumn::Messages => (row.messages.value(), 0),
        // Seen in sessions at least, before not seen at all.
        SortColumn::Tls(version) => (Some(row.tls.get(version)), row.tls_seen.get(version)),
        SortColumn::OldTls => (Some(row.tls.below_1_2()), row.tls_seen.below_1_2()),
    };
    if by == SortColumn::Sender { a.sender.text().cmp(b.sender.text()) } else { key(a).cmp(&key(b)) }
}
