//! The page's end of the line to the engine: questions in, answers out.

use super::calls::Calls;
use super::link::{Event, Link};
use super::messages::{EngineReply, EngineRequest, FromWorker, ToWorker};
use futures_channel::oneshot;
use std::cell::RefCell;
use std::future::Future;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// An answer, and what came with it.
pub type Answer = (EngineReply, JsValue);

/// The engine worker. Started with the first question, and again with the next one after it died.
pub struct EngineLink {
    this: Weak<Self>,
    link: RefCell<Option<Rc<Link>>>,
    calls: RefCell<Calls<oneshot::Sender<Answer>>>,
    /// Told when the engine dies, with the cause.
    on_death: Box<dyn Fn(String)>,
}

impl EngineLink {
    /// An engine that is yet to be started.
    pub fn new(on_death: impl Fn(String) + 'static) -> Rc<Self> {
        Rc::new_cyclic(|this| Self {
            this: Weak::clone(this),
            link: RefCell::default(),
            calls: RefCell::default(),
            on_death: Box::new(on_death),
        })
    }

    /// Asks a question. It is sent at once, in the order of the calls, whether or not the answer is awaited.
    ///
    /// The answer is an error if the engine could not do it, cannot be reached, or died.
    pub fn ask(
        &self,
        request: EngineRequest,
        extra: JsValue,
    ) -> impl Future<Output = Result<Answer, String>> + use<> {
        let (answer, waiting) = oneshot::channel();
        let sent = self.send(request, extra, answer);
        async move {
            sent?;
            match waiting.await {
                Ok((EngineReply::Failed(message), _)) => Err(message),
                Ok(answer) => Ok(answer),
                Err(_) => Err("the engine stopped".to_owned()),
            }
        }
    }

    fn send(
        &self,
        request: EngineRequest,
        extra: JsValue,
        answer: oneshot::Sender<Answer>,
    ) -> Result<(), String> {
        let link = self.started().inspect_err(|message| (self.on_death)(message.clone()))?;
        let call = self.calls.borrow_mut().ask(answer);
        link.say(&ToWorker::Ask { call, request }, extra)
    }

    fn started(&self) -> Result<Rc<Link>, String> {
        if let Some(link) = &*self.link.borrow() {
            return Ok(Rc::clone(link));
        }
        let this = Weak::clone(&self.this);
        let link = Link::start("engine", move |event| {
            if let Some(this) = this.upgrade() {
                this.on_event(event);
            }
        })?;
        *self.link.borrow_mut() = Some(Rc::clone(&link));
        Ok(link)
    }

    fn on_event(&self, event: Event) {
        match event {
            Event::Said(FromWorker::Answer { call, reply }, extra) => {
                let waiting = self.calls.borrow_mut().answer(call);
                if let Some(waiting) = waiting {
                    // Whoever asked may have lost interest.
                    let _ = waiting.send((*reply, extra));
                }
            }
            Event::Said(..) => {}
            Event::Died { message, .. } => {
                let dead = self.link.borrow_mut().take();
                // Not inside of its own event.
                spawn_local(async move { drop(dead) });
                self.calls.borrow_mut().forget_all();
                (self.on_death)(message);
            }
        }
    }
}
