//! What the numbers do not tell, and which log would.

use super::i18n::{n, t_args};
use super::message_bar::{Intent, MessageBar};
use super::state::Ui;
use crate::report::Notice;
use leptos::prelude::*;

/// A bar for each notice of the current report.
#[component]
pub fn Notices() -> impl IntoView {
    let ui = Ui::get();
    let notices = ui.part(|overview| overview.notices.clone());
    view! {
        <div class="notices">
            {move || {
                notices
                    .get()
                    .iter()
                    .map(|notice| {
                        let (intent, text) = sentence(notice);
                        view! { <MessageBar intent=intent>{text}</MessageBar> }
                    })
                    .collect_view()
            }}
        </div>
    }
}

fn sentence(notice: &Notice) -> (Intent, String) {
    let (intent, key, count) = match *notice {
        Notice::HubLogMissing { sessions } => (Intent::Warning, "notice-hub-missing", sessions),
        Notice::FrontEndLogMissing { messages } => (Intent::Warning, "notice-front-end-missing", messages),
        Notice::UndatedLeftOut { rows } => (Intent::Info, "notice-undated", rows),
        Notice::DaysWithoutLogs { days } => (Intent::Info, "notice-days-without-logs", days),
    };
    (intent, t_args(key, &[("n", n(count))]))
}
