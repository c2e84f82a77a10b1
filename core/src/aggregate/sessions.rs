//! The sessions of one range of a log: open ones, settled ones, and what they came to.

use super::cube::{Cube, Key};
use super::digest::{Digest, Lanes};
use super::intern::Sym;
use super::memo::Memo;
use super::session::{
    Event, Fact, Fragment, FrontEnd, HubSegment, Kind, Resolved, Room, What, has_one_order, in_order,
    resolve_in,
};
use crate::ingest::event::{Command, ReplyAbout, SmtpEvent, argument};
use crate::ingest::exchange_receive::{ReceiveLine, address_of, server_of};
use crate::ingest::text::{is_same, name};
use crate::ingest::{LineAccount, SkipReason};
use crate::model::Counts;
use crate::model::auth::UNKNOWN_MECHANISM;
use crate::model::identity::{normalise_address, normalise_user};
use hashbrown::HashTable;
use std::collections::VecDeque;

/// How many sessions that ended are kept open a while longer, for lines that come late. Exchange writes lines of one
/// session milliseconds out of order, never more.
pub const LATE_SESSIONS: usize = 64;

/// How many sessions may be open in a unit at a time. Exchange takes 5,000 connections at a time unless told otherwise; a log in
/// which more are open has lost the ends of its sessions.
pub const OPEN_SESSIONS: usize = 16_384;

/// A session's name: its server and its id there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionKey {
    /// The server.
    pub server: Sym,
    /// The session's id.
    pub id: u64,
}

impl SessionKey {
    /// What a table takes.
    fn hash(self) -> u64 {
        Lanes::default().words(self.id, self.server.0.into()).finish().hash()
    }
}

/// What a settled session came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Which session.
    pub key: SessionKey,
    /// Its lines.
    pub lines: u32,
    /// Where its results are.
    pub body: Body,
}

/// Where a settled session's results are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Already in the cube: so many entries of [`Sessions::added`] from this one on, in case they must be taken out.
    Direct {
        /// First entry.
        start: u32,
        /// Number of entries.
        len: u32,
    },
    /// An entry of [`Sessions::front_ends`].
    FrontEnd(u32),
    /// An entry of [`Sessions::hubs`].
    Hub(u32),
}

/// The sessions of one range of a log.
#[derive(Clone, Debug, Default)]
pub struct Sessions {
    /// Sessions not settled: without beginning or end in this range, or ended just before the end of it.
    pub fragments: Vec<(SessionKey, Fragment)>,
    /// Sessions that lie in this range as a whole.
    pub settled: Vec<Settled>,
    /// What the settled sessions added to the cube: to which row, and what.
    pub added: Vec<(u32, What)>,
    /// Signed-in halves of proxied submissions, with the client's address.
    pub front_ends: Vec<(Sym, FrontEnd)>,
    /// Sending halves of proxied submissions.
    pub hubs: Vec<Vec<HubSegment>>,
}

/// Collects the lines of sessions and settles each when it has ended.
#[derive(Debug)]
pub struct SessionCollector {
    sessions: Sessions,
    /// Open sessions; a slot of a settled one is used again.
    open: Vec<Open>,
    free: Vec<u32>,
    /// Session to slot, open and settled in one table.
    places: HashTable<(SessionKey, Place)>,
    /// Slots of sessions that had lines of late, all of them open, by the end of their ids; [`NO_SLOT`] elsewhere. Ids are
    /// given in turn, so nearly every line finds its session here. With the same for servers: 122 instructions a line less.
    recent: [u32; RECENT_SESSIONS],
    late: VecDeque<SessionKey>,
    late_capacity: usize,
    /// Connectors that had lines of late, with their servers, by the end of their names.
    connectors: [(Vec<u8>, Sym); RECENT_CONNECTORS],
    /// What names were interned as, by their kind and bytes.
    names: Memo<Sym>,
    /// For the walks along sessions.
    room: Room,
}

/// A session that is not settled.
#[derive(Debug)]
struct Open {
    key: SessionKey,
    fragment: Fragment,
    /// It has ended, and waits for late lines.
    has_ended: bool,
}

