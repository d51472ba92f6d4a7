//! How what was published of a month moves on, as a pure function: from the last step and the figures as
//! they are now to the next step, if any. Every step holds at least ten answers that no step before it held,
//! for the whole and for each row; so late arrivals and rulings enter with others or not at all, and the
//! difference of two steps is never a small group.

use super::answers::{Answers, ResponseCounts, sum};
use super::groups::{Group, pool_small_groups};
use jiff::civil::Date;
use reports::figures::{BySource, Figures, Levels, PUBLISHED_FROM};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Holds the answers of no known department.
const NO_DEPARTMENT: i64 = 0;

/// What was published of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedStep {
    /// The last day counted.
    pub until: Date,
    /// The period was over: from then on departments are told apart.
    pub over: bool,
    /// Some of it was simulated.
    pub simulated: bool,
    /// Who was asked and who answered.
    pub asked: ResponseCounts,
    /// How the ratings came, so that only what was collected alike is compared. It is told of no
    /// group, and steps of earlier versions have it not.
    #[serde(default)]
    pub by_source: BySource,
    /// The rows; while the period runs it is one.
    pub groups: Vec<Group>,
    /// Ratings by reason; of officers only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, u64>,
    /// Levels by aspect; of officers only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aspects: BTreeMap<String, Levels>,
}

impl PublishedStep {
    /// All answers that were told.
    pub fn whole(&self) -> Answers {
        sum(self.members().values())
    }

    /// Of a year's months that are over; departments are told with months alone.
    pub(super) fn of_year(figures: &Figures, details: bool) -> Self {
        let now = Current::of_one(figures, true);
        let now = if details { now } else { now.without_details() };
        now.step(vec![Group::of_all(now.members.clone())])
    }

    /// The answers by department. They are not published one by one; the rows say which are.
    fn members(&self) -> BTreeMap<i64, Answers> {
        self.groups.iter().flat_map(|group| group.members.clone()).collect()
    }
}

/// The figures of a period as they are now, days that are over alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// The last day counted.
    pub until: Date,
    /// The period is over.
    pub over: bool,
    /// Some of it was simulated.
    pub simulated: bool,
    /// Who was asked and who answered.
    pub asked: ResponseCounts,
    /// How the ratings came.
    pub by_source: BySource,
    /// By department.
    pub members: BTreeMap<i64, Answers>,
    /// Ratings by reason; of officers only.
    pub reasons: BTreeMap<String, u64>,
    /// Levels by aspect; of officers only.
    pub aspects: BTreeMap<String, Levels>,
}

impl Current {
    /// The centre's, by department.
    pub fn of_centre(figures: &Figures, over: bool) -> Self {
        let departments = figures.departments.iter();
        let mut members: BTreeMap<i64, Answers> =
            departments.map(|one| (one.id, Answers::of(&one.ratings))).collect();
        let elsewhere = Answers::of(&figures.ratings).without(&sum(members.values()));
        if let Some(elsewhere) = elsewhere.filter(|rest| *rest != Answers::default()) {
            members.insert(NO_DEPARTMENT, elsewhere);
        }
        Self { members, ..Self::of_one(figures, over) }.without_details()
    }

    /// As one group, with reasons and aspects.
    pub fn of_one(figures: &Figures, over: bool) -> Self {
        Self {
            until: figures.period.to,
            over,
            simulated: figures.simulated,
            asked: ResponseCounts::of(&figures.ratings),
            by_source: figures.ratings.by_source,
            members: [(NO_DEPARTMENT, Answers::of(&figures.ratings))].into(),
            reasons: figures.reasons.iter().map(|one| (one.id.clone(), one.ratings)).collect(),
            aspects: figures.aspects.iter().map(|one| (one.id.clone(), one.levels)).collect(),
        }
    }

    fn without_details(self) -> Self {
        Self { reasons: BTreeMap::new(), aspects: BTreeMap::new(), ..self }
    }

    fn step(&self, groups: Vec<Group>) -> PublishedStep {
        PublishedStep {
            until: self.until,
            over: self.over,
            simulated: self.simulated,
            asked: self.asked,
            by_source: self.by_source,
            groups,
            reasons: self.reasons.clone(),
            aspects: self.aspects.clone(),
        }
    }
}

/// Whether so many more came that they may be told together, also when some were ruled out. What was
/// told never becomes less by itself: who was ruled out alone would stand in the difference.
pub(super) fn grows(told: u64, now: u64) -> bool {
    now >= told + PUBLISHED_FROM
}

/// What is published next; none: what was published before stays.
pub fn next(told: Option<&PublishedStep>, now: &Current) -> Option<PublishedStep> {
    let total = sum(now.members.values()).total;
    match told {
        Some(told) if told.over => revised(told, now),
        _ if grows(told.map_or(0, |told| told.whole().total), total) => {
            Some(now.step(if now.over {
                pool_small_groups(&now.members)
            } else {
                vec![Group::of_all(now.members.clone())]
            }))
        }
        // What came after the last step is too little: the departments are those of that step, or
        // the whole would leave it over.
        Some(told) if now.over => Some(PublishedStep {
            over: true,
            groups: pool_small_groups(&told.members()),
            ..told.clone()
        }),
        _ => None,
    }
}

/// Once departments are told apart, each row moves on by itself.
fn revised(told: &PublishedStep, now: &Current) -> Option<PublishedStep> {
    let named: Vec<i64> = told.groups.iter().filter_map(|group| group.department).collect();
    let mut moved = false;
    let mut groups: Vec<Group> = told.groups.clone();
    for group in &mut groups {
        let own = |id: &i64| match group.department {
            Some(department) => department == *id,
            None => !named.contains(id),
        };
        let members: BTreeMap<_, _> =
            now.members.iter().filter(|(id, _)| own(id)).map(|(id, one)| (*id, *one)).collect();
        if grows(group.answers().total, sum(members.values()).total) {
            group.members = members;
            moved = true;
        }
    }
    // Without a row of the others, a department that had no answers yet gets its own.
    if groups.iter().all(|group| group.department.is_some()) {
        for (id, answers) in now.members.iter().filter(|(id, _)| !named.contains(id)) {
            if answers.total >= PUBLISHED_FROM {
                groups.push(Group::of_one(*id, *answers));
                moved = true;
            }
        }
    }
    moved.then(|| now.step(groups))
}
