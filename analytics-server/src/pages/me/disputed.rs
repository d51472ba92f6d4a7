//! What an officer may reply to: their low or flagged ratings. They need to know that there is one,
//! and nothing that names who gave it: it comes with the step that counts it, under a random
//! handle, with its reasons and the period alone. Neither day, stage, level, counter, dossier nor
//! the citizen's words; and a ruling is told with the next step.

use crate::moments;
use crate::pages::prelude::*;
use crate::pages::records::wording::rule_name;
use crate::period::{Policy, Span};
use crate::publication::Disputed;
use crate::questionnaire_words::QuestionnaireWords;
use crate::storage::notes::{Note, NoteKind};
use crate::storage::published::{ItemKind, PublishedItem};
use crate::storage::rows::Officer;
use reports::periods::period_name;

/// A rating that may be answered.
pub(super) struct DisputedRating {
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

/// The policy and the span of a stored period.
pub(super) fn span_of(key: &str) -> Option<(Policy, Span)> {
    let (policy, span) = key.split_once(' ')?;
    Some((policy.parse().ok()?, span.parse().ok()?))
}

/// What may be answered of some periods, in the order of the handles, which tells nothing.
pub(super) async fn disputed(
    context: &Context,
    officer: &Officer,
    keys: &[String],
) -> PageResult<Vec<DisputedRating>> {
    let Context { app, viewer, texts, .. } = context;
    let words = app.questionnaire_words(texts).await?;
    // A ruling between two steps would say which rating came between.
    let settled = app.store.last_published(officer.id).await?.unwrap_or(i64::MIN);
    let mut list = Vec::new();
    for key in keys {
        let items = app.store.published_items(officer.id, key, ItemKind::Disputed).await?;
        let nums: Vec<i64> = items.iter().map(|item| item.rating).collect();
        let mut notes = app.store.notes_of(&nums).await?;
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
            list.push(rating(context, &item, own.collect(), when, &words));
        }
    }
    Ok(list)
}

fn rating(
    context: &Context,
    item: &PublishedItem,
    notes: Vec<Note>,
    when: String,
    words: &QuestionnaireWords,
) -> DisputedRating {
    let Context { app, texts, .. } = context;
    let published: Disputed = serde_json::from_str(&item.told).unwrap_or_default();
    let last = notes.iter().rev().map(|note| note.kind).find(|kind| *kind != NoteKind::Reply);
    let written = notes.into_iter().map(|note| {
        let what = texts.get(&format!("records-note-{}", note.kind.word()));
        (what, moments::told(note.at, &app.zone, texts), note.text)
    });
    let low = published.low.then(|| texts.get("records-me-low"));
    let rules = published.rules.iter().map(|rule| rule_name(rule, texts));
    DisputedRating {
        id: hex::encode(&item.handle),
        when,
        why: low.into_iter().chain(rules).collect(),
        reasons: published.reasons.iter().map(|id| words.reason(id)).collect(),
        written: written.collect(),
        ruled_out: last == Some(NoteKind::RuledOut),
    }
}
