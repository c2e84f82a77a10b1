//! Random protocol logs: everything a Receive log is known to hold, in any mixture, the same for the same seed.

use super::oracle::{Activity, Counts, Key};

/// Where the beginning of a session may be cut off. The end is cut off anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fragments {
    /// Every session is whole.
    None,
    /// Before a command that has nothing unanswered in front of it.
    #[default]
    AtCommands,
    /// Anywhere, also in the middle of a refusal.
    Anywhere,
}

/// What a random log is to hold.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many scenes: a session, or sessions that belong together.
    pub scenes: u32,
    /// Whether sessions lack their beginning or end.
    pub fragments: Fragments,
    /// Whether lines are there twice.
    pub repeats: bool,
    /// Whether there are lines that cannot be read.
    pub bad_lines: bool,
    /// Whether sessions of different servers share an id.
    pub twins: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { scenes: 30, fragments: Fragments::default(), repeats: true, bad_lines: true, twins: true }
    }
}

/// A random log.
pub fn random_log(seed: u64, options: Options) -> Vec<u8> {
    let mut writer = Writer { rng: Rng(seed), options, lines: Vec::new(), sessions: 0 };
    for _ in 0..options.scenes {
        writer.scene();
    }
    writer.finish()
}

/// A log as several files, cut between lines: every line is in exactly one of them, in the order of the log.
pub fn cut(log: &[u8], seed: u64, files: u32) -> Vec<Vec<u8>> {
    let mut rng = Rng(seed);
    let lines: Vec<&[u8]> = log.split_inclusive(|&byte| byte == b'\n').collect();
    let last = u32::try_from(lines.len()).unwrap();
    let mut cuts: Vec<usize> = (1..files).map(|_| rng.between(0, last) as usize).collect();
    cuts.extend([0, lines.len()]);
    cuts.sort_unstable();
    cuts.windows(2).map(|range| lines[range[0]..range[1]].concat()).collect()
}

/// A random report, for writing and reading the Activity CSV.
pub fn random_activity(seed: u64, rows: u32) -> Activity {
    let mut rng = Rng(seed);
    let count = |rng: &mut Rng| (!rng.one_in(6)).then(|| u64::from(rng.between(0, 1_000)));
    (0..rows)
        .map(|_| {
            let sender =
                rng.pick(&["", "anna@contoso.com", "erp@fabrikam.com", "\"a, b\"@example.org"]).to_owned();
            let key = Key {
                date: if rng.one_in(8) {
                    String::new()
                } else {
                    format!("2026-11-{:02}", rng.between(1, 30))
                },
                user: rng
                    .pick(&["CONTOSO\\anna", "erp@fabrikam.com", "svc", "<b>bold</b>@example.org"])
                    .to_owned(),
                sender_domain: sender.rsplit_once('@').map_or("", |(_, domain)| domain).to_owned(),
                sender,
                tls: rng
                    .pick(&["No TLS", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3", "Unknown"])
                    .to_owned(),
                mechanism: rng.pick(&["LOGIN", "XOAUTH2", "NTLM", "Basic", "OAuth", "Unknown"]).to_owned(),
                client_ip: rng.pick(&["", "192.0.2.7", "2001:db8::7", "198.51.100.9"]).to_owned(),
                client_name: rng
                    .pick(&["", "mfp", "[192.0.2.7]", "two\nlines", "say \"hi\", please", "Dr\u{fc}cker"])
                    .to_owned(),
                server: rng.pick(&["EX01", "EX02", "M\u{e4}rz, 2"]).to_owned(),
            };
            let counts = Counts {
                messages: count(&mut rng),
                recipients: count(&mut rng),
                sessions: count(&mut rng),
                failed: count(&mut rng),
            };
            (key, counts)
        })
        .collect()
}

/// The same numbers for the same seed.
#[derive(Clone, Debug)]
pub struct Rng(pub u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + u32::try_from(self.next() % (u64::from(high - low) + 1)).unwrap()
    }

    pub fn one_in(&mut self, times: u32) -> bool {
        self.between(1, times) == 1
    }

    pub fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.between(0, u32::try_from(choices.len()).unwrap() - 1) as usize]
    }
}

const FIELDS: &str = "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context";
const SERVERS: [&str; 3] = ["EX01", "EX02", "EDGE-3"];
const IPS: [&str; 6] =
    ["192.0.2.21", "192.0.2.22", "198.51.100.7", "203.0.113.66", "2001:db8::25", "fe80::1%3"];
const NAMES: [&str; 5] =
    ["MFP-1", "[192.0.2.21]", "erp.contoso.com", "a, \"b\"", "<script>alert(1)</script>"];
