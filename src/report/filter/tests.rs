//! What is a clause and what is not, and how clauses are written.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::model::TlsVersion;

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
    use FilterError::{LongValue, NoValue, NotADay, NotAName, NotANumber, WrongOperator};
    let new =
        |field, operator, value: &str| Clause::new(field, operator, value).map(|c| c.value().to_owned());
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
    assert_eq!(new(Field::FirstSeen, Operator::AtLeast, " 2026-11-15 "), Ok("2026-11-15".to_owned()));
    assert_eq!(new(Field::FirstSeen, Operator::Contains, "2026"), Err(WrongOperator));
    for bad in ["", "2026-11-31", "15.11.2026", "2026-11-15T00:00", "12026-11-15", "yesterday"] {
        assert_eq!(new(Field::LastSeen, Operator::Equals, bad), Err(NotADay), "{bad}");
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
