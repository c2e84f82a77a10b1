//! The page's handle to its workers.

use super::calls::Latest;
use super::engine_link::{Answer, EngineLink};
use super::loader::Loader;
use super::messages::{self, EngineReply, EngineRequest, ExportRequest, Progress, Viewpoint};
use crate::aggregate::{Evidence, SourceId, SourceSummary};
use crate::ingest::other_csv::{MappableCsv, Mapping};
use crate::model::Day;
use crate::platform::timing;
use crate::report::{DetailsPage, DetailsRequest, Failures, Overview, Query, Range, SenderDetails, SenderId};
use js_sys::Array;
use leptos::prelude::*;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

/// The page's handle to its workers: commands go in, signals come out. Cheap to copy.
///
/// There is one engine worker, which holds what is loaded and answers queries, and a pool of parser workers,
/// which read files. The page itself reads of each file just the beginning, to tell what it is.
#[derive(Clone, Copy)]
pub struct Client {
    /// What to show; `None` until the engine has answered for the first time.
    pub snapshot: ReadSignal<Option<Arc<Snapshot>>>,
    /// How far the current drop has been read; `None` when nothing is being read.
    pub progress: ReadSignal<Option<Progress>>,
    /// A worker died or could not start: the browser's own words.
    pub failure: ReadSignal<Option<String>>,
    workers: StoredValue<Rc<Workers>, LocalStorage>,
}

/// What the page shows: the report of the current query, and the files behind it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The report.
    pub overview: Overview,
    /// Which formats the figures come from.
    pub evidence: Evidence,
    /// The files, in order of loading.
    pub sources: Arc<Vec<SourceSummary>>,
}

/// A file to read: a browser `File` with the path it was dropped with.
#[derive(Clone)]
pub struct InputFile {
    /// Folder and name as dropped (`logs/RECV2026112208-1.LOG`), or just the name.
    pub path: String,
    /// The browser's handle.
    pub file: web_sys::File,
}

/// What is behind a [`Client`].
struct Workers {
    page: Rc<Page>,
    engine: Rc<EngineLink>,
    loader: Rc<Loader>,
    /// Whether the sample is being made.
    sampling: Cell<bool>,
    shows: RefCell<Latest<()>>,
}

/// What the workers' side knows of the page.
pub(super) struct Page {
    query: RefCell<Query>,
    /// The files as the engine told of them last.
    sources: RefCell<Arc<Vec<SourceSummary>>>,
    snapshot: WriteSignal<Option<Arc<Snapshot>>>,
    progress: WriteSignal<Option<Progress>>,
    failure: WriteSignal<Option<String>>,
}

impl Page {
    /// What a report asked for now is made for.
    pub(super) fn view(&self) -> Viewpoint {
        Viewpoint { query: self.query.borrow().clone(), today: timing::today() }
    }

    /// Shows the engine's answer, be it a snapshot or a failure.
    pub(super) fn show(&self, answer: Result<Answer, String>) {
        match answer {
            Ok((EngineReply::Snapshot(answer), _)) => {
                let messages::Snapshot { overview, evidence, sources } = *answer;
                if let Some(sources) = sources {
                    *self.sources.borrow_mut() = Arc::new(sources);
                }
                let sources = self.sources();
                self.snapshot.set(Some(Arc::new(Snapshot { overview, evidence, sources })));
            }
            Ok(_) => {}
            Err(message) => self.fail(message),
        }
    }

    /// The loaded files, as far as the page was told.
    pub(super) fn sources(&self) -> Arc<Vec<SourceSummary>> {
        Arc::clone(&self.sources.borrow())
    }

    /// Shows how far the reading is.
    pub(super) fn show_progress(&self, progress: Option<Progress>) {
        self.progress.set(progress);
    }

    /// Shows a failure, unless one is shown already: the first is the cause, the others follow from it.
    pub(super) fn fail(&self, message: String) {
        self.failure.update(|shown| {
            shown.get_or_insert(message);
        });
    }
}

