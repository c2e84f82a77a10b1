//! What the rows of a CSV tell, whoever wrote it: the interface between the CSV formats and what counts.
//!
//! A format is a type that implements [`RowFormat`]. It finds its columns by name in a [`Table`], once, and then tells of
//! each row which [`RowFact`]s it holds. Records of many lines, quotes, repeated headers and bad lines are not its
//! business; `aggregate/read/csv.rs` sees to them.

use super::account::SkipReason;
use super::activity_csv::ActivityRow;
use super::dates::DateStyle;
use super::fields::{Field, LineError};
use crate::model::{Counts, Refusal};
use serde::{Deserialize, Serialize};

/// How a CSV is written, and what its columns are called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What separates the fields.
    pub delimiter: u8,
    /// The columns' names as they stand in the file, trimmed.
    pub names: Vec<String>,
}

/// A name in the one spelling by which columns are compared: letters and digits only, in lower case.
/// `"Date (UTC)"` is `dateutc`, `sender_address` is `senderaddress`.
pub fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Table {
    /// Where the first column stands that has one of these [`folded`] names, the first name before the second.
    pub fn find(&self, aliases: &[&str]) -> Option<usize> {
        let names: Vec<String> = self.names.iter().map(|name| folded(name)).collect();
        aliases.iter().find_map(|alias| names.iter().position(|name| name == alias))
    }

    /// Whether there is a column of this [`folded`] name.
    pub fn has(&self, name: &str) -> bool {
        self.find(&[name]).is_some()
    }
}

/// What some programs write above the column names: Excel's `sep=;`, Windows PowerShell's `#TYPE …`.
pub fn is_preamble(line: &[u8]) -> bool {
    begins_with(unquoted(line), b"#TYPE ") || separator(line).is_some()
}

/// The separator that `sep=;` names.
pub fn separator(line: &[u8]) -> Option<u8> {
    let line = unquoted(line);
    if !begins_with(line, b"sep=") {
        return None;
    }
    match &line[b"sep=".len()..] {
        // A tab is white space, and was trimmed.
        [] => Some(b'\t'),
        // Excel fills the line up with its own separator where it saves the file again.
        [delimiter, rest @ ..] if rest.iter().all(|b| b",;\"\t|".contains(b)) => Some(*delimiter),
        _ => None,
    }
}

fn unquoted(line: &[u8]) -> &[u8] {
    let line = line.trim_ascii();
    line.strip_prefix(b"\"").unwrap_or(line)
}

fn begins_with(line: &[u8], word: &[u8]) -> bool {
    line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The first rows of a file, their fields' texts without quotes, trimmed. What a format decides from them, it decides
/// once, for all of the file: how dates are written, whether figures are percentages.
pub type Sample = [Vec<String>];

/// A row's identity. Rows of one format with equal ids tell of the same thing, which counts once, in whatever files
/// they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// A digest of what identifies the thing: the message id, the request id.
    pub id: u64,
    /// Of rows of one id the one with the highest rank is believed where they differ.
    pub rank: u8,
    /// The session of the protocol log that the thing stands in too, if the row says so.
    pub session: Option<u64>,
}

/// What a row tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFact<'a> {
    /// When (Unix milliseconds, UTC), if the row says so.
    pub time_ms: Option<i64>,
    /// Whose counts, and over what: user, sender, TLS version, mechanism, client, server.
    pub row: ActivityRow<'a>,
    /// How many. What the format cannot know is [`Count::UNKNOWN`](crate::model::Count::UNKNOWN); what it knows not to
    /// have happened is zero.
    pub counts: Counts,
    /// `None`: each row is a thing of its own.
    pub identity: Option<Identity>,
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
}

/// What becomes of a row's lines in the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// Its facts were told.
    Counted,
    /// It is none of the report's business.
    Skipped(SkipReason),
}

/// A CSV format, with what it knows of the file at hand.
pub trait RowFormat: std::fmt::Debug {
    /// How the file is written.
    fn table(&self) -> &Table;

    /// Whether several rows tell of one thing as a rule. Then each counts as a line of it; else a row whose id was told
    /// before is a repeated one.
    fn has_many_rows_a_thing(&self) -> bool {
        false
    }

    /// Whether its figures are estimates, made of rounded percentages.
    fn is_estimate(&self) -> bool {
        false
    }

    /// Whether the column names stand in a line of their own. Else they stand in comments, which the reader of a range
    /// in the middle of the file does not see: such a file is not cut.
    fn has_names_line(&self) -> bool {
        true
    }

    /// How the file writes its dates.
    fn dates(&self) -> DateStyle {
        DateStyle::default()
    }

    /// Whether a line between rows is a comment, as Exchange's `#` lines are. It may change the columns.
    fn is_comment(&mut self, _line: &[u8]) -> bool {
        false
    }

    /// Why something was refused, if a row says so of what is not counted as refused: a message that could not be
    /// delivered, for one.
    fn refusal_in(&self, _fields: &[Field<'_>]) -> Option<Refusal> {
        None
    }

    /// Reads a row, which has as many fields as the table has names, and tells its facts.
    ///
    /// # Errors
    /// What is wrong with it. Then it must not have told anything.
    fn read(
        &mut self,
        fields: &[Field<'_>],
        tell: &mut dyn FnMut(RowFact<'_>),
    ) -> Result<RowOutcome, LineError>;
}
