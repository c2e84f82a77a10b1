//! The commands of a session that wait for their replies.

use crate::aggregate::Sym;
use std::collections::VecDeque;

/// A command that waits for its reply, as far as it matters which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    /// `STARTTLS`, `X-ANONYMOUSTLS`.
    StartTls,
    /// `AUTH`, `X-EXPS`.
    Auth,
    /// `MAIL FROM` this address.
    Mail(Sym),
    /// `RCPT TO`.
    Rcpt,
    /// `DATA`, or the last `BDAT`: the message is accepted or refused.
    End,
    /// A `BDAT` that is not the last.
    Chunk,
    /// `EHLO`, `RSET`: a message under way is dropped.
    Reset,
    /// `XPROXY`, `XPROXYFROM` with a signed-in client.
    Proxy,
    /// Any other.
    Other,
}

impl Waiting {
    /// Position in an array with an entry for each kind.
    const fn index(self) -> usize {
        match self {
            Self::StartTls => 0,
            Self::Auth => 1,
            Self::Mail(_) => 2,
            Self::Rcpt => 3,
            Self::End => 4,
            Self::Chunk => 5,
            Self::Reset => 6,
            Self::Proxy => 7,
            Self::Other => 8,
        }
    }
}

/// Commands in the order in which they were said. How many there are of each kind is kept beside them, so that a log of a
/// million commands without replies costs no search.
#[derive(Debug, Default)]
pub(super) struct WaitingCommands {
    queue: VecDeque<Waiting>,
    counts: [usize; 9],
}

impl WaitingCommands {
    /// A command was said. AUTH is never pipelined: if one still waits, its reply was lost or is not to come.
    pub(super) fn push(&mut self, command: Waiting) {
        if self.queue.back() == Some(&Waiting::Auth) {
            self.queue.pop_back();
            self.counts[Waiting::Auth.index()] -= 1;
        }
        self.queue.push_back(command);
        self.counts[command.index()] += 1;
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.queue.clear();
        self.counts = Default::default();
    }

    /// The command that has waited longest.
    pub(super) fn front(&self) -> Option<Waiting> {
        self.queue.front().copied()
    }

    /// Takes the command that has waited longest.
    pub(super) fn pop(&mut self) -> Option<Waiting> {
        let command = self.queue.pop_front()?;
        self.counts[command.index()] -= 1;
        Some(command)
    }

    /// Whether one of this kind waits.
    pub(super) fn has(&self, kind: Waiting) -> bool {
        self.counts[kind.index()] > 0
    }

    /// Takes commands up to, but without, the first of this kind, and returns the last `MAIL FROM` among them. Takes nothing
    /// if there is none of the kind.
    pub(super) fn skip_to(&mut self, kind: Waiting) -> Option<Sym> {
        let mut sender = None;
        while self.has(kind) && self.front().is_some_and(|front| front.index() != kind.index()) {
            if let Some(Waiting::Mail(address)) = self.pop() {
                sender = Some(address);
            }
        }
        sender
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_find_their_command_past_those_that_lost_theirs() {
        let mut waiting = WaitingCommands::default();
        for command in [Waiting::Other, Waiting::Mail(Sym(7)), Waiting::Rcpt, Waiting::Rcpt, Waiting::End] {
            waiting.push(command);
        }
        assert_eq!(waiting.skip_to(Waiting::Chunk), None);
        assert_eq!(waiting.front(), Some(Waiting::Other), "nothing is taken for a kind that does not wait");
        assert_eq!(waiting.skip_to(Waiting::Rcpt), Some(Sym(7)));
        assert_eq!(waiting.pop(), Some(Waiting::Rcpt));
        assert_eq!(waiting.skip_to(Waiting::End), None);
        assert_eq!((waiting.pop(), waiting.pop()), (Some(Waiting::End), None));
    }

    #[test]
    fn a_command_behind_auth_ends_its_waiting() {
        let mut waiting = WaitingCommands::default();
        waiting.push(Waiting::Auth);
        waiting.push(Waiting::Other);
        assert!(!waiting.has(Waiting::Auth));
        assert_eq!(waiting.pop(), Some(Waiting::Other));
    }
}
