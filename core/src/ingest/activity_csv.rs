//! The Activity CSV: the report's own neutral format, read tolerantly.
//!
//! `date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins`
//!
//! Columns are found by name, in any order, by any usual name for them. An empty count is unknown; without a
//! `messages` column each row is one message.

use super::account::BadReason;
use super::dates::DateStyle;
use super::fields::{Field, LineError};
use super::row::Sample;
use super::scan::{LineMarks, MAX_MARKS, Marks};
use super::text::name;
use super::time::Clock;
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
const FOREIGN: [&str; 10] = [
    "tls10",
    "tls11",
    "tls12",
    "tls10count",
    "tls12count",
    "requestid",
    "correlationid",
    "clientapp",
    "clientappused",
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
    /// How dates are written that are not ISO 8601, as where Excel has saved the file again.
    dates: DateStyle,
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
        (who && (what || bare_list)).then_some(Self {
            delimiter,
            count: names.len(),
            position,
            dates: DateStyle::default(),
        })
    }

    /// With dates as these rows write them.
    #[must_use]
    pub fn with_dates_of(self, sample: &Sample) -> Self {
        let at = self.position[Column::Date as usize];
        let texts = sample.iter().filter_map(|row| row.get(at?)).map(String::as_str);
        Self { dates: DateStyle::of(texts), ..self }
    }

    /// Whether the columns stand where those of another header do.
    pub fn has_columns_of(&self, other: &Self) -> bool {
        self.position == other.position
    }

    fn has(&self, column: Column) -> bool {
        self.position[column as usize].is_some()
    }

    /// Runs of neighbouring columns (first, last) that tell what a row's counts are for, without its date. Rows that are
    /// equal in these, to the byte, are counted under one key but for the day.
    pub fn key_columns(&self) -> Vec<(usize, usize)> {
        let mut of_key: Vec<usize> = (Column::User as usize..=Column::Server as usize)
            .filter_map(|column| self.position[column])
            .collect();
        of_key.sort_unstable();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for column in of_key {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 >= column => *last = column,
                _ => runs.push((column, column)),
            }
        }
        runs
    }

    /// Reads a row's time, if the row has one.
    ///
    /// # Errors
    /// If it is no time.
    #[inline(always)]
    pub fn time_ms<'a>(&self, fields: &impl Fields<'a>, clock: &mut Clock) -> Result<Option<i64>, LineError> {
        let Some(at) = self.position[Column::Date as usize] else { return Ok(None) };
        if let Some(time_ms) = clock.plain_iso_ms(fields.field_as_written(at)) {
            return Ok(Some(time_ms));
        }
        self.rare_time_ms(fields)
    }

    #[inline(never)]
    fn rare_time_ms<'a>(&self, fields: &impl Fields<'a>) -> Result<Option<i64>, LineError> {
        match self.text(fields, Column::Date) {
            date if date.is_empty() => Ok(None),
            date => self.dates.parse(&date).map(Some).ok_or(self.bad(Column::Date, BadReason::Time)),
        }
    }

    /// Reads a row's counts.
    ///
    /// # Errors
    /// If one is no number.
    #[inline(always)]
    pub fn counts<'a>(&self, fields: &impl Fields<'a>) -> Result<Counts, LineError> {
        Ok(Counts {
            messages: if self.has(Column::Messages) {
                self.count(fields, Column::Messages)?
            } else {
                Count::known(1)
            },
            recipients: self.count(fields, Column::Recipients)?,
            sessions: self.count(fields, Column::Sessions)?,
            failed_signins: self.count(fields, Column::FailedSignins)?,
        })
    }

    #[inline(always)]
    fn count<'a>(&self, fields: &impl Fields<'a>, column: Column) -> Result<Count, LineError> {
        let Some(at) = self.position[column as usize] else { return Ok(Count::UNKNOWN) };
        match decimal(fields.field_as_written(at)) {
            Some(count) => Ok(Count::known(count)),
            None => self.rare_count(fields, column),
        }
    }

    #[inline(never)]
    fn rare_count<'a>(&self, fields: &impl Fields<'a>, column: Column) -> Result<Count, LineError> {
        match self.text(fields, column).as_bytes() {
            b"" => Ok(Count::UNKNOWN),
            digits => decimal(digits).map(Count::known).ok_or(self.bad(column, BadReason::Count)),
        }
    }

    /// Reads what a row's counts are for.
    ///
    /// # Errors
    /// What is wrong with the row, and in which column.
    pub fn row<'a>(&self, fields: &impl Fields<'a>) -> Result<ActivityRow<'a>, LineError> {
        let text = |column: Column| self.text(fields, column);
        let sender = match normal(text(Column::Sender), normalise_address) {
            null if null == "<>" => Cow::Borrowed(""),
            sender => sender,
        };
        let user = match normal(text(Column::User), normalise_user) {
            none if none.is_empty() => sender.clone(),
            user => user,
        };
        let sender_domain = match &sender {
            Cow::Borrowed(sender) if !domain_of(sender).is_empty() => Cow::Borrowed(domain_of(sender)),
            Cow::Owned(sender) if !domain_of(sender).is_empty() => Cow::Owned(domain_of(sender).to_owned()),
            _ => Cow::Owned(text(Column::SenderDomain).to_lowercase()),
        };
        let tls = tls_version(&text(Column::Tls)).ok_or(self.bad(Column::Tls, BadReason::TlsVersion))?;
        let mechanism = match text(Column::Mechanism) {
            none if none.is_empty() || none.eq_ignore_ascii_case(UNKNOWN_MECHANISM) => {
                UNKNOWN_MECHANISM.into()
            }
            mechanism => mechanism,
        };
        Ok(ActivityRow {
            user,
            sender,
            sender_domain,
            tls,
            mechanism,
            client_ip: text(Column::ClientIp),
            client_name: text(Column::ClientName),
            server: text(Column::Server),
        })
    }

    /// A field's text, trimmed and of bounded length.
    fn text<'a>(&self, fields: &impl Fields<'a>, column: Column) -> Cow<'a, str> {
        let Some(at) = self.position[column as usize] else { return Cow::Borrowed("") };
        let text = match fields.field(at).value() {
            Cow::Borrowed(value) => name(value.trim_ascii()),
            Cow::Owned(value) => Cow::Owned(name(value.trim_ascii()).into_owned()),
        };
        match text {
            Cow::Borrowed(text) => unescape_formula(text),
            Cow::Owned(text) => Cow::Owned(unescape_formula(&text).into_owned()),
        }
    }

    fn bad(&self, column: Column, reason: BadReason) -> LineError {
        let column = self.position[column as usize].and_then(|at| u32::try_from(at + 1).ok());
        LineError { column, reason }
    }
}

