//! The audit log: who changed what, and when. Whoever writes something that matters writes here in
//! the same transaction; nothing here is ever changed.

use super::{Store, StoreError, reading};

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When, milliseconds since 1970.
    pub at: i64,
    /// A person, a token or a command.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// What was.
    pub before: Option<String>,
    /// What is.
    pub after: Option<String>,
}

type ChangeFields = (i64, String, String, String, Option<String>, Option<String>);

impl Store {
    /// The newest changes, newest first, at most `limit`.
    pub async fn audit_log(&self, limit: u32) -> Result<Vec<Change>, StoreError> {
        let rows: Vec<ChangeFields> = reading!(self, pool => sqlx::query_as(
            "select at, actor, action, subject, before, after from audit_log
             order by num desc limit $1",
        )
        .bind(i64::from(limit))
        .fetch_all(pool)
        .await?);
        let change = |(at, actor, action, subject, before, after)| Change {
            at,
            actor,
            action,
            subject,
            before,
            after,
        };
        Ok(rows.into_iter().map(change).collect())
    }
}
