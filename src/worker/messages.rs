//! What page and workers say to each other, as plain data.

use crate::aggregate::SourceSummary;
use crate::model::Day;
use crate::report::{Overview, Range};
use serde::{Deserialize, Serialize};

/// How far a drop has been read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Bytes read so far.
    pub bytes_done: u64,
    /// Bytes of the whole drop.
    pub bytes_total: u64,
    /// Files read to the end.
    pub files_done: u64,
    /// Files of the whole drop.
    pub files_total: u64,
    /// Since the drop, in milliseconds.
    pub elapsed_ms: f64,
}

/// What the page shows after something changed: the report of the current query, and the files behind it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The report.
    pub overview: Overview,
    /// The files, in order of loading.
    pub sources: Vec<SourceSummary>,
}

/// What *Request report* asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRequest {
    /// Which days.
    pub range: Range,
    /// One sender domain, or all.
    pub domain: Option<String>,
    /// The UTC day of today.
    pub today: Day,
}
