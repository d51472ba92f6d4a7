//! The centre's own settings, one JSON value a name. A change goes to the audit log.

use super::{Store, StoreError, reading, writing};

impl Store {
    /// The JSON of a setting, if it was ever set.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar("select value from settings where name = $1")
            .bind(name.to_owned()).fetch_optional(pool).await?))
    }

    /// Sets a setting.
    pub async fn put_setting(
        &self,
        name: &str,
        value: &str,
        actor: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let before = self.setting(name).await?;
        writing!(self, Db, tx => {
            sqlx::query(
                "insert into settings (name, value, changed_at) values ($1, $2, $3)
                 on conflict (name) do update
                 set value = excluded.value, changed_at = excluded.changed_at",
            )
            .bind(name)
            .bind(value)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "insert into audit_log (at, actor, action, subject, before, after)
                 values ($1, $2, 'change', $3, $4, $5)",
            )
            .bind(now)
            .bind(actor)
            .bind(format!("setting {name}"))
            .bind(before)
            .bind(value)
            .execute(&mut *tx)
            .await?;
        });
        Ok(())
    }
}
