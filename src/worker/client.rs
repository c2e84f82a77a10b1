//! The page's handle to its workers.

use super::messages::{ExportRequest, Progress, Snapshot};
use crate::aggregate::SourceId;
use crate::report::{DetailsPage, DetailsRequest, Query, SenderDetails, SenderId};
use leptos::prelude::*;
use std::sync::Arc;

/// The page's handle to its workers: commands go in, signals come out. Cheap to copy.
///
/// There is one engine worker, which holds what is loaded and answers queries, and a pool of parser workers,
/// which read files. The page itself never touches log bytes.
#[derive(Clone, Copy)]
pub struct Client {
    /// What to show; `None` until the engine has answered for the first time.
    pub snapshot: ReadSignal<Option<Arc<Snapshot>>>,
    /// How far the current drop has been read; `None` when nothing is being read.
    pub progress: ReadSignal<Option<Progress>>,
    /// A worker died or could not start: the browser's own words.
    pub failure: ReadSignal<Option<String>>,
    // … private state
}

/// A file to read: a browser `File` with the path it was dropped with.
#[derive(Clone)]
pub struct InputFile {
    /// Folder and name as dropped (`logs/RECV2026112208-1.LOG`), or just the name.
    pub path: String,
    /// The browser's handle.
    pub file: web_sys::File,
}

impl Client {
    /// Starts the workers.
    pub fn start() -> Self { unimplemented!() }
    /// Reads these files beside what is loaded. While a drop is being read, a further one queues behind it.
    pub fn load(&self, files: Vec<InputFile>) { unimplemented!() }
    /// Loads the sample data, through the same path as any file.
    pub fn load_sample(&self) { unimplemented!() }
    /// Stops reading and forgets what was read of the drop; what was loaded before stays.
    pub fn cancel(&self) { unimplemented!() }
    /// Takes a file out again.
    pub fn remove(&self, source: SourceId) { unimplemented!() }
    /// Forgets everything.
    pub fn start_over(&self) { unimplemented!() }
    /// Asks for another report; `snapshot` follows.
    pub fn set_query(&self, query: Query) { unimplemented!() }
    /// A window of the details table.
    pub async fn details(&self, request: DetailsRequest) -> Result<DetailsPage, String> { unimplemented!() }
    /// Everything about one sender.
    pub async fn sender(&self, query: Query, sender: SenderId) -> Result<Option<SenderDetails>, String> { unimplemented!() }
    /// The Activity CSV of a selection, as a blob to download (a million rows never pass through the page).
    pub async fn export_csv(&self, request: ExportRequest) -> Result<web_sys::Blob, String> { unimplemented!() }
}
