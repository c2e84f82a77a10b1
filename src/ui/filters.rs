//! *Filters*: which days, and clauses of one's own.

use super::clauses::{Clauses, ClausesDraft};
use super::dialog::{Dialog, Shape};
use super::format;
use super::i18n::{t, t_args};
use super::range_picker::{RangeDraft, RangePicker};
use super::saved_filters::SavedFilters;
use super::state::{Panel, Ui};
use crate::platform::dom;
use crate::report::{Filter, Query};
use leptos::prelude::*;

/// The flyout *Filters*.
#[component]
pub fn Filters() -> impl IntoView {
    view! {
        <Dialog
            wants=|panel| matches!(panel, Panel::Filters)
            id="filters"
            title=t("filters")
            shape=Shape::Flyout
        >
            <FilterForm/>
        </Dialog>
    }
}

#[component]
fn FilterForm() -> impl IntoView {
    let ui = Ui::get();
    let loaded = ui.part(|overview| overview.loaded.days).get_untracked();
    let query = ui.query().get_untracked();
    let draft = RangeDraft::new(query.range, loaded, dom::today());
    let clauses = ClausesDraft::new(&query.filter);
    let close = move || ui.panel.set(None);
    let apply = move |filter: Filter| {
        if let Ok(range) = draft.value() {
            close();
            ui.ask(|query| {
                query.range = range;
                query.filter = filter;
            });
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(filter) = clauses.ask() {
            apply(filter);
        }
    };
    let clear = move |_| {
        close();
        ui.ask(|query| {
            query.range = Query::default().range;
            query.filter = Filter::default();
        });
    };
    view! {
        <form class="dialog-form" novalidate on:submit=submit>
            <div class="dialog-body">
                <p class="hint">
                    {loaded.map(|days| t_args("filters-loaded", &[("days", format::span(days).into())]))}
                </p>
                <RangePicker draft=draft id="filters"/>
                <section class="custom-filter" aria-labelledby="custom-filter-title">
                    <h3 id="custom-filter-title">{t("custom-filter")}</h3>
                    <p class="hint">{t("custom-filter-text")}</p>
                    <Clauses draft=clauses/>
                </section>
                <SavedFilters draft=clauses on_apply=Callback::new(apply)/>
                <p class="hint">{t("custom-filter-link")}</p>
            </div>
            <footer class="dialog-foot">
                <button type="submit" class="button primary" disabled=move || draft.value().is_err()>
                    {t("apply")}
                </button>
                <button type="button" class="button" on:click=move |_| close()>{t("cancel")}</button>
                <button type="button" class="button quiet" on:click=clear>{t("clear-filters")}</button>
            </footer>
        </form>
    }
}
