//! The list of visits, and the same list of those with a comment: a dense table, a page of fifty at a time,
//! with the filters in force and a way to take each of them away.

use super::fields::RecordsQuery;
use super::item::Item;
use super::query::{KEPT, LEVEL_RANGES, Part, Reading, STATES};
use crate::centre_time;
use crate::pages::access_audit::AccessAudit;
use crate::pages::address::given;
use crate::pages::came_from::CameFrom;
use crate::pages::choices::{Choice, Select, choose, entries};
use crate::pages::dashboards::bar::carry;
use crate::pages::dashboards::filter::Chip;
use crate::pages::pagination::Pager;
use crate::pages::prelude::*;
use crate::questionnaire_words::QuestionnaireWords;
use crate::stats::groups::Dimension;
use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::notes::is_reply_waiting;
use crate::storage::records::Record;
use crate::storage::rows::Directory;
use crate::storage::visit_filter::VisitFilter;
use crate::visits::USUAL_DAYS;
use crate::visits::search::{Found, ListPlace, find};
use crate::visits::total::Total;
use crate::visits::wording::{level_name, rule_name};
use jiff::ToSpan;
use protocol::Level;
use reports::numbers::Numbers;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Letters of a comment in the list of all visits: a line. The list of comments has all of them.
const FIRST_WORDS: usize = 90;
/// Unhandled comments that are counted, as many as of any list.
const COUNTED: u32 = 100_000;

/// The two lists.
pub(super) const RECORDS: &str = "/records";
pub(super) const COMMENTS: &str = "/comments";

/// The page of a list.
#[derive(Template)]
#[template(path = "records/list.html")]
struct ListPage {
    layout: Layout,
    intro: String,
    /// What is listed, in a sentence with n.
    line: String,
    refusals: Vec<String>,
    /// Why the days are refused, beside their fields.
    days_refused: Option<String>,
    chips: Vec<Chip>,
    /// The list without any filter.
    all: String,
    /// How many comments wait for somebody, and the list of them.
    waiting: Option<(String, String)>,
    /// Why there are none; nothing where a refusal says why.
    empty: Option<String>,
    visits: Vec<ListedVisit>,
    /// Whether one of them does not have to be handled, which is then explained.
    has_exempt: bool,
    /// Whether departments are told apart.
    departments: bool,
    pager: Pager,
    /// Where the list begins, from another page.
    first: Option<String>,
    path: &'static str,
    /// What the address says, by the names of its fields.
    fields: BTreeMap<String, String>,
    selects: Vec<Select>,
}

/// A visit as a row.
struct ListedVisit {
    item: Item,
    /// Its mark in the page, to which the visit alone leads back.
    mark: String,
    moment: String,
    /// What the person wrote, or its first words.
    comment: Option<String>,
    /// Low or with a comment, and nobody has written down what was done.
    waits: bool,
    /// Below satisfied, and still none of those that have to be handled.
    is_exempt: bool,
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
    page(&context, query, RECORDS).await
}

/// `GET /comments`.
pub(super) async fn comments(context: Context, Query(query): Query<RecordsQuery>) -> PageResult {
    page(&context, query, COMMENTS).await
}

/// What an address of a list asks for, of the last days where it names none; and the directory as the
/// viewer sees it.
pub(super) async fn read(
    context: &Context,
    query: &mut RecordsQuery,
    path: &str,
) -> PageResult<(Reading, Arc<Directory>)> {
    let (app, scope) = (&context.app, context.viewer.scope());
    if query.is_of_any_day() {
        let last = app.latest_day(&scope).await?;
        query.from = Some(last.saturating_sub((USUAL_DAYS - 1).days()).to_string());
    }
    let (directory, sites) = app.places_within(&scope).await?;
    let mut reading = Reading::of(context, query, &directory, &sites)?;
    reading.wanted.commented |= path == COMMENTS;
    Ok((reading, directory))
}

