//! The dashboard widget's seven days.

use super::input::{BySym, Calendar, day_value};
use super::types::{BasicUse, DaySpan, TlsBreakdown, Week};
use crate::aggregate::{Cube, Key, Sym};
use crate::model::{AuthClass, Count, Counts, Day};

/// The widget's seven days. It knows no domain and no filter.
pub(crate) fn week(cube: &Cube, days: DaySpan, calendar: &Calendar) -> Week {
    let mut sums = WeekSums::new(cube, days);
    for (key, counts) in cube.rows() {
        if let Some(day) = key.day {
            sums.add(cube, day, key, counts);
        }
    }
    sums.finish(calendar)
}

/// The widget's seven days while they are being summed.
struct WeekSums {
    days: DaySpan,
    /// For every user the days on which he signed in or sent, a bit each.
    user_days: BySym<u8>,
    messages: [Count; 7],
    totals: Counts,
    tls: TlsBreakdown,
    /// The family of each mechanism, read from its name once.
    families: BySym<Option<AuthClass>>,
    /// Users of Basic authentication.
    basic_users: BySym<bool>,
    basic: BasicUse,
}

impl WeekSums {
    fn new(cube: &Cube, days: DaySpan) -> Self {
        Self {
            days,
            user_days: BySym::new(cube),
            messages: <[Count; 7]>::default(),
            totals: Counts::default(),
            tls: TlsBreakdown::default(),
            families: BySym::new(cube),
            basic_users: BySym::new(cube),
            basic: BasicUse::default(),
        }
    }

    fn add(&mut self, cube: &Cube, day: Day, key: &Key, counts: &Counts) {
        let Some(at) = self.days.index_of(day) else { return };
        if counts.shows_use() {
            self.add_family(cube, key, counts);
        }
        if counts.shows_use()
            && let Some(days) = self.user_days.get_mut(key.user)
        {
            *days |= 1 << at;
        }
        if let Some(messages) = self.messages.get_mut(at) {
            *messages += counts.messages;
        }
        self.totals += *counts;
        self.tls.add(key.tls, counts.messages.known_part());
    }

    fn add_family(&mut self, cube: &Cube, key: &Key, counts: &Counts) {
        let Some(family) = self.families.get_mut(key.mechanism) else { return };
        let family = *family.get_or_insert_with(|| AuthClass::of(cube.text(key.mechanism)));
        self.basic.is_known |= family != AuthClass::Unknown;
        if family == AuthClass::Basic {
            self.basic.messages = self.basic.messages.saturating_add(counts.messages.known_part());
            if let Some(is_user) = self.basic_users.get_mut(key.user) {
                *is_user = true;
            }
        }
    }

    fn finish(self, calendar: &Calendar) -> Week {
        let named = |&(user, is_user): &(Sym, bool)| is_user && user != Sym::EMPTY;
        let basic_users = self.basic_users.iter().filter(named).count() as u64;
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
            basic: BasicUse { users: basic_users, ..self.basic },
        }
    }
}
