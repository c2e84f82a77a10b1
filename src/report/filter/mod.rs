//! *Custom filter*: clauses that all must hold, as an administrator puts them together.

mod clause;
mod field;
mod operator;
#[cfg(test)]
mod tests;

pub use clause::{Clause, FilterError};
pub use field::{Field, Kind};
pub use operator::Operator;

use serde::{Deserialize, Serialize};

/// How many clauses a filter has at most.
pub const MAX_CLAUSES: usize = 16;
/// How many characters the value of a clause has at most.
pub const MAX_VALUE_CHARS: usize = 256;
/// How many bytes all clauses take at most as they stand in an address, which is read up to 4 KiB.
pub const MAX_CODE_BYTES: usize = 3000;

/// Clauses that all must hold. Without any, everything is let through.
///
/// Clauses on text, TLS and authentication choose among rows of the cube, so they hold for whatever is summed of them.
/// *User*, for one, is a property of a row: of a sender that several logins use, the chosen login's mail is left.
///
/// Clauses on numbers and days choose among senders, which are the rows of the details table: what a sender comes to in
/// the range, the domain and by the other clauses, that is what the table shows for it. So *First seen* is the first day
/// in the range. What is not known satisfies none of them, not even *does not equal*: a number in none of the logs, a
/// day where nothing has a date. A number that is known in part goes by that part. What belongs
/// to no sender, such as a failed sign-in with a name that nobody sends as, is left out as soon as there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter(Vec<Clause>);

impl Filter {
    /// A filter of these clauses.
    ///
    /// # Errors
    /// [`FilterError::TooMuch`] if there are more than an address holds.
    pub fn new(clauses: Vec<Clause>) -> Result<Self, FilterError> {
        let bytes: usize = clauses.iter().map(|clause| clause.code().len()).sum();
        if clauses.len() > MAX_CLAUSES || bytes > MAX_CODE_BYTES {
            return Err(FilterError::TooMuch);
        }
        Ok(Self(clauses))
    }

    /// Its clauses, in order.
    pub fn clauses(&self) -> &[Clause] {
        &self.0
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One more clause. `None` if that is too much.
    #[must_use]
    pub fn with(&self, clause: Clause) -> Option<Self> {
        Self::new(self.0.iter().cloned().chain([clause]).collect()).ok()
    }

    /// One clause less.
    #[must_use]
    pub fn without(&self, index: usize) -> Self {
        let others = self.0.iter().enumerate().filter(|&(i, _)| i != index);
        Self(others.map(|(_, clause)| clause.clone()).collect())
    }
}
