//! Report to chart options.
//!
//! Every function here is pure: report, texts and colours in, the JSON of an `ECharts` option out. The page parses it
//! and hands it to `ECharts`; there are no functions in it, so the content security policy needs no `unsafe-eval`.

mod option;
mod sending_volume;
pub mod text;
pub mod theme;
mod tls;
mod trend;

#[cfg(test)]
mod tests;

pub use sending_volume::sending_volume;
pub use text::{ChartText, Numbers};
pub use theme::{SeriesColor, Theme};
pub use tls::{MAX_BARS, tls_by_domain, tls_donut};
pub use trend::trend;
