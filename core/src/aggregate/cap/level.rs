//! What is given up first, and how far that goes.

use crate::aggregate::cube::Key;
use crate::aggregate::intern::Sym;
use crate::aggregate::session::What;
use crate::model::{Count, Counts};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// What tells rows apart, in the order of [`Key::names_mut`], the day last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension {
    User,
    Sender,
    ClientIp,
    ClientName,
    SenderDomain,
    Mechanism,
    Server,
    Day,
}

impl Dimension {
    /// A key's name in this dimension; `None` for the day.
    pub(super) fn name_in(self, key: &mut Key) -> Option<&mut Sym> {
        key.names_mut().into_iter().nth(self as usize)
    }
}

/// Half of what a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// That SMTP AUTH was used: messages, recipients, sessions.
    Use,
    /// That somebody was refused.
    Failed,
}

impl Side {
    /// What of a row tells of this.
    pub const fn of(what: What) -> Self {
        match what {
            What::Message(_) | What::Session => Self::Use,
            What::FailedSignin => Self::Failed,
        }
    }
}

/// What is given up, the first first; at each rung in [`STEPS`] steps.
pub(super) const LADDER: [(&[Side], Dimension); 11] = [
    (&[Side::Failed], Dimension::User),
    (&[Side::Failed], Dimension::ClientName),
    (&[Side::Failed], Dimension::ClientIp),
    (&[Side::Use, Side::Failed], Dimension::ClientName),
    (&[Side::Use, Side::Failed], Dimension::ClientIp),
    (&[Side::Use, Side::Failed], Dimension::Sender),
    (&[Side::Use, Side::Failed], Dimension::User),
    (&[Side::Use, Side::Failed], Dimension::SenderDomain),
    (&[Side::Use, Side::Failed], Dimension::Mechanism),
    (&[Side::Use, Side::Failed], Dimension::Server),
    (&[Side::Use, Side::Failed], Dimension::Day),
];
/// Each step but the last leaves half of the names that the one before left, so what is left is a fair sample. The last leaves
/// none.
pub(super) const STEPS: usize = 12;

/// After how many steps a name is given up with the next; `None` if it never is. Whether there is a name at all is not
/// what rows are many for, and means something.
pub(super) fn zeros(name: &str) -> Option<usize> {
    let zeros = || xxh3_64(name.as_bytes()).leading_zeros() as usize;
    (!name.is_empty()).then(|| zeros().min(STEPS - 1))
}

/// How much was given up: 0 is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Level(u16);

impl Level {
    /// After so many steps of a rung.
    #[allow(clippy::cast_possible_truncation)] // eleven rungs of twelve steps
    pub(super) const fn at(rung: usize, steps: usize) -> Self {
        Self((rung * STEPS + steps) as u16)
    }

    /// Which rung is next to be gone up, and how many of its steps are gone already.
    pub(super) const fn place(self) -> (usize, usize) {
        (self.0 as usize / STEPS, self.0 as usize % STEPS)
    }

    /// Whether everything is told apart.
    pub const fn is_lowest(self) -> bool {
        self.0 == 0
    }
}

/// A level, spelled out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sieve {
    /// By side and dimension, how many steps were gone: names are given up that go before.
    gone: [[usize; 8]; 2],
}

impl Sieve {
    pub(super) fn new(level: Level) -> Self {
        let (rungs, steps) = level.place();
        let mut gone = [[0; 8]; 2];
        for (rung, (sides, dimension)) in LADDER.iter().enumerate().take(rungs + 1) {
            for &side in *sides {
                // On a lower rung one side may have lost it for good.
                let gone = &mut gone[side as usize][*dimension as usize];
                *gone = if rung < rungs { STEPS } else { steps.max(*gone) };
            }
        }
        Self { gone }
    }

    /// A key without what is given up, which becomes `other`.
    pub(super) fn pass<'a>(
        &self,
        side: Side,
        mut key: Key,
        text: impl Fn(Sym) -> &'a str,
        other: Sym,
    ) -> Key {
        for (gone, sym) in self.gone[side as usize].iter().zip(key.names_mut()) {
            let is_given_up = match *gone {
                0 => false,
                STEPS => *sym == other || !text(*sym).is_empty(),
                steps => zeros(text(*sym)).is_some_and(|zeros| zeros < steps),
            };
            if is_given_up {
                *sym = other;
            }
        }
        if self.gone[side as usize][Dimension::Day as usize] > 0 {
            key.day = None;
        }
        key
    }
}

impl Side {
    /// The sides on which a row counts something.
    ///
    /// An unknown number of failed sign-ins, as of a list without such a column, goes with the use: it is no reason to look
    /// upon every user as one who failed.
    pub(super) fn of_row(counts: &Counts) -> impl Iterator<Item = Self> + use<> {
        let failed = counts.failed_signins;
        let is_used = failed.has_unknown()
            || !(counts.messages.is_zero() && counts.recipients.is_zero() && counts.sessions.is_zero());
        let sides = [is_used.then_some(Self::Use), (failed.known_part() > 0).then_some(Self::Failed)];
        sides.into_iter().flatten()
    }

    /// What a row counts on this side.
    pub(super) fn half(self, mut counts: Counts) -> Counts {
        match self {
            Self::Use => {
                counts.failed_signins.set_known_part(0);
                counts
            }
            Self::Failed => Counts {
                failed_signins: Count::known(counts.failed_signins.known_part()),
                ..Counts::default()
            },
        }
    }
}
