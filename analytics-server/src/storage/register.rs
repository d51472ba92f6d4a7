//! What administrators keep by hand: sites, departments, counters, officers and procedures, with
//! those that are retired. Each change names who made it, what it was made from and what it became;
//! nothing is ever deleted, because ratings of its time name it.

use super::officer_departments::DepartmentSteps as _;
use super::{Store, StoreError, log_change, names_changed, read_by_name, reading, writing};
use serde::{Deserialize, Serialize};

/// The kinds of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Noun {
    /// Where counters stand.
    Site,
    /// Cơ quan.
    Department,
    /// Quầy.
    Counter,
    /// Công chức, viên chức.
    Officer,
    /// Thủ tục hành chính.
    Procedure,
}

/// Where the fields of a kind stand; none: it has no such field.
struct Table {
    name: &'static str,
    word: Option<&'static str>,
    department: Option<&'static str>,
    place: Option<&'static str>,
    days: Option<&'static str>,
}

impl Noun {
    /// All of them; what others name comes first.
    pub const ALL: [Self; 5] =
        [Self::Site, Self::Department, Self::Counter, Self::Officer, Self::Procedure];

    /// How the audit log names one.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Department => "department",
            Self::Counter => "counter",
            Self::Officer => "officer",
            Self::Procedure => "procedure",
        }
    }

    const fn table(self) -> Table {
        let department = Some("department_id");
        let none = Table { name: "", word: None, department: None, place: None, days: None };
        match self {
            Self::Site => Table { name: "sites", word: Some("kind"), ..none },
            Self::Department => Table { name: "departments", word: Some("ticket_prefix"), ..none },
            Self::Counter => Table { name: "counters", department, place: Some("site_id"), ..none },
            Self::Officer => Table {
                name: "officers",
                word: Some("title"),
                department,
                place: Some("counter_id"),
                ..none
            },
            Self::Procedure => Table {
                name: "procedures",
                word: Some("field"),
                department,
                days: Some("working_days"),
                ..none
            },
        }
    }

    /// The query that reads entries, up to its condition.
    fn select(self) -> String {
        let table = self.table();
        let text = |column: Option<&'static str>| column.unwrap_or("cast(null as text)");
        let number = |column: Option<&'static str>| column.unwrap_or("cast(null as bigint)");
        format!(
            "select id, code, name, {} as word, {} as department, {} as place, {} as days, retired_at
             from {}",
            text(table.word),
            number(table.department),
            number(table.place),
            number(table.days),
            table.name
        )
    }

    /// Counts what is in use and stands on an entry, so that it can not be retired yet.
    const fn standing(self) -> Option<&'static str> {
        match self {
            Self::Site => {
                Some("select count(*) from counters where site_id = $1 and retired_at is null")
            }
            Self::Department => Some(
                "select (select count(*) from counters where department_id = $1
                   and retired_at is null)
                 + (select count(*) from officers where department_id = $1
                   and retired_at is null)
                 + (select count(*) from procedures where department_id = $1
                   and retired_at is null)",
            ),
            Self::Counter => {
                Some("select count(*) from tablets where counter_id = $1 and retired_at is null")
            }
            Self::Officer | Self::Procedure => None,
        }
    }
}

/// One entry. Fields that its kind does not have are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Id in this database; 0 in one that is still to be stored.
    pub id: i64,
    /// Code, unique in its kind.
    pub code: String,
    /// Name.
    pub name: String,
    /// A site's kind, a department's letter before queue numbers, an officer's title, a
    /// procedure's field.
    pub word: Option<String>,
    /// Id of the department it belongs to.
    pub department: Option<i64>,
    /// Id of the site of a counter, or of the counter where an officer usually sits.
    pub place: Option<i64>,
    /// Working days the law gives for a procedure.
    pub days: Option<i64>,
    /// When it was retired, milliseconds since 1970; none: it is in use.
    pub retired_at: Option<i64>,
}

impl Entry {
    /// Code and name.
    pub fn named(&self) -> String {
        format!("{} · {}", self.code, self.name)
    }
}

read_by_name!(Entry { id, code, name, word, department, place, days, retired_at });

/// A change of one entry: what it was made from, none for a new one, and what it is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryChange {
    /// As it was read.
    pub before: Option<Entry>,
    /// As it is to be. Whether it is retired is not touched.
    pub after: Entry,
}

/// What became of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterOutcome {
    /// All were taken.
    Done,
    /// The step of this place was made from something that is no more; none was taken.
    Stale(usize),
}

/// What became of an entry that was to be retired or brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retired {
    /// It is as asked, now or already.
    Done,
    /// There is no such entry.
    Missing,
    /// So many that are in use stand on it.
    Standing(i64),
}

