//! A name for a download that every operating system takes.

use crate::model::text::is_invisible;
use crate::report::DaySpan;

/// What the report is called if it was given no name, or none that can be used.
pub const DEFAULT_NAME: &str = "SMTP Auth clients report";
/// How many bytes of UTF-8 the report's name may have. With the days and `.csv` behind it, and ` (1)` from the
/// browser, it stays well under the 255 that file systems allow.
const MAX_NAME_BYTES: usize = 150;

/// Names of Windows devices, which no file can have, whatever its extension.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// `SMTP Auth clients report 2026-11-15_2026-11-21.csv`, from the name the admin gave the report and the days in
/// it.
pub fn file_name(report_name: &str, days: Option<DaySpan>) -> String {
    file_name_as(report_name, days, "csv")
}

/// The same for another kind of file, by its extension without the dot.
pub fn file_name_as(name: &str, days: Option<DaySpan>, extension: &str) -> String {
    let name = safe_name(name);
    match days {
        None => format!("{name}.{extension}"),
        Some(DaySpan { first, last }) if first == last => format!("{name} {first}.{extension}"),
        Some(DaySpan { first, last }) => format!("{name} {first}_{last}.{extension}"),
    }
}

fn safe_name(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        let c = match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '-',
            c if c.is_whitespace() => ' ',
            c if c.is_control() || is_invisible(c) => continue,
            c => c,
        };
        if name.len() + c.len_utf8() > MAX_NAME_BYTES {
            break;
        }
        if c != ' ' || !name.ends_with(' ') {
            name.push(c);
        }
    }
    // A dot in front hides the file, one at the end is dropped by Windows; so is a space.
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() {
        DEFAULT_NAME.to_owned()
    } else if is_device(name) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// Windows looks only at what stands before the first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let is_port = || {
        let port =
            stem.get(..3).is_some_and(|p| p.eq_ignore_ascii_case("COM") || p.eq_ignore_ascii_case("LPT"));
        let mut number = stem.chars().skip(3);
        let digit = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
        port && number.next().is_some_and(digit) && number.next().is_none()
    };
    DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem)) || is_port()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;

    #[test]
    fn the_days_stand_behind_the_name() {
        let first = Day::parse_iso("2026-11-15").unwrap_or_default();
        let week = DaySpan { first, last: first.plus(6) };
        assert_eq!(file_name("", Some(week)), "SMTP Auth clients report 2026-11-15_2026-11-21.csv");
        assert_eq!(file_name("Printers", Some(DaySpan { first, last: first })), "Printers 2026-11-15.csv");
        assert_eq!(file_name("Printers", None), "Printers.csv");
        assert_eq!(file_name_as("a: b", None, "svg"), "a- b.svg");
    }

    #[test]
    fn names_no_system_takes_become_names_every_system_takes() {
        for (given, name) in [
            ("Q4: a/b\\c <x> \"y\" z|?*", "Q4- a-b-c -x- -y- z---"),
            ("  two \t\n  words ", "two words"),
            ("..hidden.", "hidden"),
            ("../../etc/passwd", "-..-etc-passwd"),
            ("v1.2", "v1.2"),
            ("gpj\u{202e}exe.\u{200b}txt\u{0}\u{7}", "gpjexe.txt"),
            ("보고서", "보고서"),
            ("...", DEFAULT_NAME),
            ("\u{202e}", DEFAULT_NAME),
            ("con", "_con"),
            ("NUL.txt", "_NUL.txt"),
            ("AUX .x", "_AUX .x"),
            ("Com1", "_Com1"),
            ("LPT³", "_LPT³"),
            ("console", "console"),
            ("COM10", "COM10"),
            ("lpt", "lpt"),
        ] {
            assert_eq!(safe_name(given), name, "{given:?}");
        }
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        let name = safe_name(&"é".repeat(1000));
        assert_eq!((name.len(), name.chars().count()), (150, 75));
        assert_eq!(safe_name(&format!("{} b", "a".repeat(149))), "a".repeat(149));
    }
}
