//! However a file is wrapped and encoded, it comes to the same; what is damaged, locked or a bomb is refused with a reason,
//! and costs nothing else.

#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use smtp_auth_report::aggregate::{SourceOutcome, Workspace};
use smtp_auth_report::ingest::decode::limits::{MAX_ENTRIES, RATIO_FREE_BYTES};
use smtp_auth_report::ingest::{CodePage, Encoding, FileProblem, LineAccount, Wrapping};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use support::pipeline::{Handing, RowCounts, RowTexts, WHOLE, load, rows, units};
use support::wrap::{Archive, Listed, entries, gzip, gzip_members, stage_archive, utf16};

type Outcome = (BTreeMap<RowTexts, RowCounts>, LineAccount, Option<(i64, i64)>, Option<FileProblem>);

fn outcome(workspace: &mut Workspace) -> Outcome {
    let source = workspace.sources().remove(0);
    assert!(source.lines.is_balanced(), "{:?}", source.lines);
    let problem = match source.outcome {
        SourceOutcome::Problem(problem) => Some(problem),
        _ => None,
    };
    (rows(workspace), source.lines, source.period_ms, problem)
}

fn load_archive(archive: &[u8], handing: Handing) -> Workspace {
    let mut workspace = Workspace::default();
    stage_archive(&mut workspace, "a.zip", archive, handing);
    workspace.commit();
    workspace
}

fn problem_of(workspace: &mut Workspace, index: usize) -> Option<FileProblem> {
    match workspace.sources().swap_remove(index).outcome {
        SourceOutcome::Problem(problem) => Some(problem),
        _ => None,
    }
}

fn problem(bytes: &[u8]) -> Option<FileProblem> {
    let mut workspace = load([bytes], WHOLE);
    let problem = problem_of(&mut workspace, 0);
    if problem.is_some() {
        assert_eq!(workspace.sources()[0].lines, LineAccount::default(), "no part of it counts");
    }
    problem
}

fn archive_problem(archive: &[u8]) -> Option<FileProblem> {
    problem_of(&mut load_archive(archive, WHOLE), 0)
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn fixture(path: &str) -> Vec<u8> {
    fs::read(folder(path)).unwrap()
}

/// All logs and CSVs among the fixtures.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let mut fixtures = Vec::new();
    let kinds = ["receive", "activity", "entra", "trace", "tracking", "microsoft-report", "other"];
    for kind in kinds {
        for entry in fs::read_dir(folder(kind)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if !name.ends_with(".expected.csv") && name != "README.md" {
                fixtures.push((name, fs::read(path).unwrap()));
            }
        }
    }
    assert!(fixtures.len() > 60, "{} fixtures", fixtures.len());
    fixtures
}

/// A session with its sign-in and a message, and nothing else.
fn log() -> Vec<u8> {
    fixture("receive/interleaved.log")
}

#[test]
fn every_fixture_comes_to_the_same_however_it_is_wrapped_and_encoded() {
    for (name, bytes) in fixtures() {
        let expected = outcome(&mut load([bytes.as_slice()], WHOLE));
        let text = String::from_utf8(bytes.clone()).unwrap();
        let with_bom = format!("\u{FEFF}{}", text.trim_start_matches('\u{FEFF}'));
        let without_bom = text.trim_start_matches('\u{FEFF}');
        let old = text.replace("\r\n", "\r").replace('\n', "\r");
        let files = [
            ("gzip", gzip(&bytes)),
            ("members", gzip_members(&bytes, bytes.len() / 3 + 1)),
            ("zeros behind", [gzip(&bytes), vec![0; 512]].concat()),
            ("BOM", with_bom.clone().into_bytes()),
            ("LE", utf16(without_bom, false)),
            ("BE", utf16(without_bom, true)),
            ("LE, BOM", utf16(&with_bom, false)),
            ("BE, BOM", utf16(&with_bom, true)),
            ("CR", old.clone().into_bytes()),
            ("CR, LE", utf16(&old, false)),
            ("LE in gzip", gzip_members(&utf16(&with_bom, false), 333)),
            ("CR in gzip", gzip(old.as_bytes())),
        ];
        let archives = [
            ("deflated", Archive::default().file("a/b.log", &bytes, true).finish()),
            ("stored", Archive::default().file("b.log", &bytes, false).finish()),
            ("gzip in ZIP", Archive::default().file("b.log.gz", &gzip(&bytes), true).finish()),
            (
                "CR, BE in gzip in ZIP",
                Archive::default().file("b", &gzip(&utf16(&old, true)), false).finish(),
            ),
        ];
        for piece_bytes in [1 << 20, 1, 7, 100] {
            let handing = Handing { piece_bytes, range_bytes: 150, ..WHOLE };
            for (how, file) in &files {
                let found = outcome(&mut load([file.as_slice()], handing));
                assert_eq!(found, expected, "{name}, {how}, pieces of {piece_bytes}");
            }
            for (how, archive) in &archives {
                let found = outcome(&mut load_archive(archive, handing));
                assert_eq!(found, expected, "{name}, {how}, pieces of {piece_bytes}");
            }
        }
    }
}

