//! The page from the outside in.

use super::dashboard::Dashboard;
use super::failures_flyout::FailuresFlyout;
use super::filters::Filters;
use super::i18n::{self, t};
use super::inputs::DropOverlay;
use super::kept::Kept;
use super::landing::Landing;
use super::link_notice::LinkNotice;
use super::mapping::MapColumns;
use super::message_bar::{FailureBar, LoadResult, SampleBar};
use super::progress::ProgressPanel;
use super::report::Report;
use super::request_report::RequestReport;
use super::sender_flyout::SenderFlyout;
use super::settings::Settings;
use super::shell::{Breadcrumb, Navigation, SkipLink, TopBar};
use super::shortcuts::Shortcuts;
use super::sources::Sources;
use super::start_over::StartOver;
use super::state::Ui;
use super::undo::UndoToast;
use super::week_flyout::WeekFlyout;
use crate::platform::dom;
use crate::report::Page;
use leptos::prelude::*;

/// The whole page, made anew in each language that is chosen. What is loaded, where the admin is, what is open and what is
/// [`Kept`] outlive that.
#[component]
pub fn App() -> impl IntoView {
    let ui = Ui::start();
    Kept::provide(ui);
    let query = ui.query();
    Effect::new(move |_| ui.client.set_query(query.get()));
    move || {
        let language = ui.preferences.language();
        i18n::speak(language);
        dom::set_language(language.tag);
        dom::stay_here();
        view! { <Frame/> }
    }
}

/// The page in one language.
#[component]
fn Frame() -> impl IntoView {
    let ui = Ui::get();
    let page = ui.page();
    let has_data = ui.has_data();
    Effect::new(move |before: Option<Page>| {
        let page = page.get();
        dom::set_title(&format!("{} – {}", t(title_key(page)), t("product-name")));
        if before.is_some_and(|before| before != page) {
            dom::focus_id("main");
            dom::scroll_to_top();
        }
        page
    });

    view! {
        <SkipLink/>
        <TopBar/>
        <div class="frame">
            <Navigation/>
            <main id="main" class="main" tabindex="-1">
                <Breadcrumb/>
                <FailureBar/>
                <LoadResult/>
                <SampleBar/>
                <LinkNotice/>
                {move || match (page.get(), has_data.get()) {
                    (Page::Sources, _) => view! { <Sources/> }.into_any(),
                    (_, false) => view! { <Landing/> }.into_any(),
                    (Page::Dashboard, true) => view! { <Dashboard/> }.into_any(),
                    (Page::Report, true) => view! { <Report/> }.into_any(),
                }}
            </main>
        </div>
        <ProgressPanel/>
        <DropOverlay/>
        <WeekFlyout/>
        <SenderFlyout/>
        <FailuresFlyout/>
        <Filters/>
        <RequestReport/>
        <MapColumns/>
        <StartOver/>
        <Settings/>
        <Shortcuts/>
        <UndoToast/>
    }
}

/// The name of a page, for the navigation and the window's title.
pub const fn title_key(page: Page) -> &'static str {
    match page {
        Page::Dashboard => "nav-dashboard",
        Page::Report => "nav-report",
        Page::Sources => "nav-sources",
    }
}