/// Places for sessions found without a look-up. A power of two.
const RECENT_SESSIONS: usize = 256;
/// Stands where no session is.
const NO_SLOT: u32 = u32::MAX;
/// Places for connectors found without a look-up.
const RECENT_CONNECTORS: usize = 16;

/// In how many ways the bytes of a name become a symbol.
#[derive(Clone, Copy)]
enum Spelling {
    Verbatim,
    Upper,
    Address,
    User,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Open(u32),
    Settled,
}

impl SessionCollector {
    /// Keeps so many ended sessions open for late lines; [`LATE_SESSIONS`] outside of tests.
    pub fn new(late_capacity: usize) -> Self {
        Self {
            sessions: Sessions::default(),
            open: Vec::new(),
            free: Vec::new(),
            places: HashTable::new(),
            recent: [NO_SLOT; RECENT_SESSIONS],
            late: VecDeque::new(),
            late_capacity,
            connectors: Default::default(),
            names: Memo::default(),
            room: Room::default(),
        }
    }

    /// Takes a line.
    pub fn add(&mut self, line: &ReceiveLine<'_>, cube: &mut Cube, account: &mut LineAccount) {
        let key = SessionKey { server: self.server(line.connector, cube), id: line.session_id };
        let recent = recent_index(key);
        let mut slot = self.recent[recent];
        if self.open.get(slot as usize).is_none_or(|open| open.key != key) {
            match self.open_slot(key, line, cube, account) {
                Some(open) => slot = open,
                None => return account.skip(SkipReason::Repeated, 1),
            }
            self.recent[recent] = slot;
        }
        let Self { open, names, .. } = self;
        let Some(Open { fragment, has_ended, .. }) = open.get_mut(slot as usize) else { return };
        fragment.lines = fragment.lines.saturating_add(1);
        if let Some(kind) = kind_of(&line.event, &mut |spelling, bytes| intern(spelling, bytes, names, cube))
        {
            fragment.events.push(Event { time_ms: line.time_ms, sequence: line.sequence, kind });
        }
        if line.event == SmtpEvent::Disconnect && !*has_ended && fragment.is_whole() {
            *has_ended = true;
            self.late.push_back(key);
            if self.late.len() > self.late_capacity
                && let Some(key) = self.late.pop_front()
            {
                self.settle(key, cube, account);
            }
        }
    }

    /// The symbol of the server of a connector. A server has several, and their lines alternate.
    #[inline]
    fn server(&mut self, connector: &[u8], cube: &mut Cube) -> Sym {
        // Names that are alike differ in their last character or in length.
        let end = connector.last().map_or(0, |&b| usize::from(b));
        let known = &mut self.connectors[(end ^ connector.len()) % RECENT_CONNECTORS];
        if !is_same(&known.0, connector) {
            *known = (connector.to_vec(), cube.intern(&name(server_of(connector))));
        }
        known.1
    }

    /// The slot of a session, opened if it has none; `None` if it is settled already.
    fn open_slot(
        &mut self,
        key: SessionKey,
        line: &ReceiveLine<'_>,
        cube: &mut Cube,
        account: &mut LineAccount,
    ) -> Option<u32> {
        let hash = key.hash();
        match self.places.find(hash, |(other, _)| *other == key) {
            Some((_, Place::Open(slot))) => return Some(*slot),
            Some((_, Place::Settled)) => return None,
            None => {}
        }
        if self.free.is_empty() && self.open.len() >= OPEN_SESSIONS {
            self.settle_idle(cube, account);
        }
        let client_ip = cube.intern(&name(address_of(line.remote_endpoint)));
        let slot = if let Some(slot) = self.free.pop() {
            let open = self.open.get_mut(slot as usize)?;
            open.key = key;
            open.fragment.client_ip = client_ip;
            open.has_ended = false;
            slot
        } else {
            let fragment = Fragment { client_ip, ..Fragment::default() };
            self.open.push(Open { key, fragment, has_ended: false });
            u32::try_from(self.open.len() - 1).ok()?
        };
        self.places.insert_unique(hash, (key, Place::Open(slot)), |(key, _)| key.hash());
        Some(slot)
    }

