//! `ECharts`, which the page brings along as the global `echarts`.

use super::dom::{SizeObserver, observe_size};
use super::error_text;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Instance;
    #[wasm_bindgen(js_namespace = echarts, catch)]
    fn init(element: &web_sys::HtmlElement) -> Result<Instance, JsValue>;
    #[wasm_bindgen(method, js_name = setOption, catch)]
    fn set_option(this: &Instance, option: &JsValue, not_merge: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn resize(this: &Instance);
    #[wasm_bindgen(method)]
    fn dispose(this: &Instance);
}

/// A chart in an element; follows the element's size, and is gone when dropped.
pub struct Chart {
    instance: std::rc::Rc<Instance>,
    _size: Option<SizeObserver>,
}

impl Chart {
    /// Takes the element over.
    ///
    /// # Errors
    /// `ECharts` is not there, or refuses the element: the browser's words.
    pub fn new(element: &web_sys::HtmlElement) -> Result<Self, String> {
        let instance = std::rc::Rc::new(init(element).map_err(|error| error_text(&error))?);
        let resized = std::rc::Rc::clone(&instance);
        let size = observe_size(element, move || resized.resize());
        Ok(Self { instance, _size: size })
    }

    /// Shows an option (`ECharts`' JSON) in place of what was there.
    ///
    /// # Errors
    /// Not JSON, or not an option: the browser's words.
    pub fn show(&self, option: &str) -> Result<(), String> {
        let option = js_sys::JSON::parse(option).map_err(|error| error_text(&error))?;
        self.instance.set_option(&option, true).map_err(|error| error_text(&error))
    }
}

impl Drop for Chart {
    fn drop(&mut self) {
        self.instance.dispose();
    }
}
