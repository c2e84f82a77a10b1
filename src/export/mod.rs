//! The cube to files.
pub mod activity_csv;
