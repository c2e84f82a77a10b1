//! What is given up, and what that leaves.

use super::*;
use crate::model::{Count, Day, TlsVersion};
use std::collections::BTreeMap;

/// User, client address, day, used so often, refused so often.
type Line<'a> = (&'a str, &'a str, i32, u64, u64);

const HIGHEST: Level = Level::at(LADDER.len(), 0);
const ROOMY: Limits = Limits { rows: usize::MAX, failed_rows: usize::MAX, name_bytes: usize::MAX };

fn cube(lines: &[Line<'_>]) -> Cube {
    let mut cube = Cube::default();
    for &(user, ip, day, sessions, failed) in lines {
        let user = cube.intern(user);
        let client_ip = cube.intern(ip);
        let key = Key { day: Some(Day(day)), user, client_ip, tls: TlsVersion::Tls12, ..Key::default() };
        let failed_signins = Count::known(failed);
        cube.add(key, Counts { sessions: Count::known(sessions), failed_signins, ..Counts::default() });
    }
    cube
}

fn capped(cube: Cube, limits: Limits) -> (Cube, Level) {
    Cap::new(limits, Level::default()).finish(cube)
}

fn lines(cube: &Cube) -> BTreeMap<(String, String, Option<i32>), (u64, u64)> {
    cube.rows()
        .map(|(key, counts)| {
            let row = cube.row(key);
            let names = (row.user.to_owned(), row.client_ip.to_owned(), key.day.map(|day| day.0));
            (names, (counts.sessions.known_part(), counts.failed_signins.known_part()))
        })
        .collect()
}

fn line(
    user: &str,
    ip: &str,
    day: i32,
    sessions: u64,
    failed: u64,
) -> ((String, String, Option<i32>), (u64, u64)) {
    ((user.into(), ip.into(), Some(day)), (sessions, failed))
}

#[test]
fn names_that_failed_go_first_and_what_was_used_stays() {
    let names: Vec<String> = (0..200).map(|n| format!("guess{n}")).collect();
    let mut all: Vec<Line<'_>> = names.iter().map(|name| (name.as_str(), "192.0.2.1", 1, 0, 2)).collect();
    all.push(("anna", "10.0.0.1", 1, 5, 3));
    all.push(("(other)", "192.0.2.1", 1, 0, 7));
    // No room for a single name: 200 guesses and anna's refusals are nobody's any more.
    let limits = Limits { failed_rows: 2, ..ROOMY };
    let (cube, level) = capped(cube(&all), limits);
    assert!(!level.is_lowest() && level <= Level::at(0, STEPS), "{level:?}");
    let expected = BTreeMap::from([
        line("anna", "10.0.0.1", 1, 5, 0),
        line(OTHER, "10.0.0.1", 1, 0, 3),
        line(OTHER, "192.0.2.1", 1, 0, 407),
    ]);
    assert_eq!(lines(&cube), expected);
    // Nothing is there of the names.
    assert_eq!(cube.string_count(), ["", "anna", "10.0.0.1", OTHER, "192.0.2.1"].len());
}

#[test]
fn some_names_stay_where_there_is_room_and_more_room_keeps_them() {
    let names: Vec<String> = (0..1000).map(|n| format!("guess{n}")).collect();
    let all: Vec<Line<'_>> = names.iter().map(|name| (name.as_str(), "192.0.2.1", 1, 0, 1)).collect();
    let kept = |failed_rows| {
        let (cube, _) = capped(cube(&all), Limits { failed_rows, ..ROOMY });
        assert_eq!(lines(&cube).values().map(|(_, failed)| failed).sum::<u64>(), 1000);
        let (kept, others): (Vec<_>, Vec<_>) =
            lines(&cube).into_keys().map(|(user, ..)| user).partition(|user| user != OTHER);
        assert!(cube.len() <= failed_rows && cube.len() > failed_rows / 3, "{}", cube.len());
        assert_eq!(others.len(), usize::from(kept.len() < 1000));
        kept
    };
    let (few, more, all) = (kept(100), kept(400), kept(1000));
    assert!(few.iter().all(|name| more.contains(name)));
    assert_eq!(all.len(), 1000);
}

#[test]
fn the_ladder_leads_down_to_a_row_for_each_side() {
    let texts: Vec<String> = (0..500).map(|n| format!("n{n}")).collect();
    let mut full = Cube::default();
    for (day, text) in (0..).zip(&texts) {
        let name = full.intern(text);
        let mut key = Key { day: Some(Day(day)), ..Key::default() };
        key.names_mut().into_iter().for_each(|sym| *sym = name);
        full.add(
            key,
            Counts { messages: Count::known(1), failed_signins: Count::known(2), ..Counts::default() },
        );
    }
    let (least, level) = capped(full.clone(), Limits { rows: 1, ..ROOMY });
    assert_eq!(level, HIGHEST);
    let rows: Vec<_> = least.rows().collect();
    // The rest of a row with both sides is the same: one row.
    let counts =
        Counts { messages: Count::known(500), failed_signins: Count::known(1000), ..Counts::default() };
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].0.day, rows[0].1), (None, &counts));
    let row = least.row(rows[0].0);
    assert_eq!(
        [row.user, row.sender, row.sender_domain, row.mechanism, row.client_ip, row.client_name, row.server],
        [OTHER; 7]
    );

    // A step less, and the days are told apart.
    let (days, level) = capped(full, Limits { rows: 1000, name_bytes: 0, ..ROOMY });
    assert_eq!((days.len(), level), (500, Level::at(10, 0)));
}

