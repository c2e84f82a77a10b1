//! What the numbers do not tell, and which log would.

use super::i18n::{n, t, t_args};
use super::message_bar::{Intent, MessageBar};
use super::state::Ui;
use crate::aggregate::Caveat;
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
                    .with(|evidence| evidence.caveats.clone())
                    .into_iter()
                    .map(|caveat| {
                        let (intent, key) = caveat_sentence(caveat);
                        view! { <MessageBar intent=intent>{t(key)}</MessageBar> }
                    })
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

const fn caveat_sentence(caveat: Caveat) -> (Intent, &'static str) {
    match caveat {
        Caveat::AllMail => (Intent::Warning, "notice-all-mail"),
        Caveat::PeriodWanted => (Intent::Warning, "notice-wants-period"),
        Caveat::PeriodTotals => (Intent::Info, "notice-period-totals"),
        Caveat::Estimates => (Intent::Info, "notice-estimates"),
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
