//! How files come in: two pickers, and the whole window as a drop zone.

use super::i18n::t;
use super::icons::{Icon, icon};
use super::state::Ui;
use crate::platform::{dom, drop};
use leptos::prelude::*;

const FILES: &str = "log-files";
const FOLDER: &str = "log-folder";

/// The file inputs behind the buttons. The first of the page takes files, in every state.
#[component]
pub fn FileInputs() -> impl IntoView {
    let ui = Ui::get();
    let take = move |event: leptos::ev::Event| {
        ui.unopened.set(Vec::new());
        ui.load(dom::take_files(&event));
    };
    view! {
        <div class="visually-hidden">
            <input id=FILES type="file" multiple tabindex="-1" aria-label=t("add-logs") on:change=take/>
            <input
                id=FOLDER
                type="file"
                multiple
                tabindex="-1"
                aria-label=t("add-folder")
                prop:webkitdirectory=true
                on:change=take
            />
        </div>
    }
}

/// Opens the browser's picker for files.
pub fn pick_files() {
    dom::click_id(FILES);
}

/// *Add logs*.
#[component]
pub fn AddLogsButton() -> impl IntoView {
    view! {
        <button type="button" class="button primary" on:click=|_| pick_files()>
            {icon(Icon::Add)} <span>{t("add-logs")}</span>
        </button>
    }
}

/// *Add folder*.
#[component]
pub fn AddFolderButton() -> impl IntoView {
    view! {
        <button type="button" class="button" on:click=|_| dom::click_id(FOLDER)>
            {icon(Icon::Folder)} <span>{t("add-folder")}</span>
        </button>
    }
}

/// Takes drops anywhere, at any time, and says so while files hover.
#[component]
pub fn DropOverlay() -> impl IntoView {
    let ui = Ui::get();
    let hovering = RwSignal::new(false);
    drop::watch_window(
        move |over| hovering.set(over),
        move |dropped| {
            ui.unopened.set(dropped.unopened);
            ui.load(dropped.files);
        },
    );
    view! {
        <Show when=move || hovering.get()>
            <div class="drop-overlay">
                <p>{icon(Icon::ArrowDown)} {t("drop-anywhere")}</p>
            </div>
        </Show>
    }
}
