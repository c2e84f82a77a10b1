//! Reads drops: one at a time, each by as many parser workers as are of use.

use super::client::{InputFile, Page};
use super::engine_link::EngineLink;
use super::link::{Event, Link};
use super::messages::{DropId, EngineReply, EngineRequest, FromWorker, Progress, ToWorker};
use super::schedule::{Complete, Job, Place, Schedule, WorkerId};
use crate::aggregate::{self, SourceId, SourceSummary, Unit};
use crate::ingest::decode::zip::{Directory, Entry, is_zip};
use crate::ingest::mappings::{HeaderId, Mappings};
use crate::ingest::other_csv::{MappableCsv, Mapping};
use crate::ingest::{FileProblem, HEAD_BYTES};
use crate::platform::timing::Ingested;
use crate::platform::{file, scope, served, storage, timing};
use crate::sample;
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, File};

/// More parsers than this gain nothing: reading the disk and merging are then the bottleneck.
const MAX_PARSERS: usize = 4;
/// The page hears of progress at most this often, in milliseconds.
const PROGRESS_MS: f64 = 100.0;
/// What the browser remembers mappings under; the number is that of [`Mappings::to_text`]'s format.
const MAPPINGS_KEY: &str = "smtp-auth-report.mappings.1";

/// The parser workers, and what they are reading.
pub struct Loader {
    this: Weak<Self>,
    page: Rc<Page>,
    engine: Rc<EngineLink>,
    workers: RefCell<BTreeMap<WorkerId, Rc<Link>>>,
    next_worker: Cell<u32>,
    current: RefCell<Option<Load>>,
    waiting: RefCell<VecDeque<Waiting>>,
    /// The loaded files whose columns may be mapped by hand.
    mappable: RefCell<Vec<(SourceId, Source)>>,
    /// Those of them that were taken out last, and may come back.
    aside: RefCell<Vec<(SourceId, Source)>>,
    mappings: RefCell<Rc<Mappings>>,
    next_drop: Cell<u32>,
    next_job: Cell<u32>,
    /// Whether workers turned out to be unable to read files that the page can read.
    page_reads: Cell<bool>,
}

/// A drop that waits for the one before it.
struct Waiting {
    files: Vec<Source>,
    dropped_at: f64,
}

/// A drop that is being read.
struct Load {
    id: DropId,
    files: Vec<Source>,
    /// Those that are staged and whose columns may be mapped.
    mappable: Vec<(SourceId, Source)>,
    dropped_at: f64,
    schedule: Schedule<Unit>,
    progress_shown_at: f64,
    committing: bool,
}

impl Load {
    /// The loaded files that are read once more.
    fn read_again(&self) -> impl Iterator<Item = SourceId> + '_ {
        self.files.iter().filter_map(|file| file.replaces)
    }

    /// The loaded files that go when these come: those that are read once more, and the sample, if these are not it.
    fn replaced(&self, loaded: &[SourceSummary]) -> Vec<SourceId> {
        let is_sample = self.files.iter().any(|file| sample::is_sample(&file.path));
        let sample = loaded.iter().filter(|source| !is_sample && sample::is_sample(&source.name));
        self.read_again().chain(sample.map(|source| source.id)).collect()
    }
}

/// A file of a drop, or one in an archive of it.
#[derive(Clone)]
struct Source {
    path: String,
    /// Its bytes; of an archive's entry the archive.
    file: Blob,
    entry: Option<Entry>,
    /// Its own bytes, once it was looked at.
    data: Option<Blob>,
    /// Its column names, if they may be mapped.
    header: Option<HeaderId>,
    /// The loaded file that it is, if it is read once more.
    replaces: Option<SourceId>,
}

impl Source {
    /// That nobody has looked at.
    const fn new(path: String, file: Blob, entry: Option<Entry>) -> Self {
        Self { path, file, entry, data: None, header: None, replaces: None }
    }

    /// As it is stored.
    fn bytes(&self) -> u64 {
        self.entry.as_ref().map_or_else(|| file::size(&self.file), |entry| entry.packed_bytes)
    }