#[test]
fn what_a_file_was_is_told() {
    let log = log();
    let text = String::from_utf8(log.clone()).unwrap();
    let (plain, zip, gz) =
        (Wrapping::default(), Wrapping { zip: true, gzip: false }, Wrapping { zip: false, gzip: true });
    for (file, wrapping, encoding, unpacked) in [
        (log.clone(), plain, Encoding::Utf8, log.len()),
        (gzip(&log), gz, Encoding::Utf8, log.len()),
        (utf16(&text, false), plain, Encoding::Utf16Le, 2 * log.len()),
        (gzip(&utf16(&text, true)), gz, Encoding::Utf16Be, 2 * log.len()),
    ] {
        let source = load([file.as_slice()], WHOLE).sources().remove(0);
        assert_eq!(
            (source.wrapping, source.encoding, source.unpacked_bytes),
            (wrapping, encoding, unpacked as u64)
        );
        assert_eq!(source.bytes, file.len() as u64);
    }
    let archive =
        Archive::default().file("a", &log, true).file("b", &gzip(b"date,user,tls\n"), false).finish();
    let sources = load_archive(&archive, WHOLE).sources();
    assert_eq!((sources[0].wrapping, sources[1].wrapping), (zip, Wrapping { zip: true, gzip: true }));
}

#[test]
fn the_same_file_is_known_by_what_is_packed_in_it() {
    let log = log();
    let mut workspace = load([log.as_slice(), &gzip(&log), &gzip_members(&log, 1000)], WHOLE);
    let archive = Archive::default().file("x.log", &log, true).file("y.gz", &gzip(&log), false).finish();
    stage_archive(&mut workspace, "a.zip", &archive, WHOLE);
    workspace.commit();
    let sources = workspace.sources();
    assert_eq!(sources.len(), 5);
    for source in &sources[1..] {
        assert_eq!(source.outcome, SourceOutcome::SameAs(sources[0].id), "{}", source.name);
    }
}

/// Beyond 64 MiB a plain file is several units and a packed one is not.
#[test]
fn a_big_file_is_known_too() {
    let mut csv = b"date,user,tls,messages\n".to_vec();
    let row = b"2026-11-02,a.user.with.a.long.name@contoso.com,TLS 1.2,1\n";
    while (csv.len() as u64) < RATIO_FREE_BYTES + 1000 {
        csv.extend_from_slice(row);
    }
    // Members that compress well, and far enough apart to stay below the ratio.
    let packed = gzip_members(&csv, 8000);
    let (plain, unpacked) =
        (units(&csv, Handing { range_bytes: RATIO_FREE_BYTES, ..WHOLE }), units(&packed, WHOLE));
    assert_eq!((plain.len(), unpacked.len()), (2, 1));
    let digests = |units: &[smtp_auth_report::aggregate::UnitResult]| {
        (
            units.iter().map(|unit| unit.bytes).sum::<u64>(),
            units.iter().flat_map(|unit| unit.digests.clone()).collect::<Vec<_>>(),
        )
    };
    assert_eq!(digests(&plain), digests(&unpacked));
    assert_eq!(digests(&plain).1.len(), 2);
    assert_eq!(unpacked[0].account.counted, plain.iter().map(|unit| unit.account.counted).sum::<u64>());
}

