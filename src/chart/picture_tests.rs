//! Pictures for files: well-formed whatever a log holds, and complete.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::chart::tests::{series, volume};
use crate::model::Day;
use crate::model::TlsVersion::{NoTls, Tls12, Tls13};
use crate::report::{TlsBreakdown, TlsUsage};

/// Start tags, end tags and text of a document, in order; panics where it is not well-formed.
///
/// Enough of XML for what is written here: no comments, no CDATA, no processing instructions.
fn checked(svg: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg.trim_end();
    while let Some(tag) = rest.find('<') {
        let text = &rest[..tag];
        assert!(!text.contains('>'), "{text}");
        for entity in text.split('&').skip(1) {
            let name = entity.split(';').next().unwrap();
            assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "{entity}");
        }
        if !text.is_empty() {
            let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            texts.push(plain.replace("&#39;", "'").replace("&amp;", "&"));
        }
        let end = rest.find('>').unwrap();
        let tag = &rest[tag + 1..end];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        assert!(
            ["svg", "title", "desc", "rect", "path", "line", "text", "pattern"].contains(&name),
            "an element of ours: {tag}"
        );
        assert!(!tag.contains("style=") && !tag.contains(" on"), "{tag}");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        rest = &rest[end + 1..];
    }
    assert_eq!((open.len(), rest), (0, ""));
    texts
}

fn caption() -> Caption {
    Caption { title: "Sending Volume".into(), range: "Nov 14 – 17".into(), domain: None }
}

fn text() -> ChartText {
    ChartText {
        summary: "Messages <per> day.".into(),
        days: ["11/14", "11/15", "11/16", "11/17"].map(str::to_owned).to_vec(),
        other_domains: "Other domains".into(),
        no_domain: "(no domain)".into(),
        donut_total: "6,511".into(),
        donut_unit: "messages".into(),
        numbers: Numbers { decimal: ",".into(), group: ".".into(), percent: "%".into() },
        ..ChartText::default()
    }
}

fn breakdown(parts: &[(crate::model::TlsVersion, u64)]) -> TlsBreakdown {
    let mut tls = TlsBreakdown::default();
    for &(version, n) in parts {
        tls.add(version, n);
    }
    tls
}

#[test]
fn a_picture_of_volume_has_title_days_legend_and_grouped_numbers() {
    let volume = volume(vec![
        series(Some("contoso.com"), &[Some(7800), Some(6900), None, Some(3100)]),
        series(Some(""), &[Some(3), Some(0), None, Some(1)]),
        series(None, &[Some(20), Some(10), None, Some(0)]),
    ]);
    let picture = volume_picture(&volume, &[], &caption(), &text(), &Theme::LIGHT);
    assert_eq!(
        checked(&picture.svg),
        [
            "Sending Volume",
            "Messages <per> day.",
            "Sending Volume",
            "Nov 14 – 17",
            "contoso.com",
            "(no domain)",
            "Other domains",
            "0",
            "2.000",
            "4.000",
            "6.000",
            "8.000",
            "11/14",
            "11/15",
            "11/16",
            "11/17",
        ]
    );
    let hidden = volume_picture(&volume, &[true], &caption(), &text(), &Theme::LIGHT);
    assert!(!checked(&hidden.svg).contains(&"contoso.com".to_owned()));
}

#[test]
fn a_gap_parts_the_line_and_a_lone_day_has_its_marker() {
    let volume = volume(vec![series(Some("a.example"), &[Some(5), None, Some(5), Some(0)])]);
    let svg = volume_picture(&volume, &[], &caption(), &text(), &Theme::LIGHT).svg;
    let line = svg.split("fill=\"none\"").next().unwrap().rsplit("d=\"").next().unwrap();
    // Five of five at the top, zero at the bottom; the second day is missing.
    assert_eq!(line.matches('M').count(), 2);
    assert_eq!(line.matches('L').count(), 1);
}

#[test]
fn many_days_have_as_many_labels_as_fit() {
    let first = Day::parse_iso("2024-01-01").unwrap();
    let days: Vec<Day> = first.through(first.plus(999)).collect();
    let series = vec![series(Some("a.example"), &vec![Some(1); 1000])];
    let volume = SendingVolume { days, series };
    let svg = volume_picture(&volume, &[], &caption(), &text(), &Theme::LIGHT).svg;
    let labels = checked(&svg).iter().filter(|text| text.starts_with("202")).count();
    assert!((5..=15).contains(&labels), "{labels}");
}

#[test]
fn hostile_names_stay_text() {
    let long = "x".repeat(1_000_000);
    let names = [
        "</text><script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "a\u{0}\u{FFFF}\u{202E}b",
        "&amp;",
        &long,
    ];
    let all = names.iter().map(|name| series(Some(name), &[Some(1); 4])).collect();
    let caption = Caption { domain: Some(names[0].to_owned()), ..caption() };
    let svg = volume_picture(&volume(all), &[], &caption, &text(), &Theme::DARK).svg;
    let texts = checked(&svg);
    for shown in ["</text><script>alert(1)</script>", "\" onload=\"alert(1)", "a b", "&amp;"] {
        assert!(texts.iter().any(|text| text == shown), "{shown} in {texts:?}");
    }
    assert!(svg.len() < 20_000);
    let usage = TlsUsage {
        total: breakdown(&[(Tls12, 5)]),
        by_domain: names.iter().map(|name| ((*name).to_owned(), breakdown(&[(Tls12, 1)]))).collect(),
    };
    let picture = tls_picture(&usage, &[], &caption, &text(), &Theme::DARK);
    assert!(checked(&picture.svg).iter().any(|text| text == "</text><script>alert(1)</script>"));
}

#[test]
fn a_picture_of_tls_has_the_share_of_every_version_and_a_bar_for_every_domain() {
    let usage = TlsUsage {
        total: breakdown(&[(NoTls, 10), (Tls12, 1980), (Tls13, 10)]),
        by_domain: vec![
            ("contoso.com".into(), breakdown(&[(Tls12, 1980)])),
            ("fabrikam.com".into(), breakdown(&[(NoTls, 10), (Tls13, 10)])),
        ],
    };
    let texts = checked(&tls_picture(&usage, &[], &caption(), &text(), &Theme::LIGHT).svg);
    for shown in [
        "No TLS 0,50% (10)",
        "TLS 1.2 99,00% (1.980)",
        "TLS 1.3 0,50% (10)",
        "6,511",
        "messages",
        "contoso.com",
        "100%",
    ] {
        assert!(texts.iter().any(|text| text == shown), "{shown} in {texts:?}");
    }
    let hidden = checked(&tls_picture(&usage, &[NoTls], &caption(), &text(), &Theme::LIGHT).svg);
    assert!(!hidden.iter().any(|text| text.contains("No TLS")));
}

#[test]
fn a_single_version_is_a_whole_ring() {
    let usage = TlsUsage { total: breakdown(&[(Tls12, 5)]), by_domain: Vec::new() };
    let svg = tls_picture(&usage, &[], &caption(), &text(), &Theme::LIGHT).svg;
    // A large arc that ends beside where it began.
    assert!(svg.contains("A165 165 0 1 1 "));
    checked(&svg);
}

#[test]
fn empty_reports_are_pictures_too() {
    checked(&volume_picture(&SendingVolume::default(), &[], &caption(), &text(), &Theme::LIGHT).svg);
    checked(&tls_picture(&TlsUsage::default(), &[], &caption(), &text(), &Theme::LIGHT).svg);
}
