//! Parts of the page that unfold.

use super::kept::Kept;
use crate::platform::dom;
use leptos::prelude::*;

/// A heading that unfolds what is below it, and is as it was left in any language.
#[component]
pub fn Unfolds(
    /// Unique among all of them, on whatever page.
    id: &'static str,
    class: &'static str,
    /// Unfolded at first.
    #[prop(optional)]
    open: bool,
    /// The heading.
    summary: String,
    children: Children,
) -> impl IntoView {
    let unfolded = Kept::get().unfolded;
    let is_open = unfolded.with_untracked(|changed| changed.contains(id)) != open;
    let remember = move |event: leptos::ev::Event| {
        let changed = dom::is_unfolded(&event) != open;
        unfolded.update(|all| {
            if changed {
                all.insert(id);
            } else {
                all.remove(id);
            }
        });
    };
    view! {
        <details id=id class=class open=is_open on:toggle=remember>
            <summary>{summary}</summary>
            {children()}
        </details>
    }
}
