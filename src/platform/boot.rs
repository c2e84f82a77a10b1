//! What the page's boot script (`assets/boot.js`) offers to the program.

use super::error_text;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Worker;

/// Starts a worker that runs this same program, from the module that is compiled already. The name is for the
/// browser's developer tools.
///
/// # Errors
/// If there is no boot script, or the browser refuses a worker: its own words.
pub fn spawn_worker(name: &str) -> Result<Worker, String> {
    call("spawnWorker", &name.into()).and_then(JsCast::dyn_into).map_err(|error| error_text(&error))
}

/// Makes sure that `ECharts` is there.
///
/// # Errors
/// If there is no boot script: the browser's words.
pub fn need_charts() -> Result<(), String> {
    call("charts", &JsValue::UNDEFINED).map(|_| ()).map_err(|error| error_text(&error))
}

fn call(name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let boot = Reflect::get(&js_sys::global(), &"boot".into())?;
    let function: Function = Reflect::get(&boot, &name.into())?.dyn_into()?;
    function.call1(&boot, argument)
}
