//! The draft of the next version. It begins as the newest one, and of two people who change it at
//! one moment one is told that the other was quicker.

use super::fields::{read, typed_of};
use crate::storage::audit::Change;
use crate::storage::questionnaires::{DRAFT, NO_DRAFT};
use crate::storage::{Store, StoreError};
use locales::Texts;
use protocol::questionnaire::{Ask, Questionnaire};
use std::collections::BTreeSet;

/// The draft as it is stored.
pub struct Draft {
    /// What it asks.
    pub questionnaire: Questionnaire,
    newest: Questionnaire,
    /// Its JSON; none where it never was stored.
    stored: Option<String>,
}

impl Draft {
    /// The draft of a store, or the newest version where there is none.
    pub async fn of(store: &Store) -> Result<Self, StoreError> {
        let newest = store.questionnaire(None).await?;
        let newest = newest.ok_or(StoreError::Meaningless("questionnaires"))?.questionnaire;
        let stored = store.setting(DRAFT).await?;
        let draft = stored.as_deref().and_then(|json| serde_json::from_str(json).ok());
        Ok(Self { questionnaire: draft.unwrap_or_else(|| newest.clone()), newest, stored })
    }

    /// The last change of it that the audit log tells of.
    pub async fn last_saved(store: &Store) -> Result<Option<Change>, StoreError> {
        store.last_change_of(&format!("setting {DRAFT}")).await
    }

    /// Whether it asks something else than the newest version.
    pub fn is_changed(&self) -> bool {
        self.numbered(self.questionnaire.clone()) != self.newest
    }

    /// The codes of the items of the newest version: answers are counted by them, so they stay.
    pub fn published_ids(&self) -> BTreeSet<&str> {
        let items = self.newest.steps.iter().flat_map(|step| match &step.ask {
            Ask::Aspects { items, .. } | Ask::Reasons { items, .. } => items.as_slice(),
            _ => &[],
        });
        items.map(|item| item.id.as_str()).collect()
    }

    /// A questionnaire under the number of the newest version.
    fn numbered(&self, one: Questionnaire) -> Questionnaire {
        Questionnaire { version: self.newest.version, ..one }
    }

    /// Stores another one in its place; whether nobody was quicker.
    pub async fn replace(
        &self,
        store: &Store,
        by: &Questionnaire,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        // A questionnaire always has a JSON form.
        let json = serde_json::to_string(by).unwrap_or_default();
        store.change_setting(DRAFT, self.stored.as_deref(), &json, actor, now).await
    }

    /// Goes back to the newest version; whether nobody was quicker.
    pub async fn discard(&self, store: &Store, actor: &str, now: i64) -> Result<bool, StoreError> {
        store.change_setting(DRAFT, self.stored.as_deref(), NO_DRAFT, actor, now).await
    }

    /// Makes it the next version; whether nobody was quicker.
    pub async fn publish(&self, store: &Store, actor: &str, now: i64) -> Result<bool, StoreError> {
        let was = self.stored.as_deref();
        let version = store.publish_draft(was, &self.questionnaire, actor, now).await?;
        Ok(version.is_some())
    }

    /// The questionnaire of a file that is to become the draft, or why it can not.
    pub fn read_file(&self, bytes: &[u8], texts: &Texts) -> Result<Questionnaire, String> {
        if self.is_changed() {
            return Err(texts.get("admin-ask-file-draft"));
        }
        let file: Questionnaire =
            serde_json::from_slice(bytes).map_err(|_| texts.get("admin-ask-file-json"))?;
        // As a form would be read: what it can not hold, such as a kind of a later version, would be
        // lost with the next press.
        let file = self.numbered(file);
        match read(&typed_of(&file), &file, texts) {
            Ok(read) if read == file => Ok(read),
            Ok(_) => Err(texts.get("admin-ask-file-more")),
            Err(errors) => {
                let why: BTreeSet<String> = errors.into_values().collect();
                let why = why.into_iter().collect::<Vec<_>>().join(" ");
                Err(texts.with("admin-ask-file-unfit", &[("why", &why)]))
            }
        }
    }
}
