//! The report's rules on cubes small enough to be worked out by hand, and laws that hold for any cube.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::aggregate::{Cube, Key};
use crate::model::identity::domain_of;
use crate::model::{AuthClass, Count, Counts, Day, TlsVersion};
use proptest::prelude::*;
use std::collections::BTreeSet;

mod failures;
mod filters;
mod kept;
mod locations;
mod sender_clauses;

/// One row to be, with what most tests do not care about filled in.
#[derive(Clone, Debug)]
struct Line<'a> {
    day: &'a str,
    user: &'a str,
    sender: &'a str,
    tls: TlsVersion,
    mechanism: &'a str,
    ip: &'a str,
    name: &'a str,
    counts: Counts,
}

/// Known counts; recipients as many as messages.
fn known(messages: u64, sessions: u64, failed: u64) -> Counts {
    Counts {
        messages: Count::known(messages),
        recipients: Count::known(messages),
        sessions: Count::known(sessions),
        failed_signins: Count::known(failed),
    }
}

/// Sessions of a Front End log without its Hub log.
fn front_end_only(sessions: u64) -> Counts {
    Counts {
        messages: Count::UNKNOWN,
        recipients: Count::UNKNOWN,
        sessions: Count::known(sessions),
        failed_signins: Count::known(0),
    }
}

fn line<'a>(day: &'a str, user: &'a str, sender: &'a str, tls: TlsVersion, counts: Counts) -> Line<'a> {
    Line { day, user, sender, tls, mechanism: "LOGIN", ip: "10.0.0.1", name: "pc", counts }
}

fn cube(lines: &[Line]) -> Cube {
    let mut cube = Cube::default();
    for line in lines {
        let key = Key {
            day: Day::parse_iso(line.day),
            user: cube.intern(line.user),
            sender: cube.intern(line.sender),
            sender_domain: cube.intern(domain_of(line.sender)),
            tls: line.tls,
            mechanism: cube.intern(line.mechanism),
            client_ip: cube.intern(line.ip),
            client_name: cube.intern(line.name),
            server: cube.intern("EX01"),
        };
        cube.add(key, line.counts);
    }
    cube
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn days(texts: &[&str]) -> BTreeSet<Day> {
    texts.iter().map(|text| day(text)).collect()
}

fn span(first: &str, last: &str) -> DaySpan {
    DaySpan { first: day(first), last: day(last) }
}

fn over(range: Range) -> Query {
    Query { range, ..Query::default() }
}

fn breakdown(parts: &[(TlsVersion, u64)]) -> TlsBreakdown {
    let mut tls = TlsBreakdown::default();
    for &(version, n) in parts {
        tls.add(version, n);
    }
    tls
}

/// A filter of clauses as they stand in an address.
fn filter(clauses: &[&str]) -> Filter {
    let clauses = clauses.iter().map(|code| Clause::from_code(code).unwrap_or_else(|| panic!("{code}")));
    Filter::new(clauses.collect()).unwrap()
}

const TODAY: &str = "2026-11-22";

/// Runs a report on lines, with logs on the given days.
fn report(lines: &[Line], logs: &[&str], query: &Query) -> Overview {
    let (cube, logs) = (cube(lines), days(logs));
    overview(&Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) }, query)
}

fn table(lines: &[Line], request: &DetailsRequest) -> DetailsPage {
    let (cube, logs) = (cube(lines), BTreeSet::new());
    details(&Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) }, request)
}

fn all_of(query: Query) -> DetailsRequest {
    DetailsRequest { query, len: u64::MAX, ..DetailsRequest::default() }
}

use TlsVersion::{NoTls, Tls10, Tls11, Tls12, Tls13, Unknown};

/// A week of a small company; 11-16 is a day without logs, 11-18 an idle one.
fn small_company() -> Vec<Line<'static>> {
    vec![
        line("2026-11-09", "old@contoso.com", "old@contoso.com", Tls10, known(50, 5, 0)),
        line("2026-11-14", "anna@contoso.com", "anna@contoso.com", Tls12, known(3, 1, 0)),
        line("2026-11-15", "anna@contoso.com", "anna@contoso.com", Tls12, known(4, 2, 0)),
        line("2026-11-15", "scan@contoso.com", "scan@fabrikam.com", Tls10, known(10, 10, 0)),
        line("2026-11-17", "anna@contoso.com", "anna@contoso.com", Tls13, known(1, 1, 0)),
        // Guessed at, never in.
        line("2026-11-17", "boss@contoso.com", "", Tls12, known(0, 0, 40)),
        // Signed in, sent nothing.
        line("2026-11-20", "idle@contoso.com", "", Tls12, known(0, 2, 0)),
    ]
}

