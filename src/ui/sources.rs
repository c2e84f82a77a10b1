//! *Data sources*: every file, and the account of its lines.

use super::format;
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::inputs::{AddFolderButton, AddLogsButton};
use super::kept::{Kept, LISTED};
use super::log_help::{LogHelp, known_by, leaves_open};
use super::log_text::LogText;
use super::mapping::MapColumnsButton;
use super::problems::{bad_reason, file_problem, skip_reason};
use super::refusals::RefusalsTable;
use super::state::{Panel, Ui};
use super::unfolds::Unfolds;
use crate::aggregate::source::SourceOutcome;
use crate::aggregate::{SourceId, SourceSummary};
use crate::ingest::{CodePage, Encoding, Format, LineAccount, Wrapping};
use crate::model::{Day, Refusal};
use crate::platform::dom;
use crate::sort::sort_by_key;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The page *Data sources*.
#[component]
pub fn Sources() -> impl IntoView {
    let ui = Ui::get();
    let sources = Memo::new(move |_| {
        ui.client
            .snapshot
            .with(|snapshot| snapshot.as_ref().map(|s| Arc::clone(&s.sources)).unwrap_or_default())
    });
    let Kept { listed, accounts: open, .. } = Kept::get();
    let any = Memo::new(move |_| sources.with(|sources| !sources.is_empty()));
    view! {
        <h1>{t("nav-sources")}</h1>
        <p class="lead">{t("sources-text")}</p>
        <div class="button-row">
            <AddLogsButton/>
            <AddFolderButton/>
            <Show when=move || any.get()>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| ui.panel.set(Some(Panel::StartOver))
                >
                    {icon(Icon::Trash)} <span>{t("start-over")}</span>
                </button>
            </Show>
        </div>
        <Show
            when=move || any.get()
            fallback=|| view! { <p class="empty">{t("sources-none")}</p> }
        >
            <p class="hint">{move || sources.with(|sources| totals(sources))}</p>
            <div class="numbers-scroll sources-scroll" tabindex="0" role="region" aria-label=t("sources-table")>
                <table class="numbers sources">
                    <thead>
                        <tr>
                            <th scope="col">{t("file")}</th>
                            <th scope="col">{t("format")}</th>
                            <th scope="col" class="number">{t("size")}</th>
                            <th scope="col" class="period">{t("period-utc")}</th>
                            <th scope="col" class="number">{t("lines-read")}</th>
                            <th scope="col" class="number">{t("lines-counted")}</th>
                            <th scope="col" class="number">{t("lines-skipped")}</th>
                            <th scope="col" class="number">{t("lines-bad")}</th>
                            <th scope="col"><span class="visually-hidden">{t("actions")}</span></th>
                        </tr>
                    </thead>
                    <For
                        each=move || {
                            sources.with(|sources| by_name(sources).take(listed.get()).cloned().collect::<Vec<_>>())
                        }
                        key=identity
                        let:source
                    >
                        <Source source=source all=sources open=open/>
                    </For>
                </table>
            </div>
            <Show when=move || sources.with(|sources| sources.len()).gt(&listed.get())>
                <button type="button" class="button" on:click=move |_| listed.update(|n| *n += LISTED)>
                    {move || {
                        t_args("show-more-files", &[("n", n(sources.with(|sources| sources.len()).saturating_sub(listed.get()) as u64))])
                    }}
                </button>
            </Show>
        </Show>
        <Unfolds id="sources-which" class="log-help" summary=t("sources-which")>
            <LogHelp/>
        </Unfolds>
    }
}

/// Files in order of their folders and names, as in a file manager: a folder comes in no order at all.
fn by_name(sources: &[SourceSummary]) -> impl Iterator<Item = &SourceSummary> {
    let mut sources: Vec<&SourceSummary> = sources.iter().collect();
    sort_by_key(&mut sources, |source| source.name.as_str());
    sources.into_iter()
}

/// All of a file's row that may change.
type Identity = (SourceId, u64, Vec<u64>, u64, bool, Option<SourceId>, Option<(i64, i64)>);

/// A file's account changes when another brings the missing half of its sessions; its row is made anew then.
fn identity(source: &SourceSummary) -> Identity {
    let LineAccount { counted, skipped, bad, .. } = &source.lines;
    let loaded = matches!(source.outcome, SourceOutcome::Loaded(_));
    (
        source.id,
        *counted,
        skipped.values().copied().collect(),
        *bad,
        loaded,
        source.overlaps_with,
        source.period_ms,
    )
}

