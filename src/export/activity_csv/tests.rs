#![allow(clippy::unwrap_used)]

use super::*;
use crate::model::formula::{escape_formula, unescape_formula};
use crate::report::Range;
use proptest::prelude::*;
use std::collections::BTreeSet;

const HEADER_LINE: &str = "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,\
                           server,messages,recipients,sessions,failed_signins\r\n";

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

/// Adds a row: day, then user, sender, sender domain, mechanism, IP, name and server.
fn add(cube: &mut Cube, date: &str, tls: TlsVersion, texts: [&str; 7], counts: [Option<u64>; 4]) {
    let [user, sender, sender_domain, mechanism, client_ip, client_name, server] =
        texts.map(|text| cube.intern(text));
    let key = Key {
        day: Day::parse_iso(date),
        user,
        sender,
        sender_domain,
        tls,
        mechanism,
        client_ip,
        client_name,
        server,
    };
    let [messages, recipients, sessions, failed_signins] = counts.map(Count::from);
    cube.add(key, Counts { messages, recipients, sessions, failed_signins });
}

fn everything() -> Query {
    Query { range: Range::All, ..Query::default() }
}

fn export(cube: &Cube, logs: &[&str], range: Range, domain: Option<&str>) -> (String, u64) {
    let logs: BTreeSet<Day> = logs.iter().map(|text| day(text)).collect();
    let input = Input { cube, days_with_logs: &logs, today: day("2026-11-22") };
    let mut out = Vec::new();
    let query = Query { range, domain: domain.map(str::to_owned), ..Query::default() };
    let rows = write(&input, &query, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), rows)
}

fn sample() -> Cube {
    let mut cube = Cube::default();
    let anna =
        ["anna@contoso.com", "anna@contoso.com", "contoso.com", "XOAUTH2", "2001:db8::1", "pc", "EX01"];
    add(&mut cube, "2026-11-20", TlsVersion::Tls13, anna, [Some(3), Some(5), Some(2), Some(0)]);
    let scan = [
        "CONTOSO\\scan",
        "scan@fabrikam.com",
        "fabrikam.com",
        "LOGIN",
        "10.1.1.70",
        "MFP, 2nd \"floor\"",
        "EX01",
    ];
    add(&mut cube, "2026-11-17", TlsVersion::Tls10, scan, [Some(10), Some(10), Some(1), Some(0)]);
    let front_end = ["frank@contoso.com", "", "", "LOGIN", "10.1.1.71", "", "EX01"];
    add(&mut cube, "2026-11-17", TlsVersion::Tls12, front_end, [None, None, Some(4), Some(0)]);
    let undated = ["old@contoso.com", "old@contoso.com", "contoso.com", "Unknown", "", "", ""];
    add(&mut cube, "", TlsVersion::NoTls, undated, [Some(7), None, None, None]);
    cube
}

#[test]
fn exact_text() {
    let (text, rows) = export(&sample(), &[], Range::All, None);
    assert_eq!(rows, 4);
    assert_eq!(
        text,
        format!(
            "{HEADER_LINE}\
             ,old@contoso.com,old@contoso.com,contoso.com,No TLS,Unknown,,,,7,,,\r\n\
             2026-11-17,CONTOSO\\scan,scan@fabrikam.com,fabrikam.com,TLS 1.0,LOGIN,10.1.1.70,\"MFP, 2nd \"\"floor\"\"\",EX01,10,10,1,0\r\n\
             2026-11-17,frank@contoso.com,,,TLS 1.2,LOGIN,10.1.1.71,,EX01,,,4,0\r\n\
             2026-11-20,anna@contoso.com,anna@contoso.com,contoso.com,TLS 1.3,XOAUTH2,2001:db8::1,pc,EX01,3,5,2,0\r\n"
        )
    );
}

#[test]
fn a_range_leaves_out_other_days_and_what_has_none() {
    let (text, rows) = export(&sample(), &[], Range::Last(1), None);
    assert_eq!(rows, 1);
    assert!(text.contains("\r\n2026-11-20,anna"));
    assert!(!text.contains("old@"));
}

#[test]
fn idle_days_are_zeros_among_the_rows() {
    let logs = ["2026-11-16", "2026-11-17", "2026-11-19", "2026-11-20", "2026-11-21", "2026-12-24"];
    let between = Range::Between(day("2026-11-17"), day("2026-11-30"));
    let (text, rows) = export(&sample(), &logs, between, None);
    let dates: Vec<&str> = text.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(dates, ["2026-11-17", "2026-11-17", "2026-11-19", "2026-11-20", "2026-11-21"]);
    assert_eq!(rows, 5);
    assert_eq!(text.lines().nth(3), Some("2026-11-19,,,,Unknown,Unknown,,,,0,0,0,0"));

    let (text, rows) = export(&sample(), &logs, Range::All, None);
    assert_eq!(rows, 4 + 4);
    assert!(text.lines().nth(1).unwrap().starts_with(",old@"));
    assert!(text.lines().nth(2).unwrap().starts_with("2026-11-16,,,,"));
}

