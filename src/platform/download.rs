//! Handing a blob to the admin as a file.

use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;

/// Long enough for the slowest browser to have taken the blob over.
const KEEP_URL: Duration = Duration::from_secs(60);

/// Saves a blob under a file name, as a download.
///
/// # Errors
/// The browser makes no URL for the blob: nothing is downloaded.
pub fn save(blob: &web_sys::Blob, file_name: &str) -> Result<(), String> {
    let url = web_sys::Url::create_object_url_with_blob(blob).map_err(|error| format!("{error:?}"))?;
    let link = document()
        .create_element("a")
        .ok()
        .and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok())
        .ok_or_else(|| "no link element".to_owned())?;
    link.set_href(&url);
    link.set_download(file_name);
    link.click();
    set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&url);
        },
        KEEP_URL,
    );
    Ok(())
}