const USERS: [&str; 7] = [
    "CONTOSO\\anna",
    "contoso\\Anna",
    "erp@contoso.com",
    "ERP@Contoso.com",
    "scanner",
    "CONTOSO\\PRINTSRV$",
    "bob@fabrikam.com",
];
const SENDERS: [&str; 6] = [
    "erp@contoso.com",
    "Scanner@CONTOSO.com",
    "bob@fabrikam.com",
    "news@marketing.contoso.com",
    "\"o, q\"@example.org",
    "",
];
const TLS_TOKENS: [&str; 15] = [
    "SP_PROT_SSL2_SERVER",
    "SP_PROT_SSL3_SERVER",
    "SP_PROT_TLS1_SERVER",
    "SP_PROT_TLS1_0_SERVER",
    "SP_PROT_TLS1_1_SERVER",
    "SP_PROT_TLS1_2_SERVER",
    "SP_PROT_TLS1_2_SERVER",
    "SP_PROT_TLS1_3_SERVER",
    "4",
    "16",
    "64",
    "256",
    "1024",
    "4096",
    "SP_PROT_TLS1_2_CLIENT",
];
const AUTHS: [(&str, &str); 9] = [
    ("AUTH LOGIN", "LOGIN"),
    ("AUTH LOGIN", "LOGIN"),
    ("auth login", "LOGIN"),
    ("AUTH LOGIN YW5uYQ==", "LOGIN"),
    ("AUTH NTLM", "NTLM"),
    ("AUTH GSSAPI", "GSSAPI"),
    ("AUTH PLAIN <authentication response>", "PLAIN"),
    ("AUTH XOAUTH2", "XOAUTH2"),
    ("AUTH XOAUTH2 dXNlcj1h", "XOAUTH2"),
];

/// A line, and where in the log it goes.
struct Placed {
    at: i64,
    text: String,
}

struct Writer {
    rng: Rng,
    options: Options,
    lines: Vec<Placed>,
    sessions: u64,
}

/// A session being written.
struct Session {
    /// `connector,session`.
    fixed: String,
    endpoints: String,
    id: String,
    ip: String,
    sequence: u32,
    now_ms: i64,
    /// Lines, each with its time.
    lines: Vec<(i64, String)>,
    /// Where a beginning may be cut off without cutting an answer from its question.
    clean: Vec<usize>,
}

impl Session {
    fn line(&mut self, rng: &mut Rng, event: char, data: &str, context: &str) {
        let (data, context) = (quoted(data), quoted(context));
        let text = format!(
            "{},{},{},{},{event},{data},{context}",
            timestamp(self.now_ms),
            self.fixed,
            self.sequence,
            self.endpoints
        );
        self.lines.push((self.now_ms, text));
        self.sequence += if rng.one_in(12) { rng.between(2, 4) } else { 1 };
        self.now_ms += match rng.between(1, 25) {
            1 => 1_000 * i64::from(rng.between(1, 1_800)),
            // A clock that is set back a little; the sequence number tells the order.
            2 => -i64::from(rng.between(1, 400)),
            _ => i64::from(rng.between(1, 900)),
        };
    }

    /// A line under the number and the time of the line before.
    fn same_number(&mut self, event: char, data: &str, context: &str, previous: (u32, i64)) {
        let (sequence, at) = previous;
        let text = format!(
            "{},{},{sequence},{},{event},{},{}",
            timestamp(at),
            self.fixed,
            self.endpoints,
            quoted(data),
            quoted(context)
        );
        self.lines.push((at, text));
    }

    /// A command with nothing unanswered in front of it.
    fn asks(&mut self, rng: &mut Rng, data: &str) {
        self.clean.push(self.lines.len());
        self.line(rng, '<', data, "");
    }

    fn sends(&mut self, rng: &mut Rng, data: &str) {
        self.line(rng, '>', data, "");
    }

    fn notes(&mut self, rng: &mut Rng, data: &str, context: &str) {
        self.line(rng, '*', data, context);
    }

    fn connect(&mut self, rng: &mut Rng) {
        self.line(rng, '+', "", "");
        if rng.one_in(2) {
            self.notes(rng, "SMTPSubmit SMTPAcceptAnySender AcceptRoutingHeaders", "Set Session Permissions");
        }
        self.sends(rng, "220 EX01 Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026 16:59:51 +0100");
    }

    fn hello(&mut self, rng: &mut Rng, name: &str) {
        let verb = rng.pick(&["EHLO", "EHLO", "HELO", "ehlo"]);
        self.asks(rng, &format!("{verb} {name}"));
        self.sends(rng, "250  EX01 Hello [192.0.2.1] SIZE 37748736 PIPELINING STARTTLS AUTH NTLM CHUNKING");
    }

