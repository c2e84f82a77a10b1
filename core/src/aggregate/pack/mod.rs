//! What was read of a unit, in few bytes: so it travels from worker to worker, and so it is kept.
//!
//! A gigabyte of log comes to about 400,000 sessions, and every file's result is kept for as long as the file is loaded.
//! Hence a session takes some 10 bytes here, and a row of the cube some 15. Of the strings only those are taken along
//! that a row or a session uses.
//!
//! What is read is what [`pack`] of the same program wrote. Where it is not, reading ends early and does not panic.

mod bytes;
mod rows;
mod sessions;

pub use sessions::{Entries, Entry, Facts, Outcome, Piece, SegmentOf, Session, SessionBody, SessionPacker};

use super::cube::Cube;
use super::intern::{Interner, Sym};
use super::sessions::Sessions;
use crate::model::{Counts, Day};
use bytes::{Reader, Writer};
use serde::{Deserialize, Serialize};

/// The rows and sessions of a unit. Every string is a number of the unit's own; the empty string is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// All strings but the empty one, in order of their numbers: those that settled sessions use, those that others use
    /// beyond that, and those of rows alone.
    #[serde(with = "serde_bytes")]
    text: Vec<u8>,
    /// How many of the strings, the empty one included, are for settled sessions.
    settled_strings: u32,
    /// How many are for sessions of either kind.
    session_strings: u32,
    /// The day that others are counted from.
    base_day: Day,
    #[serde(with = "serde_bytes")]
    rows: Vec<u8>,
    /// Settled sessions by id.
    #[serde(with = "serde_bytes")]
    settled: Vec<u8>,
    /// The sending halves of proxied submissions by the Front End's id.
    #[serde(with = "serde_bytes")]
    segments: Vec<u8>,
    /// Sessions that are not settled by id.
    #[serde(with = "serde_bytes")]
    pieces: Vec<u8>,
    /// Lines of those.
    lines_in_pieces: u64,
}

/// Packs the rows of a cube, and sessions whose symbols are that cube's.
pub fn pack(cube: &Cube, sessions: &Sessions) -> Packed {
    let mut names = Names::new(cube);
    let packer = sessions::settled_of(sessions, &mut names);
    let settled_strings = number(names.used.len());
    let pieces = sessions::pieces_of(sessions, &mut names);
    let session_strings = number(names.used.len());
    let (base_day, settled, segments) = packer.finish();
    let rows = rows::write(cube, &mut names);
    let lines_in_pieces = sessions.fragments.iter().map(|(_, fragment)| u64::from(fragment.lines)).sum();
    let text = text_of(names.used.iter().map(|&sym| cube.text(sym)));
    Packed {
        text,
        settled_strings,
        session_strings,
        base_day,
        rows,
        settled,
        segments,
        pieces,
        lines_in_pieces,
    }
}

/// Packs settled sessions alone, whose strings were given their numbers by this interner.
pub fn pack_settled(packer: SessionPacker, names: &Interner) -> Packed {
    let (base_day, settled, segments) = packer.finish();
    let strings = number(names.len());
    Packed {
        text: text_of(names.iter()),
        settled_strings: strings,
        session_strings: strings,
        base_day,
        settled,
        segments,
        ..Packed::default()
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Strings in order of their numbers, without the empty one in front.
fn text_of<'a>(strings: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut writer = Writer::default();
    for text in strings.skip(1) {
        writer.bytes(text.as_bytes());
    }
    writer.finish()
}

impl Packed {
    /// All strings in order of their numbers.
    pub fn strings(&self) -> impl Iterator<Item = &str> {
        let mut reader = Reader::new(&self.text);
        std::iter::once("").chain(std::iter::from_fn(move || {
            reader.bytes().map(|bytes| std::str::from_utf8(bytes).unwrap_or_default())
        }))
    }

    /// How many strings, from the first on, settled sessions use.
    pub const fn settled_strings(&self) -> usize {
        self.settled_strings as usize
    }

    /// How many strings, from the first on, sessions use.
    pub const fn session_strings(&self) -> usize {
        self.session_strings as usize
    }

    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = (super::Key, Counts)> {
        rows::read(&self.rows, self.session_strings)
    }

    /// Settled sessions by id.
    pub fn settled(&self) -> Entries<'_> {
        Entries::new(&self.settled)
    }

    /// The sending halves of proxied submissions by the Front End's id.
    pub fn segments(&self) -> Entries<'_> {
        Entries::new(&self.segments)
    }

    /// Sessions that are not settled by id.
    pub fn pieces(&self) -> Entries<'_> {
        Entries::new(&self.pieces)
    }

    /// Lines of those.
    pub const fn lines_in_pieces(&self) -> u64 {
        self.lines_in_pieces
    }
}

/// Gives strings their numbers in the pack, in order of first use.
struct Names<'a> {
    cube: &'a Cube,
    /// By the cube's number, the pack's own; `u32::MAX` for one that was not used yet.
    numbers: Vec<u32>,
    used: Vec<Sym>,
}

impl<'a> Names<'a> {
    fn new(cube: &'a Cube) -> Self {
        let mut names = Self { cube, numbers: vec![u32::MAX; cube.string_count()], used: Vec::new() };
        names.number(Sym::EMPTY);
        names
    }

    fn number(&mut self, sym: Sym) -> Sym {
        let Some(number) = self.numbers.get_mut(sym.0 as usize) else { return Sym::EMPTY };
        if *number == u32::MAX {
            *number = u32::try_from(self.used.len()).unwrap_or(u32::MAX);
            self.used.push(sym);
        }
        Sym(*number)
    }
}

#[cfg(test)]
mod tests;
