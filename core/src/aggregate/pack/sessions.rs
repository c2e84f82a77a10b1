//! Sessions, sorted by id: Exchange counts its ids up, so that each is told by its distance from the one before.

use super::bytes::{Reader, Writer, unzigzag, zigzag};
use super::{Names, Packed};
use crate::aggregate::Sym;
use crate::aggregate::session::{Event, Fact, FrontEnd, HubSegment, Message, What};
use crate::aggregate::sessions::{Body, SessionKey, Sessions, Settled};
use crate::model::{Day, TlsVersion};
use crate::sort::{sort_by, sort_by_key};

/// Entries in order of an id, each with what belongs to it.
#[derive(Clone, Debug)]
pub struct Entries<'a> {
    reader: Reader<'a>,
    id: u64,
}

/// What belongs to an entry, still packed.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a>(Reader<'a>);

impl<'a> Entries<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { reader: Reader::new(bytes), id: 0 }
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = (u64, Entry<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.id = self.id.wrapping_add(self.reader.number()?);
        Some((self.id, Entry(Reader::new(self.reader.bytes()?))))
    }
}

/// A settled session.
#[derive(Clone, Debug)]
pub struct Session<'a> {
    /// Its server.
    pub server: Sym,
    /// Its lines.
    pub lines: u32,
    /// What it came to.
    pub body: SessionBody<'a>,
}

/// What a settled session came to.
#[derive(Clone, Debug)]
pub enum SessionBody<'a> {
    /// What it added to the rows.
    Direct(Facts<'a>),
    /// The signed-in half of a proxied submission; [`Packed::front_end`] reads it.
    FrontEnd(Entry<'a>),
    /// The sending half of proxied submissions, with its number among those of the unit.
    Hub(u32),
}

/// What a session added to the rows: the row's number, and what.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    reader: Reader<'a>,
    row: i64,
}

/// Kinds of facts, in the two low bits.
const ONE_RECIPIENT: u64 = 0;
const MESSAGE: u64 = 1;
const SESSION: u64 = 2;
const FAILED_SIGNIN: u64 = 3;

impl Iterator for Facts<'_> {
    type Item = (u32, What);

    fn next(&mut self) -> Option<Self::Item> {
        let number = self.reader.number()?;
        self.row += unzigzag(number >> 2);
        let what = match number & 3 {
            ONE_RECIPIENT => What::Message(1),
            MESSAGE => What::Message(self.reader.small()?),
            SESSION => What::Session,
            _ => What::FailedSignin,
        };
        Some((u32::try_from(self.row).ok()?, what))
    }
}

/// Kinds of bodies, in the two low bits of an entry's first number.
const DIRECT: u64 = 0;
const FRONT_END: u64 = 1;
const HUB: u64 = 2;

impl<'a> Entry<'a> {
    /// Reads an entry of [`Packed::settled`].
    pub fn session(self) -> Option<Session<'a>> {
        let mut reader = self.0;
        let number = reader.number()?;
        let server = reader.sym()?;
        let body = match number & 3 {
            DIRECT => SessionBody::Direct(Facts { reader, row: 0 }),
            FRONT_END => SessionBody::FrontEnd(Entry(reader)),
            _ => SessionBody::Hub(reader.small()?),
        };
        Some(Session { server, lines: u32::try_from(number >> 2).ok()?, body })
    }
}

/// A segment of a Hub session.
#[derive(Debug)]
pub struct SegmentOf {
    /// The Hub session's number among those of the unit.
    pub hub: u32,
    /// How many segments that session has.
    pub of: u32,
    /// Lines of that session.
    pub lines: u32,
    /// Its server.
    pub server: Sym,
    /// The segment.
    pub segment: HubSegment,
}

/// Lines of a session that is not settled, from one stretch of a file. Strings are numbers of the pack.
#[derive(Debug)]
pub struct Piece {
    /// Its server.
    pub server: Sym,
    /// Address of the client.
    pub client_ip: Sym,
    /// How many lines.
    pub lines: u32,
    /// Those of interest, in the order read.
    pub events: Vec<Event>,
}

