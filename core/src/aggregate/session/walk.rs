//! One walk along the lines of a session, from first to last.

use super::event::{Event, Kind};
use super::outcome::{Fact, FrontEnd, HubSegment, Message, Resolved, What, facts_of_sign_in};
use super::waiting::{Waiting, WaitingCommands};
use crate::aggregate::{Cube, Sym};
use crate::ingest::SkipReason;
use crate::ingest::event::{ReplyAbout, argument};
use crate::ingest::exchange_receive::parse_session_id;
use crate::model::identity::is_health_mailbox;
use crate::model::{Day, TlsVersion};

/// Tells what a session came to from its events in order. The symbols are those of `names`.
pub fn resolve(events: &[Event], names: &mut Cube) -> Resolved {
    resolve_in(&mut Room::default(), events, names)
}

/// Room for what a walk keeps on its way, used again from session to session.
#[derive(Debug, Default)]
pub struct Room {
    waiting: WaitingCommands,
    messages: Vec<Message>,
    facts: Vec<Fact>,
}

impl Room {
    /// Takes back the facts of a session, to be used for the next.
    pub fn take_back(&mut self, facts: Vec<Fact>) {
        self.facts = facts;
        self.facts.clear();
    }
}

/// [`resolve`], in room that was used before.
pub fn resolve_in(room: &mut Room, events: &[Event], names: &mut Cube) -> Resolved {
    let mut walk = Walk::new(room);
    for event in events {
        walk.step(event, names);
    }
    walk.finish(names, room)
}

/// A sign-in that has begun.
#[derive(Clone, Copy, Debug)]
struct Attempt {
    mechanism: Sym,
    is_exchange: bool,
    name: Sym,
    /// When the log said it was refused, before the reply did.
    refused_ms: Option<i64>,
    tls: Option<TlsVersion>,
}

/// A sign-in that succeeded.
#[derive(Clone, Copy, Debug)]
struct SignedIn {
    day: Day,
    user: Sym,
    mechanism: Sym,
    tls: Option<TlsVersion>,
    client_name: Sym,
}

/// A refused sign-in.
struct Refused {
    fact: Fact,
    tls: Option<TlsVersion>,
    /// By a reply alone: an information line right behind belongs to it.
    by_reply_alone: bool,
}

/// A message under way.
#[derive(Clone, Copy, Debug, Default)]
struct Transaction {
    sender: Sym,
    recipients: u32,
}

/// The state of a walk along a session.
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own that the log may or may not have shown
struct Walk {
    has_connect: bool,
    has_disconnect: bool,
    tls: Option<TlsVersion>,
    /// STARTTLS was said and neither its success nor its failure was seen.
    tls_unsure: bool,
    client_name: Sym,
    attempt: Option<Attempt>,
    signed_in: Option<SignedIn>,
    refused: Vec<Refused>,
    /// The last refused sign-in may still be completed by lines that follow.
    refused_is_open: bool,
    /// The last refused sign-in was another server's: lines that follow on it are of no interest.
    refused_exchange: bool,
    /// The server has asked for the client's answer to its AUTH: what comes next is no command.
    is_challenged: bool,
    /// Digest of the reply that last accepted a message.
    last_accepted: Option<u32>,
    proxy_user: Option<Sym>,
    is_exchange: bool,
    saw_auth: bool,
    saw_mail: bool,
    is_relayed: bool,
    waiting: WaitingCommands,
    transaction: Transaction,
    messages: Vec<Message>,
    segments: Vec<HubSegment>,
}

impl Walk {
    fn new(room: &mut Room) -> Self {
        Self {
            has_connect: false,
            has_disconnect: false,
            tls: None,
            tls_unsure: false,
            client_name: Sym::EMPTY,
            attempt: None,
            signed_in: None,
            refused: Vec::new(),
            refused_is_open: false,
            refused_exchange: false,
            is_challenged: false,
            last_accepted: None,
            proxy_user: None,
            is_exchange: false,
            saw_auth: false,
            saw_mail: false,
            is_relayed: false,
            waiting: std::mem::take(&mut room.waiting),
            transaction: Transaction::default(),
            messages: std::mem::take(&mut room.messages),
            segments: Vec::new(),
        }
    }

