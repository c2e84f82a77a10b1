//! Filters that the browser remembers, as text: a line for each, its name and its clauses.

use super::filter::{Clause, Filter};
use super::percent;

/// How many filters are remembered at most.
pub const MAX_SAVED: usize = 50;
/// How many characters the name of one has at most.
pub const MAX_NAME_CHARS: usize = 80;
/// How much of the text is read at most, in bytes.
const MAX_TEXT_BYTES: usize = 256 * 1024;
/// The first line of the text.
const HEAD: &str = "filters 1";

/// A filter with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilter {
    /// What somebody called it.
    pub name: String,
    /// The filter.
    pub filter: Filter,
}

/// Reads the text. What is not understood is left out, and of another version everything is.
pub fn read_saved(text: &str) -> Vec<SavedFilter> {
    let mut lines = text.get(..text.len().min(MAX_TEXT_BYTES)).unwrap_or_default().lines();
    if lines.next() != Some(HEAD) {
        return Vec::new();
    }
    let mut saved: Vec<SavedFilter> = Vec::new();
    for one in lines.filter_map(read_line) {
        if saved.len() < MAX_SAVED && saved.iter().all(|other| other.name != one.name) {
            saved.push(one);
        }
    }
    saved
}

fn read_line(line: &str) -> Option<SavedFilter> {
    let mut parts = line.split('&');
    let name = percent::decode(parts.next()?, MAX_NAME_CHARS)?;
    let clauses: Option<Vec<Clause>> = parts.map(Clause::from_code).collect();
    let filter = Filter::new(clauses?).ok()?;
    (!name.is_empty() && !filter.is_empty()).then_some(SavedFilter { name, filter })
}

/// The text for the browser to keep.
pub fn write_saved(saved: &[SavedFilter]) -> String {
    let mut text = HEAD.to_owned();
    for SavedFilter { name, filter } in saved {
        text.push('\n');
        percent::encode(name, &mut text);
        for clause in filter.clauses() {
            text.push('&');
            text.push_str(&clause.code());
        }
    }
    text
}

/// Puts a filter among the others, in place of one with its name. `false` if there are too many already.
pub fn save(saved: &mut Vec<SavedFilter>, one: SavedFilter) -> bool {
    let has_room = saved.len() < MAX_SAVED;
    match saved.iter_mut().find(|other| other.name == one.name) {
        Some(other) => *other = one,
        None if has_room => saved.push(one),
        None => return false,
    }
    true
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::filter::{Field, Operator};
    use super::*;
    use proptest::prelude::*;

    fn one(name: &str, value: &str) -> SavedFilter {
        let clause = Clause::new(Field::ClientName, Operator::StartsWith, value).unwrap();
        SavedFilter { name: name.to_owned(), filter: Filter::new(vec![clause.clone(), clause]).unwrap() }
    }

    #[test]
    fn what_is_written_reads_back() {
        let saved = vec![one("Printers & scanners\n", "mfp"), one("한국", "=\u{202e}")];
        let text = write_saved(&saved);
        assert_eq!(text.lines().count(), 3);
        assert_eq!(read_saved(&text), saved);
        assert_eq!(read_saved(&write_saved(&[])), []);
    }

    #[test]
    fn what_is_spoilt_is_left_out() {
        let good = write_saved(&[one("good", "x")]);
        let text =
            format!("{good}\nno clauses\n%&user.is.a\nbad&user.is.\n&user.is.nameless\ngood&user.is.twice");
        assert_eq!(read_saved(&text), [one("good", "x")]);
        for other in ["", "filters 2\na&user.is.a", "[]", "{\"filters\":1}"] {
            assert_eq!(read_saved(other), [], "{other}");
        }
        let many: Vec<_> = (0..200).map(|i| one(&i.to_string(), "x")).collect();
        assert_eq!(read_saved(&write_saved(&many)).len(), MAX_SAVED);
    }

    #[test]
    fn a_name_is_taken_once_and_there_is_an_end() {
        let mut saved = Vec::new();
        for i in 0..MAX_SAVED {
            assert!(save(&mut saved, one(&i.to_string(), "x")));
        }
        assert!(!save(&mut saved, one("more", "x")));
        assert!(save(&mut saved, one("7", "y")));
        assert_eq!((saved.len(), &saved[7]), (MAX_SAVED, &one("7", "y")));
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "(filters 1\n)?(.|\n|&|user.is.)*") {
            read_saved(&text);
        }
    }
}
