//! Time of a corpus: 30 days that pass as the bytes are written.

use crate::DAYS;
use std::ops::Range;

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const SPAN: u64 = DAYS as u64 * DAY;

/// A day of the corpus as `2026-10-20`.
pub(crate) fn date(day: usize) -> String {
    match day {
        0..=11 => format!("2026-10-{}", 20 + day),
        _ => format!("2026-11-{:02}", day - 11),
    }
}

/// A day of the corpus as in a mail: `Tue, 20 Oct 2026`.
fn mail_date(day: usize) -> String {
    const WEEKDAYS: [&str; 7] = ["Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"];
    let weekday = WEEKDAYS[day % 7];
    match day {
        0..=11 => format!("{weekday}, {} Oct 2026", 20 + day),
        _ => format!("{weekday}, {} Nov 2026", day - 11),
    }
}

/// The clock of a corpus, and its face in the log's spelling.
pub(crate) struct Clock {
    /// Bytes of the whole corpus.
    bytes: u64,
    day: usize,
    /// `2026-10-20T00:00:00.000Z`.
    iso: [u8; 24],
    /// `Tue, 20 Oct 2026 00:00:00 +0000`, without a date yet.
    mail: Vec<u8>,
}

impl Clock {
    pub(crate) fn new(bytes: u64) -> Self {
        let mut clock =
            Self { bytes: bytes.max(1), day: 0, iso: *b"0000-00-00T00:00:00.000Z", mail: Vec::new() };
        clock.turn_page(0);
        clock
    }

    fn turn_page(&mut self, day: usize) {
        self.day = day;
        self.iso[..10].copy_from_slice(date(day).as_bytes());
        self.mail = format!("{} 00:00:00 +0000", mail_date(day)).into_bytes();
    }

    /// Sets the clock to when so many bytes are written. It never goes back.
    pub(crate) fn set(&mut self, written: u64) {
        let passed = u128::from(written.min(self.bytes)) * u128::from(SPAN - 1) / u128::from(self.bytes);
        let ms = u64::try_from(passed).unwrap_or(SPAN - 1);
        let day = usize::try_from(ms / DAY).unwrap_or(0);
        if day != self.day {
            self.turn_page(day);
        }
        let ms = ms % DAY;
        two_digits(&mut self.iso, 11..13, ms / HOUR);
        two_digits(&mut self.iso, 14..16, ms / MINUTE % 60);
        two_digits(&mut self.iso, 17..19, ms / SECOND % 60);
        two_digits(&mut self.iso, 20..22, ms % SECOND / 10);
        self.iso[22] = digit(ms % 10);
    }

    /// The day, from 0.
    pub(crate) const fn day(&self) -> usize {
        self.day
    }

    /// The time as `2026-10-20T00:00:00.000Z`.
    pub(crate) const fn iso(&self) -> &[u8; 24] {
        &self.iso
    }

    /// The time as in a mail.
    pub(crate) fn mail(&mut self) -> &[u8] {
        let at = self.mail.len() - b"00:00:00 +0000".len();
        self.mail[at..at + 8].copy_from_slice(&self.iso[11..19]);
        &self.mail
    }
}

fn two_digits(text: &mut [u8], range: Range<usize>, n: u64) {
    text[range].copy_from_slice(&[digit(n / 10), digit(n % 10)]);
}

fn digit(n: u64) -> u8 {
    b'0' + u8::try_from(n % 10).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_days_pass() {
        let mut clock = Clock::new(3_000);
        let mut at = |written| {
            clock.set(written);
            (clock.day(), String::from_utf8_lossy(clock.iso()).into_owned())
        };
        assert_eq!(at(0), (0, "2026-10-20T00:00:00.000Z".into()));
        assert_eq!(at(50), (0, "2026-10-20T11:59:59.999Z".into()));
        assert_eq!(at(1_250), (12, "2026-11-01T11:59:59.999Z".into()));
        assert_eq!(at(3_000), (29, "2026-11-18T23:59:59.999Z".into()));
        assert_eq!(at(4_000), (29, "2026-11-18T23:59:59.999Z".into()));
        assert_eq!(clock.mail(), b"Wed, 18 Nov 2026 23:59:59 +0000");
    }
}
