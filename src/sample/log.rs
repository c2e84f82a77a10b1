//! The hand of an Exchange server: sessions written down as its SMTP Receive protocol log does.

use super::rng::Rng;
use super::{FOLDER, SampleFile};
use crate::model::Day;
use crate::sort::sort_by_key;
use std::fmt::Write as _;

/// The columns, as the `#Fields` line names them.
const FIELDS: &str =
    "date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context";

/// Which of a server's two logs a session is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Where clients connect.
    FrontEnd,
    /// Where mail goes in after the front end has proxied the session.
    Hub,
}

/// A receive connector.
#[derive(Clone, Copy, Debug)]
pub(super) struct Connector {
    pub(super) role: Role,
    pub(super) name: &'static str,
    pub(super) port: u16,
}

/// Port 25: other mail servers, and every printer there is.
pub(super) const DEFAULT_FRONTEND: Connector =
    Connector { role: Role::FrontEnd, name: "Default Frontend", port: 25 };
/// Port 587: mail programs and applications.
pub(super) const CLIENT_FRONTEND: Connector =
    Connector { role: Role::FrontEnd, name: "Client Frontend", port: 587 };
/// Where sessions of port 587 are proxied to.
pub(super) const CLIENT_PROXY: Connector = Connector { role: Role::Hub, name: "Client Proxy", port: 465 };
/// Where mail of port 25 is proxied to.
pub(super) const DEFAULT_HUB: Connector = Connector { role: Role::Hub, name: "Default", port: 2525 };

/// A server with the lines of its two logs.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) name: &'static str,
    pub(super) ip: &'static str,
    front_end: Vec<(i64, String)>,
    hub: Vec<(i64, String)>,
    sessions: u64,
}

impl Server {
    pub(super) const fn new(name: &'static str, ip: &'static str, first_session: u64) -> Self {
        Self { name, ip, front_end: Vec::new(), hub: Vec::new(), sessions: first_session }
    }

    /// Opens a session at this instant (Unix milliseconds).
    pub(super) fn open(
        &mut self,
        connector: Connector,
        remote_ip: &str,
        at_ms: i64,
        rng: &mut Rng,
    ) -> Session {
        self.sessions += 1 + u64::from(rng.between(0, 40));
        let remote = if remote_ip.contains(':') { format!("[{remote_ip}]") } else { remote_ip.to_owned() };
        let id = format!("{:016X}", self.sessions);
        Session {
            role: connector.role,
            host: format!("{}.contoso.com", self.name),
            fixed: format!("{server}\\{} {server},{id}", connector.name, server = self.name),
            endpoints: format!("{}:{},{remote}:{}", self.ip, connector.port, rng.between(49_152, 65_535)),
            remote_ip: remote_ip.to_owned(),
            id,
            sequence: 0,
            messages: 0,
            now_ms: at_ms,
            lines: Vec::new(),
        }
    }

    /// Writes a finished session to the log it belongs to.
    pub(super) fn close(&mut self, session: Session) {
        match session.role {
            Role::FrontEnd => self.front_end.extend(session.lines),
            Role::Hub => self.hub.extend(session.lines),
        }
    }

    /// The two logs, one file for each month, its lines in order of time. After a gap of more than a day the
    /// service was restarted, and a restarted service writes the header again.
    pub(super) fn into_files(self) -> Vec<SampleFile> {
        let Self { name, front_end, hub, .. } = self;
        let mut files = Vec::new();
        for (folder, mut lines) in [("FrontEnd", front_end), ("Hub", hub)] {
            sort_by_key(&mut lines, |&(at_ms, _)| at_ms);
            let mut month = None;
            let mut previous_ms = 0;
            for (at_ms, line) in lines {
                let (year, number, day) = Day::from_unix_ms(at_ms).ymd();
                if month != Some((year, number)) {
                    month = Some((year, number));
                    files.push(SampleFile {
                        name: format!("{FOLDER}/{name}/{folder}/RECV{year:04}{number:02}{day:02}-1.LOG"),
                        bytes: header(at_ms).into_bytes(),
                    });
                } else if at_ms - previous_ms > 24 * HOUR
                    && let Some(file) = files.last_mut()
                {
                    file.bytes.extend(header(at_ms).bytes());
                }
                previous_ms = at_ms;
                if let Some(file) = files.last_mut() {
                    file.bytes.extend(line.bytes());
                }
            }
        }
        files
    }
}

/// Milliseconds.
pub(super) const SECOND: i64 = 1000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;

fn header(at_ms: i64) -> String {
    format!(
        "#Software: Microsoft Exchange Server\r\n#Version: 15.0.0.0\r\n#Log-type: SMTP Receive Protocol Log\r\n\
         #Date: {}\r\n#Fields: {FIELDS}\r\n",
        timestamp(at_ms)
    )
}

