//! The right of reply: what an officer may write beside a low or flagged rating of theirs, that it was
//! sent and to whom, and how it stands until it is answered.

use super::page::{Refused, own_officer, page};
use super::periods::path;
use crate::centre_time;
use crate::pages::prelude::*;
use crate::publication::officer::{DisputedRating, span_of};
use crate::questionnaire_words::QuestionnaireWords;
use crate::storage::notes::NoteKind;
use crate::visits::notes::{NOTE_CHARS, add_note, note_text};
use crate::visits::wording::{note_name, rule_name, rule_what};
use reports::numbers::Numbers;
use reports::periods::period_name;

/// A reply that was refused.
pub(super) struct RefusedReply {
    /// Handle of the rating.
    pub rating: String,
    pub sentence: String,
    pub typed: String,
}

/// A reply.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ReplyForm {
    /// Handle of the rating.
    rating: String,
    text: String,
}

/// A rating that its officer may reply to.
pub(super) struct ReplyCard {
    pub handle: String,
    pub period: String,
    pub is_low: bool,
    /// Name of each rule that found it, and what the rule finds.
    pub rules: Vec<(String, String)>,
    pub reasons: Vec<String>,
    pub is_ruled_out: bool,
    pub is_replied: bool,
    /// How their reply stands, where there is one.
    pub state: Option<String>,
    /// What was written, and its head.
    pub notes: Vec<(String, String)>,
}

impl ReplyCard {
    fn of(one: &DisputedRating, app: &App, words: &QuestionnaireWords, texts: &Texts) -> Self {
        let seconds = app.centre().repeat_s;
        let rule = |rule: &String| (rule_name(rule, texts), rule_what(rule, seconds, texts));
        let notes = one.notes.iter().map(|note| {
            let when = centre_time::in_sentence(note.at, &app.zone, texts);
            (format!("{} · {when}", note_name(note.kind, texts)), note.text.clone())
        });
        let state = match (one.is_replied(), one.is_answered()) {
            (false, _) => None,
            (true, false) => Some("records-me-reply-waits"),
            (true, true) => Some("records-me-reply-answered"),
        };
        Self {
            handle: one.handle.clone(),
            period: one.period.as_ref().map(|one| period_name(one, texts)).unwrap_or_default(),
            is_low: one.told.low,
            rules: one.told.rules.iter().map(rule).collect(),
            reasons: one.told.reasons.iter().map(|id| words.reason(id)).collect(),
            is_ruled_out: one.is_ruled_out(),
            is_replied: one.is_replied(),
            state: state.map(|key| texts.get(key)),
            notes: notes.collect(),
        }
    }
}

/// All that an officer may reply to in what is shown.
pub(super) struct Replies {
    pub cards: Vec<ReplyCard>,
    /// How many wait for nothing but their wish to reply; none where none does.
    pub open: Option<String>,
    /// Any was flagged, so that it is said what flags are.
    pub are_flagged: bool,
    /// How long a reply may be.
    pub hint: String,
    /// Handle of the rating that was replied to just before.
    pub sent: Option<String>,
    pub refused: Option<RefusedReply>,
}

impl Replies {
    /// In words, what was not replied to first; otherwise the order stays as it was, which tells
    /// nothing. `sent` is the handle that the address names.
    pub fn of(
        context: &Context,
        mut list: Vec<DisputedRating>,
        words: &QuestionnaireWords,
        period: &str,
        sent: Option<&str>,
        refused: Option<RefusedReply>,
    ) -> Self {
        let Context { app, texts, .. } = context;
        list.sort_by_key(DisputedRating::is_replied);
        let cards: Vec<ReplyCard> =
            list.iter().map(|one| ReplyCard::of(one, app, words, texts)).collect();
        let numbers = Numbers::of(texts);
        let open = cards.iter().filter(|card| !card.is_replied).count() as u64;
        let places = [("count", &*numbers.count(open)), ("period", period)];
        let most = numbers.count(NOTE_CHARS as u64);
        let sent = cards.iter().find(|card| card.is_replied && Some(&*card.handle) == sent);
        Self {
            open: (open > 0).then(|| texts.with("records-me-open", &places)),
            are_flagged: cards.iter().any(|card| !card.rules.is_empty()),
            hint: texts.with("records-me-reply-hint", &[("most", &most)]),
            sent: sent.map(|card| card.handle.clone()),
            cards,
            refused,
        }
    }

    /// The reply to a rating, where it was refused.
    pub fn refused_of(&self, handle: &str) -> Option<&RefusedReply> {
        self.refused.as_ref().filter(|refused| refused.rating == handle)
    }

    /// Whether a rating was replied to just before.
    pub fn is_sent(&self, handle: &str) -> bool {
        self.sent.as_deref() == Some(handle)
    }
}

/// A text that may be sent, or the sentence that says why not. That nothing was written is said in
/// words for the officer.
fn reply_text(text: &str, texts: &Texts) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err(texts.get("records-me-reply-empty"));
    }
    note_text(text, texts)
}

/// `POST /me/reply`. The answer stands at the rating and not at the head of a long page.
pub(super) async fn reply(context: Context, CsrfForm(form): CsrfForm<ReplyForm>) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let (_, officer) = own_officer(&context).await?;
    let handle = hex::decode(&form.rating).map_err(|_| PageError::Missing)?;
    let item = app.store.published_item(officer.id, &handle).await?;
    let (rating, key) = item.ok_or(PageError::Missing)?;
    let (_, period) = span_of(&key).ok_or(PageError::Missing)?;
    let period = period.to_string();
    match reply_text(&form.text, texts) {
        Ok(text) => {
            add_note(app, viewer, rating, NoteKind::Reply, &text).await?;
            let handle = hex::encode(handle);
            let to = context.to(&format!("{}&replied={handle}", path(&period)));
            Ok(Redirect::to(&format!("{to}#r-{handle}")).into_response())
        }
        Err(sentence) => {
            let reply = RefusedReply { rating: form.rating, sentence, typed: form.text };
            page(&context, Some(&period), None, Some(Refused::Reply(reply))).await
        }
    }
}
