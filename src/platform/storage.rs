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

/// Forgets everything under keys that begin so.
pub fn clear(prefix: &str) {
    let Some(storage) = storage() else { return };
    let keys: Vec<String> = (0..storage.length().unwrap_or(0))
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|key| key.starts_with(prefix))
        .collect();
    for key in keys {
        let _ = storage.remove_item(&key);
    }
}
