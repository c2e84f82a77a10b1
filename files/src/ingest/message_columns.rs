//! The columns that message traces and message tracking logs have in common, under whichever names.
//!
//! Exchange Online writes `sender_address`, Exchange Server `sender-address`, a cmdlet `SenderAddress` or `Sender`.

use super::account::BadReason;
use super::dates::DateStyle;
use super::fields::{Field, LineError};
use super::row::{Sample, Table};
use super::text::name;
use crate::model::Count;
use crate::model::Refusal;
use crate::model::identity::normalise_address;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_64;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Column {
    /// When it happened.
    Time,
    /// The event that a row stands for: `RECEIVE`, `SEND` …
    Event,
    /// The component that it happened in: `SMTP`, `STOREDRIVER` …
    Source,
    /// The connector that took the message.
    Connector,
    /// What the component adds; in a tracking log it begins with the session id.
    SourceContext,
    /// MAIL FROM.
    Sender,
    /// MAIL FROM too, as it stands on the envelope.
    ReturnPath,
    /// One recipient, or a list of them.
    Recipients,
    /// What became of each recipient.
    RecipientStatus,
    /// How many recipients.
    RecipientCount,
    /// The `Message-ID` header.
    MessageId,
    /// The id that all copies of a message have.
    NetworkMessageId,
    /// The id that a server gives a message.
    InternalMessageId,
    /// The address that the message was first sent from.
    OriginalClientIp,
    /// The address on the other end of this connection.
    ClientIp,
    /// The name on the other end of this connection.
    ClientHostname,
    /// The server.
    ServerHostname,
    /// Whether the message goes into the organization or out of it.
    Directionality,
    /// Everything else, as `S:name=value;…`.
    CustomData,
}

/// The [folded](super::row::folded) names of each column, in the order of [`Column`].
const NAMES: [&[&str]; 19] = [
    &[
        "origintimestamputc",
        "origintimestamp",
        "datetimeutc",
        "datetime",
        "received",
        "receivedutc",
        "receiveddatetime",
        "timestamp",
        "date",
        "dateutc",
    ],
    &["eventid"],
    &["source"],
    &["connectorid"],
    &["sourcecontext"],
    &["senderaddress", "sender"],
    &["returnpath"],
    &["recipientaddress", "recipients", "recipient"],
    &["recipientstatus"],
    &["recipientcount"],
    &["messageid"],
    &["networkmessageid", "messagetraceid"],
    &["internalmessageid"],
    &["originalclientip", "fromip"],
    &["clientip"],
    &["clienthostname"],
    &["serverhostname"],
    &["directionality"],
    &["customdata"],
];

/// What Exchange Online writes for an address that it does not want to tell. Nobody can send from it.
const WITHHELD_ADDRESS: &str = "255.255.255.255";

/// Where the columns stand, and how their dates are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// Position of each [`Column`], if the file has it.
    position: [Option<u32>; NAMES.len()],
    dates: DateStyle,
}

impl Columns {
    /// From a file's column names and first rows.
    pub fn new(table: &Table, sample: &Sample) -> Self {
        let position = NAMES.map(|names| table.find(names).and_then(|at| u32::try_from(at).ok()));
        let mut columns = Self { position, dates: DateStyle::default() };
        if let Some(at) = columns.at(Column::Time) {
            columns.dates = DateStyle::of(sample.iter().filter_map(|row| row.get(at)).map(String::as_str));
        }
        columns
    }

    /// How the file writes its dates.
    pub const fn dates(&self) -> DateStyle {
        self.dates
    }

    /// Whether the file has this column.
    pub fn has(&self, column: Column) -> bool {
        self.at(column).is_some()
    }

    fn at(&self, column: Column) -> Option<usize> {
        self.position[column as usize].map(|at| at as usize)
    }

