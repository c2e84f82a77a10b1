//! The names of all files, and which numbers they have in the merged cube.

use crate::aggregate::Sym;
use crate::aggregate::cube::Cube;
use crate::aggregate::intern::Interner;
use crate::aggregate::pack::Strings;

/// What stands for a name that the cube does not have, or not yet.
const NONE: Sym = Sym(u32::MAX);

/// A pool of names, and beside it those that units keep themselves.
pub(super) struct Names<'a> {
    pool: &'a Interner,
    /// Their numbers follow on those of the pool. A name may be here twice, and in the pool too.
    beside: Vec<&'a str>,
}

/// Which of them the cube has: by the number there the cube's, once it has one.
#[derive(Default)]
pub(super) struct InCube(Vec<Sym>);

/// Where the names of a unit are.
#[derive(Clone, Copy)]
pub(super) struct NamesOf<'a> {
    strings: &'a Strings,
    /// The number of the first beside the pool.
    beside_from: u32,
}

impl<'a> NamesOf<'a> {
    /// That nobody will ask for.
    pub(super) const fn none(strings: &'a Strings) -> Self {
        Self { strings, beside_from: 0 }
    }

    /// Their numbers in [`Names`], in order of the unit's own.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Sym> {
        let mut beside = self.beside_from..;
        self.strings
            .numbers()
            .map(move |number| number.or_else(|| beside.next().map(Sym)).unwrap_or_default())
    }
}

impl<'a> Names<'a> {
    pub(super) fn new(pool: &'a Interner) -> Self {
        Self { pool, beside: Vec::new() }
    }

    /// Takes note of the names of a unit.
    pub(super) fn add(&mut self, strings: &'a Strings) -> NamesOf<'a> {
        let beside_from = u32::try_from(self.pool.len() + self.beside.len()).unwrap_or(u32::MAX);
        self.beside.extend(strings.texts().skip(1));
        NamesOf { strings, beside_from }
    }

    /// A name.
    pub(super) fn text(&self, name: Sym) -> &'a str {
        let at = name.0 as usize;
        match at.checked_sub(self.pool.len()) {
            None => self.pool.get(name),
            Some(beside) => self.beside.get(beside).copied().unwrap_or_default(),
        }
    }
}

impl InCube {
    /// The cube's number of a name.
    pub(super) fn number(&mut self, name: Sym, names: &Names<'_>, cube: &mut Cube) -> Sym {
        let at = name.0 as usize;
        if self.0.len() <= at {
            self.0.resize((names.pool.len() + names.beside.len()).max(at + 1), NONE);
        }
        let known = &mut self.0[at];
        if *known == NONE {
            *known = cube.intern(names.text(name));
        }
        *known
    }

    /// The cube's names have new numbers.
    pub(super) fn forget(&mut self) {
        self.0.fill(NONE);
    }
}
