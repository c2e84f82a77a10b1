//! A native `<dialog>` in two shapes: a flyout at the right, and a box in the middle.

use super::i18n::t;
use super::icons::{Icon, icon};
use super::state::{Panel, Ui};
use crate::platform::dom;
use leptos::html;
use leptos::prelude::*;

/// Where a dialog stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// At the right, over the whole height.
    Flyout,
    /// In the middle.
    Box,
}

/// A modal panel that is open while `wants` says so of the current panel. Escape, a click beside it and the
/// close button end it; the browser brings the focus back to where it was.
#[component]
pub fn Dialog(
    /// Whether a panel is this one.
    wants: fn(&Panel) -> bool,
    /// For the ids inside; unique in the page.
    id: &'static str,
    /// The heading.
    title: String,
    /// Where it stands.
    shape: Shape,
    /// What is in it, made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let ui = Ui::get();
    let open = Memo::new(move |_| ui.panel.with(|panel| panel.as_ref().is_some_and(wants)));
    let close = move || {
        if open.get_untracked() {
            ui.panel.set(None);
        }
    };
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(element) = dialog.get() else { return };
        if open.get() {
            // After the content is there, so that the browser finds what to focus.
            request_animation_frame(move || dom::show_modal(&element));
        } else {
            dom::close_dialog(&element);
        }
    });
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    let class = match shape {
        Shape::Flyout => "dialog flyout",
        Shape::Box => "dialog box",
    };
    view! {
        <dialog
            node_ref=dialog
            id=id
            class=class
            aria-labelledby=labelled_by
            on:close=move |_| close()
            on:click=move |event| {
                if dom::is_own_event(&event) {
                    close();
                }
            }
        >
            <Show when=move || open.get()>
                <div class="dialog-frame">
                    <header class="dialog-head">
                        <h2 id=heading.clone()>{title.clone()}</h2>
                        <button
                            type="button"
                            class="dialog-x"
                            aria-label=t("close")
                            title=t("close")
                            on:click=move |_| close()
                        >
                            {icon(Icon::Close)}
                        </button>
                    </header>
                    {children()}
                </div>
            </Show>
        </dialog>
    }
}

/// The footer of a panel that only shows: *Close*.
#[component]
pub fn CloseFooter() -> impl IntoView {
    let ui = Ui::get();
    view! {
        <footer class="dialog-foot">
            <button type="button" class="button outline" on:click=move |_| ui.panel.set(None)>
                {t("close")}
            </button>
        </footer>
    }
}
