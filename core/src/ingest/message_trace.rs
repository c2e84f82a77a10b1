//! Exchange Online message trace, in all the forms in which it is handed out.
//!
//! - the *enhanced summary*, a row per message: `origin_timestamp_utc`, `sender_address`, `recipient_status` …
//! - the *extended* report, some 16 rows per message in no order: `date_time_utc`, `event_id`, `custom_data` …
//! - `Get-MessageTraceV2`, a row per recipient: `Received`, `SenderAddress`, `RecipientAddress`, `MessageTraceId` …
//! - the list on the screen, a row per recipient: `Date`, `Sender`, `Recipient`, `Subject`, `Status`
//!
//! A trace does not say how a message was handed in, nor who signed in. So every message that did not come from outside
//! counts, whatever became of it later: a row there is shows that it was accepted.

use super::account::SkipReason;
use super::activity_csv::{ActivityRow, Header};
use super::fields::{Field, LineError};
use super::message_columns::{Column, Columns, digest, row_digest};
use super::row::{Identity, RowFact, RowFormat, RowOutcome, Sample, Table};
use crate::model::auth::UNKNOWN_MECHANISM;
use crate::model::identity::domain_of;
use crate::model::{Count, Counts, TlsVersion};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A message trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageTrace {
    table: Table,
    columns: Columns,
}

/// What a row stands for. The later, the more it knows of how the message was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    /// A step on the message's way behind its acceptance.
    LaterStep,
    /// The message as a whole, or one of its recipients.
    Summary,
    /// The acceptance, by something else than SMTP.
    Received,
    /// The acceptance.
    ReceivedBySmtp,
}

impl MessageTrace {
    /// For a file with these columns and first rows; `None` if they are not those of a trace.
    pub fn from_table(table: &Table, sample: &Sample) -> Option<Self> {
        is_trace(table).then(|| Self { table: table.clone(), columns: Columns::new(table, sample) })
    }

    fn kind(&self, fields: &[Field<'_>]) -> Row {
        let columns = &self.columns;
        if !columns.has(Column::Event) {
            Row::Summary
        } else if !columns.is(fields, Column::Event, "RECEIVE") {
            Row::LaterStep
        } else if columns.is(fields, Column::Source, "SMTP") {
            Row::ReceivedBySmtp
        } else {
            Row::Received
        }
    }

    fn is_from_outside(&self, fields: &[Field<'_>]) -> bool {
        ["Incoming", "Inbound", "1"]
            .into_iter()
            .any(|word| self.columns.is(fields, Column::Directionality, word))
    }

    /// What all rows about one message have in common.
    fn id(&self, fields: &[Field<'_>], sender: &str) -> u64 {
        // One report writes it with hyphens and the other without.
        let network_id: Vec<u8> = self
            .columns
            .text(fields, Column::NetworkMessageId)
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|b| b.to_ascii_lowercase())
            .collect();
        if network_id.iter().any(|&b| b != b'0') {
            return digest(&[&network_id]);
        }
        match self.columns.text(fields, Column::MessageId) {
            none if none.is_empty() => row_digest(fields),
            message_id => digest(&[message_id.as_bytes(), sender.as_bytes()]),
        }
    }

    fn recipients(&self, fields: &[Field<'_>], kind: Row) -> Result<Count, LineError> {
        match kind {
            Row::Summary => Ok(self.columns.list_length(fields, Column::RecipientStatus)),
            Row::Received | Row::ReceivedBySmtp => self.columns.recipient_count(fields),
            Row::LaterStep => Ok(Count::UNKNOWN),
        }
    }
}

impl RowFormat for MessageTrace {
    fn table(&self) -> &Table {
        &self.table
    }

    fn has_many_rows_a_thing(&self) -> bool {
        true
    }

    fn read(
        &mut self,
        fields: &[Field<'_>],
        tell: &mut dyn FnMut(RowFact<'_>),
    ) -> Result<RowOutcome, LineError> {
        if self.is_from_outside(fields) {
            return Ok(RowOutcome::Skipped(SkipReason::NotSmtpAuth));
        }
        let kind = self.kind(fields);
        let time_ms = self.columns.time_ms(fields)?;
        let recipients = self.recipients(fields, kind)?;
        let sender = self.columns.sender(fields);
        let client_ip = match self.columns.ip(fields, Column::OriginalClientIp) {
            // Further on the client is a server of Microsoft's.
            none if none.is_empty() && kind != Row::LaterStep => self.columns.ip(fields, Column::ClientIp),
            original => original,
        };
        // Further on it is the TLS of the way out.
        let tls = match kind {
            Row::LaterStep => TlsVersion::Unknown,
            _ => tls_version(&self.columns.bytes(fields, Column::CustomData)),
        };
        let id = self.id(fields, &sender);
        tell(RowFact {
            time_ms,
            row: ActivityRow {
                user: sender.clone(),
                sender_domain: Cow::Owned(domain_of(&sender).to_owned()),
                sender,
                tls,
                mechanism: Cow::Borrowed(UNKNOWN_MECHANISM),
                client_ip,
                client_name: Cow::Borrowed(""),
                server: Cow::Borrowed(""),
            },
            counts: Counts {
                messages: Count::known(1),
                recipients,
                sessions: Count::UNKNOWN,
                failed_signins: Count::UNKNOWN,
            },
            identity: Some(Identity { id, rank: kind as u8, session: None }),
            refusal: None,
        });
        Ok(RowOutcome::Counted)
    }
}

/// Whether these are the columns of a trace. A list that has TLS or a mechanism besides is an Activity CSV.
pub fn is_trace(table: &Table) -> bool {
    let any = |names: &[&str]| table.find(names).is_some();
    // But for the underscores the extended report has the names of a tracking log.
    let is_extended = table
        .find(&["eventid"])
        .and_then(|at| table.names.get(at))
        .is_some_and(|name| name.contains('_') || table.has("datetimeutc"));
    let is_summary = any(&["origintimestamputc", "origintimestamp"]);
    let is_list =
        any(&["received", "receivedutc", "receiveddatetime"]) && any(&["recipientaddress", "messagetraceid"]);
    let is_on_screen = any(&["date", "dateutc"])
        && any(&["recipient", "recipientaddress"])
        && table.has("subject")
        && table.has("status");
    any(&["senderaddress", "sender"])
        && (is_extended || is_summary || is_list || is_on_screen)
        && Header::from_names(&table.names, table.delimiter).is_none()
}

/// The TLS version in `S:tlsversion=SP_PROT_TLS1_2_SERVER;S:tlscipher=…`. A value with a `;` of its own is quoted: `';'`.
fn tls_version(custom_data: &[u8]) -> TlsVersion {
    // An apostrophe without a partner is no quote.
    let has_quotes = memchr::memchr_iter(b'\'', custom_data).count() % 2 == 0;
    let mut is_quoted = false;
    let parts = custom_data.split(|&b| {
        is_quoted ^= b == b'\'' && has_quotes;
        b == b';' && !is_quoted
    });
    for part in parts {
        let part = part.trim_ascii();
        // The letter is the value's type.
        let part = match part {
            [letter, b':', rest @ ..] if letter.is_ascii_alphabetic() => rest,
            _ => part,
        };
        if let Some((name, [b'=', value @ ..])) = part.split_at_checked(b"tlsversion".len())
            && name.eq_ignore_ascii_case(b"tlsversion")
        {
            return TlsVersion::parse(value).unwrap_or_default();
        }
    }
    TlsVersion::Unknown
}
