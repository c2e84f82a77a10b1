//! Failed sign-ins by the name that was tried and by the address that tried it: a failed sign-in has no sender, so the
//! details table shows none of them.

use super::input::{BySym, Calendar, Groups, Input};
use super::query::{Query, Range};
use super::types::DaySpan;
use crate::aggregate::{Cube, Key, OTHER, Sym};
use crate::model::{Count, Day};
use crate::sort::sort_by;
use foldhash::fast::FixedState;
use hashbrown::HashSet;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// How many rows each list of [`Failures`] has at most; the ones with most failed sign-ins stay.
pub const MAX_FAILED: usize = 1000;
/// An address that tried as many names is no client with an old password.
pub const MANY_NAMES: u64 = 5;

/// Failed sign-ins of some days, whatever the sender domain and the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failures {
    /// The days; `None` where nothing with a date is loaded.
    pub days: Option<DaySpan>,
    /// Failed sign-ins.
    pub failed: Count,
    /// Distinct names tried. As many at least, where a log does not tell a name or the cap gave some up.
    pub names: Count,
    /// Distinct client addresses. Likewise.
    pub addresses: Count,
    /// Names tried that are [`Known::Never`].
    pub never: u64,
    /// Failed sign-ins counted under [`OTHER`] for all names that are not told apart.
    pub given_up: u64,
    /// By the name that was tried.
    pub by_name: FailedList,
    /// By client address.
    pub by_address: FailedList,
}

/// The rows with most failed sign-ins, the most first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedList {
    /// At most [`MAX_FAILED`].
    pub rows: Vec<FailedRow>,
    /// Rows in all.
    pub total_rows: u64,
}

/// Failed sign-ins with one name, or from one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedRow {
    /// The name or the address; empty if no log tells it, [`OTHER`] for all that are not told apart.
    pub text: String,
    /// Failed sign-ins.
    pub failed: u64,
    /// Of a name, from how many addresses; of an address, with how many names.
    pub across: Count,
    /// The address or the name, where there is just one.
    pub only: Option<String>,
    /// Different names the client gave in HELO/EHLO.
    pub clients: Count,
    /// The client's name, where there is just one.
    pub only_client: Option<String>,
    /// First and last day of a failed sign-in; `None` where the source has no dates.
    pub seen: Option<DaySpan>,
    /// Whether sign-ins succeeded, too.
    pub known: Known,
}

impl FailedRow {
    /// Whether so many names were tried from this address that somebody was guessing.
    pub const fn tried_many_names(&self) -> bool {
        self.across.known_part() >= MANY_NAMES
    }
}

/// What is known of a name or an address apart from failures. Messages count as signs of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Known {
    /// It signed in on these days.
    SignedIn,
    /// It signed in on other days.
    OtherDays,
    /// A sender address for which another login signs in; it never signed in itself.
    Sender,
    /// In all that is loaded it neither signed in nor sent.
    Never,
    /// Several in one, or none, or what signed in is not told apart itself.
    Untold,
}

/// Failed sign-ins of these days, by name and by address.
pub fn failures(input: &Input, range: Range) -> Failures {
    let selection = input.selection(&Calendar::of(input), &Query { range, ..Query::default() });
    let mut sums = Sums::new(input.cube);
    for (key, counts) in input.cube.rows() {
        let is_meant = selection.has_day(key.day);
        if counts.shows_use() {
            sums.add_use(key, is_meant);
        }
        if is_meant {
            sums.add_failed(key, counts.failed_signins);
        }
    }
    Failures { days: selection.days, ..sums.finish(input.cube) }
}

/// As what a string of the cube was seen in use: bits of [`Sums::uses`].
mod used_as {
    pub(super) const LOGIN: u8 = 1;
    pub(super) const LOGIN_ON_THESE_DAYS: u8 = 2;
    pub(super) const ADDRESS: u8 = 4;
    pub(super) const ADDRESS_ON_THESE_DAYS: u8 = 8;
    pub(super) const SENDER: u8 = 16;
}

/// Different strings, while they are being counted.
#[derive(Clone, Copy, Default)]
struct Met {
    count: Count,
    last: Sym,
}

impl Met {
    /// Adds one that was not met before.
    fn add(&mut self, sym: Sym, other: Option<Sym>) {
        self.count += match sym {
            Sym::EMPTY => Count::UNKNOWN,
            sym if Some(sym) == other => Count::at_least(1),
            _ => Count::known(1),
        };
        self.last = sym;
    }

    fn only(self, cube: &Cube) -> Option<String> {
        (self.count == Count::known(1)).then(|| cube.text(self.last).to_owned())
    }
}

/// What a name or an address comes to.
#[derive(Clone, Copy, Default)]
struct Tried {
    failed: u64,
    seen: Option<DaySpan>,
    across: Met,
    clients: Met,
}

impl Tried {
    fn add(&mut self, failed: u64, day: Option<Day>) {
        self.failed = self.failed.saturating_add(failed);
        if let Some(day) = day {
            let seen = self.seen.get_or_insert(DaySpan { first: day, last: day });
            *seen = DaySpan { first: seen.first.min(day), last: seen.last.max(day) };
        }
    }
}

type Pairs = HashSet<(Sym, Sym), FixedState>;

