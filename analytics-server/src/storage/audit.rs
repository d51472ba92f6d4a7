//! The audit log: who changed what, and when. A change that matters is logged in its own
//! transaction; no line is ever changed (once: migration 0027 dropped the texts of notes).

use super::{Store, StoreError, log_change, read_by_name, reading, writing};

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

/// Whom or what a line names: one of these. Nothing at all is everybody and everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditTerms {
    /// It has one of these words in it; at most two are looked at.
    pub words: Vec<String>,
    /// It is one of these.
    pub whole: Vec<String>,
}

impl AuditTerms {
    /// What `like` looks for: everything where nothing is asked for, nothing where only whole texts
    /// are.
    fn patterns(&self, beside: &[String]) -> [Option<String>; 2] {
        let all = self.words.is_empty() && self.whole.is_empty() && beside.is_empty();
        let word = |nth: usize| self.words.get(nth).map(|word| part(word));
        [word(0).or_else(|| all.then(|| part(""))), word(1)]
    }
}

/// What was done, or to whom or what: one of both. Nothing at all is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Action {
    /// One of these was done.
    pub done: Vec<String>,
    /// To this.
    pub to: AuditTerms,
}

/// Which lines of the audit log are asked for; what is empty asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Who did it.
    pub actor: AuditTerms,
    /// What was done.
    pub what: Action,
    /// Only these actions; none of them: all. What is done to all things, such as `add`, has the word of a
    /// person or a tablet in front where it was done to one: `user add`.
    pub kinds: Vec<String>,
    /// Only what was done to these, beside what [`Self::what`] says.
    pub about: AuditTerms,
    /// Not before this moment, milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this moment.
    pub until: Option<i64>,
    /// Only lines of lower numbers: the next page.
    pub below: Option<i64>,
}

read_by_name!(Change { num, at, actor, action, subject, before, after });

/// Texts of which `like` finds one that a column is.
fn any_of(texts: &[String]) -> String {
    texts.iter().fold(String::from("|"), |all, text| all + text + "|")
}

/// The pattern with which `like` finds a part of a text; `%` and `_` in the text are escaped by
/// `!`.
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
        self.audit_lines(&AuditFilter::default(), limit).await
    }

    /// The changes asked for, newest first, at most `limit`.
    pub async fn audit_lines(
        &self,
        asked: &AuditFilter,
        limit: u32,
    ) -> Result<Vec<Change>, StoreError> {
        let [who, what] = [asked.actor.patterns(&[]), asked.what.to.patterns(&asked.what.done)];
        let [about, _] = asked.about.patterns(&[]);
        Ok(reading!(self, pool => sqlx::query_as(
            "select num, at, actor, action, subject, before, after from audit_log
             where num < $1 and at >= $2 and at < $3
             and (lower(actor) like $4 escape '!' or lower(actor) like $5 escape '!'
                  or $6 like '%|' || actor || '|%')
             and (lower(action) like $7 escape '!' or lower(subject) like $7 escape '!'
                  or lower(subject) like $8 escape '!' or $9 like '%|' || subject || '|%' or $10 like '%|' || action || '|%')
             and ($12 = '|' or $12 like '%|' || (case
                    when action not in ('add', 'change', 'retire', 'bring back') then ''
                    when subject like 'user %' then 'user '
                    when subject like 'tablet %' then 'tablet '
                    else '' end) || action || '|%')
             and (lower(subject) like $13 escape '!' or $14 like '%|' || subject || '|%')
             order by num desc limit $11",
        )
        .bind(asked.below.unwrap_or(i64::MAX))
        .bind(asked.from.unwrap_or(i64::MIN))
        .bind(asked.until.unwrap_or(i64::MAX))
        .bind(&who[0])
        .bind(&who[1])
        .bind(any_of(&asked.actor.whole))
        .bind(&what[0])
        .bind(&what[1])
        .bind(any_of(&asked.what.to.whole))
        .bind(any_of(&asked.what.done))
        .bind(i64::from(limit))
        .bind(any_of(&asked.kinds))
        .bind(about)
        .bind(any_of(&asked.about.whole))
        .fetch_all(pool)
        .await?))
    }

    /// The newest change of one thing. `action = 'change'` stands in it letter for letter, as in the index
    /// `audit_log_changes`, so that the other lines are not read.
    pub async fn last_change_of(&self, subject: &str) -> Result<Option<Change>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select num, at, actor, action, subject, before, after from audit_log
             where action = 'change' and subject = $1 order by num desc limit 1",
        )
        .bind(subject)
        .fetch_optional(pool)
        .await?))
    }

    /// The newest changes of people and of entries of lists, at most `limit`: what was changed, and what it
    /// was before. It reads the index `audit_log_changes`, as [`Self::last_change_of`] does.
    pub async fn changed_names(&self, limit: u32) -> Result<Vec<(String, String)>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select subject, before from audit_log where action = 'change' and before is not null
             and (subject like 'user %' or subject like 'site %' or subject like 'department %'
                  or subject like 'counter %' or subject like 'officer %'
                  or subject like 'procedure %')
             order by num desc limit $1",
        )
        .bind(i64::from(limit))
        .fetch_all(pool)
        .await?))
    }

    /// Writes a line about something that changed nothing, such as a sign-in that failed.
    pub async fn add_audit_line(
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
