//! Zoom: days chosen on the chart, by dragging or by keyboard, become the report's days.

use super::chart::Drawn;
use super::format;
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::state::Ui;
use crate::chart::{DayCursor, PlotArea, volume_ticks};
use crate::platform::dom;
use crate::report::{DaySpan, Range, SendingVolume};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

/// A drag begins when the pointer has moved so many pixels; less is a click.
const DRAG_PX: f64 = 6.0;
const KEYBOARD_ID: &str = "chart-days";
const HINT_ID: &str = "chart-zoom-hint";

/// The zoom of the report. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Zoom {
    ui: Ui,
    /// The range before, and the one zoomed to.
    done: RwSignal<Option<(Range, Range)>>,
}

impl Zoom {
    /// Makes the zoom that everything below uses.
    pub fn provide() {
        provide_context(Self { ui: Ui::get(), done: RwSignal::new(None) });
    }

    /// What the report zoomed to, as long as it shows just that.
    fn current(self) -> Option<(Range, Range)> {
        let range = self.ui.query().with(|query| query.range);
        self.done.get().filter(|(_, to)| *to == range)
    }

    fn zoom(self, days: DaySpan) {
        let to = Range::Between(days.first, days.last);
        let now = self.ui.query().with_untracked(|query| query.range);
        // Zooming in further goes back to where it all began.
        let before = untrack(move || self.current()).map_or(now, |(before, _)| before);
        self.done.set(Some((before, to)));
        self.ui.ask(|query| query.range = to);
    }

    fn reset(self) {
        if let Some((before, _)) = self.done.get_untracked() {
            self.ui.ask(|query| query.range = before);
            self.done.set(None);
        }
    }
}

/// *Reset zoom*, while there is something to reset; says what was zoomed to.
#[component]
pub fn ResetZoom() -> impl IntoView {
    let zoom: Zoom = expect_context();
    let said = move || match zoom.current() {
        Some((_, Range::Between(first, last))) => {
            t_args("chart-zoomed", &[("days", format::span(DaySpan { first, last }).into())])
        }
        _ => String::new(),
    };
    let can_reset = Memo::new(move |_| zoom.current().is_some());
    view! {
        <p class="visually-hidden" role="status">{said}</p>
        <Show when=move || can_reset.get()>
            <button
                type="button"
                class="button small"
                on:click=move |_| {
                    zoom.reset();
                    // This button is about to go.
                    dom::focus_id(KEYBOARD_ID);
                }
            >
                {icon(Icon::Search)}
                <span>{t("chart-reset-zoom")}</span>
            </button>
        </Show>
    }
}

