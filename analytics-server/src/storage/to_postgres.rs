//! From the embedded SQLite to PostgreSQL: every row of every table, in one transaction, into a database
//! that holds nothing yet. Numbers, positions and chains stay as they are, so tablets, links and
//! programs that follow the ratings notice nothing. Each table is read back and held against what was sent: what
//! is equal row by row has equal chains and equal figures.

use super::fingerprint::{Fingerprint, Lines};
use super::location::opening;
use super::{Store, StoreError, without_password};
use futures_util::TryStreamExt as _;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, Row as _};
use sqlx::{SqliteConnection, ValueRef as _};
use std::fmt::Write as _;
use uuid::Uuid;

/// Tables of which each is empty in a database that nobody used yet.
const USED: [&str; 5] = ["departments", "tablets", "events", "ratings", "users"];
/// Rows are sent in pieces of this size, in bytes.
const PIECE: usize = 1024 * 1024;

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// It is not SQLite that should be left.
    #[error("the data lies on PostgreSQL already; nothing was changed")]
    Already,
    /// There is data at the other end.
    #[error("{0} holds data already; make an empty database for this, nothing was changed")]
    NotEmpty(String),
    /// A table could not be taken over.
    #[error("the table {table} can not be moved: {cause}; nothing was changed")]
    Table {
        /// Which.
        table: String,
        /// Why.
        cause: sqlx::Error,
    },
    /// PostgreSQL holds other rows than it was sent.
    #[error(
        "the table {table} came out different in PostgreSQL ({sent} rows were sent, {stored} are there, or \
         some say something else): is there a trigger or a rule of somebody's? Nothing was changed"
    )]
    Differs {
        /// Which.
        table: String,
        /// Rows that were sent.
        sent: u64,
        /// Rows that are there.
        stored: u64,
    },
    /// One of the databases did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for MoveError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A column as PostgreSQL has it.
struct Column {
    name: String,
    kind: String,
    /// Whether the database gives its numbers.
    numbered: bool,
}

/// Copies every row of a SQLite database to the PostgreSQL at `address`, whose schema is that of this
/// version and which nobody used yet; the number of rows.
pub async fn move_to_postgres(from: &Store, address: &str) -> Result<u64, MoveError> {
    let Store::Sqlite(sqlite) = from else { return Err(MoveError::Already) };
    let place = without_password(address);
    let options: PgConnectOptions =
        address.parse().map_err(|_| StoreError::Address(place.clone()))?;
    // A connection of its own: those of the pool end statements that take long.
    let mut to = options.connect().await.map_err(|error| opening(&place, error))?;
    let mut tx = to.begin().await?;
    // What is read back is compared with what was sent, which writes bytes in this form.
    sqlx::query("set local bytea_output = 'hex'").execute(&mut *tx).await?;
    for table in USED {
        let used = format!("select exists (select 1 from {table})");
        if sqlx::query_scalar(AssertSqlSafe(used)).fetch_one(&mut *tx).await? {
            return Err(MoveError::NotEmpty(place));
        }
    }
    let tables = parents_first(&mut tx).await?;
    // Removes the rows that every new database has from the start.
    for table in tables.iter().rev() {
        sqlx::query(AssertSqlSafe(format!("delete from {table}"))).execute(&mut *tx).await?;
    }
    // All reads see one moment.
    let mut moment = sqlite.readers.begin().await?;
    let mut rows = 0;
    for table in tables {
        let copied = copy(&table, &mut moment, &mut tx).await;
        let (sent, stored) =
            copied.map_err(|cause| MoveError::Table { table: table.clone(), cause })?;
        if sent != stored {
            return Err(MoveError::Differs { table, sent: sent.rows, stored: stored.rows });
        }
        rows += stored.rows;
    }
    moment.commit().await?;
    tx.commit().await?;
    // Without it the first questions would be answered by plans for empty tables.
    sqlx::query("analyze").execute(&mut to).await?;
    to.close().await?;
    Ok(rows)
}

