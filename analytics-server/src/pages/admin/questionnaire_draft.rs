//! The form of the questionnaire's draft: shown, put into another order, saved, dropped. A step or an
//! item is moved by a button that sends the form: what was typed stays, nothing is stored yet, and the
//! focus goes along.

use super::questionnaires::{PATH, all_missing, breadcrumb, missing_lines};
use crate::form_reader::FormValues;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::confirmation::{Confirmation, FIELD, is_confirmed};
use crate::pages::form_errors::FormErrors;
use crate::pages::form_field::{Field, FormFields, is_current};
use crate::pages::forms::mark_of;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use crate::questionnaire::Draft;
use crate::questionnaire::fields::{
    KINDS, STEPS, TEXT_CHARS, TIMES, filled_items, filled_steps, read, rows, typed_of,
};
use crate::questionnaire::order::{FormMove, FormPlace, carry_out, press};
use locales::languages_of;
use protocol::questionnaire::FIRST_LANGUAGE;
use protocol::{Level, Scale};

/// The draft's form.
#[derive(Template)]
#[template(path = "admin/draft.html")]
struct DraftPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    action: String,
    drop: String,
    was: String,
    done: Option<String>,
    errors: FormErrors,
    /// What the form holds was not stored.
    unsaved: bool,
    /// What is missing in which language, and what tablets do then.
    missing: Vec<String>,
    question: Section,
    steps: Vec<StepForm>,
    times: Section,
}

/// A part of the form that is folded away until somebody opens it.
struct Section {
    /// Its place on the page.
    id: String,
    title: String,
    /// What is in it.
    summary: String,
    open: bool,
    fields: Vec<Field>,
}

/// A step's part of the form.
struct StepForm {
    section: Section,
    kind: Field,
    after: Field,
    items: Vec<ItemForm>,
    moves: Vec<Press>,
}

/// A row of items.
struct ItemForm {
    id: Field,
    /// A text per language.
    text: Vec<Field>,
    moves: Vec<Press>,
}

/// A button that moves or removes a step or an item.
struct Press {
    /// What it sends.
    value: String,
    name: String,
    /// Which step or item, for those who hear the button alone.
    of: String,
    focus: bool,
}

/// What the form is made from.
struct DraftForm<'a> {
    context: &'a Context,
    draft: &'a Draft,
    typed: &'a FormValues,
    errors: FormErrors,
    /// The form was sent and what it holds was not stored.
    unsaved: bool,
    /// The mark that the form came with; none: it is made anew.
    was: Option<String>,
    /// What was just moved.
    moved: Option<(FormPlace, FormMove)>,
}

/// `GET /admin/questionnaires/draft`.
pub(super) async fn show(context: Context) -> PageResult {
    let draft = Draft::of(&context.app.store).await?;
    let typed = typed_of(&draft.questionnaire);
    Ok(DraftForm::of(&context, &draft, &typed, FormErrors::default()).page())
}

impl<'a> DraftForm<'a> {
    fn of(
        context: &'a Context,
        draft: &'a Draft,
        typed: &'a FormValues,
        errors: FormErrors,
    ) -> Self {
        Self { context, draft, typed, errors, unsaved: false, was: None, moved: None }
    }

    /// The form as it was sent, which was not stored.
    fn unsaved(
        context: &'a Context,
        draft: &'a Draft,
        typed: &'a FormValues,
        errors: FormErrors,
    ) -> Self {
        Self { unsaved: true, ..Self::of(context, draft, typed, errors) }
    }

    /// Answers with the page.
    fn page(self) -> Response {
        let (context, typed) = (self.context, self.typed);
        let key = |word: &str| format!("admin-ask-{word}");
        let form = FormFields { texts: context.texts, key, typed, errors: &self.errors.fields };
        let count = (filled_steps(typed) + 1).min(STEPS);
        let steps = (0..count).map(|at| self.step(&form, at)).collect();
        let (question, times) = (self.question(&form), self.times(&form));
        let missing = all_missing(context, typed, &self.draft.questionnaire).into_iter();
        let page = DraftPage {
            layout: context.layout(context.text("admin-questionnaire-draft"), PATH),
            breadcrumb: breadcrumb(context),
            action: context.to(PATH),
            drop: context.to(&format!("{PATH}/drop")),
            was: self.was.unwrap_or_else(|| mark_of(&self.draft.questionnaire)),
            done: done_notice(context),
            unsaved: self.unsaved,
            missing: missing.map(|(_, line)| line).collect(),
            question,
            steps,
            times,
            errors: self.errors,
        };
        answer(page.errors.status(), page.render())
    }

