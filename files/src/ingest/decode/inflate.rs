//! What is packed with DEFLATE: gzip files, and the entries of a ZIP archive.
//!
//! On the inflater itself and not on a library around it, for three reasons: output comes in bounded pieces whatever a
//! piece of input holds, so a bomb fills no memory; the checksum's tables need not be shipped (see
//! [`Crc32`](super::crc32::Crc32)); and gzip and ZIP share all of it.

use super::crc32::Crc32;
use super::limits::Allowance;
use super::zip::Content;
use crate::ingest::FileProblem;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// Takes what was unpacked.
pub type Sink<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), FileProblem>;

/// What is unpacked at a time, at most. A power of two, and more than the 32 KiB that DEFLATE looks back.
const WINDOW_BYTES: usize = 64 * 1024;
/// What a gzip member begins with.
pub const GZIP_MAGIC: &[u8] = b"\x1F\x8B";

/// A stream of DEFLATE.
struct Inflater {
    state: Box<DecompressorOxide>,
    window: Box<[u8]>,
    /// Where in the window the next byte goes.
    at: usize,
}

impl Default for Inflater {
    fn default() -> Self {
        Self { state: Box::default(), window: vec![0; WINDOW_BYTES].into(), at: 0 }
    }
}

impl Inflater {
    /// Takes bytes off `input`, all of them unless the stream ends. Returns whether it has ended.
    fn inflate(&mut self, input: &mut &[u8], out: Sink<'_>) -> Result<bool, FileProblem> {
        loop {
            let (status, read, written) =
                decompress(&mut self.state, input, &mut self.window, self.at, TINFL_FLAG_HAS_MORE_INPUT);
            *input = input.get(read..).unwrap_or_default();
            let end = self.at + written;
            if let Some(unpacked @ [_, ..]) = self.window.get(self.at..end) {
                out(unpacked)?;
            }
            self.at = end % WINDOW_BYTES;
            match status {
                TINFLStatus::Done => return Ok(true),
                TINFLStatus::NeedsMoreInput => return Ok(false),
                TINFLStatus::HasMoreOutput => {}
                _ => return Err(FileProblem::Damaged),
            }
        }
    }
}

/// Counts and checks what was unpacked.
#[derive(Default)]
struct Checked {
    crc: Crc32,
    bytes: u64,
}

impl Checked {
    fn take(&mut self, bytes: &[u8]) {
        self.crc.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    fn reset(&mut self) {
        self.crc.reset();
        self.bytes = 0;
    }
}

/// A gzip file: members, one behind the other.
pub struct Gunzip {
    inflater: Inflater,
    place: Place,
    /// Flags of the member's header whose parts are still to come.
    flags: u8,
    checked: Checked,
    /// Of all members.
    bytes: u64,
}

/// Where in a member the next byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// So many bytes into the ten that every header has.
    Fixed(usize),
    /// The length of the extra field: none of its two bytes, or the first.
    ExtraLen(Option<u8>),
    /// So many bytes of the extra field to come.
    Extra(u16),
    /// Inside the name or the comment, up to a NUL.
    Text,
    /// So many bytes of the header's checksum to come.
    HeaderCrc(u8),
    Body,
    /// So many bytes into the checksum and the length.
    Trailer(usize),
    /// Only zeros follow, as tapes and block devices leave them.
    Padding,
}

const FLAG_HEADER_CRC: u8 = 2;
const FLAG_EXTRA: u8 = 4;
const FLAG_NAME: u8 = 8;
const FLAG_COMMENT: u8 = 16;
const FLAGS_RESERVED: u8 = 0xE0;

impl Default for Gunzip {
    /// At the beginning of a file.
    fn default() -> Self {
        Self {
            inflater: Inflater::default(),
            place: Place::Fixed(0),
            flags: 0,
            checked: Checked::default(),
            bytes: 0,
        }
    }
}

impl Gunzip {
    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// If it is no sound gzip file, or unpacks to more than is allowed.
    pub fn push(&mut self, mut input: &[u8], allowed: Allowance, out: Sink<'_>) -> Result<(), FileProblem> {
        while !input.is_empty() {
            if self.place == Place::Body {
                let (checked, bytes) = (&mut self.checked, &mut self.bytes);
                let ended = self.inflater.inflate(&mut input, &mut |unpacked| {
                    checked.take(unpacked);
                    *bytes += unpacked.len() as u64;
                    allowed.check(*bytes)?;
                    out(unpacked)
                })?;
                if ended {
                    self.place = Place::Trailer(0);
                }
            } else if let Some((&byte, rest)) = input.split_first() {
                self.place = self.step(byte)?;
                input = rest;
            }
        }
        Ok(())
    }

