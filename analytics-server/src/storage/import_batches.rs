//! What vouches for ratings that came from files: each import writes down which rows it stored and
//! a digest of what they said, chained to the one before. What may change afterwards (a redaction, a
//! ruling, the dossier's procedure) is not in the digest; a comment has a digest of its own, which
//! goes with it when it is taken away.

use super::statement::ROWS;
use super::{Store, StoreError, for_both_databases, read_by_name, reading, writing};
use uuid::Uuid;

/// What a digest begins with, so that it can be no other digest.
const BATCH: &[u8] = b"hai-long import batch v1\0";
const COMMENT: &[u8] = b"hai-long imported comment v1\0";
/// Numbers of rows that are looked through in one transaction when earlier imports are recorded.
const WINDOW: i64 = 2_000;

/// An imported rating as its import's digest sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedRow {
    /// Its number.
    pub num: i64,
    /// When its comment was redacted or expired.
    pub redacted_at: Option<i64>,
    /// What is there of its comment.
    pub comment: Option<String>,
    /// The digest of the comment it came with.
    pub comment_digest: Option<Vec<u8>>,
    id: Uuid,
    simulated: bool,
    counter_id: i64,
    officer_id: i64,
    department_id: i64,
    stage: Option<i16>,
    scale: i16,
    questionnaire: Option<i64>,
    language: Option<String>,
    dossier: Option<String>,
    asked_at: i64,
    answered_at: Option<i64>,
    abandoned_at: Option<i64>,
    level: Option<i16>,
    first_level: Option<i16>,
    reasons: Option<String>,
    aspects: Option<String>,
    ticket: Option<String>,
    invitation: Option<Uuid>,
}

read_by_name!(ImportedRow {
    num,
    redacted_at,
    comment,
    comment_digest,
    id,
    simulated,
    counter_id,
    officer_id,
    department_id,
    stage,
    scale,
    questionnaire,
    language,
    dossier,
    asked_at,
    answered_at,
    abandoned_at,
    level,
    first_level,
    reasons,
    aspects,
    ticket,
    invitation
});

const COLUMNS: &str = "select num, redacted_at, comment, comment_digest, id, simulated, \
     counter_id, officer_id, department_id, stage, scale, questionnaire, language, dossier, \
     asked_at, answered_at, abandoned_at, level, first_level, reasons, aspects, ticket, invitation \
     from ratings where source = 2";

impl ImportedRow {
    /// What it says, so that no two rows that differ say the same.
    fn content(&self) -> Vec<u8> {
        let who = (self.num, self.id, self.simulated, self.counter_id, self.officer_id);
        let what = (self.department_id, self.stage, self.scale, self.questionnaire, &self.language);
        let when = (&self.dossier, self.asked_at, self.answered_at, self.abandoned_at);
        let said = (self.level, self.first_level, &self.reasons, &self.aspects);
        let by = (&self.ticket, self.invitation);
        // Numbers and texts always have a JSON form.
        serde_json::to_vec(&(who, what, when, said, by)).unwrap_or_default()
    }

    /// The digest of the comment that is there.
    pub fn comment_told(&self) -> Option<Vec<u8>> {
        Some(comment_digest(&self.id, self.comment.as_ref()?))
    }
}

/// The digest of an imported rating's comment.
pub fn comment_digest(rating: &Uuid, comment: &str) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(COMMENT).update(rating.as_bytes()).update(comment.as_bytes());
    hasher.finalize().as_bytes().to_vec()
}

/// The digest of a batch while its rows are walked through.
#[derive(Clone, Debug)]
pub struct BatchDigest {
    hasher: blake3::Hasher,
    /// How many rows were walked through.
    pub ratings: i64,
}

impl BatchDigest {
    /// Begins after the digest of the batch before; none: this is the first.
    pub fn after(before: Option<&[u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(BATCH).update(before.unwrap_or(&[0; 32]));
        Self { hasher, ratings: 0 }
    }

    /// Takes in the next row.
    pub fn add(&mut self, row: &ImportedRow) {
        let content = row.content();
        self.hasher.update(&(content.len() as u64).to_be_bytes()).update(&content);
        self.ratings += 1;
    }

    /// What it came to.
    pub fn end(self) -> Vec<u8> {
        self.hasher.finalize().as_bytes().to_vec()
    }
}

/// One batch as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportBatch {
    /// Its number: the order in which batches are chained.
    pub num: i64,
    /// Its first row.
    pub first_num: i64,
    /// Its last row.
    pub last_num: i64,
    /// How many rows it has; none while it is not recorded yet.
    pub ratings: Option<i64>,
    /// Its digest; none while it is not recorded yet.
    pub digest: Option<Vec<u8>>,
    /// When it was recorded, milliseconds since 1970.
    pub recorded_at: i64,
}
read_by_name!(ImportBatch { num, first_num, last_num, ratings, digest, recorded_at });

