//! People who may sign in at the pages: who they are and how they are added.

use super::{Store, StoreError, log_change, reading, row_struct, writing};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Columns of a user.
pub(super) const COLUMNS: &str = "id, name, full_name, role, officer_id, email, language, password, \
     totp_secret is not null as has_second_factor, created_at, retired_at";

/// What somebody is in the centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Quản trị: keeps the system; sees figures too.
    Administrator,
    /// Lãnh đạo: sees the whole centre.
    Leader,
    /// Phụ trách: sees their departments.
    Supervisor,
    /// Công chức: sees their own results in aggregate.
    Officer,
    /// Kiểm tra: sees all and changes nothing but rulings.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Administrator, Self::Leader, Self::Supervisor, Self::Officer, Self::Auditor];

    /// How it is stored and named in texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Leader => "leader",
            Self::Supervisor => "supervisor",
            Self::Officer => "officer",
            Self::Auditor => "auditor",
        }
    }

    /// The role of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A person who may sign in, without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Id in this database.
    pub id: i64,
    /// What they type at the sign-in.
    pub name: String,
    /// How they are addressed.
    pub full_name: String,
    /// What they may do.
    pub role: Role,
    /// Ids of the departments a supervisor answers for.
    pub departments: BTreeSet<i64>,
    /// Id of the officer they are.
    pub officer: Option<i64>,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// Whether they chose a password.
    pub has_password: bool,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
    /// When they were added, milliseconds since 1970.
    pub created_at: i64,
    /// When they were retired; they can not sign in since.
    pub retired_at: Option<i64>,
}

/// What an administrator says about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UserData {
    /// What they type at the sign-in; small letters.
    pub name: String,
    /// How they are addressed.
    pub full_name: String,
    /// What they may do.
    pub role: Role,
    /// Ids of the departments a supervisor answers for.
    pub departments: BTreeSet<i64>,
    /// Id of the officer they are.
    pub officer: Option<i64>,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
}

impl User {
    /// What an administrator said about them.
    pub fn data(&self) -> UserData {
        UserData {
            name: self.name.clone(),
            full_name: self.full_name.clone(),
            role: self.role,
            departments: self.departments.clone(),
            officer: self.officer,
            email: self.email.clone(),
            language: self.language.clone(),
        }
    }
}

/// What the audit log keeps of something. Plain fields can always be written.
pub(super) fn json(what: &impl Serialize) -> String {
    serde_json::to_string(what).unwrap_or_default()
}

/// How the audit log names the person of an id, within a transaction.
macro_rules! named {
    ($tx:ident, $user:expr) => {{
        let name: Option<String> = sqlx::query_scalar("select name from users where id = $1")
            .bind($user)
            .fetch_optional(&mut *$tx)
            .await?;
        format!("user {}", name.unwrap_or_default())
    }};
}
pub(super) use named;

row_struct! {
    pub(super) struct UserRow {
        id: i64,
        name: String,
        full_name: String,
        role: String,
        officer_id: Option<i64>,
        email: Option<String>,
        language: Option<String>,
        password: Option<String>,
        has_second_factor: bool,
        created_at: i64,
        retired_at: Option<i64>,
    }
}

impl Store {
    /// Adds a person who can not sign in yet; their id, or none where the name is taken.
    pub async fn add_user(
        &self,
        data: &UserData,
        actor: &str,
        now: i64,
    ) -> Result<Option<i64>, StoreError> {
        Ok(writing!(self, Db, tx => {
            let id: Option<i64> = sqlx::query_scalar(
                "insert into users (name, full_name, role, officer_id, email, language, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7) on conflict (name) do nothing returning id",
            )
            .bind(&data.name)
            .bind(&data.full_name)
            .bind(data.role.word())
            .bind(data.officer)
            .bind(&data.email)
            .bind(&data.language)
            .bind(now)
            .fetch_optional(&mut *tx)
            .await?;
            let Some(id) = id else { return Ok(None) };
            for department in &data.departments {
                sqlx::query("insert into user_departments (user_id, department_id) values ($1, $2)")
                    .bind(id)
                    .bind(department)
                    .execute(&mut *tx)
                    .await?;
            }
            let subject = format!("user {}", data.name);
            let after = json(data);
            log_change!(tx, now, actor, "add", subject, None::<String>, Some(after));
            Some(id)
        }))
    }

    /// All people, by name, also retired ones.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        self.users_where("order by name", None).await
    }

    /// The person of an id, also a retired one.
    pub async fn user(&self, id: i64) -> Result<Option<User>, StoreError> {
        Ok(self.users_where("where id = $1", Some(id)).await?.pop())
    }

    async fn users_where(&self, tail: &str, id: Option<i64>) -> Result<Vec<User>, StoreError> {
        let sql = format!("select {COLUMNS} from users {tail}");
        let (rows, departments) = reading!(self, pool => {
            let query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
            let query = if let Some(id) = id { query.bind(id) } else { query };
            let rows: Vec<UserRow> = query.fetch_all(pool).await?;
            let departments: Vec<(i64, i64)> =
                sqlx::query_as("select user_id, department_id from user_departments")
                    .fetch_all(pool)
                    .await?;
            (rows, departments)
        });
        rows.into_iter().map(|row| user(row, &departments)).collect()
    }
}

pub(super) fn user(row: UserRow, departments: &[(i64, i64)]) -> Result<User, StoreError> {
    let role = Role::of_word(&row.role).ok_or(StoreError::Meaningless("users"))?;
    let of_user = departments.iter().filter(|(user, _)| *user == row.id);
    Ok(User {
        id: row.id,
        name: row.name,
        full_name: row.full_name,
        role,
        departments: of_user.map(|(_, department)| *department).collect(),
        officer: row.officer_id,
        email: row.email,
        language: row.language,
        has_password: row.password.is_some(),
        has_second_factor: row.has_second_factor,
        created_at: row.created_at,
        retired_at: row.retired_at,
    })
}
