//! All loaded files made one.
//!
//! What was read of the files stays packed. Four passes go over it, none of which holds more of it at a time than the
//! sessions of one id, or the strings of one unit:
//!
//! 1. Sessions by id: of copies the longest counts, and the others' facts are to be left out; sessions in pieces are put
//!    together. What comes of those is packed too, and is one more part from here on.
//! 2. Rows, without what is to be left out.
//! 3. Sessions by id, with the Hub segments that name them: the halves of proxied submissions are joined.
//! 4. Facts with an identity by their ids, each once.

mod by_id;
mod copies;
mod facts;
mod halves;
mod names;
mod outcomes;
mod overlaps;

use super::answers::{Answers, Caveat};
use super::cap::{Cap, Limits};
use super::cube::{Cube, Key};
use super::intern::{Interner, Sym};
use super::pack::{Entry, Packed, Session};
use super::session::What;
use super::source::{SourceId, SourceOutcome, SourceSummary};
use super::workspace::{Merged, Source};
use crate::ingest::{Format, LineAccount, SkipReason};
use crate::model::{Counts, Day};
use crate::sort::sort_by_key;
use copies::{Copies, Lines};
pub use facts::Refusals;
use facts::{FactsOf, add_facts};
use halves::join_halves;
use names::{InCube, Names, NamesOf};
use outcomes::outcomes;
use overlaps::{Candidate, Overlaps};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Merges files, whose strings lie in this pool.
pub(super) fn merge(sources: &[Source], pool: &Interner, limits: Limits) -> Merged {
    let outcomes = outcomes(sources);
    let mut days_with_logs = BTreeSet::new();
    let mut accounts = Accounts(vec![LineAccount::default(); sources.len()]);
    // To grow step by step would take half as much memory again; what of the room is not used is never touched.
    let loaded = sources.iter().filter_map(|source| source.content.as_ref().ok()).flatten();
    let rows: usize = loaded.map(|unit| unit.packed.row_count()).sum();
    let mut cube = Cube::with_capacity(rows.min(limits.rows), 0, 0);
    let (mut names, mut in_cube) = (Names::new(pool), InCube::default());
    let mut parts = Vec::new();
    let mut facts = Vec::new();
    let mut formats = BTreeSet::new();
    let mut has_estimates = false;
    for (i, source) in sources.iter().enumerate() {
        let units = source.content.as_deref().unwrap_or_default();
        let account = &mut accounts.0[i];
        for unit in units {
            account.append(&unit.account);
        }
        match outcomes[i] {
            SourceOutcome::Loaded(format) => {
                formats.insert(format);
                has_estimates |= units.iter().any(|unit| unit.has_estimates);
                for unit in units {
                    days_with_logs.extend(&unit.days);
                    let mut part = Part::of_source(i, &unit.packed, &mut names, &mut in_cube, &mut cube);
                    // What was sent in a period of which no days are known stands on its last day.
                    part.day = source.period.map(|(_, last)| last);
                    parts.push(part);
                    let of_facts = names.add(unit.facts.strings());
                    facts.push(FactsOf { source: i, format, names: of_facts, facts: &unit.facts });
                }
            }
            SourceOutcome::SameAs(_) => {
                let read = account.read;
                *account = LineAccount { read, ..LineAccount::default() };
                account.skip(SkipReason::Repeated, read);
            }
            SourceOutcome::Problem(_) => {
                // Whatever sessions it has are none that count.
                let lines = units.iter().map(|unit| unit.packed.lines_in_pieces()).sum();
                account.skip(SkipReason::FragmentWithoutSignIn, lines);
            }
        }
    }

    let level = parts.iter().map(|part| part.packed.level()).max().unwrap_or_default();
    let mut target = Target { cube, names, in_cube, cap: Cap::new(limits, level) };
    let mut copies = Copies::default();
    copies.run(&mut parts, &mut accounts, &mut target);
    let Copies { pieces, lost_hubs } = copies;
    let (pieced, lines) = pieces.pack();
    parts.push(Part::of_pieces(lines, &pieced, &mut target.cube));

    let answers = answers(formats, &parts, &facts, &outcomes, &target.names);
    let overlaps = Overlaps::find(&candidates(sources, &outcomes), &parts, &target.names);
    for at in 0..parts.len() {
        if !matches!(parts[at].owner, Owner::Source(source) if overlaps.hold(source)) {
            add_rows(at, &answers, &mut parts, &mut target);
        }
    }
    for (key, counts) in overlaps.rows() {
        target.cap.add_named(
            &mut target.cube,
            key,
            answers.counts_of_row(counts),
            |sym| overlaps.text(sym),
            |cube, sym| cube.intern(overlaps.text(sym)),
        );
        target.relieve(&mut parts);
    }
    join_halves(&mut parts, &lost_hubs, &mut accounts, &mut target);
    // Whatever stands in the parts' rows was added; their names are in use no more.
    drop(parts);
    let refusals = add_facts(&facts, &answers, &mut accounts, &mut target);
    let (cube, level) = target.cap.finish(target.cube);
    let mut evidence = answers.evidence();
    for source in sources {
        evidence.caveats.extend(match (source.wants_period(), source.period) {
            (false, _) => None,
            (true, None) => Some(Caveat::PeriodWanted),
            (true, Some(_)) => Some(Caveat::PeriodTotals),
        });
    }
    if has_estimates {
        evidence.caveats.insert(Caveat::Estimates);
    }

    let overlaps_with = |id: SourceId| {
        overlaps
            .sources
            .iter()
            .map(|&(source, first)| (sources[source].id, sources[first].id))
            .find(|&(source, first)| source == id && first != id)
            .map(|(_, first)| first)
    };
    let summaries = sources.iter().zip(outcomes).zip(accounts.0).map(|((source, outcome), lines)| {
        let overlaps_with = overlaps_with(source.id);
        SourceSummary { overlaps_with, ..summary(source, outcome, lines) }
    });
    let sources = summaries.collect();
    Merged { cube: cube.settled(), level, days_with_logs, refusals, evidence, sources }
}

