//! *Map columns*: which column of a CSV is which, with what that makes of its first rows.

use super::dialog::{Dialog, Shape};
use super::format;
use super::i18n::{n, t, t_args};
use super::log_text::{LogText, plain};
use super::problems::{bad_reason, skip_reason};
use super::state::{Panel, Ui};
use crate::aggregate::SourceId;
use crate::ingest::other_csv::{MappableCsv, Mapping, OtherCsv, Preview, ROLES, Role, RoleNames};
use crate::ingest::row::RowFormat as _;
use crate::model::Counts;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Rows that are shown.
const SHOWN_ROWS: usize = 8;
/// Columns that are shown; all can be chosen.
const SHOWN_COLUMNS: usize = 40;

/// Opens the dialog for a file; nothing if its columns are not for mapping.
#[component]
pub fn MapColumnsButton(
    /// The file.
    source: SourceId,
    /// Its name.
    name: String,
) -> impl IntoView {
    let ui = Ui::get();
    let label = format!("{} {}", t("map-columns-open"), plain(&name));
    ui.client.is_mappable(source).then(|| {
        view! {
            <button
                type="button"
                class="button small"
                aria-haspopup="dialog"
                aria-label=label
                on:click=move |_| ui.panel.set(Some(Panel::Mapping(source)))
            >
                {t("map-columns-open")}
            </button>
        }
    })
}

/// The dialog *Map columns*.
#[component]
pub fn MapColumns() -> impl IntoView {
    view! {
        <Dialog
            wants=|panel| matches!(panel, Panel::Mapping(_))
            id="mapping"
            title=t("map-columns")
            shape=Shape::Box
        >
            <Body/>
        </Dialog>
    }
}

/// What is known so far.
#[derive(Clone)]
enum Fetched {
    Waiting,
    Failed(String),
    Here(SourceId, String, Arc<MappableCsv>),
}

#[component]
fn Body() -> impl IntoView {
    let ui = Ui::get();
    let fetched = RwSignal::new(Fetched::Waiting);
    if let Some(Panel::Mapping(source)) = ui.panel.get_untracked() {
        spawn_local(async move {
            let answer = match ui.client.mappable(source).await {
                Ok(Some((name, csv))) => Fetched::Here(source, name, Arc::new(csv)),
                Ok(None) => Fetched::Failed(String::new()),
                Err(words) => Fetched::Failed(words),
            };
            // The dialog may be closed by now.
            fetched.try_set(answer);
        });
    }
    move || match fetched.get() {
        Fetched::Waiting => {
            view! { <div class="dialog-body"><p class="hint" role="status">{t("loading")}</p></div> }
                .into_any()
        }
        Fetched::Failed(words) => view! {
            <div class="dialog-body">
                <p class="field-error" role="alert">{t("problem-unreadable")} " " <LogText text=words/></p>
            </div>
        }
        .into_any(),
        Fetched::Here(source, name, csv) => {
            view! { <MappingForm source=source name=name csv=csv/> }.into_any()
        }
    }
}

/// A mapping, and what it makes of the first rows.
#[derive(Clone, PartialEq)]
struct Draft {
    mapping: Mapping,
    /// Whether the day comes first, if the dates do not tell.
    asked_day_first: Option<bool>,
    preview: Preview,
}

impl Draft {
    fn new(csv: &MappableCsv, mapping: Mapping) -> Self {
        let mut by_file = mapping.clone();
        by_file.day_first = None;
        let of_file = OtherCsv::new(csv.table.clone(), by_file, &csv.rows).dates();
        let asked_day_first = of_file.is_guess.then(|| mapping.day_first.unwrap_or(of_file.day_first));
        let mapped = OtherCsv::new(csv.table.clone(), mapping.clone(), &csv.rows);
        Self { mapping, asked_day_first, preview: mapped.preview(&csv.rows) }
    }
}

