//! What the reading of a unit comes to, whatever its format.

use super::cap::{Cap, Level, Limits};
use super::cube::{Cube, Key};
use super::facts::Facts;
use crate::ingest::activity_csv::ActivityRow;
use crate::ingest::legacy;
use crate::ingest::lines::Line;
use crate::ingest::text::BOM;
use crate::ingest::{BadReason, CodePage, LineAccount};
use crate::model::day::MS_PER_DAY;
use crate::model::{Counts, Day, Refusal};
use memchr::memchr;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Lines, period, days and counts.
#[derive(Debug)]
pub struct Tally {
    /// The account of the lines.
    pub account: LineAccount,
    /// First and last instant (Unix milliseconds, UTC), the first behind the last as long as there is none.
    seen_ms: (i64, i64),
    /// Days that have lines.
    pub days: BTreeSet<Day>,
    /// What was counted.
    pub cube: Cube,
    /// What holds the cube within limits.
    pub cap: Cap,
    /// What has an identity, and so is counted only when all files are merged.
    pub facts: Facts,
    /// How many lines say why something was refused.
    pub refusals: BTreeMap<Refusal, u64>,
    /// The day of the last line, and Unix milliseconds of its beginning, which before the first line is one that no line's
    /// instant comes close to.
    last_day: Day,
    last_day_ms: i64,
}

/// Further from any instant that a log may tell than a day.
const NEVER_MS: i64 = i64::MIN / 2;

/// A line at which any format looks first.
#[derive(Clone, Debug)]
pub struct Examined<'a> {
    /// Its text in UTF-8, without a byte order mark, which stands further in where files were put together. If no format
    /// can read it, its bytes.
    pub bytes: Cow<'a, [u8]>,
    /// What it was read as, if it is not UTF-8.
    pub read_as: Option<CodePage>,
    /// Why no format can read it.
    pub problem: Option<BadReason>,
}

impl<'a> Examined<'a> {
    /// Looks at a line.
    pub fn of(line: &Line<'a>) -> Self {
        let bytes = line.bytes.strip_prefix(BOM).unwrap_or(line.bytes);
        let problem =
            if line.too_long { Some(BadReason::TooLong) } else { memchr(0, bytes).map(|_| BadReason::Nul) };
        let (bytes, read_as) =
            if problem.is_some() { (Cow::Borrowed(bytes), None) } else { legacy::decode(bytes) };
        Self { bytes, read_as, problem }
    }
}

impl Tally {
    /// With these limits to what is told apart.
    pub fn new(limits: Limits) -> Self {
        Self {
            account: LineAccount::default(),
            seen_ms: (i64::MAX, i64::MIN),
            days: BTreeSet::new(),
            cube: Cube::default(),
            cap: Cap::new(limits, Level::default()),
            facts: Facts::default(),
            refusals: BTreeMap::new(),
            last_day: Day::default(),
            last_day_ms: NEVER_MS,
        }
    }

    /// Adds to a key of the cube's own names. Returns the row's number, unless some of what tells rows apart is given up.
    pub fn add(&mut self, key: Key, counts: Counts) -> Option<u32> {
        if self.cap.level().is_lowest() {
            return Some(self.cube.add(key, counts));
        }
        self.cap.add(&mut self.cube, key, counts);
        None
    }

    /// Gives up more of what tells rows apart if there are too many. Returns whether names and rows have other numbers
    /// now.
    pub fn relieve(&mut self) -> bool {
        self.cap.relieve(&mut self.cube, std::iter::empty()).is_some()
    }

    /// Counts a line as read, and lets pass what any format can read. The rest is noted as bad.
    pub fn readable<'a>(&mut self, line: &Line<'a>) -> Option<Cow<'a, [u8]>> {
        let Examined { bytes, read_as, problem } = Examined::of(line);
        self.account.read(read_as);
        let Some(reason) = problem else { return Some(bytes) };
        self.account.bad(self.account.read, None, reason, &bytes);
        None
    }

    /// First and last instant (Unix milliseconds, UTC).
    pub fn period_ms(&self) -> Option<(i64, i64)> {
        let (first, last) = self.seen_ms;
        (first <= last).then_some((first, last))
    }

    /// Something has happened at this instant; returns its day.
    #[inline(always)]
    pub fn saw(&mut self, time_ms: i64) -> Day {
        self.seen_ms = (self.seen_ms.0.min(time_ms), self.seen_ms.1.max(time_ms));
        // No division, but once a day.
        if (0..MS_PER_DAY).contains(&time_ms.wrapping_sub(self.last_day_ms)) {
            return self.last_day;
        }
        self.saw_day(time_ms)
    }

    #[inline(never)]
    fn saw_day(&mut self, time_ms: i64) -> Day {
        let day = Day::from_unix_ms(time_ms);
        self.last_day = day;
        self.last_day_ms = day.start_ms();
        self.days.insert(day);
        day
    }

    /// The cube's key of a row, but for its day.
    pub fn key_of(&mut self, row: &ActivityRow<'_>) -> Key {
        self.cube.key_of(row)
    }
}
