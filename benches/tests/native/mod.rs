//! The core's way from bytes to counts, on one thread, as a parser worker and the engine go it.

use smtp_auth_report::aggregate::{UnitReader, UnitResult, Workspace, plan};
use smtp_auth_report::ingest::HEAD_BYTES;

/// What a parser worker hands over at a time.
const PIECE_BYTES: usize = 2 << 20;

/// Reads all units of a file.
pub fn read(bytes: &[u8]) -> Vec<UnitResult> {
    plan(&bytes[..bytes.len().min(HEAD_BYTES)], bytes.len() as u64)
        .into_iter()
        .map(|unit| {
            let from = usize::try_from(unit.read_from()).unwrap_or(usize::MAX);
            let mut reader = UnitReader::new(unit);
            for piece in bytes[from..].chunks(PIECE_BYTES) {
                if !reader.feed(piece) {
                    break;
                }
            }
            reader.finish()
        })
        .collect()
}

/// Merges the units of one file.
pub fn merge(bytes: u64, units: Vec<UnitResult>) -> Workspace {
    let mut workspace = Workspace::default();
    workspace.stage("corpus".into(), bytes, units);
    workspace.commit();
    workspace.merged();
    workspace
}
