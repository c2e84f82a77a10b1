//! The cap on what is told apart: whatever way a log is cut and handed over, the same names are given up, and no count is
//! lost.

#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use smtp_auth_report::aggregate::{Limits, OTHER, SourceId, Workspace};
use smtp_auth_report::export::activity_csv;
use smtp_auth_report::model::{Count, Counts, Day};
use smtp_auth_report::report::{Input, Overview, Query, Range, overview};
use std::fmt::Write;
use support::generate::{self, Options, Rng};
use support::oracle;
use support::pipeline::{Handing, NO_LIMITS, WHOLE, load};

fn export(workspace: &mut Workspace) -> String {
    let merged = workspace.merged();
    let input = Input { cube: &merged.cube, days_with_logs: &merged.days_with_logs, today: Day(20_779) };
    let mut text = Vec::new();
    let everything = Query { range: Range::All, ..Query::default() };
    activity_csv::write(&input, &everything, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

fn report(workspace: &mut Workspace) -> Overview {
    let merged = workspace.merged();
    let input = Input { cube: &merged.cube, days_with_logs: &merged.days_with_logs, today: Day(20_779) };
    overview(&input, &Query { range: Range::All, ..Query::default() })
}

/// The known part of everything that was counted.
fn totals(workspace: &mut Workspace) -> [u64; 4] {
    let mut sum = Counts::default();
    workspace.merged().cube.rows().for_each(|(_, counts)| sum += *counts);
    [sum.messages, sum.recipients, sum.sessions, sum.failed_signins].map(Count::known_part)
}

/// A log of guesses: so many sessions with a refused sign-in each, and sometimes one that succeeds and sends something.
fn spray(seed: u64, sessions: u32) -> String {
    let mut rng = Rng(seed);
    let mut log = String::new();
    for n in 0..sessions {
        let name = rng.between(0, sessions * 2);
        let ip = format!("203.0.113.{}", rng.between(1, 40));
        let helo = if rng.one_in(4) { format!("host-{}", rng.between(1, 99)) } else { "win".to_owned() };
        let server = rng.pick(&["EX01", "EX02"]);
        let mut lines =
            vec!["+,,".to_owned(), format!("<,EHLO {helo},"), ">,250 hello,".into(), "<,AUTH LOGIN,".into()];
        if rng.one_in(5) {
            lines.extend([
                format!("*,CONTOSO\\user{name},authenticated"),
                ">,235 2.7.0 Authentication successful,".into(),
                format!("<,MAIL FROM:<user{name}@contoso.com>,"),
                ">,250 2.1.0 Sender OK,".into(),
                "<,RCPT TO:<b@example.org>,".into(),
                ">,250 2.1.5 Recipient OK,".into(),
                "<,DATA,".into(),
                ">,354 Start mail input,".into(),
                ">,250 2.6.0 <1@x> Queued mail for delivery,".into(),
            ]);
        } else {
            lines.extend([
                "*,,Inbound AUTH LOGIN failed because of LogonDenied".to_owned(),
                format!("*,,User Name: guess{name}@contoso.com"),
                ">,535 5.7.3 Authentication unsuccessful,".into(),
            ]);
        }
        lines.push("-,,Local".into());
        let (day, minute) = (1 + n % 5, n % 60);
        for (sequence, line) in lines.iter().enumerate() {
            writeln!(
                log,
                "2026-11-{day:02}T08:{minute:02}:{sequence:02}.000Z,{server}\\C,{:016X},{sequence},10.0.0.1:587,{ip}:5000,{line}",
                0x0900_0000_0000_0000 + u64::from(n)
            )
            .unwrap();
        }
    }
    log
}

fn tight(rows: usize, failed_rows: usize, name_bytes: usize) -> Handing {
    Handing { limits: Limits { rows, failed_rows, name_bytes }, ..WHOLE }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_cut_order_and_spread_gives_up_the_same_names(
        seed in any::<u64>(),
        sessions in 0_u32..120,
        limits in (4_usize..150, 2_usize..80, 200_usize..20_000),
        piece_bytes in 1_usize..5000,
        range_bytes in 1_u64..9000,
        late_sessions in prop::sample::select(vec![0_usize, 1, 64]),
        files in 1_u32..8,
        rotate in 0_usize..8,
        backwards in any::<bool>(),
    ) {
        let options = Options { scenes: 12, repeats: late_sessions == 64, ..Options::default() };
        let log = [generate::random_log(seed, options), spray(seed, sessions).into_bytes()].concat();
        let whole = tight(limits.0, limits.1, limits.2);
        let mut expected = load([log.as_slice()], whole);
        let handing = Handing { piece_bytes, range_bytes, late_sessions, ..whole };
        let mut parts = generate::cut(&log, seed, files);
        let count = parts.len();
        parts.rotate_left(rotate % count);
        if backwards {
            parts.reverse();
        }
        let mut found = load(parts.iter().map(Vec::as_slice), handing);
        prop_assert_eq!(found.merged().level, expected.merged().level);
        prop_assert_eq!(export(&mut found), export(&mut expected));
        prop_assert!(found.sources().iter().all(|source| source.lines.is_balanced()));
        let mut unlimited = load([log.as_slice()], WHOLE);
        prop_assert_eq!(totals(&mut found), totals(&mut unlimited));
    }

    #[test]
    fn copies_of_what_is_there_count_once_also_where_names_are_given_up(
        seed in any::<u64>(),
        limits in (4_usize..150, 2_usize..80, 200_usize..20_000),
        range_bytes in 1_u64..90_000,
        late_sessions in prop::sample::select(vec![0_usize, 1, 64]),
        copy_first in any::<bool>(),
    ) {
        let log = spray(seed, 80);
        let handing = Handing { range_bytes, late_sessions, ..tight(limits.0, limits.1, limits.2) };
        let copy = &generate::cut(log.as_bytes(), seed, 3)[1];
        let mut files = vec![log.as_bytes(), copy];
        if copy_first {
            files.reverse();
        }
        let mut found = load(files, handing);
        let mut expected = load([log.as_bytes()], handing);
        prop_assert_eq!(found.merged().level, expected.merged().level);
        prop_assert_eq!(export(&mut found), export(&mut expected));
    }

    #[test]
    fn lists_come_to_the_same_in_any_number_of_files_and_in_any_order(
        seed in any::<u64>(),
        rows in 1_u32..200,
        limits in (2_usize..150, 1_usize..80, 100_usize..5000),
        files in 1_u32..8,
        backwards in any::<bool>(),
    ) {
        let list = oracle::to_csv(&generate::random_activity(seed, rows));
        let (header, body) = list.split_once('\n').unwrap();
        let handing = tight(limits.0, limits.1, limits.2);
        let mut whole = load([list.as_bytes()], handing);
        // A record may hold a line break, so that not every line begins one.
        let mut parts = vec![format!("{header}\n")];
        for line in body.split_inclusive('\n') {
            if line.starts_with("2026") && parts.len() < files as usize {
                parts.push(format!("{header}\n"));
            }
            parts.last_mut().unwrap().push_str(line);
        }
        if backwards {
            parts.reverse();
        }
        let mut found = load(parts.iter().map(String::as_bytes), handing);
        prop_assert_eq!(found.merged().level, whole.merged().level);
        prop_assert_eq!(export(&mut found), export(&mut whole));
        prop_assert_eq!(totals(&mut found), totals(&mut load([list.as_bytes()], WHOLE)));
    }

    #[test]
    fn what_was_given_up_stays_given_up_when_the_export_is_read_back(
        seed in any::<u64>(),
        limits in (4_usize..150, 2_usize..80, 200_usize..9000),
    ) {
        let log = [generate::random_log(seed, Options::default()), spray(seed, 60).into_bytes()].concat();
        let handing = tight(limits.0, limits.1, limits.2);
        let mut first = load([log.as_slice()], handing);
        let text = export(&mut first);
        for handing in [handing, WHOLE] {
            let mut second = load([text.as_bytes()], handing);
            prop_assert_eq!(export(&mut second), text.clone());
            // What was given up is said here as there.
            prop_assert_eq!(report(&mut second), report(&mut first));
        }
    }
}

#[test]
fn names_are_given_up_at_last_and_only_where_they_must_be() {
    let log = spray(7, 400);
    let mut levels = Vec::new();
    for failed_rows in [1000, 200, 50, 2] {
        let mut workspace = load([log.as_bytes()], tight(usize::MAX, failed_rows, usize::MAX));
        let text = export(&mut workspace);
        assert_eq!(text.contains(OTHER), failed_rows < 400, "{failed_rows}");
        assert_eq!(totals(&mut workspace), totals(&mut load([log.as_bytes()], WHOLE)));
        levels.push(workspace.merged().level);
    }
    assert!(levels[0].is_lowest());
    assert!(levels.is_sorted_by(|a, b| a < b), "{levels:?}");
}

#[test]
fn a_file_that_is_removed_gives_back_what_was_given_up_for_it() {
    let (first, second) = (spray(1, 60), spray(2, 300).replace(",09000", ",0A000"));
    let handing = tight(usize::MAX, 100, usize::MAX);
    let mut alone = load([first.as_bytes()], handing);
    assert!(alone.merged().level.is_lowest());
    let mut both = load([first.as_bytes(), second.as_bytes()], handing);
    assert!(!both.merged().level.is_lowest());
    both.remove(SourceId(1));
    assert_eq!(export(&mut both), export(&mut alone));
    assert_eq!(handing.limits, Limits { failed_rows: 100, ..NO_LIMITS });
}
