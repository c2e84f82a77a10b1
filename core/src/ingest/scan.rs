//! Finds delimiters, quotes and line breaks, sixty-four bytes at a time.
//!
//! One pass finds the ends of lines and of fields, and notices whatever is not plain ASCII. It took the place of one
//! `memchr` a field, another for the line break and two more passes over the piece: fields are so short that a call to
//! `memchr` costs more than the search (229 → 150 ns a line of a Receive log, all else equal).

use super::text::is_clean;
use wide::u8x16;

/// Bytes looked at together: as many as a mask has bits.
const BLOCK_BYTES: usize = 64;

/// Walks over the marks of a stretch of text: its delimiters, quotes and line feeds.
#[derive(Clone, Debug)]
pub struct Marks<'a> {
    bytes: &'a [u8],
    /// The blocks behind the one at hand, and the bytes behind the last block.
    blocks: std::slice::Iter<'a, [u8; BLOCK_BYTES]>,
    rest: &'a [u8],
    delimiter: u8x16,
    /// Where the block at hand starts.
    base: usize,
    /// Marks of the block at hand that were not handed out yet, a bit each.
    left: u64,
    /// Line feeds and quotes of the block at hand, also those handed out.
    stops: u64,
    /// End of the last block, of those looked at, with NUL or anything but ASCII.
    unusual_end: usize,
}

/// Places of marks that a line may have, and be read the fast way. A power of two.
pub const MAX_MARKS: usize = 64;

/// The marks of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineMarks {
    /// How many there are. Of more than [`MAX_MARKS`] not all places are known.
    pub count: usize,
    /// Whether one of them is a quote.
    pub has_quote: bool,
    /// Where the line feed is; without one, the length of the text.
    pub end: usize,
}

