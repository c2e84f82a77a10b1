//! The only place that calls the browser (`web-sys`, and JavaScript of our own choosing).
//!
//! Everything here is thin: a function per thing the browser does, so that the rest can be read without knowing it.

pub mod boot;
pub mod chart;
pub mod dom;
pub mod download;
pub mod drop;
pub mod file;
pub mod intl;
pub mod keys;
pub mod picture;
pub mod scope;
pub mod served;
pub mod storage;
pub mod timing;

use wasm_bindgen::{JsCast, JsValue};

/// The browser's own words for an error: name and message.
pub fn error_text(error: &JsValue) -> String {
    // `Error` and `DOMException` both print as "NotReadableError: The requested file could not be read, …".
    match error.dyn_ref::<js_sys::Object>() {
        Some(object) => object.to_string().into(),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}
