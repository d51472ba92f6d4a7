//! Second factors: the key, the codes that were used, and the codes for the day when the phone is
//! lost. Each code counts once, also when two servers are asked at the same moment. Keys are kept as
//! they come here, which is sealed.

use super::users::named;
use super::{Store, StoreError, log_change, reading, writing};

/// The keys of one person's second factor, as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorKeys {
    /// Whose they are.
    pub user: i64,
    /// The key that holds.
    pub secret: Option<Vec<u8>>,
    /// A key that awaits its first code.
    pub offered: Option<Vec<u8>>,
}

/// What is kept of a person's second factor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecondFactor {
    /// The key that holds.
    pub secret: Option<Vec<u8>>,
    /// A key that awaits its first code.
    pub offered: Option<Vec<u8>>,
    /// Recovery codes that were not used yet.
    pub codes: i64,
}

/// Person, key, offered key.
type KeyFields = (i64, Option<Vec<u8>>, Option<Vec<u8>>);

/// Key, offered key, number of codes.
type FactorFields = (Option<Vec<u8>>, Option<Vec<u8>>, i64);

impl Store {
    /// What is kept of a person's second factor.
    pub async fn second_factor(&self, user: i64) -> Result<SecondFactor, StoreError> {
        let row: Option<FactorFields> = reading!(self, pool => sqlx::query_as(
                "select totp_secret, totp_offered, (select count(*) from recovery_codes
                 where user_id = users.id and used_at is null) from users where id = $1",
            )
            .bind(user)
            .fetch_optional(pool)
            .await?);
        let (secret, offered, codes) = row.unwrap_or_default();
        Ok(SecondFactor { secret, offered, codes })
    }

    /// The keys of the next `limit` people after one (id), by id.
    pub async fn factor_keys(&self, after: i64, limit: i64) -> Result<Vec<FactorKeys>, StoreError> {
        let rows: Vec<KeyFields> = reading!(self, pool =>
            sqlx::query_as(
                "select id, totp_secret, totp_offered from users where id > $1
                 and (totp_secret is not null or totp_offered is not null) order by id limit $2",
            )
            .bind(after)
            .bind(limit)
            .fetch_all(pool)
            .await?);
        let keys = |(user, secret, offered)| FactorKeys { user, secret, offered };
        Ok(rows.into_iter().map(keys).collect())
    }

    /// Keeps a person's key, now in the form `sealed`, where it is still kept as `was`.
    pub async fn put_factor_key(
        &self,
        user: i64,
        was: &[u8],
        sealed: &[u8],
    ) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            for column in ["totp_secret", "totp_offered"] {
                let sql = format!("update users set {column} = $3 where id = $1 and {column} = $2");
                sqlx::query(sqlx::AssertSqlSafe(sql))
                    .bind(user)
                    .bind(was)
                    .bind(sealed)
                    .execute(&mut *tx)
                    .await?;
            }
        });
        Ok(())
    }

    /// Keeps a key that is shown to its person; it does not hold yet.
    pub async fn offer_second_factor(&self, user: i64, secret: &[u8]) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query("update users set totp_offered = $2 where id = $1")
                .bind(user)
                .bind(secret)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    /// The offered key `secret` holds from now on; `step` is the step of the code that proved it.
    /// Whether it was still the offered one.
    pub async fn confirm_second_factor(
        &self,
        user: i64,
        secret: &[u8],
        step: i64,
        codes: &[[u8; 32]],
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let done = sqlx::query(
                "update users set totp_secret = totp_offered, totp_offered = null, totp_step = $3
                 where id = $1 and totp_offered = $2",
            )
            .bind(user)
            .bind(secret)
            .bind(step)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            sqlx::query("delete from recovery_codes where user_id = $1")
                .bind(user)
                .execute(&mut *tx)
                .await?;
            for code in codes {
                sqlx::query(
                    "insert into recovery_codes (code_hash, user_id, created_at)
                     values ($1, $2, $3)",
                )
                .bind(code.as_slice())
                .bind(user)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            }
            let who = named!(tx, user);
            log_change!(tx, now, &who, "set second factor", &who, None::<String>, None::<String>);
            true
        }))
    }

    /// Takes the code of a time step, where none of it or of a later one was taken before.
    pub async fn take_totp_step(&self, user: i64, step: i64) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let done = sqlx::query(
                "update users set totp_step = $2 where id = $1 and totp_secret is not null
                 and (totp_step is null or totp_step < $2)",
            )
            .bind(user)
            .bind(step)
            .execute(&mut *tx)
            .await?;
            done.rows_affected() == 1
        }))
    }

    /// Takes a recovery code, once.
    pub async fn take_recovery_code(
        &self,
        user: i64,
        code: [u8; 32],
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let done = sqlx::query(
                "update recovery_codes set used_at = $3
                 where code_hash = $1 and user_id = $2 and used_at is null",
            )
            .bind(code.as_slice())
            .bind(user)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            let who = named!(tx, user);
            log_change!(tx, now, &who, "use recovery code", &who, None::<String>, None::<String>);
            true
        }))
    }

    /// Takes a second factor away, with its codes. Whether there was one.
    pub async fn remove_second_factor(
        &self,
        user: i64,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let done = sqlx::query(
                "update users set totp_secret = null, totp_offered = null, totp_step = null
                 where id = $1 and totp_secret is not null",
            )
            .bind(user)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            sqlx::query("delete from recovery_codes where user_id = $1")
                .bind(user)
                .execute(&mut *tx)
                .await?;
            let who = named!(tx, user);
            log_change!(tx, now, actor, "remove second factor", who, None::<String>, None::<String>);
            true
        }))
    }
}
