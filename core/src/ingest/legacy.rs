//! Code pages from before Unicode, for lines that are not UTF-8.
//!
//! Each line is decided by itself, so that no cut of a file makes a difference. Nothing but a line's own bytes says what
//! they are, so a short one may be taken for another language; what such lines are read as is counted, and the page tells.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a line is read as that is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CodePage {
    /// Western European.
    Windows1252,
    /// Cyrillic.
    Windows1251,
    /// Korean.
    Windows949,
    /// UTF-8 all the same, with some bytes that are not: each run of them becomes U+FFFD.
    BrokenUtf8,
}

impl CodePage {
    /// All, in the order in which they are counted and shown.
    pub const ALL: [Self; 4] = [Self::Windows1252, Self::Windows1251, Self::Windows949, Self::BrokenUtf8];

    /// Its name. Not for [`BrokenUtf8`](Self::BrokenUtf8), which is none.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Windows1252 => "windows-1252",
            Self::Windows1251 => "windows-1251",
            Self::Windows949 => "windows-949",
            Self::BrokenUtf8 => "UTF-8",
        }
    }
}

/// A line in UTF-8, and what it was if it was not. ASCII stays where it is: no byte of a character of these code pages is a
/// delimiter, a quote or a line break.
pub fn decode(line: &[u8]) -> (Cow<'_, [u8]>, Option<CodePage>) {
    if std::str::from_utf8(line).is_ok() {
        return (Cow::Borrowed(line), None);
    }
    let page = code_page(line);
    let text = match page {
        CodePage::Windows1252 => line.iter().map(|&byte| windows_1252(byte)).collect(),
        CodePage::Windows1251 => line.iter().map(|&byte| windows_1251(byte)).collect(),
        CodePage::Windows949 => windows_949(line),
        CodePage::BrokenUtf8 => String::from_utf8_lossy(line).into_owned(),
    };
    (Cow::Owned(text.into_bytes()), Some(page))
}

/// A text line by line, as [`decode`] does.
pub fn decode_lines(text: &[u8]) -> Cow<'_, [u8]> {
    if std::str::from_utf8(text).is_ok() {
        return Cow::Borrowed(text);
    }
    let mut decoded = Vec::new();
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        decoded.extend_from_slice(&decode(line).0);
    }
    Cow::Owned(decoded)
}

/// What a line is that is not UTF-8.
fn code_page(line: &[u8]) -> CodePage {
    // Characters of two bytes and more come about by chance, but seldom.
    let (mut sound, mut broken) = (0, 0);
    for chunk in line.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if sound > broken {
        return CodePage::BrokenUtf8;
    }
    let cyrillic = Cyrillic::of(line);
    if is_korean(line) && !cyrillic.is_all() {
        CodePage::Windows949
    } else if cyrillic.in_words > cyrillic.others {
        CodePage::Windows1251
    } else {
        CodePage::Windows1252
    }
}

/// How much of a line looks like Cyrillic words.
#[derive(Default)]
struct Cyrillic {
    /// Bytes in runs of letters that touch no Latin ones.
    in_words: usize,
    /// Bytes that are no letters, or touch Latin ones. A letter by itself may be anything.
    others: usize,
    /// Some word has capitals inside, but not only capitals.
    has_odd_case: bool,
}

impl Cyrillic {
    fn of(line: &[u8]) -> Self {
        let mut sum = Self::default();
        let mut start = 0;
        for run in line.chunk_by(|&a, &b| is_cyrillic(a) == is_cyrillic(b)) {
            let end = start + run.len();
            if run.first().copied().is_some_and(is_cyrillic) {
                let is_latin = |at: usize| line.get(at).is_some_and(u8::is_ascii_alphabetic);
                if is_latin(end) || start.checked_sub(1).is_some_and(is_latin) {
                    sum.others += run.len();
                } else if let [_, inner @ ..] = run
                    && !inner.is_empty()
                {
                    sum.in_words += run.len();
                    let capitals = run.iter().filter(|&&byte| is_capital(byte)).count();
                    let is_usual = capitals == run.len() || !inner.iter().any(|&byte| is_capital(byte));
                    sum.has_odd_case |= !is_usual;
                }
            } else {
                sum.others += run.iter().filter(|byte| !byte.is_ascii()).count();
            }
            start = end;
        }
        sum
    }