    fn step(&mut self, event: &Event, names: &mut Cube) {
        match event.kind {
            Kind::Connect => self.has_connect = true,
            Kind::Disconnect => self.has_disconnect = true,
            Kind::Helo(name) => {
                self.client_name = name;
                self.waiting.push(Waiting::Reset);
            }
            Kind::StartTls | Kind::AnonymousTls => {
                self.tls_unsure = true;
                self.is_exchange |= event.kind == Kind::AnonymousTls;
                self.waiting.push(Waiting::StartTls);
            }
            Kind::Tls(version) => {
                self.tls = Some(version);
                self.tls_unsure = false;
            }
            Kind::TlsFailed => self.tls_unsure = false,
            Kind::Auth(mechanism) => self.begin_attempt(mechanism, false),
            Kind::ExchangeAuth => self.begin_attempt(Sym::EMPTY, true),
            Kind::AuthFailed(mechanism) => self.refused_by_log(event, mechanism),
            Kind::AttemptedName(name) => self.attempted_name(name),
            Kind::Authenticated(user) => self.authenticated(event, user, names),
            Kind::ProxySetUp(user) => {
                self.proxy_user = Some(user);
                self.sign_in(event, user);
            }
            Kind::Xproxy(arguments) => self.begin_segment(event, arguments, names),
            Kind::XproxyFrom(arguments) => {
                let text = names.text(arguments).as_bytes();
                let source = argument(text, b"AUTHSRC").unwrap_or(b"Anonymous");
                self.is_relayed = true;
                if source.eq_ignore_ascii_case(b"Anonymous") {
                    self.waiting.push(Waiting::Other);
                } else {
                    self.begin_segment(event, arguments, names);
                }
            }
            Kind::Mail(sender) => {
                self.saw_mail = true;
                self.waiting.push(Waiting::Mail(sender));
            }
            Kind::Rcpt(_) => self.waiting.push(Waiting::Rcpt),
            Kind::Data | Kind::Bdat(true) => self.waiting.push(Waiting::End),
            Kind::Bdat(false) => self.waiting.push(Waiting::Chunk),
            Kind::Rset => self.waiting.push(Waiting::Reset),
            // Exchange leaves the client's answer out; other writers of this format may not.
            Kind::Command(_) if self.is_challenged => {}
            Kind::Command(_) => self.waiting.push(Waiting::Other),
            Kind::Reply(code, about, digest) => self.reply(event, code, about, digest),
        }
    }

    fn begin_attempt(&mut self, mechanism: Sym, is_exchange: bool) {
        self.close_attempt();
        self.saw_auth |= !is_exchange;
        self.refused_is_open = false;
        self.refused_exchange = false;
        self.attempt =
            Some(Attempt { mechanism, is_exchange, name: Sym::EMPTY, refused_ms: None, tls: self.tls_now() });
        self.waiting.push(Waiting::Auth);
    }

    /// An attempt that another one follows, or the end: refused if the log said so, else without outcome.
    fn close_attempt(&mut self) {
        if let Some(Attempt { refused_ms: Some(time_ms), .. }) = self.attempt {
            self.refuse(time_ms, false);
        }
    }

    fn refuse(&mut self, time_ms: i64, by_reply_alone: bool) {
        let Some(attempt) = self.attempt.take() else { return };
        if attempt.is_exchange {
            self.is_exchange = true;
            self.refused_exchange = true;
            return;
        }
        self.refused.push(Refused {
            fact: Fact {
                day: Day::from_unix_ms(time_ms),
                user: attempt.name,
                sender: Sym::EMPTY,
                tls: TlsVersion::Unknown,
                mechanism: attempt.mechanism,
                client_name: self.client_name,
                what: What::FailedSignin,
            },
            tls: attempt.tls,
            by_reply_alone,
        });
        self.refused_is_open = true;
    }