impl Piece {
    /// Gives its strings other numbers; not the server.
    pub fn renumber(&mut self, mut new: impl FnMut(Sym) -> Sym) {
        self.client_ip = new(self.client_ip);
        for event in &mut self.events {
            event.kind = event.kind.renumbered(&mut new);
        }
    }
}

impl Packed {
    /// Reads a Front End half: the client's address and what the half says. `new` gives the symbols their numbers.
    pub fn front_end(&self, entry: Entry<'_>, new: impl Fn(Sym) -> Sym) -> Option<(Sym, FrontEnd)> {
        let mut reader = entry.0;
        let flags = reader.number()?;
        let client_ip = new(reader.sym()?);
        let mut half = FrontEnd {
            is_health_probe: flags & 1 != 0,
            is_proxied: flags & 2 != 0,
            day: self.day(&mut reader)?,
            user: new(reader.sym()?),
            tls: tls(flags >> 2)?,
            mechanism: new(reader.sym()?),
            client_name: new(reader.sym()?),
            messages: Vec::new(),
            failed: Vec::new(),
        };
        for _ in 0..reader.number()? {
            half.messages.push(message(&mut reader, half.day, &new)?);
        }
        while !reader.is_empty() {
            half.failed.push(Fact {
                day: self.day(&mut reader)?,
                user: new(reader.sym()?),
                sender: Sym::EMPTY,
                tls: tls(reader.number()?)?,
                mechanism: new(reader.sym()?),
                client_name: new(reader.sym()?),
                what: What::FailedSignin,
            });
        }
        Some((client_ip, half))
    }

    /// Reads an entry of [`segments`](Self::segments). `new` gives the symbols their numbers.
    pub fn segment(&self, id: u64, entry: Entry<'_>, new: impl Fn(Sym) -> Sym) -> Option<SegmentOf> {
        let mut reader = entry.0;
        let (hub, of, lines) = (reader.small()?, reader.small()?, reader.small()?);
        let server = new(reader.sym()?);
        let mut segment = HubSegment {
            front_end_session: id,
            client_ip: new(reader.sym()?),
            client_name: new(reader.sym()?),
            day: self.day(&mut reader)?,
            user: new(reader.sym()?),
            messages: Vec::new(),
        };
        while !reader.is_empty() {
            segment.messages.push(message(&mut reader, segment.day, &new)?);
        }
        Some(SegmentOf { hub, of, lines, server, segment })
    }

    /// Reads an entry of [`pieces`](Self::pieces).
    pub fn piece(entry: Entry<'_>) -> Option<Piece> {
        let mut reader = entry.0;
        let (server, client_ip, lines) = (reader.sym()?, reader.sym()?, reader.small()?);
        let mut events: Vec<Event> = postcard::from_bytes(reader.rest()).ok()?;
        let (mut sequence, mut time_ms) = (0_u32, 0_i64);
        for event in &mut events {
            sequence = sequence.wrapping_add(event.sequence);
            time_ms = time_ms.wrapping_add(event.time_ms);
            (event.sequence, event.time_ms) = (sequence, time_ms);
        }
        Some(Piece { server, client_ip, lines, events })
    }

    fn day(&self, reader: &mut Reader<'_>) -> Option<Day> {
        i32::try_from(reader.signed()? + i64::from(self.base_day.0)).ok().map(Day)
    }
}

fn tls(number: u64) -> Option<TlsVersion> {
    TlsVersion::ALL.get(usize::try_from(number).ok()?).copied()
}

/// Messages are mostly of the day of the sign-in.
fn message(reader: &mut Reader<'_>, day: Day, new: &impl Fn(Sym) -> Sym) -> Option<Message> {
    Some(Message {
        time_ms: reader.signed()?.checked_add(day.start_ms())?,
        sender: new(reader.sym()?),
        recipients: reader.small()?,
        client_name: new(reader.sym()?),
    })
}

/// Writes what [`Entries`] reads. Ids must not descend.
#[derive(Debug, Default)]
struct EntryWriter {
    writer: Writer,
    id: u64,
    body: Writer,
}

impl EntryWriter {
    fn entry(&mut self, id: u64, write: impl FnOnce(&mut Writer)) {
        self.body.clear();
        write(&mut self.body);
        self.writer.number(id.wrapping_sub(self.id));
        self.id = id;
        self.writer.bytes(self.body.written());
    }
}

