//! *TLS Usage*: the donut over all, and a bar per sender domain.

use super::option::{chart, finish, legend, tooltip};
use super::text::{ChartText, UniqueNames, drawable};
use super::theme::Theme;
use crate::model::TlsVersion;
use crate::report::TlsBreakdown;
use charming::component::{Aria, Axis, Decal, DecalItem, Grid, Title};
use charming::datatype::{CompositeValue, DataPointItem};
use charming::element::{
    AxisLabel, AxisLine, AxisTick, AxisType, Emphasis, EmphasisFocus, ItemStyle, Label, LabelLine, LineStyle,
    LineStyleType, SplitLine, Symbol, TextStyle, Trigger,
};
use charming::series::{Bar, Pie};
use serde_json::{Value, json};

/// How many domains have a bar.
pub const MAX_BARS: usize = 12;

/// Below this width of its container the donut has no callouts.
const NARROW_PX: u32 = 470;

/// The option of the donut of shares per TLS version.
pub fn tls_donut(tls: &TlsBreakdown, text: &ChartText, theme: &Theme) -> String {
    // Too narrow for callouts: the legend names the slices then, and the rows beside the chart give the shares.
    let narrow = json!([
        {"query": {"maxWidth": NARROW_PX}, "option": {"series": [{"label": {"show": false}, "labelLine": {"show": false}}]}},
        {"option": {"series": [{"label": {"show": true}, "labelLine": {"show": true}}]}},
    ]);
    let mut extras: Vec<(String, Value)> = vec![("/media".to_owned(), narrow)];
    let mut slices: Vec<DataPointItem> = Vec::new();
    for (at, (version, n)) in tls.present().enumerate() {
        let name = text.tls_name(version);
        let share = text.numbers.share(tls.share(version));
        let slice = format!("/series/0/data/{at}");
        extras.push((format!("{slice}/label/formatter"), json!(format!("{name}: {share}"))));
        let told = format!("{name}: {share} ({})", text.numbers.count(n));
        extras.push((format!("{slice}/tooltip/formatter"), json!(told)));
        slices.push(
            DataPointItem::new(i64::try_from(n).unwrap_or(i64::MAX))
                .name(name)
                .item_style(ItemStyle::new().color(theme.tls_color(version))),
        );
    }
    let option = chart(theme)
        .title(
            Title::new()
                .text(drawable(&text.donut_total))
                .subtext(drawable(&text.donut_unit))
                .left("center")
                .top("center")
                .item_gap(4)
                .text_style(TextStyle::new().color(theme.text).font_size(20))
                .subtext_style(TextStyle::new().color(theme.secondary_text)),
        )
        .tooltip(tooltip(theme, Trigger::Item))
        .legend(legend(theme))
        .aria(decals(tls.present().map(|(version, _)| version), theme))
        .series(
            Pie::new()
                .radius(vec!["38%", "62%"])
                .center(vec!["50%", "50%"])
                .avoid_label_overlap(true)
                .label(Label::new().color(theme.text))
                .label_line(LabelLine::new().length(10))
                .item_style(ItemStyle::new().border_color(theme.background).border_width(2))
                .data(slices),
        );
    finish(&option, theme, &text.summary, extras)
}

