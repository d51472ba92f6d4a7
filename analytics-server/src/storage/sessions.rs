//! Sessions of signed-in browsers.

use super::users::{Role, named};
use super::{Store, StoreError, log_change, reading, row_struct, writing};
use std::collections::HashMap;

/// Sessions that one question names: the statement is always the same.
const PORTION: usize = 16;

/// How exactly the last use of a session is known, in milliseconds.
const SEEN_MS: i64 = 60_000;

/// Without a request for so long a session is over, in milliseconds: a working day.
pub const IDLE_MS: i64 = 10 * 60 * 60 * 1000;
/// A session ends after a week, also while it is in use.
pub const LONGEST_MS: i64 = 7 * 24 * 60 * 60 * 1000;

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
    /// When its person last gave their password in it.
    pub confirmed_at: Option<i64>,
}

/// A session as its own person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// Which it is.
    pub token_hash: [u8; 32],
    /// When it began, milliseconds since 1970.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub last_seen_at: i64,
    /// What the browser calls itself.
    pub agent: String,
}

/// What lets a person in.
#[derive(Clone, Copy, Debug)]
pub enum Proof<'a> {
    /// The password of this hash.
    Password(&'a str),
    /// The second factor, given in the pending session of this token's hash, which ends.
    Second([u8; 32]),
    /// Nothing: one click in a demonstration.
    Click,
}

row_struct! {
    struct SessionRow {
        user_id: i64,
        created_at: i64,
        last_seen_at: i64,
        pending: bool,
        confirmed_at: Option<i64>,
    }
}

row_struct! {
    struct OwnSessionRow {
        token_hash: Vec<u8>,
        created_at: i64,
        last_seen_at: i64,
        agent: String,
    }
}

