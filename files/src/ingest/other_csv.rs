//! Any other CSV: what Postfix or Dovecot wrote, brought by a SIEM (Splunk, Elastic, Graylog). Which column plays which
//! role is guessed from the names and the first rows, and may be set by hand.
//!
//! - A row whose result is a failure is one failed sign-in.
//! - Any other row that names a sender or a queue id is one message.
//! - Any other row that names a user alone is one successful sign-in, and how many messages came of it is unknown.
//! - A column that counts has the last word: it says how many messages, or failed sign-ins.
//! - Mail without a user, where there is a column of users, was sent without signing in.

use super::cell::{are_empty, bad, is_blank, text};
use super::dates::DateStyle;
use super::fields::{Field, LineError};
use super::mappings::Mappings;
use super::row::{Identity, RowFact, RowFormat, RowOutcome, Sample, Table, folded};
use super::{BadReason, SkipReason};
use crate::ingest::activity_csv::ActivityRow;
use crate::model::auth::UNKNOWN_MECHANISM;
use crate::model::identity::{domain_of, is_health_mailbox, normalise_address, normalise_user};
use crate::model::{AuthClass, Count, Counts, Refusal, TlsVersion};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_64;

/// What a column may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(usize)]
pub enum Role {
    /// When, in any spelling that [`DateStyle`] reads, or in Unix time.
    Time,
    /// Login name.
    User,
    /// MAIL FROM.
    Sender,
    /// TLS version.
    Tls,
    /// Authentication mechanism.
    Mechanism,
    /// Client address, also as `name[address]` or with a port.
    ClientIp,
    /// Client name.
    ClientName,
    /// Server.
    Server,
    /// Whether it succeeded; see [`Mapping::success`].
    Result,
    /// Why it failed, in the server's words.
    Reason,
    /// How many messages the row stands for.
    Messages,
    /// How many recipients, or their addresses.
    Recipients,
    /// Message id or queue id: rows of one id are one message.
    Id,
    /// The program or protocol: rows of IMAP and POP are not the report's business.
    Service,
}

/// A role, and what a column that plays it is called, [`folded`], the surest name first.
pub struct RoleNames {
    /// The role.
    pub role: Role,
    /// The key of its name in the locales.
    pub key: &'static str,
    aliases: &'static str,
}

const ROLE_COUNT: usize = 14;

/// All roles, in the order in which they are shown.
pub const ROLES: [RoleNames; ROLE_COUNT] = [
    RoleNames {
        role: Role::Time,
        key: "role-time",
        aliases: "timestamp time datetime date eventtime eventcreated timegenerated \
                 timegeneratedutc timestamputc timeutc dateutc received logtime receivedtime",
    },
    RoleNames {
        role: Role::User,
        key: "role-user",
        aliases: "saslusername postfixsaslusername authuser authenticateduser username user \
                 dovecotuser login loginname account accountname srcuser sourceusername \
                 useremail userid userprincipalname targetusername",
    },
    RoleNames {
        role: Role::Sender,
        key: "role-sender",
        aliases: "emailfromaddress sender senderaddress mailfrom envelopefrom from postfixfrom \
                 fromaddress returnpath emailsenderaddress srcuseremail smtpmailfrom",
    },
    RoleNames {
        role: Role::Tls,
        key: "role-tls",
        aliases: "tlsversion tlsprotocol tlsversionprotocol sslversion sslprotocol cipherprotocol \
                 postfixtlsversion tls",
    },
    RoleNames {
        role: Role::Mechanism,
        key: "role-mechanism",
        aliases: "saslmethod postfixsaslmethod authmechanism mechanism mech authmethod authtype \
                 authenticationmechanism authenticationmethod authenticationprotocol \
                 dovecotmethod method auth",
    },
    RoleNames {
        role: Role::ClientIp,
        key: "role-client-ip",
        aliases: "sourceip srcip clientip rip remoteip clientaddress sourceaddress remoteaddress \
                 postfixclientip ipaddress ip src client postfixclient",
    },
    RoleNames {
        role: Role::ClientName,
        key: "role-client-name",
        aliases: "sourcedomain clientname clienthostname postfixclienthostname helo heloname ehlo \
                 srchost srcdns remotehost reversedns",
    },
    RoleNames {
        role: Role::Server,
        key: "role-server",
        aliases: "server servername hostname host loghost desthost observerhostname source",
    },
    RoleNames {
        role: Role::Result,
        key: "role-result",
        aliases: "eventoutcome outcome result authresult loginresult eventresult success action \
                 eventaction status response smtpresponse smtpreply replycode",
    },
    RoleNames {
        role: Role::Reason,
        key: "role-reason",
        aliases: "reason eventreason failurereason errormessage error response smtpresponse \
                 message eventoriginal raw",
    },
    RoleNames {
        role: Role::Messages,
        key: "role-messages",
        aliases: "messages messagecount messagessent count eventcount hits",
    },
    RoleNames {
        role: Role::Recipients,
        key: "role-recipients",
        aliases: "nrcpt postfixnrcpt recipientcount rcptcount recipients recipientscount",
    },
    RoleNames {
        role: Role::Id,
        key: "role-id",
        aliases: "emailmessageid messageid internetmessageid queueid postfixqueueid qid \
                 emaillocalid postfixmessageid",
    },
    RoleNames {
        role: Role::Service,
        key: "role-service",
        aliases: "networkprotocol service program processname protocol appname applicationname",
    },
];

