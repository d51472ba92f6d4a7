//! Which groups of a breakdown are published. A group with fewer than ten answers is not: such groups are
//! put together, with the next smallest where they are still too few, and told as one row. So
//! nothing is left over by taking rows from each other, the rows add up to the whole, and each row
//! is exact. Nor does it follow from this rule itself, which everybody may read, how small one is.

use super::answers::{Answers, sum};
use reports::figures::PUBLISHED_FROM;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A row: a department, or several that are told together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Id of the department; none: all that have no row of their own.
    pub department: Option<i64>,
    /// What it is made of, by id of the department. Only their sum is published.
    pub members: BTreeMap<i64, Answers>,
}

impl Group {
    /// All departments as one row.
    pub(super) fn of_all(members: BTreeMap<i64, Answers>) -> Self {
        Self { department: None, members }
    }

    /// One department.
    pub(super) fn of_one(department: i64, answers: Answers) -> Self {
        Self { department: Some(department), members: [(department, answers)].into() }
    }

    /// What is published of it.
    pub fn answers(&self) -> Answers {
        sum(self.members.values())
    }
}

/// The rows of a breakdown: the departments with ten answers and more, and one row of the others,
/// where there are any. One row alone, where no department can be told apart.
pub(super) fn pool_small_groups(members: &BTreeMap<i64, Answers>) -> Vec<Group> {
    let mut by_size: Vec<SizeAndId> = members.iter().map(|(id, one)| (one.total, *id)).collect();
    by_size.sort_unstable();
    let empty = by_size.iter().take_while(|(total, _)| *total == 0).count();
    let (mut together, mut told) = (Vec::new(), Vec::new());
    let mut others = 0;
    for one in by_size.split_off(empty) {
        if one.0 < PUBLISHED_FROM || (1..PUBLISHED_FROM).contains(&others) {
            together.push(one);
            others += one.0;
        } else {
            told.push(one);
        }
    }
    if told.first().is_some_and(|next| is_determined(&together, others, *next)) {
        together.append(&mut told);
    }
    let row = |(_, id): &SizeAndId| Group::of_one(*id, members[id]);
    let mut rows: Vec<Group> = told.iter().rev().map(row).collect();
    if !together.is_empty() {
        // Of those without an answer it is not told that they have none.
        let own = |id: &i64| told.iter().all(|(_, one)| one != id);
        let members = members.iter().filter(|(id, _)| own(id));
        rows.push(Group::of_all(members.map(|(id, one)| (*id, *one)).collect()));
    }
    rows
}

/// Number of answers, and id of the department.
type SizeAndId = (u64, i64);

/// Whether the sum of those that are told together, with the smallest one that is told by itself,
/// leaves only one way in which the small ones can be: where each of them has nine, and none could
/// be the larger one beside smaller ones.
fn is_determined(together: &[SizeAndId], others: u64, next: SizeAndId) -> bool {
    const MOST: u64 = PUBLISHED_FROM - 1;
    let mut small = together.iter().filter(|(total, _)| *total < PUBLISHED_FROM).peekable();
    if small.peek().is_none() || small.any(|(total, _)| *total != MOST) {
        return false;
    }
    let otherwise = |(total, id): &SizeAndId| {
        (0..=MOST)
            .filter_map(|rest| others.checked_sub(rest))
            .any(|larger| larger >= PUBLISHED_FROM && larger != *total && (larger, *id) < next)
    };
    !together.iter().any(otherwise)
}
