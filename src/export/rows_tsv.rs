//! Rows of a table for the clipboard: tab-separated, as spreadsheets take what is pasted into them.

use super::visible::{is_hidden, mark};
use crate::model::formula::escape_formula;
use crate::model::{Count, Day};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text from a log, which may be anything.
    FromLog(String),
    /// The page's own words.
    Words(String),
    /// A number, in plain digits.
    Number(u64),
    /// A count; unknown is empty.
    Count(Count),
    /// A day as `2026-11-22`; none is empty.
    Day(Option<Day>),
}

/// Writes rows below their heading, a line each, ended as spreadsheets do.
///
/// Text from a log is made harmless: what a spreadsheet would run as a formula gets an apostrophe, as in the
/// [Activity CSV](super::activity_csv), and characters that would not be seen, tabs and line ends among them, are
/// spelled out. Text with quotes is quoted, for a spreadsheet would take a quote at its beginning for that.
pub fn write(heading: &[String], rows: impl IntoIterator<Item = Vec<Cell>>) -> String {
    let mut text = String::new();
    line(&mut text, heading.iter().cloned().map(Cell::Words));
    for row in rows {
        line(&mut text, row.into_iter());
    }
    text
}

fn line(text: &mut String, cells: impl Iterator<Item = Cell>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            text.push('\t');
        }
        match cell {
            Cell::FromLog(from_log) => field(text, &escape_formula(&spelled_out(&from_log))),
            Cell::Words(words) => field(text, &spelled_out(&words)),
            Cell::Number(number) => text.push_str(&number.to_string()),
            Cell::Count(count) => text.push_str(&count.value().map(|n| n.to_string()).unwrap_or_default()),
            Cell::Day(day) => text.push_str(&day.map(|day| day.to_string()).unwrap_or_default()),
        }
    }
    text.push_str("\r\n");
}

fn spelled_out(text: &str) -> String {
    let mut clear = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) { clear.push_str(&mark(c)) } else { clear.push(c) }
    }
    clear
}

fn field(text: &mut String, field: &str) {
    if field.contains('"') {
        text.push('"');
        text.push_str(&field.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(from_log: &str) -> String {
        write(&["h".to_owned()], [vec![Cell::FromLog(from_log.to_owned()), Cell::Number(7)]])
            .strip_prefix("h\r\n")
            .unwrap_or_default()
            .to_owned()
    }

    #[test]
    fn a_heading_and_rows() {
        let words = |words: &str| Cell::Words(words.to_owned());
        let text = write(
            &["Sender address".to_owned(), "Message count".to_owned(), "Last seen".to_owned()],
            [
                vec![
                    Cell::FromLog("anna@contoso.com".to_owned()),
                    Cell::Count(Count::known(12_345)),
                    Cell::Day(Day::parse_iso("2026-11-22")),
                ],
                vec![words("(empty sender, <>)"), Cell::Count(Count::UNKNOWN), Cell::Day(None)],
            ],
        );
        assert_eq!(
            text,
            "Sender address\tMessage count\tLast seen\r\n\
             anna@contoso.com\t12345\t2026-11-22\r\n\
             (empty sender, <>)\t\t\r\n"
        );
    }

    #[test]
    fn formulas_are_defused() {
        assert_eq!(
            one("=HYPERLINK(\"https://x.example\")"),
            "\"'=HYPERLINK(\"\"https://x.example\"\")\"\t7\r\n"
        );
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "'=1"] {
            assert_eq!(one(formula), format!("'{formula}\t7\r\n"));
        }
        assert_eq!(one("a=1"), "a=1\t7\r\n");
    }

    #[test]
    fn nothing_ends_a_cell_or_a_line_or_turns_the_text_around() {
        assert_eq!(one("a\tb\r\nc"), "a⟨U+0009⟩b⟨U+000D⟩⟨U+000A⟩c\t7\r\n");
        assert_eq!(one("\t=1"), "⟨U+0009⟩=1\t7\r\n");
        assert_eq!(one("moc.\u{202E}x\u{200B}\u{0}"), "moc.⟨U+202E⟩x⟨U+200B⟩⟨U+0000⟩\t7\r\n");
        assert_eq!(one("\"open"), "\"\"\"open\"\t7\r\n");
        assert_eq!(one("müller@contoso.com אבג"), "müller@contoso.com אבג\t7\r\n");
    }
}