/// Words that say that something went well, one of which comes first in a result. Mail that could not be delivered, or
/// not yet, was taken from its client all the same.
const SUCCESS: &str = "success successful succeeded ok true yes accepted accept allowed allow permitted pass passed \
    sent delivered queued authenticated bounced deferred expired";
/// Words that say that it did not.
const FAILURE: &str = "failure failed fail fails unsuccessful denied deny rejected reject refused blocked block \
    invalid error false no not aborted locked disabled dropped bad wrong";

/// Which column plays which role, and which words mean success and failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// By role.
    columns: [Option<usize>; ROLE_COUNT],
    /// Words of the result that mean success, in lower case. Of these, those of [`failure`](Self::failure) and reply
    /// codes, the first in a result decides; where there is none, an error text that is known.
    pub success: Vec<String>,
    /// Words of the result that mean failure, in lower case.
    pub failure: Vec<String>,
    /// Whether the day comes before the month, for files whose dates can be read both ways.
    pub day_first: Option<bool>,
}

impl Default for Mapping {
    /// No roles, and the usual words.
    fn default() -> Self {
        let words = |words: &str| words.split(' ').map(str::to_owned).collect();
        Self {
            columns: [None; ROLE_COUNT],
            success: words(SUCCESS),
            failure: words(FAILURE),
            day_first: None,
        }
    }
}

impl Mapping {
    /// Guesses from the columns' names, where the values bear them out: a time must be one, an address of a client too,
    /// most senders must have an `@`. A column plays one role. `None` if nobody is named (user or sender), or nothing of
    /// them (time, TLS version, mechanism, number, result).
    pub fn guess(table: &Table, sample: &Sample) -> Option<Self> {
        Some(Self::by_names(table, sample)).filter(Self::is_enough)
    }

    /// What to begin with where a mapping is set by hand: also columns of whatever name, if their values can hardly be
    /// anything else.
    pub fn suggest(table: &Table, sample: &Sample) -> Self {
        let mut mapping = Self::by_names(table, sample);
        for role in [Role::Time, Role::ClientIp, Role::Tls, Role::Mechanism] {
            if mapping.column(role).is_none() {
                let of_role = (0..table.names.len()).find(|at| {
                    !mapping.columns.contains(&Some(*at)) && mapping.confirms(role, *at, sample) == Some(true)
                        // `true` and `1` may say that there was TLS, but also anything else.
                        && (role != Role::Tls || sample.iter().any(|row| names_a_version(row.get(*at))))
                });
                mapping.set(role, of_role);
            }
        }
        mapping
    }

    fn by_names(table: &Table, sample: &Sample) -> Self {
        let mut mapping = Self::default();
        let names: Vec<String> = table.names.iter().map(|name| folded(name)).collect();
        for RoleNames { role, aliases, .. } in &ROLES {
            let candidates: Vec<usize> = aliases
                .split(' ')
                .flat_map(|alias| (0..names.len()).filter(|&at| names[at] == alias).collect::<Vec<_>>())
                .filter(|&at| !mapping.columns.contains(&Some(at)))
                .collect();
            let mut empty = None;
            for at in candidates {
                match mapping.confirms(*role, at, sample) {
                    Some(true) => {
                        mapping.columns[*role as usize] = Some(at);
                        break;
                    }
                    Some(false) => {}
                    None => empty = empty.or(Some(at)),
                }
            }
            let place = &mut mapping.columns[*role as usize];
            *place = place.or(empty);
        }
        mapping
    }

    /// The column that plays a role.
    pub const fn column(&self, role: Role) -> Option<usize> {
        self.columns[role as usize]
    }

    /// Makes a column play a role, or none.
    pub const fn set(&mut self, role: Role, column: Option<usize>) {
        self.columns[role as usize] = column;
    }

    /// Whether it says who, and something of them.
    pub fn is_enough(&self) -> bool {
        let has = |roles: &[Role]| roles.iter().any(|&role| self.column(role).is_some());
        has(&[Role::User, Role::Sender])
            && has(&[Role::Time, Role::Tls, Role::Mechanism, Role::Messages, Role::Result])
    }

