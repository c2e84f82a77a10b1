//! Which source answers which question.
//!
//! Sources overlap: a message stands in the protocol log, in message tracking, in the trace and in Microsoft's report. This
//! is the one place that decides which of them is believed, so that nothing counts twice:
//!
//! | question | who answers |
//! |---|---|
//! | messages, recipients | the Receive protocol log, the Activity CSV, Microsoft's report and other CSVs, which are taken to be of different systems and are added up; message tracking, but for the sessions that a protocol log shows; a message trace only if none of those is there, for it shows all mail, however it was handed in |
//! | sessions, failed sign-ins | the Receive protocol log, the Activity CSV, other CSVs, Entra; they are added up. Entra says nothing of messages: they stay unknown unless Microsoft's report or a trace tells |
//! | TLS version, mechanism | whoever answers for the message or the session |
//!
//! A message trace beside sign-ins shows the mail of those who signed in with SMTP, and of nobody else. Sign-ins are Entra's,
//! and those of CSVs that say of none of theirs how many messages it sent.

use super::facts::Fact;
use crate::ingest::Format;
use crate::model::{Count, Counts};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which formats the figures come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Messages and recipients.
    pub messages: Vec<Format>,
    /// Sessions and failed sign-ins.
    pub sign_ins: Vec<Format>,
    /// What is to be known of the figures.
    pub caveats: BTreeSet<Caveat>,
}

/// Something to know of figures, because of where they come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Caveat {
    /// The messages are all mail of their senders, for no source knows which came by SMTP AUTH.
    AllMail,
    /// Nobody has said yet of which days a source is that tells none.
    PeriodWanted,
    /// Messages of several days stand on the last of them, because their source tells no days.
    PeriodTotals,
    /// Some counts were made of rounded percentages.
    Estimates,
}

/// Formats that know submissions from other mail.
const KNOW_SUBMISSIONS: [Format; 5] = [
    Format::ExchangeReceive,
    Format::ActivityCsv,
    Format::MicrosoftReport,
    Format::MessageTracking,
    Format::OtherCsv,
];
/// Formats that know of sign-ins.
const KNOW_SIGN_INS: [Format; 4] =
    [Format::ExchangeReceive, Format::ActivityCsv, Format::EntraSignIns, Format::OtherCsv];

/// What the loaded files leave open.
#[derive(Debug, Default)]
pub struct Answers {
    formats: BTreeSet<Format>,
    /// Those of files that tell of no messages, only of sign-ins.
    without_messages: BTreeSet<Format>,
    /// Sessions that protocol logs show.
    sessions: BTreeSet<u64>,
    /// Users who signed in with SMTP as Entra says, where a message trace needs to know.
    signed_in: BTreeSet<String>,
}

impl Answers {
    /// For files of these formats. Of some, `without_messages`, no file tells how many messages a sign-in sent.
    pub const fn new(formats: BTreeSet<Format>, without_messages: BTreeSet<Format>) -> Self {
        Self { formats, without_messages, sessions: BTreeSet::new(), signed_in: BTreeSet::new() }
    }

    /// Whether it matters that a format's files may tell of no messages.
    pub fn wants_messages_told(format: Format, formats: &BTreeSet<Format>) -> bool {
        matches!(format, Format::OtherCsv | Format::ActivityCsv) && formats.contains(&Format::MessageTrace)
    }

    fn any(&self, formats: &[Format]) -> bool {
        formats.iter().any(|format| self.formats.contains(format))
    }

    /// Whether submissions are counted by a source that knows them from other mail.
    fn knows_submissions(&self) -> bool {
        KNOW_SUBMISSIONS.iter().any(|format| self.tells_messages(*format))
    }

    fn tells_messages(&self, format: Format) -> bool {
        self.formats.contains(&format) && !self.without_messages.contains(&format)
    }

    /// Whether the messages in the report are all mail of their senders, not just what came by SMTP AUTH.
    pub fn shows_all_mail(&self) -> bool {
        self.any(&[Format::MessageTrace]) && !self.knows_submissions()
    }

    /// Which formats the figures come from.
    pub fn evidence(&self) -> Evidence {
        let those = |formats: &[Format]| -> Vec<Format> {
            formats.iter().copied().filter(|format| self.formats.contains(format)).collect()
        };
        let shows_all_mail = self.shows_all_mail();
        Evidence {
            messages: if shows_all_mail {
                vec![Format::MessageTrace]
            } else {
                KNOW_SUBMISSIONS.into_iter().filter(|format| self.tells_messages(*format)).collect()
            },
            sign_ins: those(&KNOW_SIGN_INS),
            caveats: shows_all_mail.then_some(Caveat::AllMail).into_iter().collect(),
        }
    }

