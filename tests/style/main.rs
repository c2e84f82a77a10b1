//! The look: that it is written in `style/tokens.css` and nowhere else, that every colour can be read on what it stands
//! on, and that charts are told apart without seeing all colours.

#![allow(clippy::expect_used, clippy::panic)]

mod color;
mod sheet;

use color::{Rgb, Sight, contrast, difference};
use sheet::{Sheet, breakpoints, project_file, sheets, tokens, used_in_code, words};
use smtp_auth_report::chart::Theme;
use std::collections::{BTreeMap, BTreeSet};

/// No sheet is longer: one component, one file.
const LONGEST_SHEET: usize = 250;

/// Text that is not large (WCAG 2.2, 1.4.3).
const TEXT: f64 = 4.5;
/// Large text, icons, edges of controls, focus, lines and slices of charts (1.4.3, 1.4.11).
const GRAPHIC: f64 = 3.0;

/// What stands on what: a colour, its grounds, the least contrast.
const PAIRS: &[(&str, &[&str], f64)] = &[
    (
        "text",
        &["page", "nav", "surface", "surface-2", "surface-hover", "surface-pressed", "brand-tint"],
        TEXT,
    ),
    ("text", &["info-tint", "success-tint", "warning-tint", "danger-tint", "chart-tooltip"], TEXT),
    (
        "text-2",
        &["page", "nav", "surface", "surface-2", "surface-hover", "brand-tint", "chart-tooltip"],
        TEXT,
    ),
    ("link", &["page", "surface", "surface-2", "surface-hover", "brand-tint"], TEXT),
    ("link", &["info-tint", "success-tint", "warning-tint", "danger-tint"], TEXT),
    ("danger", &["surface", "surface-hover", "danger-tint"], TEXT),
    ("warning", &["surface", "surface-2", "warning-tint"], TEXT),
    ("success", &["success-tint"], TEXT),
    ("mark", &["mark-tint"], TEXT),
    ("on-brand", &["brand", "brand-hover", "brand-pressed"], TEXT),
    ("on-top", &["top", "top-hover"], TEXT),
    ("on-top-button", &["top-button", "top-button-hover"], TEXT),
    ("on-dialog-head", &["dialog-head"], TEXT),
    ("orange", &["surface", "surface-hover"], GRAPHIC),
    ("brand", &["page", "nav", "surface", "surface-2", "surface-hover", "brand-tint"], GRAPHIC),
    ("line-control", &["page", "surface", "surface-2"], GRAPHIC),
    ("danger-line", &["surface", "danger-tint"], GRAPHIC),
    ("top-line", &["top"], GRAPHIC),
    ("chart-axis", &["surface"], GRAPHIC),
];

/// Grounds on which something can have the focus. Of its two rings one has to be seen.
const FOCUSED_ON: [&str; 8] =
    ["page", "nav", "surface", "surface-2", "surface-hover", "brand", "brand-tint", "danger-tint"];

/// Colours of TLS versions, as `TlsVersion::ALL` has them.
const TLS: [&str; 8] =
    ["tls-none", "tls-ssl2", "tls-ssl3", "tls-10", "tls-11", "tls-12", "tls-13", "tls-unknown"];

/// Least difference of neighbours: 100 times the distance in `OKLab`. Black and white have 100, two shades that are
/// just told apart 2.
const NEIGHBOURS: f64 = 7.5;
/// The same between any two of the versions that logs of today have.
const USUAL: f64 = 9.5;

/// Light and dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Light,
    Dark,
}

const SCHEMES: [Scheme; 2] = [Scheme::Light, Scheme::Dark];

/// The colours of a scheme by token, as they are for most readers or for those who prefer more contrast.
fn colors(scheme: Scheme, more: bool) -> BTreeMap<String, Rgb> {
    let mut declared = tokens(None);
    if more {
        declared.extend(tokens(Some("prefers-contrast: more")));
    }
    let color = |value: &str| {
        let inside = value.strip_prefix("light-dark(")?.strip_suffix(')')?;
        // Of `rgb(0 0 0 / 12%), …` only the comma outside of brackets parts the two.
        let (light, dark) = match inside.find("), ") {
            Some(at) => inside.split_at(at + 1),
            None => inside.split_once(", ").map(|(light, _)| inside.split_at(light.len()))?,
        };
        let chosen = match scheme {
            Scheme::Light => light,
            Scheme::Dark => dark.trim_start_matches(", "),
        };
        Rgb::parse(chosen)
    };
    declared.iter().filter_map(|(name, value)| Some((name.clone(), color(value)?))).collect()
}

