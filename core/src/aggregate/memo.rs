//! What was made of some bytes before, so that equal bytes need not be made anything of again.

use super::digest::{Digest, Lanes};
use crate::ingest::text::is_same;
use hashbrown::HashTable;

/// So many bytes are remembered; then everything is forgotten, and learnt anew from what comes. Logs come in order of
/// time, so what is needed is what came last. With the tables, 1.5 times as much memory.
const MAX_BYTES: usize = 4 << 20;
/// Stands behind each part. No part holds it, for parts are of one line.
const SEPARATOR: u8 = b'\n';

/// Values by the bytes that they were made of. Bounded: it may forget, so it answers for nothing but speed.
#[derive(Debug)]
pub struct Memo<V> {
    /// The bytes of all entries, one behind the other.
    bytes: Vec<u8>,
    entries: HashTable<Entry<V>>,
}

#[derive(Clone, Copy, Debug)]
struct Entry<V> {
    digest: Digest,
    start: u32,
    value: V,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self { bytes: Vec::new(), entries: HashTable::new() }
    }
}

/// Where to [`insert`](Memo::insert) what was not there.
#[derive(Clone, Copy, Debug)]
pub struct Missing(Digest);

impl<V: Copy> Memo<V> {
    /// The value of these bytes, in parts.
    ///
    /// # Errors
    /// Where to insert it, if there is none.
    #[inline(always)]
    pub fn get<'a>(&self, parts: &(impl Iterator<Item = &'a [u8]> + Clone)) -> Result<V, Missing> {
        let mut lanes = Lanes::default();
        for part in parts.clone() {
            lanes = lanes.bytes(part);
        }
        let digest = lanes.finish();
        let is_it = |entry: &Entry<V>| {
            let mut at = entry.start as usize;
            entry.digest == digest
                && parts.clone().all(|part| {
                    let end = at + part.len();
                    let is_equal = self.bytes.get(at..end).is_some_and(|bytes| is_same(bytes, part))
                        && self.bytes.get(end) == Some(&SEPARATOR);
                    at = end + 1;
                    is_equal
                })
        };
        self.entries.find(digest.hash(), is_it).map(|entry| entry.value).ok_or(Missing(digest))
    }

    /// Remembers the value of bytes that [`get`](Self::get) did not find.
    pub fn insert<'a>(
        &mut self,
        Missing(digest): Missing,
        parts: &(impl Iterator<Item = &'a [u8]> + Clone),
        value: V,
    ) {
        let len: usize = parts.clone().map(|part| part.len() + 1).sum();
        if self.bytes.len() + len > MAX_BYTES {
            self.clear();
        }
        let Ok(start) = u32::try_from(self.bytes.len()) else { return };
        if len > MAX_BYTES {
            return;
        }
        for part in parts.clone() {
            self.bytes.extend_from_slice(part);
            self.bytes.push(SEPARATOR);
        }
        self.entries
            .insert_unique(digest.hash(), Entry { digest, start, value }, |entry| entry.digest.hash());
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'a>(parts: &'a [&'a str]) -> impl Iterator<Item = &'a [u8]> + Clone {
        parts.iter().map(|part| part.as_bytes())
    }

    #[test]
    fn bytes_are_told_apart_and_so_are_their_parts() {
        let mut memo = Memo::default();
        for (value, key) in
            [&["ab", "c"][..], &["a", "bc"], &["abc"], &[""], &["", ""]].into_iter().enumerate()
        {
            let missing = memo.get(&parts(key)).expect_err("not there yet");
            memo.insert(missing, &parts(key), value);
        }
        assert_eq!(memo.get(&parts(&["a", "bc"])).ok(), Some(1));
        assert_eq!(memo.get(&parts(&["ab", "c"])).ok(), Some(0));
        assert_eq!(memo.get(&parts(&["abc"])).ok(), Some(2));
        assert!(memo.get(&parts(&["abcd"])).is_err());
    }

    #[test]
    fn it_forgets_rather_than_grow() {
        let mut memo = Memo::default();
        for n in 0..200_000 {
            let key = format!("a name of more than thirty characters, number {n}");
            if let Err(missing) = memo.get(&parts(&[&key])) {
                memo.insert(missing, &parts(&[&key]), n);
            }
            assert_eq!(memo.get(&parts(&[&key])).ok(), Some(n));
            assert!(memo.bytes.len() <= MAX_BYTES);
        }
    }
}
