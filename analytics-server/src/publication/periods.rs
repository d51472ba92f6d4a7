//! What is published of a period, from what was published of its months. It is always a sum of what
//! was published of months, and for a year also of the answers that were too few in its months, so
//! that the difference of two periods is never a group that was not published itself.

use super::answers::{Answers, ResponseCounts, sum};
use super::steps::PublishedStep;
use jiff::civil::Date;
use reports::figures::{BySource, Levels, PUBLISHED_FROM, Ratings};
use std::collections::{BTreeMap, BTreeSet};

/// What is published of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFigures {
    /// The last day counted.
    pub until: Date,
    /// Some of it was simulated.
    pub simulated: bool,
    /// All answers.
    pub whole: Answers,
    /// Who was asked and who answered.
    pub asked: ResponseCounts,
    /// How the ratings came; less than all of them where a step of an earlier version does not say.
    pub by_source: BySource,
    /// The departments that are told, most answers first; the others (no id) last. None, where
    /// departments are not told apart.
    pub rows: Vec<(Option<i64>, Answers)>,
    /// Ratings by reason; of officers only.
    pub reasons: BTreeMap<String, u64>,
    /// Levels by aspect; of officers only.
    pub aspects: BTreeMap<String, Levels>,
}

impl PublishedFigures {
    /// The ratings as they are compared with those of another period; none where it is not known how
    /// they came.
    pub fn comparable(&self) -> Option<Ratings> {
        let BySource { tablet, imported } = self.by_source;
        let ratings = Ratings { by_source: self.by_source, ..self.whole.ratings() };
        (tablet + imported >= self.whole.total).then_some(ratings)
    }
}

/// What is told of some months, in order. `year` is what was told of a year's months up to its last
/// day, with what was too little in each of them.
pub fn joined(year: Option<&PublishedStep>, months: &[PublishedStep]) -> Option<PublishedFigures> {
    let after = months.iter().filter(|month| year.is_none_or(|year| month.until > year.until));
    let parts: Vec<&PublishedStep> = year.into_iter().chain(after).collect();
    let last = parts.last()?;
    let mut told = PublishedFigures {
        until: last.until,
        simulated: parts.iter().any(|part| part.simulated),
        whole: parts.iter().fold(Answers::default(), |sum, part| sum.and(&part.whole())),
        asked: parts.iter().fold(ResponseCounts::default(), |sum, part| sum.and(part.asked)),
        by_source: parts.iter().fold(BySource::default(), |sum, part| BySource {
            tablet: sum.tablet + part.by_source.tablet,
            imported: sum.imported + part.by_source.imported,
        }),
        rows: Vec::new(),
        reasons: BTreeMap::new(),
        aspects: BTreeMap::new(),
    };
    for part in &parts {
        for (reason, count) in &part.reasons {
            *told.reasons.entry(reason.clone()).or_default() += count;
        }
        for (aspect, levels) in &part.aspects {
            let sum = told.aspects.entry(aspect.clone()).or_default();
            *sum = added(sum, levels);
        }
    }
    told.rows = rows(&told.whole, months);
    Some(told)
}

/// The departments that were told in every month in which they had answers; the others together.
fn rows(whole: &Answers, months: &[PublishedStep]) -> Vec<(Option<i64>, Answers)> {
    let mut own: BTreeMap<i64, Answers> = BTreeMap::new();
    let mut hidden = BTreeSet::new();
    for group in months.iter().flat_map(|month| &month.groups) {
        match group.department {
            Some(department) => {
                let sum = own.entry(department).or_default();
                *sum = sum.and(&group.answers());
            }
            None => hidden.extend(group.members.keys().copied()),
        }
    }
    own.retain(|department, _| !hidden.contains(department));
    let mut rows: Vec<_> = own.into_iter().collect();
    rows.sort_by_key(|(id, one)| (std::cmp::Reverse(one.total), *id));
    let Some(others) = whole.without(&sum(rows.iter().map(|(_, one)| one))) else {
        return Vec::new();
    };
    if (1..PUBLISHED_FROM).contains(&others.total) || rows.is_empty() {
        return Vec::new();
    }
    let mut rows: Vec<_> = rows.into_iter().map(|(id, one)| (Some(id), one)).collect();
    if others.total > 0 {
        rows.push((None, others));
    }
    rows
}

fn added(one: &Levels, other: &Levels) -> Levels {
    Levels {
        very_satisfied: one.very_satisfied + other.very_satisfied,
        satisfied: one.satisfied + other.satisfied,
        neutral: one.neutral + other.neutral,
        dissatisfied: one.dissatisfied + other.dissatisfied,
        very_dissatisfied: one.very_dissatisfied + other.very_dissatisfied,
    }
}
