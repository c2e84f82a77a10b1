//! The first pass: sessions that several files hold, as a whole or in pieces.

use super::by_id::{ById, smaller};
use super::{Accounts, Copy, Owner, Part, Target, of, sessions_of};
use crate::aggregate::cube::Cube;
use crate::aggregate::intern::{Interner, Sym};
use crate::aggregate::pack::{Outcome, Packed, Piece, SessionBody, SessionPacker, pack_settled};
use crate::aggregate::session::{Resolved, in_order, resolve};
use crate::aggregate::sessions::{SessionKey, cell};
use crate::ingest::SkipReason;
use std::collections::{BTreeMap, BTreeSet};

/// With so many strings in it the scratch is emptied.
const SCRATCH_STRINGS: usize = 1000;

/// What the pass finds.
#[derive(Default)]
pub(super) struct Copies {
    /// Sessions that were put together of pieces.
    pub(super) pieces: Pieces,
    /// Hub sessions, by part and number, of which a longer copy counts.
    pub(super) lost_hubs: BTreeSet<(usize, u32)>,
}

/// Sessions that were put together of pieces.
#[derive(Default)]
pub(super) struct Pieces {
    /// They are packed at once, as those of a unit are. What they add to the rows stands in the merged cube.
    packer: SessionPacker,
    names: Interner,
    /// Of each the sources with its lines, and how many each has.
    lines: Lines,
    /// Strings of the session at hand, and of some before it.
    scratch: Cube,
}

/// Which lines sessions have, in the order of the sessions.
#[derive(Default)]
pub(super) struct Lines {
    of_source: Vec<(u32, u32)>,
    ends: Vec<usize>,
}

impl Lines {
    /// The sources with lines of a session, and how many each has.
    pub(super) fn get(&self, session: u32) -> impl Iterator<Item = (usize, u64)> {
        let session = session as usize;
        let start = session.checked_sub(1).map_or(0, |before| self.ends[before]);
        let of_source = self.ends.get(session).map_or(&[][..], |&end| &self.of_source[start..end]);
        of_source.iter().map(|&(source, lines)| (source as usize, lines.into()))
    }

    /// Returns the number of the session.
    fn push(&mut self, of_source: impl Iterator<Item = (u32, u32)>) -> u32 {
        self.of_source.extend(of_source);
        self.ends.push(self.of_source.len());
        u32::try_from(self.ends.len() - 1).unwrap_or(u32::MAX)
    }
}

impl Copies {
    /// Goes through all sessions. What is to be left out of a part's rows is noted there.
    #[inline(never)]
    pub(super) fn run(&mut self, parts: &mut [Part<'_>], accounts: &mut Accounts, target: &mut Target<'_>) {
        let numbers: Vec<Vec<Sym>> = parts
            .iter()
            .map(|part| part.names.numbers().take(part.packed.session_strings()).collect())
            .collect();
        let mut settled = ById::new(parts.iter().map(|part| part.packed.settled()));
        let mut pieces = ById::new(parts.iter().map(|part| part.packed.pieces()));
        let (mut entries, mut torn, mut sessions) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(id) = smaller(settled.next_id(), pieces.next_id()) {
            settled.take(id, &mut entries);
            pieces.take(id, &mut torn);
            if entries.len() < 2 && torn.is_empty() {
                continue;
            }
            sessions_of(&entries, parts, &mut sessions);
            for copies in sessions.chunk_by(|a, b| a.server == b.server) {
                for lost in &copies[1..] {
                    self.leave_out(lost, parts, accounts);
                }
            }
            let mut by_server: BTreeMap<&str, Vec<(usize, usize, Piece)>> = BTreeMap::new();
            for &(part, entry) in &torn {
                let (Some(piece), Owner::Source(source)) = (Packed::piece(entry), &parts[part].owner) else {
                    continue;
                };
                let server = target.names.text(of(&numbers[part], piece.server));
                if sessions.iter().any(|copy| target.cube.text(copy.server) == server) {
                    accounts.0[*source].skip(SkipReason::Repeated, piece.lines.into());
                } else {
                    by_server.entry(server).or_default().push((part, *source, piece));
                }
            }
            for (server, pieces) in by_server {
                let scratch = self.pieces.scratch();
                let pieces: Vec<_> = pieces
                    .into_iter()
                    .map(|(part, source, mut piece)| {
                        piece.renumber(|sym| scratch.intern(target.names.text(of(&numbers[part], sym))));
                        (source, piece)
                    })
                    .collect();
                self.pieces.put_together(id, server, &pieces, accounts, target);
            }
            target.relieve(parts);
        }
    }

    /// A longer copy of the session counts.
    fn leave_out(&mut self, lost: &Copy<'_>, parts: &mut [Part<'_>], accounts: &mut Accounts) {
        let part = &mut parts[lost.part];
        accounts.take_back(&part.owner, lost.session.lines, SkipReason::Repeated);
        match &lost.session.body {
            SessionBody::Direct(facts) => part.left_out.extend(facts.clone()),
            SessionBody::Hub(hub) => {
                self.lost_hubs.insert((lost.part, *hub));
            }
            SessionBody::FrontEnd(_) => {}
        }
    }
}

impl Pieces {
    /// Room for the strings of one more session.
    fn scratch(&mut self) -> &mut Cube {
        if self.scratch.string_count() > SCRATCH_STRINGS {
            self.scratch = Cube::default();
        }
        &mut self.scratch
    }

    /// A session that no file holds as a whole: the lines of all its pieces together. Their strings are scratch.
    #[inline(never)]
    fn put_together(
        &mut self,
        id: u64,
        server: &str,
        pieces: &[(usize, Piece)],
        accounts: &mut Accounts,
        target: &mut Target<'_>,
    ) {
        let Self { packer, names, lines, scratch } = self;
        let events = in_order(pieces.iter().map(|(_, piece)| piece.events.as_slice()).collect());
        let addresses = pieces.iter().map(|(_, piece)| piece.client_ip);
        let client_ip =
            addresses.min_by_key(|&sym| (sym == Sym::EMPTY, scratch.text(sym))).unwrap_or_default();
        let key = SessionKey { server: scratch.intern(server), id };
        let resolved = resolve(&events, scratch);
        if let Resolved::Skipped(reason) = resolved {
            for (source, piece) in pieces {
                accounts.0[*source].skip(reason, piece.lines.into());
            }
            return;
        }
        for (source, piece) in pieces {
            accounts.0[*source].counted += u64::from(piece.lines);
        }
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let lines = lines.push(pieces.iter().map(|(source, piece)| (number(*source), piece.lines)));
        let mut whats = Vec::new();
        let outcome = match &resolved {
            Resolved::Direct(facts) => {
                for fact in facts {
                    let (mut cell_key, counts) = cell(fact, key.server, client_ip, scratch);
                    for sym in cell_key.names_mut() {
                        *sym = target.cube.intern(scratch.text(*sym));
                    }
                    // Nobody will ask for them to be left out again, so the row is of no interest.
                    whats.push((0, fact.what));
                    target.add(cell_key, counts);
                }
                Outcome::Direct(&whats)
            }
            Resolved::FrontEnd(half) => Outcome::FrontEnd(client_ip, half),
            Resolved::Hub(segments) => Outcome::Hub(segments),
            Resolved::Skipped(_) => return,
        };
        packer.add(key, lines, &outcome, &mut |sym| names.intern(scratch.text(sym)));
    }

    /// What they come to, and the lines of each.
    pub(super) fn pack(self) -> (Packed, Lines) {
        (pack_settled(self.packer, &self.names), self.lines)
    }
}
