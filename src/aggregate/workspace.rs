//! Stub of the lead's file.
use super::{Cube, SourceId, SourceSummary};
use crate::aggregate::source::SourceOutcome;
use crate::ingest::{FileProblem, Format, LineAccount, UnitResult};
use crate::model::Day;
use std::collections::BTreeSet;

/// What is loaded.
#[derive(Default)]
pub struct Workspace {
    next: u32,
    staged: Vec<SourceSummary>,
    loaded: Vec<SourceSummary>,
    merged: Merged,
}

/// All of it merged.
#[derive(Default)]
pub struct Merged {
    /// Counts.
    pub cube: Cube,
    /// Days.
    pub days_with_logs: BTreeSet<Day>,
}

impl Workspace {
    fn put(&mut self, name: String, bytes: u64, outcome: SourceOutcome, read: u64) -> SourceId {
        let id = SourceId(self.next);
        self.next += 1;
        let lines = LineAccount { read, counted: read, ..LineAccount::default() };
        self.staged.push(SourceSummary { id, name, bytes, outcome, period_ms: None, lines });
        id
    }
    /// A read file, not yet visible.
    pub fn stage(&mut self, name: String, bytes: u64, units: Vec<UnitResult>) -> SourceId {
        let lines = units.iter().map(UnitResult::lines).sum();
        self.put(name, bytes, SourceOutcome::Loaded(Format::ExchangeReceive), lines)
    }
    /// A file that could not be read.
    pub fn stage_unreadable(&mut self, name: String, bytes: u64, message: String) -> SourceId {
        self.put(name, bytes, SourceOutcome::Problem(FileProblem::Unreadable(message)), 0)
    }
    /// The staged files become visible.
    pub fn commit(&mut self) {
        self.loaded.append(&mut self.staged);
    }
    /// The staged files are forgotten.
    pub fn discard(&mut self) {
        self.staged.clear();
    }
    /// Takes a file out.
    pub fn remove(&mut self, id: SourceId) {
        self.loaded.retain(|source| source.id != id);
    }
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.staged.clear();
        self.loaded.clear();
    }
    /// The files.
    pub fn sources(&self) -> Vec<SourceSummary> {
        self.loaded.clone()
    }
    /// All merged.
    pub fn merged(&mut self) -> &Merged {
        &self.merged
    }
}
