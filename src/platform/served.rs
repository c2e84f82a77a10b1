//! Files that the page reads for its workers.
//!
//! `WebKit` (2.50) has no byte streams of files, and whatever else its workers read them by brings 30 to 45 MB/s, where the
//! page reads 190 for them. To the workers of a page that was opened from disk it gives no access to files at all.

use super::error_text;
use super::file::PIECE_BYTES;
use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, MessageChannel, MessageEvent, MessagePort};

/// In the page: reads a file for a worker, for as long as that asks. Returns the port at which it may.
///
/// # Errors
/// If the browser does not connect them: its own words.
pub fn serve(file: &Blob) -> Result<MessagePort, String> {
    let channel = MessageChannel::new().map_err(|error| error_text(&error))?;
    let (file, port) = (file.clone(), channel.port1());
    let answer = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let (file, port) = (file.clone(), port.clone());
        spawn_local(async move {
            let from = event.data().as_f64().unwrap_or_default();
            // Without an answer the worker would wait for ever, but if it cannot be sent nobody is there to wait.
            let _ = match piece(&file, from).await {
                Ok(bytes) => port.post_message_with_transferable(&bytes, &Array::of1(&bytes)),
                Err(error) => port.post_message(&error_text(&error).into()),
            };
        });
    });
    // It lives as long as the port.
    channel.port1().set_onmessage(Some(answer.into_js_value().unchecked_ref()));
    Ok(channel.port2())
}

async fn piece(file: &Blob, from: f64) -> Result<JsValue, JsValue> {
    let part = file.slice_with_f64_and_f64(from, from + f64::from(PIECE_BYTES))?;
    JsFuture::from(part.array_buffer()).await
}

/// In a worker: a file that the page reads for it.
pub struct Served {
    port: MessagePort,
    /// Where the next piece to be asked for starts.
    at: f64,
    /// What was asked for ahead.
    next: Promise,
}

impl Served {
    /// Asks for the piece from some byte on.
    pub fn open(port: MessagePort, from: f64) -> Self {
        let next = ask(&port, from);
        Self { port, at: from, next }
    }

    /// Replaces bytes by the next piece; there are none at the end of the file.
    ///
    /// # Errors
    /// If the page could not read it: the browser's own words.
    pub async fn fill(&mut self, bytes: &mut Vec<u8>) -> Result<(), JsValue> {
        let piece = JsFuture::from(self.next.clone()).await?.dyn_into::<ArrayBuffer>()?;
        let piece = Uint8Array::new(&piece);
        self.at += f64::from(piece.length());
        // It comes while this one is parsed.
        self.next = ask(&self.port, self.at);
        bytes.resize(piece.length() as usize, 0);
        piece.copy_to(bytes);
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.port.close();
    }
}

/// The page's answer. There is one question at a time.
fn ask(port: &MessagePort, from: f64) -> Promise {
    Promise::new(&mut |settle, fail| {
        let take = Closure::once_into_js(move |event: MessageEvent| {
            // A function of the promise's own does not throw.
            let _ = settle.call1(&JsValue::UNDEFINED, &event.data());
        });
        port.set_onmessage(Some(take.unchecked_ref()));
        if let Err(error) = port.post_message(&from.into()) {
            let _ = fail.call1(&JsValue::UNDEFINED, &error);
        }
    })
}
