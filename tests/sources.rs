//! Sources of several kinds together: nothing counts twice, and sign-ins are no messages.

#![allow(clippy::unwrap_used)]

mod support;

use smtp_auth_report::aggregate::{Caveat, Workspace};
use smtp_auth_report::ingest::{Format, SkipReason};
use smtp_auth_report::model::{Count, Counts, Day, Refusal};
use std::path::PathBuf;
use support::pipeline::{Handing, WHOLE, load};

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

/// Loads files in this order and in the opposite one, whole and in pieces, which must make no difference.
fn loaded(files: &[&[u8]]) -> Workspace {
    let text = |workspace: &mut Workspace| format!("{:?}", support::pipeline::rows(workspace));
    let mut workspace = load(files.iter().copied(), WHOLE);
    let expected = text(&mut workspace);
    let pieces = Handing { piece_bytes: 61, range_bytes: 200, ..WHOLE };
    assert_eq!(text(&mut load(files.iter().copied(), pieces)), expected, "in pieces");
    assert_eq!(text(&mut load(files.iter().rev().copied(), WHOLE)), expected, "the other way round");
    for source in workspace.sources() {
        assert!(source.lines.is_balanced(), "{source:?}");
    }
    workspace
}

fn totals(workspace: &mut Workspace) -> Counts {
    workspace.merged().cube.totals()
}

/// Counts of the rows of one user.
fn of(workspace: &mut Workspace, user: &str) -> Counts {
    let cube = &workspace.merged().cube;
    let mut sum = Counts::default();
    for (key, counts) in cube.rows().filter(|(key, _)| cube.text(key.user) == user) {
        let _ = key;
        sum += *counts;
    }
    sum
}

fn skipped(workspace: &mut Workspace, source: usize, reason: SkipReason) -> u64 {
    workspace.sources()[source].lines.skipped.get(&reason).copied().unwrap_or_default()
}

const TRACKING: &str = "#Software: Microsoft Exchange Server\r\n#Log-type: Message Tracking Log\r\n#Fields: date-time,client-ip,client-hostname,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,recipient-count,sender-address\r\n";

/// A row of message tracking whose session and message have these numbers.
fn tracked(session: &str, message: u32) -> String {
    format!(
        "2026-11-02T08:15:06.000Z,198.51.100.70,,EX02,{session};2026-11-02T08:15:00.000Z;0,EX02\\Client Proxy EX02,SMTP,RECEIVE,{message},<m{message}@contoso.com>,2,frank@contoso.com\r\n"
    )
}

#[test]
fn a_message_in_the_protocol_log_and_in_tracking_counts_once_as_the_protocol_log_has_it() {
    let (front_end, hub) = (fixture("receive/proxied-pair.1.log"), fixture("receive/proxied-pair.2.log"));
    let tracking = format!("{TRACKING}{}{}", tracked("08DE0B5C1A400082", 1), tracked("08DE0B5C1A4000FF", 2));
    let mut all = loaded(&[&front_end, &hub, tracking.as_bytes()]);
    // Two of the protocol log, with user and TLS version, and one that only tracking has.
    assert_eq!(totals(&mut all).messages.known_part(), 3);
    assert_eq!(of(&mut all, "CONTOSO\\frank").messages.known_part(), 2);
    assert_eq!(of(&mut all, "frank@contoso.com").messages.known_part(), 1);
    assert_eq!(skipped(&mut all, 2, SkipReason::CountedElsewhere), 1);
    assert_eq!(all.merged().evidence.messages, [Format::ExchangeReceive, Format::MessageTracking]);
    assert_eq!(all.merged().evidence.sign_ins, [Format::ExchangeReceive]);

    let mut alone = loaded(&[tracking.as_bytes()]);
    assert_eq!(totals(&mut alone).messages, Count::known(2));
    assert_eq!(totals(&mut alone).sessions, Count::UNKNOWN);
}

#[test]
fn sign_ins_are_never_messages() {
    let entra = fixture("entra/portal.csv");
    let mut alone = loaded(&[&entra]);
    let sum = totals(&mut alone);
    assert_eq!(
        (sum.sessions.known_part(), sum.failed_signins.known_part(), sum.messages.known_part()),
        (1, 5, 0)
    );
    assert_eq!(of(&mut alone, "scanner@contoso.com").messages, Count::UNKNOWN);
    assert_eq!(alone.merged().evidence.messages, []);
    assert_eq!(alone.merged().evidence.sign_ins, [Format::EntraSignIns]);
    assert_eq!(skipped(&mut alone, 0, SkipReason::NotSmtpAuth), 2);
    let refusals = &alone.merged().refusals;
    let of_erp: Vec<_> = refusals.iter().filter(|((user, _), _)| user == "erp@contoso.com").collect();
    assert_eq!(
        of_erp,
        [
            (&("erp@contoso.com".to_owned(), Refusal::BadCredentials), &1),
            (&("erp@contoso.com".to_owned(), Refusal::AccountLocked), &1)
        ]
    );
}

