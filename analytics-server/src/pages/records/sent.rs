//! What the page of a visit sends. All its forms are one, with a button for each thing that can be done:
//! a browser sends all that was typed, and what belongs to another button than the one that was pressed
//! is not lost.

use super::one::{Refusal, Shown, page, path};
use crate::pages::prelude::*;
use crate::storage::records::Record;
use serde::Serialize;
use std::mem::take;

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
    /// What was typed for one of the things that can be done.
    pub fn text_of(&self, what: &str) -> &str {
        match what {
            "answer" => &self.answer_text,
            "reply" => &self.reply_text,
            "ruling" => &self.ruling_text,
            "decline" => &self.decline_text,
            _ => &self.note_text,
        }
    }

    /// The place of that text.
    fn place_of(&mut self, what: &str) -> &mut String {
        match what {
            "answer" => &mut self.answer_text,
            "reply" => &mut self.reply_text,
            "ruling" => &mut self.ruling_text,
            "decline" => &mut self.decline_text,
            _ => &mut self.note_text,
        }
    }

    /// Puts a text that came alone where it belongs.
    pub fn belongs_to(&mut self, what: &str) {
        let text = take(&mut self.text);
        let place = self.place_of(what);
        if place.is_empty() {
            *place = text;
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
    fn clear(&mut self, what: &str) {
        match what {
            "redact" | "propose" => {
                for field in [&mut self.extent, &mut self.part, &mut self.reason, &mut self.why] {
                    field.clear();
                }
            }
            _ => self.place_of(what).clear(),
        }
        self.seen.clear();
        self.confirmed.clear();
    }

    /// Whether nothing was typed.
    fn is_empty(&self) -> bool {
        let texts = ["note", "answer", "reply", "ruling", "decline"].map(|what| self.text_of(what));
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
    page(context, record, Shown { sent, refused, ..Shown::default() }).await
}

/// After something was done: back to the visit. Where something else was typed, the page itself answers and
/// keeps it; a form that comes again changes nothing.
pub(super) async fn done(
    context: &Context,
    record: &Record,
    what: &str,
    mut sent: RecordForm,
) -> PageResult {
    sent.clear(what);
    if sent.is_empty() {
        return Ok(context.redirect(&path(context, record)));
    }
    let now = context.app.store.record(record.num).await?.ok_or(PageError::Missing)?;
    page(context, &now, Shown { sent, is_kept: true, ..Shown::default() }).await
}
