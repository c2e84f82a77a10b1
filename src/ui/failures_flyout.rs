//! *Failed sign-ins*: the names that were tried and the addresses that tried them.

use super::dialog::{CloseFooter, Dialog, Shape};
use super::format;
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::log_text::LogText;
use super::message_bar::{Intent, MessageBar};
use super::state::{Panel, Ui};
use crate::export::rows_tsv::{self, Cell};
use crate::model::Count;
use crate::platform::dom;
use crate::report::failures::MANY_NAMES;
use crate::report::{FailedList, FailedRow, Failures, Known};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Rows of a list before the rest is a number.
const LISTED: usize = 200;

/// The flyout *Failed sign-ins*.
#[component]
pub fn FailuresFlyout() -> impl IntoView {
    view! {
        <Dialog
            wants=|panel| matches!(panel, Panel::FailedSignIns(_))
            id="failures"
            title=t("failed-sign-ins")
            shape=Shape::Flyout
        >
            // It scrolls, and may hold nothing that takes the focus.
            <div class="dialog-body" tabindex="0"><Body/></div>
            <CloseFooter/>
        </Dialog>
    }
}

#[component]
fn Body() -> impl IntoView {
    let ui = Ui::get();
    let wanted = Memo::new(move |_| {
        ui.panel.with(|panel| match panel {
            Some(Panel::FailedSignIns(days)) => Some(*days),
            _ => None,
        })
    });
    let fetched: RwSignal<Option<Result<Failures, String>>> = RwSignal::new(None);
    Effect::new(move |_| {
        // Another drop may know more.
        ui.client.snapshot.track();
        let Some(days) = wanted.get() else { return };
        spawn_local(async move {
            let answer = ui.client.failures(days).await;
            if wanted.try_get_untracked() == Some(Some(days)) {
                fetched.set(Some(answer));
            }
        });
    });
    move || match fetched.get() {
        None => view! { <p class="hint" role="status">{t("loading")}</p> }.into_any(),
        Some(Err(words)) => {
            view! { <p class="field-error" role="alert">{t("table-failed")} " " <LogText text=words/></p> }
                .into_any()
        }
        Some(Ok(failures)) => view! { <Found failures=failures/> }.into_any(),
    }
}

#[component]
fn Found(failures: Failures) -> impl IntoView {
    let query = Ui::get().query();
    let is_narrowed = move || query.with(|query| query.domain.is_some() || !query.filter.is_empty());
    let days = match failures.days {
        Some(days) => t_args("days-utc", &[("days", format::span(days).into())]),
        None => t("range-undated"),
    };
    let counted = |count| format::count(count).into();
    let totals = t_args(
        "failures-totals",
        &[
            ("failed", counted(failures.failed)),
            ("names", counted(failures.names)),
            ("addresses", counted(failures.addresses)),
        ],
    );
    let (never, given_up) = (failures.never, failures.given_up);
    // The one that stands for all others is not told apart.
    let told_apart = failures.names.known_part().saturating_sub(1);
    let lists = if failures.by_name.rows.is_empty() {
        view! { <p>{t("failures-none")}</p> }.into_any()
    } else {
        view! {
            <p>
                {totals} " " {(never > 0).then(|| t_args("failures-never", &[("n", n(never))]))}
            </p>
            {(given_up > 0)
                .then(|| {
                    let args = [("n", n(given_up)), ("names", n(told_apart))];
                    view! {
                        <MessageBar intent=Intent::Warning>
                            {t_args("notice-failed-names-given-up", &args)}
                        </MessageBar>
                    }
                })}
            <h3 id="failures-by-name">{t("failures-by-name")}</h3>
            <FailedTable list=failures.by_name by=By::Name/>
            <h3 id="failures-by-address">{t("failures-by-address")}</h3>
            <p class="hint">{t_args("failures-by-address-text", &[("n", n(MANY_NAMES))])}</p>
            <FailedTable list=failures.by_address by=By::Address/>
        }
        .into_any()
    };
    view! {
        <p class="hint">{days}</p>
        <Show when=is_narrowed>
            <p class="hint">{t("failures-all")}</p>
        </Show>
        {lists}
    }
}

/// What a list is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Name,
    Address,
}

impl By {
    /// The headings of the name or address and of what it was tried across, the id of the heading above, and what the
    /// button says.
    fn words(self) -> [&'static str; 4] {
        match self {
            Self::Name => ["failures-name", "failures-addresses", "failures-by-name", "failures-copy-names"],
            Self::Address => {
                ["field-client-address", "failures-names", "failures-by-address", "failures-copy-addresses"]
            }
        }
    }
}

