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
use super::dates::DateStyle;
use super::fields::{Field, LineError};
use super::message_columns::{Column, Columns, digest, row_digest};
use super::row::{Identity, RowFact, RowFormat, RowOutcome, Sample, Table};
use crate::model::auth::UNKNOWN_MECHANISM;
use crate::model::identity::domain_of;
use crate::model::{Count, Counts, Refusal, TlsVersion};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A message trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageTrace {
    table: Table,
    columns: Columns,
}

/// What a row stands for, by its rank: the higher, the more it knows of how the message was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    fn dates(&self) -> DateStyle {
        self.columns.dates()
    }

    fn refusal_in(&self, fields: &[Field<'_>]) -> Option<Refusal> {
        self.columns.refusal_in(fields)
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
    let has_quotes = memchr::memchr_iter(b'\'', custom_data).count().is_multiple_of(2);
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

#[cfg(test)]
mod tests {
    use super::super::message_columns::testing::read;
    use super::*;

    macro_rules! fixture {
        ($name:literal) => {
            include_str!(concat!("../../../tests/fixtures/trace/", $name))
        };
    }

    fn told(text: &str) -> (Vec<String>, Vec<Option<u64>>) {
        read(MessageTrace::from_table, text).into_iter().unzip()
    }

    const OUTSIDE: &str = "Ok(Skipped(NotSmtpAuth))";

    #[test]
    fn a_summary_has_a_row_per_message() {
        let (rows, ids) = told(fixture!("enhanced.csv"));
        assert_eq!(
            rows,
            [
                "2026-11-02T08:15:40Z|scanner@contoso.com|contoso.com|Unknown|203.0.113.9|||2|1|",
                "2026-11-02T08:15:31.123Z|scanner@contoso.com|contoso.com|Unknown|203.0.113.9|||1|1|",
                "2026-11-02T09:00:00Z|erp@contoso.com|contoso.com|Unknown|198.51.100.4|||1|1|",
                "2026-11-02T09:02:00Z|||Unknown||||1|1|",
                OUTSIDE,
                OUTSIDE,
                "Err(LineError { column: Some(1), reason: Time })",
            ]
        );
        // The first two by their network ids, the next two by message id and sender.
        assert_eq!(
            ids[..4],
            [
                Some(digest(&[b"1341ac7b13fb42ab4d4408cf7f55890f"])),
                Some(digest(&[b"1341ac7b13fb42ab4d4408cf7f558910"])),
                Some(digest(&[b"<abe@contoso.com>", b"erp@contoso.com"])),
                Some(digest(&[b"<abg@contoso.com>", b""])),
            ]
        );
    }

    #[test]
    fn an_extended_report_tells_the_same_message_in_each_of_its_rows() {
        let (rows, ids) = told(fixture!("extended.csv"));
        assert_eq!(
            rows,
            [
                "2026-11-02T08:15:44.100Z|scanner@contoso.com|contoso.com|Unknown||||?|0|",
                "2026-11-02T08:15:40.200Z|scanner@contoso.com|contoso.com|TLS 1.2|203.0.113.9|||2|3|",
                "2026-11-02T08:15:41Z|scanner@contoso.com|contoso.com|Unknown|203.0.113.9|||?|0|",
                "2026-11-02T08:15:43Z|scanner@contoso.com|contoso.com|Unknown|203.0.113.9|||?|0|",
                "2026-11-02T08:16:00Z|anna@contoso.com|contoso.com|Unknown|10.9.0.7|||1|2|",
                "2026-11-02T08:17:00Z|erp@contoso.com|contoso.com|Unknown|198.51.100.4|||?|0|",
                OUTSIDE,
                "Err(LineError { column: Some(16), reason: Count })",
            ]
        );
        assert_eq!(ids[..4], [ids[0]; 4]);
        assert_ne!(ids[4], ids[0]);
        assert_ne!(ids[5], ids[4]);
    }

    #[test]
    fn the_older_names_of_the_columns_are_read_alike() {
        let newer = fixture!("extended.csv");
        let older = newer.replacen("date_time_utc", "date_time", 1);
        assert_eq!(told(newer), told(&older));
        let newer = fixture!("enhanced.csv");
        let older = newer.replacen("origin_timestamp_utc", "origin_timestamp", 1);
        assert_eq!(told(newer).0, told(&older).0);
    }

    #[test]
    fn the_cmdlet_has_a_row_per_recipient_of_the_same_message() {
        let (rows, ids) = told(fixture!("get-message-trace-v2.csv"));
        assert_eq!(
            rows,
            [
                "2026-10-31T08:15:40Z|scanner@contoso.com|contoso.com|Unknown|203.0.113.9|||?|1|",
                "2026-10-31T08:15:40Z|scanner@contoso.com|contoso.com|Unknown|203.0.113.9|||?|1|",
                "2026-11-02T09:00:00Z|erp@contoso.com|contoso.com|Unknown|2001:db8::4|||?|1|",
            ]
        );
        assert_eq!(ids[0], ids[1]);
        assert_ne!(ids[1], ids[2]);
        // The same message as the first two of the summary.
        let (_, of_summary) = told(fixture!("enhanced.csv"));
        assert_eq!([ids[0], ids[2]], [of_summary[0], of_summary[1]]);
    }

    #[test]
    fn a_list_without_ids_has_nothing_but_its_rows() {
        let (rows, ids) = told(fixture!("on-screen.csv"));
        assert_eq!(
            rows,
            [
                "2026-11-02T08:15:40Z|scanner@contoso.com|contoso.com|Unknown||||?|1|",
                "2026-11-02T08:15:40Z|scanner@contoso.com|contoso.com|Unknown||||?|1|",
                "2026-11-13T13:05:00Z|erp@contoso.com|contoso.com|Unknown||||?|1|",
            ]
        );
        assert_ne!(ids[0], ids[1]);
        assert_eq!(ids, told(fixture!("on-screen.csv")).1);
    }

    #[test]
    fn the_tls_version_among_other_data() {
        for (custom_data, tls) in [
            ("S:tlsversion=SP_PROT_TLS1_2_SERVER;S:tlscipher=CALG_AES_256", TlsVersion::Tls12),
            ("S:Oorg=contoso.com; S:TlsVersion=SP_PROT_TLS1_3_SERVER", TlsVersion::Tls13),
            ("tlsversion=1024", TlsVersion::Tls12),
            ("S:Name=a';'S:tlsversion=SP_PROT_TLS1_SERVER;S:tlsversion=TLS1_1", TlsVersion::Tls11),
            ("S:Name=O'Brien;S:tlsversion=SP_PROT_TLS1_0_SERVER", TlsVersion::Tls10),
            ("S:tlsversion=SP_PROT_QUIC_SERVER", TlsVersion::Unknown),
            ("S:tlsversion", TlsVersion::Unknown),
            ("S:xtlsversion=TLS1_2;S:tlsversions=TLS1_2", TlsVersion::Unknown),
            (";;='';'", TlsVersion::Unknown),
            ("", TlsVersion::Unknown),
        ] {
            assert_eq!(tls_version(custom_data.as_bytes()), tls, "{custom_data}");
        }
    }

    #[test]
    fn hostile_fields_stay_bounded() {
        let long = "\"\"<script>".repeat(100_000);
        let text = format!(
            "Received,SenderAddress,RecipientAddress,MessageId\n2026-11-02,\"{long}\",b,\"{long}\"\n2026-11-02,a\0\u{202E}b@CONTOSO.com,b,c\n"
        );
        let (rows, _) = told(&text);
        assert!(rows[0].len() < 2200, "{}", rows[0].len());
        assert!(rows[0].starts_with("2026-11-02T00:00:00Z|\"<script>\"<script>"));
        assert_eq!(rows[1], "2026-11-02T00:00:00Z|a\0\u{202E}b@contoso.com|contoso.com|Unknown||||?|1|");
    }
}
