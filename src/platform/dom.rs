//! Window, document and the few element methods the views need.

use crate::model::Day;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Today, as a UTC day. The only clock of the page.
#[allow(clippy::cast_possible_truncation)] // milliseconds since 1970 fit an i64
pub fn today() -> Day {
    Day::from_unix_ms(js_sys::Date::now() as i64)
}

/// The URL's hash with its `#`, or nothing.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Sets the URL's hash: a new entry in the history, unless it is the same already.
pub fn set_hash(hash: &str) {
    // Fails only where the document may not navigate itself; then the address bar stays behind, nothing else.
    let _ = window().location().set_hash(hash);
}

/// Calls back whenever the hash changes: back, forward, a link, an edited address.
pub fn on_hash_change(callback: impl Fn() + 'static) {
    let _ = window_event_listener(leptos::ev::hashchange, move |_| callback());
}

/// The window's title.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// The language of the document, as a BCP 47 tag.
pub fn set_language(tag: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", tag);
    }
}

/// Whether the page is `light`, `dark` or as the `system` has it: the style sheets go by it.
pub fn set_theme(code: &str) {
    if let Some(root) = document().document_element() {
        let _ = if code == "system" {
            root.remove_attribute("data-theme")
        } else {
            root.set_attribute("data-theme", code)
        };
    }
}

/// The languages that the reader set in the browser, as BCP 47 tags, best first.
pub fn languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// Scrolls the page to its top.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Once the document is there again, scrolls it to where it is now.
pub fn stay_here() {
    let top = window().scroll_y().unwrap_or_default();
    if top > 0.0 {
        request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, top));
    }
}

/// Whether a media query holds, now and later.
pub fn media(query: &str) -> ReadSignal<bool> {
    let (matches, set_matches) = signal(false);
    if let Ok(Some(list)) = window().match_media(query) {
        set_matches.set(list.matches());
        let watched = list.clone();
        let on_change = Closure::<dyn Fn()>::new(move || set_matches.set(watched.matches()));
        list.set_onchange(Some(on_change.as_ref().unchecked_ref()));
        // Asked once for the whole life of the page; the browser must keep both.
        on_change.forget();
        std::mem::forget(list);
    }
    matches
}

/// The root font size in pixels: 1 rem.
pub fn rem_px() -> f64 {
    document()
        .document_element()
        .and_then(|root| window().get_computed_style(&root).ok().flatten())
        .and_then(|style| style.get_property_value("font-size").ok())
        .and_then(|size| size.trim_end_matches("px").parse().ok())
        .unwrap_or(16.0)
}

/// Moves the keyboard focus to the element with this id.
pub fn focus_id(id: &str) {
    if let Some(element) =
        document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}

/// Moves the keyboard focus to the element with this id once what is being put on the page is there.
pub fn focus_id_soon(id: &'static str) {
    // One frame for the view, and one for a dialog that opens in it.
    request_animation_frame(move || request_animation_frame(move || focus_id(id)));
}

/// Moves the keyboard focus to the element with this id, or to one of the elements in it, by its number.
pub fn focus_part(id: &str, part: Option<usize>) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let part = part.and_then(|i| element.children().item(u32::try_from(i).ok()?));
    if let Ok(element) = part.unwrap_or(element).dyn_into::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}

/// Which of the elements in the one that is listened to an event came from; `None` if it came from itself.
pub fn part_of(event: &web_sys::Event) -> Option<usize> {
    let whole = event.current_target()?.dyn_into::<web_sys::Element>().ok()?;
    let target = event.target()?.dyn_into::<web_sys::Node>().ok()?;
    let parts = whole.children();
    (0..parts.length())
        .find(|&i| parts.item(i).is_some_and(|part| part.contains(Some(&target))))
        .and_then(|i| usize::try_from(i).ok())
}

/// Whether an event came from inside an element that a selector names.
pub fn is_in(event: &web_sys::Event, selector: &str) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Whether text of the page is marked.
pub fn is_text_selected() -> bool {
    window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}

