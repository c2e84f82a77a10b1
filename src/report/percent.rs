//! Text in an address: everything but letters, digits and a few marks as `%` and two hexadecimal digits.

/// Appends a text in this spelling. What it is made of stands for itself everywhere in a URL hash.
pub(crate) fn encode(text: &str, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}

/// The text; `None` if it is not in this spelling, not UTF-8, or longer than so many characters.
pub(crate) fn decode(encoded: &str, max_chars: usize) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    let text = String::from_utf8(bytes).ok()?;
    (text.chars().count() <= max_chars).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(text: &str) -> String {
        let mut out = String::new();
        encode(text, &mut out);
        out
    }

    #[test]
    fn marks_and_what_is_not_ascii_are_escaped() {
        assert_eq!(encoded("ann-a_b.c@x.com"), "ann-a_b.c@x.com");
        assert_eq!(encoded("bü&co=%+#"), "b%C3%BC%26co%3D%25%2B%23");
        assert_eq!(decode("b%c3%BC%26", 3).as_deref(), Some("bü&"));
    }

    #[test]
    fn what_is_no_spelling_is_no_text() {
        for bad in ["%", "%2", "%zz", "%+1", "%FF", "%C3", "é%", "abcd"] {
            assert_eq!(decode(bad, 3), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in ".*") {
            let encoded = encoded(&text);
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.@%".contains(&b)));
            prop_assert_eq!(decode(&encoded, text.chars().count()), Some(text));
        }

        #[test]
        fn any_spelling_is_survived(text in ".*") {
            decode(&text, 100);
        }
    }
}
