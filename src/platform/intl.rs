//! Numbers and dates in the reader's language, through the browser's `Intl`.

use crate::model::Day;
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::prelude::*;

// Of our own rather than js-sys's: two constructors and `format` are all we need.
#[wasm_bindgen]
extern "C" {
    type NumberFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = "NumberFormat")]
    fn new(locale: &str, options: &JsValue) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: f64) -> String;

    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = "DateTimeFormat")]
    fn new(locale: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &DateTimeFormat, unix_ms: f64) -> String;
}

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberStyle {
    /// `12,345`
    Integer,
    /// `12.3`
    OneDecimal,
    /// `96.35%`, from a share of 0 to 1.
    Percent,
}

impl NumberStyle {
    const fn options(self) -> &'static str {
        match self {
            Self::Integer => r#"{"maximumFractionDigits":0}"#,
            Self::OneDecimal => r#"{"minimumFractionDigits":1,"maximumFractionDigits":1}"#,
            Self::Percent => r#"{"style":"percent","minimumFractionDigits":2,"maximumFractionDigits":2}"#,
        }
    }
}

/// How an instant is written. Always UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// `Nov 22, 2026`
    Day,
    /// `11/22`
    MonthDay,
    /// `Nov 22, 2026, 14:05`
    Minute,
    /// `14:05`
    Time,
}

impl DateStyle {
    const fn options(self) -> &'static str {
        match self {
            Self::Day => r#"{"timeZone":"UTC","year":"numeric","month":"short","day":"numeric"}"#,
            Self::MonthDay => r#"{"timeZone":"UTC","month":"2-digit","day":"2-digit"}"#,
            Self::Time => r#"{"timeZone":"UTC","hour":"2-digit","minute":"2-digit","hourCycle":"h23"}"#,
            Self::Minute => {
                r#"{"timeZone":"UTC","year":"numeric","month":"short","day":"numeric","hour":"2-digit","minute":"2-digit","hourCycle":"h23"}"#
            }
        }
    }
}

/// Formatters cost about a millisecond to make and are used thousands of times.
#[derive(Default)]
struct Formatters {
    numbers: HashMap<(&'static str, NumberStyle), NumberFormat>,
    dates: HashMap<(&'static str, DateStyle), DateTimeFormat>,
}

thread_local! {
    static FORMATTERS: RefCell<Formatters> = RefCell::default();
}

/// A number as the language writes it.
pub fn number(locale: &'static str, style: NumberStyle, value: f64) -> String {
    FORMATTERS.with_borrow_mut(|formatters| {
        let key = (locale, style);
        if !formatters.numbers.contains_key(&key)
            && let Ok(made) = NumberFormat::new(locale, &options(style.options()))
        {
            formatters.numbers.insert(key, made);
        }
        formatters.numbers.get(&key).map_or_else(|| value.to_string(), |f| f.format(value))
    })
}

/// An instant (Unix milliseconds) as the language writes it, in UTC.
pub fn date(locale: &'static str, style: DateStyle, unix_ms: i64) -> String {
    FORMATTERS.with_borrow_mut(|formatters| {
        let key = (locale, style);
        if !formatters.dates.contains_key(&key)
            && let Ok(made) = DateTimeFormat::new(locale, &options(style.options()))
        {
            formatters.dates.insert(key, made);
        }
        formatters
            .dates
            .get(&key)
            .map_or_else(|| Day::from_unix_ms(unix_ms).to_string(), |f| f.format(unix_ms as f64))
    })
}

fn options(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap_or(JsValue::UNDEFINED)
}
