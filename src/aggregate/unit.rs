//! A file, or a range of a big one, as one worker reads it.

use super::cap::{Cap, Level, Limits};
use super::cube::{Cube, Key};
use super::intern::Sym;
use super::pack::{Packed, pack};
use super::sessions::{LATE_SESSIONS, SessionCollector, Sessions};
use crate::ingest::account::{BadReason, FileProblem, Format, LineAccount, SkipReason};
use crate::ingest::activity_csv::{self, ActivityRow, Header};
use crate::ingest::detect::{Detected, detect};
use crate::ingest::event::SmtpEvent;
use crate::ingest::exchange_receive::{self, Columns, Scratch};
use crate::ingest::fields::{Field, FieldError, split};
use crate::ingest::lines::{Line, LineSplitter};
use crate::model::Day;
use memchr::memchr;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use xxhash_rust::xxh3::Xxh3;

/// A log that can be cut is cut into ranges of this size. Fixed, so that equal files are cut alike.
pub const RANGE_BYTES: u64 = 64 << 20;
/// A record of a CSV may hold line breaks, but one longer than this is a lost quote.
const MAX_RECORD_BYTES: usize = 64 * 1024;
const MAX_RECORD_LINES: usize = 200;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A part of a file for one worker: the lines that start in the bytes `start..end`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// First byte.
    pub start: u64,
    /// Behind the last byte.
    pub end: u64,
    /// Size of the whole file.
    pub file_bytes: u64,
    detected: Result<Detected, FileProblem>,
}

impl Unit {
    /// The first byte to read: the range's own, or the one before it.
    pub const fn read_from(&self) -> u64 {
        LineSplitter::first_byte(self.start)
    }
}

/// How to cut a file, from its first [`HEAD_BYTES`](crate::ingest::HEAD_BYTES) and its size. Never empty.
pub fn plan(head: &[u8], file_bytes: u64) -> Vec<Unit> {
    plan_by(head, file_bytes, RANGE_BYTES)
}

/// [`plan`] with ranges of another size.
pub fn plan_by(head: &[u8], file_bytes: u64, range_bytes: u64) -> Vec<Unit> {
    let detected = detect(head, file_bytes);
    let step = match &detected {
        Ok(detected) if detected.can_be_cut() => range_bytes.max(1),
        _ => file_bytes.max(1),
    };
    let mut units = Vec::new();
    let mut start = 0;
    while start < file_bytes || units.is_empty() {
        let end = file_bytes.min(start.saturating_add(step));
        units.push(Unit { start, end, file_bytes, detected: detected.clone() });
        start = end;
    }
    units
}

/// What a worker read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitResult {
    /// What the file is.
    pub format: Result<Format, FileProblem>,
    /// Digest of the bytes `start..end`.
    pub digest: u64,
    /// The account of its lines, without those of sessions that are not settled.
    pub account: LineAccount,
    /// First and last instant (Unix milliseconds, UTC).
    pub period_ms: Option<(i64, i64)>,
    /// Days that have lines.
    pub days: BTreeSet<Day>,
    /// What was counted, and the sessions of a log.
    pub packed: Packed,
}

/// Reads a unit, piece by piece.
pub struct UnitReader {
    unit: Unit,
    splitter: LineSplitter,
    /// Offset in the file of the next byte to come.
    offset: u64,
    digest: Xxh3,
    /// Lines are searched for NUL, and tried for UTF-8, only when there has been anything but ASCII. The flag costs one
    /// pass over a piece, and the searches one over every line.
    saw_unusual: bool,
    state: State,
    parser: Parser,
}

/// What every format fills.
#[derive(Debug)]
struct State {
    account: LineAccount,
    period_ms: Option<(i64, i64)>,
    days: BTreeSet<Day>,
    last_day: Option<Day>,
    cube: Cube,
    cap: Cap,
}

