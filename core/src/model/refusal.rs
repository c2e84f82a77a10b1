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

/// How much of a text is searched: replies are short, and a hostile field is not.
const SEARCHED_BYTES: usize = 4096;

/// What servers say, in lower case, and what it means. The first that occurs decides: a reply that gives a reason ends in
/// the same words as one that gives none. What begins with a digit is an enhanced status code, which stands alone.
const WORDS: [(&str, Refusal); 73] = [
    ("smtpclientauthentication is disabled for the tenant", Refusal::SmtpAuthOffForTenant),
    ("smtpclientauthentication is disabled for the mailbox", Refusal::SmtpAuthOffForMailbox),
    // Cut off before it says for whom.
    ("smtpclientauthentication is disabled", Refusal::Other),
    ("basic authentication is disabled", Refusal::BasicAuthOff),
    ("security defaults", Refusal::BasicAuthOff),
    ("did not meet the criteria", Refusal::BasicAuthOff),
    ("basic authentication is not supported", Refusal::BasicAuthRetired),
    ("5.7.30", Refusal::BasicAuthRetired),
    ("tls 1.0 and 1.1 are not supported", Refusal::OldTls),
    ("4.7.66", Refusal::OldTls),
    ("unsupported protocol", Refusal::OldTls),
    // Exchange Online's 5.2.252 without throttling, and Postfix' reject_sender_login_mismatch.
    ("sendasdenied", Refusal::SendAsDenied),
    ("permissions to send as this sender", Refusal::SendAsDenied),
    ("5.7.60", Refusal::SendAsDenied),
    ("not owned by user", Refusal::SendAsDenied),
    ("sender throttled", Refusal::Throttled),
    ("5.2.251", Refusal::Throttled),
    ("5.2.252", Refusal::Throttled),
    ("5.2.253", Refusal::Throttled),
    ("5.2.254", Refusal::Throttled),
    ("5.2.255", Refusal::Throttled),
    ("too many errors", Refusal::Throttled),
    ("too many login", Refusal::Throttled),
    ("too many auth", Refusal::Throttled),
    ("too many failed", Refusal::Throttled),
    ("concurrent connections limit", Refusal::Throttled),
    ("account is locked", Refusal::AccountLocked),
    ("account locked", Refusal::AccountLocked),
    ("has been locked", Refusal::AccountLocked),
    ("locked out", Refusal::AccountLocked),
    ("account is disabled", Refusal::AccountDisabled),
    ("account disabled", Refusal::AccountDisabled),
    ("has been disabled", Refusal::AccountDisabled),
    ("user disabled", Refusal::AccountDisabled),
    ("unknown user", Refusal::AccountDisabled),
    ("5.7.13", Refusal::AccountDisabled),
    ("password has expired", Refusal::PasswordExpired),
    ("password expired", Refusal::PasswordExpired),
    ("password must be changed", Refusal::PasswordExpired),
    ("multifactor", Refusal::MfaRequired),
    ("multi-factor", Refusal::MfaRequired),
    ("application-specific password", Refusal::MfaRequired),
    ("conditional access", Refusal::ConditionalAccess),
    ("unrecognized authentication type", Refusal::MechanismNotOffered),
    ("5.7.4", Refusal::MechanismNotOffered),
    ("5.7.9", Refusal::MechanismNotOffered),
    ("invalid authentication mechanism", Refusal::MechanismNotOffered),
    ("unsupported authentication mechanism", Refusal::MechanismNotOffered),
    ("no mechanism available", Refusal::MechanismNotOffered),
    ("authentication not enabled", Refusal::MechanismNotOffered),
    ("disallowed plaintext auth", Refusal::MechanismNotOffered),
    ("not authenticated", Refusal::NotAuthenticated),
    ("5.7.57", Refusal::NotAuthenticated),
    ("authentication required", Refusal::NotAuthenticated),
    ("no auth attempts", Refusal::NotAuthenticated),
    // The server's own trouble, which ends in the words of a wrong password.
    ("temporary authentication failure", Refusal::Other),
    ("connection lost to authentication server", Refusal::Other),
    ("must issue a starttls", Refusal::Other),
    ("5.7.11", Refusal::Other),
    ("authentication unsuccessful", Refusal::BadCredentials),
    ("5.7.3", Refusal::BadCredentials),
    ("5.7.8", Refusal::BadCredentials),
    ("logondenied", Refusal::BadCredentials),
    ("authentication failed", Refusal::BadCredentials),
    ("authentication failure", Refusal::BadCredentials),
    ("auth failed", Refusal::BadCredentials),
    ("auth_failed", Refusal::BadCredentials),
    ("password mismatch", Refusal::BadCredentials),
    ("password verification failed", Refusal::BadCredentials),
    ("invalid credentials", Refusal::BadCredentials),
    ("incorrect authentication data", Refusal::BadCredentials),
    ("invalid username or password", Refusal::BadCredentials),
    ("logon failure", Refusal::BadCredentials),
];

