//! The clauses of a custom filter while they are being put together.

use super::clause_value::ClauseValue;
use super::filter_words::{error_text, field_key, operator_key};
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use crate::model::{AuthClass, TlsVersion};
use crate::platform::dom;
use crate::report::filter::MAX_CLAUSES;
use crate::report::{Clause, Field, Filter, FilterError, Kind, Operator};
use leptos::prelude::*;

/// A clause as far as it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    /// Never used twice in one form.
    id: u32,
    field: Field,
    operator: Operator,
    value: String,
}

impl Row {
    /// The likeliest question about a field.
    fn new(id: u32, field: Field) -> Self {
        let (operator, value) = match field.kind() {
            Kind::Text => (Operator::Contains, ""),
            Kind::Tls => (Operator::Below, TlsVersion::Tls12.label()),
            Kind::Family => (Operator::Equals, AuthClass::Basic.label()),
            Kind::Number | Kind::Date => (Operator::AtLeast, ""),
        };
        Self { id, field, operator, value: value.to_owned() }
    }

    fn clause(&self) -> Result<Clause, FilterError> {
        Clause::new(self.field, self.operator, &self.value)
    }

    /// What was typed stays as long as it means the same.
    fn set_field(&mut self, field: Field) {
        if field.kind() == self.field.kind() {
            self.field = field;
        } else {
            *self = Self::new(self.id, field);
        }
    }

    fn set_operator(&mut self, operator: Operator) {
        self.operator = operator;
        if self.clause() == Err(FilterError::NotAName) {
            let new = Self::new(self.id, self.field);
            self.value = new.value;
        }
    }
}

/// The clauses of a form. Cheap to copy.
#[derive(Clone, Copy)]
pub struct ClausesDraft {
    rows: RwSignal<Vec<Row>>,
    next_id: StoredValue<u32>,
    /// Whether somebody asked for the filter, so that what is missing is said.
    asked: RwSignal<bool>,
}

impl ClausesDraft {
    /// Starts from a filter.
    pub fn new(filter: &Filter) -> Self {
        let rows: Vec<Row> = (0..)
            .zip(filter.clauses())
            .map(|(id, clause)| Row {
                id,
                field: clause.field(),
                operator: clause.operator(),
                value: clause.value().to_owned(),
            })
            .collect();
        let next_id = rows.iter().map(|row| row.id + 1).max().unwrap_or(0);
        Self { rows: RwSignal::new(rows), next_id: StoredValue::new(next_id), asked: RwSignal::new(false) }
    }

    /// The filter, if every clause is one. If not, what is missing is shown, and the focus moves there.
    pub fn ask(self) -> Option<Filter> {
        self.asked.set(true);
        let rows = self.rows.get_untracked();
        let bad = rows.iter().find(|row| row.clause().is_err());
        if let Some(row) = bad {
            dom::focus_id(&part_id(row.id, "value"));
            return None;
        }
        Filter::new(rows.iter().filter_map(|row| row.clause().ok()).collect()).ok()
    }

    /// What is wrong with the clauses as a whole.
    fn error(self) -> Option<FilterError> {
        let rows = self.rows.read();
        let clauses: Result<Vec<Clause>, _> = rows.iter().map(Row::clause).collect();
        Filter::new(clauses.ok()?).err()
    }

    fn add(self) {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        self.rows.update(|rows| rows.push(Row::new(id, Field::Sender)));
        focus_soon(part_id(id, "field"));
    }

    /// The focus goes to the clause that takes the place, else to the one before, else to *Add clause*.
    fn remove(self, id: u32) {
        self.rows.update(|rows| {
            let at = rows.iter().position(|row| row.id == id).unwrap_or(0);
            rows.retain(|row| row.id != id);
            let next = rows.get(at).or(rows.last());
            focus_soon(next.map_or_else(|| ADD_ID.to_owned(), |row| part_id(row.id, "remove")));
        });
    }

    fn edit(self, id: u32, change: impl FnOnce(&mut Row)) {
        self.rows.update(|rows| {
            if let Some(row) = rows.iter_mut().find(|row| row.id == id) {
                change(row);
            }
        });
    }
}

const ADD_ID: &str = "clause-add";

fn part_id(id: u32, part: &str) -> String {
    format!("clause-{id}-{part}")
}

/// Moves the focus to an element that is about to be in the document.
pub fn focus_soon(id: String) {
    request_animation_frame(move || dom::focus_id(&id));
}

/// The clauses, and *Add clause*.
#[component]
pub fn Clauses(draft: ClausesDraft) -> impl IntoView {
    let rows = draft.rows;
    view! {
        <div class="clauses">
            <For each=move || rows.get() key=|row| row.id let:row>
                <ClauseRow draft=draft first=row/>
            </For>
        </div>
        <p class="field-error" role="alert">{move || draft.error().map(error_text)}</p>
        <button
            type="button"
            id=ADD_ID
            class="button"
            disabled=move || rows.with(|rows| rows.len() >= MAX_CLAUSES)
            on:click=move |_| draft.add()
        >
            {icon(Icon::Add)} <span>{t("clause-add")}</span>
        </button>
    }
}

