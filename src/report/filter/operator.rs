//! How clauses compare.

use super::Kind;
use serde::{Deserialize, Serialize};

/// How a field and a value must be to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    /// The same.
    Equals,
    /// Not the same.
    NotEquals,
    /// The value stands somewhere in the field.
    Contains,
    /// It stands nowhere in it.
    NotContains,
    /// The field begins with the value.
    StartsWith,
    /// The field ends with it.
    EndsWith,
    /// There is nothing in the field. Takes no value.
    Empty,
    /// There is something. Takes no value.
    NotEmpty,
    /// An older TLS version, *No TLS* included. *Unknown* is not below anything.
    Below,
    /// This TLS version or a newer one (not *Unknown*); this number or more; this day or a later one.
    AtLeast,
    /// This number or less; this day or an earlier one.
    AtMost,
}

impl Kind {
    /// The operators for such values, in the order in which they are offered.
    pub const fn operators(self) -> &'static [Operator] {
        use Operator::{
            AtLeast, AtMost, Below, Contains, Empty, EndsWith, Equals, NotContains, NotEmpty, NotEquals,
            StartsWith,
        };
        match self {
            Self::Text => &[Equals, NotEquals, Contains, NotContains, StartsWith, EndsWith, Empty, NotEmpty],
            Self::Tls => &[Equals, NotEquals, Below, AtLeast],
            Self::Family => &[Equals, NotEquals],
            Self::Number | Self::Date => &[Equals, NotEquals, AtLeast, AtMost],
        }
    }
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Equals,
        Self::NotEquals,
        Self::Contains,
        Self::NotContains,
        Self::StartsWith,
        Self::EndsWith,
        Self::Empty,
        Self::NotEmpty,
        Self::Below,
        Self::AtLeast,
        Self::AtMost,
    ];

    /// The name in addresses and in what the browser remembers. Never changed, for links last.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Equals => "is",
            Self::NotEquals => "not",
            Self::Contains => "has",
            Self::NotContains => "lacks",
            Self::StartsWith => "starts",
            Self::EndsWith => "ends",
            Self::Empty => "empty",
            Self::NotEmpty => "filled",
            Self::Below => "below",
            Self::AtLeast => "min",
            Self::AtMost => "max",
        }
    }

    /// The operator with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.code() == code)
    }

    /// Whether it compares with a value.
    pub const fn takes_value(self) -> bool {
        !matches!(self, Self::Empty | Self::NotEmpty)
    }
}