impl Refusal {
    /// All reasons, in the order in which they are shown.
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

    /// The name in exports and in the locales' keys. It does not change.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SmtpAuthOffForTenant => "smtp-auth-off-tenant",
            Self::SmtpAuthOffForMailbox => "smtp-auth-off-mailbox",
            Self::BasicAuthOff => "basic-auth-off",
            Self::BasicAuthRetired => "basic-auth-retired",
            Self::OldTls => "old-tls",
            Self::BadCredentials => "bad-credentials",
            Self::NotAuthenticated => "not-authenticated",
            Self::SendAsDenied => "send-as-denied",
            Self::Throttled => "throttled",
            Self::MechanismNotOffered => "mechanism-not-offered",
            Self::AccountLocked => "account-locked",
            Self::AccountDisabled => "account-disabled",
            Self::PasswordExpired => "password-expired",
            Self::MfaRequired => "mfa-required",
            Self::ConditionalAccess => "conditional-access",
            Self::Other => "other",
        }
    }

    /// The reason with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }

    /// The reason that a text gives, wherever in it: a reply of Exchange, Postfix or Dovecot, or a log's words around
    /// one. Of a long text only the beginning is searched.
    ///
    /// `None` if it gives none that is known; [`Other`](Self::Other) if it is known to be none of the others.
    pub fn recognise(text: &[u8]) -> Option<Self> {
        let text = text[..text.len().min(SEARCHED_BYTES)].to_ascii_lowercase();
        WORDS
            .iter()
            .find(|(words, _)| contains(&text, words.as_bytes()))
            .map(|&(_, refusal)| refusal)
            .or_else(|| is_bare_535(&text).then_some(Self::BadCredentials))
    }
}

/// Whether words or a status code occur in a text; a code not as a part of another number.
fn contains(text: &[u8], words: &[u8]) -> bool {
    let is_code = words.first().is_some_and(u8::is_ascii_digit);
    // A full stop behind a code may end the sentence.
    let goes_on = |rest: &[u8]| match rest {
        [b'.', b, ..] | [b, ..] => b.is_ascii_digit(),
        [] => false,
    };
    let is_inside = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_digit() || *b == b'.');
    text.windows(words.len()).enumerate().any(|(at, window)| {
        window == words && !(is_code && (is_inside(text[..at].last()) || goes_on(&text[at + words.len()..])))
    })
}

