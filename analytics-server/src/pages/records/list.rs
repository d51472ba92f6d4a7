//! The list of visits, and the same list of those with a comment.

use super::asked::{Asked, STATES};
use super::item::Item;
use super::plain::plain;
use super::total::{self, Total};
use super::{busy, told};
use crate::auth::Viewer;
use crate::pages::address::{given, offered};
use crate::pages::disclosed::Disclosed;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::questionnaire_words::QuestionnaireWords;
use crate::state::App;
use crate::storage::records::{Record, VisitCursor as Place, VisitFilter as Wanted};
use crate::storage::rows::{Counter, Directory, Officer};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan;
use locales::Texts;
use reports::numbers::Numbers;
use serde_json::json;

/// Visits of one page.
const PAGE: u32 = 50;
/// Days that are listed when no days are asked for, up to the last one that has a visit.
const DAYS: i64 = 30;
/// Comments that one search reads; it goes on with the next page.
const SEARCHED: usize = 20_000;
/// Comments read at once while searching.
const CHUNK: u32 = 2_000;

/// The page.
#[derive(Template)]
#[template(path = "records/list.html")]
pub(in crate::pages) struct List {
    pub shell: Shell,
    pub heading: String,
    pub intro: String,
    /// What is listed, in a sentence with n.
    pub line: String,
    pub refusals: Vec<String>,
    /// Why there are none.
    pub empty: String,
    pub items: Vec<Item>,
    /// Where the list goes on, and where it begins.
    pub next: Option<String>,
    pub first: Option<String>,
    pub path: &'static str,
    pub asked: Asked,
    pub choices: Choices,
}

/// What the filter's form offers: value, name.
pub(in crate::pages) struct Choices {
    pub departments: Vec<(String, String)>,
    pub counters: Vec<(String, String)>,
    pub officers: Vec<(String, String)>,
    pub levels: Vec<(String, String)>,
    pub reasons: Vec<(String, String)>,
    pub flags: Vec<(String, String)>,
    pub states: Vec<(String, String)>,
}

impl List {
    /// What stands in a field of the form.
    #[expect(clippy::unused_self, reason = "templates call methods")]
    #[expect(clippy::ref_option, reason = "as the template has it")]
    fn value<'a>(&self, field: &'a Option<String>) -> &'a str {
        given(field.as_deref()).unwrap_or_default()
    }

    /// What stands in a field of days: one day is from it to it.
    #[expect(clippy::unused_self, reason = "templates call methods")]
    #[expect(clippy::ref_option, reason = "as the template has it")]
    fn either<'a>(&self, field: &'a Option<String>, day: &'a Option<String>) -> &'a str {
        given(field.as_deref()).or(given(day.as_deref())).unwrap_or_default()
    }
}

/// `GET /records`.
pub(in crate::pages) async fn records(
    State(app): State<App>,
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    entry(&app, &viewer, asked, "/records").await
}

/// `GET /comments`.
pub(in crate::pages) async fn comments(
    State(app): State<App>,
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    entry(&app, &viewer, asked, "/comments").await
}

async fn entry(
    app: &App,
    viewer: &Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
    path: &'static str,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(app, Some(viewer), Asked::default().texts());
    };
    let texts = asked.texts();
    told(app, viewer, texts, page(app, viewer, asked, path).await)
}

