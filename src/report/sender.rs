//! Everything known of one sender.

use super::input::{BySym, Input, Line, Scope, seen};
use super::query::Query;
use super::types::{Client, DaySpan, SenderDetails, SenderId, TlsBreakdown};
use crate::aggregate::{Cube, Key, Sym};
use crate::model::{AuthClass, Counts, Day};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::hash::Hash;

/// How many entries each list of [`SenderDetails`] has at most; the ones with most messages stay.
pub const MAX_LIST: usize = 1000;

type Sums<K, V> = HashMap<K, V, FixedState>;

/// Everything known of one sender in the query's range, domain and filter; `None` where he is not in the details table.
/// Refused sign-ins have no sender, so that only the other clauses hold for them.
pub fn sender_details(input: &Input, query: &Query, sender: &SenderId) -> Option<SenderDetails> {
    let cube = input.cube;
    let scope = input.query_scope(query);
    let name = cube.find(sender.text())?;
    let is_address = matches!(sender, SenderId::Address(_));
    let idle_belongs = !is_address && !sent_something(cube, &scope, name);
    let is_own = |key: &Key, counts: &Counts| {
        let line = Line::of(key, counts);
        scope.has_sender(key)
            && scope.has_line(line)
            && match line {
                Some(Line::Address(address)) => is_address && address == name,
                Some(Line::Login(user)) => !is_address && user == name,
                Some(Line::IdleLogin(user)) => idle_belongs && user == name,
                None => false,
            }
    };

    let mut found = Found::default();
    let mut logins: BySym<bool> = BySym::new(cube);
    for (key, counts) in cube.rows() {
        if scope.has_use(key) && is_own(key, counts) {
            found.add_own(key, counts);
            if let Some(is_login) = logins.get_mut(key.user) {
                *is_login = true;
            }
        }
    }
    if !found.any {
        return None;
    }
    if let Some(is_login) = logins.get_mut(name) {
        *is_login = true;
    }
    // Nobody's name is everybody's.
    if let Some(is_login) = logins.get_mut(Sym::EMPTY) {
        *is_login = false;
    }
    // A refused sign-in has no sender, so it is found by the name that was tried.
    for (key, counts) in cube.rows() {
        if !counts.failed_signins.is_zero()
            && scope.has_use(key)
            && logins.get(key.user)
            && !is_own(key, counts)
        {
            found.add(key, &Counts { failed_signins: counts.failed_signins, ..Counts::default() });
        }
    }
    Some(found.finish(cube, sender.clone()))
}

/// First and last day of use of a sender in all that is loaded, failed sign-ins aside.
pub fn seen_in_all(input: &Input, sender: &SenderId) -> Option<DaySpan> {
    let name = input.cube.find(sender.text())?;
    let is_own = |line: Line| match (sender, line) {
        (SenderId::Address(_), Line::Address(address)) => address == name,
        (SenderId::Login(_), Line::Login(user) | Line::IdleLogin(user)) => user == name,
        _ => false,
    };
    let days = input.cube.rows().filter(|(key, counts)| Line::of(key, counts).is_some_and(is_own));
    days.filter_map(|(key, _)| key.day).fold(None, |seen: Option<DaySpan>, day| {
        let seen = seen.unwrap_or(DaySpan { first: day, last: day });
        Some(DaySpan { first: seen.first.min(day), last: seen.last.max(day) })
    })
}

/// Whether a user has a line as sender in the range, whatever the domain.
fn sent_something(cube: &Cube, scope: &Scope, user: Sym) -> bool {
    cube.rows().any(|(key, counts)| {
        key.user == user && scope.has_use(key) && matches!(Line::of(key, counts), Some(Line::Address(_)))
    })
}

#[derive(Default)]
struct Found {
    any: bool,
    seen: Option<DaySpan>,
    totals: Counts,
    tls: TlsBreakdown,
    tls_seen: TlsBreakdown,
    days: BTreeMap<Day, Counts>,
    users: Sums<Sym, Counts>,
    mechanisms: Sums<Sym, Counts>,
    clients: Sums<(Sym, Sym), (Counts, TlsBreakdown)>,
    servers: Sums<Sym, Counts>,
}

impl Found {
    fn add_own(&mut self, key: &Key, counts: &Counts) {
        self.any = true;
        if let Some(day) = key.day {
            let seen = self.seen.get_or_insert(DaySpan { first: day, last: day });
            *seen = DaySpan { first: seen.first.min(day), last: seen.last.max(day) };
        }
        self.tls.add(key.tls, counts.messages.known_part());
        self.tls_seen.add(key.tls, seen(counts));
        self.add(key, counts);
    }

    fn add(&mut self, key: &Key, counts: &Counts) {
        self.totals += *counts;
        if let Some(day) = key.day {
            *self.days.entry(day).or_default() += *counts;
        }
        *self.users.entry(key.user).or_default() += *counts;
        *self.mechanisms.entry(key.mechanism).or_default() += *counts;
        *self.servers.entry(key.server).or_default() += *counts;
        let client = self.clients.entry((key.client_ip, key.client_name)).or_default();
        client.0 += *counts;
        client.1.add(key.tls, seen(counts));
    }

    fn finish(self, cube: &Cube, sender: SenderId) -> SenderDetails {
        let named = |sums: Sums<Sym, Counts>| {
            top(sums, |sym| cube.text(*sym), |counts| counts)
                .into_iter()
                .map(|(sym, counts)| (cube.text(sym).to_owned(), counts))
                .collect::<Vec<_>>()
        };
        let mechanisms = named(self.mechanisms).into_iter();
        let clients =
            top(self.clients, |(ip, name)| (cube.text(*ip), cube.text(*name)), |(counts, _)| counts);
        SenderDetails {
            sender,
            seen: self.seen,
            seen_in_all: None,
            totals: self.totals,
            tls: self.tls,
            tls_seen: self.tls_seen,
            days: self.days.into_iter().collect(),
            users: named(self.users),
            mechanisms: mechanisms
                .map(|(name, sum)| {
                    let class = AuthClass::of(&name);
                    (name, class, sum)
                })
                .collect(),
            clients: clients
                .into_iter()
                .map(|((ip, name), (counts, tls_seen))| Client {
                    ip: cube.text(ip).to_owned(),
                    name: cube.text(name).to_owned(),
                    counts,
                    tls_seen,
                })
                .collect(),
            servers: named(self.servers),
            refusals: Vec::new(),
        }
    }
}

/// Most messages first, then most sessions, then most failed sign-ins, then by name.
fn top<K: Eq + Hash, V, N: Ord>(
    sums: Sums<K, V>,
    name: impl Fn(&K) -> N,
    counts: impl Fn(&V) -> &Counts,
) -> Vec<(K, V)> {
    let mut all: Vec<(K, V)> = sums.into_iter().collect();
    let rank = |value: &V| {
        let counts = counts(value);
        (counts.messages.known_part(), counts.sessions.known_part(), counts.failed_signins.known_part())
    };
    let order = |a: &(K, V), b: &(K, V)| -> Ordering {
        rank(&b.1).cmp(&rank(&a.1)).then_with(|| name(&a.0).cmp(&name(&b.0)))
    };
    all.sort_unstable_by(order);
    all.truncate(MAX_LIST);
    all
}
