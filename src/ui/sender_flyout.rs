//! *Details*: everything known of one sender in the range.

use super::details_table::sender_name;
use super::dialog::{CloseFooter, Dialog, Shape};
use super::format;
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::log_text::{LogText, WholeLogText};
use super::refusals::RefusalsTable;
use super::state::{Panel, Ui};
use super::tls_rows::{TlsRows, class};
use crate::model::{Counts, TlsVersion};
use crate::report::{SenderDetails, SenderId, TlsBreakdown};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Entries of a list before the rest is a number.
const LISTED: usize = 50;

/// What is known so far.
#[derive(Clone, Debug, PartialEq)]
enum Fetched {
    Waiting,
    Gone,
    Failed(String),
    Here(Box<SenderDetails>),
}

/// The flyout *Details*.
#[component]
pub fn SenderFlyout() -> impl IntoView {
    view! {
        <Dialog
            wants=|panel| matches!(panel, Panel::Sender(_))
            id="sender"
            title=t("details")
            shape=Shape::Flyout
        >
            // It scrolls, and may hold nothing that takes the focus.
            <div class="dialog-body" tabindex="0"><Body/></div>
            <CloseFooter/>
        </Dialog>
    }
}

#[component]
fn Body() -> impl IntoView {
    let ui = Ui::get();
    let query = ui.query();
    let wanted = Memo::new(move |_| {
        ui.panel.with(|panel| match panel {
            Some(Panel::Sender(sender)) => Some(sender.clone()),
            _ => None,
        })
    });
    let fetched = RwSignal::new(Fetched::Waiting);
    Effect::new(move |_| {
        // Another drop may know more.
        ui.client.snapshot.track();
        let (Some(sender), query) = (wanted.get(), query.get()) else { return };
        spawn_local(async move {
            let answer = ui.client.sender(query, sender.clone()).await;
            if wanted.try_get_untracked() == Some(Some(sender)) {
                fetched.set(match answer {
                    Ok(Some(details)) => Fetched::Here(Box::new(details)),
                    Ok(None) => Fetched::Gone,
                    Err(words) => Fetched::Failed(words),
                });
            }
        });
    });
    move || match fetched.get() {
        Fetched::Waiting => view! { <p class="hint" role="status">{t("loading")}</p> }.into_any(),
        Fetched::Gone => view! { <p>{t("sender-gone")}</p> }.into_any(),
        Fetched::Failed(words) => {
            view! { <p class="field-error" role="alert">{t("table-failed")} " " <LogText text=words/></p> }
                .into_any()
        }
        Fetched::Here(details) => view! { <Facts details=*details/> }.into_any(),
    }
}