#[test]
fn archives_of_the_usual_programs_are_read() {
    let mut workspace = load_archive(&fixture("wrapped/info-zip.zip"), WHOLE);
    let names: Vec<String> = workspace.sources().into_iter().map(|source| source.name).collect();
    assert_eq!(
        names,
        [
            "a.zip/logs/EX02/interleaved.log",
            "a.zip/logs/EX02/bdat.log.gz",
            "a.zip/logs/EX01/RECV2026110209-1.LOG",
            "a.zip/logs/EX01/RECV2026110208-1.LOG",
            "a.zip/logs/canonical.csv",
        ]
    );
    let files = [
        "receive/spans-two-files.1.log",
        "receive/spans-two-files.2.log",
        "receive/bdat.log",
        "receive/interleaved.log",
        "activity/canonical.csv",
    ];
    let files: Vec<Vec<u8>> = files.into_iter().map(fixture).collect();
    let expected = rows(&mut load(files.iter().map(Vec::as_slice), WHOLE));
    assert!(expected.len() > 5);
    for piece_bytes in [1, 100, 1 << 20] {
        let handing = Handing { piece_bytes, ..WHOLE };
        assert_eq!(rows(&mut load_archive(&fixture("wrapped/info-zip.zip"), handing)), expected);
    }

    let expected = rows(&mut load([log().as_slice()], WHOLE));
    for (name, count) in [("streamed", 1), ("zip64", 2)] {
        let mut workspace = load_archive(&fixture(&format!("wrapped/{name}.zip")), WHOLE);
        assert_eq!(workspace.sources().len(), count, "{name}");
        assert_eq!(problem_of(&mut workspace, 0), None, "{name}");
        assert_eq!(rows(&mut workspace), expected, "{name}");
    }
    let bdat = fixture("receive/bdat.log");
    let expected = rows(&mut load([log().as_slice(), &bdat], WHOLE));
    assert_eq!(rows(&mut load_archive(&fixture("wrapped/stored.zip"), WHOLE)), expected);
}

#[test]
fn what_cannot_be_opened_says_why() {
    assert_eq!(archive_problem(&fixture("wrapped/encrypted.zip")), Some(FileProblem::Encrypted));
    assert_eq!(
        archive_problem(&fixture("wrapped/bzip2.zip")),
        Some(FileProblem::Packed("ZIP, method 12".into()))
    );
    let inner = Archive::default().file("a.log", &log(), true).finish();
    let nested = Archive::default().file("inner.zip", &inner, false).finish();
    assert_eq!(archive_problem(&nested), Some(FileProblem::Packed("ZIP".into())));
    assert_eq!(problem(&gzip(&inner)), Some(FileProblem::Packed("ZIP".into())));
    assert_eq!(problem(&gzip(&gzip(&log()))), Some(FileProblem::Packed("gzip".into())));
    let only_folders = Archive::default().file("logs/", b"", false).file("__MACOSX/x", b"x", false).finish();
    assert_eq!(archive_problem(&only_folders), Some(FileProblem::EmptyArchive));
    assert_eq!(archive_problem(&Archive::default().finish()), Some(FileProblem::EmptyArchive));
    let office = Archive::default().file("[Content_Types].xml", b"<xml/>", true).finish();
    assert_eq!(archive_problem(&office), Some(FileProblem::OfficeFile));
    assert_eq!(problem(&gzip(b"")), Some(FileProblem::Empty));
    assert_eq!(archive_problem(&Archive::default().file("a", b"", true).finish()), Some(FileProblem::Empty));
}

#[test]
fn a_part_of_a_damaged_file_never_counts() {
    let log = log();
    let packed = gzip(&log);
    for end in 1..packed.len() {
        let expected = if end < 2 { None } else { Some(FileProblem::Incomplete) };
        if expected.is_some() {
            assert_eq!(problem(&packed[..end]), expected, "cut off at {end}");
        }
    }
    // Checksum, length, and the data.
    for at in packed.len() - 8..packed.len() {
        let mut damaged = packed.clone();
        damaged[at] ^= 1;
        assert_eq!(problem(&damaged), Some(FileProblem::Damaged), "byte {at}");
    }
    for at in (12..packed.len()).step_by(50) {
        let mut damaged = packed.clone();
        damaged[at] ^= 0x10;
        let problem = problem(&damaged);
        assert!(
            matches!(problem, Some(FileProblem::Damaged | FileProblem::Incomplete)),
            "byte {at}: {problem:?}"
        );
    }
    assert_eq!(problem(&[packed.as_slice(), b"something else"].concat()), Some(FileProblem::Damaged));
    // The second member is the damaged one, when the first was read.
    assert_eq!(
        problem(&[packed.as_slice(), &packed[..packed.len() - 1]].concat()),
        Some(FileProblem::Incomplete)
    );

    // Others go on.
    let sound = fixture("receive/bdat.log");
    let mut both = load([&packed[..packed.len() / 2], &sound], WHOLE);
    assert_eq!(rows(&mut both), rows(&mut load([sound.as_slice()], WHOLE)));
}