/// All files together, in a sentence.
fn totals(sources: &[SourceSummary]) -> String {
    let mut sum = LineAccount::default();
    let mut skipped = 0;
    let mut bytes = 0;
    for source in sources {
        sum.read += source.lines.read;
        sum.counted += source.lines.counted;
        sum.bad += source.lines.bad;
        skipped += source.lines.skipped_total();
        bytes += source.bytes;
    }
    t_args(
        "sources-total",
        &[
            ("files", n(sources.len() as u64)),
            ("size", format::bytes(bytes).into()),
            ("read", n(sum.read)),
            ("counted", n(sum.counted)),
            ("skipped", n(skipped)),
            ("bad", n(sum.bad)),
        ],
    )
}

/// A file: its row, and its account when unfolded.
#[component]
fn Source(
    source: SourceSummary,
    all: Memo<Arc<Vec<SourceSummary>>>,
    /// The files whose accounts are unfolded.
    open: RwSignal<BTreeSet<SourceId>>,
) -> impl IntoView {
    let ui = Ui::get();
    let id = source.id;
    let is_open = Memo::new(move |_| open.with(|open| open.contains(&id)));
    let toggle = move |_| {
        open.update(|open| {
            if !open.remove(&id) {
                open.insert(id);
            }
        });
    };
    let account_id = format!("account-{}", id.0);
    let lines = source.lines.clone();
    let refusals: Vec<_> = source.refusals.iter().map(|(refusal, n)| (*refusal, *n)).collect();
    let name = source.name.clone();
    let period = match source.period_ms {
        Some((first, last)) => format::period(first, last),
        None => t("not-seen"),
    };
    let format = match source.outcome {
        SourceOutcome::Loaded(format) => format_name(format),
        SourceOutcome::SameAs(_) => t("format-same"),
        SourceOutcome::Problem(_) => t("format-problem"),
    };
    let coding = coding(&source);
    let format = if coding.is_empty() { format } else { format!("{format} ({})", coding.join(", ")) };
    let unpacked = (source.wrapping != Wrapping::default()).then_some(source.unpacked_bytes);
    let is_problem = matches!(source.outcome, SourceOutcome::Problem(_));
    let encoding = encoding_name(source.encoding);
    let loaded = match source.outcome {
        SourceOutcome::Loaded(format) => Some(format),
        _ => None,
    };
    let removed_name = name.clone();
    let remove_label = format!("{}: {}", t("remove"), super::log_text::plain(&name));
    view! {
        <tbody class="source" class:problem=is_problem>
            <tr>
                <th scope="row">
                    <button
                        type="button"
                        class="expander"
                        aria-expanded=move || is_open.get().to_string()
                        aria-controls=account_id.clone()
                        on:click=toggle
                    >
                        {icon(Icon::Expand)} <LogText text=name/>
                    </button>
                </th>
                <td>{is_problem.then(|| icon(Icon::Warning))} " " {format}</td>
                <td class="number">{format::bytes(source.bytes)}</td>
                <td>{period}</td>
                <td class="number">{format::number(lines.read)}</td>
                <td class="number">{format::number(lines.counted)}</td>
                <td class="number">{format::number(lines.skipped_total())}</td>
                <td class="number" class:old={lines.bad > 0}>{format::number(lines.bad)}</td>
                <td class="source-actions">
                    <button
                        type="button"
                        class="button quiet small"
                        aria-label=remove_label
                        title=t("remove")
                        on:click=move |_| ui.remove(id, removed_name.clone())
                    >
                        {icon(Icon::Trash)}
                    </button>
                </td>
            </tr>
            {outcome_row(&source.outcome, lines.not_utf8, all)}
            {source
                .guessed_day_first
                .map(|day_first| {
                    let key = if day_first { "dates-day-first" } else { "dates-month-first" };
                    view! { <tr class="outcome-row"><td colspan="9">{t(key)}</td></tr> }
                })}
            {source.wants_period.then(|| view! { <PeriodRow id=id told=source.period_ms modified_ms=source.modified_ms/> })}
            {source
                .overlaps_with
                .map(|other| {
                    view! {
                        <tr class="outcome-row">
                            <td colspan="9">{t("overlaps-with")} " " {move || same_name(&all.read(), other)}</td>
                        </tr>
                    }
                })}
            {ui.client
                .is_mappable(id)
                .then(|| {
                    view! {
                        <tr class="outcome-row">
                            <td colspan="9"><MapColumnsButton source=id name=source.name.clone()/></td>
                        </tr>
                    }
                })}
            <tr id=account_id class="account-row" hidden=move || !is_open.get()>
                <td colspan="9">
                    {move || {
                        is_open.get().then(|| {
                            view! {
                                <Account
                                    lines=lines.clone()
                                    refusals=refusals.clone()
                                    unpacked=unpacked
                                    format=loaded
                                    encoding=encoding
                                />
                            }
                        })
                    }}
                </td>
            </tr>
        </tbody>
    }
}

