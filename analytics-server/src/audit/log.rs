//! The audit log for one reader: which lines they ask for, and each line in words, with names as they
//! are now.

use super::differences::{States, states};
use super::search::{action_part, actor_part};
use super::wording::{Wording, action_words};
use crate::centre::{CENTRE, Centre};
use crate::centre_time;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::audit::{AuditFilter, Change};
use crate::storage::rows::Directory;
use crate::storage::users::User;
use crate::table_files;
use futures_util::{Stream, StreamExt as _, stream};
use jiff::civil::Date;
use locales::Texts;
use std::sync::Arc;

/// Lines of a file that are held in memory at once.
const PIECE: u32 = 500;
/// The columns of a file.
const COLUMNS: [&str; 6] = ["at", "actor", "action", "subject", "before", "after"];

/// One line in words.
pub struct AuditLine {
    /// When it was done.
    pub at: String,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// The state before; where both are known, only what differs.
    pub before: String,
    /// The state after, in the same way.
    pub after: String,
    /// Where both states are known, each difference.
    pub changes: Vec<String>,
}

/// The log for a reader.
#[derive(Clone)]
pub struct AuditLog {
    app: App,
    texts: &'static Texts,
    users: Arc<[User]>,
    directory: Arc<Directory>,
}

impl AuditLog {
    /// The log in a language, with the names of now.
    pub async fn of(app: &App, texts: &'static Texts) -> Result<Self, StoreError> {
        let users = app.store.users().await?.into();
        let directory = app.store.directory().await?;
        Ok(Self { app: app.clone(), texts, users, directory })
    }

    /// The filter for lines with these words and between these days, both included; none where one
    /// of the days is no date.
    pub fn filter(&self, who: &str, what: &str, [from, to]: [&str; 2]) -> Option<AuditFilter> {
        let start = |text: &str, days: i64| -> Option<Option<i64>> {
            if text.trim().is_empty() {
                return Some(None);
            }
            let day: Date = text.trim().parse().ok()?;
            let day = day.checked_add(jiff::Span::new().days(days)).ok()?;
            let start = day.to_zoned(self.app.zone.clone()).ok()?;
            Some(Some(start.timestamp().as_millisecond()))
        };
        Some(AuditFilter {
            actor: actor_part(self.texts, &self.users, who),
            what: action_part(self.texts, &self.users, what),
            from: start(from, 0)?,
            until: start(to, 1)?,
            below: None,
        })
    }

    /// A change in words.
    pub fn line(&self, change: Change) -> AuditLine {
        let Change { at, actor, action, subject, before, after, .. } = change;
        let (users, directory, zone) = (&*self.users, &*self.directory, &self.app.zone);
        let wording = Wording { texts: self.texts, zone, users, directory };
        // Settings that nobody had touched were those of the program.
        let untouched = || {
            (subject.strip_prefix("setting ") == Some(CENTRE))
                .then(|| serde_json::to_string(&Centre::default()).ok())
        };
        let before = before.or_else(|| untouched().flatten()).unwrap_or_default();
        let after = after.unwrap_or_default();
        let States { before, after, changes } = states(wording, &subject, &before, &after);
        AuditLine {
            at: centre_time::short(at, zone),
            actor: wording.with_names(&actor),
            action: action_words(self.texts, &action),
            subject: wording.with_names(&subject),
            before,
            after,
            changes,
        }
    }

    /// All lines asked for as CSV, sent in the pieces in which they are read: their number is not
    /// limited.
    pub fn csv(self, filter: AuditFilter) -> impl Stream<Item = Result<Vec<u8>, StoreError>> {
        let heads = COLUMNS.map(|key| self.texts.get(&format!("account-audit-{key}")));
        let head = Ok(table_files::csv(&heads, &[]));
        let pieces = stream::try_unfold(Some(filter), move |filter| {
            let log = self.clone();
            async move {
                let Some(filter) = filter else { return Ok(None) };
                log.piece(filter).await.map(Some)
            }
        });
        stream::iter([head]).chain(pieces).inspect(|piece| {
            if let Err(error) = piece {
                // The head was sent already, so the reader sees a download that broke off.
                tracing::error!(%error, "the audit log's file broke off");
            }
        })
    }

    /// The next lines of the file, and what is asked for after them.
    async fn piece(
        &self,
        filter: AuditFilter,
    ) -> Result<(Vec<u8>, Option<AuditFilter>), StoreError> {
        let changes = self.app.store.audit_lines(&filter, PIECE).await?;
        let last = changes.last().filter(|_| changes.len() == PIECE as usize).map(|one| one.num);
        let cells = |change: Change| {
            let AuditLine { at, actor, action, subject, before, after, .. } = self.line(change);
            vec![at, actor, action, subject, before, after]
        };
        let rows: Vec<Vec<String>> = changes.into_iter().map(cells).collect();
        let bytes = table_files::csv_lines("", rows.iter().map(Vec::as_slice));
        Ok((bytes, last.map(|num| AuditFilter { below: Some(num), ..filter })))
    }
}
