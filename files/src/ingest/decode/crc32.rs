//! The checksum of gzip and ZIP.

/// CRC-32 of what came so far.
///
/// Its tables are made when they are needed: as constants they would be eight kilobytes of the page that no compression
/// makes smaller.
#[derive(Clone, Debug)]
pub struct Crc32 {
    /// The tables to take eight bytes at a time.
    tables: Box<[[u32; 256]; 8]>,
    value: u32,
}

impl Default for Crc32 {
    fn default() -> Self {
        let mut tables = Box::new([[0; 256]; 8]);
        for (byte, entry) in (0_u32..).zip(&mut tables[0]) {
            *entry =
                (0..8).fold(byte, |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 });
        }
        for n in 1..8 {
            for byte in 0..256 {
                let before = tables[n - 1][byte];
                tables[n][byte] = tables[0][usize::from(low(before))] ^ (before >> 8);
            }
        }
        Self { tables, value: !0 }
    }
}

impl Crc32 {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        let tables = &*self.tables;
        let mut crc = self.value;
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            let word = (u64::from_le_bytes(*word) ^ u64::from(crc)).to_le_bytes();
            let looked_up =
                word.iter().zip(tables.iter().rev()).map(|(&byte, table)| table[usize::from(byte)]);
            crc = looked_up.fold(0, |crc, entry| crc ^ entry);
        }
        for &byte in rest {
            crc = tables[0][usize::from(low(crc) ^ byte)] ^ (crc >> 8);
        }
        self.value = crc;
    }

    /// The checksum.
    pub const fn value(&self) -> u32 {
        !self.value
    }

    /// Begins anew.
    pub const fn reset(&mut self) {
        self.value = !0;
    }
}

const fn low(crc: u32) -> u8 {
    crc.to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_checksums_however_cut() {
        // The check value of the catalogue of CRCs, and what `gzip -v -l` tells of the sentence.
        let sentence = b"The quick brown fox jumps over the lazy dog";
        for (text, expected) in [(&b""[..], 0), (b"123456789", 0xCBF4_3926), (sentence, 0x414F_A339)] {
            for cut in 0..=text.len() {
                let mut crc = Crc32::default();
                crc.update(&text[..cut]);
                crc.update(&text[cut..]);
                assert_eq!(crc.value(), expected, "cut at {cut}");
            }
        }
    }
}
