//! The only place that calls the browser (`web-sys`, and JavaScript of our own choosing).
//!
//! Everything here is thin: a function per thing the browser does, so that the rest can be read without knowing it.

pub mod chart;
pub mod dom;
pub mod download;
pub mod drop;
pub mod intl;
