//! Tablets: their list, a code for a new one, moving one, retiring one. A code is shown once, in
//! the answer to the form that asked for it, because only its hash is kept.

use super::form_page::{FormErrors, FormPage};
use super::form_reader::FormReader;
use super::tablet_facts::{Waits, facts};
use super::workplaces::{Workplaces, code, name};
use crate::demonstration::is_demo;
use crate::enrolment::{VALID_MS, code_hash, fresh_code};
use crate::import::fields::Typed;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_field::{
    Choice, Field, FieldErrors, FieldValues, entry_choices, is_current, named,
};
use crate::pages::forms::mark_of;
use crate::pages::list::{self, Row, Subject, done_notice};
use crate::pages::prelude::*;
use crate::pages::records::tablet_words::short;
use crate::proxy::{host, scheme};
use crate::qr;
use crate::storage::posts::Posted;
use crate::storage::register::Entry;
use crate::storage::rows::Post;
use protocol::Stage;
use protocol::enrol_link::EnrolLink;
use uuid::Uuid;

/// Where they are.
const PATH: &str = "/admin/tablets";
/// Names of the columns.
const COLUMNS: [&str; 8] =
    ["counter", "counter-name", "officer", "stage", "contact", "pending", "version", "id"];

/// The page with a fresh code.
#[derive(Template)]
#[template(path = "admin/code.html")]
struct CodePage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    counter: String,
    code: String,
    until: String,
    link: String,
    picture: Option<String>,
}

fn breadcrumb(context: &Context) -> Breadcrumb {
    Breadcrumb::below(context, PATH, context.text("admin-tablets"))
}

/// A post as a form carries it.
fn typed_of(workplaces: &Workplaces, post: &Post) -> Typed {
    let officer = post.officer.and_then(|id| workplaces.officer(id));
    let fields = [
        ("counter", code(workplaces.counter(post.counter))),
        ("officer", code(officer)),
        ("stage", post.stage.map_or("", Stage::name).to_owned()),
    ];
    fields.map(|(name, value)| (name.to_owned(), value)).into()
}

/// The post that was typed. What is retired is as good as not there.
fn read(
    context: &Context,
    workplaces: &Workplaces,
    typed: &Typed,
    simulated: bool,
) -> Result<Post, FieldErrors> {
    let mut form = FormReader::new(typed, context.texts);
    let officer = workplaces.officer_id(form.text("officer"));
    if officer.is_none() && !form.text("officer").is_empty() {
        form.fail("officer", "admin-fault-officer");
    }
    let stage: Option<Stage> = form.text("stage").parse().ok();
    if stage.is_none() && !form.text("stage").is_empty() {
        form.fail("stage", "admin-fault-stage");
    }
    let Some(counter) = workplaces.counter_id(form.text("counter")) else {
        form.fail("counter", "admin-fault-counter");
        return Err(form.errors);
    };
    form.finish(Post { counter, officer, stage, simulated })
}

/// The fields of a post.
fn fields(values: &FieldValues<'_>, workplaces: &Workplaces) -> Vec<Field> {
    let context = values.context;
    let field = |name: &str| values.line(name, &format!("admin-tablet-{name}"), 200);
    let entry = |name: &str, entries: &[Entry], none: &str| {
        let choices = entry_choices(entries, &values.value(name), context.text(none));
        Field { choices, ..field(name) }
    };
    let chosen = values.value("stage");
    let stage = |value: &str, key: String| Choice {
        chosen: value == chosen,
        name: context.text(&key),
        value: value.to_owned(),
    };
    let mut stages = vec![stage("", "admin-tablet-both-stages".to_owned())];
    stages.extend(
        Stage::ALL.map(|one| stage(one.name(), format!("admin-tablet-stage-{}", one.name()))),
    );
    let hint = Some(context.text("admin-tablet-officer-hint"));
    let officer = entry("officer", &workplaces.officers, "admin-tablet-usual-officer");
    vec![
        entry("counter", &workplaces.counters, "admin-choose"),
        Field { hint, ..officer },
        Field { choices: stages, ..field("stage") },
    ]
}

