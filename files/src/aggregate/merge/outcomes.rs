//! What becomes of each file as a whole.

use crate::aggregate::source::{SourceId, SourceOutcome};
use crate::aggregate::unit::UnitResult;
use crate::aggregate::workspace::Source;
use crate::ingest::{FileProblem, SkipReason};
use std::collections::HashMap;

/// What becomes of each file: the first of equal ones is loaded, the others are the same as it.
pub(super) fn outcomes(sources: &[Source]) -> Vec<SourceOutcome> {
    let mut known: HashMap<(u64, Vec<u64>), SourceId> = HashMap::new();
    sources
        .iter()
        .map(|source| {
            let units = match &source.content {
                Ok(units) => units,
                Err(problem) => return SourceOutcome::Problem(problem.clone()),
            };
            let bytes = units.iter().map(|unit| unit.bytes).sum();
            let digests = units.iter().flat_map(|unit| &unit.digests).copied().collect();
            let content = (bytes, digests);
            if let Some(&first) = known.get(&content) {
                return SourceOutcome::SameAs(first);
            }
            let Some(Ok(format)) = units.first().map(|unit| unit.format.clone()) else {
                return SourceOutcome::Problem(FileProblem::Empty);
            };
            if let Some(problem) = nothing_in(units) {
                return SourceOutcome::Problem(problem);
            }
            known.insert(content, source.id);
            SourceOutcome::Loaded(format)
        })
        .collect()
}

/// Why a file of a known format has nothing to load, if so.
fn nothing_in(units: &[UnitResult]) -> Option<FileProblem> {
    let sum = |of: fn(&UnitResult) -> u64| units.iter().map(of).sum::<u64>();
    let read = sum(|unit| unit.account.read);
    let bad = sum(|unit| unit.account.bad);
    let frame = sum(|unit| {
        let lines = |reason| unit.account.skipped.get(&reason).copied().unwrap_or_default();
        lines(SkipReason::Header) + lines(SkipReason::Blank)
    });
    match (read - frame, bad) {
        (0, _) => Some(FileProblem::HeaderOnly),
        (content, bad) if content == bad => Some(FileProblem::NothingReadable),
        _ => None,
    }
}