#[derive(Debug)]
enum Parser {
    Receive {
        columns: Columns,
        sessions: Box<SessionCollector>,
    },
    Activity(ActivityReader),
    /// The file is not read.
    None,
}

impl UnitReader {
    /// For a unit of [`plan`].
    pub fn new(unit: Unit) -> Self {
        Self::with_limits(unit, LATE_SESSIONS, Limits::default())
    }

    /// With another number of ended sessions kept open for late lines, and other limits to what is told apart.
    pub fn with_limits(unit: Unit, late_sessions: usize, limits: Limits) -> Self {
        let parser = match &unit.detected {
            Ok(Detected::ExchangeReceive(columns)) => Parser::Receive {
                columns: columns.clone(),
                sessions: Box::new(SessionCollector::new(late_sessions)),
            },
            Ok(Detected::ActivityCsv(header)) => Parser::Activity(ActivityReader::new(header.clone())),
            Err(_) => Parser::None,
        };
        Self {
            splitter: LineSplitter::new(unit.start, unit.end),
            offset: unit.read_from(),
            digest: Xxh3::new(),
            saw_unusual: false,
            state: State {
                account: LineAccount::default(),
                period_ms: None,
                days: BTreeSet::new(),
                last_day: None,
                cube: Cube::default(),
                cap: Cap::new(limits, Level::default()),
            },
            parser,
            unit,
        }
    }

    /// Takes the next piece of the file, from [`Unit::read_from`] on. Returns whether more is wanted; that may reach past
    /// the end of the unit, to the end of its last line.
    pub fn feed(&mut self, piece: &[u8]) -> bool {
        if matches!(self.parser, Parser::None) {
            return false;
        }
        let from = self.unit.start.saturating_sub(self.offset);
        let to = self.unit.end.saturating_sub(self.offset);
        let within = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(piece.len());
        self.digest.update(&piece[within(from)..within(to)]);
        self.offset += piece.len() as u64;
        self.saw_unusual = self.saw_unusual || !piece.is_ascii() || memchr(0, piece).is_some();

        let Self { splitter, state, parser, saw_unusual, .. } = self;
        splitter.feed(piece, |line| state.line(line, parser, *saw_unusual))
    }

    /// Lines read so far.
    pub const fn lines_read(&self) -> u64 {
        self.state.account.read
    }

    /// The file, or the unit, has ended.
    pub fn finish(mut self) -> UnitResult {
        let Self { splitter, state, parser, saw_unusual, .. } = &mut self;
        if !matches!(parser, Parser::None) {
            splitter.finish(|line| state.line(line, parser, *saw_unusual));
        }
        let sessions = match self.parser {
            Parser::Receive { sessions, .. } => sessions.finish(),
            Parser::Activity(mut reader) => {
                reader.finish(&mut self.state);
                Sessions::default()
            }
            Parser::None => Sessions::default(),
        };
        let State { account, period_ms, days, mut cube, mut cap, .. } = self.state;
        if sessions.settled.is_empty() && sessions.fragments.is_empty() {
            cap.settle(&mut cube, std::iter::empty());
        }
        UnitResult {
            format: self.unit.detected.map(|detected| detected.format()),
            digest: self.digest.digest(),
            account,
            period_ms,
            days,
            packed: pack(&cube, &sessions, &mut cap),
        }
    }
}

impl State {
    fn line(&mut self, line: Line<'_>, parser: &mut Parser, saw_unusual: bool) {
        self.account.read += 1;
        let number = self.account.read;
        // Also further in, where files were put together.
        let bytes = line.bytes.strip_prefix(BOM).unwrap_or(line.bytes);
        if saw_unusual && std::str::from_utf8(bytes).is_err() {
            self.account.not_utf8 += 1;
        }
        let reason = if line.too_long {
            Some(BadReason::TooLong)
        } else if saw_unusual && memchr(0, bytes).is_some() {
            Some(BadReason::Nul)
        } else {
            None
        };
        if let Some(reason) = reason {
            return self.account.bad(number, None, reason, bytes);
        }
        match parser {
            Parser::Receive { columns, sessions } => {
                self.receive_line(bytes, line.unterminated, columns, sessions);
            }
            Parser::Activity(reader) => reader.line(number, bytes, line.unterminated, self),
            Parser::None => {}
        }
    }

