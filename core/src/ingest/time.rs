//! Points in time as logs write them.

pub use super::dates::iso_ms;

/// Years that a mail log can be from. A broken clock's year 1 or 9999 would stretch every chart beyond use.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// Reads points in time one after the other, and remembers the day and the minute of the last: a log's lines come in runs
/// of both. A time of the same minute needs only its seconds read.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    date: [u8; 10],
    /// Unix milliseconds of that day's beginning; `None` before the first.
    day_ms: Option<i64>,
    /// `2023-01-11T15:59`, with `T` or a space.
    minute: [u8; 16],
    /// Unix milliseconds of that minute's beginning; `None` before the first.
    minute_ms: Option<i64>,
}

impl Clock {
    /// Unix milliseconds of Exchange's own spelling, `2023-01-11T15:59:51.433Z`, and nothing else.
    #[inline(always)]
    pub fn exchange_ms(&mut self, text: &[u8]) -> Option<i64> {
        let text = <&[u8; 24]>::try_from(text).ok()?;
        if text[10] != b'T' {
            return None;
        }
        self.with_seconds(text, 60)
    }

    /// Unix milliseconds of the plain spellings of ISO 8601, in UTC: `2023-01-11`, `2023-01-11T15:59:51`, with a space,
    /// a fraction, a `Z`. What it reads, [`iso_ms`] reads alike; for the rest there is that.
    #[inline(always)]
    pub fn plain_iso_ms(&mut self, text: &[u8]) -> Option<i64> {
        if let Ok(text) = <&[u8; 24]>::try_from(text)
            && let Some(ms) = self.with_seconds(text, 59)
        {
            return Some(ms);
        }
        self.other_plain_iso_ms(text)
    }

    /// Whatever is not written to the millisecond.
    fn other_plain_iso_ms(&mut self, text: &[u8]) -> Option<i64> {
        let (date, time) = text.split_first_chunk::<10>()?;
        if time.is_empty() {
            return self.day_ms(*date);
        }
        let (minute, time) = text.split_first_chunk::<16>()?;
        let (seconds, fraction) = time.split_first_chunk::<3>()?;
        let [b':', tens, ones] = *seconds else { return None };
        if !(b'0'..=b'5').contains(&tens) || !ones.is_ascii_digit() {
            return None;
        }
        let seconds_ms = i64::from(tens - b'0') * 10_000 + i64::from(ones - b'0') * 1000;
        let ms = match fraction.strip_suffix(b"Z").unwrap_or(fraction) {
            [] => 0,
            [b'.', digits @ ..]
                if (1..=9).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) =>
            {
                digits.iter().chain(b"00").take(3).fold(0, |sum, b| sum * 10 + i64::from(b - b'0'))
            }
            _ => return None,
        };
        Some(self.minute_ms(minute)? + seconds_ms + ms)
    }

    /// Of `2023-01-11T15:59:51.433Z`, or the same with a space.
    #[inline(always)]
    fn with_seconds(&mut self, text: &[u8; 24], max_second: u64) -> Option<i64> {
        const SECONDS: Pattern = Pattern::new(*b":00.000Z");
        let (minute, seconds) = (text.first_chunk::<16>()?, text.last_chunk::<8>()?);
        let digits = SECONDS.digits(*seconds)?;
        let pairs = tens_and_ones(digits);
        let second = pairs >> 8 & 0xFF;
        if second > max_second {
            return None;
        }
        let ms = second * 1000 + (pairs >> 32 & 0xFF) * 10 + (digits >> 48);
        Some(self.minute_ms(minute)? + ms.cast_signed())
    }

    /// Unix milliseconds of the beginning of a minute written `2023-01-11T15:59`, or with a space.
    #[inline(always)]
    fn minute_ms(&mut self, minute: &[u8; 16]) -> Option<i64> {
        match self.minute_ms {
            Some(ms) if u128::from_le_bytes(*minute) == u128::from_le_bytes(self.minute) => Some(ms),
            _ => self.new_minute_ms(minute),
        }
    }

    #[inline(never)]
    fn new_minute_ms(&mut self, minute: &[u8; 16]) -> Option<i64> {
        const CLOCK: Pattern = Pattern::new([0, 0, 0, b'0', b'0', b':', b'0', b'0']);
        let (date, [b'T' | b' ', h1, h2, colon, m1, m2]) = minute.split_first_chunk::<10>()? else {
            return None;
        };
        let pairs = tens_and_ones(CLOCK.digits([0, 0, 0, *h1, *h2, *colon, *m1, *m2])?);
        let (hours, minutes) = (pairs >> 24 & 0xFF, pairs >> 48 & 0xFF);
        if hours > 23 || minutes > 59 {
            return None;
        }
        let ms = self.day_ms(*date)? + ((hours * 60 + minutes) * 60_000).cast_signed();
        (self.minute, self.minute_ms) = (*minute, Some(ms));
        Some(ms)
    }

    /// Unix milliseconds of the beginning of a day written `2023-01-11`.
    #[inline]
    pub fn day_ms(&mut self, date: [u8; 10]) -> Option<i64> {
        match self.day_ms {
            Some(ms) if self.date == date => Some(ms),
            _ => self.new_day_ms(date),
        }
    }

    #[cold]
    fn new_day_ms(&mut self, date: [u8; 10]) -> Option<i64> {
        let ms = date_days(date)? * 86_400_000;
        (self.date, self.day_ms) = (date, Some(ms));
        Some(ms)
    }
}

/// Of digits, a byte each: ten times each and the next one, in the place of the first. At most 99, so nothing carries.
#[inline]
const fn tens_and_ones(digits: u64) -> u64 {
    digits.wrapping_mul(10).wrapping_add(digits >> 8)
}

