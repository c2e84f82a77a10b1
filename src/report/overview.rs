//! The dashboard and the chart view.

use super::filter::Filter;
use super::given_up::given_up;
use super::input::{Calendar, Groups, Input, day_value, most_first};
use super::query::{Query, Range, TlsBasis};
use super::rollup::{Cell, MAX_SLOTS, Rollup};
use super::sender_versions::senders_by_tls;
use super::standing::Standing;
use super::types::{
    DaySpan, MAX_LISTED_DAYS, Notice, Overview, SendingVolume, TlsBreakdown, TlsUsage, VolumeSeries,
};
use crate::aggregate::{Cube, Sym};
use crate::model::{Count, Counts, Day};
use std::cell::OnceCell;

/// How many series the Sending Volume chart has at most, "Other domains" included.
pub const MAX_SERIES: usize = 10;
/// How many days the Sending Volume chart has at most: ten years. A stray date in the year 1 would otherwise
/// make it a chart of two thousand years.
pub const MAX_CHART_DAYS: u64 = 3653;

/// Everything the dashboard and the chart view show for one query. Whoever asks again about the same data keeps
/// [`Overviews`] instead.
pub fn overview(input: &Input, query: &Query) -> Overview {
    Overviews::default().answer(input, query)
}

/// Answers queries about the same data, one after the other: what a query leaves as it is is not computed again.
pub struct Overviews {
    max_slots: usize,
    /// The rollup of all rows, and what is loaded in all.
    all: Option<(Rollup, Standing)>,
    /// The rollup of the last filter.
    filtered: Option<(RollupOf, Rollup)>,
}

impl Default for Overviews {
    fn default() -> Self {
        Self::with_max_slots(MAX_SLOTS)
    }
}

/// What a filtered rollup is made for.
#[derive(PartialEq, Eq)]
struct RollupOf {
    filter: Filter,
    /// What a sender comes to depends on the rows that count. `None` where no clause asks for that.
    scope: Option<(Range, Option<String>)>,
}

impl RollupOf {
    fn new(query: &Query) -> Self {
        let is_of_senders = query.filter.clauses().iter().any(|clause| clause.field().is_of_senders());
        Self {
            filter: query.filter.clone(),
            scope: is_of_senders.then(|| (query.range, query.domain.clone())),
        }
    }
}

impl Overviews {
    /// One that keeps no rollup of more slots.
    pub(crate) const fn with_max_slots(max_slots: usize) -> Self {
        Self { max_slots, all: None, filtered: None }
    }

