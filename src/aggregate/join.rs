//! The two halves of a proxied submission: who signed in at the Front End, and what the Hub accepted for them.

use super::cube::{Cube, Key};
use super::intern::Sym;
use super::session::{FrontEnd, HubSegment, Message, facts_of_sign_in};
use super::sessions::{SessionKey, cell};
use crate::ingest::SkipReason;
use crate::model::identity::is_health_mailbox;
use crate::model::{Count, Counts, TlsVersion};
use std::collections::{BTreeSet, HashMap};

/// A Front End session, its symbols those of the merged cube.
#[derive(Debug)]
pub struct FrontEndSession {
    /// Which session.
    pub key: SessionKey,
    /// Address of the client.
    pub client_ip: Sym,
    /// What it says.
    pub half: FrontEnd,
}

/// A Hub session, its symbols those of the merged cube.
#[derive(Debug)]
pub struct HubSession {
    /// Which session.
    pub key: SessionKey,
    /// What it says.
    pub segments: Vec<HubSegment>,
}

/// A session whose lines turn out not to count, and why.
pub type NotCounted = (SessionKey, SkipReason);

/// Joins the halves and adds what they come to. Returns the sessions that are health probes after all.
///
/// A Hub names the Front End's session by id alone. Where several servers have a session of that id, the one with the
/// client's address is meant, then the one on the same server. A message that both halves show counts once: the half
/// that shows more of them is believed. `whole` holds the ids of sessions that were counted as a whole, with messages of
/// their own (a Front End that passes on what came in on port 25 logs it too); the Hub's copy adds nothing to those.
pub fn join(
    front_ends: &[FrontEndSession],
    hubs: &[HubSession],
    whole: &BTreeSet<u64>,
    cube: &mut Cube,
) -> Vec<NotCounted> {
    let mut by_id: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, front_end) in front_ends.iter().enumerate() {
        by_id.entry(front_end.key.id).or_default().push(i);
    }
    // In the order of their servers' names: between equals the first is taken, whatever was loaded first.
    for candidates in by_id.values_mut() {
        candidates.sort_by_key(|&i| cube.text(front_ends[i].key.server).to_owned());
    }
    let mut not_counted = Vec::new();
    let mut joined: Vec<Vec<&HubSegment>> = front_ends.iter().map(|_| Vec::new()).collect();
    for hub in hubs {
        let mut is_probe = true;
        for segment in &hub.segments {
            let rank = |&i: &usize| {
                let front_end = &front_ends[i];
                let same_address = front_end.client_ip == segment.client_ip;
                let same_server = front_end.key.server == hub.key.server;
                (!same_address, !same_server)
            };
            let found = by_id
                .get(&segment.front_end_session)
                .and_then(|candidates| candidates.iter().copied().min_by_key(rank));
            is_probe &= match found {
                Some(i) => {
                    joined[i].push(segment);
                    front_ends[i].half.is_health_probe
                }
                None if whole.contains(&segment.front_end_session) => false,
                None => hub_alone(hub, segment, cube),
            };
        }
        if is_probe {
            not_counted.push((hub.key, SkipReason::HealthMailbox));
        }
    }
    for (front_end, segments) in front_ends.iter().zip(joined) {
        if front_end.half.is_health_probe {
            not_counted.push((front_end.key, SkipReason::HealthMailbox));
            continue;
        }
        both_halves(front_end, &segments, cube);
    }
    not_counted
}

fn both_halves(front_end: &FrontEndSession, segments: &[&HubSegment], cube: &mut Cube) {
    let half = &front_end.half;
    let mut of_hub: Vec<Message> = segments
        .iter()
        .flat_map(|segment| &segment.messages)
        .map(|message| Message { client_name: half.client_name, ..*message })
        .collect();
    of_hub.sort_by_key(|message| message.time_ms);
    let messages = if of_hub.len() > half.messages.len() { &of_hub } else { &half.messages };
    let shared = (half.user, half.tls, half.mechanism);
    let mut facts = half.failed.clone();
    facts.extend(facts_of_sign_in(shared, (half.day, half.client_name), messages));
    let unknown = half.is_proxied && segments.is_empty() && half.messages.is_empty();
    for fact in facts {
        let (key, mut counts) = cell(&fact, front_end.key.server, front_end.client_ip, cube);
        if unknown && counts.sessions.known > 0 {
            counts.messages = Count::UNKNOWN;
            counts.recipients = Count::UNKNOWN;
        }
        cube.add(key, counts);
    }
}

/// Whether a Hub segment shows by itself that it is a health probe's.
pub fn is_health_probe(segment: &HubSegment, names: &Cube) -> bool {
    let is_health = |sym: Sym| is_health_mailbox(names.text(sym));
    let of_probe = |message: &Message| is_health(message.sender);
    is_health(segment.user) || (!segment.messages.is_empty() && segment.messages.iter().all(of_probe))
}

/// Adds a Hub segment whose Front End log is missing; returns whether it is a health probe instead.
fn hub_alone(hub: &HubSession, segment: &HubSegment, cube: &mut Cube) -> bool {
    if is_health_probe(segment, cube) {
        return true;
    }
    let messages: Vec<Message> = segment
        .messages
        .iter()
        .map(|message| Message { client_name: segment.client_name, ..*message })
        .collect();
    let shared = (segment.user, TlsVersion::Unknown, Sym::EMPTY);
    for fact in facts_of_sign_in(shared, (segment.day, segment.client_name), &messages) {
        let (key, counts): (Key, Counts) = cell(&fact, hub.key.server, segment.client_ip, cube);
        cube.add(key, counts);
    }
    false
}
