//! Quirks of the Receive log that need more than a file and its rows: what is said of lines and files.
#![allow(clippy::unwrap_used)]

mod support;

use smtp_auth_report::aggregate::sessions::OPEN_SESSIONS;
use smtp_auth_report::aggregate::{SourceId, SourceOutcome};
use smtp_auth_report::ingest::{BadReason, FileProblem, Format, SkipReason};
use support::pipeline::{Handing, WHOLE, load, rows, rows_of};

const HEAD: &str = "#Software: Microsoft Exchange Server\r\n#Version: 15.0.0.0\r\n#Log-type: SMTP Receive Protocol Log\r\n#Date: 2026-11-02T08:00:00.000Z\r\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n";

/// A complete session that signs in and sends `messages` messages.
fn session(id: &str, messages: usize) -> String {
    let mut lines = vec![
        "+,,".to_owned(),
        ">,220 EX01 ready,".into(),
        "<,EHLO printer,".into(),
        ">,250  EX01 Hello [10.0.0.9] AUTH LOGIN,".into(),
        "<,AUTH LOGIN,".into(),
        ">,334 <authentication response>,".into(),
        "*,CONTOSO\\printer,authenticated".into(),
        ">,235 2.7.0 Authentication successful,".into(),
    ];
    for i in 0..messages {
        lines.extend([
            "<,MAIL FROM:<printer@contoso.com> SIZE=10,".to_owned(),
            ">,250 2.1.0 Sender OK,".into(),
            "<,RCPT TO:<bob@contoso.com>,".into(),
            ">,250 2.1.5 Recipient OK,".into(),
            "<,DATA,".into(),
            ">,354 Start mail input; end with <CRLF>.<CRLF>,".into(),
            format!(">,\"250 2.6.0 <{id}-{i}@contoso.com> [InternalId={i}, Hostname=EX01] Queued mail for delivery\","),
        ]);
    }
    lines.extend(["<,QUIT,".to_owned(), ">,221 2.0.0 Bye,".into(), "-,,Local".into()]);
    let line = |(i, rest): (usize, &String)| {
        format!(
            "2026-11-02T08:00:{:02}.000Z,EX01\\Default Frontend EX01,{id},{i},10.0.0.1:25,10.0.0.9:5000,{rest}\r\n",
            i % 60
        )
    };
    lines.iter().enumerate().map(line).collect()
}

#[test]
fn lines_are_counted_by_what_becomes_of_them() {
    let log = format!(
        "{HEAD}{}\r\nnonsense\r\n2026-11-02T08:00:00.000Z,EX01\\C,0B,x,l,r,*,,\r\n{}2026-11-02T08",
        session("0A", 1),
        "2026-11-02T09:00:00.000Z,EX01\\C,0C,0,l,1.1.1.1:1,+,,\r\n2026-11-02T09:00:00.000Z,EX01\\C,0C,1,l,1.1.1.1:1,-,,Remote(SocketError)\r\n"
    );
    for late_sessions in [0, 64] {
        let mut workspace = load([log.as_bytes()], Handing { late_sessions, ..WHOLE });
        let source = workspace.sources().remove(0);
        assert_eq!(source.outcome, SourceOutcome::Loaded(Format::ExchangeReceive));
        let account = source.lines;
        assert_eq!((account.read, account.counted, account.bad), (5 + 18 + 1 + 2 + 2 + 1, 18, 3));
        let skipped: Vec<_> = account.skipped.into_iter().collect();
        assert_eq!(skipped, [(SkipReason::Header, 5), (SkipReason::Blank, 1), (SkipReason::Probe, 2)]);
        let bad: Vec<_> = account.bad_lines.iter().map(|bad| (bad.line, bad.column, bad.reason)).collect();
        assert_eq!(
            bad,
            [
                (25, None, BadReason::ColumnCount { expected: 9, found: 1 }),
                (26, Some(4), BadReason::SequenceNumber),
                (29, None, BadReason::Truncated),
            ]
        );
        assert_eq!(account.bad_lines[0].excerpt, "nonsense");
    }
}

