//! Alerts: raised once, also where several processes find the same, listed and acknowledged; how they
//! are closed stands in `alert_closing`. The cursor's row is locked before alerts are raised, so that
//! reading and writing are one step for all processes.

use super::alert_targets::Target;
use super::{Store, StoreError, listed, log_change, reading, row_struct, writing};
use uuid::Uuid;

/// An alert that is to be raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAlert {
    /// Made from rule, subject and occasion; an alert of the same key is never raised again.
    pub key: String,
    /// Word of the rule.
    pub rule: String,
    /// What kind of thing it is about.
    pub subject_kind: String,
    /// Id of that thing.
    pub subject: String,
    /// Whose business it is; none: the whole centre's.
    pub department: Option<i64>,
    /// Where it happened.
    pub counter: Option<i64>,
    /// Whose service it is about.
    pub officer: Option<i64>,
    /// Whether it tells of something simulated.
    pub simulated: bool,
    /// JSON of what happened.
    pub details: String,
    /// Not while one of the same rule and subject is open.
    pub one_at_a_time: bool,
    /// Who is to be told elsewhere, each with the id of the delivery.
    pub targets: Vec<(Uuid, Target)>,
}

/// An alert as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRow {
    /// Its number.
    pub num: i64,
    /// Word of the rule.
    pub rule: String,
    /// What kind of thing it is about.
    pub subject_kind: String,
    /// Id of that thing.
    pub subject: String,
    /// Whose business it is.
    pub department: Option<i64>,
    /// Where it happened.
    pub counter: Option<i64>,
    /// Whose service it is about.
    pub officer: Option<i64>,
    /// Whether it tells of something simulated.
    pub simulated: bool,
    /// JSON of what happened.
    pub details: String,
    /// When it was raised, milliseconds since 1970.
    pub raised_at: i64,
    /// Who took it on, and when.
    pub acknowledged: Option<(String, i64)>,
    /// Who closed it, and when.
    pub closed: Option<(String, i64)>,
    /// What was done.
    pub note: Option<String>,
}

/// Which alerts a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertFilter {
    /// Ids of the departments that may be seen; none: everything.
    pub departments: Option<Vec<i64>>,
    /// One of [`AlertState`]; none: all.
    pub state: Option<AlertState>,
    /// Word of a rule.
    pub rule: Option<String>,
    /// One department.
    pub department: Option<i64>,
    /// Raised at this moment or later; open ones are always shown.
    pub since: i64,
}

/// How far an alert has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertState {
    /// Nobody has taken it on.
    Open,
    /// Somebody has, and it is not closed.
    Acknowledged,
    /// It is over.
    Closed,
}

row_struct! {
    pub(super) struct StoredAlert {
        num: i64,
        rule: String,
        subject_kind: String,
        subject_id: String,
        department_id: Option<i64>,
        counter_id: Option<i64>,
        officer_id: Option<i64>,
        simulated: bool,
        details: String,
        raised_at: i64,
        acknowledged_by: Option<String>,
        acknowledged_at: Option<i64>,
        closed_by: Option<String>,
        closed_at: Option<i64>,
        note: Option<String>,
    }
}

/// Columns of an alert.
pub(super) const COLUMNS: &str = "num, rule, subject_kind, subject_id, department_id, counter_id, officer_id, \
     simulated, details, raised_at, acknowledged_by, acknowledged_at, closed_by, closed_at, note";

impl Store {
    /// How far the rules have read; the present end of all changes where they never did.
    pub async fn alert_cursor(&self) -> Result<i64, StoreError> {
        let known: Option<i64> = reading!(self, pool => {
            sqlx::query_scalar("select position from alert_cursor").fetch_optional(pool).await?
        });
        if let Some(position) = known {
            return Ok(position);
        }
        Ok(writing!(self, Db, tx => {
            sqlx::query(
                "insert into alert_cursor (one, position)
                 select 1, position from installation where one = 1
                 on conflict (one) do nothing",
            )
            .execute(&mut *tx)
            .await?;
            sqlx::query_scalar("select position from alert_cursor").fetch_one(&mut *tx).await?
        }))
    }

