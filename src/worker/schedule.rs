//! Which unit of a drop goes to which worker, and when a file is complete. Pure; the doing is in `loader`.

use super::messages::{Gist, JobId};
use crate::aggregate::{Seam, Totals, Unit};
use std::collections::{BTreeMap, VecDeque};

/// So many units are kept ready or in planning before workers ask for them, so that no worker waits for the
/// head of the next file to be read.
const PLAN_AHEAD: usize = 16;
/// A worker may have so many bytes, but for the unit it reads, whatever else there is to do: the reading of them takes
/// about as long as the way from the page to a worker and back, so that no other worker can miss them.
const SMALL_BYTES: u64 = 1024 * 1024;

/// Names a parser worker. Never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkerId(pub u32);

/// Where the next unit is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// By this worker.
    Worker(WorkerId),
    /// By one more worker.
    NewWorker,
}

/// A unit on its way to a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job<U> {
    /// Under which name to report.
    pub id: JobId,
    /// Index of the file in the drop.
    pub file: usize,
    /// What to read.
    pub unit: U,
    /// Whether the page is to read it for the worker.
    pub by_page: bool,
}

/// A file that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complete {
    /// Index of the file in the drop.
    pub file: usize,
    /// How many units it has, or why it could not be read.
    pub outcome: Result<u32, String>,
}

/// What is handed out: a [`Unit`], but for tests.
pub trait Reading: Clone {
    /// See [`Unit::to_read_again`].
    #[must_use]
    fn to_read_again(&self, began: &Seam, previous: &Seam) -> Option<Self>;
}

impl Reading for Unit {
    fn to_read_again(&self, began: &Seam, previous: &Seam) -> Option<Self> {
        self.to_read_again(began, previous)
    }
}

/// The reading of one drop. `U` is a unit.
#[derive(Debug)]
pub struct Schedule<U> {
    files: Vec<FileState<U>>,
    /// The files in the order in which they are handed on. An archive is none of them any more, once its files are known.
    order: Vec<usize>,
    /// Files whose heads were not asked for yet.
    to_plan: VecDeque<usize>,
    /// How many heads are being read.
    planning: usize,
    /// Units to be read, in order of file and place.
    ready: VecDeque<Ready<U>>,
    /// Units being read, in order of assignment: a worker reads its own in that order.
    running: BTreeMap<JobId, Running<U>>,
    next_job: u32,
    /// The place in the order of the first file that was not handed on yet.
    next_to_hand_on: usize,
}

#[derive(Debug)]
struct FileState<U> {
    bytes: u64,
    /// Of its units that were read.
    bytes_done: u64,
    /// Of all of it, when it is complete; nothing if it is given up.
    totals: Totals,
    progress: FileProgress<U>,
}

#[derive(Debug)]
enum FileProgress<U> {
    Waiting,
    Reading {
        units: Vec<Option<Done<U>>>,
        /// So many, from the first one on, go on where the one before ends.
        joined: usize,
    },
    Complete(Result<u32, String>),
    HandedOn,
}

#[derive(Debug)]
struct Ready<U> {
    file: usize,
    index: usize,
    bytes: u64,
    unit: U,
    /// For the second time.
    again: bool,
    /// The worker could not read it by itself.
    by_page: bool,
}

/// A unit that was read.
#[derive(Debug)]
struct Done<U> {
    ready: Ready<U>,
    gist: Gist,
}

#[derive(Debug)]
struct Running<U> {
    worker: WorkerId,
    bytes_done: u64,
    totals: Totals,
    ready: Ready<U>,
}

/// What a worker has to read.
#[derive(Debug, Default)]
struct Load {
    /// So many units.
    units: usize,
    /// Bytes of them not read yet.
    left: u64,
    /// Bytes of those that wait behind the first.
    ahead: u64,
}

impl Load {
    fn add<U>(&mut self, running: &Running<U>) {
        if self.units > 0 {
            self.ahead += running.ready.bytes;
        }
        self.units += 1;
        self.left += running.ready.bytes - running.bytes_done;
    }
}