#[test]
fn line_numbers_of_bad_lines_do_not_depend_on_the_cuts() {
    let log = format!("{HEAD}{}bad one\r\n{}bad two\r\n", session("0A", 3), session("0B", 2));
    let bad = |handing| {
        let lines = load([log.as_bytes()], handing).sources().remove(0).lines;
        assert!(lines.is_balanced());
        lines.bad_lines
    };
    let whole = bad(WHOLE);
    assert_eq!(whole.iter().map(|bad| bad.line).collect::<Vec<_>>(), [38, 64]);
    for range_bytes in [50, 333, 1000] {
        assert_eq!(bad(Handing { range_bytes, ..WHOLE }), whole);
    }
}

#[test]
fn the_same_file_twice_changes_nothing_and_is_named() {
    let log = format!("{HEAD}{}", session("0A", 2));
    let once = rows_of([log.as_bytes()], WHOLE);
    let mut workspace = load([log.as_bytes(), log.as_bytes()], WHOLE);
    assert_eq!(rows(&mut workspace), once);
    let sources = workspace.sources();
    assert_eq!(sources[1].outcome, SourceOutcome::SameAs(SourceId(0)));
    assert!(sources[1].lines.is_balanced());
    // The copy takes over when the first is removed.
    workspace.remove(SourceId(0));
    assert_eq!(rows(&mut workspace), once);
    assert_eq!(workspace.sources()[0].outcome, SourceOutcome::Loaded(Format::ExchangeReceive));
}

#[test]
fn overlapping_copies_count_once() {
    let (a, b, c) = (session("0A", 1), session("0B", 2), session("0C", 1));
    let once = rows_of([format!("{HEAD}{a}{b}{c}").as_bytes()], WHOLE);
    for late_sessions in [0, 1, 64] {
        let handing = Handing { late_sessions, ..WHOLE };
        let twice_in_one = format!("{HEAD}{a}{b}{c}{HEAD}{a}{b}{c}");
        assert_eq!(rows_of([twice_in_one.as_bytes()], handing), once);
        let (first, second) = (format!("{HEAD}{a}{b}"), format!("{HEAD}{b}{c}"));
        assert_eq!(rows_of([first.as_bytes(), second.as_bytes()], handing), once);
        // A copy that an administrator has cut in the middle of a session.
        let cut = &format!("{b}{c}")[300..];
        assert_eq!(rows_of([first.as_bytes(), cut.as_bytes(), c.as_bytes()], handing), once);
        assert_eq!(rows_of([cut.as_bytes(), c.as_bytes(), first.as_bytes()], handing), once);
    }
}

#[test]
fn a_removed_file_takes_its_numbers_with_it() {
    let (a, b) = (format!("{HEAD}{}", session("0A", 1)), format!("{HEAD}{}", session("0B", 5)));
    let mut workspace = load([a.as_bytes(), b.as_bytes()], Handing { late_sessions: 0, ..WHOLE });
    workspace.remove(SourceId(1));
    assert_eq!(rows(&mut workspace), rows_of([a.as_bytes()], WHOLE));
    workspace.clear();
    assert!(rows(&mut workspace).is_empty());
}

#[test]
fn files_with_nothing_in_them_are_told_apart() {
    let problem = |bytes: &[u8]| match load([bytes], WHOLE).sources().remove(0).outcome {
        SourceOutcome::Problem(problem) => Some(problem),
        _ => None,
    };
    assert_eq!(problem(b""), Some(FileProblem::Empty));
    assert_eq!(problem(HEAD.as_bytes()), Some(FileProblem::HeaderOnly));
    assert_eq!(problem(b"date,user,sender,messages\r\n"), Some(FileProblem::HeaderOnly));
    assert_eq!(problem(format!("{HEAD}a\r\nb\r\n").as_bytes()), Some(FileProblem::NothingReadable));
    assert_eq!(problem(session("0A", 1).as_bytes()), None);
}

#[test]
fn hostile_bytes_are_accounted_for_and_the_rest_is_read() {
    let good = session("0A", 1);
    let expected = rows_of([good.as_bytes()], WHOLE);
    let mut log = HEAD.as_bytes().to_vec();
    log.extend_from_slice(b"2026-11-02T08:00:00.000Z,EX01\\C,0F,1,l,r,*,\0,\r\n");
    log.resize(log.len() + (3 << 20), b'x');
    log.extend_from_slice(b"\r\n2026-11-02T08:00:00.000Z,EX01\\C,0F,1,l,r,*,\"open,\r\n");
    log.extend_from_slice(b"2026-11-02T08:00:00.000Z,EX01\\C\xE9,0E,1,l,r,*,\xFF\xFE,\r\n");
    log.extend_from_slice(good.as_bytes());
    for piece_bytes in [1 << 16, 1 << 22] {
        let mut workspace = load([log.as_slice()], Handing { piece_bytes, ..WHOLE });
        assert_eq!(rows(&mut workspace), expected);
        let lines = workspace.sources().remove(0).lines;
        assert!(lines.is_balanced());
        let reasons: Vec<_> = lines.bad_lines.iter().map(|bad| bad.reason).collect();
        assert_eq!(reasons, [BadReason::Nul, BadReason::TooLong, BadReason::Quote]);
        assert_eq!(lines.not_utf8.iter().sum::<u64>(), 1);
    }
}

