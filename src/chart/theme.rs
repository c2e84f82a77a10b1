//! Colours, light and dark, after Microsoft's Fluent design and the colours of the original report.
//!
//! Lines, slices and bars stand out from the background by at least 3:1, text by at least 4.5:1 (WCAG 2.2).

use crate::model::TlsVersion;

/// The colours of one line of the Sending Volume chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesColor {
    /// Line, markers and legend.
    pub line: &'static str,
    /// The area below, drawn half transparent.
    pub fill: &'static str,
}

/// The colours of a chart, and whether it may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// What the chart stands on; charts themselves are transparent.
    pub background: &'static str,
    /// Main text.
    pub text: &'static str,
    /// Axis labels.
    pub secondary_text: &'static str,
    /// Grid lines.
    pub grid_line: &'static str,
    /// Axis lines.
    pub axis_line: &'static str,
    /// Legend entries that are switched off.
    pub inactive: &'static str,
    /// Tooltip.
    pub tooltip_background: &'static str,
    /// Border of the tooltip.
    pub tooltip_border: &'static str,
    /// Sending Volume, most messages first.
    pub series: [SeriesColor; 9],
    /// The series of the rest.
    pub rest: SeriesColor,
    /// TLS versions, indexed like [`TlsVersion::ALL`]: old ones warm, TLS 1.2 and 1.3 green, *Unknown* grey.
    pub tls: [&'static str; TlsVersion::ALL.len()],
    /// The pattern on slices and bars of old versions.
    pub pattern: &'static str,
    /// The little line of the widget.
    pub trend: SeriesColor,
    /// Whether charts may be animated: not when the reader prefers reduced motion.
    pub animate: bool,
}

const fn color(line: &'static str, fill: &'static str) -> SeriesColor {
    SeriesColor { line, fill }
}

impl Theme {
    /// For a light page.
    pub const LIGHT: Self = Self {
        background: "#ffffff",
        text: "#242424",
        secondary_text: "#616161",
        grid_line: "#e0e0e0",
        axis_line: "#a6a6a6",
        inactive: "#bdbdbd",
        tooltip_background: "#ffffff",
        tooltip_border: "#d1d1d1",
        series: [
            // Microsoft's #f16745 and #7bc8a4, the lines darkened enough to be seen.
            color("#d9481f", "#f16745"),
            color("#2f8f66", "#7bc8a4"),
            color("#0f6cbd", "#62abf5"),
            color("#8764b8", "#b4a0d8"),
            color("#986f0b", "#eac869"),
            color("#bf0077", "#e795c4"),
            color("#00708f", "#72b8cf"),
            color("#8e562e", "#c9a58a"),
            color("#4a5db8", "#a3b0ea"),
        ],
        rest: color("#707070", "#b8b8b8"),
        tls: ["#6e0811", "#960b18", "#c50f1f", "#d9541e", "#b07d00", "#2f8f66", "#00708f", "#757575"],
        pattern: "rgba(255, 255, 255, 0.45)",
        trend: color("#c25700", "#ff8c00"),
        animate: true,
    };

    /// For a dark page.
    pub const DARK: Self = Self {
        background: "#292929",
        text: "#ffffff",
        secondary_text: "#c4c4c4",
        grid_line: "#484848",
        axis_line: "#757575",
        inactive: "#5c5c5c",
        tooltip_background: "#1f1f1f",
        tooltip_border: "#616161",
        series: [
            color("#f58d74", "#f16745"),
            color("#9cd6bb", "#4aa57c"),
            color("#62abf5", "#0f6cbd"),
            color("#c6b1e6", "#8764b8"),
            color("#f2d675", "#b08a1a"),
            color("#f29ccb", "#bf3d8a"),
            color("#7ccfe0", "#00819c"),
            color("#d9b08f", "#9c6a42"),
            color("#a9b8ff", "#4f6bed"),
        ],
        rest: color("#adadad", "#6b6b6b"),
        tls: ["#b8838a", "#d1747d", "#f1707b", "#f79625", "#f2d675", "#7bc8a4", "#5fc4d6", "#adadad"],
        pattern: "rgba(0, 0, 0, 0.45)",
        trend: color("#ff8c00", "#b86500"),
        animate: true,
    };

    /// The same without animation.
    #[must_use]
    pub const fn still(self) -> Self {
        Self { animate: false, ..self }
    }

    /// The colour of a TLS version.
    pub const fn tls_color(&self, version: TlsVersion) -> &'static str {
        self.tls[version as usize]
    }
}
