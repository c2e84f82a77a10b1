//! The one place where a report becomes a picture: option, text summary, and the `ECharts` element.
//!
//! What a chart shows is a [`ChartKind`]; how `ECharts` draws it is the option builders' business.

use super::format;
use super::i18n::{n, t, t_args};
use super::state::Ui;
use crate::chart::{self, ChartText, Theme};
use crate::model::TlsVersion;
use crate::platform;
use crate::report::{SendingVolume, TlsBasis, TlsBreakdown, TlsUsage};
use leptos::html;
use leptos::prelude::*;

/// What a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartKind {
    /// *Sending Volume*: areas per sender domain.
    Volume(SendingVolume),
    /// The share of each version, and what it is a share of.
    Tls(TlsBreakdown, TlsBasis),
    /// The versions of each sender domain.
    TlsByDomain(TlsUsage),
}

/// A chart that follows its data, its size and the colour scheme. Screen readers get its summary.
#[component]
pub fn Chart(
    /// What to show.
    kind: Signal<ChartKind>,
    /// Lower than in the report, for a flyout.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let ui = Ui::get();
    let element = NodeRef::<html::Div>::new();
    let failure = RwSignal::new(None::<String>);
    let drawn = StoredValue::new_local(None::<platform::chart::Chart>);
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let theme = if ui.dark.get() { Theme::DARK } else { Theme::LIGHT };
        let theme = if ui.still.get() { theme.still() } else { theme };
        let option = kind.with(|kind| option(kind, &theme));
        let shown = drawn.try_update_value(|chart| {
            if chart.is_none() {
                *chart = Some(platform::chart::Chart::new(&element)?);
            }
            chart.as_ref().map_or(Ok(()), |chart| chart.show(&option))
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
        ></div>
        {move || failure.get().map(|words| view! { <p class="hint">{t("chart-failed")} " " {words}</p> })}
    }
}

/// The chart in a sentence or two.
fn summary(kind: &ChartKind) -> String {
    match kind {
        ChartKind::Volume(volume) => volume_summary(volume),
        ChartKind::Tls(tls, _) => tls_summary(tls),
        ChartKind::TlsByDomain(_) => t("summary-tls-by-domain"),
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
        ChartKind::Volume(volume) => chart::sending_volume(volume, &text, theme),
        ChartKind::Tls(tls, _) => chart::tls_donut(tls, &text, theme),
        ChartKind::TlsByDomain(usage) => chart::tls_by_domain(&usage.by_domain, &text, theme),
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
        ChartKind::Volume(volume) => {
            ChartText { days: volume.days.iter().copied().map(format::month_day).collect(), ..text }
        }
        ChartKind::Tls(tls, basis) => ChartText {
            donut_total: format::number(tls.total()),
            donut_unit: match basis {
                TlsBasis::Messages => t("messages"),
                TlsBasis::Senders => t("senders"),
            },
            ..text
        },
        ChartKind::TlsByDomain(_) => text,
    }
}
