//! Log files to counts: what the report spends its time in, and so a crate that is built for speed while the page around
//! it is built for size.
//!
//! | module | from → to |
//! |---|---|
//! | [`model`] | the nouns: day, TLS version, mechanism, identity, count |
//! | [`ingest`] | bytes → events, one module per log format, every line accounted for |
//! | [`aggregate`] | events → sessions → the cube of counts; merging what several workers read |
//!
//! Pure: no browser, no clock, native tests at full speed.

pub mod aggregate;
pub mod ingest;
pub mod model;
