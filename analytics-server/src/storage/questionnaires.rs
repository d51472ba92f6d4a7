//! Questionnaires, version by version. A published version never changes.

use super::{Store, StoreError, log_change, reading, row_struct, writing};
use protocol::questionnaire::Questionnaire;

/// Name of the draft among the settings.
pub const DRAFT: &str = "questionnaire_draft";
/// The setting where there is no draft any more.
pub const NO_DRAFT: &str = "null";

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// What is asked.
    pub questionnaire: Questionnaire,
    /// When it was published, milliseconds since 1970.
    pub at: i64,
    /// By whom.
    pub actor: String,
}

row_struct! {
    struct PublishedRow {
        json: String,
        published_at: i64,
        actor: String,
    }
}

/// Publishes a questionnaire under the next version within a transaction; that version.
macro_rules! publish {
    ($tx:ident, $questionnaire:expr, $actor:expr, $now:expr) => {{
        // Holds the one row that all have: of two who publish at once, one waits.
        sqlx::query("update installation set created_at = created_at").execute(&mut *$tx).await?;
        let newest: i64 =
            sqlx::query_scalar("select coalesce(max(version), 0) from questionnaires")
                .fetch_one(&mut *$tx)
                .await?;
        let version =
            u32::try_from(newest + 1).map_err(|_| StoreError::Meaningless("questionnaires"))?;
        let json = json(&Questionnaire { version, ..$questionnaire.clone() })?;
        sqlx::query(
            "insert into questionnaires (version, json, published_at, actor)
             values ($1, $2, $3, $4)",
        )
        .bind(i64::from(version))
        .bind(&json)
        .bind($now)
        .bind($actor)
        .execute(&mut *$tx)
        .await?;
        let subject = format!("questionnaire {version}");
        log_change!($tx, $now, $actor, "publish", subject, None::<String>, Some(json));
        version
    }};
}

impl Store {
    /// Stores the first version where there is none. Several processes may do so at once.
    pub async fn seed_questionnaire(
        &self,
        first: &Questionnaire,
        now: i64,
    ) -> Result<(), StoreError> {
        if self.questionnaire(None).await?.is_some() {
            return Ok(());
        }
        writing!(self, Db, tx => {
            sqlx::query(
                "insert into questionnaires (version, json, published_at, actor)
                 values ($1, $2, $3, 'built in') on conflict (version) do nothing",
            )
            .bind(i64::from(first.version))
            .bind(json(first)?)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }

    /// A version, or the newest one.
    pub async fn questionnaire(
        &self,
        version: Option<u32>,
    ) -> Result<Option<Published>, StoreError> {
        let row: Option<PublishedRow> = reading!(self, pool => sqlx::query_as(
            "select json, published_at, actor from questionnaires
             where $1 = 0 or version = $1 order by version desc limit 1",
        )
        .bind(i64::from(version.unwrap_or(0)))
        .fetch_optional(pool)
        .await?);
        row.map(published).transpose()
    }

    /// All versions, oldest first.
    pub async fn questionnaires(&self) -> Result<Vec<Published>, StoreError> {
        let rows: Vec<PublishedRow> = reading!(self, pool => sqlx::query_as(
            "select json, published_at, actor from questionnaires order by version",
        )
        .fetch_all(pool)
        .await?);
        rows.into_iter().map(published).collect()
    }

    /// Publishes a questionnaire under the next version, not under the one that it names; that
    /// version.
    pub async fn publish_questionnaire(
        &self,
        questionnaire: &Questionnaire,
        actor: &str,
        now: i64,
    ) -> Result<u32, StoreError> {
        Ok(writing!(self, Db, tx => { publish!(tx, questionnaire, actor, now) }))
    }

    /// Publishes what was made from the draft that is still stored as it `was` (none: never), which
    /// is none from then on: of two presses at one moment one makes a version. That version, or
    /// none: somebody else was quicker.
    pub async fn publish_draft(
        &self,
        was: Option<&str>,
        questionnaire: &Questionnaire,
        actor: &str,
        now: i64,
    ) -> Result<Option<u32>, StoreError> {
        Ok(writing!(self, Db, tx => {
            let cleared = sqlx::query(
                "update settings set value = $3, changed_at = $4 where name = $1 and value = $2",
            )
            .bind(DRAFT)
            .bind(was)
            .bind(NO_DRAFT)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            if cleared.rows_affected() == 0 {
                return Ok(None);
            }
            let subject = format!("setting {DRAFT}");
            log_change!(tx, now, actor, "change", subject, was, Some(NO_DRAFT));
            Some(publish!(tx, questionnaire, actor, now))
        }))
    }
}

fn json(questionnaire: &Questionnaire) -> Result<String, StoreError> {
    serde_json::to_string(questionnaire).map_err(|_| StoreError::Meaningless("questionnaires"))
}

fn published(row: PublishedRow) -> Result<Published, StoreError> {
    let questionnaire =
        serde_json::from_str(&row.json).map_err(|_| StoreError::Meaningless("questionnaires"))?;
    Ok(Published { questionnaire, at: row.published_at, actor: row.actor })
}
