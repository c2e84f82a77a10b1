//! An SMTP session as Exchange's Receive protocol log shows it, and the sessions that are open at the same time.

use crate::calendar::Clock;
use crate::people::{Person, SERVERS};
use std::io::{self, Write};

pub(crate) const HEADER: &str = "#Software: Microsoft Exchange Server\r\n#Version: 15.0.0.0\r\n\
    #Log-type: SMTP Receive Protocol Log\r\n#Date: 2026-10-20T00:00:00.000Z\r\n\
    #Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n";

/// What a line means for the truth.
#[derive(Clone, Copy)]
pub(crate) enum Effect {
    None,
    SignedIn,
    Refused,
    /// With so many recipients.
    Message(u32),
}

/// A message to be accepted.
pub(crate) struct Message<'a> {
    pub(crate) sender: &'a str,
    pub(crate) recipients: &'a [String],
    /// Whether one more recipient is refused.
    pub(crate) refused: bool,
    pub(crate) number: u32,
    /// Pieces sent with BDAT; with DATA if there are none.
    pub(crate) chunks: u32,
    /// Whether the truth counts it.
    pub(crate) counts: bool,
}

struct Line {
    /// Behind its last byte in [`Session::text`].
    end: usize,
    sequence: u32,
    effect: Effect,
}

/// A session, all of its lines worked out but for their time.
#[derive(Default)]
pub(crate) struct Session {
    /// Who it is, for the truth.
    pub(crate) person: usize,
    /// `,connector,session,`
    before: Vec<u8>,
    /// `,local,remote,`
    after: Vec<u8>,
    id: String,
    host: String,
    remote_ip: String,
    text: Vec<u8>,
    lines: Vec<Line>,
    sequence: u32,
    written: usize,
}

impl Session {
    /// Begins a session in place of an old one, whose memory it takes over.
    pub(crate) fn open(&mut self, number: u64, server: usize, remote_ip: &str) {
        let (server, connector, local) = SERVERS[server];
        self.id = format!("{:016X}", 0x08DE_0B5C_1A40_0000 + number);
        let remote = format!("{remote_ip}:{}", 49_152 + number % 16_384);
        self.before = format!(",{server}\\{connector},{},", self.id).into_bytes();
        self.after = format!(",{local},{remote},").into_bytes();
        server.clone_into(&mut self.host);
        self.host.push_str(".contoso.com");
        remote_ip.clone_into(&mut self.remote_ip);
        self.text.clear();
        self.lines.clear();
        self.sequence = 0;
        self.written = 0;
    }

    /// Adds a line: `event,data,context`, quoted where need be.
    fn line(&mut self, effect: Effect, parts: &[&[u8]]) {
        for part in parts {
            self.text.extend_from_slice(part);
        }
        self.text.extend_from_slice(b"\r\n");
        self.lines.push(Line { end: self.text.len(), sequence: self.sequence, effect });
        self.sequence += 1;
    }

    fn says(&mut self, parts: &[&[u8]]) {
        self.line(Effect::None, parts);
    }

    pub(crate) fn connect(&mut self, clock: &mut Clock) {
        self.says(&[b"+,,"]);
        let host = std::mem::take(&mut self.host);
        self.says(&[
            b">,\"220 ",
            host.as_bytes(),
            b" Microsoft ESMTP MAIL Service ready at ",
            clock.mail(),
            b"\",",
        ]);
        self.host = host;
    }

    pub(crate) fn ehlo(&mut self, name: &str, secure: bool) {
        self.says(&[b"<,EHLO ", name.as_bytes(), b","]);
        let (host, ip) = (std::mem::take(&mut self.host), std::mem::take(&mut self.remote_ip));
        let offer: &[u8] = if secure { b"AUTH NTLM LOGIN" } else { b"STARTTLS X-ANONYMOUSTLS AUTH NTLM" };
        self.says(&[
            b">,250  ",
            host.as_bytes(),
            b" Hello [",
            ip.as_bytes(),
            b"] SIZE 37748736 PIPELINING DSN ENHANCEDSTATUSCODES ",
            offer,
            b" 8BITMIME BINARYMIME CHUNKING XRDST,",
        ]);
        (self.host, self.remote_ip) = (host, ip);
    }

    pub(crate) fn starttls(&mut self, token: &str) {
        self.says(&[b"<,STARTTLS,"]);
        self.says(&[b">,220 2.0.0 SMTP server ready,"]);
        self.says(&[
            b"*, CN=mail.contoso.com CN=Contoso Issuing CA 2 4F0000001DA7 6E0C1B9F2A53D87714E0 \
              2026-01-12T08:00:00.000Z 2028-01-12T08:00:00.000Z mail.contoso.com;",
            b"autodiscover.contoso.com,Sending certificate Subject Issuer name Serial number Thumbprint \
              Not before Not after Subject alternate names",
        ]);
        self.says(&[
            b"*,,\"TLS protocol ",
            token.as_bytes(),
            b" negotiation succeeded using bulk encryption algorithm CALG_AES_256 with strength 256 bits, MAC hash \
              algorithm CALG_SHA_384 with strength 0 bits and key exchange algorithm CALG_ECDH_EPHEM with strength \
              384 bits\"",
        ]);
    }

    /// The client asks to sign in; its answers are left out, hence the gap.
    pub(crate) fn auth(&mut self, mechanism: &str) {
        self.says(&[b"<,AUTH ", mechanism.as_bytes(), b","]);
        self.says(&[b">,334 <authentication response>,"]);
        self.sequence += 1;
    }

