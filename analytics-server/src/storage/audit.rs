//! The audit log: who changed what, and when. Whoever writes something that matters writes here in
//! the same transaction; nothing here is ever changed (once: migration 0027 dropped the texts of notes).

use super::{Store, StoreError, log_change, reading, writing};

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number: later ones are higher.
    pub num: i64,
    /// When, milliseconds since 1970.
    pub at: i64,
    /// A person, a token or a command.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// What was.
    pub before: Option<String>,
    /// What is.
    pub after: Option<String>,
}

/// Which lines of the audit log are asked for; what is empty asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Part of who did it.
    pub actor: String,
    /// Part of what was done, or to what.
    pub what: String,
    /// Not before this moment, milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this moment.
    pub until: Option<i64>,
    /// Only lines of lower numbers: the next page.
    pub below: Option<i64>,
}

type ChangeFields = (i64, i64, String, String, String, Option<String>, Option<String>);

fn change((num, at, actor, action, subject, before, after): ChangeFields) -> Change {
    Change { num, at, actor, action, subject, before, after }
}

/// A part of a text as `like` finds it, whatever signs it has.
fn part(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.trim().to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

impl Store {
    /// The newest changes, newest first, at most `limit`.
    pub async fn audit_log(&self, limit: u32) -> Result<Vec<Change>, StoreError> {
        self.audit_lines(&Asked::default(), limit).await
    }

    /// The changes asked for, newest first, at most `limit`.
    pub async fn audit_lines(&self, asked: &Asked, limit: u32) -> Result<Vec<Change>, StoreError> {
        let rows: Vec<ChangeFields> = reading!(self, pool => sqlx::query_as(
            "select num, at, actor, action, subject, before, after from audit_log
             where num < $1 and at >= $2 and at < $3 and lower(actor) like $4 escape '!'
             and (lower(action) like $5 escape '!' or lower(subject) like $5 escape '!')
             order by num desc limit $6",
        )
        .bind(asked.below.unwrap_or(i64::MAX))
        .bind(asked.from.unwrap_or(i64::MIN))
        .bind(asked.until.unwrap_or(i64::MAX))
        .bind(part(&asked.actor))
        .bind(part(&asked.what))
        .bind(i64::from(limit))
        .fetch_all(pool)
        .await?);
        Ok(rows.into_iter().map(change).collect())
    }

    /// Notes something that changed nothing, such as a sign-in that failed.
    pub async fn note(
        &self,
        actor: &str,
        action: &str,
        subject: &str,
        after: Option<&str>,
        now: i64,
    ) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            log_change!(tx, now, actor, action, subject, None::<String>, after.map(str::to_owned));
        });
        Ok(())
    }
}

#[cfg(test)]
impl Store {
    /// Lets every further line of the audit log fail.
    pub(crate) async fn break_audit_log(&self) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query("alter table audit_log rename to audit_log_away").execute(&mut *tx).await?;
        });
        Ok(())
    }
}
