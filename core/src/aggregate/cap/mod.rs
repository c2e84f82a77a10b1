//! The cap on what is told apart: how a cube stays small, however many names somebody tries.
//!
//! Where a cube would have too many rows, the finest of what tells them apart is given up: first the names of failed
//! sign-ins, bit by bit, then more of what a row holds, in the order of [`LADDER`]. What is given up is shown as
//! [`OTHER`], in one row with all that differs in nothing else. Counts are added up, so every total stays exact.
//!
//! How far that goes is one number, the [`Level`], and it depends on nothing but what was counted in all. Three things see
//! to that. A level does to what a lower one left what it would have done at once, so that parts of a log may have come to
//! different levels before they are merged. What is counted against the limits never grows with the level, and never
//! shrinks when more is added; so no part has come further than the whole must. And the whole goes to the lowest level at
//! which it keeps the limits. Hence no cut of a log, no order of files and no number of workers makes a difference.

mod held;
mod level;

pub use level::{Level, Side};

use super::cube::{Cube, Key};
use super::intern::Sym;
use super::pack::PackedRows;
use crate::model::Counts;
use held::{Held, Steps};
use level::{LADDER, STEPS, Sieve};

/// What stands for all names that are not told apart. A name that is spelled like this is one of them.
pub const OTHER: &str = "(other)";
/// No cube has so many names.
const NO_NAME: Sym = Sym(u32::MAX);

/// How much a cube may hold. A row that tells both of use and of failed sign-ins counts as two here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Rows in all.
    pub rows: usize,
    /// Rows with failed sign-ins among them.
    pub failed_rows: usize,
    /// What the names of all rows weigh: their bytes, and [`NAME_OVERHEAD`] for each.
    pub name_bytes: usize,
}

/// What a name takes in memory beside its text, about, in bytes.
pub const NAME_OVERHEAD: usize = 16;
/// A cube may grow beyond its limits by one part in so many before that is seen.
const SLACK: usize = 4;

impl Default for Limits {
    /// Three quarters of a power of two: with the slack a cube's tables, which grow by doubling, are just full.
    fn default() -> Self {
        Self { rows: 3 << 19, failed_rows: 3 << 18, name_bytes: 96 << 20 }
    }
}

/// Where the names and rows of a cube are after some of what tells them apart was given up.
#[derive(Debug)]
pub struct Moved {
    names: Vec<Sym>,
    rows: Vec<[u32; 2]>,
}

impl Moved {
    /// The new number of a name that was to be kept, or that a row uses; the empty name for others.
    pub fn name(&self, old: Sym) -> Sym {
        self.names.get(old.0 as usize).copied().unwrap_or_default()
    }

    /// The new number of the row in which one half of an old row is.
    pub fn row(&self, old: u32, side: Side) -> u32 {
        self.rows.get(old as usize).map_or(u32::MAX, |rows| rows[side as usize])
    }

    /// This, and then that.
    fn then(mut self, next: &Self) -> Self {
        for name in &mut self.names {
            *name = next.name(*name);
        }
        for rows in &mut self.rows {
            *rows = [next.row(rows[0], Side::Use), next.row(rows[1], Side::Failed)];
        }
        self
    }
}

/// Holds a cube within limits.
#[derive(Clone, Debug)]
pub struct Cap {
    limits: Limits,
    level: Level,
    sieve: Sieve,
    /// With more rows than this, or names that weigh more, it is time to look.
    look_at: (usize, usize),
}

impl Cap {
    /// For a cube of what has come to this level.
    pub fn new(limits: Limits, level: Level) -> Self {
        let mut new = Self { limits, level, sieve: Sieve::new(level), look_at: (0, 0) };
        new.look_later(0, 0, limits.rows.min(limits.failed_rows));
        new
    }