const SMALL_COMPANY_LOGS: [&str; 7] =
    ["2026-11-09", "2026-11-14", "2026-11-15", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"];

#[test]
fn the_widget_counts_users_of_the_seven_days_up_to_the_newest_loaded_day() {
    let week = report(&small_company(), &SMALL_COMPANY_LOGS, &Query::default()).week.unwrap();
    assert_eq!(week.days, span("2026-11-14", "2026-11-20"));
    // anna, scan and idle; a failed sign-in alone is no use, and old@ is before the week.
    assert_eq!(week.users, 3);
    assert_eq!(week.users_by_day, [Some(1), Some(2), None, Some(1), Some(0), Some(0), Some(1)]);
    assert_eq!(week.messages_by_day, [Some(3), Some(14), None, Some(1), Some(0), Some(0), Some(0)]);
    assert_eq!(week.totals, known(18, 16, 40));
    assert_eq!(week.tls, breakdown(&[(Tls10, 10), (Tls12, 7), (Tls13, 1)]));
}

#[test]
fn the_widget_ends_today_if_the_newest_loaded_day_is_still_to_come() {
    let lines = [line("2027-01-01", "a@b.c", "a@b.c", Tls12, known(1, 1, 0))];
    let week = report(&lines, &[], &Query::default()).week.unwrap();
    assert_eq!(week.days, span("2026-11-16", "2026-11-22"));
    assert_eq!(week.users, 0);
    assert_eq!(week.users_by_day, [None; 7]);
}

#[test]
fn an_idle_day_alone_makes_a_week_of_zero_users_and_undated_rows_make_none() {
    let week = report(&[], &["2026-11-20"], &Query::default()).week.unwrap();
    assert_eq!((week.users, week.days), (0, span("2026-11-14", "2026-11-20")));
    assert_eq!(week.users_by_day.last(), Some(&Some(0)));

    let undated = [line("", "a@b.c", "a@b.c", Tls12, known(1, 1, 0))];
    assert_eq!(report(&undated, &[], &Query::default()).week, None);
}

#[test]
fn where_nothing_has_a_date_every_range_means_all_there_is() {
    let undated = [line("", "a@b.c", "a@b.c", Tls12, known(3, 1, 0))];
    let shown = report(&undated, &[], &over(Range::Last(7)));
    assert_eq!((shown.days, shown.totals.messages.known_part()), (None, 3));
    let request = DetailsRequest { len: 10, ..DetailsRequest::default() };
    assert_eq!(table(&undated, &request).total_rows, 1);
    // One dated row, and a range of days leaves the others out.
    let both = [undated[0].clone(), line("2026-11-20", "a@b.c", "a@b.c", Tls12, known(1, 1, 0))];
    assert_eq!(report(&both, &[], &over(Range::Last(7))).totals.messages.known_part(), 1);
}

#[test]
fn the_widget_looks_at_every_domain_and_at_its_own_week_whatever_the_query() {
    let all = report(&small_company(), &SMALL_COMPANY_LOGS, &Query::default()).week;
    let query = Query {
        range: Range::Between(day("2026-11-01"), day("2026-11-02")),
        domain: Some("fabrikam.com".to_owned()),
        ..Query::default()
    };
    assert_eq!(report(&small_company(), &SMALL_COMPANY_LOGS, &query).week, all);
}

#[test]
fn ranges() {
    let resolve = |range| report(&small_company(), &SMALL_COMPANY_LOGS, &over(range)).days;
    assert_eq!(resolve(Range::Last(7)), Some(span("2026-11-14", "2026-11-20")));
    assert_eq!(resolve(Range::Last(1)), Some(span("2026-11-20", "2026-11-20")));
    assert_eq!(resolve(Range::Last(0)), Some(span("2026-11-20", "2026-11-20")));
    assert_eq!(resolve(Range::All), Some(span("2026-11-09", "2026-11-20")));
    let between = Range::Between(day("2026-11-17"), day("2026-11-15"));
    assert_eq!(resolve(between), Some(span("2026-11-15", "2026-11-17")));
    assert_eq!(report(&[], &[], &over(Range::All)).days, None);
    // Not beyond today, unless asked for.
    let future = [line("2027-01-01", "a@b.c", "a@b.c", Tls12, known(1, 1, 0))];
    assert_eq!(report(&future, &[], &over(Range::Last(7))).days, Some(span("2026-11-16", "2026-11-22")));
    assert_eq!(report(&future, &[], &over(Range::All)).totals, known(1, 1, 0));
}

#[test]
fn what_is_loaded_counts_days_of_logs_and_of_rows_once() {
    let mut lines = small_company();
    lines.push(line("2026-11-21", "a@b.c", "a@b.c", Tls12, known(1, 1, 0)));
    lines.push(line("", "a@b.c", "a@b.c", Tls12, known(1, 1, 0)));
    let loaded = report(&lines, &SMALL_COMPANY_LOGS, &Query::default()).loaded;
    assert_eq!(
        loaded,
        Loaded {
            days: Some(span("2026-11-09", "2026-11-21")),
            days_with_logs: 8,
            rows: 9,
            has_undated: true
        }
    );
}

#[test]
fn sending_volume_has_gaps_for_days_without_logs_and_zeros_for_idle_ones() {
    let shown = report(&small_company(), &SMALL_COMPANY_LOGS, &Query::default());
    assert_eq!(shown.volume.days, (14..=20).map(|d| day(&format!("2026-11-{d}"))).collect::<Vec<_>>());
    assert_eq!(
        shown.volume.series,
        [
            VolumeSeries {
                domain: Some("fabrikam.com".to_owned()),
                messages: vec![Some(0), Some(10), None, Some(0), Some(0), Some(0), Some(0)],
                total: 10,
            },
            VolumeSeries {
                domain: Some("contoso.com".to_owned()),
                messages: vec![Some(3), Some(4), None, Some(1), Some(0), Some(0), Some(0)],
                total: 8,
            },
        ]
    );
    assert_eq!(shown.totals, known(18, 16, 40));
    // In all that is loaded contoso.com has 58.
    assert_eq!(shown.domains, ["contoso.com", "fabrikam.com"]);
}

#[test]
fn a_day_of_which_only_unknown_messages_are_loaded_is_a_gap() {
    let lines = [
        line("2026-11-19", "a@b.c", "a@b.c", Tls12, known(2, 1, 0)),
        // The Hub log of one connection is missing, but the day is known.
        line("2026-11-19", "d@b.c", "", Tls12, front_end_only(1)),
        line("2026-11-20", "d@b.c", "", Tls12, front_end_only(3)),
    ];
    let shown = report(&lines, &[], &over(Range::Last(2)));
    assert_eq!(shown.volume.series[0].messages, [Some(2), None]);
    assert_eq!(shown.week.unwrap().messages_by_day[5..], [Some(2), None]);
    assert_eq!(shown.notices, [Notice::HubLogMissing { sessions: 4 }]);
}

#[test]
fn one_domain_is_that_one_only_even_if_it_sent_nothing() {
    let query = |domain: &str| Query { domain: Some(domain.to_owned()), ..Query::default() };
    let one = report(&small_company(), &SMALL_COMPANY_LOGS, &query("contoso.com"));
    assert_eq!(one.volume.series.len(), 1);
    assert_eq!(one.volume.series[0].total, 8);
    assert_eq!(one.totals, known(8, 4, 0));
    assert_eq!(one.tls.total, breakdown(&[(Tls12, 7), (Tls13, 1)]));
    assert_eq!(one.domains.len(), 2);

    let none = report(&small_company(), &SMALL_COMPANY_LOGS, &query("nowhere.example"));
    assert_eq!(none.volume.series.len(), 1);
    assert_eq!(none.volume.series[0].domain.as_deref(), Some("nowhere.example"));
    assert_eq!(none.volume.series[0].messages[..3], [Some(0), Some(0), None]);
    assert_eq!(none.totals, Counts::default());
}

fn many_domains(n: u64) -> Vec<(String, u64)> {
    (1..=n).map(|i| (format!("u@d{i:02}.example"), i)).collect()
}

#[test]
fn ten_domains_are_ten_series_and_eleven_are_nine_and_the_rest() {
    let shown = |n| {
        let domains = many_domains(n);
        let lines: Vec<Line> = domains
            .iter()
            .map(|(sender, messages)| line("2026-11-20", sender, sender, Tls12, known(*messages, 1, 0)))
            .collect();
        report(&lines, &[], &over(Range::Last(1))).volume.series
    };
    let ten = shown(10);
    assert_eq!(ten.len(), 10);
    assert_eq!(ten[0].domain.as_deref(), Some("d10.example"));
    assert_eq!((ten[9].domain.as_deref(), ten[9].total), (Some("d01.example"), 1));

    let twelve = shown(12);
    assert_eq!(twelve.len(), 10);
    assert_eq!((twelve[8].domain.as_deref(), twelve[8].total), (Some("d04.example"), 4));
    // 3 + 2 + 1
    assert_eq!(twelve[9], VolumeSeries { domain: None, messages: vec![Some(6)], total: 6 });
}

#[test]
fn a_stray_date_does_not_make_a_chart_of_two_thousand_years() {
    let lines = [
        line("0001-01-01", "a@b.c", "a@b.c", Tls12, known(1, 1, 0)),
        line("2026-11-20", "a@b.c", "a@b.c", Tls12, known(2, 1, 0)),
        line("9999-12-31", "a@b.c", "a@b.c", Tls12, known(4, 1, 0)),
    ];
    let shown = report(&lines, &[], &over(Range::All));
    assert_eq!(shown.volume.days.len(), 3653);
    assert_eq!(shown.volume.days.last(), Some(&day(TODAY)));
    assert_eq!(shown.volume.series[0].messages.iter().flatten().sum::<u64>(), 2);
    assert_eq!(shown.volume.series[0].total, 7);
}

#[test]
fn tls_usage_by_messages_and_by_senders() {
    let lines = [
        line("2026-11-20", "a@x.com", "a@x.com", Tls10, known(9, 1, 0)),
        line("2026-11-20", "a@x.com", "a@x.com", Tls12, known(90, 1, 0)),
        line("2026-11-20", "b@x.com", "b@x.com", Tls12, known(1, 1, 0)),
        line("2026-11-20", "c@y.com", "c@y.com", Tls12, known(200, 1, 0)),
        // A null sender, and logins that sent nothing: one unknown, one idle, one that sent elsewhere.
        line("2026-11-20", "b@x.com", "", Tls13, known(2, 1, 0)),
        line("2026-11-20", "fe@x.com", "", Tls11, front_end_only(5)),
        line("2026-11-20", "idle@x.com", "", NoTls, known(0, 5, 0)),
        line("2026-11-20", "a@x.com", "", NoTls, known(0, 5, 0)),
        line("2026-11-20", "guess@x.com", "", NoTls, known(0, 0, 5)),
    ];
    let shown = report(&lines, &[], &over(Range::Last(1)));
    let total = breakdown(&[(Tls10, 9), (Tls12, 291), (Tls13, 2)]);
    assert_eq!(shown.tls.total, total);
    assert_eq!(
        shown.tls.by_domain,
        [
            ("y.com".to_owned(), breakdown(&[(Tls12, 200)])),
            ("x.com".to_owned(), breakdown(&[(Tls10, 9), (Tls12, 91)])),
            (String::new(), breakdown(&[(Tls13, 2)])),
        ]
    );

    let query = Query { tls_basis: TlsBasis::Senders, ..over(Range::Last(1)) };
    let shown = report(&lines, &[], &query);
    // 1.0: a; 1.1: fe; 1.2: a, b, c; 1.3: the null sender; none: idle, but not a's empty-handed connections.
    let total = breakdown(&[(Tls10, 1), (Tls11, 1), (Tls12, 3), (Tls13, 1), (NoTls, 1)]);
    assert_eq!(shown.tls.total, total);
    assert_eq!(
        shown.tls.by_domain,
        [
            (String::new(), breakdown(&[(NoTls, 1), (Tls11, 1), (Tls13, 1)])),
            ("x.com".to_owned(), breakdown(&[(Tls10, 1), (Tls12, 2)])),
            ("y.com".to_owned(), breakdown(&[(Tls12, 1)])),
        ]
    );
}

#[test]
fn notices_come_from_the_rows_in_range() {
    let mut no_sign_in = line("2026-11-20", "h@x.com", "h@x.com", Unknown, known(7, 0, 0));
    no_sign_in.mechanism = "Unknown";
    // TLS alone unknown is a fragment, not a missing log.
    let fragment = line("2026-11-20", "f@x.com", "f@x.com", Unknown, known(5, 1, 0));
    let lines = [
        no_sign_in,
        fragment,
        line("2026-11-18", "fe@x.com", "", Tls12, front_end_only(3)),
        line("2026-11-01", "fe@x.com", "", Tls12, front_end_only(100)),
        line("", "u@x.com", "u@x.com", Tls12, known(1, 1, 0)),
        line("", "v@y.com", "v@y.com", Tls12, known(1, 1, 0)),
    ];
    let shown = report(&lines, &["2026-11-19"], &over(Range::Last(7)));
    assert_eq!(
        shown.notices,
        [
            Notice::HubLogMissing { sessions: 3 },
            Notice::FrontEndLogMissing { messages: 7 },
            // 11-14 to 11-17
            Notice::DaysWithoutLogs {
                days: 4,
                first: day("2026-11-14").through(day("2026-11-17")).collect()
            },
            Notice::UndatedLeftOut { rows: 2 },
        ]
    );
    assert_eq!(shown.totals.messages, Count::at_least(12));

    let shown = report(&lines, &["2026-11-19"], &over(Range::All));
    assert_eq!(
        shown.notices,
        [
            Notice::HubLogMissing { sessions: 103 },
            Notice::FrontEndLogMissing { messages: 7 },
            // 11-02 to 11-17
            Notice::DaysWithoutLogs {
                days: 16,
                first: day("2026-11-02").through(day("2026-11-15")).collect()
            },
        ]
    );
    assert_eq!(shown.totals.messages.known_part(), 14);

    // What a Front End log's sessions sent may be of any domain; messages have one.
    let query = Query { domain: Some("y.com".to_owned()), ..over(Range::Last(3)) };
    assert_eq!(
        report(&lines, &["2026-11-19"], &query).notices,
        [Notice::HubLogMissing { sessions: 3 }, Notice::UndatedLeftOut { rows: 1 }]
    );
}

#[test]
fn what_was_given_up_is_said() {
    let other = crate::aggregate::OTHER;
    let failed = |day, user, n| line(day, user, "", Tls12, known(0, 0, n));
    let lines = [
        failed("2026-11-20", "a", 3),
        failed("2026-11-20", "b", 1),
        failed("2026-11-19", "b", 1),
        // Nobody's name is none that is told apart.
        failed("2026-11-20", "", 9),
        failed("2026-11-20", other, 40),
        failed("2026-11-19", other, 2),
        failed("2026-10-01", other, 1000),
        Line { name: other, ..line("2026-11-20", "a", "a@x.com", Tls12, known(1, 1, 0)) },
        Line { ip: other, ..line("2026-10-01", "a", "a@x.com", Tls12, known(1, 1, 0)) },
    ];
    let covered = ["2026-11-19"];
    let given_up = |query| -> Vec<Notice> {
        let notices = report(&lines, &covered, &query).notices.into_iter();
        notices.filter(|notice| !matches!(notice, Notice::DaysWithoutLogs { .. })).collect()
    };
    assert_eq!(
        given_up(over(Range::Last(7))),
        [
            Notice::FailedNamesGivenUp { signins: 42, names: 2 },
            Notice::NamesGivenUp(vec![NamesOf::ClientNames])
        ]
    );
    assert_eq!(
        given_up(over(Range::All)),
        [
            Notice::FailedNamesGivenUp { signins: 1042, names: 2 },
            Notice::NamesGivenUp(vec![NamesOf::ClientNames, NamesOf::ClientAddresses])
        ]
    );
    // A user who sent is another matter than one who failed.
    let sender = report(&[line("2026-11-20", other, other, Tls12, known(1, 1, 0))], &[], &over(Range::All));
    assert_eq!(sender.notices, [Notice::NamesGivenUp(vec![NamesOf::Senders, NamesOf::Users])]);
    let none = report(&lines[..4], &[], &over(Range::All)).notices;
    assert!(none.is_empty(), "{none:?}");
}

fn ids(page: &DetailsPage) -> Vec<String> {
    let id = |row: &SenderRow| match &row.sender {
        SenderId::Address(text) => format!("<{text}>"),
        SenderId::Login(text) => text.clone(),
    };
    page.rows.iter().map(id).collect()
}

#[test]
fn the_details_table_has_a_row_per_sender_and_per_login_of_unknown_messages() {
    let lines = [
        line("2026-11-20", "a@x.com", "a@x.com", Tls10, known(9, 1, 0)),
        line("2026-11-20", "a@x.com", "a@x.com", Tls12, known(1, 1, 0)),
        line("2026-11-20", "CONTOSO\\svc", "a@x.com", Tls12, known(5, 1, 0)),
        line("2026-11-20", "a@x.com", "", Tls11, known(0, 8, 0)),
        line("2026-11-20", "n@x.com", "", Tls12, known(2, 1, 0)),
        line("2026-11-20", "fe@x.com", "", Tls11, front_end_only(5)),
        line("2026-11-20", "fe@x.com", "", Tls12, known(0, 1, 0)),
        line("2026-11-20", "idle@x.com", "", Tls13, known(0, 4, 0)),
        line("2026-11-20", "guess@x.com", "", Tls12, known(0, 0, 5)),
        line("2026-11-20", "odd@x.com", "odd@x.com", Tls12, known(0, 0, 5)),
        line("2026-10-01", "early@x.com", "early@x.com", Tls12, known(5, 1, 0)),
    ];
    let page = table(&lines, &all_of(Query::default()));
    assert_eq!((page.total_rows, page.unfiltered_rows, page.start), (4, 4, 0));
    assert_eq!(
        page.rows,
        [
            SenderRow {
                sender: SenderId::Address("a@x.com".to_owned()),
                messages: Count::known(15),
                tls: breakdown(&[(Tls10, 9), (Tls12, 6)]),
                tls_seen: breakdown(&[(Tls10, 9), (Tls12, 6)]),
                families: Families::of(AuthClass::Basic),
                only_user: None,
                facts: SenderFacts::default(),
            },
            SenderRow {
                sender: SenderId::Address(String::new()),
                messages: Count::known(2),
                tls: breakdown(&[(Tls12, 2)]),
                tls_seen: breakdown(&[(Tls12, 2)]),
                families: Families::of(AuthClass::Basic),
                only_user: None,
                facts: SenderFacts::default(),
            },
            SenderRow {
                sender: SenderId::Login("idle@x.com".to_owned()),
                messages: Count::known(0),
                tls: TlsBreakdown::default(),
                tls_seen: breakdown(&[(Tls13, 4)]),
                families: Families::of(AuthClass::Basic),
                only_user: None,
                facts: SenderFacts::default(),
            },
            SenderRow {
                sender: SenderId::Login("fe@x.com".to_owned()),
                messages: Count::UNKNOWN,
                tls: TlsBreakdown::default(),
                tls_seen: breakdown(&[(Tls11, 5), (Tls12, 1)]),
                families: Families::of(AuthClass::Basic),
                only_user: None,
                facts: SenderFacts::default(),
            },
        ]
    );
}

fn every_column(query: Query) -> DetailsRequest {
    DetailsRequest { columns: Column::ALL.into_iter().fold(Columns::NONE, Columns::with), ..all_of(query) }
}

/// A company for the further columns: `shared@x.com` is sent by two users from three addresses.
fn busy_company() -> Vec<Line<'static>> {
    let a = |day, user, ip, mechanism, counts| Line {
        mechanism,
        ip,
        ..line(day, user, "shared@x.com", Tls12, counts)
    };
    let more_recipients = Counts { recipients: Count::known(40), ..known(4, 2, 0) };
    vec![
        a("2026-11-18", "anna@x.com", "10.0.0.1", "LOGIN", more_recipients),
        a("2026-11-20", "anna@x.com", "10.0.0.2", "XOAUTH2", known(1, 1, 0)),
        a("2026-11-19", "CONTOSO\\svc", "10.0.0.1", "Unknown", known(2, 1, 0)),
        a("2026-11-19", "", "", "LOGIN", known(1, 1, 0)),
        a("2026-11-19", "anna@x.com", "10.0.0.3", "LOGIN", known(1, 0, 0)),
        // Failures: of both users, of the address itself, of somebody else, of Anna before the range.
        line("2026-11-20", "anna@x.com", "", Tls12, known(0, 0, 5)),
        line("2026-11-20", "CONTOSO\\svc", "", Tls12, known(0, 0, 30)),
        line("2026-11-21", "shared@x.com", "", Tls12, known(0, 0, 200)),
        line("2026-11-20", "eve@x.com", "", Tls12, known(0, 0, 1000)),
        line("2026-10-01", "anna@x.com", "", Tls12, known(0, 0, 10_000)),
        // One who signs in for himself.
        Line { mechanism: "NTLM", ..line("2026-11-22", "bob@x.com", "bob@x.com", Tls12, known(1, 7, 0)) },
        // Sessions without messages, in two logs: from two addresses, in all.
        Line { ip: "10.0.0.7", ..line("2026-11-17", "fe@x.com", "", Tls11, front_end_only(5)) },
        Line { ip: "10.0.0.8", ..line("2026-11-16", "fe@x.com", "", Tls12, known(0, 2, 1)) },
        Line { ip: "10.0.0.7", ..line("2026-11-20", "fe@x.com", "", Tls13, known(0, 1, 0)) },
    ]
}

