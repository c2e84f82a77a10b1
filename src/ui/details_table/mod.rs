//! *View details table*: as many senders as there are, of which only those in sight are in the document.
//!
//! Rows stand at computed places inside a tall box; scrolling asks the engine for the window around what is in
//! sight. Which rows there are is in [`fetch`], where they stand in [`geometry`], their elements in [`rows`].

// A handful of keys of signals: large only in debug builds, which note where each was made.
#![allow(clippy::large_types_passed_by_value)]

mod cells;
mod columns;
mod copy;
mod fetch;
mod geometry;
mod header;
mod keyboard;
mod rows;
mod selection;
mod slots;
mod tools;

pub use cells::sender_name;

use super::i18n::t;
use super::kept::Kept;
use super::log_text::LogText;
use super::message_bar::{Intent, MessageBar};
use super::state::Ui;
use crate::platform::dom;
use crate::report::{Columns, SortColumn};
use columns::Shown;
use fetch::{Asked, Fetched};
use geometry::Geometry;
use header::Header;
use leptos::html;
use leptos::prelude::*;
use rows::Rows;
use selection::Selection;
use tools::Tools;

/// Height of a row and of the heading; `--row` in `table.css` says the same.
const ROW_REM: f64 = 2.75;

/// What has the focus, or had it last: a row, or a cell of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Spot {
    row: u64,
    cell: Option<usize>,
}

/// What the parts of the table share: above the table itself, for that is made anew in another language. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Table {
    ui: Ui,
    search: RwSignal<String>,
    /// The chosen columns.
    choice: RwSignal<Columns>,
    /// The columns on screen.
    shown: Memo<Vec<Shown>>,
    /// Which rows are wanted.
    asked: Memo<Asked>,
    /// Which rows are here.
    fetched: RwSignal<Option<Fetched>>,
    /// Why there are none, and for what.
    failure: RwSignal<Option<(Asked, String)>>,
    /// Changes when it is time to ask again.
    again: RwSignal<u64>,
    /// How many rows there are.
    total: Memo<u64>,
    /// How far it is scrolled, in pixels.
    top: RwSignal<f64>,
    active: RwSignal<Spot>,
    /// The rows that the spot and the selection are of.
    rows: StoredValue<Option<Asked>>,
    selection: RwSignal<Selection>,
    /// What was done last, for whoever cannot see it.
    said: RwSignal<String>,
}

/// How far the table is scrolled.
#[derive(Clone, Copy)]
struct Scroll {
    element: NodeRef<html::Div>,
    /// In pixels.
    top: RwSignal<f64>,
    geometry: Memo<Geometry>,
}

impl Table {
    /// A table that nothing was done with.
    pub fn new(ui: Ui) -> Self {
        let query = ui.query();
        let search = RwSignal::new(String::new());
        let choice = RwSignal::new(columns::remembered());
        let versions = ui.part(|overview| columns::versions(&overview.tls.total.0));
        let shown = Memo::new(move |_| {
            let pivot = query.with(|query| query.pivot);
            versions.with(|versions| columns::shown(choice.get(), pivot, versions))
        });
        let generation = Memo::new(move |old: Option<&u64>| {
            ui.client.snapshot.track();
            old.map_or(0, |old| old + 1)
        });
        let asked = Memo::new(move |_| {
            let (sort, ascending) = ui.table_sort.get();
            Asked {
                query: query.get(),
                sort,
                ascending,
                search: search.get(),
                columns: choice.get(),
                snapshot: generation.get(),
            }
        });
        let fetched = RwSignal::new(None::<Fetched>);
        Self {
            ui,
            search,
            choice,
            shown,
            asked,
            fetched,
            failure: RwSignal::new(None),
            again: RwSignal::new(0),
            total: Memo::new(move |_| fetched.with(|f| f.as_ref().map_or(0, |f| f.page.total_rows))),
            top: RwSignal::new(0.0),
            active: RwSignal::new(Spot::default()),
            rows: StoredValue::new(None),
            selection: RwSignal::new(Selection::default()),
            said: RwSignal::new(String::new()),
        }
    }

    /// Starts anew: who comes back to the table finds all of its senders.
    pub fn leave(self) {
        self.search.set(String::new());
        self.choice.set(columns::remembered());
        self.fetched.set(None);
        self.top.set(0.0);
        self.active.set(Spot::default());
        self.rows.set_value(None);
        self.selection.set(Selection::default());
    }

    /// Whether the rows on screen are not those that are wanted.
    fn is_waiting(self) -> bool {
        let failed =
            self.failure.with(|f| f.as_ref().is_some_and(|(of, _)| self.asked.with(|now| of == now)));
        !failed && self.fetched.with(|f| f.as_ref().is_none_or(|f| self.asked.with(|now| f.asked != *now)))
    }
}

