//! *Sending Volume*, as areas and as numbers.

use super::chart::{Chart, ChartKind};
use super::command_bar::domain_name;
use super::format;
use super::i18n::t;
use super::log_text::LogText;
use super::state::Ui;
use crate::report::{SendingVolume, VolumeSeries};
use leptos::prelude::*;

/// The chart, and its numbers as a table one key away.
#[component]
pub fn VolumeView() -> impl IntoView {
    let ui = Ui::get();
    let volume = ui.part(|overview| overview.volume.clone());
    let unknown = ui.part(|overview| overview.totals.messages.value().is_none());
    view! {
        <section class="chart-area" aria-label=t("sending-volume")>
            {move || {
                if unknown.get() {
                    view! { <p class="empty">{t("volume-unknown")}</p> }.into_any()
                } else {
                    view! {
                        <Chart kind=Signal::derive(move || ChartKind::Volume(volume.get()))/>
                        <details class="numbers-details">
                            <summary>{t("numbers-as-table")}</summary>
                            {move || view! { <Numbers volume=volume.get()/> }}
                        </details>
                    }
                        .into_any()
                }
            }}
        </section>
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