impl<U: Reading> Schedule<U> {
    /// For files of these sizes, in this order.
    ///
    /// `first_job` must lie above every [`JobId`] of earlier drops; [`next_job`](Self::next_job) tells it.
    pub fn new(sizes: impl IntoIterator<Item = u64>, first_job: u32) -> Self {
        let files: Vec<_> = sizes.into_iter().map(FileState::new).collect();
        Self {
            order: (0..files.len()).collect(),
            to_plan: (0..files.len()).collect(),
            files,
            planning: 0,
            ready: VecDeque::new(),
            running: BTreeMap::new(),
            next_job: first_job,
            next_to_hand_on: 0,
        }
    }

    /// The number the next job will have.
    pub fn next_job(&self) -> u32 {
        self.next_job
    }

    /// The next file whose head should be read now, if any. Each is named once.
    pub fn start_planning(&mut self) -> Option<usize> {
        if self.planning + self.ready.len() >= PLAN_AHEAD {
            return None;
        }
        let file = self.to_plan.pop_front()?;
        self.planning += 1;
        Some(file)
    }

    /// A file turned out to be an archive of files of these sizes. They take its place, and are planned next. Their indexes
    /// follow on those of all files so far.
    pub fn expanded(&mut self, file: usize, sizes: impl IntoIterator<Item = u64>) {
        self.planning = self.planning.saturating_sub(1);
        let Some(archive) = self.files.get_mut(file) else { return };
        *archive = FileState { progress: FileProgress::HandedOn, ..FileState::new(0) };
        let first = self.files.len();
        self.files.extend(sizes.into_iter().map(FileState::new));
        let entries = first..self.files.len();
        for entry in entries.clone().rev() {
            self.to_plan.push_front(entry);
        }
        if let Some(place) = self.order.iter().position(|&other| other == file) {
            let behind = self.order.split_off(place);
            self.order.extend(entries);
            self.order.extend(behind.into_iter().skip(1));
        }
    }

    /// The head of a file was read; these are its units with their sizes.
    pub fn planned(&mut self, file: usize, units: Vec<(U, u64)>) {
        self.planning = self.planning.saturating_sub(1);
        let Some(state) = self.files.get_mut(file) else { return };
        if units.is_empty() {
            state.progress = FileProgress::Complete(Ok(0));
            return;
        }
        state.progress = FileProgress::Reading { units: units.iter().map(|_| None).collect(), joined: 0 };
        // Heads come back in any order; the units are read in the order of the files.
        let at = self.ready.partition_point(|ready| ready.file < file);
        let behind = self.ready.split_off(at);
        let units = units.into_iter().enumerate();
        self.ready.extend(units.map(|(index, (unit, bytes))| Ready {
            file,
            index,
            bytes,
            unit,
            again: false,
            by_page: false,
        }));
        self.ready.extend(behind);
    }

    /// The head of a file could not be read.
    pub fn not_planned(&mut self, file: usize, message: String) {
        self.planning = self.planning.saturating_sub(1);
        self.fail(file, message);
    }

