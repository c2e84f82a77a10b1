//! Failed sign-ins by name and by address.

use super::*;
use crate::aggregate::OTHER;
use crate::report::failures::{FailedList, MANY_NAMES, MAX_FAILED};

fn failed<'a>(day: &'a str, user: &'a str, ip: &'a str, n: u64) -> Line<'a> {
    Line { ip, ..line(day, user, "", Tls12, known(0, 0, n)) }
}

fn used<'a>(day: &'a str, user: &'a str, sender: &'a str, ip: &'a str) -> Line<'a> {
    Line { ip, ..line(day, user, sender, Tls12, known(1, 1, 0)) }
}

fn of(lines: &[Line], range: Range) -> Failures {
    let (cube, logs) = (cube(lines), BTreeSet::new());
    failures(&Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) }, range)
}

/// Text, failed sign-ins, how many across, the only one.
fn brief(list: &FailedList) -> Vec<(&str, u64, Count, Option<&str>)> {
    list.rows.iter().map(|row| (row.text.as_str(), row.failed, row.across, row.only.as_deref())).collect()
}

fn known_of(list: &FailedList) -> Vec<(&str, Known)> {
    list.rows.iter().map(|row| (row.text.as_str(), row.known)).collect()
}

const ONE: Count = Count::known(1);
const TWO: Count = Count::known(2);

/// A copier with an old password, three names tried from two addresses, one of which got in.
fn a_small_spray() -> Vec<Line<'static>> {
    vec![
        Line { name: "COPIER-3", ..failed("2026-11-17", "copier", "10.0.0.3", 2) },
        Line { name: "COPIER-3", ..failed("2026-11-20", "copier", "10.0.0.3", 3) },
        Line { name: "", ..failed("2026-11-19", "admin", "203.0.113.1", 1) },
        Line { name: "a", ..failed("2026-11-19", "smith", "203.0.113.1", 1) },
        Line { name: "b", ..failed("2026-11-18", "smith", "203.0.113.2", 1) },
        // Sends, by the login of the ERP.
        failed("2026-11-19", "erp@x.com", "203.0.113.1", 2),
        used("2026-11-20", "smith", "smith@x.com", "203.0.113.1"),
        used("2026-11-20", "svc-erp", "erp@x.com", "10.0.0.9"),
        used("2026-10-01", "copier", "copier@x.com", "10.0.0.3"),
        // Of another week.
        failed("2026-11-01", "guest", "203.0.113.9", 70),
    ]
}

#[test]
fn names_and_addresses_of_the_week() {
    let week = of(&a_small_spray(), Range::Last(7));
    assert_eq!(week.days, Some(span("2026-11-14", "2026-11-20")));
    assert_eq!(
        (week.failed, week.names, week.addresses),
        (Count::known(10), Count::known(4), Count::known(3))
    );
    assert_eq!((week.never, week.given_up), (1, 0));
    assert_eq!(
        brief(&week.by_name),
        [
            ("copier", 5, ONE, Some("10.0.0.3")),
            ("erp@x.com", 2, ONE, Some("203.0.113.1")),
            ("smith", 2, TWO, None),
            ("admin", 1, ONE, Some("203.0.113.1")),
        ]
    );
    assert_eq!(
        known_of(&week.by_name),
        [
            ("copier", Known::OtherDays),
            ("erp@x.com", Known::Sender),
            ("smith", Known::SignedIn),
            ("admin", Known::Never),
        ]
    );
    assert_eq!(
        brief(&week.by_address),
        [
            ("10.0.0.3", 5, ONE, Some("copier")),
            ("203.0.113.1", 4, Count::known(3), None),
            ("203.0.113.2", 1, ONE, Some("smith")),
        ]
    );
    assert_eq!(
        known_of(&week.by_address),
        [("10.0.0.3", Known::OtherDays), ("203.0.113.1", Known::SignedIn), ("203.0.113.2", Known::Never),]
    );
    let seen: Vec<_> = week.by_name.rows.iter().filter_map(|row| row.seen).collect();
    let one_day = span("2026-11-19", "2026-11-19");
    assert_eq!(seen, [span("2026-11-17", "2026-11-20"), one_day, span("2026-11-18", "2026-11-19"), one_day]);
    let clients: Vec<_> =
        week.by_address.rows.iter().map(|row| (row.clients, row.only_client.as_deref())).collect();
    // `failed` says "pc" where nothing else is said.
    assert_eq!(clients, [(ONE, Some("COPIER-3")), (TWO, None), (ONE, Some("b"))]);
}

