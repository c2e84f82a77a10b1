//! Where in the app somebody is, and how that stands in the address.

use super::filter::{Clause, MAX_VALUE_CHARS};
use super::percent;
use super::query::{Pivot, Query, Range, SortColumn, TlsBasis, View};
use crate::model::Day;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// The version of the URL hash that is written. What is added to it later gets new keys.
const HASH_VERSION: &str = "1";
/// How much of a URL hash is read, in bytes. What is written never has more.
const MAX_HASH_BYTES: usize = 4096;
/// The longest range of [`Range::Last`] that a URL hash may ask for, in days: ten years.
const MAX_LAST_DAYS: u16 = 3653;

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

/// Where in the app the admin is: what the URL hash says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// What fills the window.
    pub page: Page,
    /// The report's state.
    pub query: Query,
    /// What the details table is sorted by.
    pub sort: SortColumn,
    /// Smallest first.
    pub ascending: bool,
}

impl Location {
    /// The URL hash, `#` included: `#v=1&page=report&range=30d&by=tls`. What is at its default is left out.
    ///
    /// It tells what somebody chose and never what was found, so no count and no row. But a chosen name is a name: the
    /// sender domain and the values of the filter stand in it, and with them in the browser's history and in any copy of
    /// the link. By itself a hash leaves no browser: it is no part of what is asked of a server.
    ///
    /// | key | values, default first |
    /// |---|---|
    /// | `v` | `1` |
    /// | `page` | `dashboard`, `report`, `sources` |
    /// | `range` | `7d` (or another number of days), `all`, `2026-11-01..2026-11-07` |
    /// | `domain` | all, or a sender domain, [percent-encoded](percent) |
    /// | `f` | a clause of the filter as in [`Clause::code`]; one for each |
    /// | `by` | `volume`, `tls` |
    /// | `view` | `chart`, `table` |
    /// | `basis` | `messages`, `senders` |
    /// | `sort` | `messages.desc`, or another column as in [`SortColumn::code`], and `asc` |
    pub fn to_hash(&self) -> String {
        let Self { page, query, sort, ascending } = self;
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
        // A longer one is no domain, and would be too much for an address.
        if let Some(domain) = query.domain.as_deref().filter(|domain| domain.len() <= MAX_VALUE_CHARS) {
            hash.push_str("&domain=");
            percent::encode(domain, &mut hash);
        }
        for clause in query.filter.clauses() {
            let _ = write!(hash, "&f={}", clause.code());
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
        if (*sort, *ascending) != (SortColumn::default(), false) {
            let _ = write!(hash, "&sort={}.{}", sort.code(), if *ascending { "asc" } else { "desc" });
        }
        hash
    }

    /// Reads a URL hash, with or without its `#`, and tells whether all of it was understood. What was not, is at its
    /// default. Of an address of another version everything is read that means something here, too.
    pub fn from_hash(hash: &str) -> (Self, bool) {
        let hash = hash.strip_prefix('#').unwrap_or(hash);
        let mut location = Self::default();
        if hash.is_empty() {
            return (location, true);
        }
        let (hash, mut understood) = match hash.get(..MAX_HASH_BYTES) {
            None if hash.len() <= MAX_HASH_BYTES => (hash, true),
            Some(whole) if whole.len() == hash.len() => (hash, true),
            // As far as whole pairs go.
            Some(part) => (part.rsplit_once('&').map_or("", |(pairs, _)| pairs), false),
            // Cut inside of a character, which no address of ours has.
            None => ("", false),
        };
        let mut has_version = false;
        let mut done: Vec<&str> = Vec::new();
        for pair in hash.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            has_version |= key == "v";
            let may_come = key == "f" || !done.contains(&key);
            understood &= may_come && location.read(key, value).is_some();
            if done.len() < 16 {
                done.push(key);
            }
        }
        (location, understood && has_version)
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
            "domain" => query.domain = Some(percent::decode(value, MAX_VALUE_CHARS)?),
            "f" => query.filter = query.filter.with(Clause::from_code(value)?)?,
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
            "sort" => {
                let (column, direction) = value.split_once('.')?;
                let ascending = match direction {
                    "asc" => true,
                    "desc" => false,
                    _ => return None,
                };
                (self.sort, self.ascending) = (SortColumn::from_code(column)?, ascending);
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