#[component]
fn FailedTable(list: FailedList, by: By) -> impl IntoView {
    let [what, across, label, copy_words] = by.words();
    let more = list.total_rows.saturating_sub(LISTED as u64);
    let rows = list.rows.iter().take(LISTED).map(|row| view_row(row, by)).collect_view();
    let said = RwSignal::new(String::new());
    let list = StoredValue::new(list);
    let copy = move |_| {
        said.set(String::new());
        spawn_local(async move {
            let (text, copied, all) =
                list.with_value(|list| (tsv(list, by), list.rows.len() as u64, list.total_rows));
            let words = match (dom::copy(&text).await, copied < all) {
                (false, _) => t("rows-not-copied"),
                (true, true) => t_args("failures-copied-first", &[("n", n(copied)), ("all", n(all))]),
                (true, false) => t_args("rows-copied", &[("n", n(copied))]),
            };
            said.try_set(words);
        });
    };
    view! {
        <div class="numbers-scroll" tabindex="0" role="region" aria-labelledby=label>
            <table class="numbers wide-name">
                <thead>
                    <tr>
                        <th scope="col">{t(what)}</th>
                        <th scope="col" class="number">{t("failed-short")}</th>
                        <th scope="col">{t(across)}</th>
                        <th scope="col">{t("failures-when")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <p class="hint">{t_args("and-more", &[("n", n(more))])}</p> })}
        <div class="button-row">
            <button type="button" class="button" on:click=copy>
                {icon(Icon::Copy)} <span>{t(copy_words)}</span>
            </button>
            <span class="table-said" role="status">{move || said.get()}</span>
        </div>
    }
}

fn view_row(row: &FailedRow, by: By) -> impl IntoView + use<> {
    let name = if row.text.is_empty() {
        t("unknown").into_any()
    } else {
        view! { <LogText text=row.text.clone()/> }.into_any()
    };
    let client = match (&row.only_client, row.clients.known_part()) {
        (Some(client), _) => Some(view! { <LogText text=client.clone()/> }.into_any()),
        (None, 0) => None,
        (None, clients) => Some(t_args("failures-clients", &[("n", n(clients))]).into_any()),
    };
    let across = match &row.only {
        Some(only) => view! { <LogText text=only.clone()/> }.into_any(),
        None => format::count(row.across).into_any(),
    };
    let is_spray = by == By::Address && row.tried_many_names();
    // Somebody who guessed, and was right.
    let got_in = is_spray && matches!(row.known, Known::SignedIn | Known::OtherDays);
    view! {
        <tr>
            <th scope="row">
                {name}
                {client.map(|client| view! { <br/> <small class="hint">{client}</small> })}
                <div class="tags">
                    {is_spray.then(|| view! { <span class="tag old">{t("failures-many-names")}</span> })}
                    {known_words(row.known)
                        .map(|words| view! { <span class="tag" class:old=got_in>{words}</span> })}
                </div>
            </th>
            <td class="number">{format::number(row.failed)}</td>
            <td>{across}</td>
            <td>{row.seen.map_or_else(|| t("unknown"), format::span)}</td>
        </tr>
    }
}

fn known_words(known: Known) -> Option<String> {
    let key = match known {
        Known::SignedIn => "failures-signed-in",
        Known::OtherDays => "failures-other-days",
        Known::Sender => "failures-sender",
        Known::Never => "failures-never-seen",
        Known::Untold => return None,
    };
    Some(t(key))
}

/// All rows that are there, those beyond what is listed too, for a spreadsheet. An address has two columns more.
fn tsv(list: &FailedList, by: By) -> String {
    let [what, across, ..] = by.words();
    let is_address = by == By::Address;
    let mut heading = vec![t(what), t("failed-sign-ins"), t(across)];
    heading.extend(["first-seen", "last-seen", "failures-known"].map(t));
    if is_address {
        heading.extend(["failures-many-names", "field-client-name"].map(t));
    }
    let rows = list.rows.iter().map(|row| {
        let mut cells = vec![
            if row.text.is_empty() { Cell::Words(t("unknown")) } else { Cell::FromLog(row.text.clone()) },
            Cell::Number(row.failed),
            only_or_count(row.only.as_ref(), row.across),
            Cell::Day(row.seen.map(|seen| seen.first)),
            Cell::Day(row.seen.map(|seen| seen.last)),
            Cell::Words(known_words(row.known).unwrap_or_default()),
        ];
        if is_address {
            let key = if row.tried_many_names() { "tells-yes" } else { "tells-no" };
            cells.extend([Cell::Words(t(key)), only_or_count(row.only_client.as_ref(), row.clients)]);
        }
        cells
    });
    rows_tsv::write(&heading, rows)
}

fn only_or_count(only: Option<&String>, count: Count) -> Cell {
    only.map_or(Cell::Count(count), |only| Cell::FromLog(only.clone()))
}
