//! Options against snapshots in `tests/snapshots` (`UPDATE_SNAPSHOTS=1` rewrites them: read the difference before it
//! is committed), and the rules no snapshot tells.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::model::Day;
use crate::model::TlsVersion::{self, NoTls, Tls10, Tls11, Tls12, Tls13, Unknown};
use crate::report::{SendingVolume, TlsBreakdown, VolumeSeries};
use serde_json::Value;
use std::path::Path;

fn matches_snapshot(name: &str, option: &str) {
    let option: Value = serde_json::from_str(option).unwrap();
    let found = format!("{}\n", serde_json::to_string_pretty(&option).unwrap());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.json"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(found == expected, "{} differs; found:\n{found}", path.display());
}

fn text() -> ChartText {
    ChartText {
        summary: "Messages per day and sender domain.".to_owned(),
        days: ["11/14", "11/15", "11/16", "11/17"].map(str::to_owned).to_vec(),
        other_domains: "Other domains".to_owned(),
        total: "Total".to_owned(),
        no_domain: "(no sender)".to_owned(),
        donut_total: "6,511".to_owned(),
        donut_unit: "messages".to_owned(),
        ..ChartText::default()
    }
}

fn breakdown(parts: &[(TlsVersion, u64)]) -> TlsBreakdown {
    let mut tls = TlsBreakdown::default();
    for &(version, n) in parts {
        tls.add(version, n);
    }
    tls
}

pub(super) fn series(domain: Option<&str>, messages: &[Option<u64>]) -> VolumeSeries {
    VolumeSeries {
        domain: domain.map(str::to_owned),
        messages: messages.to_vec(),
        total: messages.iter().flatten().sum(),
    }
}

pub(super) fn volume(series: Vec<VolumeSeries>) -> SendingVolume {
    let first = Day::parse_iso("2026-11-14").unwrap();
    SendingVolume { days: first.through(first.plus(3)).collect(), series }
}

fn some_volume() -> SendingVolume {
    volume(vec![
        series(Some("contoso.com"), &[Some(780), Some(690), None, Some(310)]),
        series(Some("marketing.contoso.com"), &[Some(0), Some(688), None, Some(305)]),
        series(Some(""), &[Some(3), Some(0), None, Some(1)]),
        series(None, &[Some(20), Some(10), None, Some(0)]),
    ])
}

