//! Nothing that is told gives back what is hidden.

use super::*;
use Cell::{Few, Shown, Withheld};
use proptest::prelude::*;

#[test]
fn rows() {
    assert_eq!(masked([17_902, 4_346, 9]), [17_902, 4_346, 9].map(Shown));
    assert_eq!(masked([500, 80, 3]), [Shown(500), Withheld, Few]);
    assert_eq!(masked([500, 2, 3]), [Shown(500), Few, Few]);
    assert_eq!(masked([500, 1, 1]), [Withheld, Few, Few]);
    assert_eq!(masked([500, 0, 3]), [Withheld, Shown(0), Few]);
    assert_eq!(masked([0, 0, 3]), [Shown(0), Shown(0), Few]);
}

/// Ratings with these counts: very satisfied, satisfied, below.
fn ratings([very_satisfied, satisfied, neutral]: [u64; 3]) -> Ratings {
    let total = very_satisfied + satisfied + neutral;
    let share = Some((very_satisfied + satisfied) as f64 / total as f64);
    Ratings {
        total,
        levels: Levels { very_satisfied, satisfied, neutral, ..Levels::default() },
        satisfied: Satisfied { count: very_satisfied + satisfied, share, low: share, high: share },
        ..Ratings::default()
    }
}

#[test]
fn shares_give_no_few_away() {
    let of = |counts| told(&ratings(counts)).unwrap();
    let written = |counts| {
        let numbers = Numbers::of(locales::texts("vi"));
        let share = of(counts).satisfied;
        let both = [share.written(numbers), share.interval(numbers)].map(Option::unwrap);
        both.join(" | ").replace('\u{a0}', " ")
    };
    // 104 / 108 is 96.296… %.
    for below in 1..=4 {
        assert_eq!(written([90, 18 - below, below]), "≥ 96,2 % | …");
    }
    assert_eq!(written([90, 13, 5]), "95,4 % | 95,4–95,4 %");
    assert_eq!(written([90, 18, 0]), "100 % | 100–100 %");
    assert_eq!(of([40, 3, 7]).levels, [Withheld, Few, Shown(7)]);
    assert_eq!(of([40, 3, 7]).satisfied.exact(), Some(0.86));
    for satisfied in 1..=4 {
        // 4 / 54 is 7.4 %, 4 / 51 is 7.8 %.
        let most = if satisfied == 4 { 0.075 } else { 0.08 };
        let share = of([0, satisfied, 50]).satisfied;
        assert!(matches!(share, Share::AtMost(at) if at <= most), "{share:?}");
    }
    assert_eq!(told(&ratings([1, 2, 1])), None);
    assert_eq!(told_whole(&ratings([90, 15, 3])).unwrap().satisfied.exact(), Some(105.0 / 108.0));
}

/// Satisfied and below of each row, and what may be told: the total as it is written, and
/// whether the share is.
fn beside<const N: usize>(rows: [[u64; 2]; N]) -> [(String, bool); N] {
    let numbers = Numbers::of(locales::texts("vi"));
    let rows = rows.map(|[satisfied, below]| ratings([satisfied, 0, below]));
    let open = beside_whole(&rows.iter().collect::<Vec<_>>(), 30);
    std::array::from_fn(|at| (open[at].total.written(numbers), open[at].share))
}

#[test]
fn a_row_is_not_what_the_whole_leaves_over() {
    let of = |rows: [(&str, bool); 3]| rows.map(|(total, share)| (total.to_owned(), share));
    // One small row: the next smallest hides with it, and its share, which would tell its total.
    let told = beside([[500, 20], [60, 9], [3, 0]]);
    assert_eq!(told, of([("520", true), ("…", false), ("<5", false)]));
    // Two small ones that leave each other open need nobody.
    let told = beside([[500, 20], [3, 0], [1, 2]]);
    assert_eq!(told, of([("520", false), ("<5", false), ("<5", false)]));
    // One small count below satisfied: the share of another is hidden with it.
    let told = beside([[500, 20], [60, 9], [200, 2]]);
    assert_eq!(told, of([("520", true), ("69", false), ("202", true)]));
    // One row without a share of its own: the whole's share would give it.
    let told = beside([[500, 20], [60, 9], [20, 3]]);
    assert_eq!(told, of([("520", true), ("69", false), ("23", false)]));
    let told = beside([[500, 20], [60, 9], [200, 0]]);
    assert_eq!(told, of([("520", true), ("69", true), ("200", true)]));
}

proptest! {
    /// Whoever takes all that is told away from the whole is left with two rows or none.
    #[test]
    fn no_row_is_left_over(rows in proptest::collection::vec((5..90_u64, 5..90_u64), 2..8), few in 0..5_u64) {
        let mut rows: Vec<_> = rows.into_iter().map(|(a, b)| ratings([a, 0, b])).collect();
        rows.push(ratings([few, 0, 0]));
        let open = beside_whole(&rows.iter().collect::<Vec<_>>(), 30);
        let hidden: u64 = open.iter().filter(|one| one.total.shown().is_none()).count() as u64;
        prop_assert_eq!(hidden > 0, few > 0);
        prop_assert_ne!(hidden, 1);
        let silent = open.iter().zip(&rows).filter(|(one, row)| row.total > 0 && !one.share);
        prop_assert_ne!(silent.count(), 1);
        for (one, row) in open.iter().zip(&rows) {
            prop_assert!(!one.share || one.total == Shown(row.total));
        }
    }

    /// Who knows what the signs stand for still finds two rows behind what is told, if there
    /// are more ratings than three small counts hold.
    #[test]
    fn a_row_is_not_undone_by_itself(
        counts in proptest::array::uniform3(prop_oneof![0..7_u64, 0..40_u64])
    ) {
        let total: u64 = counts.iter().sum();
        prop_assume!(total > 3 * FEW && counts.iter().any(|count| is_few(*count)));
        let told = told(&ratings(counts)).unwrap();
        let fits = |other: &[u64; 3]| {
            let share = (other[0] + other[1]) as f64 / total as f64;
            let cells = told.levels.iter().zip(other).all(|(cell, count)| match cell {
                Shown(shown) => shown == count,
                Few => is_few(*count),
                Withheld => *count >= SHOWN_FROM,
            });
            cells && match told.satisfied {
                Share::Exact { share: exact, .. } => (share - exact).abs() < 1e-9,
                Share::AtLeast(bound) => share >= bound,
                Share::AtMost(bound) => share <= bound,
                Share::Unknown => true,
            }
        };
        let all = (0..=total).flat_map(|very| (0..=total - very).map(move |of| (very, of)));
        let alike = all
            .map(|(very, satisfied)| [very, satisfied, total - very - satisfied])
            .filter(fits)
            .collect::<Vec<_>>();
        prop_assert!(alike.contains(&counts) && alike.len() > 1, "{:?} tells {:?}", told, alike);
    }

    #[test]
    fn no_few_is_left_alone(counts in proptest::array::uniform5(0..40_u64)) {
        let cells = masked(counts);
        for (cell, count) in cells.iter().zip(counts) {
            prop_assert!(cell.shown().is_none_or(|shown| shown == count && !is_few(count)));
        }
        let others = counts.iter().filter(|count| **count > 0).count() > 1;
        let hidden = cells.iter().filter(|cell| cell.shown().is_none()).count();
        prop_assert!(hidden != 1 || !others);
    }
}
