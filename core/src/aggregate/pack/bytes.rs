//! Numbers in as few bytes as they need.

use crate::aggregate::Sym;

/// Writes numbers, seven bits a byte.
#[derive(Debug, Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    /// A number, the smaller the shorter.
    #[allow(clippy::cast_possible_truncation)] // the low seven bits are what is wanted
    pub(super) fn number(&mut self, n: impl Into<u64>) {
        let mut n: u64 = n.into();
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    /// A number of either sign, the nearer to zero the shorter.
    pub(super) fn signed(&mut self, n: i64) {
        self.number(zigzag(n));
    }

    /// A string of the pack.
    pub(super) fn sym(&mut self, sym: Sym) {
        self.number(sym.0);
    }

    /// Bytes, with how many they are in front.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    /// Bytes that are the last.
    pub(super) fn rest(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Makes it empty, to be filled again.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What was written so far.
    pub(super) fn written(&self) -> &[u8] {
        &self.0
    }

    /// What was written, with no room to spare.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_boxed_slice().into_vec()
    }
}

/// Reads what a [`Writer`] wrote. `None` where that ends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// All that is left.
    pub(super) const fn rest(self) -> &'a [u8] {
        self.0
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        if first < 0x80 {
            return Some(first.into());
        }
        let mut n = u64::from(first & 0x7F);
        for shift in (7..64).step_by(7) {
            let (&next, rest) = self.0.split_first()?;
            self.0 = rest;
            n |= u64::from(next & 0x7F) << shift;
            if next < 0x80 {
                return Some(n);
            }
        }
        None
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        self.number().map(unzigzag)
    }

    pub(super) fn small(&mut self) -> Option<u32> {
        self.number().and_then(|n| u32::try_from(n).ok())
    }

    pub(super) fn sym(&mut self) -> Option<Sym> {
        self.small().map(Sym)
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let len = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(bytes)
    }
}

pub(super) const fn zigzag(n: i64) -> u64 {
    (n.cast_unsigned() << 1) ^ (n >> 63).cast_unsigned()
}

pub(super) const fn unzigzag(n: u64) -> i64 {
    (n >> 1).cast_signed() ^ -((n & 1).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_small_ones_are_short() {
        let unsigned = [0, 1, 127, 128, 16_383, 16_384, u64::from(u32::MAX), u64::MAX];
        let signed = [0, -1, 1, -64, 63, 64, -65, i64::MIN, i64::MAX];
        let mut writer = Writer::default();
        for n in unsigned {
            writer.number(n);
        }
        for n in signed {
            writer.signed(n);
        }
        writer.bytes(b"text");
        let bytes = writer.finish();
        let mut reader = Reader::new(&bytes);
        for n in unsigned {
            assert_eq!(reader.number(), Some(n));
        }
        for n in signed {
            assert_eq!(reader.signed(), Some(n));
        }
        assert_eq!(reader.bytes(), Some(&b"text"[..]));
        assert!(reader.is_empty());
        assert_eq!(reader.number(), None);
        assert_eq!(bytes.len(), 1 + 1 + 1 + 2 + 2 + 3 + 5 + 10 + 5 + 2 + 2 + 10 + 10 + 5);
    }

    #[test]
    fn what_is_cut_off_is_not_read() {
        for cut in [&[][..], &[0x80], &[0xFF; 11], &[5, b'a']] {
            let mut reader = Reader::new(cut);
            let number = reader.number();
            assert!(number.is_none() || reader.bytes().is_none(), "{cut:?}");
            assert_eq!(Reader::new(cut).bytes(), None, "{cut:?}");
        }
    }
}
