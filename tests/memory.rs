//! What the program holds in memory, counted allocation by allocation: it follows what is told apart, and not the log.

#![allow(clippy::unwrap_used)]

use allocation_counter::{measure, opt_out};
use flate2::Compression;
use flate2::write::GzEncoder;
use smtp_auth_report::aggregate::cap::Limits;
use smtp_auth_report::aggregate::sessions::LATE_SESSIONS;
use smtp_auth_report::aggregate::unit::RANGE_BYTES;
use smtp_auth_report::aggregate::{UnitReader, UnitResult, Workspace, plan};
use std::fmt::Write;
use std::io::Write as _;

const LIMITS: Limits = Limits { rows: 6_000, failed_rows: 3_000, name_bytes: 1 << 20 };

/// A session's lines, `MM:SS` of them, its number, and what stands in them.
fn session(log: &mut String, n: u64, lines: &[&str]) {
    let (minute, second, id) = (n / 60 % 60, n % 60, 0x08DE_2900_0000_0000_u64 + n);
    for (sequence, line) in lines.iter().enumerate() {
        writeln!(
            log,
            "2026-11-02T08:{minute:02}:{second:02}.000Z,EX01\\C,{id:016X},{sequence},10.0.0.1:587,192.0.2.1:50000,{line}"
        )
        .unwrap();
    }
}

/// Guesses of ever new names.
fn guesses(numbers: std::ops::Range<u64>) -> String {
    let mut log = String::new();
    for n in numbers {
        let name = format!("*,,User Name: guess{n}@contoso.com");
        session(
            &mut log,
            n,
            &["+,,", "<,AUTH LOGIN,", &name, ">,535 5.7.3 Authentication unsuccessful,", "-,,Local"],
        );
    }
    log
}

/// Messages of a hundred senders.
fn submissions(numbers: std::ops::Range<u64>) -> String {
    let mut log = String::new();
    for n in numbers {
        let user = n.wrapping_mul(0x9E37_79B9) % 100;
        let signed_in = format!("*,CONTOSO\\svc{user},authenticated");
        let mail = format!("<,MAIL FROM:<svc{user}@contoso.com>,");
        session(
            &mut log,
            n,
            &[
                "+,,",
                "<,EHLO mfp,",
                ">,250 hello,",
                "<,AUTH LOGIN,",
                &signed_in,
                ">,235 2.7.0 Authentication successful,",
                &mail,
                ">,250 2.1.0 Sender OK,",
                "<,RCPT TO:<b@example.org>,",
                ">,250 2.1.5 Recipient OK,",
                "<,DATA,",
                ">,354 Start mail input,",
                ">,250 2.6.0 <1@x> Queued mail for delivery,",
                "-,,Local",
            ],
        );
    }
    log
}

/// As it comes from a parser.
fn parsed(log: &str) -> Vec<u8> {
    let unit = plan(log.as_bytes(), log.len() as u64).remove(0);
    let mut reader = UnitReader::with_limits(unit, LATE_SESSIONS, LIMITS);
    reader.feed(log.as_bytes());
    postcard::to_stdvec(&reader.finish()).unwrap()
}

/// Loads sessions in ten files. Returns the bytes that are held when all are staged, and what merging them takes
/// at most beyond that.
fn load(sessions: u64, log_of: fn(std::ops::Range<u64>) -> String) -> (i64, u64) {
    let mut workspace = Workspace::with_limits(LIMITS);
    let staged = measure(|| {
        for file in 0..10 {
            let mut bytes = Vec::new();
            opt_out(|| bytes = parsed(&log_of(sessions * file / 10..sessions * (file + 1) / 10)));
            let unit: UnitResult = postcard::from_bytes(&bytes).unwrap();
            workspace.stage(String::new(), file, vec![unit]);
            opt_out(|| drop(bytes));
        }
    });
    let merged = measure(|| {
        workspace.commit();
        workspace.merged();
    });
    let counts = workspace
        .merged()
        .cube
        .rows()
        .map(|(_, counts)| counts.sessions.known_part() + counts.failed_signins.known_part());
    assert_eq!(counts.sum::<u64>(), sessions, "and nothing is lost");
    (staged.bytes_current, merged.bytes_max)
}

#[test]
fn merging_takes_no_more_for_ten_times_the_names() {
    let ((few_held, few), (many_held, many)) = (load(5_000, guesses), load(50_000, guesses));
    assert!(many < few + few / 2, "{few} bytes for 5,000 names, {many} for 50,000");
    // What is kept of the files grows with the names that each alone tells apart.
    let per_name = (many_held - few_held) / 45_000;
    assert!(per_name < 40, "{per_name} bytes for a name");
}

#[test]
fn a_session_of_a_known_sender_takes_some_ten_bytes_and_nothing_in_the_merge() {
    let ((few_held, few), (many_held, many)) = (load(5_000, submissions), load(50_000, submissions));
    let per_session = (many_held - few_held) / 45_000;
    assert!(per_session < 20, "{per_session} bytes for a session");
    assert!(many < few + few / 4, "{few} bytes for 5,000 sessions, {many} for 50,000");
}

#[test]
fn reading_a_list_takes_no_more_for_ten_times_the_names() {
    let read = |rows: u64| {
        let header = "date,user,tls,messages,sessions,failed_signins\n";
        let mut reader = None;
        let info = measure(|| {
            let head = format!("{header}2026-11-02,a,TLS 1.2,0,0,1\n");
            let unit = plan(head.as_bytes(), RANGE_BYTES).remove(0);
            let mut new = UnitReader::with_limits(unit, LATE_SESSIONS, LIMITS);
            new.feed(header.as_bytes());
            for row in 0..rows {
                new.feed(format!("2026-11-02,guess{row}@contoso.com,TLS 1.2,0,0,1\n").as_bytes());
            }
            reader = Some(new);
        });
        info.bytes_max
    };
    // More than the reader remembers by their bytes.
    let (few, many) = (read(120_000), read(1_200_000));
    assert!(many < few + few / 4, "{few} bytes for 120,000 names, {many} for 1,200,000");
}

/// What reading so many copies of a packed log holds at most.
fn held_by_packed(log: &str, copies: usize) -> u64 {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(log.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap().repeat(copies);
    let unit = plan(&packed[..packed.len().min(1 << 16)], packed.len() as u64).remove(0);
    let mut result = None;
    let held = measure(|| {
        let mut reader = UnitReader::with_limits(unit, LATE_SESSIONS, LIMITS);
        for piece in packed.chunks(1 << 20) {
            assert!(reader.feed(piece));
        }
        result = Some(reader.finish());
    });
    let read = result.unwrap().account.read;
    assert_eq!(read, (log.lines().count() * copies) as u64);
    held.bytes_max
}

#[test]
fn what_is_packed_is_never_held_as_a_whole() {
    let mut csv = String::from("date,user,tls,messages\n");
    for n in 0..60_000_u64 {
        writeln!(csv, "2026-11-02,u{}@contoso.com,TLS 1.2,{n}", n % 100).unwrap();
    }
    let (few, many) = (held_by_packed(&csv, 2), held_by_packed(&csv, 20));
    assert!(many < few + (1 << 16) && many < 2 << 20, "{few} and {many} bytes for {} each", csv.len());
}
