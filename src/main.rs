//! The browser's entry: the page mounts the app, a worker serves it. Both run the same wasm.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker};

#[wasm_bindgen]
extern "C" {
    /// Starts a worker that runs this wasm's `main` (see `assets/boot.js`).
    #[wasm_bindgen(js_namespace = boot, js_name = spawnWorker)]
    fn spawn_worker(name: &str) -> Worker;
}

fn main() {
    console_error_panic_hook::set_once();
    match js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        Ok(scope) => serve(&scope),
        Err(_) => mount_to_body(app),
    }
}

/// Answers every message with a greeting, to prove that the worker runs.
fn serve(scope: &DedicatedWorkerGlobalScope) {
    let replies = scope.clone();
    let answer = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let text = format!("worker {} heard {:?}", replies.name(), event.data().as_string());
        let _ = replies.post_message(&text.into());
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
}

/// A page that shows what its worker says.
fn app() -> impl IntoView {
    let (said, set_said) = signal(String::new());
    let worker = spawn_worker("probe");
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        set_said.set(event.data().as_string().unwrap_or_default());
    });
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    let _ = worker.post_message(&"hello".into());
    view! {
        <main>
            <h1>"SMTP AUTH Clients report"</h1>
            <p id="worker">{said}</p>
        </main>
    }
}
