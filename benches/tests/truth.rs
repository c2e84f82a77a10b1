//! The generators against the core: what one wrote on purpose, the other reads.

#![allow(clippy::unwrap_used)]

mod native;

use smtp_auth_report::aggregate::Workspace;
use smtp_auth_report_bench::{Truth, activity, receive, spray};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// What the core says of a corpus, in the words of the truth.
fn read(corpus: &[u8], generator: u32) -> Truth {
    let mut workspace: Workspace = native::merge(corpus.len() as u64, native::read(corpus));
    for source in workspace.sources() {
        assert_eq!((source.lines.bad, source.lines.is_balanced()), (0, true));
    }
    let cube = &workspace.merged().cube;
    let mut truth = Truth { generator, bytes: corpus.len() as u64, ..Truth::default() };
    let mut users = BTreeSet::new();
    let add =
        |counts: &mut BTreeMap<String, u64>, name: &str, n| *counts.entry(name.to_owned()).or_default() += n;
    for (key, counts) in cube.rows() {
        let row = cube.row(key);
        let sum =
            |total: &mut Option<u64>, n: Option<u64>| *total = total.map_or(n, |sum| n.map(|n| sum + n));
        sum(&mut truth.sessions, counts.sessions.value());
        sum(&mut truth.failed_signins, counts.failed_signins.value());
        truth.recipients += counts.recipients.value().unwrap();
        let messages = counts.messages.value().unwrap();
        truth.messages += messages;
        if messages > 0 {
            add(&mut truth.messages_by_day, &row.day.unwrap().to_string(), messages);
            add(&mut truth.messages_by_tls, &row.tls.to_string(), messages);
            add(&mut truth.messages_by_domain, row.sender_domain, messages);
            users.insert(row.user.to_owned());
        }
    }
    truth.users = users.len() as u64;
    truth
}

#[test]
fn a_receive_log_reads_to_what_was_written() {
    let mut corpus = Vec::new();
    let truth = receive::write(&mut corpus, 6_000_000, 300).unwrap();
    assert_eq!(read(&corpus, truth.generator), truth);
    // Of everything there is some.
    assert_eq!(truth.messages_by_day.len(), 30);
    assert_eq!((truth.messages_by_tls.len(), truth.messages_by_domain.len()), (5, 8));
    assert!(truth.users > 250 && truth.failed_signins > Some(100) && truth.sessions > Some(500), "{truth:?}");
    assert!(truth.recipients > truth.messages && truth.bytes >= 6_000_000, "{truth:?}");
}

#[test]
fn an_activity_csv_reads_to_what_was_written() {
    let mut corpus = Vec::new();
    let truth = activity::write(&mut corpus, 6_000_000, 500).unwrap();
    assert_eq!(read(&corpus, truth.generator), truth);
    assert_eq!((truth.messages_by_day.len(), truth.users), (30, 500));
    let text = String::from_utf8(corpus).unwrap();
    for quoted in [", floor ", "\"\"big\"\"", "\nroom "] {
        assert!(text.contains(quoted), "{quoted}");
    }
}

#[test]
fn a_spray_reads_to_what_was_written() {
    let mut corpus = Vec::new();
    let truth = spray::write(&mut corpus, 3_001).unwrap();
    assert_eq!(truth.failed_signins, Some(3_001));
    let mut read = read(&corpus, truth.generator);
    assert_eq!(read.sessions.replace(0), Some(0));
    assert_eq!(read, truth);
}

/// Corpora of an earlier version are reused, so what is written must not change under the same version.
#[test]
fn the_bytes_are_those_of_this_version() {
    let mut corpus = Vec::new();
    receive::write(&mut corpus, 200_000, 50).unwrap();
    activity::write(&mut corpus, 200_000, 50).unwrap();
    spray::write(&mut corpus, 100).unwrap();
    assert_eq!(
        (smtp_auth_report_bench::VERSION, xxh3_64(&corpus)),
        (1, 3_853_514_154_239_687_195),
        "changed? then raise VERSION"
    );
}
