//! Departments, counters, officers and procedures: read whole, written by their code.

use super::officer_departments::DepartmentSteps as _;
use super::rows::{Counter, Department, Directory, Officer, Procedure, PutOutcome, RetiredIds};
use super::{Store, StoreError, log_change, names_changed, read_by_name, reading, writing};
use std::collections::HashMap;
use std::sync::Arc;

read_by_name!(Department { id, code, name, ticket_prefix });
read_by_name!(Counter { id, code, name, department });
read_by_name!(Officer { id, code, name, title, department, counter });
read_by_name!(Procedure { id, code, name, field, department, working_days });

impl Directory {
    /// The department of a code.
    pub fn department(&self, code: &str) -> Option<&Department> {
        self.departments.iter().find(|one| one.code == code)
    }

    /// The counter of a code.
    pub fn counter(&self, code: &str) -> Option<&Counter> {
        self.counters.iter().find(|one| one.code == code)
    }

    /// The officer of a code.
    pub fn officer(&self, code: &str) -> Option<&Officer> {
        self.officers.iter().find(|one| one.code == code)
    }

    /// The department of an id.
    pub fn department_of(&self, id: i64) -> Option<&Department> {
        self.departments.iter().find(|one| one.id == id)
    }

    /// The counter of an id.
    pub fn counter_of(&self, id: i64) -> Option<&Counter> {
        self.counters.iter().find(|one| one.id == id)
    }

    /// The officer of an id.
    pub fn officer_of(&self, id: i64) -> Option<&Officer> {
        self.officers.iter().find(|one| one.id == id)
    }

    /// The officer of an id, unless they are retired.
    pub fn serving(&self, id: i64) -> Option<&Officer> {
        self.officer_of(id).filter(|one| !self.retired.officers.contains(&one.id))
    }

    /// The officer a tablet at this counter asks about when none was named.
    pub fn usual_officer(&self, counter: i64) -> Option<&Officer> {
        let there = self
            .officers
            .iter()
            .filter(|one| one.counter == Some(counter) && !self.retired.officers.contains(&one.id));
        there.min_by(|a, b| a.code.cmp(&b.code))
    }
}

/// Writes one kind of row: `$sql` upserts by code with `$bind`ed fields. A row that is there word
/// for word is left alone, so that importing twice changes nothing; a changed one goes to the audit
/// log with what it was.
macro_rules! put {
    ($store:expr, $rows:expr, $known:expr, $noun:literal, $now:expr, $sql:literal, $($field:ident),+) => {{
        let directory = $store.directory().await?;
        let mut known: HashMap<_, _> =
            $known(&directory).iter().map(|row| (row.code.clone(), row.clone())).collect();
        let mut outcome = Vec::with_capacity($rows.len());
        writing!($store, Db, tx => {
            for row in $rows {
                let before = known.insert(row.code.clone(), row.clone());
                if before.as_ref().is_some_and(|old| true $(&& old.$field == row.$field)+) {
                    outcome.push(PutOutcome::AlreadyThere);
                    continue;
                }
                sqlx::query($sql).bind(&row.code)$(.bind(&row.$field))+.execute(&mut *tx).await?;
                if $noun == "officer" {
                    Db::record_department(&mut tx, &row.code, $now).await?;
                }
                let changed = before.is_some();
                if let Some(before) = before {
                    sqlx::query(
                        "insert into audit_log (at, actor, action, subject, before, after)
                         values ($1, 'import', 'change', $2, $3, $4)",
                    )
                    .bind($now)
                    .bind(format!(concat!($noun, " {}"), row.code))
                    .bind(format!("{before:?}"))
                    .bind(format!("{row:?}"))
                    .execute(&mut *tx)
                    .await?;
                }
                outcome.push(if changed { PutOutcome::Changed } else { PutOutcome::Stored });
            }
            if outcome.iter().any(|put| *put != PutOutcome::AlreadyThere) {
                names_changed!(tx);
            }
        });
        Ok(outcome)
    }};
}

impl Store {
    /// Everything, in the order of ids, as it is now, also after a change by another process.
    pub async fn directory(&self) -> Result<Arc<Directory>, StoreError> {
        // Looked at before the names are read: what changes in between is read too, and once more
        // for the next who asks.
        let clock: i64 = reading!(self, pool => {
            sqlx::query_scalar("select names from installation").fetch_one(pool).await?
        });
        let cache = match self {
            Self::Sqlite(sqlite) => &sqlite.directory_cache,
            Self::Postgres(postgres) => &postgres.directory_cache,
        };
        if let Some((_, cached)) = cache.entry().as_ref().filter(|(at, _)| *at == clock) {
            return Ok(Arc::clone(cached));
        }
        let read = Arc::new(self.read_directory().await?);
        let mut entry = cache.entry();
        // Of two who read at once the later reading stays.
        if entry.as_ref().is_none_or(|(at, _)| *at <= clock) {
            *entry = Some((clock, Arc::clone(&read)));
        }
        Ok(read)
    }

