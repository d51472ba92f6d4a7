//! The ratings that rules flagged, one by one: which rule found each and why, with the way to the rating that
//! it was held against, and what was ruled about it, when and by whom. The list is narrowed by rule, state, counter and officer beside what the page is
//! narrowed by, and each rating leads back to its place in it.

use super::fields::RecordsQuery;
use super::flag_reasons::{FlagReason, flag_reasons};
use super::flag_rulings::chosen_value;
use super::flags::PATH;
use super::item::level_class;
use super::rulings::Rulings;
use crate::centre_time;
use crate::pages::address::given;
use crate::pages::came_from::CameFrom;
use crate::pages::choices::{Choice, Select, choose, entries};
use crate::pages::dashboards::view::View;
use crate::pages::pagination::Pager;
use crate::pages::prelude::*;
use crate::stats::groups::Dimension;
use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::notes::Note;
use crate::storage::records::Record;
use crate::storage::rows::Directory;
use crate::storage::visit_filter::{FlagFilter, VisitFilter};
use crate::table_files::visible;
use crate::visits::search::{ListPlace, find};
use crate::visits::total::Total;
use crate::visits::wording::{level_name, note_name, rule_name};
use reports::numbers::Numbers;
use std::collections::HashMap;

/// The word of an address for every rule.
const ANY: &str = "any";

