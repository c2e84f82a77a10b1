//! Text that a spreadsheet would run as a formula, made harmless in a CSV and read back as it was.

use std::borrow::Cow;

/// Whether a spreadsheet could take a cell for a formula, once the apostrophes in front of it are gone.
fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Puts an apostrophe before text that a spreadsheet would run as a formula.
///
/// Text that begins with apostrophes and then looks like one gets one more, so that
/// [`unescape_formula`] always gives back what went in.
pub fn escape_formula(text: &str) -> Cow<'_, str> {
    if looks_like_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Undoes [`escape_formula`]; text that it would never write is left alone.
pub fn unescape_formula(text: &str) -> Cow<'_, str> {
    match text.strip_prefix('\'') {
        Some(rest) if looks_like_formula(rest) => Cow::Borrowed(rest),
        _ => Cow::Borrowed(text),
    }
}
