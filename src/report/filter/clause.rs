//! A single condition.

use super::{Field, Kind, MAX_VALUE_CHARS, Operator};
use crate::model::{AuthClass, Day, TlsVersion};
use crate::report::percent;
use serde::{Deserialize, Serialize};

/// Why something is no clause, or no filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterError {
    /// The operator is none of the field's.
    WrongOperator,
    /// A value is wanted.
    NoValue,
    /// The value has more than [`MAX_VALUE_CHARS`] characters.
    LongValue,
    /// The value is no whole number.
    NotANumber,
    /// The value is no day as `2026-11-22`.
    NotADay,
    /// The value is none of a TLS version's or family's names, or *Unknown* where versions are put in order.
    NotAName,
    /// More than [`MAX_CLAUSES`] clauses, or more than [`MAX_CODE_BYTES`] bytes of them.
    TooMuch,
}

/// A condition: a field, an operator, and a value that suits both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    field: Field,
    operator: Operator,
    value: String,
}

impl Clause {
    /// A clause with the value as somebody typed it.
    ///
    /// # Errors
    /// What is wrong with it; anything but [`FilterError::TooMuch`].
    pub fn new(field: Field, operator: Operator, value: &str) -> Result<Self, FilterError> {
        let kind = field.kind();
        if !kind.operators().contains(&operator) {
            return Err(FilterError::WrongOperator);
        }
        let value =
            if operator.takes_value() { checked(kind, operator, value.trim())? } else { String::new() };
        Ok(Self { field, operator, value })
    }

    /// What it looks at.
    pub const fn field(&self) -> Field {
        self.field
    }

    /// How field and value must be to one another.
    pub const fn operator(&self) -> Operator {
        self.operator
    }

    /// The value as text: a TLS version and a family by their labels, a number in digits, a day as `2026-11-22`.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The value of a clause on numbers.
    pub(crate) fn number(&self) -> u64 {
        self.value.parse().unwrap_or(0)
    }

    /// The value of a clause on days.
    pub(crate) fn day(&self) -> Option<Day> {
        (self.field.kind() == Kind::Date).then(|| Day::parse_iso(&self.value)).flatten()
    }

    /// The TLS versions that a clause on them lets through, a bit for each.
    pub(crate) fn tls_versions(&self) -> u8 {
        let Some(wanted) = TlsVersion::ALL.into_iter().find(|version| version.label() == self.value) else {
            return 0;
        };
        let holds = |version: TlsVersion| match self.operator {
            Operator::Equals => version == wanted,
            Operator::NotEquals => version != wanted,
            Operator::Below => version < wanted && version != TlsVersion::Unknown,
            Operator::AtLeast => version >= wanted && version != TlsVersion::Unknown,
            _ => false,
        };
        TlsVersion::ALL.into_iter().filter(|&v| holds(v)).fold(0, |bits, v| bits | 1 << v as u8)
    }

    /// As it stands in an address: `sender.has.contoso`.
    pub fn code(&self) -> String {
        let mut code = format!("{}.{}.", self.field.code(), self.operator.code());
        percent::encode(&self.value, &mut code);
        code
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        let mut parts = code.splitn(3, '.');
        let field = Field::from_code(parts.next()?)?;
        let operator = Operator::from_code(parts.next()?)?;
        let value = percent::decode(parts.next()?, MAX_VALUE_CHARS)?;
        Self::new(field, operator, &value).ok()
    }
}

fn checked(kind: Kind, operator: Operator, value: &str) -> Result<String, FilterError> {
    if value.is_empty() {
        // A field for days is empty, too, while a day is only typed in part.
        return Err(if kind == Kind::Date { FilterError::NotADay } else { FilterError::NoValue });
    }
    if value.chars().nth(MAX_VALUE_CHARS).is_some() {
        return Err(FilterError::LongValue);
    }
    match kind {
        Kind::Text => Ok(value.to_owned()),
        Kind::Number => {
            let digits = value.bytes().all(|b| b.is_ascii_digit());
            let number: Option<u64> = digits.then(|| value.parse().ok()).flatten();
            number.map(|number| number.to_string()).ok_or(FilterError::NotANumber)
        }
        Kind::Date => Day::parse_iso(value).map(|day| day.to_string()).ok_or(FilterError::NotADay),
        Kind::Tls => TlsVersion::ALL
            .into_iter()
            .find(|version| version.label() == value)
            .filter(|&version| {
                let ordered = matches!(operator, Operator::Below | Operator::AtLeast);
                !(ordered && version == TlsVersion::Unknown)
            })
            .map(|version| version.label().to_owned())
            .ok_or(FilterError::NotAName),
        Kind::Family => AuthClass::ALL
            .into_iter()
            .find(|class| class.label() == value)
            .map(|class| class.label().to_owned())
            .ok_or(FilterError::NotAName),
    }
}
