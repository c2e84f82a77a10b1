//! Counts that know the difference between zero and unknown.

use serde::{Deserialize, Serialize};

/// A sum in which some parts may be unknown.
///
/// Unknown is not zero: a front-end log shows a session but not its messages. Sums are associative and
/// commutative. A sum with a known part above zero shows that part; one that is zero as far as it is known,
/// with an unknown part, shows nothing at all.
///
/// A row of the cube has four, and a log of a gigabyte comes to hundreds of thousands of rows that are added to in no
/// order. So a count is eight bytes: twice the known part, and one more if something is unknown.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count(u64);

/// The largest known part; what comes to more is this much.
const MOST: u64 = u64::MAX >> 1;

impl Count {
    /// Of unknown size.
    pub const UNKNOWN: Self = Self(1);

    /// A known number.
    #[inline]
    pub const fn known(n: u64) -> Self {
        Self(if n > MOST { MOST << 1 } else { n << 1 })
    }

    /// A known part, and more of unknown size.
    pub const fn at_least(n: u64) -> Self {
        Self(Self::known(n).0 | 1)
    }

    /// The known part.
    #[inline]
    pub const fn known_part(self) -> u64 {
        self.0 >> 1
    }

    /// Whether anything of unknown size was added.
    #[inline]
    pub const fn has_unknown(self) -> bool {
        self.0 & 1 != 0
    }

    /// The number to show; `None` is "unknown".
    pub const fn value(self) -> Option<u64> {
        if self.0 == Self::UNKNOWN.0 { None } else { Some(self.known_part()) }
    }

    /// Makes the known part another.
    pub const fn set_known_part(&mut self, n: u64) {
        self.0 = Self::known(n).0 | self.0 & 1;
    }

    /// Forgets the unknown part where there is a known one.
    pub const fn settle(&mut self) {
        if self.0 > Self::UNKNOWN.0 {
            self.0 &= !1;
        }
    }

    /// Whether there is nothing in it, known or unknown.
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl std::fmt::Debug for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.known_part(), if self.has_unknown() { " or more" } else { "" })
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
    #[inline]
    fn add_assign(&mut self, other: Self) {
        let known = (self.0 & !1).saturating_add(other.0 & !1) & !1;
        self.0 = known | (self.0 | other.0) & 1;
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
            let known = of_self.known_part().max(of_other.known_part());
            let is_unknown = of_self.has_unknown() && of_other.has_unknown();
            *of_self = if is_unknown { Count::at_least(known) } else { Count::known(known) };
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
        const fn less(count: &mut Count, other: Count) {
            count.set_known_part(count.known_part().saturating_sub(other.known_part()));
        }
        less(&mut self.messages, other.messages);
        less(&mut self.recipients, other.recipients);
        less(&mut self.sessions, other.sessions);
        less(&mut self.failed_signins, other.failed_signins);
    }

    /// Whether SMTP AUTH was *used*: somebody signed in, or a message was accepted.
    pub const fn shows_use(&self) -> bool {
        self.messages.known_part() > 0 || self.sessions.known_part() > 0
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
        assert!(sum.has_unknown());
    }
}
