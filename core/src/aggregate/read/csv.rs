//! The rows of any CSV format into the cube, and those with an identity to the facts.

use super::FormatReader;
use super::records::{Records, Rows, repeats_names};
use crate::aggregate::facts::Told;
use crate::aggregate::sessions::Sessions;
use crate::aggregate::tally::Tally;
use crate::ingest::SkipReason;
use crate::ingest::fields::{Field, LineError};
use crate::ingest::lines::Line;
use crate::ingest::row::{RowFact, RowFormat, RowOutcome};

/// Reads a CSV of some format, whose records may hold line breaks.
#[derive(Debug)]
pub struct CsvReader {
    records: Records,
    rows: FormatRows,
}

#[derive(Debug)]
struct FormatRows {
    format: Box<dyn RowFormat>,
}

impl CsvReader {
    /// For a file of this format, whose column names stand in this unit if it `has_header`; the unit owns the records
    /// that start before the offset `end`.
    pub fn new(format: Box<dyn RowFormat>, has_header: bool, end: u64) -> Self {
        let has_header = has_header && format.has_names_line();
        Self { records: Records::new(format.table().delimiter, has_header, end), rows: FormatRows { format } }
    }
}

impl Rows for FormatRows {
    fn columns(&self) -> usize {
        self.format.table().names.len()
    }

    fn row(&mut self, fields: &[Field<'_>], lines: u64, tally: &mut Tally) -> Result<RowOutcome, LineError> {
        let is_one_row_a_thing = !self.format.has_many_rows_a_thing();
        let lines = u32::try_from(lines).unwrap_or(u32::MAX);
        let mut is_repeated = false;
        let outcome = self.format.read(fields, &mut |fact| {
            is_repeated |= tell(&fact, lines, tally) == Told::Known && is_one_row_a_thing;
        })?;
        if let Some(refusal) = self.format.refusal_in(fields) {
            *tally.refusals.entry(refusal).or_default() += 1;
        }
        tally.relieve();
        Ok(if is_repeated { RowOutcome::Skipped(SkipReason::Repeated) } else { outcome })
    }

    fn is_comment(&mut self, line: &[u8]) -> bool {
        self.format.is_comment(line)
    }

    fn is_header(&self, fields: &[Field<'_>]) -> bool {
        repeats_names(fields, self.format.table())
    }
}

fn tell(fact: &RowFact<'_>, lines: u32, tally: &mut Tally) -> Told {
    let day = fact.time_ms.map(|time_ms| tally.saw(time_ms));
    if let Some(refusal) = fact.refusal {
        *tally.refusals.entry(refusal).or_default() += 1;
    }
    if let Some(identity) = fact.identity {
        let told = tally.facts.tell(identity, &fact.row, (day, fact.counts, fact.refusal, lines));
        if told != Told::TooMany {
            return told;
        }
    }
    // A row that counts nothing says that the day was covered, and no more.
    if !fact.counts.is_zero() {
        let key = tally.key_of(&fact.row);
        tally.add(crate::aggregate::Key { day, ..key }, fact.counts);
    }
    Told::New
}

impl FormatReader for CsvReader {
    fn lines(&mut self, lines: &[u8], mut offset: u64, tally: &mut Tally) {
        for line in lines.split_inclusive(|&b| b == b'\n') {
            let bytes = line.strip_suffix(b"\n").unwrap_or(line);
            self.line(&Line::terminated(bytes), offset, tally);
            offset += line.len() as u64;
        }
    }

    fn line(&mut self, line: &Line<'_>, offset: u64, tally: &mut Tally) {
        self.records.line(line, offset, &mut self.rows, tally);
    }

    fn is_inside_record(&self) -> bool {
        self.records.is_inside_record()
    }

    fn finish(mut self: Box<Self>, tally: &mut Tally) -> (Sessions, Option<u64>) {
        (Sessions::default(), self.records.finish(&mut self.rows, tally))
    }
}
