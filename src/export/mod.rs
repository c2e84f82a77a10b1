//! The cube to files.

pub mod activity_csv;
pub mod file_name;

pub use activity_csv::{ExportError, HEADER};
pub use file_name::file_name;
