//! The legend of a chart: what is shown, and a switch for each.

use super::chart;
use super::command_bar::domain_name;
use super::format;
use super::i18n::t;
use super::log_text::LogText;
use super::state::Ui;
use crate::chart::{Pattern, SWATCH_HEIGHT, SWATCH_WIDTH, SeriesLook, TILE};
use crate::model::TlsVersion;
use leptos::prelude::*;

/// What an entry stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeriesKey {
    /// A sender domain, or the other ones.
    Domain(Option<String>),
    /// A TLS version.
    Version(TlsVersion),
}

/// An entry of a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it stands for.
    pub key: SeriesKey,
    /// How it is drawn, where the key does not tell.
    pub look: Option<SeriesLook>,
    /// A number beside the name.
    pub detail: Option<String>,
}

/// Which of the entries the reader switched off. Never all of them.
pub fn hidden(entries: &[Entry], off: &[SeriesKey]) -> Vec<bool> {
    let hidden: Vec<bool> = entries.iter().map(|entry| off.contains(&entry.key)).collect();
    if hidden.contains(&false) { hidden } else { vec![false; entries.len()] }
}

/// What is switched off once the entry at a position was pressed. The last one that is on stays on.
fn toggled(entries: &[Entry], off: &[SeriesKey], at: usize) -> Vec<SeriesKey> {
    let mut hidden = hidden(entries, off);
    if let Some(hidden) = hidden.get_mut(at) {
        *hidden = !*hidden;
    }
    if !hidden.contains(&false) {
        return off.to_vec();
    }
    entries.iter().zip(hidden).filter(|(_, hidden)| *hidden).map(|(entry, _)| entry.key.clone()).collect()
}

/// A button for each entry; pressed ones are in the chart.
#[component]
pub fn Legend(
    /// What there is.
    entries: Memo<Vec<Entry>>,
    /// What is switched off.
    off: RwSignal<Vec<SeriesKey>>,
) -> impl IntoView {
    let now = Memo::new(move |_| entries.with(|entries| off.with(|off| hidden(entries, off))));
    let button = move |at: usize, entry: Entry| {
        let is_hidden = move || now.with(|hidden| hidden.get(at) == Some(&true));
        let is_last = move || now.with(|hidden| hidden.iter().filter(|h| !**h).count() == 1) && !is_hidden();
        let (swatch, name) = match entry.key {
            SeriesKey::Version(version) => (tls_swatch(version).into_any(), format::tls(version).into_any()),
            SeriesKey::Domain(domain) => (
                entry.look.map(line_swatch).into_any(),
                match domain {
                    None => t("other-domains").into_any(),
                    Some(domain) if domain.is_empty() => domain_name(&domain).into_any(),
                    Some(domain) => view! { <LogText text=domain/> }.into_any(),
                },
            ),
        };
        let detail = entry.detail.map(|detail| view! { " " <span class="legend-detail">{detail}</span> });
        view! {
            <button
                type="button"
                class="legend-button"
                aria-pressed=move || (!is_hidden()).to_string()
                aria-disabled=move || is_last().to_string()
                on:click=move |_| off.set(entries.with(|entries| off.with(|off| toggled(entries, off, at))))
            >
                {swatch}
                <span class="legend-name">{name} {detail}</span>
            </button>
        }
    };
    view! {
        <div class="chart-legend" role="group" aria-label=t("chart-legend")>
            {move || entries.get().into_iter().enumerate().map(|(at, entry)| button(at, entry)).collect_view()}
        </div>
    }
}

/// A piece of a series' line with its marker.
fn line_swatch(look: SeriesLook) -> impl IntoView {
    let middle = SWATCH_HEIGHT / 2.0;
    view! {
        <svg
            class="swatch line"
            viewBox=format!("0 0 {SWATCH_WIDTH} {SWATCH_HEIGHT}")
            aria-hidden="true"
            focusable="false"
        >
            <line
                x1="0"
                x2=SWATCH_WIDTH.to_string()
                y1=middle.to_string()
                y2=middle.to_string()
                stroke=look.color.line
                stroke-width="2"
                stroke-dasharray=look.dash_array()
            ></line>
            <path d=look.marker_path(SWATCH_WIDTH / 2.0, middle, 4.5) fill=look.color.line></path>
        </svg>
    }
}

/// A TLS version's colour and pattern, as in the charts.
pub fn tls_swatch(version: TlsVersion) -> impl IntoView {
    let ui = Ui::get();
    let tile = Pattern::of(version).tile();
    view! {
        <svg class="swatch" viewBox=format!("0 0 {TILE} {TILE}") aria-hidden="true" focusable="false">
            <rect width="100%" height="100%" fill=move || chart::theme(ui).tls_color(version)></rect>
            <path d=tile fill=move || chart::theme(ui).pattern></path>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(versions: &[TlsVersion]) -> Vec<Entry> {
        versions.iter().map(|v| Entry { key: SeriesKey::Version(*v), look: None, detail: None }).collect()
    }

    #[test]
    fn the_last_entry_stays_on() {
        let all = entries(&[TlsVersion::Tls10, TlsVersion::Tls12]);
        let off = toggled(&all, &[], 0);
        assert_eq!(hidden(&all, &off), [true, false]);
        assert_eq!(toggled(&all, &off, 1), off);
        assert_eq!(toggled(&all, &off, 0), []);
    }

    #[test]
    fn what_was_switched_off_is_shown_where_nothing_else_is_left() {
        let off = [SeriesKey::Version(TlsVersion::Tls10)];
        assert_eq!(hidden(&entries(&[TlsVersion::Tls10]), &off), [false]);
    }
}
