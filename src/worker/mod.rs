//! The page, the parser workers and the engine worker: who asks whom for what.
//!
//! ```text
//! page ── ToWorker::Parse + File ──► parser worker (up to four)
//!      ◄── Progress, Parsed + bytes ──
//!      ── Ask(Stage) + those bytes ─► engine worker (one; holds what is loaded)
//!      ◄── Answer ───────────────────
//! ```
//!
//! The page never decodes what a parser made: the bytes are handed on as they came. What is pure
//! ([`messages`], [`schedule`], [`calls`], [`engine`]) is built and tested without a browser.

pub mod calls;
pub mod engine;
pub mod messages;
pub mod schedule;

#[cfg(feature = "ui")]
pub mod client;
#[cfg(feature = "ui")]
mod engine_link;
#[cfg(feature = "ui")]
mod link;
#[cfg(feature = "ui")]
mod loader;
#[cfg(feature = "ui")]
mod parser;
#[cfg(feature = "ui")]
mod serve;

#[cfg(feature = "ui")]
pub use client::{Client, InputFile};
#[cfg(feature = "ui")]
pub use serve::serve;
