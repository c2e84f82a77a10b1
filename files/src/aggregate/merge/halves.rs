//! The third pass: the halves of proxied submissions.

use super::by_id::{ById, smaller};
use super::{Accounts, Copy, Part, Target, sessions_of};
use crate::aggregate::join::{FrontEndSession, join};
use crate::aggregate::pack::SessionBody;
use crate::aggregate::session::What;
use crate::ingest::SkipReason;
use std::collections::{BTreeSet, HashMap};

/// Joins the halves that name each other and adds what they come to. `lost_hubs` are Hub sessions, by part and number, of
/// which a longer copy counts.
#[inline(never)]
pub(super) fn join_halves(
    parts: &mut [Part<'_>],
    lost_hubs: &BTreeSet<(usize, u32)>,
    accounts: &mut Accounts,
    target: &mut Target<'_>,
) {
    let mut settled = ById::new(parts.iter().map(|part| part.packed.settled()));
    let mut segments = ById::new(parts.iter().map(|part| part.packed.segments()));
    let (mut entries, mut named_by, mut sessions) = (Vec::new(), Vec::new(), Vec::new());
    // Of Hub sessions with several segments how many of those are health probes.
    let mut probes: HashMap<(usize, u32), u32, foldhash::fast::FixedState> = HashMap::default();
    while let Some(id) = smaller(settled.next_id(), segments.next_id()) {
        settled.take(id, &mut entries);
        segments.take(id, &mut named_by);
        sessions_of(&entries, parts, &mut sessions);
        let mut front_ends = Vec::new();
        let mut whole = false;
        for copies in sessions.chunk_by(|a, b| a.server == b.server) {
            let Copy { part, server, session } = &copies[0];
            let part = &parts[*part];
            match &session.body {
                SessionBody::Direct(facts) => {
                    whole |= facts.clone().any(|(_, what)| matches!(what, What::Message(_)));
                }
                SessionBody::FrontEnd(entry) => {
                    let Some((client_ip, half)) = part.packed.front_end(*entry, |sym| part.sym(sym)) else {
                        continue;
                    };
                    if half.is_health_probe {
                        accounts.take_back(&part.owner, session.lines, SkipReason::HealthMailbox);
                    }
                    front_ends.push(FrontEndSession { server: *server, client_ip, half });
                }
                SessionBody::Hub(_) => {}
            }
        }
        let named_by: Vec<_> = named_by
            .iter()
            .filter_map(|&(i, entry)| Some((i, parts[i].packed.segment(id, entry, |sym| parts[i].sym(sym))?)))
            .filter(|(i, segment)| !lost_hubs.contains(&(*i, segment.hub)))
            .collect();
        if front_ends.is_empty() && named_by.is_empty() {
            continue;
        }
        let (of, named_by): (Vec<usize>, Vec<_>) = named_by.into_iter().unzip();
        let are_probes = join(&mut front_ends, &named_by, whole, target);
        for ((part, segment), _) in of.into_iter().zip(&named_by).zip(are_probes).filter(|(_, is)| *is) {
            let found = probes.entry((part, segment.hub)).or_default();
            *found += 1;
            if *found == segment.of {
                accounts.take_back(&parts[part].owner, segment.lines, SkipReason::HealthMailbox);
            }
        }
        target.relieve(parts);
    }
}
