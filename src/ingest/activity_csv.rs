//! The Activity CSV: the report's own neutral format, read tolerantly.
//!
//! `date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins`
//!
//! Columns are found by name, in any order, by any usual name for them. An empty count is unknown; without a
//! `messages` column each row is one message.

use super::account::BadReason;
use super::exchange_receive::LineError;
use super::fields::Field;
use super::text::name;
use super::time::iso_ms;
use crate::model::auth::UNKNOWN_MECHANISM;
use crate::model::formula::unescape_formula;
use crate::model::identity::{domain_of, normalise_address, normalise_user};
use crate::model::{Count, Counts, TlsVersion};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A column of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
enum Column {
    Date,
    User,
    Sender,
    SenderDomain,
    Tls,
    Mechanism,
    ClientIp,
    ClientName,
    Server,
    Messages,
    Recipients,
    Sessions,
    FailedSignins,
}

const COLUMN_COUNT: usize = 13;

/// What each column is called elsewhere, letters and digits only, in lower case.
const ALIASES: [(Column, &[&str]); COLUMN_COUNT] = [
    (
        Column::Date,
        &[
            "date",
            "timestamp",
            "datetime",
            "datetimeutc",
            "dateutc",
            "time",
            "timeutc",
            "timestamputc",
            "day",
            "eventtime",
            "timegenerated",
            "received",
        ],
    ),
    (
        Column::User,
        &[
            "user",
            "username",
            "login",
            "loginname",
            "account",
            "authuser",
            "saslusername",
            "userprincipalname",
        ],
    ),
    (
        Column::Sender,
        &["sender", "senderaddress", "from", "mailfrom", "fromaddress", "envelopefrom", "returnpath"],
    ),
    (Column::SenderDomain, &["senderdomain", "domain", "fromdomain"]),
    (Column::Tls, &["tlsversion", "tls", "tlsprotocol", "cipherprotocol", "protocolversion", "sslversion"]),
    (
        Column::Mechanism,
        &[
            "authmechanism",
            "mechanism",
            "authenticationmechanism",
            "auth",
            "authmethod",
            "authenticationmethod",
            "saslmethod",
            "authenticationprotocol",
            "authprotocol",
        ],
    ),
    (
        Column::ClientIp,
        &["clientip", "ip", "ipaddress", "clientipaddress", "remoteip", "sourceip", "clientaddress"],
    ),
    (Column::ClientName, &["clientname", "helo", "ehlo", "heloname", "clienthostname", "hostname", "device"]),
    (Column::Server, &["server", "servername", "serverhostname"]),
    (Column::Messages, &["messages", "messagecount", "messagessent", "count"]),
    (Column::Recipients, &["recipients", "recipientcount"]),
    (Column::Sessions, &["sessions", "sessioncount", "signins"]),
    (Column::FailedSignins, &["failedsignins", "failures", "failedlogins", "failed"]),
];

/// Columns of other files that have some of the columns above too: Microsoft's own report and Entra's sign-ins.
const FOREIGN: [&str; 9] = [
    "tls10",
    "tls11",
    "tls12",
    "tls10count",
    "tls12count",
    "requestid",
    "correlationid",
    "clientapp",
    "signinerrorcode",
];
/// Columns of message traces and tracking logs. A list that names TLS or a mechanism may have them besides.
const FOREIGN_WITHOUT_AUTH: [&str; 7] = [
    "messageid",
    "networkmessageid",
    "recipientstatus",
    "messagesubject",
    "subject",
    "sourcecontext",
    "eventid",
];

/// Where each column stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// What separates the fields.
    pub delimiter: u8,
    /// How many fields a row has.
    pub count: usize,
    /// Position of each [`Column`], if the file has it.
    position: [Option<usize>; COLUMN_COUNT],
}

impl Header {
    /// From the column names; `None` if they are not those of an activity list.
    pub fn from_names(names: &[String], delimiter: u8) -> Option<Self> {
        let folded: Vec<String> = names
            .iter()
            .map(|name| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
            .collect();
        let any_of = |foreign: &[&str]| folded.iter().any(|name| foreign.contains(&name.as_str()));
        let mut position = [None; COLUMN_COUNT];
        for (column, aliases) in ALIASES {
            // The format's own name comes first among the aliases and wins over the others.
            position[column as usize] =
                aliases.iter().find_map(|alias| folded.iter().position(|name| name == alias));
        }
        let has = |column: Column| position[column as usize].is_some();
        let names_auth = has(Column::Tls) || has(Column::Mechanism);
        if any_of(&FOREIGN) || (any_of(&FOREIGN_WITHOUT_AUTH) && !names_auth) {
            return None;
        }
        let who = has(Column::User) || has(Column::Sender);
        let what = [
            Column::Tls,
            Column::Mechanism,
            Column::Messages,
            Column::Recipients,
            Column::Sessions,
            Column::FailedSignins,
        ]
        .into_iter()
        .any(has);
        let bare_list = has(Column::Date) && has(Column::User) && has(Column::Sender);
        (who && (what || bare_list)).then_some(Self { delimiter, count: names.len(), position })
    }

    fn has(&self, column: Column) -> bool {
        self.position[column as usize].is_some()
    }
}

/// A row, with its texts in their one spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow {
    /// Unix milliseconds, UTC, if the row has a date.
    pub time_ms: Option<i64>,
    /// Login name, else sender address.
    pub user: String,
    /// MAIL FROM.
    pub sender: String,
    /// Its domain.
    pub sender_domain: String,
    /// TLS version.
    pub tls: TlsVersion,
    /// Mechanism.
    pub mechanism: String,
    /// Client address.
    pub client_ip: String,
    /// Client name.
    pub client_name: String,
    /// Server.
    pub server: String,
    /// What is counted.
    pub counts: Counts,
}

