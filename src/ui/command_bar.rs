//! What the admin can ask of the report.

use super::filter_chips::FILTERS_BUTTON;
use super::format;
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::log_text::plain;
use super::state::{Panel, Ui};
use crate::report::{Pivot, Range, TlsBasis, View};
use leptos::prelude::*;

/// *Request report* and *Sign-in failures* at the left; the view and the filters at the right.
#[component]
pub fn CommandBar() -> impl IntoView {
    let ui = Ui::get();
    let query = ui.query();
    let is_table = Memo::new(move |_| query.with(|query| query.view == View::DetailsTable));
    let filtered = move || query.with(|query| query.range != Range::Last(7) || !query.filter.is_empty());
    let clauses = Memo::new(move |_| query.with(|query| query.filter.clauses().len() as u64));
    let active = move || match clauses.get() {
        0 => None,
        count => Some(t_args("active-filters-count", &[("n", n(count))])),
    };
    let toggle = move |_| ui.ask(|query| query.view = query.view.other());
    view! {
        <div class="command-bar" role="toolbar" aria-label=t("commands")>
            <button
                type="button"
                class="command-button"
                on:click=move |_| ui.panel.set(Some(Panel::RequestReport))
            >
                {icon(Icon::Download)} <span>{t("request-report")}</span>
            </button>
            <button
                type="button"
                class="command-button"
                on:click=move |_| {
                    let days = query.with_untracked(|query| query.range);
                    ui.panel.set(Some(Panel::FailedSignIns(days)));
                }
            >
                {icon(Icon::Key)} <span>{t("failures-open")}</span>
            </button>
            <span class="command-gap"></span>
            <button type="button" class="command-button" on:click=toggle>
                {move || if is_table.get() { icon(Icon::Chart) } else { icon(Icon::Table) }}
                <span>{move || if is_table.get() { t("view-report") } else { t("view-details-table") }}</span>
            </button>
            <button
                type="button"
                id=FILTERS_BUTTON
                class="command-button"
                class:active=filtered
                title=active
                on:click=move |_| ui.panel.set(Some(Panel::Filters))
            >
                {icon(Icon::Filter)} <span>{t("filters")}</span>
                // Said by the title; the name stays the report's own.
                {move || {
                    let count = clauses.get();
                    (count > 0)
                        .then(|| view! { <span class="count-badge" aria-hidden="true">{format::number(count)}</span> })
                }}
            </button>
        </div>
    }
}

/// *Show data for*, *View data by*, and what a TLS share is a share of.
#[component]
pub fn PivotBar() -> impl IntoView {
    let ui = Ui::get();
    let query = ui.query();
    let pivot = Memo::new(move |_| query.with(|query| query.pivot));
    view! {
        <div class="pivot-bar">
            <label class="pivot">
                <span>{t("show-data-for")}</span>
                <DomainSelect
                    chosen=Signal::derive(move || query.with(|query| query.domain.clone()))
                    on_choose=Callback::new(move |domain| ui.ask(|query| query.domain = domain))
                />
            </label>
            <label class="pivot">
                <span>{t("view-data-by")}</span>
                <select
                    prop:value=move || pivot_value(pivot.get())
                    on:change=move |event| {
                        let chosen = if event_target_value(&event) == pivot_value(Pivot::TlsUsage) {
                            Pivot::TlsUsage
                        } else {
                            Pivot::SendingVolume
                        };
                        ui.ask(|query| query.pivot = chosen);
                    }
                >
                    {[(Pivot::SendingVolume, "sending-volume"), (Pivot::TlsUsage, "tls-usage")]
                        .map(|(each, key)| {
                            view! {
                                <option value=pivot_value(each) selected=move || pivot.get() == each>
                                    {t(key)}
                                </option>
                            }
                        })}
                </select>
            </label>
            <Show when=move || pivot.get() == Pivot::TlsUsage>
                <BasisSelect/>
            </Show>
        </div>
    }
}

/// What a TLS share is a share of.
#[component]
fn BasisSelect() -> impl IntoView {
    let ui = Ui::get();
    let query = ui.query();
    let basis = Memo::new(move |_| query.with(|query| query.tls_basis));
    view! {
        <label class="pivot">
            <span>{t("share-of")}</span>
            <select
                prop:value=move || basis_value(basis.get())
                on:change=move |event| {
                    let chosen = if event_target_value(&event) == basis_value(TlsBasis::Senders) {
                        TlsBasis::Senders
                    } else {
                        TlsBasis::Messages
                    };
                    ui.ask(|query| query.tls_basis = chosen);
                }
            >
                {[(TlsBasis::Messages, "messages"), (TlsBasis::Senders, "senders")]
                    .map(|(each, key)| {
                        view! {
                            <option value=basis_value(each) selected=move || basis.get() == each>
                                {t(key)}
                            </option>
                        }
                    })}
            </select>
        </label>
    }
}

/// All sender domains, or one of those that are loaded.
#[component]
pub fn DomainSelect(
    /// The domain, or all.
    #[prop(into)]
    chosen: Signal<Option<String>>,
    /// Hears of another choice.
    on_choose: Callback<Option<String>>,
) -> impl IntoView {
    let ui = Ui::get();
    let domains = ui.part(|overview| overview.domains.clone());
    // Values are positions: a domain from a log may be any text, the empty one included.
    let listed = Memo::new(move |_| {
        let mut listed = domains.get();
        if let Some(domain) = chosen.get()
            && !listed.contains(&domain)
        {
            listed.push(domain);
        }
        listed
    });
    let choose = move |event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        on_choose.run(at.and_then(|at| listed.with(|listed| listed.get(at).cloned())));
    };
    view! {
        <select on:change=choose>
            <option value="all" selected=move || chosen.with(Option::is_none)>
                {t("all-sender-domains")}
            </option>
            {move || {
                listed
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(i, domain)| {
                        let name = domain_name(&domain);
                        view! {
                            <option
                                data-log=""
                                value=i.to_string()
                                selected=move || chosen.with(|c| c.as_deref() == Some(domain.as_str()))
                            >
                                {name}
                            </option>
                        }
                    })
                    .collect_view()
            }}
        </select>
    }
}

/// A domain as text; the domain of senders without one has a name, too.
pub fn domain_name(domain: &str) -> String {
    if domain.is_empty() { t("no-domain") } else { plain(domain) }
}

const fn pivot_value(pivot: Pivot) -> &'static str {
    match pivot {
        Pivot::SendingVolume => "volume",
        Pivot::TlsUsage => "tls",
    }
}

const fn basis_value(basis: TlsBasis) -> &'static str {
    match basis {
        TlsBasis::Messages => "messages",
        TlsBasis::Senders => "senders",
    }
}
