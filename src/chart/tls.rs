//! *TLS Usage*: the donut over all, and a bar per sender domain.
//!
//! A version that is switched off leaves its place empty, so that what remains still shows its share of the whole.

use super::option::{category_axis, grid, option, value_axis};
use super::pattern::Pattern;
use super::text::{ChartText, UniqueNames, drawable};
use super::theme::Theme;
use crate::model::TlsVersion;
use crate::report::TlsBreakdown;
use serde_json::{Value, json};

/// How many domains have a bar.
pub const MAX_BARS: usize = 12;

/// Below this width of its container the donut has no callouts.
const NARROW_PX: u32 = 470;

/// The option of the donut of shares per TLS version.
pub fn tls_donut(tls: &TlsBreakdown, hidden: &[TlsVersion], text: &ChartText, theme: &Theme) -> String {
    let mut option = option(theme, &text.summary, "item");
    let mut decals: Vec<Value> = Vec::new();
    let mut slices: Vec<Value> = Vec::new();
    let mut left_out = 0_u64;
    for (version, n) in tls.present() {
        if hidden.contains(&version) {
            left_out = left_out.saturating_add(n);
            continue;
        }
        let name = text.tls_name(version);
        let share = text.numbers.share(tls.share(version));
        decals.push(Pattern::of(version).decal(theme.pattern));
        slices.push(json!({
            "name": name,
            "value": n,
            "itemStyle": { "color": theme.tls_color(version) },
            "label": { "formatter": format!("{name}: {share}") },
            "tooltip": { "formatter": format!("{name}: {share} ({})", text.numbers.count(n)) },
        }));
    }
    if left_out > 0 {
        decals.push(Pattern::none());
        slices.push(json!({
            "value": left_out,
            "itemStyle": { "color": "transparent", "borderWidth": 0 },
            "label": { "show": false, "formatter": "" },
            "labelLine": { "show": false },
            "tooltip": { "show": false },
            "emphasis": { "disabled": true },
        }));
    }
    // Too narrow for callouts: the legend names the slices then, with their shares.
    option["media"] = json!([
        {"query": {"maxWidth": NARROW_PX}, "option": {"series": [{"label": {"show": false}, "labelLine": {"show": false}}]}},
        {"option": {"series": [{"label": {"show": true}, "labelLine": {"show": true}}]}},
    ]);
    option["title"] = json!({
        "text": drawable(&text.donut_total),
        "subtext": drawable(&text.donut_unit),
        "left": "center",
        "top": "center",
        "itemGap": 4,
        "textStyle": { "color": theme.text, "fontSize": 20 },
        "subtextStyle": { "color": theme.secondary_text },
    });
    set_decals(&mut option, &decals);
    option["series"] = json!([{
        "type": "pie",
        "radius": ["40%", "64%"],
        "center": ["50%", "50%"],
        "avoidLabelOverlap": true,
        "label": { "color": theme.text },
        "labelLine": { "length": 10 },
        "itemStyle": { "borderColor": theme.background, "borderWidth": 2 },
        "data": slices,
    }]);
    option.to_string()
}

/// The option of the bars of shares per TLS version, one bar for each of the first [`MAX_BARS`] domains.
pub fn tls_by_domain(
    domains: &[(String, TlsBreakdown)],
    hidden: &[TlsVersion],
    text: &ChartText,
    theme: &Theme,
) -> String {
    let bars = &domains[..domains.len().min(MAX_BARS)];
    let mut names = UniqueNames::default();
    let rows: Vec<String> = bars.iter().map(|(domain, _)| names.of(&text.domain_name(domain))).collect();
    let mut option = option(theme, &text.summary, "item");
    option["grid"] = grid(8, 24);
    option["xAxis"] = value_axis(theme, 100, 20);
    option["xAxis"]["axisLabel"]["formatter"] =
        json!(format!("{{value}}{}", drawable(&text.numbers.percent)));
    option["xAxis"]["axisLabel"]["hideOverlap"] = json!(true);
    option["yAxis"] = category_axis(theme, &rows);
    option["yAxis"]["inverse"] = json!(true);
    option["yAxis"]["axisLabel"]["width"] = json!(160);
    option["yAxis"]["axisLabel"]["overflow"] = json!("truncate");

    let mut decals: Vec<Value> = Vec::new();
    let mut series: Vec<Value> = Vec::new();
    for version in shown_versions(bars, hidden) {
        let name = text.tls_name(version);
        let points: Vec<Value> = bars
            .iter()
            .zip(&rows)
            .map(|((_, tls), row)| {
                let share = tls.share(version);
                let (percent, count) = (text.numbers.share(share), text.numbers.count(tls.get(version)));
                json!({
                    "value": share * 100.0,
                    "tooltip": { "formatter": format!("{row}\n{name}: {percent} ({count})") },
                })
            })
            .collect();
        decals.push(Pattern::of(version).decal(theme.pattern));
        series.push(json!({
            "type": "bar",
            "name": name,
            "stack": "tls",
            "barWidth": "60%",
            "itemStyle": {
                "color": theme.tls_color(version), "borderColor": theme.background, "borderWidth": 1,
            },
            "emphasis": { "focus": "series" },
            "data": points,
        }));
    }
    set_decals(&mut option, &decals);
    option["series"] = Value::Array(series);
    option.to_string()
}

/// The versions that some of these domains used and that are not hidden.
pub(super) fn shown_versions(bars: &[(String, TlsBreakdown)], hidden: &[TlsVersion]) -> Vec<TlsVersion> {
    let is_used = |version: TlsVersion| bars.iter().any(|(_, tls)| tls.get(version) > 0);
    TlsVersion::ALL.into_iter().filter(|v| is_used(*v) && !hidden.contains(v)).collect()
}

/// `ECharts` deals decals out in the order in which slices or series come.
fn set_decals(option: &mut Value, decals: &[Value]) {
    option["aria"]["decal"] = json!({ "show": true, "decals": decals });
}
