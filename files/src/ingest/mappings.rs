//! Mappings that were set by hand, remembered for other files with the same column names.
//!
//! Of a header only a digest is kept, and of a mapping only where its columns stand: nothing of a file's rows.

use super::other_csv::{Mapping, ROLES, RoleNames};
use super::row::{Table, folded};
use std::fmt::Write;
use xxhash_rust::xxh3::xxh3_64;

/// So many headers are remembered; a further one takes the place of the one that was mapped the longest ago.
pub const MAX_MAPPINGS: usize = 100;
/// In the text: the key of the order of day and month, and its values.
const DATES: &str = "dates";
const DAY_FIRST: &str = "day-first";
const MONTH_FIRST: &str = "month-first";

/// The column names of a file, in order and [`folded`]. Files of one id are mapped alike, whatever separates their
/// fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeaderId(u64);

impl HeaderId {
    /// Of a file.
    pub fn of(table: &Table) -> Self {
        let names: Vec<String> = table.names.iter().map(|name| folded(name)).collect();
        // A folded name has no line feed.
        Self(xxh3_64(names.join("\n").as_bytes()))
    }
}

/// Mappings by header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mappings {
    /// The latest last.
    known: Vec<(HeaderId, Mapping)>,
}

impl Mappings {
    /// The mapping of a file with these columns, if one is remembered that fits.
    pub fn of(&self, table: &Table) -> Option<&Mapping> {
        if self.known.is_empty() {
            return None;
        }
        let id = HeaderId::of(table);
        let (_, mapping) = self.known.iter().find(|(known, _)| *known == id)?;
        // What was remembered may come from anywhere.
        let mut columns = ROLES.iter().filter_map(|RoleNames { role, .. }| mapping.column(*role));
        columns.all(|at| at < table.names.len()).then_some(mapping)
    }

    /// Remembers the mapping of files with this header, in place of another one.
    pub fn remember(&mut self, id: HeaderId, mapping: Mapping) {
        self.known.retain(|(known, _)| *known != id);
        if self.known.len() >= MAX_MAPPINGS {
            self.known.remove(0);
        }
        self.known.push((id, mapping));
    }

    /// Remembers what others do, too.
    pub fn extend(&mut self, others: Self) {
        for (id, mapping) in others.known {
            self.remember(id, mapping);
        }
    }

    /// Reads what [`to_text`](Self::to_text) wrote. Lines that make no sense are left out. Which words mean success is
    /// not in it.
    pub fn from_text(text: &str) -> Self {
        let mut mappings = Self::default();
        for (id, mapping) in text.lines().filter_map(parse) {
            mappings.remember(id, mapping);
        }
        mappings
    }

    /// A line for each: `9e0c… role-time=0 role-user=1 dates=day-first`.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (HeaderId(id), mapping) in &self.known {
            // Writing to a string does not fail.
            let _ = write!(text, "{id:016x}");
            for RoleNames { role, key, .. } in &ROLES {
                if let Some(at) = mapping.column(*role) {
                    let _ = write!(text, " {key}={at}");
                }
            }
            if let Some(day_first) = mapping.day_first {
                let _ = write!(text, " {DATES}={}", if day_first { DAY_FIRST } else { MONTH_FIRST });
            }
            text.push('\n');
        }
        text
    }
}