impl Client {
    /// Starts the engine and asks it for its first (empty) snapshot.
    pub fn start() -> Self {
        let (snapshot, set_snapshot) = signal(None);
        let (progress, set_progress) = signal(None);
        let (failure, set_failure) = signal(None);
        let page = Rc::new(Page {
            query: RefCell::default(),
            sources: RefCell::default(),
            snapshot: set_snapshot,
            progress: set_progress,
            failure: set_failure,
        });
        let reading: Rc<OnceCell<Weak<Loader>>> = Rc::default();
        let engine = {
            let (page, reading) = (Rc::clone(&page), Rc::clone(&reading));
            EngineLink::new(move |message| {
                page.fail(message);
                if let Some(loader) = reading.get().and_then(Weak::upgrade) {
                    loader.abandon();
                    // With the engine, all that it held is gone.
                    loader.forget(None);
                }
            })
        };
        let loader = Loader::new(Rc::clone(&page), Rc::clone(&engine));
        // Empty until here, so it takes it.
        let _ = reading.set(Rc::downgrade(&loader));
        let workers = Workers { page, engine, loader, sampling: Cell::new(false), shows: RefCell::default() };
        let client = Self { snapshot, progress, failure, workers: StoredValue::new_local(Rc::new(workers)) };
        client.set_query(Query::default());
        let loader = client.workers.with_value(|workers| Rc::downgrade(&workers.loader));
        timing::when_idle(move || {
            if let Some(loader) = loader.upgrade() {
                loader.warm_up();
            }
        });
        client
    }

    /// Reads these files beside what is loaded. While a drop is being read, a further one queues behind it.
    pub fn load(&self, files: Vec<InputFile>) {
        self.with(|workers| {
            workers.page.failure.set(None);
            workers.loader.load(files, timing::now());
        });
    }

    /// Loads the sample data, through the same path as any file.
    pub fn load_sample(&self) {
        let dropped_at = timing::now();
        self.with(|workers| {
            if workers.sampling.replace(true) {
                return;
            }
            workers.page.failure.set(None);
            let made =
                workers.engine.ask(EngineRequest::Sample { last_day: timing::today() }, JsValue::UNDEFINED);
            let workers = Rc::clone(workers);
            spawn_local(async move {
                let made = made.await;
                let is_wanted = workers.sampling.replace(false);
                match made {
                    Ok((_, files)) if is_wanted => workers.loader.load(input_files(&files), dropped_at),
                    Ok(_) => {}
                    Err(message) => workers.page.fail(message),
                }
            });
        });
    }

    /// Stops reading and forgets what was read of the drop, and the drops queued behind it; what was loaded
    /// before stays.
    pub fn cancel(&self) {
        self.with(|workers| {
            workers.sampling.set(false);
            workers.loader.cancel();
        });
    }

    /// Takes a file out again.
    pub fn remove(&self, source: SourceId) {
        self.with(|workers| {
            workers.loader.forget(Some(source));
            workers.show(EngineRequest::Remove { source, view: workers.page.view() });
        });
    }

    /// Brings back what was taken out last, if nothing came in since.
    pub fn restore(&self) {
        self.with(|workers| {
            workers.loader.restore();
            workers.show(EngineRequest::Restore { view: workers.page.view() });
        });
    }

    /// Forgets which columns the browser remembers to be which. What is loaded stays as it was read.
    pub fn forget_mappings(&self) {
        self.with(|workers| workers.loader.forget_mappings());
    }

    /// Whether the columns of a file may be mapped by hand.
    pub fn is_mappable(&self, source: SourceId) -> bool {
        self.workers.try_get_value().is_some_and(|workers| workers.loader.is_mappable(source))
    }

    /// The name of such a file, and what there is to go by. `None` if it has been taken out.
    ///
    /// # Errors
    /// If the browser cannot read it any more: its own words.
    pub async fn mappable(&self, source: SourceId) -> Result<Option<(String, MappableCsv)>, String> {
        let Some(workers) = self.workers.try_get_value() else { return Ok(None) };
        workers.loader.mappable(source).await
    }

    /// Maps the columns of a file, and of every other with the same header, now and later; those that are loaded are
    /// read once more.
    pub fn map(&self, source: SourceId, mapping: Mapping) {
        self.with(|workers| {
            workers.page.failure.set(None);
            workers.loader.map(source, mapping);
        });
    }

