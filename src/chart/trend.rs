//! The little line of the widget.

use super::option::{chart, finish};
use super::sending_volume::number;
use super::theme::Theme;
use charming::component::{Axis, Grid};
use charming::datatype::CompositeValue;
use charming::element::{AreaStyle, AxisType, ItemStyle, LineStyle, Symbol};
use charming::series::Line;
use serde_json::{Value, json};

/// The option of the widget's line: no axes, no texts, a gap where nothing is known.
///
/// `summary` is what screen readers say.
pub fn trend(values: &[Option<u64>], summary: &str, theme: &Theme) -> String {
    let points: Vec<CompositeValue> = values.iter().map(|&n| number(n)).collect();
    let option = chart(theme)
        .grid(Grid::new().left(4).right(4).top(6).bottom(4))
        .x_axis(
            Axis::new()
                .type_(AxisType::Category)
                .show(false)
                .boundary_gap(false)
                .data((1..=values.len()).map(|n| n.to_string()).collect()),
        )
        .y_axis(Axis::new().type_(AxisType::Value).show(false).min(0).min_interval(1))
        .series(
            Line::new()
                .symbol(Symbol::Circle)
                .symbol_size(4)
                .show_symbol(true)
                .connect_nulls(false)
                .silent(true)
                .line_style(LineStyle::new().color(theme.trend.line).width(2))
                .item_style(ItemStyle::new().color(theme.trend.line))
                .area_style(AreaStyle::new().color(theme.trend.fill).opacity(0.25))
                .data(points),
        );
    let extras: [(String, Value); 1] = [("/series/0/showAllSymbol".to_owned(), json!(true))];
    finish(&option, theme, summary, extras)
}