/// The fields of a row.
pub trait Fields<'a> {
    /// The field at this position; empty if there are not as many.
    fn field(&self, at: usize) -> Field<'a>;

    /// The same, perhaps with the quotes around it.
    fn field_as_written(&self, at: usize) -> &'a [u8] {
        self.field(at).raw
    }
}

impl<'a> Fields<'a> for &[Field<'a>] {
    fn field(&self, at: usize) -> Field<'a> {
        self.get(at).copied().unwrap_or_default()
    }
}

/// Digits and nothing else, of a number below 10^18.
#[inline(always)]
fn decimal(text: &[u8]) -> Option<u64> {
    // As good as always: one digit.
    if let [b] = text {
        let digit = b.wrapping_sub(b'0');
        return (digit < 10).then(|| u64::from(digit));
    }
    long_decimal(text)
}

fn long_decimal(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u64::from(b - b'0')))
}

fn normal(text: Cow<'_, str>, normalise: impl Fn(&str) -> Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => normalise(text),
        Cow::Owned(text) => Cow::Owned(normalise(&text).into_owned()),
    }
}

/// What a row's counts are for, with the texts in their one spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow<'a> {
    /// Login name, else sender address.
    pub user: Cow<'a, str>,
    /// MAIL FROM.
    pub sender: Cow<'a, str>,
    /// Its domain.
    pub sender_domain: Cow<'a, str>,
    /// TLS version.
    pub tls: TlsVersion,
    /// Mechanism.
    pub mechanism: Cow<'a, str>,
    /// Client address.
    pub client_ip: Cow<'a, str>,
    /// Client name.
    pub client_name: Cow<'a, str>,
    /// Server.
    pub server: Cow<'a, str>,
}

/// The places of the fields of a record on one line, as they stand there, quotes included.
#[derive(Clone, Debug)]
pub struct Places {
    start: usize,
    /// Where each field ends.
    ends: [u32; MAX_MARKS],
}

impl Default for Places {
    fn default() -> Self {
        Self { start: 0, ends: [0; MAX_MARKS] }
    }
}

impl Places {
    /// Reads the record that starts at `start`, to which `marks` has come, if it ends with its line and has as many
    /// fields as `header`. Moves to the line feed, whose place it returns, in any case.
    #[inline(always)]
    pub fn read(&mut self, marks: &mut Marks<'_>, start: usize, header: &Header) -> (bool, usize) {
        let LineMarks { mut count, has_quote, end } = marks.line(&mut self.ends);
        self.start = start;
        if has_quote {
            match self.without_quotes(marks.bytes(), count) {
                Some(fields) => count = fields,
                None => return (false, end),
            }
        }
        let has_cr = end > start && marks.bytes().get(end - 1) == Some(&b'\r');
        match self.ends.get_mut(count.wrapping_sub(1)) {
            Some(last) if has_cr => *last -= 1,
            Some(_) => {}
            None => return (false, end),
        }
        (count == header.count, end)
    }

