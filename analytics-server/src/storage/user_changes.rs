//! What an administrator changes about people, and what people change about themselves. There is
//! always somebody left who can administer.

use super::passwords::end_all;
use super::users::{COLUMNS, Role, UserData, UserRow, json, named, user as user_of};
use super::{Store, StoreError, log_change, writing};

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is done.
    Done,
    /// There is no such person.
    Missing,
    /// Nobody would be left who can administer.
    LastAdministrator,
    /// Somebody else changed the person meanwhile.
    Stale,
}

/// The person of an id as they are now, held until the transaction ends. The update changes
/// nothing: with the person it locks every administrator, so that two transactions that count those
/// who are left take turns, and two administrators can not retire each other at the same moment.
macro_rules! held {
    ($tx:ident, $user:expr) => {{
        sqlx::query("update users set role = role where id = $1 or role = 'administrator'")
            .bind($user)
            .execute(&mut *$tx)
            .await?;
        let sql = format!("select {COLUMNS} from users where id = $1");
        let row: Option<UserRow> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind($user).fetch_optional(&mut *$tx).await?;
        let departments: Vec<(i64, i64)> = sqlx::query_as(
            "select user_id, department_id from user_departments where user_id = $1",
        )
        .bind($user)
        .fetch_all(&mut *$tx)
        .await?;
        row.map(|row| user_of(row, &departments)).transpose()?
    }};
}

/// Whether somebody besides `$user` is an administrator who may sign in.
macro_rules! another_administrator {
    ($tx:ident, $user:expr) => {{
        let others: i64 = sqlx::query_scalar(
            "select count(*) from users
             where role = 'administrator' and retired_at is null and id <> $1",
        )
        .bind($user)
        .fetch_one(&mut *$tx)
        .await?;
        others > 0
    }};
}

impl Store {
    /// Describes a person anew, if they are still described as in `was`, from which the change was
    /// made; the name stays, since the audit log refers to people by it.
    pub async fn change_user(
        &self,
        user: i64,
        was: &UserData,
        data: &UserData,
        actor: &str,
        now: i64,
    ) -> Result<Changed, StoreError> {
        Ok(writing!(self, Db, tx => {
            let Some(before) = held!(tx, user) else { return Ok(Changed::Missing) };
            if before.data() == *data {
                return Ok(Changed::Done);
            }
            if before.data() != *was {
                return Ok(Changed::Stale);
            }
            let (was, is) = (json(was), json(data));
            let administers = before.role == Role::Administrator && before.retired_at.is_none();
            if administers && data.role != Role::Administrator && !another_administrator!(tx, user) {
                return Ok(Changed::LastAdministrator);
            }
            sqlx::query(
                "update users set full_name = $2, role = $3, officer_id = $4, email = $5,
                 language = $6 where id = $1",
            )
            .bind(user)
            .bind(&data.full_name)
            .bind(data.role.word())
            .bind(data.officer)
            .bind(&data.email)
            .bind(&data.language)
            .execute(&mut *tx)
            .await?;
            sqlx::query("delete from user_departments where user_id = $1")
                .bind(user)
                .execute(&mut *tx)
                .await?;
            for department in &data.departments {
                sqlx::query("insert into user_departments (user_id, department_id) values ($1, $2)")
                    .bind(user)
                    .bind(department)
                    .execute(&mut *tx)
                    .await?;
            }
            let subject = named!(tx, user);
            log_change!(tx, now, actor, "change", subject, Some(was), Some(is));
            Changed::Done
        }))
    }

    /// Retires a person, which ends their sessions and links, or brings them back.
    pub async fn retire_user(
        &self,
        user: i64,
        retired: bool,
        actor: &str,
        now: i64,
    ) -> Result<Changed, StoreError> {
        let action = if retired { "retire" } else { "bring back" };
        Ok(writing!(self, Db, tx => {
            let Some(before) = held!(tx, user) else { return Ok(Changed::Missing) };
            if before.retired_at.is_some() == retired {
                return Ok(Changed::Done);
            }
            let administers = retired && before.role == Role::Administrator;
            if administers && !another_administrator!(tx, user) {
                return Ok(Changed::LastAdministrator);
            }
            sqlx::query("update users set retired_at = $2 where id = $1")
                .bind(user)
                .bind(retired.then_some(now))
                .execute(&mut *tx)
                .await?;
            if retired {
                end_all!(tx, user, now);
                sqlx::query(
                    "update password_links set used_at = $2 where user_id = $1 and used_at is null",
                )
                .bind(user)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            }
            let subject = named!(tx, user);
            log_change!(tx, now, actor, action, subject, None::<String>, None::<String>);
            Changed::Done
        }))
    }

    /// The language in which a person reads; none: Vietnamese.
    pub async fn put_language(
        &self,
        user: i64,
        language: Option<&str>,
        now: i64,
    ) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            let was: Option<String> = sqlx::query_scalar("select language from users where id = $1")
                .bind(user)
                .fetch_one(&mut *tx)
                .await?;
            if was.as_deref() == language {
                return Ok(());
            }
            sqlx::query("update users set language = $2 where id = $1")
                .bind(user)
                .bind(language)
                .execute(&mut *tx)
                .await?;
            let who = named!(tx, user);
            let is = language.map(str::to_owned);
            log_change!(tx, now, &who, "change language", &who, was, is);
        });
        Ok(())
    }
}
