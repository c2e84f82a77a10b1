//! What the browser remembers for this page from one visit to the next.

use leptos::prelude::window;
use web_sys::Storage;

/// Nothing where the browser forbids it, as some do for pages from a disk.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The text remembered under this key.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Remembers a text, if the browser allows it and has room; nothing depends on it.
pub fn set(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}
