//! Points in time as people's regional settings write them.

use super::time::{Clock, days_from_civil, in_years};
use crate::model::text::is_invisible;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The longest text that is looked at, in bytes; no spelling of a date comes near it.
const MAX_BYTES: usize = 80;

/// Months as they are written out; three letters are enough.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Days of the week, likewise.
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// How a file writes its dates, decided once for all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateStyle {
    /// Whether the day comes before the month where both are numbers: `31.12.2026`.
    pub day_first: bool,
    /// Whether that is a guess, because no row of the sample tells.
    pub is_guess: bool,
}

impl DateStyle {
    /// How these texts write dates. Where some can only be read one way, the way of most of them; else as the regional
    /// settings do that most likely wrote them.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let (mut day_first, mut month_first) = (0_u32, 0_u32);
        // Of the first date that can be read both ways; whether any has AM or PM.
        let (mut separator, mut has_half) = (None, false);
        for text in texts {
            let Some(text) = visible(text) else { continue };
            let mut cursor = Cursor { rest: text.trim() };
            let Some(Date::YearLast { first, second, separator: found, .. }) = cursor.date() else {
                continue;
            };
            match (first > 12, second > 12) {
                (true, false) => day_first += 1,
                (false, true) => month_first += 1,
                _ => {}
            }
            separator = separator.or(Some(found));
            has_half = has_half || cursor.time().is_some_and(|time| time.is_half);
        }
        match separator {
            None => Self::default(),
            Some(_) if day_first != month_first => {
                Self { day_first: day_first > month_first, is_guess: false }
            }
            Some(separator) => Self { day_first: !has_half && separator != '/', is_guess: true },
        }
    }

    /// Unix milliseconds, UTC. Read are ISO 8601 whatever the style, numbers in the style's order (with AM or PM before
    /// or behind, in English, Korean, Japanese and Chinese), English names of months (RFC 2822, Kibana), and Unix time in
    /// seconds or milliseconds. A text without an offset is in UTC. One that contradicts the style is not read, and
    /// neither is a year before 1990 or after 2100.
    pub fn parse(self, text: &str) -> Option<i64> {
        let text = visible(text)?;
        let text = text.trim();
        Clock::default()
            .plain_iso_ms(text.as_bytes())
            .or_else(|| unix_ms(text))
            .or_else(|| self.parse_local(text))
    }

    fn parse_local(self, text: &str) -> Option<i64> {
        let mut cursor = Cursor { rest: text };
        let (year, month, day) = match cursor.date()? {
            Date::Certain(date) => date,
            Date::YearLast { first, second, year, .. } if self.day_first => (year, second, first),
            Date::YearLast { first, second, year, .. } => (year, first, second),
        };
        let days = days_from_civil(year, month, day)?;
        let time_ms = if cursor.is_at_end() { 0 } else { cursor.time()?.ms };
        cursor.is_at_end().then_some(())?;
        in_years(days * 86_400_000 + time_ms)
    }
}

/// Unix milliseconds of any ISO 8601 spelling: a date alone, `T` or a space, with or without seconds, fraction and
/// offset. Without an offset it is UTC.
pub fn iso_ms(text: &str) -> Option<i64> {
    let text = text.trim();
    let has_year = text.len() <= MAX_BYTES && text.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
    // With the year in front there is but one order.
    if has_year { DateStyle::default().parse_local(text) } else { None }
}

/// A text without the direction marks that some browsers put into dates. `None` if it is too long for a date.
fn visible(text: &str) -> Option<Cow<'_, str>> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let has_marks = !text.is_ascii() && text.contains(is_invisible);
    Some(if has_marks { text.replace(is_invisible, "").into() } else { text.into() })
}

/// Unix seconds (ten digits) or milliseconds (thirteen).
fn unix_ms(text: &str) -> Option<i64> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    match text.len() {
        10 => in_years(number * 1000),
        13 => in_years(number),
        _ => None,
    }
}

/// A date: year, month and day, or one whose order only the file tells.
enum Date {
    Certain((i64, i64, i64)),
    YearLast { first: i64, second: i64, year: i64, separator: char },
}

/// A time of day.
struct Time {
    /// Milliseconds since midnight UTC; below zero or above a day if its offset makes it so.
    ms: i64,
    /// Whether it counts to twelve.
    is_half: bool,
}

