//! *Filters*: which days.

use super::dialog::{Dialog, Shape};
use super::format;
use super::i18n::{t, t_args};
use super::range_picker::{RangeDraft, RangePicker};
use super::state::{Panel, Ui};
use crate::platform::dom;
use crate::report::Range;
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
    let draft = RangeDraft::new(ui.query().get_untracked().range, loaded, dom::today());
    let close = move || ui.panel.set(None);
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(range) = draft.value() {
            ui.ask(|query| query.range = range);
            close();
        }
    };
    let clear = move |_| {
        ui.ask(|query| query.range = Range::Last(7));
        close();
    };
    view! {
        <form class="dialog-form" novalidate on:submit=apply>
            <div class="dialog-body">
                <p class="hint">
                    {loaded.map(|days| t_args("filters-loaded", &[("days", format::span(days).into())]))}
                </p>
                <RangePicker draft=draft id="filters"/>
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
