//! The roster: who sits at which counter when it is not the usual officer.

use super::{Store, StoreError, log_change, reading, writing};

/// One entry of the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Number of the entry; 0 in one that is still to be stored.
    pub num: i64,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer.
    pub officer: i64,
    /// From this moment, milliseconds since 1970.
    pub from: i64,
    /// Until, not including, this one.
    pub until: i64,
}

impl Store {
    /// Adds an entry; its number. Where it overlaps an older one of the counter, it wins.
    pub async fn add_duty(&self, duty: &Duty, actor: &str, now: i64) -> Result<i64, StoreError> {
        Ok(writing!(self, Db, tx => {
            let num: i64 = sqlx::query_scalar(
                "insert into roster (counter_id, officer_id, from_at, until_at, created_at)
                 values ($1, $2, $3, $4, $5) returning num",
            )
            .bind(duty.counter)
            .bind(duty.officer)
            .bind(duty.from)
            .bind(duty.until)
            .bind(now)
            .fetch_one(&mut *tx)
            .await?;
            let (subject, after) = (format!("roster {num}"), format!("{duty:?}"));
            log_change!(tx, now, actor, "set", subject, None::<String>, Some(after));
            num
        }))
    }

    /// Entries that hold and end after `moment`, in the order of their begin.
    pub async fn roster(&self, moment: i64) -> Result<Vec<Duty>, StoreError> {
        let rows: Vec<(i64, i64, i64, i64, i64)> = reading!(self, pool => sqlx::query_as(
            "select num, counter_id, officer_id, from_at, until_at from roster
             where retired_at is null and until_at > $1 order by from_at, num",
        )
        .bind(moment)
        .fetch_all(pool)
        .await?);
        let duty =
            |(num, counter, officer, from, until)| Duty { num, counter, officer, from, until };
        Ok(rows.into_iter().map(duty).collect())
    }

    /// Cancels an entry. Whether there was one that held.
    pub async fn cancel_duty(&self, num: i64, actor: &str, now: i64) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let done = sqlx::query(
                "update roster set retired_at = $2 where num = $1 and retired_at is null",
            )
            .bind(num)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            let subject = format!("roster {num}");
            log_change!(tx, now, actor, "cancel", subject, None::<String>, None::<String>);
            true
        }))
    }

    /// Id of the officer who sits at a counter by the roster. The entry made last wins.
    pub async fn officer_on_duty(
        &self,
        counter: i64,
        moment: i64,
    ) -> Result<Option<i64>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(
            "select officer_id from roster
             where counter_id = $1 and retired_at is null and from_at <= $2 and until_at > $2
             order by num desc limit 1",
        )
        .bind(counter)
        .bind(moment)
        .fetch_optional(pool)
        .await?))
    }
}
