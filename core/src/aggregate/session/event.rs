//! The lines of a session as they are kept: 24 bytes each.

use crate::aggregate::Sym;
use crate::ingest::event::ReplyAbout;
use crate::model::TlsVersion;
use crate::sort::sort_by_key;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// A line of a session, as far as the report needs it, in 24 bytes. Texts are symbols of the cube of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// Unix milliseconds, UTC.
    pub time_ms: i64,
    /// Place in the session.
    pub sequence: u32,
    /// What it is.
    pub kind: Kind,
}

/// What a line of a session is. The order is that of a session's course: it decides between lines of different files
/// that have one sequence number and one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// The client connected.
    Connect,
    /// `EHLO`/`HELO` with this name.
    Helo(Sym),
    /// `STARTTLS`.
    StartTls,
    /// `X-ANONYMOUSTLS`.
    AnonymousTls,
    /// Protected from here on.
    Tls(TlsVersion),
    /// The TLS handshake failed.
    TlsFailed,
    /// `AUTH` with this mechanism.
    Auth(Sym),
    /// `X-EXPS`.
    ExchangeAuth,
    /// A sign-in with this mechanism was refused.
    AuthFailed(Sym),
    /// The name it was tried with.
    AttemptedName(Sym),
    /// Signed in as.
    Authenticated(Sym),
    /// The Front End hands this user's session to a Hub.
    ProxySetUp(Sym),
    /// `XPROXY` with these arguments.
    Xproxy(Sym),
    /// `XPROXYFROM` with these arguments.
    XproxyFrom(Sym),
    /// `MAIL FROM` this address.
    Mail(Sym),
    /// `RCPT TO`, with a digest of the address.
    Rcpt(u32),
    /// `DATA`.
    Data,
    /// `BDAT`, and whether it is the last chunk.
    Bdat(bool),
    /// `RSET`.
    Rset,
    /// Another command, with a digest of it.
    Command(u32),
    /// A reply: code, what it says it is to, and a digest of its text.
    Reply(u16, ReplyAbout, u32),
    /// The connection ended.
    Disconnect,
}

impl Kind {
    /// The same with every symbol renumbered.
    #[must_use]
    pub fn renumbered(self, mut new: impl FnMut(Sym) -> Sym) -> Self {
        match self {
            Self::Helo(s) => Self::Helo(new(s)),
            Self::Auth(s) => Self::Auth(new(s)),
            Self::AuthFailed(s) => Self::AuthFailed(new(s)),
            Self::AttemptedName(s) => Self::AttemptedName(new(s)),
            Self::Authenticated(s) => Self::Authenticated(new(s)),
            Self::ProxySetUp(s) => Self::ProxySetUp(new(s)),
            Self::Xproxy(s) => Self::Xproxy(new(s)),
            Self::XproxyFrom(s) => Self::XproxyFrom(new(s)),
            Self::Mail(s) => Self::Mail(new(s)),
            other => other,
        }
    }
}

/// Lines of one session from one stretch of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// Address of the client.
    pub client_ip: Sym,
    /// How many lines, those of no interest included.
    pub lines: u32,
    /// The lines of interest in the order read.
    pub events: Vec<Event>,
}

impl Fragment {
    /// Whether the session lies here as a whole, as far as can be seen: from its connect line to its disconnect line,
    /// with no more numbers missing in between than the client's unlogged answers to AUTH leave out. A connect line
    /// further in is a repeated one: the beginning is elsewhere.
    pub fn is_whole(&self) -> bool {
        let (Some(first), Some(last)) = (self.events.first(), self.events.last()) else { return false };
        if first.kind != Kind::Connect || last.kind != Kind::Disconnect {
            return false;
        }
        let sign_ins =
            self.events.iter().filter(|event| matches!(event.kind, Kind::Auth(_) | Kind::ExchangeAuth));
        let unlogged = sign_ins.count().saturating_mul(3);
        let numbers = last.sequence.saturating_sub(first.sequence) as usize + 1;
        numbers <= (self.lines as usize).saturating_add(unlogged)
    }
}

/// Whether events stand in order already, no two of them in one place. Nearly all sessions do.
pub fn has_one_order(events: &[Event]) -> bool {
    events.windows(2).all(|pair| (pair[0].sequence, pair[0].time_ms) < (pair[1].sequence, pair[1].time_ms))
}

/// Puts the events of a session's fragments in order, each once.
pub fn in_order(mut fragments: Vec<&[Event]>) -> Vec<Event> {
    let position = |event: &Event| (event.sequence, event.time_ms);
    if fragments.len() > 1 {
        // What stands first in the session stands first; read order decides between equal positions of one fragment.
        sort_by_key(&mut fragments, |events| {
            events.first().map(|first| (first.sequence, first.time_ms, first.kind))
        });
    }
    let mut events = fragments.concat();
    if !events.is_sorted_by_key(position) {
        sort_by_key(&mut events, position);
    }
    let mut kept = 0;
    let mut group = 0..0;
    let mut seen = HashSet::new();
    for i in 0..events.len() {
        let event = events[i];
        if group.is_empty() || position(&events[group.start]) != position(&event) {
            group = kept..kept;
            seen.clear();
        }
        // Groups are of one or two lines; only a hostile log makes them long, hence the set.
        let repeated = if group.len() < 16 {
            events[group.clone()].contains(&event)
        } else {
            if seen.is_empty() {
                seen.extend(events[group.clone()].iter().copied());
            }
            seen.contains(&event)
        };
        if !repeated {
            if group.len() >= 16 {
                seen.insert(event);
            }
            events[kept] = event;
            kept += 1;
            group.end = kept;
        }
    }
    events.truncate(kept);
    events
}
