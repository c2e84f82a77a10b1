//! The Receive log against expectations worked out by hand, and against the naive oracle, however the bytes are handed
//! over: whole, in pieces, in ranges, in files, in any order.

#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use std::collections::BTreeMap;
use support::fixtures::receive_fixtures;
use support::generate::{self, Fragments, Options};
use support::oracle;
use support::pipeline::{Handing, RowCounts, RowTexts, WHOLE, rows_of};

fn by_oracle(logs: &[&[u8]]) -> BTreeMap<RowTexts, RowCounts> {
    from_csv(&oracle::to_csv(&oracle::activity(logs)))
}

/// Rows of an Activity CSV, read by the library and not by the product.
fn from_csv(text: &str) -> BTreeMap<RowTexts, RowCounts> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| {
            let record = record.unwrap();
            let text = |i: usize| record[i].to_owned();
            let count = |i: usize| (!record[i].is_empty()).then(|| record[i].parse().unwrap());
            (std::array::from_fn(text), std::array::from_fn(|i| count(9 + i)))
        })
        .collect()
}

#[track_caller]
fn assert_rows(found: &BTreeMap<RowTexts, RowCounts>, expected: &BTreeMap<RowTexts, RowCounts>, what: &str) {
    let missing: Vec<_> = expected.iter().filter(|(key, counts)| found.get(*key) != Some(counts)).collect();
    let extra: Vec<_> = found.iter().filter(|(key, counts)| expected.get(*key) != Some(counts)).collect();
    assert!(missing.is_empty() && extra.is_empty(), "{what}\nexpected {missing:#?}\nfound {extra:#?}");
}

#[test]
fn every_quirk_comes_to_what_was_worked_out_by_hand() {
    for (name, (logs, expected)) in receive_fixtures() {
        let expected = from_csv(&expected);
        // Line breaks and byte order marks are no part of what a log says.
        let unix: Vec<Vec<u8>> =
            logs.iter().map(|log| String::from_utf8_lossy(log).replace("\r\n", "\n").into_bytes()).collect();
        let with_bom: Vec<Vec<u8>> = logs
            .iter()
            .map(|log| [b"\xEF\xBB\xBF", log.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(log)].concat())
            .collect();
        for (how, logs) in [("as it is", &logs), ("LF", &unix), ("BOM", &with_bom)] {
            for handing in [
                WHOLE,
                Handing { piece_bytes: 1, ..WHOLE },
                Handing { piece_bytes: 7, late_sessions: 0, ..WHOLE },
                Handing { piece_bytes: 100, range_bytes: 1, ..WHOLE },
                Handing { piece_bytes: 64, range_bytes: 150, late_sessions: 0, ..WHOLE },
                Handing { range_bytes: 333, ..WHOLE },
            ] {
                let found = rows_of(logs.iter().map(Vec::as_slice), handing);
                assert_rows(&found, &expected, &format!("{name}, {how}, {handing:?}"));
                let found = rows_of(logs.iter().rev().map(Vec::as_slice), handing);
                assert_rows(&found, &expected, &format!("{name}, {how}, last file first, {handing:?}"));
            }
        }
    }
}

#[test]
fn the_sample_says_the_same_to_both() {
    let files =
        smtp_auth_report::sample::files(smtp_auth_report::model::Day::parse_iso("2026-11-22").unwrap());
    let logs: Vec<&[u8]> = files.iter().map(|file| file.bytes.as_slice()).collect();
    assert_rows(&rows_of(logs.iter().copied(), WHOLE), &by_oracle(&logs), "sample");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_oracle_agrees(seed in any::<u64>(), cut_anywhere in any::<bool>()) {
        let fragments = if cut_anywhere { Fragments::Anywhere } else { Fragments::AtCommands };
        let log = generate::random_log(seed, Options { fragments, ..Options::default() });
        assert_rows(&rows_of([log.as_slice()], WHOLE), &by_oracle(&[&log]), &format!("seed {seed}"));
    }

    #[test]
    fn any_pieces_ranges_files_and_order_give_the_same_rows(
        seed in any::<u64>(),
        piece_bytes in 1_usize..5000,
        range_bytes in 1_u64..5000,
        late_sessions in prop::sample::select(vec![0_usize, 1, 64]),
        files in 1_u32..8,
        rotate in 0_usize..8,
        backwards in any::<bool>(),
    ) {
        // A line that is there twice, far apart, is joined with its session only while that is open.
        let log = generate::random_log(seed, Options { repeats: late_sessions == 64, ..Options::default() });
        let whole = rows_of([log.as_slice()], WHOLE);
        let handing = Handing { piece_bytes, range_bytes, late_sessions, ..WHOLE };
        let mut parts = generate::cut(&log, seed, files);
        let count = parts.len();
        parts.rotate_left(rotate % count);
        if backwards {
            parts.reverse();
        }
        let found = rows_of(parts.iter().map(Vec::as_slice), handing);
        assert_rows(&found, &whole, &format!("seed {seed}, {handing:?}, {files} files"));
    }
}
