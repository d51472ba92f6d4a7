//! Each measure, once, with its formula and source. Everything that shows a number shows one of
//! these. Those that documents tell too stand in `reports::measures`.

pub mod asked;
pub mod hours;
pub mod shrinkage;

pub use reports::measures::{Difference, difference, expected, satisfied, wilson};

use protocol::Level;
use reports::figures::{Aspect, Ratings};

/// Rows that agree in everything a measure looks at, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindCell {
    /// 1 very satisfied … 5 very dissatisfied; 0 not answered.
    pub level: u8,
    /// 1 receive, 2 return, 0 not known.
    pub stage: u8,
    /// 1 five levels, 2 three.
    pub scale: u8,
    /// Came from a file of an earlier system.
    pub imported: bool,
    /// Ended without an answer.
    pub abandoned: bool,
    /// A ruling took it out of the figures.
    pub ruled_out: bool,
    /// How many such visits there are.
    pub count: u64,
}

/// Adds a cell to every count it belongs to.
///
/// - *ratings* (lượt đánh giá): visits with a level that no ruling took out; a visit whose level
///   was changed counts once, with the level that took the place of the first.
/// - *ruled out* (đã loại): visits with a level that a ruling took out. They are in no level, stage,
///   scale or share; with the ratings they are the raw number.
/// - *asked* (được hỏi): visits to whom a tablet put the question, answered or not, including answers
///   that were ruled out.
/// - *abandoned* (không trả lời): of those asked, the ones that ended without an answer. Asked
///   less abandoned less answered are the visits still open.
pub fn add(ratings: &mut Ratings, cell: &KindCell) {
    let count = cell.count;
    if !cell.imported {
        ratings.asked += count;
        if cell.abandoned {
            ratings.abandoned += count;
        }
    }
    let Some(level) = Level::from_code(cell.level) else { return };
    let by_source = if cell.ruled_out { &mut ratings.ruled_out } else { &mut ratings.by_source };
    *if cell.imported { &mut by_source.imported } else { &mut by_source.tablet } += count;
    if cell.ruled_out {
        return;
    }
    ratings.total += count;
    *match level {
        Level::VerySatisfied => &mut ratings.levels.very_satisfied,
        Level::Satisfied => &mut ratings.levels.satisfied,
        Level::Neutral => &mut ratings.levels.neutral,
        Level::Dissatisfied => &mut ratings.levels.dissatisfied,
        Level::VeryDissatisfied => &mut ratings.levels.very_dissatisfied,
    } += count;
    *match cell.stage {
        1 => &mut ratings.by_stage.receive,
        2 => &mut ratings.by_stage.return_,
        _ => &mut ratings.by_stage.unstated,
    } += count;
    *match cell.scale {
        2 => &mut ratings.by_scale.three,
        _ => &mut ratings.by_scale.five,
    } += count;
    if level.is_satisfied() {
        ratings.satisfied.count += count;
    }
    ratings.satisfied = satisfied(ratings.satisfied.count, ratings.total);
}

/// The response rate (tỷ lệ trả lời): answered / asked by a tablet, as [`Ratings::answered`] and
/// `Ratings.asked` tell them. None where nobody was asked.
pub fn response_rate(answered: u64, asked: u64) -> Option<f64> {
    (asked > 0).then(|| answered as f64 / asked as f64)
}

/// How many ratings that count some rule found odd.
pub fn flagged(all: &Ratings, cleaned: &Ratings) -> u64 {
    all.total.saturating_sub(cleaned.total)
}

/// The judgements of an aspect as ratings.
pub fn judged(aspect: &Aspect) -> Ratings {
    let levels = aspect.levels;
    Ratings {
        total: aspect.total,
        levels,
        satisfied: satisfied(levels.very_satisfied + levels.satisfied, aspect.total),
        ..Ratings::default()
    }
}

/// The participation rate (tỷ lệ tham gia đánh giá): ratings / people served by the queue's word.
/// None where no queue told. It can be over 1: one service may be rated at receipt and at return.
pub fn participation_rate(ratings: u64, served: Option<u64>) -> Option<f64> {
    served.filter(|served| *served > 0).map(|served| ratings as f64 / served as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_visit_without_an_answer_is_asked_and_no_rating() {
        let mut ratings = Ratings::default();
        let cell = KindCell {
            level: 0,
            stage: 1,
            scale: 1,
            imported: false,
            abandoned: true,
            ruled_out: false,
            count: 3,
        };
        add(&mut ratings, &cell);
        assert_eq!((ratings.asked, ratings.abandoned, ratings.total), (3, 3, 0));
        assert_eq!(ratings.satisfied.share, None);
    }

    #[test]
    fn a_rating_that_was_ruled_out_stays_asked_and_answered() {
        let mut ratings = Ratings::default();
        let cell = |level, ruled_out| KindCell {
            level,
            stage: 2,
            scale: 1,
            imported: false,
            abandoned: false,
            ruled_out,
            count: 1,
        };
        for (level, ruled_out) in [(1, false), (5, true), (0, false)] {
            add(&mut ratings, &cell(level, ruled_out));
        }
        assert_eq!((ratings.total, ratings.raw(), ratings.satisfied.share), (1, 2, Some(1.0)));
        assert_eq!((ratings.asked, ratings.answered(), ratings.open()), (3, 2, 1));
        assert_eq!(response_rate(ratings.answered(), ratings.asked), Some(2.0 / 3.0));
    }

    fn any_cell() -> impl Strategy<Value = KindCell> {
        let ruled_out = any::<bool>();
        (0u8..=5, 0u8..=2, 1u8..=2, any::<bool>(), ruled_out, 0u64..1_000_000).prop_map(
            |(level, stage, scale, imported, ruled_out, count)| KindCell {
                level,
                stage,
                scale,
                imported,
                abandoned: level == 0,
                ruled_out: ruled_out && level > 0,
                count,
            },
        )
    }

    proptest! {
        #[test]
        fn every_breakdown_adds_up_to_the_total(
            cells in prop::collection::vec(any_cell(), 0..20),
        ) {
            let mut ratings = Ratings::default();
            for cell in &cells {
                add(&mut ratings, cell);
            }
            let levels: u64 = ratings.levels.named().iter().map(|(_, count)| count).sum();
            let stage = ratings.by_stage;
            prop_assert_eq!(levels, ratings.total);
            prop_assert_eq!(stage.receive + stage.return_ + stage.unstated, ratings.total);
            prop_assert_eq!(ratings.by_source.tablet + ratings.by_source.imported, ratings.total);
            prop_assert_eq!(ratings.by_scale.five + ratings.by_scale.three, ratings.total);
            prop_assert_eq!(ratings.answered() + ratings.abandoned, ratings.asked);
            let given = cells.iter().filter(|cell| cell.level > 0);
            prop_assert_eq!(ratings.raw(), given.map(|cell| cell.count).sum::<u64>());
        }
    }
}
