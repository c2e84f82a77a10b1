//! From the bytes of a file to text in UTF-8, piece by piece: unpacking, encodings, line ends.
//!
//! | module | from → to |
//! |---|---|
//! | [`zip`] | the end of an archive → its entries |
//! | [`inflate`] | an entry, a gzip file → what is packed in it, within [`limits`] and checked |
//! | [`utf16`], [`line_ends`] | UTF-16 → UTF-8; line ends of old → line feeds |
//! | [`legacy`] | a line that is not UTF-8 → UTF-8, by the code page it looks like |
//!
//! A plain file in UTF-8 or a code page passes by all of it, but for the lines that are not UTF-8.

pub mod crc32;
pub mod inflate;
pub mod limits;
pub mod line_ends;
pub mod utf16;
pub mod zip;

pub use super::legacy::{self, CodePage};

use super::account::FileProblem;
use super::detect::HEAD_BYTES;
use inflate::{Extract, GZIP_MAGIC, Gunzip};
use limits::{Allowance, Bounds};
use line_ends::LineEnds;
use serde::{Deserialize, Serialize};
use utf16::Utf16;
use zip::Content;

/// What is unpacked before the limits are looked at again, at most a thousand times that.
const STEP_BYTES: usize = 64 * 1024;
/// Of a head, where no more is wanted than a head holds.
const HEAD_STEP_BYTES: usize = 1024;

/// What a file is wrapped in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrapping {
    /// It is an entry of a ZIP archive.
    pub zip: bool,
    /// It is packed with gzip, inside the archive if it is in one.
    pub gzip: bool,
}

/// How a file's text is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, and for single lines another [`CodePage`].
    #[default]
    Utf8,
    /// UTF-16, the less significant byte first, as Windows has it.
    Utf16Le,
    /// UTF-16, the more significant byte first.
    Utf16Be,
}

/// How to get at the text of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// What the archive says of it, if it is in one.
    entry: Option<Content>,
    gzip: bool,
    encoding: Encoding,
    /// Its lines end with a carriage return only.
    old_line_ends: bool,
}

impl Coding {
    /// Tells from the first bytes of a file, or of an archive's entry, how to get at its text, and what that begins with.
    ///
    /// # Errors
    /// If there is none to be had.
    pub fn of(head: &[u8], file_bytes: u64, entry: Option<&Content>) -> Result<(Self, Vec<u8>), FileProblem> {
        let mut coding = Self { entry: entry.cloned(), ..Self::default() };
        let mut unpacked = coding.unpacked(head, file_bytes)?;
        if unpacked.starts_with(GZIP_MAGIC) {
            coding.gzip = true;
            unpacked = coding.unpacked(head, file_bytes)?;
        }
        coding.encoding = encoding_of(&unpacked);
        let mut text = coding.recoded(&unpacked);
        if LineEnds::are_of_old(&text) {
            coding.old_line_ends = true;
            text = coding.recoded(&unpacked);
        }
        Ok((coding, text))
    }

    /// Whether the file's bytes are its text.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// What the file is wrapped in.
    pub const fn wrapping(&self) -> Wrapping {
        Wrapping { zip: self.entry.is_some(), gzip: self.gzip }
    }

    /// How its text is encoded.
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The head of what is packed in the file.
    fn unpacked(&self, head: &[u8], file_bytes: u64) -> Result<Vec<u8>, FileProblem> {
        if self.wrapping() == Wrapping::default() {
            return Ok(head.to_vec());
        }
        let mut decoder = Decoder::new(self);
        let mut unpacked = Vec::new();
        for step in head.chunks(HEAD_STEP_BYTES) {
            decoder.push(step, &mut |bytes| unpacked.extend_from_slice(bytes), &mut |_| {})?;
            if unpacked.len() >= HEAD_BYTES {
                unpacked.truncate(HEAD_BYTES);
                return Ok(unpacked);
            }
        }
        if head.len() as u64 >= file_bytes {
            decoder.finish(&mut |_| {})?;
        }
        if unpacked.is_empty() { Err(FileProblem::Empty) } else { Ok(unpacked) }
    }

    /// In UTF-8, as far as it goes.
    fn recoded(&self, unpacked: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        Recoder::new(self).push(unpacked, &mut |piece| text.extend_from_slice(piece));
        text
    }
}