/// Of which days a report without dates is.
#[component]
fn PeriodRow(
    id: SourceId,
    /// What was told already (Unix milliseconds, UTC).
    told: Option<(i64, i64)>,
    modified_ms: Option<i64>,
) -> impl IntoView {
    let ui = Ui::get();
    // Microsoft's report is of the last seven days unless asked otherwise.
    let exported = modified_ms.map_or_else(dom::today, Day::from_unix_ms);
    let days = told.map_or((exported.plus(-7), exported.plus(-1)), |(first, last)| {
        (Day::from_unix_ms(first), Day::from_unix_ms(last))
    });
    let first = RwSignal::new(days.0.to_string());
    let last = RwSignal::new(days.1.to_string());
    let error = RwSignal::new(None);
    let apply = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match (Day::parse_iso(&first.read()), Day::parse_iso(&last.read())) {
            (Some(first), Some(last)) if first <= last => ui.client.set_period(id, (first, last)),
            (Some(_), Some(_)) => error.set(Some("range-backwards")),
            _ => error.set(Some("range-missing")),
        }
    };
    let input = |label: &'static str, value: RwSignal<String>| {
        view! {
            <label>
                {t(label)} " "
                <input
                    type="date"
                    prop:value=move || value.get()
                    on:input=move |event| {
                        value.set(event_target_value(&event));
                        error.set(None);
                    }
                />
            </label>
        }
    };
    view! {
        <tr class="outcome-row">
            <td colspan="9">
                <form class="period-form" on:submit=apply>
                    <span>{t("period-wanted")}</span>
                    {input("period-first", first)}
                    {input("period-last", last)}
                    <button type="submit" class="button small">{t("period-apply")}</button>
                    {move || error.get().map(|key| view! { <span class="field-error" role="alert">{t(key)}</span> })}
                </form>
            </td>
        </tr>
    }
}

/// Why a file is not, or not again, or not quite as it should be in the report: always in sight.
fn outcome_row(
    outcome: &SourceOutcome,
    not_utf8: [u64; CodePage::ALL.len()],
    all: Memo<Arc<Vec<SourceSummary>>>,
) -> Option<impl IntoView + use<>> {
    let text = match outcome {
        SourceOutcome::Loaded(_) if not_utf8.iter().all(|&lines| lines == 0) => return None,
        SourceOutcome::Loaded(_) => t_args("not-utf8", &[("pages", pages(not_utf8).into())]).into_any(),
        SourceOutcome::SameAs(other) => {
            let other = *other;
            view! { {t("same-as")} " " {move || same_name(&all.read(), other)} }.into_any()
        }
        SourceOutcome::Problem(problem) => file_problem(problem).into_any(),
    };
    Some(view! { <tr class="outcome-row"><td colspan="9">{text}</td></tr> })
}

/// What a file is wrapped in and encoded as, where that is out of the ordinary.
fn coding(source: &SourceSummary) -> Vec<&'static str> {
    let encoding = (source.encoding != Encoding::Utf8).then(|| encoding_name(source.encoding));
    let (zip, gzip) = (source.wrapping.zip.then_some("ZIP"), source.wrapping.gzip.then_some("gzip"));
    [zip, gzip, encoding].into_iter().flatten().collect()
}

const fn encoding_name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le => "UTF-16LE",
        Encoding::Utf16Be => "UTF-16BE",
    }
}

/// How many lines were read as which code page.
fn pages(not_utf8: [u64; CodePage::ALL.len()]) -> String {
    let pages = CodePage::ALL.into_iter().zip(not_utf8).filter(|&(_, lines)| lines > 0);
    let pages = pages.map(|(page, lines)| {
        let name = if page == CodePage::BrokenUtf8 { t("broken-utf8") } else { page.name().to_owned() };
        format!("{name}: {}", format::number(lines))
    });
    pages.collect::<Vec<_>>().join("; ")
}

