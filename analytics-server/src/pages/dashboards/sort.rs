//! The order of a list.

use super::query::FigureQuery;
use crate::pages::prelude::*;
use reports::figures::Group;
use std::cmp::Ordering;

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Sort {
    Name,
    Count,
    /// Best first.
    Share,
    /// Worst first.
    Worst,
}

impl Sort {
    const ALL: [(Self, &str); 4] = [
        (Self::Name, "name"),
        (Self::Count, "count"),
        (Self::Share, "share"),
        (Self::Worst, "worst"),
    ];

    pub(super) fn of(query: &FigureQuery) -> PageResult<Self> {
        let word = query.sort.as_deref().unwrap_or_default();
        if word.is_empty() {
            return Ok(Self::Count);
        }
        Self::ALL.into_iter().find(|one| one.1 == word).map(|one| one.0).ok_or(PageError::Request)
    }

    /// The word, where an address has to carry it.
    pub(super) fn word(self) -> Option<&'static str> {
        Self::ALL.into_iter().find(|one| one.0 == self && self != Self::Count).map(|one| one.1)
    }

    /// Orders the groups of a list; what is not ranked comes last, whichever share comes first.
    pub(super) fn order(self, left: &Group, right: &Group) -> Ordering {
        // Shares as products, so that equal ones are equal.
        let share = || {
            let (one, other) = (&left.ratings, &right.ratings);
            (other.satisfied.count * one.total).cmp(&(one.satisfied.count * other.total))
        };
        let ranked = right.is_ranked().cmp(&left.is_ranked());
        let first = match self {
            Self::Name => Ordering::Equal,
            Self::Count => right.ratings.total.cmp(&left.ratings.total),
            Self::Share => ranked.then_with(share),
            Self::Worst => ranked.then_with(|| share().reverse()),
        };
        first.then_with(|| left.name.cmp(&right.name)).then_with(|| left.code.cmp(&right.code))
    }
}