    /// Whether the values of a column are those of a role: four of five at least. `None` if it has none.
    fn confirms(&self, role: Role, at: usize, sample: &Sample) -> Option<bool> {
        let values = || {
            sample.iter().filter_map(|row| row.get(at)).map(String::as_str).filter(|value| !is_blank(value))
        };
        let dates = DateStyle::of(values());
        let (mut fit, mut all) = (0, 0);
        for value in values() {
            all += 1;
            fit += usize::from(match role {
                Role::Time => time_ms(dates, value).is_some(),
                Role::Sender => value.contains('@') || value == "<>",
                Role::Tls => tls_version(value).is_some(),
                Role::Mechanism => is_mechanism(value),
                Role::ClientIp => is_ip(client(value).0),
                Role::Result => self.outcome(value).is_some(),
                Role::Messages => count(value).is_some(),
                Role::Recipients => recipients(value).is_some(),
                Role::Reason => true,
                // Splunk's `source` is a path.
                Role::Server => !value.contains(|c: char| c.is_whitespace() || c == '/'),
                Role::User | Role::ClientName | Role::Id | Role::Service => {
                    !value.contains(char::is_whitespace)
                }
            });
        }
        (all > 0).then_some(fit * 5 >= all * 4)
    }

    /// Whether a result is a success; `None` if it says neither.
    pub fn outcome(&self, result: &str) -> Option<bool> {
        let is_among = |words: &[String], word: &str| words.iter().any(|known| known == word);
        for word in result.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let word = word.to_lowercase();
            if is_among(&self.failure, &word) {
                return Some(false);
            }
            if is_among(&self.success, &word) {
                return Some(true);
            }
            // A reply code decides if it comes before any word.
            if let [class @ (b'2' | b'4' | b'5'), b'0'..=b'9', b'0'..=b'9'] = word.as_bytes() {
                return Some(*class == b'2');
            }
        }
        Refusal::recognise(result.as_bytes()).map(|_| false)
    }
}

/// A CSV whose columns may be mapped by hand: what there is to go by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappableCsv {
    /// How it is written, and its column names.
    pub table: Table,
    /// Its first rows.
    pub rows: Vec<Vec<String>>,
    /// What is remembered for its header, else a suggestion, which may not be enough.
    pub mapping: Mapping,
}

impl MappableCsv {
    /// From the beginning of a file's text.
    pub fn new(table: Table, rows: Vec<Vec<String>>, mappings: &Mappings) -> Self {
        let mapping = mappings.of(&table).cloned().unwrap_or_else(|| Mapping::suggest(&table, &rows));
        Self { table, rows, mapping }
    }
}

/// What a mapping makes of some rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Rows.
    pub rows: usize,
    /// Of them those that count.
    pub counted: usize,
    /// Those that are none of the report's business: mail without a sign-in, IMAP.
    pub skipped: usize,
    /// What was counted. Rows of one message count once.
    pub counts: Counts,
    /// The first row that was skipped, from 0, and why.
    pub first_skipped: Option<(usize, SkipReason)>,
    /// The first row that is not understood, from 0, and what is wrong with it.
    pub first_bad: Option<(usize, LineError)>,
}

/// A file with a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherCsv {
    table: Table,
    mapping: Mapping,
    dates: DateStyle,
}

impl OtherCsv {
    /// Reads a file by this mapping.
    pub fn new(table: Table, mapping: Mapping, sample: &Sample) -> Self {
        let times = mapping.column(Role::Time);
        let mut dates = DateStyle::of(sample.iter().filter_map(|row| row.get(times?)).map(String::as_str));
        // What was answered for another file of this header does not go against what this one says.
        if let (true, Some(day_first)) = (dates.is_guess, mapping.day_first) {
            dates = DateStyle { day_first, is_guess: false };
        }
        Self { table, mapping, dates }
    }

    /// A file whose mapping can be guessed.
    pub fn from_table(table: &Table, sample: &Sample) -> Option<Self> {
        Mapping::guess(table, sample).map(|mapping| Self::new(table.clone(), mapping, sample))
    }

    /// Which column plays which role.
    pub const fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// What the mapping makes of these rows.
    pub fn preview(&self, sample: &Sample) -> Preview {
        let mut preview = Preview { rows: sample.len(), ..Preview::default() };
        let mut seen = Vec::new();
        for (at, row) in sample.iter().enumerate() {
            let fields: Vec<Field<'_>> =
                row.iter().map(|text| Field { raw: text.as_bytes(), has_escapes: false }).collect();
            let outcome = self.row(&fields, &mut |fact| {
                let id = fact.identity.map(|identity| identity.id);
                if id.is_none_or(|id| !seen.contains(&id)) {
                    seen.extend(id);
                    preview.counts += fact.counts;
                }
            });
            match outcome {
                Ok(RowOutcome::Counted) => preview.counted += 1,
                Ok(RowOutcome::Skipped(reason)) => {
                    preview.skipped += 1;
                    preview.first_skipped = preview.first_skipped.or(Some((at, reason)));
                }
                Err(error) => preview.first_bad = preview.first_bad.or(Some((at, error))),
            }
        }
        preview
    }

    /// How many of these rows are understood, and of how many.
    pub fn understood(&self, sample: &Sample) -> (usize, usize) {
        let Preview { rows, counted, skipped, .. } = self.preview(sample);
        (counted + skipped, rows)
    }

