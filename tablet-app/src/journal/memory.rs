//! What the tablet has to know again after a restart and is no event.

use super::error::JournalError;
use super::write::Store;
use protocol::What;
use protocol::event::Post;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

/// The things remembered; each is one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memo {
    /// Who is signed in; written with the event that says so, never by itself.
    Duty,
    /// How often wrong PINs were typed.
    Lock,
    /// Id of the invitation that was fetched last.
    Invitation,
    /// The last time received from the server, and how far the tablet's clock was from it.
    Time,
}

impl Memo {
    const fn name(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Lock => "lock",
            Self::Invitation => "invitation",
            Self::Time => "time",
        }
    }
}

/// An officer who signed in and has not signed out, by the journal's own events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Code of the officer.
    pub officer: String,
    /// When, by the wall clock of then; milliseconds since 1970.
    pub since: i64,
    /// Code of the counter where; versions up to 0.2 did not keep it.
    #[serde(default)]
    pub counter: Option<String>,
}

/// Keeps who is signed in, in the transaction of the event.
pub(super) async fn follow_duty(
    connection: &mut SqliteConnection,
    what: &What,
    at: i64,
) -> sqlx::Result<()> {
    match what {
        What::SignedIn(post) => {
            let Post { officer, counter } = post.clone();
            let duty = SignedIn { officer, since: at, counter: Some(counter) };
            // A struct of a string and a number always has a JSON form.
            let json = serde_json::to_string(&duty).unwrap_or_default();
            write(connection, Memo::Duty, Some(&json)).await
        }
        What::SignedOut(_) => write(connection, Memo::Duty, None).await,
        _ => Ok(()),
    }
}

async fn write(
    connection: &mut SqliteConnection,
    memo: Memo,
    value: Option<&str>,
) -> sqlx::Result<()> {
    let query = match value {
        Some(value) => sqlx::query(
            "insert into memory (name, value) values ($1, $2)
             on conflict (name) do update set value = excluded.value",
        )
        .bind(memo.name())
        .bind(value),
        None => sqlx::query("delete from memory where name = $1").bind(memo.name()),
    };
    query.execute(connection).await.map(drop)
}

impl Store {
    pub(super) async fn recall(&mut self, memo: Memo) -> Result<Option<String>, JournalError> {
        sqlx::query_scalar("select value from memory where name = $1")
            .bind(memo.name())
            .fetch_optional(&mut self.connection)
            .await
            .map_err(|error| self.explain(&error))
    }

    pub(super) async fn remember(
        &mut self,
        memo: Memo,
        value: Option<&str>,
    ) -> Result<(), JournalError> {
        let done = write(&mut self.connection, memo, value).await;
        done.map_err(|error| self.explain(&error))
    }
}
