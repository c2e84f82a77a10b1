//! All loaded files, merged.
//!
//! Each file keeps what its workers read; the merge is made anew when the set of files changes. So a file can be taken out
//! again, and the order of loading makes no difference to what is counted.

use super::cube::{Cube, Renumbering};
use super::intern::Sym;
use super::join::{FrontEndSession, HubSession, join};
use super::session::{Event, FrontEnd, HubSegment, Message, Resolved, What, in_order, resolve};
use super::sessions::{Body, SessionKey, Settled, cell};
use super::source::{SourceId, SourceOutcome, SourceSummary};
use super::unit::UnitResult;
use crate::ingest::{FileProblem, LineAccount, SkipReason};
use crate::model::Day;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A file.
#[derive(Debug)]
struct Source {
    id: SourceId,
    name: String,
    bytes: u64,
    content: Result<Vec<UnitResult>, FileProblem>,
}

/// All loaded files, and those of a drop that is still being read.
#[derive(Debug, Default)]
pub struct Workspace {
    next_id: u32,
    sources: Vec<Source>,
    staged: Vec<Source>,
    merged: Option<Merged>,
}

/// Everything loaded, as one.
#[derive(Debug, Default)]
pub struct Merged {
    /// What was counted.
    pub cube: Cube,
    /// Days that have log lines, whether or not something on them counts.
    pub days_with_logs: BTreeSet<Day>,
    sources: Vec<SourceSummary>,
}

impl Workspace {
    /// Takes what was read of a file, its units in order. It shows after [`commit`](Self::commit).
    pub fn stage(&mut self, name: String, bytes: u64, units: Vec<UnitResult>) -> SourceId {
        let problem = units.iter().find_map(|unit| unit.format.as_ref().err().cloned());
        self.push(name, bytes, problem.map_or(Ok(units), Err))
    }

    /// Notes a file that the browser could not read, with its message.
    pub fn stage_unreadable(&mut self, name: String, bytes: u64, message: String) -> SourceId {
        self.push(name, bytes, Err(FileProblem::Unreadable(message)))
    }

    fn push(&mut self, name: String, bytes: u64, content: Result<Vec<UnitResult>, FileProblem>) -> SourceId {
        let id = SourceId(self.next_id);
        self.next_id += 1;
        self.staged.push(Source { id, name, bytes, content });
        id
    }

    /// Makes the staged files part of the report.
    pub fn commit(&mut self) {
        self.sources.append(&mut self.staged);
        self.sources.sort_by_key(|source| source.id);
        self.merged = None;
    }

    /// Forgets the staged files.
    pub fn discard(&mut self) {
        self.staged.clear();
    }

    /// Takes a file out.
    pub fn remove(&mut self, id: SourceId) {
        self.sources.retain(|source| source.id != id);
        self.merged = None;
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self { next_id: self.next_id, ..Self::default() };
    }

    /// Everything loaded, as one.
    pub fn merged(&mut self) -> &Merged {
        let sources = &self.sources;
        self.merged.get_or_insert_with(|| Merge::default().run(sources))
    }

    /// What became of each file, in order of loading.
    pub fn sources(&mut self) -> Vec<SourceSummary> {
        self.merged().sources.clone()
    }
}

/// A settled session in the merge.
#[derive(Clone, Copy)]
struct Winner {
    source: usize,
    unit: usize,
    settled: Settled,
}

/// A unit in the merge.
struct Part<'a> {
    source: usize,
    result: &'a UnitResult,
    numbers: Renumbering,
}

#[derive(Default)]
struct Merge<'a> {
    cube: Cube,
    accounts: Vec<LineAccount>,
    parts: Vec<Part<'a>>,
    winners: HashMap<SessionKey, Winner, foldhash::fast::FixedState>,
    front_ends: Vec<FrontEndSession>,
    hubs: Vec<HubSession>,
    /// Ids of sessions that were pieced together from fragments and have messages of their own.
    whole: BTreeSet<u64>,
    /// Lines of Front End and Hub sessions, by source, should they turn out not to count.
    lines_of: HashMap<SessionKey, Vec<(usize, u64)>, foldhash::fast::FixedState>,
}

