//! The Activity CSV: the neutral format that *Request report* writes and that the page reads back.

use crate::aggregate::{Cube, Key, Sym};
use crate::model::auth::UNKNOWN_MECHANISM;
use crate::model::formula::escape_formula;
use crate::model::{Count, Counts, Day, TlsVersion};
use crate::report::input::Scope;
use crate::report::{Input, Query};
use std::fmt;
use std::io::{self, Write};

/// The column names, in order.
pub const HEADER: [&str; 13] = [
    "date",
    "user",
    "sender",
    "sender_domain",
    "tls_version",
    "auth_mechanism",
    "client_ip",
    "client_name",
    "server",
    "messages",
    "recipients",
    "sessions",
    "failed_signins",
];

/// Why an export stopped.
#[derive(Debug)]
pub enum ExportError {
    /// What was written to takes no more.
    Write(io::Error),
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(error) => write!(f, "cannot write the report: {error}"),
        }
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write(error) => Some(error),
        }
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.into())
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// Writes all rows of a query's range, sender domain and filter, and tells how many there are below the header.
///
/// Rows are in the order of [`Row`](crate::aggregate::Row); an unknown count is an empty cell. A day of the range
/// that has logs but no rows gets a row of zeros with nothing but its date, so that reading the file back tells it
/// from a day without logs; not in the export of one domain or of a filter, which is no statement about the whole day,
/// and not if nothing else would be written.
///
/// # Errors
///
/// [`ExportError::Write`] if `out` fails. Part of the file is written then.
pub fn write(input: &Input, query: &Query, out: &mut impl Write) -> Result<u64, ExportError> {
    let scope = input.query_scope(query);
    let rows = sorted_rows(input.cube, &scope);
    let is_part = query.domain.is_some() || !query.filter.is_empty();
    let idle = if rows.is_empty() || is_part { Vec::new() } else { idle_days(input, &scope, &rows) };

    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(HEADER)?;
    let mut idle = idle.into_iter().peekable();
    let mut written = 0;
    for (_, key, counts) in &rows {
        while let Some(day) = idle.next_if(|&idle| key.day.is_some_and(|day| idle < day)) {
            write_idle_day(&mut csv, day)?;
            written += 1;
        }
        write_row(&mut csv, input.cube, key, counts)?;
        written += 1;
    }
    for day in idle {
        write_idle_day(&mut csv, day)?;
        written += 1;
    }
    csv.flush()?;
    Ok(written)
}

/// The place of a row in the order of [`Row`](crate::aggregate::Row), with the ranks of its strings for the strings:
/// a million rows are compared without looking at text.
type Place = (Option<Day>, [u32; 3], TlsVersion, [u32; 4]);

fn sorted_rows<'a>(cube: &'a Cube, scope: &Scope) -> Vec<(Place, &'a Key, &'a Counts)> {
    let ranks = ranks(cube);
    let rank = |sym: Sym| ranks.get(sym.0 as usize).copied().unwrap_or_default();
    let mut rows: Vec<_> = cube
        .rows()
        .filter(|(key, counts)| scope.has_use(key) && scope.has_sender(key) && scope.has_line_of(key, counts))
        .map(|(key, counts)| {
            let before_tls = [rank(key.user), rank(key.sender), rank(key.sender_domain)];
            let after_tls =
                [rank(key.mechanism), rank(key.client_ip), rank(key.client_name), rank(key.server)];
            ((key.day, before_tls, key.tls, after_tls), key, counts)
        })
        .collect();
    rows.sort_unstable_by_key(|row| row.0);
    rows
}

/// For every string of a cube its place among all of them, by code point.
fn ranks(cube: &Cube) -> Vec<u32> {
    let count = u32::try_from(cube.string_count()).unwrap_or(u32::MAX);
    let mut order: Vec<u32> = (0..count).collect();
    order.sort_unstable_by_key(|&i| cube.text(Sym(i)));
    let mut ranks = vec![0; order.len()];
    for (rank, i) in (0..).zip(order) {
        if let Some(slot) = ranks.get_mut(i as usize) {
            *slot = rank;
        }
    }
    ranks
}

fn idle_days(input: &Input, scope: &Scope, rows: &[(Place, &Key, &Counts)]) -> Vec<Day> {
    let Some(days) = scope.days() else { return Vec::new() };
    input
        .days_with_logs
        .range(days.first..=days.last)
        .copied()
        .filter(|&day| rows.binary_search_by(|(_, key, _)| key.day.cmp(&Some(day))).is_err())
        .collect()
}

fn write_idle_day<W: Write>(csv: &mut csv::Writer<W>, day: Day) -> Result<(), ExportError> {
    let date = day.to_string();
    let tls = TlsVersion::Unknown.label();
    csv.write_record([&date, "", "", "", tls, UNKNOWN_MECHANISM, "", "", "", "0", "0", "0", "0"])?;
    Ok(())
}

fn write_row<W: Write>(
    csv: &mut csv::Writer<W>,
    cube: &Cube,
    key: &Key,
    counts: &Counts,
) -> Result<(), ExportError> {
    let row = cube.row(key);
    csv.write_field(row.day.map(|day| day.to_string()).unwrap_or_default())?;
    for text in [row.user, row.sender, row.sender_domain] {
        csv.write_field(escape_formula(text).as_bytes())?;
    }
    csv.write_field(row.tls.label())?;
    for text in [row.mechanism, row.client_ip, row.client_name, row.server] {
        csv.write_field(escape_formula(text).as_bytes())?;
    }
    for count in [counts.messages, counts.recipients, counts.sessions, counts.failed_signins] {
        write_count(csv, count)?;
    }
    csv.write_record(None::<&[u8]>)?;
    Ok(())
}

fn write_count<W: Write>(csv: &mut csv::Writer<W>, count: Count) -> Result<(), ExportError> {
    let text = count.value().map(|n| n.to_string()).unwrap_or_default();
    csv.write_field(text)?;
    Ok(())
}

#[cfg(test)]
mod tests;
