//! Everything that a SQLite database holds moves to PostgreSQL.

use super::everything::everything;
use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use analytics_server::storage::to_postgres::{self, MoveError};
use sqlx::{AssertSqlSafe, PgPool, SqlitePool};
use whole_system_tests::databases::{postgres, sqlite};
use whole_system_tests::server::furnish;

/// A value as text, the same of both databases; nothing is told apart from an empty text.
fn as_text(column: &str, kind: &str) -> String {
    let text = match kind {
        "bytea" => format!("encode({column}, 'hex')"),
        "uuid" => format!("replace({column}::text, '-', '')"),
        "boolean" => format!("({column}::int)::text"),
        "sqlite" => format!(
            "case typeof({column}) when 'blob' then lower(hex({column})) else cast({column} as text) end"
        ),
        _ => format!("{column}::text"),
    };
    format!("coalesce({text}, 'nothing')")
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_moves_to_postgresql() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    Box::pin(everything(&fresh.store)).await;
    fresh.store.close().await;
    let birth = Birth::at(&Clock::system()).unwrap();
    let from = Store::open(fresh.dir.path(), None, &birth).await.unwrap();
    let there = postgres().await;
    let address = there.address.as_deref().unwrap();
    let file = fresh.dir.path().join("hai-long.db");
    let sqlite = SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    let postgres = PgPool::connect(address).await.unwrap();
    // Every sign that the format of the copy writes in its own way.
    let odd = "update departments set name = name || char(8, 9, 10, 11, 12, 13, 92, 92) || 'N'";
    sqlx::query(odd).execute(&sqlite).await.unwrap();

    // Something in PostgreSQL that changes what it is given.
    for statement in [
        "create function odd() returns trigger language plpgsql as
         'begin new.name := upper(new.name); return new; end'",
        "create trigger odd before insert on officers for each row execute function odd()",
    ] {
        sqlx::query(statement).execute(&postgres).await.unwrap();
    }
    let differs = to_postgres::move_to_postgres(&from, address).await.unwrap_err();
    let is_told = matches!(&differs, MoveError::Differs { table, .. } if table == "officers");
    assert!(is_told, "{differs}");
    sqlx::query("drop trigger odd on officers").execute(&postgres).await.unwrap();
    let moved = to_postgres::move_to_postgres(&from, address).await.unwrap();
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "select table_name::text, column_name::text, data_type::text
         from information_schema.columns
         where table_schema = 'public' and table_name <> '_sqlx_migrations'
         order by table_name, ordinal_position",
    )
    .fetch_all(&postgres)
    .await
    .unwrap();
    let (mut all, mut filled) = (0, 0);
    for table in columns.chunk_by(|one, next| one.0 == next.0) {
        let name = &table[0].0;
        let of = |kind: Option<&str>| {
            let texts = table.iter().map(|(_, column, own)| as_text(column, kind.unwrap_or(own)));
            let row = texts.collect::<Vec<_>>().join(" || '|' || ");
            AssertSqlSafe(format!("select {row} from {name}"))
        };
        let mut before: Vec<String> =
            sqlx::query_scalar(of(Some("sqlite"))).fetch_all(&sqlite).await.unwrap();
        let mut after: Vec<String> =
            sqlx::query_scalar(of(None)).fetch_all(&postgres).await.unwrap();
        before.sort();
        after.sort();
        assert_eq!(before, after, "{name}");
        all += before.len();
        filled += usize::from(!before.is_empty());
    }
    assert_eq!(u64::try_from(all).unwrap(), moved);
    assert!(filled > 30, "most tables are filled: {filled}");

    // Numbers go on after the last.
    let store = &there.store;
    let tokens = store.machine_tokens().await.unwrap();
    let last = tokens.iter().map(|token| token.num).max().unwrap();
    let next = store.add_machine_token("Kho", [7; 32], "invite", "test", 1).await.unwrap();
    assert_eq!(next, last + 1);
    assert_eq!(store.id().await.unwrap(), from.id().await.unwrap());

    let again = to_postgres::move_to_postgres(&from, address).await.unwrap_err();
    assert!(matches!(again, MoveError::NotEmpty(_)), "{again}");
    let back = to_postgres::move_to_postgres(store, address).await.unwrap_err();
    assert!(matches!(back, MoveError::Already), "{back}");
    from.close().await;
    store.close().await;
}
