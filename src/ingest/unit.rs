//! Stub of the lead's file.
use serde::{Deserialize, Serialize};

/// How much of a file's beginning [`plan`] wants to see, in bytes.
pub const HEAD_BYTES: usize = 64 * 1024;

/// A part of a file for one worker: bytes `[start, end)`.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Unit {
    /// First byte.
    pub start: u64,
    /// Behind the last byte.
    pub end: u64,
    /// Size of the file.
    pub file_bytes: u64,
}

/// How to cut a file.
pub fn plan(_head: &[u8], file_bytes: u64) -> Vec<Unit> {
    const PIECE: u64 = 64 << 20;
    (0..file_bytes.div_ceil(PIECE).max(1))
        .map(|i| Unit { start: i * PIECE, end: ((i + 1) * PIECE).min(file_bytes), file_bytes })
        .collect()
}

impl Unit {
    /// First byte to read.
    pub fn read_from(&self) -> u64 {
        self.start.saturating_sub(1)
    }
}

/// Reads a unit.
pub struct UnitReader {
    unit: Unit,
    at: u64,
    lines: u64,
}

impl UnitReader {
    /// Of this unit.
    pub fn new(unit: Unit) -> Self {
        let at = unit.read_from();
        Self { unit, at, lines: 0 }
    }
    /// The next piece; whether more is wanted.
    pub fn feed(&mut self, piece: &[u8]) -> bool {
        self.at += piece.len() as u64;
        self.lines += memchr::memchr_iter(b'\n', piece).count() as u64;
        self.at < self.unit.end
    }
    /// What came of it.
    pub fn finish(self) -> UnitResult {
        UnitResult { lines: self.lines, bytes: self.at - self.unit.read_from() }
    }
    /// Lines read so far.
    pub fn lines_read(&self) -> u64 {
        self.lines
    }
}

/// What came of a unit.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct UnitResult {
    lines: u64,
    bytes: u64,
}

impl UnitResult {
    /// Stub only.
    pub fn lines(&self) -> u64 {
        self.lines
    }
}