    /// Who should read the next unit: an idle worker, else one more of at most `max_workers`, else one that still reads
    /// another, so that it need not wait for the page when it is done. `None`: nobody now.
    ///
    /// A worker is given a unit ahead if what waits behind it keeps the others busy for as long as the worker has to
    /// read; else it might be the last unit, and wait here while another worker is idle. Workers are taken to be
    /// equally fast.
    pub fn place(&self, workers: impl IntoIterator<Item = WorkerId>, max_workers: usize) -> Option<Place> {
        let next = self.ready.front()?;
        let mut loads: BTreeMap<WorkerId, Load> =
            workers.into_iter().map(|worker| (worker, Load::default())).collect();
        for running in self.running.values() {
            if let Some(load) = loads.get_mut(&running.worker) {
                load.add(running);
            }
        }
        if let Some((&idle, _)) = loads.iter().find(|(_, load)| load.units == 0) {
            return Some(Place::Worker(idle));
        }
        if loads.len() < max_workers {
            return Some(Place::NewWorker);
        }
        let others = loads.len() as u64 - 1;
        let (&worker, load) = loads.iter().min_by_key(|(_, load)| (load.units, load.left))?;
        let behind: u64 = self.ready.iter().skip(1).map(|ready| ready.bytes).sum();
        let is_small = load.ahead + next.bytes <= SMALL_BYTES && load.units < PLAN_AHEAD;
        let keeps_all_busy = load.units == 1 && load.left.saturating_mul(others) <= behind;
        (is_small || keeps_all_busy).then_some(Place::Worker(worker))
    }

    /// Hands the next unit to a worker.
    pub fn start(&mut self, worker: WorkerId) -> Option<Job<U>> {
        let ready = self.ready.pop_front()?;
        let id = JobId(self.next_job);
        self.next_job += 1;
        let job = Job { id, file: ready.file, unit: ready.unit.clone(), by_page: ready.by_page };
        self.running.insert(id, Running { worker, bytes_done: 0, totals: Totals::default(), ready });
        Some(job)
    }

    /// A worker tells how far it is, and what it counted so far.
    pub fn progress(&mut self, job: JobId, bytes: u64, totals: Totals) {
        if let Some(running) = self.running.get_mut(&job) {
            running.bytes_done = bytes.min(running.ready.bytes);
            running.totals = totals;
        }
    }

    /// A unit was read. If it turns out that it did not begin where the unit before it ends, it is read again. Returns which
    /// file of the drop it is of, and which unit of the file it is, if it is wanted.
    pub fn done(&mut self, job: JobId, gist: Gist) -> Option<(u32, u32)> {
        let Running { ready, .. } = self.running.remove(&job)?;
        let state = self.files.get_mut(ready.file)?;
        let FileProgress::Reading { units, .. } = &mut state.progress else { return None };
        let unit = units.get_mut(ready.index).filter(|unit| unit.is_none())?;
        let read = (u32::try_from(ready.file).ok()?, u32::try_from(ready.index).ok()?);
        state.bytes_done += ready.bytes;
        *unit = Some(Done { ready, gist });
        if let Some(again) = state.join() {
            self.put_back(again);
        }
        Some(read)
    }

    /// Lets a unit be read once more, or by another worker.
    fn put_back(&mut self, ready: Ready<U>) {
        let place = (ready.file, ready.index);
        let at = self.ready.partition_point(|other| (other.file, other.index) < place);
        self.ready.insert(at, ready);
    }

    /// A worker could not read a unit: the page is to read it for one, if it was not that already. Returns whether it is.
    pub fn let_page_read(&mut self, job: JobId) -> bool {
        let Some(running) = self.running.get(&job).filter(|running| !running.ready.by_page) else {
            return false;
        };
        let is_wanted = matches!(self.files[running.ready.file].progress, FileProgress::Reading { .. });
        if let Some(running) = self.running.remove(&job).filter(|_| is_wanted) {
            self.put_back(Ready { by_page: true, ..running.ready });
        }
        is_wanted
    }

    /// Whether the page reads this unit for its worker.
    pub fn is_by_page(&self, job: JobId) -> bool {
        self.running.get(&job).is_some_and(|running| running.ready.by_page)
    }

    /// The browser would not read a unit: its file is given up, and nothing else.
    pub fn unreadable(&mut self, job: JobId, message: String) {
        if let Some(running) = self.running.remove(&job) {
            self.fail(running.ready.file, message);
        }
    }