fn same_name(all: &[SourceSummary], id: SourceId) -> AnyView {
    match all.iter().find(|source| source.id == id) {
        Some(source) => view! { <strong><LogText text=source.name.clone()/></strong> }.into_any(),
        None => t("removed-file").into_any(),
    }
}

/// What a format is called.
pub fn format_name(format: Format) -> String {
    t(match format {
        Format::ExchangeReceive => "format-exchange-receive",
        Format::ActivityCsv => "format-activity-csv",
        Format::MicrosoftReport => "format-microsoft-report",
        Format::MessageTrace => "format-message-trace",
        Format::MessageTracking => "format-message-tracking",
        Format::EntraSignIns => "format-entra-sign-ins",
        Format::OtherCsv => "format-other-csv",
    })
}

/// Where each line went.
#[component]
fn Account(
    lines: LineAccount,
    refusals: Vec<(Refusal, u64)>,
    /// Size of what was unpacked, if the file is packed.
    unpacked: Option<u64>,
    /// What the file is, if it is part of the report.
    format: Option<Format>,
    /// How its text is encoded.
    encoding: &'static str,
) -> impl IntoView {
    let about = format.map(|format| {
        let questions = leaves_open(format);
        view! {
            <p class="hint">
                {t(known_by(format))} " " {t_args("encoding-is", &[("encoding", encoding.into())])} " "
                {(!questions.is_empty()).then(|| t_args("leaves-open", &[("questions", questions.into())]))}
            </p>
        }
    });
    let unpacked = unpacked.map(|bytes| {
        view! { <p>{t_args("unpacked-size", &[("size", format::bytes(bytes).into())])}</p> }
    });
    let equation = t_args(
        "account-equation",
        &[
            ("read", n(lines.read)),
            ("counted", n(lines.counted)),
            ("skipped", n(lines.skipped_total())),
            ("bad", n(lines.bad)),
        ],
    );
    let skipped = lines
        .skipped
        .iter()
        .map(|(&reason, &count)| {
            view! {
                <tr>
                    <td class="number">{format::number(count)}</td>
                    <td>{skip_reason(reason)}</td>
                </tr>
            }
        })
        .collect_view();
    let has_refusals = !refusals.is_empty();
    let has_skipped = !lines.skipped.is_empty();
    let kept = lines.bad_lines.len() as u64;
    let more = lines.bad.saturating_sub(kept);
    let bad = lines
        .bad_lines
        .into_iter()
        .map(|bad| {
            view! {
                <tr>
                    <td class="number">{format::number(bad.line)}</td>
                    <td class="number">{bad.column.map_or_else(|| t("not-seen"), |c| format::number(c.into()))}</td>
                    <td>{bad_reason(bad.reason)}</td>
                    <td class="excerpt"><LogText text=bad.excerpt/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="account">
            {unpacked}
            <p>{equation}</p>
            {about}
            {has_skipped
                .then(|| {
                    view! {
                        <table class="numbers">
                            <caption>{t("skipped-lines")}</caption>
                            <thead>
                                <tr>
                                    <th scope="col" class="number">{t("lines")}</th>
                                    <th scope="col">{t("why")}</th>
                                </tr>
                            </thead>
                            <tbody>{skipped}</tbody>
                        </table>
                    }
                })}
            {(kept > 0)
                .then(|| {
                    view! {
                        <table class="numbers">
                            <caption>{t("bad-lines")}</caption>
                            <thead>
                                <tr>
                                    <th scope="col" class="number">{t("line")}</th>
                                    <th scope="col" class="number">{t("column")}</th>
                                    <th scope="col">{t("why")}</th>
                                    <th scope="col">{t("excerpt")}</th>
                                </tr>
                            </thead>
                            <tbody>{bad}</tbody>
                        </table>
                        {(more > 0)
                            .then(|| view! { <p class="hint">{t_args("more-bad-lines", &[("n", n(more))])}</p> })}
                    }
                })}
            {has_refusals.then(|| view! { <h2>{t("refusals-in-file")}</h2> })}
            <RefusalsTable refusals=refusals counted=t("lines")/>
        </div>
    }
}