    /// Raises what is not there yet, with what is to be told elsewhere, and moves the cursor: all of
    /// it or nothing. The numbers of those that are new.
    pub async fn raise_alerts(
        &self,
        alerts: &[NewAlert],
        cursor: i64,
        now: i64,
    ) -> Result<Vec<i64>, StoreError> {
        let mut raised = Vec::new();
        writing!(self, Db, tx => {
            // First: it makes processes take turns, so that what is found open below stays so.
            sqlx::query("update alert_cursor set position = $1 where position < $1")
                .bind(cursor)
                .execute(&mut *tx)
                .await?;
            sqlx::query("update alert_cursor set position = position").execute(&mut *tx).await?;
            for alert in alerts {
                let num: Option<i64> = sqlx::query_scalar(
                    "insert into alerts (alert_key, rule, subject_kind, subject_id, department_id,
                     counter_id, officer_id, simulated, details, raised_at)
                     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
                     where not $11 or not exists (select 1 from alerts
                       where rule = $2 and subject_id = $4 and closed_at is null)
                     on conflict (alert_key) do nothing returning num",
                )
                .bind(&alert.key)
                .bind(&alert.rule)
                .bind(&alert.subject_kind)
                .bind(&alert.subject)
                .bind(alert.department)
                .bind(alert.counter)
                .bind(alert.officer)
                .bind(alert.simulated)
                .bind(&alert.details)
                .bind(now)
                .bind(alert.one_at_a_time)
                .fetch_optional(&mut *tx)
                .await?;
                let Some(num) = num else { continue };
                raised.push(num);
                for (id, target) in &alert.targets {
                    sqlx::query(
                        "insert into alert_deliveries (id, alert_num, channel, target,
                         webhook_num, user_id, status, attempts, created_at, next_at)
                         values ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, $7)",
                    )
                    .bind(*id)
                    .bind(num)
                    .bind(target.channel())
                    .bind(target.address())
                    .bind(target.webhook())
                    .bind(target.user())
                    .bind(now)
                    .execute(&mut *tx)
                    .await?;
                }
            }
        });
        Ok(raised)
    }

    /// One alert, if those departments (none: everything) hold it.
    pub async fn alert(
        &self,
        num: i64,
        departments: Option<&[i64]>,
    ) -> Result<Option<AlertRow>, StoreError> {
        let sql =
            format!("select {COLUMNS} from alerts where num = $1 and {}", within(departments));
        let row: Option<StoredAlert> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(num).fetch_optional(pool).await?
        });
        Ok(row.map(alert_row))
    }

    /// Alerts, those that are not closed first, then the newest first; and how many there are.
    pub async fn alerts(
        &self,
        filter: &AlertFilter,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<AlertRow>, u64), StoreError> {
        let state = match filter.state {
            None => "1 = 1",
            Some(AlertState::Open) => "closed_at is null and acknowledged_at is null",
            Some(AlertState::Acknowledged) => "closed_at is null and acknowledged_at is not null",
            Some(AlertState::Closed) => "closed_at is not null",
        };
        let tail = format!(
            "from alerts where {} and {state} and ($1 = '' or rule = $1)
             and ($2 = 0 or department_id = $2) and (closed_at is null or raised_at >= $3)",
            within(filter.departments.as_deref())
        );
        let rule = filter.rule.clone().unwrap_or_default();
        let department = filter.department.unwrap_or(0);
        let list = format!(
            "select {COLUMNS} {tail} order by case when closed_at is null then 0 else 1 end,
             raised_at desc, num desc limit $4 offset $5"
        );
        let count = format!("select count(*) {tail}");
        let (rows, count) = reading!(self, pool => {
            let rows: Vec<StoredAlert> = sqlx::query_as(sqlx::AssertSqlSafe(list))
                .bind(rule.clone())
                .bind(department)
                .bind(filter.since)
                .bind(i64::from(limit))
                .bind(i64::from(offset))
                .fetch_all(pool)
                .await?;
            let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count))
                .bind(rule)
                .bind(department)
                .bind(filter.since)
                .fetch_one(pool)
                .await?;
            (rows, count)
        });
        Ok((rows.into_iter().map(alert_row).collect(), count.unsigned_abs()))
    }

    /// How many alerts of those departments (none: all) are not closed.
    pub async fn open_alerts(&self, departments: Option<&[i64]>) -> Result<u64, StoreError> {
        let within = within(departments);
        let sql = format!("select count(*) from alerts where closed_at is null and {within}");
        let count: i64 = reading!(self, pool => {
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await?
        });
        Ok(count.unsigned_abs())
    }

    /// Notes who took an alert on. Whether this did it: an alert is taken on once.
    pub async fn acknowledge_alert(
        &self,
        num: i64,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let done = sqlx::query(
                "update alerts set acknowledged_by = $2, acknowledged_at = $3
                 where num = $1 and acknowledged_at is null and closed_at is null",
            )
            .bind(num)
            .bind(actor)
            .bind(now)
            .execute(&mut *tx)
            .await?
            .rows_affected() > 0;
            if done {
                let subject = format!("alert {num}");
                log_change!(tx, now, actor, "acknowledge", subject, None::<String>, None::<String>);
            }
            done
        }))
    }
}

/// The condition that narrows to departments.
pub(super) fn within(departments: Option<&[i64]>) -> String {
    departments.map_or_else(
        || "1 = 1".to_owned(),
        |departments| format!("department_id in ({})", listed(departments)),
    )
}

pub(super) fn alert_row(stored: StoredAlert) -> AlertRow {
    AlertRow {
        num: stored.num,
        rule: stored.rule,
        subject_kind: stored.subject_kind,
        subject: stored.subject_id,
        department: stored.department_id,
        counter: stored.counter_id,
        officer: stored.officer_id,
        simulated: stored.simulated,
        details: stored.details,
        raised_at: stored.raised_at,
        acknowledged: stored.acknowledged_by.zip(stored.acknowledged_at),
        closed: stored.closed_by.zip(stored.closed_at),
        note: stored.note,
    }
}
