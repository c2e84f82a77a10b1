//! Pieces of a file to whole lines.

use memchr::{memchr, memrchr};

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

impl<'a> Line<'a> {
    /// Of the bytes before a line feed.
    pub fn terminated(bytes: &'a [u8]) -> Self {
        match bytes.get(..=MAX_LINE_BYTES) {
            Some(_) => Self { bytes: &bytes[..KEPT_OF_OVERLONG], too_long: true, unterminated: false },
            None => Self { bytes: without_cr(bytes), too_long: false, unterminated: false },
        }
    }
}

/// Some text of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text<'a> {
    /// Whole lines with their line breaks, at least one.
    Lines(&'a [u8]),
    /// A line that was spread over pieces, or that ends with the file.
    Line(Line<'a>),
}

/// Cuts a range of a file into lines, whatever the pieces it arrives in.
///
/// A range owns the lines that *start* in it. So it is read from one byte before its start, to see whether a line
/// starts there, and past its end, to the end of its last line. Any cuts of a file therefore give each line to
/// exactly one range.
///
/// Lines are handed out many at a time, as they lie in the piece: whoever reads them finds their ends and those of
/// their fields in one pass.
#[derive(Clone, Debug)]
pub struct LineSplitter {
    /// Offset in the file of the next byte to come.
    offset: u64,
    /// The range ends before this offset.
    end: u64,
    /// Where the first line starts; not known while still inside a line of the previous range.
    first_line: Option<u64>,
    /// Where the text handed out last starts, or the line that waits.
    text_start: u64,
    /// A line that has begun and waits for its line break.
    carry: Vec<u8>,
    /// The waiting line was handed out.
    carry_is_used: bool,
    /// The waiting line is overlong; its rest is dropped.
    too_long: bool,
    done: bool,
}

impl LineSplitter {
    /// For the bytes `start..end` of a file. The first byte fed must be the one at [`first_byte`](Self::first_byte).
    pub const fn new(start: u64, end: u64) -> Self {
        let mut splitter = Self::from_line(Self::first_byte(start), end);
        if start > 0 {
            splitter.first_line = None;
        }
        splitter.done = start >= end;
        splitter
    }

    /// For the lines from `start` on, where a line is known to start, up to the end of the one that holds the byte
    /// before `end`. The first byte fed must be the one at `start`.
    pub const fn from_line(start: u64, end: u64) -> Self {
        Self {
            offset: start,
            end,
            first_line: Some(start),
            text_start: start,
            carry: Vec::new(),
            carry_is_used: false,
            too_long: false,
            done: start >= end,
        }
    }

    /// Where to begin to read for a range that starts here.
    pub const fn first_byte(start: u64) -> u64 {
        start.saturating_sub(1)
    }

    /// Where the first line of the range starts, if it has one.
    pub const fn first_line(&self) -> Option<u64> {
        self.first_line
    }

    /// Where the text starts that is still to come: behind all that was handed out, once the range has ended.
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether all of the range was handed out.
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// Takes the next text off `piece`, and tells where in the file it starts. `None`: the next piece is needed, or the
    /// range [is done](Self::is_done).
    ///
    /// With `go_on` lines behind the range's end are handed out too, one at a time, for a record that began inside.
    pub fn next<'s, 'p: 's>(&'s mut self, piece: &mut &'p [u8], go_on: bool) -> Option<(u64, Text<'s>)> {
        if std::mem::take(&mut self.carry_is_used) {
            self.carry.clear();
            self.too_long = false;
        }
        if self.done && !go_on {
            return None;
        }
        if self.first_line.is_none() {
            let end_of_foreign_line = memchr(b'\n', piece);
            self.advance(piece, end_of_foreign_line.map_or(piece.len(), |at| at + 1));
            end_of_foreign_line?;
            self.first_line = Some(self.offset);
        }
        let is_between_lines = self.carry.is_empty() && !self.too_long;
        self.done = is_between_lines && self.offset >= self.end;
        if self.done && !go_on {
            return None;
        }
        if is_between_lines {
            self.text_start = self.offset;
            if let Some(len) = self.whole_lines(piece) {
                return Some((self.text_start, Text::Lines(self.advance(piece, len))));
            }
        } else if let Some(at) = memchr(b'\n', piece) {
            let end_of_line = self.advance(piece, at + 1);
            self.keep(&end_of_line[..at]);
            self.carry_is_used = true;
            let bytes = without_cr(&self.carry);
            let line = Line { bytes, too_long: self.too_long, unterminated: false };
            return Some((self.text_start, Text::Line(line)));
        }
        let beginning_of_line = self.advance(piece, piece.len());
        self.keep(beginning_of_line);
        None
    }

    /// The file has ended: its last line, if it had no line break, and where it starts.
    pub fn last(&mut self) -> Option<(u64, Line<'_>)> {
        let waits = !self.carry_is_used && (!self.carry.is_empty() || self.too_long);
        self.done = true;
        let line = Line { bytes: without_cr(&self.carry), too_long: self.too_long, unterminated: true };
        waits.then_some((self.text_start, line))
    }

    /// How many bytes of this piece, which begins with a line, are whole lines to hand out now.
    fn whole_lines(&self, piece: &[u8]) -> Option<usize> {
        if self.done {
            return memchr(b'\n', piece).map(|at| at + 1);
        }
        let own = usize::try_from(self.end - self.offset).unwrap_or(usize::MAX);
        let last_own = own - 1;
        let end_of_last_line = piece.get(last_own..).and_then(|behind| memchr(b'\n', behind));
        match end_of_last_line {
            Some(at) => Some(last_own + at + 1),
            None => memrchr(b'\n', piece).map(|at| at + 1),
        }
    }

    fn advance<'p>(&mut self, piece: &mut &'p [u8], len: usize) -> &'p [u8] {
        let (taken, rest) = piece.split_at(len);
        *piece = rest;
        self.offset += len as u64;
        taken
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
        for mut piece in text[from..].chunks(piece_bytes) {
            while let Some((_, text)) = splitter.next(&mut piece, false) {
                match text {
                    Text::Line(line) => keep(line),
                    Text::Lines(lines) => {
                        assert_eq!(lines.last(), Some(&b'\n'));
                        lines[..lines.len() - 1]
                            .split(|&b| b == b'\n')
                            .map(Line::terminated)
                            .for_each(&mut keep);
                    }
                }
            }
            if splitter.is_done() {
                break;
            }
        }
        if !splitter.is_done()
            && let Some((_, line)) = splitter.last()
        {
            keep(line);
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
