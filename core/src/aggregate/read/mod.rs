//! The lines of each format into a tally: one reader a format.

mod activity;
mod csv;
mod receive;
pub mod records;

pub use activity::ActivityReader;
pub use csv::CsvReader;
pub use receive::ReceiveReader;

use super::sessions::Sessions;
use super::tally::Tally;
use crate::ingest::exchange_receive::Columns;
use crate::ingest::lines::Line;

/// Reads the lines of one format.
pub trait FormatReader {
    /// Whole lines with their line feeds; the first starts at this offset of the file.
    fn lines(&mut self, lines: &[u8], offset: u64, tally: &mut Tally);

    /// A line that is overlong, without line feed, or was spread over pieces; it starts at this offset of the file.
    fn line(&mut self, line: &Line<'_>, offset: u64, tally: &mut Tally);

    /// Whether a record has begun that goes on in the next line. Then lines behind the unit's end are wanted too.
    fn is_inside_record(&self) -> bool {
        false
    }

    /// The columns as they now are, in a log that may change them.
    fn columns(&self) -> Option<&Columns> {
        None
    }

    /// The sessions settled so far, in a log of sessions.
    fn settled(&self) -> Option<&Sessions> {
        None
    }

    /// The unit has ended. Returns the sessions of a log, and where those lines start, behind the unit's end, that were
    /// looked at but are the next unit's.
    fn finish(self: Box<Self>, tally: &mut Tally) -> (Sessions, Option<u64>);
}
