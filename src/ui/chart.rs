//! The one place where a report becomes a picture: option, text summary, the `ECharts` element, and the file.
//!
//! What a chart shows is a [`ChartKind`]; how it is drawn is the business of [`crate::chart`].

use super::format;
use super::i18n::{n, t, t_args};
use super::state::Ui;
use super::unfolds::Unfolds;
use crate::chart::{self, Caption, ChartText, Picture, PlotArea, Theme};
use crate::model::TlsVersion;
use crate::platform;
use crate::report::{SendingVolume, TlsBasis, TlsBreakdown, TlsUsage};
use leptos::html;
use leptos::prelude::*;

/// What a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartKind {
    /// *Sending Volume*: areas per sender domain, and which of them are switched off.
    Volume(SendingVolume, Vec<bool>),
    /// The share of each version, what it is a share of, and the versions that are switched off.
    Tls(TlsBreakdown, TlsBasis, Vec<TlsVersion>),
    /// The versions of each sender domain, and those that are switched off.
    TlsByDomain(TlsUsage, Vec<TlsVersion>),
}

/// A chart on the page, for who needs to ask it something. Cheap to copy. May outlive the chart: what loses the focus
/// because it is taken away still hears of it.
#[derive(Clone, Copy)]
pub struct Drawn(StoredValue<Option<platform::chart::Chart>, LocalStorage>);

impl Drawn {
    /// None yet.
    pub fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// Where so many days lie, and numbers up to the greatest one.
    pub fn plot_area(self, days: usize, max: u64) -> Option<PlotArea> {
        self.0.try_with_value(|chart| chart.as_ref()?.plot_area(days, max)).flatten()
    }

    /// Shows the tooltip of a place, or none.
    pub fn tip(self, place: Option<(f64, f64)>) {
        self.0.try_with_value(|chart| {
            if let Some(chart) = chart {
                chart.tip(place);
            }
        });
    }
}

/// The colours that the page has now. Paper is light.
pub fn theme(ui: Ui) -> Theme {
    if ui.dark.get() && !ui.printing.get() { Theme::DARK } else { Theme::LIGHT }
}

/// A chart that follows its data, its size and the colour scheme. Screen readers get its summary.
#[component]
pub fn Chart(
    /// What to show.
    kind: Signal<ChartKind>,
    /// Lower than in the report, for a flyout.
    #[prop(optional)]
    compact: bool,
    /// The id of the element with the same as numbers, whose hint has the id with `-hint` behind it.
    #[prop(optional)]
    numbers: Option<&'static str>,
    /// Where the chart can be asked.
    #[prop(optional)]
    drawn: Option<Drawn>,
) -> impl IntoView {
    let ui = Ui::get();
    let element = NodeRef::<html::Div>::new();
    let failure = RwSignal::new(None::<String>);
    let Drawn(drawn) = drawn.unwrap_or_else(Drawn::new);
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let theme = theme(ui);
        let option = kind.with(|kind| option(kind, &theme));
        let shown = drawn.try_update_value(|chart| {
            if chart.is_none() {
                *chart = Some(platform::chart::Chart::new(&element, number)?);
            }
            chart.as_ref().map_or(Ok(()), |chart| chart.show(&option, ui.printing.get()))
        });
        failure.set(shown.and_then(Result::err));
    });
    on_cleanup(move || {
        drawn.try_set_value(None);
    });
    view! {
        <div
            node_ref=element
            class="chart"
            class:compact=compact
            class:failed=move || failure.with(Option::is_some)
            role="img"
            aria-label=move || kind.with(summary)
            aria-details=numbers
            aria-describedby=numbers.map(|id| format!("{id}-hint"))
        ></div>
        {move || failure.get().map(|words| view! { <p class="hint">{t("chart-failed")} " " {words}</p> })}
    }
}

/// The numbers of a chart, one key away; see [`Chart`]'s `numbers`.
#[component]
pub fn ChartNumbers(
    /// The id.
    id: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <p hidden id=format!("{id}-hint")>{t("chart-described")}</p>
        <Unfolds id=id class="numbers-details" summary=t("numbers-as-table")>
            {children()}
        </Unfolds>
    }
}

/// A number on an axis or in a tooltip.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // counts
fn number(value: Option<f64>) -> String {
    value.map_or_else(|| t("no-logs"), |value| format::number(value.max(0.0) as u64))
}