    /// Everything, in the order of ids, from the database.
    pub(super) async fn read_directory(&self) -> Result<Directory, StoreError> {
        reading!(self, pool => {
            let departments =
                sqlx::query_as("select id, code, name, ticket_prefix from departments order by id")
                    .fetch_all(pool).await?;
            let counters = sqlx::query_as(
                "select id, code, name, department_id as department from counters order by id",
            ).fetch_all(pool).await?;
            let officers = sqlx::query_as(
                "select id, code, name, title, department_id as department,
                   counter_id as counter from officers order by id",
            ).fetch_all(pool).await?;
            let procedures = sqlx::query_as(
                "select id, code, name, field, department_id as department, working_days
                 from procedures order by id",
            ).fetch_all(pool).await?;
            // Of a kind (1 departments, 2 counters, 3 officers, 4 procedures) and an id.
            let gone: Vec<(i64, i64)> = sqlx::query_as(
                "select cast(1 as bigint), id from departments where retired_at is not null
                 union all
                 select cast(2 as bigint), id from counters where retired_at is not null
                 union all
                 select cast(3 as bigint), id from officers where retired_at is not null
                 union all
                 select cast(4 as bigint), id from procedures where retired_at is not null",
            ).fetch_all(pool).await?;
            let gone = |kind| gone.iter().filter(move |one| one.0 == kind).map(|one| one.1);
            Ok(Directory {
                retired: RetiredIds {
                    departments: gone(1).collect(),
                    counters: gone(2).collect(),
                    officers: gone(3).collect(),
                    procedures: gone(4).collect(),
                },
                departments,
                counters,
                officers,
                procedures,
            })
        })
    }

    /// Writes departments by code; one outcome a row.
    pub async fn put_departments(
        &self,
        rows: &[Department],
        now: i64,
    ) -> Result<Vec<PutOutcome>, StoreError> {
        put!(
            self,
            rows,
            |all: &Directory| all.departments.clone(),
            "department",
            now,
            "insert into departments (code, name, ticket_prefix) values ($1, $2, $3)
             on conflict (code) do update
             set name = excluded.name, ticket_prefix = excluded.ticket_prefix",
            name,
            ticket_prefix
        )
    }

    /// Writes counters by code; one outcome a row.
    pub async fn put_counters(
        &self,
        rows: &[Counter],
        now: i64,
    ) -> Result<Vec<PutOutcome>, StoreError> {
        put!(
            self,
            rows,
            |all: &Directory| all.counters.clone(),
            "counter",
            now,
            "insert into counters (code, name, department_id) values ($1, $2, $3)
             on conflict (code) do update
             set name = excluded.name, department_id = excluded.department_id",
            name,
            department
        )
    }

    /// Writes officers by code; one outcome a row.
    pub async fn put_officers(
        &self,
        rows: &[Officer],
        now: i64,
    ) -> Result<Vec<PutOutcome>, StoreError> {
        put!(
            self,
            rows,
            |all: &Directory| all.officers.clone(),
            "officer",
            now,
            "insert into officers (code, name, title, department_id, counter_id)
             values ($1, $2, $3, $4, $5)
             on conflict (code) do update
             set name = excluded.name, title = excluded.title,
                 department_id = excluded.department_id, counter_id = excluded.counter_id",
            name,
            title,
            department,
            counter
        )
    }

    /// Writes procedures by code; one outcome a row.
    pub async fn put_procedures(
        &self,
        rows: &[Procedure],
        now: i64,
    ) -> Result<Vec<PutOutcome>, StoreError> {
        put!(
            self,
            rows,
            |all: &Directory| all.procedures.clone(),
            "procedure",
            now,
            "insert into procedures (code, name, field, department_id, working_days)
             values ($1, $2, $3, $4, $5)
             on conflict (code) do update
             set name = excluded.name, field = excluded.field,
                 department_id = excluded.department_id, working_days = excluded.working_days",
            name,
            field,
            department,
            working_days
        )
    }

    /// Portrait of an officer, as tablets show it.
    pub async fn photo(&self, officer: i64) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(
            reading!(self, pool => sqlx::query_scalar("select photo from officers where id = $1").bind(officer).fetch_optional(pool).await?.flatten()),
        )
    }

    /// Sets or removes the portrait of an officer.
    pub async fn put_photo(
        &self,
        officer: i64,
        photo: Option<&[u8]>,
        actor: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let action = if photo.is_some() { "set photo" } else { "remove photo" };
        writing!(self, Db, tx => {
            sqlx::query("update officers set photo = $1 where id = $2")
                .bind(photo).bind(officer).execute(&mut *tx).await?;
            let subject = format!("officer id {officer}");
            log_change!(tx, now, actor, action, subject, None::<String>, None::<String>);
        });
        Ok(())
    }
}
