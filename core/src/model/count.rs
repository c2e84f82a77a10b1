//! Counts that know the difference between zero and unknown.

use serde::{Deserialize, Serialize};

/// A sum in which some parts may be unknown.
///
/// Unknown is not zero: a front-end log shows a session but not its messages. Sums are associative and
/// commutative. A sum with a known part above zero shows that part; one that is zero as far as it is known,
/// with an unknown part, shows nothing at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The known part.
    pub known: u64,
    /// Whether anything of unknown size was added.
    pub has_unknown: bool,
}

impl Count {
    /// Of unknown size.
    pub const UNKNOWN: Self = Self { known: 0, has_unknown: true };

    /// A known number.
    pub const fn known(n: u64) -> Self {
        Self { known: n, has_unknown: false }
    }

    /// The number to show; `None` is "unknown".
    pub const fn value(self) -> Option<u64> {
        if self.known == 0 && self.has_unknown { None } else { Some(self.known) }
    }

    /// Forgets the unknown part where there is a known one.
    pub const fn settle(&mut self) {
        self.has_unknown = self.has_unknown && self.known == 0;
    }

    /// Whether there is nothing in it, known or unknown.
    pub const fn is_zero(self) -> bool {
        self.known == 0 && !self.has_unknown
    }
}

impl From<Option<u64>> for Count {
    fn from(value: Option<u64>) -> Self {
        value.map_or(Self::UNKNOWN, Self::known)
    }
}

impl std::ops::AddAssign for Count {
    // A branch for each of the four counts of a row took 12 instructions more.
    #[allow(clippy::suspicious_op_assign_impl)]
    fn add_assign(&mut self, other: Self) {
        self.known = self.known.saturating_add(other.known);
        self.has_unknown |= other.has_unknown;
    }
}

/// What is counted for every key of the cube.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Accepted submissions.
    pub messages: Count,
    /// Accepted recipients of those submissions.
    pub recipients: Count,
    /// Successful authentications.
    pub sessions: Count,
    /// Refused authentications.
    pub failed_signins: Count,
}

impl Counts {
    /// What two tell of the same things: of each count the larger, known rather than unknown.
    #[must_use]
    pub fn or_more(mut self, other: &Self) -> Self {
        for (of_self, of_other) in self.each_mut().into_iter().zip(other.each()) {
            *of_self = Count {
                known: of_self.known.max(of_other.known),
                has_unknown: of_self.has_unknown && of_other.has_unknown,
            };
        }
        self
    }

    /// All four.
    pub const fn each(&self) -> [&Count; 4] {
        [&self.messages, &self.recipients, &self.sessions, &self.failed_signins]
    }

    /// All four.
    pub const fn each_mut(&mut self) -> [&mut Count; 4] {
        [&mut self.messages, &mut self.recipients, &mut self.sessions, &mut self.failed_signins]
    }

    /// Whether nothing was counted, known or unknown.
    pub const fn is_zero(&self) -> bool {
        self.messages.is_zero()
            && self.recipients.is_zero()
            && self.sessions.is_zero()
            && self.failed_signins.is_zero()
    }

    /// Makes each a number or unknown, nothing between.
    pub const fn settle(&mut self) {
        self.messages.settle();
        self.recipients.settle();
        self.sessions.settle();
        self.failed_signins.settle();
    }

    /// Takes known numbers out again that were added before.
    pub const fn take_out(&mut self, other: &Self) {
        self.messages.known = self.messages.known.saturating_sub(other.messages.known);
        self.recipients.known = self.recipients.known.saturating_sub(other.recipients.known);
        self.sessions.known = self.sessions.known.saturating_sub(other.sessions.known);
        self.failed_signins.known = self.failed_signins.known.saturating_sub(other.failed_signins.known);
    }

    /// Whether SMTP AUTH was *used*: somebody signed in, or a message was accepted.
    pub const fn shows_use(&self) -> bool {
        self.messages.known > 0 || self.sessions.known > 0
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.messages += other.messages;
        self.recipients += other.recipients;
        self.sessions += other.sessions;
        self.failed_signins += other.failed_signins;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_plus_zero_is_unknown_and_unknown_plus_some_is_at_least_some() {
        let mut sum = Count::known(0);
        assert_eq!(sum.value(), Some(0));
        sum += Count::UNKNOWN;
        assert_eq!(sum.value(), None);
        sum += Count::known(3);
        assert_eq!(sum.value(), Some(3));
        assert!(sum.has_unknown);
    }
}
