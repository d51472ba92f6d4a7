//! Questionnaires: the versions, how each of them and the draft look on a tablet, and the press
//! that publishes the draft. A published version never changes. Who publishes has every screen in every
//! language on the page, and is told what is missing in which.

use crate::audit::subject_words;
use crate::form_reader::FormValues;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_field::is_current;
use crate::pages::forms::{LenientQuery, mark_of};
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use crate::questionnaire::Draft;
use crate::questionnaire::fields::typed_of;
use crate::questionnaire::languages::{missing, missing_of_all};
use crate::questionnaire::screens::{Screen, screens};
use crate::storage::questionnaires::Published;
use locales::languages_of;
use protocol::questionnaire::{FIRST_LANGUAGE, Questionnaire};

const LIST: &str = "/admin/questionnaires";
/// Where the draft is.
pub(super) const PATH: &str = "/admin/questionnaires/draft";

/// The list of versions.
#[derive(Template)]
#[template(path = "admin/questionnaires.html")]
struct ListPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    done: Option<String>,
    draft: String,
    /// What the button that leads to the draft is called.
    draft_name: String,
    /// When the draft that waits was saved, and by whom.
    waits: Option<String>,
    upload: String,
    refusal: Option<String>,
    versions: Vec<Version>,
}

/// A version in the list.
struct Version {
    number: String,
    at: String,
    actor: String,
    question: String,
    address: String,
}

/// One version, or the draft as it would look.
#[derive(Template)]
#[template(path = "admin/questionnaire.html")]
struct PreviewPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    shown: Vec<LanguageScreens>,
    /// A version as a file.
    file: Option<String>,
    /// Languages of the tablet: name, address, whether it is shown.
    languages: Vec<(String, String, bool)>,
    /// The mark of the draft that is shown, which publishing it needs; only where all of it is shown.
    publish: Option<String>,
    publish_action: String,
    /// Where all languages of a draft are, where only one is shown.
    whole: Option<String>,
    edit: String,
    refusal: Option<String>,
}

/// The screens in one language.
struct LanguageScreens {
    name: String,
    /// What is missing in it, and what a tablet does then.
    missing: Option<String>,
    /// That the centre does not offer it.
    off: Option<String>,
    screens: Vec<Screen>,
}

/// The fields of the address of a preview.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PreviewQuery {
    /// The tablet's language.
    r#in: String,
}

/// The links above the title of a version and of the draft.
pub(super) fn breadcrumb(context: &Context) -> Breadcrumb {
    Breadcrumb::below(context, LIST, context.text("admin-questionnaires"))
}

/// What is missing in which language among the fields that begin with `prefix`, a sentence each.
pub(super) fn missing_lines(context: &Context, typed: &FormValues, prefix: &str) -> Vec<String> {
    let centre = context.app.centre();
    let lines = missing(typed, prefix, &centre.languages).into_iter();
    lines.map(|(code, count)| count_line(context, "admin-ask-missing", code, count)).collect()
}

/// The languages in which something of a questionnaire is missing, with a sentence on what tablets do
/// then.
pub(super) fn all_missing(
    context: &Context,
    typed: &FormValues,
    one: &Questionnaire,
) -> Vec<(&'static str, String)> {
    let centre = context.app.centre();
    // The first language stands on a tablet in any case.
    let first = centre.tablet_languages().first().copied();
    let lines = missing_of_all(typed, one, &centre.languages).into_iter();
    let line = |(code, count): (&'static str, usize)| {
        let key = if first == Some(code) { "admin-ask-shown" } else { "admin-ask-closed" };
        (code, count_line(context, key, code, count))
    };
    lines.map(line).collect()
}

fn count_line(context: &Context, key: &str, code: &str, count: usize) -> String {
    let (language, count) = (language_name(context, code), count.to_string());
    context.texts.with(key, &[("language", &language), ("count", &count)])
}

/// The name of a tablet's language in the reader's.
fn language_name(context: &Context, code: &str) -> String {
    context.text(&format!("admin-centre-notice-{code}"))
}

/// The version that an address names.
pub(super) async fn version_of(context: &Context, version: &str) -> PageResult<Published> {
    let number: Option<u32> = version.parse().ok().filter(|number| *number > 0);
    let number = number.ok_or(PageError::Missing)?;
    context.app.store.questionnaire(Some(number)).await?.ok_or(PageError::Missing)
}

/// `GET /admin/questionnaires`.
pub(super) async fn list(context: Context) -> PageResult {
    list_page(&context, None).await
}

/// The list, also after a file was refused.
pub(super) async fn list_page(context: &Context, refusal: Option<String>) -> PageResult {
    let waits = waiting_draft(context).await?;
    let draft_key =
        if waits.is_some() { "admin-questionnaire-on" } else { "admin-questionnaire-edit" };
    let versions = context.app.store.questionnaires().await?;
    let versions = versions.iter().rev().map(|one| {
        let number = one.questionnaire.version.to_string();
        let question = &one.questionnaire.question;
        let question = question.get(context.texts.language()).or_else(|| question.get("vi"));
        Version {
            at: context.moment(Some(one.at)),
            actor: subject_words(context.texts, &one.actor),
            question: question.cloned().unwrap_or_default(),
            address: context.to(&format!("{LIST}/{number}")),
            number,
        }
    });
    let status = form_status(refusal.is_some());
    let page = ListPage {
        layout: context.layout(context.text("admin-questionnaires"), LIST),
        breadcrumb: Breadcrumb::admin(context),
        done: done_notice(context),
        draft: context.to(PATH),
        draft_name: context.text(draft_key),
        waits,
        upload: context.to(&format!("{PATH}/upload")),
        refusal,
        versions: versions.collect(),
    };
    Ok(answer(status, page.render()))
}