#[test]
fn other_days_are_other_failures() {
    let all = of(&a_small_spray(), Range::All);
    assert_eq!((all.failed, all.names, all.addresses), (Count::known(80), Count::known(5), Count::known(4)));
    assert_eq!(brief(&all.by_name)[0], ("guest", 70, ONE, Some("203.0.113.9")));
    // What is another day in the week is none here.
    assert_eq!(known_of(&all.by_name)[1], ("copier", Known::SignedIn));
    let before = of(&a_small_spray(), Range::Between(day("2026-11-02"), day("2026-11-10")));
    assert_eq!(before, Failures { days: before.days, ..Failures::default() });
}

#[test]
fn rows_without_a_date_belong_to_all_that_is_loaded() {
    let lines = [failed("", "a", "10.0.0.1", 2), failed("2026-11-20", "a", "10.0.0.1", 1)];
    assert_eq!(of(&lines, Range::Last(7)).failed, ONE);
    let all = of(&lines, Range::All);
    assert_eq!(
        (all.failed, all.by_name.rows[0].seen),
        (Count::known(3), Some(span("2026-11-20", "2026-11-20")))
    );
    // And are all that there is where nothing has a date.
    let undated = of(&lines[..1], Range::Last(7));
    assert_eq!((undated.days, undated.failed, undated.by_name.rows[0].seen), (None, TWO, None));
}

#[test]
fn an_address_that_tried_five_names_tried_many() {
    let users = ["a", "b", "c", "d", "e"];
    let lines: Vec<Line> = users
        .into_iter()
        .flat_map(|user| {
            [failed("2026-11-20", user, "203.0.113.1", 1), failed("2026-11-19", user, "203.0.113.1", 1)]
        })
        .chain(users[1..].iter().map(|user| failed("2026-11-20", user, "203.0.113.2", 9)))
        .collect();
    let found = of(&lines, Range::Last(7));
    let marked: Vec<_> =
        found.by_address.rows.iter().map(|row| (row.text.as_str(), row.tried_many_names())).collect();
    assert_eq!(marked, [("203.0.113.2", false), ("203.0.113.1", true)]);
    assert_eq!(found.by_address.rows[1].across, Count::known(MANY_NAMES));
}

#[test]
fn what_no_log_tells_is_none_and_what_was_given_up_is_at_least_one() {
    let lines = [
        failed("2026-11-20", "", "10.0.0.1", 4),
        failed("2026-11-20", "a", "", 2),
        failed("2026-11-20", OTHER, "10.0.0.1", 40),
        failed("2026-11-20", "a", "10.0.0.1", 1),
        Line {
            counts: Counts { failed_signins: Count::UNKNOWN, ..known(0, 0, 0) },
            ..failed("2026-11-20", "b", "x", 0)
        },
    ];
    let at_least = Count::at_least;
    let found = of(&lines, Range::Last(7));
    assert_eq!((found.failed, found.names, found.addresses), (at_least(47), at_least(2), at_least(1)));
    assert_eq!((found.never, found.given_up), (1, 40));
    assert_eq!(
        brief(&found.by_name),
        [(OTHER, 40, ONE, Some("10.0.0.1")), ("", 4, ONE, Some("10.0.0.1")), ("a", 3, at_least(1), None)]
    );
    assert_eq!(known_of(&found.by_name), [(OTHER, Known::Untold), ("", Known::Untold), ("a", Known::Never)]);
    assert_eq!(brief(&found.by_address), [("10.0.0.1", 45, at_least(2), None), ("", 2, ONE, Some("a"))]);

    // Where users were given up, any of them may have been this one.
    let lines = [lines[3].clone(), used("2026-11-20", OTHER, "a@x.com", "10.0.0.7")];
    let found = of(&lines, Range::Last(7));
    assert_eq!((known_of(&found.by_name), found.never), (vec![("a", Known::Untold)], 0));
    assert_eq!(known_of(&found.by_address), [("10.0.0.1", Known::Never)]);
}