    fn text<'a>(&self, fields: &[Field<'a>], role: Role) -> Cow<'a, str> {
        match text(fields, self.mapping.column(role)) {
            none if is_blank(&none) && none != "<>" => Cow::Borrowed(""),
            text => text,
        }
    }

    fn count_of(
        &self,
        fields: &[Field<'_>],
        role: Role,
        count: fn(&str) -> Option<u64>,
    ) -> Result<Option<u64>, LineError> {
        match self.text(fields, role) {
            none if none.is_empty() => Ok(None),
            number => count(&number).map(Some).ok_or(bad(self.mapping.column(role), BadReason::Count)),
        }
    }

    fn refusal(&self, fields: &[Field<'_>], result: &str) -> Option<Refusal> {
        // The whole line may stand there, which is longer than any name.
        let reason = self.mapping.column(Role::Reason).and_then(|at| fields.get(at)).map(Field::value);
        reason
            .and_then(|reason| Refusal::recognise(&reason))
            .or_else(|| Refusal::recognise(result.as_bytes()))
    }

    fn row(&self, fields: &[Field<'_>], tell: &mut dyn FnMut(RowFact<'_>)) -> Result<RowOutcome, LineError> {
        if are_empty(fields) {
            return Ok(RowOutcome::Skipped(SkipReason::Blank));
        }
        let of = |role: Role| self.text(fields, role);
        let wrong = |role: Role, reason: BadReason| bad(self.mapping.column(role), reason);
        let has = |role: Role| self.mapping.column(role).is_some();

        let (service, result) = (of(Role::Service).to_ascii_lowercase(), of(Role::Result));
        if ["imap", "pop3", "sieve", "ssh", "http"].iter().any(|other| service.contains(other)) {
            return Ok(RowOutcome::Skipped(SkipReason::NotSmtpAuth));
        }
        let is_success = self.mapping.outcome(&result);
        if is_success.is_none() && !result.is_empty() {
            return Ok(RowOutcome::Skipped(SkipReason::OtherEvent));
        }
        let is_failure = is_success == Some(false);

        let (sender_text, id) = (of(Role::Sender), of(Role::Id));
        let sender = normalise_address(address(&sender_text));
        let user_text = of(Role::User);
        let user = match normalise_user(address(&user_text)) {
            none if none == "<>" => Cow::Borrowed(""),
            user => user,
        };
        if is_health_mailbox(&user) {
            return Ok(RowOutcome::Skipped(SkipReason::HealthMailbox));
        }
        // Postfix logs mail from outside under the same names, but for the user.
        let mechanism = of(Role::Mechanism);
        let is_anonymous =
            user.is_empty() && mechanism.is_empty() && (has(Role::User) || sender_text.is_empty());
        if is_anonymous && !is_failure {
            return Ok(RowOutcome::Skipped(SkipReason::NoAuth));
        }

        let time = of(Role::Time);
        let time_ms = match &*time {
            "" => None,
            time => Some(time_ms(self.dates, time).ok_or(wrong(Role::Time, BadReason::Time))?),
        };
        let tls = tls_version(&of(Role::Tls)).ok_or(wrong(Role::Tls, BadReason::TlsVersion))?;
        let is_message = !sender_text.is_empty() || !(id.is_empty() || id.eq_ignore_ascii_case("NOQUEUE"));
        let number = self.count_of(fields, Role::Messages, count)?;
        let recipients = self.count_of(fields, Role::Recipients, recipients)?;
        let counts = if is_failure {
            let zero = Count::known(0);
            Counts {
                messages: zero,
                recipients: zero,
                sessions: zero,
                failed_signins: Count::known(number.unwrap_or(1)),
            }
        } else {
            let is_sign_in = number.is_none() && !is_message;
            Counts {
                messages: number.or_else(|| is_message.then_some(1)).into(),
                recipients: recipients.filter(|_| !is_sign_in).into(),
                sessions: is_sign_in.then_some(1).into(),
                // Where failures have rows of their own, the others have none.
                failed_signins: has(Role::Result).then_some(0).into(),
            }
        };

        let server = of(Role::Server);
        let (client_text, name_text) = (of(Role::ClientIp), of(Role::ClientName));
        let (client_ip, name_beside) = client(&client_text);
        let is_one_message = is_message && !is_failure && number.is_none();
        let identity =
            (is_one_message && !id.is_empty()).then(|| identity(&id, &server, &[&*user, &*sender]));
        let refusal = if is_failure { self.refusal(fields, &result) } else { None };
        let sender: &str = if &*sender == "<>" { "" } else { &sender };
        tell(RowFact {
            time_ms,
            row: ActivityRow {
                user: Cow::Borrowed(if user.is_empty() { sender } else { &user }),
                // A sign-in that was refused sent nothing.
                sender: Cow::Borrowed(if is_failure { "" } else { sender }),
                sender_domain: Cow::Borrowed(if is_failure { "" } else { domain_of(sender) }),
                tls,
                mechanism: Cow::Borrowed(if mechanism.is_empty() { UNKNOWN_MECHANISM } else { &mechanism }),
                client_ip: Cow::Borrowed(client_ip),
                client_name: Cow::Borrowed(if name_text.is_empty() { name_beside } else { &name_text }),
                server: Cow::Borrowed(&server),
            },
            counts,
            identity,
            refusal,
        });
        Ok(RowOutcome::Counted)
    }
}

impl RowFormat for OtherCsv {
    fn table(&self) -> &Table {
        &self.table
    }

    fn dates(&self) -> DateStyle {
        self.dates
    }

    fn has_many_rows_a_thing(&self) -> bool {
        // A queue id comes again with each recipient.
        self.mapping.column(Role::Id).is_some()
    }

    fn read(
        &mut self,
        fields: &[Field<'_>],
        tell: &mut dyn FnMut(RowFact<'_>),
    ) -> Result<RowOutcome, LineError> {
        self.row(fields, tell)
    }
}

/// A message id is one everywhere, a queue id on its server. The row that names more is believed.
fn identity(id: &str, server: &str, names: &[&str]) -> Identity {
    let bytes =
        if id.contains('@') { id.as_bytes().to_vec() } else { format!("{server}\0{id}").into_bytes() };
    let rank = names.iter().map(|name| u8::from(!name.is_empty())).sum();
    Identity { id: xxh3_64(&bytes), rank, session: None }
}

/// The address in `<a@b>`, `Name <a@b>` and `["a@b"]`.
fn address(text: &str) -> &str {
    if text == "<>" {
        return text;
    }
    let text = match text.rsplit_once('<') {
        Some((_, inner)) if inner.ends_with('>') => inner,
        _ => text,
    };
    text.trim_matches(['<', '>', '[', ']', '"', ' '])
}

/// The address and the name of a client: `203.0.113.9`, `203.0.113.9:50100`, `[2001:db8::1]:50100`,
/// `mail.contoso.com[203.0.113.9]:50100`.
fn client(text: &str) -> (&str, &str) {
    if let Some((name, rest)) = text.split_once('[') {
        let ip = rest.split(']').next().unwrap_or(rest);
        let ip = ip.strip_prefix("IPv6:").unwrap_or(ip);
        return (ip, if name.eq_ignore_ascii_case("unknown") { "" } else { name });
    }
    match text.split_once(':') {
        Some((ip, port)) if is_ip(ip) && port.bytes().all(|b| b.is_ascii_digit()) => (ip, ""),
        _ => (text, ""),
    }
}

/// Whether a text has the form of an IP address.
fn is_ip(text: &str) -> bool {
    let is_v4 = |text: &str| {
        text.split('.').count() == 4
            && text
                .split('.')
                .all(|part| part.len() <= 3 && part.parse::<u8>().is_ok() && !part.starts_with('+'))
    };
    let text = text.split('%').next().unwrap_or(text);
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let is_v6 = (3..=45).contains(&text.len())
        && (text.contains("::") || text.matches(':').count() == 7)
        && head.bytes().all(|b| b.is_ascii_hexdigit() || b == b':');
    is_v4(text) || is_v6
}

/// Unix milliseconds; also of Unix seconds with a fraction, as Splunk writes them.
fn time_ms(dates: DateStyle, text: &str) -> Option<i64> {
    dates.parse(text).or_else(|| {
        let (seconds, fraction) = text.split_once('.')?;
        let is_unix = seconds.len() == 10 && (1..=9).contains(&fraction.len());
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        (is_unix && is_digits(seconds) && is_digits(fraction)).then_some(())?;
        let ms = fraction.bytes().chain(*b"00").take(3).fold(0, |sum, b| sum * 10 + i64::from(b - b'0'));
        Some(dates.parse(seconds)? + ms)
    })
}

/// A TLS version, or one with more behind it; unknown if it says only that there was TLS.
fn tls_version(text: &str) -> Option<TlsVersion> {
    let first = text.split([' ', ',', ';', '(']).next().unwrap_or(text);
    let says_only_that = ["true", "yes", "tls", "ssl", "starttls", "secured", "on"];
    TlsVersion::parse(text.as_bytes()).or_else(|| TlsVersion::parse(first.as_bytes())).or_else(|| {
        says_only_that.iter().any(|word| word.eq_ignore_ascii_case(text)).then_some(TlsVersion::Unknown)
    })
}

/// Whether a text of letters and digits, so no mere number, stands there.
fn names_a_version(text: Option<&String>) -> bool {
    let has = |of_kind: fn(&u8) -> bool| text.is_some_and(|text| text.as_bytes().iter().any(of_kind));
    has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// Whether this is a mechanism, and not the method of something else.
fn is_mechanism(text: &str) -> bool {
    let others = ["CRAM-", "DIGEST-", "SCRAM-", "EXTERNAL", "ANONYMOUS"];
    AuthClass::of(text) != AuthClass::Other
        || others
            .iter()
            .any(|other| text.get(..other.len()).is_some_and(|start| start.eq_ignore_ascii_case(other)))
}

/// A whole number.
fn count(text: &str) -> Option<u64> {
    let is_number = (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// A number of recipients, or as many as there are addresses.
fn recipients(text: &str) -> Option<u64> {
    count(text).or_else(|| match text.matches('@').count() as u64 {
        0 => None,
        addresses => Some(addresses),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::fields::split;
    use crate::model::Day;

    fn records(text: &str, delimiter: u8) -> Vec<Vec<Field<'_>>> {
        text.lines()
            .map(|line| {
                let mut fields = Vec::new();
                assert_eq!(split(line.as_bytes(), delimiter, &mut fields), Ok(()), "{line}");
                fields
            })
            .collect()
    }

    fn read(csv: &str, delimiter: u8) -> (Table, Vec<Vec<String>>) {
        let mut rows: Vec<Vec<String>> = records(csv, delimiter)
            .iter()
            .map(|fields| (0..fields.len()).map(|at| text(fields, Some(at)).into_owned()).collect())
            .collect();
        let names = rows.remove(0);
        (Table { delimiter, names }, rows)
    }

    fn format(csv: &str, delimiter: u8) -> Option<OtherCsv> {
        let (table, sample) = read(csv, delimiter);
        OtherCsv::from_table(&table, &sample)
    }

    /// What each row tells, or what becomes of it.
    fn told(csv: &str, delimiter: u8) -> Vec<String> {
        let mut format = format(csv, delimiter).unwrap();
        let mut lines = Vec::new();
        for fields in &records(csv, delimiter)[1..] {
            let outcome = format.read(fields, &mut |fact| {
                let counts = fact.counts.each().map(|n| n.value().map_or("?".into(), |n| n.to_string()));
                let day = fact.time_ms.map_or("-".into(), |ms| Day::from_unix_ms(ms).to_string());
                let ActivityRow { user, sender, tls, mechanism, client_ip, client_name, server, .. } =
                    fact.row;
                let refusal = fact.refusal.map_or("", Refusal::code);
                lines.push(format!(
                    "{day}|{user}|{sender}|{tls}|{mechanism}|{client_ip}|{client_name}|{server}|{}|{refusal}",
                    counts.join(" ")
                ));
            });
            match outcome {
                Ok(RowOutcome::Counted) => {}
                Ok(RowOutcome::Skipped(reason)) => lines.push(format!("{reason:?}")),
                Err(error) => lines.push(format!("{error:?}")),
            }
        }
        lines
    }

    #[test]
    fn postfix_from_splunk() {
        let csv = include_str!("../../../tests/fixtures/other/splunk-postfix.csv");
        let one = "2026-11-02|scanner@contoso.com|scanner@contoso.com|TLS 1.2|LOGIN|203.0.113.9|mfp.contoso.com|mx1|1 2 ? ?|";
        assert_eq!(
            told(csv, b','),
            [
                one,
                one,
                "NoAuth",
                "2026-11-02|CONTOSO\\erp|erp@contoso.com|TLS 1.0|PLAIN|2001:db8::60||mx1|1 1 ? ?|",
                "LineError { column: Some(9), reason: TlsVersion }",
            ]
        );
        let (table, sample) = read(csv, b',');
        let format = OtherCsv::from_table(&table, &sample).unwrap();
        assert_eq!(format.understood(&sample), (4, 5));
        assert!(format.has_many_rows_a_thing());
    }

    #[test]
    fn rows_of_one_queue_id_are_one_message() {
        let csv = include_str!("../../../tests/fixtures/other/splunk-postfix.csv");
        let mut format = format(csv, b',').unwrap();
        let mut ids = Vec::new();
        for fields in &records(csv, b',')[1..] {
            let _ = format.read(fields, &mut |fact| ids.push(fact.identity.unwrap()));
        }
        assert_eq!(ids[0], ids[1]);
        assert_ne!(ids[0].id, ids[2].id);
        let rank = |names: &[&str]| identity("1@a", "mx1", names).rank;
        assert!(rank(&["a", "b"]) > rank(&["", "b"]));
        assert_eq!(identity("1@a", "mx1", &[]).id, identity("1@a", "mx2", &[]).id);
        assert_ne!(identity("4Fx1", "mx1", &[]).id, identity("4Fx1", "mx2", &[]).id);
    }

    #[test]
    fn elastic_common_schema() {
        let csv = include_str!("../../../tests/fixtures/other/ecs.csv");
        assert_eq!(
            told(csv, b','),
            [
                "2026-11-02|scanner@contoso.com|scanner@contoso.com|TLS 1.2|Unknown|203.0.113.9||mx1|1 ? ? 0|",
                "2026-11-02|erp@contoso.com||TLS 1.2|Unknown|198.51.100.4||mx1|0 0 0 1|bad-credentials",
                "2026-11-02|nas@contoso.com||Unknown|Unknown|203.0.113.9||mx1|0 0 0 1|smtp-auth-off-mailbox",
                "2026-11-02|anna@contoso.com||TLS 1.3|Unknown|203.0.113.10||mx1|? ? 1 0|",
                "OtherEvent",
            ]
        );
    }

    #[test]
    fn dovecot_from_graylog() {
        let csv = include_str!("../../../tests/fixtures/other/graylog-dovecot.csv");
        assert_eq!(
            told(csv, b';'),
            [
                "2026-11-02|anna||Unknown|PLAIN|203.0.113.7||mail01|? ? 1 0|",
                "NotSmtpAuth",
                "2026-11-03|bob||Unknown|PLAIN|203.0.113.66||mail01|0 0 0 1|bad-credentials",
                "2026-11-03|||No TLS|Unknown|203.0.113.66||mail01|0 0 0 1|not-authenticated",
            ]
        );
    }

    #[test]
    fn a_number_has_the_last_word() {
        let csv = "user,result,count\na@b.c,success,12\na@b.c,failure,7\nb@b.c,ok,x\nc@b.c,ok,\n";
        let mut mapping = Mapping::default();
        let (table, sample) = read(csv, b',');
        for (column, role) in [Role::User, Role::Result, Role::Messages].into_iter().enumerate() {
            mapping.set(role, Some(column));
        }
        let preview = OtherCsv::new(table, mapping, &sample).preview(&sample);
        assert_eq!((preview.rows, preview.counted, preview.skipped), (4, 3, 0));
        let known = [12, 0, 1, 7];
        assert_eq!(preview.counts.each().map(|n| n.known_part()), known);
    }

    #[test]
    fn a_guess_wants_names_and_values() {
        let column = |csv: &str, role: Role| {
            let (table, sample) = read(csv, b',');
            Mapping::guess(&table, &sample).map(|mapping| mapping.column(role))
        };
        for (csv, role, expected) in [
            ("user,_time\na,2026-11-02\n", Role::Time, Some(Some(1))),
            ("user,_time\na,1793606529.250\n", Role::Time, Some(Some(1))),
            ("user,_time\na,2026-11-02T08:15:29.000+0000\n", Role::Time, Some(Some(1))),
            // Neither is a time, and of two names the one whose values fit.
            ("user,time\na,soon\n", Role::Time, None),
            ("user,time,date\na,12 ms,2026-11-02\n", Role::Time, Some(Some(2))),
            ("user,_time,ip\na,2026-11-02,here\n", Role::ClientIp, Some(None)),
            ("user,_time,src\na,2026-11-02,[::1]:25\n", Role::ClientIp, Some(Some(2))),
            ("user,_time,from\na,2026-11-02,Berlin\n", Role::Sender, Some(None)),
            ("user,_time,method\na,2026-11-02,GET\n", Role::Mechanism, Some(None)),
            ("user,_time,action\na,2026-11-02,login\n", Role::Result, Some(None)),
            ("user,_time,source\na,2026-11-02,/var/log/mail.log\n", Role::Server, Some(None)),
            ("user,_time,reason\na,2026-11-02,\n", Role::Reason, Some(Some(2))),
            ("user,sasl_username,_time\nroot,a@b.c,2026-11-02\n", Role::User, Some(Some(1))),
            ("user,colour\na,red\n", Role::User, None),
            ("_time,src_ip\n2026-11-02,10.0.0.1\n", Role::Time, None),
            ("name,price\nscrew,3\n", Role::User, None),
        ] {
            assert_eq!(column(csv, role), expected, "{csv}");
        }
    }

    #[test]
    fn results() {
        let mapping = Mapping::default();
        for (text, outcome) in [
            ("success", Some(true)),
            ("SUCCEEDED", Some(true)),
            ("250 2.0.0 Ok: queued as 4Fx1", Some(true)),
            ("bounced (host mx said: 550 5.1.1 rejected)", Some(true)),
            ("Authentication unsuccessful", Some(false)),
            ("not authenticated", Some(false)),
            ("535 5.7.8 Error", Some(false)),
            ("454", Some(false)),
            ("LogonDenied", Some(false)),
            ("connect", None),
            ("42", None),
            ("", None),
        ] {
            assert_eq!(mapping.outcome(text), outcome, "{text}");
        }
        let own =
            Mapping { success: vec!["gut".into()], failure: vec!["schlecht".into()], ..Mapping::default() };
        assert_eq!(own.outcome("Gut"), Some(true));
        assert_eq!(own.outcome("SCHLECHT!"), Some(false));
        assert_eq!(own.outcome("ok"), None);
    }

    #[test]
    fn a_suggestion_goes_by_values_too_and_a_guess_does_not() {
        let csv = "wann;wer;von wo;wie;sicher;schnell\n\
                   02.11.2026 08:15;anna;203.0.113.9;LOGIN;TLSv1.2;true\n\
                   03.11.2026 09:15;bob;203.0.113.10;PLAIN;TLSv1.3;1\n";
        let (table, sample) = read(csv, b';');
        assert_eq!(Mapping::guess(&table, &sample), None);
        let suggested = Mapping::suggest(&table, &sample);
        let columns = [Role::Time, Role::User, Role::ClientIp, Role::Mechanism, Role::Tls]
            .map(|role| suggested.column(role));
        assert_eq!(columns, [Some(0), None, Some(2), Some(3), Some(4)]);
        assert!(!suggested.is_enough());
        // Whether there was TLS, or anything else.
        let (table, sample) = read("sicher;schnell\ntrue;1\n", b';');
        assert_eq!(Mapping::suggest(&table, &sample).column(Role::Tls), None);
    }

    #[test]
    fn the_order_of_day_and_month_is_asked_for_only_where_the_file_does_not_tell() {
        let day = |csv: &str, day_first: Option<bool>| {
            let (table, sample) = read(csv, b';');
            let mut mapping = Mapping { day_first, ..Mapping::default() };
            mapping.set(Role::Time, Some(0));
            mapping.set(Role::User, Some(1));
            let format = OtherCsv::new(table, mapping, &sample);
            let time = format.dates().parse(&sample[0][0]).map(|ms| Day::from_unix_ms(ms).to_string());
            (time.unwrap_or_default(), format.dates().is_guess)
        };
        for (day_first, expected) in [
            (None, ("2026-11-02", true)),
            (Some(true), ("2026-11-02", false)),
            (Some(false), ("2026-02-11", false)),
        ] {
            let (time, is_guess) = day("wann;wer\n02.11.2026;anna\n", day_first);
            assert_eq!((time.as_str(), is_guess), expected);
            let told = day("wann;wer\n02.11.2026;anna\n31.12.2026;anna\n", day_first);
            assert_eq!(told, ("2026-11-02".to_owned(), false));
        }
    }

    #[test]
    fn a_preview_counts_as_the_report_does_and_names_the_first_of_each_kind() {
        let csv = "time,from,user,qid\n2026-11-02,a@b.c,anna,4Fx1\n2026-11-02,a@b.c,anna,4Fx1\n\
                   2026-11-02,x@b.c,,4Fx2\nsoon,a@b.c,anna,4Fx3\nlater,a@b.c,anna,4Fx4\n";
        let (table, sample) = read(csv, b',');
        let mut mapping = Mapping::default();
        for (column, role) in [Role::Time, Role::Sender, Role::User, Role::Id].into_iter().enumerate() {
            mapping.set(role, Some(column));
        }
        let preview = OtherCsv::new(table, mapping, &sample).preview(&sample);
        assert_eq!((preview.rows, preview.counted, preview.skipped), (5, 2, 1));
        assert_eq!(preview.counts.messages, Count::known(1));
        assert_eq!(preview.first_skipped, Some((2, SkipReason::NoAuth)));
        assert_eq!(preview.first_bad, Some((3, LineError { column: Some(1), reason: BadReason::Time })));
    }

    #[test]
    fn clients_and_addresses() {
        for (text, expected) in [
            ("203.0.113.9", ("203.0.113.9", "")),
            ("203.0.113.9:50100", ("203.0.113.9", "")),
            ("2001:db8::1", ("2001:db8::1", "")),
            ("[2001:db8::1]:50100", ("2001:db8::1", "")),
            ("unknown[IPv6:2001:db8::1]", ("2001:db8::1", "")),
            ("mfp[10.0.0.9]:25", ("10.0.0.9", "mfp")),
            ("mfp", ("mfp", "")),
        ] {
            assert_eq!(client(text), expected, "{text}");
        }
        for (text, expected) in
            [("<a@b>", "a@b"), ("A <a@b>", "a@b"), ("[\"a@b\"]", "a@b"), ("<>", "<>"), ("a", "a")]
        {
            assert_eq!(address(text), expected);
        }
        assert!(
            !is_ip("12:34:56") && !is_ip("1.2.3") && !is_ip("1.2.3.256") && !is_ip("+1.2.3.4") && !is_ip("")
        );
    }

    #[test]
    fn hostile_rows_are_bounded() {
        let long = "x".repeat(1 << 20);
        let csv = format!("user,_time,_raw\n{long},2026-11-02,{long}\n\0,2026-11-02,\u{202e}\n,,\n");
        let lines = told(&csv, b',');
        assert!(lines.len() == 3 && lines.iter().all(|line| line.len() < 2048));
        assert_eq!(lines[2], "Blank");
    }

    #[test]
    fn each_role_has_its_place_and_a_name() {
        let texts = include_str!("../../../locales/en/columns.ftl");
        for (at, RoleNames { role, key, .. }) in ROLES.iter().enumerate() {
            assert_eq!(*role as usize, at);
            assert_eq!(texts.matches(&format!("\n{key} = ")).count(), 1, "{key}");
        }
    }
}
