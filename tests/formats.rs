//! Every format that is read: what its fixtures come to, however they are cut, packed or arranged.

#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use smtp_auth_report::aggregate::{SourceOutcome, Workspace};
use smtp_auth_report::export::activity_csv;
use smtp_auth_report::ingest::{FileProblem, Format};
use smtp_auth_report::model::Day;
use smtp_auth_report::report::{Input, Query, Range};
use std::fs;
use std::path::PathBuf;
use support::pipeline::{Handing, WHOLE, load};

const TODAY: Day = Day(20_779); // 2026-11-22

/// The folders of fixtures, and the format of each.
const FOLDERS: [(&str, Format); 7] = [
    ("receive", Format::ExchangeReceive),
    ("activity", Format::ActivityCsv),
    ("trace", Format::MessageTrace),
    ("tracking", Format::MessageTracking),
    ("entra", Format::EntraSignIns),
    ("microsoft-report", Format::MicrosoftReport),
    ("other", Format::OtherCsv),
];

/// Fixtures of what is not read.
const NOT_READ: [(&str, FileProblem); 3] = [
    ("send-log.log", FileProblem::SendLog),
    ("companion-auth-details.csv", FileProblem::EntraCompanion),
    ("companion-applications.csv", FileProblem::EntraCompanion),
];

/// A file of a known format.
struct Fixture {
    name: String,
    format: Format,
    bytes: Vec<u8>,
    /// The Activity CSV it comes to, worked out by hand, and where that stands.
    expected: Option<String>,
    expected_at: PathBuf,
}

fn fixtures() -> Vec<Fixture> {
    let mut fixtures = Vec::new();
    for (folder, format) in FOLDERS {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
        let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let file = path.file_name().unwrap().to_str().unwrap();
            let Some((stem, "csv" | "log")) = file.rsplit_once('.') else { continue };
            if stem.ends_with(".expected") || NOT_READ.iter().any(|(of, _)| *of == file) {
                continue;
            }
            let expected_at = folder.join(format!("{stem}.expected.csv"));
            let expected = fs::read_to_string(&expected_at).ok();
            let name = format!("{}/{file}", folder.file_name().unwrap().to_str().unwrap());
            fixtures.push(Fixture { name, format, bytes: fs::read(&path).unwrap(), expected, expected_at });
        }
    }
    fixtures
}

/// What is loaded, as an Activity CSV.
fn export(workspace: &mut Workspace) -> String {
    let merged = workspace.merged();
    let input = Input { cube: &merged.cube, days_with_logs: &merged.days_with_logs, today: TODAY };
    let mut text = Vec::new();
    let everything = Query { range: Range::All, ..Query::default() };
    activity_csv::write(&input, &everything, &mut text).unwrap();
    String::from_utf8(text).unwrap().replace("\r\n", "\n")
}

fn outcome(bytes: &[u8]) -> SourceOutcome {
    load([bytes], WHOLE).sources()[0].outcome.clone()
}

#[test]
fn each_fixture_is_of_one_format() {
    for fixture in fixtures() {
        let found = outcome(&fixture.bytes);
        let is_log_of_nothing = matches!(found, SourceOutcome::Problem(FileProblem::HeaderOnly));
        assert!(
            found == SourceOutcome::Loaded(fixture.format)
                || (is_log_of_nothing && fixture.format == Format::ExchangeReceive),
            "{}: {found:?}",
            fixture.name
        );
    }
}

#[test]
fn fixtures_come_to_what_was_worked_out_by_hand_however_they_are_read() {
    let mut checked = 0;
    for Fixture { name, bytes, expected, .. } in fixtures() {
        let Some(expected) = expected else { continue };
        for handing in [
            WHOLE,
            Handing { piece_bytes: 1, ..WHOLE },
            Handing { piece_bytes: 7, range_bytes: 1, ..WHOLE },
            Handing { piece_bytes: 100, range_bytes: 333, ..WHOLE },
        ] {
            let mut workspace = load([bytes.as_slice()], handing);
            assert_eq!(export(&mut workspace), expected, "{name}, {handing:?}");
            assert!(workspace.sources()[0].lines.is_balanced(), "{name}");
        }
        checked += 1;
    }
    assert!(checked >= 14, "{checked} fixtures");
}

