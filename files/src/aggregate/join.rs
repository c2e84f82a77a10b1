//! The two halves of a proxied submission: who signed in at the Front End, and what the Hub accepted for them.

use super::intern::Sym;
use super::merge::Target;
use super::pack::SegmentOf;
use super::session::{FrontEnd, HubSegment, Message, facts_of_sign_in};
use super::sessions::cell;
use crate::model::identity::is_health_mailbox;
use crate::model::{Count, TlsVersion};
use crate::sort::sort_by;

/// A Front End session, its symbols those of the merged cube.
#[derive(Debug)]
pub(super) struct FrontEndSession {
    /// Its server.
    pub(super) server: Sym,
    /// Address of the client.
    pub(super) client_ip: Sym,
    /// What it says.
    pub(super) half: FrontEnd,
}

/// Joins the halves of one id and adds what they come to. Tells of each segment whether it is a health probe.
///
/// A Hub names the Front End's session by id alone. Where several servers have a session of that id, the one with the
/// client's address is meant, then the one on the same server, then the first by name. A message that both halves show
/// counts once: the half that shows more of them is believed. `whole` says that a session of this id was counted as a
/// whole, with messages of its own (a Front End that passes on what came in on port 25 logs it too); the Hub's copy adds
/// nothing to that.
pub(super) fn join(
    front_ends: &mut [FrontEndSession],
    segments: &[SegmentOf],
    whole: bool,
    target: &mut Target,
) -> Vec<bool> {
    if front_ends.len() > 1 {
        sort_by(front_ends, |a, b| target.cube.text(a.server).cmp(target.cube.text(b.server)));
    }
    let mut joined: Vec<Vec<&HubSegment>> = front_ends.iter().map(|_| Vec::new()).collect();
    let mut probes = Vec::with_capacity(segments.len());
    for segment in segments {
        let rank = |front_end: &FrontEndSession| {
            let same_address = front_end.client_ip == segment.segment.client_ip;
            let same_server = front_end.server == segment.server;
            (!same_address, !same_server)
        };
        let found = front_ends.iter().zip(&mut joined).min_by_key(|(front_end, _)| rank(front_end));
        probes.push(match found {
            Some((front_end, joined)) => {
                joined.push(&segment.segment);
                front_end.half.is_health_probe
            }
            None if whole => false,
            None => hub_alone(segment, target),
        });
    }
    for (front_end, segments) in front_ends.iter().zip(joined) {
        if !front_end.half.is_health_probe {
            both_halves(front_end, &segments, target);
        }
    }
    probes
}

fn both_halves(front_end: &FrontEndSession, segments: &[&HubSegment], target: &mut Target) {
    let half = &front_end.half;
    let mut of_hub: Vec<Message> = segments
        .iter()
        .flat_map(|segment| &segment.messages)
        .map(|message| Message { client_name: half.client_name, ..*message })
        .collect();
    // In the order of loading come neither files nor the numbers of their strings.
    sort_by(&mut of_hub, |a, b| {
        let place = |message: &Message| (message.time_ms, message.recipients);
        place(a).cmp(&place(b)).then_with(|| target.cube.text(a.sender).cmp(target.cube.text(b.sender)))
    });
    let messages = if of_hub.len() > half.messages.len() { &of_hub } else { &half.messages };
    let shared = (half.user, half.tls, half.mechanism);
    let mut facts = half.failed.clone();
    facts.extend(facts_of_sign_in(shared, (half.day, half.client_name), messages));
    let unknown = half.is_proxied && segments.is_empty() && half.messages.is_empty();
    for fact in facts {
        let (key, mut counts) = cell(&fact, front_end.server, front_end.client_ip, &mut target.cube);
        if unknown && counts.sessions.known_part() > 0 {
            counts.messages = Count::UNKNOWN;
            counts.recipients = Count::UNKNOWN;
        }
        target.add(key, counts);
    }
}

/// Whether a Hub segment shows by itself that it is a health probe's.
pub fn is_health_probe(segment: &HubSegment, names: &super::cube::Cube) -> bool {
    let is_health = |sym: Sym| is_health_mailbox(names.text(sym));
    let of_probe = |message: &Message| is_health(message.sender);
    is_health(segment.user) || (!segment.messages.is_empty() && segment.messages.iter().all(of_probe))
}

/// Adds a Hub segment whose Front End log is missing; returns whether it is a health probe instead.
fn hub_alone(hub: &SegmentOf, target: &mut Target) -> bool {
    let segment = &hub.segment;
    if is_health_probe(segment, &target.cube) {
        return true;
    }
    let messages: Vec<Message> = segment
        .messages
        .iter()
        .map(|message| Message { client_name: segment.client_name, ..*message })
        .collect();
    let shared = (segment.user, TlsVersion::Unknown, Sym::EMPTY);
    for fact in facts_of_sign_in(shared, (segment.day, segment.client_name), &messages) {
        let (key, counts) = cell(&fact, hub.server, segment.client_ip, &mut target.cube);
        target.add(key, counts);
    }
    false
}
