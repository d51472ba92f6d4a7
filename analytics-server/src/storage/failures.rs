//! Guesses that failed. A try is taken before it is looked at and given back when it was right, so
//! that a thousand guesses at one moment, at whichever server, count as a thousand.

use super::{Store, StoreError, writing};

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
        Ok(writing!(self, Db, tx => {
            sqlx::query("delete from sign_in_failures where last_at < $1")
                .bind(now - forget_ms)
                .execute(&mut *tx)
                .await?;
            // The update changes nothing: it holds the row against others until the end.
            let (failures, last_at): (i64, i64) = sqlx::query_as(
                "insert into sign_in_failures (subject, failures, last_at) values ($1, 0, $2)
                 on conflict (subject) do update set failures = sign_in_failures.failures
                 returning failures, last_at",
            )
            .bind(subject)
            .bind(now)
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