/// What is told of a file by itself.
fn summary(source: &Source, outcome: SourceOutcome, lines: LineAccount) -> SourceSummary {
    let units = source.content.as_deref().unwrap_or_default();
    let mut refusals = BTreeMap::new();
    for (refusal, lines) in units.iter().flat_map(|unit| &unit.refusals) {
        *refusals.entry(*refusal).or_default() += lines;
    }
    SourceSummary {
        id: source.id,
        name: source.name.clone(),
        bytes: source.bytes,
        wrapping: units.first().map(|unit| unit.wrapping).unwrap_or_default(),
        unpacked_bytes: units.iter().map(|unit| unit.bytes).sum(),
        encoding: units.first().map(|unit| unit.encoding).unwrap_or_default(),
        outcome,
        period_ms: source.period_ms(),
        wants_period: source.wants_period(),
        guessed_day_first: units.first().and_then(|unit| unit.guessed_day_first),
        modified_ms: source.modified_ms,
        overlaps_with: None,
        refusals,
        lines,
    }
}

/// Files whose rows have no identity, nor sessions.
fn candidates(sources: &[Source], outcomes: &[SourceOutcome]) -> Vec<Candidate> {
    sources
        .iter()
        .zip(outcomes)
        .enumerate()
        .filter_map(|(at, (source, outcome))| match outcome {
            SourceOutcome::Loaded(
                format @ (Format::ActivityCsv | Format::MicrosoftReport | Format::OtherCsv),
            ) => Some(Candidate { source: at, format: *format, period_ms: source.period_ms() }),
            _ => None,
        })
        .collect()
}