async fn page(context: &Context, mut query: RecordsQuery, path: &'static str) -> PageResult {
    let Context { app, texts, .. } = context;
    let usual_days = query.is_of_any_day();
    let came_from = query.period(app.centre().policy);
    let (mut reading, directory) = read(context, &mut query, path).await?;
    let key = if path == COMMENTS { "comments" } else { "list" };
    let words = app.questionnaire_words(texts).await?;
    reading.tell_questions(&words);
    let search = given(query.search.as_deref());
    let is_refused = reading.is_refused();
    let (found, status) = if is_refused {
        (Found::default(), StatusCode::BAD_REQUEST)
    } else {
        let found = find(&app.store, &reading.wanted, reading.place, search).await?;
        (found, StatusCode::OK)
    };
    let line = line(context, &reading, search, &found).await?;
    let mut layout = context.layout(texts.get(&format!("records-{key}")), &query.address(path));
    layout.simulated = found.records.iter().any(|record| record.simulated);
    if let Some(period) = came_from {
        carry(&mut layout, &period.to_string(), "", None);
    }
    let at = |place: ListPlace| context.to(&query.address_at(path, place));
    let chips = chips(context, &query, &reading, path, usual_days);
    let future = reading.wanted.from.is_some_and(|from| from > context.now());
    let empty = match (future, chips.is_empty()) {
        (true, _) => texts.get("dashboards-future"),
        (false, false) => texts.get("records-none"),
        (false, true) => texts.get(&format!("records-{key}-none")),
    };
    let empty = (!is_refused).then_some(empty);
    let (fields, period) = (query.fields(), query.period.as_deref());
    let visits = visits(context, &query, &found.records, path, &words).await?;
    let page = ListPage {
        layout,
        intro: texts.get(&format!("records-{key}-intro")),
        line,
        chips,
        all: context.to(&address::with_fields(path, period.map(|period| ("period", period)))),
        waiting: waiting(context, &query, &reading, path).await?,
        empty,
        has_exempt: visits.iter().any(|one| one.is_exempt),
        visits,
        departments: directory.departments.len() > 1,
        pager: Pager::of_cursors(
            found.previous.map(|place| at(ListPlace::Before(place))),
            found.next.map(|place| at(ListPlace::After(place))),
        ),
        first: found.previous.map(|_| at(ListPlace::First)),
        path,
        selects: selects(&directory, &query, &fields, &words, texts)?,
        fields,
        refusals: std::mem::take(&mut reading.refusals),
        days_refused: reading.days_refused.take(),
    };
    let answer = answer(status, page.render());
    // Nothing is told to the audit log where no comment was looked at or for.
    if search.is_none() && found.records.iter().all(|one| one.comment.is_none()) {
        return Ok(answer);
    }
    // What was looked for may name a person; it stands where only administrators and auditors read,
    // and would else be found nowhere.
    let commented = found.records.iter().filter(|one| one.comment.is_some());
    let shown: Vec<i64> = commented.map(|one| one.num).collect();
    Ok(AccessAudit::comments(query.fields(), &shown).with(answer))
}

/// The filters in force. The days that are listed where none are asked for are no filter.
fn chips(
    context: &Context,
    query: &RecordsQuery,
    reading: &Reading,
    path: &str,
    usual_days: bool,
) -> Vec<Chip> {
    let parts = reading.parts.iter().filter(|part| !usual_days || !part.fields.contains(&"from"));
    let chip = |part: &Part| Chip {
        name: part.name.clone(),
        clear: context.to(&query.address_without(path, part.fields)),
    };
    parts.map(chip).collect()
}

/// How many of the listed comments nobody has handled, and the list of them; none where the list says so
/// itself, or holds what only a search finds.
async fn waiting(
    context: &Context,
    query: &RecordsQuery,
    reading: &Reading,
    path: &str,
) -> PageResult<Option<(String, String)>> {
    let told = reading.wanted.handled.is_some() || given(query.search.as_deref()).is_some();
    if path != COMMENTS || told || reading.is_refused() {
        return Ok(None);
    }
    let open = VisitFilter { handled: Some(false), ..reading.wanted.clone() };
    let count = context.app.store.count_records(&open, COUNTED).await?;
    if count == 0 {
        return Ok(None);
    }
    let count = Numbers::of(context.texts).count(count);
    let open = RecordsQuery { state: Some("open".to_owned()), ..query.clone() };
    let list = context.to(&open.address_at(path, ListPlace::First));
    Ok(Some((context.texts.with("records-waiting", &[("count", &count)]), list)))
}

