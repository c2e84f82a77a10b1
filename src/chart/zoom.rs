//! Choosing days on a chart, by pointer or by keyboard.

/// Where the days of a chart lie, in pixels from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PlotArea {
    /// The first day.
    pub left: f64,
    /// The last day.
    pub right: f64,
    /// The top of the axis of numbers.
    pub top: f64,
    /// Its bottom: zero.
    pub bottom: f64,
}

impl PlotArea {
    /// The day nearest to a place, of so many days.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to the days there are
    pub fn day_at(self, x: f64, days: usize) -> usize {
        let last = days.saturating_sub(1);
        let step = self.step(days);
        if step > 0.0 { ((x - self.left) / step).round().clamp(0.0, last as f64) as usize } else { 0 }
    }

    /// Where a day lies, of so many days.
    pub fn x_of(self, day: usize, days: usize) -> f64 {
        self.left + self.step(days) * day as f64
    }

    /// Whether a drag may begin here: among the days, or a little beside them.
    pub fn holds(self, x: f64, y: f64) -> bool {
        const BESIDE: f64 = 16.0;
        x >= self.left - BESIDE
            && x <= self.right + BESIDE
            && y >= self.top - BESIDE
            && y <= self.bottom + BESIDE
    }

    fn step(self, days: usize) -> f64 {
        (self.right - self.left) / days.saturating_sub(1).max(1) as f64
    }
}

/// The day a reader is at, and the days chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCursor {
    /// Position of the day.
    pub at: usize,
    /// Where choosing began.
    anchor: Option<usize>,
}

impl DayCursor {
    /// At a day, nothing chosen.
    pub const fn new(at: usize) -> Self {
        Self { at, anchor: None }
    }

    /// Goes to a day; `choosing` keeps the days passed over.
    pub const fn go(&mut self, day: usize, choosing: bool) {
        if !choosing {
            self.anchor = None;
        } else if self.anchor.is_none() {
            self.anchor = Some(self.at);
        }
        self.at = day;
    }

    /// Forgets the choice.
    pub const fn clear(&mut self) {
        self.anchor = None;
    }

    /// First and last of the days chosen; at least two.
    pub fn chosen(self) -> Option<(usize, usize)> {
        let anchor = self.anchor?;
        (anchor != self.at).then(|| (anchor.min(self.at), anchor.max(self.at)))
    }

    /// The day a key leads to, of so many days; `None` for a key that leads nowhere.
    pub fn day_by_key(self, key: &str, days: usize) -> Option<usize> {
        const WEEK: usize = 7;
        let last = days.saturating_sub(1);
        Some(
            match key {
                "ArrowLeft" | "ArrowDown" => self.at.saturating_sub(1),
                "ArrowRight" | "ArrowUp" => self.at + 1,
                "PageDown" => self.at.saturating_sub(WEEK),
                "PageUp" => self.at + WEEK,
                "Home" => 0,
                "End" => last,
                _ => return None,
            }
            .min(last),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: PlotArea = PlotArea { left: 100.0, right: 500.0, top: 10.0, bottom: 210.0 };

    #[test]
    fn a_place_belongs_to_the_nearest_day() {
        for (x, day) in [(-50.0, 0), (100.0, 0), (149.0, 0), (151.0, 1), (300.0, 2), (449.0, 3), (900.0, 4)] {
            assert_eq!(AREA.day_at(x, 5), day, "{x}");
        }
        assert!((AREA.x_of(3, 5) - 400.0).abs() < 1e-9);
        assert_eq!(AREA.day_at(300.0, 1), 0);
        assert_eq!(PlotArea::default().day_at(300.0, 5), 0);
    }

    #[test]
    fn a_drag_may_begin_a_little_beside_the_days() {
        assert!(AREA.holds(90.0, 100.0) && AREA.holds(510.0, 215.0));
        assert!(!AREA.holds(60.0, 100.0) && !AREA.holds(300.0, 240.0));
    }

    #[test]
    fn keys_stay_among_the_days() {
        let cursor = DayCursor::new(3);
        for (key, day) in
            [("ArrowLeft", 2), ("ArrowRight", 4), ("PageDown", 0), ("PageUp", 9), ("End", 9), ("Home", 0)]
        {
            assert_eq!(cursor.day_by_key(key, 10), Some(day), "{key}");
        }
        assert_eq!(cursor.day_by_key("a", 10), None);
        assert_eq!(DayCursor::default().day_by_key("ArrowRight", 0), Some(0));
    }

    #[test]
    fn days_are_chosen_from_where_choosing_began() {
        let mut cursor = DayCursor::new(3);
        cursor.go(4, true);
        cursor.go(5, true);
        assert_eq!(cursor.chosen(), Some((3, 5)));
        cursor.go(1, true);
        assert_eq!(cursor.chosen(), Some((1, 3)));
        cursor.go(3, true);
        assert_eq!(cursor.chosen(), None);
        cursor.go(6, true);
        cursor.go(7, false);
        assert_eq!(cursor.chosen(), None);
        cursor.go(8, true);
        cursor.clear();
        assert_eq!((cursor.at, cursor.chosen()), (8, None));
    }
}