    /// Its own bytes, and the first of them.
    async fn open(&self) -> Result<Result<(Blob, Vec<u8>), FileProblem>, String> {
        let Self { file, entry, .. } = self;
        let data = match entry {
            None => file.clone(),
            Some(Entry { content: Err(problem), .. }) => return Ok(Err(problem.clone())),
            Some(entry) => match entry.data(&file::read(file, entry.header()).await?) {
                Ok(data) => file::part(file, data)?,
                Err(problem) => return Ok(Err(problem)),
            },
        };
        let head = file::read(&data, 0..HEAD_BYTES as u64).await?;
        Ok(Ok((data, head)))
    }

    /// Looks at what it is.
    async fn look(&self, mappings: &Mappings) -> Result<Look, String> {
        let Self { file, entry, .. } = self;
        let bytes = self.bytes();
        let refused = |problem| Look::File(file.clone(), aggregate::refuse(problem, bytes), None);
        let (data, head) = match self.open().await? {
            Ok(opened) => opened,
            Err(problem) => return Ok(refused(problem)),
        };
        if entry.is_some() || !is_zip(&head) {
            let entry = entry.as_ref();
            let units = aggregate::plan_with(&head, bytes, entry, mappings);
            let is_mappable = units.first().is_some_and(Unit::is_mappable);
            let csv = is_mappable.then(|| aggregate::mappable(&head, bytes, entry, mappings)).flatten();
            return Ok(Look::File(data, units, csv.map(|csv| HeaderId::of(&csv.table))));
        }
        let mut directory = Directory::new(bytes);
        loop {
            match directory.take(&file::read(file, directory.wants()).await?) {
                Ok(None) => {}
                Ok(Some(entries)) => return Ok(Look::Archive(entries)),
                Err(problem) => return Ok(refused(problem)),
            }
        }
    }
}

/// What a look at a file comes to.
enum Look {
    /// These units of these bytes are to be read. The header, if its columns may be mapped by hand.
    File(Blob, Vec<Unit>, Option<HeaderId>),
    /// It holds these files.
    Archive(Vec<Entry>),
}

impl Loader {
    /// Without any worker yet.
    pub fn new(page: Rc<Page>, engine: Rc<EngineLink>) -> Rc<Self> {
        Rc::new_cyclic(|this| Self {
            this: Weak::clone(this),
            page,
            engine,
            workers: RefCell::default(),
            next_worker: Cell::new(0),
            current: RefCell::default(),
            waiting: RefCell::default(),
            mappable: RefCell::default(),
            aside: RefCell::default(),
            mappings: RefCell::new(Rc::new(remembered())),
            next_drop: Cell::new(0),
            next_job: Cell::new(0),
            page_reads: Cell::new(false),
        })
    }

    /// Reads these files, when the drops before them are done.
    pub fn load(&self, files: Vec<InputFile>, dropped_at: f64) {
        let source = |InputFile { path, file }: InputFile| Source::new(path, file.into(), None);
        self.enqueue(files.into_iter().map(source).collect(), dropped_at);
    }

    fn enqueue(&self, files: Vec<Source>, dropped_at: f64) {
        if files.is_empty() {
            return;
        }
        self.waiting.borrow_mut().push_back(Waiting { files, dropped_at });
        self.start_next();
    }

    /// Whether the columns of a loaded file may be mapped by hand.
    pub fn is_mappable(&self, source: SourceId) -> bool {
        self.mappable.borrow().iter().any(|(id, _)| *id == source)
    }

    fn mappable_file(&self, source: SourceId) -> Option<Source> {
        self.mappable.borrow().iter().find(|(id, _)| *id == source).map(|(_, file)| file.clone())
    }

    /// What there is to go by for that; its name comes first.
    pub async fn mappable(&self, source: SourceId) -> Result<Option<(String, MappableCsv)>, String> {
        let Some(file) = self.mappable_file(source) else { return Ok(None) };
        let Ok((_, head)) = file.open().await? else { return Ok(None) };
        let csv = aggregate::mappable(&head, file.bytes(), file.entry.as_ref(), &self.mappings.borrow());
        Ok(csv.map(|csv| (file.path, csv)))
    }

