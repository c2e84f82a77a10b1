//! Bars above the content that say what happened.

use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::log_text::LogText;
use super::state::Ui;
use crate::aggregate::SourceId;
use crate::aggregate::source::SourceOutcome;
use crate::report::Page;
use crate::sample::is_sample;
use leptos::prelude::*;

/// How much a bar matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Good to know.
    Info,
    /// It worked.
    Success,
    /// The numbers may mislead.
    Warning,
    /// It did not work.
    Error,
}

/// A bar with an icon and text; colour is never the only sign.
#[component]
pub fn MessageBar(
    /// How much it matters.
    intent: Intent,
    /// The text, and links if any.
    children: Children,
) -> impl IntoView {
    let (class, which) = match intent {
        Intent::Info => ("message-bar info", Icon::Info),
        Intent::Success => ("message-bar success", Icon::Check),
        Intent::Warning => ("message-bar warning", Icon::Warning),
        Intent::Error => ("message-bar error", Icon::Error),
    };
    view! { <div class=class>{icon(which)} <div class="message-body">{children()}</div></div> }
}

/// A worker died: in the browser's words, with the remedy in ours.
#[component]
pub fn FailureBar() -> impl IntoView {
    let ui = Ui::get();
    view! {
        <div role="alert">
            {move || {
                ui.client
                    .failure
                    .get()
                    .map(|words| {
                        view! {
                            <MessageBar intent=Intent::Error>
                                <strong>{t("failure")}</strong>
                                " "
                                {t("failure-remedy")}
                                " "
                                <LogText text=words/>
                            </MessageBar>
                        }
                    })
            }}
        </div>
    }
}

/// What became of the files of the last drop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    loaded: u64,
    same: u64,
    problems: u64,
}

/// Counts what became of the files of each drop, for as long as the page lives.
pub fn watch_drops(ui: Ui) {
    Effect::new(move |newest: Option<Option<SourceId>>| {
        let newest = newest.flatten();
        ui.client.snapshot.with(|snapshot| {
            let sources = snapshot.as_ref().map_or(&[][..], |s| s.sources.as_slice());
            let mut fresh = Tally::default();
            for source in sources.iter().filter(|source| newest.is_none_or(|newest| source.id > newest)) {
                match source.outcome {
                    SourceOutcome::Loaded(_) => fresh.loaded += 1,
                    SourceOutcome::SameAs(_) => fresh.same += 1,
                    SourceOutcome::Problem(_) => fresh.problems += 1,
                }
            }
            if sources.is_empty() {
                ui.tally.set(None);
            } else if fresh != Tally::default() {
                ui.tally.set(Some(fresh));
                // However they came in: what was removed before is gone for good now.
                ui.removed.set(None);
            }
            // Ids are never reused, so what was newest stays a mark even when that file is taken out again.
            sources.iter().map(|source| source.id).max().max(newest)
        })
    });
}

/// *3 files loaded, 1 already loaded, 1 could not be read*, until dismissed or until the next drop.
#[component]
pub fn LoadResult() -> impl IntoView {
    let ui = Ui::get();
    let tally = ui.tally;
    let dismiss = move |_| {
        tally.set(None);
        ui.unopened.set(Vec::new());
    };
    view! {
        <div role="status">
            {move || {
                let unopened = ui.unopened.get();
                let tally = tally.get();
                (tally.is_some() || !unopened.is_empty())
                    .then(|| {
                        let tally = tally.unwrap_or_default();
                        let good = tally.problems == 0 && unopened.is_empty();
                        let bad_only = !good && tally.loaded == 0;
                        let intent = match (good, bad_only) {
                            (true, _) => Intent::Success,
                            (_, true) => Intent::Error,
                            _ => Intent::Warning,
                        };
                        view! {
                            <MessageBar intent=intent>
                                <span>{sentence(tally)}</span>
                                {(!unopened.is_empty())
                                    .then(|| {
                                        view! {
                                            <span>
                                                " " {t_args("unopened", &[("n", n(unopened.len() as u64))])} " "
                                                <LogText text=unopened.join(", ")/>
                                            </span>
                                        }
                                    })}
                                " "
                                <a href=move || ui.href(Page::Sources)>{t("see-sources")}</a>
                                <button
                                    type="button"
                                    class="message-dismiss"
                                    aria-label=t("dismiss")
                                    title=t("dismiss")
                                    on:click=dismiss
                                >
                                    {icon(Icon::Close)}
                                </button>
                            </MessageBar>
                        }
                    })
            }}
        </div>
    }
}

/// Says that what is shown is the sample's, as long as it is. The first files of one's own take its place.
#[component]
pub fn SampleBar() -> impl IntoView {
    let ui = Ui::get();
    let is_shown = Memo::new(move |_| {
        ui.client.snapshot.with(|snapshot| {
            let sources = snapshot.as_ref().map_or(&[][..], |s| s.sources.as_slice());
            sources.iter().any(|source| is_sample(&source.name))
        })
    });
    view! {
        <Show when=move || is_shown.get()>
            <MessageBar intent=Intent::Info>
                <span>{t("sample-shown")}</span>
                " "
                <button type="button" class="link" on:click=move |_| ui.start_over()>{t("sample-remove")}</button>
            </MessageBar>
        </Show>
    }
}

fn sentence(tally: Tally) -> String {
    let only_problems = tally.loaded == 0 && tally.same == 0;
    let failed = if only_problems { "files-failed-only" } else { "files-failed" };
    [("files-loaded", tally.loaded), ("files-same", tally.same), (failed, tally.problems)]
        .into_iter()
        .filter(|&(_, count)| count > 0)
        .map(|(key, count)| t_args(key, &[("n", n(count))]))
        .collect::<Vec<_>>()
        .join(&t("list-separator"))
}
