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
