//! Characters that would not be seen, spelled out: text from a log can then neither hide nor rearrange what is
//! around it.

use crate::model::text::is_invisible;

/// Characters that would not be seen: controls, direction marks, and letters and separators without ink.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || is_invisible(c)
        || matches!(
            c,
            '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{2028}' | '\u{2029}' | '\u{3164}' | '\u{FFA0}'
        )
}

/// What stands for such a character: `⟨U+202E⟩`.
pub fn mark(c: char) -> String {
    format!("⟨U+{:04X}⟩", u32::from(c))
}
