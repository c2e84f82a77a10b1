//! Why a file, or a line of it, is not in the report, and what to do: one sentence each.

use super::i18n::{n, t, t_args};
use super::log_text::LogText;
use super::mapping::MapColumnsButton;
use super::message_bar::{Intent, MessageBar};
use super::state::Ui;
use super::unfolds::Unfolds;
use crate::aggregate::SourceSummary;
use crate::aggregate::source::SourceOutcome;
use crate::ingest::{BadReason, FileProblem, SkipReason};
use crate::report::Page;
use leptos::prelude::*;

/// Problem files named before the rest is a number.
const NAMED: usize = 5;

/// What is wrong with a file, in a sentence that says what to do, and what the file itself says about it.
pub fn file_problem(problem: &FileProblem) -> impl IntoView + use<> {
    let (key, words) = match problem {
        FileProblem::Empty => ("problem-empty", None),
        FileProblem::HeaderOnly => ("problem-header-only", None),
        FileProblem::Binary => ("problem-binary", None),
        FileProblem::SendLog => ("problem-send-log", None),
        FileProblem::OtherExchangeLog(kind) => ("problem-other-log", Some(("problem-other-log-type", kind))),
        FileProblem::UnknownCsv(columns) => ("problem-unknown-csv", Some(("problem-csv-columns", columns))),
        FileProblem::Packed(kind) => ("problem-packed", Some(("problem-packed-kind", kind))),
        FileProblem::EntraCompanion => ("problem-entra-companion", None),
        FileProblem::IisLog => ("problem-iis-log", None),
        FileProblem::Json => ("problem-json", None),
        FileProblem::Encrypted => ("problem-encrypted", None),
        FileProblem::Incomplete => ("problem-incomplete", None),
        FileProblem::Damaged => ("problem-damaged", None),
        FileProblem::EmptyArchive => ("problem-empty-archive", None),
        FileProblem::Overlapping => ("problem-overlapping", None),
        FileProblem::TooManyEntries => ("problem-too-many-entries", None),
        FileProblem::UnpacksTooFar => ("problem-unpacks-too-far", None),
        FileProblem::UnpacksTooBig => ("problem-unpacks-too-big", None),
        FileProblem::OfficeFile => ("problem-office", None),
        FileProblem::Unknown => ("problem-unknown", None),
        FileProblem::NothingReadable => ("problem-nothing-readable", None),
        FileProblem::Unreadable(words) => ("problem-unreadable", Some(("problem-browser-says", words))),
    };
    let words = words.map(|(label, words)| {
        view! { " " <span class="hint">{t(label)} " " <LogText text=words.clone()/></span> }
    });
    view! { {t(key)} {words} }
}

/// Why lines are skipped, in a sentence.
pub fn skip_reason(reason: SkipReason) -> String {
    t(match reason {
        SkipReason::Header => "skip-header",
        SkipReason::Blank => "skip-blank",
        SkipReason::NoAuth => "skip-no-auth",
        SkipReason::Probe => "skip-probe",
        SkipReason::ServerToServer => "skip-server-to-server",
        SkipReason::HealthMailbox => "skip-health-mailbox",
        SkipReason::UnfinishedSignIn => "skip-unfinished",
        SkipReason::FragmentWithoutSignIn => "skip-fragment",
        SkipReason::Repeated => "skip-repeated",
        SkipReason::NotSmtpAuth => "skip-not-smtp-auth",
        SkipReason::OtherEvent => "skip-other-event",
        SkipReason::CountedElsewhere => "skip-counted-elsewhere",
    })
}

/// Why a line could not be read.
pub fn bad_reason(reason: BadReason) -> String {
    let key = match reason {
        BadReason::ColumnCount { expected, found } => {
            return t_args("bad-columns", &[("expected", n(expected.into())), ("found", n(found.into()))]);
        }
        BadReason::Time => "bad-time",
        BadReason::SessionId => "bad-session-id",
        BadReason::SequenceNumber => "bad-sequence",
        BadReason::Event => "bad-event",
        BadReason::Quote => "bad-quote",
        BadReason::TlsVersion => "bad-tls",
        BadReason::Count => "bad-count",
        BadReason::Nul => "bad-nul",
        BadReason::TooLong => "bad-too-long",
        BadReason::Truncated => "bad-truncated",
    };
    t(key)
}

/// The files that are not in the report, on every page, so that nobody reads numbers without knowing.
#[component]
pub fn ProblemList(
    /// Unfolded at first: where there is nothing else to see.
    #[prop(optional)]
    open: bool,
) -> impl IntoView {
    let ui = Ui::get();
    let problems = Memo::new(move |_| {
        ui.client.snapshot.with(|snapshot| {
            let sources = snapshot.as_ref().map_or(&[][..], |s| s.sources.as_slice());
            sources.iter().filter(|s| problem_of(s).is_some()).cloned().collect::<Vec<_>>()
        })
    });
    move || {
        let problems = problems.get();
        if problems.is_empty() {
            return None;
        }
        let more = problems.len().saturating_sub(NAMED) as u64;
        let named = problems
            .iter()
            // The newest first: what was dropped just now is what the reader wonders about.
            .rev()
            .take(NAMED)
            .filter_map(|source| {
                let problem = problem_of(source)?;
                Some(view! {
                    <li>
                        <strong><LogText text=source.name.clone()/></strong>
                        ": "
                        {file_problem(problem)}
                        " "
                        <MapColumnsButton source=source.id name=source.name.clone()/>
                    </li>
                })
            })
            .collect_view();
        Some(view! {
            <MessageBar intent=Intent::Warning>
                <Unfolds
                    id=if open { "problems-at-first" } else { "problems" }
                    class="problems"
                    open=open
                    summary=t_args("problem-files", &[("n", n(problems.len() as u64))])
                >
                    <ul class="problem-list">{named}</ul>
                    {(more > 0).then(|| view! { <p>{t_args("and-more", &[("n", n(more))])}</p> })}
                    <a href=move || ui.href(Page::Sources)>{t("see-sources")}</a>
                </Unfolds>
            </MessageBar>
        })
    }
}

fn problem_of(source: &SourceSummary) -> Option<&FileProblem> {
    match &source.outcome {
        SourceOutcome::Problem(problem) => Some(problem),
        SourceOutcome::Loaded(_) | SourceOutcome::SameAs(_) => None,
    }
}
