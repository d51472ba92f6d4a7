//! What a row of a breakdown may show. A count of 1 to 4 could point at one citizen, so it is
//! written `<5`, and nothing beside it may give it back: when it is the only hidden count of its
//! row, the total would, so another count is hidden with it; and where the exact satisfied share
//! would, only a bound is told. For n ratings of which 1 to 4 lie below satisfied the share is at
//! least (n - 4) / n, rounded down to a tenth of a percent: it says no more than `<5` and n do.

use crate::figures::{Levels, Ratings, SHOWN_FROM, Satisfied};
use crate::numbers::{NO_BREAK_SPACE, Numbers, is_few};

/// What stands for a figure that is hidden only for the sake of another.
pub const WITHHELD: &str = "…";

/// The most ratings that `<5` can stand for.
const FEW: u64 = SHOWN_FROM - 1;

/// Parts of a whole in which bounds are told: tenths of a percent.
const PARTS: u64 = 1_000;

/// A count of a breakdown as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing to hide.
    Shown(u64),
    /// 1 to 4.
    Few,
    /// Hidden only because another count of the row could be worked out from it.
    Withheld,
}

impl Cell {
    /// The count as it is written: `41`, `<5`, or `…` when withheld.
    pub fn written(self, numbers: Numbers<'_>) -> String {
        match self {
            Self::Shown(count) => numbers.count(count),
            Self::Few => numbers.cell(1),
            Self::Withheld => WITHHELD.to_owned(),
        }
    }

    /// The count where it may be shown.
    pub fn shown(self) -> Option<u64> {
        match self {
            Self::Shown(count) => Some(count),
            Self::Few | Self::Withheld => None,
        }
    }
}

/// The counts of a row that add up to a total printed beside them.
pub fn masked<const N: usize>(counts: [u64; N]) -> [Cell; N] {
    hide(counts, |place| counts[place])
}

/// The same, where counts are hidden for the sake of others in the order of `rank`.
fn hide<const N: usize, R: Ord>(counts: [u64; N], rank: impl Fn(usize) -> R) -> [Cell; N] {
    let cells = hide_all(&counts, rank);
    std::array::from_fn(|place| cells[place])
}

fn hide_all<R: Ord>(counts: &[u64], rank: impl Fn(usize) -> R) -> Vec<Cell> {
    let cell = |count: &u64| if is_few(*count) { Cell::Few } else { Cell::Shown(*count) };
    let mut cells: Vec<Cell> = counts.iter().map(cell).collect();
    let few: Vec<u64> = counts.iter().copied().filter(|count| is_few(*count)).collect();
    let number = few.len() as u64;
    let mut sum: u64 = few.iter().sum();
    // One hidden count is the total less the others; two that make 2 are 1 and 1, or 8, 4 and 4.
    if number == 0 || (number > 1 && sum >= SHOWN_FROM && sum < FEW * number) {
        return cells;
    }
    let places = 0..counts.len();
    let mut partners: Vec<usize> = places.filter(|place| counts[*place] >= SHOWN_FROM).collect();
    partners.sort_by_key(|place| rank(*place));
    let mut least = number;
    for place in partners {
        cells[place] = Cell::Withheld;
        sum += counts[place];
        least += SHOWN_FROM;
        // A 5 that is hidden with a 1 makes 6, and nothing else does.
        if sum > least {
            break;
        }
    }
    cells
}

/// What may be told of a row beside its total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// Very satisfied, satisfied, and all levels below.
    pub levels: [Cell; 3],
    /// Very satisfied or satisfied.
    pub satisfied: Share,
}

/// The satisfied share of a row as it may be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// Nothing to hide: the share and both ends of its interval, each 0 to 1.
    Exact {
        /// The share.
        share: f64,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// 1 to 4 ratings lie below satisfied: no less than this.
    AtLeast(f64),
    /// Hardly anybody was satisfied, and the ratings below are hidden: no more than this.
    AtMost(f64),
    /// There is none.
    Unknown,
}

/// What a row of a breakdown may tell; none where its total is no more than 4 itself.
pub fn told(ratings: &Ratings) -> Option<Told> {
    let whole = told_whole(ratings)?;
    let counts = three(ratings);
    let total = ratings.total;
    // Rather the other satisfied level is hidden than the levels below: the share stays exact.
    let levels = hide(counts, |place| (place == 2, counts[place]));
    let satisfied = match levels {
        [.., Cell::Shown(_)] => whole.satisfied,
        [.., Cell::Few] => {
            let parts = total.saturating_sub(FEW).saturating_mul(PARTS) / total;
            Share::AtLeast(parts as f64 / PARTS as f64)
        }
        [first, second, Cell::Withheld] => {
            let most = |cell| match cell {
                Cell::Shown(count) => count,
                Cell::Few => FEW,
                Cell::Withheld => total.saturating_sub(SHOWN_FROM),
            };
            let most = (most(first) + most(second)).min(total);
            Share::AtMost(most.saturating_mul(PARTS).div_ceil(total) as f64 / PARTS as f64)
        }
    };
    Some(Told { levels, satisfied })
}

