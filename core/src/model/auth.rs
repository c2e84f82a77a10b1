//! What an authentication mechanism means for the retirement of Basic authentication.

use serde::{Deserialize, Serialize};

/// The mechanism of a source that names none.
pub const UNKNOWN_MECHANISM: &str = "Unknown";

/// The family of an authentication mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AuthClass {
    /// User name and password: LOGIN, PLAIN. What goes away.
    Basic,
    /// A token: XOAUTH2, OAUTHBEARER.
    OAuth,
    /// Windows sign-in: NTLM, GSSAPI.
    Integrated,
    /// Something else.
    Other,
    /// The log does not tell.
    Unknown,
}

impl AuthClass {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Basic, Self::OAuth, Self::Integrated, Self::Other, Self::Unknown];

    /// The family of a mechanism as it stands in the log or in an export (`LOGIN`, `Basic Authentication` …).
    pub fn of(mechanism: &str) -> Self {
        let word = mechanism.trim();
        let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
        if word.is_empty() || is(&[UNKNOWN_MECHANISM]) {
            Self::Unknown
        } else if is(&["LOGIN", "PLAIN", "Basic", "Basic auth", "Basic authentication"]) {
            Self::Basic
        } else if is(&["XOAUTH2", "OAUTHBEARER", "OAuth", "OAuth2", "Modern", "Modern authentication"]) {
            Self::OAuth
        } else if is(&["NTLM", "GSSAPI", "Negotiate", "Kerberos", "Integrated"]) {
            Self::Integrated
        } else {
            Self::Other
        }
    }

    /// The name in reports.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Basic => "Basic",
            Self::OAuth => "OAuth",
            Self::Integrated => "Integrated",
            Self::Other => "Other",
            Self::Unknown => "Unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AuthClass;

    #[test]
    fn mechanisms_fall_into_families() {
        for (mechanism, class) in [
            ("LOGIN", AuthClass::Basic),
            ("plain", AuthClass::Basic),
            ("Basic Authentication", AuthClass::Basic),
            ("XOAUTH2", AuthClass::OAuth),
            ("Modern Authentication", AuthClass::OAuth),
            ("NTLM", AuthClass::Integrated),
            ("CRAM-MD5", AuthClass::Other),
            ("Unknown", AuthClass::Unknown),
            ("", AuthClass::Unknown),
        ] {
            assert_eq!(AuthClass::of(mechanism), class, "{mechanism}");
        }
    }
}
