//! Which rule found what, what was ruled out, and the figures with and without it, for a period and by
//! department. Every number leads to the ratings it counts.

use super::item::Item;
use super::wording::rule_name;
use crate::pages::dashboards::bar::{self, Bar};
use crate::pages::dashboards::cleaned::flagged;
use crate::pages::dashboards::data::{RatingsTable, TableData, TakenPage};
use crate::pages::dashboards::dimension::Dimension;
use crate::pages::dashboards::filter::Filters;
use crate::pages::dashboards::query::FigureQuery;
use crate::pages::dashboards::view::{View, nothing};
use crate::pages::disclosure::Disclosure;
use crate::pages::prelude::*;
use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::records::{FlagFilter, VisitFilter};
use reports::figures::{Figures, Group, Ratings};
use reports::numbers::Numbers;
use serde_json::json;

/// Where the page is.
const PATH: &str = "/flags";
/// Flagged visits of the page; the rest stands in the list.
const SHOWN: u32 = 20;
/// More than this is told as such.
const COUNTED: u32 = 10_000;

/// The page of what rules found.
#[derive(Template)]
#[template(path = "records/flags.html")]
struct FlagsPage {
    layout: Layout,
    bar: Bar,
    rules: Vec<Rule>,
    rows: Vec<Row>,
    ruled_out: Linked,
    /// Those that officers replied to, those that were ruled out among them.
    replied: Linked,
    /// Those whose redaction was proposed.
    proposed: Linked,
    items: Vec<Item>,
    /// Why there are none.
    none: String,
    /// Where all flagged ones are.
    all: String,
}

/// A rule and what it found.
struct Rule {
    name: String,
    /// What it looks for.
    what: String,
    found: Linked,
}

/// All ratings that were given, those that count and those that no rule found odd, side by side: a
/// number with its visits each, and the shares of the last two.
struct Row {
    name: String,
    whole: bool,
    raw: Linked,
    ruled_out: Linked,
    counted: Linked,
    share: [String; 2],
    flagged: Linked,
    cleaned: Linked,
    cleaned_share: [String; 2],
}

/// A number and where the visits that it counts are.
struct Linked {
    number: String,
    link: String,
}

/// `GET /flags`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let narrow = Filters::of(&context, &query).await?;
    if let Some(address) = query.destination(PATH, &narrow.query, texts)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let view = View::of(&context, &query, narrow).await?;
    let title = texts.get("records-flags");
    let figures = app.figures(view.slice()).await?;
    if let Some(format) = &query.format {
        return TakenPage::of(app, title, &view).file(table(&figures, &view), format);
    }
    let wanted = wanted(app, &view).await?;
    let odd = VisitFilter { flag: Some(FlagFilter::Any), ruled_out: Some(false), ..wanted.clone() };
    let records = app.store.records(&odd, None, SHOWN).await?;
    let (words, whole) = (app.questionnaire_words(texts).await?, app.store.directory().await?);
    let replied = VisitFilter { replied: true, ..wanted.clone() };
    let replied = app.store.count_records(&replied, COUNTED).await?;
    let proposed = VisitFilter { proposed: true, ..wanted };
    let proposed = app.store.count_records(&proposed, COUNTED).await?;
    let numbers = Numbers::of(texts);
    let linked = |count: u64, query: &str| Linked {
        number: numbers.count(count),
        link: view.visits(&format!("&{query}")),
    };
    let rule = |rule: &str| {
        let count = figures.flags.get(rule).copied().unwrap_or(0);
        let seconds = app.centre().repeat_s.to_string();
        Rule {
            name: rule_name(rule, texts),
            what: texts.with(&format!("records-rule-{rule}-what"), &[("seconds", &seconds)]),
            found: linked(count, &format!("flag={rule}&state=counted")),
        }
    };
    let page = FlagsPage {
        layout: bar::layout(&context, title.clone(), PATH, "", &view, &figures),
        bar: Bar::of(PATH, title.clone(), &view, None).exported(viewer, &view, ""),
        rules: [QUICK_REPEAT, DOSSIER_TWICE].map(rule).into(),
        rows: rows(&figures, &view),
        ruled_out: linked(figures.ratings.raw() - figures.ratings.total, "state=ruled_out"),
        replied: linked(replied, "state=replied"),
        proposed: linked(proposed, "state=proposed"),
        items: records.iter().map(|one| Item::of(&context, one, &whole, &words)).collect(),
        none: if figures.ratings.raw() == 0 {
            nothing(app, &view, "records-flags-none")
        } else {
            texts.get("records-flags-none")
        },
        all: view.visits("&flag=any&state=counted"),
    };
    let answer = answer(StatusCode::OK, page.render());
    let commented = records.iter().filter(|one| one.comment.is_some()).count();
    if commented == 0 {
        return Ok(answer);
    }
    let what = json!({ "filters": title, "period": view.period.name, "rows": commented });
    Ok(Disclosure::comments(what).with(answer))
}

