//! A parser worker: reads units, one after the other.

use super::messages::{FromWorker, JobId};
use super::serve::tell;
use crate::aggregate::{Unit, UnitReader};
use crate::platform::file::{Buffers, PieceReader};
use crate::platform::{scope, timing};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

/// Progress is told at most this often, in milliseconds.
const PROGRESS_MS: f64 = 100.0;

/// Reads units in the order in which they come.
#[derive(Clone, Default)]
pub struct Parser {
    queue: Rc<RefCell<Queue>>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<(JobId, Unit, File)>,
    reading: bool,
}

impl Parser {
    /// Reads a unit when those before it are done, and tells the page what came of it.
    pub fn read(&self, job: JobId, unit: Unit, file: File) {
        let mut queue = self.queue.borrow_mut();
        queue.waiting.push_back((job, unit, file));
        if !queue.reading {
            queue.reading = true;
            spawn_local(Self::read_all(Rc::clone(&self.queue)));
        }
    }

    async fn read_all(queue: Rc<RefCell<Queue>>) {
        let mut buffers = Buffers::default();
        loop {
            let next = queue.borrow_mut().waiting.pop_front();
            let Some((job, unit, file)) = next else { break };
            match read_unit(job, unit, &file, &mut buffers).await {
                Ok((lines, result)) => tell(&FromWorker::Parsed { job, lines }, scope::buffer(&result)),
                Err(message) => tell(&FromWorker::Unreadable { job, message }, JsValue::UNDEFINED),
            }
        }
        queue.borrow_mut().reading = false;
    }
}

/// Lines read, and the encoded result.
async fn read_unit(
    job: JobId,
    unit: Unit,
    file: &File,
    buffers: &mut Buffers,
) -> Result<(u64, Vec<u8>), String> {
    let (start, mut at) = (unit.start, unit.read_from());
    let mut reader = UnitReader::new(unit);
    let mut pieces = PieceReader::open(file, at, buffers)?;
    let mut told = timing::now();
    loop {
        let piece = pieces.next().await?;
        if piece.is_empty() {
            break;
        }
        at += piece.len() as u64;
        if !reader.feed(piece) {
            pieces.cancel().await;
            break;
        }
        let now = timing::now();
        if now - told >= PROGRESS_MS {
            told = now;
            tell(&FromWorker::Progress { job, bytes: at.saturating_sub(start) }, JsValue::UNDEFINED);
        }
    }
    let lines = reader.lines_read();
    let result = postcard::to_stdvec(&reader.finish()).map_err(|error| error.to_string())?;
    Ok((lines, result))
}
