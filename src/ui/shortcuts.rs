//! Single keys that do something, and the overlay that lists them.

use super::dialog::{CloseFooter, Dialog, Shape};
use super::i18n::t;
use super::inputs;
use super::state::{Panel, Ui};
use crate::platform::{dom, keys};
use crate::report::{Page, Query, View};
use leptos::prelude::*;

/// The search field of the details table.
pub const SEARCH_ID: &str = "sender-search";

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Help,
    Add,
    Go(Page),
    SwitchView,
    SwitchPivot,
    Filters,
    Search,
    Request,
    Settings,
}

/// Each key with what it does, in the order of the overlay.
const SHORTCUTS: [(&str, Action, &str); 11] = [
    ("?", Action::Help, "shortcut-help"),
    ("a", Action::Add, "shortcut-add"),
    ("d", Action::Go(Page::Dashboard), "shortcut-dashboard"),
    ("r", Action::Go(Page::Report), "shortcut-report"),
    ("s", Action::Go(Page::Sources), "shortcut-sources"),
    ("t", Action::SwitchView, "shortcut-view"),
    ("p", Action::SwitchPivot, "shortcut-pivot"),
    ("f", Action::Filters, "shortcut-filters"),
    ("/", Action::Search, "shortcut-search"),
    ("q", Action::Request, "shortcut-request"),
    (",", Action::Settings, "shortcut-settings"),
];

/// Listens to keys for as long as the page lives.
pub fn listen(ui: Ui) {
    keys::on_press(move |press| {
        if press.undoes {
            return ui.can_undo() && {
                ui.undo();
                true
            };
        }
        if !ui.preferences.shortcuts() || ui.panel.with_untracked(Option::is_some) {
            return false;
        }
        let action = SHORTCUTS.iter().find(|(key, ..)| *key == press.key).map(|&(_, action, _)| action);
        action.is_some_and(|action| act(ui, action))
    });
}

/// Whether there was anything to do.
fn act(ui: Ui, action: Action) -> bool {
    let has_data = ui.part_now(|overview| overview.loaded.rows > 0);
    // One step in the browser's history, not two.
    let report = |change: &dyn Fn(&mut Query)| {
        ui.change(|location| {
            location.page = Page::Report;
            change(&mut location.query);
        });
    };
    match action {
        Action::Help => ui.panel.set(Some(Panel::Shortcuts)),
        Action::Settings => ui.panel.set(Some(Panel::Settings)),
        Action::Add => inputs::pick_files(),
        Action::Go(page) => ui.go(page),
        _ if !has_data => return false,
        Action::SwitchView => {
            report(&|query| query.view = query.view.other());
        }
        Action::SwitchPivot => {
            report(&|query| query.pivot = query.pivot.other());
        }
        Action::Filters => {
            ui.go(Page::Report);
            ui.panel.set(Some(Panel::Filters));
        }
        Action::Request => ui.panel.set(Some(Panel::RequestReport)),
        Action::Search => {
            report(&|query| query.view = View::DetailsTable);
            dom::focus_id_soon(SEARCH_ID);
        }
    }
    true
}

/// The overlay *Keyboard shortcuts*.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let ui = Ui::get();
    view! {
        <Dialog
            wants=|panel| matches!(panel, Panel::Shortcuts)
            id="shortcuts"
            title=t("shortcuts")
            shape=Shape::Box
        >
            <div class="dialog-body">
                <Show when=move || !ui.preferences.shortcuts()>
                    <p class="hint">{t("shortcuts-off")}</p>
                </Show>
                <dl class="shortcuts">
                    {SHORTCUTS
                        .iter()
                        .map(|&(key, _, text)| (key, text))
                        .chain([(keys::UNDO, "shortcut-undo"), ("Esc", "shortcut-escape")])
                        .map(|(key, text)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{t(text)}</dd></div> })
                        .collect_view()}
                </dl>
            </div>
            <CloseFooter/>
        </Dialog>
    }
}