    /// Whether it matters which sessions the protocol logs show.
    pub fn wants_sessions(&self) -> bool {
        self.any(&[Format::MessageTracking]) && self.any(&[Format::ExchangeReceive])
    }

    /// A protocol log shows this session.
    pub fn has_session(&mut self, id: u64) {
        self.sessions.insert(id);
    }

    /// Whether it matters who signed in.
    pub fn wants_sign_ins(&self) -> bool {
        (self.any(&[Format::EntraSignIns]) || !self.without_messages.is_empty()) && self.shows_all_mail()
    }

    /// Somebody signed in with SMTP.
    pub fn has_signed_in(&mut self, user: &str) {
        self.signed_in.insert(user.to_owned());
    }

    /// What of a row of counts counts: the messages of sign-ins are not unknown if a trace tells them.
    pub fn counts_of_row(&self, counts: Counts) -> Counts {
        if self.shows_all_mail() { without_messages(counts) } else { counts }
    }

    /// What of a fact counts; `None` if others answer for it.
    pub fn counts_of(&self, format: Format, fact: &Fact, sender: &str) -> Option<Counts> {
        let counts = fact.counts;
        match format {
            Format::MessageTrace => {
                let is_wanted = !self.wants_sign_ins() || self.signed_in.contains(sender);
                if self.knows_submissions() || !is_wanted {
                    return None;
                }
            }
            Format::MessageTracking
                if fact.session.is_some_and(|session| self.sessions.contains(&session)) =>
            {
                return None;
            }
            // Others know of the messages of those who signed in.
            Format::EntraSignIns if self.any(&[Format::MicrosoftReport]) || self.shows_all_mail() => {
                return Some(without_messages(counts));
            }
            _ => {}
        }
        Some(counts)
    }
}

fn without_messages(counts: Counts) -> Counts {
    Counts { messages: Count::default(), recipients: Count::default(), ..counts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::Key;

    fn fact(session: Option<u64>) -> Fact {
        let counts = Counts { messages: Count::known(1), ..Counts::default() };
        Fact { key: Key::default(), counts, rank: 0, session, refusal: None, lines: 1 }
    }

    fn answers(formats: &[Format]) -> Answers {
        Answers::new(formats.iter().copied().collect(), BTreeSet::new())
    }

    #[test]
    fn a_trace_counts_only_where_nobody_knows_submissions_from_other_mail() {
        let counts =
            |formats: &[Format]| answers(formats).counts_of(Format::MessageTrace, &fact(None), "a@b");
        assert_eq!(counts(&[Format::MessageTrace]).unwrap().messages, Count::known(1));
        for other in KNOW_SUBMISSIONS {
            assert_eq!(counts(&[Format::MessageTrace, other]), None, "{other:?}");
        }
        assert!(answers(&[Format::MessageTrace]).shows_all_mail());
        assert!(!answers(&[Format::MessageTrace, Format::ActivityCsv]).shows_all_mail());
    }

    #[test]
    fn beside_sign_ins_a_trace_shows_the_mail_of_those_who_signed_in() {
        let mut answers = answers(&[Format::MessageTrace, Format::EntraSignIns]);
        answers.has_signed_in("scanner@contoso.com");
        let counts = |sender| answers.counts_of(Format::MessageTrace, &fact(None), sender);
        assert!(counts("scanner@contoso.com").is_some());
        assert_eq!(counts("anna@contoso.com"), None);
    }

    #[test]
    fn tracking_adds_what_no_protocol_log_shows() {
        let mut answers = answers(&[Format::MessageTracking, Format::ExchangeReceive]);
        answers.has_session(7);
        let counts = |session| answers.counts_of(Format::MessageTracking, &fact(session), "a@b");
        assert_eq!(counts(Some(7)), None);
        assert!(counts(Some(8)).is_some());
        assert!(counts(None).is_some());
    }

    #[test]
    fn how_many_messages_a_sign_in_sent_is_unknown_only_if_nobody_tells() {
        let mut of_entra = fact(None);
        of_entra.counts.messages = Count::UNKNOWN;
        let messages = |formats: &[Format]| {
            answers(formats).counts_of(Format::EntraSignIns, &of_entra, "").unwrap().messages
        };
        assert_eq!(messages(&[Format::EntraSignIns]), Count::UNKNOWN);
        assert_eq!(messages(&[Format::EntraSignIns, Format::MicrosoftReport]), Count::default());
        assert_eq!(messages(&[Format::EntraSignIns, Format::MessageTrace]), Count::default());
        // The log of one's own servers knows nothing of what was handed in to Exchange Online.
        assert_eq!(messages(&[Format::EntraSignIns, Format::ExchangeReceive]), Count::UNKNOWN);
    }
}