#[test]
fn the_order_of_columns_and_the_delimiter_make_no_difference() {
    for Fixture { name, bytes, expected, format, .. } in fixtures() {
        let (Some(expected), true) = (
            expected,
            !bytes.starts_with(b"#Software")
                && !matches!(format, Format::ActivityCsv | Format::ExchangeReceive),
        ) else {
            continue;
        };
        let text = String::from_utf8(bytes).unwrap();
        let (above, table) = if text.starts_with("#TYPE") {
            text.split_at(text.find('\n').unwrap() + 1)
        } else {
            ("", &text[..])
        };
        for delimiter in [b',', b';', b'\t'] {
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
            let mut delimiters = [b',', b';'].into_iter();
            let records: Vec<csv::StringRecord> = loop {
                let delimiter = delimiters.next().unwrap();
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .delimiter(delimiter)
                    .from_reader(table.as_bytes());
                if let Ok(records) = reader.records().collect::<Result<Vec<_>, _>>()
                    && records[0].len() > 2
                {
                    break records;
                }
            };
            for record in &records {
                writer.write_record(record.iter().rev()).unwrap();
            }
            let mut turned = above.as_bytes().to_vec();
            turned.extend(writer.into_inner().unwrap());
            let mut workspace = load([turned.as_slice()], WHOLE);
            assert_eq!(export(&mut workspace), expected, "{name}, {}", char::from(delimiter));
        }
    }
}

#[test]
fn the_same_facts_of_two_files_count_once_whatever_their_order() {
    for Fixture { name, bytes, expected, format, .. } in fixtures() {
        let Some(expected) = expected.filter(|_| !matches!(format, Format::ActivityCsv)) else { continue };
        // Not the same file: it ends in another way.
        let mut copy = bytes.clone();
        copy.extend(b"\r\n\r\n");
        for files in [[&bytes, &copy], [&copy, &bytes]] {
            let mut workspace = load(files.map(Vec::as_slice), WHOLE);
            assert_eq!(export(&mut workspace), expected, "{name}");
            for source in workspace.sources() {
                assert!(source.lines.is_balanced(), "{name}: {source:?}");
            }
        }
    }
}

/// Writes what each fixture without an expectation comes to, for somebody to check by hand.
#[test]
#[ignore = "writes files"]
fn write_expectations() {
    for fixture in fixtures() {
        if fixture.expected.is_none() && !fixture.name.starts_with("receive/") {
            fs::write(fixture.expected_at, export(&mut load([fixture.bytes.as_slice()], WHOLE))).unwrap();
        }
    }
}

#[test]
fn what_looks_like_a_log_and_is_none_is_told_apart() {
    let unknown_csv = |columns: &str| FileProblem::UnknownCsv(columns.to_owned());
    for (text, problem) in [
        (
            "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-username c-ip sc-status\r\n2026-11-02 08:15:29 10.0.0.1 POST /owa/auth.owa anna 203.0.113.9 302\r\n",
            FileProblem::IisLog,
        ),
        (
            "begin_date,end_date,source_ip_address,count,disposition,dkim,spf,header_from\n2026-11-01,2026-11-02,203.0.113.9,12,none,pass,pass,contoso.com\n",
            unknown_csv(
                "begin_date, end_date, source_ip_address, count, disposition, dkim, spf, header_from",
            ),
        ),
        ("Date,Sender domain,Recipients,Subject\n", unknown_csv("Date, Sender domain, Recipients, Subject")),
        ("PK\u{3}\u{4}\u{14}\0\u{6}\0[Content_Types].xml", FileProblem::Packed("ZIP".into())),
        ("[{\"createdDateTime\": \"2026-11-02T08:15:29Z\"}]", FileProblem::Json),
        ("{\"value\": []}", FileProblem::Json),
        ("<!DOCTYPE html><html><body>Sign in</body></html>\n", FileProblem::Unknown),
        (
            "Received: from mfp by EX01; Mon, 2 Nov 2026 08:15:29 +0000\r\nSubject: Scan\r\n\r\n",
            FileProblem::Unknown,
        ),
        (
            "Nov  2 08:15:29 mx1 postfix/smtpd[812]: 4Fx1aB: client=mfp[203.0.113.9], sasl_username=anna\nNov  2 08:15:30 mx1 postfix/qmgr[2]: 4Fx1aB: removed\n",
            FileProblem::Unknown,
        ),
    ] {
        let found = outcome(text.as_bytes());
        assert_eq!(found, SourceOutcome::Problem(problem), "{text}");
    }
}

