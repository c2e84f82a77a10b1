//! What is loaded in all: the part of a report that no query changes.

use super::input::{BySym, Calendar, Input, last_days};
use super::rollup::Rollup;
use super::types::{Loaded, Week};
use super::week::week;
use crate::aggregate::{Cube, Sym};
use crate::model::Day;

/// How many servers, and how many mechanisms, are listed to choose from.
const MAX_NAMES: usize = 200;

/// What is loaded in all.
pub(crate) struct Standing {
    /// The UTC day of today when it was made.
    pub(crate) today: Day,
    /// Every day with logs.
    pub(crate) calendar: Calendar,
    /// In numbers.
    pub(crate) loaded: Loaded,
    /// The dashboard widget.
    pub(crate) week: Option<Week>,
    /// Sender domains, most messages first.
    pub(crate) domains: Vec<String>,
    /// Names of servers, by name.
    pub(crate) servers: Vec<String>,
    /// Mechanisms, by name.
    pub(crate) mechanisms: Vec<String>,
}

impl Standing {
    /// Of what is loaded; `all` is the rollup of all its rows.
    pub(crate) fn of(input: &Input, all: &Rollup) -> Self {
        let cube = input.cube;
        let calendar = match all.cells() {
            Some(cells) => Calendar::new(input.days_with_logs, cells.iter().map(|cell| cell.day)),
            None => Calendar::of(input),
        };
        let newest = calendar.span().map(|span| span.last.min(input.today));
        let mut messages: BySym<Option<u64>> = BySym::new(cube);
        all.each(cube, || None, &mut |cell| {
            if let Some(sum) = messages.get_mut(cell.domain) {
                *sum = Some(sum.unwrap_or(0).saturating_add(cell.counts.messages.known_part()));
            }
        });
        let (mut servers, mut mechanisms) = (NamesSeen::new(cube), NamesSeen::new(cube));
        for key in cube.keys() {
            servers.add(key.server);
            mechanisms.add(key.mechanism);
        }
        Self {
            today: input.today,
            loaded: Loaded {
                days: calendar.span(),
                days_with_logs: calendar.len(),
                rows: cube.len() as u64,
                has_undated: calendar.has_undated,
            },
            week: newest.map(|last| week(cube, last_days(last, 7), &calendar)),
            domains: domain_names(cube, &messages),
            servers: servers.finish(cube),
            mechanisms: mechanisms.finish(cube),
            calendar,
        }
    }
}

/// Domains by messages in all that is loaded. The empty one is no domain to choose.
fn domain_names(cube: &Cube, messages: &BySym<Option<u64>>) -> Vec<String> {
    let mut all: Vec<(u64, &str)> = messages
        .iter()
        .filter(|&(domain, _)| domain != Sym::EMPTY)
        .filter_map(|(domain, sum)| Some((sum?, cube.text(domain))))
        .collect();
    all.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    all.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// Different names of one kind, while they are being gathered.
struct NamesSeen {
    seen: BySym<bool>,
    all: Vec<Sym>,
}

impl NamesSeen {
    fn new(cube: &Cube) -> Self {
        Self { seen: BySym::new(cube), all: Vec::new() }
    }

    fn add(&mut self, name: Sym) {
        if let Some(seen) = self.seen.get_mut(name)
            && !*seen
        {
            *seen = true;
            if self.all.len() < MAX_NAMES && name != Sym::EMPTY {
                self.all.push(name);
            }
        }
    }

    fn finish(self, cube: &Cube) -> Vec<String> {
        let mut names: Vec<String> = self.all.iter().map(|&name| cube.text(name).to_owned()).collect();
        names.sort_unstable();
        names
    }
}