fn option(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn sending_volume_snapshots() {
    matches_snapshot("sending-volume-light", &sending_volume(&some_volume(), &[], &text(), &Theme::LIGHT));
    matches_snapshot("sending-volume-dark", &sending_volume(&some_volume(), &[], &text(), &Theme::DARK));
}

#[test]
fn tls_snapshots() {
    let tls = breakdown(&[(NoTls, 10), (Tls10, 228), (Tls11, 0), (Tls12, 6272), (Unknown, 1)]);
    matches_snapshot("tls-donut-light", &tls_donut(&tls, &[], &text(), &Theme::LIGHT));
    let domains = [
        ("contoso.com".to_owned(), breakdown(&[(Tls10, 228), (Tls12, 6000)])),
        ("fabrikam.com".to_owned(), breakdown(&[(NoTls, 10), (Tls12, 272)])),
        (String::new(), breakdown(&[(Unknown, 1)])),
    ];
    matches_snapshot("tls-by-domain-dark", &tls_by_domain(&domains, &[], &text(), &Theme::DARK));
}

#[test]
fn days_without_logs_are_gaps_that_are_not_bridged_and_every_day_has_its_marker() {
    let option = option(&sending_volume(&some_volume(), &[], &text(), &Theme::LIGHT));
    let series = option["series"].as_array().unwrap();
    for series in series {
        assert_eq!(series["data"][2], Value::Null);
        assert_eq!(series["data"].as_array().unwrap().len(), 4);
    }
    for series in &series[..4] {
        assert_eq!(series["connectNulls"], false);
        assert_eq!(series["showSymbol"], true);
        assert_eq!(series["showAllSymbol"], true);
    }
}

#[test]
fn of_many_days_some_have_markers_and_lone_ones_all() {
    let mut messages = vec![Some(1); 90];
    (messages[40], messages[42]) = (None, None);
    let marked = |messages: &[Option<u64>]| -> Vec<usize> {
        let volume = volume(vec![series(Some("a.example"), messages)]);
        let option = option(&sending_volume(&volume, &[], &text(), &Theme::LIGHT));
        let days = option["series"][0]["data"].as_array().unwrap();
        assert_eq!(days.len(), messages.len());
        days.iter().enumerate().filter(|(_, day)| day.is_number()).map(|(at, _)| at).collect()
    };
    let mut expected: Vec<usize> = (0..90).step_by(3).chain([41]).collect();
    expected.sort_unstable();
    expected.retain(|at| messages[*at].is_some());
    assert_eq!(marked(&messages), expected);
    assert_eq!(marked(&vec![Some(1); 31]).len(), 31);
}

#[test]
fn the_tooltip_has_the_total_of_the_series_that_are_shown() {
    let json = |hidden: &[bool]| option(&sending_volume(&some_volume(), hidden, &text(), &Theme::LIGHT));
    let all = json(&[]);
    assert_eq!(all["series"][4]["name"], "Total");
    assert_eq!(all["series"][4]["data"], serde_json::json!([803, 1388, null, 616]));
    assert_eq!(all["tooltip"]["order"], "valueDesc");
    let some = json(&[true, false, true]);
    assert_eq!(some["series"][2]["data"], serde_json::json!([20, 698, null, 305]));
    // One series is its own total.
    assert_eq!(json(&[true, true, true])["series"].as_array().unwrap().len(), 1);
}

#[test]
fn hidden_series_leave_the_chart_and_the_others_keep_their_looks_while_the_axis_follows() {
    let all = option(&sending_volume(&some_volume(), &[], &text(), &Theme::LIGHT));
    let some = option(&sending_volume(&some_volume(), &[true], &text(), &Theme::LIGHT));
    assert_eq!((&some["series"][0], &some["series"][2]), (&all["series"][1], &all["series"][3]));
    assert_eq!((&all["yAxis"]["max"], &all["yAxis"]["interval"]), (&800.into(), &200.into()));
    assert_eq!((&some["yAxis"]["max"], &some["yAxis"]["interval"]), (&800.into(), &200.into()));
    let last = option(&sending_volume(&some_volume(), &[true, true], &text(), &Theme::LIGHT));
    assert_eq!((&last["yAxis"]["max"], &last["yAxis"]["interval"]), (&20.into(), &5.into()));
}

#[test]
fn a_hidden_version_leaves_its_place_in_the_donut_empty() {
    let tls = breakdown(&[(Tls10, 228), (Tls12, 6272)]);
    let option = option(&tls_donut(&tls, &[Tls10], &text(), &Theme::LIGHT));
    let data = &option["series"][0]["data"];
    assert_eq!((&data[0]["name"], &data[0]["value"]), (&"TLS 1.2".into(), &6272.into()));
    assert_eq!(data[0]["label"]["formatter"], "TLS 1.2: 96.49 %");
    assert_eq!((&data[1]["value"], &data[1]["itemStyle"]["color"]), (&228.into(), &"transparent".into()));
    assert_eq!(option["aria"]["decal"]["decals"].as_array().unwrap().len(), 2);
}

#[test]
fn every_version_has_a_pattern_of_its_own() {
    let mut tiles: Vec<&str> = TlsVersion::ALL.map(|version| Pattern::of(version).tile()).to_vec();
    let mut decals: Vec<String> = TlsVersion::ALL.map(|v| Pattern::of(v).decal("#fff").to_string()).to_vec();
    tiles.sort_unstable();
    tiles.dedup();
    decals.sort();
    decals.dedup();
    assert_eq!((tiles.len(), decals.len()), (TlsVersion::ALL.len(), TlsVersion::ALL.len()));
}

#[test]
fn ten_series_differ_without_colour() {
    let names: Vec<String> = (0..9).map(|i| format!("d{i}.example")).collect();
    let mut all: Vec<VolumeSeries> = names.iter().map(|name| series(Some(name), &[Some(1); 4])).collect();
    all.push(series(None, &[Some(1); 4]));
    let option = option(&sending_volume(&volume(all), &[], &text(), &Theme::LIGHT));
    let mut looks: Vec<(String, String)> = Vec::new();
    for series in &option["series"].as_array().unwrap()[..10] {
        looks.push((series["symbol"].to_string(), series["lineStyle"]["type"].to_string()));
    }
    looks.sort();
    looks.dedup();
    assert_eq!(looks.len(), 10);
}

#[test]
fn hostile_domains_are_inert() {
    let hostile = [
        "<img src=x onerror=alert(1)>",
        "{a|b}{b}{c}",
        "x\ny",
        "gpj.\u{202e}moc",
        "gpj.moc",
        &"a".repeat(1_000_000),
        "\u{200b}",
    ];
    let all = hostile.iter().map(|domain| series(Some(domain), &[Some(1); 4])).collect();
    let names = |json: &str| -> Vec<String> {
        let option = option(json);
        let series = option["series"].as_array().unwrap();
        series.iter().map(|series| series["name"].as_str().unwrap().to_owned()).collect()
    };
    let json = sending_volume(&volume(all), &[], &text(), &Theme::LIGHT);
    assert!(json.len() < 20_000);
    assert_eq!(
        names(&json),
        [
            // Drawn on a canvas, so HTML is just text.
            "<img src=x onerror=alert(1)>",
            "｛a|b｝｛b｝｛c｝",
            "x y",
            "gpj.moc",
            "gpj.moc (2)",
            "aaaaaaaaaaaaaaaaaaaa…aaaaaaaaaaaaaaaaaaa",
            "(no sender)",
            "Total",
        ]
    );
    let bars: Vec<_> = hostile.iter().map(|d| ((*d).to_owned(), breakdown(&[(Tls12, 1)]))).collect();
    let json = tls_by_domain(&bars, &[], &text(), &Theme::LIGHT);
    // Braces are left only where they are ours.
    assert_eq!(option(&json)["yAxis"]["data"][1], "｛a|b｝｛b｝｛c｝");
    assert_eq!(
        option(&json)["series"][0]["data"][1]["tooltip"]["formatter"],
        "｛a|b｝｛b｝｛c｝\nTLS 1.2: 100.00 % (1)"
    );
}

#[test]
fn nothing_in_an_option_is_html_or_script() {
    let tls = breakdown(&[(Tls12, 1)]);
    for json in [
        sending_volume(&some_volume(), &[], &text(), &Theme::LIGHT),
        tls_donut(&tls, &[], &text(), &Theme::LIGHT),
        tls_by_domain(&[("x.com".to_owned(), tls)], &[], &text(), &Theme::LIGHT),
    ] {
        assert_eq!(option(&json)["tooltip"]["renderMode"], "richText");
        assert!(!json.contains("function"), "{json}");
    }
}

#[test]
fn the_answer_stands_at_once() {
    let tls = breakdown(&[(Tls13, 1)]);
    for json in [
        sending_volume(&some_volume(), &[], &text(), &Theme::LIGHT),
        tls_donut(&tls, &[], &text(), &Theme::LIGHT),
        tls_by_domain(&[("x.com".to_owned(), tls)], &[], &text(), &Theme::LIGHT),
    ] {
        assert_eq!(option(&json)["animation"], false);
    }
}

#[test]
fn the_thirteenth_domain_has_no_bar() {
    let domains: Vec<_> = (0..13).map(|i| (format!("d{i}.example"), breakdown(&[(Tls13, 1)]))).collect();
    let option = option(&tls_by_domain(&domains, &[], &text(), &Theme::LIGHT));
    assert_eq!(option["yAxis"]["data"].as_array().unwrap().len(), 12);
    assert_eq!(option["series"].as_array().unwrap().len(), 1);
}

#[test]
fn empty_reports_are_options_too() {
    for json in [
        sending_volume(&SendingVolume::default(), &[], &text(), &Theme::LIGHT),
        tls_donut(&TlsBreakdown::default(), &[], &text(), &Theme::LIGHT),
        tls_by_domain(&[], &[], &text(), &Theme::LIGHT),
    ] {
        assert!(option(&json).is_object());
    }
}

#[test]
fn days_without_a_label_of_their_own_are_labelled_by_date() {
    let short = ChartText { days: vec!["Nov 14".to_owned()], ..text() };
    let option = option(&sending_volume(&some_volume(), &[], &short, &Theme::LIGHT));
    assert_eq!(option["xAxis"]["data"][0], "Nov 14");
    assert_eq!(option["xAxis"]["data"][3], "2026-11-17");
}

#[test]
fn numbers_are_written_as_the_language_has_it() {
    let english = Numbers::default();
    let dutch = Numbers { decimal: ",".into(), group: ".".into(), percent: "%".into() };
    for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
        assert_eq!(english.count(n), text);
    }
    assert_eq!(dutch.count(6272), "6.272");
    assert_eq!(english.share(0.0365), "3.65 %");
    assert_eq!(dutch.share(0.9635), "96,35%");
    assert_eq!(english.share(0.0), "0.00 %");
    assert_eq!(english.share(1.0), "100.00 %");
    // One message of a million is not none, and all but one is not all.
    assert_eq!(english.share(0.000_001), "0.01 %");
    assert_eq!(english.share(0.999_999), "99.99 %");
}