    fn tls_line(&mut self, rng: &mut Rng) {
        let token = rng.pick(&TLS_TOKENS);
        let text = format!(
            "TLS protocol {token} negotiation succeeded using bulk encryption algorithm CALG_AES_256 with strength \
             256 bits, MAC hash algorithm CALG_SHA_384 with strength 0 bits and key exchange algorithm \
             CALG_ECDH_EPHEM with strength 384 bits"
        );
        self.notes(rng, "", &text);
    }

    /// To TLS, if so. Whether the connection still stands.
    fn secure(&mut self, rng: &mut Rng, name: &str) -> bool {
        match rng.between(1, 12) {
            1..=3 => {}
            4 => {
                self.asks(rng, "STARTTLS");
                self.sends(rng, "454 4.7.0 TLS not available due to temporary reason");
            }
            5 => {
                self.asks(rng, "STARTTLS");
                self.sends(rng, "220 2.0.0 SMTP server ready");
                let error = rng.pick(&["SocketError", "NoCredentials", "AlgorithmMismatch"]);
                self.notes(rng, "", &format!("TLS negotiation failed with error {error}"));
                return false;
            }
            _ => {
                let verb = rng.pick(&["STARTTLS", "STARTTLS", "starttls"]);
                self.asks(rng, verb);
                self.sends(rng, "220 2.0.0 SMTP server ready");
                if rng.one_in(2) {
                    self.notes(
                        rng,
                        " CN=mail.contoso.com CN=CA 1, O=Contoso 4F 6E 2026-01-12T08:00:00.000Z mail.contoso.com",
                        "Sending certificate Subject Issuer name Serial number Thumbprint Not before Not after",
                    );
                }
                self.tls_line(rng);
                if rng.one_in(3) {
                    self.notes(rng, "", "TlsDomainCapabilities='None'; Status='NoRemoteCertificate'");
                }
                self.hello(rng, name);
                if rng.one_in(6) {
                    self.tls_line(rng);
                }
            }
        }
        true
    }

