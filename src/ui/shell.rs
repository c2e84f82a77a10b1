//! What stands around every page: top bar, navigation, skip link.

use super::app::title_key;
use super::i18n::t;
use super::icons::{Icon, icon};
use super::inputs::{AddFolderButton, AddLogsButton, FileInputs};
use super::kept::Kept;
use super::state::{Panel, Ui};
use crate::platform::dom;
use crate::report::Page;
use leptos::prelude::*;

/// Past the navigation, for the keyboard. Not a plain link: the hash belongs to the location.
#[component]
pub fn SkipLink() -> impl IntoView {
    view! {
        <a
            class="skip-link"
            href="#main"
            on:click=|event| {
                event.prevent_default();
                dom::focus_id("main");
            }
        >
            {t("skip-to-content")}
        </a>
    }
}

/// The dark bar on top.
#[component]
pub fn TopBar() -> impl IntoView {
    let ui = Ui::get();
    view! {
        <header class="top-bar">
            <FileInputs/>
            <span class="product">
                <span class="product-mark" aria-hidden="true">{icon(Icon::Chart)}</span>
                <span class="product-name">{t("product-name")}</span>
            </span>
            <PrivacyNote/>
            <div class="top-actions">
                <span class="add-folder"><AddFolderButton/></span>
                <AddLogsButton/>
                <button
                    type="button"
                    class="top-icon"
                    aria-label=t("settings")
                    title=t("settings")
                    on:click=move |_| ui.panel.set(Some(Panel::Settings))
                >
                    {icon(Icon::Settings)}
                </button>
            </div>
        </header>
    }
}

/// The promise, and how to check it.
#[component]
fn PrivacyNote() -> impl IntoView {
    view! {
        <div class="privacy">
            <button type="button" class="privacy-button" popovertarget="privacy-details">
                {icon(Icon::Privacy)} <span class="privacy-text">{t("privacy-note")}</span>
            </button>
            <div id="privacy-details" class="popover" popover="auto">
                <h2>{t("privacy-heading")}</h2>
                <p>{t("privacy-how")}</p>
                <ul>
                    <li>{t("privacy-check-source")} " " <code>"connect-src 'none'"</code></li>
                    <li>{t("privacy-check-network")}</li>
                    <li>{t("privacy-check-offline")}</li>
                </ul>
                <p>{t("privacy-forgets")}</p>
            </div>
        </div>
    }
}

/// Home, and the pages between it and here.
#[component]
pub fn Breadcrumb() -> impl IntoView {
    let ui = Ui::get();
    let page = ui.page();
    let has_data = ui.has_data();
    view! {
        <nav class="breadcrumb" aria-label=t("breadcrumb")>
            <ol>
                {move || {
                    let above = match page.get() {
                        _ if !has_data.get() => &[][..],
                        Page::Dashboard => &[],
                        Page::Report | Page::Sources => &[(Page::Dashboard, "nav-dashboard")],
                    };
                    above
                        .iter()
                        .map(|&(to, key)| view! { <li><a class="link" href=move || ui.href(to)>{t(key)}</a></li> })
                        .collect_view()
                }}
                <li aria-current="page">{move || t(title_key(page.get()))}</li>
            </ol>
        </nav>
    }
}

/// The pages, at the left; folded to icons or away where there is no room.
#[component]
pub fn Navigation() -> impl IntoView {
    let ui = Ui::get();
    let page = ui.page();
    // Wide windows show the names unless told otherwise, narrow ones hide them unless told otherwise.
    let toggled = Kept::get().nav_toggled;
    let expanded = move || ui.narrow.get() == toggled.get();
    // A narrow window's menu has done its work once a page is chosen.
    Effect::new(move |_| {
        page.with(|_| ());
        if ui.narrow.get() {
            toggled.set(false);
        }
    });
    let item = move |to: Page, which: Icon| {
        view! {
            <li>
                <a
                    class="nav-item"
                    href=move || ui.href(to)
                    title=move || (!expanded()).then(|| t(title_key(to)))
                    aria-current=move || (page.get() == to).then_some("page")
                >
                    {icon(which)}
                    <span class="nav-label">{t(title_key(to))}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="nav" class:nav-toggled=move || toggled.get() aria-label=t("nav-label")>
            <button
                type="button"
                class="nav-toggle"
                aria-expanded=move || expanded().to_string()
                aria-controls="nav-list"
                aria-label=t("nav-toggle")
                title=t("nav-toggle")
                on:click=move |_| toggled.update(|t| *t = !*t)
            >
                {icon(Icon::Menu)}
            </button>
            <ul id="nav-list" class="nav-list">
                {item(Page::Dashboard, Icon::Dashboard)}
                {item(Page::Report, Icon::Chart)}
                {item(Page::Sources, Icon::Sources)}
            </ul>
        </nav>
    }
}
