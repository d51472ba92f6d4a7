//! What the rules look at: new ratings by the change clock, counts of a window, and how tablets and
//! what waits stand. Only reads, and each cheap: by an index, or over a few rows.

use super::continuations::continued_by;
use super::{Store, StoreError, read_by_name, reading, row_struct};
use crate::projections::visit::Unrated;
use uuid::Uuid;

/// A rating that a tablet brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatedRow {
    /// Its session.
    pub id: Uuid,
    /// The tablet.
    pub tablet: Uuid,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer.
    pub officer: i64,
    /// Id of the department.
    pub department: i64,
    /// Whether it was simulated.
    pub simulated: bool,
    /// 1 very satisfied … 5 very dissatisfied.
    pub level: u8,
    /// Version of the questionnaire; 0: not known.
    pub questionnaire: u32,
    /// JSON of the reasons' ids.
    pub reasons: Option<String>,
    /// Whether there is a comment; its words stay where they are.
    pub comment: bool,
    /// Whether somebody has written down what was done about it.
    pub handled: bool,
    /// When it was given, milliseconds since 1970.
    pub answered_at: i64,
}

/// Ratings of one officer at one counter in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareRow {
    /// Id of the department.
    pub department: i64,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer.
    pub officer: i64,
    /// Ratings.
    pub ratings: u64,
    /// Of them with one of the top two levels.
    pub satisfied: u64,
    /// Of them simulated.
    pub simulated: u64,
}

/// Where a tablet stands, and when it was last heard of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// The tablet.
    pub tablet: Uuid,
    /// Id of its counter.
    pub counter: i64,
    /// Id of the counter's department.
    pub department: i64,
    /// Whether it is simulated.
    pub simulated: bool,
    /// Last contact, or the enrolment where there was none since.
    pub contact_at: i64,
    /// Another tablet continues it, and it was not heard of since.
    pub continued: bool,
}

/// What waits of one tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingRow {
    /// The tablet.
    pub tablet: Uuid,
    /// How many events wait.
    pub count: u64,
    /// Since when the first does.
    pub first_at: i64,
    /// Since when the last does.
    pub last_at: i64,
}

/// A visit whose person said that another officer served them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputedRow {
    /// Its session.
    pub id: Uuid,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer on the screen.
    pub officer: i64,
    /// Id of the department.
    pub department: i64,
    /// Whether it was simulated.
    pub simulated: bool,
    /// When it was said.
    pub at: i64,
}

/// Two chains under one identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmRow {
    /// Its number.
    pub num: i64,
    /// The identity.
    pub tablet: Uuid,
    /// What the server noted.
    pub detail: String,
    /// When it was noticed.
    pub created_at: i64,
}

read_by_name!(ContactRow { tablet, counter, department, simulated, contact_at, continued });
read_by_name!(DisputedRow { id, counter, officer, department, simulated, at });
read_by_name!(AlarmRow { num, tablet, detail, created_at });

row_struct! {
    struct StoredRating {
        id: Uuid,
        tablet_id: Uuid,
        counter_id: i64,
        officer_id: i64,
        department_id: i64,
        simulated: bool,
        level: i16,
        questionnaire: Option<i64>,
        reasons: Option<String>,
        has_comment: bool,
        is_handled: bool,
        answered_at: i64,
    }
}

row_struct! {
    struct ShareCounts {
        department_id: i64,
        counter_id: i64,
        officer_id: i64,
        ratings: i64,
        satisfied: i64,
        simulated: i64,
    }
}

row_struct! {
    struct WaitingCounts {
        tablet_id: Uuid,
        events: i64,
        first_at: i64,
        last_at: i64,
    }
}

impl Store {
    /// Ratings that tablets brought or changed after `position`, about `limit` of them, and up to
    /// which position they go: further than `limit` rows there is more.
    pub async fn rated_after(
        &self,
        position: i64,
        limit: u32,
    ) -> Result<(Vec<RatedRow>, i64), StoreError> {
        // Where the window ends is known before its rows are read. A rating that moves in between
        // moves behind that end, and lies in a later window.
        let end = self.position().await?;
        let last: Option<i64> = reading!(self, pool => sqlx::query_scalar(
            "select position from ratings where position > $1 and position <= $2
             order by position limit 1 offset $3",
        )
        .bind(position)
        .bind(end)
        .bind(i64::from(limit))
        .fetch_optional(pool)
        .await?);
        let until = last.unwrap_or(end);
        let rows: Vec<StoredRating> = reading!(self, pool => sqlx::query_as(
            "select id, tablet_id, counter_id, officer_id, department_id, simulated, level,
             questionnaire, reasons, comment is not null and comment <> '' as has_comment,
             handled_at is not null as is_handled, answered_at
             from ratings where position > $1 and position <= $2
             and source = 1 and tablet_id is not null and level is not null
             and answered_at is not null order by position, num",
        )
        .bind(position)
        .bind(until)
        .fetch_all(pool)
        .await?);
        Ok((rows.into_iter().map(rated).collect(), until))
    }

