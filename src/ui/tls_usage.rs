//! *TLS Usage*: the share of each version, over all and by sender domain.

use super::chart::{self, Chart, ChartKind, ChartNumbers};
use super::chart_legend::{Entry, Legend, SeriesKey};
use super::chart_save::SaveChart;
use super::command_bar::domain_name;
use super::format;
use super::i18n::{n, t, t_args};
use super::kept::Kept;
use super::log_text::LogText;
use super::state::Ui;
use super::tls_rows::{TlsRows, listed, version_name};
use crate::model::TlsVersion;
use crate::report::{TlsBasis, TlsUsage};
use leptos::prelude::*;

/// Domains listed before the rest is summed up in a sentence.
const DOMAINS_SHOWN: usize = 100;
/// The id of the numbers of both charts.
const NUMBERS: &str = "tls-numbers";

/// The donut, the versions by domain, and the numbers of both.
#[component]
pub fn TlsUsageView() -> impl IntoView {
    let ui = Ui::get();
    let nothing = ui.part(|overview| overview.tls.total.total() == 0);
    view! {
        <section class="chart-area" aria-label=t("tls-usage")>
            {move || {
                if nothing.get() {
                    view! { <p class="empty">{t("tls-unknown")}</p> }.into_any()
                } else {
                    view! { <TlsCharts/> }.into_any()
                }
            }}
        </section>
    }
}

#[component]
fn TlsCharts() -> impl IntoView {
    let ui = Ui::get();
    let usage = ui.part(|overview| overview.tls.clone());
    let query = ui.query();
    let basis = Memo::new(move |_| query.with(|query| query.tls_basis));
    let counted = move || match basis.get() {
        TlsBasis::Messages => t("messages"),
        TlsBasis::Senders => t("senders"),
    };
    let several = Memo::new(move |_| usage.with(|usage| usage.by_domain.len() > 1));
    let entries = Memo::new(move |_| usage.with(legend));
    let off = Kept::get().versions_off;
    let hidden = Memo::new(move |_| hidden_versions(&entries.read(), &off.read()));
    let donut =
        Signal::derive(move || ChartKind::Tls(usage.with(|usage| usage.total), basis.get(), hidden.get()));
    let bars = Signal::derive(move || ChartKind::TlsByDomain(usage.get(), hidden.get()));
    let draw = Callback::new(move |()| {
        chart::picture(ui, "tls-usage", &donut.get_untracked(), &usage.get_untracked())
    });
    view! {
        <div class="chart-bar">
            <Legend entries=entries off=off/>
            <div class="chart-tools">
                <SaveChart name="tls-usage" draw=draw/>
            </div>
        </div>
        <div class="chart-pair" class:single=move || !several.get()>
            <div class="chart-part">
                <h2>{t("chart-tls-title")}</h2>
                <Chart kind=donut numbers=NUMBERS/>
            </div>
            <Show when=move || several.get()>
                <div class="chart-part">
                    <h2>{t("tls-by-domain")}</h2>
                    <Chart kind=bars numbers=NUMBERS/>
                </div>
            </Show>
        </div>
        <ChartNumbers id=NUMBERS>
            {move || view! { <TlsRows tls=usage.with(|usage| usage.total) counted=counted()/> }}
            <Show when=move || several.get()>
                {move || view! { <ByDomain usage=usage.get()/> }}
            </Show>
        </ChartNumbers>
    }
}

/// An entry for each version there is, with its share.
fn legend(usage: &TlsUsage) -> Vec<Entry> {
    let tls = &usage.total;
    let entry = |(version, count)| Entry {
        key: SeriesKey::Version(version),
        look: None,
        detail: Some(format::percent(count, tls.total())),
    };
    tls.present().map(entry).collect()
}

fn hidden_versions(entries: &[Entry], off: &[SeriesKey]) -> Vec<TlsVersion> {
    let hidden = super::chart_legend::hidden(entries, off);
    let version = |(entry, hidden): (&Entry, bool)| match entry.key {
        SeriesKey::Version(version) if hidden => Some(version),
        _ => None,
    };
    entries.iter().zip(hidden).filter_map(version).collect()
}

/// A row for each sender domain, a column for each version.
#[component]
fn ByDomain(usage: TlsUsage) -> impl IntoView {
    let versions = listed(&usage.total);
    let headings = versions
        .iter()
        .map(|&version| view! { <th scope="col" class="number">{version_name(version, false)}</th> })
        .collect_view();
    let more = usage.by_domain.len().saturating_sub(DOMAINS_SHOWN) as u64;
    let rows = usage
        .by_domain
        .into_iter()
        .take(DOMAINS_SHOWN)
        .map(|(domain, tls)| {
            let total = tls.total();
            let cells = versions
                .iter()
                .map(|&version| {
                    let count = tls.get(version);
                    view! {
                        <td class="number" class:old={version.is_below_1_2() && count > 0}>
                            {count_and_share(count, total)}
                        </td>
                    }
                })
                .collect_view();
            let name = if domain.is_empty() {
                domain_name(&domain).into_any()
            } else {
                view! { <LogText text=domain/> }.into_any()
            };
            view! { <tr><th scope="row">{name}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="numbers-scroll" tabindex="0" role="region" aria-label=t("tls-by-domain")>
            <table class="numbers">
                <caption>{t("tls-by-domain")}</caption>
                <thead><tr><th scope="col">{t("sender-domain")}</th>{headings}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <p class="hint">{t_args("more-domains", &[("n", n(more))])}</p> })}
    }
}

/// `125 (96.35%)`
fn count_and_share(count: u64, total: u64) -> String {
    t_args(
        "count-and-share",
        &[("count", format::number(count).into()), ("share", format::percent(count, total).into())],
    )
}
