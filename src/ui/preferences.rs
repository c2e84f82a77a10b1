//! What the reader prefers, remembered by the browser: never anything from a log.

use super::i18n::{self, Language};
use crate::platform::{dom, storage};
use leptos::prelude::*;

const THEME_KEY: &str = "smtp-auth-report.theme";
const LANGUAGE_KEY: &str = "smtp-auth-report.language";
const SHORTCUTS_KEY: &str = "smtp-auth-report.shortcuts";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in storage and for `data-theme`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// What the reader prefers. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Preferences {
    theme: RwSignal<Theme>,
    language: RwSignal<&'static Language>,
    shortcuts: RwSignal<bool>,
}

impl Preferences {
    /// As remembered; else as system and browser have it.
    pub fn remembered() -> Self {
        let theme = storage::get(THEME_KEY).and_then(|code| Theme::from_code(&code)).unwrap_or_default();
        dom::set_theme(theme.code());
        let this = Self {
            theme: RwSignal::new(theme),
            language: RwSignal::new(remembered_language()),
            shortcuts: RwSignal::new(storage::get(SHORTCUTS_KEY).as_deref() != Some("off")),
        };
        i18n::speak(this.language.get_untracked());
        this
    }

    /// Light or dark.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// Chooses light or dark.
    pub fn set_theme(self, theme: Theme) {
        storage::set(THEME_KEY, theme.code());
        dom::set_theme(theme.code());
        self.theme.set(theme);
    }

    /// The language of the page.
    pub fn language(self) -> &'static Language {
        self.language.get()
    }

    /// Another language is the whole page anew, so the same one is no change.
    fn change_language(self, language: &'static Language) {
        if self.language.get_untracked() != language {
            self.language.set(language);
        }
    }

    /// Chooses the language of the page.
    pub fn set_language(self, language: &'static Language) {
        storage::set(LANGUAGE_KEY, language.tag);
        self.change_language(language);
    }

    /// Whether single keys do something.
    pub fn shortcuts(self) -> bool {
        self.shortcuts.get()
    }

    /// Chooses whether single keys do something.
    pub fn set_shortcuts(self, on: bool) {
        storage::set(SHORTCUTS_KEY, if on { "on" } else { "off" });
        self.shortcuts.set(on);
    }

    /// Forgets all that the browser remembers for this page.
    pub fn forget(self) {
        storage::clear("smtp-auth-report.");
        dom::set_theme(Theme::System.code());
        self.theme.set(Theme::System);
        self.shortcuts.set(true);
        self.change_language(remembered_language());
    }
}

/// The language that was chosen; else the first of the browser's that the page speaks.
fn remembered_language() -> &'static Language {
    i18n::preferred(storage::get(LANGUAGE_KEY).into_iter().chain(dom::languages()))
}
