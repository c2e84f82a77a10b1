//! The dashboard and the chart view.

use super::input::{BySym, Calendar, Groups, Input, Line, Scope, last_days, seen};
use super::query::{Query, Range, TlsBasis};
use super::types::{
    DaySpan, Loaded, NamesOf, Notice, Overview, SendingVolume, TlsBreakdown, TlsUsage, VolumeSeries, Week,
};
use crate::aggregate::{Cube, Key, OTHER, Sym};
use crate::model::auth::UNKNOWN_MECHANISM;
use crate::model::{Count, Counts, Day, TlsVersion};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::collections::BTreeSet;

/// How many series the Sending Volume chart has at most, "Other domains" included.
pub const MAX_SERIES: usize = 10;
/// How many days the Sending Volume chart has at most: ten years. A stray date in the year 1 would otherwise
/// make it a chart of two thousand years.
pub const MAX_CHART_DAYS: u64 = 3653;

/// How many servers, and how many mechanisms, are listed to choose from.
const MAX_NAMES: usize = 200;

/// What is summed for every sender domain.
#[derive(Clone, Copy, Debug, Default)]
struct DomainSums {
    /// Messages in all that is loaded.
    loaded: u64,
    /// Messages in the scope of the query.
    in_scope: u64,
    /// The same by TLS version.
    tls: TlsBreakdown,
}

/// Everything the dashboard and the chart view show for one query.
pub fn overview(input: &Input, query: &Query) -> Overview {
    let cube = input.cube;
    let calendar = Calendar::of(input);
    let scope = input.scope(&calendar, &query.range, query.domain.as_deref(), &query.filter);
    let newest = calendar.span().map(|span| span.last.min(input.today));
    let mut week = newest.map(|last| WeekSums::new(cube, last_days(last, 7)));
    let chart_days = scope.days.map(|days| cut_to_chart(days, newest));
    let mut day_messages = vec![Count::default(); chart_days.map_or(0, chart_len)];
    let mut domains: Groups<DomainSums> = Groups::new(cube);
    let mut senders = (query.tls_basis == TlsBasis::Senders).then(|| SenderVersions::new(cube));
    let mut notices = NoticeSums::new(cube);
    let mut totals = Counts::default();
    let mut tls = TlsBreakdown::default();
    let (mut servers, mut mechanisms) = (NamesSeen::new(cube), NamesSeen::new(cube));

    // Which rows count: asked once, needed twice.
    let mut counted = vec![false; cube.len()];

    for ((key, counts), is_counted) in cube.rows().zip(&mut counted) {
        let messages = counts.messages.known;
        servers.add(key.server);
        mechanisms.add(key.mechanism);
        if let (Some(week), Some(day)) = (&mut week, key.day) {
            week.add(day, key, counts);
        }
        let Some(domain) = domains.entry(key.sender_domain) else { continue };
        domain.loaded = domain.loaded.saturating_add(messages);
        if !scope.has_day(key.day) {
            let left_out = key.day.is_none() && scope.has_clauses(key) && scope.has_sender(key);
            notices.undated_left_out += u64::from(left_out);
            continue;
        }
        if !scope.has_clauses(key) {
            continue;
        }
        let of_sender = scope.has_sender(key) && scope.has_line_of(key, counts);
        if let Some(at) = key.day.and_then(|day| chart_days?.index_of(day)) {
            day_messages[at] += counts.messages;
        }
        if let Some(senders) = &mut senders {
            senders.add(key, counts, of_sender);
        }
        notices.add(key, counts, of_sender);
        *is_counted = of_sender;
        if of_sender {
            domain.in_scope = domain.in_scope.saturating_add(messages);
            domain.tls.add(key.tls, messages);
            tls.add(key.tls, messages);
            totals += *counts;
        }
    }

    let tls = match senders {
        None => {
            let by_domain = domains.all.iter().map(|&(domain, ref sums)| (domain, sums.tls));
            TlsUsage { total: tls, by_domain: most_first(cube, by_domain) }
        }
        Some(senders) => senders.usage(cube),
    };
    Overview {
        loaded: Loaded {
            days: calendar.span(),
            days_with_logs: calendar.len(),
            rows: cube.len() as u64,
            has_undated: calendar.has_undated,
        },
        week: week.map(|week| week.finish(&calendar)),
        days: scope.days,
        domains: domain_names(cube, &domains),
        servers: servers.finish(cube),
        mechanisms: mechanisms.finish(cube),
        volume: volume(input, query, &counted, &calendar, &domains, chart_days, &day_messages),
        tls,
        totals,
        notices: notices.finish(&scope, &calendar, query.range),
    }
}

