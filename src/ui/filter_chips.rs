//! The filter above the report, so that nobody takes a part for the whole.

use super::clauses::focus_soon;
use super::filter_words::ClauseText;
use super::i18n::t;
use super::icons::{Icon, icon};
use super::state::Ui;
use crate::report::Filter;
use leptos::prelude::*;

/// The button that opens *Filters*: where the focus goes when the last chip goes.
pub const FILTERS_BUTTON: &str = "filters-button";

/// Takes all clauses away.
pub fn clear_filter(ui: Ui) {
    ui.ask(|query| query.filter = Filter::default());
    focus_soon(FILTERS_BUTTON.to_owned());
}

/// A chip for each clause, each of which can be removed, and *Clear filters*.
#[component]
pub fn FilterChips() -> impl IntoView {
    let ui = Ui::get();
    let query = ui.query();
    let filter = Memo::new(move |_| query.with(|query| query.filter.clone()));
    let remove = move |index: usize| {
        let left = filter.with_untracked(|filter| filter.without(index));
        let last = left.clauses().len().checked_sub(1);
        ui.ask(|query| query.filter = left);
        focus_soon(
            last.map_or_else(|| FILTERS_BUTTON.to_owned(), |last| format!("chip-{}", index.min(last))),
        );
    };
    move || {
        let clauses = filter.get().clauses().to_vec();
        (!clauses.is_empty()).then(|| {
            let chips = clauses
                .into_iter()
                .enumerate()
                .map(|(i, clause)| {
                    view! {
                        <li class="chip">
                            <span id=format!("chip-{i}-text")><ClauseText clause=clause/></span>
                            <button
                                type="button"
                                id=format!("chip-{i}")
                                class="chip-remove"
                                aria-label=t("filter-remove")
                                aria-labelledby=format!("chip-{i} chip-{i}-text")
                                title=t("filter-remove")
                                on:click=move |_| remove(i)
                            >
                                {icon(Icon::Close)}
                            </button>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div class="filter-chips" role="group" aria-label=t("active-filters")>
                    {icon(Icon::Filter)} <ul>{chips}</ul>
                    <button type="button" class="button quiet small" on:click=move |_| clear_filter(ui)>
                        {t("clear-filters")}
                    </button>
                </div>
            }
        })
    }
}
