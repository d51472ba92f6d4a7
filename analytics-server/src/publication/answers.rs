//! The answers of a group as they are published: how many there are at each level, and nothing that
//! would cut them into smaller groups.

use crate::stats::measures::satisfied;
use reports::figures::{ByScale, ByStage, Levels, PUBLISHED_FROM, Ratings};
use serde::{Deserialize, Serialize};

/// The answers of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Number of ratings.
    pub total: u64,
    /// Number at each level.
    pub levels: Levels,
    /// Number by scale.
    pub by_scale: ByScale,
}

impl Answers {
    /// What is published of some ratings.
    pub fn of(ratings: &Ratings) -> Self {
        Self { total: ratings.total, levels: ratings.levels, by_scale: ratings.by_scale }
    }

    /// The ratings behind it, with the satisfied share and its interval. Stage and source are told
    /// of no group, nor who was asked.
    pub fn ratings(&self) -> Ratings {
        let of = self.levels;
        Ratings {
            total: self.total,
            levels: of,
            by_scale: self.by_scale,
            by_stage: ByStage { unstated: self.total, ..ByStage::default() },
            satisfied: satisfied(of.very_satisfied + of.satisfied, self.total),
            ..Ratings::default()
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(&self, more: &Self) -> Self {
        self.zip(more, |one, other| Some(one + other)).unwrap_or_default()
    }

    /// What is left without a part; none where the part is not one of it.
    pub fn without(&self, part: &Self) -> Option<Self> {
        self.zip(part, u64::checked_sub)
    }

    fn zip(&self, other: &Self, each: impl Fn(u64, u64) -> Option<u64>) -> Option<Self> {
        let (of, more) = (&self.levels, &other.levels);
        Some(Self {
            total: each(self.total, other.total)?,
            levels: Levels {
                very_satisfied: each(of.very_satisfied, more.very_satisfied)?,
                satisfied: each(of.satisfied, more.satisfied)?,
                neutral: each(of.neutral, more.neutral)?,
                dissatisfied: each(of.dissatisfied, more.dissatisfied)?,
                very_dissatisfied: each(of.very_dissatisfied, more.very_dissatisfied)?,
            },
            by_scale: ByScale {
                five: each(self.by_scale.five, other.by_scale.five)?,
                three: each(self.by_scale.three, other.by_scale.three)?,
            },
        })
    }
}

/// Visits that tablets asked, and those that answered, including answers that were ruled out later.
/// Published only as a share in whole percents: exact numbers beside the ratings would reveal how many
/// were ruled out or did not answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseCounts {
    /// Visits that were asked.
    pub asked: u64,
    /// Of those, visits that answered.
    pub answered: u64,
}

impl ResponseCounts {
    /// Of some ratings.
    pub fn of(ratings: &Ratings) -> Self {
        Self { asked: ratings.asked, answered: ratings.answered() }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self { asked: self.asked + more.asked, answered: self.answered + more.answered }
    }

    /// The response rate of those asked, rounded to whole percents, where neither those asked nor
    /// those who did not answer are a small group.
    pub fn percents(self) -> Option<u64> {
        let Self { asked, answered } = self;
        let silent = asked.saturating_sub(answered);
        let told = asked >= PUBLISHED_FROM && !(1..PUBLISHED_FROM).contains(&silent);
        told.then(|| (answered.min(asked) * 200 + asked) / (asked * 2))
    }
}

/// Several together.
pub(super) fn sum<'a>(all: impl IntoIterator<Item = &'a Answers>) -> Answers {
    all.into_iter().fold(Answers::default(), |sum, one| sum.and(one))
}
