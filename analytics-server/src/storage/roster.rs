//! The roster: who sits at which counter when it is not the usual officer.

use super::{Store, StoreError, log_change, reading, row_struct, writing};
use serde::Serialize;
use std::collections::BTreeSet;

/// One entry of the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

row_struct! {
    #[derive(Clone, Copy)]
    struct RosterRow {
        num: i64,
        counter_id: i64,
        officer_id: i64,
        from_at: i64,
        until_at: i64,
    }
}

fn duty(row: RosterRow) -> Duty {
    let RosterRow { num, counter_id: counter, officer_id: officer, from_at, until_at } = row;
    Duty { num, counter, officer, from: from_at, until: until_at }
}

/// Codes of a counter and an officer.
const CODES: &str = "select counters.code, officers.code from counters, officers
     where counters.id = $1 and officers.id = $2";

/// An entry for the audit log.
fn duty_text((counter, officer): &(String, String), from: i64, until: i64) -> String {
    serde_json::json!({
        "counter_code": counter, "officer_code": officer, "from_at": from, "until_at": until,
    })
    .to_string()
}

impl Store {
    /// Adds an entry; its number. Where it overlaps an older one of the counter, it wins. One that
    /// holds already, word for word, is not made again.
    pub async fn add_duty(&self, duty: &Duty, actor: &str, now: i64) -> Result<i64, StoreError> {
        let made = self.change_roster(&[], std::slice::from_ref(duty), actor, now).await?;
        let num = made.and_then(|made| made.first().copied());
        Ok(num.ok_or(sqlx::Error::RowNotFound)?)
    }

    /// Cancels an entry. Whether there was one that held.
    pub async fn cancel_duty(&self, num: i64, actor: &str, now: i64) -> Result<bool, StoreError> {
        Ok(self.change_roster(&[num], &[], actor, now).await?.is_some())
    }

    /// Cancels entries and then adds others, all or nothing; the numbers of those that were to be
    /// added. None, and nothing is changed, where one that is to be cancelled does not hold.
    pub async fn change_roster(
        &self,
        cancelled: &[i64],
        added: &[Duty],
        actor: &str,
        now: i64,
    ) -> Result<Option<Vec<i64>>, StoreError> {
        let mut made = Vec::new();
        writing!(self, Db, tx => {
            for num in cancelled {
                let found: Option<RosterRow> = sqlx::query_as(
                    "update roster set retired_at = $2 where num = $1 and retired_at is null
                     returning num, counter_id, officer_id, from_at, until_at",
                )
                .bind(num)
                .bind(now)
                .fetch_optional(&mut *tx)
                .await?;
                let Some(gone) = found.map(duty) else { return Ok(None) };
                let codes: (String, String) = sqlx::query_as(CODES)
                    .bind(gone.counter)
                    .bind(gone.officer)
                    .fetch_one(&mut *tx)
                    .await?;
                let subject = format!("roster {num}");
                let before = duty_text(&codes, gone.from, gone.until);
                log_change!(tx, now, actor, "cancel", subject, Some(before), None::<String>);
            }
            for duty in added {
                let there: Option<i64> = sqlx::query_scalar(
                    "select num from roster
                     where counter_id = $1 and officer_id = $2 and from_at = $3 and until_at = $4
                       and retired_at is null order by num desc limit 1",
                )
                .bind(duty.counter)
                .bind(duty.officer)
                .bind(duty.from)
                .bind(duty.until)
                .fetch_optional(&mut *tx)
                .await?;
                if let Some(num) = there {
                    made.push(num);
                    continue;
                }
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
                let codes: (String, String) = sqlx::query_as(CODES)
                    .bind(duty.counter)
                    .bind(duty.officer)
                    .fetch_one(&mut *tx)
                    .await?;
                let subject = format!("roster {num}");
                let after = duty_text(&codes, duty.from, duty.until);
                log_change!(tx, now, actor, "set", subject, None::<String>, Some(after));
                made.push(num);
            }
        });
        Ok(Some(made))
    }

    /// Entries that hold and end after `moment`, in the order of their begin.
    pub async fn roster(&self, moment: i64) -> Result<Vec<Duty>, StoreError> {
        let rows: Vec<RosterRow> = reading!(self, pool => sqlx::query_as(
            "select num, counter_id, officer_id, from_at, until_at from roster
             where retired_at is null and until_at > $1 order by from_at, num",
        )
        .bind(moment)
        .fetch_all(pool)
        .await?);
        Ok(rows.into_iter().map(duty).collect())
    }

    /// Entries of one counter that hold at some moment from `from` until, not including, `until`.
    pub async fn roster_of(
        &self,
        counter: i64,
        from: i64,
        until: i64,
    ) -> Result<Vec<Duty>, StoreError> {
        let rows: Vec<RosterRow> = reading!(self, pool => sqlx::query_as(
            "select num, counter_id, officer_id, from_at, until_at from roster
             where counter_id = $1 and retired_at is null and until_at > $2 and from_at < $3
             order by from_at, num",
        )
        .bind(counter)
        .bind(from)
        .bind(until)
        .fetch_all(pool)
        .await?);
        Ok(rows.into_iter().map(duty).collect())
    }
}

/// Id of the officer who sits at a counter by these entries of it. The entry made last wins.
pub fn on_duty(entries: &[Duty], moment: i64) -> Option<i64> {
    let holds = |duty: &&Duty| (duty.from..duty.until).contains(&moment);
    entries.iter().filter(holds).max_by_key(|duty| duty.num).map(|duty| duty.officer)
}

/// Moments after `now` at which, by these entries, somebody else may sit at the counter.
pub fn changes(entries: &[Duty], now: i64) -> BTreeSet<i64> {
    let ends = entries.iter().flat_map(|duty| [duty.from, duty.until]);
    ends.filter(|moment| *moment > now).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_made_last_wins_and_the_end_is_not_in_it() {
        let duty = |num, officer, from, until| Duty { num, counter: 1, officer, from, until };
        let entries = [duty(1, 15, 1_500, 3_000), duty(2, 99, 1_000, 2_000)];
        let at = |moment| on_duty(&entries, moment);
        assert_eq!((at(999), at(1_000), at(1_600)), (None, Some(99), Some(99)));
        assert_eq!((at(2_000), at(2_999), at(3_000)), (Some(15), Some(15), None));
        assert_eq!(changes(&entries, 1_500), [2_000, 3_000].into());
    }
}