async fn page(
    app: &App,
    viewer: &Viewer,
    mut asked: Asked,
    path: &'static str,
) -> Result<Response, Fault> {
    if asked.is_of_any_day() {
        let last = app.latest_day(&viewer.scope()).await?;
        asked.from = Some(last.saturating_sub((DAYS - 1).days()).to_string());
    }
    let texts = asked.texts();
    let whole = app.store.directory().await.map_err(busy)?;
    let scope = viewer.scope();
    let directory = app.directory_within(&scope).await?;
    let sites = app.store.counter_sites().await.map_err(busy)?;
    let sites = scope.narrow_sites(sites, &directory);
    let mut reading = asked.read(app, &scope, &directory, &sites)?;
    if path == "/comments" {
        reading.wanted.commented = true;
    }
    let words = app.questionnaire_words(texts).await?;
    if let Some(reason) = &reading.wanted.reason {
        reading.parts.push(words.reason(reason));
    }
    if let Some((aspect, ..)) = &reading.wanted.aspect {
        reading.parts.push(words.aspect(aspect));
    }
    let found = if reading.refusals.is_empty() {
        let search = given(asked.search.as_deref()).map(plain);
        found(app, &reading.wanted, reading.after, search.as_deref()).await?
    } else {
        Found::default()
    };
    let (line, total) = line(app, texts, &reading, &asked, found.records.len()).await?;
    let disclosed = disclosed(&reading, &asked, &found, total);
    let key = if path == "/comments" { "comments" } else { "list" };
    let title = texts.get(&format!("records-{key}"));
    let mut shell =
        Shell::new(app, Some(viewer), texts, title.clone(), |texts| asked.address(path, texts));
    shell.simulated = found.records.iter().any(|record| record.simulated);
    let at = |after: Option<String>| Asked { after, ..asked.clone() }.address(path, texts);
    let next = found.next.map(|place| at(Some(format!("{}.{}", place.asked_at, place.num))));
    let item = |record: &Record| Item::of(app, record, &whole, &words, viewer, texts);
    let future = reading.wanted.from.is_some_and(|from| from > app.clock.now());
    let empty = if future { "dashboards-future" } else { "records-none" };
    let status = if reading.refusals.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let page = List {
        shell,
        heading: title,
        intro: texts.get(&format!("records-{key}-intro")),
        line,
        items: found.records.iter().map(item).collect(),
        empty: texts.get(empty),
        next,
        first: reading.after.map(|_| at(None)),
        refusals: reading.refusals,
        path,
        choices: choices(&directory, &asked, &words, texts),
        asked,
    };
    let answer = answer(status, page.render());
    Ok(match disclosed {
        Some(disclosed) => disclosed.with(answer),
        None => answer,
    })
}

/// What the audit log is told of a list: nothing, where no comment was looked at or for.
fn disclosed(
    reading: &super::asked::Reading,
    asked: &Asked,
    found: &Found,
    total: u64,
) -> Option<Disclosed> {
    let search = given(asked.search.as_deref());
    let commented = found.records.iter().any(|one| one.comment.is_some());
    (commented || search.is_some()).then(|| {
        // What was looked for may name a person; it stands where only administrators and auditors
        // read, and would else be found nowhere.
        Disclosed::comments(json!({
            "filters": reading.parts.join(" · "),
            "search": search,
            "rows": search.is_none().then_some(total),
        }))
    })
}

/// One page of a list.
#[derive(Default)]
struct Found {
    records: Vec<Record>,
    /// The last place that was looked at, where there may be more.
    next: Option<Place>,
}

async fn found(
    app: &App,
    wanted: &Wanted,
    mut after: Option<Place>,
    search: Option<&str>,
) -> Result<Found, Fault> {
    let page = PAGE as usize;
    let Some(search) = search else {
        let mut records = app.store.records(wanted, after, PAGE + 1).await.map_err(busy)?;
        let more = records.len() > page;
        records.truncate(page);
        let next = records.last().map(Record::cursor).filter(|_| more);
        return Ok(Found { records, next });
    };
    let (mut records, mut read) = (Vec::new(), 0);
    loop {
        let chunk = app.store.records(wanted, after, CHUNK).await.map_err(busy)?;
        let last = chunk.len() < CHUNK as usize;
        read += chunk.len();
        for record in chunk {
            after = Some(record.cursor());
            if record.comment.as_deref().is_some_and(|text| plain(text).contains(search)) {
                records.push(record);
                if records.len() == page {
                    return Ok(Found { records, next: after });
                }
            }
        }
        if last {
            return Ok(Found { records, next: None });
        }
        if read >= SEARCHED {
            return Ok(Found { records, next: after });
        }
    }
}

