//! Page and worker scopes, and the messages between them.

use super::{boot, error_text};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, ErrorEvent, Event, MessageEvent, MessagePort, Window};

/// Whether this is the page, not a worker.
pub fn is_window() -> bool {
    js_sys::global().is_instance_of::<Window>()
}

/// How many threads the machine runs at a time; 2 where the browser does not tell.
pub fn hardware_concurrency() -> usize {
    let told = web_sys::window().map_or(0.0, |window| window.navigator().hardware_concurrency());
    // NaN and nonsense become 0 in the cast.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    match told as usize {
        0 => 2,
        threads => threads,
    }
}

/// A message: bytes, and beside them what only the browser can carry (a `File`, a `Blob`, a port, buffers).
#[derive(Debug)]
pub struct Parcel {
    /// What is said.
    pub bytes: Vec<u8>,
    /// What goes with it, or `undefined`.
    pub extra: JsValue,
}

impl Parcel {
    /// The form in which it travels, and the buffers that move instead of being copied.
    fn pack(self) -> (Array, Array) {
        let bytes = Uint8Array::from(self.bytes.as_slice());
        let moved = Array::of1(&bytes.buffer());
        if let Some(extra) = self.extra.dyn_ref::<Uint8Array>() {
            moved.push(&extra.buffer());
        } else if self.extra.is_instance_of::<MessagePort>() {
            moved.push(&self.extra);
        } else if Array::is_array(&self.extra) {
            for item in self.extra.unchecked_ref::<Array>().iter() {
                if let Some(item) = item.dyn_ref::<Uint8Array>() {
                    moved.push(&item.buffer());
                }
            }
        }
        (Array::of2(&bytes, &self.extra), moved)
    }

    /// Of a message's data; `None` if it is of another kind.
    fn unpack(data: &JsValue) -> Option<Self> {
        let pair = data.dyn_ref::<Array>()?;
        let bytes = pair.get(0).dyn_into::<Uint8Array>().ok()?.to_vec();
        Some(Self { bytes, extra: pair.get(1) })
    }
}

/// Bytes as a buffer that can go along with a [`Parcel`].
pub fn buffer(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// The buffers that came along with a [`Parcel`], one after the other.
pub fn buffers(extra: &JsValue) -> impl Iterator<Item = Vec<u8>> {
    let list = extra.dyn_ref::<Array>().cloned().unwrap_or_default();
    list.into_iter().filter_map(|item| match item.dyn_into::<Uint8Array>() {
        Ok(bytes) => Some(bytes.to_vec()),
        Err(other) => other.dyn_into::<ArrayBuffer>().ok().map(|buffer| Uint8Array::new(&buffer).to_vec()),
    })
}

/// A running worker. It ends when this is dropped.
pub struct Worker {
    handle: web_sys::Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Worker {
    /// Starts a worker. `on_failure` gets the browser's words for an uncaught error in it.
    ///
    /// # Errors
    /// If the browser refuses: its own words.
    pub fn spawn(
        name: &str,
        on_parcel: impl Fn(Parcel) + 'static,
        on_failure: impl Fn(String) + 'static,
    ) -> Result<Self, String> {
        let handle = boot::spawn_worker(name)?;
        let on_message = Closure::new(move |event: MessageEvent| {
            // Other messages are the boot script's own.
            if let Some(parcel) = Parcel::unpack(&event.data()) {
                on_parcel(parcel);
            }
        });
        let on_error = Closure::new(move |event: Event| {
            // The failure is shown on the page; it need not stand in the console too.
            event.prevent_default();
            let text = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
            on_failure(if text.is_empty() { "The worker could not start.".to_owned() } else { text });
        });
        handle.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        handle.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        handle.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { handle, _on_message: on_message, _on_error: on_error })
    }

    /// Sends a message.
    ///
    /// # Errors
    /// If the browser cannot send it: its own words.
    pub fn post(&self, parcel: Parcel) -> Result<(), String> {
        let (message, moved) = parcel.pack();
        self.handle.post_message_with_transfer(&message, &moved).map_err(|error| error_text(&error))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.handle.set_onmessage(None);
        self.handle.set_onerror(None);
        self.handle.set_onmessageerror(None);
        self.handle.terminate();
    }
}

/// In a worker: takes the page's messages from now on.
pub fn on_parcel(mut take: impl FnMut(Parcel) + 'static) {
    let Some(scope) = worker_scope() else { return };
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(parcel) = Parcel::unpack(&event.data()) {
            take(parcel);
        }
    });
    // The worker lives as long as its handler.
    scope.set_onmessage(Some(handler.into_js_value().unchecked_ref()));
}

/// In a worker: sends a message to the page.
///
/// # Errors
/// If the browser cannot send it: its own words.
pub fn post_to_page(parcel: Parcel) -> Result<(), String> {
    let scope = worker_scope().ok_or("not in a worker")?;
    let (message, moved) = parcel.pack();
    scope.post_message_with_transfer(&message, &moved).map_err(|error| error_text(&error))
}

fn worker_scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}
