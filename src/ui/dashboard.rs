//! *Mail flow insights*: the widget, and a few numbers of the same week.

use super::format;
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::notices::Notices;
use super::problems::ProblemList;
use super::report::Origins;
use super::sparkline::Sparkline;
use super::state::{Panel, Ui};
use crate::aggregate::source::SourceOutcome;
use crate::model::{AuthClass, TlsVersion};
use crate::report::{Clause, Field, Filter, Operator, Page, Pivot, Query, Range, SortColumn, View, Week};
use leptos::prelude::*;

/// The dashboard.
#[component]
pub fn Dashboard() -> impl IntoView {
    let ui = Ui::get();
    let week = ui.part(|overview| overview.week.clone());
    view! {
        <h1>{t("dashboard-title")}</h1>
        <ProblemList/>
        <div class="cards">
            <SmtpAuthClients week=week/>
            <BasicAuth week=week/>
            <OldTls week=week/>
            <FailedSignIns week=week/>
            <LoadedFiles/>
        </div>
        <Origins/>
        <Notices of_week=true/>
    }
}

/// The widget: how many users in the last seven days.
#[component]
fn SmtpAuthClients(week: Memo<Option<Week>>) -> impl IntoView {
    let ui = Ui::get();
    let open = move |_| ui.panel.set(Some(Panel::Week));
    view! {
        <section class="card widget" aria-labelledby="widget-title">
            <h2 class="card-head">
                {icon(Icon::Chart)}
                <button type="button" id="widget-title" class="card-link" on:click=open>
                    {t("widget-title")}
                </button>
            </h2>
            <div class="card-body">
                <p class="card-text">{t("widget-text")}</p>
                {move || match week.get() {
                    None => view! { <p class="card-empty">{t("widget-no-dates")}</p> }.into_any(),
                    Some(week) => {
                        let users = format::number(week.users);
                        let name = t_args(
                            "widget-number-label",
                            &[("n", n(week.users)), ("days", format::span(week.days).into())],
                        );
                        view! {
                            <button type="button" class="big-number" aria-label=name on:click=open>
                                {users}
                            </button>
                            <p class="card-days">{t_args("days-utc", &[("days", format::span(week.days).into())])}</p>
                            <Sparkline values=week.users_by_day.clone()/>
                            <p class="visually-hidden">{trend(&week)}</p>
                        }
                            .into_any()
                    }
                }}
            </div>
        </section>
    }
}

/// The trend in words, for those who do not see the line.
fn trend(week: &Week) -> String {
    let days = week.days.first.through(week.days.last).zip(&week.users_by_day);
    let parts: Vec<_> = days
        .map(|(day, users)| {
            let users = users.map_or_else(|| t("no-logs"), format::number);
            t_args("trend-day", &[("day", format::month_day(day).into()), ("users", users.into())])
        })
        .collect();
    t_args("trend", &[("days", parts.join(&t("list-separator")).into())])
}

/// Users of the week who sign in with user name and password.
#[component]
fn BasicAuth(week: Memo<Option<Week>>) -> impl IntoView {
    let ui = Ui::get();
    let see = move |_| {
        let basic = Clause::new(Field::Authentication, Operator::Equals, AuthClass::Basic.label()).ok();
        ui.change(|location| {
            location.page = Page::Report;
            location.query = Query {
                view: View::DetailsTable,
                tls_basis: location.query.tls_basis,
                filter: basic.and_then(|basic| Filter::default().with(basic)).unwrap_or_default(),
                ..Query::default()
            };
        });
    };
    view! {
        <section class="card" aria-labelledby="basic-title">
            <h2 class="card-head" id="basic-title">{icon(Icon::Key)} {t("basic-title")}</h2>
            <div class="card-body">
                <p class="card-text">{t("basic-text")}</p>
                {move || {
                    week.get()
                        .map(|week| {
                            let basic = week.basic;
                            let shown = if basic.is_known { format::number(basic.users) } else { t("unknown") };
                            let class = if basic.users > 0 { "middle-number bad" } else { "middle-number" };
                            view! {
                                <p class=class>{shown}</p>
                                {basic
                                    .is_known
                                    .then(|| {
                                        view! {
                                            <p class="card-days">
                                                {t_args("basic-messages", &[("n", n(basic.messages))])}
                                            </p>
                                        }
                                    })}
                                {(basic.users > 0)
                                    .then(|| {
                                        view! {
                                            <button
                                                type="button"
                                                class="link"
                                                aria-describedby="basic-title"
                                                on:click=see
                                            >
                                                {t("basic-see")}
                                            </button>
                                        }
                                    })}
                            }
                        })
                }}
            </div>
        </section>
    }
}

