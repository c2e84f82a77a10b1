//! Names out of a log: text at last, and never too much of it.

use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_64;

/// The byte order mark of UTF-8.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Whether two byte strings are equal, eight bytes at a time, or four. In WebAssembly `==` compares byte after byte, which
/// took a fifth of the time of reading a CSV.
#[inline]
pub fn is_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
    if let (Some(a_last), Some(b_last)) = (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        // The last word first: names differ in their ends more often than at their beginnings.
        return word(a_last) == word(b_last)
            && a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0).all(|(a, b)| word(a) == word(b));
    }
    let half = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
    match (a.first_chunk::<4>(), b.first_chunk::<4>(), a.last_chunk::<4>(), b.last_chunk::<4>()) {
        (Some(a_first), Some(b_first), Some(a_last), Some(b_last)) => {
            half(a_first) == half(b_first) && half(a_last) == half(b_last)
        }
        _ => a.iter().zip(b).all(|(a, b)| a == b),
    }
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
        return String::from_utf8_lossy(bytes);
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
        let text = b"a name of some length";
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