#[test]
fn the_further_columns_of_the_details_table() {
    let page = table(&busy_company(), &every_column(Query::default()));
    assert_eq!(ids(&page), ["<shared@x.com>", "<bob@x.com>", "fe@x.com"]);
    let facts: Vec<_> = page.rows.iter().map(|row| row.facts).collect();
    let count = Count::known;
    assert_eq!(
        facts,
        [
            SenderFacts {
                users: 2,
                clients: 3,
                recipients: count(40 + 1 + 2 + 1 + 1),
                sessions: count(2 + 1 + 1 + 1),
                failed_signins: count(5 + 30 + 200),
                seen: Some(span("2026-11-18", "2026-11-20")),
            },
            SenderFacts {
                users: 1,
                clients: 1,
                recipients: count(1),
                sessions: count(7),
                failed_signins: count(0),
                seen: Some(span("2026-11-22", "2026-11-22")),
            },
            SenderFacts {
                users: 1,
                clients: 2,
                recipients: Count::UNKNOWN,
                sessions: count(5 + 2 + 1),
                failed_signins: count(1),
                seen: Some(span("2026-11-16", "2026-11-20")),
            },
        ]
    );
    let users: Vec<_> = page.rows.iter().map(|row| row.only_user.as_deref()).collect();
    assert_eq!(users, [None, Some("bob@x.com"), Some("fe@x.com")]);
    let families: Vec<Vec<_>> = page.rows.iter().map(|row| row.families.iter().collect()).collect();
    assert_eq!(
        families,
        [vec![AuthClass::Basic, AuthClass::OAuth], vec![AuthClass::Integrated], vec![AuthClass::Basic]]
    );
}

