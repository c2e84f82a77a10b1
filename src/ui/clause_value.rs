//! The value of a clause while it is being put together.

use super::filter_words::value_text;
use super::i18n::t;
use super::log_text::plain;
use super::state::Ui;
use crate::model::{AuthClass, TlsVersion};
use crate::report::{Field, FilterError, Kind, Operator};
use leptos::prelude::*;

/// How many names are offered for a value.
const MAX_NAMES: usize = 200;

/// A choice where there are few values, a day where one is wanted, else a text with names to choose from.
#[component]
pub fn ClauseValue(
    /// Of the element; unique in the page.
    id: String,
    /// Of the element that says what is wrong.
    error_id: String,
    field: Field,
    operator: Operator,
    value: Memo<String>,
    /// What is wrong with the clause.
    error: Memo<Option<FilterError>>,
    /// Hears what is typed or chosen.
    on_change: Callback<String>,
) -> impl IntoView {
    let set = move |event: leptos::ev::Event| on_change.run(event_target_value(&event));
    let kind = field.kind();
    let names = match kind {
        Kind::Tls => {
            let in_order = matches!(operator, Operator::Below | Operator::AtLeast);
            let offered =
                TlsVersion::ALL.into_iter().filter(|&version| !(in_order && version == TlsVersion::Unknown));
            offered.map(TlsVersion::label).collect()
        }
        Kind::Family => AuthClass::ALL.map(AuthClass::label).to_vec(),
        Kind::Text | Kind::Number | Kind::Date => Vec::new(),
    };
    if !names.is_empty() {
        let options = names
            .into_iter()
            .map(|name| {
                view! {
                    <option value=name selected=move || value.with(|value| value == name)>
                        {value_text(kind, name)}
                    </option>
                }
            })
            .collect_view();
        return view! { <select id=id aria-label=t("clause-value") on:change=set>{options}</select> }
            .into_any();
    }
    let is_invalid = move || error.get().is_some().to_string();
    if kind == Kind::Date {
        // Told its value only once: a day that is typed in part is none, and would be emptied.
        return view! {
            <input
                id=id
                type="date"
                // A year has four digits, so a fifth is not waited for.
                max="9999-12-31"
                aria-label=t("clause-value")
                aria-invalid=is_invalid
                aria-describedby=error_id
                prop:value=value.get_untracked()
                on:input=set
            />
        }
        .into_any();
    }
    let names = names_of(field);
    let list = format!("{id}-names");
    view! {
        <input
            id=id
            type="text"
            inputmode=(kind == Kind::Number).then_some("numeric")
            list=(!names.is_empty()).then_some(list.clone())
            autocomplete="off"
            spellcheck="false"
            aria-label=t("clause-value")
            aria-invalid=is_invalid
            aria-describedby=error_id
            prop:value=move || value.get()
            on:input=set
        />
        <datalist id=list>
            {names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
        </datalist>
    }
    .into_any()
}

/// What is loaded of a field with few names. Of names that hide something, none can be offered: a list shows them as
/// they are.
fn names_of(field: Field) -> Vec<String> {
    Ui::get().client.snapshot.with_untracked(|snapshot| {
        let Some(snapshot) = snapshot else { return Vec::new() };
        let names = match field {
            Field::SenderDomain => &snapshot.overview.domains,
            Field::Server => &snapshot.overview.servers,
            Field::Mechanism => &snapshot.overview.mechanisms,
            _ => return Vec::new(),
        };
        names.iter().filter(|name| plain(name) == **name).take(MAX_NAMES).cloned().collect()
    })
}
