//! Tablets as administrators keep them: where each stands, moved and retired by hand. A retired
//! tablet is answered like an unknown one and loses nothing: what it has not sent stays with it,
//! and can still be carried here as a file, or sent by the tablet that a new code makes of it.

use super::codes::{stage_code, stage_of};
use super::heartbeats::not_here;
use super::rows::TabletAssignment;
use super::{Store, StoreError, log_change, reading, row_struct, writing};
use protocol::Stage;
use uuid::Uuid;

/// A tablet and its post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The tablet's id.
    pub id: Uuid,
    /// Where it stands.
    pub post: TabletAssignment,
    /// Last contact, milliseconds since 1970.
    pub last_contact_at: Option<i64>,
    /// Version of its program.
    pub app_version: String,
    /// Events that it has and that are not here; none when it never told.
    pub pending: Option<i64>,
    /// Events of it that are here.
    pub events: i64,
    /// When it was enrolled.
    pub enrolled_at: i64,
    /// When it was retired; none: it is in use.
    pub retired_at: Option<i64>,
}

row_struct! {
    struct PostRow {
        id: Uuid,
        counter_id: i64,
        officer_id: Option<i64>,
        stage: Option<i16>,
        simulated: bool,
        last_contact_at: Option<i64>,
        app_version: String,
        pending: Option<i64>,
        recorded: Option<i64>,
        head_number: i64,
        enrolled_at: i64,
        retired_at: Option<i64>,
    }
}

row_struct! {
    /// Where a tablet stands, and whether it is in use.
    #[derive(PartialEq)]
    struct Standing {
        counter_id: i64,
        officer_id: Option<i64>,
        stage: Option<i16>,
        retired_at: Option<i64>,
    }
}

impl Store {
    /// All tablets, by counter, also retired ones.
    pub async fn posts(&self) -> Result<Vec<Posted>, StoreError> {
        let rows: Vec<PostRow> = reading!(self, pool => sqlx::query_as(
            "select t.id, t.counter_id, t.officer_id, t.stage, t.simulated, t.last_contact_at,
             t.app_version, h.pending, h.recorded, t.head_number, t.enrolled_at, t.retired_at
             from tablets t join counters c on c.id = t.counter_id
             left join heartbeats h on h.tablet_id = t.id order by c.code, t.id",
        )
        .fetch_all(pool)
        .await?);
        Ok(rows.into_iter().map(posted).collect())
    }

    /// Puts a tablet at another post, unless it was moved or retired since it stood at `before`;
    /// whether it was done. Whether its ratings are simulated is not touched.
    pub async fn move_tablet(
        &self,
        tablet: Uuid,
        before: &TabletAssignment,
        after: &TabletAssignment,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let found: Option<Standing> = sqlx::query_as(
                "update tablets set app_version = app_version where id = $1
                 returning counter_id, officer_id, stage, retired_at",
            )
            .bind(tablet)
            .fetch_optional(&mut *tx)
            .await?;
            let expected = Standing {
                counter_id: before.counter,
                officer_id: before.officer,
                stage: before.stage.map(stage_code),
                retired_at: None,
            };
            if found != Some(expected) {
                return Ok(false);
            }
            sqlx::query(
                "update tablets set counter_id = $2, officer_id = $3, stage = $4 where id = $1",
            )
            .bind(tablet)
            .bind(after.counter)
            .bind(after.officer)
            .bind(after.stage.map(stage_code))
            .execute(&mut *tx)
            .await?;
            let subject = format!("tablet {tablet}");
            let (before, after) = (json(before), json(after));
            log_change!(tx, now, actor, "move", subject, Some(before), Some(after));
            true
        }))
    }

    /// Retires a tablet: its token holds no more. Whether there was one in use.
    pub async fn retire_tablet(
        &self,
        tablet: Uuid,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let done = sqlx::query(
                "update tablets set retired_at = $2 where id = $1 and retired_at is null",
            )
            .bind(tablet)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            let subject = format!("tablet {tablet}");
            log_change!(tx, now, actor, "retire", subject, None::<String>, None::<String>);
            true
        }))
    }
}

/// A post as the audit log keeps it.
fn json(post: &TabletAssignment) -> String {
    serde_json::json!({
        "counter": post.counter,
        "officer": post.officer,
        "stage": post.stage.map(Stage::name),
        "simulated": post.simulated,
    })
    .to_string()
}

fn posted(row: PostRow) -> Posted {
    let told = row.pending.zip(row.recorded);
    Posted {
        id: row.id,
        post: TabletAssignment {
            counter: row.counter_id,
            officer: row.officer_id,
            stage: stage_of(row.stage),
            simulated: row.simulated,
        },
        last_contact_at: row.last_contact_at,
        app_version: row.app_version,
        pending: told.map(|(pending, recorded)| not_here(pending, recorded, row.head_number)),
        events: row.head_number,
        enrolled_at: row.enrolled_at,
        retired_at: row.retired_at,
    }
}