#[test]
fn a_domain_narrows_the_rows_and_not_the_failures_of_their_users() {
    let mut lines = busy_company();
    lines.push(line("2026-11-20", "anna@x.com", "other@y.com", Tls12, known(3, 1, 2)));
    let request = every_column(Query { domain: Some("y.com".to_owned()), ..Query::default() });
    let page = table(&lines, &request);
    assert_eq!(ids(&page), ["<other@y.com>"]);
    assert_eq!(page.rows[0].facts.failed_signins, Count::known(5 + 2));
    assert_eq!((page.rows[0].facts.users, page.rows[0].facts.clients), (1, 1));
}

#[test]
fn every_column_sorts_whether_it_is_shown_or_not() {
    let sorted = |column, ascending| {
        let sort = SortColumn::Column(column);
        let request = DetailsRequest { sort, ascending, columns: Columns::NONE, ..all_of(Query::default()) };
        ids(&table(&busy_company(), &request)).into_iter().map(|id| id[..2].to_owned()).collect::<Vec<_>>()
    };
    // Equals stand by kind and name.
    for (column, highest_first) in [
        (Column::Users, ["<s", "<b", "fe"]),
        (Column::Authentication, ["<s", "fe", "<b"]),
        (Column::Clients, ["<s", "fe", "<b"]),
        (Column::Tls, ["fe", "<b", "<s"]),
        (Column::Messages, ["<s", "<b", "fe"]),
        (Column::Recipients, ["<s", "<b", "fe"]),
        (Column::Sessions, ["fe", "<b", "<s"]),
        (Column::FailedSignIns, ["<s", "fe", "<b"]),
        (Column::FirstSeen, ["<b", "<s", "fe"]),
        (Column::LastSeen, ["<b", "<s", "fe"]),
    ] {
        assert_eq!(sorted(column, false), highest_first, "{column:?}");
    }
    assert_eq!(sorted(Column::Recipients, true), ["fe", "<b", "<s"]);
    assert_eq!(sorted(Column::FirstSeen, true), ["fe", "<s", "<b"]);
}