/// Relative luminance of `#rrggbb`, as WCAG defines it.
fn luminance(color: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn colours_stand_out() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    for (name, theme) in [("light", Theme::LIGHT), ("dark", Theme::DARK)] {
        let lines = theme.series.iter().map(|color| color.line);
        for color in lines.chain([theme.rest.line]).chain(theme.tls) {
            let contrast = contrast(color, theme.background);
            assert!(contrast >= 3.0, "{name}: {color} has {contrast:.2}");
        }
        for (color, background) in [
            (theme.text, theme.background),
            (theme.secondary_text, theme.background),
            (theme.text, theme.tooltip_background),
        ] {
            let contrast = contrast(color, background);
            assert!(contrast >= 4.5, "{name}: {color} has {contrast:.2}");
        }
    }
}

#[test]
fn old_versions_are_warm_and_secure_ones_are_not() {
    for theme in [Theme::LIGHT, Theme::DARK] {
        let red_over_green = |version| {
            let color = theme.tls_color(version);
            let part = |at: usize| i32::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap());
            part(1) - part(3)
        };
        for version in TlsVersion::ALL {
            match version {
                Tls12 | Tls13 => assert!(red_over_green(version) < 0, "{version}"),
                // A grey with a touch of blue.
                Unknown => assert!(red_over_green(version).abs() <= 5, "{version}"),
                _ => assert!(red_over_green(version) > 20, "{version}"),
            }
        }
    }
}
