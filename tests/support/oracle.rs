//! A second opinion: what the protocol logs say, worked out the slow and obvious way.
//!
//! Independent of `src/`: strings everywhere, a line at a time, the `csv` crate to split, nothing clever. Where
//! this and the parser disagree, one of them has misread the rules, which stand in the order of the code below.

use chrono::NaiveDateTime;
use std::collections::{BTreeMap, BTreeSet};

/// What a count is for, in the column order of the Activity CSV.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub date: String,
    pub user: String,
    pub sender: String,
    pub sender_domain: String,
    pub tls: String,
    pub mechanism: String,
    pub client_ip: String,
    pub client_name: String,
    pub server: String,
}

/// What is counted; `None` is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub messages: Option<u64>,
    pub recipients: Option<u64>,
    pub sessions: Option<u64>,
    pub failed: Option<u64>,
}

/// The report as the Activity CSV has it.
pub type Activity = BTreeMap<Key, Counts>;

/// The columns of the Activity CSV.
pub const ACTIVITY_HEADER: &str = "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,\
                                   client_name,server,messages,recipients,sessions,failed_signins";

/// The report of these files, in the order in which they were loaded.
pub fn activity(files: &[&[u8]]) -> Activity {
    let mut report = Report::default();
    let sessions: Vec<Session> =
        gather(files).into_iter().map(|((server, id), lines)| Session::read(server, id, &lines)).collect();

    // A front-end session, and the hub sessions that carried it on.
    let mut hubs_of: BTreeMap<usize, Vec<&Session>> = BTreeMap::new();
    let mut hubs_alone = Vec::new();
    for hub in sessions.iter().filter(|session| session.xproxy.is_some()) {
        let Some(xproxy) = &hub.xproxy else { continue };
        let candidates: Vec<usize> = (0..sessions.len())
            .filter(|&i| {
                let front = &sessions[i];
                front.xproxy.is_none() && front.signed_in.is_some() && front.id == xproxy.session
            })
            .collect();
        let same_ip = candidates.iter().find(|&&i| sessions[i].client_ip == xproxy.ip);
        match same_ip.or(candidates.first()) {
            Some(&front) => hubs_of.entry(front).or_default().push(hub),
            None => hubs_alone.push(hub),
        }
    }

    for (i, session) in sessions.iter().enumerate() {
        if session.xproxy.is_none() {
            report.client(session, hubs_of.get(&i).map_or(&[], Vec::as_slice));
        }
    }
    for hub in hubs_alone {
        report.hub_alone(hub);
    }
    report.finish()
}

