//! Filters that this browser remembers.

use super::clauses::{ClausesDraft, focus_soon};
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::log_text::LogText;
use crate::platform::storage;
use crate::report::saved_filters::{MAX_NAME_CHARS, MAX_SAVED, read_saved, save, write_saved};
use crate::report::{Filter, SavedFilter};
use leptos::prelude::*;

/// Under which key the browser keeps them.
const STORED: &str = "smtp-auth-report.filters";
const NAME_ID: &str = "saved-filter-name";

fn stored() -> Vec<SavedFilter> {
    storage::get(STORED).map(|text| read_saved(&text)).unwrap_or_default()
}

/// `false` if the browser keeps nothing.
fn store(saved: &[SavedFilter]) -> bool {
    let text = write_saved(saved);
    storage::set(STORED, &text);
    storage::get(STORED).is_some_and(|kept| kept == text)
}

/// What became of *Save filter*.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Saved,
    NoName,
    NoClause,
    TooMany,
    Refused,
}

/// A name and *Save filter*; below it all saved ones.
#[component]
pub fn SavedFilters(
    /// What is saved.
    draft: ClausesDraft,
    /// Hears which saved filter is to be applied.
    on_apply: Callback<Filter>,
) -> impl IntoView {
    let saved = RwSignal::new(stored());
    let name = RwSignal::new(String::new());
    let outcome = RwSignal::new(None::<Outcome>);
    let save_draft = move || {
        let Some(filter) = draft.ask() else { return outcome.set(None) };
        let named = name.get_untracked().trim().to_owned();
        outcome.set(Some(if filter.is_empty() {
            Outcome::NoClause
        } else if named.is_empty() {
            focus_soon(NAME_ID.to_owned());
            Outcome::NoName
        } else {
            // Another tab may have saved some in the meantime.
            let mut all = stored();
            if !save(&mut all, SavedFilter { name: named, filter }) {
                Outcome::TooMany
            } else if store(&all) {
                saved.set(all);
                name.set(String::new());
                Outcome::Saved
            } else {
                Outcome::Refused
            }
        }));
    };
    let on_remove = Callback::new(move |(index, name): (usize, String)| {
        let mut all = stored();
        all.retain(|one| one.name != name);
        store(&all);
        let last = all.len().checked_sub(1);
        focus_soon(last.map_or_else(|| NAME_ID.to_owned(), |last| part_id(index.min(last), "remove")));
        outcome.set(None);
        saved.set(all);
    });
    view! {
        <section class="saved-filters" aria-labelledby="saved-filters-title">
            <h3 id="saved-filters-title">{t("saved-filters")}</h3>
            <p class="hint">{t("saved-filters-hint")}</p>
            <div class="saved-filter-new">
                <label class="field">
                    <span>{t("saved-filter-name")}</span>
                    <input
                        id=NAME_ID
                        type="text"
                        maxlength=MAX_NAME_CHARS.to_string()
                        autocomplete="off"
                        prop:value=move || name.get()
                        aria-invalid=move || (outcome.get() == Some(Outcome::NoName)).to_string()
                        aria-describedby="saved-filter-outcome"
                        on:input=move |event| name.set(event_target_value(&event))
                        on:keydown=move |event| {
                            if event.key() == "Enter" {
                                event.prevent_default();
                                save_draft();
                            }
                        }
                    />
                </label>
                <button type="button" class="button" on:click=move |_| save_draft()>
                    {t("saved-filter-save")}
                </button>
            </div>
            <p
                id="saved-filter-outcome"
                role="status"
                class=move || match outcome.get() {
                    None | Some(Outcome::Saved) => "hint",
                    Some(_) => "field-error",
                }
            >
                {move || outcome.get().map(outcome_text)}
            </p>
            <ul class="saved-filter-list">
                {move || {
                    let all = saved.get().into_iter().enumerate();
                    all.map(|(i, one)| view! { <Saved index=i one=one on_apply=on_apply on_remove=on_remove/> })
                        .collect_view()
                }}
            </ul>
        </section>
    }
}

/// A saved filter: its name, and what can be done with it.
#[component]
fn Saved(
    /// Its place in the list.
    index: usize,
    one: SavedFilter,
    on_apply: Callback<Filter>,
    /// Hears the place and the name.
    on_remove: Callback<(usize, String)>,
) -> impl IntoView {
    let SavedFilter { name, filter } = one;
    let shown = name.clone();
    let with_name = |part| format!("{} {}", part_id(index, part), part_id(index, "name"));
    view! {
        <li>
            <span id=part_id(index, "name") class="saved-filter-called"><LogText text=shown/></span>
            <button
                type="button"
                id=part_id(index, "apply")
                class="button small"
                aria-label=t("saved-filter-apply")
                aria-labelledby=with_name("apply")
                on:click=move |_| on_apply.run(filter.clone())
            >
                {t("saved-filter-use")}
            </button>
            <button
                type="button"
                id=part_id(index, "remove")
                class="clause-remove"
                aria-label=t("saved-filter-remove")
                aria-labelledby=with_name("remove")
                title=t("saved-filter-remove")
                on:click=move |_| on_remove.run((index, name.clone()))
            >
                {icon(Icon::Trash)}
            </button>
        </li>
    }
}

fn part_id(index: usize, part: &str) -> String {
    format!("saved-filter-{index}-{part}")
}

fn outcome_text(outcome: Outcome) -> String {
    match outcome {
        Outcome::Saved => t("saved-filter-done"),
        Outcome::NoName => t("saved-filter-needs-name"),
        Outcome::NoClause => t("clauses-none"),
        Outcome::TooMany => t_args("saved-filter-too-many", &[("n", n(MAX_SAVED as u64))]),
        Outcome::Refused => t("saved-filter-refused"),
    }
}
