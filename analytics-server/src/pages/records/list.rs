//! The list of visits, and the same list of those with a comment.

use super::item::Item;
use super::query::{KEPT, LEVEL_RANGES, Reading, RecordsQuery, STATES};
use crate::pages::access_audit::AccessAudit;
use crate::pages::address::given;
use crate::pages::choices::{Choice, Select, choose, entries};
use crate::pages::prelude::*;
use crate::questionnaire_words::QuestionnaireWords;
use crate::stats::groups::Dimension;
use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::records::Record;
use crate::storage::rows::Directory;
use crate::visits::search::{Found, find};
use crate::visits::total::Total;
use crate::visits::wording::{level_name, rule_name};
use jiff::ToSpan;
use protocol::Level;
use reports::numbers::Numbers;
use serde_json::json;
use std::collections::BTreeMap;

/// Days that are listed when no days are asked for, up to the last one that has a visit.
const DAYS: i64 = 30;

/// The page of a list.
#[derive(Template)]
#[template(path = "records/list.html")]
struct ListPage {
    layout: Layout,
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
    /// What the address says, by the names of its fields.
    fields: BTreeMap<String, String>,
    selects: Vec<Select>,
}

impl ListPage {
    /// What stands in a field of the form.
    fn value(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// What stands in a field of days: one day is from it to it.
    fn day(&self, name: &str) -> &str {
        if self.fields.contains_key(name) { self.value(name) } else { self.value("date") }
    }

    /// The fields that the form carries along.
    fn kept(&self) -> impl Iterator<Item = (&'static str, &str)> {
        KEPT.into_iter().filter_map(move |name| Some((name, self.fields.get(name)?.as_str())))
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
    let (directory, sites) = app.places_within(&scope).await?;
    let mut reading = Reading::of(context, &query, &directory, &sites)?;
    let key = if path == "/comments" { "comments" } else { "list" };
    reading.wanted.commented |= key == "comments";
    let words = app.questionnaire_words(texts).await?;
    reading.parts.extend(reading.wanted.reason.as_ref().map(|id| words.reason(id)));
    reading.parts.extend(reading.wanted.aspect.as_ref().map(|(id, ..)| words.aspect(id)));
    let search = given(query.search.as_deref());
    let (found, status) = if reading.refusals.is_empty() {
        let found = find(&app.store, &reading.wanted, reading.after, search).await?;
        (found, StatusCode::OK)
    } else {
        (Found::default(), StatusCode::BAD_REQUEST)
    };
    let (line, total) = line(context, &reading, search, found.records.len()).await?;
    let mut layout = context.layout(texts.get(&format!("records-{key}")), &query.address(path));
    layout.simulated = found.records.iter().any(|record| record.simulated);
    let at =
        |after: Option<String>| context.to(&RecordsQuery { after, ..query.clone() }.address(path));
    let future = reading.wanted.from.is_some_and(|from| from > context.now());
    let item = |record: &Record| Item::of(context, record, &whole, &words);
    let fields = query.fields();
    let page = ListPage {
        layout,
        intro: texts.get(&format!("records-{key}-intro")),
        line,
        items: found.records.iter().map(item).collect(),
        empty: texts.get(if future { "dashboards-future" } else { "records-none" }),
        next: found.next.map(|place| at(Some(format!("{}.{}", place.asked_at, place.num)))),
        first: reading.after.map(|_| at(None)),
        refusals: reading.refusals,
        path,
        selects: selects(&directory, &query, &fields, &words, texts)?,
        fields,
    };
    let answer = answer(status, page.render());
    // Nothing is told to the audit log where no comment was looked at or for.
    if search.is_none() && found.records.iter().all(|one| one.comment.is_none()) {
        return Ok(answer);
    }
    // What was looked for may name a person; it stands where only administrators and auditors read,
    // and would else be found nowhere.
    let what = json!({
        "filters": reading.parts.join(" · "),
        "search": search,
        "rows": search.is_none().then_some(total),
    });
    Ok(AccessAudit::comments(what).with(answer))
}

/// What is listed, in a sentence with its n, and n.
async fn line(
    context: &Context,
    reading: &Reading,
    search: Option<&str>,
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
    if search.is_some() {
        let count = numbers.count(listed as u64);
        let line = texts.with("records-line-search", &[("count", &count), ("what", &what)]);
        return Ok((line, listed as u64));
    }
    let Total { found, is_all, ruled_out } = Total::of(&context.app, &reading.wanted).await?;
    let key = if is_all { "records-line" } else { "records-line-more" };
    let line = texts.with(key, &[("count", &numbers.count(found)), ("what", &what)]);
    // Where nothing is asked of rulings, the list holds what was ruled out too, and says so.
    if ruled_out == 0 || reading.wanted.ruled_out.is_some() {
        return Ok((line, found));
    }
    let out = texts.with("records-line-ruled-out", &[("count", &numbers.count(ruled_out))]);
    Ok((format!("{line}. {out}"), found))
}

/// What the filter's form offers; `fields` is what the address says, by the names of its fields.
fn selects(
    directory: &Directory,
    query: &RecordsQuery,
    fields: &BTreeMap<String, String>,
    words: &QuestionnaireWords,
    texts: &Texts,
) -> PageResult<Vec<Select>> {
    let of = |field: &Option<String>, dimension: Dimension, department: Option<i64>| {
        choose(field.as_deref(), entries(dimension, directory, department))
    };
    let (department, departments) = of(&query.department, Dimension::Departments, None)?;
    let (_, counters) = of(&query.counter, Dimension::Counters, department)?;
    let (_, officers) = of(&query.officer, Dimension::Officers, department)?;
    let counter = |one: Choice| (one.value.clone(), format!("{} · {}", one.value, one.name));
    let officer = |one: Choice| (one.value.clone(), format!("{} · {}", one.name, one.value));
    let departments = departments.into_iter().map(|one| (one.value, one.name));
    let worded = |word: &str, key: &str| (word.to_owned(), texts.get(key));
    let ranges = LEVEL_RANGES.map(|(word, key, _)| worded(word, key));
    let level = |level: Level| (level.name().to_owned(), level_name(level, texts));
    let rule = |rule: &str| (rule.to_owned(), rule_name(rule, texts));
    let flags = vec![
        worded("any", "records-flagged"),
        rule(QUICK_REPEAT),
        rule(DOSSIER_TWICE),
        worded("none", "records-unflagged"),
    ];
    let states = STATES.map(|(word, _)| worded(word, &format!("records-state-{word}")));
    let select = |name: &'static str, label: &str, offers: Vec<(String, String)>| {
        let typed = fields.get(name);
        let choice = |(value, text): (String, String)| {
            let chosen = typed == Some(&value);
            Choice { value, name: text, chosen }
        };
        let choices = offers.into_iter().map(choice).collect();
        Select { name, label: texts.get(label), choices }.with_all(texts.get("records-all"))
    };
    Ok(vec![
        select("level", "records-level", ranges.into_iter().chain(Level::ALL.map(level)).collect()),
        select("reason", "records-reasons", words.all_reasons()),
        select("department", "pages-column-department", departments.collect()),
        select("counter", "pages-column-counter", counters.into_iter().map(counter).collect()),
        select("officer", "pages-column-officer", officers.into_iter().map(officer).collect()),
        select("flag", "records-flags", flags),
        select("state", "records-state", states.into()),
    ])
}
