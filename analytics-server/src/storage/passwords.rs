//! Passwords, as hashes, and the links with which somebody chooses one. The audit log has not even
//! the hashes. Every change of a password ends all sessions of its person.

use super::users::named;
use super::{Store, StoreError, log_change, reading, writing};

/// A link with which somebody chooses a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordLink {
    /// Whose it is.
    pub user: i64,
    /// Until when it can be used, milliseconds since 1970.
    pub expires_at: i64,
    /// When it was used, or made void by a newer one.
    pub used_at: Option<i64>,
}

/// Ends every session of a person within a transaction.
macro_rules! end_all {
    ($tx:ident, $user:expr, $now:expr) => {
        sqlx::query("update sessions set ended_at = $2 where user_id = $1 and ended_at is null")
            .bind($user)
            .bind($now)
            .execute(&mut *$tx)
            .await?
    };
}
pub(super) use end_all;

impl Store {
    /// Id and password hash of the person of a name who may sign in.
    pub async fn password_of(&self, name: &str) -> Result<Option<(i64, String)>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select id, password from users
             where name = $1 and password is not null and retired_at is null",
        )
        .bind(name.to_owned())
        .fetch_optional(pool)
        .await?))
    }

    /// Whether anybody has an account.
    pub async fn has_users(&self) -> Result<bool, StoreError> {
        let one: Option<i64> = reading!(self, pool => sqlx::query_scalar(
            "select id from users limit 1",
        )
        .fetch_optional(pool)
        .await?);
        Ok(one.is_some())
    }

    /// Whether somebody has a name.
    pub async fn has_user_named(&self, name: &str) -> Result<bool, StoreError> {
        let one: Option<i64> = reading!(self, pool => sqlx::query_scalar(
            "select id from users where name = $1",
        )
        .bind(name.to_owned())
        .fetch_optional(pool)
        .await?);
        Ok(one.is_some())
    }

    /// Sets a password (argon2id in PHC form) in the place of `old` (none: there is none yet), and
    /// ends every session of the person. Whether it was set: not where the password was reset
    /// meanwhile, and not for somebody who is retired.
    pub async fn put_password(
        &self,
        user: i64,
        old: Option<&str>,
        hash: &str,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let set = sqlx::query(
                "update users set password = $2
                 where id = $1 and password is not distinct from $3 and retired_at is null",
            )
            .bind(user)
            .bind(hash)
            .bind(old)
            .execute(&mut *tx)
            .await?;
            if set.rows_affected() == 0 {
                return Ok(false);
            }
            end_all!(tx, user, now);
            let subject = named!(tx, user);
            log_change!(tx, now, actor, "set password", subject, None::<String>, None::<String>);
            true
        }))
    }

    /// Keeps a new link's hash. The person's password, sessions and older links are void at once:
    /// a new link is asked for when the old password is lost or known to others.
    pub async fn add_password_link(
        &self,
        token_hash: [u8; 32],
        user: i64,
        expires_at: i64,
        actor: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query(
                "update password_links set used_at = $2 where user_id = $1 and used_at is null",
            )
            .bind(user)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            sqlx::query("update users set password = null where id = $1")
                .bind(user)
                .execute(&mut *tx)
                .await?;
            end_all!(tx, user, now);
            sqlx::query(
                "insert into password_links (token_hash, user_id, created_at, expires_at)
                 values ($1, $2, $3, $4)",
            )
            .bind(token_hash.as_slice())
            .bind(user)
            .bind(now)
            .bind(expires_at)
            .execute(&mut *tx)
            .await?;
            let subject = named!(tx, user);
            log_change!(tx, now, actor, "make password link", subject, None::<String>, None::<String>);
        });
        Ok(())
    }

    /// The link of a token's hash, also one that can no longer be used.
    pub async fn password_link(
        &self,
        token_hash: [u8; 32],
    ) -> Result<Option<PasswordLink>, StoreError> {
        let row: Option<(i64, i64, Option<i64>)> = reading!(self, pool => sqlx::query_as(
            "select user_id, expires_at, used_at from password_links where token_hash = $1",
        )
        .bind(token_hash.as_slice())
        .fetch_optional(pool)
        .await?);
        Ok(row.map(|(user, expires_at, used_at)| PasswordLink { user, expires_at, used_at }))
    }

    /// Sets the password that was chosen by a link. Whether the link could be used: each once, in
    /// its time, and not for somebody who is retired.
    pub async fn use_password_link(
        &self,
        token_hash: [u8; 32],
        hash: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let user: Option<i64> = sqlx::query_scalar(
                "update password_links set used_at = $2
                 where token_hash = $1 and used_at is null and expires_at > $2
                 and user_id in (select id from users where retired_at is null)
                 returning user_id",
            )
            .bind(token_hash.as_slice())
            .bind(now)
            .fetch_optional(&mut *tx)
            .await?;
            let Some(user) = user else { return Ok(false) };
            sqlx::query("update users set password = $2 where id = $1")
                .bind(user)
                .bind(hash)
                .execute(&mut *tx)
                .await?;
            end_all!(tx, user, now);
            let who = named!(tx, user);
            log_change!(tx, now, &who, "set password", &who, None::<String>, None::<String>);
            true
        }))
    }
}
