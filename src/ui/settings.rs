//! *Settings*: theme, language, keyboard, and what the browser remembers.

use super::dialog::{CloseFooter, Dialog, Shape};
use super::i18n::{self, languages, t};
use super::preferences::Theme;
use super::state::{Panel, Ui};
use crate::platform::dom;
use leptos::prelude::*;

const LANGUAGE_ID: &str = "settings-language";

/// The flyout *Settings*.
#[component]
pub fn Settings() -> impl IntoView {
    view! {
        <Dialog
            wants=|panel| matches!(panel, Panel::Settings)
            id="settings"
            title=t("settings")
            shape=Shape::Flyout
        >
            <div class="dialog-body">
                <ThemeChoice/>
                <LanguageChoice/>
                <KeyboardChoice/>
                <Remembered/>
            </div>
            <CloseFooter/>
        </Dialog>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let preferences = Ui::get().preferences;
    view! {
        <fieldset class="settings-group">
            <legend>{t("settings-theme")}</legend>
            {Theme::ALL
                .map(|theme| {
                    let key = match theme {
                        Theme::System => "theme-system",
                        Theme::Light => "theme-light",
                        Theme::Dark => "theme-dark",
                    };
                    view! {
                        <label class="radio-row">
                            <input
                                type="radio"
                                name="theme"
                                value=theme.code()
                                prop:checked=move || preferences.theme() == theme
                                on:change=move |_| preferences.set_theme(theme)
                            />
                            <span>{t(key)}</span>
                        </label>
                    }
                })}
        </fieldset>
    }
}

/// Each language by its own name. The whole page is made anew in the other; the keyboard stays here.
#[component]
fn LanguageChoice() -> impl IntoView {
    let preferences = Ui::get().preferences;
    let choose = move |event| {
        if let Some(language) = i18n::language(&event_target_value(&event)) {
            preferences.set_language(language);
            dom::focus_id_soon(LANGUAGE_ID);
        }
    };
    view! {
        <div class="settings-group">
            <label for=LANGUAGE_ID>{t("settings-language")}</label>
            <select id=LANGUAGE_ID on:change=choose>
                {languages()
                    .iter()
                    .map(|language| {
                        view! {
                            <option
                                value=language.tag
                                lang=language.tag
                                selected=move || preferences.language() == language
                            >
                                {i18n::name(language)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}

#[component]
fn KeyboardChoice() -> impl IntoView {
    let ui = Ui::get();
    let preferences = ui.preferences;
    view! {
        <fieldset class="settings-group">
            <legend>{t("settings-keys")}</legend>
            <label class="radio-row">
                <input
                    type="checkbox"
                    prop:checked=move || preferences.shortcuts()
                    on:change=move |event| preferences.set_shortcuts(event_target_checked(&event))
                />
                <span>{t("settings-keys-use")}</span>
            </label>
            <button type="button" class="button" on:click=move |_| ui.panel.set(Some(Panel::Shortcuts))>
                {t("settings-keys-show")}
            </button>
        </fieldset>
    }
}

#[component]
fn Remembered() -> impl IntoView {
    let ui = Ui::get();
    let forgotten = RwSignal::new(false);
    let forget = move |_| {
        ui.forget_preferences();
        forgotten.set(true);
    };
    view! {
        <fieldset class="settings-group">
            <legend>{t("settings-remembered")}</legend>
            <p class="hint">{t("settings-remembered-text")}</p>
            <button type="button" class="button" on:click=forget>{t("settings-forget")}</button>
            <p class="hint" role="status">{move || forgotten.get().then(|| t("settings-forgotten"))}</p>
        </fieldset>
    }
}
