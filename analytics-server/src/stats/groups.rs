//! What figures are broken down by, the entries of the directory behind it, and the order of a list.

use super::slice::Filter;
use crate::storage::rows::Directory;
use reports::figures::{Figures, Group};
use std::cmp::{Ordering, Reverse};

/// What figures are broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// The departments of the centre.
    Departments,
    /// The officers at the counters.
    Officers,
    /// The counters.
    Counters,
    /// The procedures of the dossiers.
    Procedures,
}

/// An entry of the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectoryEntry<'a> {
    /// Id in this database.
    pub id: i64,
    /// Code, unique among its kind.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// Id of the department it belongs to; a department's own.
    pub department: i64,
}

impl Dimension {
    /// The word in addresses and in the keys of sentences.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Departments => "departments",
            Self::Officers => "officers",
            Self::Counters => "counters",
            Self::Procedures => "procedures",
        }
    }

    /// The word for one of them: the field of an address that names it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Departments => "department",
            Self::Officers => "officer",
            Self::Counters => "counter",
            Self::Procedures => "procedure",
        }
    }

    /// Its groups among the figures.
    pub fn groups(self, figures: &Figures) -> &[Group] {
        match self {
            Self::Departments => &figures.departments,
            Self::Officers => &figures.officers,
            Self::Counters => &figures.counters,
            Self::Procedures => &figures.procedures,
        }
    }

    /// The groups that have ratings, also those whose ratings were all ruled out.
    pub fn with_raw_ratings(self, figures: &Figures) -> Vec<&Group> {
        self.groups(figures).iter().filter(|one| one.ratings.raw() > 0).collect()
    }

    /// The groups whose visitors a tablet asked, the most asked first.
    pub fn asked(self, figures: &Figures) -> Vec<&Group> {
        let asked = self.groups(figures).iter().filter(|one| one.ratings.asked > 0);
        let mut groups: Vec<&Group> = asked.collect();
        groups.sort_by_key(|one| (Reverse(one.ratings.asked), &one.name));
        groups
    }

    /// The filter narrowed to one of them.
    #[must_use]
    pub fn only(self, id: i64, filter: Filter) -> Filter {
        match self {
            Self::Departments => Filter { departments: Some([id].into()), ..filter },
            Self::Officers => Filter { officer: Some(id), ..filter },
            Self::Counters => Filter { counter: Some(id), ..filter },
            Self::Procedures => Filter { procedure: Some(id), ..filter },
        }
    }

    /// Its entries in a directory.
    pub fn entries(self, directory: &Directory) -> Vec<DirectoryEntry<'_>> {
        fn entry<'a>(id: i64, code: &'a str, name: &'a str, department: i64) -> DirectoryEntry<'a> {
            DirectoryEntry { id, code, name, department }
        }
        let Directory { departments, officers, counters, procedures, .. } = directory;
        match self {
            Self::Departments => {
                departments.iter().map(|one| entry(one.id, &one.code, &one.name, one.id)).collect()
            }
            Self::Officers => {
                let all = officers.iter();
                all.map(|one| entry(one.id, &one.code, &one.name, one.department)).collect()
            }
            Self::Counters => {
                let all = counters.iter();
                all.map(|one| entry(one.id, &one.code, &one.name, one.department)).collect()
            }
            Self::Procedures => {
                let all = procedures.iter();
                all.map(|one| entry(one.id, &one.code, &one.name, one.department)).collect()
            }
        }
    }
}

/// The order of a list of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupOrder {
    /// By name.
    Name,
    /// Most ratings first.
    Count,
    /// Lowest share first.
    Share,
    /// Highest share first.
    Best,
    /// The greatest fall against an earlier period first.
    Change,
}

impl GroupOrder {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Name, "name"),
        (Self::Count, "count"),
        (Self::Share, "share"),
        (Self::Best, "best"),
        (Self::Change, "change"),
    ];

    /// The order of a word; the usual one where there is none.
    pub fn of_word(word: &str) -> Option<Self> {
        // Addresses from before the lowest share came first.
        let word = if word == "worst" { "share" } else { word };
        let known = Self::ALL.into_iter().find(|(_, known)| *known == word);
        known.map(|(order, _)| order).or(word.is_empty().then_some(Self::Count))
    }

    /// The word, where it is not the usual order.
    pub fn word(self) -> Option<&'static str> {
        let own = Self::ALL.into_iter().find(|(order, _)| *order == self && self != Self::Count);
        own.map(|(_, word)| word)
    }

    /// The order of two groups. By share, lowest or highest first, those that are not ranked come
    /// last; by change, which `change` tells, those of which none is known.
    pub fn compare(
        self,
        left: &Group,
        right: &Group,
        change: impl Fn(&Group) -> Option<f64>,
    ) -> Ordering {
        // Shares as products, so that equal ones are equal.
        let share = || {
            let (one, other) = (&left.ratings, &right.ratings);
            (one.satisfied.count * other.total).cmp(&(other.satisfied.count * one.total))
        };
        let ranked = right.is_ranked().cmp(&left.is_ranked());
        let first = match self {
            Self::Name => Ordering::Equal,
            Self::Count => right.ratings.total.cmp(&left.ratings.total),
            Self::Share => ranked.then_with(share),
            Self::Best => ranked.then_with(|| share().reverse()),
            Self::Change => match (change(left), change(right)) {
                (Some(one), Some(other)) => one.total_cmp(&other),
                (one, other) => other.is_some().cmp(&one.is_some()),
            },
        };
        first.then_with(|| left.name.cmp(&right.name)).then_with(|| left.code.cmp(&right.code))
    }
}
