//! How each tablet was when it last told.

use super::{Store, StoreError, head, reading, row_struct, signed, writing};
use protocol::Head;
use protocol::heartbeat::{Blocked, Heartbeat};
use protocol::limits::CODE_CHARS;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Letters of a version or of a word for a trouble; anything longer is none.
pub(crate) const WORD_CHARS: usize = 40;

/// What an administrator looks at in a list of tablets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// When it told, milliseconds since 1970.
    pub received_at: i64,
    /// Events that it has and that are not here.
    pub pending: i64,
    /// How far its clock stood before the server's, milliseconds.
    pub skew_ms: Option<i64>,
    /// Battery, percent.
    pub battery: Option<i16>,
    /// Whether it was being charged.
    pub charging: Option<bool>,
    /// Free bytes where its journal lies.
    pub storage_free: Option<i64>,
    /// Code of the officer on duty.
    pub officer: Option<String>,
    /// Version of the questionnaire it works from.
    pub questionnaire: Option<i64>,
    /// In one word why ratings can not be written.
    pub trouble: Option<String>,
}

row_struct! {
    struct BlockedRow {
        tablet_id: Uuid,
        blocked_number: i64,
        blocked_since: i64,
        blocked_status: Option<i16>,
    }
}

impl Store {
    /// Keeps a tablet's newest heartbeat, with its texts cut to sane lengths; the head of its chain
    /// here. While a fork is noted, what the other machine tells is kept apart.
    pub async fn put_heartbeat(
        &self,
        tablet: Uuid,
        heartbeat: &Heartbeat,
        now: i64,
    ) -> Result<Head, StoreError> {
        if let Some(head) = self.put_other_machine(tablet, heartbeat, now).await? {
            return Ok(head);
        }
        let version = cut(&heartbeat.app_version, WORD_CHARS);
        let (number, digest) = writing!(self, Db, tx => {
            let stored: (i64, Vec<u8>) = sqlx::query_as(
                "update tablets set last_contact_at = $2, app_version = $3 where id = $1
                 returning head_number, head_digest",
            )
            .bind(tablet)
            .bind(now)
            .bind(&version)
            .fetch_one(&mut *tx)
            .await?;
            sqlx::query(
                "insert into heartbeats (tablet_id, received_at, at, app_version, uptime, boots,
                 recorded, pending, skew_ms, battery, charging, storage_free, officer,
                 questionnaire, trouble, blocked_number, blocked_since, blocked_status)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                 $18)
                 on conflict (tablet_id) do update
                 set received_at = excluded.received_at, at = excluded.at,
                     app_version = excluded.app_version, uptime = excluded.uptime,
                     boots = excluded.boots, recorded = excluded.recorded,
                     pending = excluded.pending, skew_ms = excluded.skew_ms,
                     battery = excluded.battery, charging = excluded.charging,
                     storage_free = excluded.storage_free, officer = excluded.officer,
                     questionnaire = excluded.questionnaire, trouble = excluded.trouble,
                     blocked_number = excluded.blocked_number,
                     blocked_since = excluded.blocked_since,
                     blocked_status = excluded.blocked_status",
            )
            .bind(tablet)
            .bind(now)
            .bind(heartbeat.at)
            .bind(&version)
            .bind(signed(heartbeat.uptime))
            .bind(signed(heartbeat.boots))
            .bind(signed(heartbeat.recorded))
            .bind(signed(heartbeat.pending))
            .bind(heartbeat.skew_ms)
            .bind(heartbeat.battery.map(|percent| i16::from(percent.min(100))))
            .bind(heartbeat.charging)
            .bind(heartbeat.storage_free.map(signed))
            .bind(heartbeat.officer.as_deref().map(|code| cut(code, CODE_CHARS)))
            .bind(heartbeat.questionnaire.map(i64::from))
            .bind(heartbeat.trouble.as_deref().map(|word| cut(word, WORD_CHARS)))
            .bind(heartbeat.blocked.map(|blocked| signed(blocked.number)))
            .bind(heartbeat.blocked.map(|blocked| blocked.since))
            .bind(heartbeat.blocked.and_then(|blocked| blocked.status).map(stored_status))
            .execute(&mut *tx)
            .await?;
            stored
        });
        head("tablets", number, &digest)
    }

    /// Keeps what a machine tells whose chain has forked from the one here, beside what the one that
    /// carries on tells; the head here. None where the heartbeat is of the latter, or of the only one
    /// that ever told.
    async fn put_other_machine(
        &self,
        tablet: Uuid,
        heartbeat: &Heartbeat,
        now: i64,
    ) -> Result<Option<Head>, StoreError> {
        let forked: Option<(i64, Vec<u8>)> = reading!(self, pool => sqlx::query_as(
            "select t.head_number, t.head_digest from tablets t
             where t.id = $1 and exists (select 1 from alarms a
               where a.tablet_id = t.id and a.kind = 'fork' and a.closed_at is null)",
        )
        .bind(tablet)
        .fetch_optional(pool)
        .await?);
        let Some((number, digest)) = forked else { return Ok(None) };
        let head = head("tablets", number, &digest)?;
        if !is_other_machine(heartbeat, head.number) {
            return Ok(None);
        }
        Ok(writing!(self, Db, tx => {
            // The tablet first, as a batch does: nobody waits for each other.
            sqlx::query("update tablets set last_contact_at = $2 where id = $1")
                .bind(tablet)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            let kept = sqlx::query(
                "update heartbeats set other_at = $2, other_pending = $3 where tablet_id = $1",
            )
            .bind(tablet)
            .bind(now)
            .bind(signed(heartbeat.pending))
            .execute(&mut *tx)
            .await?;
            (kept.rows_affected() > 0).then_some(head)
        }))
    }

    /// The events that do not get through, by tablet, as those in use last told.
    pub async fn blocked_events(&self) -> Result<BTreeMap<Uuid, Blocked>, StoreError> {
        let rows: Vec<BlockedRow> = reading!(self, pool => sqlx::query_as(
            "select h.tablet_id, h.blocked_number, h.blocked_since, h.blocked_status
             from heartbeats h join tablets t on t.id = h.tablet_id
             where h.blocked_number is not null and h.blocked_since is not null
               and t.retired_at is null order by h.tablet_id",
        )
        .fetch_all(pool)
        .await?);
        let blocked = |row: BlockedRow| {
            let status = row.blocked_status.and_then(|status| u16::try_from(status).ok());
            let (number, since) = (row.blocked_number.unsigned_abs(), row.blocked_since);
            (row.tablet_id, Blocked { number, since, status })
        };
        Ok(rows.into_iter().map(blocked).collect())
    }

    /// How far a tablet's clock stood before ours when it last told, milliseconds.
    pub async fn skew(&self, tablet: Uuid) -> Result<Option<i64>, StoreError> {
        let skew: Option<Option<i64>> = reading!(self, pool => {
            sqlx::query_scalar("select skew_ms from heartbeats where tablet_id = $1")
                .bind(tablet)
                .fetch_optional(pool)
                .await?
        });
        Ok(skew.flatten())
    }
}

/// Whether a heartbeat comes from the machine whose chain has forked from the one here: less is
/// acknowledged to it than is here, and that stays so, while the one that carries on is acknowledged
/// everything it sends.
fn is_other_machine(heartbeat: &Heartbeat, here: u64) -> bool {
    heartbeat.recorded.saturating_sub(heartbeat.pending) < here
}

/// How many events a tablet has that are not here: what it last told, less what has come since.
pub(super) fn not_here(pending: i64, recorded: i64, head: i64) -> i64 {
    pending.min(recorded.saturating_sub(head)).max(0)
}

/// A status has three digits; anything larger is none.
fn stored_status(status: u16) -> i16 {
    i16::try_from(status).unwrap_or(i16::MAX)
}

/// A text without control letters, at most so many letters long.
pub(crate) fn cut(text: &str, letters: usize) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(letters).collect()
}
