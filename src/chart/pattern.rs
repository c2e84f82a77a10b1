//! Patterns that tell TLS versions apart without colour. TLS 1.2 is plain.

use crate::model::TlsVersion;
use serde_json::{Value, json};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

/// Width and height of a pattern's tile.
pub const TILE: f64 = 8.0;

/// What lies on a version's colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern(TlsVersion);

impl Pattern {
    /// The pattern of a version.
    pub const fn of(version: TlsVersion) -> Self {
        Self(version)
    }

    /// One tile as the data of an SVG path, to be filled; nothing where a version is plain.
    pub const fn tile(self) -> &'static str {
        match self.0 {
            TlsVersion::NoTls => "M0 2h8v3H0z",
            TlsVersion::Ssl2 => "M4 1l3 6H1z",
            TlsVersion::Ssl3 => "M2 2h4v4H2z",
            TlsVersion::Tls10 => "M3 0H0l8 8V5zM0 5v3h3z",
            TlsVersion::Tls11 => "M5 0h3L0 8V5zM8 5v3H5z",
            TlsVersion::Tls12 => "",
            TlsVersion::Tls13 => "M3 0h2v8H3z",
            TlsVersion::Unknown => "M4 1.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z",
        }
    }

    /// The same for `ECharts`: a decal in this colour.
    pub(super) fn decal(self, color: &str) -> Value {
        let lines = |rotation: f64, line: u32, gap: u32| {
            json!({
                "color": color, "symbol": "rect", "rotation": rotation,
                "dashArrayX": [1, 0], "dashArrayY": [line, gap],
            })
        };
        let marks = |symbol: &str, size: f64| {
            json!({
                "color": color, "symbol": symbol, "symbolSize": size,
                "dashArrayX": [[6, 6], [0, 6, 6, 0]], "dashArrayY": [6, 0],
            })
        };
        match self.0 {
            TlsVersion::NoTls => lines(0.0, 3, 5),
            TlsVersion::Ssl2 => marks("triangle", 0.8),
            TlsVersion::Ssl3 => marks("rect", 0.6),
            TlsVersion::Tls10 => lines(FRAC_PI_4, 3, 5),
            TlsVersion::Tls11 => lines(-FRAC_PI_4, 3, 5),
            TlsVersion::Tls12 => Self::none(),
            TlsVersion::Tls13 => lines(FRAC_PI_2, 2, 6),
            TlsVersion::Unknown => marks("circle", 0.6),
        }
    }

    /// No decal.
    pub(super) fn none() -> Value {
        json!({ "symbol": "none" })
    }
}