    /// A worker died. The file it was reading is given up; what else it was given is read by another.
    pub fn crashed(&mut self, worker: WorkerId, message: &str) {
        let jobs: Vec<JobId> = self
            .running
            .iter()
            .filter(|(_, running)| running.worker == worker)
            .map(|(&job, _)| job)
            .collect();
        let mut jobs = jobs.into_iter();
        if let Some(reading) = jobs.next() {
            self.unreadable(reading, message.to_owned());
        }
        let waiting: Vec<Ready<U>> =
            jobs.filter_map(|job| self.running.remove(&job)).map(|running| running.ready).collect();
        for ready in waiting {
            if matches!(self.files[ready.file].progress, FileProgress::Reading { .. }) {
                self.put_back(ready);
            }
        }
    }

    /// The next complete file, in the order of the drop. Each is handed on once.
    pub fn hand_on(&mut self) -> Option<Complete> {
        let file = *self.order.get(self.next_to_hand_on)?;
        let progress = &mut self.files.get_mut(file)?.progress;
        match std::mem::replace(progress, FileProgress::HandedOn) {
            FileProgress::Complete(outcome) => {
                self.next_to_hand_on += 1;
                Some(Complete { file, outcome })
            }
            other => {
                *progress = other;
                None
            }
        }
    }

    /// Whether every file was handed on.
    pub fn is_finished(&self) -> bool {
        self.next_to_hand_on == self.order.len()
    }

    /// Bytes read and bytes in all.
    pub fn bytes(&self) -> (u64, u64) {
        let running: u64 = self.running.values().map(|running| running.bytes_done).sum();
        let done: u64 = self.files.iter().map(|file| file.bytes_done).sum();
        let total = self.files.iter().map(|file| file.bytes).sum();
        ((done + running).min(total), total)
    }

    /// Files complete and files in all.
    pub fn files(&self) -> (u64, u64) {
        let complete = |file: &&FileState<U>| {
            matches!(file.progress, FileProgress::Complete(_) | FileProgress::HandedOn)
        };
        let files = self.order.iter().filter_map(|&file| self.files.get(file));
        (files.filter(complete).count() as u64, self.order.len() as u64)
    }

    /// What was counted so far, in files that are read to the end and in those that are being read.
    pub fn totals(&self) -> Totals {
        let mut sum = Totals::default();
        for file in &self.files {
            sum += file.totals;
            if let FileProgress::Reading { units, .. } = &file.progress {
                units.iter().flatten().for_each(|done| sum += done.gist.totals);
            }
        }
        for running in self.running.values() {
            if matches!(self.files[running.ready.file].progress, FileProgress::Reading { .. }) {
                sum += running.totals;
            }
        }
        sum
    }

    /// Gives a file up. Of its units those that wait are dropped, and those under way come to nothing.
    fn fail(&mut self, file: usize, message: String) {
        self.ready.retain(|ready| ready.file != file);
        let Some(state) = self.files.get_mut(file) else { return };
        if matches!(state.progress, FileProgress::Waiting | FileProgress::Reading { .. }) {
            state.bytes_done = state.bytes;
            state.progress = FileProgress::Complete(Err(message));
        }
    }
}

impl<U: Reading> FileState<U> {
    fn new(bytes: u64) -> Self {
        Self { bytes, bytes_done: 0, totals: Totals::default(), progress: FileProgress::Waiting }
    }