fn timestamp(at_ms: i64) -> String {
    let day = Day::from_unix_ms(at_ms);
    let (year, month, date) = day.ymd();
    let ms = at_ms - day.start_ms();
    let (hour, minute, second) = (ms / HOUR, ms / MINUTE % 60, ms / SECOND % 60);
    format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", ms % SECOND)
}

/// An SMTP session being written.
#[derive(Debug)]
pub(super) struct Session {
    role: Role,
    host: String,
    fixed: String,
    endpoints: String,
    remote_ip: String,
    /// As other sessions refer to it.
    pub(super) id: String,
    sequence: u32,
    messages: u32,
    /// When the next line is written (Unix milliseconds).
    pub(super) now_ms: i64,
    lines: Vec<(i64, String)>,
}

impl Session {
    fn line(&mut self, event: char, data: &str, context: &str) {
        let mut line = timestamp(self.now_ms);
        // Writing to a String cannot fail.
        let _ = write!(line, ",{},{},{},{event},", self.fixed, self.sequence, self.endpoints);
        push_field(&mut line, data);
        line.push(',');
        push_field(&mut line, context);
        line.push_str("\r\n");
        self.lines.push((self.now_ms, line));
        self.sequence += 1;
        self.now_ms += 7 + i64::from(self.sequence % 5) * 11;
    }

    fn sends(&mut self, data: &str) {
        self.line('>', data, "");
    }

    fn receives(&mut self, data: &str) {
        self.line('<', data, "");
    }

    fn notes(&mut self, data: &str, context: &str) {
        self.line('*', data, context);
    }

    pub(super) fn connect(&mut self) {
        self.line('+', "", "");
        let banner =
            format!("220 {} Microsoft ESMTP MAIL Service ready at {}", self.host, rfc_2822_date(self.now_ms));
        self.sends(&banner);
    }

    pub(super) fn ehlo(&mut self, name: &str, encrypted: bool) {
        self.receives(&format!("EHLO {name}"));
        let tls = if encrypted { "AUTH NTLM LOGIN" } else { "STARTTLS AUTH NTLM" };
        // Two blanks: the log writes the whole reply on one line.
        let reply = format!(
            "250  {} Hello [{}] SIZE 37748736 PIPELINING DSN {tls} 8BITMIME CHUNKING",
            self.host, self.remote_ip
        );
        self.sends(&reply);
    }

    /// Takes the connection to TLS; `version` is Schannel's name for it (`TLS1_2`).
    pub(super) fn starttls(&mut self, version: &str) {
        self.receives("STARTTLS");
        self.sends("220 2.0.0 SMTP server ready");
        let certificate = format!(
            " CN=mail.contoso.com CN=Contoso Issuing CA 2 4F0000001DA7 6E0C1B9F2A53D87714E0 \
             2026-01-12T08:00:00.000Z 2028-01-12T08:00:00.000Z mail.contoso.com;{}",
            self.host
        );
        self.notes(
            &certificate,
            "Sending certificate Subject Issuer name Serial number Thumbprint Not before Not after Subject alternate names",
        );
        let (cipher, bits, hash) = match version {
            "TLS1" | "TLS1_1" => ("CALG_AES_128", 128, "CALG_SHA1"),
            _ => ("CALG_AES_256", 256, "CALG_SHA_384"),
        };
        let negotiated = format!(
            "TLS protocol SP_PROT_{version}_SERVER negotiation succeeded using bulk encryption algorithm {cipher} \
             with strength {bits} bits, MAC hash algorithm {hash} with strength 0 bits and key exchange algorithm \
             CALG_ECDH_EPHEM with strength 384 bits"
        );
        self.notes("", &negotiated);
    }

    /// The client asks to sign in and sends what it has to, which the log leaves out, hence the gap.
    pub(super) fn auth(&mut self, mechanism: &str) {
        self.receives(&format!("AUTH {mechanism}"));
        self.sends("334 <authentication response>");
        self.sequence += 1;
    }

    /// The sign-in succeeds; `proxied_for` is the address of a session that the hub will carry on.
    pub(super) fn signed_in(&mut self, user: &str, proxied_for: Option<&str>) {
        self.notes("SMTPSubmit SMTPAcceptAnyRecipient AcceptRoutingHeaders", "Set Session Permissions");
        self.notes(user, "authenticated");
        if let Some(address) = proxied_for {
            // The blank behind "for" is missing in the real thing too.
            let line =
                format!("Proxy session was successfully set up. Session for{address} will now be proxied");
            self.notes("", &line);
        }
        self.sends("235 2.7.0 Authentication successful");
    }

