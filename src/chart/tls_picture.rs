//! *TLS Usage* as a picture: the donut, and the bars by sender domain beside it.

use super::pattern::{Pattern, TILE};
use super::picture::{Caption, DrawSwatch, Frame, MARGIN, Picture, SMALL, WIDTH};
use super::svg::{Anchor, Svg, text_width};
use super::text::{ChartText, UniqueNames, drawable};
use super::theme::Theme;
use super::tls::{MAX_BARS, shown_versions};
use crate::model::TlsVersion;
use crate::report::{TlsBreakdown, TlsUsage};
use std::f64::consts::TAU;

const HEIGHT: f64 = 440.0;
const SWATCH: f64 = 16.0;
const RADIUS: f64 = 165.0;
const HOLE: f64 = 100.0;
/// The longest share of the width that names of domains take, in pixels.
const NAMES_WIDTH: f64 = 260.0;
/// Attributes of every label.
const LABEL: &str = "font-size=\"14\"";

/// Both TLS Usage charts with what they need to stand alone: title, days, and the share of each version.
pub fn tls_picture(
    usage: &TlsUsage,
    hidden: &[TlsVersion],
    caption: &Caption,
    text: &ChartText,
    theme: &Theme,
) -> Picture {
    let tls = &usage.total;
    let versions: Vec<TlsVersion> = tls.present().map(|(v, _)| v).filter(|v| !hidden.contains(v)).collect();
    let names: Vec<String> = versions
        .iter()
        .map(|&version| {
            let share = text.numbers.share(tls.share(version));
            format!("{} {share} ({})", text.tls_name(version), text.numbers.count(tls.get(version)))
        })
        .collect();
    let mut swatch = |svg: &mut Svg, at: usize, x: f64, y: f64| {
        if let Some(&version) = versions.get(at) {
            bar(svg, (x, y - SWATCH / 2.0), SWATCH, SWATCH, version, theme);
        }
    };
    let legend = (SWATCH, &mut swatch as DrawSwatch<'_>);
    let mut frame = Frame::new(caption, &text.summary, &names, legend, HEIGHT, theme);
    let svg = &mut frame.svg;
    for version in TlsVersion::ALL {
        let tile = Pattern::of(version).tile();
        if !tile.is_empty() {
            svg.pattern(&pattern_id(version), TILE, tile, theme.pattern);
        }
    }
    let bars = &usage.by_domain[..usage.by_domain.len().min(MAX_BARS)];
    let several = bars.len() > 1;
    let center = (if several { MARGIN + 220.0 } else { WIDTH / 2.0 }, frame.top + HEIGHT / 2.0);
    donut(svg, tls, &versions, center, text, theme);
    if several {
        by_domain(svg, bars, hidden, frame.top, text, theme);
    }
    frame.finish()
}

fn donut(
    svg: &mut Svg,
    tls: &TlsBreakdown,
    versions: &[TlsVersion],
    center: (f64, f64),
    text: &ChartText,
    theme: &Theme,
) {
    let mut from = 0.0;
    for (version, _) in tls.present() {
        let share = tls.share(version);
        let to = from + share;
        if versions.contains(&version) {
            let ring = ring(center, from, to);
            let edge = format!("stroke=\"{}\" stroke-width=\"2\"", theme.background);
            svg.path(&ring, theme.tls_color(version), &edge);
            patterned(svg, &ring, version);
            // Where it is too thin for a label, the legend has the share anyway.
            if share >= 0.04 {
                let (x, y) = on_circle(center, RADIUS + 14.0, f64::midpoint(from, to));
                let anchor = if x < center.0 { Anchor::End } else { Anchor::Start };
                svg.text((x, y + 5.0), anchor, theme.text, LABEL, &text.tls_name(version));
            }
        }
        from = to;
    }
    let (x, y) = center;
    let total = drawable(&text.donut_total);
    svg.text((x, y + 4.0), Anchor::Middle, theme.text, "font-size=\"26\" font-weight=\"600\"", &total);
    svg.text((x, y + 28.0), Anchor::Middle, theme.secondary_text, LABEL, &drawable(&text.donut_unit));
}

fn by_domain(
    svg: &mut Svg,
    bars: &[(String, TlsBreakdown)],
    hidden: &[TlsVersion],
    top: f64,
    text: &ChartText,
    theme: &Theme,
) {
    let mut unique = UniqueNames::default();
    let names: Vec<String> = bars.iter().map(|(domain, _)| unique.of(&text.domain_name(domain))).collect();
    let widest = names.iter().map(|name| text_width(name, SMALL)).fold(0.0, f64::max).min(NAMES_WIDTH);
    let (left, right) = (520.0 + widest, WIDTH - MARGIN - 24.0);
    let bottom = top + HEIGHT - 28.0;
    for percent in [0_u8, 20, 40, 60, 80, 100] {
        let x = left + (right - left) * f64::from(percent) / 100.0;
        svg.line((x, top), (x, bottom), theme.grid_line, "stroke-dasharray=\"4 4\"");
        let label = format!("{percent}{}", text.numbers.percent);
        svg.text((x, bottom + 22.0), Anchor::Middle, theme.secondary_text, LABEL, &label);
    }
    let row = (bottom - top) / bars.len().max(1) as f64;
    let thick = (row * 0.6).min(48.0);
    let versions = shown_versions(bars, hidden);
    for (at, ((_, tls), name)) in bars.iter().zip(&names).enumerate() {
        let middle = top + row * (at as f64 + 0.5);
        svg.text((left - 10.0, middle + 5.0), Anchor::End, theme.secondary_text, LABEL, name);
        let mut x = left;
        for &version in &versions {
            let width = (right - left) * tls.share(version);
            if width > 0.0 {
                bar(svg, (x, middle - thick / 2.0), width, thick, version, theme);
            }
            x += width;
        }
    }
    svg.line((left, top), (left, bottom), theme.axis_line, "");
}

/// A rectangle in a version's colour and pattern.
fn bar(svg: &mut Svg, place: (f64, f64), width: f64, height: f64, version: TlsVersion, theme: &Theme) {
    svg.rect(place, width, height, theme.tls_color(version));
    if !Pattern::of(version).tile().is_empty() {
        svg.rect(place, width, height, &format!("url(#{})", pattern_id(version)));
    }
}

fn patterned(svg: &mut Svg, path: &str, version: TlsVersion) {
    if !Pattern::of(version).tile().is_empty() {
        svg.path(path, &format!("url(#{})", pattern_id(version)), "");
    }
}

fn pattern_id(version: TlsVersion) -> String {
    format!("pattern-{}", version as usize)
}

/// A part of the ring, from a share of the whole to another, clockwise from the top.
fn ring(center: (f64, f64), from: f64, to: f64) -> String {
    // An arc that ends where it began is none; a hair less looks whole.
    let to = to.min(from + 0.99999);
    let large = u8::from(to - from > 0.5);
    let (a, b) = (on_circle(center, RADIUS, from), on_circle(center, RADIUS, to));
    let (c, d) = (on_circle(center, HOLE, to), on_circle(center, HOLE, from));
    format!(
        "M{:.2} {:.2}A{RADIUS} {RADIUS} 0 {large} 1 {:.2} {:.2}L{:.2} {:.2}A{HOLE} {HOLE} 0 {large} 0 {:.2} {:.2}z",
        a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1
    )
}

/// A point on a circle, at a share of the whole clockwise from the top.
fn on_circle((x, y): (f64, f64), radius: f64, share: f64) -> (f64, f64) {
    let (sin, cos) = (share * TAU).sin_cos();
    (x + radius * sin, y - radius * cos)
}
