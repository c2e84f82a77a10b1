//! What was counted so far: what the page shows while files are being read.

use super::cube::Cube;
use super::facts::Facts;
use super::join::is_health_probe;
use super::session::{FrontEnd, HubSegment, Resolved, What};
use super::sessions::Sessions;
use crate::ingest::LineAccount;
use serde::{Deserialize, Serialize};
use std::ops::AddAssign;

/// Counts of a unit, or of several together, before they are merged.
///
/// Preliminary: sessions that lie in several units are not in it yet, copies that several files hold are in it as often
/// as they were read, and which halves of proxied submissions belong together is not known. So of all halves, Front End
/// or Hub, those count that show more; the others show the same ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Lines read.
    pub lines: u64,
    /// Refused sign-ins.
    pub failed_signins: u64,
    /// What is in the cube.
    pub counted: Use,
    /// Front End halves of proxied submissions.
    pub front_ends: Use,
    /// Hub halves of proxied submissions.
    pub hubs: Use,
}

/// How much SMTP AUTH was used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// Accepted messages.
    pub messages: u64,
    /// Successful authentications.
    pub sessions: u64,
}

impl Totals {
    /// Of what one unit came to.
    pub(super) fn of(account: &LineAccount, cube: &Cube, sessions: Option<&Sessions>) -> Self {
        let counted = cube.totals();
        let mut totals = Self {
            lines: account.read,
            failed_signins: counted.failed_signins.known_part(),
            counted: Use { messages: counted.messages.known_part(), sessions: counted.sessions.known_part() },
            ..Self::default()
        };
        let Some(sessions) = sessions else { return totals };
        for (_, half) in &sessions.front_ends {
            totals.add_front_end(half);
        }
        for segments in &sessions.hubs {
            totals.add_hub(segments, cube);
        }
        totals
    }

    /// Adds what has an identity.
    pub(super) fn add_facts(&mut self, facts: &Facts) {
        let counts = facts.totals();
        self.failed_signins += counts.failed_signins.known_part();
        self.counted +=
            Use { messages: counts.messages.known_part(), sessions: counts.sessions.known_part() };
    }

    /// Adds one more session, whose names are those of `names`.
    pub(super) fn add(&mut self, session: &Resolved, names: &Cube) {
        match session {
            Resolved::Skipped(_) => {}
            Resolved::Direct(facts) => {
                for fact in facts {
                    match fact.what {
                        What::Message(_) => self.counted.messages += 1,
                        What::Session => self.counted.sessions += 1,
                        What::FailedSignin => self.failed_signins += 1,
                    }
                }
            }
            Resolved::FrontEnd(half) => self.add_front_end(half),
            Resolved::Hub(segments) => self.add_hub(segments, names),
        }
    }

    fn add_front_end(&mut self, half: &FrontEnd) {
        if !half.is_health_probe {
            self.front_ends.sessions += 1;
            self.front_ends.messages += half.messages.len() as u64;
            self.failed_signins += half.failed.len() as u64;
        }
    }

    fn add_hub(&mut self, segments: &[HubSegment], names: &Cube) {
        for segment in segments.iter().filter(|segment| !is_health_probe(segment, names)) {
            self.hubs.sessions += 1;
            self.hubs.messages += segment.messages.len() as u64;
        }
    }

    /// Accepted messages.
    pub fn messages(&self) -> u64 {
        self.counted.messages + self.front_ends.messages.max(self.hubs.messages)
    }

    /// Successful authentications.
    pub fn sessions(&self) -> u64 {
        self.counted.sessions + self.front_ends.sessions.max(self.hubs.sessions)
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.lines += other.lines;
        self.failed_signins += other.failed_signins;
        self.counted += other.counted;
        self.front_ends += other.front_ends;
        self.hubs += other.hubs;
    }
}

impl AddAssign for Use {
    fn add_assign(&mut self, other: Self) {
        self.messages += other.messages;
        self.sessions += other.sessions;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(messages: u64, sessions: u64) -> Use {
        Use { messages, sessions }
    }

    #[test]
    fn of_the_halves_of_proxied_submissions_those_count_that_show_more() {
        let direct = Totals { lines: 10, failed_signins: 1, counted: uses(5, 2), ..Totals::default() };
        // Front End logs show sign-ins and hardly a message, Hub logs the messages, and not of all servers.
        let front_end = Totals { lines: 20, failed_signins: 3, front_ends: uses(1, 40), ..Totals::default() };
        let hub = Totals { lines: 30, hubs: uses(70, 30), ..Totals::default() };
        let mut sum = direct;
        sum += front_end;
        assert_eq!((sum.messages(), sum.sessions()), (5 + 1, 2 + 40));
        sum += hub;
        assert_eq!((sum.messages(), sum.sessions()), (5 + 70, 2 + 40));
        assert_eq!((sum.lines, sum.failed_signins), (60, 4));
    }
}
