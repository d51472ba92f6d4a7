//! Today's numbers: counted once for everybody, by the same statistics as every page, and added up
//! from the departments for those who see only some.

use super::Live;
use super::today::Today;
use crate::centre_time::local;
use crate::period::Span;
use crate::stats::StatsError;
use crate::stats::measures::satisfied;
use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use locales::Texts;
use reports::figures::{BySource, Ratings};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Today as it stands at a position of the change clock.
#[derive(Clone, Debug)]
pub struct Counts {
    /// The position.
    pub position: i64,
    /// Today.
    pub day: Date,
    /// Some of it was simulated.
    pub simulated: bool,
    whole: Ratings,
    /// By id.
    departments: BTreeMap<i64, Ratings>,
    /// By id of the department: the moment of its last answer.
    last: BTreeMap<i64, i64>,
    zone: TimeZone,
}

impl Live {
    /// Today's numbers as they are now. A count of the same position is reused, so a call costs one small
    /// query while no rating changes.
    pub async fn counts(&self) -> Result<Arc<Counts>, StatsError> {
        let mut counted = self.live_hub.counted.lock().await;
        // Read before counting: what is stored in between is counted too, and once more afterwards.
        let (position, day) =
            (self.store.position().await?, local(self.clock.now(), &self.zone).date());
        if let Some(known) =
            counted.as_ref().filter(|one| (one.position, one.day) == (position, day))
        {
            return Ok(Arc::clone(known));
        }
        let figures =
            self.stats.figures(&Span::Days(day, day).under(self.centre.get().policy)).await?;
        let departments = figures.departments.iter().map(|one| (one.id, one.ratings.clone()));
        let before = counted.as_ref().filter(|one| one.day == day);
        let mut last = before.map(|one| one.last.clone()).unwrap_or_default();
        // Of a new day only what changed since yesterday was counted can hold an answer.
        let after = counted.as_ref().map_or(0, |one| one.position);
        let (from, until) = bounds(day, &self.zone);
        for (department, at) in self.store.last_answers_after(after, from, until).await? {
            let known = last.entry(department).or_insert(at);
            *known = at.max(*known);
        }
        let fresh = Arc::new(Counts {
            position,
            day,
            simulated: figures.simulated,
            whole: figures.ratings.clone(),
            departments: departments.collect(),
            last,
            zone: self.zone.clone(),
        });
        *counted = Some(Arc::clone(&fresh));
        Ok(fresh)
    }
}

/// When a day begins and ends, milliseconds since 1970.
fn bounds(day: Date, zone: &TimeZone) -> (i64, i64) {
    let begin = |day: Date| {
        let begin = day.to_datetime(Time::midnight()).to_zoned(zone.clone());
        begin.map_or(0, |begin| begin.timestamp().as_millisecond())
    };
    (begin(day), begin(day.saturating_add(1.day())))
}

impl Counts {
    /// All ratings of today.
    pub fn whole(&self) -> &Ratings {
        &self.whole
    }

    /// Those of some departments, by id.
    pub fn of(&self, departments: &BTreeSet<i64>) -> Ratings {
        let own = self.departments.iter().filter(|(id, _)| departments.contains(id));
        own.fold(Ratings::default(), |sum, (_, ratings)| sum_of(&sum, ratings))
    }

    /// When the last answer of some departments was given, or of all.
    pub fn last(&self, departments: Option<&BTreeSet<i64>>) -> Option<jiff::Zoned> {
        let own = |id: &i64| departments.is_none_or(|own| own.contains(id));
        let at = self.last.iter().filter(|(id, _)| own(id)).map(|(_, at)| *at).max()?;
        let at = jiff::Timestamp::from_millisecond(at).ok()?;
        Some(at.to_zoned(self.zone.clone()))
    }

    /// What those may be told who see some departments, or all.
    pub fn today(&self, departments: Option<&BTreeSet<i64>>, texts: &'static Texts) -> Today {
        let ratings = departments.map_or_else(|| self.whole.clone(), |own| self.of(own));
        Today::of(self.day, &ratings, self.last(departments).as_ref(), texts)
    }
}

/// Two counts together, as far as today tells them.
fn sum_of(one: &Ratings, other: &Ratings) -> Ratings {
    let (mut levels, more) = (one.levels, other.levels);
    levels.very_satisfied += more.very_satisfied;
    levels.satisfied += more.satisfied;
    levels.neutral += more.neutral;
    levels.dissatisfied += more.dissatisfied;
    levels.very_dissatisfied += more.very_dissatisfied;
    let total = one.total + other.total;
    Ratings {
        total,
        levels,
        satisfied: satisfied(one.satisfied.count + other.satisfied.count, total),
        asked: one.asked + other.asked,
        abandoned: one.abandoned + other.abandoned,
        by_source: both(one.by_source, other.by_source),
        ruled_out: both(one.ruled_out, other.ruled_out),
        ..Ratings::default()
    }
}

fn both(one: BySource, other: BySource) -> BySource {
    BySource { tablet: one.tablet + other.tablet, imported: one.imported + other.imported }
}

#[cfg(test)]
pub(super) use tests::sample;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use reports::figures::Levels;

    fn ratings(counts: [u64; 5]) -> Ratings {
        let [very_satisfied, well, neutral, dissatisfied, very_dissatisfied] = counts;
        let total = counts.iter().sum();
        let levels =
            Levels { very_satisfied, satisfied: well, neutral, dissatisfied, very_dissatisfied };
        let satisfied = satisfied(very_satisfied + well, total);
        Ratings { total, levels, satisfied, ..Ratings::default() }
    }

    /// Counts of today with these departments, numbered from 1.
    pub(in crate::live) fn sample(departments: &[[u64; 5]]) -> Counts {
        let numbered = (1..).zip(departments.iter().map(|counts| ratings(*counts)));
        let departments: BTreeMap<i64, Ratings> = numbered.collect();
        let whole = departments.values().fold(Ratings::default(), |sum, one| sum_of(&sum, one));
        let last = departments.keys().map(|id| (*id, 1_696_132_800_000 + id * 60_000)).collect();
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        let day = jiff::civil::date(2023, 10, 1);
        Counts { position: 7, day, simulated: false, whole, departments, last, zone }
    }

    proptest! {
        #[test]
        fn departments_add_up_to_the_whole(
            departments in prop::collection::vec(prop::array::uniform5(0u64..500), 0..12),
        ) {
            let counts = sample(&departments);
            let all: BTreeSet<i64> = counts.departments.keys().copied().collect();
            prop_assert_eq!(&counts.of(&all), counts.whole());
            for id in all {
                prop_assert_eq!(&counts.of(&[id].into()), &counts.departments[&id]);
            }
            prop_assert_eq!(counts.of(&BTreeSet::new()).total, 0);
        }
    }
}
