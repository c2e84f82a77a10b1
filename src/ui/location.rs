//! Where the admin is: a page and the report's query, mirrored to the URL's hash.
//!
//! Links are plain `<a href="#…">`; back and forward work because the hash is the only history there is.

use crate::model::Day;
use crate::report::{Pivot, Query, Range, TlsBasis, View};

/// A page of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// *Mail flow insights*.
    #[default]
    Dashboard,
    /// *SMTP Auth Clients Report*.
    Report,
    /// *Data sources*.
    Sources,
}

/// A page, and what the report is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// Which page.
    pub page: Page,
    /// The report's whole state; kept while other pages are shown.
    pub query: Query,
}

impl Location {
    /// The hash with its `#`: `#v1/report?range=7d&by=tls`. What is at its default is left out.
    pub fn to_hash(&self) -> String {
        let page = match self.page {
            Page::Dashboard => "dashboard",
            Page::Report => "report",
            Page::Sources => "sources",
        };
        let mut parts = Vec::new();
        match self.query.range {
            Range::Last(7) => {}
            Range::Last(days) => parts.push(format!("range={days}d")),
            Range::All => parts.push("range=all".to_owned()),
            Range::Between(first, last) => parts.push(format!("range={first}..{last}")),
        }
        if let Some(domain) = &self.query.domain {
            parts.push(format!("domain={}", encode(domain)));
        }
        if self.query.pivot == Pivot::TlsUsage {
            parts.push("by=tls".to_owned());
        }
        if self.query.view == View::DetailsTable {
            parts.push("view=table".to_owned());
        }
        if self.query.tls_basis == TlsBasis::Senders {
            parts.push("of=senders".to_owned());
        }
        let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
        format!("#v1/{page}{query}")
    }

    /// Reads a hash and tells whether it was understood; what was not is at its default, so that an old or
    /// mangled link still opens the page.
    pub fn from_hash(hash: &str) -> (Self, bool) {
        let mut location = Self::default();
        let Some(rest) = hash.strip_prefix("#v1/") else { return (location, hash.len() < 2) };
        let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
        location.page = match page {
            "report" => Page::Report,
            "sources" => Page::Sources,
            _ => Page::Dashboard,
        };
        for (name, value) in query.split('&').filter_map(|part| part.split_once('=')) {
            match (name, value) {
                ("range", _) => {
                    if let Some(range) = parse_range(value) {
                        location.query.range = range;
                    }
                }
                ("domain", _) => location.query.domain = decode(value),
                ("by", "tls") => location.query.pivot = Pivot::TlsUsage,
                ("view", "table") => location.query.view = View::DetailsTable,
                ("of", "senders") => location.query.tls_basis = TlsBasis::Senders,
                _ => {}
            }
        }
        (location, true)
    }
}

fn parse_range(text: &str) -> Option<Range> {
    if text == "all" {
        return Some(Range::All);
    }
    if let Some((first, last)) = text.split_once("..") {
        let (first, last) = (Day::parse_iso(first)?, Day::parse_iso(last)?);
        return (first <= last).then_some(Range::Between(first, last));
    }
    text.strip_suffix('d')?.parse().ok().filter(|&days| days > 0).map(Range::Last)
}

fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        if b == b'%' {
            let hex = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?);
        } else {
            bytes.push(b);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_survives_the_address_bar() {
        let all_set = Location {
            page: Page::Report,
            query: Query {
                range: Range::Between(Day(20_000), Day(20_010)),
                domain: Some("a&b=ü?.example".into()),
                pivot: Pivot::TlsUsage,
                view: View::DetailsTable,
                tls_basis: TlsBasis::Senders,
            },
        };
        let whole = Location {
            page: Page::Sources,
            query: Query { range: Range::All, domain: Some(String::new()), ..Query::default() },
        };
        for location in [Location::default(), all_set, whole] {
            assert_eq!(Location::from_hash(&location.to_hash()).0, location);
        }
        assert_eq!(Location::default().to_hash(), "#v1/dashboard");
    }

    #[test]
    fn nonsense_opens_the_dashboard() {
        for hash in ["", "#", "#main", "#v2/report", "#v1/x?range=0d&domain=%zz&by=&of"] {
            assert_eq!(Location::from_hash(hash).0, Location::default(), "{hash}");
        }
    }
}
