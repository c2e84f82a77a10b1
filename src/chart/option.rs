//! What all charts share, and what charming has no words for.

use super::theme::Theme;
use charming::Chart;
use charming::component::{Legend, LegendType};
use charming::element::{TextStyle, Tooltip, Trigger};
use serde_json::{Map, Value, json};

/// The font of the page, because a canvas does not inherit it.
const FONT: &str =
    "'Segoe UI', 'Segoe UI Variable', system-ui, -apple-system, Roboto, 'Noto Sans', sans-serif";

/// A chart with what every chart has.
pub(super) fn chart(theme: &Theme) -> Chart {
    Chart::new().animation(theme.animate).animation_duration(300).animation_duration_update(300)
}

pub(super) fn tooltip(theme: &Theme, trigger: Trigger) -> Tooltip {
    Tooltip::new()
        .trigger(trigger)
        .background_color(theme.tooltip_background)
        .border_color(theme.tooltip_border)
        .border_width(1)
}

/// A legend at the top right that scrolls when it is too long.
pub(super) fn legend(theme: &Theme) -> Legend {
    Legend::new()
        .type_(LegendType::Scroll)
        .top(0)
        .right(0)
        .item_gap(16)
        .inactive_color(theme.inactive)
        .text_style(TextStyle::new().color(theme.text))
}

/// The option as JSON, with what charming cannot say set by path.
///
/// This is the one place where an option is written without charming's types:
/// - `textStyle.fontFamily`, `aria.label.description`, and colours of the legend's pager and of the tooltip's text;
/// - `tooltip.renderMode: 'richText'`: the HTML tooltip would break the content security policy, and would be a door
///   for HTML from the log;
/// - `tooltip.confine`: it would be cut at the edge of the canvas;
/// - `grid.outerBoundsMode`/`outerBoundsContain`: `ECharts` 6's successor of `containLabel`, which charming has but
///   `ECharts` now draws only with a legacy module;
/// - whatever a chart passes as `extras`: JSON pointer and value (charming has no `media` queries, for one).
pub(super) fn finish(
    chart: &Chart,
    theme: &Theme,
    summary: &str,
    extras: impl IntoIterator<Item = (String, Value)>,
) -> String {
    let mut option = serde_json::to_value(chart).unwrap_or_default();
    let common = [
        ("/textStyle/fontFamily", json!(FONT)),
        ("/aria/enabled", json!(true)),
        ("/aria/label/description", json!(summary)),
    ];
    for (path, value) in common {
        set(&mut option, path, value);
    }
    if option.get("tooltip").is_some() {
        set(&mut option, "/tooltip/renderMode", json!("richText"));
        set(&mut option, "/tooltip/confine", json!(true));
        set(&mut option, "/tooltip/textStyle/color", json!(theme.text));
    }
    if option.get("legend").is_some() {
        set(&mut option, "/legend/pageIconColor", json!(theme.text));
        set(&mut option, "/legend/pageIconInactiveColor", json!(theme.inactive));
        set(&mut option, "/legend/pageTextStyle/color", json!(theme.text));
    }
    if option.get("grid").is_some() {
        set(&mut option, "/grid/0/outerBoundsMode", json!("same"));
        set(&mut option, "/grid/0/outerBoundsContain", json!("axisLabel"));
    }
    for (path, value) in extras {
        set(&mut option, &path, value);
    }
    option.to_string()
}

/// Sets the value at a JSON pointer without escapes, making the objects on the way. A number is an index into an
/// array that is there; a path into anything else that is there already is let be.
fn set(option: &mut Value, path: &str, value: Value) {
    let mut at = option;
    for key in path.split('/').skip(1) {
        if at.is_null() {
            *at = Value::Object(Map::new());
        }
        let next = match at {
            Value::Object(object) => Some(object.entry(key).or_insert(Value::Null)),
            Value::Array(array) => key.parse::<usize>().ok().and_then(|index| array.get_mut(index)),
            _ => None,
        };
        let Some(next) = next else { return };
        at = next;
    }
    *at = value;
}
