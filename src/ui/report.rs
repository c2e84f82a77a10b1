//! *SMTP Auth Clients Report*: two pivots, two views.

use super::chart_zoom::Zoom;
use super::command_bar::{CommandBar, PivotBar};
use super::details_table::DetailsTable;
use super::filter_chips::{FilterChips, clear_filter};
use super::format;
use super::i18n::{t, t_args};
use super::icons::{Icon, icon};
use super::log_text::LogText;
use super::notices::Notices;
use super::problems::ProblemList;
use super::sources::format_name;
use super::state::Ui;
use super::tls_usage::TlsUsageView;
use super::volume::VolumeView;
use crate::aggregate::Evidence;
use crate::ingest::Format;
use crate::report::{Pivot, Range, View};
use leptos::prelude::*;

/// The report page.
#[component]
pub fn Report() -> impl IntoView {
    let ui = Ui::get();
    Zoom::provide();
    let query = ui.query();
    let days = ui.part(|overview| overview.days);
    let loaded = ui.part(|overview| overview.loaded.days);
    let empty = ui.part(|overview| overview.totals.is_zero());
    let shown = Memo::new(move |_| query.with(|query| (query.view, query.pivot)));
    view! {
        <h1>{t("report-title")}</h1>
        <p class="range-line">
            <span class="range-text">
                {move || match days.get() {
                    None => t("range-undated"),
                    Some(days) => t_args("days-utc", &[("days", format::span(days).into())]),
                }}
            </span>
            " "
            {move || {
                let more = loaded.get().filter(|loaded| {
                    days.get().is_some_and(|days| loaded.first < days.first || loaded.last > days.last)
                })?;
                Some(view! {
                    <button type="button" class="link" on:click=move |_| ui.ask(|query| query.range = Range::All)>
                        {t_args("show-all-loaded-days", &[("days", format::span(more).into())])}
                    </button>
                })
            }}
        </p>
        <Origins/>
        <ProblemList/>
        <div class="report">
            <CommandBar/>
            <PivotBar/>
            <FilterChips/>
            {move || match (empty.get(), shown.get()) {
                (true, _) => view! { <EmptyRange/> }.into_any(),
                (false, (View::DetailsTable, _)) => view! { <DetailsTable/> }.into_any(),
                (false, (View::Chart, Pivot::SendingVolume)) => view! { <VolumeView/> }.into_any(),
                (false, (View::Chart, Pivot::TlsUsage)) => view! { <TlsUsageView/> }.into_any(),
            }}
        </div>
        <Notices/>
    }
}

/// Which files' figures these are.
#[component]
pub fn Origins() -> impl IntoView {
    let evidence = Ui::get().evidence();
    let names = |formats: &[Format]| {
        formats.iter().copied().map(format_name).collect::<Vec<_>>().join(&t("list-separator"))
    };
    let origin = move |label: &'static str, formats: fn(&Evidence) -> &[Format]| {
        evidence.with(|evidence| match formats(evidence) {
            [] => t_args(label, &[("sources", t("origin-none").into())]),
            formats => t_args(label, &[("sources", names(formats).into())]),
        })
    };
    view! {
        <p class="hint origins">
            {move || origin("origin-messages", |evidence| &evidence.messages)} " "
            {move || origin("origin-sign-ins", |evidence| &evidence.sign_ins)}
        </p>
    }
}

/// Nothing is left of what is loaded: why, which days there are, and the way back.
#[component]
fn EmptyRange() -> impl IntoView {
    let ui = Ui::get();
    let loaded = ui.part(|overview| overview.loaded.days);
    let query = ui.query();
    let has_domain = Memo::new(move |_| query.with(|query| query.domain.is_some()));
    let has_filter = Memo::new(move |_| query.with(|query| !query.filter.is_empty()));
    let domains = ui.part(|overview| overview.domains.clone());
    // As from a link that was made beside other logs.
    let strange_domain = move || {
        query.with(|query| query.domain.clone()).filter(|d| domains.with(|domains| !domains.contains(d)))
    };
    let title = move || match strange_domain() {
        Some(domain) => view! { {t("empty-domain")} " " <LogText text=domain/> }.into_any(),
        None if has_filter.get() => t("empty-filter").into_any(),
        None => t("empty-range").into_any(),
    };
    view! {
        <div class="empty">
            {icon(Icon::Search)}
            <p class="empty-title">{title}</p>
            <p>
                {move || {
                    loaded
                        .get()
                        .map(|days| t_args("empty-range-loaded", &[("days", format::span(days).into())]))
                }}
            </p>
            <Show when=move || has_filter.get()>
                <button type="button" class="button primary" on:click=move |_| clear_filter(ui)>
                    {t("clear-filters")}
                </button>
            </Show>
            <button
                type="button"
                class="button"
                class:primary=move || !has_filter.get()
                on:click=move |_| {
                    ui.ask(|query| {
                        query.range = Range::All;
                        query.domain = None;
                    });
                }
            >
                {move || if has_domain.get() { t("show-all-loaded-domains") } else { t("show-all-loaded") }}
            </button>
        </div>
    }
}
