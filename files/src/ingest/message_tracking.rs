//! Exchange Server message tracking: the log itself, and what `Get-MessageTrackingLog | Export-Csv` makes of it.
//!
//! The log has a row for every step of a message. One of them is its acceptance, `SMTP` `RECEIVE`, and the connector that
//! took it says whether the client had to sign in: `EX01\Client Proxy EX01` and `EX01\Client Frontend EX01` are for
//! clients. The columns, 21 in Exchange 2007 and 30 today, are described by Microsoft under *Message tracking*. Neither
//! the login name nor the TLS version is among them; the SMTP Receive log of the same session has both.
//!
//! The log is in UTC. The cmdlet writes the time of the computer that it runs on, and does not say which: it is taken for
//! UTC all the same.

use super::account::SkipReason;
use super::activity_csv::{ActivityRow, Header};
use super::dates::DateStyle;
use super::fields::{Field, LineError};
use super::message_columns::{Column, Columns, digest, row_digest};
use super::message_trace::is_trace;
use super::row::{Identity, RowFact, RowFormat, RowOutcome, Sample, Table};
use crate::model::auth::UNKNOWN_MECHANISM;
use crate::model::identity::{domain_of, is_health_mailbox};
use crate::model::{Count, Counts, Refusal, TlsVersion};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A message tracking log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageTracking {
    table: Table,
    columns: Columns,
    /// Whether the names of the columns stand in `#Fields` lines, as in the log itself.
    is_log: bool,
}

impl MessageTracking {
    /// For a log whose `#Fields` line gives these names; `None` if they are not enough to tell the clients' messages
    /// from the others.
    pub fn from_fields(names: &str) -> Option<Self> {
        let names = names.split(',').map(|name| name.trim().to_owned()).collect();
        let format = Self::from_table(&Table { delimiter: b',', names }, &[])?;
        Some(Self { is_log: true, ..format })
    }

    /// For a file with these columns and first rows; `None` if they are not those of a tracking log, or not enough of
    /// them to tell the clients' messages from the others.
    pub fn from_table(table: &Table, sample: &Sample) -> Option<Self> {
        let columns = Columns::new(table, sample);
        let is_tracking = [Column::Time, Column::Event, Column::Connector, Column::Sender]
            .into_iter()
            .all(|column| columns.has(column))
            && !is_trace(table)
            && Header::from_names(&table.names, table.delimiter).is_none();
        is_tracking.then(|| Self { table: table.clone(), columns, is_log: false })
    }

