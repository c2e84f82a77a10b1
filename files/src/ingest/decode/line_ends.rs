//! Line ends of old: a carriage return and nothing else.

/// Makes line feeds of carriage returns, in a text that has no other line ends at its beginning.
#[derive(Clone, Debug, Default)]
pub struct LineEnds {
    /// The byte before was a carriage return.
    after_cr: bool,
}

impl LineEnds {
    /// Whether the head of a file says that its lines end so. One that is cut between a carriage return and its line feed
    /// does not.
    pub fn are_of_old(head: &[u8]) -> bool {
        let before_last = head.split_last().map_or(head, |(_, before)| before);
        memchr::memchr(b'\n', head).is_none() && memchr::memchr(b'\r', before_last).is_some()
    }

    /// Appends the next bytes.
    pub fn push(&mut self, bytes: &[u8], text: &mut Vec<u8>) {
        for &byte in bytes {
            let after_cr = std::mem::replace(&mut self.after_cr, byte == b'\r');
            match byte {
                b'\r' => text.push(b'\n'),
                // Further down a line ends with both after all.
                b'\n' if after_cr => {}
                _ => text.push(byte),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_everywhere_however_cut() {
        let old = b"one\rtwo\r\rfour\r\nfive\n\nseven";
        for piece_bytes in 1..old.len() {
            let (mut ends, mut text) = (LineEnds::default(), Vec::new());
            old.chunks(piece_bytes).for_each(|piece| ends.push(piece, &mut text));
            assert_eq!(text, b"one\ntwo\n\nfour\nfive\n\nseven", "pieces of {piece_bytes}");
        }
    }

    #[test]
    fn they_are_told_from_a_head_that_is_cut() {
        assert!(LineEnds::are_of_old(b"#Software: x\r#Version: y\r"));
        for head in [&b""[..], b"#Software: x", b"#Software: x\r", b"#Software: x\r\n", b"a\rb\n"] {
            assert!(!LineEnds::are_of_old(head), "{head:?}");
        }
    }
}
