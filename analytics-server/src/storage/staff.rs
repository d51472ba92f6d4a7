//! PINs: who may sign in at a tablet, and who may open its technician's side. Only hashes come
//! here; the audit log says that a PIN was set, never what it is.

use super::{Store, StoreError, log_change, reading, writing};
use protocol::limits::STAFF;

/// Name of the technician's PIN among the settings.
const TECHNICIAN: &str = "technician_pin";

/// At which counter, and within which day, somebody may sign in.
#[derive(Clone, Copy, Debug)]
pub struct Shift {
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer that the tablet's post names.
    pub named: Option<i64>,
    /// Begin of the day, milliseconds since 1970.
    pub from: i64,
    /// Its end.
    pub until: i64,
}

impl Store {
    /// Sets or takes away the PIN of an officer: argon2id in PHC form.
    pub async fn put_pin(
        &self,
        officer: i64,
        hash: Option<&str>,
        actor: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let action = if hash.is_some() { "set pin" } else { "remove pin" };
        writing!(self, Db, tx => {
            sqlx::query("update officers set pin = $1 where id = $2")
                .bind(hash)
                .bind(officer)
                .execute(&mut *tx)
                .await?;
            let subject = format!("officer id {officer}");
            log_change!(tx, now, actor, action, subject, None::<String>, None::<String>);
        });
        Ok(())
    }

    /// Ids and hashes of those who may sign in: the counter's officers, the one the tablet names
    /// and those who sit there by today's roster, who have a PIN and are not retired. Where there
    /// are more than a tablet takes, the counter's own with the highest codes are left out.
    pub async fn staff(&self, shift: &Shift) -> Result<Vec<(i64, String)>, StoreError> {
        let mut rows: Vec<(i64, String, String)> = reading!(self, pool => sqlx::query_as(
            "select o.id, o.pin, o.code from officers o
             where o.pin is not null and o.retired_at is null
               and (o.counter_id = $1 or o.id = $2 or exists (
                 select 1 from roster r where r.officer_id = o.id and r.counter_id = $1
                 and r.retired_at is null and r.from_at < $4 and r.until_at > $3))
             order by case when o.counter_id = $1 and o.id <> $2 then 1 else 0 end, o.code
             limit $5",
        )
        .bind(shift.counter)
        .bind(shift.named.unwrap_or(0))
        .bind(shift.from)
        .bind(shift.until)
        .bind(i64::try_from(STAFF).unwrap_or(i64::MAX))
        .fetch_all(pool)
        .await?);
        rows.sort_by(|a, b| a.2.cmp(&b.2));
        Ok(rows.into_iter().map(|(id, pin, _)| (id, pin)).collect())
    }

    /// The technician's PIN: argon2id in PHC form.
    pub async fn technician_pin(&self) -> Result<Option<String>, StoreError> {
        self.setting(TECHNICIAN).await
    }

    /// Sets or takes away the technician's PIN.
    pub async fn put_technician_pin(
        &self,
        hash: Option<&str>,
        actor: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let action = if hash.is_some() { "set pin" } else { "remove pin" };
        writing!(self, Db, tx => {
            if let Some(hash) = hash {
                sqlx::query(
                    "insert into settings (name, value, changed_at) values ($1, $2, $3)
                     on conflict (name) do update
                     set value = excluded.value, changed_at = excluded.changed_at",
                )
                .bind(TECHNICIAN)
                .bind(hash)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            } else {
                sqlx::query("delete from settings where name = $1")
                    .bind(TECHNICIAN)
                    .execute(&mut *tx)
                    .await?;
            }
            log_change!(tx, now, actor, action, "technician", None::<String>, None::<String>);
        });
        Ok(())
    }
}
