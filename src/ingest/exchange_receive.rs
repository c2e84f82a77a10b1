//! Exchange Server and Edge: the SMTP *Receive* protocol log.
//!
//! Nine columns, `date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context`,
//! described by Microsoft under *Protocol logging*; the texts inside `data` and `context` are read off real logs.
//! There is no row of column names but a block of `#` lines, which a restart of the service writes again mid-file.

use super::account::BadReason;
use super::event::{Command, Reply, SmtpEvent};
use super::fields::{Field, FieldError, split};
use super::time::{exchange_ms, iso_ms};
use crate::model::TlsVersion;
use serde::{Deserialize, Serialize};

/// How many columns the log has.
pub const COLUMN_COUNT: usize = 9;
const NAMES: [&str; COLUMN_COUNT] = [
    "date-time",
    "connector-id",
    "session-id",
    "sequence-number",
    "local-endpoint",
    "remote-endpoint",
    "event",
    "data",
    "context",
];
/// The columns a log must have to be read at all.
const NEEDED: [usize; 7] = [0, 1, 2, 3, 6, 7, 8];

/// Where each column stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// How many columns a line has.
    count: usize,
    /// Position of each of [`NAMES`]; `usize::MAX` if the log does not have it.
    position: [usize; COLUMN_COUNT],
}

impl Default for Columns {
    fn default() -> Self {
        Self { count: COLUMN_COUNT, position: [0, 1, 2, 3, 4, 5, 6, 7, 8] }
    }
}

impl Columns {
    /// From the names behind `#Fields:`; `None` if a column that is needed is not among them.
    pub fn from_names(names: &str) -> Option<Self> {
        let names: Vec<&str> = names.split(',').map(str::trim).collect();
        let position = NAMES.map(|wanted| {
            names.iter().position(|name| name.eq_ignore_ascii_case(wanted)).unwrap_or(usize::MAX)
        });
        NEEDED.iter().all(|&i| position[i] != usize::MAX).then_some(Self { count: names.len(), position })
    }

    /// Whether these are the columns every Exchange version writes.
    fn is_standard(&self) -> bool {
        *self == Self::default()
    }
}

/// A line of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiveLine<'a> {
    /// Unix milliseconds, UTC.
    pub time_ms: i64,
    /// The server: the connector's name before its first backslash.
    pub server: &'a [u8],
    /// The session.
    pub session_id: u64,
    /// Its place in the session.
    pub sequence: u32,
    /// `address:port` of the client.
    pub remote_endpoint: &'a [u8],
    /// What it tells.
    pub event: SmtpEvent<'a>,
}

/// A line that could not be read: in which column, if one is to blame, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Column, from 1.
    pub column: Option<u32>,
    /// Why.
    pub reason: BadReason,
}

impl LineError {
    fn at(columns: &Columns, column: usize, reason: BadReason) -> Self {
        let column = columns.position.get(column).and_then(|&at| u32::try_from(at + 1).ok());
        Self { column, reason }
    }
}

/// The fields of a line, kept from line to line so that nothing is allocated.
#[derive(Debug, Default)]
pub struct Scratch {
    unescaped: Vec<u8>,
}

/// Reads a line that is neither blank nor a `#` line.
///
/// # Errors
/// What is wrong with the line, and in which column.
pub fn parse<'a>(
    line: &'a [u8],
    columns: &Columns,
    scratch: &'a mut Scratch,
) -> Result<ReceiveLine<'a>, LineError> {
    let mut fields = [Field::default(); COLUMN_COUNT];
    if columns.is_standard() {
        split_standard(line, &mut fields)?;
    } else {
        let mut found = Vec::with_capacity(columns.count);
        split(line, b',', &mut found).map_err(quote_error)?;
        check_count(columns.count, found.len())?;
        for (field, &at) in fields.iter_mut().zip(&columns.position) {
            *field = found.get(at).copied().unwrap_or_default();
        }
    }
    let [time, connector, session, sequence, _, remote, event, data, context] = fields;

    let bad = |column, reason| LineError::at(columns, column, reason);
    let time_ms = exchange_ms(time.raw)
        .or_else(|| std::str::from_utf8(time.raw).ok().filter(|text| text.len() > 10).and_then(iso_ms))
        .ok_or(bad(0, BadReason::Time))?;
    let session_id = hex(session.raw).ok_or(bad(2, BadReason::SessionId))?;
    let sequence = decimal(sequence.raw).ok_or(bad(3, BadReason::SequenceNumber))?;
    let server = connector.raw.split(|&b| b == b'\\').next().unwrap_or(connector.raw);

    // Doubled quotes are rare in the two free-text columns; only then is a copy made.
    let (data, context) = if data.has_escapes || context.has_escapes {
        scratch.unescaped.clear();
        scratch.unescaped.extend_from_slice(&data.value());
        let cut = scratch.unescaped.len();
        scratch.unescaped.extend_from_slice(&context.value());
        scratch.unescaped.split_at(cut)
    } else {
        (data.raw, context.raw)
    };
    let event = match event.raw {
        b"+" => SmtpEvent::Connect,
        b"-" => SmtpEvent::Disconnect,
        b"<" => SmtpEvent::Command(Command::parse(data)),
        b">" => Reply::parse(data).map_or(SmtpEvent::Other, SmtpEvent::Reply),
        b"*" => information(data, context),
        _ => return Err(bad(6, BadReason::Event)),
    };
    Ok(ReceiveLine { time_ms, server, session_id, sequence, remote_endpoint: remote.raw, event })
}