    /// Remembers a mapping for all files with this one's header, and reads those that are loaded once more.
    pub fn map(&self, source: SourceId, mapping: Mapping) {
        let Some(header) = self.mappable_file(source).and_then(|file| file.header) else { return };
        // Another tab may have remembered others in the meantime; where nothing can be stored, ours are all there is.
        let mut mappings = remembered();
        mappings.extend(Mappings::clone(&self.mappings.borrow()));
        mappings.remember(header, mapping);
        storage::set(MAPPINGS_KEY, &mappings.to_text());
        *self.mappings.borrow_mut() = Rc::new(mappings);
        let mappable = self.mappable.borrow();
        let of_header = mappable.iter().filter(|(_, file)| file.header == Some(header));
        let again = of_header.map(|(id, file)| Source { replaces: Some(*id), ..file.clone() }).collect();
        drop(mappable);
        self.enqueue(again, timing::now());
    }

    /// Forgets a loaded file, or all of them.
    pub fn forget(&self, source: Option<SourceId>) {
        let mut mappable = self.mappable.borrow_mut();
        let (kept, gone) = mappable.drain(..).partition(|(id, _)| source.is_some_and(|source| source != *id));
        *mappable = kept;
        *self.aside.borrow_mut() = gone;
    }

    /// Takes back the last [`forget`](Self::forget).
    pub fn restore(&self) {
        self.mappable.borrow_mut().append(&mut self.aside.borrow_mut());
    }

    /// Forgets which columns are which, but for what is loaded.
    pub fn forget_mappings(&self) {
        *self.mappings.borrow_mut() = Rc::default();
    }

    /// Forgets the drop that is being read and those that wait.
    pub fn cancel(&self) {
        // What is read once more is out already, and in again in a moment.
        if self.with_load(|load| load.committing && load.read_again().next().is_some()) == Some(true) {
            return self.waiting.borrow_mut().clear();
        }
        if let Some(drop) = self.abandon() {
            let shown =
                self.engine.ask(EngineRequest::Forget { drop, view: self.page.view() }, JsValue::UNDEFINED);
            let page = Rc::clone(&self.page);
            spawn_local(async move { page.show(shown.await) });
        }
    }

    /// Stops all reading at once, and tells which drop came to nothing by it.
    pub fn abandon(&self) -> Option<DropId> {
        self.waiting.borrow_mut().clear();
        let load = self.current.borrow_mut().take()?;
        self.next_job.set(load.schedule.next_job());
        // A worker in the midst of a unit can only be stopped by ending it.
        end_later(std::mem::take(&mut *self.workers.borrow_mut()).into_values());
        self.page.show_progress(None);
        Some(load.id)
    }

    fn start_next(&self) {
        if self.current.borrow().is_some() {
            return;
        }
        let Some(Waiting { files, dropped_at }) = self.waiting.borrow_mut().pop_front() else { return };
        let id = DropId(self.next_drop.get());
        self.next_drop.set(id.0 + 1);
        let schedule = Schedule::new(files.iter().map(Source::bytes), self.next_job.get());
        let load = Load {
            id,
            files,
            mappable: Vec::new(),
            dropped_at,
            schedule,
            progress_shown_at: f64::NEG_INFINITY,
            committing: false,
        };
        *self.current.borrow_mut() = Some(load);
        self.advance();
    }

    /// Does whatever can be done now.
    fn advance(&self) {
        self.plan();
        self.assign();
        self.hand_on();
        self.show_progress();
    }

    /// Does something with the current drop.
    fn with_load<T>(&self, act: impl FnOnce(&mut Load) -> T) -> Option<T> {
        self.current.borrow_mut().as_mut().map(act)
    }

    fn plan(&self) {
        let next = |load: &mut Load| {
            let index = load.schedule.start_planning()?;
            Some((load.id, index, load.files.get(index)?.clone()))
        };
        while let Some((drop, index, source)) = self.with_load(next).flatten() {
            let this = Weak::clone(&self.this);
            let mappings = Rc::clone(&self.mappings.borrow());
            spawn_local(async move {
                let look = source.look(&mappings).await;
                if let Some(this) = this.upgrade() {
                    this.planned(drop, index, &source, look);
                }
            });
        }
    }