/// The list with all its rows.
async fn list_of(context: &Context) -> PageResult<(Subject, Vec<Row>)> {
    let workplaces = Workplaces::of(context).await?;
    let tablets = context.app.store.posts().await?;
    let waits = Waits::of(context).await?;
    let rows = tablets.iter().map(|tablet| {
        let counter = workplaces.counter(tablet.post.counter);
        let officer = tablet.post.officer.and_then(|id| workplaces.officer(id));
        let stage = tablet.post.stage;
        let stage = stage.map_or("both-stages".to_owned(), |one| format!("stage-{}", one.name()));
        let cells = vec![
            code(counter),
            name(counter),
            name(officer),
            context.text(&format!("admin-tablet-{stage}")),
            context.moment(tablet.last_contact_at),
            waits.words(context, tablet),
            tablet.app_version.clone(),
            short(tablet.id),
        ];
        Row {
            address: context.to(&format!("{PATH}/{}", tablet.id)),
            file: cells.clone(),
            cells,
            retired: tablet.retired_at.is_some(),
        }
    });
    let columns = COLUMNS.map(|name| context.text(&format!("admin-tablet-{name}")));
    let subject = Subject {
        title: context.text("admin-tablets"),
        path: PATH.into(),
        header: columns.clone().into(),
        columns: columns.into(),
        file: "may-tinh-bang".into(),
        add: context.text("admin-tablet-add"),
        upload: false,
    };
    Ok((subject, rows.collect()))
}

/// `GET /admin/tablets`.
pub(super) async fn show(context: Context) -> PageResult {
    let (subject, rows) = list_of(&context).await?;
    Ok(list::page(&context, subject, rows))
}

/// `GET /admin/tablets/download`.
pub(super) async fn download(context: Context) -> PageResult {
    let (subject, rows) = list_of(&context).await?;
    list::download(&context, &subject, rows)
}

async fn tablet_of(context: &Context, id: &str) -> PageResult<Posted> {
    let id: Uuid = id.parse().map_err(|_| PageError::Missing)?;
    let tablets = context.app.store.posts().await?;
    tablets.into_iter().find(|one| one.id == id).ok_or(PageError::Missing)
}

/// The page of a tablet or of a new one, with what was typed where that is not what is stored.
async fn page(
    context: &Context,
    workplaces: &Workplaces,
    tablet: Option<&Posted>,
    typed: Option<&Typed>,
    errors: FormErrors,
) -> PageResult {
    let stored = tablet.map(|one| typed_of(workplaces, &one.post)).unwrap_or_default();
    let typed = typed.unwrap_or(&stored);
    let values = FieldValues { context, typed, errors: &errors.fields };
    let mut fields = fields(&values, workplaces);
    if let Some(one) = tablet {
        fields.extend(facts(context, one).await?.into_iter().map(|(name, value)| Field {
            fixed: true,
            ..Field::line(name, context.text(&format!("admin-tablet-{name}")), value, 0)
        }));
    }
    let path = tablet.map_or_else(|| format!("{PATH}/new"), |one| format!("{PATH}/{}", one.id));
    let title = match tablet {
        Some(one) => context.texts.with("admin-tablet-one", &[("id", &short(one.id))]),
        None => context.text("admin-tablet-add"),
    };
    let retired = tablet.is_some_and(|one| one.retired_at.is_some());
    let in_use = tablet.filter(|_| !retired);
    let status = errors.status();
    let page = FormPage {
        layout: context.layout(title, &path),
        breadcrumb: breadcrumb(context),
        action: context.to(&path),
        was: tablet.map(|_| mark_of(&stored)).unwrap_or_default(),
        fields,
        refusal: errors.refusal,
        done: done_notice(context),
        theirs: errors.theirs,
        photo: None,
        retired,
        retired_action: in_use.map(|_| context.to(&format!("{path}/retire"))),
        retired_note: context.text("admin-tablet-retire-note"),
    };
    Ok(answer(status, page.render()))
}

/// `GET /admin/tablets/new`.
pub(super) async fn blank(context: Context) -> PageResult {
    let workplaces = Workplaces::of(&context).await?;
    page(&context, &workplaces, None, None, FormErrors::default()).await
}