/// Splits into exactly nine fields without a vector.
fn split_standard<'a>(line: &'a [u8], fields: &mut [Field<'a>; COLUMN_COUNT]) -> Result<(), LineError> {
    let mut rest = line;
    for (i, field) in fields.iter_mut().enumerate() {
        let last = i + 1 == COLUMN_COUNT;
        let at = if rest.first() == Some(&b'"') { None } else { memchr::memchr(b',', rest) };
        if let (Some(at), false) = (at, last) {
            *field = Field { raw: &rest[..at], has_escapes: false };
            rest = &rest[at + 1..];
            continue;
        }
        if last && at.is_none() && rest.first() != Some(&b'"') {
            *field = Field { raw: rest, has_escapes: false };
            return Ok(());
        }
        // Quotes, or too few or too many columns: the general way from here.
        let mut found = Vec::with_capacity(COLUMN_COUNT - i);
        split(rest, b',', &mut found).map_err(|error| quote_error(shift(error, i)))?;
        if last || found.len() != COLUMN_COUNT - i {
            check_count(COLUMN_COUNT, i + found.len())?;
        }
        fields[i..].copy_from_slice(&found);
        return Ok(());
    }
    Ok(())
}

fn shift(error: FieldError, columns: usize) -> FieldError {
    let by = u32::try_from(columns).unwrap_or(0);
    match error {
        FieldError::Unclosed(column) => FieldError::Unclosed(column + by),
        FieldError::TextAfterQuote(column) => FieldError::TextAfterQuote(column + by),
    }
}

fn quote_error(error: FieldError) -> LineError {
    let (FieldError::Unclosed(column) | FieldError::TextAfterQuote(column)) = error;
    LineError { column: Some(column), reason: BadReason::Quote }
}

fn check_count(expected: usize, found: usize) -> Result<(), LineError> {
    if expected == found {
        return Ok(());
    }
    let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
    let reason = BadReason::ColumnCount { expected: number(expected), found: number(found) };
    Err(LineError { column: None, reason })
}

fn hex(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 16 {
        return None;
    }
    text.iter().try_fold(0, |sum, &b| Some(sum << 4 | u64::from(char::from(b).to_digit(16)?)))
}

/// The session id of an `XPROXY SID=` argument.
pub fn parse_session_id(text: &[u8]) -> Option<u64> {
    hex(text)
}

fn decimal(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0, |sum, &b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
}

/// An information line (`*`). What matters stands in the context column; `authenticated` has its identity in data.
fn information<'a>(data: &'a [u8], context: &'a [u8]) -> SmtpEvent<'a> {
    if context.eq_ignore_ascii_case(b"authenticated") {
        return SmtpEvent::Authenticated(data.trim_ascii());
    }
    let text = if context.is_empty() { data } else { context };
    if let Some(rest) = text.strip_prefix(b"TLS protocol ") {
        let token = rest.split(|&b| b == b' ').next().unwrap_or(rest);
        return match TlsVersion::parse(token) {
            _ if rest.windows(6).any(|word| word == b"failed") => SmtpEvent::TlsFailed,
            version => SmtpEvent::Tls(version.unwrap_or_default()),
        };
    }
    if text.starts_with(b"TLS negotiation failed") {
        return SmtpEvent::TlsFailed;
    }
    if let Some(rest) = text.strip_prefix(b"Inbound AUTH ")
        && memchr::memmem::find(rest, b"failed").is_some()
    {
        return SmtpEvent::AuthFailed(rest.split(|&b| b == b' ').next().unwrap_or(rest));
    }
    if let Some(name) = text.strip_prefix(b"User Name:") {
        return SmtpEvent::AttemptedName(name.trim_ascii());
    }
    if text.starts_with(b"Proxy session was successfully set up")
        // Exchange writes no space behind "Session for". A line without the end is cut off, and so is its name.
        && let Some(start) = memchr::memmem::find(text, b"Session for")
        && let Some(end) = memchr::memmem::find(&text[start..], b" will now be proxied")
    {
        return SmtpEvent::ProxySetUp(text[start + 11..start + end].trim_ascii());
    }
    SmtpEvent::Other
}

