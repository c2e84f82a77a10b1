//! Which element shows which row: elements are used again, and never made while scrolling.

/// What the elements that show `have` show from now on, `wanted` being sorted: a row that is still wanted keeps its
/// element, the others take what is new. `None` is one that is not needed. Rows for which no element is left come
/// second.
pub fn assign(have: &[u64], wanted: &[u64]) -> (Vec<Option<u64>>, Vec<u64>) {
    let mut new = wanted.iter().copied().filter(|row| !have.contains(row));
    let assigned = have
        .iter()
        .map(|row| if wanted.binary_search(row).is_ok() { Some(*row) } else { new.next() })
        .collect();
    (assigned, new.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_stay_keep_their_elements() {
        assert_eq!(assign(&[], &[0, 1, 2]), (vec![], vec![0, 1, 2]));
        assert_eq!(assign(&[0, 1, 2], &[1, 2, 3]), (vec![Some(3), Some(1), Some(2)], vec![]));
        assert_eq!(assign(&[3, 1, 2], &[0, 1, 2]), (vec![Some(0), Some(1), Some(2)], vec![]));
        assert_eq!(assign(&[0, 1, 2], &[70, 71, 72]), (vec![Some(70), Some(71), Some(72)], vec![]));
    }

    #[test]
    fn more_or_fewer_elements_are_made_or_let_go() {
        assert_eq!(assign(&[0, 1], &[1, 2, 3, 4]), (vec![Some(2), Some(1)], vec![3, 4]));
        assert_eq!(assign(&[0, 1, 2], &[1]), (vec![None, Some(1), None], vec![]));
    }
}
