//! What stands above the table: search, count, selection, columns.

use super::columns::ColumnChooser;
use super::copy::{Unselected, copy_rows};
use super::selection::Selection;
use super::{OLD_FIRST, Table};
use crate::report::{Column, Pivot, SortColumn};
use crate::ui::i18n::{n, t, t_args};
use crate::ui::icons::{Icon, icon};
use crate::ui::shortcuts::SEARCH_ID;
use leptos::prelude::*;
use std::time::Duration;

/// A search starts when the typing pauses.
const SEARCH_PAUSE: Duration = Duration::from_millis(200);

/// The tools above the table.
#[component]
pub fn Tools(table: Table) -> impl IntoView {
    let rows = Memo::new(move |_| {
        table.fetched.with(|f| f.as_ref().map(|f| (f.page.total_rows, f.page.unfiltered_rows)))
    });
    let count = move || {
        let (found, all) = rows.get()?;
        Some(if table.search.with(String::is_empty) {
            t_args("senders-count", &[("n", n(all))])
        } else {
            t_args("senders-found", &[("n", n(found)), ("all", n(all))])
        })
    };
    let query = table.ui.query();
    let shows_versions = move || {
        query.with(|query| query.pivot == Pivot::TlsUsage) && table.choice.with(|c| c.has(Column::Tls))
    };
    view! {
        <div class="table-tools">
            <label class="search">
                <span class="visually-hidden">{t("search-senders")}</span>
                {icon(Icon::Search)}
                <SearchBox search=table.search/>
            </label>
            <Show when=shows_versions>
                <OldFirst table=table/>
            </Show>
            <ColumnChooser table=table/>
            <button type="button" class="button" title=t("copy-rows-hint") on:click=move |_| copy_rows(table, Unselected::All)>
                {icon(Icon::Copy)} <span>{t("copy-rows")}</span>
            </button>
            <Selected table=table/>
            <span class="table-said" role="status">{move || table.said.get()}</span>
            <span class="table-count" role="status">{count}</span>
        </div>
    }
}

#[component]
fn SearchBox(search: RwSignal<String>) -> impl IntoView {
    // The search outlives the table, which may be gone when the typing has paused.
    let is_here = StoredValue::new(());
    let mut settle = debounce(SEARCH_PAUSE, move |text: String| {
        if is_here.try_get_value().is_some() {
            search.set(text);
        }
    });
    view! {
        <input
            type="search"
            id=SEARCH_ID
            placeholder=t("search-senders")
            autocomplete="off"
            spellcheck="false"
            prop:value=move || search.get()
            on:input=move |event| settle(event_target_value(&event))
        />
    }
}

#[component]
fn OldFirst(table: Table) -> impl IntoView {
    let sort = table.ui.table_sort;
    let on = move || sort.get().0 == SortColumn::OldTls;
    view! {
        <button
            type="button"
            class="button toggle"
            aria-pressed=move || on().to_string()
            on:click=move |_| sort.set(if on() { (SortColumn::Messages, false) } else { OLD_FIRST })
        >
            {icon(Icon::Warning)} <span>{t("old-tls-first")}</span>
        </button>
    }
}

/// How many rows are selected, and the way out of it.
#[component]
fn Selected(table: Table) -> impl IntoView {
    let selected = Memo::new(move |_| table.selection.with(Selection::len));
    view! {
        <Show when=move || { selected.get() > 0 }>
            <span class="table-selected">
                {move || t_args("rows-selected", &[("n", n(selected.get()))])}
                <button
                    type="button"
                    class="button quiet small"
                    on:click=move |_| table.selection.set(Selection::default())
                >
                    {t("clear-selection")}
                </button>
            </span>
        </Show>
    }
}
