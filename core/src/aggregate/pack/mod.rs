//! What was read of a unit, in few bytes: so it travels from worker to worker, and so it is kept.
//!
//! A gigabyte of log comes to about 400,000 sessions, and every file's result is kept for as long as the file is loaded.
//! Hence a session takes some 10 bytes here, a row of the cube some 15, and 9 where it differs from an earlier one in the
//! day alone. Of the strings only those are taken along that a row or a session uses.
//!
//! What is read is what [`pack`] of the same program wrote. Where it is not, reading ends early and does not panic.

mod bytes;
mod facts;
mod rows;
mod sessions;
mod strings;

pub use facts::PackedFacts;
pub use sessions::{Entries, Entry, Facts, Outcome, Piece, SegmentOf, Session, SessionBody, SessionPacker};
pub use strings::Strings;

use super::cap::{Cap, Level, Side};
use super::cube::{Cube, Key};
use super::intern::{Interner, Sym};
use super::sessions::Sessions;
use crate::model::{Counts, Day};
use bytes::Writer;
use serde::{Deserialize, Serialize};

/// The rows and sessions of a unit. Every string is a number of the unit's own; the empty string is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    level: Level,
    /// All strings but the empty one, in order of their numbers: those that settled sessions use, those that others use
    /// beyond that, and those of rows alone.
    strings: Strings,
    /// How many of the strings, the empty one included, are for settled sessions.
    settled_strings: u32,
    /// How many are for sessions of either kind.
    session_strings: u32,
    /// The day that others are counted from.
    base_day: Day,
    #[serde(with = "serde_bytes")]
    rows: Vec<u8>,
    /// How many rows there are.
    row_count: u32,
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

/// Packs the rows of a cube, as few as the cap asks for, and sessions whose symbols are that cube's.
#[inline(never)]
pub fn pack(cube: &Cube, sessions: &Sessions, cap: &mut Cap) -> Packed {
    let collapsed = if cap.is_kept_by(cube) {
        None
    } else {
        // Sessions need the names that the rows lose.
        let mut collapsed = cube.clone();
        cap.settle(&mut collapsed, std::iter::empty()).map(|moved| (collapsed, moved))
    };
    let mut names = Names::new(cube);
    let packer = sessions::settled_of(sessions, &mut names, |row, what| match &collapsed {
        None => row,
        Some((_, moved)) => moved.row(row, Side::of(what)),
    });
    let settled_strings = names.next();
    let pieces = sessions::pieces_of(sessions, &mut names);
    let session_strings = names.next();
    let (base_day, settled, segments) = packer.finish();
    let mut text = Writer::default();
    let row_count = number(collapsed.as_ref().map_or(cube, |(collapsed, _)| collapsed).len());
    let rows = if let Some((collapsed, _)) = &collapsed {
        // Its names have other numbers than those of the sessions.
        let mut of_rows = Names::following(session_strings, collapsed);
        let rows = rows::write(collapsed.rows(), &mut of_rows);
        names.write(&mut text);
        of_rows.write(&mut text);
        rows
    } else {
        let rows = rows::write(cube.rows(), &mut names);
        names.write(&mut text);
        rows
    };
    Packed {
        level: cap.level(),
        strings: Strings::of(text),
        settled_strings,
        session_strings,
        base_day,
        rows,
        row_count,
        settled,
        segments,
        pieces,
        lines_in_pieces: sessions.fragments.iter().map(|(_, fragment)| u64::from(fragment.lines)).sum(),
    }
}

/// Packs settled sessions alone, whose strings were given their numbers by this interner.
pub fn pack_settled(packer: SessionPacker, names: &Interner) -> Packed {
    let (base_day, settled, segments) = packer.finish();
    let strings = number(names.len());
    let mut text = Writer::default();
    for name in names.iter().skip(1) {
        text.bytes(name.as_bytes());
    }
    Packed {
        strings: Strings::of(text),
        settled_strings: strings,
        session_strings: strings,
        base_day,
        settled,
        segments,
        ..Packed::default()
    }
}

/// Rows on their own, with the names they use: what a cube comes to while it is built anew.
pub struct PackedRows {
    strings: Strings,
    text_bytes: usize,
    names: usize,
    rows: Vec<u8>,
}

impl PackedRows {
    /// Packs rows, not all of them different perhaps, with the names of a cube, and names to keep beyond those. Returns the
    /// number that each of the cube's names will have.
    pub fn pack(cube: &Cube, rows: impl Iterator<Item = (Key, Counts)>, kept: &[Sym]) -> (Self, Vec<Sym>) {
        let mut names = Names::new(cube);
        let rows = rows::write(rows, &mut names);
        for &sym in kept {
            names.number(sym);
        }
        let mut text = Writer::default();
        names.write(&mut text);
        let text_bytes = text.written().len();
        let packed = Self { strings: Strings::of(text), text_bytes, names: names.used.len() + 1, rows };
        let numbers =
            names.numbers.into_iter().map(|number| if number == u32::MAX { Sym::EMPTY } else { Sym(number) });
        (packed, numbers.collect())
    }

    /// A cube of these rows, about so many when equal ones are one; tells in which row of it each is.
    pub fn unpack(self, rows: usize, mut placed: impl FnMut(u32)) -> Cube {
        let mut cube = Cube::with_capacity(rows, self.names, self.text_bytes);
        for name in self.strings.texts() {
            cube.intern(name);
        }
        drop(self.strings);
        for (key, counts) in rows::read(&self.rows, 1) {
            placed(cube.add(key, counts));
        }
        cube
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Packed {
    /// All strings in order of their numbers.
    pub const fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The same, to be pooled.
    pub const fn strings_mut(&mut self) -> &mut Strings {
        &mut self.strings
    }

    /// How much was given up of what told rows apart.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// How many strings, from the first on, settled sessions use.
    pub const fn settled_strings(&self) -> usize {
        self.settled_strings as usize
    }

    /// How many strings, from the first on, sessions use.
    pub const fn session_strings(&self) -> usize {
        self.session_strings as usize
    }

    /// How many rows there are.
    pub const fn row_count(&self) -> usize {
        self.row_count as usize
    }

    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = (Key, Counts)> {
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

/// Gives the strings of a cube their numbers in the pack, in order of first use.
struct Names<'a> {
    cube: &'a Cube,
    /// By the cube's number, the pack's own; `u32::MAX` for one that was not used yet.
    numbers: Vec<u32>,
    /// Those with numbers, without the empty one.
    used: Vec<Sym>,
    /// The number of the first.
    first: u32,
}

impl<'a> Names<'a> {
    fn new(cube: &'a Cube) -> Self {
        Self::following(1, cube)
    }

    /// For a cube whose strings follow on those of another.
    fn following(first: u32, cube: &'a Cube) -> Self {
        let mut numbers = vec![u32::MAX; cube.string_count()];
        if let Some(empty) = numbers.first_mut() {
            *empty = 0;
        }
        Self { cube, numbers, used: Vec::new(), first }
    }

    fn number(&mut self, sym: Sym) -> Sym {
        let next = self.next();
        let Some(number) = self.numbers.get_mut(sym.0 as usize) else { return Sym::EMPTY };
        if *number == u32::MAX {
            *number = next;
            self.used.push(sym);
        }
        Sym(*number)
    }

    /// The number of the next string that was not used before.
    fn next(&self) -> u32 {
        self.first.saturating_add(number(self.used.len()))
    }

    fn write(&self, text: &mut Writer) {
        for &sym in &self.used {
            text.bytes(self.cube.text(sym).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests;
