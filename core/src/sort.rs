//! Sorting in little code. The standard library's sort is compiled anew for each type of element and each way to compare,
//! 5 to 15 kB each; where it is not about speed, all share the one here.

use std::cmp::Ordering;

/// Sorts like [`slice::sort_by`], equal elements staying in their order.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort_numbers(&mut order, &mut |a, b| compare(&items[a], &items[b]));
    rearrange(&mut order, &mut |a, b| items.swap(a, b));
}

/// Sorts like [`slice::sort_by_key`], equal elements staying in their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

#[inline(never)]
fn sort_numbers(order: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    order.sort_by(|&a, &b| compare(a, b));
}

/// Puts each element in its place: the one at `order[i]` goes to `i`.
#[inline(never)]
fn rearrange(order: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for first in 0..order.len() {
        let mut to = first;
        // Along the cycle, which ends where it began; each place is then in order by itself.
        loop {
            let from = std::mem::replace(&mut order[to], to);
            if from == first {
                break;
            }
            swap(to, from);
            to = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(keys in prop::collection::vec(0_u8..20, 0..200)) {
            let mut items: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|&(key, _)| key);
            sort_by_key(&mut items, |&(key, _)| key);
            prop_assert_eq!(items, expected);
        }
    }
}
