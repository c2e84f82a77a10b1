//! What the numbers do not tell, and which log would.

use super::i18n::{n, t, t_args};
use super::message_bar::{Intent, MessageBar};
use super::state::Ui;
use crate::report::{NamesOf, Notice};
use leptos::prelude::*;

/// A bar for each notice of the current report.
#[component]
pub fn Notices() -> impl IntoView {
    let ui = Ui::get();
    let notices = ui.part(|overview| overview.notices.clone());
    let evidence = ui.evidence();
    view! {
        <div class="notices">
            {move || {
                evidence
                    .with(|evidence| [
                        (evidence.shows_all_mail, Intent::Warning, "notice-all-mail"),
                        (evidence.wants_period, Intent::Warning, "notice-wants-period"),
                        (evidence.has_period_totals, Intent::Info, "notice-period-totals"),
                        (evidence.has_estimates, Intent::Info, "notice-estimates"),
                    ])
                    .into_iter()
                    .filter(|&(is_so, ..)| is_so)
                    .map(|(_, intent, key)| view! { <MessageBar intent=intent>{t(key)}</MessageBar> })
                    .collect_view()
            }}
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
        Notice::FailedNamesGivenUp { signins, names } => {
            let text = t_args("notice-failed-names-given-up", &[("n", n(signins)), ("names", n(names))]);
            return (Intent::Warning, text);
        }
        Notice::NamesGivenUp(ref of) => {
            let what: Vec<String> = of.iter().map(|&of| t(names_key(of))).collect();
            let what = what.join(&t("list-separator"));
            return (Intent::Warning, t_args("notice-names-given-up", &[("what", what.into())]));
        }
    };
    (intent, t_args(key, &[("n", n(count))]))
}

const fn names_key(of: NamesOf) -> &'static str {
    match of {
        NamesOf::ClientNames => "names-of-clients",
        NamesOf::ClientAddresses => "names-of-addresses",
        NamesOf::Senders => "names-of-senders",
        NamesOf::Users => "names-of-users",
        NamesOf::SenderDomains => "names-of-domains",
        NamesOf::Mechanisms => "names-of-mechanisms",
        NamesOf::Servers => "names-of-servers",
    }
}
