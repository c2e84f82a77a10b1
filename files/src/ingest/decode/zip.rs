//! What lies in a ZIP archive, and where.
//!
//! Only the list of entries is read here, from the archive's end. Whoever has the archive is asked for ranges of it, so
//! nothing here knows how it is read. Each entry is then read like a file of its own.

use super::legacy;
use super::limits::MAX_ENTRIES;
use crate::ingest::FileProblem;
use crate::ingest::text::name;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The record at the end, without the comment behind it.
const END_BYTES: usize = 22;
const MAX_COMMENT_BYTES: u64 = 0xFFFF;
/// Of a big archive there is one more record at the end, and in front of the usual one it is told where.
const END64_BYTES: usize = 56;
const LOCATOR_BYTES: usize = 20;
/// What the list of entries may take: a KiB for each.
const MAX_LIST_BYTES: u64 = MAX_ENTRIES * 1024;
const LISTED_BYTES: usize = 46;
/// The fixed part of what stands in front of an entry's data.
pub const HEADER_BYTES: u64 = 30;

const END: u32 = 0x0605_4B50;
const END64: u32 = 0x0606_4B50;
const LOCATOR: u32 = 0x0706_4B50;
const LISTED: u32 = 0x0201_4B50;
const HEADER: u32 = 0x0403_4B50;

const FLAG_ENCRYPTED: u16 = 1;
const FLAG_LIST_ENCRYPTED: u16 = 1 << 13;
const METHOD_STORED: u16 = 0;
const METHOD_DEFLATED: u16 = 8;
const METHOD_DEFLATE64: u16 = 9;
const METHOD_AES: u16 = 99;
/// Stands for a number that did not fit.
const ELSEWHERE: u32 = u32::MAX;

/// Whether a file is a ZIP archive, by its first bytes.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// What an archive says of an entry's content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Packed with DEFLATE, else stored as it is.
    pub is_deflated: bool,
    /// Checksum of what is unpacked.
    pub crc32: u32,
    /// Size of it.
    pub bytes: u64,
}

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// With its folders. It is shown and never used as a path, so it may be anything.
    pub name: String,
    /// Size in the archive.
    pub packed_bytes: u64,
    /// What is in it, or why it cannot be read.
    pub content: Result<Content, FileProblem>,
    /// Where the header before its data stands.
    header_at: u64,
    /// Where the next entry's header stands, or the list.
    end: u64,
}

impl Entry {
    /// Where its header stands.
    pub const fn header(&self) -> Range<u64> {
        self.header_at..self.header_at + HEADER_BYTES
    }

    /// Where its data stand, from the bytes of its [`header`](Self::header).
    ///
    /// # Errors
    /// If there is no such header, or its data do not fit where they should be.
    pub fn data(&self, header: &[u8]) -> Result<Range<u64>, FileProblem> {
        let lens = (u32_at(header, 0) == Some(HEADER))
            .then(|| Some(u64::from(u16_at(header, 26)?) + u64::from(u16_at(header, 28)?)));
        let lens = lens.flatten().ok_or(FileProblem::Damaged)?;
        let start = self.header_at + HEADER_BYTES + lens;
        match start.checked_add(self.packed_bytes) {
            Some(end) if end <= self.end => Ok(start..end),
            _ => Err(FileProblem::Overlapping),
        }
    }
}

/// Finds the entries of an archive.
#[derive(Debug)]
pub struct Directory {
    archive_bytes: u64,
    step: Step,
}

#[derive(Clone, Debug)]
enum Step {
    /// The record at the end, somewhere in this.
    Tail(Range<u64>),
    /// The one of big archives.
    End64(Range<u64>),
    /// The list of entries.
    List(Range<u64>),
}

impl Directory {
    /// Of an archive of this size.
    pub fn new(archive_bytes: u64) -> Self {
        let longest = MAX_COMMENT_BYTES + (END_BYTES + LOCATOR_BYTES) as u64;
        Self { archive_bytes, step: Step::Tail(archive_bytes.saturating_sub(longest)..archive_bytes) }
    }

    /// The bytes of the archive that are wanted next.
    pub fn wants(&self) -> Range<u64> {
        match &self.step {
            Step::Tail(range) | Step::End64(range) | Step::List(range) => range.clone(),
        }
    }

    /// Takes them. `None`: more are wanted.
    ///
    /// # Errors
    /// Why nothing can be read of the archive.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Option<Vec<Entry>>, FileProblem> {
        let wanted = self.wants();
        if bytes.len() as u64 != wanted.end - wanted.start {
            return Err(FileProblem::Incomplete);
        }
        let list = match self.step {
            Step::Tail(_) => {
                let at = end_record(bytes).ok_or(FileProblem::Incomplete)?;
                match of_tail(bytes, at).ok_or(FileProblem::Damaged)? {
                    End::List(list) => list,
                    End::Record64(at) => {
                        self.step = Step::End64(at..at.saturating_add(END64_BYTES as u64));
                        return self.is_inside().map(|()| None);
                    }
                }
            }
            Step::End64(_) => of_end64(bytes).ok_or(FileProblem::Damaged)?,
            Step::List(_) => return entries(bytes, wanted.start).map(Some),
        };
        if list.end - list.start > MAX_LIST_BYTES {
            return Err(FileProblem::TooManyEntries);
        }
        self.step = Step::List(list);
        self.is_inside().map(|()| None)
    }

    fn is_inside(&self) -> Result<(), FileProblem> {
        if self.wants().end <= self.archive_bytes { Ok(()) } else { Err(FileProblem::Incomplete) }
    }
}

