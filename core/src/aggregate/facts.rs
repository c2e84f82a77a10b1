//! Facts with an identity: what several rows, of one file or of several, tell of one thing, counts once.
//!
//! A message trace has some sixteen rows a mail; two exports of sign-ins overlap by a day. So these facts are not added up
//! as they are read, but kept by their id, joined where an id comes again, and counted when all files are merged. Joining
//! is associative and commutative, so no order of rows or files makes a difference.

use super::cube::{Cube, Key, Row};
use super::intern::Sym;
use crate::ingest::activity_csv::ActivityRow;
use crate::ingest::row::Identity;
use crate::model::{Counts, Day, Refusal, TlsVersion};
use crate::sort::sort_by_key;
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::cmp::Ordering;

/// So many facts of a unit keep their identity, in about 150 bytes each. Beyond, a fact counts each time it is told.
pub const MAX_FACTS: usize = 1 << 19;

/// What is known of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What its counts are for. The strings are numbers of whoever holds the fact.
    pub key: Key,
    /// How many.
    pub counts: Counts,
    /// See [`Identity::rank`].
    pub rank: u8,
    /// See [`Identity::session`].
    pub session: Option<u64>,
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
    /// Lines that told it.
    pub lines: u32,
}

impl Fact {
    /// Takes in what others say of the same thing: the key of the one with the higher rank, and what either knows.
    pub fn join<'t>(&mut self, other: &Self, text: impl Fn(Sym) -> &'t str) {
        // Where two are equal in rank some order must decide, and not that in which they came.
        let place = |fact: &Self| (fact.rank, row(&fact.key, &text), fact.session, fact.refusal);
        let lines = self.lines.saturating_add(other.lines);
        let day = earlier(self.key.day, other.key.day);
        let tls = known(self.key.tls, other.key.tls);
        let counts = self.counts.or_more(&other.counts);
        let is_other = place(self).cmp(&place(other)) == Ordering::Less;
        let best = if is_other { *other } else { *self };
        *self = Self { key: Key { day, tls, ..best.key }, counts, lines, ..best };
    }
}

/// The strings of a key. Not its day and TLS version, which are joined by themselves.
fn row<'t>(key: &Key, text: &impl Fn(Sym) -> &'t str) -> Row<'t> {
    Row {
        day: None,
        user: text(key.user),
        sender: text(key.sender),
        sender_domain: text(key.sender_domain),
        tls: TlsVersion::Unknown,
        mechanism: text(key.mechanism),
        client_ip: text(key.client_ip),
        client_name: text(key.client_name),
        server: text(key.server),
    }
}

fn earlier(a: Option<Day>, b: Option<Day>) -> Option<Day> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// A version rather than none, and of two the less secure.
fn known(a: TlsVersion, b: TlsVersion) -> TlsVersion {
    // `Unknown` is the last.
    a.min(b)
}

/// Facts by id, as they are read.
#[derive(Debug, Default)]
pub struct Facts {
    /// Without rows.
    names: Cube,
    by_id: HashMap<u64, Fact, FixedState>,
}

/// What became of a fact that was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is new.
    New,
    /// The thing was known; what was told of it is joined.
    Known,
    /// There are too many facts to tell whether it is new.
    TooMany,
}

impl Facts {
    /// Takes a fact.
    pub fn tell(
        &mut self,
        identity: Identity,
        row: &ActivityRow<'_>,
        (day, counts, refusal, lines): (Option<Day>, Counts, Option<Refusal>, u32),
    ) -> Told {
        if self.by_id.len() >= MAX_FACTS && !self.by_id.contains_key(&identity.id) {
            return Told::TooMany;
        }
        let key = Key { day, ..self.names.key_of(row) };
        let Identity { id, rank, session } = identity;
        let fact = Fact { key, counts, rank, session, refusal, lines };
        let Self { names, by_id } = self;
        match by_id.entry(id) {
            hashbrown::hash_map::Entry::Vacant(entry) => {
                entry.insert(fact);
                Told::New
            }
            hashbrown::hash_map::Entry::Occupied(mut entry) => {
                entry.get_mut().join(&fact, |sym| names.text(sym));
                Told::Known
            }
        }
    }

    /// What all of them count.
    pub fn totals(&self) -> Counts {
        let mut sum = Counts::default();
        for fact in self.by_id.values() {
            sum += fact.counts;
        }
        sum
    }

    /// Their strings, and they by id in rising order.
    pub fn into_parts(self) -> (Cube, Vec<(u64, Fact)>) {
        let mut facts: Vec<(u64, Fact)> = self.by_id.into_iter().collect();
        sort_by_key(&mut facts, |&(id, _)| id);
        (self.names, facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Count;
    use proptest::prelude::*;

    const NAMES: [&str; 3] = ["", "anna@contoso.com", "scanner@contoso.com"];

    fn fact() -> impl Strategy<Value = Fact> {
        let count = (0_u64..3, any::<bool>()).prop_map(|(known, has_unknown)| {
            if has_unknown { Count::at_least(known) } else { Count::known(known) }
        });
        let name = || (0_u32..3).prop_map(Sym);
        let day = proptest::option::of((0..3).prop_map(Day));
        let tls = (0..TlsVersion::ALL.len()).prop_map(|i| TlsVersion::ALL[i]);
        (day, name(), name(), tls, 0_u8..2, count, proptest::option::of(0_u64..2)).prop_map(
            |(day, user, client_ip, tls, rank, messages, session)| Fact {
                key: Key { day, user, tls, client_ip, ..Key::default() },
                counts: Counts { messages, ..Counts::default() },
                rank,
                session,
                refusal: None,
                lines: 1,
            },
        )
    }

    fn joined(facts: &[Fact]) -> Fact {
        let mut all = facts[0];
        for fact in &facts[1..] {
            all.join(fact, |sym| NAMES[sym.0 as usize]);
        }
        all
    }

    proptest! {
        #[test]
        fn no_order_and_no_grouping_makes_a_difference(a in fact(), b in fact(), c in fact()) {
            let all = joined(&[a, b, c]);
            for other in [[a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
                prop_assert_eq!(joined(&other), all);
            }
            prop_assert_eq!(joined(&[a, joined(&[b, c])]), all);
        }
    }

    #[test]
    fn of_a_mail_s_rows_the_best_tells_who_and_each_what_it_knows() {
        let received = Fact {
            key: Key { day: Some(Day(3)), user: Sym(1), tls: TlsVersion::Tls12, ..Key::default() },
            counts: Counts { messages: Count::known(1), recipients: Count::known(2), ..Counts::default() },
            rank: 2,
            session: None,
            refusal: None,
            lines: 1,
        };
        let delivered = Fact {
            key: Key { day: Some(Day(4)), user: Sym(2), ..Key::default() },
            counts: Counts { messages: Count::known(1), recipients: Count::UNKNOWN, ..Counts::default() },
            rank: 0,
            ..received
        };
        assert_eq!(joined(&[delivered, received, delivered]), Fact { lines: 3, ..received });
    }
}