#[test]
fn a_login_is_idle_by_the_range_not_by_all_that_is_loaded() {
    let lines = [
        line("2026-11-01", "a@x.com", "a@x.com", Tls12, known(1, 1, 0)),
        line("2026-11-20", "a@x.com", "", Tls12, known(0, 1, 0)),
    ];
    assert_eq!(ids(&table(&lines, &all_of(Query::default()))), ["a@x.com"]);
    assert_eq!(ids(&table(&lines, &all_of(over(Range::All)))), ["<a@x.com>"]);
}

#[test]
fn sorting_searching_and_windows() {
    let lines = [
        line("2026-11-20", "c", "c@x.com", Tls12, known(5, 1, 0)),
        line("2026-11-20", "b", "b@x.com", Tls12, known(5, 1, 0)),
        line("2026-11-20", "a", "a@y.com", Tls10, known(1, 1, 0)),
        line("2026-11-20", "a", "a@y.com", NoTls, known(1, 1, 0)),
        line("2026-11-20", "d", "d@x.com", Tls11, known(1, 1, 0)),
        line("2026-11-20", "d", "d@x.com", Tls12, known(99, 1, 0)),
        line("2026-11-20", "CONTOSO\\fe", "", Tls10, front_end_only(7)),
    ];
    let sorted = |sort, ascending| {
        ids(&table(&lines, &DetailsRequest { sort, ascending, ..all_of(Query::default()) }))
    };
    assert_eq!(
        sorted(SortColumn::Messages, false),
        ["<d@x.com>", "<b@x.com>", "<c@x.com>", "<a@y.com>", "CONTOSO\\fe"]
    );
    assert_eq!(
        sorted(SortColumn::Messages, true),
        ["CONTOSO\\fe", "<a@y.com>", "<b@x.com>", "<c@x.com>", "<d@x.com>"]
    );
    assert_eq!(
        sorted(SortColumn::Sender, true),
        ["CONTOSO\\fe", "<a@y.com>", "<b@x.com>", "<c@x.com>", "<d@x.com>"]
    );
    assert_eq!(sorted(SortColumn::Tls(Tls11), false)[0], "<d@x.com>");
    // Two old messages, one old message, old sessions, nothing old.
    assert_eq!(
        sorted(SortColumn::OldTls, false),
        ["<a@y.com>", "<d@x.com>", "CONTOSO\\fe", "<b@x.com>", "<c@x.com>"]
    );

    let search = |search: &str| {
        let page = table(&lines, &DetailsRequest { search: search.to_owned(), ..all_of(Query::default()) });
        (ids(&page), page.total_rows, page.unfiltered_rows)
    };
    assert_eq!(search(" X.com "), (vec!["<d@x.com>".into(), "<b@x.com>".into(), "<c@x.com>".into()], 3, 5));
    assert_eq!(search("contoso\\F"), (vec!["CONTOSO\\fe".into()], 1, 5));
    assert_eq!(search("zzz"), (vec![], 0, 5));

    let window = |start, len| {
        let page = table(&lines, &DetailsRequest { start, len, ..all_of(Query::default()) });
        (page.start, ids(&page), page.total_rows)
    };
    assert_eq!(window(1, 2), (1, vec!["<b@x.com>".into(), "<c@x.com>".into()], 5));
    assert_eq!(window(4, 100), (4, vec!["CONTOSO\\fe".into()], 5));
    assert_eq!(window(100, 1), (5, vec![], 5));
}

