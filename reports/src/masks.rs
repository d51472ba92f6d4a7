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
#[path = "masks_tests.rs"]
mod tests;
