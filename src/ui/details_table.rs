//! *View details table*: as many senders as there are, of which only those in sight are in the document.
//!
//! Rows stand at computed places inside a tall empty box; scrolling asks the engine for the window around what is
//! in sight.

use super::format;
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::log_text::LogText;
use super::state::{Panel, Ui};
use super::tls_rows::version_name;
use crate::model::TlsVersion;
use crate::platform::dom;
use crate::report::{DetailsPage, DetailsRequest, Pivot, Query, SenderId, SenderRow, SortColumn};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Height of a row and of the heading; `--row` in `table.css` says the same.
const ROW_REM: f64 = 2.75;
/// Rows kept above and below what is in sight.
const OVERSCAN: u64 = 8;
/// Rows asked for at once.
const WINDOW: u64 = 160;
/// Browsers cut elements taller than some 17 million pixels; beyond this the scroll bar is to scale.
const MAX_HEIGHT: f64 = 8_000_000.0;
/// A search starts when the typing pauses.
const SEARCH_PAUSE: Duration = Duration::from_millis(200);

/// Where rows stand in the tall box. Lengths in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Geometry {
    rows: u64,
    row: f64,
    /// Height that is in sight, less the heading.
    sight: f64,
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // row numbers, never negative
impl Geometry {
    /// Height of the box.
    fn height(self) -> f64 {
        (self.rows as f64 * self.row).min(MAX_HEIGHT)
    }

    /// The row (and part of a row) at the upper edge.
    fn first(self, scroll: f64) -> f64 {
        let natural = self.rows as f64 * self.row;
        if natural <= MAX_HEIGHT {
            scroll / self.row
        } else {
            let way = (MAX_HEIGHT - self.sight).max(1.0);
            (scroll / way).clamp(0.0, 1.0) * (natural - self.sight) / self.row
        }
    }

    /// First row to have in the document, and how many.
    fn window(self, scroll: f64) -> (u64, u64) {
        let top = self.first(scroll).max(0.0) as u64;
        let first = top.saturating_sub(OVERSCAN);
        let last = (top + (self.sight / self.row).ceil() as u64 + 1 + OVERSCAN).min(self.rows);
        (first, last.saturating_sub(first))
    }

    /// Where a row stands in the box.
    fn place(self, row: u64, scroll: f64) -> f64 {
        if self.rows as f64 * self.row <= MAX_HEIGHT {
            row as f64 * self.row
        } else {
            scroll + (row as f64 - self.first(scroll)) * self.row
        }
    }

    /// The scroll position that brings a row into sight, as near as can be to the present one.
    fn reach(self, row: u64, scroll: f64) -> f64 {
        let first = self.first(scroll);
        let fit = (self.sight / self.row).floor().max(1.0);
        let wanted = if (row as f64) < first {
            row as f64
        } else if (row + 1) as f64 > first + fit {
            (row + 1) as f64 - fit
        } else {
            return scroll;
        };
        let natural = self.rows as f64 * self.row;
        if natural <= MAX_HEIGHT {
            wanted * self.row
        } else {
            wanted * self.row / (natural - self.sight) * (MAX_HEIGHT - self.sight)
        }
    }
}

/// What a window of rows was fetched for.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    query: Query,
    sort: SortColumn,
    ascending: bool,
    search: String,
    /// Which snapshot: another drop changes the rows.
    snapshot: u64,
}

/// The window that is there.
#[derive(Clone, Debug, PartialEq)]
struct Fetched {
    asked: Asked,
    page: DetailsPage,
    ticket: u64,
}

impl Fetched {
    fn covers(&self, first: u64, len: u64) -> bool {
        let here = self.page.start..self.page.start + self.page.rows.len() as u64;
        len == 0 || (here.contains(&first) && here.contains(&(first + len - 1)))
    }
}