/// The table, its search and its sorting.
#[component]
pub fn DetailsTable() -> impl IntoView {
    let table = Kept::get().table;
    // Words in another language, maybe. What failed is tried again.
    table.said.set(String::new());
    table.failure.set(None);
    on_cleanup(move || {
        if !table.ui.is_at_table() {
            table.leave();
        }
    });
    let failed = Memo::new(move |_| table.failure.with(|f| f.as_ref().map(|(_, words)| words.clone())));
    let is_empty = move || {
        table.fetched.with(|f| f.as_ref().is_some_and(|f| f.page.total_rows == 0))
            && failed.with(Option::is_none)
    };
    let retry = move |_| {
        table.failure.set(None);
        table.again.update(|n| *n += 1);
    };
    view! {
        <Tools table=table/>
        <div role="alert">
            {move || {
                failed
                    .get()
                    .map(|words| {
                        view! {
                            <div class="table-failed">
                                <MessageBar intent=Intent::Error>{t("table-failed")} " " <LogText text=words/></MessageBar>
                                <button type="button" class="button" on:click=retry>{t("table-retry")}</button>
                            </div>
                        }
                    })
            }}
        </div>
        <Grid table=table/>
        <Show when=is_empty>
            <div class="empty">
                <p class="empty-title">{move || if table.search.with(String::is_empty) { t("no-senders-here") } else { t("no-senders") }}</p>
                <Show when=move || !table.search.with(String::is_empty)>
                    <button type="button" class="button" on:click=move |_| table.search.set(String::new())>
                        {t("clear-search")}
                    </button>
                </Show>
            </div>
        </Show>
    }
}

#[component]
fn Grid(table: Table) -> impl IntoView {
    let row_px = dom::rem_px() * ROW_REM;
    let sight = RwSignal::new(row_px * 12.0);
    let scroll = Scroll {
        element: NodeRef::new(),
        top: table.top,
        geometry: Memo::new(move |_| Geometry { rows: table.total.get(), row: row_px, sight: sight.get() }),
    };

    // What is in sight follows the window's size.
    let observer = StoredValue::new_local(None);
    Effect::new(move |_| {
        if let Some(element) = scroll.element.get() {
            let measured = element.clone();
            observer.set_value(dom::observe_size(&element, move || {
                let height = dom::inner_height(&measured) - row_px;
                if sight.try_get_untracked().is_some_and(|old| (old - height).abs() > 0.5) {
                    sight.set(height.max(row_px));
                }
            }));
        }
    });
    on_cleanup(move || {
        observer.try_set_value(None);
    });

    // A new element is at its top.
    Effect::new(move |_| {
        if let Some(element) = scroll.element.get() {
            dom::scroll_within(&element, table.top.get_untracked());
        }
    });

    // Other rows: what was selected is no longer that. Another question starts at the top.
    let rows = Memo::new(move |_| table.asked.with(Asked::rows));
    Effect::new(move |_| {
        let now = rows.get();
        let before = table.rows.get_value();
        if before.as_ref() == Some(&now) {
            return;
        }
        if let Some(before) = before {
            table.selection.set(Selection::default());
            if before != (Asked { snapshot: before.snapshot, ..now.clone() }) {
                scroll.top.set(0.0);
                table.active.set(Spot::default());
                if let Some(element) = scroll.element.get_untracked() {
                    dom::scroll_within(&element, 0.0);
                }
            }
        }
        table.rows.set_value(Some(now));
    });

    view! {
        <p id="table-keys" class="visually-hidden">{t("table-keys")}</p>
        <div
            node_ref=scroll.element
            class="grid"
            style=("--columns", move || table.shown.with(|shown| columns::template(shown)))
            style=("--least-width", move || table.shown.with(|shown| columns::least_width(shown)))
            role="grid"
            aria-label=t("details-table")
            aria-describedby="table-keys"
            aria-multiselectable="true"
            aria-rowcount=move || (table.total.get() + 1).to_string()
            aria-colcount=move || table.shown.with(Vec::len).to_string()
            aria-busy=move || table.is_waiting().to_string()
            on:scroll=move |event| {
                let top = dom::scroll_top_of(&event);
                // Also comes for scrolling sideways, and for what was scrolled by the page itself.
                if (scroll.top.get_untracked() - top).abs() >= 1.0 {
                    scroll.top.set(top);
                }
            }
        >
            <Header table=table/>
            <Rows table=table scroll=scroll/>
        </div>
    }
}

/// Sorts by old TLS versions, most first.
pub const OLD_FIRST: (SortColumn, bool) = (SortColumn::OldTls, false);
