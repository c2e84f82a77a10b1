//! The product's own way from bytes to rows, with every cut under the test's control.

use smtp_auth_report::aggregate::unit::{Unit, UnitReader, UnitResult, plan_by};
use smtp_auth_report::aggregate::{Limits, Workspace};
use smtp_auth_report::ingest::detect::HEAD_BYTES;
use smtp_auth_report::model::Count;
use std::collections::BTreeMap;

/// How bytes are handed to the product.
#[derive(Clone, Copy, Debug)]
pub struct Handing {
    /// Bytes of a piece.
    pub piece_bytes: usize,
    /// Bytes of a range.
    pub range_bytes: u64,
    /// Ended sessions kept open for late lines.
    pub late_sessions: usize,
    /// What is told apart, in a worker and in all.
    pub limits: Limits,
}

/// In one go.
pub const WHOLE: Handing =
    Handing { piece_bytes: 1 << 20, range_bytes: u64::MAX, late_sessions: 64, limits: NO_LIMITS };

/// Everything is told apart.
pub const NO_LIMITS: Limits = Limits { rows: usize::MAX, failed_rows: usize::MAX, name_bytes: usize::MAX };

/// What one row counts: messages, recipients, sessions, failed sign-ins; `None` is unknown.
pub type RowCounts = [Option<u64>; 4];
/// The texts of a row, in the order of the Activity CSV.
pub type RowTexts = [String; 9];

/// Reads the units of a file, those again that were read from the wrong seam.
pub fn units(bytes: &[u8], handing: Handing) -> Vec<UnitResult> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    read_units(plan_by(head, bytes.len() as u64, handing.range_bytes), bytes, handing)
}

/// Reads these units of a file.
pub fn read_units(units: Vec<Unit>, bytes: &[u8], handing: Handing) -> Vec<UnitResult> {
    let mut results: Vec<UnitResult> = Vec::new();
    for unit in units {
        let mut result = unit_result(&unit, bytes, handing);
        if let Some(previous) = results.last()
            && let Some(again) = unit.to_read_again(&result.begins, &previous.ends)
        {
            result = unit_result(&again, bytes, handing);
            assert_eq!(result.begins, previous.ends, "read from the seam it was told");
        }
        results.push(result);
    }
    results
}

fn unit_result(unit: &Unit, bytes: &[u8], handing: Handing) -> UnitResult {
    let from = usize::try_from(unit.read_from()).unwrap();
    let mut reader = UnitReader::with_limits(unit.clone(), handing.late_sessions, handing.limits);
    for piece in bytes[from..].chunks(handing.piece_bytes) {
        if !reader.feed(piece) {
            break;
        }
    }
    // As between workers.
    let travelled = postcard::to_allocvec(&reader.finish()).unwrap();
    postcard::from_bytes(&travelled).unwrap()
}

/// Loads files in this order.
pub fn load<'a>(files: impl IntoIterator<Item = &'a [u8]>, handing: Handing) -> Workspace {
    let mut workspace = Workspace::with_limits(handing.limits);
    for (i, bytes) in files.into_iter().enumerate() {
        workspace.stage(format!("file {i}"), bytes.len() as u64, units(bytes, handing));
    }
    workspace.commit();
    workspace
}

/// What is loaded, row by row.
pub fn rows(workspace: &mut Workspace) -> BTreeMap<RowTexts, RowCounts> {
    let cube = &workspace.merged().cube;
    let mut rows = BTreeMap::new();
    for (key, counts) in cube.rows() {
        let row = cube.row(key);
        let texts = [
            row.day.map_or(String::new(), |day| day.to_string()),
            row.user.into(),
            row.sender.into(),
            row.sender_domain.into(),
            row.tls.to_string(),
            row.mechanism.into(),
            row.client_ip.into(),
            row.client_name.into(),
            row.server.into(),
        ];
        let counts = [counts.messages, counts.recipients, counts.sessions, counts.failed_signins];
        let before = rows.insert(texts, counts.map(Count::value));
        assert_eq!(before, None, "two rows with one key");
    }
    rows
}

/// The rows of files loaded in this order.
pub fn rows_of<'a>(
    files: impl IntoIterator<Item = &'a [u8]>,
    handing: Handing,
) -> BTreeMap<RowTexts, RowCounts> {
    let mut workspace = load(files, handing);
    for source in workspace.sources() {
        assert!(source.lines.is_balanced(), "{}: {:?}", source.name, source.lines);
    }
    rows(&mut workspace)
}