/// The rows of a page; each leads to its visit, which leads back.
async fn visits(
    context: &Context,
    query: &RecordsQuery,
    records: &[Record],
    path: &str,
    words: &QuestionnaireWords,
) -> PageResult<Vec<ListedVisit>> {
    // Who may see a visit may read who served.
    let whole = context.app.store.directory().await?;
    let list = CameFrom::at(&query.address(path));
    let nums: Vec<i64> = records.iter().map(|one| one.num).collect();
    let notes = context.app.store.notes_of(&nums).await?;
    let row = |record: &Record| {
        let mut item = Item::of(context, record, &whole, words);
        let own = notes.get(&record.num);
        item.has_waiting_reply = own.is_some_and(|notes| is_reply_waiting(notes));
        item.address = context.to(&list.carried_to(&format!("/records/{}", record.num)));
        let comment = item.comment.take();
        let has_to = record.is_low() || comment.is_some();
        ListedVisit {
            mark: format!("r{}", record.num),
            moment: centre_time::short(record.asked_at, &context.app.zone),
            waits: has_to && !item.handled,
            is_exempt: !has_to && !item.handled && !record.level.is_satisfied(),
            comment: comment.map(|text| if path == COMMENTS { text } else { first_words(&text) }),
            item,
        }
    };
    Ok(records.iter().map(row).collect())
}

/// The first words of a comment, as many as a line has room for.
fn first_words(text: &str) -> String {
    if text.chars().count() <= FIRST_WORDS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(FIRST_WORDS).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(words, _)| words);
    format!("{whole}…")
}

/// What is listed, in a sentence with its n.
async fn line(
    context: &Context,
    reading: &Reading,
    search: Option<&str>,
    page: &Found,
) -> PageResult<String> {
    let texts = context.texts;
    if reading.is_refused() {
        return Ok(texts.get("records-nothing-read"));
    }
    let numbers = Numbers::of(texts);
    let what =
        if reading.parts.is_empty() { texts.get("records-everything") } else { reading.told() };
    if search.is_some() {
        // A search stops at a full page: all of it is known only where there is no other page.
        let key = match (page.previous, page.next) {
            _ if page.records.is_empty() => "records-line-search-none",
            (None, None) => "records-line-found",
            (None, Some(_)) => "records-line-found-more",
            (Some(_), _) => "records-line-search",
        };
        let listed = page.records.len() as u64;
        let places = [("count", &*numbers.count(listed)), ("what", &*what)];
        return Ok(texts.with(key, &places));
    }
    let Total { found, is_all, ruled_out } = Total::of(&context.app, &reading.wanted).await?;
    let key = if is_all { "records-line" } else { "records-line-more" };
    let line = texts.with(key, &[("count", &numbers.count(found)), ("what", &what)]);
    // Where nothing is asked of rulings, the list holds what was ruled out too, and says so.
    if ruled_out == 0 || reading.wanted.ruled_out.is_some() {
        return Ok(line);
    }
    let out = texts.with("records-line-ruled-out", &[("count", &numbers.count(ruled_out))]);
    Ok(format!("{line}. {out}"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_comment_is_cut_between_words() {
        assert_eq!(first_words("Chờ lâu"), "Chờ lâu");
        let long = "người dân phải chờ ".repeat(10);
        let cut = first_words(&long);
        let words = cut.strip_suffix('…').unwrap();
        assert!(cut.chars().count() <= FIRST_WORDS + 1 && long.starts_with(words), "{cut}");
        assert!(long[words.len()..].starts_with(' '), "no word is cut: {cut}");
        assert_eq!(first_words(&"x".repeat(91)).chars().count(), FIRST_WORDS + 1);
    }
}
