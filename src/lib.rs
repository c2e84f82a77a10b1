//! Who still sends mail with SMTP AUTH: logs in, Microsoft's "SMTP Auth clients" report out, all in the browser.
//!
//! Data flows one way, and the modules are in that order, the first three in crates of their own, `core/` and around it `files/`:
//!
//! | module | from → to |
//! |---|---|
//! | [`model`] | the nouns: day, TLS version, mechanism, identity, count |
//! | [`ingest`] | bytes → events, one module per log format, every line accounted for |
//! | [`aggregate`] | events → sessions → the cube of counts; merging what several workers read |
//! | [`report`] | (cube, query) → widget, flyout, Sending Volume, TLS Usage, details |
//! | [`chart`] | report → chart options |
//! | [`export`] | (cube, query) → Activity CSV |
//! | `worker`, `platform`, `ui` | the browser's edge (feature `ui`) |
//!
//! Everything above the edge is pure: no browser, no clock ("today" is an argument), native tests at full speed.

pub use smtp_auth_report_files::{aggregate, ingest, model, sort};

pub mod chart;
pub mod export;
pub mod report;
pub mod sample;
pub mod worker;

#[cfg(feature = "ui")]
pub mod platform;
#[cfg(feature = "ui")]
pub mod ui;