#[test]
fn a_stray_quote_in_a_csv_costs_one_line() {
    let csv = "date,user,sender,messages\n2026-11-02,a,a@x.com,1\n2026-11-02,\"b,b@x.com,1\n2026-11-02,c,c@x.com,1\n";
    let mut workspace = load([csv.as_bytes()], WHOLE);
    assert_eq!(rows(&mut workspace).len(), 2);
    let lines = workspace.sources().remove(0).lines;
    assert!(lines.is_balanced());
    assert_eq!((lines.counted, lines.bad), (2, 1));
    let bad = &lines.bad_lines[0];
    assert_eq!((bad.line, bad.column, bad.reason), (3, Some(2), BadReason::Quote));
}

/// Each of these took time with the square of its lines, minutes instead of a blink, in a naive way of reading.
#[test]
fn sessions_of_hundreds_of_thousands_of_lines_take_no_more_than_their_lines() {
    let line = |sequence: usize, rest: &str| {
        format!("2026-11-02T08:00:00.000Z,EX01\\C,0A,{sequence},10.0.0.1:25,10.0.0.9:5000,{rest}\n")
    };
    let unanswered: String = (0..200_000).map(|i| line(i, "<,NOOP,")).collect();
    let unasked: String = (200_000..400_000).map(|i| line(i, ">,250 2.1.5 Recipient OK,")).collect();
    let at_once: String = (0..200_000).map(|i| line(7, &format!("<,RCPT TO:<{i}@contoso.com>,"))).collect();
    for log in [format!("{unanswered}{unasked}"), at_once] {
        let lines = load([log.as_bytes()], WHOLE).sources().remove(0).lines;
        assert!(lines.is_balanced());
        assert_eq!(lines.skipped[&SkipReason::FragmentWithoutSignIn], lines.read);
    }
}

/// A session of these lines, numbered in order; `at` is where it stands among the seconds.
fn lines_of(rest: &[&str]) -> String {
    let line = |(i, rest): (usize, &&str)| {
        format!("2026-11-02T08:00:{i:02}.000Z,EX01\\C,0A,{i},10.0.0.1:25,10.0.0.9:5000,{rest}\r\n")
    };
    rest.iter().enumerate().map(line).collect()
}

/// Messages, sessions and failed sign-ins in all.
fn totals(log: &str) -> (u64, u64, u64) {
    let rows = rows_of([log.as_bytes()], WHOLE);
    let sum = |i: usize| rows.values().filter_map(|counts| counts[i]).sum::<u64>();
    (sum(0), sum(2), sum(3))
}