    fn refused_by_log(&mut self, event: &Event, mechanism: Sym) {
        if let Some(attempt) = &mut self.attempt {
            attempt.refused_ms.get_or_insert(event.time_ms);
            if attempt.mechanism == Sym::EMPTY {
                attempt.mechanism = mechanism;
            }
            return;
        }
        if self.refused_exchange {
            return;
        }
        // The log may say so after the reply.
        if let (true, Some(last)) = (self.refused_is_open, self.refused.last_mut())
            && last.by_reply_alone
        {
            last.by_reply_alone = false;
            return;
        }
        self.refused_is_open = false;
        let attempt = self.lost_attempt();
        attempt.mechanism = mechanism;
        attempt.refused_ms = Some(event.time_ms);
    }

    fn attempted_name(&mut self, name: Sym) {
        if self.refused_exchange && self.attempt.is_none() {
            return;
        }
        if let (true, None, Some(last)) = (self.refused_is_open, &self.attempt, self.refused.last_mut()) {
            last.fact.user = name;
        } else {
            self.lost_attempt().name = name;
        }
    }

    /// The attempt under way, or one whose beginning is lost.
    fn lost_attempt(&mut self) -> &mut Attempt {
        let tls = self.tls_now();
        self.attempt.get_or_insert(Attempt {
            mechanism: Sym::EMPTY,
            is_exchange: false,
            name: Sym::EMPTY,
            refused_ms: None,
            tls,
        })
    }

    fn authenticated(&mut self, event: &Event, user: Sym, names: &Cube) {
        if let Some(segment) = self.segments.last_mut() {
            segment.user = user;
            return;
        }
        let by_exchange = match &self.attempt {
            Some(attempt) => attempt.is_exchange,
            // A machine account without an AUTH command is another server.
            None => self.signed_in.is_none() && (self.is_exchange || names.text(user).ends_with('$')),
        };
        if by_exchange {
            self.is_exchange = true;
            self.attempt = None;
        } else {
            self.sign_in(event, user);
            if let Some(signed_in) = &mut self.signed_in {
                signed_in.user = user;
            }
        }
    }

    fn sign_in(&mut self, event: &Event, user: Sym) {
        // One that the log called refused is not the one that succeeded.
        self.close_attempt();
        let attempt = self.attempt.take();
        self.refused_is_open = false;
        if let Some(signed_in) = &mut self.signed_in {
            if signed_in.user == Sym::EMPTY {
                signed_in.user = user;
            }
            return;
        }
        self.signed_in = Some(SignedIn {
            day: Day::from_unix_ms(event.time_ms),
            user,
            mechanism: attempt.map_or(Sym::EMPTY, |attempt| attempt.mechanism),
            tls: attempt.map_or_else(|| self.tls_now(), |attempt| attempt.tls),
            client_name: self.client_name,
        });
    }

    /// Unknown behind a STARTTLS whose outcome was not seen.
    fn tls_now(&self) -> Option<TlsVersion> {
        if self.tls_unsure { Some(TlsVersion::Unknown) } else { self.tls }
    }

    fn begin_segment(&mut self, event: &Event, arguments: Sym, names: &mut Cube) {
        self.waiting.push(Waiting::Proxy);
        let text = names.text(arguments).to_owned();
        let value = |key: &[u8]| {
            let value = argument(text.as_bytes(), key).unwrap_or_default();
            std::str::from_utf8(value).unwrap_or_default()
        };
        let Some(front_end_session) = parse_session_id(value(b"SID").as_bytes()) else {
            return;
        };
        self.transaction = Transaction::default();
        self.segments.push(HubSegment {
            front_end_session,
            client_ip: names.intern(value(b"IP")),
            client_name: names.intern(value(b"DOMAIN")),
            day: Day::from_unix_ms(event.time_ms),
            user: Sym::EMPTY,
            messages: Vec::new(),
        });
    }

