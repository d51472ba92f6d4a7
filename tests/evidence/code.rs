//! Carrying alterations out behind the program's back.

use super::house::{BEGIN, House};
use analytics_server::clock::Clock;
use analytics_server::period;
use analytics_server::state::App;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use protocol::event::{Event, What};
use protocol::{Head, Level};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, PgConnection};
use std::path::Path;
use uuid::Uuid;
use whole_system_tests::chain::shown;

/// What is done to the database.
#[derive(Clone, Copy)]
pub enum Change {
    /// These statements; `{one}` is the first tablet.
    Sql(&'static [&'static str]),
    /// Something that needs more; SQLite alone.
    Code(&'static str),
}

/// Alters the database in a directory or at an address.
pub async fn carry_out(change: &Change, house: &House, dir: &Path, address: Option<&str>) {
    match (change, address) {
        (Change::Sql(statements), Some(address)) => {
            let mut connection = PgConnection::connect(address).await.unwrap();
            let one = format!("'{}'", house.one);
            let mut rows = 0;
            for sql in *statements {
                let sql = sqlx::AssertSqlSafe(sql.replace("{one}", &one));
                rows += sqlx::query(sql).execute(&mut connection).await.unwrap().rows_affected();
            }
            assert!(rows > 0, "{statements:?} changed nothing");
            connection.close().await.unwrap();
        }
        (Change::Sql(statements), None) => {
            let statements: Vec<_> = statements.iter().map(|sql| (*sql).to_owned()).collect();
            run(dir, house, &statements).await;
        }
        (Change::Code("columns"), _) => swap_columns(dir),
        (Change::Code("columns sealed"), _) => seal_other_columns(dir, house).await,
        (Change::Code(what), _) => alter(what, house, dir).await,
    }
}

/// A copy of a PostgreSQL database that nobody has open.
pub async fn copy_of(address: &str) -> String {
    let (server, name) = address.rsplit_once('/').unwrap();
    let copy = format!("c{}", analytics_server::clock::fresh_id().simple());
    let mut admin = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    let sql = format!("create database {copy} template {name}");
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
    format!("{server}/{copy}")
}

/// Drops such a copy.
pub async fn drop_copy(address: &str, copy: &str) {
    let (server, _) = address.rsplit_once('/').unwrap();
    let (_, name) = copy.rsplit_once('/').unwrap();
    let mut admin = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    let sql = format!("drop database {name} with (force)");
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
}

async fn open(dir: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(dir.join("hai-long.db")).foreign_keys(false);
    SqliteConnection::connect_with(&options).await.unwrap()
}

fn literal(id: Uuid) -> String {
    format!("x'{}'", hex::encode(id.as_bytes()))
}

/// Runs statements on the file in a directory.
pub async fn run(dir: &Path, house: &House, statements: &[String]) {
    let mut connection = open(dir).await;
    let mut rows = 0;
    for sql in statements {
        let sql = sqlx::AssertSqlSafe(sql.replace("{one}", &literal(house.one)));
        rows += sqlx::query(sql).execute(&mut connection).await.unwrap().rows_affected();
    }
    assert!(rows > 0 || statements[0].starts_with("drop"), "{statements:?} changed nothing");
    connection.close().await.unwrap();
}

/// The chain of the first tablet: numbers and bytes.
async fn chain(dir: &Path, house: &House) -> Vec<(i64, Vec<u8>)> {
    let mut connection = open(dir).await;
    let sql = "select number, bytes from events where tablet_id = $1 order by number";
    let rows = sqlx::query_as(sql).bind(house.one).fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    rows
}

