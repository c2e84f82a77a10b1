//! Bytes to text, and what a file is: unwrapping, encodings, detection, and the CSV formats. What reads the text of it is
//! the core's.

pub mod cell;
pub mod decode;
pub mod detect;
pub mod entra_sign_ins;
pub mod formats;
pub mod mappings;
mod message_columns;
pub mod message_trace;
pub mod message_tracking;
pub mod microsoft_report;
pub mod other_csv;
pub mod sample;

pub use decode::{Encoding, Wrapping};
pub use detect::HEAD_BYTES;
pub use smtp_auth_report_core::ingest::*;