/// The list below the numbers.
pub(super) struct FlagList {
    /// How many are listed, in a sentence.
    pub line: String,
    pub selects: Vec<Select>,
    /// What the form of the filters carries besides: the period and what the page is narrowed by.
    pub kept: Vec<(&'static str, String)>,
    pub rows: Vec<FlaggedRow>,
    pub pager: Pager,
    /// Whether the reader may rule.
    pub may_rule: bool,
    /// Whether it has filters of its own.
    pub is_narrowed: bool,
    /// This list, in no language, for the form of rulings to come back to.
    pub address: String,
}

/// A flagged rating.
pub(super) struct FlaggedRow {
    /// How the form of rulings names it.
    pub value: String,
    /// Its mark in the page, to which the rating alone leads back.
    pub mark: String,
    pub address: String,
    pub moment: String,
    pub level: String,
    /// Class of the level's mark.
    pub class: &'static str,
    pub counter: String,
    pub officer: String,
    /// The rules that found it, and what each found.
    pub reasons: Vec<FlagReason>,
    pub ruled_out: bool,
    /// Somebody ruled that it counts.
    pub examined: bool,
    /// What was ruled last, by whom and why.
    pub ruling: Option<String>,
    /// Chosen in a form that was refused.
    pub chosen: bool,
}

impl FlagList {
    /// The list that an address asks for; `chosen` are the ratings of a form that was refused.
    pub async fn of(
        context: &Context,
        view: &View,
        fields: &RecordsQuery,
        chosen: &[i64],
    ) -> PageResult<Self> {
        let Context { app, viewer, texts, .. } = context;
        let directory = app.directory_within(&viewer.scope()).await?;
        let (wanted, selects) = wanted(context, view, fields, &directory).await?;
        let found = find(&app.store, &wanted, fields.place()?, None).await?;
        let nums: Vec<i64> = found.records.iter().map(|one| one.num).collect();
        let notes =
            if nums.is_empty() { HashMap::new() } else { app.store.notes_of(&nums).await? };
        let total = Total::of(app, &wanted).await?;
        let at = |place: ListPlace| context.to(&list_address(view, fields, place));
        let address = list_address(view, fields, fields.place()?);
        let list = CameFrom::at(&address);
        let mut reasons = flag_reasons(context, &found.records, &list).await?;
        // Who may see a rating may read who served.
        let whole = app.store.directory().await?;
        let in_words = |record: &Record| {
            let notes = notes.get(&record.num).map(Vec::as_slice).unwrap_or_default();
            FlaggedRow {
                address: context.to(&list.carried_to(&format!("/records/{}", record.num))),
                reasons: reasons.remove(&record.num).unwrap_or_default(),
                chosen: chosen.contains(&record.num),
                ..row(context, record, notes, &whole)
            }
        };
        Ok(Self {
            line: line(total, texts),
            selects,
            kept: kept(view),
            rows: found.records.iter().map(in_words).collect(),
            pager: Pager::of_cursors(
                found.previous.map(|place| at(ListPlace::Before(place))),
                found.next.map(|place| at(ListPlace::After(place))),
            ),
            may_rule: viewer.may(Permission::Rule),
            is_narrowed: [&fields.flag, &fields.state, &fields.counter, &fields.officer]
                .into_iter()
                .any(|field| given(field.as_deref()).is_some()),
            address,
        })
    }
}

/// How many are listed, and how many of them a ruling took out of the figures, unless that is all of them.
fn line(total: Total, texts: &Texts) -> String {
    let Total { found, is_all, ruled_out } = total;
    let numbers = Numbers::of(texts);
    let key = match (is_all, ruled_out > 0 && ruled_out < found) {
        (true, false) => "records-flags-listed",
        (true, true) => "records-flags-listed-out",
        (false, _) => "records-flags-listed-more",
    };
    let (count, out) = (numbers.count(found), numbers.count(ruled_out));
    texts.with(key, &[("count", &count), ("out", &out)])
}

/// The visits that the list holds, and what its form offers.
async fn wanted(
    context: &Context,
    view: &View,
    fields: &RecordsQuery,
    directory: &Directory,
) -> PageResult<(VisitFilter, Vec<Select>)> {
    let Context { app, texts, .. } = context;
    let sites = app.store.counter_sites().await?;
    let filter = &view.narrow.filter;
    let mut wanted = filter.visits(&sites, app.moments(&view.period));
    let department = filter.departments.as_ref().filter(|own| own.len() == 1);
    let department = department.and_then(|own| own.first().copied());
    let of = |field: &Option<String>, dimension: Dimension| {
        choose(field.as_deref(), entries(dimension, directory, department))
    };
    let (counter, counters) = of(&fields.counter, Dimension::Counters)?;
    let (officer, officers) = of(&fields.officer, Dimension::Officers)?;
    if let Some(id) = counter {
        let inside = wanted.counters.as_ref().is_none_or(|there| there.contains(&id));
        wanted.counters = Some(if inside { [id].into() } else { [].into() });
    }
    wanted.officer = officer.or(wanted.officer);
    let rule = given(fields.flag.as_deref()).unwrap_or(ANY);
    wanted.flag = Some(match rule {
        ANY => FlagFilter::Any,
        QUICK_REPEAT | DOSSIER_TWICE => FlagFilter::Rule(rule.to_owned()),
        _ => return Err(PageError::Request),
    });
    let state = given(fields.state.as_deref()).unwrap_or_default();
    match state {
        "" => {}
        "counted" => wanted.ruled_out = Some(false),
        "unexamined" => wanted.examined = Some(false),
        "examined" => wanted.examined = Some(true),
        "ruled_out" => wanted.ruled_out = Some(true),
        _ => return Err(PageError::Request),
    }
    let worded = |words: &[&str], chosen: &str, name: &dyn Fn(&str) -> String| -> Vec<Choice> {
        let choice = |&word: &&str| Choice {
            value: word.to_owned(),
            name: name(word),
            chosen: word == chosen,
        };
        words.iter().map(choice).collect()
    };
    let rules = worded(&[QUICK_REPEAT, DOSSIER_TWICE], rule, &|rule| rule_name(rule, texts));
    let states = worded(&["unexamined", "examined", "counted", "ruled_out"], state, &|state| {
        texts.get(&format!("records-state-{state}"))
    });
    let select = |name, label: &str, choices: Vec<Choice>| {
        Select { name, label: texts.get(label), choices }.with_all(texts.get("records-all"))
    };
    let selects = vec![
        select("flag", "records-flags-rule", rules),
        select("state", "records-state", states),
        select("counter", "pages-column-counter", counters),
        select("officer", "pages-column-officer", officers),
    ];
    Ok((wanted, selects))
}

/// The address, in no language, of a page of the list.
fn list_address(view: &View, fields: &RecordsQuery, place: ListPlace) -> String {
    let own = RecordsQuery {
        flag: fields.flag.clone(),
        state: fields.state.clone(),
        counter: fields.counter.clone(),
        officer: fields.officer.clone(),
        ..RecordsQuery::default()
    };
    // Behind the sign of the first field: the period stands in front of them.
    let own = own.address_at("", place).replacen('?', "&", 1);
    format!("{PATH}?period={}{}{own}", view.period.name, view.narrow.query)
}

/// What the form of the filters carries besides.
fn kept(view: &View) -> Vec<(&'static str, String)> {
    let narrow = view.narrow.fields.iter().map(|(name, value)| (*name, value.clone()));
    [("period", view.period.name.clone())].into_iter().chain(narrow).collect()
}

/// A rating in words, without what depends on the list.
fn row(context: &Context, record: &Record, notes: &[Note], directory: &Directory) -> FlaggedRow {
    let texts = context.texts;
    let counter = directory.counter_of(record.counter);
    let officer = directory.officer_of(record.officer);
    let rulings = Rulings::of(record, notes);
    FlaggedRow {
        value: chosen_value(record.num, rulings.count()),
        mark: format!("r{}", record.num),
        address: String::new(),
        moment: context.moment(Some(record.asked_at)),
        level: level_name(record.level, texts),
        class: level_class(record),
        counter: counter.map(|one| one.name.clone()).unwrap_or_default(),
        officer: officer.map(|one| one.name.clone()).unwrap_or_default(),
        reasons: Vec::new(),
        ruled_out: record.ruled_out_at.is_some(),
        examined: rulings.is_examined(),
        ruling: rulings.last().map(|note| ruling(context, note)),
        chosen: false,
    }
}

/// What was ruled about a rating, by whom, when and why.
fn ruling(context: &Context, note: &Note) -> String {
    let Context { app, texts, .. } = context;
    let places = [
        ("kind", &*note_name(note.kind, texts)),
        ("name", &*note.name),
        ("when", &*centre_time::in_sentence(note.at, &app.zone, texts)),
        ("why", &*visible(&note.text)),
    ];
    texts.with("records-flags-ruling", &places)
}