impl Store {
    /// All entries of a kind, by code, also retired ones.
    pub async fn entries(&self, noun: Noun) -> Result<Vec<Entry>, StoreError> {
        let sql = format!("{} order by code", noun.select());
        Ok(reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await?
        }))
    }

    /// Adds and changes entries of a kind, all or none. A code never changes.
    pub async fn carry_out(
        &self,
        noun: Noun,
        steps: &[EntryChange],
        actor: &str,
        now: i64,
    ) -> Result<RegisterOutcome, StoreError> {
        let table = noun.table();
        let columns: Vec<_> =
            [table.word, table.department, table.place, table.days].into_iter().flatten().collect();
        let read = format!("{} where code = $1", noun.select());
        let lock = format!("update {} set name = name where code = $1", table.name);
        writing!(self, Db, tx => {
            for (at, step) in steps.iter().enumerate() {
                let code = step.before.as_ref().map_or(&step.after.code, |before| &before.code);
                // Holds the row: of two who change it at once, one waits and is told.
                sqlx::query(sqlx::AssertSqlSafe(lock.clone()))
                    .bind(code)
                    .execute(&mut *tx)
                    .await?;
                let found: Option<Entry> = sqlx::query_as(sqlx::AssertSqlSafe(read.clone()))
                    .bind(code)
                    .fetch_optional(&mut *tx)
                    .await?;
                if found != step.before {
                    return Ok(RegisterOutcome::Stale(at));
                }
                let after = &step.after;
                let mut query = sqlx::QueryBuilder::<Db>::new("insert into ");
                query.push(table.name).push(" (code, name");
                for column in &columns {
                    query.push(", ").push(column);
                }
                query.push(") values (").push_bind(code.clone());
                query.push(", ").push_bind(after.name.clone());
                if table.word.is_some() {
                    query.push(", ").push_bind(after.word.clone());
                }
                let numbers = [
                    (table.department, after.department),
                    (table.place, after.place),
                    (table.days, after.days),
                ];
                for (_, number) in numbers.into_iter().filter(|(column, _)| column.is_some()) {
                    query.push(", ").push_bind(number);
                }
                query.push(") on conflict (code) do ");
                if step.before.is_none() {
                    query.push("nothing");
                } else {
                    query.push("update set name = excluded.name");
                    for column in &columns {
                        query.push(format!(", {column} = excluded.{column}"));
                    }
                }
                if query.build().execute(&mut *tx).await?.rows_affected() == 0 {
                    return Ok(RegisterOutcome::Stale(at));
                }
                if noun == Noun::Officer {
                    Db::record_department(&mut tx, code, now).await?;
                }
                let action = if step.before.is_some() { "change" } else { "add" };
                let subject = format!("{} {code}", noun.word());
                let (before, after) = (step.before.as_ref().map(json), Some(json(after)));
                if before != after {
                    log_change!(tx, now, actor, action, subject, before, after);
                }
            }
            names_changed!(tx);
        });
        Ok(RegisterOutcome::Done)
    }

    /// Retires an entry, or brings it back. What still stands on it has to go first; codes that
    /// would put a tablet at a retired counter end.
    pub async fn retire(
        &self,
        noun: Noun,
        id: i64,
        retired: bool,
        actor: &str,
        now: i64,
    ) -> Result<Retired, StoreError> {
        let name = noun.table().name;
        let lock =
            format!("update {name} set name = name where id = $1 returning code, retired_at");
        let change = format!("update {name} set retired_at = $2 where id = $1");
        Ok(writing!(self, Db, tx => {
            let found: Option<(String, Option<i64>)> =
                sqlx::query_as(sqlx::AssertSqlSafe(lock)).bind(id).fetch_optional(&mut *tx).await?;
            let Some((code, before)) = found else { return Ok(Retired::Missing) };
            if before.is_some() == retired {
                return Ok(Retired::Done);
            }
            if let Some(standing) = noun.standing().filter(|_| retired) {
                let count: i64 =
                    sqlx::query_scalar(standing).bind(id).fetch_one(&mut *tx).await?;
                if count > 0 {
                    return Ok(Retired::Standing(count));
                }
            }
            sqlx::query(sqlx::AssertSqlSafe(change))
                .bind(id)
                .bind(retired.then_some(now))
                .execute(&mut *tx)
                .await?;
            if noun == Noun::Counter && retired {
                sqlx::query(
                    "update enrolment_codes set expires_at = $2
                     where counter_id = $1 and used_at is null and expires_at > $2",
                )
                .bind(id)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            }
            let action = if retired { "retire" } else { "bring back" };
            let subject = format!("{} {code}", noun.word());
            log_change!(tx, now, actor, action, subject, None::<String>, None::<String>);
            names_changed!(tx);
            Retired::Done
        }))
    }
}

/// An entry as the audit log keeps it.
fn json(entry: &Entry) -> String {
    serde_json::to_string(entry).unwrap_or_else(|_| format!("{entry:?}"))
}
