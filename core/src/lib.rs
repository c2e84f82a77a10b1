//! Text to counts: what the reading of a log spends its time in, and so a crate that is built for speed, while all that
//! stands around it is built for size.
//!
//! | module | from → to |
//! |---|---|
//! | [`model`] | the nouns: day, TLS version, mechanism, identity, count |
//! | [`ingest`] | text → lines → fields → events and rows, every line accounted for |
//! | [`aggregate`] | events and rows → sessions → the cube of counts, and all of it packed |
//!
//! What a file is, what it is wrapped in, and what all files come to is in the crate around it, `files/`.
//!
//! Pure: no browser, no clock, native tests at full speed.

pub mod aggregate;
pub mod ingest;
pub mod model;
pub mod sort;
