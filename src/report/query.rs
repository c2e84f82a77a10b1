//! The report's whole state: small and plain.

use super::columns::{Column, Columns};
use super::filter::Filter;
use super::input::last_days;
use super::types::DaySpan;
use crate::model::{Day, TlsVersion};
use serde::{Deserialize, Serialize};

/// Which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Range {
    /// So many days that end with the newest loaded day, or with today if the newest loaded day lies in the
    /// future.
    Last(u16),
    /// All that is loaded, rows without a date included.
    All,
    /// From a day to a day, both included.
    Between(Day, Day),
}

impl Range {
    /// The days it comes to. `None` where nothing with a date is loaded.
    pub fn days(self, loaded: Option<DaySpan>, today: Day) -> Option<DaySpan> {
        let loaded = loaded?;
        Some(match self {
            Self::Last(days) => last_days(loaded.last.min(today), days),
            Self::All => loaded,
            Self::Between(a, b) => DaySpan { first: a.min(b), last: a.max(b) },
        })
    }
}

/// *View data by*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pivot {
    /// Messages by sender domain.
    #[default]
    SendingVolume,
    /// TLS versions.
    TlsUsage,
}

impl Pivot {
    /// The one that is not shown.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::SendingVolume => Self::TlsUsage,
            Self::TlsUsage => Self::SendingVolume,
        }
    }
}

/// Chart or table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// *View report*.
    #[default]
    Chart,
    /// *View details table*.
    DetailsTable,
}

impl View {
    /// The one that is not shown.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Chart => Self::DetailsTable,
            Self::DetailsTable => Self::Chart,
        }
    }
}

/// What a TLS share is a share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TlsBasis {
    /// Of all messages, as in Microsoft's report.
    #[default]
    Messages,
    /// Of all senders; one that used two versions counts in both.
    Senders,
}

/// The report's whole state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Which days.
    pub range: Range,
    /// *Show data for*: one sender domain, or all.
    pub domain: Option<String>,
    /// *Custom filter*: clauses that all must hold.
    pub filter: Filter,
    /// *View data by*.
    pub pivot: Pivot,
    /// Chart or table.
    pub view: View,
    /// What a TLS share is a share of.
    pub tls_basis: TlsBasis,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            range: Range::Last(7),
            domain: None,
            filter: Filter::default(),
            pivot: Pivot::default(),
            view: View::default(),
            tls_basis: TlsBasis::default(),
        }
    }
}

/// A column of the details table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SortColumn {
    /// Sender address, alphabetically.
    Sender,
    /// Message count.
    #[default]
    Messages,
    /// Messages over one TLS version.
    Tls(TlsVersion),
    /// Messages over anything below TLS 1.2: old versions to the top.
    OldTls,
    /// Any other column; [`Column::Tls`] is old versions, too.
    Column(Column),
}

impl SortColumn {
    /// Their names in addresses, but for further columns, which have one. A name is never changed, for links last.
    const NAMED: [(Self, &str); 11] = [
        (Self::Sender, "sender"),
        (Self::Messages, "messages"),
        (Self::OldTls, "old-tls"),
        (Self::Tls(TlsVersion::NoTls), "no-tls"),
        (Self::Tls(TlsVersion::Ssl2), "ssl2"),
        (Self::Tls(TlsVersion::Ssl3), "ssl3"),
        (Self::Tls(TlsVersion::Tls10), "tls10"),
        (Self::Tls(TlsVersion::Tls11), "tls11"),
        (Self::Tls(TlsVersion::Tls12), "tls12"),
        (Self::Tls(TlsVersion::Tls13), "tls13"),
        (Self::Tls(TlsVersion::Unknown), "tls-unknown"),
    ];

    /// The name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Column(column) => column.name(),
            _ => Self::NAMED.into_iter().find(|&(column, _)| column == self).map_or("", |(_, code)| code),
        }
    }

    /// The column with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        let named = Self::NAMED.into_iter().find(|&(_, name)| name == code).map(|(column, _)| column);
        named.or_else(|| Column::from_name(code).map(Self::Column))
    }
}

/// How the details table is sorted, searched and cut.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailsRequest {
    /// Which rows.
    pub query: Query,
    /// Sorted by.
    pub sort: SortColumn,
    /// Smallest first.
    pub ascending: bool,
    /// Only senders that contain this text, without regard to case.
    pub search: String,
    /// The columns wanted beside the sender; what others would show is not computed.
    pub columns: Columns,
    /// Index of the first row wanted.
    pub start: u64,
    /// How many rows are wanted.
    pub len: u64,
}
