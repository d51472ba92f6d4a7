//! One visit as it is read: everything in words.

use crate::centre_time;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::questionnaire_words::QuestionnaireWords;
use crate::stats::groups::Dimension;
use crate::storage::records::Record;
use crate::storage::rows::Directory;
use crate::table_files::visible;
use crate::visits::wording::{level_name, rule_name};
use protocol::Level;

/// The class with which the style sheet marks a rating's level.
pub(super) fn level_class(record: &Record) -> &'static str {
    if record.is_low() {
        "low"
    } else if record.level.is_satisfied() {
        "good"
    } else {
        "middle"
    }
}

/// One visit.
pub(super) struct Item {
    /// Where it stands alone.
    pub address: String,
    /// Its id, as exports have it.
    pub id: String,
    pub when: String,
    pub level: String,
    /// Class of the level's mark.
    pub mark: &'static str,
    /// Counter, officer and department.
    pub places: [Place; 3],
    /// Procedure and step of the service.
    pub service: String,
    pub reasons: Vec<String>,
    pub aspects: Vec<String>,
    pub comment: Option<String>,
    pub flags: Vec<String>,
    pub dossier: Option<String>,
    pub handled: bool,
    pub ruled_out: bool,
    /// Whether a reply waits for an answer; set where its notes are known.
    pub has_waiting_reply: bool,
}

/// A counter, an officer or a department.
#[derive(Default)]
pub(super) struct Place {
    pub name: String,
    /// Where its figures are, for who may see them.
    pub figures: Option<String>,
}

impl Item {
    /// The visit in words. `directory` is the whole one: who may see a visit may read who served.
    pub fn of(
        context: &Context,
        record: &Record,
        directory: &Directory,
        words: &QuestionnaireWords,
    ) -> Self {
        let Context { app, viewer, texts, .. } = context;
        let (scope, figures) = (viewer.scope(), viewer.may(Permission::Figures));
        let day = centre_time::local(record.asked_at, &app.zone).date();
        let month = Span::month_of(day, app.centre().policy).to_string();
        let place = |dimension: Dimension, code: &str, name: &str, inside: bool| {
            let path = format!("/{}/{}", dimension.word(), address::segment(code));
            let figures = (figures && inside).then(|| address::at(&path, &month, "", texts));
            Place { name: name.to_owned(), figures }
        };
        let places = [
            directory.counter_of(record.counter).map(|one| {
                place(Dimension::Counters, &one.code, &one.name, scope.has_counter(one))
            }),
            directory.officer_of(record.officer).map(|one| {
                place(Dimension::Officers, &one.code, &one.name, scope.has_officer(one))
            }),
            directory.department_of(record.department).map(|one| {
                place(Dimension::Departments, &one.code, &one.name, scope.has_department(one.id))
            }),
        ];
        let procedure = directory.procedures.iter().find(|one| Some(one.id) == record.procedure);
        let stage = record.stage.map(|stage| texts.get(&format!("stage-{}", stage.name())));
        let service: Vec<String> =
            procedure.map(|one| one.name.clone()).into_iter().chain(stage).collect();
        let aspect = |(id, level): (&String, &Level)| {
            format!("{}: {}", words.aspect(id), level_name(*level, texts).to_lowercase())
        };
        Self {
            address: context.to(&format!("/records/{}", record.num)),
            id: record.id.to_string(),
            when: centre_time::in_sentence(record.asked_at, &app.zone, texts),
            level: level_name(record.level, texts),
            mark: level_class(record),
            places: places.map(Option::unwrap_or_default),
            service: service.join(" · "),
            reasons: record.reasons.iter().map(|id| words.reason(id)).collect(),
            aspects: record.aspects.iter().map(aspect).collect(),
            comment: record.comment.as_deref().map(|text| visible(text).into_owned()),
            flags: record.flags.iter().map(|rule| rule_name(rule, texts)).collect(),
            dossier: record.dossier.clone(),
            handled: record.handled_at.is_some(),
            ruled_out: record.ruled_out_at.is_some(),
            has_waiting_reply: false,
        }
    }
}
