//! Exchange Server and Edge: the SMTP *Receive* protocol log.
//!
//! Nine columns, `date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context`,
//! described by Microsoft under *Protocol logging*; the texts inside `data` and `context` are read off real logs.
//! There is no row of column names but a block of `#` lines, which a restart of the service writes again mid-file.

use super::account::BadReason;
use super::event::{Command, Reply, SmtpEvent};
use super::fields::{LineError, check_count, split};
use super::lines::MAX_LINE_BYTES;
use super::scan::{LineMarks, MAX_MARKS, Marks};
use super::time::{Clock, iso_ms};
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
    /// The connector, whose name begins with its [server's](server_of).
    pub connector: &'a [u8],
    /// The session.
    pub session_id: u64,
    /// Its place in the session.
    pub sequence: u32,
    /// `address:port` of the client.
    pub remote_endpoint: &'a [u8],
    /// What it tells.
    pub event: SmtpEvent<'a>,
}

/// How many session ids are known by sight.
const RECENT_SESSIONS: usize = 64;

/// Reads the lines of a log.
#[derive(Clone, Debug)]
pub struct Reader {
    columns: Columns,
    is_standard: bool,
    clock: Clock,
    /// Session ids of late, as they stand there, by their last two digits.
    sessions: [([u8; 16], u64); RECENT_SESSIONS],
    /// For fields with doubled quotes.
    unescaped: Vec<u8>,
    /// Of the marks of a line.
    places: [u32; MAX_MARKS],
}

impl Reader {
    /// For a log with these columns.
    pub fn new(columns: Columns) -> Self {
        Self {
            is_standard: columns.is_standard(),
            columns,
            clock: Clock::default(),
            sessions: [(*b"0000000000000000", 0); RECENT_SESSIONS],
            unescaped: Vec::new(),
            places: [0; MAX_MARKS],
        }
    }

    /// The columns of the lines to come.
    pub const fn columns(&self) -> &Columns {
        &self.columns
    }

    /// From here on the log has these columns.
    pub fn set_columns(&mut self, columns: Columns) {
        self.is_standard = columns.is_standard();
        self.columns = columns;
    }

    /// Reads the line that starts at `start`, to which `marks` has come, and moves both to the next. Hands it to `take`,
    /// or returns the bytes of a line that is to be looked at with more care: a header, a bad or a rare one.
    ///
    /// What it takes is what [`parse`](Self::parse) makes of the same bytes; whatever it does not know at first sight it
    /// leaves to that. Inlined, and handed over by reference, for moving a line from place to place took a tenth of the
    /// time.
    #[inline(always)]
    pub fn next<'a>(
        &mut self,
        marks: &mut Marks<'a>,
        start: &mut usize,
        take: impl FnOnce(&ReceiveLine<'a>),
    ) -> Option<&'a [u8]> {
        let from = *start;
        let marked = marks.line(&mut self.places);
        let end = marked.end;
        *start = end + 1;
        if let Some(fields) = plain_fields(marks.bytes(), from, marked, &self.places)
            && self.is_standard
            && end - from <= MAX_LINE_BYTES
            && marks.is_clean(from, end)
            && let Ok(line) = self.read_fields(fields)
        {
            take(&line);
            return None;
        }
        Some(marks.bytes().get(from..end).unwrap_or_default())
    }

    /// Reads a line that is neither blank nor a `#` line.
    ///
    /// # Errors
    /// What is wrong with the line, and in which column.
    pub fn parse<'a>(&'a mut self, line: &'a [u8]) -> Result<ReceiveLine<'a>, LineError> {
        let mut found = Vec::with_capacity(self.columns.count);
        split(line, b',', &mut found)?;
        check_count(self.columns.count, found.len())?;
        let mut fields = self.columns.position.map(|at| found.get(at).copied().unwrap_or_default());
        let [.., data, context] = &mut fields;
        if !data.has_escapes && !context.has_escapes {
            return self.read_fields(fields.map(|field| field.raw));
        }
        // Taken out, so that the fields can lie in it while the rest of the reader is at work.
        let mut unescaped = std::mem::take(&mut self.unescaped);
        unescaped.clear();
        unescaped.extend_from_slice(&data.value());
        let cut = unescaped.len();
        unescaped.extend_from_slice(&context.value());
        let [time, connector, session, sequence, local, remote, event, ..] = fields.map(|field| field.raw);
        let checked = self
            .read_fields([time, connector, session, sequence, local, remote, event, &[], &[]])
            .map(|line| (line.time_ms, line.connector, line.session_id, line.sequence, line.remote_endpoint));
        self.unescaped = unescaped;
        let (time_ms, connector, session_id, sequence, remote_endpoint) = checked?;
        let (data, context) = self.unescaped.split_at(cut);
        let event = event_of(event, data, context).ok_or(self.bad(6, BadReason::Event))?;
        Ok(ReceiveLine { time_ms, connector, session_id, sequence, remote_endpoint, event })
    }

    /// Reads the nine fields of a line, in the order of [`NAMES`].
    #[inline(always)]
    fn read_fields<'a>(&mut self, fields: [&'a [u8]; COLUMN_COUNT]) -> Result<ReceiveLine<'a>, LineError> {
        let [time, connector, session, sequence, _, remote, event, data, context] = fields;
        let time_ms = self
            .clock
            .exchange_ms(time)
            .or_else(|| std::str::from_utf8(time).ok().filter(|text| text.len() > 10).and_then(iso_ms))
            .ok_or_else(|| self.bad(0, BadReason::Time))?;
        let session_id = self.session_id(session).ok_or_else(|| self.bad(2, BadReason::SessionId))?;
        let sequence = decimal(sequence).ok_or_else(|| self.bad(3, BadReason::SequenceNumber))?;
        let event = event_of(event, data, context).ok_or_else(|| self.bad(6, BadReason::Event))?;
        Ok(ReceiveLine { time_ms, connector, session_id, sequence, remote_endpoint: remote, event })
    }

    /// A log's lines are of few sessions at a time. To read each id anew took 55 instructions a line.
    #[inline(always)]
    fn session_id(&mut self, text: &[u8]) -> Option<u64> {
        let Ok(text) = <&[u8; 16]>::try_from(text) else { return hex(text) };
        // Digits and letters have different last five bits.
        let index = usize::from(text[15] & 31) ^ usize::from(text[14] & 7) << 3;
        let session = &mut self.sessions[index % RECENT_SESSIONS];
        if u128::from_le_bytes(session.0) != u128::from_le_bytes(*text) {
            *session = (*text, hex_16(*text)?);
        }
        Some(session.1)
    }

    fn bad(&self, column: usize, reason: BadReason) -> LineError {
        let column = self.columns.position.get(column).and_then(|&at| u32::try_from(at + 1).ok());
        LineError { column, reason }
    }
}

