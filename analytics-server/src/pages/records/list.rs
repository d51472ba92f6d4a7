//! The list of visits, and the same list of those with a comment.

use super::item::Item;
use super::plain::plain;
use super::query::{LEVEL_RANGES, Reading, RecordsQuery, STATES};
use super::total::{self, Total};
use super::wording::{level_name, rule_name};
use crate::pages::address::{given, offered};
use crate::pages::disclosure::Disclosure;
use crate::pages::prelude::*;
use crate::questionnaire_words::QuestionnaireWords;
use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::records::{Record, VisitCursor, VisitFilter};
use crate::storage::rows::{Counter, Department, Directory, Officer};
use jiff::ToSpan;
use protocol::Level;
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

/// The page of a list.
#[derive(Template)]
#[template(path = "records/list.html")]
struct ListPage {
    layout: Layout,
    heading: String,
    intro: String,
    /// What is listed, in a sentence with n.
    line: String,
    refusals: Vec<String>,
    /// Why there are none.
    empty: String,
    items: Vec<Item>,
    /// Where the list goes on, and where it begins.
    next: Option<String>,
    first: Option<String>,
    path: &'static str,
    query: RecordsQuery,
    options: FilterOptions,
}

/// What the filter's form offers: value, name.
struct FilterOptions {
    departments: Vec<(String, String)>,
    counters: Vec<(String, String)>,
    officers: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    reasons: Vec<(String, String)>,
    flags: Vec<(String, String)>,
    states: Vec<(String, String)>,
}

