//! What the tablet has to know again after a restart and is no event.

use super::error::JournalError;
use super::write::Store;

/// The things remembered; each is one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memo {
    /// Who is signed in.
    Duty,
    /// How often wrong PINs were typed, and until when none is taken.
    Lock,
    /// Id of the invitation that was fetched last.
    Invitation,
}

impl Memo {
    const fn name(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Lock => "lock",
            Self::Invitation => "invitation",
        }
    }
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
        let query = match value {
            Some(value) => sqlx::query(
                "insert into memory (name, value) values ($1, $2)
                 on conflict (name) do update set value = excluded.value",
            )
            .bind(memo.name())
            .bind(value),
            None => sqlx::query("delete from memory where name = $1").bind(memo.name()),
        };
        let done = query.execute(&mut self.connection).await;
        done.map(drop).map_err(|error| self.explain(&error))
    }
}
