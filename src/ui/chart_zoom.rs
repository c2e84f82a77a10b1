//! Zoom: days chosen on the chart, by dragging or by keyboard, become the report's days.

use super::chart::Drawn;
use super::format;
use super::i18n::{n, t, t_args};
use super::icons::{Icon, icon};
use super::kept::Kept;
use super::state::Ui;
use crate::chart::{DayCursor, PlotArea, volume_ticks};
use crate::model::Day;
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
        provide_context(Self { ui: Ui::get(), done: Kept::get().zoom });
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

/// Days while they are being chosen. Cheap to copy.
#[derive(Clone, Copy)]
struct Choosing {
    zoom: Zoom,
    drawn: Drawn,
    volume: Memo<SendingVolume>,
    hidden: Memo<Vec<bool>>,
    days: Memo<Vec<Day>>,
    cursor: RwSignal<DayCursor>,
    chosen: Memo<Option<DaySpan>>,
    /// Where the days were when some were last chosen.
    area: RwSignal<PlotArea>,
    /// Where the pointer was pressed, and whether it was dragged since.
    pressed: StoredValue<Option<(f64, bool)>>,
}

impl Choosing {
    fn new(volume: Memo<SendingVolume>, hidden: Memo<Vec<bool>>, drawn: Drawn) -> Self {
        let days = Memo::new(move |_| volume.with(|volume| volume.days.clone()));
        let cursor = RwSignal::new(DayCursor::default());
        let span = move |(first, last): (usize, usize)| {
            days.with(|days| Some(DaySpan { first: *days.get(first)?, last: *days.get(last)? }))
        };
        Effect::new(move |_| {
            cursor.set(DayCursor::new(days.with(|days| days.len().saturating_sub(1))));
        });
        Self {
            zoom: expect_context(),
            drawn,
            volume,
            hidden,
            days,
            cursor,
            chosen: Memo::new(move |_| cursor.get().chosen().and_then(span)),
            area: RwSignal::new(PlotArea::default()),
            pressed: StoredValue::new(None),
        }
    }

    fn count(self) -> usize {
        self.days.with_untracked(Vec::len)
    }

    /// Where the days are now.
    fn measure(self) -> Option<PlotArea> {
        let max = self
            .volume
            .with_untracked(|volume| self.hidden.with_untracked(|hidden| volume_ticks(volume, hidden).max));
        let area = (self.count() > 1).then(|| self.drawn.plot_area(self.count(), max)).flatten()?;
        self.area.set(area);
        Some(area)
    }

    fn apply(self) {
        if let Some(days) = self.chosen.get_untracked() {
            self.zoom.zoom(days);
        }
        self.cursor.update(DayCursor::clear);
        self.drawn.tip(None);
    }

    fn press(self, event: &PointerEvent) {
        let (x, y) = dom::pointer_place(event);
        if event.is_primary() && event.button() == 0 && self.measure().is_some_and(|area| area.holds(x, y)) {
            self.pressed.set_value(Some((x, false)));
        }
    }

    fn drag(self, event: &PointerEvent) {
        let Some((from, is_drag)) = self.pressed.get_value() else { return };
        let (x, _) = dom::pointer_place(event);
        if !is_drag && (x - from).abs() < DRAG_PX {
            return;
        }
        if !is_drag {
            dom::capture_pointer(event);
            self.pressed.set_value(Some((from, true)));
        }
        let day_at = |x| self.area.get_untracked().day_at(x, self.count());
        self.cursor.update(|cursor| {
            cursor.go(day_at(from), false);
            cursor.go(day_at(x), true);
        });
    }

    fn lift(self) {
        if let Some((_, true)) = self.pressed.get_value() {
            self.apply();
        }
        self.pressed.set_value(None);
    }

    fn cancel(self) {
        if self.pressed.get_value().is_some() {
            self.pressed.set_value(None);
            self.cursor.update(DayCursor::clear);
        }
    }

    fn show_tip(self) {
        if let Some(area) = self.measure() {
            let x = area.x_of(self.cursor.get_untracked().at, self.count());
            self.drawn.tip(Some((x, f64::midpoint(area.top, area.bottom))));
        }
    }

    fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let key = event.key();
        let is_chosen = self.chosen.with_untracked(Option::is_some);
        if let Some(day) = self.cursor.get_untracked().day_by_key(&key, self.count()) {
            self.cursor.update(|cursor| cursor.go(day, event.shift_key()));
            self.show_tip();
        } else if key == "Enter" && is_chosen {
            self.apply();
        } else if key == "Escape" && is_chosen {
            self.cursor.update(DayCursor::clear);
        } else {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn leave(self) {
        self.drawn.tip(None);
        self.cursor.update(DayCursor::clear);
    }

    /// What is chosen, else the day that the keyboard is at, for screen readers.
    fn told(self) -> String {
        if let Some(days) = self.chosen.get() {
            return t_args("chart-days-chosen", &[("days", format::span(days).into())]);
        }
        let at = self.cursor.get().at;
        self.volume.with(|volume| self.hidden.with(|hidden| day_text(volume, hidden, at)))
    }

    /// What is chosen, else how to choose.
    fn hint(self) -> String {
        let Some(days) = self.chosen.get() else { return t("chart-zoom-hint") };
        let length = u64::try_from(days.last.0 - days.first.0 + 1).unwrap_or(0);
        t_args("chart-zoom-choosing", &[("n", n(length)), ("days", format::span(days).into())])
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
    let choosing = Choosing::new(volume, hidden, drawn);
    let days = choosing.days;
    let several = Memo::new(move |_| days.with(|days| days.len() > 1));
    let marked = move || {
        choosing.cursor.get().chosen().map(|(first, last)| {
            let (area, count) = (choosing.area.get(), choosing.count());
            let (left, right) = (area.x_of(first, count), area.x_of(last, count));
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
    view! {
        <div
            class="chart-frame"
            class:can-zoom=move || several.get()
            on:pointerdown=move |event| choosing.press(&event)
            on:pointermove=move |event| choosing.drag(&event)
            on:pointerup=move |_| choosing.lift()
            on:pointercancel=move |_| choosing.cancel()
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
                    aria-valuenow=move || (choosing.cursor.get().at + 1).to_string()
                    aria-valuetext=move || choosing.told()
                    on:keydown=move |event| choosing.key(&event)
                    on:focus=move |_| choosing.show_tip()
                    on:blur=move |_| choosing.leave()
                ></div>
            </Show>
        </div>
        <Show when=move || several.get()>
            <p class="hint chart-hint" id=HINT_ID>{move || choosing.hint()}</p>
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
