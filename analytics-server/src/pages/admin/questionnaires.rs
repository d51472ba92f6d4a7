//! Questionnaires: the versions, a draft that is edited by a plain form, how each looks on a tablet,
//! and the press that publishes one. A published version never changes.

use super::asked::{Faults, KINDS, STEPS, TEXT_CHARS, TIMES, read, rows, typed_of};
use super::desk::{Desk, Stop};
use super::form::Field;
use super::likeness::{self, Glass};
use super::list::{Choice, done_of};
use super::nouns::Typed;
use crate::pages::accounts::subject;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, mark_of};
use crate::pages::shell::{Shell, answer};
use crate::storage::questionnaires::{DRAFT, NO_DRAFT};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use locales::languages_of;
use protocol::Scale;
use protocol::questionnaire::Questionnaire;

/// Where the draft is.
pub(super) const PATH: &str = "/admin/questionnaires/draft";

/// The list.
#[derive(Template)]
#[template(path = "admin/questionnaires.html")]
struct ListPage {
    shell: Shell,
    admin: String,
    done: Option<String>,
    draft: String,
    upload: String,
    refusal: Option<String>,
    /// Number, moment, actor, question, address.
    versions: Vec<(String, String, String, String, String)>,
}

/// One version, or the draft as it would look.
#[derive(Template)]
#[template(path = "admin/questionnaire.html")]
struct ViewPage {
    shell: Shell,
    trail: (String, String, String),
    glasses: Vec<Glass>,
    /// A version as a file.
    file: Option<String>,
    /// Languages of the tablet: name, address, whether it is shown.
    languages: Vec<(String, String, bool)>,
    /// What publishing the draft needs: address and the mark of what is shown.
    publish: Option<(String, String)>,
    edit: Option<String>,
    refusal: Option<String>,
}

