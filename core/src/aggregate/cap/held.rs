//! What of a cube counts against the limits.

use super::level::{Dimension, STEPS, Side, zeros};
use super::{Limits, NAME_OVERHEAD, NO_NAME, OTHER};
use crate::aggregate::cube::{Cube, Key};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// What counts against the limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) rows: usize,
    pub(super) failed_rows: usize,
    pub(super) name_bytes: usize,
}

impl Held {
    /// By a cube as it is.
    pub(super) fn by(cube: &Cube) -> Self {
        let other = cube.find(OTHER).unwrap_or(NO_NAME);
        let mut held = Self::default();
        let mut is_used = vec![false; cube.string_count()];
        for (key, counts) in cube.rows() {
            for side in Side::of_row(counts) {
                held.add_row(side);
            }
            let mut key = *key;
            for sym in key.names_mut() {
                if let Some(used @ false) = is_used.get_mut(sym.0 as usize).filter(|_| *sym != other) {
                    *used = true;
                    held.name_bytes += NAME_OVERHEAD + cube.text(*sym).len();
                }
            }
        }
        held
    }

    pub(super) const fn is_within(self, limits: Limits) -> bool {
        self.rows <= limits.rows
            && self.failed_rows <= limits.failed_rows
            && self.name_bytes <= limits.name_bytes
    }

    const fn add_row(&mut self, side: Side) {
        self.rows += 1;
        if matches!(side, Side::Failed) {
            self.failed_rows += 1;
        }
    }

    const fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.failed_rows += other.failed_rows;
        self.name_bytes += other.name_bytes;
    }
}

/// What a cube would hold after each step of a rung.
pub(super) struct Steps {
    /// What no step changes.
    fixed: Held,
    /// What is there through the step of this number, and gone after the next.
    goes: [Held; STEPS],
    /// What comes with the step after this number: rows that stand for those that go.
    comes: [Held; STEPS],
}

/// Marks a row that is there already among those that would come.
const IS_THERE: u8 = u8::MAX;

impl Steps {
    /// Of a rung at which these sides of rows lose a dimension. The cube has not come beyond that rung.
    pub(super) fn of(cube: &Cube, sides: &[Side], dimension: Dimension) -> Self {
        let none = [Held::default(); STEPS];
        let mut steps = Self { fixed: Held::default(), goes: none, comes: none };
        let other = cube.find(OTHER).unwrap_or(NO_NAME);
        let keys = cube.keys();
        // What a row becomes when it has lost the dimension.
        let without = |row: u32| {
            let mut key = keys[row as usize];
            match dimension.name_in(&mut key) {
                Some(name) => *name = other,
                None => key.day = None,
            }
            key
        };
        let hasher = FixedState::default();
        let hash_of = |key: Key, side: Side| hasher.hash_one((key, side as u8));
        // Rows by number and not by value: that is a tenth of the memory. With each the first step after which it is there.
        let mut coming: HashTable<(u32, Side, u8)> = HashTable::new();
        let mut stays = vec![false; cube.string_count()];
        let mut may_go = vec![false; cube.string_count()];
        for (row, (key, counts)) in (0_u32..).zip(cube.rows()) {
            for side in Side::of_row(counts) {
                let mut key = *key;
                let in_scope = sides.contains(&side);
                let lost = if in_scope {
                    dimension.name_in(&mut key).map(|name| std::mem::replace(name, NO_NAME))
                } else {
                    None
                };
                for sym in key.names_mut() {
                    if let Some(stays) = stays.get_mut(sym.0 as usize) {
                        *stays = true;
                    }
                }
                let (goes_after, is_lost) = match (in_scope, lost) {
                    (false, _) => (None, false),
                    (true, None) => (key.day.map(|_| 0), key.day.is_none()),
                    (true, Some(name)) if name == other => (None, true),
                    (true, Some(name)) => {
                        if let Some(may_go) = may_go.get_mut(name.0 as usize) {
                            *may_go = true;
                        }
                        (zeros(cube.text(name)), false)
                    }
                };
                match goes_after {
                    Some(step) => steps.goes[step].add_row(side),
                    None => steps.fixed.add_row(side),
                }
                if !is_lost && goes_after.is_none() {
                    continue;
                }
                #[allow(clippy::cast_possible_truncation)] // a step
                let step = goes_after.map_or(IS_THERE, |step| step as u8);
                let key = without(row);
                let hash = hash_of(key, side);
                let found = coming.find_mut(hash, |&(row, of, _)| of == side && without(row) == key);
                match found {
                    Some((.., first)) if step == IS_THERE || *first == IS_THERE => *first = IS_THERE,
                    Some((.., first)) => *first = step.min(*first),
                    None => {
                        coming.insert_unique(hash, (row, side, step), |&(row, side, _)| {
                            hash_of(without(row), side)
                        });
                    }
                }
            }
        }
        for &(_, side, step) in coming.iter().filter(|(.., step)| *step != IS_THERE) {
            steps.comes[usize::from(step)].add_row(side);
        }
        for (sym, (stays, may_go)) in (0..).map(crate::aggregate::Sym).zip(stays.into_iter().zip(may_go)) {
            if sym == other {
                continue;
            }
            let weight = NAME_OVERHEAD + cube.text(sym).len();
            match (stays, may_go.then(|| zeros(cube.text(sym))).flatten()) {
                (false, Some(step)) => steps.goes[step].name_bytes += weight,
                (false, None) if !may_go => {}
                _ => steps.fixed.name_bytes += weight,
            }
        }
        steps
    }

    /// Whether any step changes anything.
    pub(super) fn change_anything(&self) -> bool {
        self.goes.iter().any(|held| *held != Held::default())
    }

    /// What is held after so many steps.
    pub(super) fn after(&self, steps: usize) -> Held {
        let mut held = self.fixed;
        self.goes.iter().skip(steps).for_each(|going| held.add(*going));
        self.comes.iter().take(steps).for_each(|coming| held.add(*coming));
        held
    }
}
