//! Digests by which tables find what they hold.

/// Of bytes or numbers, 32 bits that tables keep beside what they hold: then nothing is digested again when a table grows,
/// and nothing but what is as good as found is looked at, which lies far from the table.
///
/// `foldhash` needs products of 128 bits, which WebAssembly has not: there it takes four multiplications for what is one
/// here. What is told apart is told apart by itself, so this need only spread well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(u32);

/// Bits without a pattern (the fractions of the square roots of 2 and 3), odd, for multiplication.
const SEED: [u64; 2] = [0x6A09_E667_F3BC_C909, 0xBB67_AE85_84CA_A73B];

/// A digest under way, in two lanes.
#[derive(Clone, Copy, Debug)]
pub struct Lanes([u64; 2]);

impl Default for Lanes {
    fn default() -> Self {
        Self(SEED)
    }
}

impl Lanes {
    /// Takes two words.
    #[inline(always)]
    #[must_use]
    pub const fn words(self, first: u64, second: u64) -> Self {
        const fn lane(sum: u64, word: u64) -> u64 {
            (sum ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
        }
        let Self([a, b]) = self;
        Self([lane(a, first), lane(b, second)])
    }

    /// Takes bytes, sixteen at a time.
    #[inline(always)]
    #[must_use]
    pub fn bytes(self, bytes: &[u8]) -> Self {
        let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        let half = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
        let Self([a, b]) = self;
        let mut lanes = Self([a ^ bytes.len() as u64, b]);
        let (chunks, rest) = bytes.as_chunks::<16>();
        for chunk in chunks {
            let [first, last] = chunk.as_chunks::<8>().0 else { continue };
            lanes = lanes.words(word(first), word(last));
        }
        // The ends of what is left, which may overlap.
        if let (Some(first), Some(last)) = (rest.first_chunk::<8>(), rest.last_chunk::<8>()) {
            lanes.words(word(first), word(last))
        } else if let (Some(first), Some(last)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
            lanes.words(half(first), half(last))
        } else {
            lanes.words(rest.iter().fold(0, |sum, &b| sum << 8 | u64::from(b)), 0)
        }
    }

    /// The digest.
    #[allow(clippy::cast_possible_truncation)] // half of it is enough
    #[inline(always)]
    pub const fn finish(self) -> Digest {
        let Self([a, b]) = self;
        let sum = (a ^ b.rotate_left(32)).wrapping_mul(SEED[0]);
        Digest((sum ^ sum >> 32) as u32)
    }
}

impl Digest {
    /// Of bytes.
    #[inline]
    pub fn of(bytes: &[u8]) -> Self {
        Lanes::default().bytes(bytes).finish()
    }

    /// As a number.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// What a table takes. It looks at the lowest bits and at the uppermost ones.
    #[inline(always)]
    pub const fn hash(self) -> u64 {
        (self.0 as u64) << 32 | self.0 as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_alike_are_spread() {
        // As many places as names: of random ones 63 in 100 are hit.
        let mut places = vec![false; 1 << 16];
        let mut tags = [0_u32; 128];
        for n in 0..1 << 16 {
            let name = format!("user{n:05}@contoso.com,10.0.{}.{}", n >> 8, n & 255);
            let hash = Digest::of(name.as_bytes()).hash();
            places[(hash & 0xFFFF) as usize] = true;
            tags[(hash >> 57) as usize] += 1;
        }
        let hit = places.iter().filter(|&&hit| hit).count();
        assert!((40_500..42_500).contains(&hit), "{hit}");
        assert!(tags.iter().all(|&names| (400..630).contains(&names)), "{tags:?}");
    }

    #[test]
    fn small_numbers_are_spread() {
        let mut places = vec![false; 1 << 16];
        for n in 0..1_u64 << 16 {
            let words = Lanes::default().words(n & 15, n >> 8).words(n >> 4 & 15, 7);
            places[(words.finish().hash() & 0xFFFF) as usize] = true;
        }
        let hit = places.iter().filter(|&&hit| hit).count();
        assert!((40_500..42_500).contains(&hit), "{hit}");
    }
}