/// The draft's form.
#[derive(Template)]
#[template(path = "admin/draft.html")]
struct DraftPage {
    shell: Shell,
    trail: (String, String, String),
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

fn trail(desk: &Desk) -> (String, String, String) {
    let list = desk.to("/admin/questionnaires");
    (desk.to("/admin"), list, desk.say("admin-questionnaires"))
}

/// The draft, or the newest version where there is none.
async fn draft_of(desk: &Desk) -> Result<Questionnaire, Stop> {
    Ok(stored_draft(desk).await?.0)
}

/// The same, and what is stored of it.
pub(super) async fn stored_draft(desk: &Desk) -> Result<(Questionnaire, Option<String>), Stop> {
    let stored = desk.app.store.setting(DRAFT).await?;
    if let Some(draft) = stored.as_deref().and_then(|json| serde_json::from_str(json).ok()) {
        return Ok((draft, stored));
    }
    let newest = desk.app.store.questionnaire(None).await?.ok_or(Fault::Missing)?;
    Ok((newest.questionnaire, stored))
}

/// `GET /admin/questionnaires`.
pub(super) async fn list(desk: Desk) -> Response {
    let shown = list_page(&desk, None).await;
    desk.answer(shown)
}

/// The list, also after a file was refused.
pub(super) async fn list_page(desk: &Desk, refusal: Option<String>) -> Result<Response, Stop> {
    let versions = desk.app.store.questionnaires().await?;
    let versions = versions.iter().rev().map(|one| {
        let version = one.questionnaire.version.to_string();
        let question = &one.questionnaire.question;
        let question = question.get(desk.texts.language()).or_else(|| question.get("vi"));
        (
            version.clone(),
            desk.moment(Some(one.at)),
            subject(desk.texts, &one.actor),
            question.cloned().unwrap_or_default(),
            desk.to(&format!("/admin/questionnaires/{version}")),
        )
    });
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = ListPage {
        shell: desk.shell(desk.say("admin-questionnaires"), "/admin/questionnaires"),
        admin: desk.to("/admin"),
        done: done_of(desk),
        draft: desk.to(PATH),
        upload: desk.to(&format!("{PATH}/upload")),
        refusal,
        versions: versions.collect(),
    };
    Ok(answer(status, page.render()))
}

/// `GET /admin/questionnaires/{version}`.
pub(super) async fn version(desk: Desk, Path(version): Path<String>) -> Response {
    let shown = async {
        let number: u32 = version.parse().ok().filter(|one| *one > 0).ok_or(Fault::Missing)?;
        let found = desk.app.store.questionnaire(Some(number)).await?.ok_or(Fault::Missing)?;
        let title = desk.texts.with("admin-questionnaire-version", &[("version", &version)]);
        Ok(view(&desk, title, &version, &found.questionnaire, None, None))
    };
    desk.answer(shown.await)
}

/// `GET /admin/questionnaires/draft/view`.
pub(super) async fn look(desk: Desk) -> Response {
    let shown = async {
        let draft = draft_of(&desk).await?;
        Ok(view_draft(&desk, &draft, None))
    };
    desk.answer(shown.await)
}

fn view_draft(desk: &Desk, draft: &Questionnaire, refusal: Option<String>) -> Response {
    let publish = (desk.to("/admin/questionnaires/draft/publish"), mark_of(draft));
    let title = desk.say("admin-questionnaire-look");
    view(desk, title, "draft/view", draft, Some(publish), refusal)
}

fn view(
    desk: &Desk,
    title: String,
    place: &str,
    one: &Questionnaire,
    publish: Option<(String, String)>,
    refusal: Option<String>,
) -> Response {
    let path = format!("/admin/questionnaires/{place}");
    let language = likeness::language(&desk.uri);
    let languages = languages_of("tablet").map(|code| {
        let name = desk.say(&format!("admin-centre-notice-{code}"));
        (name, desk.to(&format!("{path}?in={code}")), code == language)
    });
    let status = if refusal.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let page = ViewPage {
        shell: desk.shell(title, &path),
        trail: trail(desk),
        glasses: likeness::glasses(one, language, &desk.app.centre()),
        languages: languages.collect(),
        edit: publish.is_some().then(|| desk.to(PATH)),
        file: publish.is_none().then(|| format!("{path}/download")),
        publish,
        refusal,
    };
    answer(status, page.render())
}

/// `GET /admin/questionnaires/draft`.
pub(super) async fn edit(desk: Desk) -> Response {
    let shown = async {
        let draft = draft_of(&desk).await?;
        Ok(form(&desk, &draft, &typed_of(&draft), &Faults::new(), None))
    };
    desk.answer(shown.await)
}

fn form(
    desk: &Desk,
    draft: &Questionnaire,
    typed: &Typed,
    faults: &Faults,
    refusal: Option<String>,
) -> Response {
    let parts = Parts { desk, typed, faults };
    let mut question = vec![parts.choice("scale", &Scale::ALL.map(Scale::name), None)];
    question.extend(parts.texts("question"));
    let times = TIMES.map(|(name, ..)| parts.field(&format!("time-{name}"), "number"));
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let count = (draft.steps.len() + 1).min(STEPS);
    let page = DraftPage {
        shell: desk.shell(desk.say("admin-questionnaire-draft"), PATH),
        trail: trail(desk),
        action: desk.to(PATH),
        view: desk.to("/admin/questionnaires/draft/view"),
        was: mark_of(draft),
        done: done_of(desk),
        refusal: refusal.map(|said| match faults.get("steps") {
            Some(more) => format!("{said} {more}"),
            None => said,
        }),
        question,
        steps: (0..count).map(|at| parts.step(at, draft)).collect(),
        times: times.into(),
    };
    answer(status, page.render())
}

struct Parts<'a> {
    desk: &'a Desk,
    typed: &'a Typed,
    faults: &'a Faults,
}