#[component]
fn ClauseRow(draft: ClausesDraft, first: Row) -> impl IntoView {
    let id = first.id;
    let row = Memo::new(move |_| {
        draft.rows.with(|rows| rows.iter().find(|row| row.id == id).cloned()).unwrap_or_else(|| first.clone())
    });
    let place =
        move || draft.rows.with(|rows| rows.iter().position(|row| row.id == id).unwrap_or(0) as u64 + 1);
    let field = Memo::new(move |_| row.with(|row| row.field));
    let operator = Memo::new(move |_| row.with(|row| row.operator));
    let value = Memo::new(move |_| row.with(|row| row.value.clone()));
    let set_value = Callback::new(move |value: String| draft.edit(id, |row| row.value = value));
    let error = Memo::new(move |_| draft.asked.get().then(|| row.with(|row| row.clause().err())).flatten());
    let option = move |each: Field| {
        view! { <option value=each.code() selected=move || field.get() == each>{t(field_key(each))}</option> }
    };
    let options = move |of_senders: bool| {
        let of_group = move |each: &Field| each.is_of_senders() == of_senders;
        Field::ALL.into_iter().filter(of_group).map(option).collect_view()
    };
    view! {
        <div class="clause" role="group" aria-label=move || t_args("clause", &[("n", n(place()))])>
            <select
                id=part_id(id, "field")
                aria-label=t("clause-field")
                on:change=move |event| {
                    if let Some(chosen) = Field::from_code(&event_target_value(&event)) {
                        draft.edit(id, |row| row.set_field(chosen));
                    }
                }
            >
                <optgroup label=t("fields-of-activity")>{options(false)}</optgroup>
                <optgroup label=t("fields-of-senders")>{options(true)}</optgroup>
            </select>
            <select
                aria-label=t("clause-operator")
                on:change=move |event| {
                    if let Some(chosen) = Operator::from_code(&event_target_value(&event)) {
                        draft.edit(id, |row| row.set_operator(chosen));
                    }
                }
            >
                {move || {
                    let kind = field.get().kind();
                    kind.operators()
                        .iter()
                        .map(|&each| {
                            view! {
                                <option value=each.code() selected=move || operator.get() == each>
                                    {t(operator_key(kind, each))}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
            {move || {
                let (field, operator) = (field.get(), operator.get());
                operator
                    .takes_value()
                    .then(|| {
                        view! {
                            <ClauseValue
                                id=part_id(id, "value")
                                error_id=part_id(id, "error")
                                field=field
                                operator=operator
                                value=value
                                error=error
                                on_change=set_value
                            />
                        }
                    })
            }}
            <button
                type="button"
                id=part_id(id, "remove")
                class="clause-remove"
                aria-label=t("clause-remove")
                title=t("clause-remove")
                on:click=move |_| draft.remove(id)
            >
                {icon(Icon::Trash)}
            </button>
            <p class="field-error" id=part_id(id, "error") role="alert">{move || error.get().map(error_text)}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_field_keeps_what_was_typed_as_long_as_it_means_the_same() {
        let mut row = Row::new(7, Field::Sender);
        assert_eq!(row.clause(), Err(FilterError::NoValue));
        row.value = "contoso".to_owned();
        row.set_operator(Operator::EndsWith);
        row.set_field(Field::SenderDomain);
        assert_eq!(row.clause(), Clause::new(Field::SenderDomain, Operator::EndsWith, "contoso"));
        row.set_field(Field::Tls);
        assert_eq!(row.clause(), Clause::new(Field::Tls, Operator::Below, "TLS 1.2"));
        row.set_field(Field::Users);
        row.value = "3".to_owned();
        row.set_field(Field::Messages);
        assert_eq!(row.clause(), Clause::new(Field::Messages, Operator::AtLeast, "3"));
        row.set_field(Field::FirstSeen);
        assert_eq!(row.clause(), Err(FilterError::NotADay));
        row.value = "2026-11-15".to_owned();
        row.set_operator(Operator::AtMost);
        row.set_field(Field::LastSeen);
        assert_eq!(row.clause(), Clause::new(Field::LastSeen, Operator::AtMost, "2026-11-15"));
        assert_eq!(row.id, 7);
    }

    #[test]
    fn a_version_that_is_in_no_order_gives_way() {
        let mut row = Row::new(0, Field::Tls);
        row.set_operator(Operator::Equals);
        row.value = "Unknown".to_owned();
        row.set_operator(Operator::NotEquals);
        assert_eq!(row.value, "Unknown");
        row.set_operator(Operator::AtLeast);
        assert_eq!(row.clause(), Clause::new(Field::Tls, Operator::AtLeast, "TLS 1.2"));
    }
}
