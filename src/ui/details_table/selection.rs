//! Which rows are selected, by their numbers: a million selected rows are one range.

/// Selected rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// First and last rows, in order, with gaps between.
    ranges: Vec<(u64, u64)>,
    /// Where a range that is being extended began.
    anchor: Option<u64>,
}

impl Selection {
    /// Whether a row is selected.
    pub fn has(&self, row: u64) -> bool {
        self.ranges.iter().any(|&(first, last)| (first..=last).contains(&row))
    }

    /// How many rows are selected.
    pub fn len(&self) -> u64 {
        self.ranges.iter().map(|&(first, last)| last - first + 1).sum()
    }

    /// First and last rows of what is selected, in order.
    pub fn ranges(&self) -> &[(u64, u64)] {
        &self.ranges
    }

    /// Selects a row, or no longer; a range extended next begins here.
    pub fn toggle(&mut self, row: u64) {
        let was_there = self.has(row);
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        for &(first, last) in &self.ranges {
            if (first..=last).contains(&row) {
                if first < row {
                    ranges.push((first, row - 1));
                }
                if row < last {
                    ranges.push((row + 1, last));
                }
            } else {
                ranges.push((first, last));
            }
        }
        if !was_there {
            ranges.push((row, row));
            ranges.sort_unstable();
            ranges.dedup_by(|next, before| {
                let touch = before.1 + 1 == next.0;
                if touch {
                    before.1 = next.1;
                }
                touch
            });
        }
        *self = Self { ranges, anchor: Some(row) };
    }

    /// Selects from where the range began, or from a row if none did, to another row, and nothing else.
    pub fn extend(&mut self, from: u64, to: u64) {
        let anchor = self.anchor.unwrap_or(from);
        *self = Self { ranges: vec![(anchor.min(to), anchor.max(to))], anchor: Some(anchor) };
    }

    /// The focus moves without selecting: a range extended next begins where it is then.
    pub fn let_go(&mut self) {
        self.anchor = None;
    }

    /// Selects all of so many rows.
    pub fn all(rows: u64) -> Self {
        Self { ranges: rows.checked_sub(1).map(|last| (0, last)).into_iter().collect(), anchor: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toggling_joins_and_splits_ranges() {
        let mut selection = Selection::default();
        for row in [5, 7, 6, 1] {
            selection.toggle(row);
        }
        assert_eq!(selection.ranges(), [(1, 1), (5, 7)]);
        selection.toggle(6);
        assert_eq!(selection.ranges(), [(1, 1), (5, 5), (7, 7)]);
        assert_eq!((selection.len(), selection.has(5), selection.has(6)), (3, true, false));
        selection.toggle(1);
        assert_eq!(selection.ranges(), [(5, 5), (7, 7)]);
    }

    #[test]
    fn a_range_grows_and_shrinks_from_where_it_began() {
        let mut selection = Selection::default();
        selection.extend(4, 5);
        selection.extend(5, 6);
        assert_eq!(selection.ranges(), [(4, 6)]);
        selection.extend(6, 2);
        assert_eq!(selection.ranges(), [(2, 4)]);
        selection.let_go();
        selection.extend(9, 10);
        assert_eq!(selection.ranges(), [(9, 10)]);
    }

    #[test]
    fn all_of_a_million_is_one_range() {
        let mut all = Selection::all(1_000_000);
        assert_eq!(all.len(), 1_000_000);
        all.toggle(0);
        assert_eq!(all.ranges(), [(1, 999_999)]);
        assert_eq!(Selection::all(0), Selection::default());
    }
}