/// The option of the bars of shares per TLS version, one bar for each of the first [`MAX_BARS`] domains.
pub fn tls_by_domain(domains: &[(String, TlsBreakdown)], text: &ChartText, theme: &Theme) -> String {
    let shown = &domains[..domains.len().min(MAX_BARS)];
    let mut names = UniqueNames::default();
    let categories: Vec<String> =
        shown.iter().map(|(domain, _)| names.of(&text.domain_name(domain))).collect();
    let versions: Vec<TlsVersion> =
        TlsVersion::ALL.into_iter().filter(|&v| shown.iter().any(|(_, tls)| tls.get(v) > 0)).collect();
    let mut extras: Vec<(String, Value)> = vec![
        ("/yAxis/axisLabel/width".to_owned(), json!(160)),
        ("/yAxis/axisLabel/overflow".to_owned(), json!("truncate")),
        ("/yAxis/axisLine/lineStyle/color".to_owned(), json!(theme.axis_line)),
    ];
    let mut option = chart(theme)
        .tooltip(tooltip(theme, Trigger::Item))
        .legend(legend(theme))
        .aria(decals(versions.iter().copied(), theme))
        .grid(Grid::new().left(8).right(24).top(40).bottom(8))
        .x_axis(
            Axis::new()
                .type_(AxisType::Value)
                .min(0)
                .max(100)
                .axis_label(
                    AxisLabel::new()
                        .color(theme.secondary_text)
                        .formatter(format!("{{value}}{}", drawable(&text.numbers.percent)).as_str()),
                )
                .split_line(
                    SplitLine::new()
                        .show(true)
                        .line_style(LineStyle::new().color(theme.grid_line).type_(LineStyleType::Dashed)),
                ),
        )
        .y_axis(
            Axis::new()
                .type_(AxisType::Category)
                .inverse(true)
                .axis_label(AxisLabel::new().color(theme.secondary_text))
                .axis_tick(AxisTick::new().show(false))
                .axis_line(AxisLine::new().show(true))
                .data(categories.clone()),
        );
    for (at, &version) in versions.iter().enumerate() {
        let name = text.tls_name(version);
        let mut bars: Vec<CompositeValue> = Vec::new();
        for (row, (_, tls)) in shown.iter().enumerate() {
            let share = tls.share(version);
            let told = format!(
                "{}\n{name}: {} ({})",
                categories[row],
                text.numbers.share(share),
                text.numbers.count(tls.get(version))
            );
            let point = json!({ "value": share * 100.0, "tooltip": { "formatter": told } });
            extras.push((format!("/series/{at}/data/{row}"), point));
            bars.push((share * 100.0).into());
        }
        option = option.series(
            Bar::new()
                .name(name)
                .stack("tls")
                .bar_width("60%")
                .item_style(
                    ItemStyle::new()
                        .color(theme.tls_color(version))
                        .border_color(theme.background)
                        .border_width(1),
                )
                .emphasis(Emphasis::new().focus(EmphasisFocus::Series))
                .data(bars),
        );
    }
    finish(&option, theme, &text.summary, extras)
}

/// A pattern for each old version, so that it is told from the others without colour; what is secure stays plain.
///
/// `ECharts` deals them out in the order in which slices or series come.
fn decals(versions: impl Iterator<Item = TlsVersion>, theme: &Theme) -> Aria {
    Aria::new()
        .enabled(true)
        .decal(Decal::new().show(true).decals(versions.map(|v| decal(v, theme)).collect::<Vec<_>>()))
}

fn decal(version: TlsVersion, theme: &Theme) -> DecalItem {
    let pattern = DecalItem::new().color(theme.pattern);
    let lines = |rotation: f64| {
        let gap: Vec<CompositeValue> = vec![3.into(), 5.into()];
        pattern.clone().symbol(Symbol::Rect).dash_array_x(vec![1, 0]).dash_array_y(gap).rotation(rotation)
    };
    let marks = |symbol: Symbol, size: f64| {
        let odd: CompositeValue = vec![6, 6].into();
        let even: CompositeValue = vec![0, 6, 6, 0].into();
        pattern
            .clone()
            .symbol(symbol)
            .symbol_size(size)
            .dash_array_x(vec![odd, even])
            .dash_array_y(vec![6, 0])
    };
    let quarter = std::f64::consts::FRAC_PI_4;
    match version {
        TlsVersion::NoTls => lines(0.0),
        TlsVersion::Ssl2 => marks(Symbol::Triangle, 0.8),
        TlsVersion::Ssl3 => marks(Symbol::Rect, 0.6),
        TlsVersion::Tls10 => lines(quarter),
        TlsVersion::Tls11 => lines(-quarter),
        TlsVersion::Tls12 | TlsVersion::Tls13 => DecalItem::new().symbol(Symbol::None),
        TlsVersion::Unknown => marks(Symbol::Circle, 0.6),
    }
}
