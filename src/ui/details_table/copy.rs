//! Rows to the clipboard, for a spreadsheet.

use super::Table;
use super::cells::{families, version_words};
use super::columns::Shown;
use super::fetch::rows_of;
use crate::export::rows_tsv::{self, Cell};
use crate::platform::dom;
use crate::report::{Column, SenderId, SenderRow};
use crate::ui::i18n::{n, t, t_args};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// More than this is for *Request report*: a clipboard is held in memory several times over.
const MOST: u64 = 100_000;

/// What is copied where no row is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unselected {
    /// The row that has the focus: what a key means.
    Focused,
    /// All rows: what a button above the table means.
    All,
}

/// Copies the selected rows and says so.
pub fn copy_rows(table: Table, unselected: Unselected) {
    let Some(last) = table.total.get_untracked().checked_sub(1) else { return };
    let selected = table.selection.with_untracked(|s| s.ranges().to_vec());
    let ranges = match unselected {
        _ if !selected.is_empty() => selected,
        Unselected::All => vec![(0, last)],
        Unselected::Focused => {
            let row = table.active.get_untracked().row;
            vec![(row, row)]
        }
    };
    let wanted: u64 = ranges.iter().map(|(first, last)| last - first + 1).sum();
    if wanted > MOST {
        table.said.set(t_args("rows-too-many", &[("max", n(MOST))]));
        return;
    }
    let columns = table.shown.get_untracked();
    let asked = table.asked.get_untracked();
    spawn_local(async move {
        let said = match rows_of(table, asked, &ranges).await {
            Ok(rows) => {
                let heading: Vec<String> = columns.iter().map(|column| column.title()).collect();
                let count = rows.len() as u64;
                let lines = rows.iter().map(|row| columns.iter().map(|&column| cell(row, column)).collect());
                if dom::copy(&rows_tsv::write(&heading, lines)).await {
                    t_args("rows-copied", &[("n", n(count))])
                } else {
                    t("rows-not-copied")
                }
            }
            Err(_) => t("rows-not-copied"),
        };
        // The same words twice would be no change, and nobody would hear of the second time.
        if table.said.try_update(String::clear).is_some() {
            request_animation_frame(move || {
                table.said.try_set(said);
            });
        }
    });
}

fn cell(row: &SenderRow, column: Shown) -> Cell {
    let facts = &row.facts;
    match column {
        Shown::Sender => match &row.sender {
            SenderId::Address(address) if address.is_empty() => Cell::Words(t("null-sender")),
            SenderId::Address(text) | SenderId::Login(text) => Cell::FromLog(text.clone()),
        },
        Shown::Version(version) => match version_words(row, version) {
            Some(words) => Cell::Words(words),
            None => Cell::Number(row.tls.get(version)),
        },
        Shown::Plain(column) => match column {
            Column::Users => match &row.only_user {
                Some(user) => Cell::FromLog(user.clone()),
                None => Cell::Number(facts.users),
            },
            Column::Authentication => Cell::Words(families(row)),
            Column::Clients => Cell::Number(facts.clients),
            // Has columns of its own.
            Column::Tls => Cell::Words(String::new()),
            Column::Messages => Cell::Count(row.messages),
            Column::Recipients => Cell::Count(facts.recipients),
            Column::Sessions => Cell::Count(facts.sessions),
            Column::FailedSignIns => Cell::Count(facts.failed_signins),
            Column::FirstSeen => Cell::Day(facts.seen.map(|days| days.first)),
            Column::LastSeen => Cell::Day(facts.seen.map(|days| days.last)),
        },
    }
}
