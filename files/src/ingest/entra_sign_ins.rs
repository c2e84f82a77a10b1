//! Entra ID sign-in logs, as CSV: from the portal, from Log Analytics or Sentinel, and from Microsoft Graph by PowerShell.
//!
//! A row is one authentication of some user to some application; those whose client app is SMTP are ours. How many
//! messages were sent after one, nobody knows here. The column *Authentication Protocol* is about OAuth grants, and says
//! nothing of how a client of SMTP signed in.

use super::account::{BadReason, SkipReason};
use super::activity_csv::ActivityRow;
use super::dates::DateStyle;
use super::fields::{Field, LineError};
use super::row::{Identity, RowFact, RowFormat, RowOutcome, Sample, Table};
use super::text::name;
use crate::model::identity::normalise_user;
use crate::model::{Count, Counts, Refusal, TlsVersion};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_64;

/// When, by which columns; `TimeGenerated` is when the log got the row. A column in local time is none of them: nobody
/// says local to where.
const TIME: [&str; 9] = [
    "dateutc",
    "createddatetime",
    "createddatetimeutc",
    "timegeneratedutc",
    "timegenerated",
    "timestamputc",
    "timestamp",
    "datetime",
    "date",
];
const CLIENT_APP: [&str; 2] = ["clientapp", "clientappused"];
/// Who, the surer first; the last are names for people to read, for rows that have nothing else.
const USER: [&str; 8] = [
    "userprincipalname",
    "username",
    "upn",
    "accountupn",
    "signinidentifier",
    "alternatesigninname",
    "user",
    "userdisplayname",
];
/// How it ended: error code, a word, or an object that holds a code.
const OUTCOME: [&str; 6] =
    ["signinerrorcode", "errorcode", "statuserrorcode", "resulttype", "status", "signinstatus"];
const ADDRESS: [&str; 2] = ["ipaddress", "ip"];
/// Where Entra places the address: `Berlin, Berlin, DE`, or the country alone.
const LOCATION: [&str; 2] = ["location", "locationcity"];
const ID: [&str; 2] = ["requestid", "id"];

/// How much of a field is searched for an error code; it stands in front, behind it come texts of any length.
const OUTCOME_BYTES: usize = 4096;

/// A sign-in log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntraSignIns {
    table: Table,
    dates: DateStyle,
    client_app: usize,
    time: Option<usize>,
    /// All columns that may name the user, the surer first.
    users: Vec<usize>,
    outcomes: Vec<usize>,
    address: Option<usize>,
    location: Option<usize>,
    id: Option<usize>,
    correlation: Option<usize>,
}

/// How a sign-in ended. Where columns differ, the greater is believed: a failure, and the one that says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Success,
    /// With its error code, or zero if the row gives none.
    Failure(u32),
}

impl EntraSignIns {
    /// For a file with these columns and first rows; `None` if they are not those of users' sign-ins, or do not name the
    /// client app, without which SMTP cannot be told from the rest. A summary, which counts sign-ins in a column, is none
    /// either.
    pub fn from_table(table: &Table, sample: &Sample) -> Option<Self> {
        let all =
            |names: &[&str]| -> Vec<usize> { names.iter().filter_map(|name| table.find(&[name])).collect() };
        let client_app = table.find(&CLIENT_APP)?;
        let (time, users, outcomes) = (table.find(&TIME), all(&USER), all(&OUTCOME));
        if users.is_empty() || (time.is_none() && outcomes.is_empty()) || table.has("count") {
            return None;
        }
        let times = sample.iter().filter_map(|row| row.get(time?)).map(String::as_str);
        Some(Self {
            dates: DateStyle::of(times),
            client_app,
            time,
            users,
            outcomes,
            address: table.find(&ADDRESS),
            location: table.find(&LOCATION),
            id: table.find(&ID),
            correlation: table.find(&["correlationid"]),
            table: table.clone(),
        })
    }

