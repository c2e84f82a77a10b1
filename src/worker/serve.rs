//! The worker's side: takes what the page sends, and is parser or engine as asked.

use super::engine::Engine;
use super::messages::{CallId, EngineReply, EngineRequest, FromWorker, ToWorker};
use super::parser::Parser;
use crate::platform::file::{self, BlobWriter};
use crate::platform::scope::{self, Parcel};
use crate::sample;
use js_sys::Array;
use wasm_bindgen::JsValue;

/// Media type of the Activity CSV.
const CSV_TYPE: &str = "text/csv;charset=utf-8";

/// Serves the page for as long as it lives.
pub fn serve() {
    std::panic::set_hook(Box::new(|panic| tell(&FromWorker::Crashed(panic.to_string()), JsValue::UNDEFINED)));
    let mut engine = Engine::default();
    let parser = Parser::default();
    scope::on_parcel(move |parcel| match postcard::from_bytes(&parcel.bytes) {
        Ok(ToWorker::Parse { job, unit }) => parser.read(job, unit, parcel.extra),
        Ok(ToWorker::Ask { call, request }) => answer(&mut engine, call, request, &parcel.extra),
        // Page and worker are the same program; only another page could get here.
        Err(error) => tell(&FromWorker::Crashed(error.to_string()), JsValue::UNDEFINED),
    });
    tell(&FromWorker::Ready, JsValue::UNDEFINED);
}

/// Sends a message to the page.
pub(super) fn tell(message: &FromWorker, extra: JsValue) {
    // Neither can fail for these plain messages; if it does, there is nobody to tell.
    if let Ok(bytes) = postcard::to_stdvec(message) {
        let _ = scope::post_to_page(Parcel { bytes, extra });
    }
}

fn answer(engine: &mut Engine, call: CallId, request: EngineRequest, extra: &JsValue) {
    let answered = match request {
        EngineRequest::Sample { last_day } => {
            let files: Result<Array, String> = sample::files(last_day)
                .into_iter()
                .map(|sample| file::make(&sample.name, &sample.bytes).map(JsValue::from))
                .collect();
            files.map(|files| (EngineReply::Done, files.into()))
        }
        request => {
            let mut export = BlobWriter::default();
            let reply = engine.answer(request, scope::buffers(extra), &mut |piece| export.push(piece));
            match reply {
                EngineReply::Exported { .. } => export.finish(CSV_TYPE).map(|blob| (reply, blob.into())),
                reply => Ok((reply, JsValue::UNDEFINED)),
            }
        }
    };
    let (reply, extra) =
        answered.unwrap_or_else(|message| (EngineReply::Failed(message), JsValue::UNDEFINED));
    tell(&FromWorker::Answer { call, reply: Box::new(reply) }, extra);
}
