//! *Custom filter*: clauses that all must hold, as an administrator puts them together.

use super::percent;
use crate::model::{AuthClass, TlsVersion};
use serde::{Deserialize, Serialize};

/// How many clauses a filter has at most.
pub const MAX_CLAUSES: usize = 16;
/// How many characters the value of a clause has at most.
pub const MAX_VALUE_CHARS: usize = 256;
/// How many bytes all clauses take at most as they stand in an address, which is read up to 4 KiB.
pub const MAX_CODE_BYTES: usize = 3000;

/// What a clause looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// Login name where known, else the sender address.
    User,
    /// MAIL FROM. A login of which no message is known has none.
    Sender,
    /// Domain of the sender address.
    SenderDomain,
    /// Protection of the connection.
    Tls,
    /// Family of the mechanism.
    Authentication,
    /// Mechanism as logged.
    Mechanism,
    /// Address of the client, without port.
    ClientAddress,
    /// Name that the client gave in HELO/EHLO.
    ClientName,
    /// The server that took the submission.
    Server,
    /// A sender's messages.
    Messages,
    /// A sender's recipients.
    Recipients,
    /// A sender's sessions.
    Sessions,
    /// A sender's failed sign-ins, as in [`SenderDetails::totals`](super::SenderDetails::totals).
    FailedSignIns,
}

/// What values a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text, compared without regard to case.
    Text,
    /// A [`TlsVersion`], by its label.
    Tls,
    /// An [`AuthClass`], by its label.
    Family,
    /// A whole number: what a row of the details table comes to. See [`Filter`].
    Number,
}

/// How a field and a value must be to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    /// The same.
    Equals,
    /// Not the same.
    NotEquals,
    /// The value stands somewhere in the field.
    Contains,
    /// It stands nowhere in it.
    NotContains,
    /// The field begins with the value.
    StartsWith,
    /// The field ends with it.
    EndsWith,
    /// There is nothing in the field. Takes no value.
    Empty,
    /// There is something. Takes no value.
    NotEmpty,
    /// An older TLS version, *No TLS* included. *Unknown* is not below anything.
    Below,
    /// This TLS version or a newer one (not *Unknown*); this number or more.
    AtLeast,
    /// This number or less.
    AtMost,
}

impl Field {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 13] = [
        Self::User,
        Self::Sender,
        Self::SenderDomain,
        Self::Tls,
        Self::Authentication,
        Self::Mechanism,
        Self::ClientAddress,
        Self::ClientName,
        Self::Server,
        Self::Messages,
        Self::Recipients,
        Self::Sessions,
        Self::FailedSignIns,
    ];

    /// The name in addresses and in what the browser remembers. Never changed, for links last.
    pub const fn code(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Sender => "sender",
            Self::SenderDomain => "domain",
            Self::Tls => "tls",
            Self::Authentication => "auth",
            Self::Mechanism => "mechanism",
            Self::ClientAddress => "ip",
            Self::ClientName => "client",
            Self::Server => "server",
            Self::Messages => "messages",
            Self::Recipients => "recipients",
            Self::Sessions => "sessions",
            Self::FailedSignIns => "failed",
        }
    }

    /// The field with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// What values it has.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Tls => Kind::Tls,
            Self::Authentication => Kind::Family,
            Self::Messages | Self::Recipients | Self::Sessions | Self::FailedSignIns => Kind::Number,
            _ => Kind::Text,
        }
    }
}