    fn planned(&self, drop: DropId, index: usize, source: &Source, look: Result<Look, String>) {
        self.with_load(|load| match look {
            _ if load.id != drop => {}
            Ok(Look::File(data, units, header)) => {
                if let Some(source) = load.files.get_mut(index) {
                    (source.data, source.header) = (Some(data), header);
                }
                let units = units.into_iter().map(|unit| {
                    let bytes = unit.end.saturating_sub(unit.start);
                    (unit, bytes)
                });
                load.schedule.planned(index, units.collect());
            }
            Ok(Look::Archive(entries)) => {
                load.schedule.expanded(index, entries.iter().map(|entry| entry.packed_bytes));
                load.files.extend(entries.into_iter().map(|entry| {
                    let path = format!("{}/{}", source.path, entry.name);
                    Source::new(path, source.file.clone(), Some(entry))
                }));
            }
            Err(message) => load.schedule.not_planned(index, message),
        });
        self.advance();
    }

    fn assign(&self) {
        let max = max_parsers();
        loop {
            let workers: Vec<WorkerId> = self.workers.borrow().keys().copied().collect();
            let place = self.with_load(|load| load.schedule.place(workers, max)).flatten();
            let worker = match place {
                None => return,
                Some(Place::Worker(worker)) => worker,
                Some(Place::NewWorker) => match self.start_worker() {
                    Ok(worker) => worker,
                    Err(message) => return self.fail(message),
                },
            };
            let next = |load: &mut Load| {
                let Job { id, file, unit, by_page } = load.schedule.start(worker)?;
                let data = load.files.get(file)?.data.clone()?;
                Some((ToWorker::Parse { job: id, unit }, data, by_page))
            };
            let Some((message, file, by_page)) = self.with_load(next).flatten() else { return };
            let link = self.workers.borrow().get(&worker).cloned();
            let say = |file: JsValue| link.map_or(Ok(()), |link| link.say(&message, file));
            let said = if by_page || self.page_reads.get() {
                served::serve(&file).and_then(|port| say(port.into()))
            } else {
                say(file.into())
            };
            if let Err(message) = said {
                return self.fail(message);
            }
        }
    }

    /// Starts all parsers, so that the first drop need not wait for them: some 60 ms.
    pub fn warm_up(&self) {
        let running = self.workers.borrow().len();
        for _ in running..max_parsers() {
            // The first drop will try again, and tell.
            let _ = self.start_worker();
        }
    }

    fn start_worker(&self) -> Result<WorkerId, String> {
        let worker = WorkerId(self.next_worker.get());
        self.next_worker.set(worker.0 + 1);
        let this = Weak::clone(&self.this);
        let link = Link::start(&format!("parser {}", worker.0), move |event| {
            if let Some(this) = this.upgrade() {
                this.on_event(worker, event);
            }
        })?;
        self.workers.borrow_mut().insert(worker, link);
        Ok(worker)
    }

    fn on_event(&self, worker: WorkerId, event: Event) {
        if !self.workers.borrow().contains_key(&worker) {
            return;
        }
        match event {
            Event::Said(FromWorker::Progress { job, bytes, totals }, _) => {
                self.with_load(|load| load.schedule.progress(job, bytes, totals));
                return self.show_progress();
            }
            Event::Said(FromWorker::Parsed { job, gist }, result) => {
                let take = |load: &mut Load| {
                    if load.schedule.is_by_page(job) {
                        self.page_reads.set(true);
                    }
                    let (file, unit) = load.schedule.done(job, gist)?;
                    Some(EngineRequest::Take { drop: load.id, file, unit })
                };
                if let Some(request) = self.with_load(take).flatten() {
                    // In the engine's hands at once, so that the page holds nothing of what was read. What it lacks shows
                    // when the file is staged.
                    drop(self.engine.ask(request, Array::of1(&result).into()));
                }
            }
            Event::Said(FromWorker::Unreadable { job, message }, _) => {
                self.with_load(|load| {
                    if !load.schedule.let_page_read(job) {
                        load.schedule.unreadable(job, message);
                    }
                });
            }
            Event::Said(..) => {}
            Event::Died { message, started } => {
                end_later(self.workers.borrow_mut().remove(&worker));
                if !started {
                    // Another one would not start either.
                    return self.fail(message);
                }
                self.with_load(|load| load.schedule.crashed(worker, &message));
            }
        }
        self.advance();
    }