#[component]
fn MappingForm(source: SourceId, name: String, csv: Arc<MappableCsv>) -> impl IntoView {
    let ui = Ui::get();
    let mapping = RwSignal::new(csv.mapping.clone());
    let draft = {
        let csv = Arc::clone(&csv);
        Memo::new(move |_| mapping.with(|mapping| Draft::new(&csv, mapping.clone())))
    };
    let is_enough = move || mapping.with(Mapping::is_enough);
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !is_enough() {
            return;
        }
        let Draft { mut mapping, asked_day_first, .. } = draft.get_untracked();
        mapping.day_first = asked_day_first.or(mapping.day_first);
        ui.panel.set(None);
        ui.client.map(source, mapping);
    };
    let roles = {
        let names = Arc::new(column_names(&csv));
        ROLES
            .iter()
            .map(|RoleNames { role, key, .. }| {
                view! { <RoleSelect role=*role label=t(key) names=Arc::clone(&names) mapping=mapping/> }
            })
            .collect_view()
    };
    view! {
        <form class="dialog-form" novalidate on:submit=apply>
            <div class="dialog-body">
                <p><strong><LogText text=name/></strong></p>
                <p>{t("mapping-text")}</p>
                <div class="field-row">{roles}</div>
                <DateOrder csv=Arc::clone(&csv) draft=draft mapping=mapping/>
                <div class="mapping-result" role="status">{
                    let csv = Arc::clone(&csv);
                    move || draft.with(|draft| result(&csv, draft))
                }</div>
                <Rows csv=csv mapping=mapping/>
                <p class="hint">{t("mapping-remembered")}</p>
            </div>
            <footer class="dialog-foot">
                <button type="submit" class="button primary" disabled=move || !is_enough()>{t("apply")}</button>
                <button type="button" class="button" on:click=move |_| ui.panel.set(None)>{t("cancel")}</button>
            </footer>
        </form>
    }
}

/// What the columns are called in a list; those without a name by their place.
fn column_names(csv: &MappableCsv) -> Vec<String> {
    let name = |(at, name): (usize, &String)| match name.trim() {
        "" => t_args("mapping-column", &[("n", n(at as u64 + 1))]),
        name => plain(name),
    };
    csv.table.names.iter().enumerate().map(name).collect()
}

#[component]
fn RoleSelect(
    role: Role,
    label: String,
    names: Arc<Vec<String>>,
    mapping: RwSignal<Mapping>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| mapping.with(|mapping| mapping.column(role)));
    let options = names
        .iter()
        .cloned()
        .enumerate()
        .map(|(at, name)| {
            view! { <option data-log="" value=at.to_string() selected=move || chosen.get() == Some(at)>{name}</option> }
        })
        .collect_view();
    view! {
        <label class="field">
            <span>{label}</span>
            <select on:change=move |event| {
                mapping.update(|mapping| mapping.set(role, event_target_value(&event).parse().ok()));
            }>
                <option value="" selected=move || chosen.get().is_none()>{t("not-seen")}</option>
                {options}
            </select>
        </label>
    }
}

/// Asks for the order of day and month, where the dates do not tell.
#[component]
fn DateOrder(csv: Arc<MappableCsv>, draft: Memo<Draft>, mapping: RwSignal<Mapping>) -> impl IntoView {
    let is_asked = Memo::new(move |_| draft.with(|draft| draft.asked_day_first.is_some()));
    let radio = move |day_first: bool, key: &'static str| {
        view! {
            <label class="preset">
                <input
                    type="radio"
                    name="mapping-dates"
                    prop:checked=move || draft.with(|draft| draft.asked_day_first == Some(day_first))
                    on:change=move |_| mapping.update(|mapping| mapping.day_first = Some(day_first))
                />
                <span>{t(key)}</span>
            </label>
        }
    };
    let example = move || {
        let times = mapping.with(|mapping| mapping.column(Role::Time));
        let texts = csv.rows.iter().filter_map(|row| row.get(times?));
        texts.into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default()
    };
    view! {
        <Show when=move || is_asked.get()>
            <fieldset class="presets">
                <legend>{t("mapping-dates")} " " <LogText text=example()/></legend>
                {radio(true, "mapping-day-first")}
                {radio(false, "mapping-month-first")}
            </fieldset>
        </Show>
    }
}