/// `address:port` without the port, and `[address]:port` without the brackets.
pub fn address_of(endpoint: &[u8]) -> &[u8] {
    if let Some(inside) = endpoint.strip_prefix(b"[") {
        return inside.split(|&b| b == b']').next().unwrap_or(inside);
    }
    let colons = memchr::memchr_iter(b':', endpoint).count();
    match endpoint.iter().rposition(|&b| b == b':') {
        Some(at) if colons == 1 => &endpoint[..at],
        _ => endpoint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<(i64, String, u64, u32, String), LineError> {
        let mut scratch = Scratch::default();
        parse(line.as_bytes(), &Columns::default(), &mut scratch).map(|line| {
            (
                line.time_ms,
                String::from_utf8_lossy(line.server).into_owned(),
                line.session_id,
                line.sequence,
                format!("{:?}", line.event),
            )
        })
    }

    #[test]
    fn a_real_line_with_quoted_commas() {
        let line = r#"2023-01-11T16:00:01.010Z,SERVER-HOSTNAME\Default Frontend SERVER-HOSTNAME,123453EC62278461,7,10.10.10.10:25,95.10.20.33:56026,*,,"TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded using bulk encryption algorithm CALG_AES_128 with strength 128 bits, MAC hash algorithm CALG_SHA_256 with strength 0 bits and key exchange algorithm CALG_ECDH_EPHEM with strength 256 bits""#;
        let expected =
            (1_673_452_801_010, "SERVER-HOSTNAME".into(), 0x1234_53EC_6227_8461, 7, "Tls(Tls12)".into());
        assert_eq!(read(line), Ok(expected));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_column() {
        let line = |text: &str| read(text).map_err(|error| (error.column, error.reason)).err();
        let columns = |found| BadReason::ColumnCount { expected: 9, found };
        for (text, column, reason) in [
            ("2023-01-11T16:00:01.010Z,S\\C,1,7,l,r,*,", None, columns(8)),
            ("2023-01-11T16:00:01.010Z,S\\C,1,7,l,r,*,,,", None, columns(10)),
            ("2023-01-11T16:00:01.010Z,S\\C", None, columns(2)),
            ("11.01.2023 16:00,S\\C,1,7,l,r,*,,", Some(1), BadReason::Time),
            ("2023-01-11T16:00:01.010Z,S\\C,xyz,7,l,r,*,,", Some(3), BadReason::SessionId),
            ("2023-01-11T16:00:01.010Z,S\\C,1,seven,l,r,*,,", Some(4), BadReason::SequenceNumber),
            ("2023-01-11T16:00:01.010Z,S\\C,1,7,l,r,?,,", Some(7), BadReason::Event),
            ("2023-01-11T16:00:01.010Z,S\\C,1,7,l,r,*,,\"open", Some(9), BadReason::Quote),
        ] {
            assert_eq!(line(text), Some((column, reason)), "{text}");
        }
    }

    #[test]
    fn columns_are_found_by_name() {
        let columns = Columns::from_names(
            "session-id,date-time,connector-id,sequence-number,event,data,context,remote-endpoint,local-endpoint",
        )
        .unwrap_or_default();
        let mut scratch = Scratch::default();
        let line = parse(
            b"0A,2023-01-11T16:00:01.010Z,S\\C,7,*,CONTOSO\\a,authenticated,1.2.3.4:5,l",
            &columns,
            &mut scratch,
        );
        let line = line.map(|line| (line.session_id, line.remote_endpoint, line.event));
        assert_eq!(line, Ok((10, &b"1.2.3.4:5"[..], SmtpEvent::Authenticated(b"CONTOSO\\a"))));
        assert_eq!(Columns::from_names("date time c-ip"), None);
    }

    #[test]
    fn information_lines() {
        for (data, context, event) in [
            (
                &b""[..],
                &b"Inbound AUTH LOGIN failed because of LogonDenied"[..],
                SmtpEvent::AuthFailed(b"LOGIN"),
            ),
            (b"", b"User Name: a@contoso.com", SmtpEvent::AttemptedName(b"a@contoso.com")),
            (
                b"",
                b"Proxy session was successfully set up. Session forfrank@contoso.test will now be proxied",
                SmtpEvent::ProxySetUp(b"frank@contoso.test"),
            ),
            (b"", b"TLS negotiation failed with error SocketError", SmtpEvent::TlsFailed),
            (b"", b"TLS protocol 4096 negotiation succeeded", SmtpEvent::Tls(TlsVersion::Tls13)),
            (b"", b"TLS protocol SP_PROT_QUIC negotiation succeeded", SmtpEvent::Tls(TlsVersion::Unknown)),
            (b"SMTPSubmit", b"Set Session Permissions", SmtpEvent::Other),
            (
                b"Tarpit for '0.00:00:05' due to '535 5.7.3 Authentication unsuccessful'",
                b"",
                SmtpEvent::Other,
            ),
        ] {
            assert_eq!(information(data, context), event);
        }
    }

    #[test]
    fn addresses_without_ports() {
        for (endpoint, address) in [
            ("10.0.0.1:25", "10.0.0.1"),
            ("[::1]:587", "::1"),
            ("fe80::1", "fe80::1"),
            ("", ""),
            ("10.0.0.1", "10.0.0.1"),
        ] {
            assert_eq!(address_of(endpoint.as_bytes()), address.as_bytes());
        }
    }
}
