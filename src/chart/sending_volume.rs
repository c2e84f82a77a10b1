//! *Sending Volume*: messages per sender domain and day, as filled areas.

use super::option::{chart, finish, legend, tooltip};
use super::text::{ChartText, UniqueNames, drawable};
use super::theme::Theme;
use crate::report::SendingVolume;
use charming::component::{Axis, Grid};
use charming::datatype::CompositeValue;
use charming::element::{
    AreaStyle, AxisLabel, AxisLine, AxisPointer, AxisPointerType, AxisTick, AxisType, Emphasis,
    EmphasisFocus, ItemStyle, LineStyle, LineStyleType, SplitLine, Symbol, Trigger,
};
use charming::series::Line;
use serde_json::{Value, json};

const SYMBOLS: [Symbol; 4] = [Symbol::Circle, Symbol::Rect, Symbol::Triangle, Symbol::Diamond];
const LINES: [LineStyleType; 3] = [LineStyleType::Solid, LineStyleType::Dashed, LineStyleType::Dotted];

/// The option of the Sending Volume chart.
///
/// Series differ by colour, marker and, from the fifth on, by the dashes of their line. Days without logs are gaps;
/// every day has its marker, so that one between two gaps is seen.
pub fn sending_volume(volume: &SendingVolume, text: &ChartText, theme: &Theme) -> String {
    let days = volume
        .days
        .iter()
        .enumerate()
        .map(|(at, day)| text.days.get(at).map_or_else(|| day.to_string(), |label| drawable(label)));
    let marker_size = match volume.days.len() {
        0..=31 => 8.0,
        32..=100 => 5.0,
        _ => 3.0,
    };
    let mut option = chart(theme)
        .tooltip(
            tooltip(theme, Trigger::Axis).axis_pointer(
                AxisPointer::new()
                    .type_(AxisPointerType::Line)
                    .line_style(LineStyle::new().color(theme.axis_line).type_(LineStyleType::Dashed)),
            ),
        )
        .legend(legend(theme))
        .grid(Grid::new().left(8).right(24).top(48).bottom(8))
        .x_axis(
            Axis::new()
                .type_(AxisType::Category)
                // A single day stands in the middle, not on the axis.
                .boundary_gap(volume.days.len() == 1)
                .axis_label(AxisLabel::new().color(theme.secondary_text))
                .axis_tick(AxisTick::new().show(false))
                .axis_line(AxisLine::new().show(true))
                .data(days.collect()),
        )
        .y_axis(
            Axis::new()
                .type_(AxisType::Value)
                .min(0)
                .min_interval(1)
                .axis_label(AxisLabel::new().color(theme.secondary_text))
                .axis_line(AxisLine::new().show(false))
                .split_line(
                    SplitLine::new()
                        .show(true)
                        .line_style(LineStyle::new().color(theme.grid_line).type_(LineStyleType::Dashed)),
                ),
        );
    let mut names = UniqueNames::default();
    let mut extras: Vec<(String, Value)> = vec![
        ("/xAxis/axisLabel/hideOverlap".to_owned(), json!(true)),
        ("/xAxis/axisLine/lineStyle/color".to_owned(), json!(theme.axis_line)),
        // The day's biggest senders first.
        ("/tooltip/order".to_owned(), json!("valueDesc")),
    ];
    for (at, series) in volume.series.iter().enumerate() {
        let (name, color) = match &series.domain {
            Some(domain) => (text.domain_name(domain), theme.series[at % theme.series.len()]),
            None => (drawable(&text.other_domains), theme.rest),
        };
        let points: Vec<CompositeValue> = series.messages.iter().map(|&n| number(n)).collect();
        option = option.series(
            Line::new()
                .name(names.of(&name))
                .symbol(SYMBOLS[at % SYMBOLS.len()].clone())
                .symbol_size(marker_size)
                .show_symbol(true)
                .connect_nulls(false)
                .line_style(
                    LineStyle::new()
                        .color(color.line)
                        .width(2)
                        .type_(LINES[at / SYMBOLS.len() % LINES.len()]),
                )
                .item_style(ItemStyle::new().color(color.line))
                .area_style(AreaStyle::new().color(color.fill).opacity(0.7))
                .emphasis(Emphasis::new().focus(EmphasisFocus::Series))
                .data(points),
        );
        // ECharts would otherwise drop markers where labels are dropped, and with them days between two gaps.
        extras.push((format!("/series/{at}/showAllSymbol"), json!(true)));
    }
    finish(&option, theme, &text.summary, extras)
}

/// `null` for a gap.
pub(super) fn number(n: Option<u64>) -> CompositeValue {
    CompositeValue::from(n.map(|n| i64::try_from(n).unwrap_or(i64::MAX)))
}
