//! Single visits and what people do about them: the list, one visit with its notes, comments,
//! flags, tablets and what waits in quarantine. Every page narrows by the viewer's scope, and what
//! lies outside is answered like what does not exist.

pub(super) mod asked;
pub(super) mod chain;
pub(super) mod flags;
pub(super) mod forms;
pub(super) mod item;
pub(super) mod list;
pub(super) mod one;
mod plain;
pub(super) mod quarantine;
pub(super) mod tablets;
mod total;

use super::doors::Doors;
use super::fault::Fault;
use crate::auth::{Right, Viewer};
use crate::state::App;
use crate::storage::StoreError;
use axum::response::Response;
use axum::routing::{get, post};
use locales::Texts;
use protocol::questionnaire::{Ask, Questionnaire};
use protocol::settings;
use std::collections::HashMap;

/// The addresses of this room and of the officer's own page.
pub(super) fn doors(doors: Doors) -> Doors {
    doors
        .behind(Right::Records, "/records", get(list::records))
        .behind(Right::Records, "/records/{num}", get(one::one))
        .behind(Right::Handle, "/records/{num}/note", post(forms::note))
        .behind(Right::Handle, "/records/{num}/reply", post(forms::reply))
        .behind(Right::Handle, "/records/{num}/redact", post(forms::redact))
        .behind(Right::Rule, "/records/{num}/ruling", post(forms::ruling))
        .behind(Right::Records, "/comments", get(list::comments))
        .behind(Right::Records, "/flags", get(flags::flags))
        .behind(Right::Fleet, "/tablets", get(tablets::fleet))
        .behind(Right::Verify, "/tablets/{id}/chain", get(chain::show))
        .behind(Right::Administer, "/quarantine", get(quarantine::show).post(quarantine::release))
        .behind(Right::OwnPage, "/me", get(super::own::me))
        .behind(Right::OwnPage, "/me/invite", post(super::own::invitation::send))
        .behind(Right::OwnPage, "/me/invitations/{id}", get(super::own::invitation::follow))
        .behind(Right::OwnPage, "/me/invitations/{id}/cancel", post(super::own::invitation::cancel))
        .behind(Right::OwnPage, "/me/reply", post(super::own::replies::reply))
}

/// Letters that a note may have.
pub(super) const NOTE_CHARS: usize = 1_000;

/// The page, or the page of what went wrong.
pub(super) fn told(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    page: Result<Response, Fault>,
) -> Response {
    page.unwrap_or_else(|fault| fault.page(app, Some(viewer), texts))
}

/// The store did not answer.
pub(super) fn busy(error: StoreError) -> Fault {
    Fault::Figures(error.into())
}

/// What reasons and aspects are called: as the newest questionnaire that has them words them.
#[derive(Default)]
pub(super) struct Words {
    reasons: HashMap<String, String>,
    aspects: HashMap<String, String>,
}

impl Words {
    /// The words of all questionnaires in a language.
    pub async fn of(app: &App, texts: &Texts) -> Result<Self, Fault> {
        let mut words = Self::default();
        for published in app.store.questionnaires().await.map_err(busy)? {
            words.learn(&published.questionnaire, texts.language());
        }
        Ok(words)
    }

    fn learn(&mut self, questionnaire: &Questionnaire, language: &str) {
        for step in &questionnaire.steps {
            let (known, items) = match &step.ask {
                Ask::Reasons { items, .. } => (&mut self.reasons, items),
                Ask::Aspects { items, .. } => (&mut self.aspects, items),
                _ => continue,
            };
            for item in items {
                known.insert(item.id.clone(), worded(&item.text, language));
            }
        }
    }

    /// A reason in words; one of an earlier system is in words already.
    pub fn reason(&self, id: &str) -> String {
        self.reasons.get(id).map_or_else(|| id.to_owned(), Clone::clone)
    }

    /// An aspect in words.
    pub fn aspect(&self, id: &str) -> String {
        self.aspects.get(id).map_or_else(|| id.to_owned(), Clone::clone)
    }

    /// All reasons that can be chosen: id and words, by their words.
    pub fn all_reasons(&self) -> Vec<(String, String)> {
        let pair = |(id, text): (&String, &String)| (id.clone(), text.clone());
        let mut all: Vec<_> = self.reasons.iter().map(pair).collect();
        all.sort_by(|a, b| a.1.cmp(&b.1));
        all
    }
}

fn worded(text: &settings::Texts, language: &str) -> String {
    text.get(language).or_else(|| text.get("vi")).cloned().unwrap_or_default()
}

/// The rule's name in words; a rule of tomorrow is named by its word.
pub(super) fn rule_name(rule: &str, texts: &Texts) -> String {
    match rule {
        crate::storage::flags::QUICK_REPEAT => texts.get("records-rule-quick_repeat"),
        crate::storage::flags::DOSSIER_TWICE => texts.get("records-rule-dossier_twice"),
        other => other.to_owned(),
    }
}