    fn receive_line(
        &mut self,
        bytes: &[u8],
        unterminated: bool,
        columns: &mut Columns,
        sessions: &mut SessionCollector,
    ) {
        match bytes.first() {
            None => return self.account.skip(SkipReason::Blank, 1),
            Some(b'#') => {
                let names = std::str::from_utf8(bytes).ok().and_then(|line| line.split_once(':'));
                if let Some((_, names)) = names.filter(|(key, _)| key.eq_ignore_ascii_case("#Fields")) {
                    *columns = Columns::from_names(names).unwrap_or_default();
                }
                return self.account.skip(SkipReason::Header, 1);
            }
            Some(_) => {}
        }
        let mut scratch = Scratch::default();
        match exchange_receive::parse(bytes, columns, &mut scratch) {
            Ok(mut line) => {
                // A copy of a log that is being written may end inside a name.
                if unterminated && matches!(line.event, SmtpEvent::AttemptedName(_)) {
                    line.event = SmtpEvent::Other;
                }
                self.saw(line.time_ms);
                sessions.add(&line, &mut self.cube, &mut self.account);
            }
            Err(_) if bytes.trim_ascii().is_empty() => self.account.skip(SkipReason::Blank, 1),
            Err(_) if bytes.starts_with(b"date-time,") => self.account.skip(SkipReason::Header, 1),
            Err(_) if unterminated => {
                self.account.bad(self.account.read, None, BadReason::Truncated, bytes);
            }
            Err(error) => self.account.bad(self.account.read, error.column, error.reason, bytes),
        }
    }

    fn saw(&mut self, time_ms: i64) {
        let (first, last) = self.period_ms.get_or_insert((time_ms, time_ms));
        *first = (*first).min(time_ms);
        *last = (*last).max(time_ms);
        let day = Day::from_unix_ms(time_ms);
        if self.last_day != Some(day) {
            self.last_day = Some(day);
            self.days.insert(day);
        }
    }

    fn add(&mut self, row: &ActivityRow) {
        if let Some(time_ms) = row.time_ms {
            self.saw(time_ms);
        }
        // A row that counts nothing says that the day was covered, and no more.
        if row.counts.is_zero() {
            return;
        }
        let names = [
            &row.user,
            &row.sender,
            &row.sender_domain,
            &row.mechanism,
            &row.client_ip,
            &row.client_name,
            &row.server,
        ];
        let text = |sym: Sym| names.get(sym.0 as usize).map_or("", |name| name.as_str());
        let key = Key {
            day: row.time_ms.map(Day::from_unix_ms),
            user: Sym(0),
            sender: Sym(1),
            sender_domain: Sym(2),
            tls: row.tls,
            mechanism: Sym(3),
            client_ip: Sym(4),
            client_name: Sym(5),
            server: Sym(6),
        };
        let Self { cap, cube, .. } = self;
        cap.add_named(cube, key, row.counts, text, |cube, sym| cube.intern(text(sym)));
        // A list is read in one go, however long it is.
        cap.relieve(cube, std::iter::empty());
    }
}

/// Reads the records of an Activity CSV, which may hold line breaks.
#[derive(Debug)]
struct ActivityReader {
    header: Header,
    saw_header: bool,
    /// Lines of a record whose quote is still open.
    open: Vec<(u64, Vec<u8>)>,
    open_bytes: usize,
}

impl ActivityReader {
    const fn new(header: Header) -> Self {
        Self { header, saw_header: false, open: Vec::new(), open_bytes: 0 }
    }