    fn question(&self, form: &FormFields<'_>) -> Section {
        let scale = choice(form, "scale", None, &Scale::ALL.map(Scale::name));
        Section {
            id: "question".to_owned(),
            title: self.context.text("admin-ask-question"),
            summary: missing_lines(self.context, self.typed, "question").join(" · "),
            open: true,
            fields: std::iter::once(scale).chain(per_language(form, "question")).collect(),
        }
    }

    fn times(&self, form: &FormFields<'_>) -> Section {
        let time = |name: &str| Field { kind: "number", ..field(form, &format!("time-{name}")) };
        let fields: Vec<Field> = TIMES.map(|(name, ..)| time(name)).into();
        let named = fields.iter().map(|field| format!("{}: {}", field.label, field.value));
        Section {
            id: "times".to_owned(),
            title: self.context.text("admin-ask-times"),
            summary: named.collect::<Vec<_>>().join(" · "),
            open: fields.iter().any(|field| field.error.is_some()),
            fields,
        }
    }

    fn step(&self, form: &FormFields<'_>, at: usize) -> StepForm {
        let (texts, place) = (form.texts, FormPlace::Step(at));
        let level = |level: &Level| {
            let name = level.name();
            (format!("s{at}-after-{name}"), texts.get(&format!("level-{name}")))
        };
        let levels = self.draft.questionnaire.scale.levels();
        let after = Field {
            hint: Some(texts.get("admin-ask-after-hint")),
            ..form.ticks(field(form, &format!("s{at}-after")), levels.iter().map(level))
        };
        let title = texts.with("admin-ask-step", &[("number", &(at + 1).to_string())]);
        let of_step = |(moved, _): (FormPlace, FormMove)| match moved {
            FormPlace::Step(step) | FormPlace::Item(step, _) => step == at,
        };
        let has_error = form.errors.keys().any(|name| name.starts_with(&place.prefix()));
        StepForm {
            section: Section {
                id: format!("step-{}", at + 1),
                summary: self.summary(at),
                open: has_error || self.moved.is_some_and(of_step),
                fields: per_language(form, &format!("s{at}-text")),
                title: title.clone(),
            },
            kind: choice(form, &format!("s{at}-kind"), Some("admin-ask-is-none"), &KINDS),
            after: Field { kind: "levels", ..after },
            items: (0..rows(self.typed, at)).map(|row| self.item(form, at, row)).collect(),
            moves: self.presses(place, filled_steps(self.typed), &title),
        }
    }

    /// What is in a step: its kind, how many items, and what is missing in which language.
    fn summary(&self, at: usize) -> String {
        let texts = self.context.texts;
        let kind = self.typed.get(&format!("s{at}-kind")).map_or("", |kind| kind.trim());
        let known = KINDS.into_iter().find(|known| *known == kind);
        let Some(kind) = known else { return texts.get("admin-ask-is-none") };
        let mut parts = vec![texts.get(&format!("admin-ask-is-{kind}"))];
        if kind != "comment" {
            let count = filled_items(self.typed, at).to_string();
            parts.push(texts.with("admin-ask-count", &[("count", &count)]));
        }
        parts.extend(missing_lines(self.context, self.typed, &FormPlace::Step(at).prefix()));
        parts.join(" · ")
    }

    fn item(&self, form: &FormFields<'_>, at: usize, row: usize) -> ItemForm {
        let place = FormPlace::Item(at, row);
        let prefix = place.prefix();
        let id = field(form, &format!("{prefix}id"));
        let words = self.typed.get(&format!("{prefix}text-{FIRST_LANGUAGE}"));
        let number = (row + 1).to_string();
        let values = [("number", &*number), ("text", words.map_or("", String::as_str))];
        let name = form.texts.with("admin-ask-item", &values);
        ItemForm {
            // Answers are counted by it: it is shown and sent, not typed.
            id: Field { fixed: self.draft.published_ids().contains(id.value.trim()), ..id },
            text: per_language(form, &format!("{prefix}text")),
            moves: self.presses(place, filled_items(self.typed, at), &name),
        }
    }

