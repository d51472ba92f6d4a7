//! The order of a list, by no more than its reader is told.

use super::groups::share;
use crate::pages::address::Asked;
use crate::pages::fault::Fault;
use reports::figures::Group;
use reports::masks::Share;
use reports::numbers::is_few;
use std::cmp::Ordering;

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Sort {
    Name,
    Count,
    Share,
}

impl Sort {
    const ALL: [(Self, &str); 3] =
        [(Self::Name, "name"), (Self::Count, "count"), (Self::Share, "share")];

    pub(super) fn of(asked: &Asked) -> Result<Self, Fault> {
        let word = asked.sort.as_deref().unwrap_or_default();
        if word.is_empty() {
            return Ok(Self::Count);
        }
        Self::ALL.into_iter().find(|one| one.1 == word).map(|one| one.0).ok_or(Fault::Request)
    }

    /// The word, where an address has to carry it.
    pub(super) fn word(self) -> Option<&'static str> {
        Self::ALL.into_iter().find(|one| one.0 == self && self != Self::Count).map(|one| one.1)
    }

    /// Orders by what this reader is told.
    pub(super) fn order(self, left: &Group, right: &Group, exact: bool) -> Ordering {
        let count = |one: &Group| match one.ratings.total {
            few if is_few(few) && !exact => 1,
            total => total,
        };
        // Best first; what is not ranked comes last.
        let share = |one: &Group| match share(&one.ratings, exact) {
            _ if !one.is_ranked() => -1.0,
            Share::Exact { share, .. } | Share::AtLeast(share) => share,
            Share::AtMost(_) | Share::Unknown => 0.0,
        };
        let first = match self {
            Self::Name => Ordering::Equal,
            Self::Count => count(right).cmp(&count(left)),
            Self::Share => share(right).total_cmp(&share(left)),
        };
        first.then_with(|| left.name.cmp(&right.name)).then_with(|| left.code.cmp(&right.code))
    }
}
