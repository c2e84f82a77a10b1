//! The rows in sight. Their elements are made once, and show other rows as the table is scrolled.

use super::cells::cells;
use super::fetch::keep_fetched;
use super::geometry::Geometry;
use super::keyboard::on_key;
use super::slots::assign;
use super::{Scroll, Spot, Table};
use crate::platform::dom;
use leptos::prelude::*;
use std::time::Duration;

/// Elements are put in the order of their rows once the scrolling pauses: for whoever reads the document and does not
/// look at it.
const ORDER_PAUSE: Duration = Duration::from_millis(80);
/// Rows that stand for those to come.
const SKELETON: usize = 6;

/// The id of the element of a row.
pub fn row_id(row: u64) -> String {
    format!("sender-row-{row}")
}

/// An element and the row it shows.
#[derive(Clone)]
struct Slot {
    id: u64,
    row: ArcRwSignal<u64>,
}

/// The body of the table.
#[component]
pub fn Rows(table: Table, scroll: Scroll) -> impl IntoView {
    let window = Memo::new(move |_| scroll.geometry.get().window(scroll.top.get()));
    let base = Memo::new(move |_| scroll.geometry.get().base(scroll.top.get()));
    keep_fetched(table, window);

    // A row that has the focus stays in the document, wherever the table is scrolled to.
    let has_focus = RwSignal::new(false);
    let wanted = Memo::new(move |_| {
        let (first, len) = window.get();
        let mut rows: Vec<u64> = (first..first + len).collect();
        let active = table.active.get().row;
        if has_focus.get() && active < table.total.get() {
            if active < first {
                rows.insert(0, active);
            } else if active >= first + len {
                rows.push(active);
            }
        }
        rows
    });
    let slots = RwSignal::new(Vec::<Slot>::new());
    let made = StoredValue::new(0_u64);
    let body = NodeRef::<leptos::html::Div>::new();
    let mut put_in_order = debounce(ORDER_PAUSE, move |rows: Vec<u64>| {
        if let Some(Some(body)) = body.try_get_untracked() {
            dom::put_in_order(&body, rows.into_iter().map(row_id));
        }
    });
    Effect::new(move |_| {
        let rows = wanted.get();
        let here = slots.get_untracked();
        let have: Vec<u64> = here.iter().map(|slot| slot.row.get_untracked()).collect();
        let (assigned, new) = assign(&have, &rows);
        for ((slot, had), row) in here.iter().zip(have).zip(&assigned) {
            if let Some(row) = *row
                && row != had
            {
                slot.row.set(row);
            }
        }
        if !new.is_empty() || assigned.contains(&None) {
            let mut slots_now: Vec<Slot> =
                here.into_iter().zip(&assigned).filter_map(|(slot, row)| row.map(|_| slot)).collect();
            for row in new {
                let id = made.get_value();
                made.set_value(id + 1);
                slots_now.push(Slot { id, row: ArcRwSignal::new(row) });
            }
            slots.set(slots_now);
        }
        put_in_order(rows);
    });

    // Exactly one row takes the Tab key: the active one, or the first in sight.
    let tab_stop = Memo::new(move |_| {
        let rows = wanted.get();
        let active = table.active.get().row;
        if rows.binary_search(&active).is_ok() { active } else { rows.first().copied().unwrap_or(0) }
    });
    let waiting = move || table.fetched.with(Option::is_none) && table.failure.with(Option::is_none);
    view! {
        <div
            role="rowgroup"
            class="grid-body"
            style=("height", move || format!("{}px", scroll.geometry.get().height()))
            on:keydown=move |event| on_key(table, scroll, &event)
            on:focusin=move |_| has_focus.set(true)
            on:focusout=move |_| has_focus.set(false)
        >
            <Show when=waiting>
                <Skeleton/>
            </Show>
            <div
                node_ref=body
                role="presentation"
                class="grid-layer"
                style=("transform", move || shift(scroll.geometry.get(), scroll.top.get(), base.get()))
            >
                <For each=move || slots.get() key=|slot| slot.id let:slot>
                    <Row table=table scroll=scroll base=base tab_stop=tab_stop row=slot.row/>
                </For>
            </div>
        </div>
    }
}

fn shift(geometry: Geometry, scroll: f64, base: u64) -> String {
    let shift = geometry.shift(scroll, base);
    if shift == 0.0 { "none".to_owned() } else { format!("translateY({shift}px)") }
}

/// Shapes of rows, before the first answer.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="grid-skeleton" aria-hidden="true">
            {(0..SKELETON).map(|_| view! { <div class="grid-row pending"></div> }).collect_view()}
        </div>
    }
}

#[component]
fn Row(
    table: Table,
    scroll: Scroll,
    base: Memo<u64>,
    tab_stop: Memo<u64>,
    row: ArcRwSignal<u64>,
) -> impl IntoView {
    let index = ArcMemo::new(move |_| row.get());
    let index = Memo::from(index);
    let data = Memo::new(move |_| {
        table.fetched.with(|fetched| fetched.as_ref().and_then(|fetched| fetched.row(index.get())).cloned())
    });
    let click = move |event: leptos::ev::MouseEvent| {
        let row = index.get_untracked();
        if event.shift_key() {
            let from = table.active.get_untracked().row;
            table.selection.update(|selection| selection.extend(from, row));
        } else if event.ctrl_key() || event.meta_key() || dom::is_in(&event, ".row-check") {
            table.selection.update(|selection| selection.toggle(row));
        } else {
            table.open(row);
        }
        table.active.set(Spot { row, cell: None });
    };
    view! {
        <div
            id=move || row_id(index.get())
            role="row"
            class="grid-row data"
            class:pending=move || data.with(Option::is_none)
            class:old=move || data.with(|r| r.as_ref().is_some_and(|r| r.tls_seen.below_1_2() > 0))
            aria-rowindex=move || (index.get() + 2).to_string()
            aria-selected=move || table.selection.with(|s| s.has(index.get())).to_string()
            tabindex=move || if tab_stop.get() == index.get() { "0" } else { "-1" }
            style=("top", move || format!("{}px", scroll.geometry.get().place(index.get(), base.get())))
            on:focusin=move |event| {
                let spot = Spot { row: index.get_untracked(), cell: dom::part_of(&event) };
                if table.active.get_untracked() != spot {
                    table.active.set(spot);
                }
            }
            on:mousedown=move |event| {
                // Extends the selection of rows, not one of text.
                if event.shift_key() {
                    event.prevent_default();
                }
            }
            on:click=click
        >
            {move || data.get().map(|row| table.shown.with(|shown| cells(&row, shown)))}
        </div>
    }
}
