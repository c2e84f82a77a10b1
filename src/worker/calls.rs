//! Which question is waiting for which answer.

use super::messages::CallId;
use std::collections::BTreeMap;

/// Questions that wait for their answers; `W` is whoever waits.
#[derive(Debug)]
pub struct Calls<W> {
    next: u32,
    waiting: BTreeMap<CallId, W>,
}

impl<W> Default for Calls<W> {
    fn default() -> Self {
        Self { next: 0, waiting: BTreeMap::new() }
    }
}

impl<W> Calls<W> {
    /// Notes who waits, and names the question.
    pub fn ask(&mut self, waiter: W) -> CallId {
        let call = CallId(self.next);
        self.next = self.next.wrapping_add(1);
        self.waiting.insert(call, waiter);
        call
    }

    /// Who waits for this answer; nobody if it was answered before, or forgotten.
    pub fn answer(&mut self, call: CallId) -> Option<W> {
        self.waiting.remove(&call)
    }

    /// No answer will come any more: everybody who waits, in order of asking.
    pub fn forget_all(&mut self) -> Vec<W> {
        std::mem::take(&mut self.waiting).into_values().collect()
    }
}

/// At most one question of a kind under way, and of those that came meanwhile only the latest.
///
/// A slider can ask faster than a big report can be made; what lies between is never seen and need not be made.
#[derive(Debug)]
pub struct Latest<T> {
    busy: bool,
    next: Option<T>,
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self { busy: false, next: None }
    }
}

impl<T> Latest<T> {
    /// Returns the question if it is to be asked now; otherwise it waits in place of any other.
    pub fn want(&mut self, question: T) -> Option<T> {
        if self.busy {
            self.next = Some(question);
            return None;
        }
        self.busy = true;
        Some(question)
    }

    /// The question under way was answered: the next one to ask, if there is one.
    pub fn answered(&mut self) -> Option<T> {
        let next = self.next.take();
        self.busy = next.is_some();
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_finds_its_question_once() {
        let mut calls = Calls::default();
        let first = calls.ask("first");
        let second = calls.ask("second");
        assert_ne!(first, second);
        assert_eq!(calls.answer(second), Some("second"));
        assert_eq!(calls.answer(second), None);
        let third = calls.ask("third");
        assert!(third != first && third != second);
        assert_eq!(calls.forget_all(), ["first", "third"]);
        assert_eq!(calls.answer(first), None);
    }

    #[test]
    fn of_the_questions_that_pile_up_only_the_latest_is_asked() {
        let mut latest = Latest::default();
        assert_eq!(latest.want('a'), Some('a'));
        assert_eq!(latest.want('b'), None);
        assert_eq!(latest.want('c'), None);
        assert_eq!(latest.answered(), Some('c'));
        assert_eq!(latest.want('d'), None, "c is still under way");
        assert_eq!(latest.answered(), Some('d'));
        assert_eq!(latest.answered(), None);
        assert_eq!(latest.want('e'), Some('e'));
    }
}