/// The reply code of a refused sign-in, whatever follows it.
fn is_bare_535(text: &[u8]) -> bool {
    let reply = text.trim_ascii().strip_prefix(b"'").unwrap_or(text.trim_ascii());
    reply.strip_prefix(b"535").is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::Refusal::{self, *};

    #[test]
    fn what_servers_say() {
        for (text, refusal) in [
            (
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
                SmtpAuthOffForTenant,
            ),
            (
                "'535 5.7.139 Authentication unsuccessful, SMTPCLIENTAUTHENTICATION is disabled for the Mailbox.'",
                SmtpAuthOffForMailbox,
            ),
            ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled", Other),
            ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", BasicAuthOff),
            (
                "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
                BasicAuthOff,
            ),
            (
                "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.",
                BasicAuthOff,
            ),
            ("535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", BadCredentials),
            ("535 5.7.3 Authentication unsuccessful", BadCredentials),
            ("Tarpit for '0.00:00:05' due to '535 5.7.3 Authentication unsuccessful'", BadCredentials),
            ("Inbound AUTH LOGIN failed because of LogonDenied", BadCredentials),
            ("550 5.7.30 Basic authentication is not supported for Client Submission.", BasicAuthRetired),
            ("(5.7.30)", BasicAuthRetired),
            (
                "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls",
                OldTls,
            ),
            (
                "530 5.7.57 Client was not authenticated to send anonymous mail during MAIL FROM",
                NotAuthenticated,
            ),
            ("535 5.7.57; SMTP; Client was not authenticated to send mail", NotAuthenticated),
            ("530 5.7.0 Authentication required", NotAuthenticated),
            ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", SendAsDenied),
            ("554 5.2.252 SendAsDenied; a@contoso.com not allowed to send as b@contoso.com", SendAsDenied),
            ("550 5.2.251 Sender throttled due to continuous mailbox full errors.", Throttled),
            ("550 5.2.252", Throttled),
            ("550 5.2.253", Throttled),
            ("550 5.2.254", Throttled),
            ("550 5.2.255", Throttled),
            ("504 5.7.4 Unrecognized authentication type", MechanismNotOffered),
            ("warning: unknown[203.0.113.9]: SASL LOGIN authentication failed: UGFzc3dvcmQ6", BadCredentials),
            ("535 5.7.8 Error: authentication failed: Invalid authentication mechanism", MechanismNotOffered),
            ("454 4.7.0 Temporary authentication failure: Connection lost to authentication server", Other),
            ("553 5.7.1 <a@b.com>: Sender address rejected: not owned by user c@b.com", SendAsDenied),
            ("Aborted login (auth failed, 1 attempts in 2 secs): user=<a>", BadCredentials),
            ("Disconnected (no auth attempts in 0 secs)", NotAuthenticated),
            ("passwd-file(a@b.com,203.0.113.9): unknown user", AccountDisabled),
            ("Account is locked", AccountLocked),
            ("525 5.7.13 mailbox gone", AccountDisabled),
            ("Your password has expired.", PasswordExpired),
            ("534-5.7.9 Application-specific password required.", MfaRequired),
            ("Access has been blocked by Conditional Access policies.", ConditionalAccess),
            ("535", BadCredentials),
            (" 535-no", BadCredentials),
        ] {
            assert_eq!(Refusal::recognise(text.as_bytes()), Some(refusal), "{text}");
        }
    }

    #[test]
    fn what_gives_no_reason() {
        for text in ["", "250 2.0.0 Ok", "5.7.300", "15.7.3", "5.7.3.1", "4.5.7.60", "5350 bytes", "failure"]
        {
            assert_eq!(Refusal::recognise(text.as_bytes()), None, "{text}");
        }
        assert_eq!(Refusal::recognise(b"It said 5.7.3."), Some(BadCredentials));
        // Not UTF-8, and what lies beyond what is searched.
        assert_eq!(Refusal::recognise(b"\xFF\0 LogonDenied"), Some(BadCredentials));
        let far = format!("{}LogonDenied", " ".repeat(1 << 20));
        assert_eq!(Refusal::recognise(far.as_bytes()), None);
    }

    #[test]
    fn each_has_a_code_of_its_own_and_its_texts() {
        let texts = include_str!("../../../locales/en/refusals.ftl");
        for refusal in Refusal::ALL {
            let code = refusal.code();
            assert_eq!(Refusal::from_code(code), Some(refusal));
            for key in [format!("\nrefusal-{code} = "), format!("\nrefusal-{code}-remedy = ")] {
                assert_eq!(texts.matches(&key).count(), 1, "{key}");
            }
        }
        assert_eq!(Refusal::from_code("nonsense"), None);
    }
}
