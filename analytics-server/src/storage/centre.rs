//! The centre's own settings, one JSON value a name. A change goes to the audit log.

use super::{Store, StoreError, log_change, reading, writing};

/// What a setting has to be still for a change to be taken.
#[derive(Clone, Copy)]
enum Was<'a> {
    /// Anything.
    Whatever,
    /// This; none: never set.
    This(Option<&'a str>),
}

impl Store {
    /// The JSON of a setting, if it was ever set.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar("select value from settings where name = $1")
            .bind(name.to_owned()).fetch_optional(pool).await?))
    }

    /// Sets a setting, also where somebody else has changed it meanwhile.
    pub async fn put_setting(
        &self,
        name: &str,
        value: &str,
        actor: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        self.set(name, Was::Whatever, value, actor, now).await.map(|_| ())
    }

    /// Sets a setting that is still `was` (none: never set), which the new one was made from.
    /// Whether it was set.
    pub async fn change_setting(
        &self,
        name: &str,
        was: Option<&str>,
        value: &str,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        self.set(name, Was::This(was), value, actor, now).await
    }

    async fn set(
        &self,
        name: &str,
        was: Was<'_>,
        value: &str,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let new = sqlx::query(
                "insert into settings (name, value, changed_at) values ($1, $2, $3)
                 on conflict (name) do nothing",
            )
            .bind(name)
            .bind(value)
            .bind(now)
            .execute(&mut *tx)
            .await?
            .rows_affected() > 0;
            // The update changes nothing: it holds the row, so that of two changes at one moment
            // the second sees the first.
            let before: Option<String> = if new { None } else {
                sqlx::query_scalar(
                    "update settings set changed_at = changed_at where name = $1 returning value",
                )
                .bind(name)
                .fetch_optional(&mut *tx)
                .await?
            };
            if matches!(was, Was::This(was) if was != before.as_deref()) {
                return Ok(false);
            }
            sqlx::query("update settings set value = $2, changed_at = $3 where name = $1")
                .bind(name)
                .bind(value)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            // Saved again as it is: nothing that the log could tell.
            if before.as_deref() != Some(value) {
                let subject = format!("setting {name}");
                log_change!(tx, now, actor, "change", subject, before, Some(value));
            }
            true
        }))
    }
}
