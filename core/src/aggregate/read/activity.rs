//! The rows of an Activity CSV into the cube.

use super::FormatReader;
use super::records::{Records, Rows};
use crate::aggregate::cube::Key;
use crate::aggregate::memo::Memo;
use crate::aggregate::sessions::Sessions;
use crate::aggregate::tally::Tally;
use crate::ingest::activity_csv::{Header, Places};
use crate::ingest::fields::{Field, LineError};
use crate::ingest::lines::{Line, MAX_LINE_BYTES};
use crate::ingest::row::RowOutcome;
use crate::ingest::scan::Marks;
use crate::ingest::time::Clock;
use crate::model::Counts;

/// So many kinds of rows are remembered; then all are forgotten, and learnt anew from what comes.
const MAX_KNOWN_ROWS: usize = 1 << 16;

/// Reads an Activity CSV, whose records may hold line breaks.
#[derive(Debug)]
pub struct ActivityReader {
    records: Records,
    places: Places,
    counting: Counting,
}

/// Counts rows.
#[derive(Debug)]
struct Counting {
    header: Header,
    key_columns: Vec<(usize, usize)>,
    clock: Clock,
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

impl ActivityReader {
    /// For a file with this header, which stands in this unit if it `has_header`; the unit owns the records that start
    /// before the offset `end`.
    pub fn new(header: Header, has_header: bool, end: u64) -> Self {
        Self {
            records: Records::new(header.delimiter, has_header, end),
            places: Places::default(),
            counting: Counting {
                key_columns: header.key_columns(),
                header,
                clock: Clock::default(),
                memo: Memo::default(),
                rows: Vec::new(),
            },
        }
    }
}

impl Counting {
    /// Counts the row whose fields lie at these places. `false`: it is to be looked at with more care.
    #[inline]
    fn plain_row(&mut self, places: &Places, bytes: &[u8], tally: &mut Tally) -> bool {
        let Self { header, key_columns, clock, memo, rows } = self;
        let fields = places.of(bytes);
        let (Ok(time_ms), Ok(counts)) = (header.time_ms(&fields, clock), header.counts(&fields)) else {
            return false;
        };
        let runs = key_columns.iter().map(|&run| places.run(bytes, run));
        let known = match memo.get(&runs) {
            Ok(known) => known,
            Err(missing) => {
                let Ok(row) = header.row(&fields) else { return false };
                // A row of nobody may be one of nothing at all.
                if row.user.is_empty() && row.client_ip.is_empty() {
                    return false;
                }
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
}

impl Rows for Counting {
    fn columns(&self) -> usize {
        self.header.count
    }

    fn row(&mut self, fields: &[Field<'_>], _lines: u64, tally: &mut Tally) -> Result<RowOutcome, LineError> {
        let time_ms = self.header.time_ms(&fields, &mut self.clock)?;
        let row = self.header.row(&fields)?;
        let counts = self.header.counts(&fields)?;
        let key = tally.key_of(&row);
        count(&mut KnownRow { key, row: None }, time_ms, counts, tally);
        if tally.relieve() {
            self.memo.clear();
            self.rows.clear();
        }
        Ok(RowOutcome::Counted)
    }

    fn is_header(&self, fields: &[Field<'_>]) -> bool {
        if fields.len() != self.header.count {
            return false;
        }
        let names: Vec<String> =
            fields.iter().map(|field| String::from_utf8_lossy(&field.value()).into_owned()).collect();
        Header::from_names(&names, self.header.delimiter)
            .is_some_and(|header| header.has_columns_of(&self.header))
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
        let Self { records, places, counting } = self;
        let mut marks = Marks::new(lines, counting.header.delimiter);
        let mut start = 0;
        while start < lines.len() {
            let (is_plain, end) = if records.is_first_of_record() {
                places.read(&mut marks, start, &counting.header)
            } else {
                (false, marks.next_line_feed())
            };
            let from = start;
            start = end + 1;
            if is_plain
                && end - from <= MAX_LINE_BYTES
                && marks.is_clean(from, end)
                && counting.plain_row(places, lines, tally)
            {
                tally.account.read += 1;
                tally.account.counted += 1;
            } else {
                let line = Line::terminated(lines.get(from..end).unwrap_or_default());
                records.line(&line, offset + from as u64, counting, tally);
            }
        }
    }

    fn line(&mut self, line: &Line<'_>, offset: u64, tally: &mut Tally) {
        self.records.line(line, offset, &mut self.counting, tally);
    }

    fn is_inside_record(&self) -> bool {
        self.records.is_inside_record()
    }

    fn finish(mut self: Box<Self>, tally: &mut Tally) -> (Sessions, Option<u64>) {
        (Sessions::default(), self.records.finish(&mut self.counting, tally))
    }
}