    fn reply(&mut self, event: &Event, code: u16, about: ReplyAbout, digest: u32) {
        self.is_challenged = code == 334;
        match (code, about) {
            (421, _) if self.waiting.front() == Some(Waiting::Proxy) => self.refuse_segment(),
            // Half-way answers, the goodbye, and the server's own hang-up answer no command for good.
            (334 | 354 | 221 | 421, _) => {}
            (220, _) => {
                if self.waiting.front() == Some(Waiting::StartTls) {
                    self.waiting.pop();
                }
            }
            (235, _) => {
                self.take(Waiting::Auth);
                if self.attempt.is_some_and(|attempt| attempt.is_exchange) {
                    self.is_exchange = true;
                    self.attempt = None;
                } else if !self.is_exchange || self.attempt.is_some() || self.signed_in.is_some() {
                    self.sign_in(event, Sym::EMPTY);
                }
            }
            (250, ReplyAbout::Sender) => {
                if let Some(Waiting::Mail(sender)) = self.take(Waiting::Mail(Sym::EMPTY)) {
                    self.transaction = Transaction { sender, recipients: 0 };
                }
            }
            (250, ReplyAbout::Recipient) => {
                self.take(Waiting::Rcpt);
                self.transaction.recipients = self.transaction.recipients.saturating_add(1);
            }
            (250, ReplyAbout::Message) => {
                if self.take(Waiting::End).is_none() {
                    // The reply to a message already accepted, logged once more.
                    if self.last_accepted == Some(digest) {
                        return;
                    }
                    // Its DATA was lost, and perhaps the reply to its MAIL: none of what waits can be answered later.
                    self.waiting.push(Waiting::End);
                    self.take(Waiting::End);
                }
                self.last_accepted = Some(digest);
                self.accept(event);
            }
            (250, ReplyAbout::Chunk) => {
                self.take(Waiting::Chunk);
            }
            _ => self.reply_in_turn(event, code),
        }
    }

    /// A reply that does not say what it is to answers the command that has waited longest.
    fn reply_in_turn(&mut self, event: &Event, code: u16) {
        let refused = code >= 400;
        // These answer nothing but AUTH, and an AUTH that the log called refused awaits its refusal.
        let to_auth = matches!(code, 504 | 534 | 535 | 538)
            || self.attempt.is_some_and(|attempt| refused && attempt.refused_ms.is_some());
        if to_auth {
            self.skip_to(Waiting::Auth);
        }
        let Some(waiting) = self.waiting.pop() else {
            // A fragment may have lost the command, yet 504 and 535 answer nothing but AUTH.
            if refused && self.attempt.is_some_and(|attempt| attempt.refused_ms.is_some()) {
                self.refuse(event.time_ms, false);
            } else if matches!(code, 504 | 535)
                && !self.saw_auth
                && !self.is_exchange
                && self.refused.is_empty()
            {
                self.lost_attempt();
                self.refuse(event.time_ms, true);
            }
            return;
        };
        match waiting {
            // A client that signs in twice is told so; it is not refused.
            Waiting::Auth if code == 503 && self.signed_in.is_some() => self.attempt = None,
            Waiting::Proxy if refused => self.refuse_segment(),
            Waiting::Auth if refused => {
                let by_reply_alone = self.attempt.is_some_and(|attempt| attempt.refused_ms.is_none());
                self.refuse(event.time_ms, by_reply_alone);
            }
            Waiting::Mail(sender) if !refused => self.transaction = Transaction { sender, recipients: 0 },
            Waiting::Rcpt if !refused => {
                self.transaction.recipients = self.transaction.recipients.saturating_add(1);
            }
            Waiting::End if !refused => self.accept(event),
            Waiting::End | Waiting::Chunk if refused => {
                self.transaction = Transaction::default();
            }
            Waiting::Reset if !refused => self.transaction = Transaction::default(),
            Waiting::StartTls if refused => self.tls_unsure = false,
            _ => {}
        }
    }

    /// The Hub does not take the client that a Front End hands over.
    fn refuse_segment(&mut self) {
        self.is_relayed = true;
        self.segments.pop();
    }

