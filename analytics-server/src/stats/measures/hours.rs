//! Hours compared with one another: which was the worst, and which lie below the others.

use reports::figures::Hour;
use reports::measures::lower_than_the_rest;

/// Fewest ratings of an hour that is called the worst where there are such hours: the share of fewer
/// says little.
pub const WORST_FROM: u64 = 5;

/// The worst hour: the lowest share among the hours with at least [`WORST_FROM`] ratings, or among all
/// hours where somebody was less than satisfied only in hours with fewer. None where nobody was.
pub fn worst(hours: &[Hour]) -> Option<Hour> {
    let lowest = |from: u64| {
        let below = |one: &&Hour| one.ratings >= from && one.satisfied < one.ratings;
        // Shares as products, so that equal ones are equal; among those the hour with more ratings.
        hours.iter().filter(below).min_by(|one, other| {
            let (left, right) = (one.satisfied * other.ratings, other.satisfied * one.ratings);
            left.cmp(&right).then(other.ratings.cmp(&one.ratings))
        })
    };
    lowest(WORST_FROM).or_else(|| lowest(1)).copied()
}

/// The hours of which chance alone hardly explains that they lie below the others, as the report's
/// chart of the hours has it: many are compared at once.
pub fn clearly_lower(hours: &[Hour]) -> Vec<Hour> {
    let pairs: Vec<_> = hours.iter().map(|one| (one.satisfied, one.ratings)).collect();
    let told = hours.iter().zip(lower_than_the_rest(&pairs));
    told.filter(|(_, is_lower)| *is_lower).map(|(one, _)| *one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(hour: u8, ratings: u64, satisfied: u64) -> Hour {
        Hour { weekday: 5, hour, ratings, satisfied }
    }

    #[test]
    fn the_worst_hour_has_the_lowest_share_of_enough_ratings() {
        let hours = [hour(7, 4, 0), hour(8, 40, 40), hour(9, 20, 17), hour(10, 40, 34)];
        let last = worst(&hours).unwrap().hour;
        assert_eq!(last, 10, "of two equal shares the one with more ratings");
        assert_eq!(worst(&hours[..3]).unwrap().hour, 9);
        assert_eq!(worst(&hours[..2]).unwrap().hour, 7, "nobody else was less than satisfied");
        assert_eq!(worst(&hours[1..2]), None);
        assert_eq!(worst(&[]), None);
    }

    /// Forty hours are compared at once: what one of them alone would show is chance among so many.
    #[test]
    fn an_hour_is_called_lower_by_the_rule_of_the_report() {
        let mut hours: Vec<Hour> = (1..=5)
            .flat_map(|weekday| (7..15).map(move |at| Hour { weekday, ..hour(at, 550, 545) }))
            .collect();
        hours[10] = Hour { ratings: 622, satisfied: 610, ..hours[10] };
        hours[20] = Hour { ratings: 622, satisfied: 580, ..hours[20] };
        assert_eq!(clearly_lower(&hours), [hours[20]]);
        let few = [hour(8, 57, 57), hour(9, 13, 6), hour(10, 3, 2)];
        assert_eq!(clearly_lower(&few), [few[1]], "few ratings, and no chance");
    }
}