/// What a session to be packed came to, its strings numbers of whatever gives them numbers in the pack.
#[derive(Debug)]
pub enum Outcome<'a> {
    /// What it added to the rows.
    Direct(&'a [(u32, What)]),
    /// The signed-in half of a proxied submission, and the client's address.
    FrontEnd(Sym, &'a FrontEnd),
    /// The sending half of proxied submissions.
    Hub(&'a [HubSegment]),
}

/// Packs settled sessions, one by one, in order of their ids.
#[derive(Debug, Default)]
pub struct SessionPacker {
    base_day: Option<Day>,
    settled: EntryWriter,
    hubs: u32,
    /// Hub segments, packed, and the Front End's id and the end of each.
    segments: Writer,
    segment_ends: Vec<(u64, usize)>,
}

impl SessionPacker {
    /// Packs a session. `number` gives a string its number in the pack; ids must not descend.
    pub fn add(
        &mut self,
        key: SessionKey,
        lines: u32,
        outcome: &Outcome<'_>,
        number: &mut impl FnMut(Sym) -> Sym,
    ) {
        let Self { base_day, settled, hubs, segments, segment_ends } = self;
        let server = number(key.server);
        let lines_and = |tag| u64::from(lines) << 2 | tag;
        settled.entry(key.id, |writer| match *outcome {
            Outcome::Direct(facts) => {
                writer.number(lines_and(DIRECT));
                writer.sym(server);
                write_facts(writer, facts);
            }
            Outcome::FrontEnd(client_ip, half) => {
                writer.number(lines_and(FRONT_END));
                writer.sym(server);
                let base_day = *base_day.get_or_insert(half.day);
                write_front_end(writer, client_ip, half, base_day, number);
            }
            Outcome::Hub(of) => {
                writer.number(lines_and(HUB));
                writer.sym(server);
                writer.number(*hubs);
                for segment in of {
                    segments.number(*hubs);
                    segments.number(of.len() as u64);
                    segments.number(lines);
                    segments.sym(server);
                    let base_day = *base_day.get_or_insert(segment.day);
                    write_segment(segments, segment, base_day, number);
                    segment_ends.push((segment.front_end_session, segments.written().len()));
                }
                *hubs += 1;
            }
        });
    }

    /// The day that others are counted from, and what [`Packed::settled`] and [`Packed::segments`] read.
    pub(super) fn finish(self) -> (Day, Vec<u8>, Vec<u8>) {
        let starts = std::iter::once(0).chain(self.segment_ends.iter().map(|&(_, end)| end));
        let mut order: Vec<_> =
            self.segment_ends.iter().zip(starts).map(|(&(id, end), start)| (id, start, end)).collect();
        sort_by_key(&mut order, |&entry| entry);
        let mut by_front_end = EntryWriter::default();
        for (id, start, end) in order {
            by_front_end.entry(id, |writer| writer.rest(&self.segments.written()[start..end]));
        }
        (self.base_day.unwrap_or_default(), self.settled.writer.finish(), by_front_end.writer.finish())
    }
}

fn write_facts(writer: &mut Writer, facts: &[(u32, What)]) {
    let mut before = 0;
    for &(row, what) in facts {
        let step = zigzag(i64::from(row) - before) << 2;
        before = row.into();
        match what {
            What::Message(1) => writer.number(step | ONE_RECIPIENT),
            What::Message(recipients) => {
                writer.number(step | MESSAGE);
                writer.number(recipients);
            }
            What::Session => writer.number(step | SESSION),
            What::FailedSignin => writer.number(step | FAILED_SIGNIN),
        }
    }
}

fn write_front_end(
    writer: &mut Writer,
    client_ip: Sym,
    half: &FrontEnd,
    base_day: Day,
    number: &mut impl FnMut(Sym) -> Sym,
) {
    let flags = u64::from(half.is_health_probe) | u64::from(half.is_proxied) << 1 | (half.tls as u64) << 2;
    writer.number(flags);
    writer.sym(number(client_ip));
    write_day(writer, half.day, base_day);
    writer.sym(number(half.user));
    writer.sym(number(half.mechanism));
    writer.sym(number(half.client_name));
    writer.number(half.messages.len() as u64);
    for message in &half.messages {
        write_message(writer, half.day, message, number);
    }
    for fact in &half.failed {
        write_day(writer, fact.day, base_day);
        writer.sym(number(fact.user));
        writer.number(fact.tls as u64);
        writer.sym(number(fact.mechanism));
        writer.sym(number(fact.client_name));
    }
}

fn write_segment(
    writer: &mut Writer,
    segment: &HubSegment,
    base_day: Day,
    number: &mut impl FnMut(Sym) -> Sym,
) {
    writer.sym(number(segment.client_ip));
    writer.sym(number(segment.client_name));
    write_day(writer, segment.day, base_day);
    writer.sym(number(segment.user));
    for message in &segment.messages {
        write_message(writer, segment.day, message, number);
    }
}

fn write_message(writer: &mut Writer, day: Day, message: &Message, number: &mut impl FnMut(Sym) -> Sym) {
    writer.signed(message.time_ms - day.start_ms());
    writer.sym(number(message.sender));
    writer.number(message.recipients);
    writer.sym(number(message.client_name));
}

fn write_day(writer: &mut Writer, day: Day, base_day: Day) {
    writer.signed(i64::from(day.0) - i64::from(base_day.0));
}

/// Packs the settled sessions of a unit. `row` tells in which row it is now what a session added.
#[inline(never)]
pub(super) fn settled_of(
    sessions: &Sessions,
    names: &mut Names<'_>,
    row: impl Fn(u32, What) -> u32,
) -> SessionPacker {
    let mut order: Vec<&Settled> = sessions.settled.iter().collect();
    let server = |session: &Settled| names.cube.text(session.key.server);
    // Ids nearly always decide, and looking the names up for each comparison took more than the rest of it.
    sort_by(&mut order, |a, b| a.key.id.cmp(&b.key.id).then_with(|| server(a).cmp(server(b))));
    let mut packer = SessionPacker::default();
    let mut facts = Vec::new();
    for session in order {
        let outcome = match session.body {
            Body::Direct { start, len } => {
                let added = sessions.added.iter().skip(start as usize).take(len as usize);
                facts.clear();
                facts.extend(added.map(|&(of, what)| (row(of, what), what)));
                Outcome::Direct(&facts)
            }
            Body::FrontEnd(at) => {
                let Some((client_ip, half)) = sessions.front_ends.get(at as usize) else { continue };
                Outcome::FrontEnd(*client_ip, half)
            }
            Body::Hub(at) => Outcome::Hub(sessions.hubs.get(at as usize).map_or(&[], Vec::as_slice)),
        };
        packer.add(session.key, session.lines, &outcome, &mut |sym| names.number(sym));
    }
    packer
}

/// Packs the sessions of a unit that are not settled: what [`Packed::pieces`] reads.
pub(super) fn pieces_of(sessions: &Sessions, names: &mut Names<'_>) -> Vec<u8> {
    let mut order: Vec<_> = sessions.fragments.iter().collect();
    sort_by_key(&mut order, |(key, _)| (key.id, names.cube.text(key.server)));
    let mut pieces = EntryWriter::default();
    for (key, fragment) in order {
        // Time and place of a line are told by their distance from the line before.
        let mut before = (0_u32, 0_i64);
        let step = |event: &Event| {
            let now = (event.sequence, event.time_ms);
            let event = Event {
                sequence: now.0.wrapping_sub(before.0),
                time_ms: now.1.wrapping_sub(before.1),
                kind: event.kind.renumbered(|sym| names.number(sym)),
            };
            before = now;
            event
        };
        let events: Vec<Event> = fragment.events.iter().map(step).collect();
        pieces.entry(key.id, |writer| {
            writer.sym(names.number(key.server));
            writer.sym(names.number(fragment.client_ip));
            writer.number(fragment.lines);
            // Plain numbers: there is nothing in them that could not be written.
            writer.rest(&postcard::to_allocvec(&events).unwrap_or_default());
        });
    }
    pieces.writer.finish()
}