#[test]
fn long_names_are_given_up_for_their_weight() {
    let long = "x".repeat(1000);
    let names: Vec<String> = (0..64).map(|n| format!("{long}{n}")).collect();
    let all: Vec<Line<'_>> = names.iter().map(|name| (name.as_str(), "192.0.2.1", 1, 0, 1)).collect();
    let (cube, level) = capped(cube(&all), Limits { name_bytes: 10_000, ..ROOMY });
    assert!(!level.is_lowest());
    assert!((2..=10).contains(&cube.len()), "{}", cube.len());
    assert!(cube.text_bytes() < 10_000);
}

#[test]
fn a_list_without_failed_sign_ins_is_no_list_of_those_who_failed() {
    let mut cube = Cube::default();
    for n in 0..50 {
        let user = cube.intern(&format!("user{n}"));
        let messages = Count::known(1);
        cube.add(
            Key { user, ..Key::default() },
            Counts { messages, failed_signins: Count::UNKNOWN, ..Counts::default() },
        );
    }
    let (same, level) = capped(cube.clone(), Limits { failed_rows: 0, ..ROOMY });
    assert_eq!((same.len(), level.is_lowest()), (50, true));
    let (sampled, level) = capped(cube, Limits { rows: 20, ..ROOMY });
    assert!(level > Level::at(6, 0) && level < Level::at(7, 0), "{level:?}: users who sent");
    let counts = |user: &str| {
        sampled.rows().find(|(key, _)| sampled.text(key.user) == user).map(|(_, counts)| *counts)
    };
    let other = counts(OTHER).unwrap();
    assert_eq!(other.messages, Count::known(50 - (sampled.len() as u64 - 1)));
    assert_eq!(other.failed_signins, Count::UNKNOWN);
}

#[test]
fn a_higher_level_does_to_what_a_lower_one_left_what_it_does_at_once() {
    let names: Vec<String> = (0..300).map(|n| format!("name{n}")).collect();
    let all: Vec<Line<'_>> = (0_i32..)
        .zip(&names)
        .map(|(n, name)| (name.as_str(), if n % 3 == 0 { "" } else { "192.0.2.7" }, n % 5, 1, 1))
        .collect();
    let full = cube(&all);
    let at = |level, cube: &Cube| {
        let mut cube = cube.clone();
        Cap::new(ROOMY, level).collapse(&mut cube, &[], 0);
        cube
    };
    let mut before = full.clone();
    for (rung, &(sides, dimension)) in LADDER.iter().enumerate() {
        let steps = Steps::of(&before, sides, dimension);
        let mut held_before = Held::by(&before);
        assert_eq!(steps.after(0), held_before, "rung {rung}");
        for step in 1..=STEPS {
            let level = Level::at(rung, step);
            let at_once = at(level, &full);
            assert!(lines(&at(level, &before)) == lines(&at_once), "{level:?}");
            let held = Held::by(&at_once);
            assert_eq!(steps.after(step), held, "{level:?}");
            assert!(
                held.rows <= held_before.rows && held.failed_rows <= held_before.failed_rows,
                "{level:?}"
            );
            assert!(held.name_bytes <= held_before.name_bytes, "{level:?}");
            // From the middle of the rung as from its beginning.
            assert_eq!(Steps::of(&at_once, sides, dimension).after(STEPS), steps.after(STEPS), "{level:?}");
            held_before = held;
        }
        before = at(Level::at(rung, STEPS), &before);
    }
}

#[test]
fn a_cube_is_relieved_as_it_grows_and_comes_to_the_same() {
    let limits = Limits { rows: 300, failed_rows: 100, name_bytes: 5000 };
    let names: Vec<String> = (0..5000).map(|n| format!("name{n}")).collect();
    let all: Vec<Line<'_>> =
        (0_u64..).zip(&names).map(|(n, name)| (name.as_str(), "", 1, n % 40 / 39, 1)).collect();
    let (at_once, level) = capped(cube(&all), limits);
    let mut cap = Cap::new(limits, Level::default());
    let mut grown = Cube::default();
    let mut most = 0;
    for &(user, ip, day, sessions, failed) in &all {
        let (key, counts) = {
            let line = cube(&[(user, ip, day, sessions, failed)]);
            let (key, counts) = line.rows().next().unwrap();
            (Key { user: grown.intern(user), ..*key }, *counts)
        };
        cap.add(&mut grown, key, counts);
        cap.relieve(&mut grown, std::iter::empty());
        most = most.max(grown.len());
    }
    let (grown, level_grown) = cap.finish(grown);
    assert_eq!((lines(&grown), level_grown), (lines(&at_once), level));
    // 125 that were used, 100 refused, and the slack.
    assert!(most <= 250, "{most} rows at a time");
}
