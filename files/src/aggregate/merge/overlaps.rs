//! Files without identities that overlap: two exports of the same days.
//!
//! Rows of such a file tell how many, not which. So what two of them have in common can only be seen from the counts: if
//! at least half of the rows that stand in both, day and names alike, have the same counts, one is a copy of the other as
//! far as they overlap, and of each row the larger counts are taken. Else they are of different systems, or of different
//! weeks, and are added up.

use super::names::Names;
use super::{Owner, Part, of};
use crate::aggregate::Sym;
use crate::aggregate::cube::Key;
use crate::aggregate::intern::Interner;
use crate::ingest::Format;
use crate::model::Counts;
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// A file that may overlap with others.
pub(super) struct Candidate {
    pub(super) source: usize,
    pub(super) format: Format,
    pub(super) period_ms: Option<(i64, i64)>,
}

type Rows = HashMap<Key, Counts, FixedState>;

/// Files that overlap, with the sum of what they tell.
#[derive(Default)]
pub(super) struct Overlaps {
    /// Sources whose rows stand here, each with the first of those it overlaps with.
    pub(super) sources: Vec<(usize, usize)>,
    /// The names of their rows, each once.
    texts: Interner,
    rows: Vec<Rows>,
}

impl Overlaps {
    /// Finds those among the candidates.
    #[inline(never)]
    pub(super) fn find(candidates: &[Candidate], parts: &[Part<'_>], names: &Names<'_>) -> Self {
        let mut overlaps = Self::default();
        let may_overlap = |a: &Candidate, b: &Candidate| {
            a.source != b.source
                && a.format == b.format
                && match (a.period_ms, b.period_ms) {
                    (Some((a_first, a_last)), Some((b_first, b_last))) => {
                        a_first <= b_last && b_first <= a_last
                    }
                    (None, None) => true,
                    _ => false,
                }
        };
        // As good as always nobody, and then nothing is unpacked.
        let close: Vec<&Candidate> =
            candidates.iter().filter(|a| candidates.iter().any(|b| may_overlap(a, b))).collect();
        let of_close: Vec<Rows> =
            close.iter().map(|candidate| overlaps.rows_of(candidate.source, parts, names)).collect();
        // The first of each one's group.
        let mut group: Vec<usize> = (0..close.len()).collect();
        for b in 0..close.len() {
            for a in 0..b {
                let (low, high) = (group[a].min(group[b]), group[a].max(group[b]));
                if low != high && may_overlap(close[a], close[b]) && are_copies(&of_close[a], &of_close[b]) {
                    group.iter_mut().filter(|of| **of == high).for_each(|of| *of = low);
                }
            }
        }
        let mut of_group: Vec<Rows> = vec![Rows::default(); close.len()];
        for (at, rows) in of_close.into_iter().enumerate() {
            let is_alone = group.iter().filter(|of| **of == group[at]).count() == 1;
            if is_alone {
                continue;
            }
            overlaps.sources.push((close[at].source, close[group[at]].source));
            let sum = &mut of_group[group[at]];
            for (key, counts) in rows {
                sum.entry(key).and_modify(|sum| *sum = sum.or_more(&counts)).or_insert(counts);
            }
        }
        overlaps.rows = of_group;
        overlaps
    }

    /// Whether the rows of this source stand here.
    pub(super) fn hold(&self, source: usize) -> bool {
        self.sources.iter().any(|&(held, _)| held == source)
    }

    /// The rows of all of them, each once.
    pub(super) fn rows(&self) -> impl Iterator<Item = (Key, Counts)> {
        self.rows.iter().flatten().map(|(key, counts)| (*key, *counts))
    }

    /// A name of a row.
    pub(super) fn text(&self, sym: Sym) -> &str {
        self.texts.get(sym)
    }

    fn rows_of(&mut self, source: usize, parts: &[Part<'_>], names: &Names<'_>) -> Rows {
        let mut rows = Rows::default();
        for part in parts.iter().filter(|part| matches!(part.owner, Owner::Source(of) if of == source)) {
            // Beside the pool one name may have several numbers.
            let numbers: Vec<Sym> =
                part.names.numbers().map(|name| self.texts.intern(names.text(name))).collect();
            for (mut key, counts) in part.rows() {
                for sym in key.names_mut() {
                    *sym = of(&numbers, *sym);
                }
                *rows.entry(key).or_default() += counts;
            }
        }
        rows
    }
}

/// Whether at least half of the rows that two files have in common are equal.
fn are_copies(a: &Rows, b: &Rows) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let (mut common, mut equal) = (0_usize, 0_usize);
    for (key, counts) in few {
        if let Some(other) = many.get(key) {
            common += 1;
            equal += usize::from(other == counts);
        }
    }
    common > 0 && equal * 2 >= common
}
