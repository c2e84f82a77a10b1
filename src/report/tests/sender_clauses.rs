//! Clauses on what a sender comes to: they hold for what the details table shows, column by column.

use super::*;

/// Senders of several users and clients, and such of whom something is not known.
fn shared() -> Vec<Line<'static>> {
    let info = |day, user, ip, tls| Line { ip, ..line(day, user, "info@x.com", tls, known(1, 1, 0)) };
    vec![
        info("2026-11-10", "a", "10.0.0.1", Tls12),
        info("2026-11-15", "b", "10.0.0.2", Tls12),
        info("2026-11-20", "b", "10.0.0.2", Tls10),
        Line { ip: "", ..line("2026-11-18", "c", "solo@x.com", Tls12, known(1, 1, 0)) },
        line("2026-11-19", "", "nobody@y.com", Tls12, known(1, 1, 0)),
        line("", "d", "undated@y.com", Tls12, known(1, 1, 0)),
        Line { ip: "10.0.0.4", ..line("2026-11-17", "fe", "", Tls12, front_end_only(5)) },
        // Signed in, sent nothing: it belongs to the login's line.
        Line { ip: "10.0.0.5", ..line("2026-11-12", "fe", "", Tls12, known(0, 1, 0)) },
        // Guessed at, which is no use and no day of it.
        line("2026-11-21", "b", "", Tls12, known(0, 0, 3)),
    ]
}

fn left(range: Range, clauses: &[&str]) -> Vec<String> {
    let query = Query { filter: filter(clauses), ..over(range) };
    let mut senders = ids(&table(&shared(), &all_of(query)));
    senders.sort_unstable();
    senders
}

#[test]
fn users_and_clients_are_counted_as_the_table_counts_them() {
    let left = |clauses: &[&str]| left(Range::All, clauses);
    assert_eq!(left(&["users.min.2"]), ["<info@x.com>"]);
    assert_eq!(left(&["users.is.1"]), ["<solo@x.com>", "<undated@y.com>", "fe"]);
    assert_eq!(left(&["users.not.1"]), ["<info@x.com>"]);
    assert_eq!(left(&["clients.min.2"]), ["<info@x.com>", "fe"]);
    assert_eq!(left(&["clients.max.1"]), ["<nobody@y.com>", "<undated@y.com>"]);
    // None is known, which is not none.
    for clause in ["users.is.0", "users.max.0", "clients.is.0"] {
        assert_eq!(left(&[clause]), [""; 0], "{clause}");
    }
    assert_eq!(left(&["users.min.0"]), ["<info@x.com>", "<solo@x.com>", "<undated@y.com>", "fe"]);
    // Over TLS 1.0 came only one of its users.
    assert_eq!(left(&["users.min.2", "tls.is.TLS%201.0"]), [""; 0]);
    assert_eq!(left(&["users.is.1", "tls.is.TLS%201.0"]), ["<info@x.com>"]);
}

#[test]
fn days_are_the_first_and_the_last_of_use() {
    let all = |clauses: &[&str]| left(Range::All, clauses);
    assert_eq!(all(&["first-seen.is.2026-11-10"]), ["<info@x.com>"]);
    assert_eq!(all(&["first-seen.max.2026-11-12"]), ["<info@x.com>", "fe"]);
    assert_eq!(all(&["first-seen.min.2026-11-13"]), ["<nobody@y.com>", "<solo@x.com>"]);
    assert_eq!(all(&["last-seen.min.2026-11-19"]), ["<info@x.com>", "<nobody@y.com>"]);
    assert_eq!(all(&["last-seen.max.2026-11-17"]), ["fe"]);
    // Without a date nothing can be said, not even that it is another.
    assert_eq!(all(&["last-seen.not.2026-11-20"]), ["<nobody@y.com>", "<solo@x.com>", "fe"]);
    assert_eq!(all(&["first-seen.min.1970-01-01", "users.is.1"]), ["<solo@x.com>", "fe"]);
    assert_eq!(all(&["first-seen.max.1969-12-31"]), [""; 0]);
    // By the other clauses, and in the range.
    assert_eq!(all(&["first-seen.is.2026-11-20", "tls.is.TLS%201.0"]), ["<info@x.com>"]);
    let week = Range::Between(day("2026-11-14"), day("2026-11-20"));
    assert_eq!(left(week, &["first-seen.is.2026-11-15"]), ["<info@x.com>"]);
    assert_eq!(left(week, &["first-seen.is.2026-11-17"]), ["fe"]);
    assert_eq!(left(week, &["clients.max.1"]), ["<info@x.com>", "<nobody@y.com>", "fe"]);
}

#[test]
fn charts_and_flyouts_are_of_the_senders_left() {
    let query = Query { filter: filter(&["users.min.2", "last-seen.is.2026-11-20"]), ..over(Range::All) };
    let shown = report(&shared(), &[], &query);
    assert_eq!(shown.totals, known(3, 3, 0));
    assert_eq!(shown.tls.total, breakdown(&[(Tls10, 1), (Tls12, 2)]));
    let sender = |address: &str| one_sender(&shared(), &query, &SenderId::Address(address.to_owned()));
    assert_eq!(sender("info@x.com").unwrap().totals, known(3, 3, 3));
    assert_eq!(sender("solo@x.com"), None);
}

/// What the table shows of a row, as a clause has it; `None` for *unknown*.
fn shown(row: &SenderRow, field: Field) -> Option<i64> {
    let facts = &row.facts;
    let names = |n: u64| (n > 0).then_some(n);
    let number = match field {
        Field::Users => names(facts.users),
        Field::Clients => names(facts.clients),
        Field::Messages => row.messages.value(),
        Field::Recipients => facts.recipients.value(),
        Field::Sessions => facts.sessions.value(),
        Field::FailedSignIns => facts.failed_signins.value(),
        Field::FirstSeen => return facts.seen.map(|days| days.first.0.into()),
        Field::LastSeen => return facts.seen.map(|days| days.last.0.into()),
        other => panic!("{other:?}"),
    };
    number.map(|number| i64::try_from(number).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_clause_on_senders_leaves_the_rows_that_show_it(
        lines in any_lines(), range in any_range(), more in filters::any_clauses(), number in 0_i32..30,
    ) {
        let (cube, logs) = (cube(&lines), BTreeSet::new());
        let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
        let columns = Column::ALL.into_iter().fold(Columns::NONE, Columns::with);
        let plain = Query { filter: filter(&more), ..over(range) };
        let rows = |query: Query| details(&input, &DetailsRequest { columns, ..all_of(query) }).rows;
        let whole = rows(plain.clone());
        for field in Field::ALL.into_iter().filter(|field| field.is_of_senders()) {
            let (value, compared) = match field.kind() {
                Kind::Date => {
                    let day = day("2026-11-08").plus(number);
                    (day.to_string(), i64::from(day.0))
                }
                _ => ((number / 3).to_string(), i64::from(number / 3)),
            };
            for &operator in field.kind().operators() {
                let holds = |found: i64| match operator {
                    Operator::Equals => found == compared,
                    Operator::NotEquals => found != compared,
                    Operator::AtLeast => found >= compared,
                    Operator::AtMost => found <= compared,
                    other => panic!("{other:?}"),
                };
                let clause = Clause::new(field, operator, &value).unwrap();
                let query = Query { filter: plain.filter.with(clause).unwrap(), ..plain.clone() };
                let expected: Vec<SenderRow> =
                    whole.iter().filter(|row| shown(row, field).is_some_and(holds)).cloned().collect();
                prop_assert_eq!(rows(query), expected, "{:?} {:?} {}", field, operator, value);
            }
        }
    }
}
