//! All loaded files, merged.
//!
//! Of each file what its workers read is kept, packed; the merge is made anew when the set of files changes. So a file can be
//! taken out again, and the order of loading makes no difference to what is counted.

use super::answers::Evidence;
use super::cap::{Level, Limits};
use super::cube::Cube;
use super::intern::Interner;
use super::merge::{Refusals, merge};
use super::source::{SourceId, SourceSummary};
use super::unit::UnitResult;
use crate::ingest::microsoft_report::period_in_name;
use crate::ingest::{FileProblem, Format};
use crate::model::Day;
use crate::sort::sort_by_key;
use std::collections::{BTreeMap, BTreeSet};
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
    /// The strings of everything below.
    pool: Interner,
    sources: Vec<Source>,
    staged: Vec<Source>,
    /// Of files that are still being read what was read, by the number of the file and that of the unit.
    reading: BTreeMap<u32, BTreeMap<u32, UnitResult>>,
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

    /// Takes what was read of a unit of a file that is still being read. The file has a number until it is staged, and the
    /// unit one in the file; read again it takes the place of what it was.
    pub fn take(&mut self, file: u32, at: u32, mut unit: UnitResult) {
        unit.pool(&mut self.pool);
        self.reading.entry(file).or_default().insert(at, unit);
    }

    /// Stages a file of which so many units were taken.
    pub fn stage_taken(&mut self, file: u32, name: String, bytes: u64, units: u32) -> SourceId {
        let taken: Vec<UnitResult> = self.reading.remove(&file).unwrap_or_default().into_values().collect();
        if taken.len() == units as usize {
            self.stage(name, bytes, taken)
        } else {
            let message = format!("{} of {units} parts were read", taken.len());
            self.stage_unreadable(name, bytes, message)
        }
    }

    /// Takes what was read of a file, its units in order. It shows after [`commit`](Self::commit).
    pub fn stage(&mut self, name: String, bytes: u64, mut units: Vec<UnitResult>) -> SourceId {
        let problem = units.iter().find_map(|unit| unit.format.as_ref().err().cloned());
        if problem.is_none() {
            for unit in &mut units {
                unit.pool(&mut self.pool);
            }
        }
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

    /// Makes the staged files part of the report. What was taken of files that were not staged is forgotten.
    pub fn commit(&mut self) {
        self.sources.append(&mut self.staged);
        sort_by_key(&mut self.sources, |source| source.id);
        self.merged = None;
        let gone = (mem::take(&mut self.aside), mem::take(&mut self.reading));
        self.forget_names(!(gone.0.is_empty() && gone.1.is_empty()));
    }

    /// Forgets the staged files, and those that are still being read.
    pub fn discard(&mut self) {
        let gone = (mem::take(&mut self.staged), mem::take(&mut self.reading));
        self.forget_names(!(gone.0.is_empty() && gone.1.is_empty()));
    }

    /// When files are gone for good, so are the names that only they had.
    fn forget_names(&mut self, are_gone: bool) {
        if !are_gone {
            return;
        }
        let mut pool = Interner::default();
        let files = [&mut self.sources, &mut self.staged, &mut self.aside].into_iter().flatten();
        let of_files = files.filter_map(|source| source.content.as_mut().ok()).flatten();
        for unit in of_files.chain(self.reading.values_mut().flat_map(BTreeMap::values_mut)) {
            unit.move_to(&mut pool, &self.pool);
        }
        self.pool = pool;
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
        let before = self.sources.len();
        self.sources.retain(|source| source.id != id);
        self.merged = None;
        self.forget_names(self.sources.len() < before);
    }

    /// Takes a file out; [`restore`](Self::restore) brings it back.
    pub fn set_aside(&mut self, id: SourceId) {
        let aside = self.sources.extract_if(.., |source| source.id == id).collect();
        let gone = mem::replace(&mut self.aside, aside);
        self.merged = None;
        self.forget_names(!gone.is_empty());
    }

    /// Takes everything out, and forgets what is staged; [`restore`](Self::restore) brings back what was not.
    pub fn clear(&mut self) {
        self.aside = mem::take(&mut self.sources);
        self.staged.clear();
        self.reading.clear();
        self.merged = None;
        self.forget_names(true);
    }

    /// Brings back what was taken out last, unless files were committed since.
    pub fn restore(&mut self) {
        self.sources.append(&mut self.aside);
        sort_by_key(&mut self.sources, |source| source.id);
        self.merged = None;
    }

    /// Everything loaded, as one.
    pub fn merged(&mut self) -> &Merged {
        let (sources, pool, limits) = (&self.sources, &self.pool, self.limits);
        self.merged.get_or_insert_with(|| merge(sources, pool, limits))
    }

    /// What became of each file, in order of loading.
    pub fn sources(&mut self) -> Vec<SourceSummary> {
        self.merged().sources.clone()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::aggregate::{UnitReader, plan};

    fn read(content: &str) -> UnitResult {
        let unit = plan(content.as_bytes(), content.len() as u64).remove(0);
        let mut reader = UnitReader::new(unit);
        reader.feed(content.as_bytes());
        reader.finish()
    }

    fn csv(user: &str) -> String {
        format!("date,user,sender,messages\n2026-11-02,{user},{user},3\n")
    }

    fn users(workspace: &mut Workspace) -> Vec<String> {
        let cube = &workspace.merged().cube;
        let mut users: Vec<_> =
            cube.rows().map(|(key, counts)| (cube.text(key.user).to_owned(), counts.messages)).collect();
        users.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        users.into_iter().map(|(user, n)| format!("{user} {}", n.known_part())).collect()
    }

    #[test]
    fn names_go_with_the_last_file_that_has_them_and_no_other_is_confused_by_it() {
        let mut workspace = Workspace::default();
        let stage = |workspace: &mut Workspace, user| {
            workspace.stage(format!("{user}.csv"), 1, vec![read(&csv(user))])
        };
        let first = stage(&mut workspace, "gone@contoso.com");
        stage(&mut workspace, "anna@contoso.com");
        let aside = stage(&mut workspace, "bob@contoso.com");
        workspace.commit();
        // One that is being read while others go.
        workspace.take(0, 0, read(&csv("carl@contoso.com")));
        workspace.set_aside(aside);
        workspace.remove(first);
        assert_eq!(users(&mut workspace), ["anna@contoso.com 3"]);
        assert_eq!(workspace.pool.find("gone@contoso.com"), None);
        workspace.restore();
        assert_eq!(users(&mut workspace), ["anna@contoso.com 3", "bob@contoso.com 3"]);
        workspace.stage_taken(0, "carl.csv".to_owned(), 1, 1);
        workspace.set_aside(aside);
        workspace.commit();
        assert_eq!(users(&mut workspace), ["anna@contoso.com 3", "carl@contoso.com 3"]);
        assert_eq!(workspace.pool.find("bob@contoso.com"), None);
        workspace.clear();
        stage(&mut workspace, "dora@contoso.com");
        workspace.commit();
        assert_eq!(users(&mut workspace), ["dora@contoso.com 3"]);
        assert_eq!(workspace.pool.find("anna@contoso.com"), None);
    }

    #[test]
    fn a_unit_that_is_read_again_takes_the_place_of_what_it_was() {
        let mut workspace = Workspace::default();
        workspace.take(0, 0, read(&csv("wrong@contoso.com")));
        workspace.take(0, 0, read(&csv("right@contoso.com")));
        workspace.stage_taken(0, "a.csv".to_owned(), 1, 1);
        workspace.commit();
        assert_eq!(users(&mut workspace), ["right@contoso.com 3"]);
    }

    #[test]
    fn a_file_that_lacks_a_unit_is_refused_as_a_whole() {
        let mut workspace = Workspace::default();
        workspace.take(0, 1, read(&csv("anna@contoso.com")));
        workspace.stage_taken(0, "a.csv".to_owned(), 1, 2);
        workspace.commit();
        let sources = workspace.sources();
        assert!(
            matches!(&sources[0].outcome, super::super::SourceOutcome::Problem(FileProblem::Unreadable(_))),
            "{sources:?}"
        );
        assert_eq!(users(&mut workspace), [""; 0]);
    }
}
