//! Nothing is loaded: what this is, and where to begin.

use super::i18n::t;
use super::icons::{Icon, icon};
use super::inputs::{AddFolderButton, AddLogsButton};
use super::log_help::LogHelp;
use super::problems::ProblemList;
use super::state::Ui;
use leptos::prelude::*;

/// The page before anything is loaded.
#[component]
pub fn Landing() -> impl IntoView {
    let ui = Ui::get();
    view! {
        <div class="landing">
            <h1>{t("landing-title")}</h1>
            <p class="lead">{t("landing-lead")}</p>
            <ProblemList open=true/>
            <section class="drop-zone" aria-label=t("landing-drop-label")>
                <span class="drop-zone-icon">{icon(Icon::Sources)}</span>
                <p class="drop-zone-title">{t("landing-drop")}</p>
                <p class="hint">{t("landing-drop-hint")}</p>
                <div class="button-row">
                    <AddLogsButton/>
                    <AddFolderButton/>
                    <button type="button" class="button" on:click=move |_| ui.client.load_sample()>
                        {icon(Icon::Chart)} <span>{t("try-sample")}</span>
                    </button>
                </div>
            </section>
            <LogHelp/>
        </div>
    }
}