    /// Hands complete files on to the engine; after the last one the drop is shown.
    fn hand_on(&self) {
        let next = |load: &mut Load| {
            let Complete { file, outcome } = load.schedule.hand_on()?;
            let input = load.files.get(file)?;
            let (drop, name, bytes) = (load.id, input.path.clone(), input.bytes());
            let modified_ms = input.file.dyn_ref::<File>().map(file::modified_ms);
            let mappable = input.header.is_some().then(|| input.clone());
            let request = match outcome {
                Ok(units) => {
                    let file = u32::try_from(file).unwrap_or(u32::MAX);
                    EngineRequest::Stage { drop, file, units, name, bytes, modified_ms }
                }
                Err(message) => EngineRequest::StageUnreadable { drop, name, bytes, message },
            };
            Some((drop, request, mappable))
        };
        while let Some((drop, request, mappable)) = self.with_load(next).flatten() {
            // The engine takes its messages in order, so the answer need not be awaited before the commit.
            let staged = self.engine.ask(request, JsValue::UNDEFINED);
            if let (Some(mappable), this) = (mappable, Weak::clone(&self.this)) {
                spawn_local(async move {
                    let (Ok((EngineReply::Staged(id), _)), Some(this)) = (staged.await, this.upgrade())
                    else {
                        return;
                    };
                    this.with_load(|load| {
                        // Else it was cancelled in the meantime.
                        if load.id == drop {
                            load.mappable.push((id, mappable));
                        }
                    });
                });
            }
        }
        let finished = self.with_load(|load| {
            let finished = load.schedule.is_finished() && !load.committing;
            load.committing |= finished;
            finished.then(|| (load.id, load.replaced(&self.page.sources())))
        });
        if let (Some((drop, replaced)), Some(this)) = (finished.flatten(), self.this.upgrade()) {
            let request = EngineRequest::Commit { drop, replaced, view: self.page.view() };
            let shown = self.engine.ask(request, JsValue::UNDEFINED);
            spawn_local(async move {
                let shown = shown.await;
                this.committed(drop, shown);
            });
        }
    }

    fn committed(&self, drop: DropId, shown: Result<(EngineReply, JsValue), String>) {
        // Cancelled in the meantime: the engine was told to forget it.
        let Some(mut load) = self.current.borrow_mut().take_if(|load| load.id == drop) else { return };
        self.next_job.set(load.schedule.next_job());
        for source in load.read_again() {
            self.forget(Some(source));
        }
        let is_shown = shown.is_ok();
        if is_shown {
            self.mappable.borrow_mut().append(&mut load.mappable);
        }
        self.page.show(shown);
        self.page.show_progress(None);
        if is_shown {
            let ((bytes, _), (files, _)) = (load.schedule.bytes(), load.schedule.files());
            let ingested = Ingested { files, bytes, rows: load.schedule.totals().lines };
            timing::measure_ingest_when_painted(load.dropped_at, ingested);
        }
        self.start_next();
    }

    fn show_progress(&self) {
        let now = timing::now();
        let progress = self.with_load(|load| {
            // The last figures are on screen while the engine makes the report.
            if now - load.progress_shown_at < PROGRESS_MS && !load.committing {
                return None;
            }
            load.progress_shown_at = now;
            let ((bytes_done, bytes_total), (files_done, files_total)) =
                (load.schedule.bytes(), load.schedule.files());
            let elapsed_ms = now - load.dropped_at;
            let totals = load.schedule.totals();
            Some(Progress { bytes_done, bytes_total, files_done, files_total, elapsed_ms, totals })
        });
        if let Some(progress) = progress.flatten() {
            self.page.show_progress(Some(progress));
        }
    }

    /// No worker can be had: nothing can be read.
    fn fail(&self, message: String) {
        self.cancel();
        self.page.fail(message);
    }
}

/// As many as the machine has cores, within reason.
fn max_parsers() -> usize {
    scope::hardware_concurrency().clamp(1, MAX_PARSERS)
}

/// The mappings that the browser remembers.
fn remembered() -> Mappings {
    storage::get(MAPPINGS_KEY).map(|text| Mappings::from_text(&text)).unwrap_or_default()
}

/// Ends workers, but not inside of their own events.
fn end_later(workers: impl IntoIterator<Item = Rc<Link>>) {
    let workers: Vec<_> = workers.into_iter().collect();
    spawn_local(async move { drop(workers) });
}