impl Store {
    /// Begins a session, where what lets the person in still does at that moment: the password was
    /// not reset, their sessions not ended, themselves not retired since it was looked at. Whether
    /// it began. `agent` is what the browser calls itself.
    pub async fn begin_session(
        &self,
        token_hash: [u8; 32],
        user: i64,
        proof: Proof<'_>,
        pending: bool,
        agent: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        let password = match proof {
            Proof::Password(hash) => hash,
            Proof::Second(_) | Proof::Click => "",
        };
        let confirmed_at = (!matches!(proof, Proof::Click)).then_some(now);
        Ok(writing!(self, Db, tx => {
            // The update changes nothing: it holds the person, so that of a sign-in and a reset at
            // one moment the second sees the first.
            let held = sqlx::query(
                "update users set password = password
                 where id = $1 and retired_at is null and ($2 = '' or password = $2)",
            )
            .bind(user)
            .bind(password)
            .execute(&mut *tx)
            .await?;
            if held.rows_affected() == 0 {
                return Ok(false);
            }
            if let Proof::Second(half) = proof {
                let ended = sqlx::query(
                    "update sessions set ended_at = $3
                     where token_hash = $1 and user_id = $2 and pending and ended_at is null",
                )
                .bind(half.as_slice())
                .bind(user)
                .bind(now)
                .execute(&mut *tx)
                .await?;
                if ended.rows_affected() == 0 {
                    return Ok(false);
                }
            }
            sqlx::query(
                "insert into sessions (token_hash, user_id, created_at, last_seen_at, pending,
                 agent, confirmed_at) values ($1, $2, $3, $3, $4, $5, $6)",
            )
            .bind(token_hash.as_slice())
            .bind(user)
            .bind(now)
            .bind(pending)
            .bind(agent)
            .bind(confirmed_at)
            .execute(&mut *tx)
            .await?;
            let who = named!(tx, user);
            // With a second factor the password alone is not a sign-in yet.
            let action = if pending { "give password" } else { "sign in" };
            log_change!(tx, now, &who, action, &who, None::<String>, Some(agent.to_owned()));
            true
        }))
    }

    /// The session of a token's hash that has not ended.
    pub async fn session(&self, token_hash: [u8; 32]) -> Result<Option<Session>, StoreError> {
        let row: Option<SessionRow> = reading!(self, pool => sqlx::query_as(
            "select user_id, created_at, last_seen_at, pending, confirmed_at from sessions
             where token_hash = $1 and ended_at is null",
        )
        .bind(token_hash.as_slice())
        .fetch_optional(pool)
        .await?);
        let session = |row: SessionRow| Session {
            user: row.user_id,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            pending: row.pending,
            confirmed_at: row.confirmed_at,
        };
        Ok(row.map(session))
    }

    /// Of these sessions those that go on, with the role of their person now: not ended, used after
    /// `used_after`, begun after `begun_after`, their person not retired.
    pub async fn live_sessions(
        &self,
        token_hashes: &[[u8; 32]],
        used_after: i64,
        begun_after: i64,
    ) -> Result<HashMap<[u8; 32], Role>, StoreError> {
        let places: Vec<String> = (3..PORTION + 3).map(|number| format!("${number}")).collect();
        let sql = format!(
            "select sessions.token_hash, users.role from sessions
             join users on users.id = sessions.user_id
             where sessions.ended_at is null and not sessions.pending
             and sessions.last_seen_at >= $1 and sessions.created_at >= $2
             and users.retired_at is null and sessions.token_hash in ({})",
            places.join(", ")
        );
        let mut alive = HashMap::new();
        for portion in token_hashes.chunks(PORTION) {
            let rows: Vec<(Vec<u8>, String)> = reading!(self, pool => {
                let mut query = sqlx::query_as(sqlx::AssertSqlSafe(sql.clone()))
                    .bind(used_after)
                    .bind(begun_after);
                for place in 0..PORTION {
                    // The last one again where there are fewer.
                    let hash = portion.get(place).or(portion.last());
                    query = query.bind(hash.map(<[u8; 32]>::as_slice));
                }
                query.fetch_all(pool).await?
            });
            for (hash, role) in rows {
                let hash = hash.try_into().map_err(|_| StoreError::Meaningless("sessions"))?;
                alive.insert(hash, Role::of_word(&role).ok_or(StoreError::Meaningless("users"))?);
            }
        }
        Ok(alive)
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

    /// Notes that the person of a session gave their password in it again.
    pub async fn confirm_session(&self, token_hash: [u8; 32], now: i64) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query(
                "update sessions set confirmed_at = $2 where token_hash = $1 and ended_at is null",
            )
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
            let ended: Option<(i64, bool)> = sqlx::query_as(
                "update sessions set ended_at = $2 where token_hash = $1 and ended_at is null
                 returning user_id, pending",
            )
            .bind(token_hash.as_slice())
            .bind(now)
            .fetch_optional(&mut *tx)
            .await?;
            if let Some((user, false)) = ended {
                let who = named!(tx, user);
                log_change!(tx, now, &who, "sign out", &who, None::<String>, None::<String>);
            }
        });
        Ok(())
    }

    /// A person's sessions that were not ended and in use after `since`, last used first.
    pub async fn sessions_of(&self, user: i64, since: i64) -> Result<Vec<OwnSession>, StoreError> {
        let rows: Vec<OwnSessionRow> = reading!(self, pool => sqlx::query_as(
            "select token_hash, created_at, last_seen_at, agent from sessions
             where user_id = $1 and ended_at is null and not pending and last_seen_at > $2
             order by last_seen_at desc, created_at desc",
        )
        .bind(user)
        .bind(since)
        .fetch_all(pool)
        .await?);
        let own = |row: OwnSessionRow| {
            let OwnSessionRow { token_hash, created_at, last_seen_at, agent } = row;
            let token_hash =
                token_hash.try_into().map_err(|_| StoreError::Meaningless("sessions"))?;
            Ok(OwnSession { token_hash, created_at, last_seen_at, agent })
        };
        rows.into_iter().map(own).collect()
    }

    /// Ends all sessions of a person but the one they are in.
    pub async fn end_other_sessions(
        &self,
        user: i64,
        kept: [u8; 32],
        now: i64,
    ) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query(
                "update sessions set ended_at = $3
                 where user_id = $1 and token_hash <> $2 and ended_at is null",
            )
            .bind(user)
            .bind(kept.as_slice())
            .bind(now)
            .execute(&mut *tx)
            .await?;
            let who = named!(tx, user);
            log_change!(tx, now, &who, "end other sessions", &who, None::<String>, None::<String>);
        });
        Ok(())
    }
}
