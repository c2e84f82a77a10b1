//! A line of comma-separated values to its fields.

use super::account::BadReason;
use memchr::memchr;
use std::borrow::Cow;

/// A field as it stands in the line, without the quotes around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Field<'a> {
    /// The bytes between the delimiters or quotes.
    pub raw: &'a [u8],
    /// Whether it holds doubled quotes.
    pub has_escapes: bool,
}

impl<'a> Field<'a> {
    /// The bytes it stands for.
    pub fn value(&self) -> Cow<'a, [u8]> {
        if !self.has_escapes {
            return Cow::Borrowed(self.raw);
        }
        let mut value = Vec::with_capacity(self.raw.len());
        let mut quoted = false;
        for &b in self.raw {
            quoted = b == b'"' && !quoted;
            if !quoted {
                value.push(b);
            }
        }
        Cow::Owned(value)
    }
}

/// Why a line has no fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// The quote that opens this field (from 1) is never closed. In a format that allows line breaks in fields the
    /// record goes on in the next line.
    Unclosed(u32),
    /// This field (from 1) has text behind its closing quote.
    TextAfterQuote(u32),
}

/// A line that could not be read: in which column, if one is to blame, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Column, from 1.
    pub column: Option<u32>,
    /// Why.
    pub reason: BadReason,
}

impl From<FieldError> for LineError {
    fn from(error: FieldError) -> Self {
        let (FieldError::Unclosed(column) | FieldError::TextAfterQuote(column)) = error;
        Self { column: Some(column), reason: BadReason::Quote }
    }
}

/// Whether a line has as many columns as its format.
///
/// # Errors
/// If it has not.
pub fn check_count(expected: usize, found: usize) -> Result<(), LineError> {
    if expected == found {
        return Ok(());
    }
    let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
    let reason = BadReason::ColumnCount { expected: number(expected), found: number(found) };
    Err(LineError { column: None, reason })
}

/// How a quoted field goes on behind a line break: read from the line's first byte, inside of the quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterLine {
    /// The next line is inside of quotes too.
    Inside,
    /// The record is complete, or broken for good.
    Complete,
}

/// What the next line of a record with an open quote does to it. Looks at this line alone, so that records of many lines
/// cost no more than as many records of one.
pub fn go_on_inside(line: &[u8], delimiter: u8) -> AfterLine {
    let Some((_, mut after)) = quoted(line) else { return AfterLine::Inside };
    loop {
        match after.split_first() {
            Some((&b, rest)) if b == delimiter => {
                if let Some(rest) = rest.strip_prefix(b"\"") {
                    match quoted(rest) {
                        Some((_, behind)) => after = behind,
                        None => return AfterLine::Inside,
                    }
                } else {
                    after = memchr(delimiter, rest).map_or(&[], |at| &rest[at..]);
                }
            }
            _ => return AfterLine::Complete,
        }
    }
}

/// Splits a line at a delimiter, RFC 4180: a field that begins with a quote ends at the next single quote, and `""`
/// inside stands for one. A quote further in is an ordinary character.
///
/// # Errors
/// Where a quote is broken.
pub fn split<'a>(line: &'a [u8], delimiter: u8, fields: &mut Vec<Field<'a>>) -> Result<(), FieldError> {
    fields.clear();
    let mut rest = line;
    loop {
        let number = u32::try_from(fields.len() + 1).unwrap_or(u32::MAX);
        if rest.first() == Some(&b'"') {
            let (field, after) = quoted(&rest[1..]).ok_or(FieldError::Unclosed(number))?;
            fields.push(field);
            match after.split_first() {
                None => return Ok(()),
                Some((&b, next)) if b == delimiter => rest = next,
                Some(_) => return Err(FieldError::TextAfterQuote(number)),
            }
        } else if let Some(at) = memchr(delimiter, rest) {
            fields.push(Field { raw: &rest[..at], has_escapes: false });
            rest = &rest[at + 1..];
        } else {
            fields.push(Field { raw: rest, has_escapes: false });
            return Ok(());
        }
    }
}

/// From behind an opening quote: the field, and what follows its closing quote.
fn quoted(text: &[u8]) -> Option<(Field<'_>, &[u8])> {
    let mut from = 0;
    let mut has_escapes = false;
    loop {
        let at = from + memchr(b'"', &text[from..])?;
        if text.get(at + 1) == Some(&b'"') {
            has_escapes = true;
            from = at + 2;
        } else {
            return Some((Field { raw: &text[..at], has_escapes }, &text[at + 1..]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(line: &str) -> Result<Vec<String>, FieldError> {
        let mut fields = Vec::new();
        split(line.as_bytes(), b',', &mut fields)?;
        Ok(fields.iter().map(|field| String::from_utf8_lossy(&field.value()).into_owned()).collect())
    }

    #[test]
    fn fields_with_and_without_quotes() {
        for (line, expected) in [
            ("", vec![""]),
            ("a,b,", vec!["a", "b", ""]),
            ("\"a,b\",c", vec!["a,b", "c"]),
            ("\"a\"\"b\",\"\"", vec!["a\"b", ""]),
            ("\"\"\"\"", vec!["\""]),
            ("a\"b,c", vec!["a\"b", "c"]),
            ("\"six \"\"\"\"\"", vec!["six \"\""]),
        ] {
            assert_eq!(values(line), Ok(expected.into_iter().map(String::from).collect()), "{line}");
        }
    }

    #[test]
    fn a_quote_that_stays_open_is_followed_line_by_line() {
        for (first, next, stays_open) in [
            ("a,\"b", "c\",d", false),
            ("a,\"b", "c", true),
            ("a,\"b", "c\"\"", true),
            ("a,\"b", "c\",\"d", true),
            ("a,\"b", "c\",d,\"e\",\"f", true),
            ("a,\"b", "c\",d\",\"e\"", false),
            ("a,\"b", "c\"x,\"y", false),
            ("a,\"b", "\"", false),
        ] {
            let record = format!("{first}\n{next}");
            let is_unclosed = matches!(values(&record), Err(FieldError::Unclosed(_)));
            assert_eq!(is_unclosed, stays_open, "{record}");
            assert_eq!(go_on_inside(next.as_bytes(), b',') == AfterLine::Inside, stays_open, "{record}");
        }
    }

    #[test]
    fn broken_quotes_are_named_by_column() {
        assert_eq!(values("a,\"b"), Err(FieldError::Unclosed(2)));
        assert_eq!(values("\"a\"b,c"), Err(FieldError::TextAfterQuote(1)));
    }
}
