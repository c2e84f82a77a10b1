//! The strings of a pack: as text where it travels, as numbers of a pool where it is kept.

use super::bytes::{Reader, Writer};
use crate::aggregate::intern::{Interner, Sym};
use serde::{Deserialize, Serialize};

/// A pool takes no more strings than this, or than come to so many bytes. An organisation has fewer senders; the names that
/// a password spray tries are not worth a place, for hardly one of them comes again.
const POOL_STRINGS: usize = 1 << 18;
const POOL_BYTES: usize = 16 << 20;

/// Strings in order of their numbers, the first of which is the empty one.
///
/// The units of a large log name the same senders again and again. As text they took three quarters of what was kept of
/// a CSV, 9 MB a gigabyte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strings(Kept);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Kept {
    /// Their text, each with its length in front, but for the empty one.
    Text(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Numbers of a pool, which lies elsewhere, and does not travel. Of those that it has no place for, 0, and the text.
    #[serde(skip)]
    Pooled { numbers: Vec<u8>, own: Vec<u8> },
}

impl Default for Strings {
    fn default() -> Self {
        Self(Kept::Text(Vec::new()))
    }
}

impl Strings {
    /// Of text as a [`Writer`] wrote it.
    pub(super) fn of(text: Writer) -> Self {
        Self(Kept::Text(text.finish()))
    }

    /// The empty string, and then all others; if they are pooled, those that the pool has no place for.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (Kept::Text(text) | Kept::Pooled { own: text, .. }) = &self.0;
        std::iter::once("").chain(texts(text))
    }

    /// The numbers in the pool of all strings, the empty one's first; `None` is the next of [`texts`](Self::texts) that
    /// is not empty. If they are not pooled, that of the empty one alone.
    pub fn numbers(&self) -> impl Iterator<Item = Option<Sym>> + use<'_> {
        let mut reader = Reader::new(match &self.0 {
            Kept::Text(_) => &[],
            Kept::Pooled { numbers, .. } => numbers,
        });
        let rest =
            std::iter::from_fn(move || reader.sym().map(|sym| Some(sym).filter(|sym| *sym != Sym::EMPTY)));
        std::iter::once(Some(Sym::EMPTY)).chain(rest)
    }

    /// Moves text into a pool, where that of others lies too.
    pub fn pool(&mut self, pool: &mut Interner) {
        let Kept::Text(text) = &self.0 else { return };
        let (mut numbers, mut own) = (Writer::default(), Writer::default());
        for text in texts(text) {
            let has_room = pool.len() < POOL_STRINGS && pool.text_bytes() + text.len() <= POOL_BYTES;
            let found = if has_room { Some(pool.intern(text)) } else { pool.find(text) };
            if found.is_none() {
                own.bytes(text.as_bytes());
            }
            numbers.sym(found.unwrap_or_default());
        }
        self.0 = Kept::Pooled { numbers: numbers.finish(), own: own.finish() };
    }

    /// Moves what lies in a pool into another, which has nothing that the first has not.
    pub fn move_to(&mut self, other: &mut Interner, pool: &Interner) {
        let mut moved = Writer::default();
        for number in self.numbers().skip(1) {
            moved.sym(number.map_or(Sym::EMPTY, |number| other.intern(pool.get(number))));
        }
        if let Kept::Pooled { numbers, .. } = &mut self.0 {
            *numbers = moved.finish();
        }
    }
}

/// Strings with their lengths in front.
fn texts(text: &[u8]) -> impl Iterator<Item = &str> {
    let mut reader = Reader::new(text);
    std::iter::from_fn(move || reader.bytes().map(|bytes| std::str::from_utf8(bytes).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(texts: &[String]) -> Strings {
        let mut writer = Writer::default();
        for text in texts {
            writer.bytes(text.as_bytes());
        }
        Strings::of(writer)
    }

    /// All strings, wherever they lie.
    fn all(strings: &Strings, pool: &Interner) -> Vec<String> {
        let mut own = strings.texts().skip(1);
        let number = |number: Option<Sym>| match number {
            Some(number) => pool.get(number).to_owned(),
            None => own.next().unwrap_or_default().to_owned(),
        };
        strings.numbers().skip(1).map(number).collect()
    }

    #[test]
    fn what_the_pool_has_no_place_for_is_kept_beside_it() {
        let many: Vec<String> = (0..POOL_STRINGS + 10).map(|n| format!("{n}")).collect();
        let few = ["7".to_owned(), "of this one alone".to_owned(), "8".to_owned()];
        let mut pool = Interner::default();
        let (mut a, mut b) = (strings(&many), strings(&few));
        a.pool(&mut pool);
        b.pool(&mut pool);
        assert_eq!((pool.len(), a.texts().count(), b.texts().count()), (POOL_STRINGS, 1 + 11, 1 + 1));
        assert_eq!((all(&a, &pool), all(&b, &pool)), (many, few.to_vec()));
        let mut of_b = Interner::default();
        b.move_to(&mut of_b, &pool);
        assert_eq!((all(&b, &of_b), of_b.len()), (few.to_vec(), 1 + 2));
        b.pool(&mut pool);
        assert_eq!(all(&b, &of_b), few, "it is pooled already");
    }
}
