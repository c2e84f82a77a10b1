//! A chart as a file: title, days, legend, and the chart below.

use super::svg::{Anchor, Svg, text_width};
use super::text::drawable;
use super::theme::Theme;

/// Width of every picture, in pixels.
pub(super) const WIDTH: f64 = 1200.0;
/// From each edge to what is drawn, in pixels.
pub(super) const MARGIN: f64 = 32.0;
/// The size of legends and axis labels.
pub(super) const SMALL: f64 = 14.0;

const LEGEND_ROW: f64 = 26.0;
/// From a legend's entry to the next.
const LEGEND_GAP: f64 = 24.0;
/// From a swatch to its name.
const SWATCH_GAP: f64 = 8.0;

/// A picture, to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The picture as an SVG document.
    pub svg: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// What stands above the chart in a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// What the picture is of.
    pub title: String,
    /// The days it shows, in words.
    pub range: String,
    /// The one sender domain it shows.
    pub domain: Option<String>,
}

/// Draws the swatch of the entry at a position, its left end and middle at a place.
pub(super) type DrawSwatch<'a> = &'a mut dyn FnMut(&mut Svg, usize, f64, f64);

/// Head and legend are drawn; the chart comes below [`Frame::top`].
pub(super) struct Frame {
    pub(super) svg: Svg,
    pub(super) top: f64,
    height: f64,
}

impl Frame {
    /// Draws what is above a chart of this height. Swatches come with their width.
    pub(super) fn new(
        caption: &Caption,
        summary: &str,
        names: &[String],
        (swatch_width, swatch): (f64, DrawSwatch<'_>),
        chart_height: f64,
        theme: &Theme,
    ) -> Self {
        let places = legend_places(names, swatch_width);
        let legend_top = MARGIN + 76.0;
        let rows = places.last().map_or(0.0, |&(_, row)| row + 1.0);
        let top = legend_top + rows * LEGEND_ROW + 16.0;
        let height = (top + chart_height + MARGIN).ceil();
        let mut svg = Svg::new(WIDTH, height, theme.background, &caption.title, summary);
        let at = |y: f64| (MARGIN, MARGIN + y);
        svg.text(at(18.0), Anchor::Start, theme.text, "font-size=\"24\" font-weight=\"600\"", &caption.title);
        svg.text(at(46.0), Anchor::Start, theme.secondary_text, "font-size=\"16\"", &caption.range);
        if let Some(domain) = &caption.domain {
            let x = MARGIN + text_width(&caption.range, 16.0) + LEGEND_GAP;
            svg.text(
                (x, MARGIN + 46.0),
                Anchor::Start,
                theme.secondary_text,
                "font-size=\"16\"",
                &drawable(domain),
            );
        }
        for (at, (name, (x, row))) in names.iter().zip(places).enumerate() {
            let middle = legend_top + (row + 0.5) * LEGEND_ROW;
            swatch(&mut svg, at, x, middle);
            let place = (x + swatch_width + SWATCH_GAP, middle + 5.0);
            svg.text(place, Anchor::Start, theme.text, "font-size=\"14\"", name);
        }
        Self { svg, top, height }
    }

    /// The picture.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a few hundred pixels
    pub(super) fn finish(self) -> Picture {
        Picture { svg: self.svg.finish(), width: WIDTH as u32, height: self.height as u32 }
    }
}

/// Left end and row of each entry of the legend.
fn legend_places(names: &[String], swatch_width: f64) -> Vec<(f64, f64)> {
    let (mut x, mut row) = (MARGIN, 0.0);
    let mut places = Vec::new();
    for name in names {
        let width = swatch_width + SWATCH_GAP + text_width(name, SMALL);
        if x > MARGIN && x + width > WIDTH - MARGIN {
            x = MARGIN;
            row += 1.0;
        }
        places.push((x, row));
        x += width + LEGEND_GAP;
    }
    places
}