for_both_databases! {
    /// Statements of the transaction that stores imported ratings, which holds the change clock: so the
    /// numbers it gives belong to it alone.
    pub(super) trait ImportBatchSteps: sqlx::Database {
        /// The highest number that a rating has.
        async fn highest_num(tx: &mut Self::Connection) -> Result<i64, StoreError> {
            let highest: Option<i64> =
                sqlx::query_scalar("select max(num) from ratings").fetch_one(tx).await?;
            Ok(highest.unwrap_or(0))
        }

        /// Records the imported ratings above a number.
        async fn record_import(
            tx: &mut Self::Connection,
            above: i64,
            now: i64,
        ) -> Result<(), StoreError> {
            // Read back, so that the digest is of what is stored and not of what was meant.
            let sql = format!("{COLUMNS} and num > $1 order by num");
            let rows: Vec<ImportedRow> =
                sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(above).fetch_all(&mut *tx).await?;
            match (rows.first(), rows.last()) {
                (Some(first), Some(last)) => {
                    Self::record_rows(tx, &rows, (first.num, last.num), now).await
                }
                _ => Ok(()),
            }
        }

        /// Records these rows, which are all the imported ones between two numbers.
        async fn record_rows(
            tx: &mut Self::Connection,
            rows: &[ImportedRow],
            between: (i64, i64),
            now: i64,
        ) -> Result<(), StoreError> {
            let (first, last) = between;
            let before: Option<Vec<u8>> = sqlx::query_scalar(
                "select digest from import_batches where digest is not null
                 order by num desc limit 1",
            )
            .fetch_optional(&mut *tx)
            .await?;
            let mut digest = BatchDigest::after(before.as_deref());
            for row in rows {
                digest.add(row);
                let comment = row.comment_told().filter(|_| row.redacted_at.is_none());
                if comment != row.comment_digest {
                    sqlx::query("update ratings set comment_digest = $2 where num = $1")
                        .bind(row.num)
                        .bind(comment)
                        .execute(&mut *tx)
                        .await?;
                }
            }
            sqlx::query(
                "insert into import_batches (first_num, last_num, ratings, digest, recorded_at)
                 values ($1, $2, $3, $4, $5)",
            )
            .bind(first)
            .bind(last)
            .bind(digest.ratings)
            .bind(digest.end())
            .bind(now)
            .execute(&mut *tx)
            .await?;
            Ok(())
        }
    }
}

impl Store {
    /// Records some of the ratings that were imported before batches were recorded; whether more
    /// may be left.
    pub async fn record_earlier_imports(&self, now: i64) -> Result<bool, StoreError> {
        let waiting: Option<i64> = reading!(self, pool => {
            sqlx::query_scalar("select num from import_batches where digest is null limit 1")
                .fetch_optional(pool)
                .await?
        });
        if waiting.is_none() {
            return Ok(false);
        }
        Ok(writing!(self, Db, tx => {
            // Takes turns with imports, which hold this row too.
            sqlx::query("update installation set created_at = created_at")
                .execute(&mut *tx)
                .await?;
            let range: Option<(i64, i64, i64)> = sqlx::query_as(
                "select num, first_num, last_num from import_batches where digest is null
                 order by num limit 1",
            )
            .fetch_optional(&mut *tx)
            .await?;
            let Some((num, first, last)) = range else { return Ok(false) };
            let end = last.min(first.saturating_add(WINDOW - 1));
            let sql = format!("{COLUMNS} and num >= $1 and num <= $2 order by num");
            let rows: Vec<ImportedRow> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .bind(first)
                .bind(end)
                .fetch_all(&mut *tx)
                .await?;
            if !rows.is_empty() {
                Db::record_rows(&mut tx, &rows, (first, end), now).await?;
            }
            let left = if end < last {
                sqlx::query("update import_batches set first_num = $2 where num = $1")
                    .bind(num)
                    .bind(end + 1)
            } else {
                sqlx::query("delete from import_batches where num = $1").bind(num)
            };
            left.execute(&mut *tx).await?;
            true
        }))
    }

    /// All batches in the order in which they are chained.
    pub async fn import_batches(&self) -> Result<Vec<ImportBatch>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select num, first_num, last_num, ratings, digest, recorded_at from import_batches
             order by num",
        )
        .fetch_all(pool)
        .await?))
    }

    /// The imported ratings above a number, in their order, at most a thousand.
    pub async fn imported_after(&self, above: i64) -> Result<Vec<ImportedRow>, StoreError> {
        let sql = format!("{COLUMNS} and num > $1 order by num limit $2");
        Ok(reading!(self, pool => sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(above)
            .bind(i64::try_from(ROWS).unwrap_or(i64::MAX))
            .fetch_all(pool)
            .await?))
    }
}