    /// Takes the command of this kind that a reply is to, if one waits.
    fn take(&mut self, kind: Waiting) -> Option<Waiting> {
        self.skip_to(kind);
        if self.waiting.has(kind) { self.waiting.pop() } else { None }
    }

    /// Passes over the commands before the first of this kind: their replies were lost. A sender among them was accepted,
    /// or the reply at hand would not have come.
    fn skip_to(&mut self, kind: Waiting) {
        if let Some(sender) = self.waiting.skip_to(kind) {
            self.transaction = Transaction { sender, recipients: 0 };
        }
    }

    fn accept(&mut self, event: &Event) {
        let Transaction { sender, recipients } = std::mem::take(&mut self.transaction);
        let message = Message { time_ms: event.time_ms, sender, recipients, client_name: self.client_name };
        if let Some(segment) = self.segments.last_mut() {
            segment.messages.push(message);
        } else if self.signed_in.is_some() {
            self.messages.push(message);
        }
        self.saw_mail = true;
    }

    /// Leaves its room to the next.
    fn finish(mut self, names: &Cube, room: &mut Room) -> Resolved {
        room.waiting = std::mem::take(&mut self.waiting);
        room.waiting.clear();
        let mut messages = std::mem::take(&mut self.messages);
        let resolved = self.outcome(names, &mut messages, std::mem::take(&mut room.facts));
        messages.clear();
        room.messages = messages;
        resolved
    }

    /// What it came to, with messages that are taken if they are to be kept, and with room for facts.
    fn outcome(mut self, names: &Cube, messages: &mut Vec<Message>, mut failed: Vec<Fact>) -> Resolved {
        self.close_attempt();
        let is_complete = self.has_connect && self.has_disconnect;
        let tls_of = |seen: Option<TlsVersion>| match seen {
            Some(version) => version,
            None if is_complete => TlsVersion::NoTls,
            None => TlsVersion::Unknown,
        };
        let is_health = |sym: Sym| is_health_mailbox(names.text(sym));
        let refused = self.refused.iter().filter(|refused| !is_health(refused.fact.user));
        failed.extend(refused.map(|refused| Fact { tls: tls_of(refused.tls), ..refused.fact }));
        let is_health_probe = match &self.signed_in {
            Some(signed_in) => is_health(signed_in.user) || self.proxy_user.is_some_and(is_health),
            None => !self.refused.is_empty() && failed.is_empty(),
        };

        if !self.segments.is_empty() {
            return Resolved::Hub(self.segments);
        }
        let is_proxied = self.proxy_user.is_some();
        if let Some(signed_in) = self.signed_in
            && (is_proxied || !is_complete || messages.is_empty())
        {
            return Resolved::FrontEnd(FrontEnd {
                is_health_probe,
                is_proxied,
                day: signed_in.day,
                user: signed_in.user,
                tls: tls_of(signed_in.tls),
                mechanism: signed_in.mechanism,
                client_name: signed_in.client_name,
                messages: std::mem::take(messages),
                failed,
            });
        }
        if is_health_probe {
            return Resolved::Skipped(SkipReason::HealthMailbox);
        }
        if let Some(signed_in) = self.signed_in {
            let mut facts = failed;
            let shared = (signed_in.user, tls_of(signed_in.tls), signed_in.mechanism);
            let session = (signed_in.day, signed_in.client_name);
            facts.extend(facts_of_sign_in(shared, session, messages));
            return Resolved::Direct(facts);
        }
        if !failed.is_empty() {
            return Resolved::Direct(failed);
        }
        Resolved::Skipped(if self.is_exchange || self.is_relayed {
            SkipReason::ServerToServer
        } else if self.saw_auth {
            SkipReason::UnfinishedSignIn
        } else if !self.has_connect {
            SkipReason::FragmentWithoutSignIn
        } else if self.saw_mail {
            SkipReason::NoAuth
        } else {
            SkipReason::Probe
        })
    }
}
