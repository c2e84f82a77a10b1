//! The report's whole state: small, plain, and mirrored to the URL hash (never data).

use super::columns::{Column, Columns};
use super::input::last_days;
use super::types::DaySpan;
use crate::model::Day;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// The version of the URL hash that is written, and the only one that is read.
const HASH_VERSION: &str = "1";
/// The longest range of [`Range::Last`] that a URL hash may ask for, in days: ten years.
const MAX_LAST_DAYS: u16 = 3653;

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

/// What fills the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// *Mail flow insights*, with the widget.
    #[default]
    Dashboard,
    /// *SMTP Auth Clients Report*.
    Report,
    /// *Data sources*.
    Sources,
}

/// Where in the app the admin is: what the URL hash says, and the sender domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// What fills the window.
    pub page: Page,
    /// The report's state.
    pub query: Query,
}

impl Location {
    /// The URL hash, `#` included: `#v=1&page=report&range=30d&by=tls`. What is at its default is left out, and
    /// so is the sender domain: it comes from the log, and no link gives away what is in a log.
    ///
    /// | key | values, default first |
    /// |---|---|
    /// | `v` | `1` |
    /// | `page` | `dashboard`, `report`, `sources` |
    /// | `range` | `7d` (or another number of days), `all`, `2026-11-01..2026-11-07` |
    /// | `by` | `volume`, `tls` |
    /// | `view` | `chart`, `table` |
    /// | `basis` | `messages`, `senders` |
    pub fn to_hash(&self) -> String {
        let Self { page, query } = self;
        let mut hash = format!("#v={HASH_VERSION}");
        match page {
            Page::Dashboard => {}
            Page::Report => hash.push_str("&page=report"),
            Page::Sources => hash.push_str("&page=sources"),
        }
        if query.range != Query::default().range {
            // Writing to a String cannot fail.
            let _ = match query.range {
                Range::Last(days) => write!(hash, "&range={days}d"),
                Range::All => write!(hash, "&range=all"),
                Range::Between(first, last) => write!(hash, "&range={first}..{last}"),
            };
        }
        if query.pivot == Pivot::TlsUsage {
            hash.push_str("&by=tls");
        }
        if query.view == View::DetailsTable {
            hash.push_str("&view=table");
        }
        if query.tls_basis == TlsBasis::Senders {
            hash.push_str("&basis=senders");
        }
        hash
    }

    /// Reads a URL hash, with or without its `#`, and tells whether all of it was understood. What was not is at
    /// its default; a hash of another version is not understood at all.
    pub fn from_hash(hash: &str) -> (Self, bool) {
        let hash = hash.strip_prefix('#').unwrap_or(hash);
        if hash.is_empty() {
            return (Self::default(), true);
        }
        let pairs = || hash.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        if !pairs().any(|pair| pair == ("v", HASH_VERSION)) {
            return (Self::default(), false);
        }
        let mut location = Self::default();
        let mut understood = true;
        let mut done: Vec<&str> = Vec::new();
        for (key, value) in pairs() {
            let first_of_its_key = !done.contains(&key);
            understood &= first_of_its_key && location.read(key, value).is_some();
            if done.len() < 16 {
                done.push(key);
            }
        }
        (location, understood)
    }

    /// `None` if the key or its value is not known; nothing has changed then.
    fn read(&mut self, key: &str, value: &str) -> Option<()> {
        let query = &mut self.query;
        match key {
            "v" => (value == HASH_VERSION).then_some(())?,
            "page" => {
                self.page = match value {
                    "dashboard" => Page::Dashboard,
                    "report" => Page::Report,
                    "sources" => Page::Sources,
                    _ => return None,
                };
            }
            "range" => query.range = read_range(value)?,
            "by" => {
                query.pivot = match value {
                    "volume" => Pivot::SendingVolume,
                    "tls" => Pivot::TlsUsage,
                    _ => return None,
                };
            }
            "view" => {
                query.view = match value {
                    "chart" => View::Chart,
                    "table" => View::DetailsTable,
                    _ => return None,
                };
            }
            "basis" => {
                query.tls_basis = match value {
                    "messages" => TlsBasis::Messages,
                    "senders" => TlsBasis::Senders,
                    _ => return None,
                };
            }
            _ => return None,
        }
        Some(())
    }
}

fn read_range(text: &str) -> Option<Range> {
    if text == "all" {
        return Some(Range::All);
    }
    if let Some((first, last)) = text.split_once("..") {
        let (first, last) = (Day::parse_iso(first)?, Day::parse_iso(last)?);
        return (first <= last).then_some(Range::Between(first, last));
    }
    let digits = text.strip_suffix('d')?;
    let days = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    (1..=MAX_LAST_DAYS).contains(&days).then_some(Range::Last(days))
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
    /// Any other column; [`Column::Tls`] is old versions, too.
    Column(Column),
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
