//! How often the core asks for memory while it reads: a number that no busy machine blurs.
//!
//! A process of its own, since it counts with an allocator of its own.

#![allow(clippy::unwrap_used)]

use allocation_counter::{AllocationInfo, measure};
use smtp_auth_report::aggregate::{UnitReader, plan};
use smtp_auth_report::ingest::HEAD_BYTES;
use smtp_auth_report_bench::{Truth, activity, receive};

/// Allocations per megabyte of a protocol log, at most. There are about 200 sessions in a megabyte, and what they need they
/// leave to the next.
const RECEIVE_PER_MB: u64 = 100;
/// Allocations per megabyte of a CSV with a row for each message, at most. There are about 7,000 of those in a
/// megabyte; only those that span lines cost any.
const ACTIVITY_PER_MB: u64 = 600;

/// Few, so that they all have appeared long before the half.
const SENDERS: u32 = 100;
const MEGABYTES: u64 = 16;

/// Reads the first half, then counts while the second is read; per megabyte.
fn per_megabyte(write: impl Fn(&mut Vec<u8>, u64, u32) -> std::io::Result<Truth>) -> u64 {
    let mut corpus = Vec::new();
    let truth = write(&mut corpus, MEGABYTES * 1_000_000, SENDERS).unwrap();
    let unit = plan(&corpus[..HEAD_BYTES], truth.bytes).remove(0);
    assert_eq!(unit.end, truth.bytes, "one unit");
    let mut reader = UnitReader::new(unit);
    let (first, second) = corpus.split_at(corpus.len() / 2);
    let feed = |reader: &mut UnitReader, bytes: &[u8]| {
        for piece in bytes.chunks(64 << 10) {
            reader.feed(piece);
        }
    };
    feed(&mut reader, first);
    let AllocationInfo { count_total, .. } = measure(|| feed(&mut reader, second));
    let lines = reader.totals().lines;
    assert_eq!(reader.finish().account.read, lines, "all of it was read");
    count_total / (MEGABYTES / 2)
}

#[test]
fn reading_a_protocol_log_hardly_allocates() {
    let found = per_megabyte(receive::write);
    println!("protocol log: {found} allocations per MB");
    assert!(found <= RECEIVE_PER_MB, "{found} allocations per MB, {RECEIVE_PER_MB} allowed");
}

#[test]
fn reading_a_csv_hardly_allocates() {
    let found = per_megabyte(activity::write);
    println!("CSV: {found} allocations per MB");
    assert!(found <= ACTIVITY_PER_MB, "{found} allocations per MB, {ACTIVITY_PER_MB} allowed");
}