impl ListPage {
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
pub(super) async fn records(context: Context, Query(query): Query<RecordsQuery>) -> PageResult {
    page(&context, query, "/records").await
}

/// `GET /comments`.
pub(super) async fn comments(context: Context, Query(query): Query<RecordsQuery>) -> PageResult {
    page(&context, query, "/comments").await
}

async fn page(context: &Context, mut query: RecordsQuery, path: &'static str) -> PageResult {
    let Context { app, viewer, texts, .. } = context;
    let scope = viewer.scope();
    if query.is_of_any_day() {
        let last = app.latest_day(&scope).await?;
        query.from = Some(last.saturating_sub((DAYS - 1).days()).to_string());
    }
    let whole = app.store.directory().await?;
    let directory = app.directory_within(&scope).await?;
    let sites = scope.narrow_sites(app.store.counter_sites().await?, &directory);
    let mut reading = Reading::of(context, &query, &directory, &sites)?;
    if path == "/comments" {
        reading.wanted.commented = true;
    }
    let words = app.questionnaire_words(texts).await?;
    reading.parts.extend(reading.wanted.reason.as_ref().map(|id| words.reason(id)));
    reading.parts.extend(reading.wanted.aspect.as_ref().map(|(id, ..)| words.aspect(id)));
    let found = if reading.refusals.is_empty() {
        let search = given(query.search.as_deref()).map(plain);
        find(app, &reading.wanted, reading.after, search.as_deref()).await?
    } else {
        Found::default()
    };
    let (line, total) = line(context, &reading, &query, found.records.len()).await?;
    let disclosed = disclosed(&reading, &query, &found, total);
    let key = if path == "/comments" { "comments" } else { "list" };
    let title = texts.get(&format!("records-{key}"));
    let mut layout = context.layout(title.clone(), &query.address(path));
    layout.simulated = found.records.iter().any(|record| record.simulated);
    let at =
        |after: Option<String>| context.to(&RecordsQuery { after, ..query.clone() }.address(path));
    let next = found.next.map(|place| at(Some(format!("{}.{}", place.asked_at, place.num))));
    let first = reading.after.map(|_| at(None));
    let future = reading.wanted.from.is_some_and(|from| from > context.now());
    let empty = if future { "dashboards-future" } else { "records-none" };
    let status = if reading.refusals.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let item = |record: &Record| Item::of(context, record, &whole, &words);
    let page = ListPage {
        layout,
        heading: title,
        intro: texts.get(&format!("records-{key}-intro")),
        line,
        items: found.records.iter().map(item).collect(),
        empty: texts.get(empty),
        next,
        first,
        refusals: reading.refusals,
        path,
        options: options(&directory, &query, &words, texts),
        query,
    };
    let answer = answer(status, page.render());
    Ok(match disclosed {
        Some(disclosed) => disclosed.with(answer),
        None => answer,
    })
}

/// What the audit log is told of a list: nothing, where no comment was looked at or for.
fn disclosed(
    reading: &Reading,
    query: &RecordsQuery,
    found: &Found,
    total: u64,
) -> Option<Disclosure> {
    let search = given(query.search.as_deref());
    let commented = found.records.iter().any(|one| one.comment.is_some());
    (commented || search.is_some()).then(|| {
        // What was looked for may name a person; it stands where only administrators and auditors
        // read, and would else be found nowhere.
        Disclosure::comments(json!({
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
    next: Option<VisitCursor>,
}

/// The visits of one page. Comments are searched here, so that marks are passed over.
async fn find(
    app: &App,
    wanted: &VisitFilter,
    mut after: Option<VisitCursor>,
    search: Option<&str>,
) -> PageResult<Found> {
    let page = PAGE as usize;
    let Some(search) = search else {
        let mut records = app.store.records(wanted, after, PAGE + 1).await?;
        let more = records.len() > page;
        records.truncate(page);
        let next = records.last().map(Record::cursor).filter(|_| more);
        return Ok(Found { records, next });
    };
    let (mut records, mut read) = (Vec::new(), 0);
    loop {
        let chunk = app.store.records(wanted, after, CHUNK).await?;
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
    context: &Context,
    reading: &Reading,
    query: &RecordsQuery,
    listed: usize,
) -> PageResult<(String, u64)> {
    let texts = context.texts;
    if !reading.refusals.is_empty() {
        return Ok((texts.get("records-nothing-read"), 0));
    }
    let numbers = Numbers::of(texts);
    let what = if reading.parts.is_empty() {
        texts.get("records-everything")
    } else {
        reading.parts.join(" · ")
    };
    if given(query.search.as_deref()).is_some() {
        let count = numbers.count(listed as u64);
        let line = texts.with("records-line-search", &[("count", &count), ("what", &what)]);
        return Ok((line, listed as u64));
    }
    let Total { found, is_all, ruled_out } = total::of(&context.app, &reading.wanted).await?;
    let key = if is_all { "records-line" } else { "records-line-more" };
    let line = texts.with(key, &[("count", &numbers.count(found)), ("what", &what)]);
    // Where nothing is asked of rulings, the list holds what was ruled out too, and says so.
    if ruled_out == 0 || reading.wanted.ruled_out.is_some() {
        return Ok((line, found));
    }
    let out = texts.with("records-line-ruled-out", &[("count", &numbers.count(ruled_out))]);
    Ok((format!("{line}. {out}"), found))
}

fn options(
    directory: &Directory,
    query: &RecordsQuery,
    words: &QuestionnaireWords,
    texts: &Texts,
) -> FilterOptions {
    let department = given(query.department.as_deref());
    let department = department.and_then(|code| directory.department(code)).map(|one| one.id);
    // What is chosen stays in the form, whatever it offers besides.
    let with = |mut offers: Vec<(String, String)>, chosen: Option<(String, String)>| {
        offers.extend(chosen.filter(|one| !offers.contains(one)));
        offers
    };
    let counter = |one: &Counter| (one.code.clone(), format!("{} · {}", one.code, one.name));
    let counters = offered(&directory.counters, department, |one| one.department);
    let chosen = given(query.counter.as_deref()).and_then(|code| directory.counter(code));
    let counters = with(counters.map(counter).collect(), chosen.map(counter));
    let officer = |one: &Officer| (one.code.clone(), format!("{} · {}", one.name, one.code));
    let officers = offered(&directory.officers, department, |one| one.department);
    let chosen = given(query.officer.as_deref()).and_then(|code| directory.officer(code));
    let officers = with(officers.map(officer).collect(), chosen.map(officer));
    let department = |one: &Department| (one.code.clone(), one.name.clone());
    let worded = |word: &str, key: &str| (word.to_owned(), texts.get(key));
    let ranges = LEVEL_RANGES.map(|(word, key, _)| worded(word, key));
    let level = |level: Level| (level.name().to_owned(), level_name(level, texts));
    let rule = |rule: &str| (rule.to_owned(), rule_name(rule, texts));
    let state = |word: &str| worded(word, &format!("records-state-{word}"));
    FilterOptions {
        departments: directory.departments.iter().map(department).collect(),
        counters,
        officers,
        levels: ranges.into_iter().chain(Level::ALL.map(level)).collect(),
        reasons: words.all_reasons(),
        flags: vec![
            worded("any", "records-flagged"),
            rule(QUICK_REPEAT),
            rule(DOSSIER_TWICE),
            worded("none", "records-unflagged"),
        ],
        states: STATES.map(state).into(),
    }
}