/// The table, its search and its sorting.
#[component]
pub fn DetailsTable() -> impl IntoView {
    let ui = Ui::get();
    let query = ui.query();
    let search = RwSignal::new(String::new());
    let versions = Memo::new(move |_| match query.with(|query| query.pivot) {
        Pivot::SendingVolume => Vec::new(),
        Pivot::TlsUsage => ui
            .client
            .snapshot
            .with(|s| s.as_ref().map_or_else(|| columns(&[]), |s| columns(&s.overview.tls.total.0))),
    });
    let asked = {
        let generation = Memo::new(move |old: Option<&u64>| {
            ui.client.snapshot.track();
            old.map_or(0, |old| old + 1)
        });
        Memo::new(move |_| {
            let (sort, ascending) = ui.table_sort.get();
            Asked { query: query.get(), sort, ascending, search: search.get(), snapshot: generation.get() }
        })
    };
    let fetched = RwSignal::new(None::<Fetched>);
    let failure = RwSignal::new(None::<String>);
    let rows = Memo::new(move |_| {
        fetched.with(|f| f.as_ref().map_or((0, 0), |f| (f.page.total_rows, f.page.unfiltered_rows)))
    });

    view! {
        <div class="table-tools">
            <label class="search">
                <span class="visually-hidden">{t("search-senders")}</span>
                {icon(Icon::Search)}
                <SearchBox search=search/>
            </label>
            <Show when=move || !versions.with(Vec::is_empty)>
                <OldFirst/>
            </Show>
            <span class="table-count" role="status">
                {move || {
                    let (found, all) = rows.get();
                    if search.with(String::is_empty) {
                        t_args("senders-count", &[("n", n(all))])
                    } else {
                        t_args("senders-found", &[("n", n(found)), ("all", n(all))])
                    }
                }}
            </span>
        </div>
        {move || {
            failure
                .get()
                .map(|words| view! { <p class="field-error" role="alert">{t("table-failed")} " " <LogText text=words/></p> })
        }}
        <Grid versions=versions asked=asked fetched=fetched failure=failure/>
        <Show when=move || fetched.with(|f| f.as_ref().is_some_and(|f| f.page.total_rows == 0))>
            <p class="empty">{t("no-senders")}</p>
        </Show>
    }
}

/// TLS 1.0 to 1.3, and whatever else was seen.
fn columns(present: &[u64]) -> Vec<TlsVersion> {
    const ALWAYS: [TlsVersion; 4] =
        [TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12, TlsVersion::Tls13];
    TlsVersion::ALL
        .into_iter()
        .filter(|&v| ALWAYS.contains(&v) || present.get(v as usize).is_some_and(|&count| count > 0))
        .collect()
}

#[component]
fn SearchBox(search: RwSignal<String>) -> impl IntoView {
    let mut settle = debounce(SEARCH_PAUSE, move |text: String| {
        search.try_set(text);
    });
    view! {
        <input
            type="search"
            placeholder=t("search-senders")
            autocomplete="off"
            spellcheck="false"
            on:input=move |event| settle(event_target_value(&event))
        />
    }
}

#[component]
fn OldFirst() -> impl IntoView {
    let ui = Ui::get();
    let on = move || ui.table_sort.get().0 == SortColumn::OldTls;
    view! {
        <button
            type="button"
            class="button toggle"
            aria-pressed=move || on().to_string()
            on:click=move |_| {
                let sort = if on() { SortColumn::Messages } else { SortColumn::OldTls };
                ui.table_sort.set((sort, false));
            }
        >
            {icon(Icon::Warning)} <span>{t("old-tls-first")}</span>
        </button>
    }
}