#[test]
fn the_widget_knows_who_uses_basic_authentication() {
    let of = |mechanism: &'static str, user: &'static str, counts: Counts| Line {
        mechanism,
        ..line("2026-11-20", user, user, Tls12, counts)
    };
    let basic = |lines: &[Line]| report(lines, &[], &Query::default()).week.unwrap().basic;
    let lines = [
        of("LOGIN", "a@x.com", known(3, 1, 0)),
        of("Basic", "a@x.com", known(2, 1, 0)),
        of("PLAIN", "b@x.com", known(0, 1, 0)),
        // Refused, with a token, without a name, and before the week.
        of("LOGIN", "c@x.com", known(0, 0, 9)),
        of("XOAUTH2", "d@x.com", known(7, 1, 0)),
        of("LOGIN", "", known(1, 1, 0)),
        Line { day: "2026-11-01", ..of("LOGIN", "e@x.com", known(5, 1, 0)) },
    ];
    assert_eq!(basic(&lines), BasicUse { users: 2, messages: 6, is_known: true });
    let silent = [of("Unknown", "a@x.com", known(3, 1, 0))];
    assert_eq!(basic(&silent), BasicUse { users: 0, messages: 0, is_known: false });
}

#[test]
fn a_sender_is_seen_on_all_loaded_days_whatever_the_report_shows() {
    let (cube, logs) = (cube(&small_company()), BTreeSet::new());
    let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
    let seen = |sender: SenderId| seen_in_all(&input, &sender);
    let address = |address: &str| SenderId::Address(address.to_owned());
    assert_eq!(seen(address("anna@contoso.com")), Some(span("2026-11-14", "2026-11-17")));
    assert_eq!(seen(SenderId::Login("idle@contoso.com".to_owned())), Some(span("2026-11-20", "2026-11-20")));
    // Guessed at, never in.
    assert_eq!(seen(SenderId::Login("boss@contoso.com".to_owned())), None);
    assert_eq!(seen(address("nobody@contoso.com")), None);
}

fn one_sender(lines: &[Line], query: &Query, sender: &SenderId) -> Option<SenderDetails> {
    let (cube, logs) = (cube(lines), BTreeSet::new());
    sender_details(&Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) }, query, sender)
}

#[test]
fn a_sender_in_full() {
    let attack = Line {
        mechanism: "PLAIN",
        ip: "203.0.113.66",
        name: "evil",
        ..line("2026-11-16", "a@x.com", "", Unknown, known(0, 0, 30))
    };
    let other_client = Line {
        mechanism: "XOAUTH2",
        ip: "10.0.0.2",
        ..line("2026-11-17", "CONTOSO\\svc", "a@x.com", Tls12, known(5, 1, 0))
    };
    let lines = [
        line("2026-11-18", "a@x.com", "a@x.com", Tls10, known(9, 2, 0)),
        line("2026-11-20", "a@x.com", "a@x.com", Tls12, known(1, 1, 0)),
        other_client,
        attack,
        line("2026-11-20", "CONTOSO\\svc", "", Tls12, known(0, 1, 2)),
        line("2026-11-20", "b@x.com", "", Tls12, known(0, 0, 1000)),
        line("2026-11-20", "", "", Tls12, known(0, 0, 1000)),
        line("2026-11-01", "a@x.com", "a@x.com", Tls12, known(1000, 1, 0)),
    ];
    let failed = |n| Counts { failed_signins: Count::known(n), ..Counts::default() };
    let details = one_sender(&lines, &Query::default(), &SenderId::Address("a@x.com".to_owned())).unwrap();
    assert_eq!(details.seen, Some(span("2026-11-17", "2026-11-20")));
    assert_eq!(details.totals, known(15, 4, 32));
    assert_eq!(details.tls, breakdown(&[(Tls10, 9), (Tls12, 6)]));
    assert_eq!(
        details.days,
        [
            (day("2026-11-16"), failed(30)),
            (day("2026-11-17"), known(5, 1, 0)),
            (day("2026-11-18"), known(9, 2, 0)),
            (day("2026-11-20"), known(1, 1, 2)),
        ]
    );
    assert_eq!(
        details.users,
        [("a@x.com".to_owned(), known(10, 3, 30)), ("CONTOSO\\svc".to_owned(), known(5, 1, 2))]
    );
    assert_eq!(
        details.mechanisms,
        [
            ("LOGIN".to_owned(), AuthClass::Basic, known(10, 3, 2)),
            ("XOAUTH2".to_owned(), AuthClass::OAuth, known(5, 1, 0)),
            ("PLAIN".to_owned(), AuthClass::Basic, failed(30)),
        ]
    );
    assert_eq!(
        details.clients,
        [
            Client {
                ip: "10.0.0.1".to_owned(),
                name: "pc".to_owned(),
                counts: known(10, 3, 2),
                tls_seen: breakdown(&[(Tls10, 9), (Tls12, 1)]),
            },
            Client {
                ip: "10.0.0.2".to_owned(),
                name: "pc".to_owned(),
                counts: known(5, 1, 0),
                tls_seen: breakdown(&[(Tls12, 5)]),
            },
            Client {
                ip: "203.0.113.66".to_owned(),
                name: "evil".to_owned(),
                counts: failed(30),
                tls_seen: TlsBreakdown::default(),
            },
        ]
    );
    assert_eq!(details.servers, [("EX01".to_owned(), known(15, 4, 32))]);
}