    /// How much was given up.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// Adds to a key of other names than the cube's own: `text` tells what they are, and `number` gives one its number in
    /// the cube. It is not asked for names that are given up.
    pub fn add_named<'a>(
        &self,
        cube: &mut Cube,
        key: Key,
        counts: Counts,
        text: impl Fn(Sym) -> &'a str,
        mut number: impl FnMut(&mut Cube, Sym) -> Sym,
    ) {
        let mut add = |mut key: Key, counts| {
            for sym in key.names_mut() {
                *sym = if *sym == NO_NAME { cube.intern(OTHER) } else { number(cube, *sym) };
            }
            cube.add(key, counts);
        };
        if self.level.is_lowest() {
            add(key, counts);
        } else {
            for side in Side::of_row(&counts) {
                add(self.sieve.pass(side, key, &text, NO_NAME), side.half(counts));
            }
        }
    }

    /// Adds to a key of the cube's own names.
    pub fn add(&self, cube: &mut Cube, key: Key, counts: Counts) {
        if self.level.is_lowest() {
            cube.add(key, counts);
            return;
        }
        let other = cube.intern(OTHER);
        for side in Side::of_row(&counts) {
            let key = self.sieve.pass(side, key, |sym| cube.text(sym), other);
            cube.add(key, side.half(counts));
        }
    }

    /// Gives up more if the cube has grown well beyond its limits. To be called after adding. Numbers of rows and names
    /// that are still in use must then be renumbered by what is returned; `kept` are names to keep though no row
    /// uses them.
    pub fn relieve(&mut self, cube: &mut Cube, kept: impl Iterator<Item = Sym>) -> Option<Moved> {
        if cube.len() <= self.look_at.0 && weight_of(cube) <= self.look_at.1 {
            return None;
        }
        let kept: Vec<Sym> = kept.collect();
        let mut moved = self.settle(cube, kept.iter().copied());
        if moved.is_none() && weight_of(cube) > self.look_at.1 {
            // Of all those names most are used no more, or never were.
            moved = Some(self.collapse(cube, &kept, cube.len()));
        }
        let Limits { rows, failed_rows, .. } = self.limits;
        let held = Held::by(cube);
        let room = rows.saturating_sub(held.rows).min(failed_rows.saturating_sub(held.failed_rows));
        self.look_later(cube.len(), weight_of(cube), room);
        moved
    }

    /// Looks again when there is this much more than now: when what room there is and the slack are filled.
    fn look_later(&mut self, rows: usize, names: usize, room: usize) {
        let Limits { rows: most, failed_rows, name_bytes } = self.limits;
        let rows = rows.saturating_add(room).saturating_add(most.min(failed_rows) / SLACK);
        self.look_at = (rows, names.max(name_bytes).saturating_add(name_bytes / SLACK));
    }

    /// Whether a cube keeps the limits as it is.
    pub fn is_kept_by(&self, cube: &Cube) -> bool {
        // As good as always it holds so little that nothing need be counted, were every row one of either kind.
        let at_most = Held { rows: 2 * cube.len(), failed_rows: cube.len(), name_bytes: weight_of(cube) };
        at_most.is_within(self.limits) || Held::by(cube).is_within(self.limits)
    }

    /// Gives up what must be given up, and no more. The cube keeps its limits then, unless that is impossible.
    pub fn settle(&mut self, cube: &mut Cube, kept: impl Iterator<Item = Sym>) -> Option<Moved> {
        if self.is_kept_by(cube) {
            return None;
        }
        let mut kept: Vec<Sym> = kept.collect();
        let mut all_moved: Option<Moved> = None;
        loop {
            let (rung, gone) = self.level.place();
            let Some((sides, dimension)) = LADDER.get(rung) else { break };
            let steps = Steps::of(cube, sides, *dimension);
            let enough = (gone + 1..=STEPS).find(|&gone| steps.after(gone).is_within(self.limits));
            self.level = Level::at(rung, enough.unwrap_or(STEPS));
            self.sieve = Sieve::new(self.level);
            if steps.change_anything() {
                let rows = steps.after(enough.unwrap_or(STEPS)).rows;
                let moved = self.collapse(cube, &kept, rows);
                for sym in &mut kept {
                    *sym = moved.name(*sym);
                }
                all_moved = Some(match all_moved {
                    None => moved,
                    Some(before) => before.then(&moved),
                });
            }
            if enough.is_some() {
                break;
            }
        }
        all_moved
    }

    /// The cube with nothing more to come: what must be given up is, and names that nothing uses are gone if they are most.
    pub fn finish(mut self, mut cube: Cube) -> (Cube, Level) {
        self.settle(&mut cube, std::iter::empty());
        if weight_of(&cube) / 2 > Held::by(&cube).name_bytes {
            let rows = cube.len();
            self.collapse(&mut cube, &[], rows);
        }
        (cube, self.level)
    }

    /// Brings a cube to the present level, and leaves out names that are neither used nor to be kept.
    ///
    /// `rows_then` is how many rows there will be, about. What stays is packed before the cube is let go, and unpacked then: two cubes at a time would be the most memory of
    /// all.
    fn collapse(&self, cube: &mut Cube, kept: &[Sym], rows_then: usize) -> Moved {
        let other = cube.intern(OTHER);
        let rows = cube.rows().flat_map(|(key, counts)| {
            let pass = |side| self.sieve.pass(side, *key, |sym| cube.text(sym), other);
            Side::of_row(counts).map(move |side| (pass(side), side.half(*counts)))
        });
        let (packed, names) = PackedRows::pack(cube, rows, kept);
        // Which halves there are, in the order in which they were packed.
        let mut rows: Vec<[u32; 2]> = Vec::with_capacity(cube.len());
        for (_, counts) in cube.rows() {
            let mut present = [u32::MAX; 2];
            for side in Side::of_row(counts) {
                present[side as usize] = 0;
            }
            rows.push(present);
        }
        *cube = Cube::default();
        let mut places = rows.iter_mut().flatten().filter(|place| **place == 0);
        // A power of two, as if it had grown to that: mostly more is to come.
        *cube = packed.unpack(rows_then.next_power_of_two(), |row| {
            if let Some(place) = places.next() {
                *place = row;
            }
        });
        Moved { names, rows }
    }
}

fn weight_of(cube: &Cube) -> usize {
    cube.string_count() * NAME_OVERHEAD + cube.text_bytes()
}

#[cfg(test)]
mod tests;
