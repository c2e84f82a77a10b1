//! The columns of the details table, beside the sender that each row is of.

use crate::model::AuthClass;
use serde::{Deserialize, Serialize};

/// A column that can be shown or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Column {
    /// Login names that sent as this sender.
    Users,
    /// Families of the mechanisms that were used.
    Authentication,
    /// Addresses of the clients.
    Clients,
    /// Messages by TLS version: one column for each.
    Tls,
    /// Message count.
    Messages,
    /// Accepted recipients.
    Recipients,
    /// Successful sign-ins.
    Sessions,
    /// Refused sign-ins of the logins, and of the address itself.
    FailedSignIns,
    /// First day of use.
    FirstSeen,
    /// Last day of use.
    LastSeen,
}

impl Column {
    /// All, in the order in which the table shows them.
    pub const ALL: [Self; 10] = [
        Self::Users,
        Self::Authentication,
        Self::Clients,
        Self::Tls,
        Self::Messages,
        Self::Recipients,
        Self::Sessions,
        Self::FailedSignIns,
        Self::FirstSeen,
        Self::LastSeen,
    ];

    /// The name in what is saved, and wherever else a column has to be told by text.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Authentication => "authentication",
            Self::Clients => "clients",
            Self::Tls => "tls",
            Self::Messages => "messages",
            Self::Recipients => "recipients",
            Self::Sessions => "sessions",
            Self::FailedSignIns => "failed",
            Self::FirstSeen => "first-seen",
            Self::LastSeen => "last-seen",
        }
    }

    /// The column of a [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }
}

/// Which columns are shown, or wanted of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns(u16);

impl Default for Columns {
    /// Microsoft's own, and what is to be retired.
    fn default() -> Self {
        Self::NONE.with(Column::Tls).with(Column::Messages).with(Column::Authentication)
    }
}

impl Columns {
    /// Only the sender.
    pub const NONE: Self = Self(0);

    /// Whether a column is among them.
    pub const fn has(self, column: Column) -> bool {
        self.0 & (1 << column as u16) != 0
    }

    /// These and one more.
    #[must_use]
    pub const fn with(self, column: Column) -> Self {
        Self(self.0 | 1 << column as u16)
    }

    /// These without one.
    #[must_use]
    pub const fn without(self, column: Column) -> Self {
        Self(self.0 & !(1 << column as u16))
    }

    /// Those that are there, in the order of [`Column::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Column> {
        Column::ALL.into_iter().filter(move |&column| self.has(column))
    }

    /// Their names, with commas between.
    pub fn to_text(self) -> String {
        self.iter().map(Column::name).collect::<Vec<_>>().join(",")
    }

    /// Reads names with commas between them. Names that are not known are passed by; text that has only such is
    /// no choice, and the usual columns stand.
    pub fn from_text(text: &str) -> Self {
        let mut names = text.split(',').map(str::trim).filter(|name| !name.is_empty()).peekable();
        let is_empty = names.peek().is_none();
        let read = names.filter_map(Column::from_name).fold(Self::NONE, Self::with);
        if read == Self::NONE && !is_empty { Self::default() } else { read }
    }
}

/// Families of mechanisms, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Families(u8);

impl Families {
    /// In order of what is to be dealt with first, as their bits from the highest.
    const ORDER: [AuthClass; 5] =
        [AuthClass::Basic, AuthClass::Integrated, AuthClass::Other, AuthClass::OAuth, AuthClass::Unknown];

    const fn bit(class: AuthClass) -> u8 {
        match class {
            AuthClass::Basic => 16,
            AuthClass::Integrated => 8,
            AuthClass::Other => 4,
            AuthClass::OAuth => 2,
            AuthClass::Unknown => 1,
        }
    }

    /// One family.
    pub const fn of(class: AuthClass) -> Self {
        Self(Self::bit(class))
    }

    /// Adds those of another set.
    pub const fn merge(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether none is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The families seen, Basic first. *Unknown* is one only where there is no other: it says that a source did
    /// not tell, and not that something else was used.
    pub fn iter(self) -> impl Iterator<Item = AuthClass> {
        let known = self.0 & !Self::bit(AuthClass::Unknown);
        let shown = if known == 0 { self.0 } else { known };
        Self::ORDER.into_iter().filter(move |&class| shown & Self::bit(class) != 0)
    }

    /// For sorting: whoever uses Basic is above all who do not, and so on; unknown is lowest.
    pub const fn rank(self) -> u64 {
        let known = self.0 & !Self::bit(AuthClass::Unknown);
        if known == 0 { self.0 as u64 } else { known as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_written_as_names_and_read_back() {
        assert_eq!(Columns::default().to_text(), "authentication,tls,messages");
        let all = Column::ALL.into_iter().fold(Columns::NONE, Columns::with);
        for columns in [Columns::NONE, Columns::default(), all, all.without(Column::Messages)] {
            assert_eq!(Columns::from_text(&columns.to_text()), columns);
        }
    }

    #[test]
    fn names_that_nobody_knows_do_no_harm() {
        let users = Columns::NONE.with(Column::Users);
        assert_eq!(Columns::from_text(" users , colour,,Users"), users);
        assert_eq!(Columns::from_text(""), Columns::NONE);
        assert_eq!(Columns::from_text("[\"users\"]"), Columns::default());
        assert_eq!(Columns::from_text(&"x,".repeat(100_000)), Columns::default());
    }

    #[test]
    fn families_are_listed_with_basic_first_and_unknown_only_alone() {
        use AuthClass::{Basic, Integrated, OAuth, Other, Unknown};
        let set = |classes: &[AuthClass]| {
            let mut families = Families::default();
            for &class in classes {
                families.merge(Families::of(class));
            }
            families
        };
        let listed = |classes: &[AuthClass]| set(classes).iter().collect::<Vec<_>>();
        assert_eq!(listed(&[OAuth, Unknown, Basic]), [Basic, OAuth]);
        assert_eq!(listed(&[Unknown]), [Unknown]);
        assert_eq!(listed(&[]), []);
        // What the sources did not tell makes no difference to the order.
        assert_eq!(set(&[OAuth, Unknown]).rank(), set(&[OAuth]).rank());
        let ranks =
            [&[Basic, OAuth][..], &[Basic], &[Integrated, OAuth], &[Other], &[OAuth], &[Unknown], &[]]
                .map(|classes| set(classes).rank());
        assert!(ranks.is_sorted_by(|a, b| a > b), "{ranks:?}");
    }
}