/// What is left of a text.
struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// Skips spaces, narrow and no-break ones too: newer systems put them before AM and PM.
    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn is_at_end(&self) -> bool {
        self.rest.trim_start().is_empty()
    }

    fn eat(&mut self, expected: char) -> bool {
        self.rest.strip_prefix(expected).map(|rest| self.rest = rest).is_some()
    }

    /// Which of these comes next.
    fn eat_any(&mut self, expected: &[char]) -> Option<char> {
        expected.iter().copied().find(|&c| self.eat(c))
    }

    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        taken
    }

    /// A number of so many digits, no more and no fewer.
    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<(i64, usize)> {
        let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        digits.contains(&len).then_some(())?;
        Some((self.take(len).parse().ok()?, len))
    }

    /// Letters, in lower case; none if something else comes next.
    fn word(&mut self) -> String {
        let len = self.rest.find(|c: char| !c.is_alphabetic()).unwrap_or(self.rest.len());
        self.take(len).to_lowercase()
    }

    /// Reads a date in front.
    fn date(&mut self) -> Option<Date> {
        self.spaces();
        let mut word = self.word();
        if position(&WEEKDAYS, &word).is_some() {
            self.eat_any(&[',', '.']);
            self.spaces();
            word = self.word();
        }
        if !word.is_empty() {
            let month = position(&MONTHS, &word)?;
            self.eat('.');
            self.spaces();
            let (day, _) = self.number(1..=2)?;
            let is_plain = matches!(self.word().as_str(), "" | "st" | "nd" | "rd" | "th");
            self.eat(',');
            self.spaces();
            let (year, _) = self.number(4..=4)?;
            return is_plain.then_some(Date::Certain((year, month, day)));
        }
        let (first, digits) = self.number(1..=8)?;
        if digits == 8 {
            return Some(Date::Certain((first / 10_000, first / 100 % 100, first % 100)));
        }
        let separator = self.eat_any(&['-', '/', '.']);
        self.spaces();
        let word = self.word();
        if !word.is_empty() {
            let month = position(&MONTHS, &word)?;
            self.eat_any(&['.', separator.unwrap_or(' ')]);
            self.spaces();
            let (year, _) = self.number(4..=4)?;
            return (digits <= 2).then_some(Date::Certain((year, month, first)));
        }
        let separator = separator?;
        let (second, _) = self.number(1..=2)?;
        self.eat(separator).then_some(())?;
        self.spaces();
        let (third, third_digits) = self.number(1..=4)?;
        match (digits, third_digits) {
            (4, 1..=2) => {
                // Korean ends the day with a point too.
                let _ = separator == '.' && self.eat('.');
                Some(Date::Certain((first, second, third)))
            }
            (1..=2, 4) => Some(Date::YearLast { first, second, year: third, separator }),
            _ => None,
        }
    }

    /// Reads what stands behind a date: a time of day with all that belongs to it.
    fn time(&mut self) -> Option<Time> {
        let before = self.rest.len();
        self.eat(',');
        self.spaces();
        self.rest = self.rest.strip_prefix("at ").unwrap_or(self.rest);
        let has_t = self.eat_any(&['T', 't', '@']).is_some();
        (self.rest.len() < before).then_some(())?;
        self.spaces();
        let half_before = self.half();
        self.spaces();
        let (mut hour, digits) = self.number(1..=6)?;
        let minute;
        let mut second = None;
        if digits == 6 && has_t {
            minute = hour / 100 % 100;
            second = Some(hour % 100);
            hour /= 10_000;
        } else if digits <= 2 {
            // Danish and Finnish settings separate with points.
            let separator = self.eat_any(&[':', '.'])?;
            minute = self.number(2..=2)?.0;
            if self.eat(separator) {
                second = Some(self.number(2..=2)?.0);
            }
        } else {
            return None;
        }
        let fraction_ms = if second.is_some() { self.fraction_ms()? } else { 0 };
        let second = second.unwrap_or(0);
        self.spaces();
        let half = half_before.or_else(|| self.half());
        hour = match half {
            None => hour,
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(is_pm) => hour % 12 + if is_pm { 12 } else { 0 },
        };
        // A leap second is the next minute's first, as in a log's own spelling.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let minutes = hour * 60 + minute - self.offset_minutes()?;
        Some(Time { ms: (minutes * 60 + second) * 1000 + fraction_ms, is_half: half.is_some() })
    }

    /// The fraction of a second, if there is one, else zero.
    fn fraction_ms(&mut self) -> Option<i64> {
        if self.eat_any(&['.', ',']).is_none() {
            return Some(0);
        }
        let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        (len > 0).then_some(())?;
        Some(self.take(len).bytes().chain(*b"00").take(3).fold(0, |ms, b| ms * 10 + i64::from(b - b'0')))
    }

    /// Whether it is the afternoon, if the next word tells.
    fn half(&mut self) -> Option<bool> {
        const HALVES: [(&str, bool); 10] = [
            ("am", false),
            ("a.m.", false),
            ("pm", true),
            ("p.m.", true),
            ("오전", false),
            ("오후", true),
            ("午前", false),
            ("午後", true),
            ("上午", false),
            ("下午", true),
        ];
        HALVES.into_iter().find_map(|(name, is_pm)| {
            let is_next = self.rest.get(..name.len()).is_some_and(|next| next.eq_ignore_ascii_case(name));
            is_next.then(|| {
                self.take(name.len());
                is_pm
            })
        })
    }

    /// Minutes that the time is ahead of UTC. `None`: in a zone that is not known.
    fn offset_minutes(&mut self) -> Option<i64> {
        self.spaces();
        let Some(sign) = self.eat_any(&['+', '-']) else {
            return matches!(self.word().as_str(), "" | "z" | "ut" | "utc" | "gmt").then_some(0);
        };
        let (number, digits) = self.number(2..=4)?;
        let (hours, minutes) = match digits {
            4 => (number / 100, number % 100),
            2 if self.eat(':') => (number, self.number(2..=2)?.0),
            2 => (number, 0),
            _ => return None,
        };
        // Mail names the zone once more, in brackets.
        self.spaces();
        if self.eat('(') {
            self.word();
            self.eat(')').then_some(())?;
        }
        let minutes = (hours <= 23 && minutes <= 59).then_some(hours * 60 + minutes)?;
        Some(if sign == '-' { -minutes } else { minutes })
    }
}

