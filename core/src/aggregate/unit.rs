//! A file, or a range of a big one, as one worker reads it.

use super::cap::Limits;
use super::pack::{Packed, PackedFacts, pack};
use super::read::{ActivityReader, CsvReader, FormatReader, ReceiveReader};
use super::session::{in_order, resolve};
use super::sessions::{LATE_SESSIONS, Sessions};
use super::tally::Tally;
use super::totals::Totals;
use crate::ingest::account::{FileProblem, Format, LineAccount};
use crate::ingest::detect::{Detected, detect};
use crate::ingest::exchange_receive::Columns;
use crate::ingest::lines::{LineSplitter, Text};
use crate::model::{Day, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::Xxh3;

/// A log that can be cut is cut into ranges of this size. Fixed, so that equal files are cut alike.
pub const RANGE_BYTES: u64 = 64 << 20;
/// A part of a file for one worker: the lines that start in the bytes `start..end`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// First byte.
    pub start: u64,
    /// Behind the last byte.
    pub end: u64,
    /// Size of the whole file.
    pub file_bytes: u64,
    /// Where its first line or record starts, if that is known, wherever the range itself begins.
    first: Option<u64>,
    detected: Result<Detected, FileProblem>,
}

impl Unit {
    /// The first byte to read: the range's own, the one before it, or the one where its first record is known to start.
    pub const fn read_from(&self) -> u64 {
        match self.first {
            Some(first) => first,
            None => LineSplitter::first_byte(self.start),
        }
    }

    /// This unit as it has to be read again, if it was read from the wrong seam: `began` is what was taken for granted
    /// when it was read, `previous` where the unit before it really ended.
    ///
    /// A unit in the middle of a file takes it that a record starts at its first line, and that the columns are those
    /// of the file's head. It is wrong where a quoted field spans the cut, or where the columns change further up; so
    /// rarely that reading such a unit once more is cheaper than to have each wait for the one before it.
    #[must_use]
    pub fn to_read_again(&self, began: &Seam, previous: &Seam) -> Option<Self> {
        if began == previous {
            return None;
        }
        let mut again = Self { first: Some(previous.offset), ..self.clone() };
        if let (Ok(Detected::ExchangeReceive(columns)), Some(changed)) =
            (&mut again.detected, &previous.columns)
        {
            columns.clone_from(changed);
        }
        Some(again)
    }
}

/// How to cut a file, from its first [`HEAD_BYTES`](crate::ingest::HEAD_BYTES) and its size. Never empty.
pub fn plan(head: &[u8], file_bytes: u64) -> Vec<Unit> {
    plan_by(head, file_bytes, RANGE_BYTES)
}

/// [`plan`] with ranges of another size.
pub fn plan_by(head: &[u8], file_bytes: u64, range_bytes: u64) -> Vec<Unit> {
    let detected = detect(head, file_bytes);
    let can_be_cut = detected.as_ref().is_ok_and(Detected::can_be_cut);
    let step = if can_be_cut { range_bytes.max(1) } else { file_bytes.max(1) };
    let mut units = Vec::new();
    let mut start = 0;
    while start < file_bytes || units.is_empty() {
        let end = file_bytes.min(start.saturating_add(step));
        units.push(Unit { start, end, file_bytes, first: None, detected: detected.clone() });
        start = end;
    }
    units
}

/// What one unit leaves to the next: where its text ends, and how the log goes on there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seam {
    /// Offset in the file of the first byte of the next line or record.
    pub offset: u64,
    /// The columns, in a log that may change them.
    pub columns: Option<Columns>,
}

/// What a worker read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitResult {
    /// What the file is.
    pub format: Result<Format, FileProblem>,
    /// Digest of the bytes `start..end`.
    pub digest: u64,
    /// Where its first line or record starts, as far as could be seen.
    pub begins: Seam,
    /// Where the next unit's does.
    pub ends: Seam,
    /// The account of its lines, without those of sessions that are not settled.
    pub account: LineAccount,
    /// First and last instant (Unix milliseconds, UTC).
    pub period_ms: Option<(i64, i64)>,
    /// Days that have lines.
    pub days: BTreeSet<Day>,
    /// What was counted, and the sessions of a log.
    pub packed: Packed,
    /// What has an identity.
    pub facts: PackedFacts,
    /// Whether some counts were made of rounded percentages.
    pub has_estimates: bool,
    /// How many lines say why something was refused.
    pub refusals: BTreeMap<Refusal, u64>,
    /// What it comes to by itself.
    pub totals: Totals,
}

/// Reads a unit, piece by piece.
pub struct UnitReader {
    unit: Unit,
    splitter: LineSplitter,
    /// Offset in the file of the next byte to come.
    offset: u64,
    digest: Xxh3,
    tally: Tally,
    /// `None`: the file is not read.
    format: Option<Box<dyn FormatReader>>,
    begins_with: Option<Columns>,
    has_estimates: bool,
}

