//! All loaded files, merged.
//!
//! Of each file what its workers read is kept, packed; the merge is made anew when the set of files changes. So a file can be
//! taken out again, and the order of loading makes no difference to what is counted.

use super::answers::Evidence;
use super::cap::{Level, Limits};
use super::cube::Cube;
use super::merge::{Refusals, merge};
use super::source::{SourceId, SourceSummary};
use super::unit::UnitResult;
use crate::ingest::microsoft_report::period_in_name;
use crate::ingest::{FileProblem, Format};
use crate::model::Day;
use crate::sort::sort_by_key;
use std::collections::BTreeSet;
use std::mem;

/// A file.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) id: SourceId,
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) content: Result<Vec<UnitResult>, FileProblem>,
    /// The first and the last of the days that a report without dates is of.
    pub(super) period: Option<(Day, Day)>,
    pub(super) modified_ms: Option<i64>,
}

impl Source {
    /// Whether it tells no days, so that somebody has to say of which it is.
    pub(super) fn wants_period(&self) -> bool {
        self.content.as_ref().is_ok_and(|units| {
            let is_report = units.first().is_some_and(|unit| unit.format == Ok(Format::MicrosoftReport));
            is_report && units.iter().all(|unit| unit.period_ms.is_none())
        })
    }

    /// First and last instant (Unix milliseconds, UTC), read or told.
    pub(super) fn period_ms(&self) -> Option<(i64, i64)> {
        let units = self.content.as_deref().unwrap_or_default();
        let read = units.iter().filter_map(|unit| unit.period_ms);
        let told = self.period.map(|(first, last)| (first.start_ms(), last.plus(1).start_ms() - 1));
        read.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).or(told)
    }
}

/// All loaded files, and those of a drop that is still being read.
#[derive(Debug, Default)]
pub struct Workspace {
    limits: Limits,
    next_id: u32,
    sources: Vec<Source>,
    staged: Vec<Source>,
    /// What was taken out last, and may come back.
    aside: Vec<Source>,
    merged: Option<Merged>,
}

/// Everything loaded, as one.
#[derive(Debug, Default)]
pub struct Merged {
    /// What was counted.
    pub cube: Cube,
    /// How much was given up of what tells its rows apart.
    pub level: Level,
    /// Days that have log lines, whether or not something on them counts.
    pub days_with_logs: BTreeSet<Day>,
    /// How often each user was refused, and why, as far as sources say.
    pub refusals: Refusals,
    /// Which formats the figures come from.
    pub evidence: Evidence,
    pub(super) sources: Vec<SourceSummary>,
}

impl Workspace {
    /// With other limits to what is told apart.
    pub fn with_limits(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

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
        let mut source = Source { id, name, bytes, content, period: None, modified_ms: None };
        if source.wants_period() {
            source.period = period_in_name(&source.name);
        }
        self.staged.push(source);
        id
    }

    /// Notes when a staged file was last changed (Unix milliseconds).
    pub fn note_modified(&mut self, id: SourceId, modified_ms: Option<i64>) {
        if let Some(source) = self.staged.iter_mut().find(|source| source.id == id) {
            source.modified_ms = modified_ms;
        }
    }

    /// Makes the staged files part of the report.
    pub fn commit(&mut self) {
        self.sources.append(&mut self.staged);
        sort_by_key(&mut self.sources, |source| source.id);
        self.aside.clear();
        self.merged = None;
    }

    /// Forgets the staged files.
    pub fn discard(&mut self) {
        self.staged.clear();
    }

    /// Says which days a report without dates is of, its first and its last; `None` takes that back.
    pub fn set_period(&mut self, id: SourceId, period: Option<(Day, Day)>) {
        if let Some(source) = self.sources.iter_mut().find(|source| source.id == id) {
            source.period = period.filter(|_| source.wants_period());
            self.merged = None;
        }
    }

    /// Takes a file out for good.
    pub fn remove(&mut self, id: SourceId) {
        self.sources.retain(|source| source.id != id);
        self.merged = None;
    }

    /// Takes a file out; [`restore`](Self::restore) brings it back.
    pub fn set_aside(&mut self, id: SourceId) {
        self.aside = self.sources.extract_if(.., |source| source.id == id).collect();
        self.merged = None;
    }

    /// Takes everything out, and forgets what is staged; [`restore`](Self::restore) brings back what was not.
    pub fn clear(&mut self) {
        let aside = mem::take(&mut self.sources);
        *self = Self { next_id: self.next_id, limits: self.limits, aside, ..Self::default() };
    }

    /// Brings back what was taken out last, unless files were committed since.
    pub fn restore(&mut self) {
        self.sources.append(&mut self.aside);
        sort_by_key(&mut self.sources, |source| source.id);
        self.merged = None;
    }

    /// Everything loaded, as one.
    pub fn merged(&mut self) -> &Merged {
        let (sources, limits) = (&self.sources, self.limits);
        self.merged.get_or_insert_with(|| merge(sources, limits))
    }

    /// What became of each file, in order of loading.
    pub fn sources(&mut self) -> Vec<SourceSummary> {
        self.merged().sources.clone()
    }
}