struct Sums {
    /// What stands for all that are not told apart.
    other: Option<Sym>,
    total: Count,
    names: Groups<Tried>,
    addresses: Groups<Tried>,
    /// Names with the addresses that tried them.
    tries: Pairs,
    /// Addresses with the names that clients gave themselves.
    clients: Pairs,
    uses: BySym<u8>,
}

impl Sums {
    fn new(cube: &Cube) -> Self {
        Self {
            other: cube.find(OTHER),
            total: Count::default(),
            names: Groups::new(cube),
            addresses: Groups::new(cube),
            tries: Pairs::default(),
            clients: Pairs::default(),
            uses: BySym::new(cube),
        }
    }

    fn add_use(&mut self, key: &Key, is_meant: bool) {
        let (login, address) = if is_meant {
            (used_as::LOGIN | used_as::LOGIN_ON_THESE_DAYS, used_as::ADDRESS | used_as::ADDRESS_ON_THESE_DAYS)
        } else {
            (used_as::LOGIN, used_as::ADDRESS)
        };
        for (sym, used) in [(key.user, login), (key.client_ip, address), (key.sender, used_as::SENDER)] {
            if let Some(uses) = self.uses.get_mut(sym) {
                *uses |= used;
            }
        }
    }

    fn add_failed(&mut self, key: &Key, failed: Count) {
        self.total += failed;
        if failed.known_part() == 0 {
            return;
        }
        let is_first_try = self.tries.insert((key.user, key.client_ip));
        if let Some(name) = self.names.entry(key.user) {
            name.add(failed.known_part(), key.day);
            if is_first_try {
                name.across.add(key.client_ip, self.other);
            }
        }
        if let Some(address) = self.addresses.entry(key.client_ip) {
            address.add(failed.known_part(), key.day);
            if is_first_try {
                address.across.add(key.user, self.other);
            }
            if key.client_name != Sym::EMPTY && self.clients.insert((key.client_ip, key.client_name)) {
                address.clients.add(key.client_name, self.other);
            }
        }
    }

    fn finish(self, cube: &Cube) -> Failures {
        let (mut names, mut addresses) = (Met::default(), Met::default());
        let (mut never, mut given_up) = (0, 0);
        for &(name, failed) in &self.names.all {
            names.add(name, self.other);
            never += u64::from(self.known_of_name(name) == Known::Never);
            given_up += if Some(name) == self.other { failed.failed } else { 0 };
        }
        for &(address, _) in &self.addresses.all {
            addresses.add(address, self.other);
        }
        Failures {
            days: None,
            failed: self.total,
            names: names.count,
            addresses: addresses.count,
            never,
            given_up,
            by_name: list(cube, &self.names.all, &|name| self.known_of_name(name)),
            by_address: list(cube, &self.addresses.all, &|address| self.known_of_address(address)),
        }
    }

    fn known_of_name(&self, name: Sym) -> Known {
        match self.known(name, used_as::LOGIN, used_as::LOGIN_ON_THESE_DAYS) {
            Known::Never if self.uses.get(name) & used_as::SENDER != 0 => Known::Sender,
            known => known,
        }
    }

    fn known_of_address(&self, address: Sym) -> Known {
        self.known(address, used_as::ADDRESS, used_as::ADDRESS_ON_THESE_DAYS)
    }

    fn known(&self, sym: Sym, at_all: u8, on_these_days: u8) -> Known {
        let uses = self.uses.get(sym);
        if sym == Sym::EMPTY || Some(sym) == self.other {
            Known::Untold
        } else if uses & on_these_days != 0 {
            Known::SignedIn
        } else if uses & at_all != 0 {
            Known::OtherDays
        } else if self.other.is_some_and(|other| self.uses.get(other) & at_all != 0) {
            Known::Untold
        } else {
            Known::Never
        }
    }
}

/// Most failed sign-ins first, then by text.
fn list(cube: &Cube, all: &[(Sym, Tried)], known: &dyn Fn(Sym) -> Known) -> FailedList {
    let order = |a: &(Sym, Tried), b: &(Sym, Tried)| {
        b.1.failed.cmp(&a.1.failed).then_with(|| cube.text(a.0).cmp(cube.text(b.0)))
    };
    let rows = first(all, &order).into_iter().map(|(sym, failed)| FailedRow {
        text: cube.text(sym).to_owned(),
        failed: failed.failed,
        across: failed.across.count,
        only: failed.across.only(cube),
        clients: failed.clients.count,
        only_client: failed.clients.only(cube),
        seen: failed.seen,
        known: known(sym),
    });
    FailedList { rows: rows.collect(), total_rows: all.len() as u64 }
}

/// The first [`MAX_FAILED`] in an order, in that order. A password spray may have tried a million names, and nearly all of
/// them are compared just once.
fn first<T: Copy>(all: &[T], order: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    let mut worst: Option<T> = None;
    let cut = |kept: &mut Vec<T>| {
        sort_by(kept, order);
        kept.truncate(MAX_FAILED);
        kept.last().copied()
    };
    for item in all {
        if worst.is_some_and(|worst| order(item, &worst).is_gt()) {
            continue;
        }
        kept.push(*item);
        if kept.len() == 2 * MAX_FAILED {
            worst = cut(&mut kept);
        }
    }
    cut(&mut kept);
    kept
}
