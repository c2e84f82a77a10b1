//! What stands in a cell of a table that people export: a name, or a number as their regional settings write it.

use super::fields::{Field, LineError};
use super::text::name;
use super::{BadReason, row};
use crate::model::formula::unescape_formula;
use crate::model::text::is_invisible;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The longest text that is looked at for a number, in bytes.
const MAX_NUMBER_BYTES: usize = 64;
/// Decimals that are kept of a number.
const DECIMALS: u32 = 6;
/// What one is in [`Number::millionths`].
pub const ONE: u64 = 1_000_000;

/// The text of the field at this position: trimmed, of bounded length, empty if there is no such column.
pub fn text<'a>(fields: &[Field<'a>], at: Option<usize>) -> Cow<'a, str> {
    let Some(field) = at.and_then(|at| fields.get(at)) else { return Cow::Borrowed("") };
    match field.value() {
        Cow::Borrowed(value) => match name(value.trim_ascii()) {
            Cow::Borrowed(text) => unescape_formula(text),
            Cow::Owned(text) => Cow::Owned(unescape_formula(&text).into_owned()),
        },
        Cow::Owned(value) => Cow::Owned(unescape_formula(&name(value.trim_ascii())).into_owned()),
    }
}

/// Whether a row holds nothing, as spreadsheets leave them at the end of a table.
pub fn are_empty(fields: &[Field<'_>]) -> bool {
    fields.iter().all(|field| field.raw.trim_ascii().is_empty())
}

/// Whether a cell says that it has nothing to say.
pub fn is_blank(text: &str) -> bool {
    // Nothing that has letters is longer.
    text.len() <= 16 && matches!(row::folded(text).as_str(), "" | "null" | "nil" | "na" | "nan" | "undefined")
}

/// That the field at this position is wrong.
pub fn bad(at: Option<usize>, reason: BadReason) -> LineError {
    LineError { column: at.and_then(|at| u32::try_from(at + 1).ok()), reason }
}

/// A number of a cell, not below zero and below 10^12.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value in millionths, rounded.
    pub millionths: u64,
    /// How many decimals it was written with, at most six.
    pub decimals: u32,
}

impl Number {
    /// Its value, if it is a whole number.
    pub fn whole(self) -> Option<u64> {
        self.millionths.is_multiple_of(ONE).then_some(self.millionths / ONE)
    }
}

/// What a file writes before the decimals; the other sign then groups the digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecimalSign {
    /// `6,272.5`
    #[default]
    Point,
    /// `6.272,5`
    Comma,
}

impl DecimalSign {
    /// What these numbers are written with. In those that are `whole`, `6.272` can only be thousands; of the `others`
    /// that alone tells nothing, and where nothing tells, the file's delimiter does: settings with a decimal comma
    /// separate fields by semicolons.
    pub fn of<'a>(
        others: impl Iterator<Item = &'a str>,
        whole: impl Iterator<Item = &'a str>,
        delimiter: u8,
    ) -> Self {
        let (mut points, mut commas) = (0_u32, 0_u32);
        let told = others
            .filter_map(|text| told_by(text, false))
            .chain(whole.filter_map(|text| told_by(text, true)));
        for sign in told {
            match sign {
                Self::Point => points += 1,
                Self::Comma => commas += 1,
            }
        }
        if commas > points || (commas == points && delimiter == b';') { Self::Comma } else { Self::Point }
    }

    /// Reads a number. Thousands may be grouped by the other sign, by spaces of any width and by apostrophes. `None` if
    /// it is none.
    pub fn parse(self, text: &str) -> Option<Number> {
        let (point, group) = match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        };
        if text.len() > MAX_NUMBER_BYTES {
            return None;
        }
        let (mut integer, mut fraction, mut decimals) = (0_u64, 0_u64, None::<u32>);
        // Digits since the last group, and whether there was one.
        let (mut run, mut is_grouped) = (0, false);
        for c in text.trim().chars().filter(|&c| !is_invisible(c)) {
            if let Some(digit) = c.to_digit(10) {
                match &mut decimals {
                    None => {
                        integer = integer * 10 + u64::from(digit);
                        run += 1;
                        (integer < 1_000_000_000_000).then_some(())?;
                    }
                    Some(decimals) => {
                        match *decimals {
                            0..DECIMALS => fraction = fraction * 10 + u64::from(digit),
                            DECIMALS => fraction += u64::from(digit >= 5),
                            _ => {}
                        }
                        *decimals += 1;
                    }
                }
            } else if c == point && decimals.is_none() {
                decimals = Some(0);
            } else if (c == group || is_gap(c)) && decimals.is_none() {
                let is_sound = if is_grouped { (2..=3).contains(&run) } else { (1..=3).contains(&run) };
                is_sound.then_some(())?;
                (run, is_grouped) = (0, true);
            } else {
                return None;
            }
        }
        // Not even one digit, or a last group that is none.
        let is_sound = if is_grouped { run == 3 } else { run > 0 || decimals.is_some_and(|n| n > 0) };
        is_sound.then_some(())?;
        let decimals = decimals.unwrap_or(0).min(DECIMALS);
        Some(Number { millionths: integer * ONE + fraction * 10_u64.pow(DECIMALS - decimals), decimals })
    }
}