/// The nine fields of a line as every Exchange version writes it, if they are plain to see; without the local endpoint,
/// which nobody asks for. `places` are those of the line's marks.
#[inline(always)]
fn plain_fields<'a>(
    bytes: &'a [u8],
    start: usize,
    LineMarks { count, has_quote, end }: LineMarks,
    places: &[u32; MAX_MARKS],
) -> Option<[&'a [u8]; COLUMN_COUNT]> {
    let is_cr = |at: usize| bytes.get(at) == Some(&b'\r');
    let text_end = if end > start && is_cr(end - 1) { end - 1 } else { end };
    let [c0, c1, c2, c3, c4, c5, c6, c7] = places.first_chunk::<8>()?.map(|at| at as usize);
    let (data, context) = if has_quote {
        quoted_texts(bytes, places.get(..count)?, text_end)?
    } else if count == COLUMN_COUNT {
        ((c6 + 1, c7), (c7 + 1, text_end))
    } else {
        return None;
    };
    // In order. Asked once for all, it spares each field two questions: 22 instructions a line.
    if !(start <= c0 && c0 < c1 && c1 < c2 && c2 < c3 && c3 < c4 && c4 < c5 && c5 < c6 && c6 < bytes.len()) {
        return None;
    }
    Some([
        bytes.get(start..c0)?,
        bytes.get(c0 + 1..c1)?,
        bytes.get(c1 + 1..c2)?,
        bytes.get(c2 + 1..c3)?,
        &[],
        bytes.get(c4 + 1..c5)?,
        bytes.get(c5 + 1..c6)?,
        bytes.get(data.0..data.1)?,
        bytes.get(context.0..context.1)?,
    ])
}

/// Where data and context lie in a line that has quotes, if they are plain to see: each is quoted as a whole or not at
/// all, without doubled quotes, and the fields before them have none. `places` are the line's marks, the line feed last.
fn quoted_texts(bytes: &[u8], places: &[u32], text_end: usize) -> Option<((usize, usize), (usize, usize))> {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b'\n');
    let (before, mut rest) = places.split_at_checked(COLUMN_COUNT - 2)?;
    if before.iter().any(|&at| byte(at as usize) != b',') {
        return None;
    }
    let mut field = |start: usize| -> Option<((usize, usize), usize)> {
        let is_quoted = byte(start) == b'"';
        if is_quoted {
            rest = rest.get(1..)?;
        }
        loop {
            let (&at, behind) = rest.split_first()?;
            let at = at as usize;
            rest = behind;
            match (byte(at), is_quoted) {
                (b'"', true) => {
                    // The delimiter, or the end of the line, right behind it.
                    let (&next, behind) = rest.split_first()?;
                    let next = next as usize;
                    rest = behind;
                    let is_end = next == at + 1 || (byte(next) == b'\n' && text_end == at + 1);
                    return (is_end && byte(next) != b'"').then_some(((start + 1, at), next));
                }
                (b'\n', true) => return None,
                (b'"', false) | (_, true) => {}
                (_, false) => return Some(((start, at.min(text_end)), at)),
            }
        }
    };
    let (data, comma) = field(*before.last()? as usize + 1)?;
    if byte(comma) != b',' {
        return None;
    }
    let (context, end) = field(comma + 1)?;
    (byte(end) == b'\n').then_some((data, context))
}

