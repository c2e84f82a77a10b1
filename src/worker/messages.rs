//! What page and workers say to each other, as plain data.

use crate::aggregate::{Evidence, Seam, SourceId, SourceSummary, Totals, Unit};
use crate::model::Day;
use crate::report::{DetailsPage, DetailsRequest, Failures, Overview, Query, Range, SenderDetails, SenderId};
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
    /// What was counted so far.
    pub totals: Totals,
}

/// What the page shows after something changed: the report of the current query.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The report.
    pub overview: Overview,
    /// Which formats the figures come from.
    pub evidence: Evidence,
    /// The files, in order of loading; `None` if they are those of the last snapshot. There may be thousands, and a query
    /// changes none.
    pub sources: Option<Vec<SourceSummary>>,
}

/// What *Request report* asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRequest {
    /// Its range, domain and filter choose the rows.
    pub query: Query,
    /// The UTC day of today.
    pub today: Day,
}

/// Names a drop for as long as the page lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DropId(pub u32);

/// Names a unit that a parser worker was given. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct JobId(pub u32);

/// Names a question to the engine, so that its answer finds whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CallId(pub u32);

/// What the page has to know of a unit that was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gist {
    /// What was counted in it.
    pub totals: Totals,
    /// Where its first line or record starts, as far as could be seen.
    pub begins: Seam,
    /// Where the next unit's does.
    pub ends: Seam,
}

/// Page to worker. A worker becomes a parser or the engine by what it is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ToWorker {
    /// Read this part of the `File` that comes with the message, or of what the page serves at the `MessagePort` that comes
    /// instead.
    Parse {
        /// Under which name to report.
        job: JobId,
        /// Which part.
        unit: Unit,
    },
    /// A question to the engine.
    Ask {
        /// Comes back with the answer.
        call: CallId,
        /// What is asked.
        request: EngineRequest,
    },
}

/// Worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The program runs and takes messages.
    Ready,
    /// The program is about to stop, and why.
    Crashed(String),
    /// How far a unit has been read.
    Progress {
        /// Which unit.
        job: JobId,
        /// Bytes of it read so far.
        bytes: u64,
        /// What was counted in it so far.
        totals: Totals,
    },
    /// A unit was read; its `UnitResult` comes with the message as postcard bytes, for the engine.
    Parsed {
        /// Which unit.
        job: JobId,
        /// What the page has to know of it.
        gist: Gist,
    },
    /// The browser would not read the file.
    Unreadable {
        /// Which unit.
        job: JobId,
        /// The browser's own words.
        message: String,
    },
    /// The engine's answer.
    Answer {
        /// To which question.
        call: CallId,
        /// The answer.
        reply: Box<EngineReply>,
    },
}

/// What the engine is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EngineRequest {
    /// Take in a unit of a file of the drop that is being read; its `UnitResult` comes with the message. Read again it takes
    /// the place of what it was.
    Take {
        /// Of which drop.
        drop: DropId,
        /// The number of the file in it.
        file: u32,
        /// The number of the unit in its file.
        unit: u32,
    },
    /// Take in a file of a drop, all units of which were [taken](Self::Take). Answered by its name.
    Stage {
        /// Of which drop.
        drop: DropId,
        /// Its number in the drop.
        file: u32,
        /// How many units it has.
        units: u32,
        /// Name, with its folder.
        name: String,
        /// Size.
        bytes: u64,
        /// When it was last changed (Unix milliseconds), as far as the browser says.
        modified_ms: Option<i64>,
    },
    /// Take note of a file of a drop that could not be read.
    StageUnreadable {
        /// Of which drop.
        drop: DropId,
        /// Name, with its folder.
        name: String,
        /// Size.
        bytes: u64,
        /// Why, in the browser's own words.
        message: String,
    },
    /// The drop is complete: show it. Answered by a snapshot.
    Commit {
        /// Which drop.
        drop: DropId,
        /// The files that it brings once more, read in another way: they go out.
        replaced: Vec<SourceId>,
        /// The report to answer with.
        view: Viewpoint,
    },
    /// The drop was cancelled: forget it, even if it was committed in the meantime. Answered by a snapshot.
    Forget {
        /// Which drop.
        drop: DropId,
        /// The report to answer with.
        view: Viewpoint,
    },
    /// Take a file out. Answered by a snapshot.
    Remove {
        /// Which file.
        source: SourceId,
        /// The report to answer with.
        view: Viewpoint,
    },
    /// Bring back what was taken out last, by [`Remove`](Self::Remove) or [`Clear`](Self::Clear), if no drop was
    /// committed since. Answered by a snapshot.
    Restore {
        /// The report to answer with.
        view: Viewpoint,
    },
    /// Say which days a report without dates is of. Answered by a snapshot.
    SetPeriod {
        /// Which file.
        source: SourceId,
        /// Its first and its last day.
        period: (Day, Day),
        /// The report to answer with.
        view: Viewpoint,
    },
    /// Forget everything. Answered by a snapshot.
    Clear {
        /// The report to answer with.
        view: Viewpoint,
    },
    /// Another report of the same data. Answered by a snapshot.
    Show {
        /// The report to answer with.
        view: Viewpoint,
    },
    /// A window of the details table.
    Details {
        /// Which.
        request: DetailsRequest,
        /// The UTC day of today.
        today: Day,
    },
    /// Everything about one sender.
    Sender {
        /// In which range.
        query: Query,
        /// Who.
        sender: SenderId,
        /// The UTC day of today.
        today: Day,
    },
    /// Failed sign-ins by name and by address.
    Failures {
        /// Of which days.
        range: Range,
        /// The UTC day of today.
        today: Day,
    },
    /// The Activity CSV of a selection; it comes back as a `Blob` beside the answer.
    Export(ExportRequest),
    /// The sample data; they come back as `File`s beside the answer.
    Sample {
        /// The last day in it.
        last_day: Day,
    },
}

/// What every report is made for: the query, and which day is today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewpoint {
    /// The report's state.
    pub query: Query,
    /// The UTC day of today.
    pub today: Day,
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EngineReply {
    /// Done; there is nothing to tell.
    Done,
    /// The file was taken in, under this name.
    Staged(SourceId),
    /// What the page shows from now on.
    Snapshot(Box<Snapshot>),
    /// A window of the details table.
    Details(DetailsPage),
    /// One sender, if it is there.
    Sender(Option<Box<SenderDetails>>),
    /// Failed sign-ins by name and by address.
    Failures(Box<Failures>),
    /// So many rows were written.
    Exported {
        /// Rows, without the line of column names.
        rows: u64,
    },
    /// It could not be done, and why.
    Failed(String),
}
