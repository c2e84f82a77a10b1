//! `ECharts`, which the page brings along as the global `echarts`.

use super::boot::need_charts;
use super::dom::{SizeObserver, observe_size};
use super::error_text;
use crate::chart::PlotArea;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Instance;
    #[wasm_bindgen(js_namespace = echarts, catch)]
    fn init(element: &web_sys::HtmlElement) -> Result<Instance, JsValue>;
    #[wasm_bindgen(method, js_name = setOption, catch)]
    fn set_option(this: &Instance, option: &JsValue, how: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, js_name = convertToPixel, catch)]
    fn convert_to_pixel(this: &Instance, finder: &JsValue, value: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = dispatchAction, catch)]
    fn dispatch_action(this: &Instance, action: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, js_name = getWidth)]
    fn width(this: &Instance) -> f64;
    #[wasm_bindgen(method, js_name = getHeight)]
    fn height(this: &Instance) -> f64;
    #[wasm_bindgen(method)]
    fn resize(this: &Instance);
    #[wasm_bindgen(method)]
    fn dispose(this: &Instance);
}

/// How a chart writes a number; `None` is one that is not known.
type NumberFormat = Closure<dyn Fn(JsValue) -> String>;

/// A chart in an element; follows the element's size, and is gone when dropped.
pub struct Chart {
    instance: Rc<Instance>,
    number: NumberFormat,
    _size: Option<SizeObserver>,
}

impl Chart {
    /// Takes the element over. Numbers on axes and in tooltips are written by `number`.
    ///
    /// # Errors
    /// `ECharts` is not there, or refuses the element: the browser's words.
    pub fn new(
        element: &web_sys::HtmlElement,
        number: impl Fn(Option<f64>) -> String + 'static,
    ) -> Result<Self, String> {
        need_charts()?;
        let instance = Rc::new(init(element).map_err(|error| error_text(&error))?);
        let resized = Rc::clone(&instance);
        let observed = element.clone();
        let size = observe_size(element, move || {
            // The first call tells of no change, and a resize draws everything anew.
            let is_same = |drawn: f64, now: i32| (drawn - f64::from(now)).abs() < 1.0;
            if !is_same(resized.width(), observed.client_width())
                || !is_same(resized.height(), observed.client_height())
            {
                resized.resize();
            }
        });
        let number = Closure::new(move |value: JsValue| number(value.as_f64()));
        Ok(Self { instance, number, _size: size })
    }

    /// Shows an option (`ECharts`' JSON) in place of what was there. Mostly with the next frame, so that a task which also
    /// changes the page stays short, and of several options in a row only the last is drawn; `at_once` for paper, for
    /// which no frame comes.
    ///
    /// `ECharts` groups digits as English does. Its only way to another language is a function, which JSON has not; so
    /// the axis of numbers on the left and the tooltip of an axis get ours.
    ///
    /// # Errors
    /// Not JSON, or not an option: the browser's words.
    pub fn show(&self, option: &str, at_once: bool) -> Result<(), String> {
        let option = js_sys::JSON::parse(option).map_err(|error| error_text(&error))?;
        let axis = get(&option, "yAxis");
        if is(&get(&axis, "type"), "value") {
            set(&get(&axis, "axisLabel"), "formatter", self.number.as_ref());
        }
        let tooltip = get(&option, "tooltip");
        if is(&get(&tooltip, "trigger"), "axis") {
            set(&tooltip, "valueFormatter", self.number.as_ref());
        }
        let how = js_sys::Object::new();
        set(&how, "notMerge", &true.into());
        set(&how, "lazyUpdate", &(!at_once).into());
        self.instance.set_option(&option, &how).map_err(|error| error_text(&error))
    }

    /// Where so many days lie, and numbers up to the greatest one. `None` for a chart without such axes.
    pub fn plot_area(&self, days: usize, max: u64) -> Option<PlotArea> {
        let pixel = |axis: &str, value: f64| {
            let finder = js_sys::Object::new();
            set(&finder, axis, &0.into());
            let pixel = self.instance.convert_to_pixel(&finder, value).ok()?.as_f64()?;
            pixel.is_finite().then_some(pixel)
        };
        Some(PlotArea {
            left: pixel("xAxisIndex", 0.0)?,
            right: pixel("xAxisIndex", days.checked_sub(1)? as f64)?,
            top: pixel("yAxisIndex", max as f64)?,
            bottom: pixel("yAxisIndex", 0.0)?,
        })
    }

    /// Shows the tooltip of a place, as if the pointer were there; without one, hides it.
    pub fn tip(&self, place: Option<(f64, f64)>) {
        let action = js_sys::Object::new();
        if let Some((x, y)) = place {
            set(&action, "type", &"showTip".into());
            set(&action, "x", &x.into());
            set(&action, "y", &y.into());
        } else {
            set(&action, "type", &"hideTip".into());
        }
        // Fails only where there is nothing to tell of.
        let _ = self.instance.dispatch_action(&action);
    }
}

impl Drop for Chart {
    fn drop(&mut self) {
        self.instance.dispose();
    }
}

fn get(object: &JsValue, key: &str) -> JsValue {
    // What is no object has no properties.
    js_sys::Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(object, &key.into(), value);
}

fn is(value: &JsValue, text: &str) -> bool {
    value.as_string().as_deref() == Some(text)
}