/// The visits of what is shown.
async fn wanted(app: &App, view: &View) -> PageResult<VisitFilter> {
    let sites = app.store.counter_sites().await?;
    let (from, until) = app.moments(&view.period);
    let filter = &view.narrow.filter;
    Ok(VisitFilter {
        departments: filter.departments.clone(),
        counters: filter.counters(&sites),
        officer: filter.officer,
        procedure: filter.procedure,
        stage: filter.stage,
        channel: filter.channel,
        from: Some(from),
        until: Some(until),
        ..VisitFilter::default()
    })
}

/// The departments that have ratings.
fn rated(figures: &Figures) -> impl Iterator<Item = &Group> {
    figures.departments.iter().filter(|own| own.ratings.raw() > 0)
}

/// Raw, counted and cleaned, of all and of each department.
fn rows(figures: &Figures, view: &View) -> Vec<Row> {
    let all = view.texts.get("records-flags-all");
    let whole = row(all, (&figures.ratings, &figures.cleaned), None, view);
    let each = rated(figures)
        .map(|own| row(own.name.clone(), (&own.ratings, &own.cleaned), Some(&own.code), view));
    std::iter::once(whole).chain(each).collect()
}

fn row(
    name: String,
    (all, cleaned): (&Ratings, &Ratings),
    department: Option<&str>,
    view: &View,
) -> Row {
    let numbers = Numbers::of(view.texts);
    let linked = |count: u64, query: &str| Linked {
        number: numbers.count(count),
        link: visits(department, query, view),
    };
    Row {
        name,
        whole: department.is_none(),
        raw: linked(all.raw(), ""),
        ruled_out: linked(all.raw() - all.total, "&state=ruled_out"),
        counted: linked(all.total, "&state=counted"),
        share: with_interval(all, numbers),
        flagged: linked(flagged(all, cleaned), "&flag=any&state=counted"),
        cleaned: linked(cleaned.total, "&flag=none&state=counted"),
        cleaned_share: with_interval(cleaned, numbers),
    }
}

/// The visits of what is shown, or of one of its departments.
fn visits(department: Option<&str>, query: &str, view: &View) -> String {
    let Some(code) = department else { return view.visits(query) };
    let kept = view.narrow.fields.iter().filter(|(name, _)| *name != "department");
    let kept = kept.map(|(name, value)| (*name, value.as_str()));
    let fields = serde_html_form::to_string(kept.chain([("department", code)]).collect::<Vec<_>>());
    let (from, to) = (view.period.from, view.period.to);
    let (fields, language) = (fields.unwrap_or_default(), address::language(view.texts));
    format!("/records?from={from}&to={to}&{fields}{query}{language}")
}

/// The satisfied share and below it its interval.
fn with_interval(ratings: &Ratings, numbers: Numbers<'_>) -> [String; 2] {
    let of = ratings.satisfied;
    match (of.share, of.low, of.high) {
        (Some(share), Some(low), Some(high)) => {
            [numbers.percent(share), numbers.interval(low, high)]
        }
        _ => ["–".to_owned(), String::new()],
    }
}

/// The same as a table to take away.
fn table(figures: &Figures, view: &View) -> TableData {
    let mut table = RatingsTable::new(view.texts);
    table.put_whole("", "", figures);
    table.put_groups(Dimension::Departments, rated(figures));
    table.done()
}
