//! Asking before everything is forgotten.

use super::dialog::{Dialog, Shape};
use super::i18n::t;
use super::state::{Panel, Ui};
use leptos::prelude::*;

/// The dialog *Start over*.
#[component]
pub fn StartOver() -> impl IntoView {
    let ui = Ui::get();
    let forget = move |_| {
        ui.panel.set(None);
        ui.start_over();
    };
    view! {
        <Dialog
            wants=|panel| matches!(panel, Panel::StartOver)
            id="start-over-dialog"
            title=t("start-over")
            shape=Shape::Box
        >
            <div class="dialog-body">
                <p>{t("start-over-text")}</p>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="button primary" on:click=forget>{t("start-over-confirm")}</button>
                <button type="button" class="button" on:click=move |_| ui.panel.set(None)>{t("cancel")}</button>
            </footer>
        </Dialog>
    }
}