impl<'a> Merge<'a> {
    fn run(mut self, sources: &'a [Source]) -> Merged {
        let outcomes = outcomes(sources);
        let mut days_with_logs = BTreeSet::new();
        self.accounts = vec![LineAccount::default(); sources.len()];
        for (i, source) in sources.iter().enumerate() {
            let units = source.content.as_deref().unwrap_or_default();
            for unit in units {
                self.accounts[i].append(&unit.account);
            }
            match outcomes[i] {
                SourceOutcome::Loaded(_) => {}
                SourceOutcome::SameAs(_) => {
                    let read = self.accounts[i].read;
                    self.accounts[i] = LineAccount { read, ..LineAccount::default() };
                    self.accounts[i].skip(SkipReason::Repeated, read);
                    continue;
                }
                SourceOutcome::Problem(_) => {
                    // Whatever sessions it has are none that count.
                    self.skip_all_fragments(i, units);
                    continue;
                }
            }
            for unit in units {
                days_with_logs.extend(&unit.days);
                let numbers = self.cube.merge(&unit.cube);
                self.parts.push(Part { source: i, result: unit, numbers });
                self.settled_sessions(self.parts.len() - 1);
            }
        }
        self.fragments();
        self.proxied_sessions();
        let whole = self.counted_whole();
        let not_counted = join(&self.front_ends, &self.hubs, &whole, &mut self.cube);
        for (key, reason) in not_counted {
            for &(source, lines) in self.lines_of.get(&key).into_iter().flatten() {
                self.accounts[source].counted -= lines;
                self.accounts[source].skip(reason, lines);
            }
        }
        let summaries = sources.iter().zip(outcomes).zip(self.accounts).map(|((source, outcome), lines)| {
            let units = source.content.as_deref().unwrap_or_default();
            let periods = units.iter().filter_map(|unit| unit.period_ms);
            SourceSummary {
                id: source.id,
                name: source.name.clone(),
                bytes: source.bytes,
                outcome,
                period_ms: periods.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))),
                lines,
            }
        });
        let sources = summaries.collect();
        Merged { cube: self.cube.settled(), days_with_logs, sources }
    }

    fn skip_all_fragments(&mut self, source: usize, units: &[UnitResult]) {
        for (_, fragment) in units.iter().flat_map(|unit| &unit.sessions.fragments) {
            self.accounts[source].skip(SkipReason::FragmentWithoutSignIn, fragment.lines.into());
        }
    }

    /// Of a session that several files hold as a whole, the longest copy counts.
    fn settled_sessions(&mut self, unit: usize) {
        let part = &self.parts[unit];
        for &settled in &part.result.sessions.settled {
            let key = SessionKey { server: part.numbers.sym(settled.key.server), id: settled.key.id };
            let new = Winner { source: part.source, unit, settled };
            let loser = match self.winners.get(&key) {
                Some(old) if old.settled.lines >= settled.lines => Some(new),
                _ => self.winners.insert(key, new),
            };
            let Some(loser) = loser else { continue };
            let lines = u64::from(loser.settled.lines);
            self.accounts[loser.source].counted -= lines;
            self.accounts[loser.source].skip(SkipReason::Repeated, lines);
            if let Body::Direct { start, len } = loser.settled.body {
                let of = &self.parts[loser.unit];
                let added = of.result.sessions.added.iter().skip(start as usize).take(len as usize);
                for (row, counts) in added {
                    self.cube.take_out(of.numbers.row(*row), counts);
                }
            }
        }
    }

    /// Sessions that no file holds as a whole: the lines of all their fragments together.
    fn fragments(&mut self) {
        // Source, client address, lines, events.
        type Piece = (usize, Sym, u32, Vec<Event>);
        let mut by_key: BTreeMap<SessionKey, Vec<Piece>> = BTreeMap::new();
        for part in &self.parts {
            for (key, fragment) in &part.result.sessions.fragments {
                let key = SessionKey { server: part.numbers.sym(key.server), id: key.id };
                if self.winners.contains_key(&key) {
                    self.accounts[part.source].skip(SkipReason::Repeated, fragment.lines.into());
                    continue;
                }
                let events = fragment
                    .events
                    .iter()
                    .map(|event| Event { kind: event.kind.renumbered(|sym| part.numbers.sym(sym)), ..*event })
                    .collect();
                let client_ip = part.numbers.sym(fragment.client_ip);
                by_key.entry(key).or_default().push((part.source, client_ip, fragment.lines, events));
            }
        }
        for (key, fragments) in by_key {
            let events = in_order(fragments.iter().map(|(.., events)| events.as_slice()).collect());
            let client_ip = fragments
                .iter()
                .map(|&(_, client_ip, ..)| client_ip)
                .min_by_key(|&sym| (sym == Sym::EMPTY, self.cube.text(sym).to_owned()))
                .unwrap_or_default();
            let lines = || fragments.iter().map(|&(source, _, lines, _)| (source, u64::from(lines)));
            match resolve(&events, &mut self.cube) {
                Resolved::Skipped(reason) => {
                    for (source, lines) in lines() {
                        self.accounts[source].skip(reason, lines);
                    }
                    continue;
                }
                Resolved::Direct(facts) => {
                    if facts.iter().any(|fact| matches!(fact.what, What::Message(_))) {
                        self.whole.insert(key.id);
                    }
                    for fact in facts {
                        let (cell_key, counts) = cell(&fact, key.server, client_ip, &mut self.cube);
                        self.cube.add(cell_key, counts);
                    }
                }
                Resolved::FrontEnd(half) => {
                    self.front_ends.push(FrontEndSession { key, client_ip, half });
                    self.lines_of.insert(key, lines().collect());
                }
                Resolved::Hub(segments) => {
                    self.hubs.push(HubSession { key, segments });
                    self.lines_of.insert(key, lines().collect());
                }
            }
            for (source, lines) in lines() {
                self.accounts[source].counted += lines;
            }
        }
    }

    /// Gathers the settled halves of proxied submissions, in the order of their keys.
    fn proxied_sessions(&mut self) {
        let mut halves: Vec<(SessionKey, Winner)> = self
            .winners
            .iter()
            .filter(|(_, winner)| !matches!(winner.settled.body, Body::Direct { .. }))
            .map(|(key, winner)| (*key, *winner))
            .collect();
        halves.sort_by_key(|(key, _)| *key);
        for (key, winner) in halves {
            let part = &self.parts[winner.unit];
            let new = |sym: Sym| part.numbers.sym(sym);
            let sessions = &part.result.sessions;
            match winner.settled.body {
                Body::Direct { .. } => continue,
                Body::FrontEnd(at) => {
                    let Some((client_ip, half)) = sessions.front_ends.get(at as usize) else { continue };
                    let half = renumbered_front_end(half, new);
                    self.front_ends.push(FrontEndSession { key, client_ip: new(*client_ip), half });
                }
                Body::Hub(at) => {
                    let Some(segments) = sessions.hubs.get(at as usize) else { continue };
                    let segments = segments.iter().map(|segment| renumbered_segment(segment, new)).collect();
                    self.hubs.push(HubSession { key, segments });
                }
            }
            self.lines_of.insert(key, vec![(winner.source, winner.settled.lines.into())]);
        }
    }
}