    fn asks_to_sign_in(&mut self, rng: &mut Rng) -> &'static str {
        let (line, mechanism) = AUTHS[rng.between(0, 8) as usize];
        self.asks(rng, line);
        if !rng.one_in(5) {
            self.sends(rng, "334 <authentication response>");
            self.sequence += 1;
        }
        mechanism
    }

    /// An attempt that is refused. Whether a reply said so; if not, the connection is gone.
    fn refused(&mut self, rng: &mut Rng, name: &str) -> bool {
        match rng.between(1, 8) {
            1 => {
                self.asks(rng, "AUTH CRAM-MD5");
                self.sends(rng, "504 5.7.4 Unrecognized authentication type");
            }
            2 => {
                self.asks_to_sign_in(rng);
                self.sends(rng, "454 4.7.0 Temporary authentication failure");
            }
            3 => {
                self.asks_to_sign_in(rng);
                self.sends(rng, "535 5.7.3 Authentication unsuccessful");
            }
            _ => {
                let mechanism = self.asks_to_sign_in(rng);
                let failed = format!("Inbound AUTH {mechanism} failed because of LogonDenied");
                let number = (self.sequence, self.now_ms);
                self.notes(rng, "", &failed);
                if !rng.one_in(6) {
                    let name = if rng.one_in(6) { "NULL" } else { name };
                    if rng.one_in(2) {
                        self.same_number('*', "", &format!("User Name: {name}"), number);
                    } else {
                        self.notes(rng, "", &format!("User Name: {name}"));
                    }
                }
                if rng.one_in(2) {
                    self.same_number('*', "", &failed, number);
                }
                if rng.one_in(6) {
                    return false;
                }
                match rng.between(1, 3) {
                    1 => self.notes(rng, "Tarpit for '0.00:00:05'", ""),
                    2 => self.notes(
                        rng,
                        "Tarpit for '0.00:00:05' due to '535 5.7.3 Authentication unsuccessful'",
                        "",
                    ),
                    _ => {}
                }
                self.sends(rng, "535 5.7.3 Authentication unsuccessful");
            }
        }
        true
    }

    /// An attempt that succeeds.
    fn signs_in(&mut self, rng: &mut Rng, user: &str, proxied_for: Option<&str>) {
        self.asks_to_sign_in(rng);
        if rng.one_in(2) {
            self.notes(rng, "SMTPSubmit SMTPAcceptAnyRecipient", "Set Session Permissions");
        }
        // At least one of the lines that tell of success.
        let told = rng.between(1, 7);
        if told & 1 != 0 || (proxied_for.is_none() && told == 4) {
            self.notes(rng, user, "authenticated");
        }
        if let Some(address) = proxied_for {
            let line =
                format!("Proxy session was successfully set up. Session for{address} will now be proxied");
            self.notes(rng, "", &line);
        }
        if told & 2 != 0 {
            let reply = rng.pick(&["235 2.7.0 Authentication successful", "235 <authentication response>"]);
            self.sends(rng, reply);
        }
    }

    /// A few messages, accepted and not.
    fn submits(&mut self, rng: &mut Rng, messages: u32, sender: Option<&str>) {
        for _ in 0..messages {
            let sender = sender.unwrap_or(rng.pick(&SENDERS));
            self.one_message(rng, sender);
        }
    }

    fn one_message(&mut self, rng: &mut Rng, sender: &str) {
        let mail = match rng.between(1, 4) {
            1 => format!("mail from: <{sender}> SIZE=2048"),
            2 => format!("MAIL FROM:<{sender}> AUTH=<> BODY=8BITMIME"),
            _ => format!("MAIL FROM:<{sender}>"),
        };
        if rng.one_in(10) {
            self.asks(rng, &mail);
            let reply = rng.pick(&[
                "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
                "452 4.3.1 Insufficient system resources",
                "503 5.5.2 Sender already specified",
            ]);
            self.sends(rng, reply);
            return;
        }
        let recipients: Vec<&str> = (0..rng.between(1, 4))
            .map(|_| {
                rng.pick(&[
                    "250 2.1.5 Recipient OK",
                    "250 2.1.5 Recipient OK",
                    "250 2.1.5 Recipient OK",
                    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found",
                    "451 4.7.500 Server busy",
                ])
            })
            .collect();
        let anybody = recipients.iter().any(|reply| reply.starts_with('2'));
        if rng.one_in(3) {
            self.pipelined(rng, &mail, &recipients, anybody);
            return;
        }
        self.asks(rng, &mail);
        if rng.one_in(2) {
            self.notes(rng, "08DE0B5C1A402F30;2026-11-02T08:15:31.123Z;1", "receiving message");
        }
        self.sends(rng, "250 2.1.0 Sender OK");
        for reply in &recipients {
            // Cut off here, a message would have lost its sender: not a clean cut.
            self.line(rng, '<', "RCPT TO:<someone@example.org>", "");
            self.sends(rng, reply);
        }
        if !anybody || rng.one_in(8) {
            self.line(rng, '<', "RSET", "");
            self.sends(rng, "250 2.0.0 Resetting");
            return;
        }
        self.content(rng);
    }

    /// The message itself, by DATA or BDAT.
    fn content(&mut self, rng: &mut Rng) {
        match rng.between(1, 4) {
            1 => {
                for _ in 0..rng.between(0, 2) {
                    self.line(rng, '<', "BDAT 1024", "");
                    self.sends(rng, "250 2.6.0 CHUNK received OK, 1024 octets");
                }
                let last = rng.pick(&["BDAT 512 LAST", "BDAT 0 last"]);
                self.line(rng, '<', last, "");
            }
            2 => {
                self.line(rng, '<', "BDAT 1024", "");
                self.line(rng, '<', "BDAT 99 LAST", "");
                self.sends(rng, "250 2.6.0 CHUNK received OK, 1024 octets");
            }
            _ => {
                self.line(rng, '<', "DATA", "");
                self.sends(rng, "354 Start mail input; end with <CRLF>.<CRLF>");
            }
        }
        self.verdict(rng);
    }

    fn verdict(&mut self, rng: &mut Rng) {
        let reply = match rng.between(1, 10) {
            1 => "552 5.3.4 Message size exceeds fixed maximum message size",
            2 => "451 4.7.0 Temporary server error. Please try again later",
            _ => {
                "250 2.6.0 <a@b> [InternalId=1001, Hostname=EX01.contoso.com] 11550 bytes in 0.123, 91.6 KB/sec \
                 Queued mail for delivery"
            }
        };
        self.sends(rng, reply);
    }

    /// All commands first, then all replies.
    fn pipelined(&mut self, rng: &mut Rng, mail: &str, recipients: &[&str], anybody: bool) {
        self.asks(rng, mail);
        for _ in recipients {
            self.line(rng, '<', "RCPT TO:<someone@example.org>", "");
        }
        // Then the same again at once, behind a BDAT that has no answer yet.
        let twice = anybody && rng.one_in(3);
        self.line(rng, '<', if twice { "BDAT 77 LAST" } else { "DATA" }, "");
        if twice {
            self.line(rng, '<', "MAIL FROM:<second@contoso.com>", "");
            self.line(rng, '<', "RCPT TO:<someone@example.org>", "");
        }
        self.sends(rng, "250 2.1.0 Sender OK");
        for reply in recipients {
            self.sends(rng, reply);
        }
        if !anybody {
            self.sends(rng, "554 5.5.1 No valid recipients");
            return;
        }
        if !twice {
            self.sends(rng, "354 Start mail input; end with <CRLF>.<CRLF>");
        }
        self.verdict(rng);
        if twice {
            self.sends(rng, "250 2.1.0 Sender OK");
            self.sends(rng, "250 2.1.5 Recipient OK");
            self.content(rng);
        }
    }

    fn ends(&mut self, rng: &mut Rng) {
        if rng.one_in(4) {
            let why = rng.pick(&["Remote(SocketError)", "Remote(ConnectionReset)", "Remote"]);
            self.line(rng, '-', "", why);
            return;
        }
        self.asks(rng, "QUIT");
        self.sends(rng, "221 2.0.0 Service closing transmission channel");
        self.line(rng, '-', "", "Local");
    }
}

