//! What the database itself says about its own pages, indexes and constraints.

use super::{Store, StoreError, row_struct};

/// What was asked of the database and what it said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Integrity {
    /// What was checked.
    pub checked: Vec<String>,
    /// What could not be checked, and why.
    pub unchecked: Vec<String>,
    /// Faults, in the database's own words.
    pub faults: Vec<String>,
}

row_struct! {
    /// A row that names another one that does not exist, as SQLite tells it.
    struct MissingParent {
        table: String,
        rowid: Option<i64>,
        parent: String,
    }
}

impl Store {
    /// Asks the database to check itself.
    pub async fn integrity(&self) -> Result<Integrity, StoreError> {
        let mut found = Integrity::default();
        match self {
            Self::Sqlite(sqlite) => {
                let said: Vec<String> =
                    sqlx::query_scalar("pragma integrity_check").fetch_all(&sqlite.readers).await?;
                found.checked.push("integrity_check".into());
                found.faults.extend(said.into_iter().filter(|line| line != "ok"));
                let keys: Vec<MissingParent> =
                    sqlx::query_as("pragma foreign_key_check").fetch_all(&sqlite.readers).await?;
                found.checked.push("foreign_key_check".into());
                found.faults.extend(keys.into_iter().map(|key| {
                    let MissingParent { table, rowid, parent } = key;
                    let row = rowid.map_or_else(String::new, |row| format!(" {row}"));
                    format!("a row{row} of {table} names one of {parent} that does not exist")
                }));
            }
            Self::Postgres(postgres) => {
                let invalid: Vec<String> = sqlx::query_scalar(
                    "select 'the constraint ' || conname || ' of ' || conrelid::regclass
                       || ' is not validated'
                     from pg_constraint where not convalidated
                     union all
                     select 'the index ' || indexrelid::regclass || ' is not valid'
                     from pg_index where not indisvalid
                     union all
                     select 'triggers of ' || tgrelid::regclass || ' are switched off, so its '
                       || 'foreign keys are not kept'
                     from pg_trigger where tgisinternal and tgenabled = 'D'
                     union all
                     select checksum_failures || ' pages had a wrong checksum'
                     from pg_stat_database
                     where datname = current_database() and checksum_failures > 0",
                )
                .fetch_all(&postgres.pool)
                .await?;
                found.checked.push("constraints and indexes".into());
                found.faults.extend(invalid);
                self.amcheck(&postgres.pool, &mut found).await?;
            }
        }
        Ok(found)
    }

    /// Checks every index of our tables by PostgreSQL's amcheck, where it is installed and allowed.
    async fn amcheck(&self, pool: &sqlx::PgPool, found: &mut Integrity) -> Result<(), StoreError> {
        let allowed: Option<bool> = sqlx::query_scalar(
            "select has_function_privilege(p.oid, 'execute') from pg_proc p
             join pg_depend d on d.objid = p.oid and d.deptype = 'e'
             join pg_extension e on e.oid = d.refobjid and e.extname = 'amcheck'
             where p.proname = 'bt_index_check' and p.pronargs = 2",
        )
        .fetch_optional(pool)
        .await?;
        match allowed {
            None => found.unchecked.push("indexes: the extension amcheck is not installed".into()),
            Some(false) => {
                found.unchecked.push("indexes: this user may not run amcheck".into());
            }
            Some(true) => {
                let indexes: Vec<i64> = sqlx::query_scalar(
                    "select i.indexrelid::bigint from pg_index i
                     join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
                     join pg_namespace n on n.oid = c.relnamespace
                     where a.amname = 'btree' and n.nspname = current_schema() and i.indisvalid",
                )
                .fetch_all(pool)
                .await?;
                for index in &indexes {
                    let checked =
                        sqlx::query("select bt_index_check($1::bigint::oid::regclass, true)")
                            .bind(*index)
                            .execute(pool)
                            .await;
                    if let Err(error) = checked {
                        // The transaction ends with it: what it found is enough.
                        found.faults.push(error.to_string());
                        return Ok(());
                    }
                }
                found.checked.push(format!("{} indexes by amcheck", indexes.len()));
            }
        }
        Ok(())
    }
}