    /// Goes on along the units that were read, and completes the file with the last one. Takes out the first one that
    /// must be read again, if there is one.
    fn join(&mut self) -> Option<Ready<U>> {
        let FileProgress::Reading { units, joined } = &mut self.progress else { return None };
        while let Some(Some(done)) = units.get(*joined) {
            let previous = joined.checked_sub(1).and_then(|at| units.get(at)?.as_ref());
            if let Some(previous) = previous
                && !done.ready.again
                && let Some(unit) = done.ready.unit.to_read_again(&done.gist.begins, &previous.gist.ends)
            {
                let ready = units.get_mut(*joined)?.take()?.ready;
                self.bytes_done -= ready.bytes;
                return Some(Ready { unit, again: true, ..ready });
            }
            *joined += 1;
        }
        if *joined == units.len() {
            let mut read = 0;
            for done in units.drain(..).flatten() {
                self.totals += done.gist.totals;
                read += 1;
            }
            self.progress = FileProgress::Complete(Ok(read));
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const MIB: u64 = 1024 * 1024;
    const A: WorkerId = WorkerId(0);
    const B: WorkerId = WorkerId(1);

    fn lines(lines: u64) -> Totals {
        Totals { lines, ..Totals::default() }
    }

    fn gist(lines_read: u64) -> Gist {
        Gist { totals: lines(lines_read), ..Gist::default() }
    }

    fn seams(begins: u64, ends: u64) -> Gist {
        let at = |offset| Seam { offset, columns: None };
        Gist { begins: at(begins), ends: at(ends), totals: lines(1) }
    }

    impl Reading for &'static str {
        fn to_read_again(&self, began: &Seam, previous: &Seam) -> Option<Self> {
            (began != previous).then_some("again")
        }
    }

    /// Units are named by a letter for the file and a number for the place.
    fn schedule(sizes: &[u64]) -> Schedule<&'static str> {
        Schedule::new(sizes.iter().copied(), 0)
    }

    #[test]
    fn files_are_planned_ahead_but_not_all_at_once() {
        let mut all = schedule(&[1; 40]);
        let asked: Vec<usize> = std::iter::from_fn(|| all.start_planning()).collect();
        assert_eq!(asked, (0..16).collect::<Vec<_>>());
        all.planned(0, vec![("a0", 1)]);
        assert_eq!(all.start_planning(), None, "its unit is still waiting");
        all.start(A).unwrap();
        assert_eq!(all.start_planning(), Some(16));
        assert_eq!(all.start_planning(), None);
    }

    #[test]
    fn units_are_read_in_file_order_whatever_order_the_heads_come_in() {
        let mut all = schedule(&[1, 2, 1]);
        while all.start_planning().is_some() {}
        all.planned(2, vec![("c0", 1)]);
        all.planned(0, vec![("a0", 1)]);
        all.planned(1, vec![("b0", 1), ("b1", 1)]);
        let order: Vec<&str> = std::iter::from_fn(|| all.start(A)).map(|job| job.unit).collect();
        assert_eq!(order, ["a0", "b0", "b1", "c0"]);
    }

