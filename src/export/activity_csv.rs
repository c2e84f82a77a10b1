//! Stub of the report helper's file.
use crate::report::{Input, Range};
use std::io::{Result, Write};

/// Writes it, and tells how many rows.
///
/// # Errors
/// Those of `out`.
pub fn write(_input: &Input, _range: &Range, _domain: Option<&str>, out: &mut impl Write) -> Result<u64> {
    out.write_all(b"date\r\n")?;
    Ok(0)
}