/// A chart as a file: light, whatever the page is, for it goes into documents and mails. `pivot` is the message that
/// names the chart.
pub fn picture(ui: Ui, pivot: &'static str, kind: &ChartKind, usage: &TlsUsage) -> Picture {
    let days = ui.part(|overview| overview.days).get_untracked();
    let caption = Caption {
        title: t_args(
            "chart-picture-title",
            &[("report", t("report-title").into()), ("chart", t(pivot).into())],
        ),
        range: match days {
            None => t("range-undated"),
            Some(days) => t_args("days-utc", &[("days", format::span(days).into())]),
        },
        domain: ui.query().with_untracked(|query| query.domain.clone()),
    };
    let text = text(kind);
    match kind {
        ChartKind::Volume(volume, hidden) => {
            chart::volume_picture(volume, hidden, &caption, &text, &Theme::LIGHT)
        }
        ChartKind::Tls(_, _, hidden) | ChartKind::TlsByDomain(_, hidden) => {
            chart::tls_picture(usage, hidden, &caption, &text, &Theme::LIGHT)
        }
    }
}

/// The chart in a sentence or two.
fn summary(kind: &ChartKind) -> String {
    match kind {
        ChartKind::Volume(volume, _) => volume_summary(volume),
        ChartKind::Tls(tls, ..) => tls_summary(tls),
        ChartKind::TlsByDomain(..) => t("summary-tls-by-domain"),
    }
}

fn volume_summary(volume: &SendingVolume) -> String {
    let total: u64 = volume.series.iter().map(|series| series.total).sum();
    let by_day = (0..volume.days.len()).filter_map(|i| {
        let mut day =
            volume.series.iter().filter_map(|series| series.messages.get(i).copied().flatten()).peekable();
        day.peek()?;
        Some((i, day.sum::<u64>()))
    });
    let busiest = by_day.max_by_key(|&(i, messages)| (messages, std::cmp::Reverse(i)));
    let mut text = t_args(
        "summary-volume",
        &[("messages", format::number(total).into()), ("domains", n(volume.series.len() as u64))],
    );
    if let Some((i, messages)) = busiest
        && messages > 0
    {
        text.push(' ');
        text.push_str(&t_args(
            "summary-busiest-day",
            &[("day", format::day(volume.days[i]).into()), ("messages", format::number(messages).into())],
        ));
    }
    text
}

fn tls_summary(tls: &TlsBreakdown) -> String {
    let total = tls.total();
    let parts: Vec<_> = tls
        .present()
        .map(|(version, count)| {
            t_args(
                "summary-tls-version",
                &[
                    ("version", format::tls(version).into()),
                    ("share", format::percent(count, total).into()),
                    ("count", format::number(count).into()),
                ],
            )
        })
        .collect();
    parts.join(&t("list-separator"))
}

/// The option `ECharts` is given, as JSON.
fn option(kind: &ChartKind, theme: &Theme) -> String {
    let text = text(kind);
    match kind {
        ChartKind::Volume(volume, hidden) => chart::sending_volume(volume, hidden, &text, theme),
        ChartKind::Tls(tls, _, hidden) => chart::tls_donut(tls, hidden, &text, theme),
        ChartKind::TlsByDomain(usage, hidden) => chart::tls_by_domain(&usage.by_domain, hidden, &text, theme),
    }
}

/// The words and numbers of a chart, in the language of the page.
fn text(kind: &ChartKind) -> ChartText {
    let text = ChartText {
        summary: summary(kind),
        other_domains: t("other-domains"),
        no_domain: t("no-domain"),
        tls: TlsVersion::ALL.map(format::tls),
        numbers: format::chart_numbers(),
        ..ChartText::default()
    };
    match kind {
        ChartKind::Volume(volume, hidden) => ChartText {
            days: volume.days.iter().copied().map(format::month_day).collect(),
            total: t(if hidden.contains(&true) { "chart-total-shown" } else { "chart-total" }),
            ..text
        },
        ChartKind::Tls(tls, basis, _) => ChartText {
            donut_total: format::number(tls.total()),
            donut_unit: match basis {
                TlsBasis::Messages => t("messages"),
                TlsBasis::Senders => t("senders"),
            },
            ..text
        },
        ChartKind::TlsByDomain(..) => text,
    }
}
