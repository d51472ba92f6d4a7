//! Failed attempts to sign in. An attempt is counted before it is checked and taken back when it was right,
//! so that a thousand guesses at one moment, at any server, count as a thousand.

use super::{Store, StoreError, reading, writing};

impl Store {
    /// Takes a try at `subject`. `wait` gives the milliseconds that follow on so many failures; a
    /// subject without failures for `forget_ms` begins anew. None: the try is taken; otherwise the
    /// milliseconds until there is one.
    pub async fn take_try(
        &self,
        subject: &str,
        wait: fn(i64) -> i64,
        forget_ms: i64,
        now: i64,
    ) -> Result<Option<i64>, StoreError> {
        // Who has to wait anyway takes no writer from anybody.
        let known: Option<(i64, i64)> = reading!(self, pool => sqlx::query_as(
            "select failures, last_at from sign_in_failures where subject = $1 and last_at >= $2",
        )
        .bind(subject)
        .bind(now - forget_ms)
        .fetch_optional(pool)
        .await?);
        if let Some(left) = known.map(|(failures, last_at)| last_at + wait(failures) - now)
            && left > 0
        {
            return Ok(Some(left));
        }
        Ok(writing!(self, Db, tx => {
            // The update changes nothing: it holds the row against others until the end.
            let (failures, last_at): (i64, i64) = sqlx::query_as(
                "insert into sign_in_failures (subject, failures, last_at) values ($1, 0, $2)
                 on conflict (subject) do update set failures =
                   case when sign_in_failures.last_at < $3 then 0 else sign_in_failures.failures end
                 returning failures, last_at",
            )
            .bind(subject)
            .bind(now)
            .bind(now - forget_ms)
            .fetch_one(&mut *tx)
            .await?;
            let left = last_at + wait(failures) - now;
            if left > 0 {
                return Ok(Some(left));
            }
            sqlx::query(
                "update sign_in_failures set failures = failures + 1, last_at = $2
                 where subject = $1",
            )
            .bind(subject)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            None
        }))
    }

    /// Forgets subjects without a try since a moment.
    pub async fn forget_old_failures(&self, before: i64) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query("delete from sign_in_failures where last_at < $1")
                .bind(before)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    /// Gives one try back: it was right, but tells nothing about those before it.
    pub async fn give_try_back(&self, subject: &str) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query(
                "update sign_in_failures set failures = failures - 1
                 where subject = $1 and failures > 0",
            )
            .bind(subject)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }

    /// Forgets the failures at a subject.
    pub async fn forget_failures(&self, subject: &str) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query("delete from sign_in_failures where subject = $1")
                .bind(subject)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }
}
