//! Asking the engine for the rows around what is in sight, and for whole ranges of them.

use super::Table;
use crate::report::{Columns, DetailsPage, DetailsRequest, Query, SenderRow, SortColumn};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Rows asked for at once while scrolling.
const WINDOW: u64 = 240;
/// Rows that are to be there before and after what is in the document; the next ones are asked for before they
/// are needed.
const AHEAD: u64 = 60;
/// Rows asked for at once where many are wanted.
const PIECE: u64 = 5_000;

/// What rows were fetched for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub query: Query,
    pub sort: SortColumn,
    pub ascending: bool,
    pub search: String,
    pub columns: Columns,
    /// Which snapshot: another drop changes the rows.
    pub snapshot: u64,
}

impl Asked {
    fn request(&self, start: u64, len: u64) -> DetailsRequest {
        DetailsRequest {
            query: self.query.clone(),
            sort: self.sort,
            ascending: self.ascending,
            search: self.search.clone(),
            columns: self.columns,
            start,
            len,
        }
    }

    /// What makes the rows other rows, or puts them in another order.
    pub fn rows(&self) -> Self {
        Self { columns: Columns::NONE, ..self.clone() }
    }
}

/// The rows that are there.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetched {
    pub asked: Asked,
    pub page: DetailsPage,
}

impl Fetched {
    /// A row by its number, if it is there.
    pub fn row(&self, index: u64) -> Option<&SenderRow> {
        self.page.rows.get(usize::try_from(index.checked_sub(self.page.start)?).ok()?)
    }

    fn covers(&self, from: u64, to: u64) -> bool {
        let end = self.page.start + self.page.rows.len() as u64;
        self.page.start <= from.min(self.page.total_rows) && to.min(self.page.total_rows) <= end
    }
}

/// First row and number of rows to ask for, so that those in sight and some around them are there; `None` if they
/// are.
fn missing(have: Option<&Fetched>, asked: &Asked, first: u64, len: u64) -> Option<(u64, u64)> {
    let is_here = have.is_some_and(|have| {
        have.asked == *asked && have.covers(first.saturating_sub(AHEAD), first + len + AHEAD)
    });
    let wanted = WINDOW.max(len + 2 * AHEAD);
    (!is_here).then(|| (first.saturating_sub((wanted - len) / 2), wanted))
}

/// Keeps what is in sight fetched. One question is under way at a time: while somebody drags the scroll bar, what
/// lies between is never asked for.
pub fn keep_fetched(table: Table, window: Memo<(u64, u64)>) {
    let busy = StoredValue::new(false);
    Effect::new(move |_| {
        table.again.track();
        let asked = table.asked.get();
        let (first, len) = window.get();
        let failed = table.failure.with_untracked(|f| f.as_ref().is_some_and(|(of, _)| *of == asked));
        if busy.get_value() || failed {
            return;
        }
        let Some((start, len)) = table.fetched.with_untracked(|f| missing(f.as_ref(), &asked, first, len))
        else {
            return;
        };
        busy.set_value(true);
        spawn_local(async move {
            let answer = table.ui.client.details(asked.request(start, len)).await;
            // The table may be gone.
            if busy.try_set_value(false).is_some() {
                return;
            }
            if table.asked.with_untracked(|now| *now == asked) {
                match answer {
                    Ok(page) => {
                        table.failure.set(None);
                        table.fetched.set(Some(Fetched { asked, page }));
                    }
                    Err(words) => table.failure.set(Some((asked, words))),
                }
            }
            table.again.update(|n| *n += 1);
        });
    });
}

/// All rows of some ranges, first and last included.
///
/// # Errors
/// If the engine stopped: a sentence that says so.
pub async fn rows_of(table: Table, asked: Asked, ranges: &[(u64, u64)]) -> Result<Vec<SenderRow>, String> {
    let mut rows = Vec::new();
    for &(first, last) in ranges {
        // What is there needs no waiting, and the browser lets us write to the clipboard while it is pressed.
        let here: Option<Vec<SenderRow>> = table.fetched.with_untracked(|fetched| {
            let fetched = fetched.as_ref().filter(|fetched| fetched.asked == asked)?;
            if last - first >= WINDOW {
                return None;
            }
            (first..=last).map(|row| fetched.row(row).cloned()).collect()
        });
        if let Some(here) = here {
            rows.extend(here);
            continue;
        }
        let mut start = first;
        while start <= last {
            let len = (last - start + 1).min(PIECE);
            let page = table.ui.client.details(asked.request(start, len)).await?;
            if page.rows.is_empty() {
                break;
            }
            start += page.rows.len() as u64;
            rows.extend(page.rows);
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(search: &str) -> Asked {
        Asked {
            query: Query::default(),
            sort: SortColumn::default(),
            ascending: false,
            search: search.to_owned(),
            columns: Columns::default(),
            snapshot: 1,
        }
    }

    fn fetched(start: u64, rows: usize, total: u64) -> Fetched {
        let row = SenderRow {
            sender: crate::report::SenderId::Address(String::new()),
            messages: crate::model::Count::default(),
            tls: crate::report::TlsBreakdown::default(),
            tls_seen: crate::report::TlsBreakdown::default(),
            families: crate::report::Families::default(),
            only_user: None,
            facts: crate::report::SenderFacts::default(),
        };
        let page = DetailsPage { total_rows: total, unfiltered_rows: total, start, rows: vec![row; rows] };
        Fetched { asked: asked(""), page }
    }

    #[test]
    fn rows_are_asked_for_before_they_are_needed() {
        let here = fetched(100, 240, 100_000);
        assert_eq!(missing(Some(&here), &asked(""), 170, 30), None);
        assert_eq!(missing(Some(&here), &asked(""), 260, 30), Some((155, 240)));
        assert_eq!(missing(Some(&here), &asked(""), 150, 30), Some((45, 240)));
        assert_eq!(missing(Some(&here), &asked("x"), 170, 30), Some((65, 240)));
        assert_eq!(missing(None, &asked(""), 0, 0), Some((0, 240)));
    }

    #[test]
    fn nothing_is_asked_for_beyond_the_ends() {
        assert_eq!(missing(Some(&fetched(0, 240, 100_000)), &asked(""), 0, 30), None);
        assert_eq!(missing(Some(&fetched(99_760, 240, 100_000)), &asked(""), 99_970, 30), None);
        assert_eq!(missing(Some(&fetched(0, 0, 0)), &asked(""), 0, 0), None);
        assert_eq!(missing(Some(&fetched(0, 3, 3)), &asked(""), 0, 3), None);
    }
}