    /// Takes the quarter of the open sessions that have been idle for longest as they are.
    fn settle_idle(&mut self, cube: &mut Cube, account: &mut LineAccount) {
        let last_line = |fragment: &Fragment| fragment.events.last().map(|event| event.time_ms);
        let mut open: Vec<_> = self.open.iter().map(|open| (last_line(&open.fragment), open.key)).collect();
        open.sort_unstable();
        for (_, key) in open.into_iter().take(OPEN_SESSIONS / 4) {
            self.settle(key, cube, account);
        }
    }

    /// Settles a session that has ended.
    fn settle(&mut self, key: SessionKey, cube: &mut Cube, account: &mut LineAccount) {
        let hash = key.hash();
        let Some((_, place)) = self.places.find_mut(hash, |(other, _)| *other == key) else { return };
        let Place::Open(slot) = *place else { return };
        *place = Place::Settled;
        let Some(Open { fragment, .. }) = self.open.get_mut(slot as usize) else { return };
        let lines = std::mem::take(&mut fragment.lines);
        let events = std::mem::take(&mut fragment.events);
        let client_ip = fragment.client_ip;
        self.free.push(slot);
        let recent = &mut self.recent[recent_index(key)];
        if *recent == slot {
            *recent = NO_SLOT;
        }

        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let resolved = if has_one_order(&events) {
            resolve_in(&mut self.room, &events, cube)
        } else {
            resolve_in(&mut self.room, &in_order(vec![&events]), cube)
        };
        if let Some(Open { fragment, .. }) = self.open.get_mut(slot as usize) {
            // The room for the next session's.
            fragment.events = events;
            fragment.events.clear();
        }
        let body = match resolved {
            Resolved::Skipped(reason) => return account.skip(reason, lines.into()),
            Resolved::Direct(facts) => {
                let start = number(self.sessions.added.len());
                let added = facts.iter().map(|fact| {
                    let (key, counts) = cell(fact, key.server, client_ip, cube);
                    (cube.add(key, counts), fact.what)
                });
                self.sessions.added.extend(added);
                let len = number(facts.len());
                self.room.take_back(facts);
                Body::Direct { start, len }
            }
            Resolved::FrontEnd(front_end) => {
                self.sessions.front_ends.push((client_ip, front_end));
                Body::FrontEnd(number(self.sessions.front_ends.len() - 1))
            }
            Resolved::Hub(segments) => {
                self.sessions.hubs.push(segments);
                Body::Hub(number(self.sessions.hubs.len() - 1))
            }
        };
        account.counted += u64::from(lines);
        self.sessions.settled.push(Settled { key, lines, body });
    }

    /// The sessions settled so far.
    pub const fn settled(&self) -> &Sessions {
        &self.sessions
    }

    /// The range has ended.
    pub fn finish(mut self) -> Sessions {
        let open = std::mem::take(&mut self.open);
        self.sessions.fragments = open
            .into_iter()
            .filter(|open| open.fragment.lines > 0)
            .map(|open| (open.key, open.fragment))
            .collect();
        self.sessions
    }
}

/// Where a session is in [`SessionCollector::recent`].
#[allow(clippy::cast_possible_truncation)] // its last bits
const fn recent_index(key: SessionKey) -> usize {
    key.id as usize % RECENT_SESSIONS
}

/// The cube's cell for a fact.
pub fn cell(fact: &Fact, server: Sym, client_ip: Sym, cube: &mut Cube) -> (Key, Counts) {
    let key = Key {
        day: Some(fact.day),
        user: fact.user,
        sender: fact.sender,
        sender_domain: cube.domain_of(fact.sender),
        tls: fact.tls,
        mechanism: if fact.mechanism == Sym::EMPTY { cube.intern(UNKNOWN_MECHANISM) } else { fact.mechanism },
        client_ip,
        client_name: fact.client_name,
        server,
    };
    (key, fact.what.counts())
}