    /// Whether there is nothing to say against it. Two bytes of Korean look so as often as not, four hardly ever.
    const fn is_all(&self) -> bool {
        self.in_words > 0 && self.others == 0 && !self.has_odd_case
    }
}

/// A letter of Russian, Belarusian or Ukrainian in windows-1251.
const fn is_cyrillic(byte: u8) -> bool {
    byte >= 0xC0 || is_capital(byte) || matches!(byte, 0xA2 | 0xB3 | 0xB4 | 0xB8 | 0xBA | 0xBF)
}

const fn is_capital(byte: u8) -> bool {
    matches!(byte, 0xA1 | 0xA5 | 0xA8 | 0xAA | 0xAF | 0xB2 | 0xC0..=0xDF)
}

/// Whether all that is not ASCII pairs up as Korean, most of it as common syllables.
fn is_korean(line: &[u8]) -> bool {
    let (mut common, mut rare) = (0, 0);
    let mut rest = line;
    while let [lead, behind @ ..] = rest {
        rest = behind;
        if lead.is_ascii() {
            continue;
        }
        let [trail, behind @ ..] = rest else { return false };
        rest = behind;
        match (*lead, *trail) {
            (0xB0..=0xC8, 0xA1..=0xFE) => common += 1,
            // Symbols.
            (0xA1..=0xAC, 0xA1..=0xFE) => {}
            // Hanja.
            (0xCA..=0xFD, 0xA1..=0xFE) => rare += 1,
            (lead, trail) if rare_syllable(lead, trail).is_some() => rare += 1,
            _ => return false,
        }
    }
    common > rare
}

/// The number of a syllable among those that the code page has beyond the standard, in order of Unicode.
fn rare_syllable(lead: u8, trail: u8) -> Option<usize> {
    let column = match trail {
        0x41..=0x5A => trail - 0x41,
        0x61..=0x7A => trail - 0x61 + 26,
        0x81..=0xFE => trail - 0x81 + 52,
        _ => return None,
    };
    let number = match lead {
        0x81..=0xA0 => usize::from(lead - 0x81) * 178 + usize::from(column),
        0xA1..=0xC6 if trail < 0xA1 => 32 * 178 + usize::from(lead - 0xA1) * 84 + usize::from(column),
        _ => return None,
    };
    (number < SYLLABLES - COMMON_SYLLABLES).then_some(number)
}

