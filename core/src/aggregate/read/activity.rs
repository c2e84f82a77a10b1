//! The rows of an Activity CSV into the cube.

use super::FormatReader;
use crate::aggregate::cube::Key;
use crate::aggregate::memo::Memo;
use crate::aggregate::sessions::Sessions;
use crate::aggregate::tally::{Examined, Tally};
use crate::ingest::activity_csv::{Header, Places};
use crate::ingest::fields::{AfterLine, Field, FieldError, LineError, check_count, go_on_inside, split};
use crate::ingest::lines::{Line, MAX_LINE_BYTES};
use crate::ingest::scan::Marks;
use crate::ingest::time::Clock;
use crate::ingest::{BadReason, CodePage, SkipReason};
use crate::model::Counts;
use std::collections::VecDeque;

/// A record may hold line breaks, but one longer than this is a lost quote.
const MAX_RECORD_BYTES: usize = 64 * 1024;
const MAX_RECORD_LINES: usize = 200;
/// So many kinds of rows are remembered; then all are forgotten, and learnt anew from what comes.
const MAX_KNOWN_ROWS: usize = 1 << 16;

/// Reads an Activity CSV, whose records may hold line breaks.
#[derive(Debug)]
pub struct ActivityReader {
    header: Header,
    key_columns: Vec<(usize, usize)>,
    saw_header: bool,
    /// The unit owns the records that start before this offset.
    end: u64,
    /// Lines of a record whose quote is still open.
    open: OpenRecord,
    /// Where a line starts that was looked at and is the next unit's.
    unread_from: Option<u64>,
    clock: Clock,
    places: Places,
    /// What each row was counted under, by the bytes of its key columns.
    memo: Memo<u32>,
    rows: Vec<KnownRow>,
}

/// What rows of some key are counted under.
#[derive(Clone, Copy, Debug)]
struct KnownRow {
    /// The key, with the day of the last such row.
    key: Key,
    /// The cube's row of that key.
    row: Option<u32>,
}

#[derive(Debug, Default)]
struct OpenRecord {
    lines: VecDeque<HeldLine>,
    bytes: usize,
}

#[derive(Debug)]
struct HeldLine {
    number: u64,
    offset: u64,
    bytes: Vec<u8>,
    read_as: Option<CodePage>,
    problem: Option<BadReason>,
    unterminated: bool,
}

impl ActivityReader {
    /// For a file with this header, which stands in this unit if it `has_header`; the unit owns the records that start
    /// before the offset `end`.
    pub fn new(header: Header, has_header: bool, end: u64) -> Self {
        Self {
            key_columns: header.key_columns(),
            header,
            saw_header: !has_header,
            end,
            open: OpenRecord::default(),
            unread_from: None,
            clock: Clock::default(),
            places: Places::default(),
            memo: Memo::default(),
            rows: Vec::new(),
        }
    }

    /// Counts the row whose fields lie at `self.places`. `false`: it is to be looked at with more care.
    #[inline]
    fn plain_row(&mut self, bytes: &[u8], tally: &mut Tally) -> bool {
        let Self { header, key_columns, clock, places, memo, rows, .. } = self;
        let fields = places.of(bytes);
        let (Ok(time_ms), Ok(counts)) = (header.time_ms(&fields, clock), header.counts(&fields)) else {
            return false;
        };
        let runs = key_columns.iter().map(|&run| places.run(bytes, run));
        let known = match memo.get(&runs) {
            Ok(known) => known,
            Err(missing) => {
                let Ok(row) = header.row(&fields) else { return false };
                if rows.len() >= MAX_KNOWN_ROWS {
                    memo.clear();
                    rows.clear();
                }
                let (key, Ok(known)) = (tally.key_of(&row), u32::try_from(rows.len())) else { return false };
                rows.push(KnownRow { key, row: None });
                memo.insert(missing, &runs, known);
                known
            }
        };
        let Some(known) = rows.get_mut(known as usize) else { return false };
        count(known, time_ms, counts, tally);
        if tally.relieve() {
            memo.clear();
            rows.clear();
        }
        true
    }

    fn careful_line(&mut self, line: HeldLine, tally: &mut Tally) {
        let HeldLine { number, ref bytes, problem, .. } = line;
        if let Some(reason) = problem {
            if self.open.lines.is_empty() {
                return tally.account.bad(number, None, reason, bytes);
            }
            // No field holds such a line: the quote was a stray one.
            self.open.lines.push_back(line);
            return self.give_up_open_record(tally);
        }
        if !self.saw_header {
            let reason = if bytes.trim_ascii().is_empty() { SkipReason::Blank } else { SkipReason::Header };
            self.saw_header = reason == SkipReason::Header;
            return tally.account.skip(reason, 1);
        }
        if self.open.lines.is_empty() {
            if bytes.trim_ascii().is_empty() {
                return tally.account.skip(SkipReason::Blank, 1);
            }
            if !self.record(number, 1, bytes, line.unterminated, tally) {
                self.open.bytes = bytes.len();
                self.open.lines.push_back(line);
            }
            return;
        }
        let (unterminated, after) = (line.unterminated, go_on_inside(bytes, self.header.delimiter));
        self.open.bytes += bytes.len();
        self.open.lines.push_back(line);
        if after == AfterLine::Complete {
            let held = std::mem::take(&mut self.open).lines;
            let first = held.front().map_or(number, |line| line.number);
            let lines: Vec<&[u8]> = held.iter().map(|line| line.bytes.as_slice()).collect();
            self.record(first, held.len() as u64, &lines.join(&b'\n'), unterminated, tally);
        } else if self.open.bytes > MAX_RECORD_BYTES || self.open.lines.len() > MAX_RECORD_LINES {
            self.give_up_open_record(tally);
        }
    }

