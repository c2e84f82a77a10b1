//! A filter's clauses on rows, made ready for one cube.

use super::filter::{Clause, Field, Filter, Kind, Operator};
use crate::aggregate::{Cube, Key, Sym};
use crate::model::AuthClass;
use std::cell::Cell;

/// A column of strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    User,
    Sender,
    SenderDomain,
    Mechanism,
    ClientAddress,
    ClientName,
    Server,
}

impl Column {
    const fn of(self, key: &Key) -> Sym {
        match self {
            Self::User => key.user,
            Self::Sender => key.sender,
            Self::SenderDomain => key.sender_domain,
            Self::Mechanism => key.mechanism,
            Self::ClientAddress => key.client_ip,
            Self::ClientName => key.client_name,
            Self::Server => key.server,
        }
    }

    /// `None` for what is no string.
    const fn of_field(field: Field) -> Option<Self> {
        Some(match field {
            Field::User => Self::User,
            Field::Sender => Self::Sender,
            Field::SenderDomain => Self::SenderDomain,
            Field::Authentication | Field::Mechanism => Self::Mechanism,
            Field::ClientAddress => Self::ClientAddress,
            Field::ClientName => Self::ClientName,
            Field::Server => Self::Server,
            _ => return None,
        })
    }
}

/// A condition on a string.
#[derive(Clone, Debug)]
struct TextClause {
    column: Column,
    operator: Operator,
    /// Folded; of a family its label.
    value: String,
    is_family: bool,
}

impl TextClause {
    fn holds(&self, text: &str, folded: &str) -> bool {
        let value = self.value.as_str();
        match self.operator {
            Operator::Equals | Operator::NotEquals => {
                let same =
                    if self.is_family { AuthClass::of(text).label() == value } else { folded == value };
                same == (self.operator == Operator::Equals)
            }
            Operator::Contains => folded.contains(value),
            Operator::NotContains => !folded.contains(value),
            Operator::StartsWith => folded.starts_with(value),
            Operator::EndsWith => folded.ends_with(value),
            Operator::Empty => folded.is_empty(),
            Operator::NotEmpty => !folded.is_empty(),
            // No clause on text has these.
            Operator::Below | Operator::AtLeast | Operator::AtMost => false,
        }
    }
}

/// Without regard to case. Letter by letter, so that a part of a text is folded like the part alone.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.chars().flat_map(char::to_lowercase).collect()
    }
}

/// A filter's clauses on rows. A string is compared once, when the first row has it; a row costs a look-up for each of
/// its strings that a clause is on.
#[derive(Debug)]
pub(crate) struct Matcher<'a> {
    cube: &'a Cube,
    /// A bit for each TLS version.
    tls: u8,
    texts: Vec<TextClause>,
    /// The strings with clauses, those of the sender aside.
    of_use: Vec<Column>,
    /// Which of the sender's strings have clauses.
    of_sender: Vec<Column>,
    /// For each string of the cube two bits for each [`Column`]: whether it was compared, and with what outcome.
    verdicts: Vec<Cell<u16>>,
}

impl<'a> Matcher<'a> {
    pub(crate) fn new(cube: &'a Cube, filter: &Filter) -> Self {
        let mut new = Self {
            cube,
            tls: u8::MAX,
            texts: Vec::new(),
            of_use: Vec::new(),
            of_sender: Vec::new(),
            verdicts: Vec::new(),
        };
        for clause in filter.clauses() {
            new.add(clause);
        }
        if !new.texts.is_empty() {
            new.verdicts = vec![Cell::new(0); cube.string_count()];
        }
        new
    }

    fn add(&mut self, clause: &Clause) {
        let kind = clause.field().kind();
        if kind == Kind::Tls {
            self.tls &= clause.tls_versions();
        }
        let Some(column) = Column::of_field(clause.field()) else { return };
        let columns = match column {
            Column::Sender | Column::SenderDomain => &mut self.of_sender,
            _ => &mut self.of_use,
        };
        if !columns.contains(&column) {
            columns.push(column);
        }
        let is_family = kind == Kind::Family;
        let value = if is_family { clause.value().to_owned() } else { fold(clause.value()) };
        self.texts.push(TextClause { column, operator: clause.operator(), value, is_family });
    }

