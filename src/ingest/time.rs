//! Points in time as logs write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// Years that a mail log can be from. A broken clock's year 1 or 9999 would stretch every chart beyond use.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// Unix milliseconds of Exchange's own spelling, `2023-01-11T15:59:51.433Z`, and nothing else: the fast way.
pub fn exchange_ms(text: &[u8]) -> Option<i64> {
    let b: &[u8; 24] = text.try_into().ok()?;
    if b[4] != b'-'
        || b[7] != b'-'
        || b[10] != b'T'
        || b[13] != b':'
        || b[16] != b':'
        || b[19] != b'.'
        || b[23] != b'Z'
    {
        return None;
    }
    let two = |i: usize| Some(digit(b[i])? * 10 + digit(b[i + 1])?);
    let (year, month, day) = (two(0)? * 100 + two(2)?, two(5)?, two(8)?);
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    let milli = digit(b[20])? * 100 + two(21)?;
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let days = days_from_civil(year, month, day)?;
    Some((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milli)
}

fn digit(b: u8) -> Option<i64> {
    b.is_ascii_digit().then(|| i64::from(b - b'0'))
}

/// Days since 1970-01-01 (Howard Hinnant's `days_from_civil`); `None` where there is no such day.
fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
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

/// Unix milliseconds of any ISO 8601 spelling: a date alone, `T` or a space, with or without seconds, fraction and
/// offset. Without an offset it is UTC.
pub fn iso_ms(text: &str) -> Option<i64> {
    let text = text.trim();
    let text = text.strip_suffix(" UTC").unwrap_or(text);
    let ms = if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        time.timestamp_millis()
    } else if let Ok(time) = DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z") {
        time.timestamp_millis()
    } else if let Some(time) = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %H:%M:%S%.f",
    ]
    .into_iter()
    .find_map(|format| NaiveDateTime::parse_from_str(text.strip_suffix('Z').unwrap_or(text), format).ok())
    {
        time.and_utc().timestamp_millis()
    } else {
        let date = ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"]
            .into_iter()
            .find_map(|format| NaiveDate::parse_from_str(text, format).ok())?;
        date.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis()
    };
    let year = chrono::Datelike::year(&DateTime::from_timestamp_millis(ms)?);
    YEARS.contains(&year).then_some(ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fast_way_agrees_with_the_library_on_every_day() {
        let mut date = NaiveDate::from_ymd_opt(1990, 1, 1);
        while let Some(day) = date.filter(|day| chrono::Datelike::year(day) <= 2100) {
            let text = format!("{}T23:59:58.007Z", day.format("%Y-%m-%d"));
            assert_eq!(exchange_ms(text.as_bytes()), iso_ms(&text), "{text}");
            assert!(exchange_ms(text.as_bytes()).is_some());
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
