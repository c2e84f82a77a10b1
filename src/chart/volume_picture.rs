//! *Sending Volume* as a picture.

use super::look::{SWATCH_WIDTH, SeriesLook, has_marker};
use super::picture::{Caption, DrawSwatch, Frame, MARGIN, Picture, SMALL, WIDTH};
use super::sending_volume::{day_labels, series_name};
use super::svg::{Anchor, Svg, text_width};
use super::text::{ChartText, UniqueNames};
use super::theme::Theme;
use super::zoom::PlotArea;
use super::{Hidden, is_shown, volume_ticks};
use crate::report::{SendingVolume, VolumeSeries};
use std::fmt::Write as _;

const HEIGHT: f64 = 480.0;
/// Attributes of every axis label.
const LABEL: &str = "font-size=\"14\"";

/// The Sending Volume chart with what it needs to stand alone: title, days, legend, and labelled axes.
pub fn volume_picture(
    volume: &SendingVolume,
    hidden: &Hidden,
    caption: &Caption,
    text: &ChartText,
    theme: &Theme,
) -> Picture {
    let mut unique = UniqueNames::default();
    let mut names: Vec<String> = Vec::new();
    let mut shown: Vec<(SeriesLook, &VolumeSeries)> = Vec::new();
    for (at, series) in volume.series.iter().enumerate() {
        let name = unique.of(&series_name(series, text));
        if is_shown(hidden, at) {
            names.push(name);
            shown.push((SeriesLook::of(at, series.domain.is_none(), theme), series));
        }
    }
    let mut swatch = |svg: &mut Svg, at: usize, x: f64, y: f64| {
        if let Some((look, _)) = shown.get(at) {
            svg.line((x, y), (x + SWATCH_WIDTH, y), look.color.line, &stroke(*look));
            svg.path(&look.marker_path(x + SWATCH_WIDTH / 2.0, y, 5.0), look.color.line, "");
        }
    };
    let legend = (SWATCH_WIDTH, &mut swatch as DrawSwatch<'_>);
    let mut frame = Frame::new(caption, &text.summary, &names, legend, HEIGHT, theme);

    let ticks = volume_ticks(volume, hidden);
    let labels: Vec<(u64, String)> = ticks.values().map(|n| (n, text.numbers.count(n))).collect();
    let widest = labels.iter().map(|(_, label)| text_width(label, SMALL)).fold(0.0, f64::max);
    let area = PlotArea {
        left: MARGIN + widest + 12.0,
        right: WIDTH - MARGIN - 16.0,
        top: frame.top + 8.0,
        bottom: frame.top + HEIGHT - 28.0,
    };
    let y_of = |n: u64| area.bottom - (area.bottom - area.top) * n as f64 / ticks.max as f64;
    let svg = &mut frame.svg;
    for (n, label) in &labels {
        let y = y_of(*n);
        let (color, look) =
            if *n == 0 { (theme.axis_line, "") } else { (theme.grid_line, "stroke-dasharray=\"4 4\"") };
        svg.line((area.left, y), (area.right, y), color, look);
        svg.text((area.left - 10.0, y + 5.0), Anchor::End, theme.secondary_text, LABEL, label);
    }
    days(svg, volume, area, text, theme);
    let count = volume.days.len();
    let x_of =
        |day: usize| if count == 1 { f64::midpoint(area.left, area.right) } else { area.x_of(day, count) };
    for (look, series) in shown {
        let points: Vec<Option<(f64, f64)>> = series
            .messages
            .iter()
            .enumerate()
            .map(|(day, n)| n.map(|n| (x_of(day), y_of(n.min(ticks.max)))))
            .collect();
        draw_series(svg, &points, area.bottom, look);
    }
    frame.finish()
}

/// As many labels of days as there is room for.
fn days(svg: &mut Svg, volume: &SendingVolume, area: PlotArea, text: &ChartText, theme: &Theme) {
    let labels = day_labels(volume, text);
    let widest = labels.iter().map(|label| text_width(label, SMALL)).fold(1.0, f64::max) + 16.0;
    let room = (area.right - area.left) / widest;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most the number of days
    let each = (labels.len() as f64 / room.max(1.0)).ceil().max(1.0) as usize;
    for (day, label) in labels.iter().enumerate().step_by(each) {
        let x = if labels.len() == 1 {
            f64::midpoint(area.left, area.right)
        } else {
            area.x_of(day, labels.len())
        };
        svg.text((x, area.bottom + 22.0), Anchor::Middle, theme.secondary_text, LABEL, label);
    }
}

/// Area, line and markers, interrupted where a day has no logs.
fn draw_series(svg: &mut Svg, points: &[Option<(f64, f64)>], bottom: f64, look: SeriesLook) {
    let (mut areas, mut lines, mut markers) = (String::new(), String::new(), String::new());
    for (at, point) in points.iter().enumerate() {
        if let Some((x, y)) = point
            && has_marker(points, at)
        {
            markers.push_str(&look.marker_path(*x, *y, 4.0));
        }
    }
    for run in points.split(Option::is_none) {
        let run: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let mut line = String::new();
        for (at, (x, y)) in run.iter().enumerate() {
            // Writing to a String cannot fail.
            let _ = write!(line, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
        }
        let _ = write!(areas, "{line}L{:.1} {bottom:.1}L{:.1} {bottom:.1}z", last.0, first.0);
        lines.push_str(&line);
    }
    svg.path(&areas, look.color.fill, "fill-opacity=\"0.7\"");
    svg.path(&lines, "none", &format!("stroke=\"{}\" {}", look.color.line, stroke(look)));
    svg.path(&markers, look.color.line, "");
}

fn stroke(look: SeriesLook) -> String {
    match look.dash_array() {
        "" => "stroke-width=\"2\"".to_owned(),
        dashes => format!("stroke-width=\"2\" stroke-dasharray=\"{dashes}\""),
    }
}
