//! *Custom filter* on cubes small enough to be worked out by hand, and the law that it is the report of the rows left.

use super::*;

fn filtered(clauses: &[&str]) -> Query {
    Query { filter: filter(clauses), ..over(Range::All) }
}

/// Three senders, a login whose messages are unknown, an idle one, and somebody who only guesses.
fn office() -> Vec<Line<'static>> {
    let scanner = Line {
        mechanism: "LOGIN",
        ip: "10.0.0.7",
        name: "mfp-2",
        ..line("2026-11-19", "CONTOSO\\scan", "scan@fabrikam.com", Tls10, known(10, 4, 0))
    };
    let token = |tls, counts| Line {
        mechanism: "XOAUTH2",
        ip: "2001:db8::1",
        ..line("2026-11-20", "anna@contoso.com", "anna@contoso.com", tls, counts)
    };
    vec![
        token(Tls12, known(3, 1, 0)),
        token(Tls13, known(4, 2, 0)),
        scanner.clone(),
        Line { sender: "copy@fabrikam.com", tls: NoTls, counts: known(1, 1, 0), ..scanner },
        line("2026-11-20", "fe@contoso.com", "", Tls11, front_end_only(5)),
        line("2026-11-20", "idle@contoso.com", "", Tls12, known(0, 2, 0)),
        line("2026-11-20", "anna@contoso.com", "", Tls12, known(0, 0, 7)),
        line("2026-11-20", "CONTOSO\\scan", "", NoTls, known(0, 0, 30)),
        line("2026-11-20", "guess@contoso.com", "", Tls12, known(0, 0, 40)),
    ]
}

/// The rows of the details table and the messages of the totals.
fn left(clauses: &[&str]) -> (Vec<String>, u64) {
    let query = filtered(clauses);
    let mut senders = ids(&table(&office(), &all_of(query.clone())));
    senders.sort_unstable();
    (senders, report(&office(), &[], &query).totals.messages.known_part())
}

#[test]
fn each_field_chooses_its_rows() {
    let anna = || vec!["<anna@contoso.com>".to_owned()];
    let fabrikam = || vec!["<copy@fabrikam.com>".to_owned(), "<scan@fabrikam.com>".to_owned()];
    assert_eq!(left(&["user.ends.\\SCAN".replace('\\', "%5C").as_str()]), (fabrikam(), 11));
    assert_eq!(left(&["sender.starts.Anna"]), (anna(), 7));
    assert_eq!(left(&["domain.is.FABRIKAM.com"]), (fabrikam(), 11));
    assert_eq!(left(&["domain.not.fabrikam.com", "sender.filled."]), (anna(), 7));
    assert_eq!(left(&["tls.min.TLS%201.3"]), (anna(), 4));
    assert_eq!(
        left(&["tls.below.TLS%201.2"]),
        (vec!["<copy@fabrikam.com>".into(), "<scan@fabrikam.com>".into(), "fe@contoso.com".into()], 11)
    );
    assert_eq!(left(&["auth.is.OAuth"]), (anna(), 7));
    assert_eq!(left(&["auth.not.Basic"]), (anna(), 7));
    assert_eq!(left(&["mechanism.is.xoauth2"]), (anna(), 7));
    assert_eq!(left(&["ip.starts.2001:DB8"]), (anna(), 7));
    assert_eq!(left(&["client.has.MFP"]), (fabrikam(), 11));
    assert_eq!(left(&["server.not.ex01"]), (vec![], 0));
    // All of them together.
    assert_eq!(left(&["server.is.ex01", "domain.is.fabrikam.com", "tls.is.No%20TLS"]).1, 1);
    assert_eq!(left(&["tls.is.TLS%201.0", "tls.is.TLS%201.2"]), (vec![], 0));
}

#[test]
fn numbers_choose_senders_by_what_the_table_shows() {
    assert_eq!(left(&["messages.min.7"]).0, ["<anna@contoso.com>", "<scan@fabrikam.com>"]);
    assert_eq!(left(&["messages.is.10"]), (vec!["<scan@fabrikam.com>".into()], 10));
    // Unknown is neither 0 nor anything else.
    assert_eq!(left(&["messages.max.1"]).0, ["<copy@fabrikam.com>", "idle@contoso.com"]);
    assert_eq!(
        left(&["messages.not.1"]).0,
        ["<anna@contoso.com>", "<scan@fabrikam.com>", "idle@contoso.com"]
    );
    assert_eq!(left(&["sessions.is.5"]).0, ["fe@contoso.com"]);
    assert_eq!(left(&["recipients.min.8"]).0, ["<scan@fabrikam.com>"]);
    // By the other clauses, so by the number in the table: of anna's seven, four are over TLS 1.3.
    assert_eq!(left(&["messages.min.5", "tls.is.TLS%201.3"]), (vec![], 0));
    assert_eq!(left(&["messages.min.4", "tls.is.TLS%201.3"]), (vec!["<anna@contoso.com>".into()], 4));
    // Failed sign-ins of the logins: 7 of anna, 30 of those who use the scanner's.
    assert_eq!(left(&["failed.min.8"]).0, ["<copy@fabrikam.com>", "<scan@fabrikam.com>"]);
    assert_eq!(left(&["failed.is.7"]), (vec!["<anna@contoso.com>".into()], 7));
    assert_eq!(left(&["failed.is.0"]).0, ["fe@contoso.com", "idle@contoso.com"]);
    // Those over TLS 1.2 only, so without the scanner's.
    assert_eq!(left(&["failed.min.1", "tls.is.TLS%201.2"]).0, ["<anna@contoso.com>"]);
}

