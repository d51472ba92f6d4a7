//! Tablets: their list, a code for a new one, moving one, retiring one. A code is shown once, in
//! the answer to the form that asked for it, because only its hash is kept.

use super::desk::{Desk, Stop};
use super::form::{Field, FormPage, Trouble};
use super::list::{self, Choice, Row, Subject, done_of};
use super::nouns::Typed;
use super::tablet_facts::{Waits, facts};
use crate::demonstration::is_demo;
use crate::enrolment::{VALID_MS, code_hash, fresh_code};
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::records::tablet_words::short;
use crate::pages::shell::{Shell, answer};
use crate::proxy::{host, scheme};
use crate::qr;
use crate::storage::posts;
use crate::storage::register::{Entry, Noun};
use crate::storage::rows::Post;
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use protocol::Stage;
use protocol::enrol_link::EnrolLink;
use uuid::Uuid;

/// Names of the columns.
const COLUMNS: [&str; 8] =
    ["counter", "counter-name", "officer", "stage", "contact", "pending", "version", "id"];

/// The page with a fresh code.
#[derive(Template)]
#[template(path = "admin/code.html")]
struct CodePage {
    shell: Shell,
    trail: (String, String, String),
    counter: String,
    code: String,
    until: String,
    link: String,
    picture: Option<String>,
}

/// Counters and officers, of whom a post names some.
struct House {
    counters: Vec<Entry>,
    officers: Vec<Entry>,
}

impl House {
    async fn of(desk: &Desk) -> Result<Self, Stop> {
        let store = &desk.app.store;
        let counters = store.entries(Noun::Counter).await?;
        Ok(Self { counters, officers: store.entries(Noun::Officer).await? })
    }

    /// The post as a form carries it.
    fn typed(&self, post: &Post) -> Typed {
        let code = |all: &[Entry], id: Option<i64>| {
            all.iter().find(|one| Some(one.id) == id).map(|one| one.code.clone())
        };
        let stage = post.stage.map_or("", Stage::name).to_owned();
        let fields = [
            ("counter", code(&self.counters, Some(post.counter)).unwrap_or_default()),
            ("officer", code(&self.officers, post.officer).unwrap_or_default()),
            ("stage", stage),
        ];
        fields.map(|(name, value)| (name.to_owned(), value)).into()
    }

    /// The post that was typed. What is retired is as good as not there.
    fn read(&self, desk: &Desk, typed: &Typed, simulated: bool) -> Result<Post, Trouble> {
        let text = |name: &str| typed.get(name).map_or("", |text| text.trim());
        let known = |all: &[Entry], code: &str| {
            all.iter().find(|one| one.code == code && one.retired_at.is_none()).map(|one| one.id)
        };
        let mut trouble = Trouble::over(desk.say("admin-fault-form"));
        let counter = known(&self.counters, text("counter"));
        if counter.is_none() {
            trouble.faults.insert("counter", desk.say("admin-fault-counter"));
        }
        let officer = known(&self.officers, text("officer"));
        if officer.is_none() && !text("officer").is_empty() {
            trouble.faults.insert("officer", desk.say("admin-fault-officer"));
        }
        let stage: Option<Stage> = text("stage").parse().ok();
        if stage.is_none() && !text("stage").is_empty() {
            trouble.faults.insert("stage", desk.say("admin-fault-stage"));
        }
        match counter {
            Some(counter) if trouble.faults.is_empty() => {
                Ok(Post { counter, officer, stage, simulated })
            }
            _ => Err(trouble),
        }
    }

    fn fields(&self, desk: &Desk, typed: &Typed, trouble: &Trouble) -> Vec<Field> {
        let offer = |all: &[Entry], chosen: &str, none: &str| {
            let first = (String::new(), desk.say(none));
            let named = |one: &Entry| (one.code.clone(), format!("{} · {}", one.code, one.name));
            let offered = all.iter().filter(|one| one.retired_at.is_none() || one.code == chosen);
            std::iter::once(first).chain(offered.map(named)).collect::<Vec<_>>()
        };
        let mut stages = vec![(String::new(), desk.say("admin-tablet-both-stages"))];
        stages.extend(Stage::ALL.map(|stage| {
            (stage.name().to_owned(), desk.say(&format!("admin-tablet-stage-{}", stage.name())))
        }));
        let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
        let (counter, officer) = (value("counter"), value("officer"));
        let field = |name: &'static str, value: String, offered: Vec<(String, String)>| Field {
            name: name.to_owned(),
            label: desk.say(&format!("admin-tablet-{name}")),
            hint: (name == "officer").then(|| desk.say("admin-tablet-officer-hint")),
            kind: "text",
            limit: 200,
            choices: offered
                .into_iter()
                .map(|(one, name)| Choice { chosen: one == value, value: one, name })
                .collect(),
            fault: trouble.faults.get(name).cloned(),
            fixed: false,
            value,
        };
        vec![
            field("counter", counter.clone(), offer(&self.counters, &counter, "admin-choose")),
            field(
                "officer",
                officer.clone(),
                offer(&self.officers, &officer, "admin-tablet-usual-officer"),
            ),
            field("stage", value("stage"), stages),
        ]
    }
}

