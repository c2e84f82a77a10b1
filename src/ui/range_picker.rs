//! Choosing days: presets, or from a date to a date.

use super::i18n::t;
use crate::model::Day;
use crate::report::{DaySpan, Range};
use leptos::prelude::*;

/// What is wrong with the two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeError {
    /// One is missing, or not a date.
    Missing,
    /// The end lies before the start.
    Backwards,
}

impl RangeError {
    /// The message that says it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "range-missing",
            Self::Backwards => "range-backwards",
        }
    }
}

/// A range while it is being chosen. Cheap to copy.
#[derive(Clone, Copy)]
pub struct RangeDraft {
    /// The preset, or `None` while the dates count.
    preset: RwSignal<Option<Range>>,
    start: RwSignal<String>,
    end: RwSignal<String>,
    loaded: Option<DaySpan>,
    today: Day,
}

impl RangeDraft {
    /// Starts from a range.
    pub fn new(range: Range, loaded: Option<DaySpan>, today: Day) -> Self {
        let draft = Self {
            preset: RwSignal::new(None),
            start: RwSignal::new(String::new()),
            end: RwSignal::new(String::new()),
            loaded,
            today,
        };
        draft.choose(range);
        draft
    }

    /// Takes a range over; the dates follow.
    pub fn choose(self, range: Range) {
        self.preset.set((!matches!(range, Range::Between(..))).then_some(range));
        if let Some(days) = range.days(self.loaded, self.today) {
            self.start.set(days.first.to_string());
            self.end.set(days.last.to_string());
        }
    }

    /// What was chosen.
    pub fn value(self) -> Result<Range, RangeError> {
        match self.preset.get() {
            Some(range) => Ok(range),
            None => between(&self.start.read(), &self.end.read()),
        }
    }

    /// How many days that is, as far as it is a range.
    pub fn days(self) -> Option<DaySpan> {
        self.value().ok()?.days(self.loaded, self.today)
    }
}

fn between(start: &str, end: &str) -> Result<Range, RangeError> {
    let day = |text: &str| Day::parse_iso(text).ok_or(RangeError::Missing);
    let (first, last) = (day(start)?, day(end)?);
    if first <= last { Ok(Range::Between(first, last)) } else { Err(RangeError::Backwards) }
}

/// Presets, and the two dates.
#[component]
pub fn RangePicker(
    /// What is being chosen.
    draft: RangeDraft,
    /// For the ids inside; unique in the page.
    id: &'static str,
) -> impl IntoView {
    let presets = [
        (Range::Last(7), "preset-7"),
        (Range::Last(30), "preset-30"),
        (Range::Last(90), "preset-90"),
        (Range::All, "preset-all"),
    ];
    let (min, max) = match draft.loaded {
        Some(loaded) => (Some(loaded.first.to_string()), Some(loaded.last.to_string())),
        None => (None, None),
    };
    let error = move || draft.value().err();
    let date = move |label: &'static str, value: RwSignal<String>| {
        view! {
            <label class="field">
                <span>{t(label)}</span>
                <input
                    type="date"
                    min=min.clone()
                    max=max.clone()
                    prop:value=move || value.get()
                    aria-invalid=move || error().is_some().to_string()
                    aria-describedby=format!("{id}-error")
                    on:input=move |event| {
                        value.set(event_target_value(&event));
                        draft.preset.set(None);
                    }
                />
            </label>
        }
    };
    view! {
        <fieldset class="presets">
            <legend>{t("date-range")}</legend>
            {presets
                .map(|(range, key)| {
                    view! {
                        <label class="preset">
                            <input
                                type="radio"
                                name=format!("{id}-preset")
                                prop:checked=move || draft.preset.get() == Some(range)
                                on:change=move |_| draft.choose(range)
                            />
                            <span>{t(key)}</span>
                        </label>
                    }
                })}
        </fieldset>
        <div class="field-row">
            {date("start-date", draft.start)}
            {date("end-date", draft.end)}
        </div>
        <p class="field-error" id=format!("{id}-error") role="alert">
            {move || error().map(|error| t(error.key()))}
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_end_with_the_newest_day_that_is_not_in_the_future() {
        let loaded = Some(DaySpan { first: Day(100), last: Day(190) });
        let week = |today| Range::Last(7).days(loaded, Day(today));
        assert_eq!(week(500), Some(DaySpan { first: Day(184), last: Day(190) }));
        assert_eq!(week(180), Some(DaySpan { first: Day(174), last: Day(180) }));
        assert_eq!(Range::Last(7).days(None, Day(500)), None);
    }

    #[test]
    fn two_dates_make_a_range_only_in_order() {
        assert_eq!(between("1970-01-02", "1970-01-02"), Ok(Range::Between(Day(1), Day(1))));
        assert_eq!(between("1970-01-03", "1970-01-02"), Err(RangeError::Backwards));
        assert_eq!(between("", "1970-01-02"), Err(RangeError::Missing));
    }
}
