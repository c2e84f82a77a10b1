//! What the page could not make of its address.

use super::i18n::t;
use super::icons::{Icon, icon};
use super::message_bar::{Intent, MessageBar};
use leptos::prelude::*;

/// Whether some of the address was not understood. Cheap to copy.
#[derive(Clone, Copy)]
pub struct OddLink(pub RwSignal<bool>);

/// Says that some of a link was not understood, until dismissed or until the address is another.
#[component]
pub fn LinkNotice() -> impl IntoView {
    let OddLink(odd_link) = expect_context();
    view! {
        <div role="status">
            <Show when=move || odd_link.get()>
                <MessageBar intent=Intent::Warning>
                    {t("link-not-understood")}
                    <button
                        type="button"
                        class="message-dismiss"
                        aria-label=t("dismiss")
                        title=t("dismiss")
                        on:click=move |_| odd_link.set(false)
                    >
                        {icon(Icon::Close)}
                    </button>
                </MessageBar>
            </Show>
        </div>
    }
}
