//! A UTC calendar day.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Milliseconds in a UTC day.
pub const MS_PER_DAY: i64 = 86_400_000;
/// Days from 0001-01-01 (chrono's day 1) to 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;

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
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from)
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
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = NaiveDate::from(self);
        (date.year(), date.month(), date.day())
    }

    /// Every day from `self` to `last`, both included.
    pub fn through(self, last: Self) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (self.0..=last.0).map(Day)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - EPOCH_FROM_CE)
    }
}

impl From<Day> for NaiveDate {
    fn from(day: Day) -> Self {
        // Out of chrono's ±262,000 years only by a broken clock; the nearest end is as good as any.
        NaiveDate::from_num_days_from_ce_opt(day.0.saturating_add(EPOCH_FROM_CE)).unwrap_or(if day.0 < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        })
    }
}

impl fmt::Display for Day {
    /// `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", NaiveDate::from(*self).format("%Y-%m-%d"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn an_instant_before_the_epoch_belongs_to_the_earlier_day() {
        assert_eq!(Day::from_unix_ms(-1), Day(-1));
        assert_eq!(Day::from_unix_ms(MS_PER_DAY - 1), Day(0));
    }
}