#[test]
fn a_damaged_entry_costs_itself_only() {
    let (log, other) = (log(), fixture("receive/bdat.log"));
    let sound = Archive::default().file("a.log", &log, true).file("b.log", &other, true).finish();
    let expected = rows(&mut load([other.as_slice()], WHOLE));
    for at in [60, 200, 600] {
        let mut damaged = sound.clone();
        damaged[at] ^= 0x10;
        let mut workspace = load_archive(&damaged, WHOLE);
        let problem = problem_of(&mut workspace, 0);
        assert!(
            matches!(problem, Some(FileProblem::Damaged | FileProblem::Incomplete)),
            "byte {at}: {problem:?}"
        );
        assert_eq!(rows(&mut workspace), expected);
    }
    // An archive without its end has no list.
    for end in (4..sound.len()).step_by(7) {
        assert_eq!(archive_problem(&sound[..end]), Some(FileProblem::Incomplete), "cut off at {end}");
    }
}

/// What is listed of some content, for the tests to lie about.
fn listed(content: &[u8], header_at: u32) -> Listed {
    let mut crc = flate2::Crc::new();
    crc.update(content);
    let bytes = u32::try_from(content.len()).unwrap();
    Listed { flags: 0, method: 0, crc: crc.sum(), packed_bytes: bytes, bytes, header_at }
}

#[test]
fn archives_that_lie_are_refused() {
    let log = log();
    let honest = listed(&log, 0);
    let with = |listed: Listed| Archive::default().data(b"a", honest, &log).list(b"a", listed).finish();
    assert_eq!(archive_problem(&with(honest)), None);
    for (lie, expected) in [
        (Listed { crc: 1, ..honest }, FileProblem::Damaged),
        (Listed { bytes: honest.bytes - 1, ..honest }, FileProblem::Damaged),
        (Listed { bytes: honest.bytes + 1, ..honest }, FileProblem::Incomplete),
        (Listed { packed_bytes: honest.packed_bytes - 1, ..honest }, FileProblem::Incomplete),
        (Listed { packed_bytes: honest.packed_bytes + 1, ..honest }, FileProblem::Overlapping),
        (Listed { packed_bytes: u32::MAX - 1, ..honest }, FileProblem::Overlapping),
        (Listed { header_at: 7, ..honest }, FileProblem::Overlapping),
        (Listed { header_at: 7, packed_bytes: 5, ..honest }, FileProblem::Damaged),
        (Listed { method: 8, ..honest }, FileProblem::Damaged),
        (Listed { flags: 1, ..honest }, FileProblem::Encrypted),
        (Listed { method: 99, ..honest }, FileProblem::Encrypted),
    ] {
        assert_eq!(archive_problem(&with(lie)), Some(expected), "{lie:?}");
    }
    // Listed in another order than they lie. The header takes 30 bytes, its name one, its extra field five.
    let (a, b) = (honest, Listed { header_at: 36 + honest.bytes, ..honest });
    let swapped =
        Archive::default().data(b"a", a, &log).data(b"b", b, &log).list(b"b", b).list(b"a", a).finish();
    assert_eq!(archive_problem(&swapped), None);
    // Many entries, one content.
    let shared =
        (0..50).fold(Archive::default().data(b"a", honest, &log), |archive, _| archive.list(b"a", honest));
    assert_eq!(archive_problem(&shared.finish()), Some(FileProblem::Overlapping));
    let many = (0..=MAX_ENTRIES).fold(Archive::default(), |archive, n| {
        let name = n.to_string();
        let header_at = u32::try_from(n * 36).unwrap();
        archive.list(name.as_bytes(), Listed { header_at, packed_bytes: 0, bytes: 0, ..honest })
    });
    assert_eq!(archive_problem(&many.finish()), Some(FileProblem::TooManyEntries));
}

#[test]
fn names_are_only_shown() {
    let log = log();
    let overlong = "x".repeat(60_000);
    let names = [
        "../../../etc/passwd",
        "/etc/passwd",
        "C:\\Windows\\a.log",
        "a\u{202E}gol.exe",
        "<img src=x>",
        &overlong,
        "a",
        "a",
    ];
    let archive = names.iter().fold(Archive::default(), |archive, name| archive.file(name, &log, true));
    // Korean, of a time when archives did not say what their names are in.
    let old = listed(&log, archive.len());
    let korean = b"\xBC\xF6\xBD\xC5.log";
    let entries = entries(&archive.data(korean, old, &log).list(korean, old).finish()).unwrap();
    assert_eq!(entries.len(), names.len() + 1);
    assert!(entries.iter().all(|entry| entry.name.len() <= 1024 && entry.content.is_ok()));
    assert!(entries.iter().any(|entry| entry.name == "수신.log"));
    assert!(entries.iter().any(|entry| entry.name == "../../../etc/passwd"));
}