#[test]
fn overlapping_exports_of_sign_ins_count_once_and_say_so() {
    let (long, short) = (fixture("entra/portal.csv"), fixture("entra/portal-short.csv"));
    let mut both = loaded(&[&long, &short]);
    assert_eq!(totals(&mut both).sessions.known_part(), 1);
    assert_eq!(skipped(&mut both, 1, SkipReason::Repeated), 1);
    assert_eq!(skipped(&mut both, 0, SkipReason::Repeated), 0);
}

#[test]
fn a_trace_counts_only_where_nothing_else_tells_what_came_by_smtp_auth() {
    let trace = fixture("trace/enhanced.csv");
    let mut alone = loaded(&[&trace]);
    assert!(alone.merged().evidence.caveats.contains(&Caveat::AllMail));
    assert_eq!(totals(&mut alone).messages.known_part(), 4);

    let log = fixture("receive/ipv6.log");
    let of_log = totals(&mut loaded(&[&log])).messages;
    let mut beside = loaded(&[&log, &trace]);
    assert!(beside.merged().evidence.caveats.is_empty());
    assert_eq!(totals(&mut beside).messages, of_log);
    assert!(skipped(&mut beside, 1, SkipReason::CountedElsewhere) > 0);
}

#[test]
fn beside_sign_ins_a_trace_shows_the_mail_of_those_who_signed_in() {
    let (trace, entra) = (fixture("trace/enhanced.csv"), fixture("entra/portal.csv"));
    let mut both = loaded(&[&trace, &entra]);
    // Of scanner, erp and nobody in the trace only the scanner signed in; erp failed.
    assert_eq!(totals(&mut both).messages.known_part(), 2);
    assert_eq!(of(&mut both, "scanner@contoso.com").messages, Count::known(2));
    assert_eq!(of(&mut both, "scanner@contoso.com").sessions.known_part(), 1);
}

#[test]
fn sign_ins_of_any_csv_are_sign_ins_to_a_trace_unless_it_tells_of_messages() {
    let trace = fixture("trace/enhanced.csv");
    let sign_ins = b"date,user,messages,sessions\n2026-11-02,scanner@contoso.com,,3\n";
    let mut both = loaded(&[sign_ins, &trace]);
    assert_eq!(of(&mut both, "scanner@contoso.com").messages, Count::known(2));
    assert_eq!((totals(&mut both).messages, totals(&mut both).sessions.known_part()), (Count::known(2), 3));
    assert_eq!(both.merged().evidence.messages, [Format::MessageTrace]);
    assert_eq!(both.merged().evidence.sign_ins, [Format::ActivityCsv]);
    // Without the trace it is unknown.
    assert!(totals(&mut loaded(&[sign_ins])).messages.has_unknown());

    let with_messages = b"date,user,messages,sessions\n2026-11-02,scanner@contoso.com,1,3\n";
    let mut both = loaded(&[with_messages, &trace]);
    assert_eq!(totals(&mut both).messages, Count::known(1));
    assert!(skipped(&mut both, 1, SkipReason::CountedElsewhere) > 0);
}

#[test]
fn two_traces_of_the_same_mail_count_once() {
    let (enhanced, extended) = (fixture("trace/enhanced.csv"), fixture("trace/get-message-trace-v2.csv"));
    let sum = |files: &[&[u8]]| totals(&mut loaded(files)).messages.known_part();
    let (one, other, both) = (sum(&[&enhanced]), sum(&[&extended]), sum(&[&enhanced, &extended]));
    assert_eq!((one, other, both), (4, 2, 4), "both messages of the cmdlet are in the summary");
}

#[test]
fn taking_a_file_out_gives_the_question_back() {
    let (trace, log) = (fixture("trace/enhanced.csv"), fixture("receive/ipv6.log"));
    let mut both = loaded(&[&log, &trace]);
    let first = both.sources()[0].id;
    both.remove(first);
    assert_eq!(totals(&mut both).messages.known_part(), 4);
    assert!(both.merged().evidence.caveats.contains(&Caveat::AllMail));
}

/// An Activity CSV with a row for the messages of each of these days.
fn days(messages: &[(u32, u64)]) -> Vec<u8> {
    let rows = messages.iter().map(|(day, messages)| {
        format!("2026-11-{day:02},a@contoso.com,a@contoso.com,TLS 1.2,{messages}\r\n")
    });
    let header = "date,user,sender,tls_version,messages\r\n".to_owned();
    std::iter::once(header).chain(rows).collect::<String>().into_bytes()
}

#[test]
fn overlapping_exports_count_each_day_once_and_say_so() {
    // The second was made before the seventh was over.
    let later = days(&[(5, 10), (6, 20), (7, 30), (8, 40)]);
    let earlier = days(&[(3, 1), (4, 2), (5, 10), (6, 20), (7, 25)]);
    let mut both = loaded(&[&later, &earlier]);
    assert_eq!(totals(&mut both).messages, Count::known(1 + 2 + 10 + 20 + 30 + 40));
    let sources = both.sources();
    assert_eq!((sources[0].overlaps_with, sources[1].overlaps_with), (None, Some(sources[0].id)));

    let first = sources[0].id;
    both.remove(first);
    assert_eq!(totals(&mut both).messages, Count::known(58));
    assert_eq!(both.sources()[0].overlaps_with, None);
}

