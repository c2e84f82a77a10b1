//! Text from a log, before somebody sees it.

/// Characters that show nothing, or that turn the text around them: `report\u{202e}fdp.exe` is not what it seems.
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::is_invisible;

    #[test]
    fn direction_marks_are_invisible_and_letters_are_not() {
        assert!("\u{202e}\u{2066}\u{200b}\u{feff}".chars().all(is_invisible));
        assert!(!"aé보- .…".chars().any(is_invisible));
    }
}