    fn line(&mut self, number: u64, bytes: &[u8], unterminated: bool, state: &mut State) {
        if !self.saw_header {
            let reason = if bytes.trim_ascii().is_empty() { SkipReason::Blank } else { SkipReason::Header };
            self.saw_header = reason == SkipReason::Header;
            return state.account.skip(reason, 1);
        }
        if self.open.is_empty() {
            if bytes.trim_ascii().is_empty() {
                return state.account.skip(SkipReason::Blank, 1);
            }
            return self.record(number, 1, bytes, unterminated, state);
        }
        self.open_bytes += bytes.len();
        self.open.push((number, bytes.to_vec()));
        if memchr(b'"', bytes).is_some() {
            let record = self.open.iter().map(|(_, line)| line.as_slice()).collect::<Vec<_>>().join(&b'\n');
            let mut fields = Vec::new();
            if !matches!(split(&record, self.header.delimiter, &mut fields), Err(FieldError::Unclosed(_))) {
                let first = self.open.first().map_or(number, |(number, _)| *number);
                let lines = self.open.len() as u64;
                self.open.clear();
                self.open_bytes = 0;
                return self.record(first, lines, &record, unterminated, state);
            }
        }
        if self.open_bytes > MAX_RECORD_BYTES || self.open.len() > MAX_RECORD_LINES {
            self.give_up_open_record(state);
        }
    }

    /// The open quote was a stray one: its line is bad, and those behind it are read afresh.
    fn give_up_open_record(&mut self, state: &mut State) {
        self.open_bytes = 0;
        let mut lines = std::mem::take(&mut self.open).into_iter();
        if let Some((number, bytes)) = lines.next() {
            let column = match split(&bytes, self.header.delimiter, &mut Vec::new()) {
                Err(FieldError::Unclosed(column) | FieldError::TextAfterQuote(column)) => Some(column),
                Ok(()) => None,
            };
            state.account.bad(number, column, BadReason::Quote, &bytes);
        }
        for (number, bytes) in lines {
            self.line(number, &bytes, false, state);
        }
    }

    fn record(&mut self, number: u64, lines: u64, bytes: &[u8], unterminated: bool, state: &mut State) {
        let mut fields: Vec<Field<'_>> = Vec::with_capacity(self.header.count);
        let mut bad = |column, reason| {
            state.account.bad(number, column, reason, bytes);
            // The account is of lines, not of records.
            state.account.bad += lines - 1;
        };
        match split(bytes, self.header.delimiter, &mut fields) {
            Err(FieldError::Unclosed(_)) => {
                self.open_bytes = bytes.len();
                self.open.push((number, bytes.to_vec()));
                return;
            }
            Err(FieldError::TextAfterQuote(column)) => return bad(Some(column), BadReason::Quote),
            Ok(()) => {}
        }
        if fields.iter().all(|field| field.raw.trim_ascii().is_empty()) {
            return state.account.skip(SkipReason::Blank, lines);
        }
        match activity_csv::parse(&fields, &self.header) {
            Ok(row) => {
                state.account.counted += lines;
                state.add(&row);
            }
            Err(error) => {
                if fields.len() == self.header.count && self.is_header(&fields) {
                    state.account.skip(SkipReason::Header, lines);
                } else if unterminated {
                    bad(None, BadReason::Truncated);
                } else {
                    bad(error.column, error.reason);
                }
            }
        }
    }

    /// Whether a row holds the column names again, as where files were put together.
    fn is_header(&self, fields: &[Field<'_>]) -> bool {
        let names: Vec<String> =
            fields.iter().map(|field| String::from_utf8_lossy(&field.value()).into_owned()).collect();
        Header::from_names(&names, self.header.delimiter).as_ref() == Some(&self.header)
    }

    fn finish(&mut self, state: &mut State) {
        while !self.open.is_empty() {
            self.give_up_open_record(state);
        }
    }
}
