//! All words of the page, by Project Fluent, and the one place that knows the language.

use crate::platform::intl::{self, NumberStyle};
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::borrow::Cow;
use unic_langid::LanguageIdentifier;

/// A language the page speaks.
pub struct Language {
    /// BCP 47 tag, for `Intl` and for the document.
    pub tag: &'static str,
    /// The contents of its `.ftl` files.
    messages: &'static [&'static str],
}

/// The language of the page. A second one needs its messages, a line here and a choice.
pub const LANGUAGE: Language = Language {
    tag: "en",
    messages: &[
        include_str!("../../locales/en/app.ftl"),
        include_str!("../../locales/en/columns.ftl"),
        include_str!("../../locales/en/refusals.ftl"),
    ],
};

/// A named value for a message. Strings from a log never go in here: they are shown by
/// [`LogText`](super::log_text::LogText), beside the sentence.
pub type Arg<'a> = (&'static str, FluentValue<'a>);

thread_local! {
    static BUNDLE: FluentBundle<FluentResource> = bundle(&LANGUAGE);
}

fn bundle(language: &Language) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language.tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![tag]);
    // The marks would end up in accessible names and file names; `<bdi>` isolates what needs it.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(FluentNumber { value, .. }) => {
            Some(intl::number(LANGUAGE.tag, NumberStyle::Integer, *value))
        }
        _ => None,
    }));
    // What does not parse is missing, and a missing message shows its key; the tests below look for both.
    for &messages in language.messages {
        let resource = FluentResource::try_new(messages.to_owned()).unwrap_or_else(|(parsed, _)| parsed);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text of a message.
pub fn t(key: &str) -> String {
    t_args(key, &[])
}

/// The text of a message that there may not be.
pub fn t_if_any(key: &str) -> Option<String> {
    BUNDLE.with(|bundle| bundle.has_message(key)).then(|| t(key))
}

/// The text of a message with values in it.
pub fn t_args(key: &str, args: &[Arg<'_>]) -> String {
    BUNDLE.with(|bundle| {
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs<'_> =
            args.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    })
}

/// A whole number as a value: Fluent picks the plural by it, and `Intl` writes it.
#[allow(clippy::cast_precision_loss)]
pub fn n(number: u64) -> FluentValue<'static> {
    FluentValue::from(number as f64)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::Refusal;
    use std::collections::BTreeSet;

    /// Everything between quotes that looks like a key, in the sources of the page.
    fn literals() -> BTreeSet<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ui");
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .flat_map(|source| source.split('"').map(str::to_owned).filter(|s| is_key(s)).collect::<Vec<_>>())
            .collect()
    }

    fn is_key(text: &str) -> bool {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }

    /// Keys handed straight to `t(…)` or `t_args(…)`.
    fn direct_keys() -> BTreeSet<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ui");
        let mut keys = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for call in ["t(\"", "t_args(\""] {
                for (at, _) in source.match_indices(call) {
                    let before = source[..at].chars().next_back();
                    if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                        continue;
                    }
                    let key = source[at + call.len()..].split('"').next().unwrap();
                    if is_key(key) {
                        keys.insert(key.to_owned());
                    }
                }
            }
        }
        keys
    }

    fn message_keys() -> BTreeSet<String> {
        LANGUAGE
            .messages
            .iter()
            .flat_map(|messages| messages.lines())
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key.to_owned())
            .filter(|key| is_key(key))
            .collect()
    }

    #[test]
    fn the_messages_parse() {
        for &messages in LANGUAGE.messages {
            let parsed = FluentResource::try_new(messages.to_owned());
            assert!(parsed.is_ok(), "{:?}", parsed.err().map(|(_, errors)| errors));
        }
    }

    #[test]
    fn every_key_that_is_asked_for_has_a_message() {
        let messages = message_keys();
        let missing: Vec<_> = direct_keys().into_iter().filter(|key| !messages.contains(key)).collect();
        assert!(missing.is_empty(), "no message for {missing:?}");
    }

    #[test]
    fn every_refusal_has_a_sentence_and_a_remedy() {
        let messages = message_keys();
        for code in Refusal::ALL.map(Refusal::code) {
            for key in [format!("refusal-{code}"), format!("refusal-{code}-remedy")] {
                assert!(messages.contains(&key), "{key}");
            }
        }
    }

    #[test]
    fn every_message_is_used() {
        let literals = literals();
        // Those of refusals are made of their codes.
        let idle: Vec<_> = message_keys()
            .into_iter()
            .filter(|key| {
                let is_made = ["refusal-", "role-", "log-"].iter().any(|prefix| key.starts_with(prefix));
                !literals.contains(key) && !is_made
            })
            .collect();
        assert!(idle.is_empty(), "nobody shows {idle:?}");
    }
}
