//! What the numbers do not tell, and which log would.

use super::format;
use super::i18n::{n, t, t_args};
use super::message_bar::{Intent, MessageBar};
use super::state::Ui;
use crate::aggregate::Caveat;
use crate::model::Day;
use crate::report::{NamesOf, Notice, Overview, Week};
use leptos::prelude::*;

/// A bar for each notice of the current report.
#[component]
pub fn Notices(
    /// Of the dashboard's week rather than of the report's range, as far as days go.
    #[prop(optional)]
    of_week: bool,
) -> impl IntoView {
    let ui = Ui::get();
    let notices =
        ui.part(move |overview| if of_week { about_week(overview) } else { overview.notices.clone() });
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

/// The notices of an overview, with those of its range replaced by the week's own.
fn about_week(overview: &Overview) -> Vec<Notice> {
    let of_range =
        |notice: &Notice| matches!(notice, Notice::DaysWithoutLogs { .. } | Notice::UndatedLeftOut { .. });
    let mut notices: Vec<Notice> = overview.notices.iter().filter(|n| !of_range(n)).cloned().collect();
    let first: Vec<Day> = overview.week.iter().flat_map(Week::days_without_logs).collect();
    if !first.is_empty() {
        notices.push(Notice::DaysWithoutLogs { days: first.len() as u64, first });
    }
    notices
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
        Notice::DaysWithoutLogs { days, ref first } => {
            let listed: Vec<String> = first.iter().map(|&day| format::month_day(day)).collect();
            let more = days.saturating_sub(first.len() as u64);
            let key = if more > 0 { "notice-days-listed-more" } else { "notice-days-listed" };
            let which = t_args(key, &[("days", listed.join(&t("list-separator")).into()), ("n", n(more))]);
            let text = t_args("notice-days-without-logs", &[("n", n(days))]);
            return (Intent::Info, format!("{text} {which}"));
        }
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
