//! The headings, which sort.

use super::Table;
use super::columns::Shown;
use crate::report::SortColumn;
use crate::ui::icons::{Icon, icon};
use crate::ui::state::Ui;
use crate::ui::tls_rows::version_name;
use leptos::prelude::*;

/// The row of headings.
#[component]
pub fn Header(table: Table) -> impl IntoView {
    view! {
        <div role="rowgroup" class="grid-head">
            <div role="row" class="grid-row" aria-rowindex="1">
                {move || {
                    table.shown.get().into_iter().map(|column| view! { <Heading column=column/> }).collect_view()
                }}
            </div>
        </div>
    }
}

#[component]
fn Heading(column: Shown) -> impl IntoView {
    let ui = Ui::get();
    let sorts = column.sort();
    let sorted = move || {
        let (sort, ascending) = ui.table_sort.get();
        (sort == sorts).then_some(ascending)
    };
    let sort = move |_| {
        let ascending = match sorted() {
            Some(ascending) => !ascending,
            // Names from A, numbers from the highest, days from the last.
            None => sorts == SortColumn::Sender,
        };
        ui.table_sort.set((sorts, ascending));
    };
    let title = match column {
        Shown::Version(version) => version_name(version, false).into_any(),
        other => view! { <span>{other.title()}</span> }.into_any(),
    };
    view! {
        <div
            role="columnheader"
            class:number=column.is_number()
            class:grid-sender=column == Shown::Sender
            aria-sort=move || match sorted() {
                Some(true) => "ascending",
                Some(false) => "descending",
                None => "none",
            }
        >
            <button type="button" class="grid-sort" on:click=sort>
                {title}
                {move || match sorted() {
                    Some(true) => Some(icon(Icon::ArrowUp)),
                    Some(false) => Some(icon(Icon::ArrowDown)),
                    None => None,
                }}
            </button>
        </div>
    }
}
