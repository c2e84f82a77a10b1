//! What is packed comes back, and is small.

use super::*;
use crate::aggregate::Key;
use crate::aggregate::Limits;
use crate::aggregate::session::{Event, Fact, Fragment, FrontEnd, HubSegment, Kind, Message, What};
use crate::aggregate::sessions::{Body, SessionKey, Settled};
use crate::ingest::event::ReplyAbout;
use crate::model::{Count, TlsVersion};

const NOON: i64 = 20_779 * 86_400_000 + 43_200_000;

fn sym(packed: &Packed, text: &str) -> Sym {
    Sym(u32::try_from(packed.strings().texts().position(|other| other == text).unwrap()).unwrap())
}

fn packed(cube: &Cube, sessions: &Sessions) -> Packed {
    pack(cube, sessions, &mut Cap::new(Limits::default(), Level::default()))
}

/// A cube whose strings have other numbers than in a pack, with some that nothing uses.
fn cube() -> Cube {
    let mut cube = Cube::default();
    for text in ["HELO of a probe", "EX02", "EX01", "anna@contoso.com", "contoso.com", "LOGIN", "10.0.0.9"] {
        cube.intern(text);
    }
    cube
}

#[test]
fn rows_come_back_in_their_order_with_their_strings() {
    let mut cube = cube();
    let known = Count::known;
    let partly = Count::at_least(7);
    let rows = [
        (Some(Day(20_779)), "anna@contoso.com", TlsVersion::Tls12, [known(1), known(2), known(1), known(0)]),
        (Some(Day(20_779)), "", TlsVersion::Tls12, [Count::UNKNOWN, Count::UNKNOWN, known(3), known(0)]),
        (None, "anna@contoso.com", TlsVersion::Unknown, [partly, known(u64::MAX), known(0), Count::UNKNOWN]),
        (Some(Day(-5)), "CONTOSO\\bob", TlsVersion::NoTls, [known(0), known(0), known(0), known(300)]),
    ];
    for (day, user, tls, [messages, recipients, sessions, failed_signins]) in rows {
        let user = cube.intern(user);
        let key = Key { day, user, tls, server: cube.intern("EX01"), ..Key::default() };
        cube.add(key, Counts { messages, recipients, sessions, failed_signins });
    }
    let packed = packed(&cube, &Sessions::default());
    assert_eq!(
        packed.strings().texts().collect::<Vec<_>>(),
        ["", "anna@contoso.com", "EX01", "CONTOSO\\bob"]
    );
    assert_eq!((packed.settled_strings(), packed.session_strings()), (1, 1));
    let back: Vec<_> = packed.rows().collect();
    assert_eq!(back.len(), rows.len());
    for ((key, counts), (day, user, tls, expected)) in back.into_iter().zip(rows) {
        let expected_key =
            Key { day, user: sym(&packed, user), tls, server: sym(&packed, "EX01"), ..Key::default() };
        assert_eq!(key, expected_key);
        let Counts { messages, recipients, sessions, failed_signins } = counts;
        assert_eq!([messages, recipients, sessions, failed_signins], expected);
    }
}

#[test]
fn rows_that_differ_in_the_day_alone_come_back_and_are_small() {
    let mut cube = Cube::default();
    let mut expected = Vec::new();
    for day in [Some(Day(20_779)), None, Some(Day(20_780)), Some(Day(20_781))] {
        // More than are remembered.
        for n in 0..70_000 {
            let user = cube.intern(&format!("user{n}@contoso.com"));
            let tls = if n % 3 == 0 { TlsVersion::Tls10 } else { TlsVersion::Tls12 };
            let server = cube.intern(if n % 5 == 0 { "EX01" } else { "EX02" });
            let key = Key { day, user, sender: user, tls, server, ..Key::default() };
            cube.add(key, Counts { messages: Count::known(n), ..Counts::default() });
            expected.push((day, format!("user{n}@contoso.com"), tls, n));
        }
    }
    let packed = packed(&cube, &Sessions::default());
    let strings: Vec<&str> = packed.strings().texts().collect();
    let back = packed.rows().map(|(key, counts)| {
        assert_eq!(key.user, key.sender);
        (key.day, strings[key.user.0 as usize].to_owned(), key.tls, counts.messages.known_part())
    });
    assert!(back.eq(expected));
    assert!(packed.rows.len() < 280_000 * 11, "{} bytes", packed.rows.len());
}