/// A failing test that tells all that is wrong at once.
fn expect_none(what: &str, found: &BTreeSet<String>) {
    let list = found.iter().map(String::as_str).collect::<Vec<_>>().join("\n  ");
    assert!(found.is_empty(), "{what}:\n  {list}");
}

#[test]
fn every_value_of_the_look_is_a_token() {
    let mut found = BTreeSet::new();
    for Sheet { name, declarations, .. } in sheets().iter().filter(|sheet| sheet.name != "tokens.css") {
        for declaration in declarations {
            if let Some(why) = declaration.literal() {
                found.insert(format!(
                    "{name}: {} {{ {}: {} }}: {why}",
                    declaration.within.last().map_or("", String::as_str),
                    declaration.property,
                    declaration.value
                ));
            }
        }
    }
    expect_none("Written outside of tokens.css", &found);
}

#[test]
fn the_layout_changes_at_the_documented_widths_only() {
    let known = breakpoints();
    assert!(!known.is_empty(), "tokens.css documents no breakpoint");
    let mut found = BTreeSet::new();
    for sheet in sheets() {
        for query in sheet.declarations.iter().flat_map(|d| &d.within).filter(|w| w.starts_with("@media")) {
            for word in words(query).filter(|word| word.ends_with("rem") || word.ends_with("px")) {
                // `50.01rem` is what is not within `50rem`.
                let edge = word.replace(".01rem", "rem");
                if !known.contains(&edge) {
                    found.insert(format!("{}: {query}", sheet.name));
                }
            }
        }
    }
    expect_none("Not a breakpoint of tokens.css", &found);
}

#[test]
fn every_custom_property_in_use_is_defined() {
    let sheets = sheets();
    let mut defined: BTreeSet<String> = sheets.iter().flat_map(Sheet::defined).collect();
    defined.extend(used_in_code("\"--"));
    let mut used: BTreeMap<String, String> =
        used_in_code("var(--").into_iter().map(|name| (name, "src".to_owned())).collect();
    for sheet in &sheets {
        used.extend(sheet.used().map(|name| (name, sheet.name.clone())));
    }
    let unknown = used.into_iter().filter(|(name, _)| !defined.contains(name));
    expect_none("Unknown custom properties", &unknown.map(|(name, at)| format!("{at}: --{name}")).collect());
}

#[test]
fn every_custom_property_is_in_use() {
    let sheets = sheets();
    let mut used: BTreeSet<String> = sheets.iter().flat_map(Sheet::used).collect();
    used.extend(used_in_code("var(--"));
    used.extend(theme(&Theme::LIGHT).into_keys());
    let unused = sheets.iter().flat_map(|sheet| {
        let unused = sheet.defined().filter(|name| !used.contains(name)).collect::<Vec<_>>();
        unused.into_iter().map(|name| format!("{}: --{name}", sheet.name))
    });
    expect_none("Custom properties without a use", &unused.collect());
}

#[test]
fn every_sheet_is_linked_and_of_readable_length() {
    let page = project_file("index.html");
    let linked: BTreeSet<String> = page
        .split("rel=\"css\" href=\"style/")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .collect();
    let sheets = sheets();
    assert_eq!(linked, sheets.iter().map(|sheet| sheet.name.clone()).collect());
    let long = sheets.iter().filter(|sheet| sheet.lines > LONGEST_SHEET);
    expect_none("Too long", &long.map(|sheet| format!("{}: {} lines", sheet.name, sheet.lines)).collect());
}

