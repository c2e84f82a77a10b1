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
    /// How many login names sent as a sender.
    Users,
    /// From how many client addresses a sender came.
    Clients,
    /// A sender's messages.
    Messages,
    /// A sender's recipients.
    Recipients,
    /// A sender's sessions.
    Sessions,
    /// A sender's failed sign-ins, as in [`SenderDetails::totals`](crate::report::SenderDetails::totals).
    FailedSignIns,
    /// A sender's first UTC day of use in the range.
    FirstSeen,
    /// A sender's last UTC day of use in the range.
    LastSeen,
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
    /// A whole number: what a row of the details table comes to. See [`Filter`](super::Filter).
    Number,
    /// A [`Day`](crate::model::Day) as `2026-11-22`: one that a row of the details table shows.
    Date,
}

impl Field {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 17] = [
        Self::User,
        Self::Sender,
        Self::SenderDomain,
        Self::Tls,
        Self::Authentication,
        Self::Mechanism,
        Self::ClientAddress,
        Self::ClientName,
        Self::Server,
        Self::Users,
        Self::Clients,
        Self::Messages,
        Self::Recipients,
        Self::Sessions,
        Self::FailedSignIns,
        Self::FirstSeen,
        Self::LastSeen,
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
            Self::Users => "users",
            Self::Clients => "clients",
            Self::Messages => "messages",
            Self::Recipients => "recipients",
            Self::Sessions => "sessions",
            Self::FailedSignIns => "failed",
            Self::FirstSeen => "first-seen",
            Self::LastSeen => "last-seen",
        }
    }

    /// The field with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    /// Whether it tells of a row of the details table, and not of a row of the cube. See [`Filter`](super::Filter).
    pub const fn is_of_senders(self) -> bool {
        matches!(self.kind(), Kind::Number | Kind::Date)
    }

    /// What values it has.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Tls => Kind::Tls,
            Self::Authentication => Kind::Family,
            Self::Users
            | Self::Clients
            | Self::Messages
            | Self::Recipients
            | Self::Sessions
            | Self::FailedSignIns => Kind::Number,
            Self::FirstSeen | Self::LastSeen => Kind::Date,
            _ => Kind::Text,
        }
    }
}
