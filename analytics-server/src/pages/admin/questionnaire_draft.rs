//! The form of the questionnaire's draft: shown, saved, dropped.

use super::questionnaire_form::{KINDS, STEPS, TEXT_CHARS, TIMES, read, rows, typed_of};
use super::questionnaires::{PATH, breadcrumb, store_draft, stored_draft};
use crate::import::fields::Typed;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_field::{Choice, Field, FieldErrors, FieldValues, is_current};
use crate::pages::forms::mark_of;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use crate::storage::questionnaires::NO_DRAFT;
use locales::languages_of;
use protocol::Scale;
use protocol::questionnaire::Questionnaire;

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
    refusal: Option<String>,
    question: Vec<Field>,
    steps: Vec<StepForm>,
    times: Vec<Field>,
}

/// A step's part of the form.
struct StepForm {
    title: String,
    kind: Field,
    text: Vec<Field>,
    after: Vec<Choice>,
    /// Rows of items, each an id and a text per language.
    items: Vec<Vec<Field>>,
}

/// `GET /admin/questionnaires/draft`.
pub(super) async fn show(context: Context) -> PageResult {
    let (draft, _) = stored_draft(&context).await?;
    Ok(page(&context, &draft, &typed_of(&draft), &FieldErrors::new(), None))
}

/// The draft's form; `refusal` is the key of why it was not taken.
fn page(
    context: &Context,
    draft: &Questionnaire,
    typed: &Typed,
    errors: &FieldErrors,
    refusal: Option<&str>,
) -> Response {
    let parts = Parts(FieldValues { context, typed, errors });
    let mut question = vec![parts.choice("scale", &Scale::ALL.map(Scale::name), None)];
    question.extend(parts.texts("question"));
    let times =
        TIMES.map(|(name, ..)| Field { kind: "number", ..parts.field(&format!("time-{name}")) });
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let count = (draft.steps.len() + 1).min(STEPS);
    let page = DraftPage {
        layout: context.layout(context.text("admin-questionnaire-draft"), PATH),
        breadcrumb: breadcrumb(context),
        action: context.to(PATH),
        view: context.to(&format!("{PATH}/view")),
        was: mark_of(draft),
        done: done_notice(context),
        refusal: refusal.map(|key| match errors.get("steps") {
            Some(more) => format!("{} {more}", context.text(key)),
            None => context.text(key),
        }),
        question,
        steps: (0..count).map(|at| parts.step(at, draft)).collect(),
        times: times.into(),
    };
    answer(status, page.render())
}

/// Makes the parts of the draft's form.
struct Parts<'a>(FieldValues<'a>);

impl Parts<'_> {
    /// A field; its label is that of its last words: `s0-i1-text-vi` is a text in Vietnamese.
    fn field(&self, name: &str) -> Field {
        let label = behind(behind(name, 's'), 'i');
        self.0.line(name, &format!("admin-ask-{label}"), TEXT_CHARS)
    }

    fn texts(&self, name: &str) -> Vec<Field> {
        languages_of("tablet").map(|code| self.field(&format!("{name}-{code}"))).collect()
    }

    fn choice(&self, name: &str, words: &[&str], none: Option<&str>) -> Field {
        let field = self.field(name);
        let one = |word: &str, key: String| Choice {
            value: word.to_owned(),
            name: self.0.context.text(&key),
            chosen: field.value == word,
        };
        let first = none.map(|key| one("", key.to_owned()));
        let others = words.iter().map(|word| one(word, format!("admin-ask-is-{word}")));
        let choices = first.into_iter().chain(others).collect();
        Field { choices, ..field }
    }

    fn step(&self, at: usize, draft: &Questionnaire) -> StepForm {
        let context = self.0.context;
        let levels = draft.scale.levels().iter().map(|level| {
            let label = context.text(&format!("level-{}", level.name()));
            self.0.tick(format!("s{at}-after-{}", level.name()), label)
        });
        let items = (0..rows(draft.steps.get(at))).map(|row| {
            let mut fields = vec![self.field(&format!("s{at}-i{row}-id"))];
            fields.extend(self.texts(&format!("s{at}-i{row}-text")));
            fields
        });
        let number = (at + 1).to_string();
        StepForm {
            title: context.texts.with("admin-ask-step", &[("number", &number)]),
            kind: self.choice(&format!("s{at}-kind"), &KINDS, Some("admin-ask-is-none")),
            text: self.texts(&format!("s{at}-text")),
            after: levels.collect(),
            items: items.collect(),
        }
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
pub(super) async fn save(context: Context, CsrfForm(typed): CsrfForm<Typed>) -> PageResult {
    let (mut draft, was) = stored_draft(&context).await?;
    if is_current(&typed, "was", &draft) {
        let read = match read(&typed, &draft, context.texts) {
            Ok(read) => read,
            Err(errors) => {
                let refusal = Some("admin-fault-form");
                return Ok(page(&context, &draft, &typed, &errors, refusal));
            }
        };
        let json = serde_json::to_string(&read).unwrap_or_default();
        if store_draft(&context, was.as_deref(), &json).await? {
            return Ok(context.done(PATH, "saved"));
        }
        draft = stored_draft(&context).await?.0;
    }
    let refusal = Some("admin-draft-stale");
    Ok(page(&context, &draft, &typed, &FieldErrors::new(), refusal))
}

/// `POST /admin/questionnaires/draft/drop`: back to the newest version, from the draft that was
/// looked at.
pub(super) async fn discard(context: Context, CsrfForm(typed): CsrfForm<Typed>) -> PageResult {
    let (mut draft, was) = stored_draft(&context).await?;
    if is_current(&typed, "was", &draft) {
        if store_draft(&context, was.as_deref(), NO_DRAFT).await? {
            return Ok(context.done(PATH, "saved"));
        }
        draft = stored_draft(&context).await?.0;
    }
    let refusal = Some("admin-drop-stale");
    Ok(page(&context, &draft, &typed_of(&draft), &FieldErrors::new(), refusal))
}
