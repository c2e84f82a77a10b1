//! Several lists, each in order of an id, read as one.

use crate::aggregate::pack::{Entries, Entry};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// The entries of several lists in order of their ids; those of one id in order of the lists.
///
/// Nothing is decoded but the entries at hand, so it makes no difference to memory how many sessions there are.
pub(super) struct ById<'a> {
    lists: Vec<(Entries<'a>, Option<Entry<'a>>)>,
    /// The id of each list's next entry, and the list.
    next: BinaryHeap<Reverse<(u64, usize)>>,
}

impl<'a> ById<'a> {
    pub(super) fn new(lists: impl Iterator<Item = Entries<'a>>) -> Self {
        let mut next = BinaryHeap::new();
        let lists = lists
            .enumerate()
            .map(|(i, mut entries)| {
                let entry = entries.next().map(|(id, entry)| {
                    next.push(Reverse((id, i)));
                    entry
                });
                (entries, entry)
            })
            .collect();
        Self { lists, next }
    }

    /// The smallest id that was not taken yet.
    pub(super) fn next_id(&self) -> Option<u64> {
        self.next.peek().map(|Reverse((id, _))| *id)
    }

    /// Takes the entries of this id, each with the number of its list. `id` must not be above [`next_id`](Self::next_id).
    #[inline(never)]
    pub(super) fn take(&mut self, id: u64, taken: &mut Vec<(usize, Entry<'a>)>) {
        taken.clear();
        while let Some(mut top) = self.next.peek_mut() {
            let Reverse((next, i)) = *top;
            if next != id {
                break;
            }
            let Some((entries, entry)) = self.lists.get_mut(i) else { break };
            taken.extend(entry.take().map(|entry| (i, entry)));
            if let Some((id, following)) = entries.next() {
                *entry = Some(following);
                // Stays on top as a rule, for logs follow on each other: then this costs two comparisons.
                *top = Reverse((id, i));
            } else {
                PeekMut::pop(top);
            }
        }
    }
}

/// The smaller of two ids, where there are two.
pub(super) fn smaller(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::Interner;
    use crate::aggregate::pack::{Outcome, Packed, SessionPacker, pack_settled};
    use crate::aggregate::sessions::SessionKey;

    /// Sessions of these ids; how many lines each has tells which it is.
    fn list(sessions: &[(u64, u32)]) -> Packed {
        let mut packer = SessionPacker::default();
        for &(id, lines) in sessions {
            packer.add(
                SessionKey { server: crate::aggregate::Sym::EMPTY, id },
                lines,
                &Outcome::Direct(&[]),
                &mut |sym| sym,
            );
        }
        pack_settled(packer, &Interner::default())
    }

    #[test]
    fn lists_are_read_as_one_in_order_of_ids() {
        let lists = [
            list(&[(1, 10), (5, 11), (5, 12), (9, 13)]),
            list(&[]),
            list(&[(0, 20), (5, 21), (u64::MAX, 22)]),
        ];
        let mut all = ById::new(lists.iter().map(Packed::settled));
        let mut found = Vec::new();
        let mut taken = Vec::new();
        while let Some(id) = all.next_id() {
            all.take(id, &mut taken);
            found.extend(taken.iter().map(|&(list, entry)| (id, list, entry.session().unwrap().lines)));
        }
        let expected =
            [(0, 2, 20), (1, 0, 10), (5, 0, 11), (5, 0, 12), (5, 2, 21), (9, 0, 13), (u64::MAX, 2, 22)];
        assert_eq!(found, expected);
        assert_eq!(smaller(all.next_id(), Some(3)), Some(3));
    }

    #[test]
    fn an_id_that_is_not_next_takes_nothing() {
        let lists = [list(&[(5, 1)])];
        let mut all = ById::new(lists.iter().map(Packed::settled));
        let mut taken = Vec::new();
        all.take(4, &mut taken);
        assert!(taken.is_empty());
        assert_eq!(all.next_id(), Some(5));
    }
}
