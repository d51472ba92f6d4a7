//! Ratings that a named rule found odd. They are counted like all others; who reads a report is
//! told how many there are.

use super::event_marks::{answered_before, same_dossier};
use super::{Store, StoreError, listed, reading};
use std::collections::HashMap;
use uuid::Uuid;

/// The visit began shortly after the answer before it at the same tablet, and nobody had invited
/// to it.
pub const QUICK_REPEAT: &str = "quick_repeat";

/// The dossier had been rated at the same stage before.
pub const DOSSIER_TWICE: &str = "dossier_twice";

/// A rating with a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flagged {
    /// Its session.
    pub rating: Uuid,
    /// The rule, one word of a fixed set.
    pub rule: String,
    /// The moment that decides the day the rating counts for, milliseconds since 1970.
    pub asked_at: i64,
}

/// The rating that a rule held a flagged one against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldAgainst {
    /// Its number.
    pub num: i64,
    /// Id of its department.
    pub department: i64,
    /// When it was asked, milliseconds since 1970.
    pub asked_at: i64,
    /// From its answer to the question of the flagged one, milliseconds.
    pub gap: i64,
}

/// The answer before a visit at the same tablet, by the tablet's clock; as the rule looks for it.
const BEFORE_AT_TABLET: &str = concat!(
    "select p.num from ratings p where ",
    answered_before!(),
    " order by p.answered_at desc, p.num desc limit 1"
);

/// The answer before it about the same dossier and stage.
const BEFORE_OF_DOSSIER: &str = concat!(
    "select o.num from ratings o where ",
    same_dossier!(),
    " and (o.answered_at < v.answered_at or (o.answered_at = v.answered_at and o.id < v.id)) \
     order by o.answered_at desc, o.id desc limit 1"
);

impl Store {
    /// The ratings that a rule held some others against, by the numbers of those. One that is not found
    /// any more is not among them; a rule of a later version has none.
    pub async fn held_against(
        &self,
        rule: &str,
        nums: &[i64],
    ) -> Result<HashMap<i64, HeldAgainst>, StoreError> {
        let before = match rule {
            QUICK_REPEAT => BEFORE_AT_TABLET,
            DOSSIER_TWICE => BEFORE_OF_DOSSIER,
            _ => return Ok(HashMap::new()),
        };
        if nums.is_empty() {
            return Ok(HashMap::new());
        }
        let nums = listed(nums);
        let sql = format!(
            "select v.num, v.asked_at, ({before}) as before from ratings v where v.num in ({nums})"
        );
        let flagged: Vec<(i64, i64, Option<i64>)> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?
        });
        let found: Vec<i64> = flagged.iter().filter_map(|(.., before)| *before).collect();
        let found = listed(&found);
        let sql = format!(
            "select num, department_id, asked_at, answered_at from ratings
             where answered_at is not null and num in ({found})"
        );
        let rows: Vec<(i64, i64, i64, i64)> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?
        });
        let rows: HashMap<i64, _> = rows.into_iter().map(|row| (row.0, row)).collect();
        let held = |(num, asked_at, before): (i64, i64, Option<i64>)| {
            let (before, department, at, answered_at) = *rows.get(&before?)?;
            let gap = asked_at - answered_at;
            Some((num, HeldAgainst { num: before, department, asked_at: at, gap }))
        };
        Ok(flagged.into_iter().filter_map(held).collect())
    }

    /// Flags of the ratings asked from `from` until, not including, `until`, in their order. A
    /// rating that two rules found stands twice.
    pub async fn flagged(&self, from: i64, until: i64) -> Result<Vec<Flagged>, StoreError> {
        let rows: Vec<(Uuid, String, i64)> = reading!(self, pool => sqlx::query_as(
            "select f.rating_id, f.rule, r.asked_at from rating_flags f
             join ratings r on r.id = f.rating_id
             where r.asked_at >= $1 and r.asked_at < $2 order by r.asked_at, r.num, f.rule",
        )
        .bind(from)
        .bind(until)
        .fetch_all(pool)
        .await?);
        let flagged = |(rating, rule, asked_at)| Flagged { rating, rule, asked_at };
        Ok(rows.into_iter().map(flagged).collect())
    }
}
