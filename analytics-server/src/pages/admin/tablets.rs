//! Tablets: their list, a code for a new one, moving one, retiring one. A code is shown once, in
//! the answer to the form that asked for it, because only its hash is kept.

use super::form_page::{FormPage, Notice};
use super::tablet_form::{POST_FIELDS, read, typed_of};
use crate::demonstration::is_demo;
use crate::enrolment::{VALID_MS, code_hash, fresh_code};
use crate::fleet::{Fact, FleetState, TabletWords, short};
use crate::form_reader::FormValues;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::confirmation::{Confirmation, ConfirmedForm, FIELD, is_confirmed};
use crate::pages::first_steps::{FirstSteps, is_staffed};
use crate::pages::form_errors::FormErrors;
use crate::pages::form_field::{Field, FormFields, is_current};
use crate::pages::forms::mark_of;
use crate::pages::list::{self, Row, Show, Subject, done_notice};
use crate::pages::prelude::*;
use crate::pages::server_address::ServerAddress;
use crate::qr;
use crate::roster::{Workplaces, code, name};
use crate::storage::posts::Posted;
use crate::storage::register::Entry;
use crate::storage::rows::TabletAssignment;
use protocol::Stage;
use protocol::enrol_link::EnrolLink;
use protocol::settings::Duty;
use uuid::Uuid;

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
    /// Where a tablet finds this server.
    server: String,
    link: String,
    /// Why no tablet will get to the server, and the address of the setting that mends it.
    warning: Option<(String, String)>,
    picture: Option<String>,
}

fn breadcrumb(context: &Context) -> Breadcrumb {
    Breadcrumb::below(context, PATH, context.text("admin-tablets"))
}

/// The key of what a field, a fact or a column is called.
fn label_key(word: &str) -> String {
    format!("admin-tablet-{word}")
}

/// The fields of a post.
fn post_fields(form: &FormFields<'_>, workplaces: &Workplaces) -> Vec<Field> {
    let (counter, officer) = (form.field("counter", 200), form.hinted("officer", 200));
    let (stage, stages) = (form.field("stage", 200), Stage::ALL.map(Stage::name));
    let both = Some("admin-tablet-both-stages");
    vec![
        form.entry(counter, "admin-choose", &workplaces.counters),
        form.entry(officer, "admin-tablet-usual-officer", &workplaces.officers),
        form.choose(stage, both, &stages, |word| format!("admin-tablet-stage-{word}")),
    ]
}

/// The same of a tablet that can not be moved any more, to be read.
fn past_fields(context: &Context, workplaces: &Workplaces, post: &TabletAssignment) -> Vec<Field> {
    let counter = workplaces.counter(post.counter).map(Entry::named).unwrap_or_default();
    let officer = post.officer.and_then(|id| workplaces.officer(id)).map(Entry::named);
    let officer = officer.unwrap_or_else(|| context.text("admin-tablet-usual-officer"));
    let facts =
        [("counter", counter), ("officer", officer), ("stage", stage_words(context, post.stage))];
    facts.map(|(name, words)| Field::fixed(name, context.text(&label_key(name)), words)).into()
}

fn stage_words(context: &Context, stage: Option<Stage>) -> String {
    let word = stage.map_or("both-stages".to_owned(), |one| format!("stage-{}", one.name()));
    context.text(&format!("admin-tablet-{word}"))
}