#[test]
fn senders_without_an_address_in_full() {
    let lines = [
        line("2026-11-20", "n@x.com", "", Tls12, known(2, 1, 0)),
        line("2026-11-20", "fe@x.com", "", Tls11, front_end_only(5)),
        line("2026-11-20", "fe@x.com", "", Tls12, known(0, 1, 3)),
        line("2026-11-20", "a@x.com", "a@x.com", Tls12, known(1, 1, 0)),
        line("2026-11-20", "a@x.com", "", Tls12, known(0, 4, 0)),
    ];
    let get = |sender| one_sender(&lines, &Query::default(), &sender);
    let login = |name: &str| get(SenderId::Login(name.to_owned()));

    let null = get(SenderId::Address(String::new())).unwrap();
    assert_eq!((null.totals, null.users.len()), (known(2, 1, 0), 1));

    let front_end = login("fe@x.com").unwrap();
    assert_eq!(front_end.totals.messages, Count::UNKNOWN);
    assert_eq!(front_end.totals.sessions, Count::known(6));
    assert_eq!(front_end.totals.failed_signins, Count::known(3));
    assert_eq!(front_end.tls_seen, breakdown(&[(Tls11, 5), (Tls12, 1)]));

    // Not in the table, so there is nothing to open either.
    let query = Query { domain: Some("y.com".to_owned()), ..Query::default() };
    assert_eq!(one_sender(&lines, &query, &SenderId::Address("a@x.com".to_owned())), None);
    assert_eq!(login("a@x.com"), None);
    assert_eq!(login("nobody"), None);
    assert_eq!(get(SenderId::Address("fe@x.com".to_owned())), None);
}

#[test]
fn failed_sign_ins_without_a_name_are_nobodys() {
    let lines = [
        line("2026-11-20", "", "a@x.com", Tls12, known(1, 1, 0)),
        line("2026-11-20", "", "", Tls12, known(0, 0, 1000)),
        line("2026-11-20", "a@x.com", "", Tls12, known(0, 0, 2)),
    ];
    let sender = SenderId::Address("a@x.com".to_owned());
    let details = one_sender(&lines, &Query::default(), &sender).unwrap();
    assert_eq!(details.totals, known(1, 1, 2));
}

#[test]
fn long_lists_are_cut_at_the_small_end() {
    let ips: Vec<String> = (0..1200).map(|i| format!("10.0.{}.{}", i / 256, i % 256)).collect();
    let lines: Vec<Line> = (1..)
        .zip(&ips)
        .map(|(n, ip)| Line { ip, ..line("2026-11-20", "a", "a@x.com", Tls12, known(n, 1, 0)) })
        .collect();
    let details = one_sender(&lines, &Query::default(), &SenderId::Address("a@x.com".to_owned())).unwrap();
    assert_eq!(details.clients.len(), 1000);
    assert_eq!(details.clients[0].counts.messages, Count::known(1200));
    assert_eq!(details.clients[999].counts.messages, Count::known(201));
    assert_eq!(details.totals.messages, Count::known(1200 * 1201 / 2));
}

fn any_count() -> impl Strategy<Value = Count> {
    prop_oneof![3 => (0_u64..50).prop_map(Count::known), 1 => Just(Count::UNKNOWN)]
}

fn any_lines() -> impl Strategy<Value = Vec<Line<'static>>> {
    let text = |from: &'static [&'static str]| proptest::sample::select(from);
    let senders =
        &["", "a@x.com", "b@x.com", "c@y.com", "d@z.com", "e@e.com", "f@f.com", "g@g.com", "h@h.com"];
    let more = &["i@i.com", "j@j.com", "k@k.com", "l@l.com"];
    let line = (
        text(&["", "2026-11-10", "2026-11-16", "2026-11-17", "2026-11-20", "2026-11-25"]),
        text(&["", "a@x.com", "b@x.com", "CONTOSO\\svc"]),
        prop_oneof![2 => text(senders), 1 => text(more)],
        proptest::sample::select(&TlsVersion::ALL[..]),
        text(&["LOGIN", "XOAUTH2", "Unknown"]),
        text(&["10.0.0.1", "10.0.0.2", ""]),
        (any_count(), any_count(), any_count(), any_count()),
    );
    let line = line.prop_map(|(day, user, sender, tls, mechanism, ip, counts)| {
        let (messages, recipients, sessions, failed_signins) = counts;
        let counts = Counts { messages, recipients, sessions, failed_signins };
        Line { day, user, sender, tls, mechanism, ip, name: "pc", counts }
    });
    proptest::collection::vec(line, 0..60)
}

fn any_range() -> impl Strategy<Value = Range> {
    prop_oneof![
        Just(Range::All),
        (0_u16..40).prop_map(Range::Last),
        (0_i32..20, 0_i32..20).prop_map(|(a, b)| {
            let start = Day::parse_iso("2026-11-08").unwrap();
            Range::Between(start.plus(a), start.plus(b))
        }),
    ]
}

/// The rows of a query picked one by one, the slow and obvious way.
fn naive_rows(cube: &Cube, range: Range, domain: Option<&str>) -> Vec<(Key, Counts)> {
    let newest = cube.rows().filter_map(|(key, _)| key.day).max();
    let today = day(TODAY);
    let wanted = |day: Option<Day>| match (range, day, newest) {
        (Range::All, ..) | (_, _, None) => true,
        (Range::Between(a, b), Some(day), _) => (a.min(b)..=a.max(b)).contains(&day),
        (Range::Last(n), Some(day), Some(newest)) => {
            let last = newest.min(today);
            day <= last && day.0 > last.0 - i32::from(n.max(1))
        }
        _ => false,
    };
    cube.rows()
        .filter(|(key, _)| wanted(key.day) && domain.is_none_or(|d| cube.text(key.sender_domain) == d))
        .map(|(key, counts)| (*key, *counts))
        .collect()
}