impl Merge<'_> {
    /// Of the sessions that Hubs name, those that were counted as a whole and with messages of their own.
    fn counted_whole(&self) -> BTreeSet<u64> {
        let named: BTreeSet<u64> = self
            .hubs
            .iter()
            .flat_map(|hub| hub.segments.iter().map(|segment| segment.front_end_session))
            .collect();
        let has_messages = |winner: &Winner| {
            let Body::Direct { start, len } = winner.settled.body else { return false };
            let added = &self.parts[winner.unit].result.sessions.added;
            added.iter().skip(start as usize).take(len as usize).any(|(_, counts)| counts.messages.known > 0)
        };
        let settled = self
            .winners
            .iter()
            .filter(|(key, winner)| named.contains(&key.id) && has_messages(winner))
            .map(|(key, _)| key.id);
        settled.chain(self.whole.iter().copied()).collect()
    }
}

fn renumbered_messages(messages: &[Message], new: impl Fn(Sym) -> Sym) -> Vec<Message> {
    messages
        .iter()
        .map(|message| Message {
            sender: new(message.sender),
            client_name: new(message.client_name),
            ..*message
        })
        .collect()
}

fn renumbered_front_end(half: &FrontEnd, new: impl Fn(Sym) -> Sym) -> FrontEnd {
    let mut failed = half.failed.clone();
    for fact in &mut failed {
        fact.user = new(fact.user);
        fact.sender = new(fact.sender);
        fact.mechanism = new(fact.mechanism);
        fact.client_name = new(fact.client_name);
    }
    FrontEnd {
        user: new(half.user),
        mechanism: new(half.mechanism),
        client_name: new(half.client_name),
        messages: renumbered_messages(&half.messages, &new),
        failed,
        ..*half
    }
}

fn renumbered_segment(segment: &HubSegment, new: impl Fn(Sym) -> Sym) -> HubSegment {
    HubSegment {
        client_ip: new(segment.client_ip),
        client_name: new(segment.client_name),
        user: new(segment.user),
        messages: renumbered_messages(&segment.messages, &new),
        ..*segment
    }
}

/// What becomes of each file: the first of equal ones is loaded, the others are the same as it.
fn outcomes(sources: &[Source]) -> Vec<SourceOutcome> {
    let mut known: HashMap<(u64, Vec<u64>), SourceId> = HashMap::new();
    sources
        .iter()
        .map(|source| {
            let units = match &source.content {
                Ok(units) => units,
                Err(problem) => return SourceOutcome::Problem(problem.clone()),
            };
            let digests = units.iter().map(|unit| unit.digest).collect();
            if let Some(&first) = known.get(&(source.bytes, digests)) {
                return SourceOutcome::SameAs(first);
            }
            let Some(Ok(format)) = units.first().map(|unit| unit.format.clone()) else {
                return SourceOutcome::Problem(FileProblem::Empty);
            };
            if let Some(problem) = nothing_in(units) {
                return SourceOutcome::Problem(problem);
            }
            known.insert((source.bytes, units.iter().map(|unit| unit.digest).collect()), source.id);
            SourceOutcome::Loaded(format)
        })
        .collect()
}

/// Why a file of a known format has nothing to load, if so.
fn nothing_in(units: &[UnitResult]) -> Option<FileProblem> {
    let sum = |of: fn(&UnitResult) -> u64| units.iter().map(of).sum::<u64>();
    let read = sum(|unit| unit.account.read);
    let bad = sum(|unit| unit.account.bad);
    let frame = sum(|unit| {
        let lines = |reason| unit.account.skipped.get(&reason).copied().unwrap_or_default();
        lines(SkipReason::Header) + lines(SkipReason::Blank)
    });
    match (read - frame, bad) {
        (0, _) => Some(FileProblem::HeaderOnly),
        (content, bad) if content == bad => Some(FileProblem::NothingReadable),
        _ => None,
    }
}
