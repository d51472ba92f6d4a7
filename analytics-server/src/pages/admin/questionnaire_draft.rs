//! The form of the questionnaire's draft: shown, saved, dropped.

use super::questionnaires::{PATH, breadcrumb};
use crate::form_reader::FormValues;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_errors::FormErrors;
use crate::pages::form_field::{Field, FormFields, is_current};
use crate::pages::forms::mark_of;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use crate::questionnaire::Draft;
use crate::questionnaire::fields::{KINDS, STEPS, TEXT_CHARS, TIMES, read, rows, typed_of};
use locales::languages_of;
use protocol::questionnaire::Questionnaire;
use protocol::{Level, Scale};

/// The draft's form.
#[derive(Template)]
#[template(path = "admin/draft.html")]
struct DraftPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    action: String,
    view: String,
    was: String,
    done: Option<String>,
    errors: FormErrors,
    question: Vec<Field>,
    steps: Vec<StepForm>,
    times: Vec<Field>,
}

/// A step's part of the form.
struct StepForm {
    title: String,
    kind: Field,
    text: Vec<Field>,
    after: Field,
    /// Rows of items, each an id and a text per language.
    items: Vec<Vec<Field>>,
}

/// `GET /admin/questionnaires/draft`.
pub(super) async fn show(context: Context) -> PageResult {
    let draft = Draft::of(&context.app.store).await?.questionnaire;
    Ok(page(&context, &draft, &typed_of(&draft), FormErrors::default()))
}

fn page(
    context: &Context,
    draft: &Questionnaire,
    typed: &FormValues,
    errors: FormErrors,
) -> Response {
    let texts = context.texts;
    let key = |word: &str| format!("admin-ask-{word}");
    let form = FormFields { texts, key, typed, errors: &errors.fields };
    let scale = choice(&form, "scale", None, &Scale::ALL.map(Scale::name));
    let time = |name: &str| Field { kind: "number", ..field(&form, &format!("time-{name}")) };
    let count = (draft.steps.len() + 1).min(STEPS);
    let page = DraftPage {
        layout: context.layout(context.text("admin-questionnaire-draft"), PATH),
        breadcrumb: breadcrumb(context),
        action: context.to(PATH),
        view: context.to(&format!("{PATH}/view")),
        was: mark_of(draft),
        done: done_notice(context),
        question: std::iter::once(scale).chain(per_language(&form, "question")).collect(),
        steps: (0..count).map(|at| step(&form, at, draft)).collect(),
        times: TIMES.map(|(name, ..)| time(name)).into(),
        errors,
    };
    answer(page.errors.status(), page.render())
}

/// A field; its label is that of its last words: `s0-i1-text-vi` is a text in Vietnamese.
fn field(form: &FormFields<'_>, name: &str) -> Field {
    form.labelled(name, behind(behind(name, 's'), 'i'), TEXT_CHARS)
}

fn per_language(form: &FormFields<'_>, name: &str) -> Vec<Field> {
    languages_of("tablet").map(|code| field(form, &format!("{name}-{code}"))).collect()
}

fn choice(form: &FormFields<'_>, name: &str, none: Option<&str>, words: &[&str]) -> Field {
    form.choose(field(form, name), none, words, |word| format!("admin-ask-is-{word}"))
}

fn step(form: &FormFields<'_>, at: usize, draft: &Questionnaire) -> StepForm {
    let texts = form.texts;
    let level = |level: &Level| {
        let name = level.name();
        (format!("s{at}-after-{name}"), texts.get(&format!("level-{name}")))
    };
    let after = Field {
        hint: Some(texts.get("admin-ask-after-hint")),
        ..form.ticks(field(form, &format!("s{at}-after")), draft.scale.levels().iter().map(level))
    };
    let item = |row: usize| {
        let id = field(form, &format!("s{at}-i{row}-id"));
        let words = per_language(form, &format!("s{at}-i{row}-text"));
        std::iter::once(id).chain(words).collect()
    };
    StepForm {
        title: texts.with("admin-ask-step", &[("number", &(at + 1).to_string())]),
        kind: choice(form, &format!("s{at}-kind"), Some("admin-ask-is-none"), &KINDS),
        text: per_language(form, &format!("s{at}-text")),
        after: Field { kind: "levels", ..after },
        items: (0..rows(draft.steps.get(at))).map(item).collect(),
    }
}

/// What stands behind a part such as `s0-` or `i12-`, where there is one.
fn behind(name: &str, letter: char) -> &str {
    let part = name.split_once('-').filter(|(part, _)| {
        let digits = part.strip_prefix(letter).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    part.map_or(name, |(_, rest)| rest)
}

/// `POST /admin/questionnaires/draft`.
pub(super) async fn save(context: Context, CsrfForm(typed): CsrfForm<FormValues>) -> PageResult {
    let store = &context.app.store;
    let mut draft = Draft::of(store).await?;
    if is_current(&typed, "was", &draft.questionnaire) {
        let read = match read(&typed, &draft.questionnaire, context.texts) {
            Ok(read) => read,
            Err(errors) => {
                let mut errors = FormErrors::of_fields(&context, errors);
                // What no field shows: too many items over all steps.
                if let (Some(refusal), Some(more)) =
                    (&mut errors.refusal, errors.fields.get("steps"))
                {
                    *refusal = format!("{refusal} {more}");
                }
                return Ok(page(&context, &draft.questionnaire, &typed, errors));
            }
        };
        if draft.replace(store, &read, &context.viewer.actor(), context.now()).await? {
            return Ok(context.done(PATH, "saved"));
        }
        draft = Draft::of(store).await?;
    }
    let errors = FormErrors::refusal(context.text("admin-draft-stale"));
    Ok(page(&context, &draft.questionnaire, &typed, errors))
}

/// `POST /admin/questionnaires/draft/drop`: back to the newest version, from the draft that was
/// looked at.
pub(super) async fn discard(context: Context, CsrfForm(typed): CsrfForm<FormValues>) -> PageResult {
    let store = &context.app.store;
    let mut draft = Draft::of(store).await?;
    if is_current(&typed, "was", &draft.questionnaire) {
        if draft.discard(store, &context.viewer.actor(), context.now()).await? {
            return Ok(context.done(PATH, "saved"));
        }
        draft = Draft::of(store).await?;
    }
    let draft = draft.questionnaire;
    let errors = FormErrors::refusal(context.text("admin-drop-stale"));
    Ok(page(&context, &draft, &typed_of(&draft), errors))
}