/// `POST /admin/tablets/new`: makes a code and shows it.
pub(super) async fn add(context: Context, CsrfForm(typed): CsrfForm<Typed>) -> PageResult {
    let workplaces = Workplaces::of(&context).await?;
    // Real ratings have no place among made-up ones: in a demonstration every tablet is marked.
    let simulated = is_demo(&context.app.store).await?;
    let post = match read(&context, &workplaces, &typed, simulated) {
        Ok(post) => post,
        Err(errors) => {
            let errors = FormErrors::of_fields(&context, errors);
            return page(&context, &workplaces, None, Some(&typed), errors).await;
        }
    };
    let code = fresh_code()?;
    let (now, actor) = (context.now(), context.viewer.actor());
    let until = now + VALID_MS;
    context.app.store.offer_post(&post, code_hash(&code), &actor, now, until).await?;
    let host = host(&context.app, &context.headers);
    let scheme = scheme(&context.app, &context.headers);
    let server = format!("{scheme}://{}", host.as_deref().unwrap_or("localhost"));
    let link = EnrolLink { server, code: code.clone() }.to_string();
    let until = context.moment(Some(until));
    let layout = context.layout(context.text("admin-code-title"), "/admin/tablets/new");
    let page = CodePage {
        layout: layout.without_languages(),
        breadcrumb: breadcrumb(&context),
        counter: workplaces.counter(post.counter).map(named).unwrap_or_default(),
        picture: qr::svg(&link),
        until: context.texts.with("admin-code-until", &[("moment", &until)]),
        code,
        link,
    };
    // Whoever has the code can enrol a tablet: no copy of it stays behind in the browser.
    Ok(no_store(answer(StatusCode::OK, page.render())))
}

/// `GET /admin/tablets/{id}`.
pub(super) async fn one(context: Context, Path(id): Path<String>) -> PageResult {
    let tablet = tablet_of(&context, &id).await?;
    let workplaces = Workplaces::of(&context).await?;
    page(&context, &workplaces, Some(&tablet), None, FormErrors::default()).await
}

/// `POST /admin/tablets/{id}`: moves it.
pub(super) async fn relocate(
    context: Context,
    Path(id): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> PageResult {
    let tablet = tablet_of(&context, &id).await?;
    let workplaces = Workplaces::of(&context).await?;
    let stored = typed_of(&workplaces, &tablet.post);
    if is_current(&typed, "was", &stored) {
        let after = match read(&context, &workplaces, &typed, tablet.post.simulated) {
            Ok(after) => after,
            Err(errors) => {
                let errors = FormErrors::of_fields(&context, errors);
                return page(&context, &workplaces, Some(&tablet), Some(&typed), errors).await;
            }
        };
        let (actor, now) = (context.viewer.actor(), context.now());
        let store = &context.app.store;
        if store.move_tablet(tablet.id, &tablet.post, &after, &actor, now).await? {
            return Ok(context.done(&format!("{PATH}/{}", tablet.id), "moved"));
        }
    }
    let theirs = ["counter", "officer", "stage"].map(|name| {
        let value = |typed: &Typed| typed.get(name).cloned().unwrap_or_default();
        (context.text(&format!("admin-tablet-{name}")), value(&stored), value(&typed))
    });
    let theirs = theirs.into_iter().filter(|(_, now, typed)| now != typed).collect();
    let sentence = match tablet.retired_at {
        Some(_) => "admin-tablet-fault-retired",
        None => "admin-fault-stale",
    };
    let errors = FormErrors { theirs, ..FormErrors::refusal(context.text(sentence)) };
    page(&context, &workplaces, Some(&tablet), Some(&typed), errors).await
}

/// `POST /admin/tablets/{id}/retire`.
pub(super) async fn retire(
    context: Context,
    Path(id): Path<String>,
    _: CsrfForm<EmptyForm>,
) -> PageResult {
    let tablet = tablet_of(&context, &id).await?;
    context.app.store.retire_tablet(tablet.id, &context.viewer.actor(), context.now()).await?;
    Ok(context.done(&format!("{PATH}/{}", tablet.id), "retired"))
}
