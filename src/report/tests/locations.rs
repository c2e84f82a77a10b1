//! What stands in an address, and what is made of an address that somebody else wrote.

use super::*;

#[test]
fn locations_are_written_short() {
    assert_eq!(Location::default().to_hash(), "#v=1");
    let location = Location {
        page: Page::Report,
        query: Query {
            range: Range::Between(day("2026-11-01"), day("2026-11-07")),
            domain: Some("bücher&co=%.example".to_owned()),
            filter: filter(&[
                "tls.below.TLS%201.2",
                "sender.has.anna%2B1@",
                "user.empty.",
                "last-seen.max.2026-11-05",
            ]),
            pivot: Pivot::TlsUsage,
            view: View::DetailsTable,
            tls_basis: TlsBasis::Senders,
        },
        sort: SortColumn::Tls(Tls10),
        ascending: false,
    };
    let hash = "#v=1&page=report&range=2026-11-01..2026-11-07&domain=b%C3%BCcher%26co%3D%25.example\
                &f=tls.below.TLS%201.2&f=sender.has.anna%2B1@&f=user.empty.&f=last-seen.max.2026-11-05\
                &by=tls&view=table&basis=senders&sort=tls10.desc";
    assert_eq!(location.to_hash(), hash);
    assert_eq!(Location::from_hash(hash), (location, true));
    let all = Location { page: Page::Sources, query: over(Range::All), ..Location::default() };
    assert_eq!(all.to_hash(), "#v=1&page=sources&range=all");
    assert_eq!(Location { query: over(Range::Last(30)), ..Location::default() }.to_hash(), "#v=1&range=30d");
    assert_eq!(Location { ascending: true, ..Location::default() }.to_hash(), "#v=1&sort=messages.asc");
}

#[test]
fn what_is_no_domain_is_not_put_into_an_address() {
    let query = Query { domain: Some("x".repeat(1024)), ..Query::default() };
    assert_eq!(Location { query, ..Location::default() }.to_hash(), "#v=1");
    let none =
        Location { query: Query { domain: Some(String::new()), ..Query::default() }, ..Location::default() };
    assert_eq!(Location::from_hash(&none.to_hash()), (none, true));
}

#[test]
fn defaults_may_be_written_out_and_the_hash_sign_left_out() {
    let spelled_out = "view=chart&basis=messages&v=1&page=dashboard&range=7d&by=volume&sort=messages.desc";
    assert_eq!(Location::from_hash(spelled_out), (Location::default(), true));
    assert_eq!(Location::from_hash(""), (Location::default(), true));
    assert_eq!(Location::from_hash("#"), (Location::default(), true));
}

#[test]
fn garbage_falls_back_to_the_default_and_is_owned_up_to() {
    for hash in [
        "#v=1&page=admin",
        "#v=1&range=0d",
        "#v=1&range=+7d",
        "#v=1&range=99999d",
        "#v=1&range=2026-11-07..2026-11-01",
        "#v=1&range=2026-02-30..2026-03-01",
        "#v=1&domain=%FF",
        "#v=1&f=user.is.",
        "#v=1&f=tls.below.9",
        "#v=1&f=messages.min.-1",
        "#v=1&f=clients.has.1",
        "#v=1&f=first-seen.min.",
        "#v=1&f=first-seen.min.2026-02-30",
        "#v=1&f=last-seen.min.20261122",
        "#v=1&f=last-seen.below.2026-11-22",
        "#v=1&sort=messages",
        "#v=1&sort=nothing.asc",
        "#v=1&sort=messages.up",
        "#v=1&what",
        "#v=1&&",
        "#v=2",
        "#<script>",
    ] {
        assert_eq!(Location::from_hash(hash), (Location::default(), false), "{hash}");
    }
    let (location, understood) = Location::from_hash("#v=1&page=report&range=nonsense&by=tls");
    assert_eq!((location.page, location.query.pivot, understood), (Page::Report, Pivot::TlsUsage, false));
    let (location, understood) = Location::from_hash("#v=1&page=report&page=sources");
    assert_eq!((location.page, understood), (Page::Report, false));
}

#[test]
fn of_another_version_holds_what_is_understood() {
    for hash in ["#v=2&page=report&colour=blue&f=user.is.a&f=user.sounds-like.b", "#page=report&f=user.is.a"]
    {
        let query = Query { filter: filter(&["user.is.a"]), ..Query::default() };
        let expected = Location { page: Page::Report, query, ..Location::default() };
        assert_eq!(Location::from_hash(hash), (expected, false), "{hash}");
    }
}

