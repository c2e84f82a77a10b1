//! What stands in the cells of a row.

use super::columns::Shown;
use crate::model::{AuthClass, TlsVersion};
use crate::report::{Column, SenderId, SenderRow};
use crate::ui::format;
use crate::ui::i18n::t;
use crate::ui::icons::{Icon, icon};
use crate::ui::log_text::LogText;
use leptos::prelude::*;

/// A row's cells, in the order of the columns.
pub fn cells(row: &SenderRow, columns: &[Shown]) -> impl IntoView + use<> {
    columns
        .iter()
        .map(|&column| match column {
            Shown::Sender => view! {
                <div role="gridcell" tabindex="-1" class="grid-sender">
                    <span class="row-check" aria-hidden="true">{icon(Icon::Check)}</span>
                    <span class="grid-name">{sender_name(&row.sender)}</span>
                </div>
            }
            .into_any(),
            Shown::Version(version) => version_cell(row, version).into_any(),
            Shown::Plain(column) => {
                let none = is_none(row, column);
                view! {
                    <div role="gridcell" tabindex="-1" class:number=Shown::Plain(column).is_number() class:none=none>
                        {plain(row, column)}
                    </div>
                }
                .into_any()
            }
        })
        .collect_view()
}

fn is_none(row: &SenderRow, column: Column) -> bool {
    let facts = &row.facts;
    match column {
        Column::Users => facts.users == 0,
        Column::Authentication => row.families.iter().all(|family| family == AuthClass::Unknown),
        Column::Clients => facts.clients == 0,
        Column::Tls => false,
        Column::Messages => row.messages.value().is_none(),
        Column::Recipients => facts.recipients.value().is_none(),
        Column::Sessions => facts.sessions.value().is_none(),
        Column::FailedSignIns => facts.failed_signins.value().is_none_or(|n| n == 0),
        Column::FirstSeen | Column::LastSeen => facts.seen.is_none(),
    }
}

fn plain(row: &SenderRow, column: Column) -> AnyView {
    let facts = &row.facts;
    let known = |n: u64| if n == 0 { t("unknown") } else { format::number(n) };
    let text = match column {
        Column::Users => match &row.only_user {
            Some(user) => return view! { <LogText text=user.clone()/> }.into_any(),
            None => known(facts.users),
        },
        Column::Authentication => families(row),
        Column::Clients => known(facts.clients),
        // Has columns of its own.
        Column::Tls => String::new(),
        Column::Messages => format::count(row.messages),
        Column::Recipients => format::count(facts.recipients),
        Column::Sessions => format::count(facts.sessions),
        Column::FailedSignIns => format::count(facts.failed_signins),
        Column::FirstSeen => facts.seen.map_or_else(|| t("unknown"), |days| format::day(days.first)),
        Column::LastSeen => facts.seen.map_or_else(|| t("unknown"), |days| format::day(days.last)),
    };
    text.into_any()
}

/// The families of a row's mechanisms, in words.
pub fn families(row: &SenderRow) -> String {
    let names: Vec<_> = row.families.iter().map(format::auth).collect();
    if names.is_empty() { t("unknown") } else { names.join(&t("list-separator")) }
}

fn version_cell(row: &SenderRow, version: TlsVersion) -> impl IntoView + use<> {
    let total = row.tls.total();
    let count = row.tls.get(version);
    let seen = row.tls_seen.get(version) > 0;
    let text = version_words(row, version).unwrap_or_else(|| format::number(count));
    let share = (count > 0).then(|| view! { " " <small>{format::percent(count, total)}</small> });
    let old = version.is_below_1_2() && (count > 0 || seen);
    view! {
        <div role="gridcell" tabindex="-1" class="number" class:old=old class:none=!old && count == 0>
            {old.then(|| icon(Icon::Warning))} <span class="count">{text} {share}</span>
        </div>
    }
}

/// What stands in place of a number of messages over a version, where none is known.
pub fn version_words(row: &SenderRow, version: TlsVersion) -> Option<String> {
    let unknown = row.messages.value().is_none() && row.tls.get(version) == 0;
    unknown.then(|| if row.tls_seen.get(version) > 0 { t("seen") } else { t("not-seen") })
}

/// A sender as the table and the flyout name it.
pub fn sender_name(sender: &SenderId) -> AnyView {
    match sender {
        SenderId::Address(address) if address.is_empty() => t("null-sender").into_any(),
        SenderId::Address(address) => view! { <LogText text=address.clone()/> }.into_any(),
        SenderId::Login(login) => {
            view! { <LogText text=login.clone()/> " " <small class="hint">{t("login-note")}</small> }
                .into_any()
        }
    }
}
