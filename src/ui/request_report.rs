//! *Request report*: at once, as a download.

use super::command_bar::DomainSelect;
use super::dialog::{Dialog, Shape};
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::log_text::LogText;
use super::message_bar::{Intent, MessageBar};
use super::range_picker::{RangeDraft, RangePicker};
use super::state::{Panel, Ui};
use crate::export::file_name;
use crate::platform::{dom, download};
use crate::report::{Filter, Query};
use crate::worker::messages::ExportRequest;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Characters that the name of a report may have.
const MAX_NAME: usize = 80;

/// The dialog *Request report*.
#[component]
pub fn RequestReport() -> impl IntoView {
    view! {
        <Dialog
            wants=|panel| matches!(panel, Panel::RequestReport)
            id="request"
            title=t("request-report")
            shape=Shape::Box
        >
            <RequestForm/>
        </Dialog>
    }
}

/// How far the request is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Asking,
    Preparing,
    Failed(String),
}

#[component]
fn RequestForm() -> impl IntoView {
    let ui = Ui::get();
    let query = ui.query().get_untracked();
    let loaded = ui.part(|overview| overview.loaded.days).get_untracked();
    let name = RwSignal::new(t("request-default-name"));
    let domain = RwSignal::new(query.domain);
    let draft = RangeDraft::new(query.range, loaded, dom::today());
    let filter = query.filter;
    let clauses = filter.clauses().len() as u64;
    let filtered = RwSignal::new(clauses > 0);
    let stage = RwSignal::new(Stage::Asking);
    let preparing = move || stage.with(|stage| *stage == Stage::Preparing);

    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(range) = draft.value() else { return };
        if preparing() {
            return;
        }
        stage.set(Stage::Preparing);
        let file = file_name(&name.get_untracked(), draft.days());
        let query = Query {
            range,
            domain: domain.get_untracked(),
            filter: if filtered.get_untracked() { filter.clone() } else { Filter::default() },
            ..Query::default()
        };
        let request = ExportRequest { query, today: dom::today() };
        spawn_local(async move {
            let saved = match ui.client.export_csv(request).await {
                Ok(blob) => download::save(&blob, &file),
                Err(words) => Err(words),
            };
            // The dialog, and with it the stage, may be gone by now.
            match saved {
                Ok(()) => {
                    if ui.panel.get_untracked() == Some(Panel::RequestReport) {
                        ui.panel.set(None);
                    }
                }
                Err(words) => {
                    stage.try_set(Stage::Failed(words));
                }
            }
        });
    };
    view! {
        <form class="dialog-form" novalidate on:submit=submit>
            <div class="dialog-body">
                <p>{t("request-text")}</p>
                <label class="field">
                    <span>{t("request-name")}</span>
                    <input
                        type="text"
                        maxlength=MAX_NAME.to_string()
                        autocomplete="off"
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                </label>
                <RangePicker draft=draft id="request"/>
                <label class="field">
                    <span>{t("request-domain")}</span>
                    <DomainSelect chosen=domain on_choose=Callback::new(move |chosen| domain.set(chosen))/>
                </label>
                {(clauses > 0)
                    .then(|| {
                        view! {
                            <label class="preset">
                                <input
                                    type="checkbox"
                                    prop:checked=move || filtered.get()
                                    on:change=move |event| filtered.set(event_target_checked(&event))
                                />
                                <span>{t_args("request-filtered", &[("n", n(clauses))])}</span>
                            </label>
                        }
                    })}
                <p class="hint" role="status">
                    {move || {
                        draft
                            .days()
                            .map(|days| {
                                let length = u64::try_from(days.last.0 - days.first.0 + 1).unwrap_or(0);
                                t_args("request-days", &[("n", n(length))])
                            })
                    }}
                </p>
                <p class="hint">{t("request-file")} " " <code>{move || file_name(&name.read(), draft.days())}</code></p>
                <div role="alert">
                    {move || match stage.get() {
                        Stage::Failed(words) => {
                            Some(
                                view! {
                                    <MessageBar intent=Intent::Error>
                                        {t("request-failed")} " " <LogText text=words/>
                                    </MessageBar>
                                },
                            )
                        }
                        _ => None,
                    }}
                </div>
            </div>
            <footer class="dialog-foot">
                <button
                    type="submit"
                    class="button primary"
                    disabled=move || draft.value().is_err()
                    aria-busy=move || preparing().to_string()
                >
                    {icon(Icon::Download)}
                    <span>{move || if preparing() { t("request-preparing") } else { t("download") }}</span>
                </button>
                <button type="button" class="button" on:click=move |_| ui.panel.set(None)>{t("cancel")}</button>
            </footer>
        </form>
    }
}