/// Reads the fields of a row.
///
/// # Errors
/// What is wrong with the row, and in which column.
pub fn parse(fields: &[Field<'_>], header: &Header) -> Result<ActivityRow, LineError> {
    if fields.len() != header.count {
        let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
        let reason = BadReason::ColumnCount { expected: number(header.count), found: number(fields.len()) };
        return Err(LineError { column: None, reason });
    }
    let text = |column: Column| -> String {
        let Some(at) = header.position[column as usize] else { return String::new() };
        let value = fields[at].value();
        let trimmed = value.trim_ascii();
        let text = match std::str::from_utf8(trimmed) {
            Ok(text) => unescape_formula(text),
            Err(_) => Cow::Owned(unescape_formula(&String::from_utf8_lossy(trimmed)).into_owned()),
        };
        name(text.as_bytes()).into_owned()
    };
    let bad = |column: Column, reason| LineError {
        column: header.position[column as usize].and_then(|at| u32::try_from(at + 1).ok()),
        reason,
    };
    let count = |column: Column| -> Result<Count, LineError> {
        if !header.has(column) {
            return Ok(Count::UNKNOWN);
        }
        match text(column).as_str() {
            "" => Ok(Count::UNKNOWN),
            digits if digits.len() < 19 => {
                digits.parse().map(Count::known).map_err(|_| bad(column, BadReason::Count))
            }
            _ => Err(bad(column, BadReason::Count)),
        }
    };

    let time_ms = match text(Column::Date) {
        date if date.is_empty() => None,
        date => Some(iso_ms(&date).ok_or(bad(Column::Date, BadReason::Time))?),
    };
    let sender = match normalise_address(&text(Column::Sender)) {
        null if null == "<>" => String::new(),
        sender => sender,
    };
    let user = match normalise_user(&text(Column::User)) {
        none if none.is_empty() => sender.clone(),
        user => user,
    };
    let sender_domain = match domain_of(&sender) {
        "" => text(Column::SenderDomain).to_lowercase(),
        domain => domain.to_owned(),
    };
    let tls = tls_version(&text(Column::Tls)).ok_or(bad(Column::Tls, BadReason::TlsVersion))?;
    let mechanism = match text(Column::Mechanism) {
        none if none.is_empty() || none.eq_ignore_ascii_case(UNKNOWN_MECHANISM) => UNKNOWN_MECHANISM.into(),
        mechanism => mechanism,
    };
    let counts = Counts {
        messages: if header.has(Column::Messages) { count(Column::Messages)? } else { Count::known(1) },
        recipients: count(Column::Recipients)?,
        sessions: count(Column::Sessions)?,
        failed_signins: count(Column::FailedSignins)?,
    };
    Ok(ActivityRow {
        time_ms,
        user,
        sender,
        sender_domain,
        tls,
        mechanism,
        client_ip: text(Column::ClientIp),
        client_name: text(Column::ClientName),
        server: text(Column::Server),
        counts,
    })
}

/// A TLS version, or one with more behind it (`TLSv1.2 with cipher …`).
fn tls_version(text: &str) -> Option<TlsVersion> {
    TlsVersion::parse(text.as_bytes())
        .or_else(|| TlsVersion::parse(text.split([' ', ',', ';', '(']).next()?.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::super::fields::split;
    use super::*;

    fn row(header: &str, line: &str) -> Result<ActivityRow, LineError> {
        let names: Vec<String> = header.split(',').map(String::from).collect();
        let header = Header::from_names(&names, b',').unwrap_or(Header {
            delimiter: b',',
            count: 0,
            position: [None; COLUMN_COUNT],
        });
        let mut fields = Vec::new();
        let _ = split(line.as_bytes(), b',', &mut fields);
        parse(&fields, &header)
    }

    #[test]
    fn a_row_of_aliases_is_one_message() {
        let row = row(
            "Time,Sender Address,User-Name,TLS,Mechanism,IP",
            "2026-11-02T08:15:29Z,Scanner@Contoso.com,CONTOSO\\Scanner,TLSv1.2,LOGIN,10.0.0.9",
        );
        let expected = ActivityRow {
            time_ms: iso_ms("2026-11-02T08:15:29Z"),
            user: "CONTOSO\\scanner".into(),
            sender: "scanner@contoso.com".into(),
            sender_domain: "contoso.com".into(),
            tls: TlsVersion::Tls12,
            mechanism: "LOGIN".into(),
            client_ip: "10.0.0.9".into(),
            client_name: String::new(),
            server: String::new(),
            counts: Counts {
                messages: Count::known(1),
                recipients: Count::UNKNOWN,
                sessions: Count::UNKNOWN,
                failed_signins: Count::UNKNOWN,
            },
        };
        assert_eq!(row, Ok(expected));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_column() {
        let header = "date,user,sender,tls,messages";
        for (line, column, reason) in [
            ("yesterday,a,b@c,TLS 1.2,1", Some(1), BadReason::Time),
            ("2026-11-02,a,b@c,TLS 9,1", Some(4), BadReason::TlsVersion),
            ("2026-11-02,a,b@c,TLS 1.2,many", Some(5), BadReason::Count),
            ("2026-11-02,a,b@c,TLS 1.2,-1", Some(5), BadReason::Count),
            ("2026-11-02,a,b@c,TLS 1.2", None, BadReason::ColumnCount { expected: 5, found: 4 }),
        ] {
            assert_eq!(row(header, line), Err(LineError { column, reason }), "{line}");
        }
    }
}