    /// Whether a row satisfies all clauses but those on its sender.
    pub(crate) fn has_use(&self, key: &Key) -> bool {
        self.tls >> key.tls as u8 & 1 == 1
            && self.of_use.iter().all(|&column| self.holds(column, column.of(key)))
    }

    /// Whether a row's sender satisfies the clauses on it.
    pub(crate) fn has_sender(&self, key: &Key) -> bool {
        self.of_sender.iter().all(|&column| self.holds(column, column.of(key)))
    }

    fn holds(&self, column: Column, sym: Sym) -> bool {
        let Some(verdict) = self.verdicts.get(sym.0 as usize) else { return false };
        let (compared, holds) = (1 << column as u16, 0x100 << column as u16);
        let mut known = verdict.get();
        if known & compared == 0 {
            known |= compared;
            if self.compare(column, sym) {
                known |= holds;
            }
            verdict.set(known);
        }
        known & holds != 0
    }

    #[cold]
    fn compare(&self, column: Column, sym: Sym) -> bool {
        let text = self.cube.text(sym);
        let folded = fold(text);
        self.texts.iter().filter(|clause| clause.column == column).all(|clause| clause.holds(text, &folded))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn holds(field: Field, operator: Operator, value: &str, text: &str) -> bool {
        let mut cube = Cube::default();
        let sym = cube.intern(text);
        let filter = Filter::new(vec![Clause::new(field, operator, value).unwrap()]).unwrap();
        let matcher = Matcher::new(&cube, &filter);
        let key = Key { user: sym, sender: sym, mechanism: sym, ..Key::default() };
        let first = matcher.has_use(&key) && matcher.has_sender(&key);
        assert_eq!(matcher.has_use(&key) && matcher.has_sender(&key), first, "the second time");
        first
    }

    #[test]
    fn text_is_compared_without_regard_to_case() {
        let text = "Anna.Müller@Contoso.com";
        for (operator, value, expected) in [
            (Operator::Equals, "ANNA.MÜLLER@CONTOSO.COM", true),
            (Operator::Equals, "anna", false),
            (Operator::NotEquals, "anna.müller@contoso.com", false),
            (Operator::NotEquals, "anna", true),
            (Operator::Contains, "MÜLL", true),
            (Operator::Contains, "muell", false),
            (Operator::NotContains, "müll", false),
            (Operator::NotContains, "muell", true),
            (Operator::StartsWith, "aNNa", true),
            (Operator::StartsWith, "nna", false),
            (Operator::EndsWith, ".COM", true),
            (Operator::EndsWith, ".co", false),
            (Operator::Empty, "", false),
            (Operator::NotEmpty, "", true),
        ] {
            for field in [Field::User, Field::Sender] {
                assert_eq!(holds(field, operator, value, text), expected, "{field:?} {operator:?} {value}");
            }
        }
        assert!(holds(Field::User, Operator::Empty, "", ""));
        assert!(!holds(Field::User, Operator::NotEmpty, "", ""));
        // A capital sigma is a small one wherever it stands, or a part would not be found in the whole.
        assert!(holds(Field::User, Operator::Contains, "ΟΔΟΣ", "ΟΔΟΣ@example.gr"));
    }

    #[test]
    fn a_family_is_that_of_the_mechanism() {
        let family =
            |operator, value: &str, mechanism: &str| holds(Field::Authentication, operator, value, mechanism);
        assert!(family(Operator::Equals, "Basic", "plain"));
        assert!(!family(Operator::NotEquals, "Basic", "LOGIN"));
        assert!(family(Operator::NotEquals, "Basic", "XOAUTH2"));
        assert!(family(Operator::Equals, "Unknown", ""));
        assert!(holds(Field::Mechanism, Operator::Equals, "xoauth2", "XOAUTH2"));
    }
}
