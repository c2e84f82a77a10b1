//! What a corpus comes to.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a corpus comes to, by the words of the project's design. `None` is what the corpus does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    /// [`VERSION`](crate::VERSION) of the generator.
    pub generator: u32,
    /// Size of the corpus.
    pub bytes: u64,
    /// Accepted submissions of signed-in clients.
    pub messages: u64,
    /// Accepted recipients of those.
    pub recipients: u64,
    /// Successful sign-ins.
    pub sessions: Option<u64>,
    /// Refused sign-ins.
    pub failed_signins: Option<u64>,
    /// Distinct users that sent a message.
    pub users: u64,
    /// Messages by UTC day, `2026-10-20`.
    pub messages_by_day: BTreeMap<String, u64>,
    /// Messages by TLS version, as the Activity CSV names it.
    pub messages_by_tls: BTreeMap<String, u64>,
    /// Messages by the sender's domain.
    pub messages_by_domain: BTreeMap<String, u64>,
}