    /// What a row is about, if not the acceptance of a client's message.
    fn skip_reason(&self, fields: &[Field<'_>], connector: &str) -> Option<SkipReason> {
        let columns = &self.columns;
        if is_health_mailbox(&columns.text(fields, Column::Sender)) {
            Some(SkipReason::HealthMailbox)
        } else if !columns.is(fields, Column::Event, "RECEIVE") {
            Some(SkipReason::OtherEvent)
        } else if (columns.has(Column::Source) && !columns.is(fields, Column::Source, "SMTP"))
            || !begins_with(connector, "client")
        {
            Some(SkipReason::NotSmtpAuth)
        } else {
            None
        }
    }

    fn recipients(&self, fields: &[Field<'_>]) -> Result<Count, LineError> {
        match self.columns.recipient_count(fields)? {
            Count::UNKNOWN => Ok(self.columns.list_length(fields, Column::Recipients)),
            count => Ok(count),
        }
    }

    fn identity(&self, fields: &[Field<'_>], server: &str) -> Identity {
        let internal_id = self.columns.text(fields, Column::InternalMessageId);
        let message_id = self.columns.text(fields, Column::MessageId);
        let id = if internal_id.is_empty() && message_id.is_empty() {
            row_digest(fields)
        } else {
            digest(&[server.as_bytes(), internal_id.as_bytes(), message_id.as_bytes()])
        };
        Identity { id, rank: 0, session: session_id(&self.columns.text(fields, Column::SourceContext)) }
    }
}

impl RowFormat for MessageTracking {
    fn table(&self) -> &Table {
        &self.table
    }

    fn dates(&self) -> DateStyle {
        self.columns.dates()
    }

    fn refusal_in(&self, fields: &[Field<'_>]) -> Option<Refusal> {
        self.columns.refusal_in(fields)
    }

    fn has_names_line(&self) -> bool {
        !self.is_log
    }

    fn is_comment(&mut self, line: &[u8]) -> bool {
        if !self.is_log || line.first() != Some(&b'#') {
            return false;
        }
        // A server that was updated goes on in the same file with more columns.
        if let Some((b"#Fields", names)) = line.split_at_checked(b"#Fields".len())
            && let Ok(names) = std::str::from_utf8(names)
            && let Some(format) = Self::from_fields(names.trim_start_matches(':'))
        {
            *self = format;
        }
        true
    }

    fn read(
        &mut self,
        fields: &[Field<'_>],
        tell: &mut dyn FnMut(RowFact<'_>),
    ) -> Result<RowOutcome, LineError> {
        let columns = &self.columns;
        let connector_id = columns.text(fields, Column::Connector);
        let (server, connector) = connector_id.split_once('\\').unwrap_or(("", &connector_id));
        if let Some(reason) = self.skip_reason(fields, connector) {
            return Ok(RowOutcome::Skipped(reason));
        }
        let time_ms = columns.time_ms(fields)?;
        let recipients = self.recipients(fields)?;
        // By the connector first: so the Receive log calls the server too.
        let server = match server {
            "" => columns.text(fields, Column::ServerHostname),
            server => Cow::Borrowed(server),
        };
        let client_ip = columns.ip(fields, Column::ClientIp);
        let original_ip = columns.ip(fields, Column::OriginalClientIp);
        // Between the client and this server there may be another: then the name is that one's.
        let is_direct =
            !begins_with(connector, "client proxy") && (original_ip.is_empty() || original_ip == client_ip);
        let client_name =
            if is_direct { columns.text(fields, Column::ClientHostname) } else { Cow::Borrowed("") };
        let sender = columns.sender(fields);
        let identity = self.identity(fields, &server);
        tell(RowFact {
            time_ms,
            row: ActivityRow {
                user: sender.clone(),
                sender_domain: Cow::Owned(domain_of(&sender).to_owned()),
                sender,
                tls: TlsVersion::Unknown,
                mechanism: Cow::Borrowed(UNKNOWN_MECHANISM),
                client_ip: if original_ip.is_empty() { client_ip } else { original_ip },
                client_name,
                server,
            },
            counts: Counts {
                messages: Count::known(1),
                recipients,
                sessions: Count::UNKNOWN,
                failed_signins: Count::UNKNOWN,
            },
            identity: Some(identity),
            refusal: None,
        });
        Ok(RowOutcome::Counted)
    }
}

/// Whether a connector's name begins with these words, without regard to case.
fn begins_with(connector: &str, words: &str) -> bool {
    connector.get(..words.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(words))
}

/// The session with which `08DF000000000005;2026-11-02T08:15:29.000Z;0` begins.
fn session_id(source_context: &str) -> Option<u64> {
    let id = source_context.split(';').next()?.trim();
    let is_hex = id.bytes().all(|b| b.is_ascii_hexdigit());
    // A sign in front would be read too.
    if is_hex { u64::from_str_radix(id, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::message_columns::testing::{read, table};
    use super::super::message_trace::MessageTrace;
    use super::*;

    macro_rules! fixture {
        ($name:literal) => {
            include_str!(concat!("../../../tests/fixtures/tracking/", $name))
        };
    }

    fn told(text: &str) -> (Vec<String>, Vec<Option<u64>>) {
        read(MessageTracking::from_table, text).into_iter().unzip()
    }

    #[test]
    fn of_all_steps_the_acceptance_of_a_clients_message_counts() {
        let (rows, ids) = told(fixture!("exchange-2019.log"));
        assert_eq!(
            rows,
            [
                "2026-11-02T08:15:31.001Z|frank@contoso.com|contoso.com|Unknown|10.1.1.70||EX01|2|0|08DF000000000200",
                "Ok(Skipped(OtherEvent))",
                "Ok(Skipped(OtherEvent))",
                "2026-11-02T08:16:00Z|||Unknown|fe80::70|mfp-2.contoso.com|EX01|1|0|08DF000000000202",
                "Ok(Skipped(NotSmtpAuth))",
                "Ok(Skipped(NotSmtpAuth))",
                "Ok(Skipped(HealthMailbox))",
                "2026-11-02T08:20:00Z|nas@contoso.com|contoso.com|Unknown|10.1.1.72|nas|EX01|1|0|",
                "Err(LineError { column: Some(16), reason: Count })",
            ]
        );
        assert_eq!(ids[0], Some(digest(&[b"EX01", b"3003", b"<m1@contoso.com>"])));
        assert_eq!(ids[3], Some(digest(&[b"EX01", b"3004", b"<m2@contoso.com>"])));
        assert!(ids[7].is_some());
    }

    #[test]
    fn the_oldest_version_has_fewer_columns() {
        let (rows, _) = told(fixture!("exchange-2007.log"));
        let row = "2026-11-02T08:15:31.001Z|scanner@contoso.com|contoso.com|Unknown|10.1.1.70|mfp-1|HUB07|1|0|08C0000000000200";
        assert_eq!(rows, [row]);
    }

    #[test]
    fn the_cmdlets_rows_are_those_of_the_log() {
        let (rows, ids) = told(fixture!("get-message-tracking-log.csv"));
        assert_eq!(
            rows,
            [
                "2026-11-02T08:15:31Z|frank@contoso.com|contoso.com|Unknown|10.1.1.70||EX01|2|0|08DF000000000200",
                "Ok(Skipped(OtherEvent))",
                "2026-10-31T23:59:59Z|nas@contoso.com|contoso.com|Unknown|10.1.1.72|nas|EX01|?|0|08DF000000000300",
            ]
        );
        assert_eq!(ids[0], told(fixture!("exchange-2019.log")).1[0]);
    }

    #[test]
    fn session_ids_are_hexadecimal() {
        for (source_context, id) in [
            ("08DF000000000200;2026-11-02T08:15:30.900Z;0", Some(0x08DF_0000_0000_0200)),
            ("08df;x", Some(0x08DF)),
            ("+8DF;2026-11-02T08:15:30.900Z;0", None),
            ("MDB:5e, Mailbox:7c", None),
            ("123456789012345678;", None),
            ("", None),
        ] {
            assert_eq!(session_id(source_context), id, "{source_context}");
        }
    }

    #[test]
    fn each_file_is_claimed_by_its_own_format_alone() {
        let enhanced = "origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id,network_message_id,original_client_ip,directionality,connector_id,delivery_priority";
        let extended = "date_time_utc,client_ip,client_hostname,server_ip,server_hostname,source_context,connector_id,source,event_id,internal_message_id,message_id,network_message_id,recipient_address,recipient_status,total_bytes,recipient_count,related_recipient_address,reference,message_subject,sender_address,return_path,message_info,directionality,tenant_id,original_client_ip,original_server_ip,custom_data";
        let v2 = "Received,SenderAddress,RecipientAddress,Subject,Status,ToIP,FromIP,Size,MessageId,MessageTraceId";
        let v2007 = "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info";
        let v2010 =
            format!("{v2007},directionality,tenant-id,original-client-ip,original-server-ip,custom-data");
        let v2013 = v2010.replace(",message-id,", ",message-id,network-message-id,");
        let v2019 = format!("{v2013},transport-traffic-type,log-id,schema-version");
        let cmdlet = "PSComputerName,RunspaceId,Timestamp,ClientIp,ClientHostname,ServerIp,ServerHostname,SourceContext,ConnectorId,Source,EventId,InternalMessageId,MessageId,NetworkMessageId,Recipients,RecipientStatus,TotalBytes,RecipientCount,RelatedRecipientAddress,Reference,MessageSubject,Sender,ReturnPath,Directionality,TenantId,OriginalClientIp,MessageInfo,MessageLatency,EventData";
        let entra = "\"Date (UTC)\",\"Request ID\",\"User agent\",\"Correlation ID\",\"User ID\",\"User\",\"Username\",\"Authentication Protocol\",\"Application\",\"Application ID \",\"Resource\",\"IP address\",\"Location\",\"Status\",\"Sign-in error code\",\"Failure reason\",\"Client app\",\"Device ID\"";
        for (trace, tracking, names) in [
            (true, false, enhanced),
            (true, false, &enhanced.replace("timestamp_utc", "timestamp")),
            (true, false, extended),
            (true, false, &extended.replace("date_time_utc", "date_time")),
            (true, false, v2),
            (true, false, &format!("PSComputerName,Organization,{v2},StartDate,EndDate,Index")),
            (true, false, "Received,SenderAddress,RecipientAddress,Subject,Status"),
            (true, false, "Date,Sender,Recipient,Subject,Status"),
            (false, true, v2007),
            (false, true, &v2010),
            (false, true, &v2013),
            (false, true, &v2019),
            (false, true, cmdlet),
            (false, true, "Timestamp,EventId,ConnectorId,Sender,Recipients"),
            // Without the connector nobody knows whose message it was.
            (false, false, "Timestamp,EventId,Source,Sender,Recipients,MessageSubject"),
            // Microsoft's cmdlet for one message's steps: no sender.
            (false, false, "Date,Event,Action,Detail,Data,MessageTraceId"),
            (false, false, entra),
            (false, false, "TimeGenerated [UTC],UserPrincipalName,ClientAppUsed,IPAddress,ResultType"),
            (
                false,
                false,
                "Sender address,Domain,TLS 1.0,TLS 1.1,TLS 1.2,Messages sent,Authentication Protocol",
            ),
            (false, false, "Date,Sender address,Domain,Tls10Count,Tls11Count,Tls12Count,Message count"),
            (
                false,
                false,
                "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins",
            ),
            // Lists that have what the report is about besides.
            (false, false, "received,sender_address,recipient_address,message_id,tls_version"),
            (false, false, "timestamp,event-id,connector-id,sender,tls,mechanism"),
            (false, false, "name,value"),
            (false, false, ""),
        ] {
            let table = table(names);
            assert_eq!(MessageTrace::from_table(&table, &[]).is_some(), trace, "{names}");
            assert_eq!(MessageTracking::from_table(&table, &[]).is_some(), tracking, "{names}");
        }
    }
}
