//! Report to pictures: options for `ECharts`, which draws on the page, and SVG for files.
//!
//! Every function here is pure: report, texts and colours in, text out. An option is JSON without functions; the page
//! parses it and adds its number format ([`crate::platform::chart`]), so the content security policy needs no
//! `unsafe-eval`.

mod look;
mod option;
mod pattern;
mod picture;
mod sending_volume;
mod svg;
pub mod text;
pub mod theme;
mod ticks;
mod tls;
mod tls_picture;
mod volume_picture;
mod zoom;

#[cfg(test)]
mod picture_tests;
#[cfg(test)]
mod tests;

pub use look::{SWATCH_HEIGHT, SWATCH_WIDTH, SeriesLook};
pub use pattern::{Pattern, TILE};
pub use picture::{Caption, Picture};
pub use sending_volume::sending_volume;
pub use text::{ChartText, Numbers};
pub use theme::{SeriesColor, Theme};
pub use ticks::Ticks;
pub use tls::{MAX_BARS, tls_by_domain, tls_donut};
pub use tls_picture::tls_picture;
pub use volume_picture::volume_picture;
pub use zoom::{DayCursor, PlotArea};

use crate::report::SendingVolume;

/// The series of the Sending Volume chart that the reader switched off, by position. One beyond the end is on.
pub type Hidden = [bool];

/// Whether the series at this position is shown.
fn is_shown(hidden: &Hidden, at: usize) -> bool {
    !hidden.get(at).copied().unwrap_or(false)
}

/// The ticks of the Sending Volume chart's axis of messages.
pub fn volume_ticks(volume: &SendingVolume, hidden: &Hidden) -> Ticks {
    let shown = volume.series.iter().enumerate().filter(|&(at, _)| is_shown(hidden, at));
    Ticks::up_to(shown.flat_map(|(_, series)| series.messages.iter().flatten()).copied().max().unwrap_or(0))
}
