//! What fields, operators and values of a filter are called.

use super::format;
use super::i18n::{n, t, t_args};
use super::log_text::LogText;
use crate::model::{AuthClass, Day, TlsVersion};
use crate::report::filter::{MAX_CLAUSES, MAX_VALUE_CHARS};
use crate::report::{Clause, Field, FilterError, Kind, Operator};
use leptos::prelude::*;

/// The message with a field's name.
pub const fn field_key(field: Field) -> &'static str {
    match field {
        Field::User => "field-user",
        Field::Sender => "sender-address",
        Field::SenderDomain => "sender-domain",
        Field::Tls => "tls-version",
        Field::Authentication => "field-authentication",
        Field::Mechanism => "mechanism",
        Field::ClientAddress => "field-client-address",
        Field::ClientName => "field-client-name",
        Field::Server => "server",
        Field::Users => "field-users",
        Field::Clients => "field-clients",
        Field::Messages => "message-count",
        Field::Recipients => "recipients",
        Field::Sessions => "sessions",
        Field::FailedSignIns => "failed-sign-ins",
        Field::FirstSeen => "first-seen",
        Field::LastSeen => "last-seen",
    }
}

/// The message with the name of an operator between such values: of days it is another than of numbers.
pub const fn operator_key(kind: Kind, operator: Operator) -> &'static str {
    match operator {
        Operator::Equals if matches!(kind, Kind::Date) => "operator-is",
        Operator::NotEquals if matches!(kind, Kind::Date) => "operator-is-not",
        Operator::AtLeast if matches!(kind, Kind::Date) => "operator-on-or-after",
        Operator::AtMost if matches!(kind, Kind::Date) => "operator-on-or-before",
        Operator::Equals => "operator-equals",
        Operator::NotEquals => "operator-not-equals",
        Operator::Contains => "operator-contains",
        Operator::NotContains => "operator-not-contains",
        Operator::StartsWith => "operator-starts",
        Operator::EndsWith => "operator-ends",
        Operator::Empty => "operator-empty",
        Operator::NotEmpty => "operator-not-empty",
        Operator::Below => "operator-below",
        Operator::AtLeast => "operator-at-least",
        Operator::AtMost => "operator-at-most",
    }
}

/// What to do about a value.
pub fn error_text(error: FilterError) -> String {
    let limit = |key, limit: usize| t_args(key, &[("n", n(limit as u64))]);
    match error {
        FilterError::LongValue => limit("clause-long-value", MAX_VALUE_CHARS),
        FilterError::TooMuch => limit("clauses-too-many", MAX_CLAUSES),
        FilterError::NotANumber => t("clause-no-number"),
        FilterError::NotADay => t("clause-no-day"),
        FilterError::NoValue | FilterError::NotAName | FilterError::WrongOperator => t("clause-no-value"),
    }
}

/// A value as the page says it.
pub fn value_text(kind: Kind, value: &str) -> String {
    let name = match kind {
        Kind::Tls => TlsVersion::ALL.into_iter().find(|version| version.label() == value).map(format::tls),
        Kind::Family => AuthClass::ALL.into_iter().find(|class| class.label() == value).map(format::auth),
        Kind::Number => value.parse().ok().map(format::number),
        Kind::Date => Day::parse_iso(value).map(format::day),
        Kind::Text => None,
    };
    name.unwrap_or_else(|| value.to_owned())
}

/// A clause to read: field, operator, value.
#[component]
pub fn ClauseText(clause: Clause) -> impl IntoView {
    let kind = clause.field().kind();
    let value = clause.operator().takes_value().then(|| {
        let text = value_text(kind, clause.value());
        view! { " " <strong><LogText text=text/></strong> }
    });
    view! { {t(field_key(clause.field()))} " " {t(operator_key(kind, clause.operator()))} {value} }
}