    /// Moments of the ratings of a tablet from `from` to `until`, in their order.
    pub async fn taps(&self, tablet: Uuid, from: i64, until: i64) -> Result<Vec<i64>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(
            "select answered_at from ratings
             where tablet_id = $1 and answered_at >= $2 and answered_at <= $3
             and level is not null order by answered_at",
        )
        .bind(tablet)
        .bind(from)
        .bind(until)
        .fetch_all(pool)
        .await?))
    }

    /// Ratings of tablets given at `since` or later, by department, counter and officer.
    pub async fn shares_since(&self, since: i64) -> Result<Vec<ShareRow>, StoreError> {
        let rows: Vec<ShareCounts> = reading!(self, pool => sqlx::query_as(
            "select department_id, counter_id, officer_id, count(*) as ratings,
             count(case when level <= 2 then 1 end) as satisfied,
             count(case when simulated then 1 end) as simulated
             from ratings where answered_at >= $1 and level is not null and source = 1
               and ruled_out_at is null
             group by department_id, counter_id, officer_id
             order by department_id, counter_id, officer_id",
        )
        .bind(since)
        .fetch_all(pool)
        .await?);
        let share = |row: ShareCounts| ShareRow {
            department: row.department_id,
            counter: row.counter_id,
            officer: row.officer_id,
            ratings: row.ratings.unsigned_abs(),
            satisfied: row.satisfied.unsigned_abs(),
            simulated: row.simulated.unsigned_abs(),
        };
        Ok(rows.into_iter().map(share).collect())
    }

    /// When each tablet was last heard of.
    pub async fn contacts(&self) -> Result<Vec<ContactRow>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(concat!(
            "select t.id as tablet, t.counter_id as counter, c.department_id as department,
             t.simulated, coalesce(t.last_contact_at, t.enrolled_at) as contact_at, ",
            continued_by!(),
            " is not null as continued from tablets t join counters c on c.id = t.counter_id
             where t.retired_at is null order by t.id",
        ))
        .fetch_all(pool)
        .await?))
    }

    /// What waits in quarantine, by tablet.
    pub async fn waiting_by_tablet(&self) -> Result<Vec<WaitingRow>, StoreError> {
        let rows: Vec<WaitingCounts> = reading!(self, pool => sqlx::query_as(
            "select tablet_id, count(*) as events, min(created_at) as first_at,
             max(created_at) as last_at from quarantine
             where resolved_at is null group by tablet_id order by tablet_id",
        )
        .fetch_all(pool)
        .await?);
        let waiting = |row: WaitingCounts| WaitingRow {
            tablet: row.tablet_id,
            count: row.events.unsigned_abs(),
            first_at: row.first_at,
            last_at: row.last_at,
        };
        Ok(rows.into_iter().map(waiting).collect())
    }

    /// Visits, among those that came after one position up to another, whose person said that
    /// another officer served them.
    pub async fn disputed_between(
        &self,
        after: i64,
        until: i64,
    ) -> Result<Vec<DisputedRow>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select id, counter_id as counter, officer_id as officer,
             department_id as department, simulated, abandoned_at as at
             from ratings where position > $1 and position <= $2
             and unrated = $3 and abandoned_at is not null order by position, num",
        )
        .bind(after)
        .bind(until)
        .bind(Unrated::OfficerDisputed.code())
        .fetch_all(pool)
        .await?))
    }

    /// Alarms that nobody closed.
    pub async fn alarms(&self) -> Result<Vec<AlarmRow>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select num, tablet_id as tablet, detail, created_at from alarms
             where closed_at is null order by num",
        )
        .fetch_all(pool)
        .await?))
    }
}

fn rated(row: StoredRating) -> RatedRow {
    RatedRow {
        id: row.id,
        tablet: row.tablet_id,
        counter: row.counter_id,
        officer: row.officer_id,
        department: row.department_id,
        simulated: row.simulated,
        level: u8::try_from(row.level).unwrap_or(0),
        questionnaire: row.questionnaire.and_then(|one| u32::try_from(one).ok()).unwrap_or(0),
        reasons: row.reasons,
        comment: row.has_comment,
        handled: row.is_handled,
        answered_at: row.answered_at,
    }
}