/// Where the last record begins: the last of its signatures whose comment fits.
fn end_record(tail: &[u8]) -> Option<usize> {
    let last = tail.len().checked_sub(END_BYTES)?;
    (0..=last).rev().find(|&at| {
        u32_at(tail, at) == Some(END)
            && u16_at(tail, at + 20)
                .is_some_and(|comment| at + END_BYTES + usize::from(comment) <= tail.len())
    })
}

/// What the last record points to.
enum End {
    List(Range<u64>),
    Record64(u64),
}

fn of_tail(tail: &[u8], at: usize) -> Option<End> {
    let (disk, list_disk, count) = (u16_at(tail, at + 4)?, u16_at(tail, at + 6)?, u16_at(tail, at + 10)?);
    let (len, start) = (u32_at(tail, at + 12)?, u32_at(tail, at + 16)?);
    if let Some(locator) = at.checked_sub(LOCATOR_BYTES)
        && u32_at(tail, locator) == Some(LOCATOR)
        && (len == ELSEWHERE || start == ELSEWHERE || [disk, list_disk, count].contains(&u16::MAX))
    {
        return Some(End::Record64(u64_at(tail, locator + 8)?));
    }
    // One of several volumes holds but a part.
    (disk == 0 && list_disk == 0).then(|| End::List(start.into()..u64::from(start) + u64::from(len)))
}

fn of_end64(record: &[u8]) -> Option<Range<u64>> {
    let (len, start) = (u64_at(record, 40)?, u64_at(record, 48)?);
    (u32_at(record, 0) == Some(END64)).then_some(start..start.checked_add(len)?)
}

/// The entries that are files, as they are listed.
fn entries(mut list: &[u8], list_at: u64) -> Result<Vec<Entry>, FileProblem> {
    let mut entries = Vec::new();
    // Programs list entries as they lie, so each goes to the end. To sort them would take ten kilobytes of program.
    let mut starts: Vec<u64> = Vec::new();
    while !list.is_empty() {
        if starts.len() as u64 >= MAX_ENTRIES {
            return Err(FileProblem::TooManyEntries);
        }
        let (entry, len) = entry(list).ok_or(FileProblem::Damaged)?;
        list = list.get(len..).unwrap_or_default();
        let at = starts.partition_point(|&start| start < entry.header_at);
        if starts.get(at) == Some(&entry.header_at) {
            return Err(FileProblem::Overlapping);
        }
        starts.insert(at, entry.header_at);
        entries.push(entry);
    }
    // Entries that share their data are how a small archive unpacks to petabytes.
    for entry in &mut entries {
        let next = starts.partition_point(|&start| start <= entry.header_at);
        entry.end = starts.get(next).copied().unwrap_or(list_at);
        let least =
            entry.packed_bytes.checked_add(HEADER_BYTES).and_then(|len| entry.header_at.checked_add(len));
        if least.is_none_or(|least| least > entry.end) {
            return Err(FileProblem::Overlapping);
        }
    }
    if entries.iter().any(|entry| entry.name == "[Content_Types].xml") {
        return Err(FileProblem::OfficeFile);
    }
    entries.retain(|entry| is_file(&entry.name));
    if entries.is_empty() { Err(FileProblem::EmptyArchive) } else { Ok(entries) }
}

/// Whether it is no folder, and nothing that a Mac adds.
fn is_file(name: &str) -> bool {
    let mut parts = name.rsplit(['/', '\\']);
    !matches!(parts.next(), None | Some("" | ".DS_Store")) && parts.all(|folder| folder != "__MACOSX")
}

/// The first entry of the list, and how long it stands there.
fn entry(list: &[u8]) -> Option<(Entry, usize)> {
    if u32_at(list, 0)? != LISTED {
        return None;
    }
    let (flags, method, crc32) = (u16_at(list, 8)?, u16_at(list, 10)?, u32_at(list, 16)?);
    let (mut packed, mut bytes) = (u64::from(u32_at(list, 20)?), u64::from(u32_at(list, 24)?));
    let mut header_at = u64::from(u32_at(list, 42)?);
    let name_end = LISTED_BYTES + usize::from(u16_at(list, 28)?);
    let extra_end = name_end + usize::from(u16_at(list, 30)?);
    let entry_name = list.get(LISTED_BYTES..name_end)?;
    let mut extra = list.get(name_end..extra_end)?;
    // Numbers that did not fit stand in a field of their own, one behind the other.
    while let (Some(id), Some(len)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let field = extra.get(4..4 + usize::from(len)).unwrap_or_default();
        if id == 1 {
            let mut at = 0;
            for number in [&mut bytes, &mut packed, &mut header_at] {
                if *number == u64::from(ELSEWHERE) {
                    *number = u64_at(field, at)?;
                    at += 8;
                }
            }
        }
        extra = extra.get(4 + usize::from(len)..).unwrap_or_default();
    }
    let content = if flags & (FLAG_ENCRYPTED | FLAG_LIST_ENCRYPTED) != 0 || method == METHOD_AES {
        Err(FileProblem::Encrypted)
    } else if matches!(method, METHOD_STORED | METHOD_DEFLATED) {
        Ok(Content { is_deflated: method == METHOD_DEFLATED, crc32, bytes })
    } else {
        Err(FileProblem::Packed(match method {
            // What Windows writes where a file is big.
            METHOD_DEFLATE64 => "ZIP, Deflate64".to_owned(),
            other => format!("ZIP, method {other}"),
        }))
    };
    // UTF-8 if the archive says so; if not, whatever was usual where it was made.
    let (text, _) = legacy::decode(entry_name);
    let entry = Entry { name: name(&text).into_owned(), packed_bytes: packed, content, header_at, end: 0 };
    Some((entry, extra_end + usize::from(u16_at(list, 32)?)))
}

fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    array_at(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    array_at(bytes, at).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    array_at(bytes, at).map(u64::from_le_bytes)
}
