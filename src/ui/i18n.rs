//! All words of the page, by Project Fluent, and the one place that knows the language.

use crate::platform::intl::{self, NumberStyle};
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::borrow::Cow;
use std::cell::RefCell;
use unic_langid::LanguageIdentifier;

/// A language the page speaks.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 tag, for `Intl` and for the document.
    pub tag: &'static str,
    /// The contents of its `.ftl` files.
    messages: &'static [&'static str],
}

/// All of them, by tag: one for each folder of `locales/` (see `build.rs`).
static LANGUAGES: &[Language] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// English with accents, longer and in brackets, to see what is not translated and what does not fit. In no list; the tag
/// is the usual one for it.
const PSEUDO: Language = Language { tag: "en-XA", messages: LANGUAGES[english()].messages };

/// The place of English, which stands in where the reader's language is not spoken.
const fn english() -> usize {
    let mut at = 0;
    while !matches!(LANGUAGES[at].tag.as_bytes(), b"en") {
        at += 1;
    }
    at
}

/// The languages to choose from, by tag.
pub fn languages() -> &'static [Language] {
    LANGUAGES
}

/// The language of a tag: itself, else the one that the tag is a variety of (`nl-BE`).
pub fn language(tag: &str) -> Option<&'static Language> {
    let tag = tag.to_ascii_lowercase();
    if tag == "en-xa" {
        return Some(&PSEUDO);
    }
    let find = |tag: &str| LANGUAGES.iter().find(|language| language.tag.eq_ignore_ascii_case(tag));
    find(&tag).or_else(|| find(tag.split('-').next().unwrap_or_default()))
}

/// The first of the wanted languages that is spoken, else English.
pub fn preferred(wanted: impl IntoIterator<Item = String>) -> &'static Language {
    wanted.into_iter().find_map(|tag| language(&tag)).unwrap_or(&LANGUAGES[english()])
}

/// A named value for a message. Strings from a log never go in here: they are shown by
/// [`LogText`](super::log_text::LogText), beside the sentence.
pub type Arg<'a> = (&'static str, FluentValue<'a>);

/// The language of the page and its messages, read.
struct Spoken {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl Spoken {
    fn new(language: &Language) -> Self {
        Self { tag: language.tag, bundle: bundle(language) }
    }
}

thread_local! {
    static SPOKEN: RefCell<Spoken> = RefCell::new(Spoken::new(&LANGUAGES[english()]));
}

/// From now on the page speaks this language. What stands on it already does not change by itself.
pub fn speak(language: &'static Language) {
    if tag() != language.tag {
        SPOKEN.set(Spoken::new(language));
    }
}

/// The tag of the language of the page, for `Intl`.
pub fn tag() -> &'static str {
    SPOKEN.with_borrow(|spoken| spoken.tag)
}

/// The name of a language, in that language.
pub fn name(language: &Language) -> String {
    let line = language
        .messages
        .iter()
        .flat_map(|text| text.lines())
        .find_map(|line| line.strip_prefix("language-name = "));
    line.unwrap_or(language.tag).to_owned()
}

fn bundle(language: &Language) -> FluentBundle<FluentResource> {
    let is_pseudo = *language == PSEUDO;
    let tag: LanguageIdentifier = if is_pseudo { "en" } else { language.tag }.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![tag]);
    // The marks would end up in accessible names and file names; `<bdi>` isolates what needs it.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(FluentNumber { value, .. }) => {
            Some(intl::number(self::tag(), NumberStyle::Integer, *value))
        }
        _ => None,
    }));
    if is_pseudo {
        bundle.set_transform(Some(pseudo));
    }
    // What does not parse is missing, and a missing message shows its key; the tests below look for both.
    for &messages in language.messages {
        let resource = FluentResource::try_new(messages.to_owned()).unwrap_or_else(|(parsed, _)| parsed);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A text as the pseudo-language writes it: vowels with accents, in brackets, and a third longer.
fn pseudo(text: &str) -> Cow<'_, str> {
    if text.trim().is_empty() {
        return Cow::Borrowed(text);
    }
    let accented = text.chars().map(|c| match c {
        'a' => 'á',
        'e' => 'é',
        'i' => 'í',
        'o' => 'ó',
        'u' => 'ú',
        'A' => 'Å',
        'E' => 'É',
        'O' => 'Ø',
        c => c,
    });
    let more = " ~~~~~".repeat(text.chars().count().div_ceil(15));
    Cow::Owned(format!("[{}{more}]", accented.collect::<String>()))
}

/// The text of a message.
pub fn t(key: &str) -> String {
    t_args(key, &[])
}

/// The text of a message that there may not be.
pub fn t_if_any(key: &str) -> Option<String> {
    SPOKEN.with_borrow(|spoken| spoken.bundle.has_message(key)).then(|| t(key))
}