impl Kind {
    /// The operators for such values, in the order in which they are offered.
    pub const fn operators(self) -> &'static [Operator] {
        use Operator::{
            AtLeast, AtMost, Below, Contains, Empty, EndsWith, Equals, NotContains, NotEmpty, NotEquals,
            StartsWith,
        };
        match self {
            Self::Text => &[Equals, NotEquals, Contains, NotContains, StartsWith, EndsWith, Empty, NotEmpty],
            Self::Tls => &[Equals, NotEquals, Below, AtLeast],
            Self::Family => &[Equals, NotEquals],
            Self::Number => &[Equals, NotEquals, AtLeast, AtMost],
        }
    }
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Equals,
        Self::NotEquals,
        Self::Contains,
        Self::NotContains,
        Self::StartsWith,
        Self::EndsWith,
        Self::Empty,
        Self::NotEmpty,
        Self::Below,
        Self::AtLeast,
        Self::AtMost,
    ];

    /// The name in addresses and in what the browser remembers. Never changed, for links last.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Equals => "is",
            Self::NotEquals => "not",
            Self::Contains => "has",
            Self::NotContains => "lacks",
            Self::StartsWith => "starts",
            Self::EndsWith => "ends",
            Self::Empty => "empty",
            Self::NotEmpty => "filled",
            Self::Below => "below",
            Self::AtLeast => "min",
            Self::AtMost => "max",
        }
    }

    /// The operator with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.code() == code)
    }

    /// Whether it compares with a value.
    pub const fn takes_value(self) -> bool {
        !matches!(self, Self::Empty | Self::NotEmpty)
    }
}

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

    /// The value as text: a TLS version and a family by their labels, a number in digits.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The value of a clause on numbers.
    pub(crate) fn number(&self) -> u64 {
        self.value.parse().unwrap_or(0)
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
        return Err(FilterError::NoValue);
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

/// Clauses that all must hold. Without any, everything is let through.
///
/// Clauses on text, TLS and authentication choose among rows of the cube, so they hold for whatever is summed of them.
/// *User*, for one, is a property of a row: of a sender that several logins use, the chosen login's mail is left.
///
/// Clauses on numbers choose among senders, which are the rows of the details table: what a sender comes to in the
/// range, the domain and by the other clauses, that is the number which the table shows for it. A number that is not
/// known satisfies none of them, not even *does not equal*; one that is known in part goes by that part. What belongs
/// to no sender, such as a failed sign-in with a name that nobody sends as, is left out as soon as there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter(Vec<Clause>);

impl Filter {
    /// A filter of these clauses.
    ///
    /// # Errors
    /// [`FilterError::TooMuch`] if there are more than an address holds.
    pub fn new(clauses: Vec<Clause>) -> Result<Self, FilterError> {
        let bytes: usize = clauses.iter().map(|clause| clause.code().len()).sum();
        if clauses.len() > MAX_CLAUSES || bytes > MAX_CODE_BYTES {
            return Err(FilterError::TooMuch);
        }
        Ok(Self(clauses))
    }

    /// Its clauses, in order.
    pub fn clauses(&self) -> &[Clause] {
        &self.0
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One more clause. `None` if that is too much.
    #[must_use]
    pub fn with(&self, clause: Clause) -> Option<Self> {
        Self::new(self.0.iter().cloned().chain([clause]).collect()).ok()
    }

    /// One clause less.
    #[must_use]
    pub fn without(&self, index: usize) -> Self {
        let others = self.0.iter().enumerate().filter(|&(i, _)| i != index);
        Self(others.map(|(_, clause)| clause.clone()).collect())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_read_back() {
        for field in Field::ALL {
            assert_eq!(Field::from_code(field.code()), Some(field));
            assert!(field.kind().operators().iter().all(|operator| Operator::ALL.contains(operator)));
        }
        for operator in Operator::ALL {
            assert_eq!(Operator::from_code(operator.code()), Some(operator));
        }
    }

    #[test]
    fn a_clause_takes_what_suits_its_field() {
        use FilterError::{LongValue, NoValue, NotAName, NotANumber, WrongOperator};
        let new = |field, operator, value: &str| Clause::new(field, operator, value).map(|c| c.value);
        assert_eq!(new(Field::User, Operator::Equals, "  a b "), Ok("a b".to_owned()));
        assert_eq!(new(Field::User, Operator::Equals, "  "), Err(NoValue));
        assert_eq!(new(Field::User, Operator::Empty, "left over"), Ok(String::new()));
        assert_eq!(new(Field::User, Operator::Below, "a"), Err(WrongOperator));
        assert_eq!(new(Field::Tls, Operator::Below, "TLS 1.2"), Ok("TLS 1.2".to_owned()));
        assert_eq!(new(Field::Tls, Operator::Below, "Unknown"), Err(NotAName));
        assert_eq!(new(Field::Tls, Operator::Equals, "Unknown"), Ok("Unknown".to_owned()));
        assert_eq!(new(Field::Tls, Operator::Contains, "TLS"), Err(WrongOperator));
        assert_eq!(new(Field::Authentication, Operator::NotEquals, "Basic"), Ok("Basic".to_owned()));
        assert_eq!(new(Field::Authentication, Operator::Equals, "LOGIN"), Err(NotAName));
        assert_eq!(new(Field::Messages, Operator::AtLeast, "007"), Ok("7".to_owned()));
        for bad in ["-1", "+1", "1.5", "many", "99999999999999999999"] {
            assert_eq!(new(Field::Messages, Operator::AtLeast, bad), Err(NotANumber), "{bad}");
        }
        assert!(new(Field::Server, Operator::Equals, &"ü".repeat(256)).is_ok());
        assert_eq!(new(Field::Server, Operator::Equals, &"x".repeat(257)), Err(LongValue));
    }

    #[test]
    fn versions_are_in_order_and_unknown_is_beside_it() {
        let bits = |operator, value: &str| {
            let clause = Clause::new(Field::Tls, operator, value).unwrap();
            TlsVersion::ALL.map(|v| u8::from(clause.tls_versions() >> v as u8 & 1 == 1))
        };
        //                                                     No 2.0 3.0 1.0 1.1 1.2 1.3 unknown
        assert_eq!(bits(Operator::Below, "TLS 1.2"), [1, 1, 1, 1, 1, 0, 0, 0]);
        assert_eq!(bits(Operator::AtLeast, "TLS 1.2"), [0, 0, 0, 0, 0, 1, 1, 0]);
        assert_eq!(bits(Operator::Below, "No TLS"), [0; 8]);
        assert_eq!(bits(Operator::AtLeast, "No TLS"), [1, 1, 1, 1, 1, 1, 1, 0]);
        assert_eq!(bits(Operator::Equals, "Unknown"), [0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(bits(Operator::NotEquals, "TLS 1.3"), [1, 1, 1, 1, 1, 1, 0, 1]);
    }

    #[test]
    fn a_clause_reads_back_from_its_code() {
        let clause = Clause::new(Field::Sender, Operator::Contains, "bücher.de&f=x").unwrap();
        assert_eq!(clause.code(), "sender.has.b%C3%BCcher.de%26f%3Dx");
        assert_eq!(Clause::from_code(&clause.code()), Some(clause));
        let empty = Clause::new(Field::User, Operator::Empty, "").unwrap();
        assert_eq!(Clause::from_code("user.empty."), Some(empty));
        for bad in ["", "user", "user.is", "user.is.", "what.is.x", "user.what.x", "tls.is.x", "user.is.%"] {
            assert_eq!(Clause::from_code(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_filter_is_bounded() {
        let clause = |value: &str| Clause::new(Field::User, Operator::Equals, value).unwrap();
        assert!(Filter::new(vec![clause("a"); MAX_CLAUSES]).is_ok());
        assert_eq!(Filter::new(vec![clause("a"); MAX_CLAUSES + 1]), Err(FilterError::TooMuch));
        // Nine bytes a character.
        let long = clause(&"한".repeat(200));
        assert!(Filter::new(vec![long.clone()]).is_ok());
        assert_eq!(Filter::new(vec![long.clone(), long]), Err(FilterError::TooMuch));
        let two = Filter::new(vec![clause("a"), clause("b")]).unwrap();
        assert_eq!(two.without(0), Filter::new(vec![clause("b")]).unwrap());
        assert_eq!(two.without(0).with(clause("a")).map(|f| f.clauses().len()), Some(2));
    }
}
