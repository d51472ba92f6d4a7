//! One visit as it is read: everything in words.

use super::wording::{level_name, rule_name};
use crate::moments;
use crate::pages::dashboards::dimension::Dimension;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::questionnaire_words::QuestionnaireWords;
use crate::storage::records::Record;
use crate::storage::rows::Directory;
use crate::tables_out::visible;
use protocol::Level;

/// One visit.
pub(super) struct Item {
    /// Where it stands alone.
    pub address: String,
    pub when: String,
    pub level: String,
    /// Class of the level's mark.
    pub mark: &'static str,
    pub counter: String,
    pub officer: String,
    pub department: String,
    /// Where the figures of counter, officer and department are, of those that the reader may see.
    pub figures: [Option<String>; 3],
    /// Procedure and step of the service.
    pub service: String,
    pub reasons: Vec<String>,
    pub aspects: Vec<String>,
    pub comment: Option<String>,
    pub flags: Vec<String>,
    pub dossier: Option<String>,
    pub handled: bool,
    pub ruled_out: bool,
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
        let counter = directory.counter_of(record.counter);
        let officer = directory.officer_of(record.officer);
        let department = directory.department_of(record.department);
        let (scope, figures) = (viewer.scope(), viewer.may(Right::Figures));
        let month = month(app, record.asked_at);
        let link = |dimension: Dimension, code: &str, inside: bool| {
            let path = format!("{}/{}", dimension.path(), address::segment(code));
            (figures && inside).then(|| address::at(&path, &month, "", texts))
        };
        let links = [
            counter.and_then(|one| link(Dimension::Counters, &one.code, scope.has_counter(one))),
            officer.and_then(|one| link(Dimension::Officers, &one.code, scope.has_officer(one))),
            department.and_then(|one| {
                link(Dimension::Departments, &one.code, scope.has_department(one.id))
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
            when: moments::told(record.asked_at, &app.zone, texts),
            level: level_name(record.level, texts),
            mark: if record.is_low() {
                "low"
            } else if record.level.is_satisfied() {
                "good"
            } else {
                "middle"
            },
            counter: counter.map(|one| one.name.clone()).unwrap_or_default(),
            officer: officer.map(|one| one.name.clone()).unwrap_or_default(),
            department: department.map(|one| one.name.clone()).unwrap_or_default(),
            figures: links,
            service: service.join(" · "),
            reasons: record.reasons.iter().map(|id| words.reason(id)).collect(),
            aspects: record.aspects.iter().map(aspect).collect(),
            comment: record.comment.as_deref().map(|text| visible(text).into_owned()),
            flags: record.flags.iter().map(|rule| rule_name(rule, texts)).collect(),
            dossier: record.dossier.clone(),
            handled: record.handled_at.is_some(),
            ruled_out: record.ruled_out_at.is_some(),
        }
    }
}

/// The month whose figures a visit is part of.
fn month(app: &App, at: i64) -> String {
    let day = moments::local(at, &app.zone).date();
    Span::month_of(day, app.centre().policy).to_string()
}
