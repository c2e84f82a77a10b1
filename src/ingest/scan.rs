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
    delimiter: u8x16,
    /// Where the block at hand starts.
    base: usize,
    /// Marks of the block at hand that were not handed out yet, a bit each.
    mask: u64,
    /// End of the last block, of those looked at, with NUL or anything but ASCII.
    unusual_end: usize,
}

impl<'a> Marks<'a> {
    /// Of a text whose fields end with `delimiter`.
    pub fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        let mut marks = Self { bytes, delimiter: u8x16::splat(delimiter), base: 0, mask: 0, unusual_end: 0 };
        marks.look();
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

    /// The position of the next mark; behind the last one the length of the text.
    #[inline(always)]
    pub fn next_mark(&mut self) -> usize {
        while self.mask == 0 {
            if self.base >= self.bytes.len() {
                return self.bytes.len();
            }
            self.base += BLOCK_BYTES;
            self.look();
        }
        let at = self.base + self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        at
    }

    /// Puts the positions of the marks of one line, its line feed last, into `places`, as far as they fit. Returns how
    /// many there are, whether one of them is a quote, and the position of the line feed; without one, the length of the
    /// text.
    ///
    /// A tight loop that knows nothing of the format: a third of the instructions that asking for mark after mark took.
    #[inline(always)]
    pub fn line<const N: usize>(&mut self, places: &mut [u32; N]) -> (usize, bool, usize) {
        let mut walk = self.clone();
        let mut count = 0;
        let mut has_quote = false;
        let end = loop {
            let at = walk.next_mark();
            if let Some(place) = places.get_mut(count) {
                // A text is a piece of a file, far below 4 GiB.
                #[allow(clippy::cast_possible_truncation)]
                let narrow = at as u32;
                *place = narrow;
            }
            count += 1;
            match walk.bytes.get(at) {
                None | Some(b'\n') => break at,
                Some(&b) => has_quote |= b == b'"',
            }
        };
        *self = walk;
        (count, has_quote, end)
    }

    /// The position of the next line feed; behind the last one the length of the text.
    pub fn next_line_feed(&mut self) -> usize {
        loop {
            let at = self.next_mark();
            if matches!(self.bytes.get(at), None | Some(b'\n')) {
                return at;
            }
        }
    }

    #[inline(always)]
    fn look(&mut self) {
        let rest = self.bytes.get(self.base..).unwrap_or_default();
        if let Some(block) = rest.first_chunk::<BLOCK_BYTES>() {
            self.look_at(block);
        } else {
            let mut block = [b' '; BLOCK_BYTES];
            block[..rest.len()].copy_from_slice(rest);
            self.look_at(&block);
            // The delimiter may be a space.
            self.mask &= (1 << rest.len()) - 1;
        }
    }

    #[inline(always)]
    fn look_at(&mut self, block: &[u8; BLOCK_BYTES]) {
        let (line_feed, quote, nul) = (u8x16::splat(b'\n'), u8x16::splat(b'"'), u8x16::splat(0));
        let mut unusual = nul;
        self.mask = 0;
        let (parts, _) = block.as_chunks::<16>();
        for (i, part) in parts.iter().enumerate() {
            let bytes = u8x16::new(*part);
            let marks = bytes.simd_eq(self.delimiter) | bytes.simd_eq(line_feed) | bytes.simd_eq(quote);
            self.mask |= u64::from(marks.to_bitmask()) << (16 * i);
            // The upper bit of a byte is what its mask is made of.
            unusual = unusual | bytes | bytes.simd_eq(nul);
        }
        if unusual.to_bitmask() != 0 {
            self.unusual_end = self.base + BLOCK_BYTES;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(bytes: &[u8], delimiter: u8) -> Vec<usize> {
        let mut marks = Marks::new(bytes, delimiter);
        let mut found = Vec::new();
        loop {
            match marks.next_mark() {
                end if end == bytes.len() => return found,
                at => found.push(at),
            }
        }
    }

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
            prop_assert_eq!(all(&bytes, delimiter), plain);
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