    /// The open quote was a stray one: its line is bad, and those behind it are read afresh, as far as they are this
    /// unit's.
    fn give_up_open_record(&mut self, tally: &mut Tally) {
        let mut held = std::mem::take(&mut self.open).lines;
        if let Some(HeldLine { number, bytes, .. }) = held.pop_front() {
            let error = split(&bytes, self.header.delimiter, &mut Vec::new()).err();
            let column = error.map(LineError::from).and_then(|error| error.column);
            tally.account.bad(number, column, BadReason::Quote, &bytes);
        }
        while let Some(line) = held.pop_front() {
            if line.offset >= self.end && self.open.lines.is_empty() {
                // The first of all: giving up may have led to giving up once more.
                self.unread_from.get_or_insert(line.offset);
                for unread in std::iter::once(&line).chain(&held) {
                    tally.account.unread(unread.read_as);
                }
                return;
            }
            self.careful_line(line, tally);
        }
    }

    /// Counts a record of so many lines, the first with this number; `false` if its quote is still open.
    fn record(
        &mut self,
        number: u64,
        lines: u64,
        bytes: &[u8],
        unterminated: bool,
        tally: &mut Tally,
    ) -> bool {
        let mut fields: Vec<Field<'_>> = Vec::with_capacity(self.header.count);
        let read = match split(bytes, self.header.delimiter, &mut fields) {
            Err(FieldError::Unclosed(_)) => return false,
            Err(error) => Err(LineError::from(error)),
            Ok(()) if fields.iter().all(|field| field.raw.trim_ascii().is_empty()) => {
                tally.account.skip(SkipReason::Blank, lines);
                return true;
            }
            Ok(()) => self.row(&fields, tally),
        };
        match read {
            Ok(()) => tally.account.counted += lines,
            Err(_) if self.is_header(&fields) => tally.account.skip(SkipReason::Header, lines),
            Err(LineError { column, reason }) => {
                let (column, reason) = match reason {
                    BadReason::Quote => (column, reason),
                    _ if unterminated => (None, BadReason::Truncated),
                    _ => (column, reason),
                };
                tally.account.bad(number, column, reason, bytes);
                // The account is of lines, not of records.
                tally.account.bad += lines - 1;
            }
        }
        true
    }

    fn row(&mut self, fields: &Vec<Field<'_>>, tally: &mut Tally) -> Result<(), LineError> {
        check_count(self.header.count, fields.len())?;
        let time_ms = self.header.time_ms(fields, &mut self.clock)?;
        let row = self.header.row(fields)?;
        let counts = self.header.counts(fields)?;
        let key = tally.key_of(&row);
        count(&mut KnownRow { key, row: None }, time_ms, counts, tally);
        if tally.relieve() {
            self.memo.clear();
            self.rows.clear();
        }
        Ok(())
    }

    /// Whether a row holds the column names again, as where files were put together.
    fn is_header(&self, fields: &[Field<'_>]) -> bool {
        if fields.len() != self.header.count {
            return false;
        }
        let names: Vec<String> =
            fields.iter().map(|field| String::from_utf8_lossy(&field.value()).into_owned()).collect();
        Header::from_names(&names, self.header.delimiter).as_ref() == Some(&self.header)
    }
}

/// Adds the counts of a row of this key at some time.
fn count(known: &mut KnownRow, time_ms: Option<i64>, counts: Counts, tally: &mut Tally) {
    let day = time_ms.map(|time_ms| tally.saw(time_ms));
    // A row that counts nothing says that the day was covered, and no more.
    if counts.is_zero() {
        return;
    }
    match known.row {
        // Rows in order of time are of the day of the last one: no look-up at all.
        Some(row) if known.key.day == day => tally.cube.add_to(row, counts),
        _ => {
            known.key.day = day;
            known.row = tally.add(known.key, counts);
        }
    }
}

impl FormatReader for ActivityReader {
    fn lines(&mut self, lines: &[u8], offset: u64, tally: &mut Tally) {
        let mut marks = Marks::new(lines, self.header.delimiter);
        let mut start = 0;
        while start < lines.len() {
            let is_first_of_record = self.saw_header && self.open.lines.is_empty();
            let (is_plain, end) = if is_first_of_record {
                self.places.read(&mut marks, start, &self.header)
            } else {
                (false, marks.next_line_feed())
            };
            let from = start;
            start = end + 1;
            if is_plain
                && end - from <= MAX_LINE_BYTES
                && marks.is_clean(from, end)
                && self.plain_row(lines, tally)
            {
                tally.account.read += 1;
                tally.account.counted += 1;
            } else {
                let line = Line::terminated(lines.get(from..end).unwrap_or_default());
                self.line(&line, offset + from as u64, tally);
            }
        }
    }

    fn line(&mut self, line: &Line<'_>, offset: u64, tally: &mut Tally) {
        let Examined { bytes, read_as, problem } = Examined::of(line);
        tally.account.read(read_as);
        let (number, unterminated) = (tally.account.read, line.unterminated);
        let line = HeldLine { number, offset, bytes: bytes.into_owned(), read_as, problem, unterminated };
        self.careful_line(line, tally);
    }

    fn is_inside_record(&self) -> bool {
        !self.open.lines.is_empty()
    }

    fn finish(mut self: Box<Self>, tally: &mut Tally) -> (Sessions, Option<u64>) {
        while !self.open.lines.is_empty() {
            self.give_up_open_record(tally);
        }
        (Sessions::default(), self.unread_from)
    }
}