/// Puts the elements with these ids in this order inside their parent, if they are not. One that has the focus is not
/// moved, for it would lose it.
pub fn put_in_order(parent: &web_sys::Element, ids: impl Iterator<Item = String>) {
    let elements: Vec<web_sys::Element> = ids.filter_map(|id| document().get_element_by_id(&id)).collect();
    let is_in_order = elements
        .iter()
        .zip(elements.iter().skip(1))
        .all(|(a, b)| a.compare_document_position(b) & web_sys::Node::DOCUMENT_POSITION_FOLLOWING != 0);
    if is_in_order {
        return;
    }
    let focused = document().active_element();
    let still = elements.iter().find(|element| element.contains(focused.as_deref()));
    let end = parent.last_element_child().and_then(|last| last.next_sibling());
    let mut before = still.map(|still| -> web_sys::Node { still.clone().into() });
    for element in &elements {
        if Some(element) == still {
            before = None;
        } else {
            let _ = parent.insert_before(element, before.as_ref().or(end.as_ref()));
        }
    }
}

/// Clicks a file input, which opens the browser's picker.
pub fn click_id(id: &str) {
    if let Some(element) =
        document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok())
    {
        element.click();
    }
}

/// Opens a `<dialog>` above the page, unless it is open.
pub fn show_modal(dialog: &web_sys::HtmlDialogElement) {
    if !dialog.open() {
        // Fails only while the element is not in the document.
        let _ = dialog.show_modal();
    }
}

/// Closes a `<dialog>`; the focus returns to where it was.
pub fn close_dialog(dialog: &web_sys::HtmlDialogElement) {
    if dialog.open() {
        dialog.close();
    }
}

/// How far the element that an event came from is scrolled down, in pixels.
pub fn scroll_top_of(event: &web_sys::Event) -> f64 {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .map_or(0.0, |element| f64::from(element.scroll_top()))
}

/// Whether the `<details>` that an event came from is unfolded.
pub fn is_unfolded(event: &web_sys::Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| element.has_attribute("open"))
}

/// Scrolls inside an element to so many pixels from its top.
#[allow(clippy::cast_possible_truncation)] // elements are never that tall
pub fn scroll_within(element: &web_sys::Element, top: f64) {
    element.set_scroll_top(top as i32);
}

/// Height inside an element's borders, scroll bars excluded, in pixels.
pub fn inner_height(element: &web_sys::Element) -> f64 {
    f64::from(element.client_height())
}

/// Whether an event came from the element it is listened to on, not from one inside it.
pub fn is_own_event(event: &web_sys::Event) -> bool {
    event.target() == event.current_target()
}

/// The files chosen in an input, with their paths; empties the input so that the same file can be chosen again.
pub fn take_files(event: &web_sys::Event) -> Vec<(String, web_sys::File)> {
    let Some(input) = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = input.files().map_or_else(Vec::new, |list| {
        (0..list.length()).filter_map(|i| list.get(i)).map(|file| (path_of(&file), file)).collect()
    });
    input.set_value("");
    files
}

/// `webkitRelativePath` where the file came with its folder, else its name.
fn path_of(file: &web_sys::File) -> String {
    js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath"))
        .ok()
        .and_then(|path| path.as_string())
        .filter(|path| !path.is_empty())
        .unwrap_or_else(|| file.name())
}

/// Copies text; `false` where the browser does not let us.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent outside secure contexts, whatever the type says.
    if js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|c| c.is_truthy()) {
        JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
    } else {
        false
    }
}

/// Calls back with the height of an element, now and whenever it changes, until the returned guard is dropped.
pub fn observe_size(element: &web_sys::Element, callback: impl Fn() + 'static) -> Option<SizeObserver> {
    let callback = Closure::<dyn Fn()>::new(callback);
    let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(SizeObserver { observer, _callback: callback })
}

/// Stops observing when dropped.
pub struct SizeObserver {
    observer: web_sys::ResizeObserver,
    _callback: Closure<dyn Fn()>,
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Where the pointer is inside the element that listens, in pixels from its top left corner.
pub fn pointer_place(event: &web_sys::PointerEvent) -> (f64, f64) {
    let corner = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).map_or(
        (0.0, 0.0),
        |element| {
            let edges = element.get_bounding_client_rect();
            (edges.left(), edges.top())
        },
    );
    (f64::from(event.client_x()) - corner.0, f64::from(event.client_y()) - corner.1)
}

/// Sends all further events of a pointer to the element that listens, until the pointer is lifted.
pub fn capture_pointer(event: &web_sys::PointerEvent) {
    if let Some(element) =
        event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    {
        // Fails only where the pointer is gone already.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// Whether the focus moves to something outside of the element that listens.
pub fn focus_leaves(event: &web_sys::FocusEvent) -> bool {
    let inside = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Node>().ok())
        .zip(event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok()))
        .is_some_and(|(element, next)| element.contains(Some(&next)));
    !inside
}
