//! Numbers, shares, sizes and dates as the reader writes them.

use super::i18n::{self, t, t_args};
use crate::chart::Numbers;
use crate::model::{AuthClass, Count, Day, TlsVersion};
use crate::platform::intl::{self, DateStyle, NumberStyle};
use crate::report::DaySpan;

/// `12,345`
pub fn number(value: u64) -> String {
    intl::number(i18n::tag(), NumberStyle::Integer, value as f64)
}

/// `96.35%`, from a part and its whole; nothing of nothing is 0.
pub fn percent(part: u64, whole: u64) -> String {
    let share = match (part, whole) {
        (0, _) | (_, 0) => 0.0,
        (part, whole) if part >= whole => 1.0,
        // What is neither nothing nor all does not read as such.
        (part, whole) => (part as f64 / whole as f64).clamp(0.0001, 0.9999),
    };
    intl::number(i18n::tag(), NumberStyle::Percent, share)
}

/// How the language writes numbers, taken from what `Intl` makes of some.
pub fn chart_numbers() -> Numbers {
    let thousands = intl::number(i18n::tag(), NumberStyle::Integer, 1234.0);
    let tenths = intl::number(i18n::tag(), NumberStyle::OneDecimal, 0.5);
    let percent = intl::number(i18n::tag(), NumberStyle::Percent, 0.5);
    let marks = |text: &str| text.chars().filter(|c| !c.is_numeric()).collect::<String>();
    Numbers {
        decimal: marks(&tenths),
        group: marks(&thousands),
        percent: percent.trim_start_matches(|c: char| !c.is_whitespace() && c != '%').to_owned(),
    }
}

/// A count, or *unknown*. What is known in part says so.
pub fn count(value: Count) -> String {
    match value.value() {
        None => t("unknown"),
        Some(known) if value.has_unknown() => t_args("at-least", &[("number", number(known).into())]),
        Some(known) => number(known),
    }
}

/// The name of a TLS version: `No TLS`, `TLS 1.2`, `Unknown`.
pub fn tls(version: TlsVersion) -> String {
    match version {
        TlsVersion::NoTls => t("tls-name-none"),
        TlsVersion::Unknown => t("tls-name-unknown"),
        version => version.label().to_owned(),
    }
}

/// The name of a family of mechanisms: `Basic`, `OAuth`.
pub fn auth(family: AuthClass) -> String {
    t(match family {
        AuthClass::Basic => "auth-basic",
        AuthClass::OAuth => "auth-oauth",
        AuthClass::Integrated => "auth-integrated",
        AuthClass::Other => "auth-other",
        AuthClass::Unknown => "auth-unknown",
    })
}

/// `12.3 MB`
pub fn bytes(value: u64) -> String {
    const UNITS: [&str; 4] = ["size-bytes", "size-kb", "size-mb", "size-gb"];
    let mut scaled = value as f64;
    let mut unit = 0;
    while scaled >= 1000.0 && unit + 1 < UNITS.len() {
        scaled /= 1000.0;
        unit += 1;
    }
    let style = if unit == 0 { NumberStyle::Integer } else { NumberStyle::OneDecimal };
    t_args(UNITS[unit], &[("size", intl::number(i18n::tag(), style, scaled).into())])
}

/// `Nov 22, 2026`
pub fn day(day: Day) -> String {
    intl::date(i18n::tag(), DateStyle::Day, day.start_ms())
}

/// `11/22`
pub fn month_day(day: Day) -> String {
    intl::date(i18n::tag(), DateStyle::MonthDay, day.start_ms())
}

/// `Nov 16, 2026 – Nov 22, 2026`, or the one day.
pub fn span(span: DaySpan) -> String {
    if span.first == span.last {
        day(span.first)
    } else {
        t_args("day-span", &[("first", day(span.first).into()), ("last", day(span.last).into())])
    }
}

/// `Nov 22, 2026, 00:10 – 23:50`, with the second date if it is another; UTC.
pub fn period(first_ms: i64, last_ms: i64) -> String {
    let one_day = Day::from_unix_ms(first_ms) == Day::from_unix_ms(last_ms);
    let first = intl::date(i18n::tag(), DateStyle::Minute, first_ms);
    let last = intl::date(i18n::tag(), if one_day { DateStyle::Time } else { DateStyle::Minute }, last_ms);
    t_args("day-span", &[("first", first.into()), ("last", last.into())])
}

/// `40 seconds`, `3 minutes`: a rough time that is left.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn time_left(seconds: f64) -> String {
    if seconds < 1.0 {
        t("progress-nearly-done")
    } else if seconds < 90.0 {
        t_args("progress-seconds-left", &[("n", seconds.ceil().into())])
    } else {
        t_args("progress-minutes-left", &[("n", (seconds / 60.0).ceil().into())])
    }
}
