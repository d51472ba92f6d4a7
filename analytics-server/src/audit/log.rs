//! The audit log for one reader: which lines they ask for, and each line in words, with names as they
//! are now.

use super::differences::{States, states};
use super::kinds::AuditKind;
use super::names::{AuditNames, AuditThing};
use super::reasons::Reasons;
use super::search::{action_part, actor_part};
use super::wording::{Wording, action_words};
use crate::centre::{CENTRE, Centre};
use crate::centre_time;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::audit::{AuditFilter, AuditTerms, Change};
use crate::storage::questionnaires::{DRAFT, NO_DRAFT};
use crate::table_files;
use futures_util::{Stream, StreamExt as _, stream};
use jiff::civil::Date;
use locales::Texts;
use serde::Serialize;
use std::sync::Arc;

/// The sentences of days that can not be looked for.
const NO_DAY: &str = "account-audit-day";
const REVERSED: &str = "account-audit-reversed";

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
    /// That thing, where pages can show it.
    pub thing: Option<AuditThing>,
    /// The state before; where both are known, only what differs.
    pub before: String,
    /// The state after, in the same way.
    pub after: String,
    /// Where both states are known, each difference.
    pub changes: Vec<String>,
}

/// What lines are looked for; what is empty asks for all.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuditSearch<'a> {
    /// Words or a part of a name of who did it.
    pub who: &'a str,
    /// The same of what was done, or of what it was done to.
    pub what: &'a str,
    /// The first and the last day, as forms send them.
    pub days: [&'a str; 2],
    /// What kind of thing was done.
    pub kind: Option<AuditKind>,
    /// To which thing.
    pub thing: Option<AuditThing>,
}

/// The log for a reader.
#[derive(Clone)]
pub struct AuditLog {
    app: App,
    texts: &'static Texts,
    names: Arc<AuditNames>,
    /// What is in force of settings as long as nobody has changed them.
    defaults: Vec<(&'static str, String)>,
}

impl AuditLog {
    /// The log in a language, with the names of now; with those of before too where it `is_search`.
    pub async fn of(app: &App, texts: &'static Texts, is_search: bool) -> Result<Self, StoreError> {
        let names = Arc::new(AuditNames::of(app, is_search).await?);
        let log = Self { app: app.clone(), texts, names, defaults: Vec::new() };
        Ok(log.with_default(CENTRE, &Centre::default()))
    }

    /// The same with what is in force of a setting as long as nobody has changed it.
    #[must_use]
    pub fn with_default(mut self, setting: &'static str, default: &impl Serialize) -> Self {
        self.defaults.extend(serde_json::to_string(default).ok().map(|json| (setting, json)));
        self
    }

    /// The names of now.
    pub fn names(&self) -> &AuditNames {
        &self.names
    }

    /// The filter for lines that are looked for; an error: the key of the sentence that says what is wrong
    /// with the days.
    pub fn filter(&self, search: AuditSearch<'_>) -> Result<AuditFilter, &'static str> {
        let AuditSearch { who, what, days: [from, to], kind, thing } = search;
        let (from, to) = (day(from)?, day(to)?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(REVERSED);
        }
        let start = |day: Option<Date>, days: i64| -> Result<Option<i64>, &'static str> {
            let Some(day) = day else { return Ok(None) };
            let day = day.checked_add(jiff::Span::new().days(days)).map_err(|_| NO_DAY)?;
            let start = day.to_zoned(self.app.zone.clone()).map_err(|_| NO_DAY)?;
            Ok(Some(start.timestamp().as_millisecond()))
        };
        Ok(AuditFilter {
            actor: actor_part(self.texts, &self.names, who),
            what: action_part(self.texts, &self.names, what),
            kinds: kind.map(AuditKind::asked).unwrap_or_default(),
            about: thing.map_or_else(AuditTerms::default, |thing| self.names.subjects(thing)),
            from: start(from, 0)?,
            until: start(to, 1)?,
            below: None,
        })
    }

    /// What a thing is called.
    pub fn thing_name(&self, thing: AuditThing) -> String {
        let several = match thing {
            AuditThing::Webhooks => "account-audit-webhooks",
            AuditThing::Tokens => "account-audit-tokens",
            AuditThing::Rosters => "account-audit-rosters",
            one => {
                let AuditTerms { whole, .. } = self.names.subjects(one);
                let stored = whole.first().map_or("", String::as_str);
                return self.wording(stored).with_names(stored);
            }
        };
        self.texts.get(several)
    }

