//! stub
/// stub
pub fn unescape_formula(text: &str) -> std::borrow::Cow<'_, str> {
    text.into()
}
