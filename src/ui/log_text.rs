//! Text from a log, which may be anything: shown so that it can neither hide nor rearrange what is around it.

use super::i18n::{n, t_args};
use crate::export::visible::{is_hidden, mark};
use leptos::prelude::*;

/// Characters shown before the rest is folded away.
const SHOWN: usize = 160;
/// Characters a tooltip gets at most.
const TOOLTIP: usize = 1_000;

/// A piece of text from a log.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Harmless characters, as they are.
    Plain(String),
    /// One that would not be seen, spelled out.
    Mark(String),
}

fn pieces(text: impl Iterator<Item = char>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for c in text {
        match pieces.last_mut() {
            _ if is_hidden(c) => pieces.push(Piece::Mark(mark(c))),
            Some(Piece::Plain(run)) => run.push(c),
            _ => pieces.push(Piece::Plain(c.to_string())),
        }
    }
    pieces
}

/// The text as one plain string, hidden characters spelled out, cut to a readable length: for the places that
/// take no elements (an option, an attribute).
pub fn plain(text: &str) -> String {
    let mut shown: String =
        text.chars().take(SHOWN).map(|c| if is_hidden(c) { mark(c) } else { c.to_string() }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

fn render(text: &str, from: usize, to: usize) -> impl IntoView + use<> {
    pieces(text.chars().skip(from).take(to - from))
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(run) => run.into_any(),
            Piece::Mark(mark) => view! { <span class="log-mark">{mark}</span> }.into_any(),
        })
        .collect_view()
}

/// A string from a log: isolated, hidden characters made visible, an overlong one cut with the rest in its
/// tooltip.
#[component]
pub fn LogText(#[prop(into)] text: String) -> impl IntoView {
    let length = text.chars().count();
    if length <= SHOWN {
        return view! { <bdi class="log-text">{render(&text, 0, length)}</bdi> }.into_any();
    }
    let whole: String = pieces(text.chars().take(TOOLTIP))
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(run) | Piece::Mark(run) => run,
        })
        .collect();
    view! { <bdi class="log-text" title=whole>{render(&text, 0, SHOWN)} "…"</bdi> }.into_any()
}

/// The same with all of it: the part beyond a readable length unfolds.
#[component]
pub fn WholeLogText(#[prop(into)] text: String) -> impl IntoView {
    let length = text.chars().count();
    if length <= SHOWN {
        return view! { <LogText text=text/> }.into_any();
    }
    view! {
        <bdi class="log-text">{render(&text, 0, SHOWN)} "…"</bdi>
        <details class="log-more">
            <summary>{t_args("log-text-all", &[("n", n(length as u64))])}</summary>
            <bdi class="log-text">{render(&text, 0, length)}</bdi>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_or_rearranges_is_spelled_out() {
        assert_eq!(plain("a\u{202E}b\u{0}\u{200B}c"), "a⟨U+202E⟩b⟨U+0000⟩⟨U+200B⟩c");
        assert_eq!(plain("müller@contoso.com אבג"), "müller@contoso.com אבג");
        assert_eq!(
            pieces("a\tbc".chars()),
            [Piece::Plain("a".into()), Piece::Mark("⟨U+0009⟩".into()), Piece::Plain("bc".into())]
        );
    }

    #[test]
    fn a_megabyte_is_cut() {
        let long = "x".repeat(1_000_000);
        assert_eq!(plain(&long).chars().count(), SHOWN + 1);
        assert!(plain(&long).ends_with('…'));
    }
}
