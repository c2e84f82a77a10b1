//! Bytes to events: what a file is, its lines, and one module per format.

pub mod account;
pub mod activity_csv;
pub mod decode;
pub mod detect;
pub mod event;
pub mod exchange_receive;
pub mod fields;
pub mod lines;
pub mod scan;
pub mod text;
pub mod time;

pub use account::{BadLine, BadReason, FileProblem, Format, LineAccount, SkipReason};
pub use decode::{CodePage, Encoding, Wrapping};
pub use detect::HEAD_BYTES;
