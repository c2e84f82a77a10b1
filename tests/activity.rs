//! The Activity CSV: read as others write it, and read back as we write it.

#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use smtp_auth_report::aggregate::Workspace;
use smtp_auth_report::export::activity_csv;
use smtp_auth_report::model::Day;
use smtp_auth_report::report::{Input, Overview, Query, Range, overview};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use support::generate::{self, Options};
use support::oracle;
use support::pipeline::{Handing, WHOLE, load};

const TODAY: Day = Day(20_779); // 2026-11-22

fn export(workspace: &mut Workspace) -> String {
    let merged = workspace.merged();
    let input = Input { cube: &merged.cube, days_with_logs: &merged.days_with_logs, today: TODAY };
    let mut text = Vec::new();
    let everything = Query { range: Range::All, ..Query::default() };
    activity_csv::write(&input, &everything, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

fn report(workspace: &mut Workspace, range: Range) -> Overview {
    let merged = workspace.merged();
    let input = Input { cube: &merged.cube, days_with_logs: &merged.days_with_logs, today: TODAY };
    overview(&input, &Query { range, ..Query::default() })
}

#[test]
fn files_of_others_come_to_what_was_worked_out_by_hand() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/activity");
    let mut read = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(stem) = name.strip_suffix(".csv").filter(|stem| !stem.ends_with(".expected")) else {
            continue;
        };
        let expected = fs::read_to_string(folder.join(format!("{stem}.expected.csv"))).unwrap();
        let bytes = fs::read(&path).unwrap();
        for handing in
            [WHOLE, Handing { piece_bytes: 1, ..WHOLE }, Handing { piece_bytes: 7, range_bytes: 1, ..WHOLE }]
        {
            let mut workspace = load([bytes.as_slice()], handing);
            assert_eq!(export(&mut workspace).replace("\r\n", "\n"), expected, "{stem}, {handing:?}");
            assert!(workspace.sources()[0].lines.is_balanced(), "{stem}");
        }
        read += 1;
    }
    assert!(read >= 7, "{read} fixtures");
}

#[test]
fn the_sample_reads_back_to_the_identical_report() {
    let files = smtp_auth_report::sample::files(TODAY);
    let mut first = load(files.iter().map(|file| file.bytes.as_slice()), WHOLE);
    let text = export(&mut first);
    let mut second = load([text.as_bytes()], WHOLE);
    assert_eq!(export(&mut second), text);
    for range in [Range::Last(7), Range::Last(90), Range::All] {
        assert_eq!(report(&mut second, range), report(&mut first, range));
    }
}

#[test]
fn days_with_logs_and_nothing_on_them_stay_days_with_logs() {
    let log = "2026-11-02T08:00:00.000Z,EX01\\C,0A,0,l,1.1.1.1:1,*,CONTOSO\\a,authenticated\n\
               2026-11-04T08:00:00.000Z,EX01\\C,0B,0,l,1.1.1.1:1,+,,\n";
    let mut first = load([log.as_bytes()], WHOLE);
    let text = export(&mut first);
    assert!(text.ends_with("2026-11-04,,,,Unknown,Unknown,,,,0,0,0,0\r\n"), "{text}");
    let mut second = load([text.as_bytes()], WHOLE);
    let days = |workspace: &mut Workspace| report(workspace, Range::All).loaded.days_with_logs;
    assert_eq!((days(&mut first), days(&mut second)), (2, 2));
    assert_eq!(export(&mut second), text);
}

#[test]
fn formulas_and_hostile_names_survive_the_round_trip() {
    let names =
        ["=cmd|' /C calc'!A0", "@sum(1)", "+1", "-1", "'=1", "''", "＝1", "\u{202E}gnp", "<b>", "a;b\"c"];
    let mut csv = String::from("date,user,sender,messages,client_name\n");
    for (i, name) in names.iter().enumerate() {
        writeln!(csv, "2026-11-02,u{i},s{i}@x.com,1,\"{}\"", name.replace('"', "\"\"")).unwrap();
    }
    // What a spreadsheet would take for a formula is read as one that was made harmless, so write it so.
    let mut first = load([csv.as_bytes()], WHOLE);
    let text = export(&mut first);
    for formula in [",=cmd", ",@sum", ",+1", ",-1", ",＝1"] {
        assert!(!text.contains(formula), "{formula} stands in {text}");
    }
    assert_eq!(export(&mut load([text.as_bytes()], WHOLE)), text);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back_to_the_identical_report(seed in any::<u64>(), piece_bytes in 1_usize..9999) {
        let log = generate::random_log(seed, Options::default());
        let mut first = load([log.as_slice()], WHOLE);
        let text = export(&mut first);
        let mut second = load([text.as_bytes()], Handing { piece_bytes, ..WHOLE });
        prop_assert_eq!(export(&mut second), text);
        prop_assert_eq!(report(&mut second, Range::All), report(&mut first, Range::All));
    }

    #[test]
    fn random_rows_are_read_as_they_stand(seed in any::<u64>(), rows in 1_u32..200) {
        let expected = oracle::to_csv(&generate::random_activity(seed, rows));
        let mut workspace = load([expected.as_bytes()], WHOLE);
        prop_assert_eq!(export(&mut workspace).replace("\r\n", "\n"), expected);
    }
}
