//! What was made of some bytes before, so that equal bytes need not be made anything of again.

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
    hash: u64,
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
pub struct Missing(u64);

impl<V: Copy> Memo<V> {
    /// The value of these bytes, in parts.
    ///
    /// # Errors
    /// Where to insert it, if there is none.
    #[inline(always)]
    pub fn get<'a>(&self, parts: &(impl Iterator<Item = &'a [u8]> + Clone)) -> Result<V, Missing> {
        let hash = finished(parts.clone().fold(SEED, hashed));
        let is_it = |entry: &Entry<V>| {
            let mut at = entry.start as usize;
            entry.hash == hash
                && parts.clone().all(|part| {
                    let end = at + part.len();
                    let is_equal = self.bytes.get(at..end).is_some_and(|bytes| is_same(bytes, part))
                        && self.bytes.get(end) == Some(&SEPARATOR);
                    at = end + 1;
                    is_equal
                })
        };
        self.entries.find(hash, is_it).map(|entry| entry.value).ok_or(Missing(hash))
    }

    /// Remembers the value of bytes that [`get`](Self::get) did not find.
    pub fn insert<'a>(
        &mut self,
        Missing(hash): Missing,
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
        self.entries.insert_unique(hash, Entry { hash, start, value }, |entry| entry.hash);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.entries.clear();
    }
}

/// Bits without a pattern (the fractions of the square roots of 2 and 3), odd, for multiplication.
const SEED: [u64; 2] = [0x6A09_E667_F3BC_C909, 0xBB67_AE85_84CA_A73B];

/// Takes bytes into a hash, sixteen at a time in two lanes. `foldhash` needs products of 128 bits, which WebAssembly has not:
/// there it takes four multiplications for what is one here. What is told apart is told apart by its bytes, so this need
/// only spread well.
#[inline(always)]
fn hashed([a, b]: [u64; 2], bytes: &[u8]) -> [u64; 2] {
    let lane = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
    let half = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
    let (mut a, mut b) = (a ^ bytes.len() as u64, b);
    let (chunks, rest) = bytes.as_chunks::<16>();
    for chunk in chunks {
        let [first, last] = chunk.as_chunks::<8>().0 else { continue };
        (a, b) = (lane(a, word(first)), lane(b, word(last)));
    }
    // The ends of what is left, which may overlap.
    let (first, last) = if let (Some(first), Some(last)) = (rest.first_chunk::<8>(), rest.last_chunk::<8>()) {
        (word(first), word(last))
    } else if let (Some(first), Some(last)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        (half(first), half(last))
    } else {
        (rest.iter().fold(0, |sum, &b| sum << 8 | u64::from(b)), 0)
    };
    [lane(a, first), lane(b, last)]
}

/// The hash. A table takes the lowest bits and the uppermost ones of it.
#[inline(always)]
const fn finished([a, b]: [u64; 2]) -> u64 {
    let sum = (a ^ b.rotate_left(32)).wrapping_mul(SEED[0]);
    sum ^ sum >> 32
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
    fn names_that_are_alike_are_spread() {
        // As many places as names: of random ones 63 in 100 are hit.
        let mut places = vec![false; 1 << 16];
        let mut tags = [0_u32; 128];
        for n in 0..1 << 16 {
            let name = format!("user{n:05}@contoso.com,10.0.{}.{}", n >> 8, n & 255);
            let hash = finished(hashed(SEED, name.as_bytes()));
            places[(hash & 0xFFFF) as usize] = true;
            tags[(hash >> 57) as usize] += 1;
        }
        let hit = places.iter().filter(|&&hit| hit).count();
        assert!((40_500..42_500).contains(&hit), "{hit}");
        assert!(tags.iter().all(|&names| (400..630).contains(&names)), "{tags:?}");
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