#[test]
fn a_hostile_address_is_bounded() {
    let many = format!("#v=1{}", "&f=user.is.a".repeat(100));
    let (location, understood) = Location::from_hash(&many);
    assert_eq!((location.query.filter.clauses().len(), understood), (16, false));

    // What lies beyond 4 KiB, and the pair that the end goes through, are not read.
    let long = format!("#v=1&domain=a&f=user.is.{}&page=report", "x".repeat(5000));
    let (location, understood) = Location::from_hash(&long);
    assert_eq!(
        (location.query.domain.as_deref(), location.page, understood),
        (Some("a"), Page::Dashboard, false)
    );
    assert!(location.query.filter.is_empty());
    let wide = format!("#v=1&page=report&what={}", "한".repeat(5000));
    assert!(!Location::from_hash(&wide).1);

    let value = format!("#v=1&domain={}", "%41".repeat(257));
    assert_eq!(Location::from_hash(&value), (Location::default(), false));
}

#[test]
fn every_column_that_sorts_has_a_name() {
    let versions = TlsVersion::ALL.map(SortColumn::Tls);
    let further =
        Column::ALL.into_iter().filter(|&column| column != Column::Messages).map(SortColumn::Column);
    let first = [SortColumn::Sender, SortColumn::Messages, SortColumn::OldTls];
    for column in first.into_iter().chain(versions).chain(further) {
        assert_eq!(SortColumn::from_code(column.code()), Some(column));
    }
    // Which is one column under two names.
    assert_eq!(
        SortColumn::from_code(SortColumn::Column(Column::Messages).code()),
        Some(SortColumn::Messages)
    );
}

fn any_clause() -> impl Strategy<Value = Clause> {
    const TEXTS: [Field; 5] =
        [Field::User, Field::Sender, Field::SenderDomain, Field::ClientName, Field::Server];
    let text = (proptest::sample::select(&TEXTS[..]), 0_usize..8, ".{1,40}")
        .prop_filter_map("a value of blanks is none", |(field, operator, value)| {
            Clause::new(field, Kind::Text.operators()[operator], &value).ok()
        });
    let tls = (0_usize..4, 0_usize..7).prop_filter_map("a version", |(operator, version)| {
        let label = TlsVersion::ALL[version].label();
        Clause::new(Field::Tls, Kind::Tls.operators()[operator], label).ok()
    });
    let number = (0_usize..4, any::<u64>()).prop_filter_map("a number", |(operator, number)| {
        let field = [Field::Sessions, Field::Users, Field::Clients][operator % 3];
        Clause::new(field, Kind::Number.operators()[operator], &number.to_string()).ok()
    });
    let date = (any::<bool>(), 0_usize..4, -800_000_i32..2_900_000).prop_filter_map(
        "a day of a year of four digits",
        |(first, operator, day)| {
            let field = if first { Field::FirstSeen } else { Field::LastSeen };
            Clause::new(field, Kind::Date.operators()[operator], &Day(day).to_string()).ok()
        },
    );
    prop_oneof![3 => text, 1 => tls, 1 => number, 1 => date]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn locations_read_back(
        page in 0_usize..3, range in any_range(), domain in proptest::option::of(".{0,60}"),
        clauses in proptest::collection::vec(any_clause(), 0..6),
        tls: bool, table: bool, senders: bool, ascending: bool, version in 0_usize..8,
    ) {
        let range = match range {
            Range::Between(a, b) => Range::Between(a.min(b), a.max(b)),
            Range::Last(0) => Range::Last(1),
            other => other,
        };
        let query = Query {
            range,
            domain: domain.filter(|domain| domain.len() <= 256),
            filter: Filter::new(clauses).unwrap_or_default(),
            pivot: if tls { Pivot::TlsUsage } else { Pivot::SendingVolume },
            view: if table { View::DetailsTable } else { View::Chart },
            tls_basis: if senders { TlsBasis::Senders } else { TlsBasis::Messages },
        };
        let page = [Page::Dashboard, Page::Report, Page::Sources][page];
        let location = Location { page, query, sort: SortColumn::Tls(TlsVersion::ALL[version]), ascending };
        let hash = location.to_hash();
        prop_assert!(hash.len() <= 4096 && hash.is_ascii());
        prop_assert_eq!(Location::from_hash(&hash), (location, true));
    }

    #[test]
    fn any_text_is_survived_as_a_hash(text in "(#v=1&)?((f|domain|sort|range)=)?(.|&|%|user.is.)*") {
        let (location, _) = Location::from_hash(&text);
        prop_assert!(Location::from_hash(&location.to_hash()).1);
    }
}