/// The Activity CSV of a report, its lines ended by LF.
pub fn to_csv(activity: &Activity) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(vec![]);
    writer.write_record(ACTIVITY_HEADER.split(',')).unwrap();
    let count = |count: Option<u64>| count.map_or(String::new(), |n| n.to_string());
    for (key, counts) in activity {
        writer
            .write_record([
                &key.date,
                &key.user,
                &key.sender,
                &key.sender_domain,
                &key.tls,
                &key.mechanism,
                &key.client_ip,
                &key.client_name,
                &key.server,
                &count(counts.messages),
                &count(counts.recipients),
                &count(counts.sessions),
                &count(counts.failed),
            ])
            .unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

// ---------------------------------------------------------------------------------------------------------------
// Lines
// ---------------------------------------------------------------------------------------------------------------

/// A line of the log.
#[derive(Clone, Debug)]
struct Line {
    time: NaiveDateTime,
    sequence: u64,
    remote: String,
    event: String,
    data: String,
    context: String,
}

impl Line {
    fn date(&self) -> String {
        self.time.format("%Y-%m-%d").to_string()
    }
}

/// All lines of all files by (server, session id).
fn gather(files: &[&[u8]]) -> BTreeMap<(String, String), Vec<Line>> {
    let mut sessions: BTreeMap<(String, String), Vec<Line>> = BTreeMap::new();
    for file in files {
        let text = String::from_utf8_lossy(file);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        if !is_receive_log(text) {
            continue;
        }
        let lines: String = text.split_inclusive('\n').filter(|line| can_be_split(line)).collect();
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(lines.as_bytes());
        for record in reader.records() {
            if let Some((server, session, line)) = parse(&record.unwrap()) {
                sessions.entry((server, session)).or_default().push(line);
            }
        }
    }
    for lines in sessions.values_mut() {
        // A stable sort: what has the same number and time stays in the order in which it was read.
        lines.sort_by_key(|line| (line.sequence, line.time));
        let mut seen = BTreeSet::new();
        lines.retain(|line| {
            seen.insert((
                line.sequence,
                line.time,
                line.event.clone(),
                line.data.clone(),
                line.context.clone(),
            ))
        });
    }
    sessions
}

/// Not if a header says that it is something else. No header says nothing.
fn is_receive_log(text: &str) -> bool {
    text.lines()
        .filter(|line| line.starts_with('#'))
        .find_map(|line| line.to_lowercase().strip_prefix("#log-type:").map(str::to_owned))
        .is_none_or(|kind| kind.trim() == "smtp receive protocol log")
}

/// No header, and no quote that would swallow the next line.
fn can_be_split(line: &str) -> bool {
    !line.starts_with('#') && !line.contains('\0') && line.matches('"').count().is_multiple_of(2)
}

fn parse(record: &csv::StringRecord) -> Option<(String, String, Line)> {
    let fields: Vec<&str> = record.iter().collect();
    let [time, connector, session, sequence, _local, remote, event, data, context] = fields[..] else {
        return None;
    };
    let hexadecimal = !session.is_empty() && session.chars().all(|c| c.is_ascii_hexdigit());
    if !hexadecimal || !["+", "-", "<", ">", "*"].contains(&event) {
        return None;
    }
    let server = connector.split('\\').next()?.to_owned();
    let line = Line {
        time: NaiveDateTime::parse_from_str(time, "%Y-%m-%dT%H:%M:%S%.fZ").ok()?,
        sequence: sequence.parse().ok()?,
        remote: remote.to_owned(),
        event: event.to_owned(),
        data: data.to_owned(),
        context: context.to_owned(),
    };
    Some((server, session.to_uppercase(), line))
}

// ---------------------------------------------------------------------------------------------------------------
// Sessions
// ---------------------------------------------------------------------------------------------------------------

/// What one session comes to.
#[derive(Debug, Default)]
struct Session {
    server: String,
    id: String,
    client_ip: String,
    /// When the client signed in (or, in a hub, when it was announced), and how.
    signed_in: Option<SignIn>,
    /// The login name, if a line gives it.
    user: String,
    messages: Vec<Message>,
    failures: Vec<Key>,
    xproxy: Option<Xproxy>,
    /// A front end that says it hands the session on.
    is_proxied: bool,
    /// Exchange to Exchange, or a probe of its own: not a client.
    is_skipped: bool,
}

/// A successful sign-in.
#[derive(Debug, Default)]
struct SignIn {
    date: String,
    tls: String,
    mechanism: String,
    client_name: String,
}

/// An accepted message.
#[derive(Clone, Debug)]
struct Message {
    time: NaiveDateTime,
    sender: String,
    recipients: u64,
}

/// Whose session a hub carries on.
#[derive(Debug)]
struct Xproxy {
    session: String,
    ip: String,
    name: String,
    date: String,
}

/// An AUTH on its way to an answer.
#[derive(Debug, Default)]
struct Attempt {
    mechanism: String,
    name: String,
    /// The date of the line that says it failed.
    failed: Option<String>,
}

/// A command that waits for its reply.
#[derive(Debug, PartialEq)]
enum Command {
    Auth,
    /// `X-EXPS`: Exchange signs in to Exchange.
    ServerAuth,
    StartTls,
    Mail(String),
    Rcpt,
    Data,
    /// A piece of a message; the last one completes it.
    Bdat {
        last: bool,
    },
    /// RSET, EHLO, HELO: forgets the message in progress.
    Reset,
    Other,
}

/// What is known while reading a session from top to bottom.
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
struct Reading {
    session: Session,
    is_complete: bool,
    is_hub: bool,
    pending: Vec<Command>,
    attempt: Option<Attempt>,
    /// Sender and accepted recipients of the message in progress.
    envelope: Option<(String, u64)>,
    tls: Option<String>,
    is_starttls_open: bool,
    client_name: String,
    saw_auth: bool,
    saw_server_auth: bool,
    /// Every name somebody signed in or tried to sign in with.
    names: Vec<String>,
}

impl Session {
    fn read(server: String, id: String, lines: &[Line]) -> Self {
        let has = |event: &str| lines.iter().any(|line| line.event == event);
        let xproxy = lines.iter().find_map(xproxy_of);
        let mut reading = Reading {
            is_complete: has("+") && has("-"),
            is_hub: xproxy.is_some(),
            session: Self {
                server,
                id,
                client_ip: lines.first().map_or(String::new(), |line| without_port(&line.remote)),
                ..Self::default()
            },
            pending: Vec::new(),
            attempt: None,
            envelope: None,
            tls: None,
            is_starttls_open: false,
            client_name: String::new(),
            saw_auth: false,
            saw_server_auth: false,
            names: Vec::new(),
        };
        for line in lines {
            match line.event.as_str() {
                "<" => reading.command(line),
                ">" => reading.reply(line),
                "*" => reading.note(line),
                _ => {}
            }
        }
        reading.give_up_attempt();

        let Reading { mut session, saw_auth, saw_server_auth, names, is_hub, .. } = reading;
        let sent_as_health_mailbox = session.messages.iter().any(|m| is_health_mailbox(&m.sender));
        let is_machine = session.user.ends_with('$') && !saw_auth;
        session.is_skipped = names.iter().any(|name| is_health_mailbox(name))
            || (session.user.is_empty() && !is_hub && sent_as_health_mailbox)
            || (!is_hub && (saw_server_auth || is_machine));
        session.xproxy = xproxy;
        session
    }
}

impl Reading {
    fn command(&mut self, line: &Line) {
        let text = line.data.trim();
        let verb = text.split([' ', ':']).next().unwrap_or("").to_uppercase();
        let argument = text.get(verb.len()..).unwrap_or("").trim_start_matches([' ', ':']).trim();
        let command = match verb.as_str() {
            "AUTH" => {
                self.give_up_attempt();
                self.saw_auth = true;
                let mechanism = argument.split(' ').next().unwrap_or("").to_uppercase();
                self.attempt = Some(Attempt { mechanism, ..Attempt::default() });
                Command::Auth
            }
            "X-EXPS" => {
                self.saw_server_auth = true;
                Command::ServerAuth
            }
            "STARTTLS" => {
                self.is_starttls_open = true;
                Command::StartTls
            }
            "X-ANONYMOUSTLS" => Command::StartTls,
            "EHLO" | "HELO" => {
                argument.clone_into(&mut self.client_name);
                Command::Reset
            }
            "RSET" => Command::Reset,
            "MAIL" => Command::Mail(address(argument)),
            "RCPT" => Command::Rcpt,
            "DATA" => Command::Data,
            "BDAT" => Command::Bdat { last: argument.to_uppercase().ends_with("LAST") },
            "XPROXY" | "XPROXYFROM" => {
                if self.session.signed_in.is_none() && xproxy_of(line).is_some() {
                    self.session.signed_in = Some(SignIn { date: line.date(), ..SignIn::default() });
                }
                Command::Other
            }
            // What is no command is the client's side of a sign-in.
            _ if matches!(self.pending.first(), Some(Command::Auth | Command::ServerAuth)) => return,
            _ => Command::Other,
        };
        // Nothing goes along with a sign-in: what comes after it says that it is over, answered or not.
        self.pending.retain(|command| !matches!(command, Command::Auth | Command::ServerAuth));
        self.pending.push(command);
    }

    fn reply(&mut self, line: &Line) {
        let text = line.data.trim();
        match text.get(..3).unwrap_or("") {
            // The command goes on.
            "334" | "354" => {}
            "220" if self.pending.first() != Some(&Command::StartTls) => {} // the banner
            "235" => match self.pending.first() {
                Some(Command::ServerAuth) => drop(self.answered()),
                Some(Command::Auth) => {
                    self.answered();
                    self.sign_in(line);
                }
                _ => self.sign_in(line),
            },
            "250" if text.starts_with("250 2.6.0") && !text.starts_with("250 2.6.0 CHUNK") => {
                self.accept_message(line);
            }
            code if code.starts_with('2') => match self.answered() {
                Some(Command::Mail(sender)) => self.envelope = Some((sender, 0)),
                Some(Command::Rcpt) => {
                    if let Some((_, recipients)) = &mut self.envelope {
                        *recipients += 1;
                    }
                }
                Some(Command::Reset) => self.envelope = None,
                _ => {}
            },
            code if code.starts_with(['4', '5']) => match self.answered() {
                Some(Command::Auth) => self.refuse(line),
                Some(Command::Mail(_) | Command::Data | Command::Bdat { .. }) => self.envelope = None,
                Some(Command::StartTls) => self.is_starttls_open = false,
                // The log begins in the middle of a sign-in.
                None if self.attempt.is_some()
                    || text.contains("Authentication unsuccessful")
                    || text.contains("Unrecognized authentication type") =>
                {
                    self.refuse(line);
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn note(&mut self, line: &Line) {
        let context = line.context.trim();
        if context == "authenticated" {
            if !self.is_hub || self.session.signed_in.is_some() {
                if self.session.user.is_empty() {
                    self.session.user = normalise(&line.data);
                }
                self.names.push(line.data.trim().to_owned());
            }
            if !self.pending.contains(&Command::ServerAuth) {
                self.sign_in(line);
            }
        } else if let Some(rest) = context.strip_prefix("Proxy session was successfully set up. Session for")
        {
            let user = rest.strip_suffix("will now be proxied").unwrap_or(rest).trim();
            if self.session.user.is_empty() {
                self.session.user = normalise(user);
            }
            self.names.push(user.to_owned());
            self.session.is_proxied = true;
            self.sign_in(line);
        } else if let Some(rest) = context.strip_prefix("TLS protocol ") {
            let token = rest.split(' ').next().unwrap_or("");
            self.tls = Some(tls_version(token).to_owned());
            self.is_starttls_open = false;
        } else if context.starts_with("TLS negotiation failed") {
            self.is_starttls_open = false;
        } else if let Some(rest) = context.strip_prefix("Inbound AUTH ") {
            let attempt = self.attempt.get_or_insert_default();
            if attempt.mechanism.is_empty() {
                attempt.mechanism = rest.split(' ').next().unwrap_or("").to_uppercase();
            }
            attempt.failed.get_or_insert_with(|| line.date());
        } else if let Some(name) = context.strip_prefix("User Name:") {
            let name = name.trim();
            self.names.push(name.to_owned());
            self.attempt.get_or_insert_default().name = normalise(name);
        }
    }

    /// The command that a reply answers: the oldest without one.
    fn answered(&mut self) -> Option<Command> {
        if self.pending.is_empty() { None } else { Some(self.pending.remove(0)) }
    }

    fn sign_in(&mut self, line: &Line) {
        if self.is_hub {
            return;
        }
        // A refusal that nobody answered, and then a sign-in whose AUTH is not in the log.
        if self.attempt.as_ref().is_some_and(|attempt| attempt.failed.is_some()) {
            self.give_up_attempt();
        }
        let attempt = self.attempt.take();
        if self.session.signed_in.is_none() {
            self.session.signed_in = Some(SignIn {
                date: line.date(),
                tls: self.tls_now(),
                mechanism: or_unknown(attempt.map(|attempt| attempt.mechanism)),
                client_name: self.client_name.clone(),
            });
        }
    }

    fn refuse(&mut self, line: &Line) {
        let attempt = self.attempt.take().unwrap_or_default();
        self.fail(attempt, line.date());
    }

    /// No reply came; it failed all the same if a line says so.
    fn give_up_attempt(&mut self) {
        if let Some(mut attempt) = self.attempt.take()
            && let Some(date) = attempt.failed.take()
        {
            self.fail(attempt, date);
        }
    }

    fn fail(&mut self, attempt: Attempt, date: String) {
        if self.is_hub {
            return;
        }
        self.session.failures.push(Key {
            date,
            user: attempt.name,
            tls: self.tls_now(),
            mechanism: or_unknown(Some(attempt.mechanism)),
            client_ip: self.session.client_ip.clone(),
            client_name: self.client_name.clone(),
            server: self.session.server.clone(),
            ..Key::default()
        });
    }

    fn accept_message(&mut self, line: &Line) {
        // Normally just its DATA; what stands before it was answered on lines that are missing.
        let is_end = |command: &Command| matches!(command, Command::Data | Command::Bdat { last: true });
        let end = self.pending.iter().position(is_end).map_or(self.pending.len(), |i| i + 1);
        for command in self.pending.drain(..end) {
            if let Command::Mail(sender) = command {
                self.envelope = Some((sender, 0));
            }
        }
        let (sender, recipients) = self.envelope.take().unwrap_or_default();
        if self.session.signed_in.is_some() {
            self.session.messages.push(Message { time: line.time, sender, recipients });
        }
    }

    fn tls_now(&self) -> String {
        match &self.tls {
            Some(version) => version.clone(),
            None if self.is_complete && !self.is_starttls_open => "No TLS".to_owned(),
            None => "Unknown".to_owned(),
        }
    }
}

/// `XPROXY SID=… IP=… DOMAIN=…`, or `XPROXYFROM` for a client that signed in.
fn xproxy_of(line: &Line) -> Option<Xproxy> {
    let (verb, arguments) = line.data.trim().split_once(' ')?;
    let argument = |name: &str| {
        arguments
            .split(' ')
            .filter_map(|word| word.split_once('='))
            .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then(|| value.to_owned()))
    };
    let is_client = match verb.to_uppercase().as_str() {
        "XPROXY" => true,
        "XPROXYFROM" => argument("AUTHSRC").is_some_and(|source| !source.eq_ignore_ascii_case("anonymous")),
        _ => false,
    };
    (line.event == "<" && is_client).then(|| Xproxy {
        session: argument("SID").unwrap_or_default().to_uppercase(),
        ip: argument("IP").unwrap_or_default().trim_matches(['[', ']']).to_owned(),
        name: argument("DOMAIN").unwrap_or_default(),
        date: line.date(),
    })
}

// ---------------------------------------------------------------------------------------------------------------
// Words
// ---------------------------------------------------------------------------------------------------------------

/// The address of `FROM:<a@b> SIZE=1`, lower case.
fn address(argument: &str) -> String {
    let path = argument.split_once(':').map_or("", |(_, path)| path).trim();
    let address = match path.split_once('<') {
        Some((_, rest)) => rest.split('>').next(),
        None => path.split(' ').next(),
    };
    address.unwrap_or("").trim().to_lowercase()
}

/// `CONTOSO\anna`, `anna@contoso.com`; nothing for the name that was not given.
fn normalise(name: &str) -> String {
    let name = name.trim();
    match name.split_once('\\') {
        _ if name.eq_ignore_ascii_case("NULL") => String::new(),
        Some((domain, user)) => domain.to_uppercase() + "\\" + &user.to_lowercase(),
        None => name.to_lowercase(),
    }
}

fn is_health_mailbox(name: &str) -> bool {
    name.to_lowercase().rsplit('\\').next().is_some_and(|name| name.starts_with("healthmailbox"))
}

fn or_unknown(mechanism: Option<String>) -> String {
    mechanism.filter(|mechanism| !mechanism.is_empty()).unwrap_or_else(|| "Unknown".to_owned())
}

fn without_port(endpoint: &str) -> String {
    let address = endpoint.rsplit_once(':').map_or(endpoint, |(address, _)| address);
    address.trim_matches(['[', ']']).to_owned()
}

fn tls_version(token: &str) -> &'static str {
    let token = token.trim_start_matches("SP_PROT_").trim_end_matches("_SERVER").trim_end_matches("_CLIENT");
    match token {
        "SSL2" | "4" | "8" => "SSL 2.0",
        "SSL3" | "16" | "32" => "SSL 3.0",
        "TLS1" | "TLS1_0" | "64" | "128" => "TLS 1.0",
        "TLS1_1" | "256" | "512" => "TLS 1.1",
        "TLS1_2" | "1024" | "2048" => "TLS 1.2",
        "TLS1_3" | "4096" | "8192" => "TLS 1.3",
        _ => "Unknown",
    }
}

// ---------------------------------------------------------------------------------------------------------------
// The report
// ---------------------------------------------------------------------------------------------------------------

/// A sum, and whether a part of it is unknown.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    known: u64,
    has_unknown: bool,
}

#[derive(Debug, Default)]
struct Report {
    /// Messages, recipients, sessions, failed sign-ins.
    rows: BTreeMap<Key, [Sum; 4]>,
}

impl Report {
    /// Adds to a row; `None` is unknown.
    fn add(&mut self, key: Key, counts: [Option<u64>; 4]) {
        let sums = self.rows.entry(key).or_default();
        for (sum, count) in sums.iter_mut().zip(counts) {
            sum.known += count.unwrap_or(0);
            sum.has_unknown |= count.is_none();
        }
    }

    /// A client's own session, with the hub sessions that carried it on.
    fn client(&mut self, session: &Session, hubs: &[&Session]) {
        if session.is_skipped {
            return;
        }
        for failure in &session.failures {
            self.add(failure.clone(), [Some(0), Some(0), Some(0), Some(1)]);
        }
        let Some(sign_in) = &session.signed_in else { return };
        let mut carried: Vec<Message> = hubs.iter().flat_map(|hub| hub.messages.clone()).collect();
        carried.sort_by_key(|message| message.time);
        // The same messages stand in both logs; the longer list has them all.
        let messages = if carried.len() > session.messages.len() { &carried } else { &session.messages };
        let are_known = !session.is_proxied || !hubs.is_empty() || !messages.is_empty();
        let key = Key {
            user: session.user.clone(),
            tls: sign_in.tls.clone(),
            mechanism: sign_in.mechanism.clone(),
            client_ip: session.client_ip.clone(),
            client_name: sign_in.client_name.clone(),
            server: session.server.clone(),
            ..Key::default()
        };
        self.submissions(&key, &sign_in.date, messages, are_known);
    }

    /// A hub session whose front end is in none of the files.
    fn hub_alone(&mut self, hub: &Session) {
        let Some(xproxy) = &hub.xproxy else { return };
        if hub.is_skipped || hub.messages.iter().any(|message| is_health_mailbox(&message.sender)) {
            return;
        }
        let key = Key {
            user: hub.user.clone(),
            tls: "Unknown".to_owned(),
            mechanism: "Unknown".to_owned(),
            client_ip: xproxy.ip.clone(),
            client_name: xproxy.name.clone(),
            server: hub.server.clone(),
            ..Key::default()
        };
        self.submissions(&key, &xproxy.date, &hub.messages, true);
    }

    /// One session, and its messages if they are known.
    fn submissions(&mut self, key: &Key, signed_in: &str, messages: &[Message], are_known: bool) {
        let row = |date: String, sender: &str| Key {
            date,
            user: if key.user.is_empty() { sender.to_owned() } else { key.user.clone() },
            sender: sender.to_owned(),
            sender_domain: sender.rsplit_once('@').map_or(String::new(), |(_, domain)| domain.to_owned()),
            ..key.clone()
        };
        let first_sender = messages.first().map_or("", |message| &message.sender);
        let of_session = if are_known { Some(0) } else { None };
        self.add(row(signed_in.to_owned(), first_sender), [of_session, of_session, Some(1), Some(0)]);
        for message in messages {
            let date = message.time.format("%Y-%m-%d").to_string();
            self.add(row(date, &message.sender), [Some(1), Some(message.recipients), Some(0), Some(0)]);
        }
    }

    fn finish(self) -> Activity {
        let value = |sum: Sum| if sum.known == 0 && sum.has_unknown { None } else { Some(sum.known) };
        self.rows
            .into_iter()
            .map(|(key, [messages, recipients, sessions, failed])| {
                let counts = Counts {
                    messages: value(messages),
                    recipients: value(recipients),
                    sessions: value(sessions),
                    failed: value(failed),
                };
                (key, counts)
            })
            .collect()
    }
}
