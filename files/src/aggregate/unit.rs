//! A file, or a range of a big one, as one worker reads it.

use super::cap::Limits;
use super::intern::Interner;
use super::pack::{Packed, PackedFacts, pack};
use super::read::{ActivityReader, CsvReader, FormatReader, ReceiveReader};
use super::session::{in_order, resolve};
use super::sessions::{LATE_SESSIONS, Sessions};
use super::tally::Tally;
use super::totals::Totals;
use crate::ingest::account::{FileProblem, Format, LineAccount};
use crate::ingest::decode::zip::Entry;
use crate::ingest::decode::{Coding, Decoder, Encoding, Wrapping};
use crate::ingest::detect::{Detected, detect_with, head_of_csv};
use crate::ingest::exchange_receive::Columns;
use crate::ingest::lines::{LineSplitter, Text};
use crate::ingest::mappings::Mappings;
use crate::ingest::other_csv::MappableCsv;
use crate::model::{Day, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::Xxh3;

/// A log that can be cut is cut into ranges of this size. Fixed, so that equal files are cut alike.
pub const RANGE_BYTES: u64 = 64 << 20;

/// A part of a file for one worker: the lines that start in the bytes `start..end`.
///
/// A file whose bytes are not its text is one unit, for nobody knows where in it a line starts. Then `start..end` is all of
/// the file as it is stored, and whatever else counts bytes of text counts those that come out of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// First byte.
    pub start: u64,
    /// Behind the last byte.
    pub end: u64,
    /// Size of the whole file, as it is stored.
    pub file_bytes: u64,
    /// How to get at its text.
    coding: Coding,
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

    /// Whether it is part of a CSV whose columns may be mapped by hand: one that no other format claims.
    pub fn is_mappable(&self) -> bool {
        match &self.detected {
            Ok(detected) => detected.format() == Format::OtherCsv,
            Err(problem) => matches!(problem, FileProblem::UnknownCsv(_)),
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
    plan_coded(coding(head, file_bytes, None), file_bytes, range_bytes, &Mappings::default())
}

/// [`plan`], or [`plan_entry`] of an entry whose data are `file_bytes` long, with mappings that were set by hand.
pub fn plan_with(head: &[u8], file_bytes: u64, entry: Option<&Entry>, mappings: &Mappings) -> Vec<Unit> {
    plan_coded(coding(head, file_bytes, entry), file_bytes, RANGE_BYTES, mappings)
}

/// What there is to go by for mapping the columns of a file that [`Unit::is_mappable`], from the same beginning.
pub fn mappable(
    head: &[u8],
    file_bytes: u64,
    entry: Option<&Entry>,
    mappings: &Mappings,
) -> Option<MappableCsv> {
    let (_, text) = coding(head, file_bytes, entry).ok()?;
    let (table, rows) = head_of_csv(&text, file_bytes)?;
    Some(MappableCsv::new(table, rows, mappings))
}

/// How to read an entry of an archive, from the first [`HEAD_BYTES`](crate::ingest::HEAD_BYTES) of its data. Its units
/// count bytes of its data.
pub fn plan_entry(head: &[u8], entry: &Entry) -> Vec<Unit> {
    plan_with(head, entry.packed_bytes, Some(entry), &Mappings::default())
}

/// How to get at the text, and what it begins with.
fn coding(head: &[u8], file_bytes: u64, entry: Option<&Entry>) -> Result<(Coding, Vec<u8>), FileProblem> {
    let content = entry.map(|entry| entry.content.clone()).transpose()?;
    Coding::of(head, file_bytes, content.as_ref())
}

/// What is left to do with a file that cannot be read.
pub fn refuse(problem: FileProblem, file_bytes: u64) -> Vec<Unit> {
    plan_coded(Err(problem), file_bytes, RANGE_BYTES, &Mappings::default())
}

fn plan_coded(
    coding: Result<(Coding, Vec<u8>), FileProblem>,
    file_bytes: u64,
    range_bytes: u64,
    mappings: &Mappings,
) -> Vec<Unit> {
    let (coding, detected) = match coding {
        // A packed file is empty only if nothing is packed in it, which would be known by now.
        Ok((coding, head)) => {
            let detected = detect_with(&head, file_bytes, mappings);
            (coding, detected)
        }
        Err(problem) => (Coding::default(), Err(problem)),
    };
    let is_cut = detected.as_ref().is_ok_and(Detected::can_be_cut) && coding.is_plain();
    let step = if is_cut { range_bytes.max(1) } else { file_bytes.max(1) };
    let mut units = Vec::new();
    let mut start = 0;
    while start < file_bytes || units.is_empty() {
        let end = file_bytes.min(start.saturating_add(step));
        let (coding, detected) = (coding.clone(), detected.clone());
        units.push(Unit { start, end, file_bytes, coding, first: None, detected });
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
    /// What the file is wrapped in.
    pub wrapping: Wrapping,
    /// How its text is encoded.
    pub encoding: Encoding,
    /// How many bytes there are in `start..end`, unpacked.
    pub bytes: u64,
    /// Digests of these, one for each [`RANGE_BYTES`]: the same, whether the file is packed or not.
    pub digests: Vec<u64>,
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
    /// How dates were read of which no row tells what comes first: whether the day.
    pub guessed_day_first: Option<bool>,
    /// How many lines say why something was refused.
    pub refusals: BTreeMap<Refusal, u64>,
    /// What it comes to by itself.
    pub totals: Totals,
}

impl UnitResult {
    /// Moves its strings into a pool, where those of others lie too. What is pooled cannot travel any more.
    pub(super) fn pool(&mut self, pool: &mut Interner) {
        self.packed.strings_mut().pool(pool);
        self.facts.strings_mut().pool(pool);
    }

    /// Moves its strings from a pool into another.
    pub(super) fn move_to(&mut self, other: &mut Interner, pool: &Interner) {
        self.packed.strings_mut().move_to(other, pool);
        self.facts.strings_mut().move_to(other, pool);
    }
}

/// Reads a unit, piece by piece.
pub struct UnitReader {
    unit: Unit,
    splitter: LineSplitter,
    /// Offset in the file of the next byte to come.
    offset: u64,
    limits: Limits,
    /// `None`: the file's bytes are its text.
    decoder: Option<Box<Decoder>>,
    /// What turned out to be wrong with it.
    problem: Option<FileProblem>,
    digests: Digests,
    tally: Tally,
    /// `None`: the file is not read.
    format: Option<Box<dyn FormatReader>>,
    begins_with: Option<Columns>,
    has_estimates: bool,
    guessed_day_first: Option<bool>,
}

/// A digest for each [`RANGE_BYTES`].
#[derive(Default)]
struct Digests {
    complete: Vec<u64>,
    digest: Xxh3,
    /// In all.
    bytes: u64,
}

impl Digests {
    fn take(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = RANGE_BYTES - self.bytes % RANGE_BYTES;
            let len = usize::try_from(room).unwrap_or(usize::MAX).min(bytes.len());
            let (taken, rest) = bytes.split_at(len);
            self.digest.update(taken);
            self.bytes += len as u64;
            if self.bytes.is_multiple_of(RANGE_BYTES) {
                self.complete.push(self.digest.digest());
                self.digest.reset();
            }
            bytes = rest;
        }
    }

    fn finish(mut self) -> Vec<u64> {
        if !self.bytes.is_multiple_of(RANGE_BYTES) {
            self.complete.push(self.digest.digest());
        }
        self.complete
    }
}

/// Reads text as far as it goes.
fn read(splitter: &mut LineSplitter, mut piece: &[u8], format: &mut dyn FormatReader, tally: &mut Tally) {
    while let Some((offset, text)) = splitter.next(&mut piece, format.is_inside_record()) {
        match text {
            Text::Lines(lines) => format.lines(lines, offset, tally),
            Text::Line(line) => format.line(&line, offset, tally),
        }
    }
}

impl UnitReader {
    /// For a unit of [`plan`].
    pub fn new(unit: Unit) -> Self {
        Self::with_limits(unit, LATE_SESSIONS, Limits::default())
    }

    /// With another number of ended sessions kept open for late lines, and other limits to what is told apart.
    pub fn with_limits(unit: Unit, late_sessions: usize, limits: Limits) -> Self {
        let decoder = (!unit.coding.is_plain()).then(|| Box::new(Decoder::new(&unit.coding)));
        // Where the text of a packed file ends is not known beforehand.
        let end = if decoder.is_some() { u64::MAX } else { unit.end };
        let mut has_estimates = false;
        let mut guessed_day_first = None;
        let format: Option<Box<dyn FormatReader>> = match &unit.detected {
            Ok(Detected::ExchangeReceive(columns)) => {
                Some(Box::new(ReceiveReader::new(columns.clone(), late_sessions)))
            }
            Ok(Detected::Csv(format)) => {
                let rows = format.clone().into_rows();
                has_estimates = rows.is_estimate();
                let dates = rows.dates();
                guessed_day_first = dates.is_guess.then_some(dates.day_first);
                Some(Box::new(CsvReader::new(rows, unit.read_from() == 0, end)))
            }
            Ok(Detected::ActivityCsv(header)) => {
                Some(Box::new(ActivityReader::new(header.clone(), unit.read_from() == 0, end)))
            }
            Err(_) => None,
        };
        Self {
            splitter: match unit.first {
                Some(first) => LineSplitter::from_line(first, end),
                None => LineSplitter::new(unit.start, end),
            },
            offset: unit.read_from(),
            limits,
            decoder,
            problem: None,
            digests: Digests::default(),
            tally: Tally::new(limits),
            begins_with: format.as_ref().and_then(|format| format.columns().cloned()),
            format,
            has_estimates,
            guessed_day_first,
            unit,
        }
    }

    /// Takes the next piece of the file, from [`Unit::read_from`] on. Returns whether more is wanted; that may reach past
    /// the end of the unit, to the end of its last line or record.
    #[inline(never)]
    pub fn feed(&mut self, piece: &[u8]) -> bool {
        let Some(format) = &mut self.format else { return false };
        if let Some(decoder) = &mut self.decoder {
            let Self { splitter, digests, tally, .. } = self;
            let mut text = |piece: &[u8]| read(splitter, piece, &mut **format, tally);
            let pushed = decoder.push(piece, &mut |bytes| digests.take(bytes), &mut text);
            self.problem = pushed.err();
            if self.problem.is_some() {
                self.format = None;
            }
            return self.format.is_some();
        }
        let from = self.unit.start.saturating_sub(self.offset);
        let to = self.unit.end.saturating_sub(self.offset);
        let within = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(piece.len());
        self.digests.take(&piece[within(from)..within(to)]);
        self.offset += piece.len() as u64;
        read(&mut self.splitter, piece, &mut **format, &mut self.tally);
        !self.splitter.is_done() || format.is_inside_record()
    }

    /// What was counted so far. Goes through all rows and sessions, so not for every piece.
    #[inline(never)]
    pub fn totals(&self) -> Totals {
        let settled = self.format.as_ref().and_then(|format| format.settled());
        let mut totals = Totals::of(&self.tally.account, &self.tally.cube, settled);
        totals.add_facts(&self.tally.facts);
        totals
    }

    /// The file, or the unit, has ended.
    #[inline(never)]
    pub fn finish(mut self) -> UnitResult {
        let Self { decoder, format, splitter, tally, problem, .. } = &mut self;
        if let (Some(decoder), Some(format)) = (decoder, format) {
            *problem = decoder.finish(&mut |piece| read(splitter, piece, &mut **format, tally)).err();
        }
        if self.problem.is_some() {
            // A part of it would mislead.
            self.format = None;
            self.tally = Tally::new(self.limits);
        }
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
        let period_ms = self.tally.period_ms();
        let Tally { account, days, mut cube, mut cap, facts, refusals, .. } = self.tally;
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
            format: match self.problem {
                Some(problem) => Err(problem),
                None => self.unit.detected.map(|detected| detected.format()),
            },
            wrapping: self.unit.coding.wrapping(),
            encoding: self.unit.coding.encoding(),
            bytes: self.digests.bytes,
            digests: self.digests.finish(),
            begins,
            ends,
            account,
            period_ms,
            days,
            packed,
            facts: PackedFacts::pack(facts),
            has_estimates: self.has_estimates,
            guessed_day_first: self.guessed_day_first,
            refusals,
            totals,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::mappings::HeaderId;
    use crate::ingest::other_csv::Role;

    #[test]
    fn a_csv_of_unknown_columns_is_read_once_they_are_mapped() {
        let text = "wann;wer;was;ip\r\n02.11.2026 08:15;anna;a;203.0.113.9\r\n13.11.2026 09:00;bob;b;::1\r\n";
        let utf_16: Vec<u8> =
            [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let mut mappings = Mappings::default();
        for head in [text.as_bytes(), &utf_16] {
            let bytes = head.len() as u64;
            let units = plan(head, bytes);
            assert!(units[0].is_mappable());
            assert!(matches!(units[0].detected, Err(FileProblem::UnknownCsv(_))));

            let MappableCsv { table, rows, mut mapping } =
                mappable(head, bytes, None, &Mappings::default()).unwrap();
            assert_eq!((table.names.join("|"), rows.len()), ("wann|wer|was|ip".to_owned(), 2));
            assert_eq!(
                [Role::Time, Role::ClientIp, Role::User].map(|role| mapping.column(role)),
                [Some(0), Some(3), None]
            );
            mapping.set(Role::User, Some(1));
            mappings.remember(HeaderId::of(&table), mapping.clone());
            assert_eq!(mappable(head, bytes, None, &mappings).unwrap().mapping, mapping);

            let unit = plan_with(head, bytes, None, &mappings).remove(0);
            assert!(unit.is_mappable());
            let mut reader = UnitReader::new(unit);
            reader.feed(head);
            let result = reader.finish();
            assert_eq!((result.format, result.account.counted), (Ok(Format::OtherCsv), 2));
            assert_eq!(result.period_ms, Some((1_793_607_300_000, 1_794_560_400_000)));
        }
        assert!(!plan(b"", 0)[0].is_mappable());
    }
}
