//! Files to counts: what a file is, what it is wrapped in, which CSV format it has, and what all files come to. What reads
//! its text is the core's; this is what happens once for a file, and so a crate that is built for size.
//!
//! | module | job |
//! |---|---|
//! | [`ingest`] | unwrapping, encodings, detection, one module per CSV format |
//! | [`aggregate`] | the units of a file, and the workspace that merges all files |
//!
//! Each holds what the core's module of the same name does, too, so one path leads to either.
//!
//! Pure: no browser, no clock, native tests at full speed.

pub mod aggregate;
pub mod ingest;

pub use smtp_auth_report_core::{model, sort};