/// The frame of the *Sending Volume* chart in which days can be chosen.
#[component]
pub fn ZoomFrame(
    /// What the chart shows.
    volume: Memo<SendingVolume>,
    /// The series that are switched off.
    hidden: Memo<Vec<bool>>,
    /// The chart.
    drawn: Drawn,
    children: Children,
) -> impl IntoView {
    let zoom: Zoom = expect_context();
    let days = Memo::new(move |_| volume.with(|volume| volume.days.clone()));
    let count = move || days.with_untracked(Vec::len);
    let cursor = RwSignal::new(DayCursor::default());
    // Where the days were when some were last chosen.
    let area = RwSignal::new(PlotArea::default());
    let pressed = StoredValue::new(None::<(f64, bool)>);
    let measure = move || {
        let max = untrack(|| volume.with(|volume| hidden.with(|hidden| volume_ticks(volume, hidden).max)));
        let found = (count() > 1).then(|| drawn.plot_area(count(), max)).flatten();
        if let Some(found) = found {
            area.set(found);
        }
        found
    };
    let span = move |(first, last): (usize, usize)| {
        days.with(|days| Some(DaySpan { first: *days.get(first)?, last: *days.get(last)? }))
    };
    let chosen = Memo::new(move |_| cursor.get().chosen().and_then(span));
    let apply = move || {
        if let Some(days) = chosen.get_untracked() {
            zoom.zoom(days);
        }
        cursor.update(DayCursor::clear);
        drawn.tip(None);
    };
    Effect::new(move |_| cursor.set(DayCursor::new(days.with(|days| days.len().saturating_sub(1)))));

    let on_down = move |event: PointerEvent| {
        let (x, y) = dom::pointer_place(&event);
        if event.is_primary() && event.button() == 0 && measure().is_some_and(|area| area.holds(x, y)) {
            pressed.set_value(Some((x, false)));
        }
    };
    let on_move = move |event: PointerEvent| {
        let Some((from, is_drag)) = pressed.get_value() else { return };
        let (x, _) = dom::pointer_place(&event);
        if !is_drag && (x - from).abs() < DRAG_PX {
            return;
        }
        if !is_drag {
            dom::capture_pointer(&event);
            drawn.tip(None);
            pressed.set_value(Some((from, true)));
        }
        let day_at = |x| area.get_untracked().day_at(x, count());
        cursor.update(|cursor| {
            cursor.go(day_at(from), false);
            cursor.go(day_at(x), true);
        });
    };
    let on_up = move |_: PointerEvent| {
        if let Some((_, true)) = pressed.get_value() {
            apply();
        }
        pressed.set_value(None);
    };
    let on_cancel = move |_: PointerEvent| {
        if pressed.get_value().is_some() {
            pressed.set_value(None);
            cursor.update(DayCursor::clear);
        }
    };

    let show_tip = move || {
        if let Some(area) = measure() {
            let x = area.x_of(cursor.get_untracked().at, count());
            drawn.tip(Some((x, f64::midpoint(area.top, area.bottom))));
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let key = event.key();
        let is_chosen = chosen.with_untracked(Option::is_some);
        if let Some(day) = cursor.get_untracked().day_by_key(&key, count()) {
            cursor.update(|cursor| cursor.go(day, event.shift_key()));
            show_tip();
        } else if key == "Enter" && is_chosen {
            apply();
        } else if key == "Escape" && is_chosen {
            cursor.update(DayCursor::clear);
        } else {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let on_blur = move |_| {
        drawn.tip(None);
        cursor.update(DayCursor::clear);
    };
    let told = move || {
        if let Some(days) = chosen.get() {
            return t_args("chart-days-chosen", &[("days", format::span(days).into())]);
        }
        volume.with(|volume| hidden.with(|hidden| day_text(volume, hidden, cursor.get().at)))
    };
    let marked = move || {
        cursor.get().chosen().map(|(first, last)| {
            let area = area.get();
            let (left, right) = (area.x_of(first, count()), area.x_of(last, count()));
            view! {
                <rect
                    x=format!("{left:.1}")
                    y=format!("{:.1}", area.top)
                    width=format!("{:.1}", right - left)
                    height=format!("{:.1}", area.bottom - area.top)
                ></rect>
            }
        })
    };
    let hint = move || match chosen.get() {
        Some(days) => t_args(
            "chart-zoom-choosing",
            &[
                ("n", n(u64::try_from(days.last.0 - days.first.0 + 1).unwrap_or(0))),
                ("days", format::span(days).into()),
            ],
        ),
        None => t("chart-zoom-hint"),
    };
    let several = Memo::new(move |_| days.with(|days| days.len() > 1));
    view! {
        <div
            class="chart-frame"
            class:can-zoom=move || several.get()
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=on_cancel
        >
            {children()}
            <svg class="chart-overlay" aria-hidden="true" focusable="false">{marked}</svg>
            <Show when=move || several.get()>
                <div
                    class="chart-days"
                    id=KEYBOARD_ID
                    role="slider"
                    tabindex="0"
                    aria-label=t("chart-days")
                    aria-describedby=HINT_ID
                    aria-valuemin="1"
                    aria-valuemax=move || days.with(Vec::len).to_string()
                    aria-valuenow=move || (cursor.get().at + 1).to_string()
                    aria-valuetext=told
                    on:keydown=on_key
                    on:focus=move |_| show_tip()
                    on:blur=on_blur
                ></div>
            </Show>
        </div>
        <Show when=move || several.get()>
            <p class="hint chart-hint" id=HINT_ID>{hint}</p>
        </Show>
    }
}

/// A day with its messages in the series that are shown.
fn day_text(volume: &SendingVolume, hidden: &[bool], at: usize) -> String {
    let Some(&day) = volume.days.get(at) else { return String::new() };
    let shown = volume.series.iter().enumerate().filter(|&(i, _)| hidden.get(i) != Some(&true));
    let messages = shown
        .filter_map(|(_, series)| series.messages.get(at).copied().flatten())
        .reduce(u64::saturating_add);
    let day = format::day(day);
    match messages {
        Some(messages) => t_args(
            "chart-day-messages",
            &[("day", day.into()), ("messages", format::number(messages).into())],
        ),
        None => t_args("chart-day-no-logs", &[("day", day.into())]),
    }
}
