//! What clauses look at.

use serde::{Deserialize, Serialize};

/// What a clause looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// Login name where known, else the sender address.
    User,
    /// MAIL FROM. A login of which no message is known has none.
    Sender,
    /// Domain of the sender address.
    SenderDomain,
    /// Protection of the connection.
    Tls,
    /// Family of the mechanism.
    Authentication,
    /// Mechanism as logged.
    Mechanism,
    /// Address of the client, without port.
    ClientAddress,
    /// Name that the client gave in HELO/EHLO.
    ClientName,
    /// The server that took the submission.
    Server,
    /// A sender's messages.
    Messages,
    /// A sender's recipients.
    Recipients,
    /// A sender's sessions.
    Sessions,
    /// A sender's failed sign-ins, as in [`SenderDetails::totals`](super::SenderDetails::totals).
    FailedSignIns,
}

/// What values a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text, compared without regard to case.
    Text,
    /// A [`TlsVersion`], by its label.
    Tls,
    /// An [`AuthClass`], by its label.
    Family,
    /// A whole number: what a row of the details table comes to. See [`Filter`].
    Number,
}

impl Field {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 13] = [
        Self::User,
        Self::Sender,
        Self::SenderDomain,
        Self::Tls,
        Self::Authentication,
        Self::Mechanism,
        Self::ClientAddress,
        Self::ClientName,
        Self::Server,
        Self::Messages,
        Self::Recipients,
        Self::Sessions,
        Self::FailedSignIns,
    ];

    /// The name in addresses and in what the browser remembers. Never changed, for links last.
    pub const fn code(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Sender => "sender",
            Self::SenderDomain => "domain",
            Self::Tls => "tls",
            Self::Authentication => "auth",
            Self::Mechanism => "mechanism",
            Self::ClientAddress => "ip",
            Self::ClientName => "client",
            Self::Server => "server",
            Self::Messages => "messages",
            Self::Recipients => "recipients",
            Self::Sessions => "sessions",
            Self::FailedSignIns => "failed",
        }
    }

    /// The field with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// What values it has.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Tls => Kind::Tls,
            Self::Authentication => Kind::Family,
            Self::Messages | Self::Recipients | Self::Sessions | Self::FailedSignIns => Kind::Number,
            _ => Kind::Text,
        }
    }
}