#[test]
fn refusals_and_replies_are_told_apart() {
    let accepted = ">,\"250 2.6.0 <1@c> [InternalId=1, Hostname=EX01] Queued mail for delivery\",";
    for (what, log, expected) in [
        (
            "the client's answer to AUTH is logged, and no line but the reply says that it was refused",
            lines_of(&[
                "+,,",
                "<,AUTH LOGIN,",
                ">,334 <authentication response>,",
                "<,c2VjcmV0,",
                ">,535 5.7.3 No,",
                "-,,",
            ]),
            (0, 0, 1),
        ),
        (
            "504 behind an EHLO without reply",
            lines_of(&["<,EHLO a,", "<,AUTH CRAM-MD5,", ">,504 5.7.4 No,"]),
            (0, 0, 1),
        ),
        (
            "another server is refused, and the log says so after the reply",
            lines_of(&[
                "+,,",
                "<,X-EXPS NTLM,",
                ">,535 5.7.3 No,",
                "*,,Inbound AUTH NTLM failed because of LogonDenied",
                "-,,",
            ]),
            (0, 0, 0),
        ),
        (
            "a sign-in begins, and succeeds",
            lines_of(&[
                "+,,",
                "<,AUTH NTLM,",
                "*,,Inbound AUTH NTLM is starting",
                "*,CONTOSO\\a,authenticated",
                ">,235 OK,",
                "-,,",
            ]),
            (0, 1, 0),
        ),
        (
            "a second sign-in on top of the first",
            lines_of(&[
                "+,,",
                "<,AUTH LOGIN,",
                "*,CONTOSO\\a,authenticated",
                ">,235 OK,",
                "<,AUTH LOGIN,",
                ">,503 5.5.2 Bad sequence,",
                "-,,",
            ]),
            (0, 1, 0),
        ),
        (
            "the Hub refuses the hand-over",
            lines_of(&["+,,", "<,XPROXY SID=0B IP=10.1.1.1,", ">,421 4.3.2 No,", "-,,"]),
            (0, 0, 0),
        ),
        (
            "one reply, logged twice at two times",
            lines_of(&[
                "*,CONTOSO\\a,authenticated",
                "<,MAIL FROM:<a@c.com>,",
                "<,RCPT TO:<b@c.com>,",
                "<,DATA,",
                accepted,
                accepted,
            ]),
            (1, 1, 0),
        ),
        (
            "a health mailbox among others",
            lines_of(&[
                "<,AUTH LOGIN,",
                "*,,User Name: HealthMailbox1@c.com",
                ">,535 No,",
                "<,AUTH LOGIN,",
                "*,,User Name: bob@c.com",
                ">,535 No,",
            ]),
            (0, 0, 1),
        ),
        (
            "another kind of proxy session",
            lines_of(&[
                "+,,",
                "*,,Proxy session was successfully set up. Outbound session will now be proxied",
                "-,,",
            ]),
            (0, 0, 0),
        ),
    ] {
        assert_eq!(totals(&log), expected, "{what}");
    }
}

#[test]
fn a_session_whose_middle_stands_elsewhere_is_put_together() {
    let one = session("0A", 1);
    let lines: Vec<&str> = one.split_inclusive('\n').collect();
    let (beginning, middle, end) = (lines[..8].concat(), lines[8..15].concat(), lines[15..].concat());
    let others: String = (0..70).map(|i| session(&format!("0B{i:02}"), 0)).collect();
    // As where files are put together in the order of their names, -1, -10, -2.
    let log = format!("{HEAD}{beginning}{end}{others}{middle}");
    for late_sessions in [0, 64] {
        let rows = rows_of([log.as_bytes()], Handing { late_sessions, ..WHOLE });
        assert_eq!(rows.values().filter_map(|counts| counts[0]).sum::<u64>(), 1);
    }
}

#[test]
fn a_copy_that_ends_inside_a_name_brings_no_name() {
    let full = lines_of(&[
        "+,,",
        "<,AUTH LOGIN,",
        "*,,Inbound AUTH LOGIN failed because of LogonDenied",
        "*,,User Name: bob@contoso.com",
        ">,535 5.7.3 No,",
        "-,,",
    ]);
    let copy = &full[..full.find("b@contoso.com").unwrap()];
    let once = rows_of([full.as_bytes()], WHOLE);
    assert_eq!(rows_of([full.as_bytes(), copy.as_bytes()], WHOLE), once);
    assert_eq!(rows_of([copy.as_bytes(), full.as_bytes()], WHOLE), once);
}

#[test]
fn sessions_without_an_end_are_told_apart_and_are_not_all_kept_open() {
    // What somebody gets who searches a log for the lines with "authenticated".
    let sessions = OPEN_SESSIONS + 5_000;
    let line = |n: usize| {
        let (minute, second, user) = (n / 600, n / 10 % 60, n % 700);
        format!(
            "2026-11-02T08:{minute:02}:{second:02}.000Z,EX01\\C,{:X},7,l,1.1.1.1:1,*,CONTOSO\\u{user},authenticated\n",
            n + 1
        )
    };
    let log = (0..sessions).map(line).collect::<Vec<_>>().concat();
    let units = support::pipeline::units(log.as_bytes(), WHOLE);
    assert!(units[0].packed.pieces().count() <= OPEN_SESSIONS);
    let counted = rows_of([log.as_bytes()], WHOLE);
    assert_eq!(counted.values().map(|counts| counts[2].unwrap()).sum::<u64>(), sessions as u64);
    assert_eq!(rows_of([log.as_bytes()], Handing { range_bytes: 100_000, ..WHOLE }), counted);
}
