//! The report's whole state: small, plain, and mirrored to the URL hash (never data).

use crate::model::Day;
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

/// *View data by*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pivot {
    /// Messages by sender domain.
    #[default]
    SendingVolume,
    /// TLS versions.
    TlsUsage,
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
    Tls(crate::model::TlsVersion),
    /// Messages over anything below TLS 1.2: old versions to the top.
    OldTls,
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
    /// Index of the first row wanted.
    pub start: u64,
    /// How many rows are wanted.
    pub len: u64,
}
