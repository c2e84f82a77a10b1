//! Colours, light and dark: those of `style/tokens.css` once more, since a canvas knows no style sheet.
//!
//! `tests/style.rs` holds the two together. It also measures that lines, slices and bars stand out from the background
//! by at least 3:1 and text by at least 4.5:1 (WCAG 2.2), and that neighbours differ for colour-blind eyes.

use crate::model::TlsVersion;

/// The colours of one line of the Sending Volume chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesColor {
    /// Line, markers and legend.
    pub line: &'static str,
    /// The area below, drawn half transparent.
    pub fill: &'static str,
}

/// The colours of a chart.
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
    /// TLS versions, indexed like [`TlsVersion::ALL`]: old ones warm, TLS 1.2 and 1.3 cool, *Unknown* grey.
    pub tls: [&'static str; TlsVersion::ALL.len()],
    /// The pattern on slices and bars of old versions.
    pub pattern: &'static str,
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
        axis_line: "#8a8a8a",
        inactive: "#bdbdbd",
        tooltip_background: "#ffffff",
        tooltip_border: "#d1d1d1",
        series: [
            color("#d1461c", "#f16745"),
            color("#23a37a", "#7bc8a4"),
            color("#0f4c8a", "#5b9bd5"),
            color("#b26fd0", "#d9b5ea"),
            color("#7a5300", "#d9b44a"),
            color("#e0489a", "#f2a3cd"),
            color("#004a63", "#5fa9c4"),
            color("#b8703a", "#e0b48f"),
            color("#4046b8", "#9ea3ea"),
        ],
        rest: color("#707070", "#b8b8b8"),
        tls: ["#450510", "#7d0d22", "#d13c58", "#a34a00", "#d47f00", "#0e9d8a", "#1a67b3", "#4b5058"],
        pattern: "rgba(255, 255, 255, 0.45)",
    };

    /// For a dark page.
    pub const DARK: Self = Self {
        background: "#292929",
        text: "#ffffff",
        secondary_text: "#bdbdbd",
        grid_line: "#484848",
        axis_line: "#8a8a8a",
        inactive: "#666666",
        tooltip_background: "#1f1f1f",
        tooltip_border: "#616161",
        series: [
            color("#f1764f", "#d9532b"),
            color("#a6ecc8", "#3f9470"),
            color("#3a8be0", "#1f62ad"),
            color("#c9acf6", "#7f58b8"),
            color("#f5d05c", "#a3811a"),
            color("#e0559c", "#a8316e"),
            color("#6fdbe8", "#1c7f8d"),
            color("#c98a52", "#8a5526"),
            color("#7d8cff", "#4a57c4"),
        ],
        rest: color("#b3b3b3", "#6b6b6b"),
        tls: ["#b8575f", "#d98a94", "#f2b8bf", "#f7862b", "#fbdc6a", "#45cdb9", "#3f8cf0", "#8f9297"],
        pattern: "rgba(0, 0, 0, 0.45)",
    };

    /// The colour of a TLS version.
    pub const fn tls_color(&self, version: TlsVersion) -> &'static str {
        self.tls[version as usize]
    }
}
