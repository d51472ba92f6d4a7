//! One cause raises one alert. Where an officer alone makes the share of a counter and of a department fall
//! under the limit, three shares cross it for one reason: the finest is told, and names the others.

use super::occurrence::{AlertOwner, AlertSubject};
use std::collections::BTreeSet;

/// A subject whose share is under the limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareUnder {
    /// Whose share it is.
    pub subject: AlertSubject,
    /// Whose business it is.
    pub place: AlertOwner,
    /// Ratings in the window.
    pub ratings: u64,
    /// Of them satisfied.
    pub satisfied: u64,
    /// The rows that its ratings are of, by their place in the window's list.
    pub rows: BTreeSet<usize>,
    /// Those of them with ratings below satisfied.
    pub below: BTreeSet<usize>,
}

impl ShareUnder {
    /// Whether this one is finer and has all ratings below satisfied of the other, and whoever is told
    /// of the other is told of this one.
    fn accounts_for(&self, other: &Self) -> bool {
        let department = other.place.department;
        self.subject.kind < other.subject.kind
            && other.below.is_subset(&self.rows)
            && (department.is_none() || department == self.place.department)
    }
}

/// Of those that are under the limit for one cause the finest, each with the others that it stands for.
/// Two who are under the limit each by their own ratings stay two, and so does what is made of both.
pub fn one_per_cause(mut under: Vec<ShareUnder>) -> Vec<(ShareUnder, Vec<AlertSubject>)> {
    under.sort_by_key(|one| one.subject);
    let mut told: Vec<(ShareUnder, Vec<AlertSubject>)> = Vec::new();
    // The finest come first. Who accounts for somebody accounts also for all whom that one stands for.
    for one in under {
        match told.iter().position(|(finer, _)| finer.accounts_for(&one)) {
            Some(place) => told[place].1.push(one.subject),
            None => told.push((one, Vec::new())),
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::super::occurrence::SubjectKind::{self, Counter, Department, Officer};
    use super::*;
    use proptest::prelude::*;

    /// Rows are told by who was rated below satisfied in them (`below`) or not (`well`).
    fn under(kind: SubjectKind, id: i64, below: &[usize], well: &[usize]) -> ShareUnder {
        ShareUnder {
            subject: AlertSubject { kind, id },
            place: AlertOwner { department: Some(1), ..AlertOwner::default() },
            ratings: 100,
            satisfied: 40,
            rows: below.iter().chain(well).copied().collect(),
            below: below.iter().copied().collect(),
        }
    }

    fn told(all: Vec<ShareUnder>) -> Vec<(SubjectKind, i64, usize)> {
        let told = one_per_cause(all).into_iter();
        told.map(|(one, also)| (one.subject.kind, one.subject.id, also.len())).collect()
    }

    #[test]
    fn a_department_with_one_counter_and_one_officer_is_told_once() {
        let all = vec![
            under(Department, 1, &[0], &[]),
            under(Counter, 7, &[0], &[]),
            under(Officer, 13, &[0], &[]),
        ];
        let found = one_per_cause(all.clone());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, all[2]);
        let also = [(Counter, 7), (Department, 1)].map(|(kind, id)| AlertSubject { kind, id });
        assert_eq!(found[0].1, also);
    }

    #[test]
    fn who_makes_a_whole_department_fall_is_told_alone() {
        // Others of the department, at other counters, have satisfied people only.
        let all = vec![under(Department, 1, &[0], &[1, 2]), under(Officer, 13, &[0], &[])];
        assert_eq!(told(all), [(Officer, 13, 1)]);
    }

    #[test]
    fn two_causes_are_two_alerts_and_what_both_make_is_a_third() {
        let all = vec![
            under(Department, 1, &[0, 1], &[]),
            under(Officer, 13, &[0], &[]),
            under(Officer, 14, &[1], &[]),
        ];
        assert_eq!(told(all), [(Officer, 13, 0), (Officer, 14, 0), (Department, 1, 0)]);
        // A counter where several serve, none of whom has enough ratings alone.
        let all = vec![under(Department, 1, &[0, 1], &[2]), under(Counter, 7, &[0, 1], &[])];
        assert_eq!(told(all), [(Counter, 7, 1)]);
    }

    #[test]
    fn whoever_would_be_told_of_the_coarser_is_told_of_the_finer() {
        let mut moved = under(Officer, 13, &[0], &[5]);
        moved.place.department = None;
        let all = vec![under(Department, 1, &[0], &[]), moved];
        assert_eq!(told(all), [(Officer, 13, 0), (Department, 1, 0)]);
    }

    proptest! {
        #[test]
        fn nothing_below_satisfied_is_left_untold(
            rows in prop::collection::vec((0_i64..3, 0_i64..4, 0_i64..5), 1..12),
        ) {
            let row = |kind, id| {
                let is_own = |(department, counter, officer): &(i64, i64, i64)| match kind {
                    Department => *department == id,
                    Counter => *counter == id,
                    Officer => *officer == id,
                };
                let own = rows.iter().enumerate().filter(|(_, row)| is_own(row));
                own.map(|(place, _)| place).collect::<Vec<_>>()
            };
            let mut all = Vec::new();
            for (kind, most) in [(Department, 3), (Counter, 4), (Officer, 5)] {
                all.extend((0..most).map(|id| under(kind, id, &row(kind, id), &[])));
            }
            all.retain(|one| !one.below.is_empty());
            let found = one_per_cause(all.clone());
            let named = found.iter().map(|(_, also)| 1 + also.len()).sum::<usize>();
            prop_assert_eq!(named, all.len(), "each is told or named, once");
            for (one, also) in &found {
                for subject in also {
                    let other = all.iter().find(|other| other.subject == *subject).unwrap();
                    prop_assert!(other.below.is_subset(&one.below));
                }
            }
            let whole: BTreeSet<usize> =
                found.iter().flat_map(|(one, _)| one.below.clone()).collect();
            prop_assert_eq!(whole.len(), rows.len());
        }
    }
}
