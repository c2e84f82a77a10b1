//! The cube to files.

pub mod activity_csv;
pub mod file_name;
pub mod rows_tsv;
pub mod visible;

pub use activity_csv::{ExportError, HEADER};
pub use file_name::{file_name, file_name_as};
