//! What the options of all charts share.

use super::theme::Theme;
use serde_json::{Value, json};

/// The font of the page, because neither a canvas nor a file inherits it.
pub(super) const FONT: &str =
    "'Segoe UI', 'Segoe UI Variable', system-ui, -apple-system, Roboto, 'Noto Sans', sans-serif";

/// An option with what every chart has. `trigger` is what the tooltip tells of: an `axis` or an `item`.
pub(super) fn option(theme: &Theme, summary: &str, trigger: &str) -> Value {
    json!({
        // The answer stands at once. Twenty frames of a thousand points on their way take 120 ms of the main thread.
        "animation": false,
        "textStyle": { "fontFamily": FONT },
        "aria": { "enabled": true, "label": { "description": summary } },
        "tooltip": {
            "trigger": trigger,
            // The HTML tooltip would break the content security policy, and be a door for HTML from the log.
            "renderMode": "richText",
            // It would be cut at the edge of the canvas.
            "confine": true,
            "backgroundColor": theme.tooltip_background,
            "borderColor": theme.tooltip_border,
            "borderWidth": 1,
            "textStyle": { "color": theme.text },
        },
    })
}

/// Where the axes lie, from the edges of the canvas; their labels are inside.
pub(super) fn grid(top: u32, right: u32) -> Value {
    json!({
        "left": 8, "right": right, "top": top, "bottom": 8,
        // ECharts 6's successor of `containLabel`.
        "outerBoundsMode": "same", "outerBoundsContain": "axisLabel",
    })
}

/// An axis of names.
pub(super) fn category_axis(theme: &Theme, names: &[String]) -> Value {
    json!({
        "type": "category",
        "data": names,
        "axisLabel": { "color": theme.secondary_text },
        "axisTick": { "show": false },
        "axisLine": { "show": true, "lineStyle": { "color": theme.axis_line } },
    })
}

/// An axis of numbers from 0 to a greatest one, with a line each so many.
pub(super) fn value_axis(theme: &Theme, max: u64, step: u64) -> Value {
    json!({
        "type": "value",
        "min": 0,
        "max": max,
        "interval": step,
        "axisLabel": { "color": theme.secondary_text },
        "axisLine": { "show": false },
        "splitLine": { "show": true, "lineStyle": { "color": theme.grid_line, "type": "dashed" } },
    })
}
