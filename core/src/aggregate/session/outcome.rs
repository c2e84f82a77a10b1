//! What a session came to.

use crate::aggregate::Sym;
use crate::ingest::SkipReason;
use crate::model::{Count, Counts, Day, TlsVersion};
use serde::{Deserialize, Serialize};

/// What a session came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolved {
    /// Nothing for the report.
    Skipped(SkipReason),
    /// All there is to count.
    Direct(Vec<Fact>),
    /// A sign-in whose messages stand, or may stand, in a Hub log.
    FrontEnd(FrontEnd),
    /// The sending half of proxied submissions.
    Hub(Vec<HubSegment>),
}

/// Something to count, without what all facts of a session share (server and client address).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Day it counts for.
    pub day: Day,
    /// User.
    pub user: Sym,
    /// MAIL FROM; empty for a failed sign-in.
    pub sender: Sym,
    /// Protection.
    pub tls: TlsVersion,
    /// Mechanism; empty if unknown.
    pub mechanism: Sym,
    /// HELO name.
    pub client_name: Sym,
    /// What happened.
    pub what: What,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// One message with so many recipients.
    Message(u32),
    /// One session.
    Session,
    /// One refused sign-in.
    FailedSignin,
}

impl What {
    /// What it adds to a row.
    pub fn counts(self) -> Counts {
        let mut counts = Counts::default();
        match self {
            Self::Message(recipients) => {
                counts.messages = Count::known(1);
                counts.recipients = Count::known(recipients.into());
            }
            Self::Session => counts.sessions = Count::known(1),
            Self::FailedSignin => counts.failed_signins = Count::known(1),
        }
        counts
    }
}

/// An accepted message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// When it was accepted (Unix milliseconds, UTC).
    pub time_ms: i64,
    /// MAIL FROM.
    pub sender: Sym,
    /// Accepted recipients.
    pub recipients: u32,
    /// HELO name at that time.
    pub client_name: Sym,
}

/// See [`Resolved::FrontEnd`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontEnd {
    /// A health probe: it and its Hub half are skipped.
    pub is_health_probe: bool,
    /// The log says that the session was handed to a Hub. Where it does not, a Hub may still name the session.
    pub is_proxied: bool,
    /// Day of the sign-in.
    pub day: Day,
    /// Who signed in.
    pub user: Sym,
    /// Protection.
    pub tls: TlsVersion,
    /// Mechanism; empty if unknown.
    pub mechanism: Sym,
    /// HELO name.
    pub client_name: Sym,
    /// Messages that this log shows itself.
    pub messages: Vec<Message>,
    /// Refused sign-ins before the good one.
    pub failed: Vec<Fact>,
}

/// See [`Resolved::Hub`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubSegment {
    /// The Front End's session.
    pub front_end_session: u64,
    /// The client's own address.
    pub client_ip: Sym,
    /// The client's own HELO name.
    pub client_name: Sym,
    /// Day of the hand-over.
    pub day: Day,
    /// Who signed in, if the Hub says so.
    pub user: Sym,
    /// Accepted messages.
    pub messages: Vec<Message>,
}

/// The facts of a successful sign-in: one session, on the row of its first message's sender, and its messages.
///
/// `shared` is user, TLS and mechanism; `session` the day of the sign-in and the client's name then. A user that is not
/// known is the sender.
pub fn facts_of_sign_in(
    shared: (Sym, TlsVersion, Sym),
    session: (Day, Sym),
    messages: &[Message],
) -> impl Iterator<Item = Fact> + use<'_> {
    let (user, tls, mechanism) = shared;
    let fact = move |day, sender, client_name, what| Fact {
        day,
        user: if user == Sym::EMPTY { sender } else { user },
        sender,
        tls,
        mechanism,
        client_name,
        what,
    };
    let first_sender = messages.first().map_or(Sym::EMPTY, |message| message.sender);
    std::iter::once(fact(session.0, first_sender, session.1, What::Session)).chain(messages.iter().map(
        move |message| {
            fact(
                Day::from_unix_ms(message.time_ms),
                message.sender,
                message.client_name,
                What::Message(message.recipients),
            )
        },
    ))
}