async fn gathered(desk: &Desk) -> Result<(Subject, Vec<Row>), Stop> {
    let house = House::of(desk).await?;
    let rows = desk.app.store.posts().await?;
    let waits = Waits::of(desk).await?;
    let rows = rows.iter().map(|tablet| {
        let counter = house.counters.iter().find(|one| one.id == tablet.post.counter);
        let officer = house.officers.iter().find(|one| Some(one.id) == tablet.post.officer);
        let name = |one: Option<&Entry>| one.map(|one| one.name.clone()).unwrap_or_default();
        let stage = tablet
            .post
            .stage
            .map_or("both-stages".to_owned(), |stage| format!("stage-{}", stage.name()));
        let cells = vec![
            counter.map(|one| one.code.clone()).unwrap_or_default(),
            name(counter),
            name(officer),
            desk.say(&format!("admin-tablet-{stage}")),
            desk.moment(tablet.last_contact_at),
            waits.words(desk, tablet),
            tablet.app_version.clone(),
            short(tablet.id),
        ];
        Row {
            address: desk.to(&format!("/admin/tablets/{}", tablet.id)),
            file: cells.clone(),
            cells,
            retired: tablet.retired_at.is_some(),
        }
    });
    let columns = COLUMNS.map(|name| desk.say(&format!("admin-tablet-{name}")));
    let subject = Subject {
        title: desk.say("admin-tablets"),
        path: "/admin/tablets".into(),
        header: columns.clone().into(),
        columns: columns.into(),
        file: "may-tinh-bang".into(),
        add: desk.say("admin-tablet-add"),
        upload: false,
    };
    Ok((subject, rows.collect()))
}

/// `GET /admin/tablets`.
pub(super) async fn show(desk: Desk) -> Response {
    let shown = gathered(&desk).await.map(|(subject, rows)| list::page(&desk, subject, rows));
    desk.answer(shown)
}

/// `GET /admin/tablets/download`.
pub(super) async fn download(desk: Desk) -> Response {
    let file = async {
        let (subject, rows) = gathered(&desk).await?;
        list::download(&desk, &subject, rows)
    };
    desk.answer(file.await)
}

async fn tablet_of(desk: &Desk, id: &str) -> Result<posts::Posted, Stop> {
    let id: Uuid = id.parse().map_err(|_| Fault::Missing)?;
    let found = desk.app.store.posts().await?.into_iter().find(|one| one.id == id);
    found.ok_or_else(|| Fault::Missing.into())
}

fn trail(desk: &Desk) -> (String, String, String) {
    (desk.to("/admin"), desk.to("/admin/tablets"), desk.say("admin-tablets"))
}

async fn page(
    desk: &Desk,
    tablet: Option<&posts::Posted>,
    typed: Option<&Typed>,
    trouble: Trouble,
) -> Result<Response, Stop> {
    let house = House::of(desk).await?;
    let stored = tablet.map(|one| house.typed(&one.post)).unwrap_or_default();
    let mut fields = house.fields(desk, typed.unwrap_or(&stored), &trouble);
    if let Some(one) = tablet {
        fields.extend(facts(desk, one).await?.into_iter().map(|(name, value)| Field {
            name: name.to_owned(),
            label: desk.say(&format!("admin-tablet-{name}")),
            hint: None,
            value,
            kind: "text",
            limit: 0,
            choices: Vec::new(),
            fault: None,
            fixed: true,
        }));
    }
    let path =
        tablet.map_or("/admin/tablets/new".to_owned(), |one| format!("/admin/tablets/{}", one.id));
    let title = match tablet {
        Some(one) => desk.texts.with("admin-tablet-one", &[("id", &short(one.id))]),
        None => desk.say("admin-tablet-add"),
    };
    let in_use = tablet.filter(|one| one.retired_at.is_none());
    let status =
        if trouble.refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = FormPage {
        shell: desk.shell(title, &path),
        trail: trail(desk),
        action: desk.to(&path),
        was: serde_json::to_string(&stored).unwrap_or_default(),
        fields,
        refusal: trouble.refusal,
        done: done_of(desk),
        theirs: trouble.theirs,
        photo: None,
        retired: tablet.and_then(|one| one.retired_at),
        retired_action: in_use.map(|_| desk.to(&format!("{path}/retire"))),
        retired_note: desk.say("admin-tablet-retire-note"),
    };
    Ok(answer(status, shown.render()))
}

