//! *Sending Volume*, as areas and as numbers.

use super::chart::{self, Chart, ChartKind, ChartNumbers, Drawn};
use super::chart_legend::{Entry, Legend, SeriesKey, hidden};
use super::chart_save::SaveChart;
use super::chart_zoom::{ResetZoom, ZoomFrame};
use super::command_bar::domain_name;
use super::format;
use super::i18n::t;
use super::kept::Kept;
use super::log_text::LogText;
use super::state::Ui;
use crate::chart::SeriesLook;
use crate::report::{SendingVolume, TlsUsage, VolumeSeries};
use leptos::prelude::*;

/// The chart, and its numbers as a table one key away.
#[component]
pub fn VolumeView() -> impl IntoView {
    let ui = Ui::get();
    let unknown = ui.part(|overview| overview.totals.messages.value().is_none());
    view! {
        <section class="chart-area" aria-label=t("sending-volume")>
            {move || {
                if unknown.get() {
                    view! { <p class="empty">{t("volume-unknown")}</p> }.into_any()
                } else {
                    view! { <VolumeChart/> }.into_any()
                }
            }}
        </section>
    }
}

#[component]
fn VolumeChart() -> impl IntoView {
    let ui = Ui::get();
    let volume = ui.part(|overview| overview.volume.clone());
    let entries = Memo::new(move |_| {
        let theme = chart::theme(ui);
        let entry = |(at, series): (usize, &VolumeSeries)| Entry {
            key: SeriesKey::Domain(series.domain.clone()),
            look: Some(SeriesLook::of(at, series.domain.is_none(), &theme)),
            detail: None,
        };
        volume.with(|volume| volume.series.iter().enumerate().map(entry).collect::<Vec<_>>())
    });
    let off = Kept::get().domains_off;
    let hidden = Memo::new(move |_| entries.with(|entries| off.with(|off| hidden(entries, off))));
    let kind = Signal::derive(move || ChartKind::Volume(volume.get(), hidden.get()));
    let draw = Callback::new(move |()| {
        chart::picture(ui, "sending-volume", &kind.get_untracked(), &TlsUsage::default())
    });
    let drawn = Drawn::new();
    view! {
        <div class="chart-bar">
            <Legend entries=entries off=off/>
            <div class="chart-tools">
                <ResetZoom/>
                <SaveChart name="sending-volume" draw=draw/>
            </div>
        </div>
        <ZoomFrame volume=volume hidden=hidden drawn=drawn>
            <Chart kind=kind numbers="volume-numbers" drawn=drawn/>
        </ZoomFrame>
        <ChartNumbers id="volume-numbers">
            {move || view! { <Numbers volume=volume.get()/> }}
        </ChartNumbers>
    }
}

/// A row for each day, a column for each domain.
#[component]
fn Numbers(volume: SendingVolume) -> impl IntoView {
    let headings = volume
        .series
        .iter()
        .map(|series| view! { <th scope="col" class="number">{series_name(series)}</th> })
        .collect_view();
    let rows = volume
        .days
        .iter()
        .enumerate()
        .map(|(i, &day)| {
            let cells = volume
                .series
                .iter()
                .map(|series| {
                    let text = match series.messages.get(i).copied().flatten() {
                        Some(messages) => format::number(messages),
                        None => t("no-logs"),
                    };
                    view! { <td class="number">{text}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{format::day(day)}</th>{cells}</tr> }
        })
        .collect_view();
    let totals = volume
        .series
        .iter()
        .map(|series| view! { <td class="number">{format::number(series.total)}</td> })
        .collect_view();
    view! {
        <div class="numbers-scroll" tabindex="0" role="region" aria-label=t("numbers-as-table")>
            <table class="numbers by-day">
                <thead><tr><th scope="col">{t("day")}</th>{headings}</tr></thead>
                <tbody>{rows}</tbody>
                <tfoot><tr><th scope="row">{t("total")}</th>{totals}</tr></tfoot>
            </table>
        </div>
    }
}

fn series_name(series: &VolumeSeries) -> AnyView {
    match &series.domain {
        None => t("other-domains").into_any(),
        Some(domain) if domain.is_empty() => domain_name(domain).into_any(),
        Some(domain) => view! { <LogText text=domain.clone()/> }.into_any(),
    }
}
