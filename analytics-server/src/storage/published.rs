//! The published steps, as they were published. Append-only; of two servers that publish the next
//! step at one moment the first one's stands, and both read it.

use super::{Store, StoreError, read_by_name, reading, writing};

/// A step as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredStep {
    /// 1, 2, 3 … within its subject and period.
    pub step: i64,
    /// When it was told, milliseconds since 1970.
    pub told_at: i64,
    /// JSON of the figures.
    pub figures: String,
}

/// The next step of a period.
#[derive(Clone, Copy, Debug)]
pub struct NewStep<'a> {
    /// 0 the whole centre; otherwise the id of an officer.
    pub subject: i64,
    /// Policy and period.
    pub period: &'a str,
    /// One more than that of the step before.
    pub step: i64,
    /// The moment.
    pub told_at: i64,
    /// JSON of the figures.
    pub figures: &'a str,
}

/// Why a visit is shown to its officer one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// It is low or flagged: it may be replied to.
    Disputed,
    /// It has a comment.
    Commented,
}

impl ItemKind {
    const fn code(self) -> i16 {
        match self {
            Self::Disputed => 1,
            Self::Commented => 2,
        }
    }
}

/// A visit that comes to an officer's page with a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    /// Random.
    pub handle: [u8; 16],
    /// Number of the rating.
    pub rating: i64,
    /// Why it is shown.
    pub kind: ItemKind,
    /// JSON of what is told.
    pub told: String,
}

/// A visit that was told to its officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedItem {
    /// Random; the order of a list.
    pub handle: Vec<u8>,
    /// Number of the rating.
    pub rating: i64,
    /// JSON of what is told.
    pub told: String,
    /// The comment as it stands now.
    pub comment: Option<String>,
}

read_by_name!(PublishedItem { handle, rating, told, comment });

impl Store {
    /// The last step of a period that was told.
    pub async fn published_step(
        &self,
        subject: i64,
        period: &str,
    ) -> Result<Option<StoredStep>, StoreError> {
        let row: Option<(i64, i64, String)> = reading!(self, pool => sqlx::query_as(
            "select step, told_at, figures from published_steps
             where subject = $1 and period = $2 order by step desc limit 1",
        )
        .bind(subject)
        .bind(period)
        .fetch_optional(pool)
        .await?);
        Ok(row.map(|(step, told_at, figures)| StoredStep { step, told_at, figures }))
    }

    /// Stores a step with the visits that come with it; whether it is the first of its number.
    /// Visits that came with an earlier step stay with that.
    pub async fn publish_step(
        &self,
        new: &NewStep<'_>,
        items: &[NewItem],
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let made = sqlx::query(
                "insert into published_steps (subject, period, step, told_at, figures)
                 values ($1, $2, $3, $4, $5) on conflict (subject, period, step) do nothing",
            )
            .bind(new.subject)
            .bind(new.period)
            .bind(new.step)
            .bind(new.told_at)
            .bind(new.figures)
            .execute(&mut *tx)
            .await?;
            if made.rows_affected() == 0 {
                return Ok(false);
            }
            for item in items {
                sqlx::query(
                    "insert into published_items
                     (handle, officer_id, period, rating_num, kind, told, told_at)
                     values ($1, $2, $3, $4, $5, $6, $7)
                     on conflict (rating_num, kind) do nothing",
                )
                .bind(item.handle.as_slice())
                .bind(new.subject)
                .bind(new.period)
                .bind(item.rating)
                .bind(item.kind.code())
                .bind(&item.told)
                .bind(new.told_at)
                .execute(&mut *tx)
                .await?;
            }
            true
        }))
    }

    /// The periods of which anything was told about a subject, as they are stored.
    pub async fn published_periods(&self, subject: i64) -> Result<Vec<String>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(
            "select distinct period from published_steps where subject = $1",
        )
        .bind(subject)
        .fetch_all(pool)
        .await?))
    }

    /// When anything was last told about a subject.
    pub async fn last_published(&self, subject: i64) -> Result<Option<i64>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(
            "select max(told_at) from published_steps where subject = $1",
        )
        .bind(subject)
        .fetch_one(pool)
        .await?))
    }

    /// The visits of one kind that came to an officer's page with the steps of a period, in the
    /// order of their handles, which tells nothing.
    pub async fn published_items(
        &self,
        officer: i64,
        period: &str,
        kind: ItemKind,
    ) -> Result<Vec<PublishedItem>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
                "select i.handle, i.rating_num as rating, i.told, r.comment from published_items i
                 join ratings r on r.num = i.rating_num
                 where i.officer_id = $1 and i.period = $2 and i.kind = $3 order by i.handle",
            )
            .bind(officer)
            .bind(period)
            .bind(kind.code())
            .fetch_all(pool)
            .await?))
    }

    /// The rating and the period of a handle that an officer may reply to.
    pub async fn published_item(
        &self,
        officer: i64,
        handle: &[u8],
    ) -> Result<Option<(i64, String)>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select rating_num, period from published_items
             where handle = $1 and officer_id = $2 and kind = 1",
        )
        .bind(handle)
        .bind(officer)
        .fetch_optional(pool)
        .await?))
    }
}
