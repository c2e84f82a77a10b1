//! Writing SVG: a few shapes, and text that stays text whatever a log put into it.

use super::option::FONT;
use std::fmt::Write as _;

/// Where a text stands to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// An SVG document in the making. Styled by attributes only, so that it may stand under any policy.
pub(super) struct Svg(String);

// Writing to a String cannot fail.
impl Svg {
    /// A document of this size on a background, with its title and description for screen readers.
    pub(super) fn new(width: f64, height: f64, background: &str, title: &str, description: &str) -> Self {
        let mut svg = String::with_capacity(16 * 1024);
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" font-family=\"{FONT}\">\
             <title>{}</title><desc>{}</desc>\
             <rect width=\"100%\" height=\"100%\" fill=\"{background}\"/>",
            escaped(title),
            escaped(description)
        );
        Self(svg)
    }

    /// A line of text whose base line is at `y`. `look` is further attributes.
    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, fill: &str, look: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(
            self.0,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{fill}\" {look}>{}</text>",
            escaped(text)
        );
    }

    /// A path, filled. `look` is further attributes.
    pub(super) fn path(&mut self, data: &str, fill: &str, look: &str) {
        let _ = write!(self.0, "<path d=\"{data}\" fill=\"{fill}\" {look}/>");
    }

    /// A rectangle, filled.
    pub(super) fn rect(&mut self, (x, y): (f64, f64), width: f64, height: f64, fill: &str) {
        let _ = write!(
            self.0,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
        );
    }

    /// A straight line.
    pub(super) fn line(&mut self, (x, y): (f64, f64), (to_x, to_y): (f64, f64), stroke: &str, look: &str) {
        let _ = write!(
            self.0,
            "<line x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{to_x:.1}\" y2=\"{to_y:.1}\" stroke=\"{stroke}\" {look}/>"
        );
    }

    /// What a fill of `url(#id)` repeats: a square tile.
    pub(super) fn pattern(&mut self, id: &str, tile: f64, data: &str, fill: &str) {
        let _ = write!(
            self.0,
            "<pattern id=\"{id}\" width=\"{tile}\" height=\"{tile}\" patternUnits=\"userSpaceOnUse\">\
             <path d=\"{data}\" fill=\"{fill}\"/></pattern>"
        );
    }

    /// The whole document.
    pub(super) fn finish(mut self) -> String {
        self.0.push_str("</svg>\n");
        self.0
    }
}

/// Text between tags or quotes. What XML does not allow in any spelling is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// About how wide a text is at this size; nothing measures letters here. Rather too much than too little.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let ems = |c: char| match c {
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '(' | ')' => {
            0.36
        }
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.92,
        'A'..='Z' => 0.7,
        ' '..='~' => 0.57,
        // Hangul, kana, ideographs and full-width forms.
        '\u{1100}'..='\u{11FF}'
        | '\u{2E80}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}' => 1.0,
        '\u{10000}'.. => 1.1,
        _ => 0.64,
    };
    text.chars().map(ems).sum::<f64>() * size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_place() {
        assert_eq!(
            escaped("</text><script>&\"' \u{0}\u{FFFE}\u{1F}ok"),
            "&lt;/text&gt;&lt;script&gt;&amp;&quot;&#39; ok"
        );
    }

    #[test]
    fn ideographs_are_wider_than_letters() {
        assert!(text_width("보내는 볼륨", 10.0) > text_width("volume", 10.0));
    }
}
