//! The outbox of alerts. A delivery belongs for a while to the process that claimed it; if that one
//! ends meanwhile, another one claims it. So everything is delivered at least once, always under
//! the same id.

use super::{Store, StoreError, log_change, read_by_name, reading, row_struct, writing};
use uuid::Uuid;

/// A delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its number.
    pub num: i64,
    /// What the receiver knows it by.
    pub id: Uuid,
    /// The alert; none: a test.
    pub alert: Option<i64>,
    /// `mail` or `webhook`.
    pub channel: String,
    /// Where it goes.
    pub target: String,
    /// The webhook, where it is one.
    pub webhook: Option<i64>,
    /// The person, where it is mail.
    pub user: Option<i64>,
    /// `waiting`, `delivered` or `failed`.
    pub status: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was made, milliseconds since 1970.
    pub created_at: i64,
    /// When it is tried next.
    pub next_at: i64,
    /// When it was delivered or given up.
    pub finished_at: Option<i64>,
    /// What the receiver said last.
    pub answer: Option<String>,
}

/// What becomes of a delivery after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It arrived.
    Delivered,
    /// It is tried again at this moment.
    Again(i64),
    /// It is given up.
    Failed,
}

/// Columns of a delivery.
const COLUMNS: &str = "num, id, alert_num, channel, target, webhook_num, user_id, status, \
     attempts, created_at, next_at, finished_at, answer";

row_struct! {
    struct DeliveryRow {
        num: i64,
        id: Uuid,
        alert_num: Option<i64>,
        channel: String,
        target: String,
        webhook_num: Option<i64>,
        user_id: Option<i64>,
        status: String,
        attempts: i64,
        created_at: i64,
        next_at: i64,
        finished_at: Option<i64>,
        answer: Option<String>,
    }
}

/// What waits on one channel, and what never arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryQueue {
    /// `mail` or `webhook`.
    pub channel: String,
    /// Deliveries that wait for their next attempt.
    pub waiting: i64,
    /// When the first of those was made, milliseconds since 1970.
    pub oldest: Option<i64>,
    /// Deliveries that were given up.
    pub failed: i64,
}

read_by_name!(DeliveryQueue { channel, waiting, oldest, failed });

impl Store {
    /// How long the queue of each channel is that ever had a delivery.
    pub async fn delivery_queues(&self) -> Result<Vec<DeliveryQueue>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select channel,
                    cast(sum(case when status = 'waiting' then 1 else 0 end) as bigint) as waiting,
                    min(case when status = 'waiting' then created_at end) as oldest,
                    cast(sum(case when status = 'failed' then 1 else 0 end) as bigint) as failed
             from alert_deliveries group by channel order by channel",
        )
        .fetch_all(pool)
        .await?))
    }

    /// Takes deliveries whose time has come, at most `limit`, for `hold_ms`. No other process gets
    /// them meanwhile.
    pub async fn claim_deliveries(
        &self,
        limit: u32,
        hold_ms: i64,
        now: i64,
    ) -> Result<Vec<Delivery>, StoreError> {
        let due: Option<i64> = reading!(self, pool => sqlx::query_scalar(
            "select num from alert_deliveries where status = 'waiting' and next_at <= $1 limit 1",
        )
        .bind(now)
        .fetch_optional(pool)
        .await?);
        if due.is_none() {
            // The usual case takes no turn from those who write.
            return Ok(Vec::new());
        }
        // The conditions stand twice: on PostgreSQL another process may have taken a row between
        // the inner query and the update, which then looks at the outer ones again.
        let sql = format!(
            "update alert_deliveries set claimed_until = $2, attempts = attempts + 1
             where num in (select num from alert_deliveries
               where status = 'waiting' and next_at <= $1
               and (claimed_until is null or claimed_until <= $1) order by next_at, num limit $3)
             and status = 'waiting' and (claimed_until is null or claimed_until <= $1)
             returning {COLUMNS}"
        );
        let mut rows: Vec<DeliveryRow> = writing!(self, Db, tx => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(now)
                .bind(now + hold_ms)
                .bind(i64::from(limit))
                .fetch_all(&mut *tx)
                .await?
        });
        rows.sort_by_key(|row| row.num);
        Ok(rows.into_iter().map(delivery).collect())
    }

    /// Notes how an attempt went. `attempts` is what the claim gave: an attempt that took so long
    /// that another process began the next one changes nothing unless it arrived.
    pub async fn finish_delivery(
        &self,
        num: i64,
        attempts: u32,
        outcome: Outcome,
        answer: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let (status, next_at, finished_at) = match outcome {
            Outcome::Delivered => ("delivered", now, Some(now)),
            Outcome::Again(at) => ("waiting", at, None),
            Outcome::Failed => ("failed", now, Some(now)),
        };
        writing!(self, Db, tx => {
            sqlx::query(
                "update alert_deliveries set status = $3, next_at = $4, finished_at = $5,
                 answer = $6, claimed_until = null
                 where num = $1 and status = 'waiting' and (attempts = $2 or $3 = 'delivered')",
            )
            .bind(num)
            .bind(i64::from(attempts))
            .bind(status)
            .bind(next_at)
            .bind(finished_at)
            .bind(answer)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }

    /// Puts a test for a webhook in use into the outbox. Whether there is such a webhook.
    pub async fn test_webhook(
        &self,
        num: i64,
        id: Uuid,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let made = sqlx::query(
                "insert into alert_deliveries (id, channel, target, webhook_num, status, attempts,
                 created_at, next_at)
                 select $1, 'webhook', address, num, 'waiting', 0, $3, $3 from alert_webhooks
                 where num = $2 and retired_at is null",
            )
            .bind(id)
            .bind(num)
            .bind(now)
            .execute(&mut *tx)
            .await?
            .rows_affected() > 0;
            if made {
                let subject = format!("webhook {num}");
                log_change!(tx, now, actor, "test", subject, None::<String>, None::<String>);
            }
            made
        }))
    }

    /// Deliveries, the newest first: of one alert, or of all.
    pub async fn deliveries(
        &self,
        alert: Option<i64>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from alert_deliveries where $1 = 0 or alert_num = $1
             order by num desc limit $2 offset $3"
        );
        let rows: Vec<DeliveryRow> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(alert.unwrap_or(0))
                .bind(i64::from(limit))
                .bind(i64::from(offset))
                .fetch_all(pool)
                .await?
        });
        Ok(rows.into_iter().map(delivery).collect())
    }
}

fn delivery(row: DeliveryRow) -> Delivery {
    Delivery {
        num: row.num,
        id: row.id,
        alert: row.alert_num,
        channel: row.channel,
        target: row.target,
        webhook: row.webhook_num,
        user: row.user_id,
        status: row.status,
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        created_at: row.created_at,
        next_at: row.next_at,
        finished_at: row.finished_at,
        answer: row.answer,
    }
}