/// All tables, each after those that it refers to.
async fn parents_first(to: &mut PgConnection) -> Result<Vec<String>, sqlx::Error> {
    let mut left: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables
         where table_schema = current_schema() and table_type = 'BASE TABLE'
           and table_name <> '_sqlx_migrations'
         order by table_name",
    )
    .fetch_all(&mut *to)
    .await?;
    let references: Vec<(String, String)> = sqlx::query_as(
        "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint
         where contype = 'f' and connamespace = current_schema()::regnamespace
           and conrelid <> confrelid",
    )
    .fetch_all(&mut *to)
    .await?;
    let mut placed = Vec::new();
    while !left.is_empty() {
        let (waiting, ready): (Vec<_>, Vec<_>) = left.iter().cloned().partition(|table| {
            references.iter().any(|(child, parent)| child == table && left.contains(parent))
        });
        if ready.is_empty() {
            // A circle, which our schema has not: PostgreSQL will say which row lacks its parent.
            placed.extend(waiting);
            break;
        }
        placed.extend(ready);
        left = waiting;
    }
    Ok(placed)
}

/// Copies the rows of one table; what was sent and what is there then.
async fn copy(
    table: &str,
    from: &mut SqliteConnection,
    to: &mut PgConnection,
) -> Result<(Fingerprint, Fingerprint), sqlx::Error> {
    let columns: Vec<(String, String, bool)> = sqlx::query_as(
        "select column_name::text, data_type::text, is_identity = 'YES'
         from information_schema.columns
         where table_schema = current_schema() and table_name = $1
         order by ordinal_position",
    )
    .bind(table)
    .fetch_all(&mut *to)
    .await?;
    let columns: Vec<Column> =
        columns.into_iter().map(|(name, kind, numbered)| Column { name, kind, numbered }).collect();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let names = names.join(", ");
    let select = format!("select {names} from {table}");
    let mut rows = sqlx::query(AssertSqlSafe(select)).fetch(from);
    let mut sink = to.copy_in_raw(&format!("copy {table} ({names}) from stdin")).await?;
    let (mut piece, mut sent) = (String::new(), Fingerprint::default());
    // An error drops the sink, and with the transaction all that it took.
    while let Some(row) = rows.try_next().await? {
        let begin = piece.len();
        for (place, column) in columns.iter().enumerate() {
            if place > 0 {
                piece.push('\t');
            }
            write_value(&mut piece, &row, place, &column.kind)?;
        }
        sent.add(&piece.as_bytes()[begin..]);
        piece.push('\n');
        if piece.len() >= PIECE {
            sink.send(piece.as_bytes()).await?;
            piece.clear();
        }
    }
    sink.send(piece.as_bytes()).await?;
    sink.finish().await?;
    let mut stored = Lines::default();
    let mut back = to.copy_out_raw(&format!("copy {table} ({names}) to stdout")).await?;
    while let Some(piece) = back.try_next().await? {
        stored.add(&piece);
    }
    drop(back);
    for column in columns.iter().filter(|column| column.numbered) {
        // The next row gets the number after the last.
        let (table, name) = (table, &column.name);
        let next = format!(
            "select setval(pg_get_serial_sequence('{table}', '{name}'), max({name}))
             from {table} having max({name}) is not null"
        );
        sqlx::query(AssertSqlSafe(next)).execute(&mut *to).await?;
    }
    Ok((sent, stored.end()))
}

/// Writes a value as PostgreSQL itself writes it in the text format of `copy`,
/// <https://www.postgresql.org/docs/15/sql-copy.html>.
fn write_value(
    out: &mut String,
    row: &SqliteRow,
    place: usize,
    kind: &str,
) -> Result<(), sqlx::Error> {
    if row.try_get_raw(place)?.is_null() {
        out.push_str("\\N");
        return Ok(());
    }
    // Writing to a string can not fail.
    let _ = match kind {
        "bigint" | "integer" | "smallint" => write!(out, "{}", row.try_get::<i64, _>(place)?),
        "boolean" => write!(out, "{}", if row.try_get::<bool, _>(place)? { 't' } else { 'f' }),
        "uuid" => write!(out, "{}", row.try_get::<Uuid, _>(place)?),
        "bytea" => write!(out, "\\\\x{}", hex::encode(row.try_get::<&[u8], _>(place)?)),
        "text" => {
            for sign in row.try_get::<&str, _>(place)?.chars() {
                match sign {
                    '\\' => out.push_str("\\\\"),
                    '\n' => out.push_str("\\n"),
                    '\r' => out.push_str("\\r"),
                    '\t' => out.push_str("\\t"),
                    '\u{8}' => out.push_str("\\b"),
                    '\u{b}' => out.push_str("\\v"),
                    '\u{c}' => out.push_str("\\f"),
                    other => out.push(other),
                }
            }
            Ok(())
        }
        other => return Err(sqlx::Error::Protocol(format!("columns of {other} are not known"))),
    };
    Ok(())
}