/// The text of a message with values in it.
pub fn t_args(key: &str, args: &[Arg<'_>]) -> String {
    SPOKEN.with_borrow(|Spoken { bundle, .. }| {
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
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    /// The sources of the page, one after the other.
    fn sources() -> Vec<String> {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")];
        let mut sources = Vec::new();
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    sources.push(std::fs::read_to_string(path).unwrap());
                }
            }
        }
        sources
    }

    /// Everything between quotes that looks like a key, in the sources of the page.
    fn literals() -> BTreeSet<String> {
        let sources = sources();
        let literals = sources.iter().flat_map(|source| source.split('"'));
        literals.filter(|text| is_key(text)).map(str::to_owned).collect()
    }

    fn is_key(text: &str) -> bool {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }

    /// Keys handed straight to `t(…)` or `t_args(…)`.
    fn direct_keys() -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for source in sources() {
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
        placeholders(&LANGUAGES[english()]).into_keys().collect()
    }

    /// Each message of a language, and the names of the values in it.
    fn placeholders(language: &Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut all = BTreeMap::new();
        let mut last = String::new();
        for line in language.messages.iter().flat_map(|messages| messages.lines()) {
            if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| is_key(key)) {
                key.clone_into(&mut last);
                assert!(
                    all.insert(last.clone(), BTreeSet::new()).is_none(),
                    "{}: {last} twice",
                    language.tag
                );
            }
            let names = line.split('$').skip(1).map(|rest| {
                rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap().to_owned()
            });
            if let Some(known) = all.get_mut(&last) {
                known.extend(names);
            }
        }
        all
    }

    #[test]
    fn the_messages_parse() {
        for language in LANGUAGES {
            for &messages in language.messages {
                let parsed = FluentResource::try_new(messages.to_owned());
                assert!(parsed.is_ok(), "{}: {:?}", language.tag, parsed.err().map(|(_, errors)| errors));
            }
        }
    }

    #[test]
    fn every_language_says_the_same_things_with_the_same_values() {
        let english = placeholders(&LANGUAGES[english()]);
        assert!(english.len() > 300, "{}", english.len());
        for language in LANGUAGES {
            let theirs = placeholders(language);
            let missing: Vec<_> = english.keys().filter(|key| !theirs.contains_key(*key)).collect();
            let extra: Vec<_> = theirs.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(
                missing.is_empty() && extra.is_empty(),
                "{}: missing {missing:?}, extra {extra:?}",
                language.tag
            );
            for (key, values) in &english {
                assert_eq!(&theirs[key], values, "{}: the values of {key}", language.tag);
            }
        }
    }

    #[test]
    fn every_message_of_every_language_is_made_without_error() {
        for language in LANGUAGES.iter().chain([&PSEUDO]) {
            let bundle = plain_bundle(language);
            for (key, values) in placeholders(language) {
                for value in [0.0, 1.0, 2.0, 1234.0] {
                    let mut args = FluentArgs::new();
                    for name in &values {
                        args.set(name.as_str(), value);
                    }
                    let mut errors = Vec::new();
                    let pattern = bundle.get_message(&key).unwrap().value().unwrap();
                    let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
                    assert!(errors.is_empty() && !text.is_empty(), "{}: {key}: {errors:?}", language.tag);
                    assert!(!text.contains('{'), "{}: {key}: {text}", language.tag);
                }
            }
        }
    }

    #[test]
    fn a_variety_of_a_language_is_the_language_and_what_is_not_spoken_is_english() {
        let preferred = |wanted: &[&str]| preferred(wanted.iter().map(|&tag| tag.to_owned())).tag;
        assert_eq!(preferred(&["nl-BE", "en"]), "nl");
        assert_eq!(preferred(&["fy", "ko-KR"]), "ko");
        assert_eq!(preferred(&["", "xx", "-"]), "en");
        assert_eq!(preferred(&[]), "en");
        let names: Vec<_> = LANGUAGES.iter().map(name).collect();
        assert_eq!(names, ["English", "한국어", "Nederlands"]);
    }

    #[test]
    fn the_pseudo_language_is_longer_in_brackets_and_leaves_values_alone() {
        let bundle = plain_bundle(&PSEUDO);
        let mut args = FluentArgs::new();
        args.set("n", "file.log");
        let pattern = bundle.get_message("mapping-row").unwrap().value().unwrap();
        let text = bundle.format_pattern(pattern, Some(&args), &mut Vec::new());
        assert_eq!(text, "[Rów  ~~~~~]file.log[: ~~~~~]");
    }

    /// Without `Intl`, which only a browser has.
    fn plain_bundle(language: &Language) -> FluentBundle<FluentResource> {
        let mut bundle = bundle(language);
        bundle.set_formatter(None);
        bundle
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
                let is_made = ["refusal-", "role-", "log-", "language-", "boot-"]
                    .iter()
                    .any(|prefix| key.starts_with(prefix));
                !literals.contains(key) && !is_made
            })
            .collect();
        assert!(idle.is_empty(), "nobody shows {idle:?}");
    }
}
