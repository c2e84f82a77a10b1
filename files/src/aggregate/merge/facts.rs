//! The fourth pass: facts with an identity, each once, as far as the loaded sources leave their question open.

use super::names::NamesOf;
use super::{Accounts, Target, of};
use crate::aggregate::answers::Answers;
use crate::aggregate::facts::Fact;
use crate::aggregate::pack::PackedFacts;
use crate::aggregate::{Key, Sym};
use crate::ingest::{Format, SkipReason};
use crate::model::Refusal;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// The facts of a unit.
pub(super) struct FactsOf<'a> {
    /// Whose unit it is.
    pub(super) source: usize,
    pub(super) format: Format,
    pub(super) names: NamesOf<'a>,
    pub(super) facts: &'a PackedFacts,
}

/// How often each user was refused, and why.
pub type Refusals = BTreeMap<(String, Refusal), u64>;

/// Adds each fact once. Lines that told it in another file before are repeated ones.
#[inline(never)]
pub(super) fn add_facts(
    units: &[FactsOf<'_>],
    answers: &Answers,
    accounts: &mut Accounts,
    target: &mut Target<'_>,
) -> Refusals {
    let mut refusals = Refusals::new();
    let numbers: Vec<Vec<Sym>> = units.iter().map(|unit| unit.names.numbers().collect()).collect();
    let mut lists: Vec<_> = units.iter().map(|unit| unit.facts.facts()).collect();
    let mut heads: Vec<Option<(u64, Fact)>> = lists.iter_mut().map(Iterator::next).collect();
    // By format first: an id means something only within it.
    let mut next: BinaryHeap<Reverse<(Format, u64, usize)>> = BinaryHeap::new();
    let push = |next: &mut BinaryHeap<_>, heads: &[Option<(u64, Fact)>], unit: usize| {
        if let Some((id, _)) = heads[unit] {
            next.push(Reverse((units[unit].format, id, unit)));
        }
    };
    for unit in 0..units.len() {
        push(&mut next, &heads, unit);
    }
    // Strings of the fact at hand: those of several units side by side.
    let mut names: Vec<&str> = vec![""];
    while let Some(&Reverse((format, id, _))) = next.peek() {
        names.truncate(1);
        let mut joined: Option<(usize, Fact)> = None;
        while let Some(&Reverse((same_format, same_id, unit))) = next.peek() {
            if (same_format, same_id) != (format, id) {
                break;
            }
            next.pop();
            let Some((_, mut fact)) = heads[unit].take() else { continue };
            heads[unit] = lists[unit].next();
            push(&mut next, &heads, unit);
            renumber(&mut fact.key, |sym| {
                names.push(target.names.text(of(&numbers[unit], sym)));
                Sym(u32::try_from(names.len() - 1).unwrap_or_default())
            });
            let source = units[unit].source;
            match &mut joined {
                None => joined = Some((source, fact)),
                Some((first, joined)) => {
                    // Units come in the order of loading.
                    if source != *first {
                        accounts.repeated(source, fact.lines.into());
                    }
                    joined.join(&fact, |sym| names[sym.0 as usize]);
                }
            }
        }
        let Some((source, fact)) = joined else { continue };
        let user = names[fact.key.user.0 as usize];
        let sender = names[fact.key.sender.0 as usize];
        let Some(counts) = answers.counts_of(format, &fact, sender) else {
            accounts.0[source].move_to(SkipReason::CountedElsewhere, fact.lines.into());
            continue;
        };
        if let (Some(refusal), n @ 1..) = (fact.refusal, counts.failed_signins.known_part()) {
            *refusals.entry((user.to_owned(), refusal)).or_default() += n;
        }
        if !counts.is_zero() {
            target.add_named(fact.key, counts, |sym| names[sym.0 as usize]);
        }
    }
    refusals
}

fn renumber(key: &mut Key, mut number: impl FnMut(Sym) -> Sym) {
    for sym in key.names_mut() {
        *sym = number(*sym);
    }
}