    /// The overview of a query. The input must be the same each time but for the day of today;
    /// after any other change [`forget`](Self::forget) first.
    pub fn answer(&mut self, input: &Input, query: &Query) -> Overview {
        let (all, standing) = match self.all.take() {
            Some((all, standing)) if standing.today == input.today => (all, standing),
            kept => {
                // What senders come to depends on what today is.
                self.filtered = None;
                let all = kept.map_or_else(|| Rollup::of(input.cube, None, self.max_slots), |(all, _)| all);
                let standing = Standing::of(input, &all);
                (all, standing)
            }
        };
        let selection = input.selection(&standing.calendar, query);
        let scope = OnceCell::new();
        let scope = || scope.get_or_init(|| input.scope(selection, &query.filter));
        let is_filtered = !query.filter.is_empty();
        if is_filtered {
            let wanted = RollupOf::new(query);
            if self.filtered.as_ref().is_none_or(|(made_for, _)| *made_for != wanted) {
                self.filtered = Some((wanted, Rollup::of(input.cube, Some(scope()), self.max_slots)));
            }
        }
        let rollup = self.filtered.as_ref().filter(|_| is_filtered).map_or(&all, |(_, rollup)| rollup);
        let each = |take: &mut dyn FnMut(&Cell)| {
            rollup.each(input.cube, || is_filtered.then(scope), take);
        };

        let newest = standing.calendar.span().map(|span| span.last.min(input.today));
        let chart_days = selection.days.map(|days| cut_to_chart(days, newest));
        let mut day_messages = vec![Count::default(); chart_days.map_or(0, chart_len)];
        let mut domains: Groups<DomainSums> = Groups::new(input.cube);
        let mut notices = NoticeSums::default();
        let mut totals = Counts::default();
        let mut tls = TlsBreakdown::default();
        each(&mut |cell| {
            let has_domain = selection.has_domain(cell.domain);
            if !selection.has_day(cell.day) {
                if cell.day.is_none() && has_domain {
                    notices.undated_left_out += cell.rows;
                }
                return;
            }
            if let Some(at) = cell.day.and_then(|day| chart_days?.index_of(day)) {
                day_messages[at] += cell.messages;
            }
            notices.add(cell, has_domain);
            if has_domain {
                let messages = cell.counts.messages.known_part();
                tls.add(cell.tls, messages);
                totals += cell.counts;
                if let Some(domain) = domains.entry(cell.domain) {
                    domain.messages = domain.messages.saturating_add(messages);
                    domain.tls.add(cell.tls, messages);
                }
            }
        });

        let tls = match query.tls_basis {
            TlsBasis::Messages => {
                let by_domain = domains.all.iter().map(|&(domain, ref sums)| (domain, sums.tls));
                TlsUsage { total: tls, by_domain: most_first(input.cube, by_domain) }
            }
            TlsBasis::Senders => senders_by_tls(input, scope()),
        };
        let mut notices = notices.finish(selection.days, &standing.calendar, query.range);
        notices.extend(given_up(input, scope));
        let days = (chart_days, day_messages.as_slice());
        let volume = volume(input.cube, query, &standing.calendar, &domains, days, |take| {
            each(&mut |cell| {
                if selection.has_domain(cell.domain) {
                    take(cell);
                }
            });
        });
        let overview = Overview {
            loaded: standing.loaded.clone(),
            week: standing.week.clone(),
            days: selection.days,
            domains: standing.domains.clone(),
            servers: standing.servers.clone(),
            mechanisms: standing.mechanisms.clone(),
            volume,
            tls,
            totals,
            notices,
        };
        self.all = Some((all, standing));
        overview
    }

    /// The data have changed.
    pub fn forget(&mut self) {
        *self = Self::with_max_slots(self.max_slots);
    }
}

/// What is summed for every sender domain in the scope of the query.
#[derive(Clone, Copy, Debug, Default)]
struct DomainSums {
    messages: u64,
    /// The same by TLS version.
    tls: TlsBreakdown,
}

fn chart_len(days: DaySpan) -> usize {
    usize::try_from(days.len()).unwrap_or(0)
}

/// The newest [`MAX_CHART_DAYS`] of a longer range, where "newest" means up to today if today is in it.
fn cut_to_chart(days: DaySpan, newest: Option<Day>) -> DaySpan {
    if days.len() <= MAX_CHART_DAYS {
        return days;
    }
    let last = newest.filter(|&newest| days.contains(newest)).unwrap_or(days.last);
    let first = last.plus(1 - i32::try_from(MAX_CHART_DAYS).unwrap_or(i32::MAX));
    DaySpan { first: first.max(days.first), last }
}