/// What the sources leave open to each other.
#[inline(never)]
fn answers(
    formats: BTreeSet<Format>,
    parts: &[Part<'_>],
    facts: &[FactsOf<'_>],
    outcomes: &[SourceOutcome],
    names: &Names<'_>,
) -> Answers {
    let format_of = |part: &Part| match part.owner {
        Owner::Source(source) => match outcomes.get(source) {
            Some(SourceOutcome::Loaded(format)) => Some(*format),
            _ => None,
        },
        Owner::Pieces(_) => None,
    };
    let mut without_messages: BTreeSet<Format> =
        formats.iter().copied().filter(|&format| Answers::wants_messages_told(format, &formats)).collect();
    for part in parts {
        if let Some(format) = format_of(part).filter(|format| without_messages.contains(format))
            && part.rows().any(|(_, counts)| !counts.messages.is_zero() && !counts.messages.has_unknown())
        {
            without_messages.remove(&format);
        }
    }
    let mut answers = Answers::new(formats, without_messages.clone());
    if answers.wants_sessions() {
        for part in parts {
            for (id, _) in part.packed.settled() {
                answers.has_session(id);
            }
        }
    }
    if answers.wants_sign_ins() {
        for part in parts.iter().filter(|part| format_of(part).is_some_and(|f| without_messages.contains(&f)))
        {
            let numbers: Vec<Sym> = part.names.numbers().collect();
            for (key, _) in part.rows().filter(|(_, counts)| counts.sessions.known_part() > 0) {
                answers.has_signed_in(names.text(of(&numbers, key.user)));
            }
        }
        for unit in facts.iter().filter(|unit| unit.format == Format::EntraSignIns) {
            let numbers: Vec<Sym> = unit.names.numbers().collect();
            for (_, fact) in unit.facts.facts().filter(|(_, fact)| fact.counts.sessions.known_part() > 0) {
                answers.has_signed_in(names.text(of(&numbers, fact.key.user)));
            }
        }
    }
    answers
}

/// What number a list has for another, the empty name's if it has none.
fn of(numbers: &[Sym], own: Sym) -> Sym {
    numbers.get(own.0 as usize).copied().unwrap_or_default()
}

/// The merged cube, while it grows.
pub(super) struct Target<'a> {
    pub(super) cube: Cube,
    names: Names<'a>,
    in_cube: InCube,
    cap: Cap,
}

impl Target<'_> {
    /// Adds to a key of the cube's own names.
    pub(super) fn add(&mut self, key: Key, counts: Counts) {
        self.cap.add(&mut self.cube, key, counts);
    }

    /// Adds to a key of the files' names.
    fn add_row(&mut self, key: Key, counts: Counts) {
        let Self { cube, names, in_cube, cap } = self;
        cap.add_named(cube, key, counts, |sym| names.text(sym), |cube, sym| in_cube.number(sym, names, cube));
    }

    /// Adds to a key of other names, `text` tells which. No numbers of the cube may be in use.
    fn add_named<'a>(&mut self, key: Key, counts: Counts, text: impl Fn(Sym) -> &'a str) {
        self.cap.add_named(&mut self.cube, key, counts, &text, |cube, own| cube.intern(text(own)));
        if self.cap.relieve(&mut self.cube, std::iter::empty()).is_some() {
            self.in_cube.forget();
        }
    }

    /// Gives up what tells rows apart if there are too many. Then names have new numbers: those of the parts are
    /// renumbered; no others may be in use.
    fn relieve(&mut self, parts: &mut [Part<'_>]) {
        let kept = parts.iter().flat_map(|part| part.syms.iter().copied());
        let Some(moved) = self.cap.relieve(&mut self.cube, kept) else { return };
        for sym in parts.iter_mut().flat_map(|part| &mut part.syms) {
            *sym = moved.name(*sym);
        }
        self.in_cube.forget();
    }
}

/// The account of each source.
struct Accounts(Vec<LineAccount>);

impl Accounts {
    /// Lines that were counted told what other files' lines had told before.
    fn repeated(&mut self, source: usize, lines: u64) {
        self.0[source].move_to(SkipReason::Repeated, lines);
    }

    /// The lines of a session, which were counted, turn out not to count.
    fn take_back(&mut self, owner: &Owner, lines: u32, reason: SkipReason) {
        let mut take_back = |source: usize, lines: u64| {
            self.0[source].counted -= lines;
            self.0[source].skip(reason, lines);
        };
        match owner {
            Owner::Source(source) => take_back(*source, lines.into()),
            Owner::Pieces(of) => of.get(lines).for_each(|(source, lines)| take_back(source, lines)),
        }
    }
}

