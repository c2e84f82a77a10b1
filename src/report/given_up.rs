//! What was given up of names, because there were too many.

use super::input::{BySym, Input, Scope};
use super::types::{NamesOf, Notice};
use crate::aggregate::{Cube, Key, OTHER, Sym};
use crate::model::Counts;
use std::collections::BTreeSet;

/// Notices of the names that were given up among the rows of a scope. Most cubes have none, and are not gone through.
pub(crate) fn given_up<'a>(input: &Input, scope: impl FnOnce() -> &'a Scope<'a>) -> Vec<Notice> {
    let Some(other) = input.cube.find(OTHER) else { return Vec::new() };
    let mut sums = GivenUpSums::new(input.cube, other);
    let scope = scope();
    for (key, counts) in input.cube.rows() {
        if scope.has_use(key) && scope.has_sender(key) && scope.has_line_of(key, counts) {
            sums.add(key, counts);
        }
    }
    sums.finish().collect()
}

/// What was given up of the names in a cube that has some under the name for all others.
struct GivenUpSums {
    other: Sym,
    failed_signins: u64,
    /// Users with failed sign-ins.
    failed: BySym<bool>,
    names: BTreeSet<NamesOf>,
}

impl GivenUpSums {
    fn new(cube: &Cube, other: Sym) -> Self {
        Self { other, failed_signins: 0, failed: BySym::new(cube), names: BTreeSet::new() }
    }

    fn add(&mut self, key: &Key, counts: &Counts) {
        if counts.failed_signins.known_part() > 0 {
            if key.user == self.other {
                self.failed_signins += counts.failed_signins.known_part();
            } else if let Some(failed) = self.failed.get_mut(key.user) {
                *failed = true;
            }
        }
        let is_used = !counts.messages.is_zero() || !counts.sessions.is_zero();
        for names in NamesOf::ALL {
            if names.of(key) == self.other && (is_used || names != NamesOf::Users) {
                self.names.insert(names);
            }
        }
    }

    fn finish(&self) -> impl Iterator<Item = Notice> + use<> {
        let names = self.failed.iter().filter(|&(sym, failed)| failed && sym != Sym::EMPTY).count() as u64;
        let signins = self.failed_signins;
        let of: Vec<NamesOf> = self.names.iter().copied().collect();
        let failed = (signins > 0).then_some(Notice::FailedNamesGivenUp { signins, names });
        failed.into_iter().chain((!of.is_empty()).then_some(Notice::NamesGivenUp(of)))
    }
}
