//! Files wrapped and encoded in every way, and archives unwrapped as the page does it.

use super::pipeline::{Handing, read_units};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use smtp_auth_report::aggregate::{Workspace, plan_entry, refuse};
use smtp_auth_report::ingest::decode::zip::{Directory, Entry};
use smtp_auth_report::ingest::{FileProblem, HEAD_BYTES};
use std::io::Write;
use std::ops::Range;

/// One gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// A gzip member of so many bytes each.
pub fn gzip_members(bytes: &[u8], member_bytes: usize) -> Vec<u8> {
    bytes.chunks(member_bytes).flat_map(gzip).collect()
}

/// The raw stream.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// UTF-16 of a text.
pub fn utf16(text: &str, is_big_endian: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| if is_big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() })
        .collect()
}

/// Writes archives, also such as no honest program would.
#[derive(Default)]
pub struct Archive {
    bytes: Vec<u8>,
    list: Vec<u8>,
    count: u16,
}

/// What an archive says of an entry.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    pub flags: u16,
    pub method: u16,
    pub crc: u32,
    pub packed_bytes: u32,
    pub bytes: u32,
    pub header_at: u32,
}

impl Archive {
    /// Adds a file, deflated or stored.
    pub fn file(self, name: &str, content: &[u8], is_deflated: bool) -> Self {
        let data = if is_deflated { deflate(content) } else { content.to_vec() };
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let listed = Listed {
            flags: 0,
            method: if is_deflated { 8 } else { 0 },
            crc: crc.sum(),
            packed_bytes: u32::try_from(data.len()).unwrap(),
            bytes: u32::try_from(content.len()).unwrap(),
            header_at: self.len(),
        };
        self.data(name.as_bytes(), listed, &data).list(name.as_bytes(), listed)
    }

    /// Where the next header goes.
    pub fn len(&self) -> u32 {
        u32::try_from(self.bytes.len()).unwrap()
    }

    /// Adds a header and data.
    pub fn data(mut self, name: &[u8], listed: Listed, data: &[u8]) -> Self {
        let Listed { flags, method, crc, packed_bytes, bytes, .. } = listed;
        self.bytes.extend(b"PK\x03\x04\x14\0");
        for number in [flags, method, 0, 0] {
            self.bytes.extend(number.to_le_bytes());
        }
        for number in [crc, packed_bytes, bytes] {
            self.bytes.extend(number.to_le_bytes());
        }
        // An extra field that only the header has.
        let extra = b"UT\x01\0\0";
        for len in [name.len(), extra.len()] {
            self.bytes.extend(u16::try_from(len).unwrap().to_le_bytes());
        }
        self.bytes.extend(name);
        self.bytes.extend(extra);
        self.bytes.extend(data);
        self
    }

    /// Adds to the list.
    pub fn list(mut self, name: &[u8], listed: Listed) -> Self {
        let Listed { flags, method, crc, packed_bytes, bytes, header_at } = listed;
        self.list.extend(b"PK\x01\x02\x14\0\x14\0");
        for number in [flags, method, 0, 0] {
            self.list.extend(number.to_le_bytes());
        }
        for number in [crc, packed_bytes, bytes] {
            self.list.extend(number.to_le_bytes());
        }
        self.list.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        self.list.extend([0; 12]);
        self.list.extend(header_at.to_le_bytes());
        self.list.extend(name);
        self.count = self.count.wrapping_add(1);
        self
    }

    /// The archive.
    pub fn finish(self) -> Vec<u8> {
        let Self { mut bytes, list, count } = self;
        let list_at = u32::try_from(bytes.len()).unwrap();
        bytes.extend(&list);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend(count.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(u32::try_from(list.len()).unwrap().to_le_bytes());
        bytes.extend(list_at.to_le_bytes());
        bytes.extend(0_u16.to_le_bytes());
        bytes
    }
}

fn cut(bytes: &[u8], range: &Range<u64>) -> Vec<u8> {
    let at = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
    bytes[at(range.start)..at(range.end)].to_vec()
}

/// The entries of an archive.
pub fn entries(archive: &[u8]) -> Result<Vec<Entry>, FileProblem> {
    let mut directory = Directory::new(archive.len() as u64);
    loop {
        if let Some(entries) = directory.take(&cut(archive, &directory.wants()))? {
            return Ok(entries);
        }
    }
}

/// Loads an archive as the page does: each entry as a file.
pub fn stage_archive(workspace: &mut Workspace, name: &str, archive: &[u8], handing: Handing) {
    let entries = match entries(archive) {
        Ok(entries) => entries,
        Err(problem) => {
            let bytes = archive.len() as u64;
            let units = read_units(refuse(problem, bytes), archive, handing);
            workspace.stage(name.to_owned(), bytes, units);
            return;
        }
    };
    for entry in entries {
        let (units, data) = match entry.data(&cut(archive, &entry.header())) {
            Ok(range) => {
                let data = cut(archive, &range);
                (plan_entry(&data[..data.len().min(HEAD_BYTES)], &entry), data)
            }
            Err(problem) => (refuse(problem, entry.packed_bytes), Vec::new()),
        };
        let units = read_units(units, &data, handing);
        workspace.stage(format!("{name}/{}", entry.name), entry.packed_bytes, units);
    }
}
