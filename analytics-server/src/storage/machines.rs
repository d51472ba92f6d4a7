//! Tokens of other software of the centre: what it may do, and when it last used one.

use super::{Store, StoreError, log_change, reading, row_struct, writing};

/// How exactly the last use of a token is known, in milliseconds.
const USED_MS: i64 = 60_000;

/// A token, without itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineToken {
    /// Its number.
    pub num: i64,
    /// What an administrator calls it.
    pub name: String,
    /// BLAKE3 of the token.
    pub hash: [u8; 32],
    /// What it may do: words with a space between them.
    pub scopes: String,
    /// When it was made, milliseconds since 1970.
    pub created_at: i64,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<i64>,
}

impl MachineToken {
    /// Whether it may do what `scope` names.
    pub fn may(&self, scope: &str) -> bool {
        self.revoked_at.is_none() && self.scopes.split(' ').any(|one| one == scope)
    }
}

row_struct! {
    struct TokenRow {
        num: i64,
        name: String,
        token_hash: Vec<u8>,
        scopes: String,
        created_at: i64,
        revoked_at: Option<i64>,
        last_used_at: Option<i64>,
    }
}

impl Store {
    /// Keeps a new token's hash; its number.
    pub async fn add_machine_token(
        &self,
        name: &str,
        hash: [u8; 32],
        scopes: &str,
        actor: &str,
        now: i64,
    ) -> Result<i64, StoreError> {
        Ok(writing!(self, Db, tx => {
            let num: i64 = sqlx::query_scalar(
                "insert into machine_tokens (name, token_hash, scopes, created_at)
                 values ($1, $2, $3, $4) returning num",
            )
            .bind(name)
            .bind(hash.as_slice())
            .bind(scopes)
            .bind(now)
            .fetch_one(&mut *tx)
            .await?;
            let (subject, after) = (format!("machine token {num}"), format!("{name}: {scopes}"));
            log_change!(tx, now, actor, "add", subject, None::<String>, Some(after));
            num
        }))
    }

    /// All tokens, oldest first, also revoked ones.
    pub async fn machine_tokens(&self) -> Result<Vec<MachineToken>, StoreError> {
        let rows: Vec<TokenRow> = reading!(self, pool => sqlx::query_as(
            "select num, name, token_hash, scopes, created_at, revoked_at, last_used_at
             from machine_tokens order by num",
        )
        .fetch_all(pool)
        .await?);
        rows.into_iter().map(token).collect()
    }

    /// The token of a hash, also a revoked one.
    pub async fn machine_token(&self, hash: [u8; 32]) -> Result<Option<MachineToken>, StoreError> {
        let row: Option<TokenRow> = reading!(self, pool => sqlx::query_as(
            "select num, name, token_hash, scopes, created_at, revoked_at, last_used_at
             from machine_tokens where token_hash = $1",
        )
        .bind(hash.as_slice())
        .fetch_optional(pool)
        .await?);
        row.map(token).transpose()
    }

    /// Revokes a token. Whether there was one that held.
    pub async fn revoke_machine_token(
        &self,
        num: i64,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let done = sqlx::query(
                "update machine_tokens set revoked_at = $2 where num = $1 and revoked_at is null",
            )
            .bind(num)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            let subject = format!("machine token {num}");
            log_change!(tx, now, actor, "revoke", subject, None::<String>, None::<String>);
            true
        }))
    }

    /// Notes that a token was used, at most once a minute.
    pub async fn touch_machine_token(
        &self,
        token: &MachineToken,
        now: i64,
    ) -> Result<(), StoreError> {
        if token.last_used_at.is_some_and(|last| now - last < USED_MS) {
            return Ok(());
        }
        writing!(self, Db, tx => {
            sqlx::query("update machine_tokens set last_used_at = $2 where num = $1")
                .bind(token.num)
                .bind(now)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }
}

fn token(row: TokenRow) -> Result<MachineToken, StoreError> {
    Ok(MachineToken {
        num: row.num,
        name: row.name,
        hash: row.token_hash.try_into().map_err(|_| StoreError::Meaningless("machine_tokens"))?,
        scopes: row.scopes,
        created_at: row.created_at,
        revoked_at: row.revoked_at,
        last_used_at: row.last_used_at,
    })
}
