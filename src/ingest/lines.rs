//! Pieces of a file to whole lines.

use memchr::memchr;

/// The longest line that is read. The formats stay below 10 KB; what is longer is noted and passed over.
pub const MAX_LINE_BYTES: usize = 1 << 20;
/// How much of an overlong line is kept, for its excerpt.
const KEPT_OF_OVERLONG: usize = 256;

/// A line, without its line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its bytes; of an overlong line just the beginning.
    pub bytes: &'a [u8],
    /// Longer than [`MAX_LINE_BYTES`].
    pub too_long: bool,
    /// The file ends without a line break behind it.
    pub unterminated: bool,
}

/// Cuts a range of a file into lines, whatever the pieces it arrives in.
///
/// A range owns the lines that *start* in it. So it is read from one byte before its start, to see whether a line
/// starts there, and past its end, to the end of its last line. Any cuts of a file therefore give each line to
/// exactly one range.
#[derive(Clone, Debug)]
pub struct LineSplitter {
    /// Offset in the file of the next byte to come.
    offset: u64,
    /// The range ends before this offset.
    end: u64,
    /// Still inside a line of the previous range.
    seeking_start: bool,
    /// A line that has begun and waits for its line break.
    carry: Vec<u8>,
    /// The waiting line is overlong; its rest is dropped.
    too_long: bool,
    done: bool,
}

impl LineSplitter {
    /// For the bytes `start..end` of a file. The first byte fed must be the one at [`first_byte`](Self::first_byte).
    pub const fn new(start: u64, end: u64) -> Self {
        Self {
            offset: Self::first_byte(start),
            end,
            seeking_start: start > 0,
            carry: Vec::new(),
            too_long: false,
            done: start >= end,
        }
    }

    /// Where to begin to read for a range that starts here.
    pub const fn first_byte(start: u64) -> u64 {
        start.saturating_sub(1)
    }

    /// Takes the next piece and hands each line that it completes to `on_line`. Returns whether more is wanted.
    pub fn feed(&mut self, piece: &[u8], mut on_line: impl FnMut(Line<'_>)) -> bool {
        let mut rest = piece;
        if self.done {
            return false;
        }
        if self.seeking_start {
            let Some(at) = memchr(b'\n', rest) else {
                self.offset += rest.len() as u64;
                return true;
            };
            self.seeking_start = false;
            self.offset += at as u64 + 1;
            rest = &rest[at + 1..];
            if self.offset >= self.end {
                self.done = true;
                return false;
            }
        }
        while let Some(at) = memchr(b'\n', rest) {
            if self.carry.is_empty() && !self.too_long {
                if at <= MAX_LINE_BYTES {
                    on_line(Line { bytes: without_cr(&rest[..at]), too_long: false, unterminated: false });
                } else {
                    on_line(Line { bytes: &rest[..KEPT_OF_OVERLONG], too_long: true, unterminated: false });
                }
            } else {
                self.keep(&rest[..at]);
                on_line(Line {
                    bytes: without_cr(&self.carry),
                    too_long: self.too_long,
                    unterminated: false,
                });
                self.carry.clear();
                self.too_long = false;
            }
            self.offset += at as u64 + 1;
            rest = &rest[at + 1..];
            if self.offset >= self.end {
                self.done = true;
                return false;
            }
        }
        self.keep(rest);
        self.offset += rest.len() as u64;
        true
    }

    /// The file has ended: hands out the last line, if it had no line break.
    pub fn finish(&mut self, mut on_line: impl FnMut(Line<'_>)) {
        if !self.done && !self.seeking_start && (!self.carry.is_empty() || self.too_long) {
            on_line(Line { bytes: without_cr(&self.carry), too_long: self.too_long, unterminated: true });
        }
        self.done = true;
        self.carry = Vec::new();
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.too_long {
            return;
        }
        if self.carry.len() + bytes.len() > MAX_LINE_BYTES {
            let room = KEPT_OF_OVERLONG.saturating_sub(self.carry.len());
            self.carry.extend_from_slice(&bytes[..room.min(bytes.len())]);
            self.carry.truncate(KEPT_OF_OVERLONG);
            self.carry.shrink_to_fit();
            self.too_long = true;
        } else {
            self.carry.extend_from_slice(bytes);
        }
    }
}

fn without_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(text: &[u8], start: u64, end: u64, piece_bytes: usize) -> Vec<(String, bool, bool)> {
        let mut splitter = LineSplitter::new(start, end);
        let mut lines = Vec::new();
        let mut keep = |line: Line<'_>| {
            lines.push((String::from_utf8_lossy(line.bytes).into_owned(), line.too_long, line.unterminated));
        };
        let from = usize::try_from(LineSplitter::first_byte(start)).unwrap_or(0);
        let mut wants_more = true;
        for piece in text[from..].chunks(piece_bytes) {
            wants_more = splitter.feed(piece, &mut keep);
            if !wants_more {
                break;
            }
        }
        if wants_more {
            splitter.finish(&mut keep);
        }
        lines
    }

    #[test]
    fn every_cut_gives_each_line_to_exactly_one_range() {
        let text = b"one\r\ntwo\n\nfour\r\nfive";
        let whole = lines_of(text, 0, text.len() as u64, 64);
        assert_eq!(
            whole.iter().map(|(line, ..)| line.as_str()).collect::<Vec<_>>(),
            ["one", "two", "", "four", "five"]
        );
        assert!(whole[4].2, "the last line has no line break");
        for cut in 0..=text.len() as u64 {
            for piece_bytes in [1, 2, 7, 64] {
                let mut both = lines_of(text, 0, cut, piece_bytes);
                both.extend(lines_of(text, cut, text.len() as u64, piece_bytes));
                assert_eq!(both, whole, "cut at {cut}, pieces of {piece_bytes}");
            }
        }
    }

    #[test]
    fn an_overlong_line_is_named_and_the_next_one_read() {
        let mut text = vec![b'x'; MAX_LINE_BYTES + 2];
        text.extend_from_slice(b"\nnext\n");
        for piece_bytes in [1 << 16, text.len()] {
            let lines = lines_of(&text, 0, text.len() as u64, piece_bytes);
            assert_eq!(lines.len(), 2);
            assert!(lines[0].1 && lines[0].0.len() == KEPT_OF_OVERLONG);
            assert_eq!(lines[1].0, "next");
        }
    }
}