/// What was read of a unit, in the merge.
struct Part<'a> {
    owner: Owner,
    packed: &'a Packed,
    names: NamesOf<'a>,
    /// Numbers in the merged cube of the strings that settled sessions use.
    syms: Vec<Sym>,
    /// What is to be left out of its rows, by row.
    left_out: Vec<(u32, What)>,
    /// The day of rows that have none.
    day: Option<Day>,
}

/// Whose lines a part's are.
enum Owner {
    /// One source's.
    Source(usize),
    /// Those of sessions in pieces: what stands for a session's number of lines is its number here.
    Pieces(Lines),
}

impl<'a> Part<'a> {
    /// A unit of a source.
    fn of_source(
        source: usize,
        packed: &'a Packed,
        names: &mut Names<'a>,
        in_cube: &mut InCube,
        cube: &mut Cube,
    ) -> Self {
        let of_unit = names.add(packed.strings());
        let settled = of_unit.numbers().take(packed.settled_strings());
        let syms = settled.map(|name| in_cube.number(name, names, cube)).collect();
        Self { owner: Owner::Source(source), packed, names: of_unit, syms, left_out: Vec::new(), day: None }
    }

    /// What was put together of pieces.
    fn of_pieces(lines: Lines, packed: &'a Packed, cube: &mut Cube) -> Self {
        let syms = packed.strings().texts().map(|text| cube.intern(text)).collect();
        // It has no rows, which alone have need of more.
        let names = NamesOf::none(packed.strings());
        Self { owner: Owner::Pieces(lines), packed, names, syms, left_out: Vec::new(), day: None }
    }

    /// Its rows, with the day of those that have none.
    fn rows(&self) -> impl Iterator<Item = (Key, Counts)> + use<'a> {
        let day = self.day;
        self.packed.rows().map(move |(key, counts)| (Key { day: key.day.or(day), ..key }, counts))
    }

    /// The merged cube's number of a string that settled sessions use.
    fn sym(&self, own: Sym) -> Sym {
        of(&self.syms, own)
    }
}

/// Adds the rows of a part without what is to be left out of them.
///
/// Never inlined: code that is inlined into [`merge`], which runs once, never comes to be optimised by the browser.
#[inline(never)]
fn add_rows(at: usize, answers: &Answers, parts: &mut [Part<'_>], target: &mut Target<'_>) {
    let names: Vec<Sym> = parts[at].names.numbers().collect();
    let mut left_out = std::mem::take(&mut parts[at].left_out);
    sort_by_key(&mut left_out, |&(row, _)| row);
    let mut left_out = left_out.into_iter().peekable();
    for (row, (mut key, mut counts)) in (0_u32..).zip(parts[at].rows()) {
        while let Some((_, what)) = left_out.next_if(|(of, _)| *of == row) {
            counts.take_out(&what.counts());
        }
        let counts = answers.counts_of_row(counts);
        if counts.is_zero() {
            continue;
        }
        for sym in key.names_mut() {
            *sym = of(&names, *sym);
        }
        target.add_row(key, counts);
        target.relieve(parts);
    }
}

/// A whole session in one of the parts.
struct Copy<'a> {
    part: usize,
    /// Its server in the merged cube.
    server: Sym,
    session: Session<'a>,
}

/// The sessions of one id. Copies of one session stand together, the longest, and of equals the first, in front.
#[inline(never)]
fn sessions_of<'a>(entries: &[(usize, Entry<'a>)], parts: &[Part<'_>], sessions: &mut Vec<Copy<'a>>) {
    sessions.clear();
    sessions.extend(entries.iter().filter_map(|&(part, entry)| {
        let session = entry.session()?;
        Some(Copy { part, server: parts.get(part)?.sym(session.server), session })
    }));
    if sessions.len() > 1 {
        sort_by_key(sessions, |copy| (copy.server, Reverse(copy.session.lines)));
    }
}
