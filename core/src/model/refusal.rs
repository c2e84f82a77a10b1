//! Why a server would not let a client in, or not take its mail.

use serde::{Deserialize, Serialize};

/// The reason of a refusal. Each has a sentence and a remedy in the locales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Refusal {
    /// SMTP AUTH is switched off for the organization.
    SmtpAuthOffForTenant,
    /// SMTP AUTH is switched off for the mailbox.
    SmtpAuthOffForMailbox,
    /// Basic authentication is switched off by a policy or by security defaults.
    BasicAuthOff,
    /// Basic authentication is retired for client submission.
    BasicAuthRetired,
    /// The client speaks TLS 1.0 or 1.1.
    OldTls,
    /// Wrong user name or password, or a refusal that says no more.
    BadCredentials,
    /// The client sent no credentials.
    NotAuthenticated,
    /// Signed in, but not allowed to send as this sender.
    SendAsDenied,
    /// Too many errors of the same kind.
    Throttled,
    /// The mechanism is not offered.
    MechanismNotOffered,
    /// The account is locked after too many wrong passwords.
    AccountLocked,
    /// The account is disabled, or there is none.
    AccountDisabled,
    /// The password has expired or must be changed.
    PasswordExpired,
    /// A second factor is asked for, which SMTP cannot give.
    MfaRequired,
    /// A Conditional Access policy forbids it.
    ConditionalAccess,
    /// Something else.
    Other,
}

impl Refusal {
    /// All reasons, in order.
    pub const ALL: [Self; 16] = [
        Self::SmtpAuthOffForTenant,
        Self::SmtpAuthOffForMailbox,
        Self::BasicAuthOff,
        Self::BasicAuthRetired,
        Self::OldTls,
        Self::BadCredentials,
        Self::NotAuthenticated,
        Self::SendAsDenied,
        Self::Throttled,
        Self::MechanismNotOffered,
        Self::AccountLocked,
        Self::AccountDisabled,
        Self::PasswordExpired,
        Self::MfaRequired,
        Self::ConditionalAccess,
        Self::Other,
    ];
}
