//! Points in time as people's regional settings write them.

use serde::{Deserialize, Serialize};

/// How a file writes its dates, decided once for all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateStyle {
    /// Whether the day comes before the month where both are numbers: `31.12.2026`.
    pub day_first: bool,
    /// Whether that is a guess, because no row of the sample tells.
    pub is_guess: bool,
}

impl DateStyle {
    /// How these texts write dates.
    pub fn of<'a>(_texts: impl Iterator<Item = &'a str>) -> Self {
        Self::default()
    }

    /// Unix milliseconds, UTC. ISO 8601 is read whatever the style.
    pub fn parse(self, text: &str) -> Option<i64> {
        super::time::iso_ms(text)
    }
}
