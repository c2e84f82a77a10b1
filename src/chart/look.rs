//! How a series of the Sending Volume chart looks: never by colour alone.

use super::theme::{SeriesColor, Theme};
use std::fmt::Write as _;

/// Width of a legend's swatch, in the units of its drawing.
pub const SWATCH_WIDTH: f64 = 28.0;
/// Height of a legend's swatch, in the units of its drawing.
pub const SWATCH_HEIGHT: f64 = 14.0;

/// Colour, marker and dashes of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesLook {
    /// Line and area.
    pub color: SeriesColor,
    marker: usize,
    dash: usize,
}

/// So many days of a series have markers.
const MAX_MARKERS: usize = 31;

/// Which days of a series have a marker: all of a month; of more days, each so many, and those between two gaps, which no
/// line shows. A thousand markers hide the lines, and took longer to draw than all else (13 of 29 ms for ten series of 100
/// days).
pub(super) fn has_marker<T>(days: &[Option<T>], at: usize) -> bool {
    let is_gap = |at: Option<usize>| at.and_then(|at| days.get(at)).is_none_or(Option::is_none);
    let is_lone = || is_gap(at.checked_sub(1)) && is_gap(at.checked_add(1));
    at.is_multiple_of(days.len().div_ceil(MAX_MARKERS).max(1)) || is_lone()
}

/// Names as `ECharts` has them.
const MARKERS: [&str; 4] = ["circle", "rect", "triangle", "diamond"];
/// A name as `ECharts` has it, and what SVG calls the same.
const DASHES: [(&str, &str); 3] = [("solid", ""), ("dashed", "8 5"), ("dotted", "2 4")];

impl SeriesLook {
    /// Of the series at a position; the one of the rest has a colour of its own.
    pub fn of(at: usize, is_rest: bool, theme: &Theme) -> Self {
        let color = if is_rest { theme.rest } else { theme.series[at % theme.series.len()] };
        Self { color, marker: at % MARKERS.len(), dash: at / MARKERS.len() % DASHES.len() }
    }

    /// The marker's name in `ECharts`.
    pub(super) const fn marker(self) -> &'static str {
        MARKERS[self.marker]
    }

    /// The name of the dashes in `ECharts`.
    pub(super) const fn dash(self) -> &'static str {
        DASHES[self.dash].0
    }

    /// The dashes as SVG's `stroke-dasharray`; nothing for a solid line.
    pub const fn dash_array(self) -> &'static str {
        DASHES[self.dash].1
    }

    /// The marker as the data of an SVG path.
    pub fn marker_path(self, x: f64, y: f64, radius: f64) -> String {
        let mut path = String::new();
        let r = radius;
        // Writing to a String cannot fail.
        let _ = match self.marker {
            0 => write!(
                path,
                "M{:.1} {y:.1}a{r:.1} {r:.1} 0 1 0 {d:.1} 0a{r:.1} {r:.1} 0 1 0 -{d:.1} 0z",
                x - r,
                d = 2.0 * r
            ),
            1 => write!(path, "M{:.1} {:.1}h{d:.1}v{d:.1}h-{d:.1}z", x - r, y - r, d = 2.0 * r),
            2 => write!(path, "M{x:.1} {:.1}l{r:.1} {d:.1}h-{d:.1}z", y - r, d = 2.0 * r),
            _ => write!(path, "M{x:.1} {:.1}l{r:.1} {r:.1}l-{r:.1} {r:.1}l-{r:.1} -{r:.1}z", y - r),
        };
        path
    }
}