/// A line of the text.
fn parse(line: &str) -> Option<(HeaderId, Mapping)> {
    let mut parts = line.split(' ');
    let id = u64::from_str_radix(parts.next()?, 16).ok()?;
    let mut mapping = Mapping::default();
    for part in parts {
        match part.split_once('=')? {
            (DATES, DAY_FIRST) => mapping.day_first = Some(true),
            (DATES, MONTH_FIRST) => mapping.day_first = Some(false),
            (key, at) => {
                let role = ROLES.iter().find(|role| role.key == key)?.role;
                mapping.set(role, Some(at.parse().ok()?));
            }
        }
    }
    mapping.is_enough().then_some((HeaderId(id), mapping))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::other_csv::Role;

    fn table(names: &str) -> Table {
        Table { delimiter: b';', names: names.split(';').map(str::to_owned).collect() }
    }

    fn mapping(time: usize, user: usize) -> Mapping {
        let mut mapping = Mapping::default();
        mapping.set(Role::Time, Some(time));
        mapping.set(Role::User, Some(user));
        mapping
    }

    #[test]
    fn the_header_decides_in_whatever_spelling() {
        let mut mappings = Mappings::default();
        mappings.remember(HeaderId::of(&table("Wann;wer?;W_A_S")), mapping(0, 1));
        assert_eq!(mappings.of(&Table { delimiter: b',', ..table("wann;WER;was") }), Some(&mapping(0, 1)));
        for other in ["wann;wer", "wer;wann;was", "wann;wer;was;ip", "wannwer;was", "wann;;wer;was"] {
            assert_eq!(mappings.of(&table(other)), None, "{other}");
        }
        mappings.remember(HeaderId::of(&table("wann;wer;was")), mapping(2, 1));
        assert_eq!(mappings.of(&table("wann;wer;was")), Some(&mapping(2, 1)));
    }

    #[test]
    fn what_is_written_reads_back() {
        let mut mappings = Mappings::default();
        let (mut day_first, mut month_first) = (mapping(0, 1), mapping(3, 2));
        (day_first.day_first, month_first.day_first) = (Some(true), Some(false));
        for (header, mapping) in [("a;b", mapping(1, 0)), ("c;d", day_first), ("e;f;g;h", month_first)] {
            mappings.remember(HeaderId::of(&table(header)), mapping);
        }
        let text = mappings.to_text();
        assert_eq!(
            text.lines().nth(1).unwrap().split_once(' ').unwrap().1,
            "role-time=0 role-user=1 dates=day-first"
        );
        assert_eq!(Mappings::from_text(&text), mappings);
        assert_eq!(Mappings::from_text(&text.replace('\n', "\r\n")), mappings);
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let id = HeaderId::of(&table("a;b"));
        let good = format!("{:016x} role-time=0 role-user=1", id.0);
        let hex = &good[..16];
        let text = [
            "",
            "{\"version\":2}",
            "<img src=x onerror=alert(1)>",
            &format!("{hex} role-time=0"),
            &format!("{hex} role-time=0 role-user=-1"),
            &format!("{hex} role-time=0 role-user=99999999999999999999999"),
            &format!("{hex} role-time=0 role-user=1 role-colour=1"),
            &format!("{hex} role-time=0 role-user=1 dates=backwards"),
            &format!("{hex} role-time=0 role-user"),
            &good,
            "\u{0}\u{FFFD}",
        ]
        .join("\n");
        let mappings = Mappings::from_text(&text);
        assert_eq!(mappings.known, [(id, mapping(0, 1))]);
        // A column that the file does not have.
        let beyond = Mappings::from_text(&good.replace("user=1", "user=2"));
        assert_eq!((beyond.known.len(), beyond.of(&table("a;b"))), (1, None));
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let header = |n: usize| table(&format!("a{n};b{n}"));
        let mut mappings = Mappings::default();
        for n in 0..MAX_MAPPINGS + 10 {
            mappings.remember(HeaderId::of(&header(n)), mapping(0, 1));
            // Used again, so not old.
            mappings.remember(HeaderId::of(&header(0)), mapping(1, 0));
        }
        assert_eq!(mappings.known.len(), MAX_MAPPINGS);
        assert_eq!(mappings.of(&header(0)), Some(&mapping(1, 0)));
        assert_eq!(mappings.of(&header(1)), None);
        assert_eq!(mappings.of(&header(MAX_MAPPINGS + 9)), Some(&mapping(0, 1)));
        assert_eq!(Mappings::from_text(&mappings.to_text().repeat(2)), mappings);

        let mut both = Mappings::default();
        both.remember(HeaderId::of(&header(0)), mapping(0, 1));
        both.extend(mappings.clone());
        assert_eq!(both.of(&header(0)), Some(&mapping(1, 0)));
        assert_eq!(both.known.len(), MAX_MAPPINGS);
    }
}