#[test]
fn a_domain_says_nothing_about_idle_days_and_nothing_is_no_file_of_zeros() {
    let logs = ["2026-11-18", "2026-11-19"];
    let (text, rows) = export(&sample(), &logs, Range::All, Some("contoso.com"));
    assert_eq!((text.lines().count(), rows), (3, 2));

    assert_eq!(export(&sample(), &logs, Range::All, Some("nowhere.example")), (HEADER_LINE.to_owned(), 0));
    let idle_only = Range::Between(day("2026-11-18"), day("2026-11-19"));
    assert_eq!(export(&sample(), &logs, idle_only, None), (HEADER_LINE.to_owned(), 0));
    assert_eq!(export(&Cube::default(), &logs, Range::All, None), (HEADER_LINE.to_owned(), 0));
}

#[test]
fn a_sum_with_an_unknown_part_shows_its_known_part() {
    let mut cube = Cube::default();
    let texts = ["a", "a@x.com", "x.com", "LOGIN", "", "", ""];
    add(&mut cube, "2026-11-20", TlsVersion::Tls12, texts, [Some(2), Some(0), None, Some(0)]);
    add(&mut cube, "2026-11-20", TlsVersion::Tls12, texts, [None, None, None, Some(1)]);
    let (text, _) = export(&cube, &[], Range::All, None);
    assert!(text.ends_with(",2,,,1\r\n"), "{text}");
}

/// Cells that spreadsheets have run, and what is written instead.
const FORMULAS: [(&str, &str); 18] = [
    ("=1+1", "'=1+1"),
    ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    ("=HYPERLINK(\"http://evil\")", "'=HYPERLINK(\"http://evil\")"),
    ("+1", "'+1"),
    ("-2+3", "'-2+3"),
    ("@SUM(1)", "'@SUM(1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("\n=1", "'\n=1"),
    ("＝1", "'＝1"),
    ("＋1", "'＋1"),
    ("－1", "'－1"),
    ("＠x", "'＠x"),
    ("'=1", "''=1"),
    ("''-1", "'''-1"),
    ("'quoted'", "'quoted'"),
    ("a=b", "a=b"),
    ("", ""),
];

#[test]
fn formulas_are_disarmed_and_come_back() {
    for (text, written) in FORMULAS {
        assert_eq!(escape_formula(text), written, "{text:?}");
        assert_eq!(unescape_formula(written), text, "{written:?}");
    }
    // Never written by us, so not ours to change.
    assert_eq!(unescape_formula("'tis"), "'tis");
}

#[test]
fn every_text_column_is_disarmed() {
    let mut cube = Cube::default();
    add(
        &mut cube,
        "2026-11-20",
        TlsVersion::Tls12,
        ["=1", "+1", "-1", "@1", "\t1", "\"=1", "'=1"],
        [Some(1); 4],
    );
    let (text, _) = export(&cube, &[], Range::All, None);
    assert_eq!(text.lines().nth(1), Some("2026-11-20,'=1,'+1,'-1,TLS 1.2,'@1,'\t1,\"\"\"=1\",''=1,1,1,1,1"));
}

/// A writer that is full after some bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| io::Error::other("full"))?;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let cube = sample();
    let logs = BTreeSet::new();
    let input = Input { cube: &cube, days_with_logs: &logs, today: day("2026-11-22") };
    let error = write(&input, &everything(), &mut Full(20)).unwrap_err();
    assert_eq!(error.to_string(), "cannot write the report: full");
}

proptest! {
    #[test]
    fn escaping_is_reversible_and_leaves_no_formula(text in "['=+@\t\r\nx＝－-]{0,6}") {
        let written = escape_formula(&text);
        prop_assert_eq!(unescape_formula(&written), text.as_str());
        prop_assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']));
    }

    #[test]
    fn rows_are_in_the_order_of_row_and_read_back(
        rows in proptest::collection::vec((0_i32..3, "[a-c]{0,2}", "[a-cé\",\r\n=']{0,3}", 0_usize..8), 1..40)
    ) {
        let mut cube = Cube::default();
        for (offset, user, name, tls) in &rows {
            let date = day("2026-11-18").plus(*offset).to_string();
            let texts = [user, "s@x.com", "x.com", "LOGIN", "10.0.0.1", name, "EX01"];
            add(&mut cube, &date, TlsVersion::ALL[*tls], texts, [Some(1); 4]);
        }
        let mut expected: Vec<_> = cube.rows().map(|(key, counts)| (cube.row(key), counts)).collect();
        expected.sort_unstable_by_key(|(row, _)| *row);

        let (text, written) = export(&cube, &[], Range::All, None);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(read.len() as u64, written);
        prop_assert_eq!(read.len(), expected.len());
        for (record, (row, counts)) in read.iter().zip(expected) {
            prop_assert_eq!(record[0].to_owned(), row.day.unwrap().to_string());
            prop_assert_eq!(unescape_formula(&record[1]), row.user);
            prop_assert_eq!(&record[4], row.tls.label());
            prop_assert_eq!(unescape_formula(&record[7]), row.client_name);
            prop_assert_eq!(record[9].to_owned(), counts.messages.known_part().to_string());
        }
    }
}
