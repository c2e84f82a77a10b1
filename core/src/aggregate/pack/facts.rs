//! Facts with an identity, by id in rising order.

use super::bytes::{Reader, Writer};
use super::strings::Strings;
use super::{Names, rows};
use crate::aggregate::facts::{Fact, Facts};
use crate::model::Refusal;
use serde::{Deserialize, Serialize};

/// The facts of a unit. Every string is a number of their own; the empty string is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedFacts {
    strings: Strings,
    /// Keys and counts.
    #[serde(with = "serde_bytes")]
    rows: Vec<u8>,
    /// Ids, and the rest of each.
    #[serde(with = "serde_bytes")]
    ids: Vec<u8>,
}

impl PackedFacts {
    /// Packs facts.
    pub fn pack(facts: Facts) -> Self {
        let (cube, facts) = facts.into_parts();
        let mut names = Names::new(&cube);
        let rows = rows::write(facts.iter().map(|(_, fact)| (fact.key, fact.counts)), &mut names);
        let (mut text, mut ids) = (Writer::default(), Writer::default());
        names.write(&mut text);
        let mut before = 0;
        for (id, fact) in &facts {
            ids.number(id - before);
            before = *id;
            ids.number(fact.rank);
            ids.number(fact.lines);
            ids.number(fact.refusal.map_or(0, |refusal| refusal as u64 + 1));
            ids.number(u64::from(fact.session.is_some()));
            if let Some(session) = fact.session {
                ids.number(session);
            }
        }
        Self { strings: Strings::of(text), rows, ids: ids.finish() }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// All strings in order of their numbers.
    pub const fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The same, to be pooled.
    pub const fn strings_mut(&mut self) -> &mut Strings {
        &mut self.strings
    }

    /// All facts, with their ids.
    pub fn facts(&self) -> impl Iterator<Item = (u64, Fact)> {
        let mut reader = Reader::new(&self.ids);
        let mut id = 0_u64;
        rows::read(&self.rows, 1).map_while(move |(key, counts)| {
            id = id.wrapping_add(reader.number()?);
            let rank = u8::try_from(reader.number()?).ok()?;
            let lines = reader.small()?;
            let refusal = match usize::try_from(reader.number()?).ok()? {
                0 => None,
                n => Some(*Refusal::ALL.get(n - 1)?),
            };
            let session = if reader.number()? == 0 { None } else { Some(reader.number()?) };
            Some((id, Fact { key, counts, rank, session, refusal, lines }))
        })
    }
}