    /// Why something was refused, by the status codes in what a row tells of its recipients and of its step.
    pub fn refusal_in(&self, fields: &[Field<'_>]) -> Option<Refusal> {
        [Column::RecipientStatus, Column::SourceContext, Column::CustomData].into_iter().find_map(|column| {
            let text = self.bytes(fields, column);
            // Nearly none has one, so the words are not looked for in all.
            let has_code = [&b"5.7."[..], b"4.7.66", b"5.2.25"]
                .into_iter()
                .any(|code| memchr::memmem::find(&text, code).is_some());
            if has_code { Refusal::recognise(&text) } else { None }
        })
    }

    /// A field's bytes, trimmed, however many; none if the file does not have the column.
    pub fn bytes<'a>(&self, fields: &[Field<'a>], column: Column) -> Cow<'a, [u8]> {
        match self.at(column).and_then(|at| fields.get(at)).map(Field::value) {
            None => Cow::Borrowed(&[]),
            Some(Cow::Borrowed(value)) => Cow::Borrowed(value.trim_ascii()),
            Some(Cow::Owned(value)) => Cow::Owned(value.trim_ascii().to_vec()),
        }
    }

    /// A field's text, trimmed and of bounded length.
    pub fn text<'a>(&self, fields: &[Field<'a>], column: Column) -> Cow<'a, str> {
        match self.bytes(fields, column) {
            Cow::Borrowed(value) => name(value),
            Cow::Owned(value) => Cow::Owned(name(&value).into_owned()),
        }
    }

    /// Whether a field is this word, without regard to case.
    pub fn is(&self, fields: &[Field<'_>], column: Column, word: &str) -> bool {
        self.bytes(fields, column).eq_ignore_ascii_case(word.as_bytes())
    }

    /// The sender's address in its one spelling; empty for the null sender.
    pub fn sender<'a>(&self, fields: &[Field<'a>]) -> Cow<'a, str> {
        let sender = match self.text(fields, Column::Sender) {
            none if none.is_empty() => self.text(fields, Column::ReturnPath),
            sender => sender,
        };
        match sender {
            null if null == "<>" => Cow::Borrowed(""),
            Cow::Borrowed(sender) => normalise_address(sender),
            Cow::Owned(sender) => Cow::Owned(normalise_address(&sender).into_owned()),
        }
    }

    /// An IP address, without the zone of a link-local one; empty if it is withheld.
    pub fn ip<'a>(&self, fields: &[Field<'a>], column: Column) -> Cow<'a, str> {
        match self.text(fields, column) {
            withheld if withheld == WITHHELD_ADDRESS => Cow::Borrowed(""),
            Cow::Borrowed(address) => Cow::Borrowed(without_zone(address)),
            Cow::Owned(address) => Cow::Owned(without_zone(&address).to_owned()),
        }
    }

    /// Unix milliseconds, UTC, if the row has a time.
    ///
    /// # Errors
    /// If it is no time.
    pub fn time_ms(&self, fields: &[Field<'_>]) -> Result<Option<i64>, LineError> {
        let time = self.text(fields, Column::Time);
        if time.is_empty() {
            return Ok(None);
        }
        self.dates.parse(&time).map(Some).ok_or(self.bad(Column::Time, BadReason::Time))
    }

    /// How many recipients a row says it is about; unknown if it does not say.
    ///
    /// # Errors
    /// If it is no number.
    pub fn recipient_count(&self, fields: &[Field<'_>]) -> Result<Count, LineError> {
        let count = self.text(fields, Column::RecipientCount);
        if count.is_empty() {
            return Ok(Count::UNKNOWN);
        }
        let count = count.parse::<u32>().map_err(|_| self.bad(Column::RecipientCount, BadReason::Count))?;
        Ok(Count::known(count.into()))
    }

    /// How many entries a `;`-separated list has; unknown if it has none, or if PowerShell wrote what kind of list it is
    /// instead of the list.
    pub fn list_length(&self, fields: &[Field<'_>], column: Column) -> Count {
        let list = self.bytes(fields, column);
        let entries = list.split(|&b| b == b';').filter(|entry| !entry.trim_ascii().is_empty());
        match u64::try_from(entries.count()) {
            Ok(n) if n > 0 && !list.ends_with(b"[]") => Count::known(n),
            _ => Count::UNKNOWN,
        }
    }

    fn bad(&self, column: Column, reason: BadReason) -> LineError {
        LineError { column: self.position[column as usize].map(|at| at.saturating_add(1)), reason }
    }
}

/// `fe80::1%3` is `fe80::1` on the network card 3 of whoever wrote it.
fn without_zone(address: &str) -> &str {
    address.split_once('%').map_or(address, |(address, _)| address)
}

/// A digest of some texts, which differs where one character moves from a text to the next.
pub fn digest(parts: &[&[u8]]) -> u64 {
    xxh3_64(&parts.join(&0))
}

/// A digest of a whole row.
pub fn row_digest(fields: &[Field<'_>]) -> u64 {
    digest(&fields.iter().map(|field| field.raw).collect::<Vec<_>>())
}

#[cfg(test)]
pub mod testing {
    use super::super::fields::split;
    use super::super::row::{RowFormat, RowOutcome};
    use super::*;
    use chrono::{DateTime, SecondsFormat};
    use serde::de::DeserializeOwned;

    /// The table of a line of column names.
    pub fn table(names: &str) -> Table {
        let mut fields = Vec::new();
        split(names.as_bytes(), b',', &mut fields).unwrap();
        let text = |field: &Field<'_>| String::from_utf8_lossy(&field.value()).trim().to_owned();
        Table { delimiter: b',', names: fields.iter().map(text).collect() }
    }

    /// What each row of a file comes to: what it tells, with its digest, or why it does not.
    pub fn read<F: RowFormat + PartialEq + Serialize + DeserializeOwned>(
        make: impl Fn(&Table, &Sample) -> Option<F>,
        text: &str,
    ) -> Vec<(String, Option<u64>)> {
        let header = text.lines().find_map(|line| line.strip_prefix("#Fields: "));
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let table = table(header.unwrap_or_else(|| lines.next().unwrap()));
        let rows: Vec<&str> = lines.collect();
        let mut fields = Vec::new();
        let mut sample = Vec::new();
        for row in &rows {
            split(row.as_bytes(), b',', &mut fields).unwrap();
            assert_eq!(fields.len(), table.names.len(), "{row}");
            let text = |field: &Field<'_>| String::from_utf8_lossy(&field.value()).trim().to_owned();
            sample.push(fields.iter().map(text).collect());
        }
        let mut format = make(&table, &sample).unwrap();
        assert_eq!(format.table(), &table);
        // Workers get it by post.
        let packed = postcard::to_stdvec(&format).unwrap();
        assert_eq!(postcard::from_bytes::<F>(&packed).unwrap(), format);
        rows.iter()
            .map(|row| {
                split(row.as_bytes(), b',', &mut fields).unwrap();
                let mut told = Vec::new();
                let outcome = format.read(&fields, &mut |fact| {
                    let time = fact.time_ms.and_then(DateTime::from_timestamp_millis);
                    let time = time.map(|time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true));
                    let identity = fact.identity.unwrap();
                    let session = identity.session.map_or(String::new(), |id| format!("{id:016X}"));
                    assert_eq!(fact.row.user, fact.row.sender);
                    assert_eq!(fact.row.mechanism, "Unknown");
                    assert_eq!(fact.counts.messages, Count::known(1));
                    assert_eq!(fact.counts.sessions, Count::UNKNOWN);
                    assert_eq!(fact.counts.failed_signins, Count::UNKNOWN);
                    assert_eq!(fact.refusal, None);
                    let facts = [
                        time.as_deref().unwrap_or(""),
                        &fact.row.sender,
                        &fact.row.sender_domain,
                        fact.row.tls.label(),
                        &fact.row.client_ip,
                        &fact.row.client_name,
                        &fact.row.server,
                        &fact.counts.recipients.value().map_or("?".into(), |n| n.to_string()),
                        &identity.rank.to_string(),
                        &session,
                    ];
                    told.push((facts.join("|"), Some(identity.id)));
                });
                match outcome {
                    Ok(RowOutcome::Counted) => assert_eq!(told.len(), 1),
                    Ok(RowOutcome::Skipped(_)) | Err(_) => assert_eq!(told, []),
                }
                told.pop().unwrap_or_else(|| (format!("{outcome:?}"), None))
            })
            .collect()
    }
}
