//! A UTC calendar day.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Milliseconds in a UTC day.
pub const MS_PER_DAY: i64 = 86_400_000;
/// Days from 0000-03-01, where the year that is counted with begins, to 1970-01-01.
const EPOCH_DAYS: i64 = 719_468;
/// Days of 400 years, after which the calendar is the same again.
const ERA_DAYS: i64 = 146_097;

/// A UTC calendar day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

impl Day {
    /// The day that holds this instant (milliseconds since the Unix epoch, UTC).
    #[allow(clippy::cast_possible_truncation)] // i64 ms / ms-per-day of any four-digit year fits i32
    pub const fn from_unix_ms(ms: i64) -> Self {
        Self(ms.div_euclid(MS_PER_DAY) as i32)
    }

    /// The first millisecond of the day, since the Unix epoch.
    pub const fn start_ms(self) -> i64 {
        self.0 as i64 * MS_PER_DAY
    }

    /// The day with this year, month (1–12) and day of month, if there is one.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        let (month, day) = (i64::from(month), i64::from(day));
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        // Howard Hinnant's `days_from_civil`.
        let year_from_march = i64::from(year) - i64::from(month <= 2);
        let year_of_era = year_from_march.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = year_from_march.div_euclid(400) * ERA_DAYS + day_of_era - EPOCH_DAYS;
        let found = Self(i32::try_from(days).ok()?);
        // The 30th of February is a day of March.
        (i64::from(found.ymd().2) == day).then_some(found)
    }

    /// Parses `YYYY-MM-DD`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| -> Option<u32> {
            bytes[range]
                .iter()
                .try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
        };
        Self::from_ymd(i32::try_from(number(0..4)?).ok()?, number(5..7)?, number(8..10)?)
    }

    /// This day moved by a number of days.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Year, month (1–12), day of month.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // an i32 of days: six million years; and 1–31
    pub const fn ymd(self) -> (i32, u32, u32) {
        // Howard Hinnant's `civil_from_days`.
        let days = self.0 as i64 + EPOCH_DAYS;
        let day_of_era = days.rem_euclid(ERA_DAYS);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = days.div_euclid(ERA_DAYS) * 400 + year_of_era + (month <= 2) as i64;
        (year as i32, month as u32, day as u32)
    }

    /// Every day from `self` to `last`, both included.
    pub fn through(self, last: Self) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (self.0..=last.0).map(Day)
    }
}

impl fmt::Display for Day {
    /// `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, NaiveDate};

    #[test]
    fn iso_text_and_day_numbers_agree() {
        for (text, number) in [("1970-01-01", 0), ("2023-01-11", 19_368), ("2024-02-29", 19_782)] {
            assert_eq!(Day::parse_iso(text), Some(Day(number)));
            assert_eq!(Day(number).to_string(), text);
        }
        for bad in ["2023-02-29", "2023-13-01", "23-01-01", "2023/01/01", "2023-01-1x", ""] {
            assert_eq!(Day::parse_iso(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_day_is_the_library_s() {
        let mut date = NaiveDate::from_ymd_opt(-401, 1, 1).unwrap();
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        while date.year() < 2401 {
            let day = Day(i32::try_from((date - epoch).num_days()).unwrap());
            let ymd = (date.year(), date.month(), date.day());
            assert_eq!((day.ymd(), Day::from_ymd(ymd.0, ymd.1, ymd.2)), (ymd, Some(day)));
            date = date.succ_opt().unwrap();
        }
        for (year, month, day) in [(2023, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 1, 0)] {
            assert_eq!(Day::from_ymd(year, month, day), None);
        }
        assert_eq!(Day(i32::MAX).ymd().1, 7);
    }

    #[test]
    fn an_instant_before_the_epoch_belongs_to_the_earlier_day() {
        assert_eq!(Day::from_unix_ms(-1), Day(-1));
        assert_eq!(Day::from_unix_ms(MS_PER_DAY - 1), Day(0));
    }
}
