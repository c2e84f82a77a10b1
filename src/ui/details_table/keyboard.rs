//! The table by keyboard. Rows have the focus; the right arrow enters a row's cells, the left one leaves them.

use super::copy::{Unselected, copy_rows};
use super::rows::row_id;
use super::{Scroll, Spot, Table};
use crate::platform::dom;
use crate::ui::state::Panel;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Moves the focus to a row, or a cell of it, and brings it into sight.
pub fn go_to(table: Table, scroll: Scroll, spot: Spot) {
    table.active.set(spot);
    let now = scroll.top.get_untracked();
    let there = scroll.geometry.get_untracked().reach(spot.row, now);
    if (there - now).abs() > 0.5
        && let Some(element) = scroll.element.get_untracked()
    {
        dom::scroll_within(&element, there);
        scroll.top.set(there);
    }
    // Once the row is in the document.
    request_animation_frame(move || dom::focus_part(&row_id(spot.row), spot.cell));
}

/// What a key does in the body of the table.
pub fn on_key(table: Table, scroll: Scroll, event: &KeyboardEvent) {
    let Some(last) = table.total.get_untracked().checked_sub(1) else { return };
    let spot = table.active.get_untracked();
    let (now, cell) = (spot.row.min(last), spot.cell);
    let command = event.ctrl_key() || event.meta_key();
    if event.alt_key() {
        return;
    }
    let leap = scroll.geometry.get_untracked().fit();
    let key = event.key();
    let row = match key.as_str() {
        "ArrowDown" => (now + 1).min(last),
        "ArrowUp" => now.saturating_sub(1),
        "PageDown" => now.saturating_add(leap).min(last),
        "PageUp" => now.saturating_sub(leap),
        "Home" if cell.is_none() || command => 0,
        "End" if cell.is_none() || command => last,
        "Home" | "End" | "ArrowRight" | "ArrowLeft" if !command => {
            let end = table.shown.with_untracked(|shown| shown.len().saturating_sub(1));
            let cell = match (key.as_str(), cell) {
                ("Home", _) | ("ArrowRight", None) => Some(0),
                ("End", _) => Some(end),
                ("ArrowRight", Some(cell)) => Some((cell + 1).min(end)),
                (_, cell) => cell.and_then(|cell| cell.checked_sub(1)),
            };
            event.prevent_default();
            go_to(table, scroll, Spot { row: now, cell });
            return;
        }
        _ => {
            if act(table, &key, command, now, last) {
                event.prevent_default();
            }
            return;
        }
    };
    event.prevent_default();
    table.selection.update(|selection| {
        if event.shift_key() {
            selection.extend(now, row);
        } else {
            selection.let_go();
        }
    });
    go_to(table, scroll, Spot { row, cell });
}

/// Keys that move nothing; whether this is one.
fn act(table: Table, key: &str, command: bool, row: u64, last: u64) -> bool {
    match key {
        "Enter" => table.open(row),
        " " => table.selection.update(|selection| selection.toggle(row)),
        "a" | "A" if command => table.selection.set(super::selection::Selection::all(last + 1)),
        // Text that is marked is what is meant.
        "c" | "C" if command && !dom::is_text_selected() => copy_rows(table, Unselected::Focused),
        "Escape" if table.selection.with_untracked(|selection| selection.len() > 0) => {
            table.selection.set(super::selection::Selection::default());
        }
        _ => return false,
    }
    true
}

impl Table {
    /// Opens the details of a row, if it is there.
    pub fn open(self, row: u64) {
        let sender = self.fetched.with_untracked(|fetched| {
            fetched.as_ref().and_then(|fetched| fetched.row(row)).map(|row| row.sender.clone())
        });
        if let Some(sender) = sender {
            self.ui.panel.set(Some(Panel::Sender(sender)));
        }
    }
}
