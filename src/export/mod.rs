//! The cube to files.
