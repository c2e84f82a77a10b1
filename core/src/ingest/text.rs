//! Names out of a log: text at last, and never too much of it.

use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_64;

/// The byte order mark of UTF-8.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Whether two byte strings are equal, sixteen bytes at a time. In WebAssembly `==` compares byte after byte, which took a
/// fifth of the time of reading a CSV.
#[inline]
pub fn is_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let sixteen = |a: &[u8; 16], b: &[u8; 16]| u128::from_le_bytes(*a) == u128::from_le_bytes(*b);
    if let Some(ends) = ends(a, b, sixteen) {
        return ends
            && (a.len() <= 32
                || a.as_chunks().0.iter().zip(b.as_chunks().0).skip(1).all(|(a, b)| sixteen(a, b)));
    }
    ends(a, b, |a, b| u64::from_le_bytes(*a) == u64::from_le_bytes(*b))
        .or_else(|| ends(a, b, |a, b| u32::from_le_bytes(*a) == u32::from_le_bytes(*b)))
        .unwrap_or_else(|| a.iter().zip(b).all(|(a, b)| a == b))
}

/// Whether the first and the last `N` bytes are equal, which is all of up to twice as many; `None` of less than `N`.
#[inline(always)]
fn ends<const N: usize>(a: &[u8], b: &[u8], is_same: impl Fn(&[u8; N], &[u8; N]) -> bool) -> Option<bool> {
    let (a_first, b_first) = (a.first_chunk()?, b.first_chunk()?);
    let (a_last, b_last) = (a.last_chunk()?, b.last_chunk()?);
    Some(is_same(a_first, b_first) && is_same(a_last, b_last))
}

/// Whether a line is UTF-8, without NUL, and without a byte order mark in front: nothing to be careful about.
pub fn is_clean(line: &[u8]) -> bool {
    !line.starts_with(BOM) && memchr::memchr(0, line).is_none() && std::str::from_utf8(line).is_ok()
}

/// The longest name that is kept whole. Addresses end at 320 characters; a log that brings a megabyte is hostile.
pub const MAX_NAME_BYTES: usize = 1024;

/// A name as text. What is not UTF-8 becomes U+FFFD. Of an overlong name the beginning is kept with a digest of the
/// whole, so that two of them stay two.
pub fn name(bytes: &[u8]) -> Cow<'_, str> {
    if bytes.len() <= MAX_NAME_BYTES {
        // The check alone goes eight bytes at a time; what replaces goes one by one.
        return std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
    }
    // Room for the digest: a cut name is not cut again when an export is read back.
    let beginning = String::from_utf8_lossy(&bytes[..MAX_NAME_BYTES - 32]);
    Cow::Owned(format!("{}…#{:016x}", beginning.trim_end_matches('\u{FFFD}'), xxh3_64(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_are_the_same_and_no_others() {
        let text = b"a name of some length, longer than what is compared at a time, and twice as long";
        for len in 0..text.len() {
            assert!(is_same(&text[..len], &text[..len]));
            assert!(!is_same(&text[..len], &text[..=len]));
            for i in 0..len {
                let mut other = text[..len].to_vec();
                other[i] ^= 1;
                assert!(!is_same(&text[..len], &other), "{len}, {i}");
            }
        }
    }

    #[test]
    fn overlong_names_are_cut_but_stay_distinct() {
        let a = "a".repeat(1 << 20);
        let b = format!("{}b", &a[1..]);
        assert_ne!(name(a.as_bytes()), name(b.as_bytes()));
        assert_eq!(name(name(a.as_bytes()).as_bytes()), name(a.as_bytes()));
        assert_eq!(name(b"caf\xE9"), "caf\u{FFFD}");
    }
}