/// `GET /admin/tablets/new`.
pub(super) async fn blank(desk: Desk) -> Response {
    let shown = page(&desk, None, None, Trouble::default()).await;
    desk.answer(shown)
}

/// `POST /admin/tablets/new`.
pub(super) async fn code(desk: Desk, headers: HeaderMap, posted: Posted<Typed>) -> Response {
    let made = async {
        let house = House::of(&desk).await?;
        // Real ratings have no place among made-up ones: in a demonstration every tablet is marked.
        let simulated = is_demo(&desk.app.store).await?;
        let post = match house.read(&desk, &posted.form, simulated) {
            Ok(post) => post,
            Err(trouble) => return page(&desk, None, Some(&posted.form), trouble).await,
        };
        let code = fresh_code().map_err(|error| {
            tracing::error!(%error, "no code could be made");
            Fault::Interrupted
        })?;
        let (now, actor) = (desk.now(), desk.viewer.actor());
        let until = now + VALID_MS;
        desk.app.store.offer_post(&post, code_hash(&code), &actor, now, until).await?;
        let host = host(&desk.app, &headers);
        let scheme = scheme(&desk.app, &headers);
        let server = format!("{scheme}://{}", host.as_deref().unwrap_or("localhost"));
        let link = EnrolLink { server, code: code.clone() }.to_string();
        let counter = house.counters.iter().find(|one| one.id == post.counter);
        let shown = CodePage {
            shell: desk
                .shell(desk.say("admin-code-title"), "/admin/tablets/new")
                .without_languages(),
            trail: trail(&desk),
            counter: counter.map(|one| format!("{} · {}", one.code, one.name)).unwrap_or_default(),
            picture: qr::svg(&link),
            until: desk.texts.with("admin-code-until", &[("moment", &desk.moment(Some(until)))]),
            code,
            link,
        };
        let mut shown = answer(StatusCode::OK, shown.render());
        // A code opens a door: no copy of it stays behind in the browser.
        let no_store = HeaderValue::from_static("no-store");
        shown.headers_mut().insert(header::CACHE_CONTROL, no_store);
        Ok(shown)
    };
    desk.answer(made.await)
}

/// `GET /admin/tablets/{id}`.
pub(super) async fn one(desk: Desk, Path(id): Path<String>) -> Response {
    let shown = async {
        let tablet = tablet_of(&desk, &id).await?;
        page(&desk, Some(&tablet), None, Trouble::default()).await
    };
    desk.answer(shown.await)
}

/// `POST /admin/tablets/{id}`: moves it.
pub(super) async fn shift(desk: Desk, Path(id): Path<String>, posted: Posted<Typed>) -> Response {
    let moved = async {
        let tablet = tablet_of(&desk, &id).await?;
        let house = House::of(&desk).await?;
        let stored = house.typed(&tablet.post);
        let was: Option<Typed> =
            posted.form.get("was").and_then(|was| serde_json::from_str(was).ok());
        let after = match house.read(&desk, &posted.form, tablet.post.simulated) {
            Ok(after) => after,
            Err(trouble) => {
                return page(&desk, Some(&tablet), Some(&posted.form), trouble).await;
            }
        };
        let (actor, now) = (desk.viewer.actor(), desk.now());
        let store = &desk.app.store;
        let fresh = was.as_ref() == Some(&stored);
        if fresh && store.move_tablet(tablet.id, &tablet.post, &after, &actor, now).await? {
            return Ok(desk.done(&format!("/admin/tablets/{}", tablet.id), "moved"));
        }
        let theirs = ["counter", "officer", "stage"].map(|name| {
            let value = |typed: &Typed| typed.get(name).cloned().unwrap_or_default();
            (desk.say(&format!("admin-tablet-{name}")), value(&stored), value(&posted.form))
        });
        let theirs = theirs.into_iter().filter(|(_, now, typed)| now != typed).collect();
        let sentence = match tablet.retired_at {
            Some(_) => "admin-tablet-fault-retired",
            None => "admin-fault-stale",
        };
        let trouble = Trouble { theirs, ..Trouble::over(desk.say(sentence)) };
        page(&desk, Some(&tablet), Some(&posted.form), trouble).await
    };
    desk.answer(moved.await)
}

/// `POST /admin/tablets/{id}/retire`.
pub(super) async fn retire(desk: Desk, Path(id): Path<String>, _: Posted<Pressed>) -> Response {
    let retired = async {
        let tablet = tablet_of(&desk, &id).await?;
        desk.app.store.retire_tablet(tablet.id, &desk.viewer.actor(), desk.now()).await?;
        Ok(desk.done(&format!("/admin/tablets/{}", tablet.id), "retired"))
    };
    desk.answer(retired.await)
}