    /// Says which days a report without dates is of, the first and the last.
    pub fn set_period(&self, source: SourceId, period: (Day, Day)) {
        self.with(|workers| {
            workers.show(EngineRequest::SetPeriod { source, period, view: workers.page.view() });
        });
    }

    /// Forgets everything; also the way on after a failure.
    pub fn start_over(&self) {
        self.cancel();
        self.with(|workers| {
            workers.page.failure.set(None);
            workers.loader.forget(None);
            workers.show(EngineRequest::Clear { view: workers.page.view() });
        });
    }

    /// Asks for another report; `snapshot` follows. While the engine is busy only the latest query counts.
    pub fn set_query(&self, query: Query) {
        self.with(|workers| {
            *workers.page.query.borrow_mut() = query;
            if workers.shows.borrow_mut().want(()).is_some() {
                spawn_local(Rc::clone(workers).show_queries());
            }
        });
    }

    /// A window of the details table.
    ///
    /// # Errors
    /// If the engine stopped: a sentence that says so.
    pub async fn details(&self, request: DetailsRequest) -> Result<DetailsPage, String> {
        match self.ask(EngineRequest::Details { request, today: timing::today() }).await? {
            (EngineReply::Details(page), _) => Ok(page),
            other => Err(unexpected(&other)),
        }
    }

    /// Everything about one sender.
    ///
    /// # Errors
    /// If the engine stopped: a sentence that says so.
    pub async fn sender(&self, query: Query, sender: SenderId) -> Result<Option<SenderDetails>, String> {
        match self.ask(EngineRequest::Sender { query, sender, today: timing::today() }).await? {
            (EngineReply::Sender(details), _) => Ok(details.map(|details| *details)),
            other => Err(unexpected(&other)),
        }
    }

    /// Failed sign-ins of these days, by name and by address.
    ///
    /// # Errors
    /// If the engine stopped: a sentence that says so.
    pub async fn failures(&self, range: Range) -> Result<Failures, String> {
        match self.ask(EngineRequest::Failures { range, today: timing::today() }).await? {
            (EngineReply::Failures(failures), _) => Ok(*failures),
            other => Err(unexpected(&other)),
        }
    }

    /// The Activity CSV of a selection, as a blob to download (a million rows never pass through the page).
    ///
    /// # Errors
    /// If the engine stopped or the browser has no room for the blob: a sentence that says so.
    pub async fn export_csv(&self, request: ExportRequest) -> Result<web_sys::Blob, String> {
        let (reply, blob) = self.ask(EngineRequest::Export(request)).await?;
        blob.dyn_into().map_err(|blob| unexpected(&(reply, blob)))
    }

    fn with(&self, act: impl FnOnce(&Rc<Workers>)) {
        // Disposed only with the page itself.
        if let Some(workers) = self.workers.try_get_value() {
            act(&workers);
        }
    }

    async fn ask(&self, request: EngineRequest) -> Result<Answer, String> {
        let workers = self.workers.try_get_value().ok_or("the page is closing")?;
        workers.engine.ask(request, JsValue::UNDEFINED).await
    }
}

impl Workers {
    /// Asks for something that changes what is shown.
    fn show(&self, request: EngineRequest) {
        let shown = self.engine.ask(request, JsValue::UNDEFINED);
        let page = Rc::clone(&self.page);
        spawn_local(async move { page.show(shown.await) });
    }

    /// Shows the query of now, and again as long as it has changed in the meantime.
    async fn show_queries(self: Rc<Self>) {
        loop {
            let shown = self.engine.ask(EngineRequest::Show { view: self.page.view() }, JsValue::UNDEFINED);
            self.page.show(shown.await);
            if self.shows.borrow_mut().answered().is_none() {
                return;
            }
        }
    }
}

/// The files the sample came as.
fn input_files(files: &JsValue) -> Vec<InputFile> {
    let files = files.dyn_ref::<Array>().cloned().unwrap_or_default();
    let files = files.into_iter().filter_map(|file| file.dyn_into::<web_sys::File>().ok());
    files.map(|file| InputFile { path: file.name(), file }).collect()
}

fn unexpected(answer: &Answer) -> String {
    format!("the engine gave an unexpected answer: {:?}", answer.0)
}