    /// The file has ended.
    ///
    /// # Errors
    /// If that is in the middle of a member.
    pub fn finish(&self) -> Result<(), FileProblem> {
        match self.place {
            Place::Fixed(0) | Place::Padding => Ok(()),
            _ => Err(FileProblem::Incomplete),
        }
    }

    /// A byte of header or trailer.
    #[allow(clippy::cast_possible_truncation)] // gzip tells the length modulo 2^32
    fn step(&mut self, byte: u8) -> Result<Place, FileProblem> {
        let is_as_expected =
            |is_so: bool, next: Place| if is_so { Ok(next) } else { Err(FileProblem::Damaged) };
        match self.place {
            Place::Fixed(0) if byte == 0 && self.bytes > 0 => Ok(Place::Padding),
            Place::Fixed(at @ (0 | 1)) => is_as_expected(byte == GZIP_MAGIC[at], Place::Fixed(at + 1)),
            Place::Fixed(2) => is_as_expected(byte == 8, Place::Fixed(3)),
            Place::Fixed(3) => {
                self.flags = byte;
                is_as_expected(byte & FLAGS_RESERVED == 0, Place::Fixed(4))
            }
            // Time, level and system.
            Place::Fixed(at) if at < 9 => Ok(Place::Fixed(at + 1)),
            Place::Fixed(_) | Place::Extra(1) | Place::HeaderCrc(1) => Ok(self.next_part()),
            Place::ExtraLen(None) => Ok(Place::ExtraLen(Some(byte))),
            Place::ExtraLen(Some(low)) => match u16::from_le_bytes([low, byte]) {
                0 => Ok(self.next_part()),
                len => Ok(Place::Extra(len)),
            },
            Place::Extra(left) => Ok(Place::Extra(left - 1)),
            Place::HeaderCrc(left) => Ok(Place::HeaderCrc(left - 1)),
            Place::Text if byte == 0 => Ok(self.next_part()),
            Place::Text => Ok(Place::Text),
            Place::Trailer(at) => {
                let Checked { crc, bytes } = &self.checked;
                let expected = (u64::from(*bytes as u32) << 32 | u64::from(crc.value())).to_le_bytes();
                is_as_expected(expected.get(at) == Some(&byte), Place::Trailer(at + 1))?;
                Ok(if at == 7 { self.next_member() } else { Place::Trailer(at + 1) })
            }
            Place::Padding => is_as_expected(byte == 0, Place::Padding),
            Place::Body => Ok(Place::Body),
        }
    }

    /// The next part of the header that there is, or the body.
    fn next_part(&mut self) -> Place {
        for (flag, part) in [
            (FLAG_EXTRA, Place::ExtraLen(None)),
            (FLAG_NAME, Place::Text),
            (FLAG_COMMENT, Place::Text),
            (FLAG_HEADER_CRC, Place::HeaderCrc(2)),
        ] {
            if self.flags & flag != 0 {
                self.flags &= !flag;
                return part;
            }
        }
        Place::Body
    }

    fn next_member(&mut self) -> Place {
        self.inflater.state.init();
        self.checked.reset();
        Place::Fixed(0)
    }
}

/// An entry of a ZIP archive.
pub struct Extract {
    content: Content,
    /// `None`: it is stored as it is.
    inflater: Option<Inflater>,
    ended: bool,
    checked: Checked,
}

impl Extract {
    /// At the beginning of the entry's data.
    pub fn new(content: Content) -> Self {
        let inflater = content.is_deflated.then(Inflater::default);
        Self { content, inflater, ended: false, checked: Checked::default() }
    }

    /// Takes the next bytes of the entry.
    ///
    /// # Errors
    /// If they are not what the archive says they are, or unpack to more than is allowed.
    pub fn push(&mut self, mut input: &[u8], allowed: Allowance, out: Sink<'_>) -> Result<(), FileProblem> {
        let (checked, bytes) = (&mut self.checked, self.content.bytes);
        let mut take = |unpacked: &[u8]| {
            checked.take(unpacked);
            if checked.bytes > bytes {
                return Err(FileProblem::Damaged);
            }
            allowed.check(checked.bytes)?;
            out(unpacked)
        };
        let Some(inflater) = &mut self.inflater else { return take(input) };
        if !self.ended {
            self.ended = inflater.inflate(&mut input, &mut take)?;
        }
        // Behind the stream's end nothing may come.
        if input.is_empty() { Ok(()) } else { Err(FileProblem::Damaged) }
    }

    /// The entry has ended.
    ///
    /// # Errors
    /// If it is shorter than the archive says, or has another checksum.
    pub fn finish(&self) -> Result<(), FileProblem> {
        if (self.inflater.is_some() && !self.ended) || self.checked.bytes < self.content.bytes {
            return Err(FileProblem::Incomplete);
        }
        if self.checked.crc.value() == self.content.crc32 { Ok(()) } else { Err(FileProblem::Damaged) }
    }
}
