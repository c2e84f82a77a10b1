//! The core on one thread: `cargo bench --package smtp-auth-report-bench`, with `BENCH_MB=256` for larger corpora.

#[path = "../tests/native/mod.rs"]
mod native;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use smtp_auth_report::aggregate::{Cube, Key};
use smtp_auth_report::export::activity_csv;
use smtp_auth_report::model::{Count, Counts, Day, TlsVersion};
use smtp_auth_report::report::{
    Clause, Column, Columns, Details, DetailsRequest, Filter, Input, Query, Range, overview,
};
use smtp_auth_report_bench::{SENDERS, activity, receive};
use std::collections::BTreeSet;
use std::sync::LazyLock;

fn main() {
    divan::main();
}

/// Megabytes of a corpus. Without `--bench`, as under `cargo test --benches`, only enough to see that all runs.
fn bytes() -> u64 {
    let wanted = std::env::var("BENCH_MB").ok().and_then(|mb| mb.parse().ok()).unwrap_or(128);
    if is_full() { wanted * 1_000_000 } else { 2_000_000 }
}

fn is_full() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

static RECEIVE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut corpus = Vec::new();
    let _ = receive::write(&mut corpus, bytes(), SENDERS);
    corpus
});

static ACTIVITY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut corpus = Vec::new();
    let _ = activity::write(&mut corpus, bytes(), SENDERS);
    corpus
});

#[divan::bench_group(sample_count = 5, sample_size = 1)]
mod read {
    use super::{ACTIVITY, Bencher, BytesCount, RECEIVE, black_box, native};

    #[divan::bench]
    fn receive(bencher: Bencher) {
        one(bencher, &RECEIVE);
    }

    #[divan::bench]
    fn activity(bencher: Bencher) {
        one(bencher, &ACTIVITY);
    }

    fn one(bencher: Bencher, corpus: &[u8]) {
        bencher.counter(BytesCount::new(corpus.len())).bench_local(|| native::read(black_box(corpus)));
    }
}

#[divan::bench_group(sample_count = 10, sample_size = 1)]
mod merge {
    use super::{ACTIVITY, Bencher, RECEIVE, native};

    #[divan::bench]
    fn receive(bencher: Bencher) {
        one(bencher, &RECEIVE);
    }

    #[divan::bench]
    fn activity(bencher: Bencher) {
        one(bencher, &ACTIVITY);
    }

    fn one(bencher: Bencher, corpus: &[u8]) {
        let units = native::read(corpus);
        bencher
            .with_inputs(|| units.clone())
            .bench_local_values(|units| native::merge(corpus.len() as u64, units));
    }
}

/// A cube of 10⁶ cells: 50,000 users on 20 days, with eight sender domains.
static CUBE: LazyLock<Cube> = LazyLock::new(|| {
    let (users, days) = if is_full() { (50_000, 20) } else { (500, 2) };
    let mut cube = Cube::default();
    let (mechanism, name, server) =
        (cube.intern("LOGIN"), cube.intern("mfp.contoso.com"), cube.intern("EX01"));
    for user in 0..users {
        let domain = format!("domain{}.example", user % 8);
        let user_name = cube.intern(&format!("user{user:05}@{domain}"));
        let sender_domain = cube.intern(&domain);
        let client_ip = cube.intern(&format!("10.0.{}.{}", user / 250, user % 250));
        for day in 0..days {
            let key = Key {
                day: Some(Day(20_770 + day)),
                user: user_name,
                sender: user_name,
                sender_domain,
                tls: [TlsVersion::Tls12, TlsVersion::Tls13, TlsVersion::Tls10, TlsVersion::NoTls][user % 4],
                mechanism,
                client_ip,
                client_name: name,
                server,
            };
            let count = Count::known(1 + user as u64 % 9);
            let counts = Counts {
                messages: count,
                recipients: count,
                sessions: count,
                failed_signins: Count::known(0),
            };
            cube.add(key, counts);
        }
    }
    cube
});

#[divan::bench_group(sample_count = 10, sample_size = 1)]
mod million_cells {
    use super::{
        BTreeSet, Bencher, CUBE, Clause, Column, Columns, Day, Details, DetailsRequest, Filter, Input,
        ItemsCount, Query, Range, activity_csv, black_box, overview,
    };

    /// Text of many names, of few names, and an order.
    const TEXTS: &[&str] = &["sender.has.7", "ip.starts.10.0.1", "server.is.ex01", "tls.below.TLS%201.3"];
    /// What a sender comes to.
    const NUMBERS: &[&str] = &["messages.min.50", "failed.max.3"];
    /// Likewise, told from the counts alone.
    const COUNTS: &[&str] = &["messages.min.50", "sessions.max.100"];
    /// Whom and when a sender was seen with.
    const NAMES_AND_DAYS: &[&str] = &["users.is.1", "clients.max.3", "last-seen.min.2026-12-01"];

    /// All days, as far as clauses leave something.
    fn filtered(clauses: &[&str]) -> Query {
        let clauses = clauses.iter().filter_map(|code| Clause::from_code(code)).collect();
        let filter = Filter::new(clauses).unwrap_or_default();
        assert!(!filter.is_empty());
        Query { range: Range::All, filter, ..Query::default() }
    }

    #[divan::bench(args = [TEXTS, NUMBERS, COUNTS, NAMES_AND_DAYS])]
    fn overview_of_a_filter(bencher: Bencher, clauses: &[&str]) {
        let query = filtered(clauses);
        with_input(bencher, |input| overview(input, &query));
    }

    #[divan::bench(args = [TEXTS, NUMBERS, COUNTS, NAMES_AND_DAYS])]
    fn details_of_a_filter(bencher: Bencher, clauses: &[&str]) {
        let request = DetailsRequest { query: filtered(clauses), ..DetailsRequest::default() };
        with_input(bencher, |input| Details::build(input, &request));
    }

    fn with_input<T>(bencher: Bencher, answer: impl Fn(&Input) -> T) {
        let days_with_logs = BTreeSet::new();
        let input = Input { cube: &CUBE, days_with_logs: &days_with_logs, today: Day(20_790) };
        bencher.counter(ItemsCount::new(CUBE.len())).bench_local(|| answer(black_box(&input)));
    }

    #[divan::bench]
    fn overview_of_all(bencher: Bencher) {
        let query = Query { range: Range::All, ..Query::default() };
        with_input(bencher, |input| overview(input, &query));
    }

    #[divan::bench]
    fn overview_of_a_week(bencher: Bencher) {
        let query = Query { range: Range::Last(7), ..Query::default() };
        with_input(bencher, |input| overview(input, &query));
    }

    #[divan::bench]
    fn details_of_all(bencher: Bencher) {
        let request = DetailsRequest {
            query: Query { range: Range::All, ..Query::default() },
            ..DetailsRequest::default()
        };
        with_input(bencher, |input| Details::build(input, &request));
    }

    #[divan::bench]
    fn details_of_all_with_all_columns(bencher: Bencher) {
        let request = DetailsRequest {
            query: Query { range: Range::All, ..Query::default() },
            columns: Column::ALL.into_iter().fold(Columns::NONE, Columns::with),
            ..DetailsRequest::default()
        };
        with_input(bencher, |input| Details::build(input, &request));
    }

    #[divan::bench]
    fn export_of_all(bencher: Bencher) {
        let query = Query { range: Range::All, ..Query::default() };
        with_input(bencher, |input| activity_csv::write(input, &query, &mut std::io::sink()));
    }
}