    /// A drop of one file, cut into units of these sizes.
    fn cut(units: &[u64]) -> Schedule<&'static str> {
        let mut all = Schedule::new([units.iter().sum()], 0);
        all.start_planning().unwrap();
        all.planned(0, units.iter().map(|&bytes| ("a", bytes)).collect());
        all
    }

    #[test]
    fn a_unit_goes_to_an_idle_worker_then_to_a_new_one() {
        let mut all = cut(&[64 * MIB, 64 * MIB, 64 * MIB]);
        assert_eq!(all.place([], 2), Some(Place::NewWorker));
        assert_eq!(all.place([A, B], 2), Some(Place::Worker(A)));
        all.start(A).unwrap();
        assert_eq!(all.place([A, B], 2), Some(Place::Worker(B)));
        assert_eq!(all.place([A], 2), Some(Place::NewWorker));
        all.start(B).unwrap();
        assert_eq!(all.place([A, B], 2), None, "it is for whoever is done first");
        all.done(JobId(1), gist(1));
        assert_eq!(all.place([A, B], 2), Some(Place::Worker(B)));
        all.start(B).unwrap();
        assert_eq!(all.place([A, B], 2), None, "nothing is left");
    }

    #[test]
    fn a_unit_is_given_ahead_as_long_as_the_others_have_enough_without_it() {
        let mut all = cut(&[10 * MIB; 6]);
        all.start(A).unwrap();
        all.start(B).unwrap();
        // Four are left, three behind the next one.
        assert_eq!(all.place([A, B], 2), Some(Place::Worker(A)));
        all.start(A).unwrap();
        assert_eq!(all.place([A, B], 2), Some(Place::Worker(B)));
        all.start(B).unwrap();
        assert_eq!(all.place([A, B], 2), None, "one ahead is enough");
        all.done(JobId(0), gist(1));
        assert_eq!(all.place([A, B], 2), Some(Place::Worker(A)), "B can read the last one");
        all.start(A).unwrap();
        all.done(JobId(1), gist(1));
        assert_eq!(all.place([A, B], 2), None, "the last one is for whoever is done first");
        // 9.5 of 10 are read, but there is nothing for B to do meanwhile.
        all.progress(JobId(3), 19 * MIB / 2, lines(0));
        assert_eq!(all.place([A, B], 2), None);
    }

    #[test]
    fn what_a_worker_has_read_already_keeps_nobody_waiting() {
        let mut all = cut(&[64 * MIB, 64 * MIB, 64 * MIB, 10 * MIB]);
        all.start(A).unwrap();
        all.start(B).unwrap();
        assert_eq!(all.place([A, B], 2), None, "B would have read the 10 before A has read its 64");
        all.progress(JobId(1), 53 * MIB, lines(0));
        assert_eq!(all.place([A, B], 2), None, "11 to go");
        all.progress(JobId(1), 54 * MIB, lines(0));
        assert_eq!(all.place([A, B], 2), Some(Place::Worker(B)));
        assert_eq!(all.place([A, B, WorkerId(2)], 3), Some(Place::Worker(WorkerId(2))), "none is idle");
    }

    #[test]
    fn a_single_worker_always_has_one_ahead() {
        let mut all = cut(&[64 * MIB, 64 * MIB, 64 * MIB]);
        all.start(A).unwrap();
        assert_eq!(all.place([A], 1), Some(Place::Worker(A)));
        all.start(A).unwrap();
        assert_eq!(all.place([A], 1), None);
    }

    #[test]
    fn small_units_are_given_ahead_to_the_last_up_to_a_mebibyte() {
        let mut all = cut(&[64 * MIB, MIB / 2, MIB / 2, 1]);
        all.start(A).unwrap();
        assert_eq!(all.place([A], 2), Some(Place::NewWorker));
        assert_eq!(all.place([A, B], 2), Some(Place::Worker(B)), "B is idle");
        for _ in 0..2 {
            assert_eq!(all.place([A], 1), Some(Place::Worker(A)));
            all.start(A).unwrap();
        }
        assert_eq!(all.place([A], 1), None, "a mebibyte lies ahead");
        assert_eq!(all.place([A, B], 2), Some(Place::Worker(B)));

        let mut tiny = cut(&[1; 100]);
        while tiny.place([A], 1).is_some() {
            tiny.start(A).unwrap();
        }
        assert_eq!(tiny.running.len(), PLAN_AHEAD, "however small");
    }

    #[test]
    fn a_file_is_complete_with_its_last_unit_and_files_are_handed_on_in_order() {
        let mut all = schedule(&[10, 3]);
        while all.start_planning().is_some() {}
        all.planned(0, vec![("a0", 4), ("a1", 6)]);
        all.planned(1, vec![("b0", 3)]);
        let jobs: Vec<JobId> = std::iter::from_fn(|| all.start(A)).map(|job| job.id).collect();
        assert_eq!(all.bytes(), (0, 13));
        all.progress(jobs[0], 3, lines(0));
        all.progress(jobs[1], 9, lines(0));
        assert_eq!(all.bytes(), (9, 13), "reading past the end of a unit is not progress");
        assert_eq!(all.done(jobs[2], gist(30)), Some((1, 0)));
        assert_eq!(all.hand_on(), None, "the first file comes first");
        assert_eq!(all.files(), (1, 2));
        assert_eq!(all.done(jobs[1], gist(20)), Some((0, 1)));
        assert_eq!(all.hand_on(), None);
        assert_eq!(all.done(jobs[1], gist(20)), None, "it was told before");
        assert_eq!(all.done(jobs[0], gist(10)), Some((0, 0)));
        assert_eq!(all.hand_on(), Some(Complete { file: 0, outcome: Ok(2) }));
        assert!(!all.is_finished());
        assert_eq!(all.hand_on(), Some(Complete { file: 1, outcome: Ok(1) }));
        assert!(all.is_finished());
        assert_eq!(all.hand_on(), None);
        assert_eq!((all.bytes(), all.files(), all.totals()), ((13, 13), (2, 2), lines(60)));
    }

    #[test]
    fn what_was_counted_is_that_of_units_read_and_of_units_being_read_but_not_of_files_given_up() {
        let mut all = schedule(&[5, 9, 1]);
        while all.start_planning().is_some() {}
        all.planned(0, vec![("a0", 5)]);
        all.planned(1, vec![("b0", 3), ("b1", 3), ("b2", 3)]);
        let jobs: Vec<JobId> = std::iter::from_fn(|| all.start(A)).map(|job| job.id).collect();
        all.progress(jobs[0], 1, lines(1));
        all.progress(jobs[1], 1, lines(10));
        all.progress(jobs[2], 1, lines(100));
        assert_eq!(all.totals(), lines(111));
        all.progress(jobs[1], 2, lines(20));
        assert_eq!(all.totals(), lines(121), "each step tells the whole");
        all.done(jobs[0], gist(5));
        all.done(jobs[1], gist(30));
        assert_eq!(all.totals(), lines(135));
        all.unreadable(jobs[3], "changed".to_owned());
        assert_eq!(all.totals(), lines(5));
        all.progress(jobs[2], 2, lines(200));
        assert_eq!(all.done(jobs[2], gist(300)), None, "nobody wants it any more");
        assert_eq!(all.totals(), lines(5));
    }

    #[test]
    fn a_file_that_cannot_be_read_takes_nothing_with_it() {
        let mut all = schedule(&[5, 9, 1]);
        while all.start_planning().is_some() {}
        all.not_planned(0, "gone".to_owned());
        all.planned(1, vec![("b0", 3), ("b1", 3), ("b2", 3)]);
        all.planned(2, vec![("c0", 1)]);
        let b0 = all.start(A).unwrap().id;
        let b1 = all.start(B).unwrap().id;
        all.unreadable(b0, "changed".to_owned());
        all.done(b1, gist(1));
        let c0 = all.start(A).unwrap();
        assert_eq!(c0.unit, "c0", "the rest of the file is not read");
        all.done(c0.id, gist(1));
        let outcomes: Vec<_> =
            std::iter::from_fn(|| all.hand_on()).map(|complete| complete.outcome).collect();
        assert_eq!(outcomes, [Err("gone".to_owned()), Err("changed".to_owned()), Ok(1)]);
        assert!(all.is_finished());
        assert_eq!(all.bytes(), (15, 15));
    }

    #[test]
    fn what_a_worker_cannot_read_the_page_reads_for_it_once() {
        let mut all = cut(&[3, 3]);
        let first = all.start(A).unwrap();
        assert!(!first.by_page && !all.is_by_page(first.id));
        assert!(all.let_page_read(first.id));
        let again = all.start(B).unwrap();
        assert!(again.by_page && all.is_by_page(again.id) && again.id > first.id);
        assert!(!all.let_page_read(first.id), "a late word");
        assert!(!all.let_page_read(again.id), "it could not either");
        all.unreadable(again.id, "gone".to_owned());
        assert_eq!(all.hand_on(), Some(Complete { file: 0, outcome: Err("gone".to_owned()) }));
        assert!(all.is_finished());
    }

    #[test]
    fn when_a_worker_dies_only_the_file_it_was_reading_is_given_up() {
        let mut all = schedule(&[1, 1, 1]);
        while all.start_planning().is_some() {}
        for (file, unit) in ["a0", "b0", "c0"].into_iter().enumerate() {
            all.planned(file, vec![(unit, 1)]);
        }
        all.start(A).unwrap();
        all.start(A).unwrap();
        all.crashed(A, "out of memory");
        let next: Vec<Job<&str>> = std::iter::from_fn(|| all.start(B)).collect();
        assert_eq!(next.iter().map(|job| job.unit).collect::<Vec<_>>(), ["b0", "c0"]);
        assert!(next[0].id > JobId(1), "a late word of the dead worker must not count");
        all.done(next[0].id, gist(1));
        all.done(next[1].id, gist(1));
        let outcomes: Vec<_> =
            std::iter::from_fn(|| all.hand_on()).map(|complete| complete.outcome).collect();
        assert_eq!(outcomes, [Err("out of memory".to_owned()), Ok(1), Ok(1)]);
    }

    #[test]
    fn a_unit_that_did_not_begin_where_the_one_before_it_ends_is_read_again_once() {
        let mut all = schedule(&[50, 1]);
        while all.start_planning().is_some() {}
        all.planned(0, vec![("a0", 10), ("a1", 10), ("a2", 10), ("a3", 10), ("a4", 10)]);
        all.planned(1, vec![("b0", 1)]);
        let jobs: Vec<JobId> = (0..5).map(|_| all.start(A).unwrap().id).collect();
        // Nobody knows yet where a0 ends.
        all.done(jobs[1], seams(10, 21));
        all.done(jobs[2], seams(21, 30));
        assert_eq!((all.bytes(), all.totals()), ((20, 51), lines(2)));
        all.done(jobs[0], seams(0, 13));
        assert_eq!((all.bytes(), all.totals()), ((20, 51), lines(2)), "what was read of a1 does not count");
        assert_eq!(all.hand_on(), None);
        let again = all.start(B).unwrap();
        assert_eq!((again.file, again.unit), (0, "again"), "before b0");
        // Read from 13 on it ends elsewhere, so a2 must be read again too.
        assert_eq!(all.done(again.id, seams(13, 24)), Some((0, 1)), "in the place of the first");
        let again = all.start(B).unwrap();
        assert_eq!(again.unit, "again");
        all.done(jobs[4], seams(40, 50));
        all.done(jobs[3], seams(30, 40));
        assert_eq!(all.hand_on(), None);
        // It should now begin at 24. If not, it does not go round in circles.
        all.done(again.id, seams(25, 30));
        assert_eq!(all.hand_on(), Some(Complete { file: 0, outcome: Ok(5) }));
        assert_eq!((all.bytes(), all.totals()), ((50, 51), lines(5)));
        assert_eq!(all.start(A).unwrap().unit, "b0");
    }

    #[test]
    fn the_files_of_an_archive_take_its_place() {
        let mut all = schedule(&[1, 100, 1]);
        assert_eq!(all.start_planning(), Some(0));
        assert_eq!(all.start_planning(), Some(1));
        all.expanded(1, [30, 40]);
        assert_eq!((all.bytes(), all.files()), ((0, 72), (0, 4)));
        let asked: Vec<usize> = std::iter::from_fn(|| all.start_planning()).collect();
        assert_eq!(asked, [3, 4, 2], "before the files behind it");
        for (file, unit) in [(0, "a"), (2, "d"), (3, "b"), (4, "c")] {
            all.planned(file, vec![(unit, 1)]);
        }
        let jobs: Vec<Job<&str>> = std::iter::from_fn(|| all.start(A)).collect();
        for job in jobs.iter().rev() {
            all.done(job.id, gist(1));
        }
        let order: Vec<_> = std::iter::from_fn(|| all.hand_on()).map(|complete| complete.file).collect();
        assert_eq!(order, [0, 3, 4, 2]);
        assert!(all.is_finished());
        assert_eq!(all.files(), (4, 4));
    }

    #[test]
    fn a_drop_of_nothing_is_finished_at_once() {
        assert!(schedule(&[]).is_finished());
    }
}