#[inline]
fn event_of<'a>(event: &[u8], data: &'a [u8], context: &'a [u8]) -> Option<SmtpEvent<'a>> {
    Some(match event {
        b"+" => SmtpEvent::Connect,
        b"-" => SmtpEvent::Disconnect,
        b"<" => SmtpEvent::Command(Command::parse(data)),
        b">" => Reply::parse(data).map_or(SmtpEvent::Other, SmtpEvent::Reply),
        b"*" => information(data, context),
        _ => return None,
    })
}

fn hex(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 16 {
        return None;
    }
    let mut sum = 0;
    let mut seen = 0;
    for &b in text {
        let digit = HEX_DIGITS[usize::from(b)];
        seen |= digit;
        sum = sum << 4 | u64::from(digit);
    }
    (seen < 16).then_some(sum)
}

/// Sixteen hexadecimal digits, eight in one go: half the instructions of one by one.
#[inline]
fn hex_16(text: [u8; 16]) -> Option<u64> {
    let ([high, low], []) = text.as_chunks::<8>() else { return None };
    Some(hex_8(*high)? << 32 | hex_8(*low)?)
}

#[inline]
fn hex_8(text: [u8; 8]) -> Option<u64> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let text = u64::from_le_bytes(text);
    // Letters have a bit that digits have not, and their lower halves begin with one for A.
    let letters = text >> 6 & ONES;
    let values = (text & (0x0F * ONES)) + letters * 9;
    // What digits of these values look like, in capitals; and from ten on they must be letters.
    let as_written = values + 0x30 * ONES + letters * 7;
    let from_ten = (values + 0x06 * ONES) >> 4 & ONES;
    if as_written != text & !(letters << 5) || values & (0x10 * ONES) != 0 || from_ten != letters {
        return None;
    }
    // Neighbours together, three times over; the first digit is the highest.
    let pairs = (values << 4 | values >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs << 8 | pairs >> 16) & 0x0000_FFFF_0000_FFFF;
    Some((fours << 16 | fours >> 32) & 0xFFFF_FFFF)
}

/// The value of each hexadecimal digit; 255 for any other byte.
static HEX_DIGITS: [u8; 256] = {
    let mut digits = [255; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value as usize] as usize] = value;
        digits[b"0123456789ABCDEF"[value as usize] as usize] = value;
        value += 1;
    }
    digits
};

/// The server of a connector: its name before the first backslash.
pub fn server_of(connector: &[u8]) -> &[u8] {
    connector.split(|&b| b == b'\\').next().unwrap_or(connector)
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
            _ if contains(&rest[..rest.len().min(80)], b"failed") => SmtpEvent::TlsFailed,
            version => SmtpEvent::Tls(version.unwrap_or_default()),
        };
    }
    if text.starts_with(b"TLS negotiation failed") {
        return SmtpEvent::TlsFailed;
    }
    if let Some(rest) = text.strip_prefix(b"Inbound AUTH ")
        && contains(rest, b"failed")
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

/// By its first letter, for texts in which that is rare: a search made ready for a word costs more than these texts have
/// bytes.
fn contains(text: &[u8], word: &[u8]) -> bool {
    let Some(&first) = word.first() else { return true };
    memchr::memchr_iter(first, text).any(|at| text[at..].starts_with(word))
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
        Reader::new(Columns::default()).parse(line.as_bytes()).map(|line| {
            (
                line.time_ms,
                String::from_utf8_lossy(server_of(line.connector)).into_owned(),
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
    fn eight_hexadecimal_digits_at_once_are_those_one_by_one() {
        for position in 0..16 {
            for byte in 0..=u8::MAX {
                let mut text = *b"08DfC9a01eB27f35";
                text[position] = byte;
                assert_eq!(hex_16(text), hex(&text), "{text:?}");
            }
        }
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
        let mut reader = Reader::new(columns);
        let line = reader.parse(b"0A,2023-01-11T16:00:01.010Z,S\\C,7,*,CONTOSO\\a,authenticated,1.2.3.4:5,l");
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
