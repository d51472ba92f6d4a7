//! What the page of a visit sends. All its forms are one, with a button for each thing that can be done:
//! a browser sends all that was typed, and what belongs to another button than the one that was pressed
//! is not lost.

use super::one::{FormState, Refusal, page, path};
use crate::pages::prelude::*;
use crate::storage::records::Record;
use serde::Serialize;
use std::mem::take;

/// What can be done on the page of a visit. Its word names it in addresses, in the names of fields and as
/// the place of what is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VisitAction {
    Note,
    Answer,
    Reply,
    Ruling,
    Decline,
    Redact,
    Propose,
}

impl VisitAction {
    /// Those that are a text alone or a choice beside it, in the order of the page.
    pub const WITH_TEXT: [Self; 5] =
        [Self::Answer, Self::Note, Self::Reply, Self::Ruling, Self::Decline];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Answer => "answer",
            Self::Reply => "reply",
            Self::Ruling => "ruling",
            Self::Decline => "decline",
            Self::Redact => "redact",
            Self::Propose => "propose",
        }
    }
}

/// What was typed and chosen on the page of a visit.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct RecordForm {
    /// The text of the thing that is done, from where there is only one.
    text: String,
    note_text: String,
    answer_text: String,
    reply_text: String,
    ruling_text: String,
    decline_text: String,
    /// Of an answer: `accepted` or `not_accepted`.
    pub answer: String,
    /// Of a ruling: `out` or `in`.
    pub ruling: String,
    /// How often the visit had been ruled on when the page was shown.
    pub ruled: String,
    /// Of a redaction: `part` or `whole`.
    pub extent: String,
    /// The part that goes.
    pub part: String,
    /// Why something is redacted, or is proposed to be.
    pub reason: String,
    /// What was typed as the reason of a proposal.
    pub why: String,
    /// Mark of the comment that the second page of a redaction showed; nothing: the first step.
    pub seen: String,
    /// That the page which asks was answered.
    pub confirmed: String,
}

impl RecordForm {
    /// What was typed for one of the things that can be done: for a redaction, why it is proposed.
    pub fn text_of(&self, action: VisitAction) -> &str {
        match action {
            VisitAction::Note => &self.note_text,
            VisitAction::Answer => &self.answer_text,
            VisitAction::Reply => &self.reply_text,
            VisitAction::Ruling => &self.ruling_text,
            VisitAction::Decline => &self.decline_text,
            VisitAction::Redact | VisitAction::Propose => &self.why,
        }
    }

    fn text_of_mut(&mut self, action: VisitAction) -> &mut String {
        match action {
            VisitAction::Note => &mut self.note_text,
            VisitAction::Answer => &mut self.answer_text,
            VisitAction::Reply => &mut self.reply_text,
            VisitAction::Ruling => &mut self.ruling_text,
            VisitAction::Decline => &mut self.decline_text,
            VisitAction::Redact | VisitAction::Propose => &mut self.why,
        }
    }

    /// Takes a text that came alone as the one of what is done.
    pub fn take_text_for(&mut self, action: VisitAction) {
        let text = take(&mut self.text);
        let own = self.text_of_mut(action);
        if own.is_empty() {
            *own = text;
        }
    }

    /// The fields that say something, for a page that asks first and sends them again.
    pub fn fields(&self) -> Vec<(String, String)> {
        let fields = serde_json::to_value(self).unwrap_or_default();
        let fields = fields.as_object().into_iter().flatten();
        let said = |(name, value): (&String, &serde_json::Value)| {
            let value = value.as_str().filter(|value| !value.is_empty())?;
            Some((name.clone(), value.to_owned()))
        };
        fields.filter_map(said).collect()
    }

    /// The fields of the second step of a redaction, with the mark of what it showed.
    pub fn fields_with(mut self, seen: String) -> Vec<(String, String)> {
        self.seen = seen;
        self.fields()
    }

    /// Takes away what was done with.
    fn clear(&mut self, action: VisitAction) {
        self.text_of_mut(action).clear();
        if matches!(action, VisitAction::Redact | VisitAction::Propose) {
            for field in [&mut self.extent, &mut self.part, &mut self.reason] {
                field.clear();
            }
        }
        self.seen.clear();
        self.confirmed.clear();
    }

    /// Whether nothing was typed.
    fn is_empty(&self) -> bool {
        let texts = VisitAction::WITH_TEXT.map(|action| self.text_of(action));
        let typed = [self.part.as_str(), &self.why];
        texts.into_iter().chain(typed).all(|text| text.trim().is_empty())
    }
}

/// The page of the visit again, with why something was refused.
pub(super) async fn refused(
    context: &Context,
    record: &Record,
    place: &'static str,
    sentence: String,
    sent: RecordForm,
) -> PageResult {
    let refused = Some(Refusal { place, sentence });
    page(context, record, FormState { sent, refused, ..FormState::default() }).await
}

/// After something was done: back to the visit. Where something else was typed, the page itself answers and
/// keeps it; a form that comes again changes nothing.
pub(super) async fn done(
    context: &Context,
    record: &Record,
    action: VisitAction,
    mut sent: RecordForm,
) -> PageResult {
    sent.clear(action);
    if sent.is_empty() {
        return Ok(context.redirect(&path(context, record)));
    }
    let now = context.app.store.record(record.num).await?.ok_or(PageError::Missing)?;
    page(context, &now, FormState { sent, is_kept: true, ..FormState::default() }).await
}