/// Eight characters as they should be: a digit where there is a zero, elsewhere what is there.
struct Pattern {
    text: u64,
    /// Where a digit goes, six: more than nine then has a bit in the upper half of its byte.
    six: u64,
    /// Bits that must not be left.
    wrong: u64,
}

impl Pattern {
    const fn new(text: [u8; 8]) -> Self {
        let mut pattern = Self { text: u64::from_le_bytes(text), six: 0, wrong: 0 };
        let mut i = 0;
        while i < 8 {
            let is_digit = text[i] == b'0';
            pattern.six |= (if is_digit { 0x06 } else { 0 }) << (8 * i);
            pattern.wrong |= (if is_digit { 0xF0 } else { 0xFF }) << (8 * i);
            i += 1;
        }
        pattern
    }

    /// The digits, a byte each, and zero for the rest.
    #[inline]
    const fn digits(&self, text: [u8; 8]) -> Option<u64> {
        let digits = u64::from_le_bytes(text) ^ self.text;
        let is_fine = (digits | digits.wrapping_add(self.six)) & self.wrong == 0;
        if is_fine { Some(digits) } else { None }
    }
}

/// Days since 1970-01-01 of `2023-01-11`.
fn date_days(date: [u8; 10]) -> Option<i64> {
    if date[4] != b'-' || date[7] != b'-' {
        return None;
    }
    let two = |i: usize| Some(digit(date[i])? * 10 + digit(date[i + 1])?);
    days_from_civil(two(0)? * 100 + two(2)?, two(5)?, two(8)?)
}

fn digit(b: u8) -> Option<i64> {
    b.is_ascii_digit().then(|| i64::from(b - b'0'))
}

/// Days since 1970-01-01 (Howard Hinnant's `days_from_civil`); `None` where there is no such day.
pub(super) fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    const LENGTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if !(i64::from(*YEARS.start())..=i64::from(*YEARS.end())).contains(&year) {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = LENGTHS.get(usize::try_from(month - 1).ok()?)? + i64::from(leap && month == 2);
    if day < 1 || day > length {
        return None;
    }
    let y = if month <= 2 { year - 1 } else { year };
    let era = y / 400;
    let year_of_era = y - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// An instant (Unix milliseconds) of a year that a mail log can be from; `None` for others.
pub(super) fn in_years(ms: i64) -> Option<i64> {
    /// The days of 1990-01-01 and 2101-01-01.
    const DAYS: std::ops::Range<i64> = 7_305..47_847;
    DAYS.contains(&ms.div_euclid(86_400_000)).then_some(ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn exchange_ms(text: &[u8]) -> Option<i64> {
        Clock::default().exchange_ms(text)
    }

    #[test]
    fn the_fast_way_agrees_with_the_library_on_every_day() {
        let mut date = NaiveDate::from_ymd_opt(1990, 1, 1);
        let mut clock = Clock::default();
        while let Some(day) = date.filter(|day| chrono::Datelike::year(day) <= 2100) {
            let text = format!("{}T23:59:58.007Z", day.format("%Y-%m-%d"));
            let ms = clock.exchange_ms(text.as_bytes());
            let expected = day.and_hms_milli_opt(23, 59, 58, 7).map(|time| time.and_utc().timestamp_millis());
            assert!(ms.is_some());
            assert_eq!((ms, iso_ms(&text)), (expected, expected), "{text}");
            date = day.succ_opt();
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "2023-02-29T00:00:00.000Z",
            "2023-13-01T00:00:00.000Z",
            "2023-01-01T24:00:00.000Z",
            "0001-01-01T00:00:00.000Z",
            "9999-12-31T00:00:00.000Z",
            "2023-01-11 15:59:51.433Z",
            "2023-01-11T15:59:51.43xZ",
            "",
        ] {
            assert_eq!(exchange_ms(text.as_bytes()), None, "{text}");
        }
        for text in ["", "yesterday", "11/01/2023", "0001-01-01", "2023-02-30"] {
            assert_eq!(iso_ms(text), None, "{text}");
        }
    }

    #[test]
    fn the_plain_way_reads_what_the_careful_way_reads() {
        let mut clock = Clock::default();
        for date in ["2024-02-29", "2023-02-29", "2026-11-02", "1989-12-31", "20261102", "2026-11-2"] {
            for time in [
                "",
                "T",
                "T08:15:29",
                " 08:15:29",
                "T08:15:29Z",
                "T08:15:29.5Z",
                " 23:59:59.1234567",
                "T24:00:00",
                "T08:60:00",
                "T08:15",
                "T08:15:29.",
                "T08:15:29+01:00",
                "x08:15:29",
                "T0a:15:29",
                "Z",
            ] {
                let text = format!("{date}{time}");
                let plain = clock.plain_iso_ms(text.as_bytes());
                assert!(plain.is_none() || plain == iso_ms(&text), "{text}");
            }
        }
        let text = "2026-11-02 08:15:29.250Z";
        assert_eq!(clock.plain_iso_ms(text.as_bytes()), iso_ms(text));
        assert!(iso_ms(text).is_some());
    }

    #[test]
    fn iso_spellings_are_one_instant() {
        let expected = exchange_ms(b"2023-01-11T15:59:51.000Z");
        for text in [
            "2023-01-11T15:59:51Z",
            "2023-01-11 15:59:51",
            "2023-01-11T16:59:51+01:00",
            "2023-01-11 16:59:51+01:00",
            "2023-01-11T15:59:51.0000000Z",
            "2023-01-11 15:59:51 UTC",
        ] {
            assert_eq!(iso_ms(text), expected, "{text}");
        }
        assert_eq!(iso_ms("2023-01-11"), exchange_ms(b"2023-01-11T00:00:00.000Z"));
    }
}
