//! Lines to records, in a CSV whose quoted fields may hold line breaks.

use crate::aggregate::tally::{Examined, Tally};
use crate::ingest::fields::{AfterLine, Field, FieldError, LineError, check_count, go_on_inside, split};
use crate::ingest::lines::Line;
use crate::ingest::row::{RowOutcome, Table, folded, is_preamble};
use crate::ingest::{BadReason, CodePage, SkipReason};
use std::collections::VecDeque;

/// A record may hold line breaks, but one longer than this is a lost quote.
const MAX_RECORD_BYTES: usize = 64 * 1024;
const MAX_RECORD_LINES: usize = 200;

/// What is done with the records of a file.
pub trait Rows {
    /// How many fields a record has.
    fn columns(&self) -> usize;

    /// Counts a record of so many lines, which has as many fields as there are columns.
    ///
    /// # Errors
    /// What is wrong with it.
    fn row(&mut self, fields: &[Field<'_>], lines: u64, tally: &mut Tally) -> Result<RowOutcome, LineError>;

    /// Whether a line between records is a comment, which may change the columns.
    fn is_comment(&mut self, _line: &[u8]) -> bool {
        false
    }

    /// Whether a record holds the column names once more, as where files were put together.
    fn is_header(&self, fields: &[Field<'_>]) -> bool;
}

/// Puts records together of the lines of a unit.
#[derive(Debug)]
pub struct Records {
    delimiter: u8,
    saw_header: bool,
    /// The unit owns the records that start before this offset.
    end: u64,
    /// Lines of a record whose quote is still open.
    open: OpenRecord,
    /// Where a line starts that was looked at and is the next unit's.
    unread_from: Option<u64>,
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

impl Records {
    /// Of a file with this delimiter, whose column names stand in this unit if it `has_header`; the unit owns the
    /// records that start before the offset `end`.
    pub fn new(delimiter: u8, has_header: bool, end: u64) -> Self {
        Self { delimiter, saw_header: !has_header, end, open: OpenRecord::default(), unread_from: None }
    }

    /// Whether the next line is the first of a record.
    pub fn is_first_of_record(&self) -> bool {
        self.saw_header && self.open.lines.is_empty()
    }

    /// Whether a record has begun that goes on in the next line.
    pub fn is_inside_record(&self) -> bool {
        !self.open.lines.is_empty()
    }

    /// Takes the next line, which starts at this offset of the file.
    pub fn line(&mut self, line: &Line<'_>, offset: u64, rows: &mut dyn Rows, tally: &mut Tally) {
        let Examined { bytes, read_as, problem } = Examined::of(line);
        tally.account.read(read_as);
        let (number, unterminated) = (tally.account.read, line.unterminated);
        // As good as always: a record of its own, of which nothing need be kept.
        if self.open.lines.is_empty()
            && problem.is_none()
            && self.first_line(number, &bytes, unterminated, rows, tally)
        {
            return;
        }
        let line = HeldLine { number, offset, bytes: bytes.into_owned(), read_as, problem, unterminated };
        if self.open.lines.is_empty() && problem.is_none() {
            return self.open(line);
        }
        self.further_line(line, rows, tally);
    }

    /// The unit has ended. Returns where a line starts that was looked at and is the next unit's.
    pub fn finish(&mut self, rows: &mut dyn Rows, tally: &mut Tally) -> Option<u64> {
        while !self.open.lines.is_empty() {
            self.give_up_open_record(rows, tally);
        }
        self.unread_from
    }

    /// A line that is not inside of a record. `false`: it begins one that goes on in the next line.
    fn first_line(
        &mut self,
        number: u64,
        bytes: &[u8],
        unterminated: bool,
        rows: &mut dyn Rows,
        tally: &mut Tally,
    ) -> bool {
        let skipped = if bytes.trim_ascii().is_empty() {
            Some(SkipReason::Blank)
        } else if is_preamble(bytes) || rows.is_comment(bytes) {
            Some(SkipReason::Header)
        } else if !self.saw_header {
            self.saw_header = true;
            Some(SkipReason::Header)
        } else {
            None
        };
        match skipped {
            Some(reason) => tally.account.skip(reason, 1),
            None => return self.record(number, 1, bytes, unterminated, rows, tally),
        }
        true
    }

    fn open(&mut self, line: HeldLine) {
        self.open.bytes = line.bytes.len();
        self.open.lines.push_back(line);
    }

    /// A line inside of a record, or one that no record can hold.
    fn further_line(&mut self, line: HeldLine, rows: &mut dyn Rows, tally: &mut Tally) {
        if let Some(reason) = line.problem {
            if self.open.lines.is_empty() {
                return tally.account.bad(line.number, None, reason, &line.bytes);
            }
            // No field holds such a line: the quote was a stray one.
            self.open.lines.push_back(line);
            return self.give_up_open_record(rows, tally);
        }
        let (number, unterminated) = (line.number, line.unterminated);
        let after = go_on_inside(&line.bytes, self.delimiter);
        self.open.bytes += line.bytes.len();
        self.open.lines.push_back(line);
        if after == AfterLine::Complete {
            let held = std::mem::take(&mut self.open).lines;
            let first = held.front().map_or(number, |line| line.number);
            let lines: Vec<&[u8]> = held.iter().map(|line| line.bytes.as_slice()).collect();
            self.record(first, held.len() as u64, &lines.join(&b'\n'), unterminated, rows, tally);
        } else if self.open.bytes > MAX_RECORD_BYTES || self.open.lines.len() > MAX_RECORD_LINES {
            self.give_up_open_record(rows, tally);
        }
    }

    /// The open quote was a stray one: its line is bad, and those behind it are read afresh, as far as they are this
    /// unit's.
    fn give_up_open_record(&mut self, rows: &mut dyn Rows, tally: &mut Tally) {
        let mut held = std::mem::take(&mut self.open).lines;
        if let Some(HeldLine { number, bytes, .. }) = held.pop_front() {
            let error = split(&bytes, self.delimiter, &mut Vec::new()).err();
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
            if line.problem.is_some() || !self.open.lines.is_empty() {
                self.further_line(line, rows, tally);
            } else if !self.first_line(line.number, &line.bytes, line.unterminated, rows, tally) {
                self.open(line);
            }
        }
    }

    /// Counts a record of so many lines, the first with this number; `false` if its quote is still open.
    fn record(
        &mut self,
        number: u64,
        lines: u64,
        bytes: &[u8],
        unterminated: bool,
        rows: &mut dyn Rows,
        tally: &mut Tally,
    ) -> bool {
        let mut fields: Vec<Field<'_>> = Vec::with_capacity(rows.columns());
        let read = match split(bytes, self.delimiter, &mut fields) {
            Err(FieldError::Unclosed(_)) => return false,
            Err(error) => Err(LineError::from(error)),
            Ok(()) if fields.iter().all(|field| field.raw.trim_ascii().is_empty()) => {
                tally.account.skip(SkipReason::Blank, lines);
                return true;
            }
            Ok(()) => {
                // Some programs end each row with a delimiter.
                while fields.len() > rows.columns() && fields.last().is_some_and(|field| field.raw.is_empty())
                {
                    fields.pop();
                }
                check_count(rows.columns(), fields.len()).and_then(|()| rows.row(&fields, lines, tally))
            }
        };
        match read {
            Ok(RowOutcome::Counted) => tally.account.counted += lines,
            Ok(RowOutcome::Skipped(reason)) => tally.account.skip(reason, lines),
            Err(_) if rows.is_header(&fields) => tally.account.skip(SkipReason::Header, lines),
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
}

/// Whether a record holds the names of a table once more.
pub fn repeats_names(fields: &[Field<'_>], table: &Table) -> bool {
    fields.len() == table.names.len()
        && fields
            .iter()
            .zip(&table.names)
            .all(|(field, name)| folded(&String::from_utf8_lossy(&field.value())) == folded(name))
}
