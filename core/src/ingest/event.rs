//! What an SMTP server's log line tells, whoever wrote it.

use super::text::is_same;
use crate::model::TlsVersion;
use serde::{Deserialize, Serialize};

/// One line of an SMTP server's log, as far as the report needs it. Texts are the line's own bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpEvent<'a> {
    /// The client connected.
    Connect,
    /// The connection ended.
    Disconnect,
    /// The client said something.
    Command(Command<'a>),
    /// The server answered.
    Reply(Reply<'a>),
    /// The connection is protected from here on.
    Tls(TlsVersion),
    /// The TLS handshake failed.
    TlsFailed,
    /// A sign-in was refused, with its mechanism.
    AuthFailed(&'a [u8]),
    /// The name with which a refused sign-in was tried.
    AttemptedName(&'a [u8]),
    /// A sign-in succeeded, as this identity.
    Authenticated(&'a [u8]),
    /// A Front End server hands the signed-in session of this user to a Hub server.
    ProxySetUp(&'a [u8]),
    /// Nothing the report needs.
    Other,
}

/// A client's command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command<'a> {
    /// `EHLO`, `HELO`, with the name the client gives itself.
    Helo(&'a [u8]),
    /// `STARTTLS`.
    StartTls,
    /// `X-ANONYMOUSTLS`, Exchange to Exchange.
    AnonymousTls,
    /// `AUTH`, with the mechanism.
    Auth(&'a [u8]),
    /// `X-EXPS`, Exchange to Exchange.
    ExchangeAuth,
    /// `MAIL FROM`, with the address, empty for the null sender.
    Mail(&'a [u8]),
    /// `RCPT TO`, with the address.
    Rcpt(&'a [u8]),
    /// `DATA`.
    Data,
    /// `BDAT`, and whether it is the last chunk.
    Bdat {
        /// Whether the message ends with it.
        last: bool,
    },
    /// `RSET`.
    Rset,
    /// `XPROXY`: a Front End server hands over a signed-in client; with the arguments.
    Xproxy(&'a [u8]),
    /// `XPROXYFROM`: a Front End server passes a connection on; with the arguments.
    XproxyFrom(&'a [u8]),
    /// Any other, which has a reply too.
    Other(&'a [u8]),
}

/// A server's reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply<'a> {
    /// The three digits.
    pub code: u16,
    /// What the enhanced status code and the text say the reply is to.
    pub about: ReplyAbout,
    /// The whole text.
    pub text: &'a [u8],
}

/// What a positive reply says it is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReplyAbout {
    /// It does not say.
    Unsaid,
    /// `2.1.0 Sender OK`.
    Sender,
    /// `2.1.5 Recipient OK`.
    Recipient,
    /// `2.6.0 … Queued mail for delivery`.
    Message,
    /// `2.6.0 CHUNK received OK`: more of the message is to come.
    Chunk,
}

impl<'a> Reply<'a> {
    /// Reads a reply's text; `None` if it does not begin with three digits.
    pub fn parse(text: &'a [u8]) -> Option<Self> {
        let code = text.first_chunk::<3>()?.iter().try_fold(0, |sum, &b| {
            let digit = b.wrapping_sub(b'0');
            (digit < 10).then(|| sum * 10 + u16::from(digit))
        })?;
        let about =
            if code == 250 { ReplyAbout::of(text[3..].trim_ascii_start()) } else { ReplyAbout::Unsaid };
        Some(Self { code, about, text })
    }
}

impl ReplyAbout {
    /// Of a 250, from its enhanced status code on.
    fn of(text: &[u8]) -> Self {
        match text.get(..5) {
            // As good as always: no need to look for the word.
            Some(b"2.1.0") if is_same(text, b"2.1.0 Sender OK") || !find_word(text, b"reset") => Self::Sender,
            Some(b"2.1.5") => Self::Recipient,
            Some(b"2.6.0") if text[5..].trim_ascii_start().starts_with(b"CHUNK") => Self::Chunk,
            Some(b"2.6.0") => Self::Message,
            _ => Self::Unsaid,
        }
    }
}

/// Whether a text holds a word, without regard to case, in its first 40 bytes.
fn find_word(text: &[u8], word: &[u8]) -> bool {
    text[..text.len().min(40)].windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

impl<'a> Command<'a> {
    /// Reads a command line.
    pub fn parse(line: &'a [u8]) -> Self {
        let line = line.trim_ascii();
        // Most verbs have four letters: one word, in which a lower-case letter differs from its capital by a bit.
        if let Some((verb, rest)) = line.split_first_chunk::<4>()
            && matches!(rest.first(), None | Some(b' ' | b'\t'))
        {
            let rest = rest.trim_ascii_start();
            return match &verb.map(|b| b & !0x20) {
                b"EHLO" | b"HELO" => Self::Helo(rest),
                b"MAIL" => Self::Mail(path(rest, b"FROM")),
                b"RCPT" => Self::Rcpt(path(rest, b"TO")),
                b"DATA" => Self::Data,
                b"BDAT" => Self::Bdat { last: split_word(rest).1.trim_ascii().eq_ignore_ascii_case(b"LAST") },
                b"AUTH" => Self::Auth(split_word(rest).0),
                b"RSET" => Self::Rset,
                _ => Self::Other(line),
            };
        }
        let (verb, rest) = split_word(line);
        let is = |name: &[u8]| verb.eq_ignore_ascii_case(name);
        match verb.len() {
            6 if is(b"X-EXPS") => Self::ExchangeAuth,
            6 if is(b"XPROXY") => Self::Xproxy(rest),
            8 if is(b"STARTTLS") => Self::StartTls,
            10 if is(b"XPROXYFROM") => Self::XproxyFrom(rest),
            14 if is(b"X-ANONYMOUSTLS") => Self::AnonymousTls,
            _ => Self::Other(line),
        }
    }
}

/// The first word, and what follows it.
fn split_word(text: &[u8]) -> (&[u8], &[u8]) {
    match text.iter().position(|&b| matches!(b, b' ' | b'\t')) {
        Some(at) => (&text[..at], text[at + 1..].trim_ascii_start()),
        None => (text, &[]),
    }
}

/// The address of `FROM:<address> PARAMETERS`. A quoted local part may hold any character.
fn path<'a>(text: &'a [u8], keyword: &[u8]) -> &'a [u8] {
    let text = match text.get(..keyword.len()) {
        Some(word) if word.eq_ignore_ascii_case(keyword) => text[keyword.len()..].trim_ascii_start(),
        _ => text,
    };
    let text = text.strip_prefix(b":").unwrap_or(text).trim_ascii_start();
    let Some(inside) = text.strip_prefix(b"<") else {
        return split_word(text).0;
    };
    // As good as always: no quotes before the bracket.
    if let Some(end) = memchr::memchr2(b'>', b'"', inside)
        && inside.get(end) == Some(&b'>')
    {
        return &inside[..end];
    }
    let mut quoted = false;
    let mut escaped = false;
    for (i, &b) in inside.iter().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'>' if !quoted => return &inside[..i],
            _ => {}
        }
    }
    // A quote that is never closed, or no bracket: whatever stands before the first one, or all.
    inside.split(|&b| b == b'>').next().unwrap_or(inside)
}

/// The value of `KEY=value` among words, `key` in capitals.
pub fn argument<'a>(arguments: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    arguments.split(|&b| b == b' ').find_map(|word| {
        let (name, value) = word.split_at_checked(key.len())?;
        if name.eq_ignore_ascii_case(key) { value.strip_prefix(b"=") } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands() {
        for (line, command) in [
            (&b"EHLO [95.10.20.33]"[..], Command::Helo(b"[95.10.20.33]")),
            (b"helo printer", Command::Helo(b"printer")),
            (b"MAIL FROM:<a@contoso.com> SIZE=2048 AUTH=<>", Command::Mail(b"a@contoso.com")),
            (b"mail from: <a@contoso.com>", Command::Mail(b"a@contoso.com")),
            (b"MAIL FROM:<>", Command::Mail(b"")),
            (b"MAIL FROM:<\"a>b\"@contoso.com>", Command::Mail(b"\"a>b\"@contoso.com")),
            (b"MAIL FROM:a@contoso.com SIZE=1", Command::Mail(b"a@contoso.com")),
            (b"RCPT TO:<b@contoso.com> NOTIFY=NEVER", Command::Rcpt(b"b@contoso.com")),
            (b"AUTH LOGIN", Command::Auth(b"LOGIN")),
            (b"AUTH PLAIN AGEAYg==", Command::Auth(b"PLAIN")),
            (b"X-EXPS GSSAPI", Command::ExchangeAuth),
            (b"BDAT 100 LAST", Command::Bdat { last: true }),
            (b"BDAT 100", Command::Bdat { last: false }),
            (b"DATA", Command::Data),
            (b"NOOP", Command::Other(b"NOOP")),
        ] {
            assert_eq!(Command::parse(line), command);
        }
    }

    #[test]
    fn replies_tell_what_they_answer() {
        let about = |text: &'static [u8]| Reply::parse(text).map(|reply| (reply.code, reply.about));
        assert_eq!(about(b"250 2.1.0 Sender OK"), Some((250, ReplyAbout::Sender)));
        assert_eq!(about(b"250 2.1.5 Recipient OK"), Some((250, ReplyAbout::Recipient)));
        assert_eq!(
            about(b"250 2.6.0 <m@h> [InternalId=1] Queued mail for delivery"),
            Some((250, ReplyAbout::Message))
        );
        assert_eq!(about(b"250 2.6.0 CHUNK received OK, 100 octets"), Some((250, ReplyAbout::Chunk)));
        assert_eq!(about(b"250  EX.CONTOSO.COM Hello [10.0.0.1]"), Some((250, ReplyAbout::Unsaid)));
        assert_eq!(about(b"535 5.7.3 Authentication unsuccessful"), Some((535, ReplyAbout::Unsaid)));
        assert_eq!(about(b"hello"), None);
    }

    #[test]
    fn arguments_by_name() {
        let arguments = b"SID=08DF000000000005 IP=10.1.1.70 PORT=50100 DOMAIN=helo CAPABILITIES=0";
        assert_eq!(argument(arguments, b"IP"), Some(&b"10.1.1.70"[..]));
        assert_eq!(argument(arguments, b"DOMAIN"), Some(&b"helo"[..]));
        assert_eq!(argument(arguments, b"AUTHSRC"), None);
    }
}
