//! Stub.
use crate::model::Day;
/// A file.
pub struct SampleFile {
    /// Name.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}
/// Files.
pub fn files(_last_day: Day) -> Vec<SampleFile> {
    vec![SampleFile { name: "sample.log".into(), bytes: b"a\r\nb\r\n".repeat(1000) }]
}
