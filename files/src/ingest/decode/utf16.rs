//! UTF-16 to UTF-8.

/// Takes UTF-16 in pieces, however they are cut.
#[derive(Clone, Debug)]
pub struct Utf16 {
    is_big_endian: bool,
    /// The first byte of a unit whose second is still to come.
    half: Option<u8>,
    /// The first half of a surrogate pair.
    high: Option<u16>,
}

impl Utf16 {
    /// With the more significant byte first, or second.
    pub const fn new(is_big_endian: bool) -> Self {
        Self { is_big_endian, half: None, high: None }
    }

    /// Appends the text of these bytes. Surrogates without their other half become U+FFFD.
    pub fn push(&mut self, mut bytes: &[u8], text: &mut Vec<u8>) {
        if let (Some(first), Some((&second, rest))) = (self.half, bytes.split_first()) {
            self.half = None;
            self.unit([first, second], text);
            bytes = rest;
        }
        let (units, half) = bytes.as_chunks::<2>();
        for &unit in units {
            match unit {
                // Nearly all of a log.
                [low, 0] if low < 0x80 && !self.is_big_endian && self.high.is_none() => text.push(low),
                _ => self.unit(unit, text),
            }
        }
        if let Some(&half) = half.first() {
            self.half = Some(half);
        }
    }

    /// The text has ended.
    pub fn finish(&mut self, text: &mut Vec<u8>) {
        if self.high.take().is_some() || self.half.take().is_some() {
            append(char::REPLACEMENT_CHARACTER, text);
        }
    }

    fn unit(&mut self, bytes: [u8; 2], text: &mut Vec<u8>) {
        let unit = if self.is_big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) };
        let is_low = (0xDC00..0xE000).contains(&unit);
        if let Some(high) = self.high.take() {
            let code = 0x1_0000 + (u32::from(high & 0x3FF) << 10) + u32::from(unit & 0x3FF);
            let pair = char::from_u32(code).filter(|_| is_low);
            append(pair.unwrap_or(char::REPLACEMENT_CHARACTER), text);
            if is_low {
                return;
            }
        }
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
        } else {
            append(char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER), text);
        }
    }
}

fn append(character: char, text: &mut Vec<u8>) {
    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(bytes: &[u8], is_big_endian: bool, cuts: &[usize]) -> String {
        let (mut utf16, mut text) = (Utf16::new(is_big_endian), Vec::new());
        let mut rest = bytes;
        for &cut in cuts {
            let (piece, behind) = rest.split_at(cut.min(rest.len()));
            utf16.push(piece, &mut text);
            rest = behind;
        }
        utf16.push(rest, &mut text);
        utf16.finish(&mut text);
        String::from_utf8(text).expect("UTF-8")
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_units_in_any_pieces_are_what_the_standard_library_makes_of_them(
            units in prop::collection::vec(
                prop_oneof![0_u16..0x80, 0xD7F0_u16..0xE010, any::<u16>()], 0..60),
            cuts in prop::collection::vec(0_usize..7, 0..40),
            is_big_endian in any::<bool>(),
            has_half in any::<bool>(),
        ) {
            let bytes = |unit: &u16| if is_big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
            let mut text: Vec<u8> = units.iter().flat_map(bytes).collect();
            let mut expected: String = char::decode_utf16(units.iter().copied())
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect();
            let ends_in_a_pair = units.last().is_some_and(|last| (0xD800..0xDC00).contains(last));
            if has_half {
                text.push(0x41);
                // One for a pair and a unit that are both cut off.
                if !ends_in_a_pair {
                    expected.push(char::REPLACEMENT_CHARACTER);
                }
            }
            prop_assert_eq!(decoded(&text, is_big_endian, &cuts), expected);
        }
    }
}