impl UnitReader {
    /// For a unit of [`plan`].
    pub fn new(unit: Unit) -> Self {
        Self::with_limits(unit, LATE_SESSIONS, Limits::default())
    }

    /// With another number of ended sessions kept open for late lines, and other limits to what is told apart.
    pub fn with_limits(unit: Unit, late_sessions: usize, limits: Limits) -> Self {
        let mut has_estimates = false;
        let format: Option<Box<dyn FormatReader>> = match &unit.detected {
            Ok(Detected::ExchangeReceive(columns)) => {
                Some(Box::new(ReceiveReader::new(columns.clone(), late_sessions)))
            }
            Ok(Detected::Csv(format)) => {
                let rows = format.clone().into_rows();
                has_estimates = rows.is_estimate();
                Some(Box::new(CsvReader::new(rows, unit.read_from() == 0, unit.end)))
            }
            Ok(Detected::ActivityCsv(header)) => {
                Some(Box::new(ActivityReader::new(header.clone(), unit.read_from() == 0, unit.end)))
            }
            Err(_) => None,
        };
        Self {
            splitter: match unit.first {
                Some(first) => LineSplitter::from_line(first, unit.end),
                None => LineSplitter::new(unit.start, unit.end),
            },
            offset: unit.read_from(),
            digest: Xxh3::new(),
            tally: Tally::new(limits),
            begins_with: format.as_ref().and_then(|format| format.columns().cloned()),
            format,
            has_estimates,
            unit,
        }
    }

    /// Takes the next piece of the file, from [`Unit::read_from`] on. Returns whether more is wanted; that may reach past
    /// the end of the unit, to the end of its last line or record.
    pub fn feed(&mut self, mut piece: &[u8]) -> bool {
        let Some(format) = &mut self.format else { return false };
        let from = self.unit.start.saturating_sub(self.offset);
        let to = self.unit.end.saturating_sub(self.offset);
        let within = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(piece.len());
        self.digest.update(&piece[within(from)..within(to)]);
        self.offset += piece.len() as u64;

        while let Some((offset, text)) = self.splitter.next(&mut piece, format.is_inside_record()) {
            match text {
                Text::Lines(lines) => format.lines(lines, offset, &mut self.tally),
                Text::Line(line) => format.line(&line, offset, &mut self.tally),
            }
        }
        !self.splitter.is_done() || format.is_inside_record()
    }

    /// What was counted so far. Goes through all rows and sessions, so not for every piece.
    pub fn totals(&self) -> Totals {
        let settled = self.format.as_ref().and_then(|format| format.settled());
        let mut totals = Totals::of(&self.tally.account, &self.tally.cube, settled);
        totals.add_facts(&self.tally.facts);
        totals
    }

    /// The file, or the unit, has ended.
    pub fn finish(mut self) -> UnitResult {
        let mut begins = Seam { offset: 0, columns: self.begins_with };
        let mut ends = begins.clone();
        let mut sessions = Sessions::default();
        if let Some(mut format) = self.format {
            if (!self.splitter.is_done() || format.is_inside_record())
                && let Some((offset, line)) = self.splitter.last()
            {
                format.line(&line, offset, &mut self.tally);
            }
            begins.offset = self.splitter.first_line().unwrap_or(self.splitter.offset());
            ends.columns = format.columns().cloned();
            let (of_format, unread_from) = format.finish(&mut self.tally);
            sessions = of_format;
            ends.offset = unread_from.unwrap_or(self.splitter.offset());
        }
        let Tally { account, period_ms, days, mut cube, mut cap, facts, refusals, .. } = self.tally;
        if sessions.settled.is_empty() && sessions.fragments.is_empty() {
            cap.settle(&mut cube, std::iter::empty());
        }
        let packed = pack(&cube, &sessions, &mut cap);
        // With the sessions that lie here as a whole but were kept open for late lines. Last, for that leaves names of
        // theirs in the cube.
        let mut totals = Totals::of(&account, &cube, Some(&sessions));
        for (_, fragment) in sessions.fragments.iter().filter(|(_, fragment)| fragment.is_whole()) {
            let session = resolve(&in_order(vec![&fragment.events]), &mut cube);
            totals.add(&session, &cube);
        }
        totals.add_facts(&facts);
        UnitResult {
            format: self.unit.detected.map(|detected| detected.format()),
            digest: self.digest.digest(),
            begins,
            ends,
            account,
            period_ms,
            days,
            packed,
            facts: PackedFacts::pack(facts),
            has_estimates: self.has_estimates,
            refusals,
            totals,
        }
    }
}