impl Writer {
    fn scene(&mut self) {
        match self.rng.between(1, 20) {
            1..=7 => self.client(),
            8..=12 => self.proxied(),
            13 => self.port_25_pair(),
            14 => self.relay(),
            15 => self.server_to_server(),
            16 => self.health_mailbox(),
            17 => self.probe(),
            18 => self.machine_without_auth(),
            _ => self.failures_only(),
        }
    }

    fn open(&mut self, server: &str, connector: &str, ip: &str) -> Session {
        self.sessions += u64::from(self.rng.between(1, 900));
        let id = format!("{:016X}", 0x08DE_0000_0000_0000 + self.sessions);
        let remote = if ip.contains(':') { format!("[{ip}]") } else { ip.to_owned() };
        let day = i64::from(self.rng.between(20_775, 20_777)); // 2026-11-18 to 20
        // Many start shortly before midnight.
        let ms = if self.rng.one_in(4) {
            86_400_000 - i64::from(self.rng.between(1, 20_000))
        } else {
            // Together, so that sessions interleave.
            i64::from(self.rng.between(7, 9)) * 3_600_000 + i64::from(self.rng.between(0, 60_000))
        };
        Session {
            fixed: format!("{},{id}", quoted(&format!("{server}\\{connector} {server}"))),
            endpoints: format!("192.0.2.10:25,{remote}:{}", self.rng.between(1_024, 65_535)),
            id,
            ip: ip.to_owned(),
            sequence: 0,
            now_ms: day * 86_400_000 + ms,
            lines: Vec::new(),
            clean: Vec::new(),
        }
    }