/// Different names of one kind, while they are being gathered.
struct NamesSeen {
    seen: BySym<bool>,
    all: Vec<Sym>,
}

impl NamesSeen {
    fn new(cube: &Cube) -> Self {
        Self { seen: BySym::new(cube), all: Vec::new() }
    }

    fn add(&mut self, name: Sym) {
        if let Some(seen) = self.seen.get_mut(name)
            && !*seen
        {
            *seen = true;
            if self.all.len() < MAX_NAMES && name != Sym::EMPTY {
                self.all.push(name);
            }
        }
    }

    fn finish(self, cube: &Cube) -> Vec<String> {
        let mut names: Vec<String> = self.all.iter().map(|&name| cube.text(name).to_owned()).collect();
        names.sort_unstable();
        names
    }
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

/// The known part, unless there were logs that hold only what is unknown, or no logs at all.
fn day_value(count: Count, day: Day, calendar: &Calendar) -> Option<u64> {
    if calendar.has_logs(day) { count.value() } else { None }
}

/// Domains by messages in all that is loaded. The empty one is no domain to choose.
fn domain_names(cube: &Cube, domains: &Groups<DomainSums>) -> Vec<String> {
    let mut all: Vec<(u64, &str)> = domains
        .all
        .iter()
        .filter(|(domain, _)| *domain != Sym::EMPTY)
        .map(|(domain, sums)| (sums.loaded, cube.text(*domain)))
        .collect();
    all.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    all.into_iter().map(|(_, name)| name.to_owned()).collect()
}

fn most_first(cube: &Cube, all: impl Iterator<Item = (Sym, TlsBreakdown)>) -> Vec<(String, TlsBreakdown)> {
    let mut all: Vec<_> = all
        .map(|(domain, tls)| (tls.total(), cube.text(domain), tls))
        .filter(|&(total, ..)| total > 0)
        .collect();
    all.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    all.into_iter().map(|(_, name, tls)| (name.to_owned(), tls)).collect()
}

/// The chart of *Sending Volume*: a second pass, because only now it is known which domains are the big ones.
fn volume(
    input: &Input,
    query: &Query,
    counted: &[bool],
    calendar: &Calendar,
    domains: &Groups<DomainSums>,
    chart_days: Option<DaySpan>,
    day_messages: &[Count],
) -> SendingVolume {
    let cube = input.cube;
    let mut shown: Vec<(u64, &str, usize)> = (0..)
        .zip(&domains.all)
        .filter(|(_, (_, sums))| sums.in_scope > 0)
        .map(|(at, (domain, sums))| (sums.in_scope, cube.text(*domain), at))
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
    for ((key, counts), _) in cube.rows().zip(counted).filter(|&(_, &is_counted)| is_counted) {
        let messages = counts.messages.known;
        if messages == 0 {
            continue;
        }
        let at = key.day.and_then(|day| days.index_of(day));
        let target = domains.position(key.sender_domain).and_then(|at| series_of.get(at));
        if let (Some(at), Some(&target)) = (at, target)
            && let Some(sum) = sums.get_mut(target).and_then(|sums| sums.get_mut(at))
        {
            *sum = sum.saturating_add(messages);
        }
    }
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

/// The widget's seven days while they are being summed.
struct WeekSums {
    days: DaySpan,
    /// For every user the days on which he signed in or sent, a bit each.
    user_days: BySym<u8>,
    messages: [Count; 7],
    totals: Counts,
    tls: TlsBreakdown,
}

impl WeekSums {
    fn new(cube: &Cube, days: DaySpan) -> Self {
        Self {
            days,
            user_days: BySym::new(cube),
            messages: <[Count; 7]>::default(),
            totals: Counts::default(),
            tls: TlsBreakdown::default(),
        }
    }

    fn add(&mut self, day: Day, key: &Key, counts: &Counts) {
        let Some(at) = self.days.index_of(day) else { return };
        if counts.shows_use()
            && let Some(days) = self.user_days.get_mut(key.user)
        {
            *days |= 1 << at;
        }
        if let Some(messages) = self.messages.get_mut(at) {
            *messages += counts.messages;
        }
        self.totals += *counts;
        self.tls.add(key.tls, counts.messages.known);
    }

    fn finish(self, calendar: &Calendar) -> Week {
        let mut users = 0;
        let mut by_day = [0_u64; 7];
        // A user without a name cannot be told from another, so he is not counted.
        for (_, days) in self.user_days.iter().filter(|&(user, days)| days != 0 && user != Sym::EMPTY) {
            users += 1;
            for (at, sum) in by_day.iter_mut().enumerate() {
                *sum += u64::from(days >> at & 1);
            }
        }
        let users_by_day =
            self.days.iter().zip(by_day).map(|(day, users)| calendar.has_logs(day).then_some(users));
        let messages_by_day =
            self.days.iter().zip(self.messages).map(|(day, count)| day_value(count, day, calendar));
        Week {
            days: self.days,
            users,
            users_by_day: users_by_day.collect(),
            messages_by_day: messages_by_day.collect(),
            totals: self.totals,
            tls: self.tls,
        }
    }
}

/// For every line of the details table the TLS versions seen, a bit each.
struct SenderVersions {
    addresses: BySym<u8>,
    /// The domain of each address; the first met.
    domain: BySym<Option<Sym>>,
    /// Addresses met with yet another domain, which only a CSV can claim.
    more_domains: HashMap<(Sym, Sym), u8, FixedState>,
    first_domain_versions: BySym<u8>,
    logins: BySym<u8>,
    idle_logins: BySym<u8>,
    is_sender: BySym<bool>,
}

impl SenderVersions {
    fn new(cube: &Cube) -> Self {
        Self {
            addresses: BySym::new(cube),
            domain: BySym::new(cube),
            more_domains: HashMap::default(),
            first_domain_versions: BySym::new(cube),
            logins: BySym::new(cube),
            idle_logins: BySym::new(cube),
            is_sender: BySym::new(cube),
        }
    }

    fn add(&mut self, key: &Key, counts: &Counts, of_sender: bool) {
        let Some(line) = Line::of(key, counts) else { return };
        if matches!(line, Line::Address(_))
            && let Some(is_sender) = self.is_sender.get_mut(key.user)
        {
            *is_sender = true;
        }
        if !of_sender || seen(counts) == 0 {
            return;
        }
        let version = 1 << key.tls as u8;
        let mark = |versions: Option<&mut u8>| versions.into_iter().for_each(|v| *v |= version);
        match line {
            Line::Address(address) => {
                mark(self.addresses.get_mut(address));
                let Some(domain) = self.domain.get_mut(address) else { return };
                if *domain.get_or_insert(key.sender_domain) == key.sender_domain {
                    mark(self.first_domain_versions.get_mut(address));
                } else {
                    mark(Some(self.more_domains.entry((address, key.sender_domain)).or_default()));
                }
            }
            Line::Login(user) => mark(self.logins.get_mut(user)),
            Line::IdleLogin(user) => mark(self.idle_logins.get_mut(user)),
        }
    }

    fn usage(&self, cube: &Cube) -> TlsUsage {
        fn add(tls: &mut TlsBreakdown, versions: u8) {
            for version in TlsVersion::ALL {
                tls.add(version, u64::from(versions >> version as u8 & 1));
            }
        }
        let mut total = TlsBreakdown::default();
        let mut by_domain: Groups<TlsBreakdown> = Groups::new(cube);
        let mut add_domain = |domain: Sym, versions: u8| {
            if let Some(tls) = by_domain.entry(domain).filter(|_| versions != 0) {
                add(tls, versions);
            }
        };
        for (address, versions) in self.addresses.iter().filter(|&(_, versions)| versions != 0) {
            add(&mut total, versions);
            add_domain(self.domain.get(address).unwrap_or_default(), self.first_domain_versions.get(address));
        }
        for (&(_, domain), &versions) in &self.more_domains {
            add_domain(domain, versions);
        }
        for (user, idle) in self.idle_logins.iter() {
            let idle = if self.is_sender.get(user) { 0 } else { idle };
            let versions = self.logins.get(user) | idle;
            add(&mut total, versions);
            add_domain(Sym::EMPTY, versions);
        }
        TlsUsage { total, by_domain: most_first(cube, by_domain.all.iter().copied()) }
    }
}

/// What the numbers do not tell, while it is being summed.
struct NoticeSums {
    unknown_mechanism: Option<Sym>,
    sessions_without_messages: u64,
    messages_without_sign_in: u64,
    undated_left_out: u64,
    given_up: Option<GivenUpSums>,
}

impl NoticeSums {
    fn new(cube: &Cube) -> Self {
        Self {
            unknown_mechanism: cube.find(UNKNOWN_MECHANISM),
            sessions_without_messages: 0,
            messages_without_sign_in: 0,
            undated_left_out: 0,
            given_up: cube.find(OTHER).map(|other| GivenUpSums::new(cube, other)),
        }
    }

    fn add(&mut self, key: &Key, counts: &Counts, of_sender: bool) {
        // Sessions of unknown messages have no sender, hence no domain: any domain may lack what they sent.
        if counts.messages.has_unknown && (of_sender || key.sender_domain == Sym::EMPTY) {
            self.sessions_without_messages += counts.sessions.known;
        }
        if of_sender && key.tls == TlsVersion::Unknown && Some(key.mechanism) == self.unknown_mechanism {
            self.messages_without_sign_in += counts.messages.known;
        }
        if let (Some(given_up), true) = (&mut self.given_up, of_sender) {
            given_up.add(key, counts);
        }
    }

    fn finish(&self, scope: &Scope, calendar: &Calendar, range: Range) -> Vec<Notice> {
        let without_logs = scope.days.map_or(0, |days| days.len() - calendar.count_in(days));
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
            (without_logs, Notice::DaysWithoutLogs { days: without_logs }),
            (undated, Notice::UndatedLeftOut { rows: undated }),
        ]
        .into_iter()
        .filter(|&(n, _)| n > 0)
        .map(|(_, notice)| notice)
        .chain(self.given_up.iter().flat_map(GivenUpSums::finish))
        .collect()
    }
}

/// What was given up of the names in a cube that has some under the name for all others.
struct GivenUpSums {
    other: Sym,
    failed_signins: u64,
    /// Users with failed sign-ins.
    failed: BySym<bool>,
    names: BTreeSet<NamesOf>,
}

impl GivenUpSums {
    fn new(cube: &Cube, other: Sym) -> Self {
        Self { other, failed_signins: 0, failed: BySym::new(cube), names: BTreeSet::new() }
    }

    fn add(&mut self, key: &Key, counts: &Counts) {
        if counts.failed_signins.known > 0 {
            if key.user == self.other {
                self.failed_signins += counts.failed_signins.known;
            } else if let Some(failed) = self.failed.get_mut(key.user) {
                *failed = true;
            }
        }
        let is_used = !counts.messages.is_zero() || !counts.sessions.is_zero();
        for names in NamesOf::ALL {
            if names.of(key) == self.other && (is_used || names != NamesOf::Users) {
                self.names.insert(names);
            }
        }
    }

    fn finish(&self) -> impl Iterator<Item = Notice> + use<> {
        let names = self.failed.iter().filter(|&(sym, failed)| failed && sym != Sym::EMPTY).count() as u64;
        let signins = self.failed_signins;
        let of: Vec<NamesOf> = self.names.iter().copied().collect();
        let failed = (signins > 0).then_some(Notice::FailedNamesGivenUp { signins, names });
        failed.into_iter().chain((!of.is_empty()).then_some(Notice::NamesGivenUp(of)))
    }
}