/// Ten gigabytes of one row: eight kilobytes for a megabyte.
fn bomb() -> Vec<u8> {
    let mut csv = b"date,user,tls,messages\n".to_vec();
    while csv.len() < 4 << 20 {
        csv.extend_from_slice(b"2026-11-02,a@contoso.com,TLS 1.2,1\n");
    }
    let rows = gzip(&csv);
    assert!(csv.len() > 250 * rows.len(), "{}", rows.len());
    rows.repeat(10 * 1024 / 4)
}

#[test]
fn bombs_are_stopped_and_the_rest_is_read() {
    let bomb = bomb();
    assert_eq!(problem(&bomb), Some(FileProblem::UnpacksTooFar));
    // Zeros are no text, whatever they come to.
    assert_eq!(problem(&gzip(&vec![0; 1 << 20]).repeat(10 * 1024)), Some(FileProblem::Binary));
    let other = fixture("receive/bdat.log");
    let archive = Archive::default().file("a.gz", &bomb, true).file("b.log", &other, true).finish();
    assert!(archive.len() < bomb.len() / 10, "packed twice");
    let mut workspace = load_archive(&archive, WHOLE);
    assert_eq!(problem_of(&mut workspace, 0), Some(FileProblem::UnpacksTooFar));
    assert_eq!(rows(&mut workspace), rows(&mut load([other.as_slice()], WHOLE)));
}

#[test]
fn lines_of_old_code_pages_are_read_and_counted() {
    let head = "#Log-type: SMTP Receive Protocol Log\r\n";
    let session = |id: &str, user: &[u8]| {
        let line = |n: usize, event: &[u8]| {
            let start = format!("2026-11-02T08:00:0{n}.000Z,EX01\\C,{id},{n},1.1.1.1:587,2.2.2.2:9,");
            [start.as_bytes(), event, b"\r\n"].concat()
        };
        [line(0, b"+,,"), line(1, &[b"*,", user, b",authenticated"].concat()), line(2, b"-,,Local")].concat()
    };
    let log = [
        head.as_bytes(),
        &session("0A", b"CONTOSO\\J\xFCrgen"),
        &session("0B", b"CONTOSO\\\xC8\xE2\xE0\xED\xEE\xE2"),
        &session("0C", b"CONTOSO\\\xB1\xE8\xC3\xB6\xBC\xF6"),
        &session("0D", "CONTOSO\\Zoë".as_bytes()),
    ]
    .concat();
    let whole = outcome(&mut load([log.as_slice()], WHOLE));
    let users: Vec<&str> = whole.0.keys().map(|row| row[1].as_str()).collect();
    assert_eq!(users, ["CONTOSO\\jürgen", "CONTOSO\\zoë", "CONTOSO\\иванов", "CONTOSO\\김철수"]);
    let mut expected = [0; 4];
    for page in [CodePage::Windows1252, CodePage::Windows1251, CodePage::Windows949] {
        expected[page as usize] = 1;
    }
    assert_eq!(whole.1.not_utf8, expected);
    for range_bytes in [1, 50, 333] {
        let handing = Handing { range_bytes, piece_bytes: 13, ..WHOLE };
        assert_eq!(outcome(&mut load([log.as_slice()], handing)), whole, "ranges of {range_bytes}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    /// Whatever is done to an archive, it is refused or read, and nothing worse.
    #[test]
    fn any_archive_comes_to_something(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        end in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
        which in prop::sample::select(vec!["info-zip", "zip64", "streamed"]),
    ) {
        let mut archive = fixture(&format!("wrapped/{which}.zip"));
        for (at, byte) in changes {
            let at = at.index(archive.len());
            archive[at] = byte;
        }
        if is_cut {
            archive.truncate(end.index(archive.len()));
        }
        let mut workspace = load_archive(&archive, WHOLE);
        for source in workspace.sources() {
            prop_assert!(source.lines.is_balanced());
        }
        let mut workspace = load([archive.as_slice()], WHOLE);
        prop_assert_eq!(workspace.sources().len(), 1);
    }

    /// A gzip file that was changed somewhere is not read in part.
    #[test]
    fn any_gzip_file_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        piece_bytes in 1_usize..3000,
    ) {
        let log = fixture("receive/bdat.log");
        let mut packed = gzip_members(&log, 700);
        for (at, byte) in changes {
            let at = at.index(packed.len());
            packed[at] = byte;
        }
        let mut workspace = load([packed.as_slice()], Handing { piece_bytes, ..WHOLE });
        let is_refused = matches!(workspace.sources()[0].outcome, SourceOutcome::Problem(_));
        prop_assert!(is_refused || rows(&mut workspace) == rows(&mut load([log.as_slice()], WHOLE)));
    }
}