/// What is listed, in a sentence with its n, and n.
async fn line(
    app: &App,
    texts: &'static Texts,
    reading: &super::asked::Reading,
    asked: &Asked,
    shown: usize,
) -> Result<(String, u64), Fault> {
    if !reading.refusals.is_empty() {
        return Ok((texts.get("records-nothing-read"), 0));
    }
    let numbers = Numbers::of(texts);
    let what = if reading.parts.is_empty() {
        texts.get("records-everything")
    } else {
        reading.parts.join(" · ")
    };
    if given(asked.search.as_deref()).is_some() {
        let count = numbers.count(shown as u64);
        let line = texts.with("records-line-search", &[("count", &count), ("what", &what)]);
        return Ok((line, shown as u64));
    }
    let Total { found, is_all, ruled_out } = total::of(app, &reading.wanted).await?;
    let key = if is_all { "records-line" } else { "records-line-more" };
    let line = texts.with(key, &[("count", &numbers.count(found)), ("what", &what)]);
    // Where nothing is asked of rulings, the list holds what was ruled out too, and says so.
    if ruled_out == 0 || reading.wanted.ruled_out.is_some() {
        return Ok((line, found));
    }
    let out = texts.with("records-line-ruled-out", &[("count", &numbers.count(ruled_out))]);
    Ok((format!("{line}. {out}"), found))
}

fn choices(
    directory: &Directory,
    asked: &Asked,
    words: &QuestionnaireWords,
    texts: &Texts,
) -> Choices {
    let department = given(asked.department.as_deref());
    let department = department.and_then(|code| directory.department(code)).map(|one| one.id);
    let named = |code: &String, name: String| (code.clone(), name);
    // What is chosen stays in the form, whatever it offers besides.
    let with = |mut offers: Vec<(String, String)>, chosen: Option<(String, String)>| {
        offers.extend(chosen.filter(|one| !offers.contains(one)));
        offers
    };
    let counter = |one: &Counter| named(&one.code, format!("{} · {}", one.code, one.name));
    let counters = offered(&directory.counters, department, |one| one.department);
    let chosen = given(asked.counter.as_deref()).and_then(|code| directory.counter(code));
    let counters = with(counters.map(counter).collect(), chosen.map(counter));
    let officer = |one: &Officer| named(&one.code, format!("{} · {}", one.name, one.code));
    let officers = offered(&directory.officers, department, |one| one.department);
    let chosen = given(asked.officer.as_deref()).and_then(|code| directory.officer(code));
    let officers = with(officers.map(officer).collect(), chosen.map(officer));
    let mut levels = vec![
        ("low".to_owned(), texts.get("records-low")),
        ("below".to_owned(), texts.get("pages-column-below")),
    ];
    levels.push(("well".to_owned(), texts.get("records-well")));
    levels.extend(
        protocol::Level::ALL
            .map(|level| (level.name().to_owned(), texts.get(&format!("level-{}", level.name())))),
    );
    let state = |word: &str| (word.to_owned(), texts.get(&format!("records-state-{word}")));
    let rules = [crate::storage::flags::QUICK_REPEAT, crate::storage::flags::DOSSIER_TWICE];
    let mut flags = vec![("any".to_owned(), texts.get("records-flagged"))];
    flags.extend(rules.map(|rule| (rule.to_owned(), super::rule_name(rule, texts))));
    flags.push(("none".to_owned(), texts.get("records-unflagged")));
    Choices {
        departments: directory
            .departments
            .iter()
            .map(|one| (one.code.clone(), one.name.clone()))
            .collect(),
        counters,
        officers,
        levels,
        reasons: words.all_reasons(),
        flags,
        states: STATES.map(state).into(),
    }
}
