//! The column names and first rows of a CSV: what tells which format it is.

use super::fields::{Field, FieldError, split};
use super::row::{Table, is_preamble, separator};
use super::text::name;
use std::borrow::Cow;

/// So many rows are looked at.
const MAX_ROWS: usize = 200;
/// A quoted field of the sample goes on over at most so many lines.
const MAX_RECORD_LINES: usize = 20;
/// A CSV has not more columns than this; each costs memory for every file of its kind.
const MAX_COLUMNS: usize = 1000;
/// What separates fields, the likelier first.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// Reads column names and rows from a file's first bytes; `is_whole` if they are all of it. `None`: no line has more than
/// white space, or the first one no names.
pub fn sample(text: &[u8], is_whole: bool) -> Option<(Table, Vec<Vec<String>>)> {
    let mut lines: Vec<&[u8]> = text.split(|&b| b == b'\n').map(without_cr).collect();
    if !is_whole && lines.len() > 1 {
        // It may be cut.
        lines.pop();
    }
    let mut lines = lines.into_iter().filter(|line| !line.trim_ascii().is_empty()).peekable();
    let mut told = None;
    while let Some(line) = lines.next_if(|line| is_preamble(line)) {
        told = told.or(separator(line));
    }
    let header = lines.next()?;
    let delimiter = told.unwrap_or_else(|| {
        let columns = |delimiter: u8| {
            let mut fields = Vec::new();
            split(header, delimiter, &mut fields).map_or(0, |()| fields.len())
        };
        // The first of those that make most columns.
        DELIMITERS.into_iter().rev().max_by_key(|&delimiter| columns(delimiter)).unwrap_or(b',')
    });
    let mut fields = Vec::new();
    split(header, delimiter, &mut fields).ok()?;
    if fields.len() > MAX_COLUMNS {
        return None;
    }
    let names: Vec<String> = fields.iter().map(text_of).collect();
    let mut rows = Vec::new();
    while let (true, Some(line)) = (rows.len() < MAX_ROWS, lines.next()) {
        let mut record = Cow::Borrowed(line);
        for _ in 0..MAX_RECORD_LINES {
            let mut fields = Vec::new();
            match (split(&record, delimiter, &mut fields), lines.peek()) {
                (Err(FieldError::Unclosed(_)), Some(_)) => {}
                (Err(_), _) => break,
                (Ok(()), _) => {
                    while fields.len() > names.len()
                        && fields.last().is_some_and(|field| field.raw.is_empty())
                    {
                        fields.pop();
                    }
                    if fields.len() == names.len() {
                        rows.push(fields.iter().map(text_of).collect());
                    }
                    break;
                }
            }
            let more = lines.next().unwrap_or_default();
            record = Cow::Owned([&record, more].join(&b'\n'));
        }
    }
    Some((Table { delimiter, names }, rows))
}

fn text_of(field: &Field<'_>) -> String {
    name(field.value().trim_ascii()).trim().to_owned()
}

fn without_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (u8, Vec<String>, Vec<Vec<String>>) {
        let (table, rows) = sample(text.as_bytes(), true).unwrap();
        (table.delimiter, table.names, rows)
    }

    #[test]
    fn names_and_rows_whatever_the_delimiter_and_whatever_stands_above() {
        let expected = |delimiter| {
            let rows =
                vec![vec!["1".to_owned(), "x, \"y\"\nz".to_owned()], vec![String::new(), "2".to_owned()]];
            (delimiter, vec!["a".to_owned(), "b c".to_owned()], rows)
        };
        for delimiter in [",", ";", "\t", "|"] {
            for above in ["", "#TYPE System.Object\r\n", "\r\n", &format!("sep={delimiter}\r\n")] {
                let text = format!(
                    "{above}a{delimiter}\"b c\"\r\n1{delimiter}\"x, \"\"y\"\"\r\nz\"\r\n\r\n{delimiter}2{delimiter}{delimiter}\r\nlost\r\n"
                );
                let text = text.replace("\r\nz", "\nz");
                assert_eq!(of(&text), expected(delimiter.as_bytes()[0]), "{text}");
            }
        }
    }

    #[test]
    fn the_line_that_names_the_separator_decides() {
        assert_eq!(of("sep=;\na,b;c\n1,5;2\n").1, ["a,b", "c"]);
        assert_eq!(of("\"sep=;\"\na;b\n").1, ["a", "b"]);
        assert_eq!(of("sep=,,,,\na,b\n").1, ["a", "b"]);
        assert!(!is_preamble(b"sep,arator"));
        assert!(!is_preamble(b"separate=1"));
    }

    #[test]
    fn a_cut_line_is_no_row() {
        let (_, rows) = sample(b"a,b\n1,2\n3,4", false).unwrap();
        assert_eq!(rows, [["1", "2"]]);
        assert_eq!(sample(b"\n \n", true), None);
    }
}