    fn connector(&mut self) -> &'static str {
        self.rng.pick(&[
            "Default Frontend",
            "Client Frontend",
            "Scanner, old",
            "\u{41a}\u{43b}\u{438}\u{435}\u{43d}\u{442}",
        ])
    }

    /// Up to where a client would sign in; `None` if the connection broke.
    fn arrives(&mut self, session: &mut Session) -> bool {
        let rng = &mut self.rng;
        let name = rng.pick(&NAMES);
        session.connect(rng);
        session.hello(rng, name);
        let second_name = rng.pick(&NAMES);
        session.secure(rng, second_name)
    }

    /// A client that signs in, sooner or later, and sends.
    fn client(&mut self) {
        let (server, connector, ip) = (self.rng.pick(&SERVERS), self.connector(), self.rng.pick(&IPS));
        let mut session = self.open(server, connector, ip);
        if self.arrives(&mut session) {
            let rng = &mut self.rng;
            for _ in 0..rng.between(0, 5).saturating_sub(3) {
                let name = rng.pick(&USERS);
                if !session.refused(rng, name) {
                    self.end(session, true);
                    return;
                }
            }
            if rng.one_in(12) {
                session.asks_to_sign_in(rng);
                session.line(rng, '-', "", "Remote(SocketError)");
                self.end(session, true);
                return;
            }
            let user = rng.pick(&USERS);
            session.signs_in(rng, user, None);
            let messages = rng.between(0, 4);
            session.submits(rng, messages, None);
        }
        let rng = &mut self.rng;
        session.ends(rng);
        self.end(session, true);
    }

    /// A submission on port 587 that the hub carries on; sometimes only one side is in the log.
    fn proxied(&mut self) {
        let ip = self.rng.pick(&IPS);
        let server = self.rng.pick(&SERVERS);
        let mut front = self.open(server, "Client Frontend", ip);
        while !self.arrives(&mut front) {
            front = self.open(server, "Client Frontend", ip);
        }
        if self.rng.one_in(4) {
            front.refused(&mut self.rng, "bob@fabrikam.com");
        }
        let user = self.rng.pick(&USERS);
        front.signs_in(&mut self.rng, user, Some("Frank@contoso.test"));

        let sides = self.rng.between(1, 6); // 1: front only, 2: hub only
        let hubs = if self.rng.one_in(8) { 2 } else { 1 };
        for _ in 0..hubs {
            let hub_server = self.rng.pick(&SERVERS);
            let mut hub = self.open(hub_server, "Client Proxy", "192.0.2.10");
            hub.now_ms = front.now_ms;
            self.carries_on(&mut hub, &front);
            front.now_ms = hub.now_ms;
            if sides != 1 {
                self.end_of_hub(hub);
            }
        }
        if self.options.twins && self.rng.one_in(3) {
            self.twin(&front, server);
        }
        front.ends(&mut self.rng);
        if sides != 2 {
            self.end(front, false);
        }
    }

    /// A front-end session of another server that happens to have the same id.
    fn twin(&mut self, of: &Session, server: &str) {
        let other = if server == "EX01" { "EX02" } else { "EX01" };
        let mut twin = self.open(other, "Client Frontend", "203.0.113.200");
        twin.fixed = format!("{other}\\Client Frontend {other},{}", of.id);
        twin.id.clone_from(&of.id);
        if self.arrives(&mut twin) {
            twin.signs_in(&mut self.rng, "twin@contoso.com", Some("twin@contoso.com"));
        }
        twin.ends(&mut self.rng);
        self.end(twin, false);
    }

    /// The hub's side, by XPROXY.
    fn carries_on(&mut self, hub: &mut Session, front: &Session) {
        let rng = &mut self.rng;
        hub.connect(rng);
        hub.hello(rng, "EX01.contoso.com");
        if rng.one_in(3) {
            hub.asks(rng, "X-EXPS EXCHANGEAUTH SHA256");
            hub.notes(rng, "CONTOSO\\EX01$", "authenticated");
            hub.sends(rng, "235 <authentication response>");
        }
        let (id, ip) = (&front.id, &front.ip);
        hub.line(rng, '<', &format!("XPROXY SID={id} IP={ip} PORT=50100 DOMAIN=hub.view CAPABILITIES=0"), "");
        hub.sends(rng, "250 XProxy accepted");
        if rng.one_in(3) {
            hub.notes(rng, "CONTOSO\\Frank", "authenticated");
        }
        let messages = rng.between(0, 4);
        hub.submits(rng, messages, None);
        hub.ends(rng);
    }

    /// A hub session may end early, but has its beginning.
    fn end_of_hub(&mut self, mut hub: Session) {
        if self.options.fragments != Fragments::None && self.rng.one_in(6) {
            let announced = hub.lines.iter().position(|(_, line)| line.contains("XPROXY")).unwrap();
            let lines = u32::try_from(hub.lines.len()).unwrap();
            let keep = self.rng.between(u32::try_from(announced).unwrap() + 1, lines);
            hub.lines.truncate(keep as usize);
        }
        self.place(hub);
    }

    /// A client of port 25, whose messages stand in both logs.
    fn port_25_pair(&mut self) {
        let mut front = self.open("EX01", "Default Frontend", "198.51.100.7");
        front.connect(&mut self.rng);
        front.hello(&mut self.rng, "MFP-25");
        front.signs_in(&mut self.rng, "CONTOSO\\mfp", None);
        let mut hub = self.open("EX01", "Default", "192.0.2.10");
        hub.now_ms = front.now_ms;
        hub.connect(&mut self.rng);
        let announced = format!(
            "XPROXYFROM SID={} IP=198.51.100.7 PORT=50100 DOMAIN=MFP-25 SEQNUM=1 PERMS=1073 AUTHSRC=Internal",
            front.id
        );
        hub.line(&mut self.rng, '<', &announced, "");
        hub.sends(&mut self.rng, "250 XProxyFrom accepted");
        let (in_front, in_hub) = match self.rng.between(1, 4) {
            1 => (0, 3),
            2 => (3, 1),
            _ => (2, 2),
        };
        for (session, messages) in [(&mut front, in_front), (&mut hub, in_hub)] {
            for _ in 0..messages {
                for (event, data) in [
                    ('<', "MAIL FROM:<mfp@contoso.com>"),
                    ('>', "250 2.1.0 Sender OK"),
                    ('<', "RCPT TO:<a@example.org>"),
                    ('>', "250 2.1.5 Recipient OK"),
                    ('<', "DATA"),
                    ('>', "354 Start mail input; end with <CRLF>.<CRLF>"),
                    ('>', "250 2.6.0 <a@b> [InternalId=1, Hostname=EX01] Queued mail for delivery"),
                ] {
                    // On the same day in both logs.
                    session.line(&mut self.rng, event, data, "");
                }
            }
            session.ends(&mut self.rng);
        }
        self.place(front);
        self.place(hub);
    }

    /// Mail of somebody who did not sign in.
    fn relay(&mut self) {
        let mut session = self.open("EX01", "Default Frontend", "203.0.113.5");
        if self.arrives(&mut session) {
            let messages = self.rng.between(0, 2);
            session.submits(&mut self.rng, messages, Some("stranger@example.net"));
        }
        session.ends(&mut self.rng);
        let mut hub = self.open("EX01", "Default", "192.0.2.10");
        hub.connect(&mut self.rng);
        let announced = format!(
            "XPROXYFROM SID={} IP=203.0.113.5 PORT=5 DOMAIN=x SEQNUM=1 PERMS=1073 AUTHSRC=Anonymous",
            session.id
        );
        hub.line(&mut self.rng, '<', &announced, "");
        hub.sends(&mut self.rng, "250 XProxyFrom accepted");
        hub.submits(&mut self.rng, 2, Some("stranger@example.net"));
        hub.ends(&mut self.rng);
        self.end(session, true);
        self.place(hub);
    }

    /// Exchange to Exchange.
    fn server_to_server(&mut self) {
        let mut session = self.open("EX02", "Default", "192.0.2.10");
        let rng = &mut self.rng;
        session.connect(rng);
        session.hello(rng, "EX01.contoso.com");
        session.asks(rng, "X-ANONYMOUSTLS");
        session.sends(rng, "220 2.0.0 SMTP server ready");
        session.tls_line(rng);
        session.hello(rng, "EX01.contoso.com");
        let verb = rng.pick(&["X-EXPS EXCHANGEAUTH SHA256", "X-EXPS GSSAPI", "X-EXPS NTLM"]);
        session.asks(rng, verb);
        if rng.one_in(4) {
            session.sends(rng, "535 5.7.3 Authentication unsuccessful");
        } else {
            session.notes(rng, "CONTOSO\\EX01$", "authenticated");
            session.sends(rng, "235 <authentication response>");
            session.submits(rng, 2, None);
        }
        session.ends(rng);
        self.place(session);
    }

    fn health_mailbox(&mut self) {
        const USER: &str = "HealthMailbox0659e34c8d";
        let mut front = self.open("EX01", "Client Frontend", "192.0.2.10");
        front.connect(&mut self.rng);
        front.hello(&mut self.rng, "EX01");
        if self.rng.one_in(4) {
            front.refused(&mut self.rng, USER);
        }
        front.asks(&mut self.rng, "AUTH LOGIN");
        let user =
            self.rng.pick(&["CONTOSO\\HealthMailbox0659e34c8d", "healthmailbox0659e34c8d@contoso.com"]);
        front.notes(&mut self.rng, user, "authenticated");
        let proxied = self.rng.one_in(2);
        if proxied {
            let line = format!(
                "Proxy session was successfully set up. Session for{USER}@contoso.com will now be proxied"
            );
            front.notes(&mut self.rng, "", &line);
        }
        front.sends(&mut self.rng, "235 2.7.0 Authentication successful");
        let mut hub = self.open("EX01", "Client Proxy", "192.0.2.10");
        hub.now_ms = front.now_ms;
        if proxied {
            hub.connect(&mut self.rng);
            let line = format!("XPROXY SID={} IP=192.0.2.10 PORT=5 DOMAIN=EX01 CAPABILITIES=0", front.id);
            hub.line(&mut self.rng, '<', &line, "");
            hub.sends(&mut self.rng, "250 XProxy accepted");
        }
        let carrier = if proxied { &mut hub } else { &mut front };
        for (event, data) in [
            ('<', "MAIL FROM:<HealthMailbox0659e34c8d@contoso.com>"),
            ('>', "250 2.1.0 Sender OK"),
            ('<', "RCPT TO:<HealthMailbox0659e34c8d@contoso.com>"),
            ('>', "250 2.1.5 Recipient OK"),
            ('<', "BDAT 20 LAST"),
            ('>', "250 2.6.0 <a@b> [InternalId=1, Hostname=EX01] Queued mail for delivery"),
        ] {
            carrier.line(&mut self.rng, event, data, "");
        }
        front.ends(&mut self.rng);
        let front_is_there = !proxied || !self.rng.one_in(4);
        if proxied {
            hub.ends(&mut self.rng);
            self.place(hub);
        }
        if front_is_there {
            self.place(front);
        }
    }

    fn probe(&mut self) {
        let mut session = self.open("EX01", "Default Frontend", "192.0.2.2");
        session.line(&mut self.rng, '+', "", "");
        session.sends(
            &mut self.rng,
            "220 EX01 Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026 16:59:51 +0100",
        );
        session.line(&mut self.rng, '-', "", "Remote(SocketError)");
        self.place(session);
    }

    /// A server's fragment: a computer account, and no AUTH that a client would have sent.
    fn machine_without_auth(&mut self) {
        let mut session = self.open("EX02", "Default", "192.0.2.10");
        session.notes(&mut self.rng, "CONTOSO\\EX01$", "authenticated");
        session.sends(&mut self.rng, "235 <authentication response>");
        session.submits(&mut self.rng, 1, None);
        session.ends(&mut self.rng);
        self.place(session);
    }

    fn failures_only(&mut self) {
        let (server, ip) = (self.rng.pick(&SERVERS), self.rng.pick(&IPS));
        let mut session = self.open(server, "Default Frontend", ip);
        if self.arrives(&mut session) {
            for _ in 0..self.rng.between(1, 4) {
                let name = self.rng.pick(&USERS);
                if !session.refused(&mut self.rng, name) {
                    break;
                }
            }
        }
        session.ends(&mut self.rng);
        self.end(session, true);
    }

    /// Cuts off the beginning or the end, if the options let, and places what is left. The sign-in of a proxied
    /// session (`is_free` is false) stays whole: half of it in one log and its mail in the other can mean anything.
    fn end(&mut self, mut session: Session, is_free: bool) {
        let lines = u32::try_from(session.lines.len()).unwrap();
        if is_free && self.options.fragments != Fragments::None && lines > 0 {
            if self.rng.one_in(6) {
                let keep = self.rng.between(1, lines) as usize;
                session.lines.truncate(keep);
                session.clean.retain(|&line| line < keep);
            }
            if self.rng.one_in(6) {
                let from = match self.options.fragments {
                    Fragments::Anywhere => {
                        self.rng.between(0, u32::try_from(session.lines.len()).unwrap() - 1) as usize
                    }
                    _ => match u32::try_from(session.clean.len()).unwrap() {
                        0 => 0,
                        clean => session.clean[self.rng.between(0, clean - 1) as usize],
                    },
                };
                session.lines.drain(..from);
            }
        }
        self.place(session);
    }

    fn place(&mut self, session: Session) {
        let mut at = i64::MIN;
        for (time, text) in session.lines {
            // A line never stands before its predecessor, whatever its clock said.
            at = at.max(time);
            if self.options.repeats && self.rng.one_in(20) {
                let later = i64::from(self.rng.between(0, 100_000));
                self.lines.push(Placed { at: at + later, text: text.clone() });
            }
            self.lines.push(Placed { at, text });
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.lines.sort_by_key(|line| line.at);
        let end = if self.rng.one_in(4) { "\n" } else { "\r\n" };
        let mut log = String::new();
        if self.rng.one_in(3) {
            log.push('\u{feff}');
        }
        let header = [
            "#Software: Microsoft Exchange Server",
            "#Version: 15.0.0.0",
            "#Log-type: SMTP Receive Protocol Log",
            "#Date: 2026-11-18T00:00:00.000Z",
            FIELDS,
        ];
        let mut headers = u32::from(!self.rng.one_in(5));
        for Placed { text, .. } in std::mem::take(&mut self.lines) {
            if headers > 0 || self.rng.one_in(60) {
                headers = 0;
                let missing = self.rng.between(0, 12) as usize;
                for (_, line) in header.iter().enumerate().filter(|&(i, _)| i != missing) {
                    log.push_str(line);
                    log.push_str(end);
                }
            }
            if self.options.bad_lines && self.rng.one_in(40) {
                let bad = self.rng.pick(&[
                    "",
                    "garbage",
                    "2026-11-18T10:00:00.000Z,EX01\\Default,08DE000000000001,3,192.0.2.10:25,192.0.2.2:5,<,MAIL FROM:<a@b>",
                    "2026-11-18T10:00:00.000Z,EX01\\Default,08DE000000000001,3,192.0.2.10:25,192.0.2.2:5,?,x,",
                    "2026-13-18T10:00:00.000Z,EX01\\Default,08DE000000000001,3,192.0.2.10:25,192.0.2.2:5,<,x,",
                    "2026-11-18T10:00:00.000Z,EX01\\Default,not-an-id,3,192.0.2.10:25,192.0.2.2:5,<,x,",
                    "2026-11-18T10:00:00.000Z,EX01\\Default,08DE000000000001,three,192.0.2.10:25,192.0.2.2:5,<,x,",
                    "2026-11-18T10:00:00.000Z,EX01\\Default,08DE000000000001,3,192.0.2.10:25,192.0.2.2:5,<,x,y,z",
                ]);
                log.push_str(bad);
                log.push_str(end);
            }
            log.push_str(&text);
            log.push_str(end);
        }
        log.into_bytes()
    }
}

fn timestamp(at_ms: i64) -> String {
    chrono::DateTime::from_timestamp_millis(at_ms).unwrap().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
}
