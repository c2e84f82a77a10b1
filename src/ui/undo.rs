//! Taking back the removal of files.

use super::i18n::t;
use super::icons::{Icon, icon};
use super::log_text::LogText;
use super::state::Ui;
use crate::report::Location;
use leptos::prelude::*;

/// What may be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removed {
    /// One file, by its name.
    File(String),
    /// All files, and where the reader was.
    All(Box<Location>),
}

/// What was removed, with *Undo*: until it is dismissed or the next files come in. It does not go away by itself, for not
/// everybody reads equally fast.
#[component]
pub fn UndoToast() -> impl IntoView {
    let ui = Ui::get();
    view! {
        <div role="status" class="toast-place">
            {move || {
                ui.removed
                    .get()
                    .map(|removed| {
                        view! {
                            <div class="toast">
                                <span class="toast-text">
                                    {match removed {
                                        Removed::All(_) => t("started-over").into_any(),
                                        Removed::File(name) => {
                                            view! { {t("removed-file-now")} " " <LogText text=name/> }.into_any()
                                        }
                                    }}
                                </span>
                                <button type="button" class="button small" on:click=move |_| ui.undo()>
                                    {t("undo")}
                                </button>
                                <button
                                    type="button"
                                    class="message-dismiss"
                                    aria-label=t("dismiss")
                                    title=t("dismiss")
                                    on:click=move |_| ui.removed.set(None)
                                >
                                    {icon(Icon::Close)}
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
}