    /// The sign-in is refused, with all the lines that one refusal writes.
    pub(super) fn refused(&mut self, mechanism: &str, user: &str) {
        self.notes("", &format!("Inbound AUTH {mechanism} failed because of LogonDenied"));
        // The name comes under the same number, at the same time.
        self.sequence -= 1;
        let at_ms = self.now_ms;
        if let Some(&(logged_ms, _)) = self.lines.last() {
            self.now_ms = logged_ms;
        }
        self.notes("", &format!("User Name: {user}"));
        self.now_ms = at_ms;
        self.notes("Tarpit for '0.00:00:05' due to '535 5.7.3 Authentication unsuccessful'", "");
        self.now_ms += 5 * SECOND;
        self.sends("535 5.7.3 Authentication unsuccessful");
    }

    /// The client asks for a mechanism that the server does not have.
    pub(super) fn unrecognized(&mut self, mechanism: &str) {
        self.receives(&format!("AUTH {mechanism}"));
        self.sends("504 5.7.4 Unrecognized authentication type");
    }

    /// The front end tells the hub whose session this is.
    pub(super) fn xproxy(&mut self, front_end: &Self, client_name: &str) {
        let host = front_end.host.clone();
        self.receives(&format!("EHLO {host}"));
        self.sends(&format!("250  {host} Hello [{}] SIZE 37748736 XPROXY XRDST", self.remote_ip));
        self.receives(&format!(
            "XPROXY SID={} IP={} PORT=50100 DOMAIN={client_name} CAPABILITIES=0",
            front_end.id, front_end.remote_ip
        ));
        self.sends("250 XProxy accepted");
    }

    /// The front end hands on mail of somebody who did not sign in.
    pub(super) fn xproxyfrom(&mut self, front_end: &Self, client_name: &str) {
        self.receives(&format!(
            "XPROXYFROM SID={} IP={} PORT=50100 DOMAIN={client_name} SEQNUM=1 PERMS=1073 AUTHSRC=Anonymous",
            front_end.id, front_end.remote_ip
        ));
        self.sends("250 XProxyFrom accepted");
    }

    /// A message, accepted. An empty `sender` is the null sender of delivery reports.
    pub(super) fn message(&mut self, sender: &str, recipients: &[String]) {
        self.messages += 1;
        self.envelope(sender, recipients);
        self.receives("DATA");
        self.sends("354 Start mail input; end with <CRLF>.<CRLF>");
        let number = self.sequence * 7 + self.messages;
        let bytes = 2_048 + u64::from(number) * 1_531 % 900_000;
        let accepted = format!(
            "250 2.6.0 <{}.{number}@{}> [InternalId={}{number:05}, Hostname={}] {bytes} bytes in 0.1{:02}, \
             {}.{} KB/sec Queued mail for delivery",
            self.id,
            sender.rsplit_once('@').map_or("contoso.com", |(_, domain)| domain),
            u32::from_str_radix(&self.id[8..], 16).unwrap_or(0),
            self.host,
            number % 100,
            bytes / 120,
            number % 10,
        );
        self.sends(&accepted);
    }

    /// A message to a recipient that does not exist, given up.
    pub(super) fn refused_recipient(&mut self, sender: &str, recipient: &str) {
        self.messages += 1;
        self.envelope(sender, &[]);
        self.receives(&format!("RCPT TO:<{recipient}>"));
        self.sends("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup");
        self.receives("RSET");
        self.sends("250 2.0.0 Resetting");
    }

    /// A message under a name the account may not use.
    pub(super) fn refused_sender(&mut self, sender: &str) {
        self.receives(&format!("MAIL FROM:<{sender}>"));
        self.sends("550 5.7.60 SMTP; Client does not have permissions to send as this sender");
    }

    fn envelope(&mut self, sender: &str, recipients: &[String]) {
        let reference = format!("{};{};{}", self.id, timestamp(self.now_ms), self.messages);
        self.receives(&format!("MAIL FROM:<{sender}> SIZE=2048"));
        self.notes(&reference, "receiving message");
        self.sends("250 2.1.0 Sender OK");
        for recipient in recipients {
            self.receives(&format!("RCPT TO:<{recipient}>"));
            self.sends("250 2.1.5 Recipient OK");
        }
    }

    pub(super) fn quit(&mut self) {
        self.receives("QUIT");
        self.sends("221 2.0.0 Service closing transmission channel");
        self.line('-', "", "Local");
    }

    pub(super) fn drop_connection(&mut self) {
        self.line('-', "", "Remote(SocketError)");
    }
}

fn push_field(line: &mut String, field: &str) {
    if field.contains([',', '"']) {
        line.push('"');
        line.push_str(&field.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(field);
    }
}

/// The date of a mail, with the comma that makes the banner a quoted field.
fn rfc_2822_date(at_ms: i64) -> String {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let day = Day::from_unix_ms(at_ms);
    let (year, month, date) = day.ymd();
    let ms = at_ms - day.start_ms();
    format!(
        "{}, {date} {} {year} {:02}:{:02}:{:02} +0000",
        WEEKDAYS[super::weekday(day)],
        MONTHS.get(month as usize - 1).unwrap_or(&""),
        ms / HOUR,
        ms / MINUTE % 60,
        ms / SECOND % 60
    )
}
