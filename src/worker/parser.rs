//! A parser worker: reads units, one after the other.

use super::messages::{FromWorker, Gist, JobId};
use super::serve::tell;
use crate::aggregate::{Unit, UnitReader};
use crate::platform::file::{Buffers, PieceReader};
use crate::platform::{scope, timing};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// Progress is told at most this often, in milliseconds: often enough for figures that seem to run, seldom enough that
/// to sum them up costs nothing.
const PROGRESS_MS: f64 = 400.0;

/// Reads units in the order in which they come.
#[derive(Clone, Default)]
pub struct Parser {
    queue: Rc<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: RefCell<VecDeque<Waiting>>,
    reading: Cell<bool>,
}

/// A unit to be read.
struct Waiting {
    job: JobId,
    unit: Unit,
    /// The file, or the port at which the page serves it.
    file: JsValue,
    /// Opened already. An error is told when it is the unit's turn.
    pieces: Option<Result<PieceReader, String>>,
}

impl Waiting {
    fn open(&self) -> Result<PieceReader, String> {
        PieceReader::open(&self.file, self.unit.read_from())
    }
}

impl Queue {
    /// Opens the next unit, so that the browser fetches its beginning while another one is being read.
    fn open_next(&self) {
        if let Some(next) = self.waiting.borrow_mut().front_mut()
            && next.pieces.is_none()
        {
            next.pieces = Some(next.open());
        }
    }
}

impl Parser {
    /// Reads a unit when those before it are done, and tells the page what came of it.
    pub fn read(&self, job: JobId, unit: Unit, file: JsValue) {
        self.queue.waiting.borrow_mut().push_back(Waiting { job, unit, file, pieces: None });
        if !self.queue.reading.replace(true) {
            spawn_local(Self::read_all(Rc::clone(&self.queue)));
        }
    }

    async fn read_all(queue: Rc<Queue>) {
        let mut buffers = Buffers::default();
        loop {
            let next = queue.waiting.borrow_mut().pop_front();
            let Some(next) = next else { break };
            let job = next.job;
            match read_unit(next, &queue, &mut buffers).await {
                Ok((gist, result)) => tell(&FromWorker::Parsed { job, gist }, scope::buffer(&result)),
                Err(message) => tell(&FromWorker::Unreadable { job, message }, JsValue::UNDEFINED),
            }
        }
        queue.reading.set(false);
    }
}

/// What the page has to know, and the encoded result for the engine.
async fn read_unit(
    mut waiting: Waiting,
    queue: &Queue,
    buffers: &mut Buffers,
) -> Result<(Gist, Vec<u8>), String> {
    let mut pieces = waiting.pieces.take().unwrap_or_else(|| waiting.open())?;
    let Waiting { job, unit, .. } = waiting;
    let (start, mut at) = (unit.start, unit.read_from());
    let mut reader = UnitReader::new(unit);
    let mut told = timing::now();
    loop {
        let piece = pieces.next(buffers).await?;
        if piece.is_empty() {
            break;
        }
        at += piece.len() as u64;
        queue.open_next();
        if !reader.feed(piece) {
            pieces.cancel().await;
            break;
        }
        let now = timing::now();
        if now - told >= PROGRESS_MS {
            told = now;
            let (bytes, totals) = (at.saturating_sub(start), reader.totals());
            tell(&FromWorker::Progress { job, bytes, totals }, JsValue::UNDEFINED);
        }
    }
    let result = reader.finish();
    let encoded = postcard::to_stdvec(&result).map_err(|error| error.to_string())?;
    let (begins, ends) = (result.begins.clone(), result.ends.clone());
    Ok((Gist { totals: result.totals, begins, ends }, encoded))
}
