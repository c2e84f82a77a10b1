//! What the reading of a unit comes to, whatever its format.

use super::cube::{Cube, Key};
use super::intern::Sym;
use crate::ingest::activity_csv::ActivityRow;
use crate::ingest::lines::Line;
use crate::ingest::text::BOM;
use crate::ingest::{BadReason, LineAccount};
use crate::model::Day;
use memchr::memchr;
use std::collections::BTreeSet;

/// Lines, period, days and counts.
#[derive(Debug, Default)]
pub struct Tally {
    /// The account of the lines.
    pub account: LineAccount,
    /// First and last instant (Unix milliseconds, UTC).
    pub period_ms: Option<(i64, i64)>,
    /// Days that have lines.
    pub days: BTreeSet<Day>,
    /// What was counted.
    pub cube: Cube,
    last_day: Option<Day>,
}

impl Tally {
    /// Counts a line as read, and lets pass what any format can read: neither overlong nor with NUL in it. The rest is
    /// noted as bad.
    pub fn readable<'a>(&mut self, line: &Line<'a>) -> Option<&'a [u8]> {
        self.account.read += 1;
        // Also further in, where files were put together.
        let bytes = line.bytes.strip_prefix(BOM).unwrap_or(line.bytes);
        if !bytes.is_ascii() && std::str::from_utf8(bytes).is_err() {
            self.account.not_utf8 += 1;
        }
        let reason = if line.too_long {
            BadReason::TooLong
        } else if memchr(0, bytes).is_some() {
            BadReason::Nul
        } else {
            return Some(bytes);
        };
        self.account.bad(self.account.read, None, reason, bytes);
        None
    }

    /// Something has happened at this instant.
    #[inline]
    pub fn saw(&mut self, time_ms: i64) {
        let (first, last) = self.period_ms.get_or_insert((time_ms, time_ms));
        *first = (*first).min(time_ms);
        *last = (*last).max(time_ms);
        // No division, but once a day.
        if self.last_day.is_some_and(|day| (day.start_ms()..day.plus(1).start_ms()).contains(&time_ms)) {
            return;
        }
        let day = Day::from_unix_ms(time_ms);
        self.last_day = Some(day);
        self.days.insert(day);
    }

    /// The cube's key of a row, but for its day.
    pub fn key_of(&mut self, row: &ActivityRow<'_>) -> Key {
        let mut intern = |text: &str| -> Sym { self.cube.intern(text) };
        Key {
            day: None,
            user: intern(&row.user),
            sender: intern(&row.sender),
            sender_domain: intern(&row.sender_domain),
            tls: row.tls,
            mechanism: intern(&row.mechanism),
            client_ip: intern(&row.client_ip),
            client_name: intern(&row.client_name),
            server: intern(&row.server),
        }
    }
}