    fn wording<'a>(&'a self, subject: &'a str) -> Wording<'a> {
        Wording { texts: self.texts, zone: &self.app.zone, names: &self.names, subject }
    }

    /// Changes in words, with what was written beside the ratings that they are about.
    pub async fn lines(&self, changes: &[Change]) -> Result<Vec<AuditLine>, StoreError> {
        let reasons = Reasons::beside(&self.app.store, changes).await?;
        Ok(changes.iter().map(|change| self.line(change, &reasons)).collect())
    }

    /// A change in words.
    fn line(&self, change: &Change, reasons: &Reasons) -> AuditLine {
        let wording = self.wording(&change.subject);
        let stored = change.before.clone().filter(|was| !is_draft(change) || was != NO_DRAFT);
        let before = stored.or_else(|| self.known_before(change));
        let States { before, after, changes } = self.states(change, before.as_deref());
        let after = reasons.of(change, wording).unwrap_or(after);
        AuditLine {
            at: centre_time::in_sentence(change.at, &self.app.zone, self.texts),
            actor: wording.with_names(&change.actor),
            action: action_words(self.texts, &change.action),
            subject: wording.with_names(&change.subject),
            thing: self.names.thing(&change.subject),
            before,
            after,
            changes,
        }
    }

    /// What was and what is, of what is not stored as fields too.
    fn states(&self, change: &Change, before: Option<&str>) -> States {
        let wording = self.wording(&change.subject);
        let after = change.after.as_deref().unwrap_or_default();
        let before = before.unwrap_or_default();
        if change.action == "expire" {
            // How many were deleted, and of which ratings: those before a moment.
            let number = |text: &str| text.parse::<i64>().ok();
            let what = serde_json::json!({ "expired": number(after), "before_at": number(before) });
            return states(wording, "", &what.to_string());
        }
        if change.subject.starts_with("alert mail of ") {
            let rules = |text: &str| {
                let rules: Vec<&str> = text.split(',').filter(|rule| !rule.is_empty()).collect();
                serde_json::json!({ "rules": rules }).to_string()
            };
            return states(wording, &rules(before), &rules(after));
        }
        if is_draft(change) && after == NO_DRAFT {
            let gone = self.texts.get("account-audit-no-draft");
            return States { after: gone.clone(), changes: vec![gone], ..States::default() };
        }
        states(wording, before, after)
    }

    /// What was before a change that stored only what is: what the program has where nobody had set
    /// anything, and the version of a questionnaire that was in force.
    fn known_before(&self, change: &Change) -> Option<String> {
        let setting = change.subject.strip_prefix("setting ").filter(|_| change.action == "change");
        if let Some((_, json)) = self.defaults.iter().find(|one| Some(one.0) == setting) {
            return Some(json.clone());
        }
        let published = self.names.questionnaires.iter();
        let before = match change.action.as_str() {
            "change" if is_draft(change) => {
                let earlier = published.filter(|one| one.at <= change.at);
                earlier.map(|one| &one.questionnaire).max_by_key(|one| one.version)
            }
            "publish" => {
                let version: u32 = change.subject.strip_prefix("questionnaire ")?.parse().ok()?;
                let all = published.map(|one| &one.questionnaire);
                all.filter(|one| one.version < version).max_by_key(|one| one.version)
            }
            _ => None,
        };
        serde_json::to_string(before?).ok()
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
        let cells = |(change, line): (&Change, AuditLine)| {
            let AuditLine { actor, action, subject, before, after, .. } = line;
            // In files moments are the same in every language.
            let at = centre_time::short(change.at, &self.app.zone);
            vec![at, actor, action, subject, before, after]
        };
        let lines = self.lines(&changes).await?;
        let rows: Vec<Vec<String>> = changes.iter().zip(lines).map(cells).collect();
        let bytes = table_files::csv_lines("", rows.iter().map(Vec::as_slice));
        Ok((bytes, last.map(|num| AuditFilter { below: Some(num), ..filter })))
    }
}

/// A day as forms send it; none: no day is asked for.
fn day(text: &str) -> Result<Option<Date>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| NO_DAY),
    }
}

/// Whether a line is about the draft of the questionnaire, of which none is no draft.
fn is_draft(change: &Change) -> bool {
    change.subject.strip_prefix("setting ") == Some(DRAFT)
}
