//! The right of reply: an officer may write beside a low or flagged rating of theirs. To do so they
//! need to know that there is one, and nothing that names who gave it: it comes with the step that
//! counts it, under a random handle, with its reasons and the period alone. Neither day, stage,
//! level, counter, dossier nor the citizen's words; and a ruling is told with the next step.

use super::{Refused, own, page};
use crate::auth::Viewer;
use crate::moments;
use crate::pages::address::{self, Asked};
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::Posted;
use crate::pages::records::{busy, forms, rule_name, told};
use crate::period::{Policy, Span};
use crate::publication;
use crate::questionnaire_words::QuestionnaireWords;
use crate::state::App;
use crate::storage::notes::{Author, Note, NoteKind};
use crate::storage::published::{ItemKind, PublishedItem};
use crate::storage::rows::Officer;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use reports::periods::period_name;
use serde::Deserialize;

/// A rating that may be answered.
pub(in crate::pages) struct Disputed {
    /// Its handle, which says nothing about it.
    pub id: String,
    /// The period that it came with.
    pub when: String,
    pub why: Vec<String>,
    pub reasons: Vec<String>,
    /// What the officer wrote and how it was ruled on: what it is, when, and the words.
    pub written: Vec<(String, String, String)>,
    pub ruled_out: bool,
}

/// The form.
#[derive(Deserialize)]
pub(in crate::pages) struct Reply {
    #[serde(default)]
    rating: String,
    #[serde(default)]
    text: String,
}

/// The policy and the span of a stored period.
fn span_of(key: &str) -> Option<(Policy, Span)> {
    let (policy, span) = key.split_once(' ')?;
    Some((policy.parse().ok()?, span.parse().ok()?))
}

/// What may be answered of some periods, in the order of the handles, which tells nothing.
pub(super) async fn disputed(
    app: &App,
    viewer: &Viewer,
    officer: &Officer,
    keys: &[String],
    texts: &Texts,
) -> Result<Vec<Disputed>, Fault> {
    let words = app.questionnaire_words(texts).await?;
    // A ruling between two steps would say which rating came between.
    let settled = app.store.last_published(officer.id).await.map_err(busy)?.unwrap_or(i64::MIN);
    let mut list = Vec::new();
    for key in keys {
        let items = app.store.published_items(officer.id, key, ItemKind::Disputed);
        let items = items.await.map_err(busy)?;
        let nums: Vec<i64> = items.iter().map(|item| item.rating).collect();
        let mut notes = app.store.notes_of(&nums).await.map_err(busy)?;
        let period = span_of(key).map(|(policy, span)| period_name(&span.under(policy), texts));
        for item in items {
            let notes = notes.remove(&item.rating).unwrap_or_default();
            let own = notes.into_iter().filter(|note| match note.kind {
                NoteKind::Reply => note.user == viewer.user.id,
                // Whoever replied learns how it was decided, and why.
                NoteKind::RuledOut | NoteKind::RuledIn => note.at <= settled,
                NoteKind::Handled
                | NoteKind::Further
                | NoteKind::Redacted
                | NoteKind::Proposed
                | NoteKind::Declined
                | NoteKind::Restored => false,
            });
            let when = period.clone().unwrap_or_default();
            list.push(entry(app, &item, own.collect(), when, &words, texts));
        }
    }
    Ok(list)
}

fn entry(
    app: &App,
    item: &PublishedItem,
    notes: Vec<Note>,
    when: String,
    words: &QuestionnaireWords,
    texts: &Texts,
) -> Disputed {
    let told: publication::Disputed = serde_json::from_str(&item.told).unwrap_or_default();
    let last = notes.iter().rev().map(|note| note.kind).find(|kind| *kind != NoteKind::Reply);
    let ruled_out = last == Some(NoteKind::RuledOut);
    let written = notes.into_iter().map(|note| {
        let what = texts.get(&format!("records-note-{}", note.kind.word()));
        (what, moments::told(note.at, &app.zone, texts), note.text)
    });
    let low = told.low.then(|| texts.get("records-me-low"));
    let rules = told.rules.iter().map(|rule| rule_name(rule, texts));
    Disputed {
        id: hex::encode(&item.handle),
        when,
        why: low.into_iter().chain(rules).collect(),
        reasons: told.reasons.iter().map(|id| words.reason(id)).collect(),
        written: written.collect(),
        ruled_out,
    }
}

/// `POST /me/reply`.
pub(in crate::pages) async fn reply(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, form }: Posted<Reply>,
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, write(&app, &viewer, form, texts).await)
}

async fn write(
    app: &App,
    viewer: &Viewer,
    form: Reply,
    texts: &'static Texts,
) -> Result<Response, Fault> {
    let directory = app.store.directory().await.map_err(busy)?;
    let officer = own(viewer, &directory)?;
    let handle = hex::decode(&form.rating).map_err(|_| Fault::Missing)?;
    let item = app.store.published_item(officer.id, &handle).await.map_err(busy)?;
    let (rating, key) = item.ok_or(Fault::Missing)?;
    let (_, period) = span_of(&key).ok_or(Fault::Missing)?;
    match forms::checked(&form.text, texts) {
        Ok(text) => {
            let actor = viewer.actor();
            let author = Author { user: viewer.user.id, actor: &actor };
            let now = app.clock.now();
            let noted = app.store.add_note(rating, NoteKind::Reply, author, &text, now);
            noted.await.map_err(busy)?;
            let to = format!("/me?period={period}{}", address::language(texts));
            Ok(Redirect::to(&to).into_response())
        }
        Err(sentence) => {
            let lang = Some(texts.language().to_owned());
            let asked = Asked { lang, period: Some(period.to_string()), ..Asked::default() };
            let reply = Some((form.rating, sentence, form.text));
            page(app, viewer, &asked, Refused { invited: None, reply }).await
        }
    }
}
