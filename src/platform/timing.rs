//! Clocks and User Timing.

use crate::model::Day;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Performance;

/// Milliseconds since the page was opened; 0 where there is no such clock.
pub fn now() -> f64 {
    performance().map_or(0.0, |performance| performance.now())
}

/// The UTC day of today.
pub fn today() -> Day {
    // Whole milliseconds, well inside of 2^53.
    #[allow(clippy::cast_possible_truncation)]
    Day::from_unix_ms(js_sys::Date::now() as i64)
}

/// What a drop came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ingested {
    /// Files of the drop.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Lines read.
    pub rows: u64,
}

/// Records `performance.measure('ingest')` from `start` to when what was set just now is on screen: the frame
/// after the next one.
pub fn measure_ingest_when_painted(start: f64, ingested: Ingested) {
    spawn_local(async move {
        // Fails without animation frames or User Timing; then nobody measures, and nothing is lost.
        let _ = measure_when_painted(start, ingested).await;
    });
}

async fn measure_when_painted(start: f64, ingested: Ingested) -> Result<(), JsValue> {
    for _ in 0..2 {
        animation_frame().await?;
    }
    measure(start, ingested)
}

/// Does something once, when the browser has nothing else to do.
pub fn when_idle(act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    let global = js_sys::global();
    let function = |name: &str| Reflect::get(&global, &name.into()).and_then(JsValue::dyn_into::<Function>);
    let asked = match function("requestIdleCallback") {
        Ok(idle) => idle.call1(&global, &act),
        // Safari has no idle callbacks.
        Err(_) => function("setTimeout").and_then(|later| later.call2(&global, &act, &200.into())),
    };
    // Without either it is never done; whoever asks can do without.
    drop(asked);
}

/// The next animation frame.
async fn animation_frame() -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let frame = Promise::new(&mut |resolve, reject| {
        if let Err(error) = window.request_animation_frame(&resolve) {
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        }
    });
    JsFuture::from(frame).await.map(drop)
}

fn measure(start: f64, ingested: Ingested) -> Result<(), JsValue> {
    let detail = Object::new();
    for (name, value) in [("files", ingested.files), ("bytes", ingested.bytes), ("rows", ingested.rows)] {
        Reflect::set(&detail, &name.into(), &(value as f64).into())?;
    }
    let options = Object::new();
    Reflect::set(&options, &"start".into(), &start.into())?;
    Reflect::set(&options, &"end".into(), &now().into())?;
    Reflect::set(&options, &"detail".into(), &detail)?;
    let performance = performance().ok_or(JsValue::UNDEFINED)?;
    let measure: Function = Reflect::get(&performance, &"measure".into())?.dyn_into()?;
    measure.call2(&performance, &"ingest".into(), &options)?;
    Ok(())
}

fn performance() -> Option<Performance> {
    Reflect::get(&js_sys::global(), &"performance".into()).ok()?.dyn_into().ok()
}
