//! Where rows stand in the tall box that is scrolled. Lengths in pixels.

/// Rows kept above and below what is in sight.
const OVERSCAN: u64 = 8;
/// Browsers cut elements taller than some 17 million pixels; beyond this the scroll bar is to scale.
const MAX_HEIGHT: f64 = 16_000_000.0;
/// Where the scroll bar is to scale, rows are placed from the last multiple of this, so that no place gets too large.
const BASE: u64 = 4096;

/// Where rows stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    /// How many rows there are.
    pub rows: u64,
    /// Height of a row.
    pub row: f64,
    /// Height that is in sight, less the heading.
    pub sight: f64,
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // row numbers, never negative
impl Geometry {
    fn natural(self) -> f64 {
        self.rows as f64 * self.row
    }

    fn is_to_scale(self) -> bool {
        self.natural() > MAX_HEIGHT
    }

    /// Height of the box.
    pub fn height(self) -> f64 {
        self.natural().min(MAX_HEIGHT)
    }

    /// Whole rows that are in sight, at least one.
    pub fn fit(self) -> u64 {
        (self.sight / self.row).floor().max(1.0) as u64
    }

    /// The row (and part of a row) at the upper edge.
    fn first(self, scroll: f64) -> f64 {
        if self.is_to_scale() {
            let way = (MAX_HEIGHT - self.sight).max(1.0);
            (scroll / way).clamp(0.0, 1.0) * (self.natural() - self.sight) / self.row
        } else {
            scroll / self.row
        }
    }

    /// First row to have in the document, and how many: always as many, so that rows are only ever moved.
    pub fn window(self, scroll: f64) -> (u64, u64) {
        let len = (self.fit() + 2 + 2 * OVERSCAN).min(self.rows);
        let top = self.first(scroll).max(0.0) as u64;
        (top.saturating_sub(OVERSCAN).min(self.rows - len), len)
    }

    /// The row that places are counted from.
    pub fn base(self, scroll: f64) -> u64 {
        if self.is_to_scale() { self.first(scroll).max(0.0) as u64 / BASE * BASE } else { 0 }
    }

    /// Where a row stands, from the base.
    pub fn place(self, row: u64, base: u64) -> f64 {
        (row as f64 - base as f64) * self.row
    }

    /// How far the base is from the top of the box.
    pub fn shift(self, scroll: f64, base: u64) -> f64 {
        if self.is_to_scale() { scroll - (self.first(scroll) - base as f64) * self.row } else { 0.0 }
    }

    /// The scroll position that brings a row into sight, as near as can be to the present one.
    pub fn reach(self, row: u64, scroll: f64) -> f64 {
        let (first, fit) = (self.first(scroll), self.fit());
        let (wanted, is_down) = if (row as f64) < first {
            (row as f64, false)
        } else if (row + 1) as f64 * self.row > first * self.row + self.sight {
            ((row + 1).saturating_sub(fit) as f64, true)
        } else {
            return scroll;
        };
        let there = if self.is_to_scale() {
            wanted * self.row / (self.natural() - self.sight) * (MAX_HEIGHT - self.sight)
        } else {
            wanted * self.row
        };
        // A scroll position is a whole number: rather a bit more of the neighbour than less of the row.
        if is_down { there.ceil() } else { there.floor() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Geometry = Geometry { rows: 100, row: 40.0, sight: 400.0 };
    const HUGE: Geometry = Geometry { rows: 1_000_000, row: 40.0, sight: 400.0 };

    #[test]
    fn a_small_table_stands_at_its_natural_places() {
        assert!((SMALL.height() - 4000.0).abs() < 1e-9);
        // Ten in sight, eight on either side, two that are seen in part: everywhere as many.
        assert_eq!(SMALL.window(0.0), (0, 28));
        assert_eq!(SMALL.window(2000.0), (42, 28));
        assert_eq!(SMALL.window(3600.0), (72, 28));
        assert!((SMALL.place(7, SMALL.base(2000.0)) - 280.0).abs() < 1e-9);
        assert!(SMALL.shift(2000.0, 0).abs() < 1e-9);
    }

    #[test]
    fn few_rows_are_all_there() {
        assert_eq!(Geometry { rows: 3, ..SMALL }.window(0.0), (0, 3));
        assert_eq!(Geometry { rows: 0, ..SMALL }.window(0.0), (0, 0));
    }

    #[test]
    fn going_to_a_row_moves_no_further_than_needed() {
        assert!((SMALL.reach(3, 0.0) - 0.0).abs() < 1e-9);
        assert!((SMALL.reach(10, 0.0) - 40.0).abs() < 1e-9);
        assert!((SMALL.reach(5, 2000.0) - 200.0).abs() < 1e-9);
        assert!((SMALL.reach(99, 0.0) - 3600.0).abs() < 1e-9);
        // A row that is cut at the lower edge is not in sight.
        assert!((SMALL.reach(10, 20.0) - 40.0).abs() < 1e-9);
    }

    #[test]
    fn a_million_rows_fit_and_each_can_be_reached() {
        assert!((HUGE.height() - MAX_HEIGHT).abs() < 1e-9);
        let mut scroll = 0.0;
        for row in [999_999, 0, 500_000, 500_011, 4_095, 4_096, 123_456, 999_998] {
            scroll = HUGE.reach(row, scroll);
            let (first, len) = HUGE.window(scroll);
            assert!((first..first + len).contains(&row), "{row} in {first}+{len}");
            let base = HUGE.base(scroll);
            let place = HUGE.place(row, base) + HUGE.shift(scroll, base) - scroll;
            // To a row or its part, for a pixel of the scroll bar is worth some.
            assert!(place >= -2.6 && place + 40.0 <= 402.6, "{row} at {place}");
            assert!(HUGE.place(row, base).abs() < 1e6);
        }
    }

    #[test]
    fn at_its_end_a_huge_table_shows_its_last_row() {
        let end = MAX_HEIGHT - HUGE.sight;
        let (first, len) = HUGE.window(end);
        assert_eq!(first + len, 1_000_000);
        let base = HUGE.base(end);
        let bottom = HUGE.place(1_000_000, base) + HUGE.shift(end, base);
        assert!((bottom - MAX_HEIGHT).abs() < 0.5, "{bottom}");
    }
}
