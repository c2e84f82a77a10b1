//! How far the reading is, without getting in the way.

use super::format;
use super::i18n::{n, t, t_args};
use super::state::Ui;
use crate::aggregate::Totals;
use crate::worker::messages::Progress;
use leptos::prelude::*;

/// Before this there is no telling how fast it goes.
const SETTLED_MS: f64 = 500.0;

/// A label, and what of the counts stands behind it.
type Figure = (&'static str, fn(&Totals) -> u64);

/// The figures that are shown before there is a report.
const TOTALS: [Figure; 4] = [
    ("messages", Totals::messages),
    ("sessions", Totals::sessions),
    ("failed-sign-ins", |totals| totals.failed_signins),
    ("lines", |totals| totals.lines),
];

/// A panel at the bottom while files are being read.
#[component]
pub fn ProgressPanel() -> impl IntoView {
    let ui = Ui::get();
    let reading = Memo::new(move |_| ui.client.progress.with(Option::is_some));
    let progress = move || ui.client.progress.get().unwrap_or_default();
    // Read out in quarters only.
    let quarter = Memo::new(move |_| ui.client.progress.with(|p| p.as_ref().map(|p| percent(p) / 25 * 25)));
    view! {
        <Show when=move || reading.get()>
            <section class="progress-panel" aria-label=t("progress-label")>
                <div class="progress-head">
                    <strong>
                        {move || {
                            let progress = progress();
                            t_args(
                                "progress-files",
                                &[("done", n(progress.files_done)), ("total", n(progress.files_total))],
                            )
                        }}
                    </strong>
                    <button type="button" class="button small" on:click=move |_| ui.client.cancel()>
                        {t("cancel")}
                    </button>
                </div>
                <progress
                    max="100"
                    value=move || percent(&progress()).to_string()
                    aria-label=t("progress-label")
                ></progress>
                <p class="progress-text">{move || detail(&progress())}</p>
                // There from the first moment, so that nothing moves, and in no live region.
                <p class="progress-caption" id="progress-totals">{t("progress-totals")}</p>
                <dl class="progress-totals" aria-labelledby="progress-totals">
                    {TOTALS
                        .map(|(label, value)| {
                            view! {
                                <div>
                                    <dt>{t(label)}</dt>
                                    <dd>{move || format::number(value(&progress().totals))}</dd>
                                </div>
                            }
                        })
                        .collect_view()}
                </dl>
            </section>
        </Show>
        <p class="visually-hidden" role="status">
            {move || quarter.get().map(|quarter| t_args("progress-said", &[("percent", n(quarter))]))}
        </p>
    }
}

fn percent(progress: &Progress) -> u64 {
    if progress.bytes_total == 0 {
        return 0;
    }
    (progress.bytes_done.saturating_mul(100) / progress.bytes_total).min(100)
}

/// `42% · 310.5 MB/s · 12 seconds left`
fn detail(progress: &Progress) -> String {
    let mut parts = vec![t_args("progress-percent", &[("percent", n(percent(progress)))])];
    if progress.elapsed_ms >= SETTLED_MS && progress.bytes_done > 0 {
        let per_second = progress.bytes_done as f64 / (progress.elapsed_ms / 1000.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let speed = format::bytes(per_second as u64);
        parts.push(t_args("progress-speed", &[("size", speed.into())]));
        let left = progress.bytes_total.saturating_sub(progress.bytes_done) as f64 / per_second;
        parts.push(format::time_left(left));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_never_exceeds_the_whole_and_nothing_is_none_of_it() {
        let at =
            |bytes_done, bytes_total| percent(&Progress { bytes_done, bytes_total, ..Progress::default() });
        assert_eq!((at(0, 0), at(1, 3), at(3, 3), at(5, 3)), (0, 33, 100, 100));
    }
}