impl Parts<'_> {
    fn value(&self, name: &str) -> String {
        self.typed.get(name).cloned().unwrap_or_default()
    }

    /// A field; its label is that of its last words: `s0-i1-text-vi` is a text in Vietnamese.
    fn field(&self, name: &str, kind: &'static str) -> Field {
        let label = behind(behind(name, 's'), 'i');
        Field {
            name: name.to_owned(),
            label: self.desk.say(&format!("admin-ask-{label}")),
            hint: None,
            value: self.value(name),
            kind,
            limit: TEXT_CHARS,
            choices: Vec::new(),
            fault: self.faults.get(name).cloned(),
            fixed: false,
        }
    }

    fn texts(&self, name: &str) -> Vec<Field> {
        languages_of("tablet").map(|code| self.field(&format!("{name}-{code}"), "text")).collect()
    }

    fn choice(&self, name: &str, words: &[&str], none: Option<&str>) -> Field {
        let field = self.field(name, "text");
        let one = |word: &str, key: String| Choice {
            value: word.to_owned(),
            name: self.desk.say(&key),
            chosen: field.value == word,
        };
        let first = none.map(|key| one("", key.to_owned()));
        let others = words.iter().map(|word| one(word, format!("admin-ask-is-{word}")));
        let choices = first.into_iter().chain(others).collect();
        Field { choices, ..field }
    }

    fn step(&self, at: usize, draft: &Questionnaire) -> StepForm {
        let number = (at + 1).to_string();
        let levels = draft.scale.levels().iter().map(|level| {
            let name = format!("s{at}-after-{}", level.name());
            Choice {
                chosen: self.value(&name) == "yes",
                name: self.desk.say(&format!("level-{}", level.name())),
                value: name,
            }
        });
        let items = (0..rows(draft.steps.get(at))).map(|row| {
            let name = format!("s{at}-i{row}");
            let mut fields = vec![self.field(&format!("{name}-id"), "text")];
            fields.extend(self.texts(&format!("{name}-text")));
            fields
        });
        StepForm {
            title: self.desk.texts.with("admin-ask-step", &[("number", &number)]),
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
pub(super) async fn save(desk: Desk, posted: Posted<Typed>) -> Response {
    let saved = async {
        let (draft, was) = stored_draft(&desk).await?;
        let typed = &posted.form;
        let stale = |draft: &Questionnaire| {
            form(&desk, draft, typed, &Faults::new(), Some(desk.say("admin-draft-stale")))
        };
        if typed.get("was") != Some(&mark_of(&draft)) {
            return Ok(stale(&draft));
        }
        let read = match read(typed, &draft, desk.texts) {
            Ok(read) => read,
            Err(faults) => {
                let refusal = Some(desk.say("admin-fault-form"));
                return Ok(form(&desk, &draft, typed, &faults, refusal));
            }
        };
        let json = serde_json::to_string(&read).unwrap_or_default();
        let (store, actor) = (&desk.app.store, desk.viewer.actor());
        if !store.change_setting(DRAFT, was.as_deref(), &json, &actor, desk.now()).await? {
            return Ok(stale(&draft_of(&desk).await?));
        }
        Ok(desk.done(PATH, "saved"))
    };
    desk.answer(saved.await)
}

/// `POST /admin/questionnaires/draft/drop`: back to the newest version, from the draft that was
/// looked at.
pub(super) async fn drop_draft(desk: Desk, posted: Posted<Typed>) -> Response {
    let dropped = async {
        let (draft, was) = stored_draft(&desk).await?;
        let stale = |draft: &Questionnaire| {
            form(&desk, draft, &typed_of(draft), &Faults::new(), Some(desk.say("admin-drop-stale")))
        };
        if posted.form.get("was") != Some(&mark_of(&draft)) {
            return Ok(stale(&draft));
        }
        let (store, actor) = (&desk.app.store, desk.viewer.actor());
        if !store.change_setting(DRAFT, was.as_deref(), NO_DRAFT, &actor, desk.now()).await? {
            return Ok(stale(&draft_of(&desk).await?));
        }
        Ok(desk.done(PATH, "saved"))
    };
    desk.answer(dropped.await)
}

/// `POST /admin/questionnaires/draft/publish`: what was looked at, and nothing else.
pub(super) async fn publish(desk: Desk, posted: Posted<Typed>) -> Response {
    let published = async {
        let (draft, was) = stored_draft(&desk).await?;
        let store = &desk.app.store;
        let newest = store.questionnaire(None).await?.ok_or(Fault::Missing)?.questionnaire;
        let same = Questionnaire { version: newest.version, ..draft.clone() } == newest;
        let said = if posted.form.get("mark") != Some(&mark_of(&draft)) {
            Some("admin-draft-stale")
        } else if same {
            Some("admin-draft-same")
        } else if posted.form.get("sure").map(String::as_str) != Some("yes") {
            Some("admin-draft-sure")
        } else if draft.check().is_err() {
            Some("admin-fault-form")
        } else {
            None
        };
        if let Some(key) = said {
            return Ok(view_draft(&desk, &draft, Some(desk.say(key))));
        }
        let (was, actor) = (was.as_deref(), posted.viewer.actor());
        if store.publish_draft(was, &draft, &actor, desk.now()).await?.is_none() {
            let draft = draft_of(&desk).await?;
            return Ok(view_draft(&desk, &draft, Some(desk.say("admin-draft-stale"))));
        }
        Ok(desk.done("/admin/questionnaires", "published"))
    };
    desk.answer(published.await)
}
