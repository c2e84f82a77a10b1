//! The browser: the only place that calls `web-sys`.

pub mod boot;
pub mod file;
pub mod scope;
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
