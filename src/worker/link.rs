//! The page's end of the line to one worker.

use super::messages::{FromWorker, ToWorker};
use crate::platform::scope::{Parcel, Worker};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// What a worker lets the page know.
#[allow(clippy::large_enum_variant)] // one at a time, and none is kept
pub enum Event {
    /// It said something; a value may go with it.
    Said(FromWorker, JsValue),
    /// It died of this. `started` tells whether it had ever run.
    Died {
        /// The browser's, or the program's, own words.
        message: String,
        /// Whether it had ever run.
        started: bool,
    },
}

/// A running worker that speaks our messages. It ends when this is dropped.
pub struct Link {
    worker: Worker,
    state: Rc<State>,
}

#[derive(Default)]
struct State {
    ready: Cell<bool>,
    dead: Cell<bool>,
    /// Said before the worker was ready.
    waiting: RefCell<Vec<Parcel>>,
}

impl Link {
    /// Starts a worker. It is told apart by whatever `on_event` captures.
    ///
    /// # Errors
    /// If the browser refuses: its own words.
    pub fn start(name: &str, on_event: impl Fn(Event) + 'static) -> Result<Rc<Self>, String> {
        let state = Rc::<State>::default();
        let on_event = Rc::new(on_event);
        let this: Rc<RefCell<std::rc::Weak<Self>>> = Rc::default();
        let die = {
            let (state, on_event) = (Rc::clone(&state), Rc::clone(&on_event));
            move |message: String| {
                // A panic speaks first in its own words, then once more as an uncaught error. What stops the
                // program without a word is an allocation that failed.
                let message = if message.contains("unreachable") && state.ready.get() {
                    format!("out of memory ({message})")
                } else {
                    message
                };
                if !state.dead.replace(true) {
                    on_event(Event::Died { message, started: state.ready.get() });
                }
            }
        };
        let hear = {
            let (die, state, this) = (die.clone(), Rc::clone(&state), Rc::clone(&this));
            move |parcel: Parcel| match postcard::from_bytes(&parcel.bytes) {
                _ if state.dead.get() => {}
                Ok(FromWorker::Ready) => {
                    state.ready.set(true);
                    let link = this.borrow().upgrade();
                    for parcel in state.waiting.take() {
                        if let Some(Err(message)) = link.as_ref().map(|link| link.worker.post(parcel)) {
                            die(message);
                        }
                    }
                }
                Ok(FromWorker::Crashed(message)) => die(message),
                Ok(said) => on_event(Event::Said(said, parcel.extra)),
                Err(error) => die(error.to_string()),
            }
        };
        let link = Rc::new(Self { worker: Worker::spawn(name, hear, die)?, state });
        *this.borrow_mut() = Rc::downgrade(&link);
        Ok(link)
    }

    /// Sends a message, as soon as the worker is ready.
    ///
    /// # Errors
    /// If the browser cannot send it: its own words.
    pub fn say(&self, message: &ToWorker, extra: JsValue) -> Result<(), String> {
        let bytes = postcard::to_stdvec(message).map_err(|error| error.to_string())?;
        let parcel = Parcel { bytes, extra };
        if self.state.ready.get() {
            self.worker.post(parcel)
        } else {
            self.state.waiting.borrow_mut().push(parcel);
            Ok(())
        }
    }
}