#[test]
fn numbers_are_of_the_range_and_of_the_domain() {
    let lines = [
        line("2026-11-01", "a", "a@x.com", Tls12, known(100, 1, 0)),
        line("2026-11-20", "a", "a@x.com", Tls12, known(2, 1, 0)),
        line("2026-11-20", "b", "b@y.com", Tls12, known(50, 1, 0)),
    ];
    let many = filter(&["messages.min.50"]);
    let week = Query { filter: many.clone(), ..Query::default() };
    assert_eq!(ids(&table(&lines, &all_of(week.clone()))), ["<b@y.com>"]);
    let all = Query { filter: many, ..over(Range::All) };
    assert_eq!(ids(&table(&lines, &all_of(all))), ["<a@x.com>", "<b@y.com>"]);
    let domain = Query { domain: Some("x.com".to_owned()), ..week };
    assert_eq!(table(&lines, &all_of(domain)).total_rows, 0);
}

#[test]
fn the_widget_and_the_list_of_domains_are_those_of_all_that_is_loaded() {
    let whole = report(&office(), &[], &over(Range::All));
    let none = report(&office(), &[], &filtered(&["server.is.nowhere"]));
    assert_eq!((&none.week, &none.domains, &none.loaded), (&whole.week, &whole.domains, &whole.loaded));
    assert_eq!(none.totals, Counts::default());
    assert_eq!(none.volume.series, []);
    // A day with logs on which nothing matched is a zero, a day without logs is a gap.
    let one = report(&office(), &["2026-11-18"], &filtered(&["client.has.mfp-2"]));
    assert_eq!(one.volume.days, [day("2026-11-18"), day("2026-11-19"), day("2026-11-20")]);
    assert_eq!(one.volume.series[0].messages, [Some(0), Some(11), Some(0)]);
}

#[test]
fn a_flyout_follows_the_filter_and_keeps_the_failures_of_its_logins() {
    let get = |clauses: &[&str], sender: &str| {
        one_sender(&office(), &filtered(clauses), &SenderId::Address(sender.to_owned()))
    };
    // They have no sender, so no clause on senders means them; the same as with *Show data for*.
    let anna = get(&["sender.has.anna", "messages.min.1"], "anna@contoso.com").unwrap();
    assert_eq!(anna.totals, known(7, 3, 7));
    assert_eq!(get(&["tls.is.TLS%201.3"], "anna@contoso.com").unwrap().totals, known(4, 2, 0));
    assert_eq!(get(&["domain.is.fabrikam.com"], "anna@contoso.com"), None);
    assert_eq!(get(&["messages.max.6"], "anna@contoso.com"), None);
}

#[test]
fn sessions_of_unknown_messages_may_be_of_any_sender_but_of_no_other_server() {
    let shown = |clauses: &[&str]| report(&office(), &[], &filtered(clauses)).notices;
    let missing = [Notice::HubLogMissing { sessions: 5 }];
    assert_eq!(shown(&["domain.is.contoso.com"]), missing);
    assert_eq!(shown(&["messages.min.1"]), missing);
    assert_eq!(shown(&["tls.is.TLS%201.2"]), []);
}

pub fn any_clauses() -> impl Strategy<Value = Vec<&'static str>> {
    let clauses = &[
        "user.has.a",
        "user.empty.",
        "user.not.CONTOSO%5Csvc",
        "tls.below.TLS%201.2",
        "tls.min.TLS%201.0",
        "auth.is.OAuth",
        "auth.not.Unknown",
        "mechanism.has.o",
        "ip.ends.1",
        "client.is.PC",
        "server.starts.ex",
    ];
    proptest::collection::vec(proptest::sample::select(&clauses[..]), 0..4)
}