/// Sessions of every kind; the strings of `cube`.
fn sessions(cube: &Cube) -> Sessions {
    let sym = |text| cube.find(text).unwrap();
    let message = |sender, ms| Message { time_ms: NOON + ms, sender, recipients: 2, client_name: Sym::EMPTY };
    let failed = Fact {
        day: Day(20_778),
        user: Sym::EMPTY,
        sender: Sym::EMPTY,
        tls: TlsVersion::NoTls,
        mechanism: sym("LOGIN"),
        client_name: Sym::EMPTY,
        what: What::FailedSignin,
    };
    let front_end = FrontEnd {
        is_health_probe: false,
        is_proxied: true,
        day: Day(20_779),
        user: sym("anna@contoso.com"),
        tls: TlsVersion::Tls13,
        mechanism: sym("LOGIN"),
        client_name: Sym::EMPTY,
        messages: vec![message(sym("anna@contoso.com"), 0)],
        failed: vec![failed, failed],
    };
    let segment = |id, messages| HubSegment {
        front_end_session: id,
        client_ip: sym("10.0.0.9"),
        client_name: Sym::EMPTY,
        day: Day(20_780),
        user: Sym::EMPTY,
        messages,
    };
    let hub = vec![segment(90, vec![message(sym("anna@contoso.com"), -1)]), segment(7, vec![])];
    let settled = |server, id, lines, body| Settled { key: SessionKey { server, id }, lines, body };
    let (ex01, ex02) = (sym("EX01"), sym("EX02"));
    let event = |time_ms, sequence, kind| Event { time_ms, sequence, kind };
    let fragment = Fragment {
        client_ip: sym("10.0.0.9"),
        lines: 9,
        events: vec![
            event(NOON, 7, Kind::Mail(sym("anna@contoso.com"))),
            event(NOON - 3, 5, Kind::Reply(250, ReplyAbout::Sender, u32::MAX)),
        ],
    };
    Sessions {
        settled: vec![
            settled(ex01, u64::MAX, 1, Body::Direct { start: 2, len: 1 }),
            settled(ex01, 50, 40, Body::Direct { start: 0, len: 2 }),
            settled(ex02, 51, 30, Body::Hub(0)),
            settled(ex01, 51, 20, Body::FrontEnd(0)),
        ],
        added: vec![(700, What::Session), (3, What::Message(900)), (4, What::FailedSignin)],
        front_ends: vec![(sym("10.0.0.9"), front_end)],
        hubs: vec![hub],
        fragments: vec![(SessionKey { server: ex02, id: 8 }, fragment)],
    }
}

#[test]
fn sessions_come_back_by_id_and_server() {
    let cube = cube();
    let sessions = sessions(&cube);
    let packed = packed(&cube, &sessions);
    assert!(packed.strings().texts().all(|text| text != "HELO of a probe"), "nothing uses it");
    // Back to the numbers of the cube, to compare.
    let back = |own: Sym| cube.find(packed.strings().texts().nth(own.0 as usize).unwrap()).unwrap();

    let read: Vec<_> = packed.settled().map(|(id, entry)| (id, entry.session().unwrap())).collect();
    let heads: Vec<_> =
        read.iter().map(|(id, session)| (*id, cube.text(back(session.server)), session.lines)).collect();
    assert_eq!(heads, [(50, "EX01", 40), (51, "EX01", 20), (51, "EX02", 30), (u64::MAX, "EX01", 1)]);
    let facts = |at: usize| match &read[at].1.body {
        SessionBody::Direct(facts) => facts.clone().collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    assert_eq!(facts(0), [(700, What::Session), (3, What::Message(900))]);
    assert_eq!(facts(3), [(4, What::FailedSignin)]);
    let SessionBody::FrontEnd(entry) = read[1].1.body else { panic!("{:?}", read[1]) };
    let (client_ip, half) = packed.front_end(entry, back).unwrap();
    assert_eq!((client_ip, &half), (sessions.front_ends[0].0, &sessions.front_ends[0].1));
    assert!(matches!(read[2].1.body, SessionBody::Hub(0)));

    let segments: Vec<_> =
        packed.segments().map(|(id, entry)| packed.segment(id, entry, back).unwrap()).collect();
    assert_eq!([&segments[0].segment, &segments[1].segment], [&sessions.hubs[0][1], &sessions.hubs[0][0]]);
    for segment in &segments {
        assert_eq!((segment.hub, segment.of, segment.lines), (0, 2, 30));
        assert_eq!(cube.text(segment.server), "EX02");
    }

    let (id, entry) = packed.pieces().next().unwrap();
    let mut piece = Packed::piece(entry).unwrap();
    let server = back(piece.server);
    piece.renumber(back);
    let expected = &sessions.fragments[0];
    assert_eq!(SessionKey { server, id }, expected.0);
    let Piece { client_ip, lines, events, .. } = piece;
    assert_eq!(Fragment { client_ip, lines, events }, expected.1);
    assert_eq!((packed.pieces().count(), packed.lines_in_pieces()), (1, 9));
}

#[test]
fn a_session_takes_about_ten_bytes() {
    let cube = cube();
    let server = cube.find("EX01").unwrap();
    let mut sessions = Sessions::default();
    for n in 0..1000_u32 {
        let row = n.wrapping_mul(0x9E37_79B9) % 5000;
        let key = SessionKey { server, id: 0x08DE_2900_0000_0000 + u64::from(n) * 3 };
        sessions.settled.push(Settled { key, lines: 24, body: Body::Direct { start: 2 * n, len: 2 } });
        sessions.added.extend([(row, What::Session), (row, What::Message(1))]);
    }
    let bytes = postcard::to_allocvec(&packed(&cube, &sessions)).unwrap().len();
    assert!(bytes < 10 * 1000, "{bytes}");
}

#[test]
fn what_is_torn_ends_early() {
    let cube = cube();
    let whole = packed(&cube, &sessions(&cube));
    let settled = whole.settled().count();
    for cut in 0..whole.settled.len() {
        let mut torn = whole.clone();
        torn.settled.truncate(cut);
        assert!(torn.settled().filter_map(|(_, entry)| entry.session()).count() < settled);
        for (_, entry) in torn.settled() {
            if let Some(Session { body: SessionBody::FrontEnd(entry), .. }) = entry.session() {
                torn.front_end(entry, |own| own);
            }
        }
    }
}