#[component]
fn Facts(details: SenderDetails) -> impl IntoView {
    let totals = details.totals;
    let is_login = matches!(details.sender, SenderId::Login(_));
    let heading = if is_login { t("login") } else { t("sender-address-title") };
    let name = match &details.sender {
        SenderId::Address(address) | SenderId::Login(address) if !address.is_empty() => {
            view! { <WholeLogText text=address.clone()/> }.into_any()
        }
        other => sender_name(other),
    };
    let seen = match details.seen_in_all.or(details.seen) {
        Some(days) => (format::day(days.first), format::day(days.last)),
        None => (t("unknown"), t("unknown")),
    };
    let tls = if details.tls.total() > 0 {
        view! { <TlsRows tls=details.tls counted=t("messages")/> }.into_any()
    } else {
        view! { <TlsRows tls=details.tls_seen counted=t("sessions")/> }.into_any()
    };
    let has_refusals = !details.refusals.is_empty();
    let old: Vec<_> = details.tls_seen.present().map(|(v, _)| v).filter(|v| v.is_below_1_2()).collect();
    view! {
        <dl class="facts">
            <div><dt>{heading}</dt><dd>{name}</dd></div>
            <div><dt>{t("first-seen")}</dt><dd>{seen.0}</dd></div>
            <div><dt>{t("last-seen")}</dt><dd>{seen.1}</dd></div>
            <div><dt>{t("message-count")}</dt><dd>{format::count(totals.messages)}</dd></div>
            <div><dt>{t("recipients")}</dt><dd>{format::count(totals.recipients)}</dd></div>
            <div><dt>{t("sessions")}</dt><dd>{format::count(totals.sessions)}</dd></div>
            <div><dt>{t("failed-sign-ins")}</dt><dd>{format::count(totals.failed_signins)}</dd></div>
        </dl>
        {details.seen_in_all.map(|_| view! { <p class="hint">{t("seen-in-all")}</p> })}
        {(!old.is_empty()).then(|| view! { <OldTlsWarning versions=old/> })}
        <h3>{t("tls-versions")}</h3>
        {tls}
        <h3>{t("mechanisms")}</h3>
        <CountsTable
            heading=t("mechanism")
            rows=details
                .mechanisms
                .into_iter()
                .map(|(mechanism, family, counts)| {
                    let name = view! {
                        <LogText text=mechanism/>
                        " "
                        <span class="tag">{format::auth(family)}</span>
                    };
                    (name.into_any(), counts)
                })
                .collect()
        />
        <h3>{t("clients")}</h3>
        <CountsTable
            heading=t("client")
            rows=details
                .clients
                .into_iter()
                .map(|client| {
                    let ip = if client.ip.is_empty() {
                        t("unknown").into_any()
                    } else {
                        view! { <LogText text=client.ip/> }.into_any()
                    };
                    let name = view! {
                        {ip}
                        {(!client.name.is_empty())
                            .then(|| view! { <br/> <small class="hint"><LogText text=client.name/></small> })}
                        {version_tags(&client.tls_seen)}
                    };
                    (name.into_any(), client.counts)
                })
                .collect()
        />
        <h3>{t("logins")}</h3>
        <CountsTable heading=t("login") rows=named(details.users)/>
        {has_refusals.then(|| view! { <h3>{t("refusals")}</h3> })}
        <RefusalsTable refusals=details.refusals counted=t("failed-sign-ins")/>
        <h3>{t("servers")}</h3>
        <CountsTable heading=t("server") rows=named(details.servers)/>
        <h3>{t("days")}</h3>
        <CountsTable
            heading=t("day")
            rows=details.days.into_iter().rev().map(|(day, counts)| (format::day(day).into_any(), counts)).collect()
        />
    }
}

/// In a red frame, as in Microsoft's flyout.
#[component]
fn OldTlsWarning(versions: Vec<TlsVersion>) -> impl IntoView {
    let names: Vec<_> = versions.into_iter().map(TlsVersion::label).collect();
    view! {
        <div class="old-tls-warning" role="note">
            {icon(Icon::Warning)}
            <p>
                <strong>{t_args("warning-old-tls", &[("versions", names.join(&t("list-separator")).into())])}</strong>
                " "
                {t("warning-old-tls-remedy")}
            </p>
        </div>
    }
}

fn version_tags(seen: &TlsBreakdown) -> impl IntoView + use<> {
    let tags = seen
        .present()
        .map(|(version, _)| {
            view! {
                <span class="tag" class:old=version.is_below_1_2()>
                    <span class=format!("tls-dot {}", class(version)) aria-hidden="true"></span>
                    {format::tls(version)}
                </span>
            }
        })
        .collect_view();
    view! { <div class="tags">{tags}</div> }
}

fn named(list: Vec<(String, Counts)>) -> Vec<(AnyView, Counts)> {
    list.into_iter()
        .map(|(name, counts)| {
            let name = if name.is_empty() {
                t("unknown").into_any()
            } else {
                view! { <LogText text=name/> }.into_any()
            };
            (name, counts)
        })
        .collect()
}

/// What each of several did.
#[component]
fn CountsTable(heading: String, rows: Vec<(AnyView, Counts)>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="hint">{t("unknown")}</p> }.into_any();
    }
    let more = rows.len().saturating_sub(LISTED) as u64;
    let rows = rows
        .into_iter()
        .take(LISTED)
        .map(|(name, counts)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="number">{format::count(counts.messages)}</td>
                    <td class="number">{format::count(counts.sessions)}</td>
                    <td class="number">{format::count(counts.failed_signins)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="numbers wide-name">
            <thead>
                <tr>
                    <th scope="col">{heading}</th>
                    <th scope="col" class="number">{t("messages")}</th>
                    <th scope="col" class="number">{t("sessions")}</th>
                    <th scope="col" class="number">{t("failed-short")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {(more > 0).then(|| view! { <p class="hint">{t_args("and-more", &[("n", n(more))])}</p> })}
    }
    .into_any()
}