/// The list with all its rows.
async fn list_of(context: &Context) -> PageResult<(Subject, Vec<Row>)> {
    let workplaces = Workplaces::of(&context.app.store).await?;
    let tablets = context.app.store.posts().await?;
    let fleet = FleetState::of(&context.app.store).await?;
    let next = FirstSteps::next_step(context).await?;
    let words = TabletWords::of(&context.app, context.texts);
    let rows = tablets.iter().map(|tablet| {
        let counter = workplaces.counter(tablet.post.counter);
        let officer = tablet.post.officer.and_then(|id| workplaces.officer(id));
        let cells = vec![
            code(counter),
            name(counter),
            name(officer),
            stage_words(context, tablet.post.stage),
            words.moment(tablet.last_contact_at),
            fleet.pending(tablet, words),
            tablet.app_version.clone(),
            short(tablet.id),
        ];
        Row {
            address: context.to(&format!("{PATH}/{}", tablet.id)),
            file: cells.clone(),
            cells,
            search: None,
            retired: tablet.retired_at.is_some(),
        }
    });
    let columns = COLUMNS.map(|name| context.text(&label_key(name)));
    let subject = Subject {
        title: context.text("admin-tablets"),
        path: PATH.into(),
        header: columns.clone().into(),
        columns: columns.into(),
        file: "may-tinh-bang".into(),
        add: context.text("admin-tablet-add"),
        upload: false,
        search: "admin-search",
        show: Show::InUse,
        table: "words",
        next,
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
    typed: Option<&FormValues>,
    errors: FormErrors,
) -> PageResult {
    let stored = tablet.map(|one| typed_of(&one.post, workplaces)).unwrap_or_default();
    let (texts, typed) = (context.texts, typed.unwrap_or(&stored));
    let form = FormFields { texts, key: label_key, typed, errors: &errors.fields };
    let past = tablet.filter(|one| one.retired_at.is_some());
    let mut fields = match past {
        Some(one) => past_fields(context, workplaces, &one.post),
        None => post_fields(&form, workplaces),
    };
    if let Some(one) = tablet {
        let state = FleetState::of(&context.app.store).await?;
        let facts = state.facts(one, TabletWords::of(&context.app, texts));
        let fact = |one: Fact| Field::fixed(one.key, texts.get(&label_key(one.key)), one.words);
        fields.extend(facts.into_iter().map(fact));
    }
    let path = tablet.map_or_else(|| format!("{PATH}/new"), |one| format!("{PATH}/{}", one.id));
    let title = match tablet {
        Some(one) => context.texts.with("admin-tablet-one", &[("id", &short(one.id))]),
        None => context.text("admin-tablet-add"),
    };
    let in_use = tablet.filter(|one| one.retired_at.is_none());
    let notice = match (tablet, past) {
        (None, _) => no_counter(context, workplaces),
        (_, Some(_)) => Some(new_code(context)),
        _ => None,
    };
    let save = if tablet.is_some() { "admin-save" } else { "admin-tablet-make" };
    let page = FormPage {
        layout: context.layout(title, &path),
        breadcrumb: breadcrumb(context),
        action: context.to(&path),
        was: tablet.map(|_| mark_of(&stored)).unwrap_or_default(),
        fields,
        errors,
        done: done_notice(context),
        next: None,
        save: context.text(save),
        notice,
        photo: None,
        retired: past.is_some(),
        retired_action: in_use.map(|_| context.to(&format!("{path}/retire"))),
        retired_note: context.text("admin-tablet-retire-note"),
    };
    Ok(page.answer())
}

/// What the page of a retired tablet has instead of a form: only a new code lets it be used again.
fn new_code(context: &Context) -> Notice {
    Notice {
        sentence: context.text("admin-tablet-fault-retired"),
        address: context.to(&format!("{PATH}/new")),
        name: context.text("admin-tablet-add"),
    }
}

/// What a form for a tablet says where there is no counter to put it at.
fn no_counter(context: &Context, workplaces: &Workplaces) -> Option<Notice> {
    let none = workplaces.counters.iter().all(|one| one.retired_at.is_some());
    none.then(|| Notice {
        sentence: context.text("admin-tablet-no-counter"),
        address: context.to("/admin/counters/new"),
        name: context.text("admin-counter-add"),
    })
}

/// The page that asks before a code is made for a counter where nobody is rated yet; none where
/// somebody is, or where people sign in at the tablet.
fn nobody_there(
    context: &Context,
    workplaces: &Workplaces,
    post: &TabletAssignment,
    typed: &FormValues,
) -> Option<Response> {
    let confirmed = typed.get(FIELD).is_some_and(|field| is_confirmed(field));
    let rostered = context.app.centre().duty == Duty::Roster;
    let is_served = post.officer.is_some() || is_staffed(workplaces, post.counter);
    if confirmed || !rostered || is_served {
        return None;
    }
    let counter = workplaces.counter(post.counter).map(Entry::named).unwrap_or_default();
    let field = |name: &str| (name.to_owned(), typed.get(name).cloned().unwrap_or_default());
    let asked = Confirmation {
        title: context.texts.with("admin-tablet-ask-nobody", &[("counter", &counter)]),
        effects: vec![context.text("admin-tablet-nobody-note")],
        button: context.text("admin-tablet-nobody-go"),
        fields: POST_FIELDS.map(field).into(),
        back: format!("{PATH}/new"),
    };
    Some(asked.page(context))
}

/// `GET /admin/tablets/new`.
pub(super) async fn blank(context: Context) -> PageResult {
    let workplaces = Workplaces::of(&context.app.store).await?;
    page(&context, &workplaces, None, None, FormErrors::default()).await
}

/// `POST /admin/tablets/new`: makes a code and shows it.
pub(super) async fn add(context: Context, CsrfForm(mut typed): CsrfForm<FormValues>) -> PageResult {
    let workplaces = Workplaces::of(&context.app.store).await?;
    // Real ratings have no place among made-up ones: in a demonstration every tablet is marked.
    let simulated = is_demo(&context.app.store).await?;
    let post = match read(&mut typed, &workplaces, simulated, context.texts) {
        Ok(post) => post,
        Err(errors) => {
            let errors = FormErrors::of_fields(&context, errors);
            return page(&context, &workplaces, None, Some(&typed), errors).await;
        }
    };
    if let Some(page) = nobody_there(&context, &workplaces, &post, &typed) {
        return Ok(page);
    }
    let code = fresh_code()?;
    let (now, actor) = (context.now(), context.viewer.actor());
    let until = now + VALID_MS;
    context.app.store.add_enrolment_code_by(&post, code_hash(&code), &actor, now, until).await?;
    let ServerAddress { server, warning } = ServerAddress::of(&context, "admin-code-unreachable");
    let link = EnrolLink { server: server.clone(), code: code.clone() }.to_string();
    let until = context.moment(Some(until));
    let layout = context.layout(context.text("admin-code-title"), "/admin/tablets/new");
    let page = CodePage {
        layout: layout.without_languages(),
        breadcrumb: breadcrumb(&context),
        counter: workplaces.counter(post.counter).map(Entry::named).unwrap_or_default(),
        picture: qr::svg(&link),
        until: context.texts.with("admin-code-until", &[("moment", &until)]),
        code,
        server,
        link,
        warning,
    };
    // The code is all that is needed to enrol a tablet, so the browser must keep no copy of it.
    Ok(no_store(answer(StatusCode::OK, page.render())))
}

/// `GET /admin/tablets/{id}`.
pub(super) async fn one(context: Context, Path(id): Path<String>) -> PageResult {
    let tablet = tablet_of(&context, &id).await?;
    let workplaces = Workplaces::of(&context.app.store).await?;
    page(&context, &workplaces, Some(&tablet), None, FormErrors::default()).await
}

/// `POST /admin/tablets/{id}`: moves it.
pub(super) async fn relocate(
    context: Context,
    Path(id): Path<String>,
    CsrfForm(mut typed): CsrfForm<FormValues>,
) -> PageResult {
    let tablet = tablet_of(&context, &id).await?;
    let workplaces = Workplaces::of(&context.app.store).await?;
    let stored = typed_of(&tablet.post, &workplaces);
    if is_current(&typed, "was", &stored) {
        let after = match read(&mut typed, &workplaces, tablet.post.simulated, context.texts) {
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
    let theirs = POST_FIELDS.into_iter().filter_map(|name| {
        let value = |typed: &FormValues| typed.get(name).cloned().unwrap_or_default();
        let (now, own) = (value(&stored), value(&typed));
        (now != own).then(|| (context.text(&label_key(name)), now, own))
    });
    let mut errors = FormErrors::stale(&context, theirs);
    if tablet.retired_at.is_some() {
        errors.refusal = Some(context.text("admin-tablet-fault-retired"));
    }
    page(&context, &workplaces, Some(&tablet), Some(&typed), errors).await
}

/// `POST /admin/tablets/{id}/retire`.
pub(super) async fn retire(
    context: Context,
    Path(id): Path<String>,
    CsrfForm(form): CsrfForm<ConfirmedForm>,
) -> PageResult {
    let tablet = tablet_of(&context, &id).await?;
    let path = format!("{PATH}/{}", tablet.id);
    if tablet.retired_at.is_none() && !form.is_confirmed() {
        let waiting = tablet.pending.filter(|count| *count > 0).map(|count| {
            context.texts.with("admin-tablet-retire-pending", &[("count", &count.to_string())])
        });
        let workplaces = Workplaces::of(&context.app.store).await?;
        let counter = workplaces.counter(tablet.post.counter).map(Entry::named);
        let (id, counter) = (short(tablet.id), counter.unwrap_or_default());
        let place = [("id", id.as_str()), ("counter", counter.as_str())];
        let notes = ["admin-tablet-retire-asks", "admin-tablet-retire-note"];
        let notes = notes.map(|key| context.text(key));
        let asked = Confirmation {
            title: context.texts.with("admin-tablet-ask-retire", &place),
            effects: waiting.into_iter().chain(notes).collect(),
            button: context.text("admin-retire"),
            fields: Vec::new(),
            back: path,
        };
        return Ok(asked.page(&context));
    }
    context.app.store.retire_tablet(tablet.id, &context.viewer.actor(), context.now()).await?;
    Ok(context.done(&path, "retired"))
}