/// What a field may hold that nobody expects there.
fn cell() -> impl Strategy<Value = String> {
    let odd = [
        "",
        "\"",
        "\"\"",
        "\r",
        "=1+1",
        "99999999999999999999999",
        "1e309",
        "100.00 % (6272)",
        "%",
        "% (",
        "()",
        "９,５",
        "\u{202E}a",
        "31.12.2026 25:00",
        "12/31/2026 11:59 PM",
        "-1",
        "0.00000000000000000000000000001",
        "1.000,5",
        "S:tlsversion=;';';'",
        "{\"errorCode\":",
        "@{ErrorCode=",
        "08DF;;",
        "a@b",
        "<>",
        "success",
        "535 5.7.3",
        "Authenticated SMTP",
        "RECEIVE",
        "SMTP",
        "EX01\\Client Proxy EX01",
        "#Fields: a,b",
        "sep=;",
        "2026-11-02T08:15:29Z",
        "\0",
        "Ü",
        "한",
    ];
    prop_oneof![prop::sample::select(odd.to_vec()).prop_map(str::to_owned), "[ -~]{0,12}"]
}

/// The lines above the rows of each fixture, and what separates the fields.
fn heads() -> Vec<(String, char)> {
    let of = |Fixture { bytes, .. }: Fixture| {
        let text = String::from_utf8(bytes).unwrap();
        let lines = text.lines().take_while(|line| line.starts_with(['#', '\u{FEFF}'])).count().max(1);
        let head: String = text.split_inclusive('\n').take(lines).collect();
        let delimiter = if head.matches(';').count() > head.matches(',').count() { ';' } else { ',' };
        (head, delimiter)
    };
    fixtures().into_iter().filter(|fixture| fixture.format != Format::ExchangeReceive).map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_field_is_too_odd_and_no_cut_makes_a_difference(
        at in any::<prop::sample::Index>(),
        rows in prop::collection::vec(prop::collection::vec((cell(), any::<bool>()), 1..60), 0..12),
        piece_bytes in 1_usize..50,
        range_bytes in 1_u64..400,
    ) {
        let heads = heads();
        let (head, delimiter) = &heads[at.index(heads.len())];
        let columns = head.lines().last().unwrap().split(*delimiter).count();
        let mut text = head.clone();
        for (i, row) in rows.iter().enumerate() {
            // Most rows have as many fields as they should.
            let fields = if i % 4 == 3 { row.len() } else { columns };
            for (j, (cell, quoted)) in row.iter().cycle().take(fields).enumerate() {
                if j > 0 {
                    text.push(*delimiter);
                }
                if *quoted {
                    text.extend(["\"", &cell.replace('"', "\"\""), "\""]);
                } else {
                    text.push_str(cell);
                }
            }
            text.push_str("\r\n");
        }
        let mut whole = load([text.as_bytes()], WHOLE);
        prop_assert!(whole.sources()[0].lines.is_balanced());
        let mut cut = load([text.as_bytes()], Handing { piece_bytes, range_bytes, ..WHOLE });
        prop_assert_eq!(export(&mut cut), export(&mut whole));
        prop_assert_eq!(&cut.sources()[0].lines, &whole.sources()[0].lines);
    }
}

#[test]
fn no_file_is_claimed_by_two_formats() {
    use smtp_auth_report::ingest::{
        activity_csv::Header, entra_sign_ins::EntraSignIns, message_trace::MessageTrace,
        message_tracking::MessageTracking, microsoft_report::MicrosoftReport, sample::sample,
    };
    for Fixture { name, format, bytes, .. } in fixtures() {
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        if text.starts_with(b"#Software") || format == Format::ExchangeReceive {
            continue;
        }
        let (table, rows) = sample(text, true).unwrap();
        let claims = [
            (Format::EntraSignIns, EntraSignIns::from_table(&table, &rows).is_some()),
            (Format::MicrosoftReport, MicrosoftReport::from_table(&table, &rows).is_some()),
            (Format::MessageTracking, MessageTracking::from_table(&table, &rows).is_some()),
            (Format::MessageTrace, MessageTrace::from_table(&table, &rows).is_some()),
        ];
        let claimed: Vec<Format> =
            claims.into_iter().filter(|(_, is)| *is).map(|(format, _)| format).collect();
        let is_activity = Header::from_names(&table.names, table.delimiter).is_some();
        match format {
            // Whoever else reads an Activity CSV or a list of anything by guessing comes after all that know.
            Format::ActivityCsv => assert!(is_activity && claimed.is_empty(), "{name}: {claimed:?}"),
            Format::OtherCsv => assert!(claimed.is_empty(), "{name}: {claimed:?}"),
            format => assert_eq!(claimed, [format], "{name}"),
        }
    }
}