#[test]
fn long_lists_are_cut_at_the_small_end() {
    let names: Vec<String> = (0..5 * MAX_FAILED).map(|n| format!("{n:05}")).collect();
    // Each number of failures four times, in no order of names or numbers.
    let failures_of = |n: usize| (n as u64 * 7 % 1250) + 1;
    let lines: Vec<Line> =
        (0..names.len()).map(|n| failed("2026-11-20", &names[n], "203.0.113.1", failures_of(n))).collect();
    let found = of(&lines, Range::Last(7));
    assert_eq!((found.by_name.rows.len(), found.by_name.total_rows), (MAX_FAILED, 5 * MAX_FAILED as u64));
    let mut expected: Vec<(u64, &str)> =
        (0..names.len()).map(|n| (failures_of(n), names[n].as_str())).collect();
    expected.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    expected.truncate(MAX_FAILED);
    let shown: Vec<_> = found.by_name.rows.iter().map(|row| (row.failed, row.text.as_str())).collect();
    assert_eq!(shown, expected);
    assert_eq!(found.names, Count::known(5 * MAX_FAILED as u64));
    assert_eq!(found.by_address.rows[0].failed, found.failed.known_part());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn both_lists_sum_to_the_total(lines in any_lines(), range in any_range()) {
        let (cube, logs) = (cube(&lines), BTreeSet::new());
        let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
        let found = failures(&input, range);
        let rows = naive_rows(&cube, range, None);
        let all = sum(rows.iter().map(|(_, counts)| *counts)).failed_signins;
        prop_assert_eq!(found.failed, all);
        for list in [&found.by_name, &found.by_address] {
            prop_assert_eq!(list.rows.iter().map(|row| row.failed).sum::<u64>(), all.known_part());
            prop_assert_eq!(list.rows.len() as u64, list.total_rows);
            prop_assert!(list.rows.is_sorted_by(|a, b| a.failed >= b.failed));
        }
        // An address that no log tells is none that is counted.
        let pairs: BTreeSet<(&str, &str)> = rows
            .iter()
            .filter(|(_, counts)| counts.failed_signins.known_part() > 0)
            .map(|(key, _)| (cube.text(key.user), cube.text(key.client_ip)))
            .collect();
        for row in &found.by_name.rows {
            let mut addresses = Count::default();
            for (_, address) in pairs.iter().filter(|(name, _)| *name == row.text) {
                addresses += if address.is_empty() { Count::UNKNOWN } else { Count::known(1) };
            }
            prop_assert_eq!(row.across, addresses);
            let signed_in = |(key, counts): &(&Key, &Counts)| cube.text(key.user) == row.text && counts.shows_use();
            let is_used = cube.rows().any(|row| signed_in(&row));
            let says_so = matches!(row.known, Known::SignedIn | Known::OtherDays);
            prop_assert!(row.text.is_empty() || is_used == says_so, "{:?}", row);
        }
        // The number on the dashboard's card.
        if let Some(week) = overview(&input, &Query::default()).week {
            let of_week = failures(&input, Range::Last(7));
            prop_assert_eq!((of_week.days, of_week.failed), (Some(week.days), week.totals.failed_signins));
        }
    }
}