    /// The buttons of a step or an item, of which so many are filled in.
    fn presses(&self, place: FormPlace, filled: usize, of: &str) -> Vec<Press> {
        let (FormPlace::Step(at) | FormPlace::Item(_, at)) = place;
        let offered = |to: &FormMove| match to {
            FormMove::Up => at > 0,
            FormMove::Down => at + 1 < filled,
            FormMove::Remove => true,
        };
        if at >= filled {
            return Vec::new();
        }
        let offered: Vec<FormMove> = FormMove::ALL.into_iter().filter(offered).collect();
        // The button that was pressed keeps the focus; at the end of its way the one beside it.
        let moved = self.moved.filter(|(moved, _)| *moved == place).map(|(_, to)| to);
        let focused = moved.map(|to| if offered.contains(&to) { to } else { offered[0] });
        let button = |to: FormMove| Press {
            value: press(place, to),
            name: self.context.text(&format!("admin-ask-move-{}", to.word())),
            of: of.to_owned(),
            focus: focused == Some(to),
        };
        offered.iter().copied().map(button).collect()
    }
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

/// What stands behind a part such as `s0-` or `i12-`, where there is one.
fn behind(name: &str, letter: char) -> &str {
    let part = name.split_once('-').filter(|(part, _)| {
        let digits = part.strip_prefix(letter).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    part.map_or(name, |(_, rest)| rest)
}

/// `POST /admin/questionnaires/draft`: stores the draft, and leads on to how it looks where that was
/// asked for; or puts its form into another order.
pub(super) async fn save(
    context: Context,
    CsrfForm(mut typed): CsrfForm<FormValues>,
) -> PageResult {
    let store = &context.app.store;
    let mut draft = Draft::of(store).await?;
    if let Some(word) = typed.remove("move") {
        let (was, to) = (typed.get("was").cloned(), FormMove::of_press(&word));
        let moved = carry_out(&mut typed, &word).zip(to);
        let form = DraftForm::unsaved(&context, &draft, &typed, FormErrors::default());
        return Ok(DraftForm { was, moved, ..form }.page());
    }
    let looks = typed.remove("look").is_some();
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
                return Ok(DraftForm::unsaved(&context, &draft, &typed, errors).page());
            }
        };
        // Looking at what is stored already makes no draft of it.
        let is_kept = looks && read == draft.questionnaire;
        if is_kept || draft.replace(store, &read, &context.viewer.actor(), context.now()).await? {
            return Ok(if looks {
                context.redirect(&format!("{PATH}/view"))
            } else {
                context.done(PATH, "saved")
            });
        }
        draft = Draft::of(store).await?;
    }
    let errors = FormErrors::refusal(context.text("admin-draft-stale"));
    Ok(DraftForm::unsaved(&context, &draft, &typed, errors).page())
}

/// `POST /admin/questionnaires/draft/drop`: back to the newest version, from the draft that was
/// looked at, once it is confirmed.
pub(super) async fn discard(context: Context, CsrfForm(typed): CsrfForm<FormValues>) -> PageResult {
    let store = &context.app.store;
    let mut draft = Draft::of(store).await?;
    if is_current(&typed, "was", &draft.questionnaire) {
        if !is_confirmed(typed.get(FIELD).map_or("", String::as_str)) {
            let question = Confirmation {
                title: context.text("admin-draft-drop-title"),
                effects: vec![context.text("admin-draft-drop-effect")],
                button: context.text("admin-draft-drop"),
                fields: vec![("was".to_owned(), mark_of(&draft.questionnaire))],
                back: PATH.to_owned(),
            };
            return Ok(question.page(&context));
        }
        if draft.discard(store, &context.viewer.actor(), context.now()).await? {
            return Ok(context.done(PATH, "dropped"));
        }
        draft = Draft::of(store).await?;
    }
    let errors = FormErrors::refusal(context.text("admin-drop-stale"));
    let typed = typed_of(&draft.questionnaire);
    Ok(DraftForm::of(&context, &draft, &typed, errors).page())
}
