//! The rows of an Activity CSV into the cube.

use super::FormatReader;
use super::records::{Records, Rows};
use crate::aggregate::cube::Key;
use crate::aggregate::memo::{Memo, Missing};
use crate::aggregate::sessions::Sessions;
use crate::aggregate::tally::Tally;
use crate::ingest::activity_csv::{Header, Places};
use crate::ingest::fields::{Field, LineError};
use crate::ingest::lines::{Line, MAX_LINE_BYTES};
use crate::ingest::row::RowOutcome;
use crate::ingest::scan::Marks;
use crate::ingest::time::Clock;
use crate::model::{Counts, Day};

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
    /// What such rows are counted under, but for the day.
    keys: Vec<Key>,
    /// Where the last such row was counted. Apart from the keys: these are looked at for each row, in no order, so that
    /// they should stay in the processor's cache.
    last: Vec<KnownRow>,
}

/// Where the last row of some key was counted.
#[derive(Clone, Copy, Debug, Default)]
struct KnownRow {
    day: Option<Day>,
    /// The cube's row of that day.
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
                keys: Vec::new(),
                last: Vec::new(),
            },
        }
    }
}

impl Counting {
    /// Counts the row whose fields lie at these places. `false`: it is to be looked at with more care.
    #[inline(always)]
    fn plain_row(&mut self, places: &Places, bytes: &[u8], tally: &mut Tally) -> bool {
        let fields = places.of(bytes);
        let time_ms = self.header.time_ms(&fields, &mut self.clock);
        let (Ok(time_ms), Ok(counts)) = (time_ms, self.header.counts(&fields)) else { return false };
        // The key's columns are neighbours in most files, which saves the loop over them.
        let known = match self.key_columns[..] {
            [run] => self.memo.get(&std::iter::once(places.run(bytes, run))),
            _ => self.memo.get(&self.key_columns.iter().map(|&run| places.run(bytes, run))),
        };
        match known {
            Ok(known) => {
                let day = time_ms.map(|time_ms| tally.saw(time_ms));
                // Rows in order of time are of the day of the last one: no look-up at all.
                match self.last.get(known as usize) {
                    Some(&KnownRow { day: last, row: Some(row) }) if last == day => {
                        tally.cube.add_to(row, counts);
                    }
                    _ => self.count(known, day, counts, tally),
                }
                true
            }
            Err(missing) => self.new_row(missing, places, bytes, (time_ms, counts), tally),
        }
    }

    /// Counts a row of a key that is not remembered. `false`: it is to be looked at with more care.
    #[inline(never)]
    fn new_row(
        &mut self,
        missing: Missing,
        places: &Places,
        bytes: &[u8],
        (time_ms, counts): (Option<i64>, Counts),
        tally: &mut Tally,
    ) -> bool {
        let Ok(row) = self.header.row(&places.of(bytes)) else { return false };
        // A row of nobody may be one of nothing at all.
        if row.user.is_empty() && row.client_ip.is_empty() {
            return false;
        }
        if self.keys.len() >= MAX_KNOWN_ROWS {
            self.forget();
        }
        let (key, Ok(known)) = (tally.key_of(&row), u32::try_from(self.keys.len())) else { return false };
        self.keys.push(key);
        self.last.push(KnownRow::default());
        let runs = self.key_columns.iter().map(|&run| places.run(bytes, run));
        self.memo.insert(missing, &runs, known);
        let day = time_ms.map(|time_ms| tally.saw(time_ms));
        self.count(known, day, counts, tally);
        true
    }

    /// Adds the counts of a row of a key that is remembered, on a day on which there may have been none.
    #[inline(never)]
    fn count(&mut self, known: u32, day: Option<Day>, counts: Counts, tally: &mut Tally) {
        // A row that counts nothing says that the day was covered, and no more.
        if !counts.is_zero()
            && let (Some(key), Some(last)) =
                (self.keys.get(known as usize), self.last.get_mut(known as usize))
        {
            *last = KnownRow { day, row: tally.add(Key { day, ..*key }, counts) };
        }
        self.relieve(tally);
    }

    fn relieve(&mut self, tally: &mut Tally) {
        if tally.relieve() {
            self.forget();
        }
    }

    fn forget(&mut self) {
        self.memo.clear();
        self.keys.clear();
        self.last.clear();
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
        let day = time_ms.map(|time_ms| tally.saw(time_ms));
        if !counts.is_zero() {
            tally.add(Key { day, ..key }, counts);
        }
        self.relieve(tally);
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