/// The same for all ratings of a centre: their share is told exactly, for it points at nobody.
pub fn told_whole(ratings: &Ratings) -> Option<Told> {
    if ratings.total == 0 || is_few(ratings.total) {
        return None;
    }
    let of = ratings.satisfied;
    let satisfied = match (of.share, of.low, of.high) {
        (Some(share), Some(low), Some(high)) => Share::Exact { share, low, high },
        _ => Share::Unknown,
    };
    Some(Told { levels: masked(three(ratings)), satisfied })
}

/// Whether the satisfied share of these counts may be told exactly.
pub fn is_told(levels: Levels) -> bool {
    let ratings = Ratings {
        total: levels.named().iter().map(|(_, count)| count).sum(),
        levels,
        // Ends only so that there is a share; nothing is shown of them.
        satisfied: Satisfied { count: 0, share: Some(0.0), low: Some(0.0), high: Some(0.0) },
        ..Ratings::default()
    };
    told(&ratings).is_some_and(|told| told.satisfied.exact().is_some())
}

/// What a row of a breakdown may tell where the whole stands beside all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Number of ratings.
    pub total: Cell,
    /// Whether its satisfied share may be told.
    pub share: bool,
}

/// The rows of a breakdown that add up to a whole that is told: what is hidden of one row may not
/// be what the whole leaves over once all other rows are taken away. Shares are told of rows with
/// `from` ratings and more.
pub fn beside_whole(rows: &[&Ratings], from: u64) -> Vec<Open> {
    let totals: Vec<u64> = rows.iter().map(|row| row.total).collect();
    let cells = hide_all(&totals, |place| totals[place]);
    let exact = |row: &Ratings| told(row).is_some_and(|told| told.satisfied.exact().is_some());
    let enough = |place: usize| cells[place].shown().is_some_and(|total| total >= from);
    let known = |at: usize| totals[at] == 0 || (enough(at) && exact(rows[at]));
    let hidden: Vec<bool> = (0..rows.len()).map(|at| !known(at)).collect();
    let below: Vec<u64> = rows.iter().map(|row| three(row)[2]).collect();
    let covered = covered(&below, &hidden, &totals);
    let open =
        |at: usize| Open { total: cells[at], share: enough(at) && covered[at] == hidden[at] };
    (0..rows.len()).map(open).collect()
}

/// Of which rows nothing exact may be told of their ratings below satisfied: of those `hidden` for
/// reasons of their own, and of as many more that the hidden ones, which together are known, leave
/// each of them open. The rows with the fewest ratings are taken first.
fn covered(below: &[u64], hidden: &[bool], totals: &[u64]) -> Vec<bool> {
    let mut covered = hidden.to_vec();
    let partner = |place: &usize| !hidden[*place] && below[*place] >= SHOWN_FROM;
    let mut partners: Vec<usize> = (0..below.len()).filter(partner).collect();
    partners.sort_by_key(|place| totals[*place]);
    for place in partners {
        let among: Vec<u64> =
            covered.iter().zip(below).filter(|(covered, _)| **covered).map(|(_, b)| *b).collect();
        let number = among.len() as u64;
        // More than as many small counts as there are rows could make.
        if number == 0 || (number > 1 && among.iter().sum::<u64>() > FEW * number) {
            break;
        }
        covered[place] = true;
    }
    covered
}

fn three(ratings: &Ratings) -> [u64; 3] {
    let of = ratings.levels;
    [of.very_satisfied, of.satisfied, of.neutral + of.dissatisfied + of.very_dissatisfied]
}

impl Share {
    /// The share as it is written: `96,0 %`, or its bound, `≥ 96,3 %`.
    pub fn written(self, numbers: Numbers<'_>) -> Option<String> {
        let bound = |sign: char, share| format!("{sign}{NO_BREAK_SPACE}{}", numbers.percent(share));
        match self {
            Self::Exact { share, .. } => Some(numbers.percent(share)),
            Self::AtLeast(share) => Some(bound('≥', share)),
            Self::AtMost(share) => Some(bound('≤', share)),
            Self::Unknown => None,
        }
    }

    /// The interval as it is written, `…` where it would give the share away.
    pub fn interval(self, numbers: Numbers<'_>) -> Option<String> {
        match self {
            Self::Exact { low, high, .. } => Some(numbers.interval(low, high)),
            Self::AtLeast(_) | Self::AtMost(_) => Some(WITHHELD.to_owned()),
            Self::Unknown => None,
        }
    }

    /// Both ends of what may be drawn: the interval, or all that the bound leaves open.
    pub fn ends(self) -> Option<(f64, f64)> {
        match self {
            Self::Exact { low, high, .. } => Some((low, high)),
            Self::AtLeast(share) => Some((share, 1.0)),
            Self::AtMost(share) => Some((0.0, share)),
            Self::Unknown => None,
        }
    }

    /// The share itself, where it may be told.
    pub fn exact(self) -> Option<f64> {
        match self {
            Self::Exact { share, .. } => Some(share),
            Self::AtLeast(_) | Self::AtMost(_) | Self::Unknown => None,
        }
    }

    /// Whether only a bound is told.
    pub fn is_bound(self) -> bool {
        matches!(self, Self::AtLeast(_) | Self::AtMost(_))
    }
}

#[cfg(test)]
mod tests {
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
            satisfied: Satisfied {
                count: very_satisfied + satisfied,
                share,
                low: share,
                high: share,
            },
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
        assert_eq!(
            told_whole(&ratings([90, 15, 3])).unwrap().satisfied.exact(),
            Some(105.0 / 108.0)
        );
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
}
