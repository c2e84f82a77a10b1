//! The lines of a Receive log into sessions.

use super::FormatReader;
use crate::aggregate::memo::Memo;
use crate::aggregate::sessions::{SessionCollector, Sessions};
use crate::aggregate::tally::Tally;
use crate::ingest::event::SmtpEvent;
use crate::ingest::exchange_receive::{Columns, Reader};
use crate::ingest::lines::Line;
use crate::ingest::scan::Marks;
use crate::ingest::{BadReason, SkipReason};
use crate::model::Refusal;

/// Reads a Receive log.
#[derive(Debug)]
pub struct ReceiveReader {
    reader: Reader,
    sessions: SessionCollector,
    refusals: Refusals,
}

/// What replies say of why something was refused, by their text: a password spray brings the same one a million times.
#[derive(Debug, Default)]
struct Refusals(Memo<Option<Refusal>>);

/// A reply is searched no further than this.
const SEARCHED_REPLY_BYTES: usize = 512;

impl ReceiveReader {
    /// For a log with these columns. So many ended sessions are kept open for late lines.
    pub fn new(columns: Columns, late_sessions: usize) -> Self {
        Self {
            reader: Reader::new(columns),
            sessions: SessionCollector::new(late_sessions),
            refusals: Refusals::default(),
        }
    }
}

impl Refusals {
    /// Counts a line that says why something was refused. There are few, so the reading loop does not hold this.
    #[cold]
    #[inline(never)]
    fn note(&mut self, text: &[u8], tally: &mut Tally) {
        let text = &text[..text.len().min(SEARCHED_REPLY_BYTES)];
        let parts = std::iter::once(text);
        let refusal = match self.0.get(&parts) {
            Ok(known) => known,
            Err(missing) => {
                let refusal = Refusal::recognise(text);
                self.0.insert(missing, &parts, refusal);
                refusal
            }
        };
        if let Some(refusal) = refusal {
            *tally.refusals.entry(refusal).or_default() += 1;
        }
    }
}

impl FormatReader for ReceiveReader {
    fn lines(&mut self, lines: &[u8], offset: u64, tally: &mut Tally) {
        let mut marks = Marks::new(lines, b',');
        let mut start = 0;
        while start < lines.len() {
            let careful = self.reader.next(&mut marks, &mut start, |line| {
                tally.account.read += 1;
                tally.saw(line.time_ms);
                if let SmtpEvent::Reply(reply) = &line.event
                    && reply.code >= 400
                {
                    self.refusals.note(reply.text, tally);
                }
                self.sessions.add(line, &mut tally.cube, &mut tally.account);
            });
            if let Some(bytes) = careful {
                self.line(&Line::terminated(bytes), offset, tally);
            }
        }
    }

    fn line(&mut self, line: &Line<'_>, _offset: u64, tally: &mut Tally) {
        let Some(bytes) = tally.readable(line) else { return };
        let bytes = bytes.as_ref();
        match bytes.first() {
            None => return tally.account.skip(SkipReason::Blank, 1),
            Some(b'#') => {
                let names = std::str::from_utf8(bytes).ok().and_then(|line| line.split_once(':'));
                if let Some((_, names)) = names.filter(|(key, _)| key.eq_ignore_ascii_case("#Fields")) {
                    self.reader.set_columns(Columns::from_names(names).unwrap_or_default());
                }
                return tally.account.skip(SkipReason::Header, 1);
            }
            Some(_) => {}
        }
        match self.reader.parse(bytes) {
            Ok(mut parsed) => {
                // A copy of a log that is being written may end inside a name.
                if line.unterminated && matches!(parsed.event, SmtpEvent::AttemptedName(_)) {
                    parsed.event = SmtpEvent::Other;
                }
                tally.saw(parsed.time_ms);
                if let SmtpEvent::Reply(reply) = &parsed.event
                    && reply.code >= 400
                {
                    self.refusals.note(reply.text, tally);
                }
                self.sessions.add(&parsed, &mut tally.cube, &mut tally.account);
            }
            Err(_) if bytes.trim_ascii().is_empty() => tally.account.skip(SkipReason::Blank, 1),
            Err(_) if bytes.starts_with(b"date-time,") => tally.account.skip(SkipReason::Header, 1),
            Err(_) if line.unterminated => {
                tally.account.bad(tally.account.read, None, BadReason::Truncated, bytes);
            }
            Err(error) => tally.account.bad(tally.account.read, error.column, error.reason, bytes),
        }
    }

    fn columns(&self) -> Option<&Columns> {
        Some(self.reader.columns())
    }

    fn settled(&self) -> Option<&Sessions> {
        Some(self.sessions.settled())
    }

    fn finish(self: Box<Self>, _tally: &mut Tally) -> (Sessions, Option<u64>) {
        (self.sessions.finish(), None)
    }
}