/// What the mapping makes of the first rows, and what it lacks.
fn result(csv: &MappableCsv, draft: &Draft) -> AnyView {
    let has = |role| draft.mapping.column(role).is_some();
    let lacks_who = !has(Role::User) && !has(Role::Sender);
    if !draft.mapping.is_enough() {
        let lacks = if lacks_who { "mapping-needs-who" } else { "mapping-needs-what" };
        return view! { <p class="field-error">{t(lacks)}</p> }.into_any();
    }
    let Preview { rows, counted, skipped, counts, first_skipped, first_bad } = draft.preview;
    let Counts { messages, sessions, failed_signins, .. } = counts;
    let number = |n: usize| n as u64;
    let understood = counted + skipped;
    let row = |at: usize| t_args("mapping-row", &[("n", n(number(at) + 1))]);
    let bad = first_bad.map(|(at, error)| {
        let column = error.column.and_then(|column| csv.table.names.get((column as usize).checked_sub(1)?)).cloned();
        view! {
            <p>
                {t_args("mapping-bad", &[("n", n(number(rows - understood)))])} " "
                {row(at)} " " {bad_reason(error.reason)} " "
                {column.map(|name| view! { <span class="hint">{t("column")} ": " <LogText text=name/></span> })}
            </p>
        }
    });
    let skipped = first_skipped.map(|(at, reason)| {
        view! {
            <p>
                {t_args("mapping-skipped", &[("n", n(number(skipped)))])} " " {row(at)} " " {skip_reason(reason)}
            </p>
        }
    });
    view! {
        <p>
            <strong>
                {t_args("mapping-understood", &[("rows", n(number(rows))), ("n", n(number(understood)))])}
            </strong>
        </p>
        <p>
            {t_args(
                "mapping-counts",
                &[
                    ("rows", n(number(counted))),
                    ("messages", format::count(messages).into()),
                    ("sessions", format::count(sessions).into()),
                    ("failed", format::count(failed_signins).into()),
                ],
            )}
        </p>
        {skipped}
        {bad}
    }
    .into_any()
}

/// The first rows, and over each column what it is.
#[component]
fn Rows(csv: Arc<MappableCsv>, mapping: RwSignal<Mapping>) -> impl IntoView {
    let names = column_names(&csv);
    let more = names.len().saturating_sub(SHOWN_COLUMNS) as u64;
    let roles_of = move |at: usize| {
        let roles = mapping.with(|mapping| {
            ROLES
                .iter()
                .filter(|role| mapping.column(role.role) == Some(at))
                .map(|role| t(role.key))
                .collect::<Vec<_>>()
        });
        roles.join(&t("list-separator"))
    };
    let heads = csv
        .table
        .names
        .iter()
        .zip(names)
        .take(SHOWN_COLUMNS)
        .enumerate()
        .map(|(at, (name, by_place))| {
            let name = if name.trim().is_empty() { by_place } else { name.clone() };
            view! {
                <th scope="col">
                    <LogText text=name/>
                    <span class="mapping-role">{move || roles_of(at)}</span>
                </th>
            }
        })
        .collect_view();
    let rows = csv
        .rows
        .iter()
        .take(SHOWN_ROWS)
        .map(|row| {
            let cells =
                row.iter().take(SHOWN_COLUMNS).map(|text| view! { <td><LogText text=text.clone()/></td> });
            view! { <tr>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <div class="numbers-scroll" tabindex="0" role="region" aria-label=t("mapping-rows")>
            <table class="numbers mapping-rows">
                <caption>{t("mapping-rows")}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <p class="hint">{t_args("mapping-more-columns", &[("n", n(more))])}</p> })}
    }
}