/// When the draft that differs from the newest version was saved last, and by whom; none: there is none.
async fn waiting_draft(context: &Context) -> PageResult<Option<String>> {
    let store = &context.app.store;
    if !Draft::of(store).await?.is_changed() {
        return Ok(None);
    }
    let Some(saved) = Draft::last_saved(store).await? else {
        return Ok(Some(context.text("admin-draft-waits")));
    };
    let (at, by) = (context.moment(Some(saved.at)), subject_words(context.texts, &saved.actor));
    Ok(Some(context.texts.with("admin-draft-waits-since", &[("at", &at), ("by", &by)])))
}

/// `GET /admin/questionnaires/{version}`.
pub(super) async fn version(
    context: Context,
    Path(version): Path<String>,
    LenientQuery(query): LenientQuery<PreviewQuery>,
) -> PageResult {
    let version = version_of(&context, &version).await?.questionnaire;
    let number = version.version.to_string();
    let title = context.texts.with("admin-questionnaire-version", &[("version", &number)]);
    let path = format!("{LIST}/{number}");
    let page = PreviewPage {
        file: Some(format!("{path}/download")),
        ..preview(&context, title, &path, &version, &query)
    };
    Ok(answer(StatusCode::OK, page.render()))
}

/// `GET /admin/questionnaires/draft/view`.
pub(super) async fn view_draft(
    context: Context,
    LenientQuery(query): LenientQuery<PreviewQuery>,
) -> PageResult {
    let draft = Draft::of(&context.app.store).await?;
    Ok(draft_view(&context, &draft.questionnaire, &query, None))
}

/// The draft as it would look, with what publishing it needs: in every language that the centre offers,
/// unless the address names one.
fn draft_view(
    context: &Context,
    draft: &Questionnaire,
    query: &PreviewQuery,
    refusal: Option<&str>,
) -> Response {
    let status = if refusal.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let (title, path) = (context.text("admin-questionnaire-look"), format!("{PATH}/view"));
    let refusal = refusal.map(|key| context.text(key));
    let page = preview(context, title, &path, draft, query);
    let page = if asked_language(query).is_some() {
        PreviewPage { whole: Some(context.to(&path)), refusal, ..page }
    } else {
        let codes = languages_of("tablet").filter(|code| is_offered(context, code));
        let shown = codes.map(|code| language_screens(context, draft, code)).collect();
        let languages = page.languages.into_iter();
        let languages = languages.map(|(name, address, _)| (name, address, false)).collect();
        PreviewPage { publish: Some(mark_of(draft)), shown, languages, refusal, ..page }
    };
    answer(status, page.render())
}

/// The language of the tablet that an address names.
fn asked_language(query: &PreviewQuery) -> Option<&'static str> {
    languages_of("tablet").find(|code| *code == query.r#in)
}

/// Whether people are to choose a language; every text is there in the first one.
fn is_offered(context: &Context, code: &str) -> bool {
    let centre = context.app.centre();
    code == FIRST_LANGUAGE || centre.languages.iter().any(|one| one == code)
}

fn language_screens(
    context: &Context,
    questionnaire: &Questionnaire,
    code: &'static str,
) -> LanguageScreens {
    let lacks = all_missing(context, &typed_of(questionnaire), questionnaire);
    let lacks = lacks.into_iter().find(|(one, _)| *one == code);
    LanguageScreens {
        name: language_name(context, code),
        missing: lacks.map(|(_, line)| line),
        off: (!is_offered(context, code)).then(|| context.text("admin-questionnaire-off")),
        screens: screens(questionnaire, code, &context.app.centre()),
    }
}

fn preview(
    context: &Context,
    title: String,
    path: &str,
    questionnaire: &Questionnaire,
    query: &PreviewQuery,
) -> PreviewPage {
    let language = asked_language(query).unwrap_or(FIRST_LANGUAGE);
    let languages = languages_of("tablet").map(|code| {
        let name = language_name(context, code);
        (name, context.to(&format!("{path}?in={code}")), code == language)
    });
    PreviewPage {
        layout: context.layout(title, path),
        breadcrumb: breadcrumb(context),
        shown: vec![language_screens(context, questionnaire, language)],
        file: None,
        languages: languages.collect(),
        publish: None,
        publish_action: context.to(&format!("{PATH}/publish")),
        whole: None,
        edit: context.to(PATH),
        refusal: None,
    }
}

/// `POST /admin/questionnaires/draft/publish`: what was looked at, and nothing else.
pub(super) async fn publish(context: Context, CsrfForm(typed): CsrfForm<FormValues>) -> PageResult {
    let store = &context.app.store;
    let mut draft = Draft::of(store).await?;
    let refusal = if !is_current(&typed, "mark", &draft.questionnaire) {
        "admin-draft-stale"
    } else if !draft.is_changed() {
        "admin-draft-same"
    } else if typed.get("sure").is_none_or(|sure| sure != "yes") {
        "admin-draft-sure"
    } else if draft.questionnaire.check().is_err() {
        "admin-fault-form"
    } else {
        if draft.publish(store, &context.viewer.actor(), context.now()).await? {
            return Ok(context.done(LIST, "published"));
        }
        draft = Draft::of(store).await?;
        "admin-draft-stale"
    };
    Ok(draft_view(&context, &draft.questionnaire, &PreviewQuery::default(), Some(refusal)))
}