/// The chart of *Sending Volume*: a second pass over the cells of the scope, because only now it is known which domains are
/// the big ones.
fn volume(
    cube: &Cube,
    query: &Query,
    calendar: &Calendar,
    domains: &Groups<DomainSums>,
    (chart_days, day_messages): (Option<DaySpan>, &[Count]),
    each: impl FnOnce(&mut dyn FnMut(&Cell)),
) -> SendingVolume {
    let mut shown: Vec<(u64, &str, usize)> = (0..)
        .zip(&domains.all)
        .filter(|(_, (_, sums))| sums.messages > 0)
        .map(|(at, (domain, sums))| (sums.messages, cube.text(*domain), at))
        .collect();
    shown.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let named = if shown.len() > MAX_SERIES { MAX_SERIES - 1 } else { shown.len() };

    // For every domain the series it is drawn in; those of the rest share the last one.
    let mut series_of = vec![usize::MAX; domains.all.len()];
    let mut series: Vec<VolumeSeries> = Vec::with_capacity(MAX_SERIES);
    for (rank, &(total, name, at)) in shown.iter().enumerate() {
        if rank <= named {
            let domain = (rank < named).then(|| name.to_owned());
            series.push(VolumeSeries { domain, ..VolumeSeries::default() });
        }
        let target = rank.min(named);
        series_of[at] = target;
        series[target].total = series[target].total.saturating_add(total);
    }
    if let (Some(domain), true) = (&query.domain, series.is_empty()) {
        // The domain that was asked for is drawn even if it sent nothing.
        series.push(VolumeSeries { domain: Some(domain.clone()), ..VolumeSeries::default() });
    }

    let Some(days) = chart_days else {
        return SendingVolume { days: Vec::new(), series };
    };
    let mut sums = vec![vec![0_u64; day_messages.len()]; series.len()];
    each(&mut |cell| {
        let at = cell.day.and_then(|day| days.index_of(day));
        let target = domains.position(cell.domain).and_then(|at| series_of.get(at));
        if let (Some(at), Some(&target)) = (at, target)
            && let Some(sum) = sums.get_mut(target).and_then(|sums| sums.get_mut(at))
        {
            *sum = sum.saturating_add(cell.counts.messages.known_part());
        }
    });
    let days: Vec<Day> = days.iter().collect();
    let known: Vec<bool> = days
        .iter()
        .zip(day_messages)
        .map(|(&day, &count)| day_value(count, day, calendar).is_some())
        .collect();
    for (series, sums) in series.iter_mut().zip(sums) {
        series.messages = sums.into_iter().zip(&known).map(|(sum, &known)| known.then_some(sum)).collect();
    }
    SendingVolume { days, series }
}

/// What the numbers do not tell, while it is being summed.
#[derive(Default)]
struct NoticeSums {
    sessions_without_messages: u64,
    messages_without_sign_in: u64,
    undated_left_out: u64,
}

impl NoticeSums {
    fn add(&mut self, cell: &Cell, has_domain: bool) {
        let add = |sum: &mut u64, n: u64| *sum = sum.saturating_add(n);
        // Sessions of unknown messages have no sender, hence no domain: any domain may lack what they sent.
        if cell.domain == Sym::EMPTY {
            add(&mut self.sessions_without_messages, cell.sessions_without_messages);
        } else if has_domain {
            add(&mut self.sessions_without_messages, cell.senders_sessions_without_messages);
        }
        if has_domain {
            add(&mut self.messages_without_sign_in, cell.messages_without_sign_in);
        }
    }

    fn finish(&self, days: Option<DaySpan>, calendar: &Calendar, range: Range) -> Vec<Notice> {
        let without_logs = days.map_or(0, |days| days.len() - calendar.count_in(days));
        let listed = days.into_iter().filter(|_| without_logs > 0).flat_map(DaySpan::iter);
        let listed = listed.filter(|&day| !calendar.has_logs(day)).take(MAX_LISTED_DAYS).collect();
        let undated = if matches!(range, Range::All) { 0 } else { self.undated_left_out };
        [
            (
                self.sessions_without_messages,
                Notice::HubLogMissing { sessions: self.sessions_without_messages },
            ),
            (
                self.messages_without_sign_in,
                Notice::FrontEndLogMissing { messages: self.messages_without_sign_in },
            ),
            (without_logs, Notice::DaysWithoutLogs { days: without_logs, first: listed }),
            (undated, Notice::UndatedLeftOut { rows: undated }),
        ]
        .into_iter()
        .filter(|&(n, _)| n > 0)
        .map(|(_, notice)| notice)
        .collect()
    }
}