    pub(crate) fn signed_in(&mut self, user: &str) {
        self.says(&[
            b"*,SMTPSubmit SMTPAcceptAnyRecipient BypassAntiSpam AcceptRoutingHeaders,Set Session Permissions",
        ]);
        self.says(&[b"*,", user.as_bytes(), b",authenticated"]);
        self.line(Effect::SignedIn, &[b">,235 2.7.0 Authentication successful,"]);
    }

    pub(crate) fn refused(&mut self, mechanism: &str, user: &str) {
        self.says(&[b"*,,Inbound AUTH ", mechanism.as_bytes(), b" failed because of LogonDenied"]);
        // The name comes under the same number.
        self.sequence -= 1;
        self.says(&[b"*,,User Name: ", user.as_bytes()]);
        self.says(&[b"*,Tarpit for '0.00:00:05' due to '535 5.7.3 Authentication unsuccessful',"]);
        self.line(Effect::Refused, &[b">,535 5.7.3 Authentication unsuccessful,"]);
    }

    fn mail(&mut self, sender: &str, number: u32, size: &str) {
        self.says(&[b"<,MAIL FROM:<", sender.as_bytes(), b"> SIZE=", size.as_bytes(), b","]);
        let reference = format!("*,{};2026-10-20T00:00:00.000Z;{number},receiving message", self.id);
        self.says(&[reference.as_bytes()]);
        self.says(&[b">,250 2.1.0 Sender OK,"]);
    }

    /// An accepted message.
    pub(crate) fn message(&mut self, message: &Message<'_>) {
        let &Message { sender, recipients, refused, number, chunks, counts } = message;
        let bytes = 2_048 + (number * 7 + self.sequence) * 1_531 % 900_000;
        let size = bytes.to_string();
        self.mail(sender, number, &size);
        for recipient in recipients {
            self.says(&[b"<,RCPT TO:<", recipient.as_bytes(), b">,"]);
            self.says(&[b">,250 2.1.5 Recipient OK,"]);
        }
        if refused {
            self.says(&[b"<,RCPT TO:<nobody@northwindtraders.com>,"]);
            self.says(&[
                b">,550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup,",
            ]);
        }
        if chunks == 0 {
            self.says(&[b"<,DATA,"]);
            self.says(&[b">,354 Start mail input; end with <CRLF>.<CRLF>,"]);
        }
        for chunk in 1..=chunks {
            let last: &[u8] = if chunk == chunks { b" LAST" } else { b"" };
            self.says(&[b"<,BDAT ", size.as_bytes(), last, b","]);
            if chunk < chunks {
                self.says(&[b">,\"250 2.6.0 CHUNK received OK, ", size.as_bytes(), b" octets\","]);
            }
        }
        let domain = sender.rsplit_once('@').map_or("contoso.com", |(_, domain)| domain);
        let accepted = format!(
            ">,\"250 2.6.0 <{}.{number}@{domain}> [InternalId={}{number:05}, Hostname={}] {bytes} bytes in 0.1{:02}, \
             {}.{} KB/sec Queued mail for delivery\",",
            self.id,
            number * 31 + self.sequence,
            self.host,
            number % 100,
            bytes / 120,
            number % 10,
        );
        let effect =
            if counts { Effect::Message(u32::try_from(recipients.len()).unwrap_or(0)) } else { Effect::None };
        self.line(effect, &[accepted.as_bytes()]);
    }

    /// A message under a name that the user may not send as.
    pub(crate) fn refused_message(&mut self, sender: &str) {
        self.says(&[b"<,MAIL FROM:<", sender.as_bytes(), b"> SIZE=2048,"]);
        self.says(&[b">,550 5.7.60 SMTP; Client does not have permissions to send as this sender,"]);
        self.says(&[b"<,RSET,"]);
        self.says(&[b">,250 2.0.0 Resetting,"]);
    }

    pub(crate) fn quit(&mut self) {
        self.says(&[b"<,QUIT,"]);
        self.says(&[b">,221 2.0.0 Service closing transmission channel,"]);
        self.says(&[b"-,,Local"]);
    }

    pub(crate) fn lose(&mut self) {
        self.says(&[b"-,,Remote(SocketError)"]);
    }

    /// Goes to TLS if the person does, with the EHLO that comes before and the one behind.
    pub(crate) fn greet(&mut self, person: &Person) {
        let token = person.tls_token();
        self.ehlo(&person.helo, false);
        if !token.is_empty() {
            self.starttls(token);
            self.ehlo(&person.helo, true);
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.written == self.lines.len()
    }

    /// Writes the next line; its bytes, and what it means.
    pub(crate) fn write_line(&mut self, out: &mut impl Write, clock: &Clock) -> io::Result<(u64, Effect)> {
        let Some(line) = self.lines.get(self.written) else { return Ok((0, Effect::None)) };
        let start = self.written.checked_sub(1).map_or(0, |before| self.lines[before].end);
        self.written += 1;
        let mut digits = [0; 10];
        let sequence = decimal(line.sequence, &mut digits);
        let mut bytes = 0;
        for part in [&clock.iso()[..], &self.before, sequence, &self.after, &self.text[start..line.end]] {
            out.write_all(part)?;
            bytes += part.len() as u64;
        }
        Ok((bytes, line.effect))
    }
}

fn decimal(mut n: u32, digits: &mut [u8; 10]) -> &[u8] {
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(n % 10).unwrap_or(0);
        n /= 10;
        if n == 0 || at == 0 {
            return &digits[at..];
        }
    }
}
