//! Bytes to events: what a file is, its lines, and one module per format.

pub mod account;

pub use account::{BadLine, BadReason, FileProblem, Format, LineAccount, SkipReason};
pub mod unit;
pub use unit::{HEAD_BYTES, Unit, UnitReader, UnitResult, plan};
