//! What the tests share: random logs, and a second opinion on what they say.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code, missing_docs)] // each test takes what it needs

pub mod fixtures;
pub mod generate;
pub mod oracle;
pub mod pipeline;
pub mod wrap;