/// The encoding of a text that begins so.
fn encoding_of(head: &[u8]) -> Encoding {
    match head {
        [0xFF, 0xFE, ..] => return Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    // Latin text in UTF-16 has a zero in every other byte.
    let sample = &head[..head.len().min(512)];
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let is_it =
        sample.len() >= 8 && even.max(odd) * 10 > sample.len() * 4 && even.min(odd) * 10 < sample.len();
    match (is_it, even > odd) {
        (false, _) => Encoding::Utf8,
        (true, true) => Encoding::Utf16Be,
        (true, false) => Encoding::Utf16Le,
    }
}

/// From the bytes of a file, piece by piece, to its text.
pub struct Decoder {
    bounds: Bounds,
    /// Bytes of the file so far.
    taken: u64,
    entry: Option<Extract>,
    gzip: Option<Gunzip>,
    recoder: Recoder,
}

impl Decoder {
    /// At the beginning of a file.
    pub fn new(coding: &Coding) -> Self {
        Self::with_bounds(coding, Bounds::default())
    }

    /// With other limits to what may be unpacked.
    pub fn with_bounds(coding: &Coding, bounds: Bounds) -> Self {
        Self {
            bounds,
            taken: 0,
            entry: coding.entry.clone().map(Extract::new),
            gzip: coding.gzip.then(Gunzip::default),
            recoder: Recoder::new(coding),
        }
    }

    /// Takes the next bytes of the file. `unpacked` gets what is packed in them, `text` the same in UTF-8.
    ///
    /// # Errors
    /// If the file is damaged, or holds more than is allowed. Then what it gave so far is not to be used.
    pub fn push(
        &mut self,
        piece: &[u8],
        unpacked: &mut dyn FnMut(&[u8]),
        text: &mut dyn FnMut(&[u8]),
    ) -> Result<(), FileProblem> {
        let Self { bounds, taken, entry, gzip, recoder } = self;
        for step in piece.chunks(STEP_BYTES) {
            *taken += step.len() as u64;
            let allowed = Allowance::new(*bounds, *taken);
            let mut bare = |bytes: &[u8]| {
                unpacked(bytes);
                recoder.push(bytes, text);
                Ok(())
            };
            let mut of_entry = |bytes: &[u8]| match gzip {
                Some(gzip) => gzip.push(bytes, allowed, &mut bare),
                None => bare(bytes),
            };
            match entry {
                Some(entry) => entry.push(step, allowed, &mut of_entry)?,
                None => of_entry(step)?,
            }
        }
        Ok(())
    }

    /// The file has ended; `text` gets what is left of it.
    ///
    /// # Errors
    /// If it should not have.
    pub fn finish(&mut self, text: &mut dyn FnMut(&[u8])) -> Result<(), FileProblem> {
        self.entry.as_ref().map_or(Ok(()), Extract::finish)?;
        self.gzip.as_ref().map_or(Ok(()), Gunzip::finish)?;
        self.recoder.finish(text);
        Ok(())
    }
}

/// Encodings and line ends.
struct Recoder {
    utf16: Option<Utf16>,
    line_ends: Option<LineEnds>,
    from_utf16: Vec<u8>,
    lines: Vec<u8>,
}

impl Recoder {
    fn new(coding: &Coding) -> Self {
        let utf16 = match coding.encoding {
            Encoding::Utf8 => None,
            Encoding::Utf16Le => Some(Utf16::new(false)),
            Encoding::Utf16Be => Some(Utf16::new(true)),
        };
        let line_ends = coding.old_line_ends.then(LineEnds::default);
        Self { utf16, line_ends, from_utf16: Vec::new(), lines: Vec::new() }
    }

    fn push(&mut self, bytes: &[u8], text: &mut dyn FnMut(&[u8])) {
        let Some(utf16) = &mut self.utf16 else {
            return hand_on(bytes, &mut self.line_ends, &mut self.lines, text);
        };
        self.from_utf16.clear();
        utf16.push(bytes, &mut self.from_utf16);
        hand_on(&self.from_utf16, &mut self.line_ends, &mut self.lines, text);
    }

    fn finish(&mut self, text: &mut dyn FnMut(&[u8])) {
        if let Some(utf16) = &mut self.utf16 {
            self.from_utf16.clear();
            utf16.finish(&mut self.from_utf16);
            hand_on(&self.from_utf16, &mut self.line_ends, &mut self.lines, text);
        }
    }
}

fn hand_on(bytes: &[u8], line_ends: &mut Option<LineEnds>, lines: &mut Vec<u8>, text: &mut dyn FnMut(&[u8])) {
    let Some(line_ends) = line_ends else { return text(bytes) };
    lines.clear();
    line_ends.push(bytes, lines);
    text(lines);
}
