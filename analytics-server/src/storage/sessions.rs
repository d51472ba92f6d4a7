//! Browsers that signed in.

use super::{Store, StoreError, log_change, reading, writing};

/// How exactly the last use of a session is known, in milliseconds.
const SEEN_MS: i64 = 60_000;

/// A session, without its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Id of the person.
    pub user: i64,
    /// When it began, milliseconds since 1970.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub last_seen_at: i64,
    /// The second factor is still awaited.
    pub pending: bool,
}

type SessionFields = (i64, i64, i64, bool);

impl Store {
    /// Begins a session. `agent` is what the browser calls itself.
    pub async fn begin_session(
        &self,
        token_hash: [u8; 32],
        user: i64,
        pending: bool,
        agent: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query(
                "insert into sessions (token_hash, user_id, created_at, last_seen_at, pending,
                 agent) values ($1, $2, $3, $3, $4, $5)",
            )
            .bind(token_hash.as_slice())
            .bind(user)
            .bind(now)
            .bind(pending)
            .bind(agent)
            .execute(&mut *tx)
            .await?;
            let (actor, subject) = (format!("user id {user}"), format!("user id {user}"));
            log_change!(tx, now, actor, "sign in", subject, None::<String>, Some(agent.to_owned()));
        });
        Ok(())
    }

    /// The session of a token's hash that has not ended.
    pub async fn session(&self, token_hash: [u8; 32]) -> Result<Option<Session>, StoreError> {
        let row: Option<SessionFields> = reading!(self, pool => sqlx::query_as(
            "select user_id, created_at, last_seen_at, pending from sessions
             where token_hash = $1 and ended_at is null",
        )
        .bind(token_hash.as_slice())
        .fetch_optional(pool)
        .await?);
        let session = |(user, created_at, last_seen_at, pending)| Session {
            user,
            created_at,
            last_seen_at,
            pending,
        };
        Ok(row.map(session))
    }

    /// Notes that a session is used, at most once a minute.
    pub async fn touch_session(
        &self,
        token_hash: [u8; 32],
        session: &Session,
        now: i64,
    ) -> Result<(), StoreError> {
        if now - session.last_seen_at < SEEN_MS {
            return Ok(());
        }
        writing!(self, Db, tx => {
            sqlx::query("update sessions set last_seen_at = $2 where token_hash = $1")
                .bind(token_hash.as_slice())
                .bind(now)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    /// Ends a session.
    pub async fn end_session(&self, token_hash: [u8; 32], now: i64) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query(
                "update sessions set ended_at = $2 where token_hash = $1 and ended_at is null",
            )
            .bind(token_hash.as_slice())
            .bind(now)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }
}
