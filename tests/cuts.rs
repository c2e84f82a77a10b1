//! However a file is cut, it comes to the same: hostile text, ranges down to one byte, pieces down to one byte.
//!
//! A piece of one byte takes every line the careful way, a whole file in one piece takes what it can the fast way; so
//! this holds the two against each other as well.

#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use smtp_auth_report::aggregate::Workspace;
use smtp_auth_report::ingest::LineAccount;
use std::collections::BTreeMap;
use support::pipeline::{Handing, RowCounts, RowTexts, WHOLE, load, rows};

type Outcome = (BTreeMap<RowTexts, RowCounts>, LineAccount, Option<(i64, i64)>);

fn outcome(workspace: &mut Workspace) -> Outcome {
    let source = workspace.sources().remove(0);
    assert!(source.lines.is_balanced(), "{:?}", source.lines);
    (rows(workspace), source.lines, source.period_ms)
}

fn same_however_cut(bytes: &[u8], range_bytes: u64, piece_bytes: usize) -> Result<(), TestCaseError> {
    let whole = outcome(&mut load([bytes], WHOLE));
    for handing in [
        Handing { piece_bytes: 1, ..WHOLE },
        Handing { piece_bytes, range_bytes, ..WHOLE },
        Handing { range_bytes: 1 + range_bytes / 8, ..WHOLE },
    ] {
        let cut = outcome(&mut load([bytes], handing));
        prop_assert_eq!(&cut, &whole, "{:?}", handing);
    }
    Ok(())
}

/// Rows of a CSV, some broken, some over several lines.
fn activity() -> impl Strategy<Value = Vec<u8>> {
    let cell = prop::sample::select(vec![
        "2026-11-02",
        "2026-11-02T08:15:29Z",
        "2026-11-02 23:59:59.999+01:00",
        "yesterday",
        "a@contoso.com",
        "A@Contoso.com",
        "CONTOSO\\Bob",
        "\"a, b\"",
        "\"a \"\"b\"\" c\"",
        "\"two\nlines\"",
        "\"three\r\n\nlines\"",
        "\"stray",
        "str\"ay",
        "\"closed\"then text",
        "TLS 1.2",
        "tls1_0",
        "\"TLS 1.3\"",
        "5",
        "\"6\"",
        "007",
        " 8 ",
        "",
        "\"\"",
        "käse",
        "k\u{0}",
        "\n",
        "LOGIN",
    ]);
    let row = prop::collection::vec(cell, 1..7);
    let sound = Just(vec!["2026-11-03", "u@contoso.com", "\"two\nlines\"", "TLS 1.2", "3"]);
    let rows = prop::collection::vec((prop_oneof![2 => row, 3 => sound], prop::bool::ANY), 0..40);
    (rows, prop::bool::ANY).prop_map(|(rows, ends)| {
        let mut text = b"date,user,client_name,tls,messages\r\n".to_vec();
        for (row, has_cr) in rows {
            text.extend(row.join(",").bytes());
            text.extend(if has_cr { &b"\r\n"[..] } else { b"\n" });
        }
        if !ends {
            text.pop();
        }
        // One byte that is not UTF-8.
        if text.len().is_multiple_of(5) {
            text.push(0xE4);
        }
        text
    })
}

/// Lines of a Receive log, some broken, with a change of columns further down.
fn receive() -> impl Strategy<Value = Vec<u8>> {
    let data = prop::sample::select(vec![
        "+,,",
        "-,,Local",
        "-,,",
        "<,EHLO printer,",
        "<,AUTH LOGIN,",
        "*,CONTOSO\\a,authenticated",
        "<,MAIL FROM:<a@contoso.com>,",
        ">,250 2.1.0 Sender OK,",
        "<,RCPT TO:<b@c.d>,",
        ">,250 2.1.5 Recipient OK,",
        ">,\"250 2.6.0 <1@a> [InternalId=1, Hostname=E] Queued mail for delivery\",",
        "<,DATA,",
        ">,\"250 2.6.0 <\"\"1\"\"@a> Queued mail\",",
        "<,MAIL FROM:<\"q,u\"@contoso.com>,",
        "<,\"MAIL FROM:<\"\"q,u\"\"@c.d>\",",
        ">,235 2.7.0 Authentication successful,",
        "*,,\"TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded, yes\"",
        "*,,\"Inbound AUTH LOGIN failed because of LogonDenied\"",
        "*,,User Name: käse",
        "*,\"open,",
        "<,\"x\"y,",
        ">,250 \"quoted\" words,",
        "*,\"a\",\"b\"",
        "*,a,b,c",
        "?,,",
        "<,EHLO \u{0},",
        "*,\"\",\"\"",
    ]);
    // A server numbers the lines of a session; two of one number differ in no log.
    let line = (0_u64..4, data, prop::sample::select(vec!["\r\n", "\n"])).prop_map(|(session, data, end)| {
        let id = 0x08DF_0000_0000_0000 + session;
        let day = 1 + session;
        format!("2026-11-0{day}T08:15:29.000Z,EX01\\Front,{id:016X},@,1.1.1.1:25,2.2.2.2:9,{data}{end}")
    });
    let other = prop::sample::select(vec![
        "\n", "#Date: x\n", "garbage\n", "2026-13-02T08:15:29.000Z,a,0A,1,l,r,+,,\n", "2026-11-02T08:15:29Z,a\\b,xyz,1,l,r,+,,\n",
        "#Fields: date-time,session-id,connector-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n",
        "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n",
        "2026-11-02T08:15:29.000Z,08DF000000000001,EX01\\Front,@,1.1.1.1:25,2.2.2.2:9,<,EHLO swapped,\n",
        "\u{FEFF}2026-11-02T08:15:29.000Z,EX01\\Front,08DF000000000001,@,l,2.2.2.2:9,<,EHLO bom,\n",
    ])
    .prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![6 => line, 1 => other], 1..80).prop_map(|lines| {
        let mut text = b"#Log-type: SMTP Receive Protocol Log\r\n".to_vec();
        for (n, line) in lines.iter().enumerate() {
            text.extend(line.replacen(",@,", &format!(",{n},"), 1).bytes());
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn an_activity_csv(bytes in activity(), range_bytes in 1_u64..400, piece_bytes in 1_usize..90) {
        same_however_cut(&bytes, range_bytes, piece_bytes)?;
    }

    #[test]
    fn a_receive_log(bytes in receive(), range_bytes in 1_u64..4000, piece_bytes in 1_usize..900) {
        same_however_cut(&bytes, range_bytes, piece_bytes)?;
    }
}

/// A quote that is never closed costs its own line, also where the lines behind it are another range's.
#[test]
fn a_stray_quote_before_a_cut() {
    let mut text = b"date,user,tls,messages\n2026-11-02,\"stray,TLS 1.2,1\n".to_vec();
    for _ in 0..500 {
        text.extend(b"2026-11-02,a@contoso.com,TLS 1.2,1\n");
    }
    for range_bytes in [30, 60, 1000, u64::MAX] {
        let (rows, lines, _) = outcome(&mut load([text.as_slice()], Handing { range_bytes, ..WHOLE }));
        assert_eq!((lines.read, lines.counted, lines.bad), (502, 500, 1), "ranges of {range_bytes}");
        assert_eq!(rows.values().map(|counts| counts[0]).collect::<Vec<_>>(), [Some(500)]);
    }
}