fn windows_949(line: &[u8]) -> String {
    let mut text = String::with_capacity(line.len() * 2);
    let mut rest = line;
    while let [lead, behind @ ..] = rest {
        rest = behind;
        if lead.is_ascii() {
            text.push(char::from(*lead));
            continue;
        }
        let [trail, behind @ ..] = rest else { break };
        rest = behind;
        let syllable = match (*lead, *trail) {
            (lead @ 0xB0..=0xC8, trail @ 0xA1..=0xFE) => {
                syllable(true, usize::from(lead - 0xB0) * 94 + usize::from(trail - 0xA1))
            }
            (lead, trail) => rare_syllable(lead, trail).and_then(|number| syllable(false, number)),
        };
        // Symbols and Hanja are eight thousand characters that no log needs.
        text.push(syllable.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text
}

/// The syllable with this number among the common ones, or among the others.
fn syllable(is_common: bool, mut number: usize) -> Option<char> {
    for (first, common) in (0xAC00..).step_by(64).zip(COMMON) {
        let mut those = if is_common { common } else { !common };
        let count = those.count_ones() as usize;
        if number < count {
            for _ in 0..number {
                those &= those - 1;
            }
            return char::from_u32(first + those.trailing_zeros());
        }
        number -= count;
    }
    None
}

fn windows_1252(byte: u8) -> char {
    let special = usize::from(byte).checked_sub(0x80).and_then(|at| WINDOWS_1252.get(at));
    special.map_or(char::from(byte), |&code| of_table(code))
}

fn windows_1251(byte: u8) -> char {
    match byte {
        0..0x80 => char::from(byte),
        0x80..0xC0 => WINDOWS_1251.get(usize::from(byte - 0x80)).map_or('\u{FFFD}', |&code| of_table(code)),
        0xC0.. => of_table(0x0410 + u16::from(byte - 0xC0)),
    }
}

fn of_table(code: u16) -> char {
    char::from_u32(code.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The bytes from 0x80; behind them it is Latin-1. Bytes without a character are U+FFFD.
const WINDOWS_1252: [u16; 32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
];

/// The bytes from 0x80 to 0xBF; behind them stand the letters from U+0410 on.
const WINDOWS_1251: [u16; 64] = [
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A,
    0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122,
    0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6,
    0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456,
    0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
];

/// Hangul syllables, from U+AC00.
const SYLLABLES: usize = 11_172;
/// Those of the standard KS X 1001.
const COMMON_SYLLABLES: usize = 2_350;
/// Which they are, a bit for each syllable. The code page has these in one block and the others in another, both in order
/// of Unicode.
#[rustfmt::skip]
const COMMON: [u64; 175] = [
    0x1303_B011_3EFF_0793, 0x0593_0000_1110_2801, 0x3B01_9703_B011_1E7B, 0x306B_9593_00A0_1112, 0x1130_3201_1102_B051,
    0xB879_300A_0111_02B0, 0x0080_0010_3001_1306, 0x9300_0011_100B_0113, 0x0593_0000_0010_2B03, 0x3B01_1323_B051_746B,
    0x7000_0000_0000_1030, 0x1110_2900_1303_B011, 0xB015_3000_0001_2180, 0x0200_0030_3001_030E, 0x1300_0000_1023_0111,
    0x0113_0300_1010_6B81, 0x0000_0100_3011_1013, 0x3000_0000_22B8_5530, 0x113A_FB07_9702_B011, 0x0000_0021_0113_03B0,
    0x03B0_1138_3B0D_1B00, 0x1300_0001_1133_0113, 0x0000_0100_111C_2B05, 0x2A01_1300_B011_1000, 0x1010_0001_02B0_1930,
    0x1030_0301_1100_0000, 0x0011_146B_0713_0230, 0x8FB8_F974_2B05_1300, 0x0000_0000_103B_0113, 0x0113_4AB0_D970_0000,
    0x0000_1103_0011_103B, 0x1000_0111_2AB1_5930, 0x0010_0B01_1101_0000, 0x0000_102B_0113_0000, 0x02A0_1110_2000_0101,
    0x0102_B059_3021_0111, 0x0113_07B0_1930_0000, 0x0000_0003_B011_383B, 0x383B_0D13_0000_0000, 0x0000_1000_0103_B011,
    0x0010_1020_0113_0000, 0x0000_0110_0000_0100, 0x0002_1811_3000_0000, 0x0111_0000_0010_0000, 0x0B01_9300_0000_0023,
    0x302B_0111_0030_1110, 0x0130_3B01_13C7_B011, 0xB011_3000_0000_0280, 0x03B0_1130_2B01_1383, 0x1102_B011_300A_0011,
    0x0111_0100_0000_2000, 0x2B01_1302_A011_102B, 0x3000_0001_0100_0010, 0x1130_2B01_1302_9011, 0xB011_3000_0000_66B0,
    0x07B0_113A_6B07_D302, 0x1300_0000_0020_0103, 0x0113_03B0_1138_6B05, 0x2B05_1B00_0000_10B8, 0x1000_0000_0300_0110,
    0x7970_0A01_1102_A011, 0x0000_100A_0111_A2B0, 0x0090_1110_0001_1100, 0x9300_0000_0009_0111, 0x0113_22B0_F9F2_BB05,
    0x0000_0000_2001_323B, 0x303B_0193_06B0_5930, 0x1170_0000_1123_A011, 0x0000_1010_0011_02B0, 0x0000_0110_0301_1301,
    0x0101_0010_162B_0793, 0x0111_0200_1130_0000, 0x0000_0000_B011_3029, 0x383B_0513_0EB0_5130, 0x0000_0100_0303_B011,
    0x0000_1039_0193_0000, 0x0000_0000_3B00_0302, 0x0000_0000_0023_0113, 0x0001_0000_0010_0000, 0x0000_0002_9011_3020,
    0x1000_0000_0000_0000, 0x0000_0301_1102_0000, 0xB079_B02B_0113_0000, 0x02B0_1130_3B01_1323, 0x1343_B0D9_F021_0111,
    0x0111_03B0_1130_3B01, 0x2001_1322_B051_7020, 0x300B_0111_0190_1110, 0x0016_AB01_9302_B011, 0xB011_3021_0113_0100,
    0x02B0_3130_2901_0302, 0x1B42_B819_3000_0000, 0x0000_0330_1138_3301, 0x3305_1300_0000_0020, 0x0000_0000_0000_1110,
    0x0130_2305_9300_0001, 0x3011_1010_0001_0100, 0x0230_1130_0000_0100, 0x1100_0000_1010_0001, 0x8513_0200_0000_0000,
    0x2B01_1300_1011_1003, 0x303B_0113_63B8_7730, 0x7B30_0201_11A2_B091, 0xF0D1_702B_0113_57F0, 0x0AB9_7130_1B01_11E3,
    0x1302_9001_303B_0113, 0x0713_02B0_1130_2B01, 0x2301_1303_3011_302B, 0x30AB_0113_02B0_1130, 0x7130_0901_11FE_B411,
    0xB011_307B_05D3_47B8, 0x0000_1110_2101_5303, 0x1102_B011_306B_0513, 0x0513_0000_0010_3301, 0x3000_0102_A010_38EB,
    0x3020_0013_02B0_1110, 0x0010_1000_0102_B071, 0x1011_100B_0113_0000, 0x0000_0000_2B01_1300, 0x1303_B095_366B_0593,
    0x0000_0200_0110_3B01, 0x2000_0103_B011_3000, 0x3000_0000_0100_0010, 0x0010_1001_030A_B011, 0x0000_0003_0111_0100,
    0x0300_0010_2301_1302, 0x0100_0000_1000_0000, 0x0000_0290_0010_0000, 0x7B01_5386_3011_3000, 0x0021_0151_03B0_1130,
    0x1130_3B01_1300_0000, 0x0001_1010_0011_02B0, 0x0200_1110_2B01_1302, 0x0102_B011_1000_0000, 0x0001_02B0_1130_0100,
    0x2B01_1100_0001_1010, 0x002B_0113_0210_1110, 0x1130_2B03_9300_0000, 0x0000_303B_0113_02B0, 0x03B0_1930_0000_0002,
    0x0103_B011_102B_0113, 0x0113_02B0_1130_0000, 0x0001_0102_0000_1021, 0x102B_0113_0000_0010, 0x1130_2000_0102_0011,
    0x3011_3001_0111_02B0, 0x02B0_1130_0000_0002, 0x0103_B011_303B_0313, 0x0513_0000_0000_2000, 0x1000_1102_B011_303B,
    0x142B_0113_0000_0110, 0x0110_0000_0100_0001, 0xB011_3000_0001_0280, 0x0000_0010_1000_0102, 0x9302_1011_1023_0113,
    0x0113_0030_1110_0B05, 0x3B01_1323_B051_702B, 0x3000_0000_0000_0030, 0x1110_2B01_1303_B011, 0xB011_300A_0101_0330,
    0x0000_0000_2000_0102, 0x9300_A011_1000_0011, 0x0000_0200_0010_2B05, 0x2901_1100_9011_1000, 0x3000_0000_00B0_1110,
    0x1130_2B21_1302_B011, 0x0000_0020_0001_03B0, 0x02B0_1130_2B05_1300, 0x1300_2011_103B_0113, 0x0013_0280_1132_2B21,
    0x0A01_1102_A011_3028, 0x3021_0111_0292_1130, 0x1130_2B01_1302_0011, 0x3011_122B_03D3_0290, 0x0000_0000_2B01_1302,
];

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_KR, Encoding, WINDOWS_1251, WINDOWS_1252};

    /// What a byte or pair is, by the library.
    fn expected(encoding: &'static Encoding, bytes: &[u8]) -> String {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        // The library makes control characters of bytes without a character.
        text.chars().map(|c| if ('\u{80}'..'\u{A0}').contains(&c) { '\u{FFFD}' } else { c }).collect()
    }

    #[test]
    fn the_tables_are_those_of_a_library() {
        for byte in 0..=u8::MAX {
            assert_eq!(windows_1252(byte).to_string(), expected(WINDOWS_1252, &[byte]), "{byte:X}");
            assert_eq!(windows_1251(byte).to_string(), expected(WINDOWS_1251, &[byte]), "{byte:X}");
        }
        let mut syllables = 0;
        for lead in 0x80..=u8::MAX {
            for trail in 0x41..=u8::MAX {
                let text = expected(EUC_KR, &[lead, trail]);
                let is_syllable =
                    text.chars().count() == 1 && text.chars().all(|c| ('가'..='힣').contains(&c));
                syllables += usize::from(is_syllable);
                let text = if is_syllable { text.as_str() } else { "\u{FFFD}" };
                assert_eq!(windows_949(&[lead, trail]), text, "{lead:X} {trail:X}");
            }
        }
        assert_eq!(syllables, SYLLABLES);
    }

    #[test]
    fn lines_are_told_apart() {
        let (western, cyrillic, korean) = (WINDOWS_1252, WINDOWS_1251, EUC_KR);
        for (encoding, page, text) in [
            (western, CodePage::Windows1252, "SRV\\Empfänger für Größe,Straße,ÄRGER,Ärger"),
            (western, CodePage::Windows1252, "café"),
            (western, CodePage::Windows1252, "SRV\\Récepteur créé à l’été – “ça”"),
            (western, CodePage::Windows1252, "EX01\\Conexión señor ÑANDÚ"),
            (cyrillic, CodePage::Windows1251, "SRV\\Соединитель по умолчанию"),
            (cyrillic, CodePage::Windows1251, "CONTOSO\\Иванов,authenticated"),
            (cyrillic, CodePage::Windows1251, "CONTOSO\\Иван и АНДРЕЙ,«Щука» № 5"),
            (cyrillic, CodePage::Windows1251, "CONTOSO\\ИВАН"),
            (cyrillic, CodePage::Windows1251, "Сєдалище Їжак ўсё"),
            (korean, CodePage::Windows949, "EX01\\기본 수신 커넥터"),
            (korean, CodePage::Windows949, "CONTOSO\\김철수,authenticated"),
            (korean, CodePage::Windows949, "한전A동 똠방각하 햏"),
            (korean, CodePage::Windows949, "스캐너"),
        ] {
            let (bytes, _, unmappable) = encoding.encode(text);
            assert!(!unmappable, "{text}");
            let (decoded, read_as) = decode(&bytes);
            assert_eq!((std::str::from_utf8(&decoded), read_as), (Ok(text), Some(page)));
        }
    }

    #[test]
    fn utf8_with_a_broken_place_stays_utf8() {
        let (decoded, read_as) = decode("Größe für Käse, cut off: ü".as_bytes().split_last().unwrap().1);
        assert_eq!(std::str::from_utf8(&decoded), Ok("Größe für Käse, cut off: \u{FFFD}"));
        assert_eq!(read_as, Some(CodePage::BrokenUtf8));
        assert_eq!(decode("Größe".as_bytes()), (Cow::Borrowed("Größe".as_bytes()), None));
    }

    #[test]
    fn delimiters_stay_where_they_are() {
        for byte in 0x80..=u8::MAX {
            for ascii in [b',', b';', b'\t', b'"', b'\n', b' ', b'\\', b'@'] {
                for line in [[byte, ascii, byte, byte], [byte, byte, ascii, byte], [0xB0, 0xA1, byte, ascii]]
                {
                    let count = |text: &[u8]| memchr::memchr_iter(ascii, text).count();
                    assert_eq!(count(&decode(&line).0), count(&line), "{line:X?}");
                }
            }
        }
    }
}
