//! A line of comma-separated values to its fields.

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
    fn broken_quotes_are_named_by_column() {
        assert_eq!(values("a,\"b"), Err(FieldError::Unclosed(2)));
        assert_eq!(values("\"a\"b,c"), Err(FieldError::TextAfterQuote(1)));
    }
}