#[test]
fn files_of_different_systems_or_of_different_hours_are_added_up() {
    let one = days(&[(5, 10), (6, 20)]);
    let other = days(&[(5, 11), (6, 23)]);
    assert_eq!(totals(&mut loaded(&[&one, &other])).messages, Count::known(64));

    let hour = |hour: u32| {
        let row = |minute: u32| format!("2026-11-05T{hour:02}:{minute:02}:00Z,a@contoso.com,TLS 1.2\r\n");
        format!("time,user,tls\r\n{}{}", row(1), row(59)).into_bytes()
    };
    assert_eq!(totals(&mut loaded(&[&hour(8), &hour(9)])).messages, Count::known(4));
}

#[test]
fn of_three_files_two_may_overlap() {
    let (a, b, copy) = (days(&[(5, 10), (6, 20)]), days(&[(5, 7), (6, 9)]), days(&[(6, 20), (7, 1)]));
    let mut all = loaded(&[&a, &b, &copy]);
    assert_eq!(totals(&mut all).messages, Count::known(10 + 20 + 1 + 7 + 9));
}

const REPORT: &str = "Sender address,TLS 1.0,TLS 1.2,Messages sent\r\nscanner@contoso.com,25,75,40\r\n";

#[test]
fn a_report_without_days_stands_on_the_last_day_of_the_period_that_is_told() {
    let mut workspace = Workspace::default();
    let stage = |workspace: &mut Workspace, name: &str| {
        let units = support::pipeline::units(REPORT.as_bytes(), WHOLE);
        workspace.stage(name.to_owned(), REPORT.len() as u64, units)
    };
    let id = stage(&mut workspace, "export.csv");
    workspace.commit();
    assert_eq!(workspace.merged().cube.day_span(), None);
    let caveats =
        |workspace: &mut Workspace| workspace.merged().evidence.caveats.iter().copied().collect::<Vec<_>>();
    assert_eq!(caveats(&mut workspace), [Caveat::PeriodWanted, Caveat::Estimates]);
    assert!(workspace.sources()[0].wants_period);

    let day = |day| Day::from_ymd(2026, 11, day).unwrap();
    workspace.set_period(id, Some((day(1), day(7))));
    assert_eq!(workspace.merged().cube.day_span(), Some((day(7), day(7))));
    assert_eq!(caveats(&mut workspace), [Caveat::PeriodTotals, Caveat::Estimates]);
    assert_eq!(workspace.sources()[0].period_ms, Some((day(1).start_ms(), day(8).start_ms() - 1)));
    assert_eq!(totals(&mut workspace).messages, Count::known(40));

    // The week after tells the same figures, as a scanner's are: another week all the same, by its name.
    let mut next = REPORT.to_owned();
    next.push_str("\r\n");
    let units = support::pipeline::units(next.as_bytes(), WHOLE);
    workspace.stage("SMTP Auth 2026-11-08 - 2026-11-14.csv".into(), next.len() as u64, units);
    workspace.commit();
    assert_eq!(totals(&mut workspace).messages, Count::known(80));
    assert_eq!(workspace.merged().cube.day_span(), Some((day(7), day(14))));
}

#[test]
fn why_something_was_refused_is_told_wherever_it_stands() {
    let log = fixture("receive/failure-several.log");
    let mut workspace = loaded(&[&log]);
    let refusals = &workspace.sources()[0].refusals;
    // Three sign-ins, and an authentication server that did not answer.
    let expected = [(Refusal::BadCredentials, 3), (Refusal::Other, 1)];
    assert_eq!(refusals.iter().map(|(refusal, n)| (*refusal, *n)).collect::<Vec<_>>(), expected);

    let failed = "#Log-type: Message Tracking Log\r\n#Fields: date-time,connector-id,source,event-id,message-id,recipient-status,sender-address,message-subject\r\n2026-11-02T08:15:06.000Z,,SMTP,FAIL,<m@contoso.com>,\"[{LED=550 5.7.60 SMTP; Client does not have permissions to send as this sender}]\",frank@contoso.com,5.7.30\r\n2026-11-02T08:15:07.000Z,EX02\\Client Proxy EX02,SMTP,RECEIVE,<n@contoso.com>,,frank@contoso.com,Basic authentication is not supported 5.7.30\r\n";
    let mut workspace = loaded(&[failed.as_bytes()]);
    let refusals = &workspace.sources()[0].refusals;
    assert_eq!(
        refusals.iter().map(|(refusal, n)| (*refusal, *n)).collect::<Vec<_>>(),
        [(Refusal::SendAsDenied, 1)]
    );
}
