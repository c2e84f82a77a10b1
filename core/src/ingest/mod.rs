//! Bytes to events: what a file is, its lines, and one module per format.

pub mod account;
pub mod activity_csv;
pub mod cell;
pub mod dates;
pub mod decode;
pub mod detect;
pub mod entra_sign_ins;
pub mod event;
pub mod exchange_receive;
pub mod fields;
pub mod formats;
pub mod lines;
pub mod mappings;
mod message_columns;
pub mod message_trace;
pub mod message_tracking;
pub mod microsoft_report;
pub mod other_csv;
pub mod row;
pub mod sample;
pub mod scan;
pub mod text;
pub mod time;

pub use account::{BadLine, BadReason, FileProblem, Format, LineAccount, SkipReason};
pub use decode::{CodePage, Encoding, Wrapping};
pub use detect::HEAD_BYTES;
