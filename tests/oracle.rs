//! The oracle against the fixtures: each checks the other.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use smtp_auth_report::model::Day;
use std::collections::BTreeMap;
use support::fixtures::receive_fixtures as fixtures;
use support::generate::{self, Fragments, Options};
use support::oracle;

#[test]
fn it_comes_to_what_was_worked_out_by_hand() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 40, "{} fixtures", fixtures.len());
    let mut wrong = Vec::new();
    for (name, (logs, expected)) in &fixtures {
        assert!(!logs.is_empty(), "{name} has no log");
        let logs: Vec<&[u8]> = logs.iter().map(Vec::as_slice).collect();
        let found = oracle::to_csv(&oracle::activity(&logs));
        if found != *expected {
            wrong.push(format!("{name}\n--- expected\n{expected}--- found\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    for (name, (logs, expected)) in fixtures() {
        let logs: Vec<&[u8]> = logs.iter().rev().map(Vec::as_slice).collect();
        assert_eq!(oracle::to_csv(&oracle::activity(&logs)), expected, "{name}");
    }
}

#[test]
fn random_logs_hold_what_they_promise_and_say_the_same_in_pieces() {
    let mut all = oracle::Activity::new();
    for seed in 0..40 {
        let fragments = if seed % 4 == 0 { Fragments::Anywhere } else { Fragments::AtCommands };
        let options = Options { fragments, ..Options::default() };
        let log = generate::random_log(seed, options);
        assert_eq!(log, generate::random_log(seed, options));
        let whole = oracle::activity(&[&log]);
        let pieces = generate::cut(&log, seed, 4);
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        assert_eq!(pieces.concat(), log);
        assert_eq!(oracle::activity(&pieces), whole, "seed {seed}");
        let backwards: Vec<&[u8]> = pieces.into_iter().rev().collect();
        assert_eq!(oracle::activity(&backwards), whole, "seed {seed}, last file first");
        all.extend(whole);
    }
    // Every kind of thing is in there somewhere; a generator that stops making one would test nothing.
    let some = |what: &dyn Fn(&oracle::Key, &oracle::Counts) -> bool| {
        all.iter().any(|(key, counts)| what(key, counts))
    };
    for tls in ["No TLS", "SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3", "Unknown"] {
        assert!(some(&|key, _| key.tls == tls), "{tls}");
    }
    for mechanism in ["LOGIN", "NTLM", "GSSAPI", "PLAIN", "XOAUTH2", "CRAM-MD5", "Unknown"] {
        assert!(some(&|key, _| key.mechanism == mechanism), "{mechanism}");
    }
    assert!(some(&|_, counts| counts.messages.is_none()), "no front end alone");
    assert!(some(&|key, counts| key.client_name == "hub.view" && counts.messages > Some(0)), "no hub alone");
    assert!(some(&|key, counts| key.user.is_empty() && counts.failed > Some(0)), "no refusal without a name");
    assert!(some(&|key, counts| key.sender.is_empty() && counts.messages > Some(0)), "no null sender");
    assert!(some(&|_, counts| counts.recipients > counts.messages), "no second recipient");
    assert!(some(&|key, _| key.client_ip.contains(':')), "no IPv6");
    for nobody in ["HealthMailbox", "EX01$", "stranger"] {
        assert!(!some(&|key, _| key.user.to_lowercase().contains(&nobody.to_lowercase())), "{nobody}");
    }
}

/// The sample, as far as its story can be counted without the program that reports it.
#[test]
fn the_sample_tells_its_story() {
    let files = smtp_auth_report::sample::files(Day::parse_iso("2026-11-22").unwrap());
    let logs: Vec<&[u8]> = files.iter().map(|file| file.bytes.as_slice()).collect();
    let report = oracle::activity(&logs);

    let mut messages_by_user: BTreeMap<&str, u64> = BTreeMap::new();
    for (key, counts) in &report {
        assert!(counts.messages.is_some(), "{key:?}: a hub log is missing");
        assert_ne!(key.tls, "Unknown", "{key:?}");
        assert_ne!(key.mechanism, "Unknown", "{key:?}");
        *messages_by_user.entry(&key.user).or_default() += counts.messages.unwrap_or(0);
    }
    let messages = |user: &str| messages_by_user.get(user).copied().unwrap_or(0);
    assert!(messages("CONTOSO\\svc-erp") > 300);
    assert!(messages("CONTOSO\\scan-hq") > 50);
    assert!((85..=95).contains(&messages("CONTOSO\\svc-billing")));
    // 2, 4 and 6 sessions of 20 messages, less a recipient or two that does not exist.
    assert!((230..=240).contains(&messages("j.smith@contoso.com")));

    let failed = |date: &str| -> u64 {
        report.iter().filter(|(key, _)| key.date == date).filter_map(|(_, counts)| counts.failed).sum()
    };
    assert_eq!(failed("2026-11-19"), 21, "twenty guessed names and the old copier");
    assert_eq!(failed("2026-11-22"), 0, "a Sunday");
}