/// The symbol of a name.
#[inline]
fn intern(spelling: Spelling, bytes: &[u8], names: &mut Memo<Sym>, cube: &mut Cube) -> Sym {
    let kind = [spelling as u8];
    let parts = [&kind[..], bytes].into_iter();
    match names.get(&parts) {
        Ok(sym) => sym,
        Err(missing) => {
            let text = name(bytes);
            let sym = match spelling {
                Spelling::Verbatim => cube.intern(text.trim()),
                Spelling::Upper => cube.intern(&text.trim().to_ascii_uppercase()),
                Spelling::Address => cube.intern(&normalise_address(&text)),
                Spelling::User => cube.intern(&normalise_user(&text)),
            };
            names.insert(missing, &parts, sym);
            sym
        }
    }
}

/// The event to keep of a line; `None` for a line of no interest.
#[inline]
fn kind_of(event: &SmtpEvent<'_>, intern: &mut impl FnMut(Spelling, &[u8]) -> Sym) -> Option<Kind> {
    Some(match *event {
        SmtpEvent::Connect => Kind::Connect,
        SmtpEvent::Disconnect => Kind::Disconnect,
        SmtpEvent::Tls(version) => Kind::Tls(version),
        SmtpEvent::TlsFailed => Kind::TlsFailed,
        SmtpEvent::AuthFailed(mechanism) => Kind::AuthFailed(intern(Spelling::Upper, mechanism)),
        SmtpEvent::AttemptedName(user) if user.eq_ignore_ascii_case(b"NULL") => {
            Kind::AttemptedName(Sym::EMPTY)
        }
        SmtpEvent::AttemptedName(user) => Kind::AttemptedName(intern(Spelling::User, user)),
        SmtpEvent::Authenticated(user) => Kind::Authenticated(intern(Spelling::User, user)),
        SmtpEvent::ProxySetUp(user) => Kind::ProxySetUp(intern(Spelling::User, user)),
        SmtpEvent::Other => return None,
        SmtpEvent::Reply(reply) => {
            // Replies to messages differ in the middle, and are told apart even in different places of a session.
            let digest = if reply.about == ReplyAbout::Message { digest } else { quick_digest };
            Kind::Reply(reply.code, reply.about, digest(reply.text))
        }
        SmtpEvent::Command(command) => match command {
            Command::Helo(client_name) => Kind::Helo(intern(Spelling::Verbatim, client_name)),
            Command::StartTls => Kind::StartTls,
            Command::AnonymousTls => Kind::AnonymousTls,
            Command::Auth(mechanism) => Kind::Auth(intern(Spelling::Upper, mechanism)),
            Command::ExchangeAuth => Kind::ExchangeAuth,
            Command::Mail(sender) => Kind::Mail(intern(Spelling::Address, sender)),
            Command::Rcpt(recipient) => Kind::Rcpt(quick_digest(recipient)),
            Command::Data => Kind::Data,
            Command::Bdat { last } => Kind::Bdat(last),
            Command::Rset => Kind::Rset,
            Command::Xproxy(arguments) => {
                Kind::Xproxy(intern(Spelling::Verbatim, &needed_arguments(arguments)))
            }
            Command::XproxyFrom(arguments) => {
                Kind::XproxyFrom(intern(Spelling::Verbatim, &needed_arguments(arguments)))
            }
            Command::Other(line) => Kind::Command(quick_digest(line)),
        },
    })
}

/// Tells texts apart.
fn digest(text: &[u8]) -> u32 {
    Digest::of(text).number()
}

/// Tells texts apart by length, beginning and end: enough where session, number and time are the same too.
#[allow(clippy::cast_possible_truncation)]
#[inline]
fn quick_digest(text: &[u8]) -> u32 {
    let (first, last) = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (text.iter().fold(0, |sum, &b| sum << 8 | u64::from(b)), 0),
    };
    // An odd number with bits everywhere.
    let mixed = (first ^ last.rotate_left(29) ^ text.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as u32
}

/// Of an XPROXY command just what the report needs, so that the names kept do not grow with ports.
fn needed_arguments(arguments: &[u8]) -> Vec<u8> {
    let mut needed = Vec::new();
    for key in [&b"SID"[..], b"IP", b"DOMAIN", b"AUTHSRC"] {
        if let Some(value) = argument(arguments, key) {
            needed.extend_from_slice(key);
            needed.push(b'=');
            needed.extend_from_slice(value);
            needed.push(b' ');
        }
    }
    needed
}