#[component]
fn Grid(
    versions: Memo<Vec<TlsVersion>>,
    asked: Memo<Asked>,
    fetched: RwSignal<Option<Fetched>>,
    failure: RwSignal<Option<String>>,
) -> impl IntoView {
    let ui = Ui::get();
    let scroller = NodeRef::<html::Div>::new();
    let row_px = dom::rem_px() * ROW_REM;
    let scroll = RwSignal::new(0.0_f64);
    let sight = RwSignal::new(row_px * 12.0);
    let active = RwSignal::new(0_u64);
    let total = Memo::new(move |_| fetched.with(|f| f.as_ref().map_or(0, |f| f.page.total_rows)));
    let geometry = Memo::new(move |_| Geometry { rows: total.get(), row: row_px, sight: sight.get() });
    let window = Memo::new(move |_| geometry.get().window(scroll.get()));

    // What is in sight follows the window's size.
    let observer = StoredValue::new_local(None);
    Effect::new(move |_| {
        if let Some(element) = scroller.get() {
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

    // Another question starts at the top.
    let question = Memo::new(move |_| Asked { snapshot: 0, ..asked.get() });
    Effect::new(move |before: Option<()>| {
        // Reading, not only tracking: a memo that nobody reads never hears of a change.
        question.with(|_| ());
        if before.is_some() {
            scroll.set(0.0);
            active.set(0);
            if let Some(element) = scroller.get_untracked() {
                dom::scroll_within(&element, 0.0);
            }
        }
    });

    // Ask for what is in sight and not there yet.
    let tickets = StoredValue::new(0_u64);
    Effect::new(move |_| {
        let asked_now = asked.get();
        let (first, len) = window.get();
        let there = fetched
            .with_untracked(|f| f.as_ref().is_some_and(|f| f.asked == asked_now && f.covers(first, len)));
        if there {
            return;
        }
        let len = len.max(WINDOW);
        let request = DetailsRequest {
            query: asked_now.query.clone(),
            sort: asked_now.sort,
            ascending: asked_now.ascending,
            search: asked_now.search.clone(),
            start: first.saturating_sub(len / 4),
            len,
        };
        let ticket = tickets.get_value() + 1;
        tickets.set_value(ticket);
        spawn_local(async move {
            let answer = ui.client.details(request).await;
            // The table may be gone, or a later answer may be here already.
            let late = fetched.try_with_untracked(|f| f.as_ref().is_some_and(|f| f.ticket > ticket));
            if late != Some(false) {
                return;
            }
            match answer {
                Ok(page) => {
                    failure.set(None);
                    fetched.set(Some(Fetched { asked: asked_now, page, ticket }));
                }
                Err(words) => failure.set(Some(words)),
            }
        });
    });

    let go_to = move |row: u64| {
        active.set(row);
        let there = geometry.get_untracked().reach(row, scroll.get_untracked());
        if let Some(element) = scroller.get_untracked() {
            dom::scroll_within(&element, there);
            scroll.set(there);
        }
        // Once the row is in the document.
        request_animation_frame(move || dom::focus_id(&row_id(row)));
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let last = total.get_untracked().saturating_sub(1);
        let now = active.get_untracked().min(last);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let leap = (sight.get_untracked() / row_px).max(1.0) as u64;
        let to = match event.key().as_str() {
            "ArrowDown" => (now + 1).min(last),
            "ArrowUp" => now.saturating_sub(1),
            "PageDown" => (now + leap).min(last),
            "PageUp" => now.saturating_sub(leap),
            "Home" => 0,
            "End" => last,
            "Enter" | " " => {
                event.prevent_default();
                let sender =
                    fetched.with_untracked(|f| row_at(f.as_ref(), now).map(|row| row.sender.clone()));
                if let Some(sender) = sender {
                    ui.panel.set(Some(Panel::Sender(sender)));
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        go_to(to);
    };
    // Exactly one row takes the Tab key: the active one, or the first in sight.
    let tab_stop = Memo::new(move |_| {
        let (first, len) = window.get();
        let active = active.get();
        if (first..first + len).contains(&active) { active } else { first }
    });

    view! {
        <div
            node_ref=scroller
            class="grid"
            class:grid-volume=move || versions.with(Vec::is_empty)
            style=("--versions", move || versions.with(Vec::len).to_string())
            role="grid"
            aria-label=t("details-table")
            aria-rowcount=move || (total.get() + 1).to_string()
            aria-colcount=move || (versions.with(Vec::len) + 2).to_string()
            aria-busy=move || fetched.with(|f| f.as_ref().is_none_or(|f| f.asked != asked.get())).to_string()
            on:scroll=move |event| scroll.set(dom::scroll_top_of(&event))
        >
            <div role="rowgroup" class="grid-head">
                <div role="row" class="grid-row" aria-rowindex="1">
                    <Heading column=SortColumn::Sender>{t("sender-address")}</Heading>
                    {move || {
                        versions
                            .get()
                            .into_iter()
                            .map(|v| view! { <Heading column=SortColumn::Tls(v)>{version_name(v, false)}</Heading> })
                            .collect_view()
                    }}
                    <Heading column=SortColumn::Messages>{t("message-count")}</Heading>
                </div>
            </div>
            <div
                role="rowgroup"
                class="grid-body"
                style=("height", move || format!("{}px", geometry.get().height()))
                on:keydown=on_key
            >
                <For
                    each=move || {
                        let (first, len) = window.get();
                        first..first + len
                    }
                    key=|index| *index
                    let:index
                >
                    {
                        let row = Memo::new(move |_| fetched.with(|f| row_at(f.as_ref(), index).cloned()));
                        view! {
                            <div
                                id=row_id(index)
                                role="row"
                                class="grid-row data"
                                class:pending=move || row.with(Option::is_none)
                                class:old=move || row.with(|r| r.as_ref().is_some_and(|r| r.tls_seen.below_1_2() > 0))
                                aria-rowindex=(index + 2).to_string()
                                tabindex=move || if tab_stop.get() == index { "0" } else { "-1" }
                                style=("top", move || format!("{}px", geometry.get().place(index, scroll.get())))
                                on:focus=move |_| active.set(index)
                                on:click=move |_| {
                                    if let Some(row) = row.get_untracked() {
                                        active.set(index);
                                        ui.panel.set(Some(Panel::Sender(row.sender)));
                                    }
                                }
                            >
                                {move || row.get().map(|row| versions.with(|versions| cells(&row, versions)))}
                            </div>
                        }
                    }
                </For>
            </div>
        </div>
    }
}

fn row_id(row: u64) -> String {
    format!("sender-row-{row}")
}

fn row_at(fetched: Option<&Fetched>, index: u64) -> Option<&SenderRow> {
    let page = &fetched?.page;
    page.rows.get(usize::try_from(index.checked_sub(page.start)?).ok()?)
}

fn cells(row: &SenderRow, versions: &[TlsVersion]) -> impl IntoView + use<> {
    let total = row.tls.total();
    let unknown = row.messages.value().is_none();
    let by_version = versions
        .iter()
        .map(|&version| {
            let count = row.tls.get(version);
            let seen = row.tls_seen.get(version) > 0;
            let text = match (count, unknown, seen) {
                (0, true, true) => t("seen"),
                (0, true, false) => t("not-seen"),
                _ => format::number(count),
            };
            let share = (count > 0).then(|| view! { " " <small>{format::percent(count, total)}</small> });
            let old = version.is_below_1_2() && (count > 0 || seen);
            view! {
                <div role="gridcell" class="number" class:old=old class:none=!old && count == 0>
                    {old.then(|| icon(Icon::Warning))} <span class="count">{text} {share}</span>
                </div>
            }
        })
        .collect_view();
    view! {
        <div role="gridcell" class="grid-sender">{sender_name(&row.sender)}</div>
        {by_version}
        <div role="gridcell" class="number" class:none=unknown>{format::count(row.messages)}</div>
    }
}

/// A sender as the table and the flyout name it.
pub fn sender_name(sender: &SenderId) -> AnyView {
    match sender {
        SenderId::Address(address) if address.is_empty() => t("null-sender").into_any(),
        SenderId::Address(address) => view! { <LogText text=address.clone()/> }.into_any(),
        SenderId::Login(login) => {
            view! { <LogText text=login.clone()/> " " <small class="hint">{t("login-note")}</small> }
                .into_any()
        }
    }
}

/// A heading that sorts.
#[component]
fn Heading(column: SortColumn, children: Children) -> impl IntoView {
    let ui = Ui::get();
    let sorted = move || {
        let (sort, ascending) = ui.table_sort.get();
        (sort == column).then_some(ascending)
    };
    let sort = move |_| {
        let ascending = match sorted() {
            Some(ascending) => !ascending,
            // Names from A, numbers from the highest.
            None => column == SortColumn::Sender,
        };
        ui.table_sort.set((column, ascending));
    };
    view! {
        <div
            role="columnheader"
            class:number=column != SortColumn::Sender
            aria-sort=move || match sorted() {
                Some(true) => "ascending",
                Some(false) => "descending",
                None => "none",
            }
        >
            <button type="button" class="grid-sort" on:click=sort>
                {children()}
                {move || match sorted() {
                    Some(true) => Some(icon(Icon::ArrowUp)),
                    Some(false) => Some(icon(Icon::ArrowDown)),
                    None => None,
                }}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Geometry = Geometry { rows: 100, row: 40.0, sight: 400.0 };

    #[test]
    fn a_small_table_stands_at_its_natural_places() {
        assert!((SMALL.height() - 4000.0).abs() < 1e-9);
        assert_eq!(SMALL.window(0.0), (0, 19));
        // Row 50 is at the upper edge: 42 to 69.
        assert_eq!(SMALL.window(2000.0), (42, 27));
        assert_eq!(SMALL.window(3600.0), (82, 18));
        assert!((SMALL.place(7, 0.0) - 280.0).abs() < 1e-9);
    }

    #[test]
    fn going_to_a_row_moves_no_further_than_needed() {
        assert!((SMALL.reach(3, 0.0) - 0.0).abs() < 1e-9);
        assert!((SMALL.reach(10, 0.0) - 40.0).abs() < 1e-9);
        assert!((SMALL.reach(5, 2000.0) - 200.0).abs() < 1e-9);
        assert!((SMALL.reach(99, 0.0) - 3600.0).abs() < 1e-9);
    }

    #[test]
    fn a_million_rows_fit_and_the_last_can_be_reached() {
        let huge = Geometry { rows: 1_000_000, row: 40.0, sight: 400.0 };
        assert!((huge.height() - MAX_HEIGHT).abs() < 1e-9);
        let end = huge.reach(999_999, 0.0);
        let (first, len) = huge.window(end);
        assert_eq!(first + len, 1_000_000);
        let place = huge.place(999_999, end);
        assert!(place >= end && place + 40.0 <= end + 400.5, "{place} {end}");
    }
}