/// Which of these names (from 1) a word is, or begins with three letters or more.
fn position(names: &[&str], word: &str) -> Option<i64> {
    let at = names.iter().position(|name| {
        word.len() >= 3 && (name.starts_with(word) || word == "sept" && name.starts_with("sep"))
    })?;
    i64::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, NaiveDate};
    use proptest::prelude::*;

    const MONTH_FIRST: DateStyle = DateStyle { day_first: false, is_guess: false };
    const DAY_FIRST: DateStyle = DateStyle { day_first: true, is_guess: false };
    /// 2026-11-02 00:00:00 UTC: 20,759 days since 1970 (56 years of 365 days, 14 leap days, 305 days of 2026).
    const NOV_2: i64 = 20_759 * 86_400_000;
    /// 15:15:29.
    const CLOCK: i64 = 54_929_000;

    #[test]
    fn every_spelling_of_one_instant() {
        for text in [
            "2026-11-02T15:15:29Z",
            "2026-11-02 15:15:29",
            "2026-11-02T16:15:29+01:00",
            "2026-11-02T15:15:29.0000000Z",
            "2026-11-02 15:15:29 UTC",
            "2026/11/02 15:15:29",
            "2026/11/2 15:15:29",
            "2026-11-2 3:15:29 PM",
            "20261102T151529Z",
            "1793632529",
            "1793632529000",
            "2026-11-02 오후 3:15:29",
            "2026. 11. 2. 오후 3:15:29",
            "2026. 11. 2. 15:15:29",
            "2026/11/2 下午3:15:29",
            "Mon, 02 Nov 2026 15:15:29 GMT",
            "Mon, 2 Nov 2026 10:15:29 -0500 (EST)",
            "2 Nov 2026 16:15:29 +0100",
            "02-Nov-2026 15:15:29",
            "Nov 2, 2026 @ 15:15:29.000",
            "Nov 2, 2026, 3:15:29\u{202f}PM",
            "Nov 2, 2026 at 3:15:29 PM",
            "November 2nd 2026, 15:15:29.000",
            "Monday, November 2, 2026 3:15:29 PM",
        ] {
            assert_eq!(MONTH_FIRST.parse(text), Some(NOV_2 + CLOCK), "{text}");
            assert_eq!(DAY_FIRST.parse(text), Some(NOV_2 + CLOCK), "{text}");
        }
        // In the other order these are the 11th of February.
        let other_day = NOV_2 + CLOCK - 264 * 86_400_000;
        for text in [
            "2-11-2026 15:15:29",
            "02.11.2026, 15:15:29",
            "02.11.2026 15:15:29",
            "02.11.2026 15.15.29",
            "2. 11. 2026 15:15:29",
            "02/11/2026 3:15:29 p.m.",
            "02/11/2026 3:15:29\u{a0}PM",
            "02/11/2026, 3:15:29.000\u{202f}pm",
            "02/11/2026 15:15:29 +00:00",
            "\u{200e}02\u{200e}/\u{200e}11\u{200e}/\u{200e}2026\u{200e} 15:15:29",
        ] {
            assert_eq!(DAY_FIRST.parse(text), Some(NOV_2 + CLOCK), "{text}");
            assert_eq!(MONTH_FIRST.parse(text), Some(other_day), "{text}");
        }
    }

    #[test]
    fn hours_fractions_and_bare_days() {
        const MINUTE: i64 = 60_000;
        for (text, expected) in [
            ("11/2/2026", 0),
            ("11/2/2026 0:05", 5 * MINUTE),
            ("11/02/2026 12:05 AM", 5 * MINUTE),
            ("11/02/2026 12:05 PM", 725 * MINUTE),
            ("11/02/2026 1:05 PM", 785 * MINUTE),
            ("11/2/2026, 9:19:25.391 AM", 559 * MINUTE + 25_391),
            ("11/2/2026 00:00:00.5", 500),
            ("11/2/2026 00:00:00,0019999", 1),
            ("11/2/2026 00:00:00 +01:30", -90 * MINUTE),
        ] {
            assert_eq!(MONTH_FIRST.parse(text), Some(NOV_2 + expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_or_contradicts_the_style_is_refused() {
        for text in [
            "",
            "-",
            "yesterday",
            "13/11/2026",
            "31.12.2026 07:22:01",
            "2/30/2026",
            "0/11/2026",
            "11/2/26",
            "11/2-2026",
            "11 2 2026",
            "11/2/2026 24:00",
            "11/2/2026 7:60",
            "11/2/2026 0:05 PM",
            "11/2/2026 13:05 PM",
            "11/2/2026 7",
            "11/2/2026 7:22 EST",
            "11/2/2026 07:22:01 AM PM",
            "11/2/202607:22",
            "11/2/2026 07:22:01 and more",
            "Nov 31, 2026",
            "Now 2, 2026",
            "1/1/0001 12:00:00 AM",
            "1/1/2101",
            "12/31/2100 23:59:59 -00:01",
            "179363252",
            "99999999999999999999",
            "0000000000",
            "9999999999999",
            "=1+1",
            "11/2/2026\u{0}",
        ] {
            assert_eq!(MONTH_FIRST.parse(text), None, "{text}");
        }
        assert_eq!(DAY_FIRST.parse("3/13/2025"), None);
        assert_eq!(MONTH_FIRST.parse(&"1".repeat(1 << 20)), None);
        assert_eq!(MONTH_FIRST.parse(&format!("11/2/2026{} 7:22", " ".repeat(1 << 20))), None);
    }

    #[test]
    fn the_style_is_that_of_the_texts_that_tell_it() {
        let of = |texts: &[&str]| {
            let style = DateStyle::of(texts.iter().copied());
            (style.day_first, style.is_guess)
        };
        for (texts, expected) in [
            (&["3/12/2025", "3/13/2025"][..], (false, false)),
            (&["3/12/2025 1:00:00 AM", "13/3/2025 1:00:00 AM"], (true, false)),
            (&["03.12.2025", "03.13.2025 07:22:01"], (false, false)),
            (&["12.03.2025 07:22:01", "13.03.2025 07:22:01"], (true, false)),
            (&["13/3/2025", "3/13/2025", "3/14/2025"], (false, false)),
            (&["3/12/2025 7:22:01 AM"], (false, true)),
            (&["03-12-2025 7:22:01 AM"], (false, true)),
            (&["12.03.2025 07:22:01"], (true, true)),
            (&["12-03-2025 07:22"], (true, true)),
            (&["12/03/2025"], (false, true)),
            (&["2025-03-12T07:22:01Z", "2025/03/12"], (false, false)),
            (&["Nov 2, 2026 @ 15:15:29.123", "", "-"], (false, false)),
            (&[], (false, false)),
        ] {
            assert_eq!(of(texts), expected, "{texts:?}");
        }
        assert!(!DateStyle::of([format!("13.{}", "1".repeat(1 << 20)).as_str()].into_iter()).day_first);
    }

    #[test]
    fn every_day_reads_back_in_both_orders() {
        let mut date = NaiveDate::from_ymd_opt(2023, 1, 1);
        while let Some(day) = date.filter(|day| day.year() <= 2028) {
            let expected = day.and_hms_opt(0, 0, 0).map(|time| time.and_utc().timestamp_millis());
            assert!(expected.is_some());
            for format in ["%-d.%-m.%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%a, %d %b %Y", "%Y. %-m. %-d."]
            {
                assert_eq!(DAY_FIRST.parse(&day.format(format).to_string()), expected, "{day} {format}");
            }
            for format in ["%-m/%-d/%Y", "%m/%d/%Y", "%m-%d-%Y", "%B %-d, %Y", "%A, %-d %B %Y", "%Y/%-m/%-d"]
            {
                assert_eq!(MONTH_FIRST.parse(&day.format(format).to_string()), expected, "{day} {format}");
            }
            date = day.succ_opt();
        }
    }

    /// The library's readings of ISO 8601.
    fn library_ms(text: &str) -> Option<i64> {
        let offset = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M:%S%.f%#z"];
        let local =
            ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y/%m/%d %H:%M:%S%.f"];
        let days = ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"];
        let offset = offset.into_iter().find_map(|f| chrono::DateTime::parse_from_str(text, f).ok());
        let local = || local.into_iter().find_map(|f| chrono::NaiveDateTime::parse_from_str(text, f).ok());
        let day = || days.into_iter().find_map(|f| NaiveDate::parse_from_str(text, f).ok());
        offset
            .map(|time| time.to_utc())
            .or_else(|| local().map(|time| time.and_utc()))
            .or_else(|| day()?.and_hms_opt(0, 0, 0).map(|time| time.and_utc()))
            .map(|time| time.timestamp_millis())
    }

    #[test]
    fn iso_is_read_as_the_library_reads_it() {
        let mut read = 0;
        for date in
            ["2024-02-29", "2023-02-29", "2026-1-2", "2026/11/02", "20261102", "2026-11-31", "2026-13-01"]
        {
            for time in [
                "",
                "T08:15",
                " 08:15:29",
                "T08:15:29",
                "T23:59:60",
                "T08:15:29.5",
                " 08:15:29.1234567891",
                "T24:00:00",
            ] {
                for offset in ["", "Z", "+01:00", "-0530", "+09", "+24:00"] {
                    let text = format!("{date}{time}{offset}");
                    if let Some(expected) = library_ms(&text) {
                        read += 1;
                        assert_eq!(iso_ms(&text), Some(expected), "{text}");
                    }
                }
            }
        }
        assert!(read > 50, "{read}");
        for text in ["2023-02-29", "2026-11-31 08:15:29", "2026-11-02T24:00:00", "2026-11-02T08:15:29+24:00"]
        {
            assert_eq!(iso_ms(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_time_reads_back(ms in 631_152_000_000_i64..4_133_980_800_000) {
            // 1990-01-01 to 2101-01-01.
            let time = chrono::DateTime::from_timestamp_millis(ms).unwrap();
            for (style, format) in [
                (MONTH_FIRST, "%-m/%-d/%Y, %-I:%M:%S%.3f %p"),
                (DAY_FIRST, "%d/%m/%Y %I:%M:%S%.3f\u{202f}%p"),
                (DAY_FIRST, "%d.%m.%Y %H:%M:%S%.3f"),
                (MONTH_FIRST, "%b %-d, %Y @ %H:%M:%S%.3f"),
                (DAY_FIRST, "%Y-%m-%dT%H:%M:%S%.3fZ"),
                (DAY_FIRST, "%Y%m%dT%H%M%S%.3f+0000"),
            ] {
                let text = time.format(format).to_string();
                prop_assert_eq!(style.parse(&text), Some(ms), "{}", text);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}|[0-9/. :,APMTZ+-]{0,40}") {
            let style = DateStyle::of(std::iter::once(text.as_str()));
            let ms = style.parse(&text);
            prop_assert!(ms.is_none_or(|ms| (631_152_000_000..4_133_980_800_000).contains(&ms)));
            if let Some(iso) = iso_ms(&text) {
                prop_assert_eq!(ms, Some(iso));
            }
        }
    }
}
