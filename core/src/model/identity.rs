//! Users, senders and their domains: one spelling for each, so that they compare without case.

use std::borrow::Cow;

/// The one spelling of a mail address: trimmed, lower case (addresses compare without case).
pub fn normalise_address(text: &str) -> Cow<'_, str> {
    // As good as always: nothing to trim, nothing to turn.
    if text.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    let text = text.trim();
    let is_lower = text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// The one spelling of a login name.
///
/// `user@domain` is lower case like any address; `DOMAIN\user` keeps Windows' habit of an upper-case domain
/// and is lower case behind it. The two forms are never merged: which account stands behind a down-level name
/// is not in the log.
pub fn normalise_user(text: &str) -> Cow<'_, str> {
    // A search made ready for a character costs more than names have bytes.
    if !text.bytes().any(|b| b == b'\\') {
        return normalise_address(text);
    }
    match text.trim().split_once('\\') {
        Some((domain, user)) => Cow::Owned(format!("{}\\{}", domain.to_uppercase(), user.to_lowercase())),
        None => normalise_address(text),
    }
}

/// The domain of a normalised mail address: what follows the last `@`, or nothing.
pub fn domain_of(address: &str) -> &str {
    let at = address.bytes().rposition(|b| b == b'@');
    at.and_then(|at| address.get(at + 1..)).unwrap_or_default()
}

/// Exchange's own health probes sign in as `HealthMailbox…`, with or without a domain in front.
pub fn is_health_mailbox(user: &str) -> bool {
    let name = user.rsplit_once('\\').map_or(user, |(_, name)| name);
    name.get(..13).is_some_and(|prefix| prefix.eq_ignore_ascii_case("HealthMailbox"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        assert_eq!(normalise_address(" Anna@Contoso.COM "), "anna@contoso.com");
        assert_eq!(normalise_user("Contoso\\Frank"), "CONTOSO\\frank");
        assert_eq!(normalise_user("Frank@Contoso.com"), "frank@contoso.com");
        assert_eq!(domain_of("\"a@b\"@contoso.com"), "contoso.com");
        assert_eq!(domain_of(""), "");
    }

    #[test]
    fn health_mailboxes_by_either_name() {
        assert!(is_health_mailbox("HealthMailbox0659e34@contoso.com"));
        assert!(is_health_mailbox("CONTOSO\\healthmailbox0659"));
        assert!(!is_health_mailbox("health@contoso.com"));
        assert!(!is_health_mailbox("mailbox"));
    }
}