/// What stands between groups of digits where it is no sign: U+FFFD was a no-break space before something broke it.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '’' | '\u{fffd}')
}

/// Which decimal sign a number gives away.
fn told_by(text: &str, is_whole: bool) -> Option<DecimalSign> {
    let text = text.trim();
    if text.len() > MAX_NUMBER_BYTES
        || !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',') || is_gap(c))
    {
        return None;
    }
    let at = text.rfind(['.', ','])?;
    let (before, rest) = text.split_at(at);
    let sign = if rest.starts_with('.') { DecimalSign::Point } else { DecimalSign::Comma };
    let other = if sign == DecimalSign::Point { DecimalSign::Comma } else { DecimalSign::Point };
    let same = before.matches(rest.chars().next()?).count();
    if same > 0 {
        return Some(other);
    }
    // With groups of another kind in front, or without three digits behind, it can but be a decimal sign.
    let is_decimal = before.contains(|c: char| !c.is_ascii_digit())
        || rest.len() != 4
        || before.len() > 3
        || matches!(before, "" | "0");
    match (is_decimal, is_whole) {
        (true, _) => Some(sign),
        (false, true) => Some(other),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::DecimalSign::{self, Comma, Point};
    use super::*;

    #[test]
    fn numbers_of_either_sign() {
        for (sign, text, millionths, decimals) in [
            (Point, "6272", 6_272 * ONE, 0),
            (Point, " 6,272 ", 6_272 * ONE, 0),
            (Point, "1,234,567.25", 1_234_567_250_000, 2),
            (Point, "12,34,567", 1_234_567 * ONE, 0),
            (Point, "96.35", 96_350_000, 2),
            (Point, ".5", 500_000, 1),
            (Point, "412.", 412 * ONE, 0),
            (Point, "0.30000000000000004", 300_000, 6),
            (Point, "0.9999996", ONE, 6),
            (Comma, "96,35", 96_350_000, 2),
            (Comma, "6.272", 6_272 * ONE, 0),
            (Comma, "6\u{202f}272,5", 6_272_500_000, 1),
            (Point, "6\u{a0}272", 6_272 * ONE, 0),
            (Point, "6 272", 6_272 * ONE, 0),
            (Point, "6'272", 6_272 * ONE, 0),
            (Comma, "6\u{fffd}272", 6_272 * ONE, 0),
        ] {
            assert_eq!(sign.parse(text), Some(Number { millionths, decimals }), "{text}");
        }
        for text in [
            "", "-", ".", "-1", "1e3", "6,27", "6,2722", "1.2.3", "96,35", ",272", "6,,272", "1000,000",
            "0x1",
        ] {
            assert_eq!(Point.parse(text), None, "{text}");
        }
        assert_eq!(Point.parse("1000000000000"), None);
        assert_eq!(Point.parse(&"1".repeat(1 << 20)), None);
    }

    #[test]
    fn a_file_has_one_decimal_sign() {
        let of = |others: &[&str], whole: &[&str], delimiter| {
            DecimalSign::of(others.iter().copied(), whole.iter().copied(), delimiter)
        };
        for (others, whole, delimiter, sign) in [
            (&["96.35"][..], &["6,272"][..], b',', Point),
            (&["96,35"], &["6.272"], b',', Comma),
            (&["0.963"], &[], b';', Point),
            (&["6.272"], &[], b';', Comma),
            (&["6.272"], &[], b',', Point),
            (&[], &["6.272"], b',', Comma),
            (&["1.234.567"], &[], b',', Comma),
            (&["1,234.567"], &[], b';', Point),
            (&["6 272,123"], &[], b',', Comma),
            (&["100", "n/a"], &["12"], b',', Point),
        ] {
            assert_eq!(of(others, whole, delimiter), sign, "{others:?} {whole:?}");
        }
    }

    #[test]
    fn cells_without_a_word() {
        assert!(["", "-", "—", "(null)", "N/A", "NaN", "<>"].into_iter().all(is_blank));
        assert!(!["none", "unknown", "0", "nobody"].into_iter().any(is_blank));
    }
}