/// Messages of the week over anything below TLS 1.2.
#[component]
fn OldTls(week: Memo<Option<Week>>) -> impl IntoView {
    let ui = Ui::get();
    let see = move |_| {
        // The senders behind this very number, which is of all domains.
        ui.change(|location| {
            location.page = Page::Report;
            location.query = Query {
                pivot: Pivot::TlsUsage,
                view: View::DetailsTable,
                tls_basis: location.query.tls_basis,
                ..Query::default()
            };
            (location.sort, location.ascending) = (SortColumn::OldTls, false);
        });
    };
    view! {
        <section class="card" aria-labelledby="old-tls-title">
            <h2 class="card-head" id="old-tls-title">{icon(Icon::Warning)} {t("old-tls-title")}</h2>
            <div class="card-body">
                <p class="card-text">{t("old-tls-text")}</p>
                {move || {
                    week.get()
                        .map(|week| {
                            let old = week.tls.below_1_2();
                            let unknown = week.tls.total() == week.tls.get(TlsVersion::Unknown);
                            // Nothing but unknown versions: zero would be a claim.
                            let unknown = old == 0 && unknown;
                            let shown = if unknown { t("unknown") } else { format::number(old) };
                            let class = if old > 0 { "middle-number bad" } else { "middle-number" };
                            view! {
                                <p class=class>{shown}</p>
                                {(week.tls.total() > 0 && !unknown)
                                    .then(|| {
                                        let share = format::percent(old, week.tls.total());
                                        view! {
                                            <p class="card-days">
                                                {t_args("share-of-messages", &[("share", share.into())])}
                                            </p>
                                        }
                                    })}
                                {(old > 0)
                                    .then(|| {
                                        view! {
                                            <button type="button" class="link" on:click=see>
                                                {t("old-tls-see")}
                                            </button>
                                        }
                                    })}
                            }
                        })
                }}
            </div>
        </section>
    }
}

/// Refused sign-ins of the week.
#[component]
fn FailedSignIns(week: Memo<Option<Week>>) -> impl IntoView {
    let ui = Ui::get();
    let see = move |_| ui.panel.set(Some(Panel::FailedSignIns(Range::Last(7))));
    view! {
        <section class="card" aria-labelledby="failed-title">
            <h2 class="card-head" id="failed-title">{icon(Icon::Key)} {t("failed-title")}</h2>
            <div class="card-body">
                <p class="card-text">{t("failed-text")}</p>
                {move || {
                    week.get()
                        .map(|week| {
                            view! {
                                <p class="middle-number">{format::count(week.totals.failed_signins)}</p>
                                <p class="card-days">
                                    {t_args(
                                        "beside-sessions",
                                        &[("sessions", format::count(week.totals.sessions).into())],
                                    )}
                                </p>
                                {(week.totals.failed_signins.known_part() > 0)
                                    .then(|| {
                                        view! {
                                            <button type="button" class="link" on:click=see>
                                                {t("failures-see")}
                                            </button>
                                        }
                                    })}
                            }
                        })
                }}
            </div>
        </section>
    }
}

/// What all this rests on.
#[component]
fn LoadedFiles() -> impl IntoView {
    let ui = Ui::get();
    let loaded = ui.part(|overview| overview.loaded.clone());
    let files = move || {
        ui.client.snapshot.with(|snapshot| {
            let sources = snapshot.as_ref().map_or(&[][..], |s| s.sources.as_slice());
            sources.iter().filter(|s| matches!(s.outcome, SourceOutcome::Loaded(_))).count() as u64
        })
    };
    view! {
        <section class="card" aria-labelledby="loaded-title">
            <h2 class="card-head" id="loaded-title">{icon(Icon::Sources)} {t("loaded-title")}</h2>
            <div class="card-body">
                <p class="card-text">{t("loaded-text")}</p>
                <p class="middle-number">{move || format::number(files())}</p>
                <p class="card-days">
                    {move || {
                        let loaded = loaded.get();
                        loaded
                            .days
                            .map(|days| {
                                t_args(
                                    "loaded-days",
                                    &[
                                        ("days", format::span(days).into()),
                                        ("n", n(loaded.days_with_logs)),
                                    ],
                                )
                            })
                    }}
                </p>
                <a class="link" href=move || ui.href(Page::Sources)>{t("see-sources")}</a>
            </div>
        </section>
    }
}