/// Whether a row satisfies one of [`any_clauses`], spelled out.
fn holds_naively(cube: &Cube, key: &Key, clause: &str) -> bool {
    let user = cube.text(key.user);
    let mechanism = cube.text(key.mechanism);
    match clause {
        "user.has.a" => user.to_lowercase().contains('a'),
        "user.empty." => user.is_empty(),
        "user.not.CONTOSO%5Csvc" => user != "CONTOSO\\svc",
        "tls.below.TLS%201.2" => key.tls.is_below_1_2(),
        "tls.min.TLS%201.0" => matches!(key.tls, Tls10 | Tls11 | Tls12 | Tls13),
        "auth.is.OAuth" => mechanism == "XOAUTH2",
        "auth.not.Unknown" => mechanism != "Unknown",
        "mechanism.has.o" => mechanism.to_lowercase().contains('o'),
        "ip.ends.1" => cube.text(key.client_ip) == "10.0.0.1",
        "client.is.PC" | "server.starts.ex" => true,
        other => panic!("{other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_filtered_report_is_the_report_of_the_rows_left(
        lines in any_lines(), range in any_range(), clauses in any_clauses(), by_senders: bool,
    ) {
        let whole = cube(&lines);
        let mut part = Cube::default();
        for (key, counts) in whole.rows() {
            if clauses.iter().all(|clause| holds_naively(&whole, key, clause)) {
                let mut key = *key;
                for name in key.names_mut() {
                    *name = part.intern(whole.text(*name));
                }
                part.add(key, *counts);
            }
        }
        // The days of all logs, so that a range means the same of both.
        let logs: BTreeSet<Day> = whole.rows().filter_map(|(key, _)| key.day).collect();
        let at = |cube| Input { cube, days_with_logs: &logs, today: day(TODAY) };
        let basis = if by_senders { TlsBasis::Senders } else { TlsBasis::Messages };
        let plain = Query { tls_basis: basis, ..over(range) };
        let query = Query { filter: filter(&clauses), ..plain.clone() };
        let (shown, expected) = (overview(&at(&whole), &query), overview(&at(&part), &plain));
        prop_assert_eq!(&shown.volume, &expected.volume);
        prop_assert_eq!(&shown.tls, &expected.tls);
        prop_assert_eq!(shown.totals, expected.totals);
        prop_assert_eq!(&shown.notices, &expected.notices);
        prop_assert_eq!(&shown.week, &overview(&at(&whole), &plain).week);

        let rows = details(&at(&whole), &all_of(query.clone()));
        prop_assert_eq!(&rows, &details(&at(&part), &all_of(plain.clone())));
        for row in &rows.rows {
            prop_assert_eq!(
                sender_details(&at(&whole), &query, &row.sender),
                sender_details(&at(&part), &plain, &row.sender)
            );
        }
    }

    #[test]
    fn a_clause_on_the_domain_is_the_domain(lines in any_lines(), range in any_range()) {
        let (cube, logs) = (cube(&lines), BTreeSet::new());
        let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
        let domain = Query { domain: Some("x.com".to_owned()), ..over(range) };
        let clause = Query { filter: filter(&["domain.is.X.COM"]), ..over(range) };
        let (mut a, b) = (overview(&input, &domain), overview(&input, &clause));
        // The domain that was asked for is drawn even if it sent nothing.
        a.volume.series.retain(|series| series.total > 0);
        prop_assert_eq!(a, b);
        let (a, b) = (details(&input, &all_of(domain.clone())), details(&input, &all_of(clause.clone())));
        prop_assert_eq!(&a, &b);
        for row in &a.rows {
            prop_assert_eq!(
                sender_details(&input, &domain, &row.sender),
                sender_details(&input, &clause, &row.sender)
            );
        }
    }

    #[test]
    fn clauses_on_numbers_hold_for_what_is_shown(
        lines in any_lines(), range in any_range(), more in any_clauses(), least in 0_u64..60, kind in 0_usize..4,
    ) {
        let field = [Field::Messages, Field::Recipients, Field::Sessions, Field::FailedSignIns][kind];
        let (cube, logs) = (cube(&lines), BTreeSet::new());
        let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
        let plain = Query { filter: filter(&more), ..over(range) };
        let clause = Clause::new(field, Operator::AtLeast, &least.to_string()).unwrap();
        let query = Query { filter: plain.filter.with(clause).unwrap(), ..plain.clone() };
        let number = |sender: &SenderId| {
            let totals = sender_details(&input, &plain, sender).unwrap().totals;
            [totals.messages, totals.recipients, totals.sessions, totals.failed_signins][kind].value()
        };
        let mut expected = details(&input, &all_of(plain.clone())).rows;
        expected.retain(|row| number(&row.sender).is_some_and(|number| number >= least));
        let rows = details(&input, &all_of(query.clone())).rows;
        prop_assert_eq!(&rows, &expected);
        // The charts and the flyouts are of these senders.
        let messages: u64 = rows.iter().map(|row| row.messages.known_part()).sum();
        let shown = overview(&input, &query);
        prop_assert_eq!(shown.totals.messages.known_part(), messages);
        prop_assert_eq!(shown.tls.total.total(), messages);
        prop_assert_eq!(shown.volume.series.iter().map(|s| s.total).sum::<u64>(), messages);
        for row in &rows {
            let found = sender_details(&input, &query, &row.sender);
            prop_assert_eq!(found, sender_details(&input, &plain, &row.sender));
        }
    }
}