    /// Leaves of so many marks of a line just those that end a field, and returns how many. `None`: a quote is broken, or
    /// goes on in the next line.
    fn without_quotes(&mut self, bytes: &[u8], count: usize) -> Option<usize> {
        let byte = |at: u32| bytes.get(at as usize).copied().unwrap_or(b'\n');
        let marks = self.ends.get_mut(..count)?;
        let (mut read, mut kept) = (0, 0);
        let mut field = u32::try_from(self.start).ok()?;
        loop {
            if *marks.get(read)? == field && byte(field) == b'"' {
                // From here to the next quote that is not doubled.
                read += 1;
                let close = loop {
                    let at = *marks.get(read)?;
                    match byte(at) {
                        b'"' if marks.get(read + 1) == Some(&(at + 1)) && byte(at + 1) == b'"' => read += 2,
                        b'"' => break at,
                        b'\n' => return None,
                        _ => read += 1,
                    }
                };
                read += 1;
                let end = *marks.get(read)?;
                if end != close + 1 && !(end == close + 2 && byte(end) == b'\n' && byte(close + 1) == b'\r') {
                    return None;
                }
            }
            // A quote further in is a character like any other.
            while byte(*marks.get(read)?) == b'"' {
                read += 1;
            }
            let end = *marks.get(read)?;
            read += 1;
            *marks.get_mut(kept)? = end;
            kept += 1;
            field = end + 1;
            if byte(end) == b'\n' {
                return Some(kept);
            }
        }
    }

    /// From the first byte of one field to the last of another one behind it.
    #[inline(always)]
    pub fn run<'a>(&self, bytes: &'a [u8], (first, last): (usize, usize)) -> &'a [u8] {
        let start =
            if first == 0 { self.start } else { self.ends.get(first - 1).map_or(0, |&end| end as usize + 1) };
        let end = self.ends.get(last).map_or(start, |&end| end as usize);
        bytes.get(start..end).unwrap_or_default()
    }

    /// The fields, in the text they were read from.
    pub const fn of<'p, 'a>(&'p self, bytes: &'a [u8]) -> PlacedFields<'p, 'a> {
        PlacedFields { places: self, bytes }
    }
}

/// The fields of a record on one line.
#[derive(Clone, Copy, Debug)]
pub struct PlacedFields<'p, 'a> {
    places: &'p Places,
    bytes: &'a [u8],
}

impl<'a> Fields<'a> for PlacedFields<'_, 'a> {
    #[inline(always)]
    fn field_as_written(&self, at: usize) -> &'a [u8] {
        self.places.run(self.bytes, (at, at))
    }

    #[inline]
    fn field(&self, at: usize) -> Field<'a> {
        match self.places.run(self.bytes, (at, at)) {
            [b'"', raw @ .., b'"'] => Field { raw, has_escapes: memchr::memchr(b'"', raw).is_some() },
            raw => Field { raw, has_escapes: false },
        }
    }
}

/// A TLS version, or one with more behind it (`TLSv1.2 with cipher …`).
fn tls_version(text: &str) -> Option<TlsVersion> {
    TlsVersion::parse(text.as_bytes())
        .or_else(|| TlsVersion::parse(text.split([' ', ',', ';', '(']).next()?.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::super::fields::{check_count, split};
    use super::super::time::iso_ms;
    use super::*;

    fn row<'a>(header: &str, line: &'a str) -> Result<(Option<i64>, ActivityRow<'a>, Counts), LineError> {
        let names: Vec<String> = header.split(',').map(String::from).collect();
        let header = Header::from_names(&names, b',').unwrap_or(Header {
            delimiter: b',',
            count: 0,
            position: [None; COLUMN_COUNT],
            dates: DateStyle::default(),
        });
        let mut fields = Vec::new();
        let _ = split(line.as_bytes(), b',', &mut fields);
        check_count(header.count, fields.len())?;
        let time_ms = header.time_ms(&fields.as_slice(), &mut Clock::default())?;
        Ok((time_ms, header.row(&fields.as_slice())?, header.counts(&fields.as_slice())?))
    }

    #[test]
    fn a_row_of_aliases_is_one_message() {
        let row = row(
            "Time,Sender Address,User-Name,TLS,Mechanism,IP",
            "2026-11-02T08:15:29Z,Scanner@Contoso.com,CONTOSO\\Scanner,TLSv1.2,LOGIN,10.0.0.9",
        );
        let expected = ActivityRow {
            user: "CONTOSO\\scanner".into(),
            sender: "scanner@contoso.com".into(),
            sender_domain: "contoso.com".into(),
            tls: TlsVersion::Tls12,
            mechanism: "LOGIN".into(),
            client_ip: "10.0.0.9".into(),
            client_name: "".into(),
            server: "".into(),
        };
        let counts = Counts {
            messages: Count::known(1),
            recipients: Count::UNKNOWN,
            sessions: Count::UNKNOWN,
            failed_signins: Count::UNKNOWN,
        };
        let expected = (iso_ms("2026-11-02T08:15:29Z"), expected, counts);
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
