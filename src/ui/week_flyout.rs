//! The widget's flyout: the last seven days, TLS and volumes.

use super::chart::{Chart, ChartKind};
use super::dialog::{CloseFooter, Dialog, Shape};
use super::format;
use super::i18n::{t, t_args};
use super::state::{Panel, Ui};
use super::tls_rows::TlsRows;
use crate::report::{Page, TlsBasis, Week};
use leptos::prelude::*;

/// The flyout *SMTP Auth clients*.
#[component]
pub fn WeekFlyout() -> impl IntoView {
    let ui = Ui::get();
    let week = ui.part(|overview| overview.week.clone());
    view! {
        <Dialog
            wants=|panel| matches!(panel, Panel::Week)
            id="week"
            title=t("widget-title")
            shape=Shape::Flyout
        >
            <div class="dialog-body">
                <p>{t("week-intro")}</p>
                <p>{t("week-intro-use")}</p>
                <h3>{t("week-report-heading")}</h3>
                <p>
                    {t("week-report-text")} " "
                    <a class="link" href=move || ui.href(Page::Report) on:click=move |_| ui.panel.set(None)>
                        {t("report-title")}
                    </a>
                </p>
                <h3>{t("week-tls-heading")}</h3>
                <p>{t("week-tls-text")}</p>
                {move || week.get().map(|week| view! { <WeekNumbers week=week/> })}
            </div>
            <CloseFooter/>
        </Dialog>
    }
}

#[component]
fn WeekNumbers(week: Week) -> impl IntoView {
    let tls = week.tls;
    let totals = week.totals;
    view! {
        {if tls.total() == 0 {
            view! { <p class="hint">{t("week-no-messages")}</p> }.into_any()
        } else {
            view! { <Chart kind=Signal::stored(ChartKind::Tls(tls, TlsBasis::Messages, Vec::new())) compact=true/> }.into_any()
        }}
        <TlsRows tls=tls counted=t("messages") unknown={tls.total() == 0 && totals.messages.value().is_none()}/>
        <h3>{t("week-volumes-heading")}</h3>
        <p class="hint">{t_args("days-utc", &[("days", format::span(week.days).into())])}</p>
        <dl class="facts">
            <div><dt>{t("users")}</dt><dd>{format::number(week.users)}</dd></div>
            <div><dt>{t("messages")}</dt><dd>{format::count(totals.messages)}</dd></div>
            <div><dt>{t("recipients")}</dt><dd>{format::count(totals.recipients)}</dd></div>
            <div><dt>{t("sessions")}</dt><dd>{format::count(totals.sessions)}</dd></div>
            <div><dt>{t("failed-sign-ins")}</dt><dd>{format::count(totals.failed_signins)}</dd></div>
        </dl>
    }
}