    /// Whether these are the columns of a file that Entra hands out beside the one with the users' sign-ins, and that
    /// holds nothing for the report: the steps of each authentication, sign-ins of applications or of managed identities.
    pub fn companion(table: &Table) -> bool {
        let is_of_entra =
            table.find(&["requestid", "correlationid", "signinerrorcode", "resulttype"]).is_some();
        let is_steps = table.has("authenticationmethod") && table.find(&CLIENT_APP).is_none();
        let is_of_no_user =
            table.find(&["serviceprincipalid", "serviceprincipalname", "managedidentitytype"]).is_some()
                && table.find(&["userprincipalname", "username", "user"]).is_none();
        is_of_entra && (is_steps || is_of_no_user)
    }

    fn user(&self, fields: &[Field<'_>]) -> String {
        let user = self.users.iter().map(|&at| text(fields, at)).find(|user| !user.is_empty());
        let user = user.unwrap_or_default();
        normalise_user(&user).into_owned()
    }

    /// Unix milliseconds, if the row has a time.
    fn time_ms(&self, fields: &[Field<'_>]) -> Result<Option<i64>, LineError> {
        let Some(at) = self.time else { return Ok(None) };
        match text(fields, at) {
            none if none.is_empty() => Ok(None),
            time => self
                .dates
                .parse(&time)
                .map(Some)
                .ok_or(LineError { column: u32::try_from(at + 1).ok(), reason: BadReason::Time }),
        }
    }

    fn outcome(&self, fields: &[Field<'_>]) -> Option<Outcome> {
        self.outcomes.iter().filter_map(|&at| Outcome::of(&value(fields, at))).max()
    }

    /// A digest of the row's id, which is the same in every export; without one, of what it has.
    fn digest(&self, fields: &[Field<'_>], user: &str, time_ms: Option<i64>) -> u64 {
        let id = |at: Option<usize>| {
            let id = value(fields, at?).to_ascii_lowercase();
            id.iter().any(|b| !matches!(b, b'0' | b'-')).then_some(id)
        };
        if let Some(id) = id(self.id) {
            return xxh3_64(&id);
        }
        let parts: Vec<Cow<'_, [u8]>> = match (id(self.correlation), time_ms) {
            // A correlation id is the client's, and may be that of several sign-ins.
            (Some(id), Some(time_ms)) => {
                vec![id.into(), time_ms.to_le_bytes().to_vec().into(), user.as_bytes().into()]
            }
            _ => (0..fields.len()).map(|at| value(fields, at)).collect(),
        };
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(&part.len().to_le_bytes());
            bytes.extend_from_slice(&part);
        }
        xxh3_64(&bytes)
    }

    /// Where the address is, in words; nothing if the field holds an object.
    fn location(&self, fields: &[Field<'_>]) -> String {
        let location = self.location.map_or_else(String::new, |at| text(fields, at));
        let is_object = location.starts_with(['{', '@', '[']) || location.starts_with("Microsoft.");
        if is_object { String::new() } else { location }
    }
}

impl RowFormat for EntraSignIns {
    fn table(&self) -> &Table {
        &self.table
    }

    fn dates(&self) -> DateStyle {
        self.dates
    }

    fn read(
        &mut self,
        fields: &[Field<'_>],
        tell: &mut dyn FnMut(RowFact<'_>),
    ) -> Result<RowOutcome, LineError> {
        let client_app = value(fields, self.client_app);
        if !client_app.eq_ignore_ascii_case(b"Authenticated SMTP")
            && !client_app.eq_ignore_ascii_case(b"SMTP")
        {
            return Ok(RowOutcome::Skipped(SkipReason::NotSmtpAuth));
        }
        let time_ms = self.time_ms(fields)?;
        let user = self.user(fields);
        let outcome = self.outcome(fields);
        let id = self.digest(fields, &user, time_ms);
        let none = || Cow::Borrowed("");
        tell(RowFact {
            time_ms,
            row: ActivityRow {
                user: user.into(),
                sender: none(),
                sender_domain: none(),
                tls: TlsVersion::Unknown,
                // Entra gives this client app to passwords only; with OAuth it is that of the application.
                mechanism: Cow::Borrowed("Basic"),
                client_ip: self.address.map_or_else(none, |at| text(fields, at).into()),
                // A sign-in has no HELO name; where the address is tells an admin the same: whose client it may be.
                client_name: self.location(fields).into(),
                server: none(),
            },
            counts: counts(outcome),
            identity: Some(Identity { id, rank: 0, session: None }),
            refusal: match outcome {
                Some(Outcome::Failure(code)) => Some(refusal(code)),
                Some(Outcome::Success) | None => None,
            },
        });
        Ok(RowOutcome::Counted)
    }
}

impl Outcome {
    /// From an error code (`50126`, `AADSTS50126`), a word of the portal's, or an object with an error code in it, as JSON
    /// or as PowerShell writes it. `None` if the field says nothing.
    fn of(field: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(&field[..field.len().min(OUTCOME_BYTES)]).to_ascii_lowercase();
        match text.as_str() {
            "success" => return Some(Self::Success),
            // An interrupted sign-in waits for an answer that a client of SMTP cannot give.
            "failure" | "interrupted" => return Some(Self::Failure(0)),
            _ => {}
        }
        let code = match text.split_once("errorcode") {
            Some((_, code)) => code.trim_start_matches(|c: char| c.is_whitespace() || "\"':=".contains(c)),
            None => text.strip_prefix("aadsts").unwrap_or(&text),
        };
        let end = code.find(|c: char| !c.is_ascii_digit()).unwrap_or(code.len());
        match code[..end].parse().ok()? {
            0 => Some(Self::Success),
            code => Some(Self::Failure(code)),
        }
    }
}

const fn counts(outcome: Option<Outcome>) -> Counts {
    let (messages, sessions, failed_signins) = match outcome {
        Some(Outcome::Success) => (Count::UNKNOWN, Count::known(1), Count::known(0)),
        Some(Outcome::Failure(_)) => (Count::known(0), Count::known(0), Count::known(1)),
        None => (Count::UNKNOWN, Count::UNKNOWN, Count::UNKNOWN),
    };
    Counts { messages, recipients: messages, sessions, failed_signins }
}

/// What Entra's error codes (AADSTS…) mean for a client of SMTP.
const fn refusal(code: u32) -> Refusal {
    match code {
        50_056 | 50_064 | 50_126 => Refusal::BadCredentials,
        50_053 => Refusal::AccountLocked,
        50_034 | 50_057 | 51_004 => Refusal::AccountDisabled,
        50_055 | 50_144 => Refusal::PasswordExpired,
        50_072 | 50_074 | 50_076 | 50_078 | 50_079 => Refusal::MfaRequired,
        50_131 | 53_000..=53_004 | 53_011 => Refusal::ConditionalAccess,
        // Security defaults.
        530_035 => Refusal::BasicAuthOff,
        _ => Refusal::Other,
    }
}

/// A field's bytes, trimmed; none if the row is too short.
fn value<'a>(fields: &[Field<'a>], at: usize) -> Cow<'a, [u8]> {
    match fields.get(at).copied().unwrap_or_default().value() {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim_ascii()),
        Cow::Owned(value) => Cow::Owned(value.trim_ascii().to_vec()),
    }
}

/// A field's text, trimmed and of bounded length.
fn text(fields: &[Field<'_>], at: usize) -> String {
    name(&value(fields, at)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::fields::{FieldError, split};
    use super::*;

    const PORTAL: &str = include_str!("../../../tests/fixtures/entra/portal.csv");
    const PORTAL_SHORT: &str = include_str!("../../../tests/fixtures/entra/portal-short.csv");
    const LOG_ANALYTICS: &str = include_str!("../../../tests/fixtures/entra/log-analytics.csv");
    const GRAPH: &str = include_str!("../../../tests/fixtures/entra/graph-powershell.csv");
    const AUTH_DETAILS: &str = include_str!("../../../tests/fixtures/entra/companion-auth-details.csv");
    const APPLICATIONS: &str = include_str!("../../../tests/fixtures/entra/companion-applications.csv");

    /// 2026-11-02, 20,759 days since 1970.
    const NOV_2: i64 = 20_759 * 86_400_000;
    /// 2025-02-03, 20,122 days: 55 years of 365 days, 14 leap days, 33 days of 2025.
    const FEB_3: i64 = 20_122 * 86_400_000;
    /// 2025-02-25.
    const FEB_25: i64 = FEB_3 + 22 * 86_400_000;
    /// 2025-03-12.
    const MAR_12: i64 = FEB_25 + 15 * 86_400_000;

    /// What a test looks at of a row: time, user, address, counts, refusal, id.
    type Seen = (Option<i64>, String, String, Counts, Option<Refusal>, u64);
    /// The same without the id.
    type Row = (Option<i64>, String, String, Counts, Option<Refusal>);

    fn records(text: &str, delimiter: u8) -> Vec<Vec<Field<'_>>> {
        let mut rest = text.trim_start_matches('\u{feff}');
        let mut records = Vec::new();
        while !rest.is_empty() {
            let mut fields = Vec::new();
            let mut end = 0;
            loop {
                end += rest[end..].find('\n').map_or(rest[end..].len(), |at| at + 1);
                let record = rest[..end].trim_end_matches(['\r', '\n']);
                match split(record.as_bytes(), delimiter, &mut fields) {
                    Err(FieldError::Unclosed(_)) if end < rest.len() => {}
                    result => break result.unwrap(),
                }
            }
            records.push(fields);
            rest = &rest[end..];
        }
        records
    }

    fn strings(fields: &[Field<'_>]) -> Vec<String> {
        (0..fields.len()).map(|at| String::from_utf8_lossy(&value(fields, at)).into_owned()).collect()
    }

    fn table(text: &str, delimiter: u8) -> Table {
        Table { delimiter, names: strings(&records(text, delimiter)[0]) }
    }

    fn format(text: &str, delimiter: u8) -> Option<EntraSignIns> {
        let sample: Vec<_> = records(text, delimiter).iter().skip(1).map(|fields| strings(fields)).collect();
        EntraSignIns::from_table(&table(text, delimiter), &sample)
    }

    fn read(text: &str, delimiter: u8) -> Vec<Result<Option<Seen>, LineError>> {
        let mut format = format(text, delimiter).unwrap();
        let read_row = |fields: &Vec<Field<'_>>| {
            let mut seen = None;
            let outcome = format.read(fields, &mut |fact| {
                assert_eq!((fact.row.sender.as_ref(), fact.row.sender_domain.as_ref()), ("", ""));
                assert_eq!((fact.row.mechanism.as_ref(), fact.row.tls), ("Basic", TlsVersion::Unknown));
                assert_eq!(fact.row.server.as_ref(), "");
                let id = fact.identity.unwrap().id;
                let (user, address) = (fact.row.user.into_owned(), fact.row.client_ip.into_owned());
                seen = Some((fact.time_ms, user, address, fact.counts, fact.refusal, id));
            })?;
            let expected = if seen.is_some() {
                RowOutcome::Counted
            } else {
                RowOutcome::Skipped(SkipReason::NotSmtpAuth)
            };
            assert_eq!(outcome, expected);
            Ok(seen)
        };
        records(text, delimiter).iter().skip(1).map(read_row).collect()
    }

    /// The rows without their ids.
    fn rows(text: &str, delimiter: u8) -> Vec<Result<Option<Row>, LineError>> {
        read(text, delimiter)
            .into_iter()
            .map(|row| {
                row.map(|seen| seen.map(|(time, user, ip, counts, why, _)| (time, user, ip, counts, why)))
            })
            .collect()
    }

    fn success(time_ms: i64, user: &str, ip: &str) -> Row {
        let counts = Counts {
            messages: Count::UNKNOWN,
            recipients: Count::UNKNOWN,
            sessions: Count::known(1),
            failed_signins: Count::known(0),
        };
        (Some(time_ms), user.into(), ip.into(), counts, None)
    }

    fn failure(time_ms: Option<i64>, user: &str, ip: &str, refusal: Refusal) -> Row {
        let counts = Counts {
            messages: Count::known(0),
            recipients: Count::known(0),
            sessions: Count::known(0),
            failed_signins: Count::known(1),
        };
        (time_ms, user.into(), ip.into(), counts, Some(refusal))
    }

    #[test]
    fn the_portal_s_file_row_by_row() {
        let at = |hour: i64, minute: i64, second: i64| NOV_2 + ((hour * 60 + minute) * 60 + second) * 1000;
        let expected = [
            Ok(Some(success(at(8, 15, 29), "scanner@contoso.com", "203.0.113.9"))),
            Ok(Some(failure(
                Some(at(8, 20, 11)),
                "erp@contoso.com",
                "198.51.100.4",
                Refusal::BadCredentials,
            ))),
            Ok(Some(failure(Some(at(8, 21, 11)), "erp@contoso.com", "2001:db8::7", Refusal::AccountLocked))),
            Ok(Some(failure(
                Some(at(9, 0, 0)),
                "nas@contoso.com",
                "203.0.113.9",
                Refusal::ConditionalAccess,
            ))),
            Ok(None),
            Ok(Some(failure(Some(at(9, 6, 0)), "anna@contoso.com", "203.0.113.20", Refusal::MfaRequired))),
            Ok(Some(failure(
                Some(at(23, 59, 59)),
                "ghost@contoso.com",
                "203.0.113.21",
                Refusal::AccountDisabled,
            ))),
            Ok(None),
        ];
        assert_eq!(rows(PORTAL, b','), expected);
    }

    #[test]
    fn a_subset_of_the_portal_s_columns() {
        let expected = [
            Ok(Some(success(NOV_2 + 29_729_000, "scanner@contoso.com", "203.0.113.9"))),
            Err(LineError { column: Some(1), reason: BadReason::Time }),
            Ok(Some(failure(None, "nas@contoso.com", "", Refusal::Other))),
        ];
        assert_eq!(rows(PORTAL_SHORT, b','), expected);
    }

    #[test]
    fn a_query_of_log_analytics() {
        let expected = [
            Ok(Some(success(FEB_25 + 33_565_391, "scanner@contoso.com", "203.0.113.9"))),
            Ok(Some(failure(
                Some(FEB_25 + 43_200_000),
                "erp@contoso.com",
                "198.51.100.4",
                Refusal::PasswordExpired,
            ))),
            Ok(Some(failure(Some(FEB_3 + 7), "erp@contoso.com", "198.51.100.4", Refusal::Other))),
            Ok(None),
        ];
        assert_eq!(rows(LOG_ANALYTICS, b','), expected);
        let dates = format(LOG_ANALYTICS, b',').map(|format| format.dates());
        assert_eq!(dates, Some(DateStyle { day_first: false, is_guess: false }));
    }

    #[test]
    fn powershell_s_export_and_its_objects() {
        const DAY: i64 = 86_400_000;
        const MORNING: i64 = 26_521_000;
        let unknown = Counts {
            messages: Count::UNKNOWN,
            recipients: Count::UNKNOWN,
            sessions: Count::UNKNOWN,
            failed_signins: Count::UNKNOWN,
        };
        let expected = [
            Ok(Some(success(MAR_12 + MORNING, "scanner@contoso.com", "203.0.113.9"))),
            Ok(Some(failure(
                Some(MAR_12 + DAY + MORNING),
                "erp@contoso.com",
                "198.51.100.4",
                Refusal::MfaRequired,
            ))),
            Ok(Some(failure(
                Some(MAR_12 + DAY + MORNING + 60_000),
                "nas@contoso.com",
                "198.51.100.5",
                Refusal::AccountDisabled,
            ))),
            Ok(Some((
                Some(MAR_12 + DAY + MORNING + 120_000),
                "nas@contoso.com".into(),
                "198.51.100.5".into(),
                unknown,
                None,
            ))),
            Ok(None),
        ];
        assert_eq!(rows(GRAPH, b';'), expected);
    }

    #[test]
    fn a_request_is_the_same_in_every_export_and_no_other() {
        let ids = |text, delimiter| -> Vec<u64> {
            read(text, delimiter).into_iter().filter_map(|row| row.ok()?.map(|seen| seen.5)).collect()
        };
        let (portal, short) = (ids(PORTAL, b','), ids(PORTAL_SHORT, b','));
        assert_eq!(portal[0], short[0]);
        let mut all = [portal, short, ids(LOG_ANALYTICS, b','), ids(GRAPH, b';')].concat();
        assert_eq!(all.len(), 6 + 2 + 3 + 4);
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 14);
        let bare =
            "Date,User,Client app,Status\n2026-11-02,a,SMTP,0\n2026-11-02,a,SMTP,0\n2026-11-03,a,SMTP,0\n";
        let bare = ids(bare, b',');
        assert_eq!(bare[0], bare[1]);
        assert_ne!(bare[0], bare[2]);
    }

    #[test]
    fn other_files_are_not_sign_ins() {
        for header in [
            "TimeGenerated,UserPrincipalName,IPAddress,ResultType",
            "UserPrincipalName,ClientAppUsed,count_",
            "UserPrincipalName,ClientAppUsed",
            "Client app,Status,Date",
            "date,user,sender,tls_version,auth_mechanism,messages",
        ] {
            assert_eq!(format(header, b','), None, "{header}");
            assert!(!EntraSignIns::companion(&table(header, b',')), "{header}");
        }
        for text in [AUTH_DETAILS, APPLICATIONS] {
            assert_eq!(format(text, b','), None);
            assert!(EntraSignIns::companion(&table(text, b',')));
        }
        for (text, delimiter) in [(PORTAL, b','), (PORTAL_SHORT, b','), (LOG_ANALYTICS, b','), (GRAPH, b';')]
        {
            assert!(!EntraSignIns::companion(&table(text, delimiter)));
        }
    }

    #[test]
    fn outcomes_in_every_spelling() {
        for (text, expected) in [
            ("0", Some(Outcome::Success)),
            ("Success", Some(Outcome::Success)),
            ("{\"errorCode\":0}", Some(Outcome::Success)),
            ("Interrupted", Some(Outcome::Failure(0))),
            ("50126", Some(Outcome::Failure(50_126))),
            ("50126.0", Some(Outcome::Failure(50_126))),
            ("AADSTS50126: Error validating credentials", Some(Outcome::Failure(50_126))),
            ("ErrorCode = 53003", Some(Outcome::Failure(53_003))),
            ("", None),
            ("None", None),
            ("errorCode", None),
            ("{\"errorCode\":null}", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(Outcome::of(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(Outcome::of(&vec![b'\xFF'; 1 << 20]), None);
    }

    #[test]
    fn hostile_rows_cost_no_more_than_their_bytes() {
        let header = "Date (UTC),Request ID,Username,IP address,Status,Client app";
        let huge = "a".repeat(1 << 20);
        let row = format!("2026-11-02,,{huge},\"=cmd|'{huge}\u{0}\u{202e}<script>\",{huge},SMTP");
        let seen = read(&format!("{header}\n{row}\n"), b',');
        let (time_ms, user, ip, ..) = seen[0].clone().unwrap().unwrap();
        assert_eq!(time_ms, Some(NOV_2));
        assert!(user.len() <= 1024 && ip.len() <= 1024);
        // Shorter than the header, which the reader does not hand on.
        let mut format = format(header, b',').unwrap();
        assert_eq!(
            format.read(&[], &mut |_| panic!("nothing to tell")),
            Ok(RowOutcome::Skipped(SkipReason::NotSmtpAuth))
        );
    }

    #[test]
    fn what_it_knows_of_a_file_travels() {
        let format = format(PORTAL, b',').unwrap();
        let bytes = postcard::to_stdvec(&format).unwrap();
        assert_eq!(postcard::from_bytes::<EntraSignIns>(&bytes).unwrap(), format);
    }
}