/// Writes the chain anew so that every digest and the head fit.
async fn rewrite(dir: &Path, house: &House, events: &[(i64, Vec<u8>)]) {
    let mut connection = open(dir).await;
    let mut head = Head::start(house.one);
    for (number, bytes) in events {
        head = head.extend(bytes);
        sqlx::query(
            "update events set bytes = $3, digest = $4 where tablet_id = $1 and number = $2",
        )
        .bind(house.one)
        .bind(*number)
        .bind(bytes.clone())
        .bind(head.digest.0.to_vec())
        .execute(&mut connection)
        .await
        .unwrap();
    }
    sqlx::query("update tablets set head_number = $2, head_digest = $3 where id = $1")
        .bind(house.one)
        .bind(i64::try_from(head.number).unwrap())
        .bind(head.digest.0.to_vec())
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// The eighth event, which rates, with another level.
fn other_level(events: &mut [(i64, Vec<u8>)]) {
    let bytes = String::from_utf8(events[7].1.clone()).unwrap();
    let other = bytes.replace("\"dissatisfied\"", "\"satisfied\"");
    assert_ne!(bytes, other);
    events[7].1 = other.into_bytes();
}

const ROW: &str = "source, tablet_id, simulated, counter_id, officer_id, department_id, stage, \
     scale, questionnaire, language, asked_at, answered_at, level, position";

async fn alter(what: &str, house: &House, dir: &Path) {
    let invent = |source: u8| {
        format!(
            "insert into ratings (id, {ROW}) select randomblob(16), {ROW} from ratings
             where source = {source} and level = 1 and dossier is null limit 20"
        )
    };
    let mut events = chain(dir, house).await;
    match what {
        "bytes" => {
            other_level(&mut events);
            let bytes = hex::encode(&events[7].1);
            let sql = format!(
                "update events set bytes = x'{bytes}' where tablet_id = {{one}} and number = 8"
            );
            run(dir, house, &[sql]).await;
        }
        "invent" => {
            run(dir, house, &[invent(1).replace("limit", "and tablet_id = {one} limit")]).await;
        }
        "invent imported" => run(dir, house, &[invent(2)]).await,
        "rewrite event" => {
            other_level(&mut events);
            rewrite(dir, house, &events).await;
        }
        "rewrite all" => {
            other_level(&mut events);
            rewrite(dir, house, &events).await;
            let sql = "update ratings set level = 2 where id = (select session_id from events
                       where tablet_id = {one} and number = 8)";
            run(dir, house, &[sql.into()]).await;
            std::fs::remove_dir_all(dir.join("columns")).unwrap();
        }
        "append" => {
            let mut connection = open(dir).await;
            let session = Uuid::from_u128(77);
            let at = BEGIN + 30 * 3_600_000;
            for (nth, what) in [
                What::Shown(shown("Q07", "CC013", None)),
                What::Rated { level: Level::VerySatisfied },
            ]
            .into_iter()
            .enumerate()
            {
                let number = events.len() as u64 + 1;
                let kind = ["shown", "rated"][nth];
                let event = Event { number, session, at, boot: house.one, uptime: 0, what };
                sqlx::query(
                    "insert into events (tablet_id, number, digest, session_id, kind, claimed_at,
                     corrected_at, received_at, bytes) values ($1, $2, x'00', $3, $4, $5, $5, $5, $6)",
                )
                .bind(house.one)
                .bind(i64::try_from(number).unwrap())
                .bind(session)
                .bind(kind)
                .bind(at)
                .bind(event.to_bytes())
                .execute(&mut connection)
                .await
                .unwrap();
                events.push((i64::try_from(number).unwrap(), event.to_bytes()));
            }
            connection.close().await.unwrap();
            rewrite(dir, house, &events).await;
        }
        "cut tail" => {
            let last = events.len() - 30;
            let sql = [
                format!(
                    "delete from ratings where id in (select session_id from events
                     where tablet_id = {{one}} and number > {last})"
                ),
                format!("delete from events where tablet_id = {{one}} and number > {last}"),
                format!("delete from batches where tablet_id = {{one}} and last_number > {last}"),
            ];
            run(dir, house, &sql).await;
            rewrite(dir, house, &events[..last]).await;
        }
        "delete tablet" => {
            let of = |table: &str| format!("delete from {table} where tablet_id = {{one}}");
            let nums = "(select num from ratings where tablet_id = {one})";
            let kept = format!("delete from redacted_comments where rating_num in {nums}");
            let mut sql =
                vec![kept, format!("delete from rating_notes where rating_num in {nums}")];
            let tables = ["ratings", "events", "batches", "quarantine", "heartbeats", "alarms"];
            sql.extend(tables.map(of));
            sql.push("delete from tablets where id = {one}".into());
            run(dir, house, &sql).await;
        }
        other => panic!("no alteration is called {other}"),
    }
}

/// Puts one month's file in the place of another's.
fn swap_columns(dir: &Path) {
    let mut files: Vec<_> = std::fs::read_dir(dir.join("columns"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "parquet"))
        .collect();
    files.sort();
    std::fs::copy(&files[0], &files[1]).unwrap();
}

/// Lets the program itself save columns of other levels, and puts the true levels back.
async fn seal_other_columns(dir: &Path, house: &House) {
    let columns = dir.join("columns");
    std::fs::remove_dir_all(&columns).unwrap();
    let file = dir.join("hai-long.db");
    let kept = dir.join("kept.db");
    std::fs::copy(&file, &kept).unwrap();
    let lower = "update ratings set level = 1 where source = 2 and level >= 3";
    run(dir, house, &[lower.into()]).await;
    let store = Store::open(dir, None, &Birth::at(&Clock::system()).unwrap()).await.unwrap();
    let app = App::open(store.clone(), dir, Clock::system()).await.unwrap();
    let year = period::parse("2026", app.centre().policy).unwrap();
    app.figures(&year).await.unwrap();
    app.stats.saving_ended().await;
    drop(app);
    store.close().await;
    std::fs::rename(&kept, &file).unwrap();
    assert!(columns.join("columns.json").exists());
}
