//! *Sending Volume*: messages per sender domain and day, as filled areas.

use super::look::{SeriesLook, has_marker};
use super::option::{category_axis, grid, option, value_axis};
use super::text::{ChartText, UniqueNames, drawable};
use super::theme::Theme;
use super::{Hidden, is_shown, volume_ticks};
use crate::report::{SendingVolume, VolumeSeries};
use serde_json::{Value, json};

/// The option of the Sending Volume chart.
///
/// Series differ by colour, marker and, from the fifth on, by the dashes of their line; they keep all of it while
/// others are hidden. Days without logs are gaps.
pub fn sending_volume(volume: &SendingVolume, hidden: &Hidden, text: &ChartText, theme: &Theme) -> String {
    let ticks = volume_ticks(volume, hidden);
    let mut option = option(theme, &text.summary, "axis");
    // The day's biggest senders first.
    option["tooltip"]["order"] = json!("valueDesc");
    option["tooltip"]["axisPointer"] =
        json!({ "type": "line", "lineStyle": { "color": theme.axis_line, "type": "dashed" } });
    option["grid"] = grid(16, 24);
    option["xAxis"] = category_axis(theme, &day_labels(volume, text));
    // A single day stands in the middle, not on the axis.
    option["xAxis"]["boundaryGap"] = json!(volume.days.len() == 1);
    option["xAxis"]["axisLabel"]["hideOverlap"] = json!(true);
    option["yAxis"] = value_axis(theme, ticks.max, ticks.step);

    let mut names = UniqueNames::default();
    let mut drawn: Vec<Value> = Vec::new();
    let mut shown: Vec<&VolumeSeries> = Vec::new();
    for (at, series) in volume.series.iter().enumerate() {
        let name = names.of(&series_name(series, text));
        if !is_shown(hidden, at) {
            continue;
        }
        let look = SeriesLook::of(at, series.domain.is_none(), theme);
        shown.push(series);
        drawn.push(json!({
            "type": "line",
            "name": name,
            "data": points(series),
            "symbol": look.marker(),
            "symbolSize": 8,
            "showSymbol": true,
            // ECharts would otherwise drop markers where labels are dropped, and with them days between two gaps.
            "showAllSymbol": true,
            "connectNulls": false,
            "lineStyle": { "color": look.color.line, "width": 2, "type": look.dash() },
            "itemStyle": { "color": look.color.line },
            "areaStyle": { "color": look.color.fill, "opacity": 0.7 },
            "emphasis": { "focus": "series" },
        }));
    }
    if shown.len() > 1 {
        drawn.push(total(&shown, &names.of(&drawable(&text.total))));
    }
    option["series"] = Value::Array(drawn);
    option.to_string()
}

/// What each day has; of many days only some with a marker.
fn points(series: &VolumeSeries) -> Vec<Value> {
    let days = &series.messages;
    let point = |(at, messages): (usize, &Option<u64>)| {
        if has_marker(days, at) { json!(messages) } else { json!({ "value": messages, "symbol": "none" }) }
    };
    days.iter().enumerate().map(point).collect()
}

/// The series that only the tooltip shows: what the others come to.
fn total(shown: &[&VolumeSeries], name: &str) -> Value {
    let days = shown.iter().map(|series| series.messages.len()).max().unwrap_or(0);
    let by_day: Vec<Option<u64>> = (0..days)
        .map(|day| {
            shown
                .iter()
                .filter_map(|series| series.messages.get(day).copied().flatten())
                .reduce(u64::saturating_add)
        })
        .collect();
    json!({
        "type": "line",
        "name": name,
        "data": by_day,
        "symbol": "none",
        "silent": true,
        "lineStyle": { "opacity": 0 },
        "itemStyle": { "color": "transparent" },
    })
}

/// What a series is called; two may come out alike.
pub(super) fn series_name(series: &VolumeSeries, text: &ChartText) -> String {
    match &series.domain {
        Some(domain) => text.domain_name(domain),
        None => drawable(&text.other_domains),
    }
}

/// A label for each day.
pub(super) fn day_labels(volume: &SendingVolume, text: &ChartText) -> Vec<String> {
    let label = |(at, day): (usize, &crate::model::Day)| {
        text.days.get(at).map_or_else(|| day.to_string(), |label| drawable(label))
    };
    volume.days.iter().enumerate().map(label).collect()
}
