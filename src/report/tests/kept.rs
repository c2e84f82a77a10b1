//! What is kept between queries changes no answer.

use super::*;
use crate::report::overview::Overviews;

fn any_query() -> impl Strategy<Value = (Query, &'static str)> {
    let filters = prop::sample::select(vec![
        &[][..],
        &["tls.below.TLS%201.2"],
        &["user.has.a"],
        &["messages.min.3"],
        &["failed.max.2", "domain.not.x.com"],
        &["first-seen.min.2026-11-16"],
        &["clients.min.2"],
    ]);
    let domain = prop::sample::select(vec![None, Some("x.com"), Some("y.com"), Some(""), Some("none.com")]);
    let today = prop::sample::select(vec![TODAY, "2026-11-15"]);
    (any_range(), domain, filters, any::<bool>(), today).prop_map(
        |(range, domain, clauses, by_senders, today)| {
            let query = Query {
                domain: domain.map(str::to_owned),
                filter: filter(clauses),
                tls_basis: if by_senders { TlsBasis::Senders } else { TlsBasis::Messages },
                ..over(range)
            };
            (query, today)
        },
    )
}

fn any_table(query: Query) -> impl Strategy<Value = DetailsRequest> {
    let sorts = [
        SortColumn::Sender,
        SortColumn::Messages,
        SortColumn::OldTls,
        SortColumn::Tls(Tls12),
        SortColumn::Column(Column::Clients),
        SortColumn::Column(Column::LastSeen),
    ];
    let columns = [Columns::NONE, Columns::NONE.with(Column::Users).with(Column::Clients)];
    (
        prop::sample::select(sorts.to_vec()),
        any::<bool>(),
        prop::sample::select(vec!["", "x.com", "A@", "zzz"]),
        prop::sample::select(columns.to_vec()),
        (0_u64..10, 0_u64..20),
    )
        .prop_map(move |(sort, ascending, search, columns, (start, len))| DetailsRequest {
            query: query.clone(),
            sort,
            ascending,
            search: search.to_owned(),
            columns,
            start,
            len,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn queries_in_a_row_are_answered_like_each_alone(
        lines in any_lines(), queries in prop::collection::vec(any_query(), 1..8), max_slots in 0_usize..4000,
    ) {
        let (cube, logs) = (cube(&lines), BTreeSet::new());
        let mut kept = Overviews::with_max_slots(max_slots);
        for (query, today) in &queries {
            let input = Input { cube: &cube, days_with_logs: &logs, today: day(today) };
            prop_assert_eq!(kept.answer(&input, query), overview(&input, query));
        }
    }
}

proptest! {
    #[test]
    fn tables_in_a_row_are_arranged_like_each_alone(
        lines in any_lines(),
        requests in prop::collection::vec(any_query().prop_flat_map(|(query, _)| any_table(query)), 1..3),
        again in prop::collection::vec(any_table(Query::default()), 1..6),
    ) {
        let (cube, logs) = (cube(&lines), BTreeSet::new());
        let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
        let mut kept: Option<Details> = None;
        for request in again.iter().chain(&requests) {
            let table = kept.take().and_then(|kept| kept.arrange(&cube, request));
            let table = table.unwrap_or_else(|| Details::build(&input, request));
            prop_assert_eq!(table.page(&cube, request.start, request.len), details(&input, request));
            kept = Some(table);
        }
    }
}

#[test]
fn a_table_is_arranged_for_what_has_the_same_rows_and_columns() {
    let (cube, logs) = (cube(&small_company()), BTreeSet::new());
    let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
    let request = all_of(Query::default());
    let can = |other: DetailsRequest| Details::build(&input, &request).arrange(&cube, &other).is_some();
    let same = Query { pivot: Pivot::TlsUsage, view: View::DetailsTable, ..Query::default() };
    assert!(can(DetailsRequest { start: 7, len: 3, ..all_of(same) }));
    assert!(can(DetailsRequest { ascending: true, ..request.clone() }));
    assert!(can(DetailsRequest { search: "a".to_owned(), ..request.clone() }));
    assert!(can(DetailsRequest { sort: SortColumn::OldTls, ..request.clone() }));
    assert!(!can(all_of(over(Range::All))));
    assert!(!can(all_of(Query { filter: filter(&["user.has.a"]), ..Query::default() })));
    assert!(!can(all_of(Query { domain: Some("contoso.com".to_owned()), ..Query::default() })));
    assert!(!can(DetailsRequest { columns: Columns::NONE.with(Column::Users), ..request.clone() }));
    assert!(!can(DetailsRequest { sort: SortColumn::Column(Column::Users), ..request.clone() }));
}

#[test]
fn other_data_are_another_report() {
    let mut kept = Overviews::default();
    let logs = BTreeSet::new();
    for lines in [small_company(), small_company()[..2].to_vec()] {
        let cube = cube(&lines);
        let input = Input { cube: &cube, days_with_logs: &logs, today: day(TODAY) };
        assert_eq!(kept.answer(&input, &over(Range::All)), overview(&input, &over(Range::All)));
        kept.forget();
    }
}
