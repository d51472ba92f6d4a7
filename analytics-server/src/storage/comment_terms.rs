//! The term of comments: when it is over they go for good, with what was kept and typed about them.

use super::event_steps::EventSteps;
use super::portions::Portions;
use super::{Store, StoreError, log_change, reading, writing};
use crate::clock;
use std::time::Instant;

/// Cuts what was typed in proposals, numbers and texts, within a transaction: it may repeat what
/// went away. The word of the reason stays.
macro_rules! cut_proposals {
    ($tx:ident, $proposals:expr) => {
        for (note, text) in $proposals {
            let proposal = $crate::storage::notes::Proposal::of(&text);
            sqlx::query("update rating_notes set text = $2 where num = $1")
                .bind(note)
                .bind(proposal.reason)
                .execute(&mut *$tx)
                .await?;
        }
    };
}
pub(super) use cut_proposals;

impl Store {
    /// Takes away the comments of visits asked before a moment, for good; how many. The visits
    /// stay, and count as before. In portions, each with its own position and its own line in the
    /// audit log: what was done before an interruption stays done, and is told.
    pub async fn expire_comments(
        &self,
        before: i64,
        actor: &str,
        now: i64,
    ) -> Result<u64, StoreError> {
        Portions::until_done(|limit| self.expire_some(before, limit, actor, now)).await
    }

    /// How many comments there are of visits asked before a moment.
    pub async fn count_comments_before(&self, before: i64) -> Result<u64, StoreError> {
        let sql = "select count(*) from ratings where comment is not null and asked_at < $1";
        let count: i64 =
            reading!(self, pool => sqlx::query_scalar(sql).bind(before).fetch_one(pool).await?);
        Ok(count.unsigned_abs())
    }

    /// Takes away some of them; how many, and since when others had to wait.
    async fn expire_some(
        &self,
        before: i64,
        limit: i64,
        actor: &str,
        now: i64,
    ) -> Result<(u64, Instant), StoreError> {
        Ok(writing!(self, Db, tx => {
            let position = Db::next_position(&mut tx).await?;
            let begun = clock::started();
            let gone = sqlx::query(
                "update ratings set comment = null, comment_digest = null, redacted_at = $2,
                   position = $3
                 where num in (select num from ratings where comment is not null and asked_at < $1
                   order by asked_at, num limit $4)",
            )
            .bind(before)
            .bind(now)
            .bind(position)
            .bind(limit)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            // What was kept of redacted ones goes with them. They are few: no portion is needed.
            sqlx::query(
                "delete from redacted_comments where exists (select 1 from ratings r
                   where r.num = redacted_comments.rating_num and r.asked_at < $1)",
            )
            .bind(before)
            .execute(&mut *tx)
            .await?;
            // Likewise what was typed about them.
            let proposals: Vec<(i64, String)> = sqlx::query_as(
                "select n.num, n.text from rating_notes n join ratings r on r.num = n.rating_num
                 where n.kind = 'proposed' and n.text like '%: %' and r.asked_at < $1",
            )
            .bind(before)
            .fetch_all(&mut *tx)
            .await?;
            cut_proposals!(tx, proposals);
            if gone > 0 {
                let after = Some(gone.to_string());
                log_change!(tx, now, actor, "expire", "comments", Some(before.to_string()), after);
            }
            (gone, begun)
        }))
    }
}
