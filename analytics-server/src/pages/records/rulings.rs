//! What may be ruled about a rating as it stands, and whether a form that rules was shown with what stands
//! now: who leafs back finds an old form, which offers the opposite of what was ruled just before.

use crate::centre_time;
use crate::pages::prelude::*;
use crate::storage::notes::{Note, NoteKind};
use crate::storage::records::Record;

/// How a rating stands, as far as rulings go.
pub(super) struct Rulings<'a> {
    is_ruled_out: bool,
    is_flagged: bool,
    /// In the order in which they were written.
    all: Vec<&'a Note>,
}

/// What becomes of a ruling that a form sends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome<'a> {
    /// It is to be written.
    New,
    /// The same form came again: it is written.
    Again,
    /// The rating is ruled so already, in other words.
    Already,
    /// Somebody ruled since the form was shown: the last ruling.
    Stale(&'a Note),
}

/// The ruling that a form's word means.
pub(super) fn ruling_of(word: &str) -> Option<NoteKind> {
    match word {
        "out" => Some(NoteKind::RuledOut),
        "in" => Some(NoteKind::RuledIn),
        _ => None,
    }
}

impl<'a> Rulings<'a> {
    /// The rulings among the notes beside a rating.
    pub fn of(record: &Record, notes: &'a [Note]) -> Self {
        let is_ruling = |note: &&Note| note.kind.is_ruling();
        Self {
            is_ruled_out: record.ruled_out_at.is_some(),
            is_flagged: !record.flags.is_empty(),
            all: notes.iter().filter(is_ruling).collect(),
        }
    }

    /// How often it was ruled on. A form carries this, so that it is known whether it is still so.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The last one.
    pub fn last(&self) -> Option<&'a Note> {
        self.all.last().copied()
    }

    /// Whether it is flagged and somebody ruled that it counts.
    pub fn is_examined(&self) -> bool {
        self.is_flagged && !self.is_ruled_out && !self.all.is_empty()
    }

    /// The rulings that change anything: the word of each in a form, and the key of its name.
    pub fn offered(&self) -> Vec<(&'static str, &'static str)> {
        if self.is_ruled_out {
            return vec![("in", "records-ruling-in")];
        }
        let mut offered = vec![("out", "records-ruling-out")];
        if self.is_flagged && !self.is_examined() {
            offered.push(("in", "records-ruling-keep"));
        }
        offered
    }

    /// Whether it is ruled so.
    fn is_so(&self, kind: NoteKind) -> bool {
        match kind {
            NoteKind::RuledOut => self.is_ruled_out,
            _ => !self.is_ruled_out && (!self.is_flagged || self.is_examined()),
        }
    }

    /// What becomes of a ruling by somebody, whose form was shown after so many rulings; none: the form
    /// does not say.
    pub fn outcome(
        &self,
        kind: NoteKind,
        (user, text): (i64, &str),
        shown: Option<usize>,
    ) -> Outcome<'a> {
        match self.last() {
            Some(last) if last.kind == kind && last.user == user && last.text == text => {
                Outcome::Again
            }
            Some(last) if shown.is_some_and(|shown| shown != self.count()) => Outcome::Stale(last),
            _ if self.is_so(kind) => Outcome::Already,
            _ => Outcome::New,
        }
    }
}

/// Why a ruling on one rating is not taken; none: it is.
pub(super) fn refusal(
    context: &Context,
    record: &Record,
    notes: &[Note],
    (kind, text): (NoteKind, &str),
    shown: Option<usize>,
) -> Option<String> {
    match Rulings::of(record, notes).outcome(kind, (context.viewer.user.id, text), shown) {
        Outcome::New | Outcome::Again => None,
        Outcome::Already => Some(context.text("records-refused-ruled-already")),
        Outcome::Stale(last) => Some(stale_sentence(context, record, last)),
    }
}

/// The sentence of a form that was shown before the last ruling.
pub(super) fn stale_sentence(context: &Context, record: &Record, last: &Note) -> String {
    let places = [
        ("moment", &*context.moment(Some(record.asked_at))),
        ("when", &*centre_time::in_sentence(last.at, &context.app.zone, context.texts)),
        ("name", &*last.name),
    ];
    context.texts.with("records-refused-ruled", &places)
}