impl<'a> Marks<'a> {
    /// Of a text, below 4 GiB, whose fields end with `delimiter`.
    pub fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        let (blocks, rest) = bytes.as_chunks();
        let mut marks = Self {
            bytes,
            blocks: blocks.iter(),
            rest,
            delimiter: u8x16::splat(delimiter),
            // One block before the first.
            base: 0_usize.wrapping_sub(BLOCK_BYTES),
            left: 0,
            stops: 0,
            unusual_end: 0,
        };
        marks.next_block();
        marks
    }

    /// The text.
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Whether the line `start..end`, whose line feed was handed out last, is UTF-8 without NUL and byte order mark.
    #[inline(always)]
    pub fn is_clean(&self, start: usize, end: usize) -> bool {
        start >= self.unusual_end || is_clean(self.bytes.get(start..end).unwrap_or_default())
    }

    /// The marks of the line at hand. Their positions, that of the line feed last, go to `places`, as far as there is
    /// room.
    ///
    /// A loop that looks at masks, and at a byte but once a line: 9 instructions a mark, where asking for mark after mark took 30.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)] // positions of a text below 4 GiB
    pub fn line(&mut self, places: &mut [u32; MAX_MARKS]) -> LineMarks {
        let mut line = LineMarks { count: 0, has_quote: false, end: self.bytes.len() };
        loop {
            // Up to the first quote or line feed, or all.
            let stops = self.stops & self.left;
            let upto = self.left & (stops ^ stops.wrapping_sub(1));
            let mut left = upto;
            while left != 0 {
                // Round and round rather than asking whether there is room.
                places[line.count % MAX_MARKS] = (self.base + left.trailing_zeros() as usize) as u32;
                line.count += 1;
                left &= left - 1;
            }
            self.left ^= upto;
            if stops != 0 {
                let at = self.base + stops.trailing_zeros() as usize;
                if self.bytes.get(at) == Some(&b'\n') {
                    line.end = at;
                    return line;
                }
                line.has_quote = true;
            } else if !self.next_block() {
                return line;
            }
        }
    }

    /// The position of the next line feed; behind the last one the length of the text.
    pub fn next_line_feed(&mut self) -> usize {
        self.line(&mut [0; MAX_MARKS]).end
    }

    /// Moves to the next block, if there is one.
    #[inline(always)]
    fn next_block(&mut self) -> bool {
        match self.blocks.next() {
            Some(block) => {
                self.base = self.base.wrapping_add(BLOCK_BYTES);
                self.look_at(block);
                true
            }
            None => self.look_at_rest(),
        }
    }

    #[cold]
    #[inline(never)]
    fn look_at_rest(&mut self) -> bool {
        let rest = std::mem::take(&mut self.rest);
        if rest.is_empty() {
            return false;
        }
        let mut block = [b' '; BLOCK_BYTES];
        block[..rest.len()].copy_from_slice(rest);
        self.base = self.base.wrapping_add(BLOCK_BYTES);
        self.look_at(&block);
        // The delimiter may be a space.
        self.left &= (1 << rest.len()) - 1;
        true
    }

    #[inline(always)]
    fn look_at(&mut self, block: &[u8; BLOCK_BYTES]) {
        let (line_feed, quote, zero) = (u8x16::splat(b'\n'), u8x16::splat(b'"'), u8x16::splat(0));
        let (mut all, mut least) = (zero, line_feed);
        let (mut delimiters, mut stops) = (0, 0);
        let (parts, _) = block.as_chunks::<16>();
        for (i, part) in parts.iter().enumerate() {
            let bytes = u8x16::new(*part);
            let bits = |mask: u8x16| u64::from(mask.to_bitmask()) << (16 * i);
            delimiters |= bits(bytes.simd_eq(self.delimiter));
            stops |= bits(bytes.simd_eq(line_feed) | bytes.simd_eq(quote));
            all |= bytes;
            least = least.min(bytes);
        }
        self.left = delimiters | stops;
        self.stops = stops;
        // The upper bit of a byte is what a bitmask is made of.
        if (all | least.simd_eq(zero)).to_bitmask() != 0 {
            self.unusual_end = self.base + BLOCK_BYTES;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn marks_are_where_a_plain_search_finds_them(
            bytes in prop::collection::vec(prop::sample::select(b",;\"\nab \0\xC3".to_vec()), 0..300),
            delimiter in prop::sample::select(b",; ".to_vec()),
        ) {
            let plain: Vec<usize> = (0..bytes.len())
                .filter(|&i| bytes[i] == delimiter || matches!(bytes[i], b'\n' | b'"'))
                .collect();
            let mut marks = Marks::new(&bytes, delimiter);
            let (mut of_lines, mut start) = (Vec::new(), 0);
            while start < bytes.len() {
                let mut places = [0; MAX_MARKS];
                let line = marks.line(&mut places);
                let known = line.count.min(MAX_MARKS);
                let places: Vec<usize> = if line.count > MAX_MARKS {
                    plain.iter().copied().filter(|at| (start..=line.end).contains(at)).collect()
                } else {
                    places[..known].iter().map(|&at| at as usize).collect()
                };
                prop_assert_eq!(line.count, places.len());
                prop_assert_eq!(line.has_quote, places.iter().any(|&at| bytes[at] == b'"'));
                prop_assert!(places.iter().rev().skip(1).all(|&at| bytes[at] != b'\n'));
                prop_assert_eq!(bytes.get(line.end), (line.end < bytes.len()).then_some(&b'\n'));
                of_lines.extend(places);
                start = line.end + 1;
            }
            prop_assert_eq!(of_lines, plain);
        }

        #[test]
        fn unusual_bytes_are_noticed_in_the_line_they_stand_in(
            before in 0_usize..200, after in 0_usize..200, unusual in prop::sample::select(vec![0_u8, 0x80, 0xC3, 0xFF]),
        ) {
            let mut bytes = vec![b'a'; before];
            bytes.push(unusual);
            bytes.extend(vec![b'b'; after]);
            bytes.push(b'\n');
            let mut marks = Marks::new(&bytes, b',');
            let end = marks.next_line_feed();
            prop_assert_eq!(end, bytes.len() - 1);
            prop_assert!(!marks.is_clean(before, end));
            prop_assert!(!marks.is_clean(0, end));
        }
    }

    #[test]
    fn clean_lines() {
        for (line, is_clean) in [
            (&b"a,b\x7F\t\n"[..], true),
            ("käse\n".as_bytes(), true),
            (b"\xEF\xBB\xBFa\n", false),
            (b"k\xE4se\n", false),
        ] {
            let mut marks = Marks::new(line, b',');
            let end = marks.next_line_feed();
            assert_eq!(marks.is_clean(0, end), is_clean, "{line:?}");
        }
    }
}
