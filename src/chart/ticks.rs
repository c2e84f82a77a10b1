//! Where an axis of counts has its lines.

/// Lines from 0 up, so many counts apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticks {
    /// From line to line.
    pub step: u64,
    /// The topmost line, at or above everything that is drawn.
    pub max: u64,
}

impl Ticks {
    /// At most five steps of 1, 2 or 5 times a power of ten.
    pub fn up_to(highest: u64) -> Self {
        // No log counts that far; beyond, JSON's numbers lose their last digits anyway.
        let highest = highest.clamp(1, 1 << 53);
        let mut power = 1;
        let step = loop {
            let fits = [1, 2, 5].map(|factor| factor * power).into_iter().find(|step| step * 5 >= highest);
            match fits {
                Some(step) => break step,
                None => power *= 10,
            }
        };
        Self { step, max: highest.div_ceil(step) * step }
    }

    /// The lines, bottom up.
    pub fn values(self) -> impl Iterator<Item = u64> {
        (0..=self.max / self.step).map(move |n| n * self.step)
    }
}

#[cfg(test)]
mod tests {
    use super::Ticks;

    #[test]
    fn steps_are_round_and_at_most_five() {
        for (highest, step, max) in [
            (0, 1, 1),
            (1, 1, 1),
            (4, 1, 4),
            (5, 1, 5),
            (6, 2, 6),
            (7, 2, 8),
            (11, 5, 15),
            (25, 5, 25),
            (26, 10, 30),
            (780, 200, 800),
            (1001, 500, 1500),
            (1_234_567, 500_000, 1_500_000),
        ] {
            assert_eq!(Ticks::up_to(highest), Ticks { step, max }, "{highest}");
        }
        assert_eq!(Ticks::up_to(7).values().collect::<Vec<_>>(), [0, 2, 4, 6, 8]);
    }

    #[test]
    fn even_the_highest_count_has_an_axis() {
        assert!(Ticks::up_to(u64::MAX).values().count() <= 6);
    }
}
