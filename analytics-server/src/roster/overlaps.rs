//! Entries of the roster that hold at the same time: an officer at two counters, or two entries of
//! one counter. So does an entry that takes an officer away from their own counter while nobody else is
//! planned there: its tablet goes on asking about them. Any of these may be meant, such as a short relief
//! at the counter beside, so all are reported before they are stored, and none is refused.

use super::week::RosterWeek;
use crate::storage::roster::Duty;
use serde::Serialize;

/// What two entries that hold at the same time share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum OverlapKind {
    /// One officer, at two counters.
    Officer,
    /// One counter; of the two the entry made last holds.
    Counter,
    /// One officer, at another counter and at their own, where they usually sit. This is an entry that
    /// stands for both of a pair.
    Usual,
}

/// Two entries that hold at the same time, by their places in the list; the first stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// What they share.
    pub kind: OverlapKind,
    /// Place of the one.
    pub first: usize,
    /// Place of the other.
    pub second: usize,
}

/// Of two entries of a counter the one that holds, which was made last. One that is not stored yet has no
/// number; of two such the second is made last.
pub fn holder<'a>(first: &'a Duty, second: &'a Duty) -> &'a Duty {
    let is_first = match (first.num, second.num) {
        (_, 0) => false,
        (0, _) => true,
        (one, other) => one > other,
    };
    if is_first { first } else { second }
}

/// The entries of a week that leave an officer's own counter to nobody, so that they sit at two.
pub fn doubled_at_own(week: &RosterWeek<'_>, after: &[Duty]) -> Vec<Overlap> {
    let leaves = |(_, duty): &(usize, &Duty)| week.leaves_own_counter(duty, after);
    let overlap = |(at, _): (usize, &Duty)| {
        let kind = OverlapKind::Usual;
        Overlap { kind, first: at, second: at }
    };
    after.iter().enumerate().filter(leaves).map(overlap).collect()
}

/// All pairs of entries that hold at the same time and share a counter or an officer.
pub fn overlaps(duties: &[Duty]) -> Vec<Overlap> {
    let mut order: Vec<usize> = (0..duties.len()).collect();
    order.sort_by_key(|at| duties[*at].from);
    let mut found = Vec::new();
    for (nth, one) in order.iter().enumerate() {
        let until = duties[*one].until;
        // In the order of their begin: once an entry begins after the end, so do all that follow.
        for other in order[nth + 1..].iter().take_while(|other| duties[**other].from < until) {
            let (duty, beside) = (&duties[*one], &duties[*other]);
            let kind = if duty.counter == beside.counter {
                OverlapKind::Counter
            } else if duty.officer == beside.officer {
                OverlapKind::Officer
            } else {
                continue;
            };
            found.push(Overlap { kind, first: *one.min(other), second: *one.max(other) });
        }
    }
    found.sort_by_key(|one| (one.first, one.second));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duty(counter: i64, officer: i64, from: i64, until: i64) -> Duty {
        Duty { num: 0, counter, officer, from, until }
    }

    #[test]
    fn an_officer_at_two_counters_and_two_entries_of_a_counter_are_found() {
        let week = [
            duty(1, 10, 700, 1_130),
            duty(2, 10, 1_100, 1_700),
            duty(1, 20, 1_000, 1_200),
            duty(3, 30, 700, 1_700),
        ];
        let expected = [(OverlapKind::Officer, 0, 1), (OverlapKind::Counter, 0, 2)];
        let found = overlaps(&week);
        let found: Vec<_> = found.iter().map(|one| (one.kind, one.first, one.second)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_entry_made_last_holds_also_before_it_has_a_number() {
        let one = |num, officer| Duty { num, ..duty(1, officer, 700, 1_130) };
        let held = |first: &Duty, second: &Duty| holder(first, second).officer;
        assert_eq!(held(&one(7, 10), &one(3, 20)), 10);
        assert_eq!(held(&one(3, 10), &one(7, 20)), 20);
        assert_eq!(held(&one(0, 10), &one(7, 20)), 10, "it is made now");
        assert_eq!(held(&one(7, 10), &one(0, 20)), 20);
        assert_eq!(held(&one(0, 10), &one(0, 20)), 20);
    }

    #[test]
    fn what_begins_as_the_other_ends_does_not_overlap() {
        assert_eq!(overlaps(&[duty(1, 10, 700, 1_130), duty(1, 20, 1_130, 1_700)]), []);
        assert_eq!(overlaps(&[duty(1, 10, 1_330, 1_700), duty(2, 10, 700, 1_330)]), []);
        assert_eq!(overlaps(&[]), []);
    }

    #[test]
    fn every_pair_is_found_in_whatever_order_entries_come() {
        let duties: Vec<Duty> = (0..40)
            .map(|nth: i64| {
                let from = nth * 37 % 50;
                duty(nth % 5, nth % 7, from, from + 5 + nth % 23)
            })
            .collect();
        let mut plain = Vec::new();
        for (first, one) in duties.iter().enumerate() {
            for (second, other) in duties.iter().enumerate().skip(first + 1) {
                let meet = one.from < other.until && other.from < one.until;
                if meet && one.counter == other.counter {
                    plain.push(Overlap { kind: OverlapKind::Counter, first, second });
                } else if meet && one.officer == other.officer {
                    plain.push(Overlap { kind: OverlapKind::Officer, first, second });
                }
            }
        }
        assert!(plain.len() > 5, "the example has overlaps");
        assert_eq!(overlaps(&duties), plain);
    }
}
