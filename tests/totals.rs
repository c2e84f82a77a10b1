//! What is shown while files are read, against what was worked out by hand for the report.

#![allow(clippy::unwrap_used)]

mod support;

use smtp_auth_report::aggregate::Totals;
use support::fixtures::receive_fixtures;
use support::pipeline::{WHOLE, units};

/// Messages, sessions and failed sign-ins of an Activity CSV; what is unknown counts as nothing.
fn sums(csv: &str) -> [u64; 3] {
    let mut sums = [0; 3];
    for record in csv::Reader::from_reader(csv.as_bytes()).records() {
        let record = record.unwrap();
        for (sum, column) in sums.iter_mut().zip([9, 11, 12]) {
            *sum += record[column].parse::<u64>().unwrap_or(0);
        }
    }
    sums
}

#[test]
fn the_figures_while_reading_are_those_of_the_report_but_for_what_only_the_merge_can_tell() {
    for (name, (logs, expected)) in receive_fixtures() {
        let mut totals = Totals::default();
        for unit in logs.iter().flat_map(|log| units(log, WHOLE)) {
            totals += unit.totals;
        }
        let figures = match name.as_str() {
            // Sessions of which lines are missing, or stand in another file, count when all files are read.
            "never-ends"
            | "proxied-shortened"
            | "real-failure"
            | "real-success"
            | "sequence-gaps"
            | "spans-two-files"
            | "starts-before-first-line"
            | "truncated-last-line" => [0, 0, 0],
            // That two logs show the same session, too, comes out at the end only: a session with two messages, twice.
            "port-25-in-both-logs" => [4, 2, 0],
            _ => sums(&expected),
        };
        assert_eq!([totals.messages(), totals.sessions(), totals.failed_signins], figures, "{name}");
        let lines: usize = logs.iter().map(|log| log.split_inclusive(|&byte| byte == b'\n').count()).sum();
        // A Send log is not read at all.
        let lines = if name == "send-log" { 0 } else { lines };
        assert_eq!(totals.lines, lines as u64, "{name}");
    }
}
