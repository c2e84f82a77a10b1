//! Seven days in a thumbnail.

use leptos::prelude::*;

const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 40.0;
const MARGIN: f64 = 4.0;

/// A line through the days, interrupted where a day has no logs. Its numbers are said beside it.
#[component]
pub fn Sparkline(
    /// One number a day; `None` without logs.
    values: Vec<Option<u64>>,
) -> impl IntoView {
    let points = points(&values);
    let lines = points
        .split(Option::is_none)
        .map(|run| {
            let path =
                run.iter().flatten().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
            view! { <polyline points=path></polyline> }
        })
        .collect_view();
    let dots = points
        .iter()
        .flatten()
        .map(|(x, y)| view! { <circle cx=format!("{x:.1}") cy=format!("{y:.1}") r="2.5"></circle> })
        .collect_view();
    view! {
        <svg class="sparkline" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true" focusable="false">
            {lines} {dots}
        </svg>
    }
}

/// Where each day's point lies, zero at the bottom.
fn points(values: &[Option<u64>]) -> Vec<Option<(f64, f64)>> {
    let highest = values.iter().flatten().max().copied().unwrap_or(0).max(1) as f64;
    let step = (WIDTH - 2.0 * MARGIN) / (values.len().max(2) - 1) as f64;
    values
        .iter()
        .enumerate()
        .map(|(i, value)| {
            value.map(|value| {
                let y = HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * value as f64 / highest;
                (MARGIN + step * i as f64, y)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn the_highest_day_touches_the_top_and_a_gap_stays_a_gap() {
        let points = points(&[Some(0), None, Some(10)]);
        assert_eq!(points, [Some((4.0, 36.0)), None, Some((196.0, 4.0))]);
    }
}
