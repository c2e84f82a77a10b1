//! Strings to small numbers and back.

use super::digest::Digest;
use crate::ingest::text::is_same;
use hashbrown::HashTable;
use serde::{Deserialize, Serialize};

/// A string of an [`Interner`]. The number 0 is always the empty string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sym(pub u32);

impl Sym {
    /// The empty string of every interner.
    pub const EMPTY: Self = Self(0);
}

/// A set of strings, each with a number in order of first appearance.
///
/// All text lies in one buffer, so ten thousand senders cost two allocations.
#[derive(Clone, Debug)]
pub struct Interner {
    text: String,
    /// `ends[i]` is where string `i` stops in `text`; it starts where its predecessor stops.
    ends: Vec<u32>,
    table: HashTable<(Digest, u32)>,
}

impl Default for Interner {
    fn default() -> Self {
        Self::with_capacity(0, 0)
    }
}

impl Interner {
    /// With room for so many strings of so many bytes in all.
    pub fn with_capacity(strings: usize, text_bytes: usize) -> Self {
        let mut new = Self {
            text: String::with_capacity(text_bytes),
            ends: Vec::with_capacity(strings),
            table: HashTable::with_capacity(strings),
        };
        new.intern("");
        new
    }

    /// The number of this string, given now if it had none.
    ///
    /// Past 4 GiB of text or 2³² strings everything new is the empty string; no input reaches that inside the
    /// memory of a tab.
    pub fn intern(&mut self, text: &str) -> Sym {
        let digest = Digest::of(text.as_bytes());
        if let Some(found) = self.find_by(digest, text) {
            return found;
        }
        let (Ok(number), Ok(end)) =
            (u32::try_from(self.ends.len()), u32::try_from(self.text.len() + text.len()))
        else {
            return Sym::EMPTY;
        };
        self.text.push_str(text);
        self.ends.push(end);
        self.table.insert_unique(digest.hash(), (digest, number), |(digest, _)| digest.hash());
        Sym(number)
    }

    /// The number of this string, if it has one.
    pub fn find(&self, text: &str) -> Option<Sym> {
        self.find_by(Digest::of(text.as_bytes()), text)
    }

    fn find_by(&self, digest: Digest, text: &str) -> Option<Sym> {
        let is_it = |&(other, number): &(Digest, u32)| {
            other == digest && is_same(self.get(Sym(number)).as_bytes(), text.as_bytes())
        };
        self.table.find(digest.hash(), is_it).map(|&(_, number)| Sym(number))
    }

    /// The string with this number; empty for a number of another interner that this one does not have.
    pub fn get(&self, sym: Sym) -> &str {
        slice(&self.text, &self.ends, sym.0 as usize)
    }

    /// How many strings there are, the empty one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of the text of all strings.
    pub const fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// Never: the empty string is always there.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All strings in order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|i| slice(&self.text, &self.ends, i))
    }
}

fn slice<'a>(text: &'a str, ends: &[u32], i: usize) -> &'a str {
    let start = if i == 0 { 0 } else { ends.get(i - 1).map_or(0, |&end| end as usize) };
    let end = ends.get(i).map_or(start, |&end| end as usize);
    text.get(start..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_strings_share_a_number() {
        let mut names = Interner::default();
        let a = names.intern("a@contoso.com");
        let b = names.intern("b@contoso.com");
        assert_ne!(a, b);
        assert_eq!(names.intern("a@contoso.com"), a);
        assert_eq!(names.get(b), "b@contoso.com");
        assert_eq!(names.intern(""), Sym::EMPTY);
        assert_eq!(names.find("c@contoso.com"), None);
        assert_eq!(names.iter().collect::<Vec<_>>(), ["", "a@contoso.com", "b@contoso.com"]);
    }
}
