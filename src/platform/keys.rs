//! Keys pressed anywhere in the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// How the keys for *Undo* are written.
pub const UNDO: &str = "Ctrl+Z";

/// A key that means the page, not a field.
pub struct Press {
    /// What it types, in lower case: `a`, `?`, `/`.
    pub key: String,
    /// Ctrl+Z, or Command+Z on a Mac.
    pub undoes: bool,
}

/// Calls back for each key that is pressed outside of fields, for as long as the page lives. The callback says whether it
/// did something; then the browser does nothing with the key.
pub fn on_press(callback: impl Fn(Press) -> bool + 'static) {
    let _ = window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() || event.alt_key() || is_field(&event) {
            return;
        }
        let held = event.ctrl_key() || event.meta_key();
        let key = typed(&event);
        let undoes = held && key == "z" && !event.shift_key();
        if (undoes || !held) && callback(Press { key, undoes }) {
            event.prevent_default();
        }
    });
}

/// A letter of another script stands for the Latin one on the same key: a Korean keyboard types ㅁ where A is.
fn typed(event: &web_sys::KeyboardEvent) -> String {
    let key = event.key().to_lowercase();
    match event.code().strip_prefix("Key") {
        Some(letter) if !key.is_ascii() => letter.to_lowercase(),
        _ => key,
    }
}

fn is_field(event: &web_sys::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| {
        element
            .closest("input:not([type=checkbox]):not([type=radio]):not([type=file]), select, textarea")
            .is_ok_and(|field| field.is_some())
    })
}