fn sum(all: impl IntoIterator<Item = Counts>) -> Counts {
    let mut total = Counts::default();
    all.into_iter().for_each(|counts| total += counts);
    total
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_pivot_sums_to_the_totals(lines in any_lines(), range in any_range(), domain in 0_usize..4) {
        let domain = [None, Some("x.com"), Some("y.com"), Some("")][domain].map(str::to_owned);
        let (cube, logs) = (cube(&lines), BTreeSet::new());
        let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
        let query = Query { range, domain: domain.clone(), ..Query::default() };
        let shown = overview(&input, &query);
        let rows = naive_rows(&cube, range, domain.as_deref());

        prop_assert_eq!(shown.totals, sum(rows.iter().map(|(_, counts)| *counts)));
        let messages = shown.totals.messages.known_part();
        prop_assert_eq!(shown.tls.total.total(), messages);
        prop_assert_eq!(shown.tls.by_domain.iter().map(|(_, tls)| tls.total()).sum::<u64>(), messages);
        prop_assert_eq!(shown.volume.series.iter().map(|s| s.total).sum::<u64>(), messages);
        prop_assert!(shown.volume.series.len() <= MAX_SERIES_IN_TESTS);
        let dated: u64 =
            rows.iter().filter(|(key, _)| key.day.is_some()).map(|(_, counts)| counts.messages.known_part()).sum();
        let drawn = shown.volume.series.iter().flat_map(|s| s.messages.iter().flatten());
        prop_assert_eq!(drawn.sum::<u64>(), dated);

        let page = details(&input, &every_column(query.clone()));
        prop_assert_eq!(page.rows.iter().map(|row| row.messages.known_part()).sum::<u64>(), messages);
        prop_assert_eq!(page.rows.iter().map(|row| row.tls.total()).sum::<u64>(), messages);

        // Every row of the table opens, with the same numbers, and each of its lists sums to its totals.
        for row in &page.rows {
            let found = sender_details(&input, &query, &row.sender).unwrap();
            prop_assert_eq!(found.totals.messages, row.messages);
            prop_assert_eq!(found.tls, row.tls);
            prop_assert_eq!(found.tls_seen, row.tls_seen);
            prop_assert_eq!(found.seen, row.facts.seen);
            prop_assert_eq!(found.totals.recipients, row.facts.recipients);
            prop_assert_eq!(found.totals.sessions, row.facts.sessions);
            prop_assert_eq!(found.totals.failed_signins, row.facts.failed_signins);
            prop_assert_eq!(sum(found.users.iter().map(|u| u.1)), found.totals);
            prop_assert_eq!(sum(found.mechanisms.iter().map(|m| m.2)), found.totals);
            prop_assert_eq!(sum(found.clients.iter().map(|c| c.counts)), found.totals);
            prop_assert_eq!(sum(found.servers.iter().map(|s| s.1)), found.totals);
        }
    }

    #[test]
    fn filtering_then_summing_is_summing_then_filtering(lines in any_lines(), range in any_range()) {
        let (whole, logs) = (cube(&lines), BTreeSet::new());
        let input = Input { cube: &whole, days_with_logs: &logs, today: day(TODAY) };
        let all = overview(&input, &over(range));
        for domain in &all.domains {
            let one = overview(&input, &Query { domain: Some(domain.clone()), ..over(range) });
            let of_all = all.volume.series.iter().find(|s| s.domain.as_ref() == Some(domain));
            if let Some(of_all) = of_all {
                prop_assert_eq!(&one.volume.series[0], of_all);
            }
            let of_all = all.tls.by_domain.iter().find(|(name, _)| name == domain);
            prop_assert_eq!(one.tls.total, of_all.map_or(TlsBreakdown::default(), |(_, tls)| *tls));
            prop_assert_eq!(&one.week, &all.week);
        }
    }

    #[test]
    fn the_order_of_rows_in_the_cube_does_not_matter(lines in any_lines(), range in any_range()) {
        let mut reversed = lines.clone();
        reversed.reverse();
        let (a, b, logs) = (cube(&lines), cube(&reversed), BTreeSet::new());
        let at = |cube| Input { cube, days_with_logs: &logs, today: day(TODAY) };
        for tls_basis in [TlsBasis::Messages, TlsBasis::Senders] {
            let query = Query { tls_basis, ..over(range) };
            prop_assert_eq!(overview(&at(&a), &query), overview(&at(&b), &query));
        }
        let request = all_of(over(range));
        prop_assert_eq!(details(&at(&a), &request), details(&at(&b), &request));
    }

    #[test]
    fn senders_by_tls_are_the_rows_of_the_table(lines in any_lines(), range in any_range()) {
        let (cube, logs) = (cube(&lines), BTreeSet::new());
        let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
        let query = Query { tls_basis: TlsBasis::Senders, ..over(range) };
        let shown = overview(&input, &query).tls.total;
        let page = details(&input, &all_of(query));
        for version in TlsVersion::ALL {
            let rows = page.rows.iter().filter(|row| row.tls_seen.get(version) > 0).count() as u64;
            prop_assert_eq!(shown.get(version), rows);
        }
    }
}

/// Ten, as the design has it: nine and the rest.
const MAX_SERIES_IN_TESTS: usize = 10;

/// Not a test of speed, only a way to look at it: `cargo test --release -- --ignored --nocapture a_million`.
#[test]
#[ignore = "prints timings"]
fn a_million_cells() {
    let mut cube = Cube::default();
    let users: Vec<_> = (0..50_000).map(|i| cube.intern(&format!("u{i}@d{}.example", i % 40))).collect();
    let domains: Vec<_> = (0..40).map(|i| cube.intern(&format!("d{i}.example"))).collect();
    let login = cube.intern("LOGIN");
    let ips: Vec<_> = (0..1000).map(|i| cube.intern(&format!("10.0.{}.{}", i / 256, i % 256))).collect();
    let mut n = 1_u64;
    let mut random = |below: u64| {
        n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((n >> 33) % below).unwrap()
    };
    while cube.len() < 1_000_000 {
        let user = random(50_000);
        let key = Key {
            day: Some(day(TODAY).plus(-i32::try_from(random(90)).unwrap())),
            user: users[user],
            sender: users[user],
            sender_domain: domains[user % 40],
            tls: TlsVersion::ALL[random(8)],
            mechanism: login,
            client_ip: ips[random(1000)],
            ..Key::default()
        };
        cube.add(key, known(3, 1, 0));
    }
    let logs = BTreeSet::new();
    let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
    for query in
        [Query::default(), over(Range::All), Query { tls_basis: TlsBasis::Senders, ..over(Range::All) }]
    {
        let start = std::time::Instant::now();
        std::hint::black_box(overview(&input, &query));
        println!("overview {:?} {:?}: {:?}", query.range, query.tls_basis, start.elapsed());
    }
    for clauses in [
        &["sender.has.d1"][..],
        &["tls.below.TLS%201.2", "ip.starts.10.0.1", "user.not.u7@d7.example"],
        &["messages.min.50"],
        &["failed.max.5", "sender.has.d1"],
    ] {
        let query = Query { filter: filter(clauses), ..over(Range::All) };
        let start = std::time::Instant::now();
        std::hint::black_box(overview(&input, &query));
        println!("overview {clauses:?}: {:?}", start.elapsed());
        let start = std::time::Instant::now();
        std::hint::black_box(Details::build(&input, &all_of(query)));
        println!("details {clauses:?}: {:?}", start.elapsed());
    }
    let start = std::time::Instant::now();
    let kept = Details::build(&input, &all_of(over(Range::All)));
    println!("details of {}: {:?}", kept.page(&cube, 0, 1).total_rows, start.elapsed());
    let start = std::time::Instant::now();
    let found = sender_details(&input, &over(Range::All), &SenderId::Address("u7@d7.example".to_owned()));
    println!("sender of {:?}: {:?}", found.unwrap().totals.messages, start.elapsed());
}
