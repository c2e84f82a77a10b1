//! What the page tells about each loaded file.

use crate::ingest::{Encoding, FileProblem, Format, LineAccount, Wrapping};
use crate::model::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A loaded file, in order of loading. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(pub u32);

/// One line of *Data sources*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSummary {
    /// Which file.
    pub id: SourceId,
    /// Its name, with the folder it was dropped with, if any.
    pub name: String,
    /// Its size, packed if it is.
    pub bytes: u64,
    /// What it is wrapped in.
    pub wrapping: Wrapping,
    /// Its size without that, as far as it was read.
    pub unpacked_bytes: u64,
    /// How its text is encoded.
    pub encoding: Encoding,
    /// What became of it.
    pub outcome: SourceOutcome,
    /// First and last instant in it (Unix milliseconds, UTC), if it has times.
    pub period_ms: Option<(i64, i64)>,
    /// Whether it tells no days, so that somebody has to say of which it is.
    pub wants_period: bool,
    /// How dates were read of which no row tells what comes first: whether the day.
    pub guessed_day_first: Option<bool>,
    /// When it was last changed (Unix milliseconds, UTC), if that is known.
    pub modified_ms: Option<i64>,
    /// The first loaded file that tells some of the same, row by row; what both tell counts once.
    pub overlaps_with: Option<SourceId>,
    /// How many lines say why something was refused.
    pub refusals: BTreeMap<Refusal, u64>,
    /// The account of its lines.
    pub lines: LineAccount,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceOutcome {
    /// Part of the report.
    Loaded(Format),
    /// The same bytes as a file that is loaded already; changes nothing.
    SameAs(SourceId),
    /// Not part of the report, and why.
    Problem(FileProblem),
}
