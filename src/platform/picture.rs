//! Pictures to blobs.

use super::error_text;
use futures_channel::oneshot;
use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// An SVG document as a file.
///
/// # Errors
/// The browser's words.
pub fn svg(document: &str) -> Result<web_sys::Blob, String> {
    let parts = js_sys::Array::of1(&JsValue::from_str(document));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).map_err(|error| error_text(&error))
}

/// An SVG document of a size in pixels as a PNG picture, `scale` times as large.
///
/// # Errors
/// The browser's words: it cannot draw the document, or has no memory for the picture.
pub async fn png(svg: &str, width: u32, height: u32, scale: u32) -> Result<web_sys::Blob, String> {
    let image = web_sys::HtmlImageElement::new().map_err(|error| error_text(&error))?;
    // A `data:` URL and not a `blob:` one: some browsers would not give out a canvas with the latter.
    image.set_src(&format!(
        "data:image/svg+xml;charset=utf-8,{}",
        String::from(js_sys::encode_uri_component(svg))
    ));
    JsFuture::from(image.decode()).await.map_err(|error| error_text(&error))?;
    let canvas: web_sys::HtmlCanvasElement = document()
        .create_element("canvas")
        .map_err(|error| error_text(&error))?
        .dyn_into()
        .map_err(|_| "no canvas".to_owned())?;
    canvas.set_width(width * scale);
    canvas.set_height(height * scale);
    let context: web_sys::CanvasRenderingContext2d = canvas
        .get_context("2d")
        .map_err(|error| error_text(&error))?
        .and_then(|context| context.dyn_into().ok())
        .ok_or("no 2d context")?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(
            &image,
            0.0,
            0.0,
            f64::from(width * scale),
            f64::from(height * scale),
        )
        .map_err(|error| error_text(&error))?;
    let (made, making) = oneshot::channel();
    let on_made = Closure::once_into_js(move |blob: JsValue| {
        // Nobody waits any more: then nobody wants it.
        let _ = made.send(blob);
    });
    canvas.to_blob(on_made.unchecked_ref()).map_err(|error| error_text(&error))?;
    let blob = making.await.map_err(|_| "no answer".to_owned())?;
    blob.dyn_into().map_err(|_| "no picture".to_owned())
}