#[test]
fn every_colour_can_be_read_on_its_grounds() {
    let mut found = BTreeSet::new();
    for (scheme, more) in SCHEMES.into_iter().flat_map(|scheme| [(scheme, false), (scheme, true)]) {
        let colors = colors(scheme, more);
        let mut check = |of: &str, on: &str, least: f64| {
            let measured = contrast(colors[of], colors[on]);
            if measured < least {
                found.insert(format!("{scheme:?}, more: {more}: {of} on {on} {measured:.2}, not {least}"));
            }
        };
        for &(of, grounds, least) in PAIRS {
            // Who asks for more contrast gets the level AAA where text is concerned.
            let least = if more && of.starts_with("text") { 7.0 } else { least };
            for on in grounds {
                check(of, on, least);
            }
        }
        for of in TLS.into_iter().map(str::to_owned).chain((1..=9).map(|i| format!("chart-line-{i}"))) {
            check(&of, "surface", GRAPHIC);
        }
        check("chart-line-rest", "surface", GRAPHIC);
        for on in FOCUSED_ON {
            let ring = |of: &str| contrast(colors[of], colors[on]);
            if ring("focus").max(ring("focus-halo")) < GRAPHIC {
                found.insert(format!("{scheme:?}: no ring of the focus is seen on {on}"));
            }
        }
    }
    expect_none("Too little contrast", &found);
}

/// The colours of a chart, under the names of their tokens.
fn theme(theme: &Theme) -> BTreeMap<String, &'static str> {
    let mut named = BTreeMap::from([
        ("surface".to_owned(), theme.background),
        ("text".to_owned(), theme.text),
        ("text-2".to_owned(), theme.secondary_text),
        ("chart-grid".to_owned(), theme.grid_line),
        ("chart-axis".to_owned(), theme.axis_line),
        ("chart-inactive".to_owned(), theme.inactive),
        ("chart-tooltip".to_owned(), theme.tooltip_background),
        ("chart-tooltip-line".to_owned(), theme.tooltip_border),
        ("chart-line-rest".to_owned(), theme.rest.line),
        ("chart-area-rest".to_owned(), theme.rest.fill),
        ("chart-pattern".to_owned(), theme.pattern),
    ]);
    for (i, series) in theme.series.iter().enumerate() {
        named.insert(format!("chart-line-{}", i + 1), series.line);
        named.insert(format!("chart-area-{}", i + 1), series.fill);
    }
    named.extend(TLS.into_iter().map(str::to_owned).zip(theme.tls));
    named
}

#[test]
fn charts_have_the_colours_of_the_tokens() {
    for (scheme, chart) in [(Scheme::Light, Theme::LIGHT), (Scheme::Dark, Theme::DARK)] {
        let tokens = colors(scheme, false);
        for (name, color) in theme(&chart) {
            assert_eq!(Rgb::parse(color), tokens.get(&name).copied(), "{scheme:?} {name}");
        }
    }
}

#[test]
fn neighbours_in_a_chart_differ_for_every_kind_of_sight() {
    let mut found = BTreeSet::new();
    for scheme in SCHEMES {
        let colors = colors(scheme, false);
        let mut check = |a: &str, b: &str, least: f64| {
            for sight in Sight::ALL {
                let measured = difference(colors[a], colors[b], sight);
                if measured < least {
                    found.insert(format!("{scheme:?} {sight:?}: {a} and {b} {measured:.1}, not {least}"));
                }
            }
        };
        TLS.windows(2).for_each(|pair| check(pair[0], pair[1], NEIGHBOURS));
        let usual = TLS.into_iter().filter(|name| !name.starts_with("tls-ssl")).collect::<Vec<_>>();
        for (i, a) in usual.iter().enumerate() {
            usual[i + 1..].iter().for_each(|b| check(a, b, USUAL));
        }
        let series: Vec<_> = (1..=9).map(|i| format!("chart-line-{i}")).collect();
        series.windows(2).for_each(|pair| check(&pair[0], &pair[1], NEIGHBOURS));
        // The rest follows the last one, and the legend's first may be drawn beside it.
        check(&series[8], "chart-line-rest", NEIGHBOURS);
        check(&series[0], "chart-line-rest", NEIGHBOURS);
    }
    expect_none("Too alike", &found);
}
