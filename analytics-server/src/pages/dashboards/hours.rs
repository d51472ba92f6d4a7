//! Hours compared with one another: which was the worst, and which lie below the others.

use locales::Texts;
use reports::figures::Hour;
use reports::measures::differ_from_the_rest;

/// Fewest ratings of an hour that is called the worst: of fewer the share says nothing.
pub(super) const WORST_FROM: u64 = 5;

/// The worst hour: the lowest share among the hours with enough ratings. None where nobody was less
/// than satisfied in any of them.
pub(in crate::pages) fn worst(hours: &[Hour]) -> Option<Hour> {
    let enough =
        hours.iter().filter(|one| one.ratings >= WORST_FROM && one.satisfied < one.ratings);
    // Shares as products, so that equal ones are equal; among those the hour with more ratings.
    enough
        .min_by(|one, other| {
            let (left, right) = (one.satisfied * other.ratings, other.satisfied * one.ratings);
            left.cmp(&right).then(other.ratings.cmp(&one.ratings))
        })
        .copied()
}

/// The hours of which chance alone hardly explains that they lie below the others, as the report's
/// chart of the hours has it: many are compared at once.
pub(in crate::pages) fn clearly_lower(hours: &[Hour]) -> Vec<Hour> {
    let pairs: Vec<_> = hours.iter().map(|one| (one.satisfied, one.ratings)).collect();
    let all = pairs.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let apart = hours.iter().zip(differ_from_the_rest(&pairs, all));
    apart.filter(|(_, by)| by.is_some_and(|by| by.high < 0.0)).map(|(one, _)| *one).collect()
}

/// `9–10 giờ`.
pub(super) fn hour_name(hour: u8, texts: &Texts) -> String {
    let places = [("from", &*hour.to_string()), ("to", &(hour + 1).to_string())];
    texts.with("dashboards-hour", &places)
}
