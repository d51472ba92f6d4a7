//! Which rule found what, what was ruled on it, and the figures with and without it, for a period and by
//! department; and the flagged ratings one by one, to be ruled on. Every number leads to the ratings it
//! counts, and is counted as their list counts them: what a rule found stays found whatever is ruled; only
//! the figures with and without it are about ratings that count.

use super::fields::RecordsQuery;
use super::flag_list::FlagList;
use super::flag_rulings::RefusedRulings;
use super::query::STATES;
use crate::export::figure_tables::RatingsTable;
use crate::figure_lines::NONE;
use crate::pages::dashboards::bar::Bar;
use crate::pages::dashboards::query::FigureQuery;
use crate::pages::dashboards::view::{Shown, View};
use crate::pages::prelude::*;
use crate::stats::groups::Dimension;
use crate::stats::measures::flagged;
use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::visit_filter::{FlagFilter, VisitFilter};
use crate::visits::wording::{rule_name, rule_what};
use axum::http::Uri;
use reports::figures::{Figures, Ratings};
use reports::numbers::Numbers;
use serde::de::DeserializeOwned;

/// Where the page is.
pub(super) const PATH: &str = "/flags";
/// The states of ratings that are told with the rules.
const TOLD: [&str; 5] = ["unexamined", "examined", "ruled_out", "unanswered", "proposed"];
/// What a form of rulings may have done.
const DONE: [&str; 2] = ["ruled", "ruled-some"];
/// Most that a line counts; more is told as that many and a plus.
const MOST: u32 = 10_000;

/// The page of what rules found.
#[derive(Template)]
#[template(path = "records/flags.html")]
struct FlagsPage {
    layout: Layout,
    bar: Bar,
    /// Rulings were taken just before.
    done: Option<String>,
    found: Vec<Found>,
    rows: Vec<Row>,
    flagged: FlagList,
    refused: Option<RefusedRulings>,
    /// Why there are none.
    none: String,
}

/// A rule or a state, and how many ratings are so.
struct Found {
    name: String,
    /// What it is about.
    what: String,
    count: Linked,
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
pub(super) async fn show(context: Context) -> PageResult {
    page(&context, &context.uri, None).await
}

/// The fields of an address.
fn read<T: DeserializeOwned>(uri: &Uri) -> PageResult<T> {
    let fields = axum::extract::Query::try_from_uri(uri);
    fields.map(|axum::extract::Query(fields)| fields).map_err(|_| PageError::Request)
}

/// The page that an address asks for, with a form of rulings that was refused.
pub(super) async fn page(
    context: &Context,
    uri: &Uri,
    refused: Option<RefusedRulings>,
) -> PageResult {
    let Context { app, texts, .. } = context;
    let (query, fields) = (read::<FigureQuery>(uri)?, read::<RecordsQuery>(uri)?);
    let view = View::open(context, &query, PATH, "").await?;
    let title = texts.get("records-flags");
    let figures = app.figures(view.slice()).await?;
    if let Some(format) = &query.format {
        let departments = Dimension::Departments.with_raw_ratings(&figures);
        let table = RatingsTable::new(texts).whole("", "", &figures);
        let table = table.groups(Dimension::Departments, &departments).done();
        return view.file(app, title, table, format);
    }
    let shown = Shown::of(context, &view, &figures);
    let chosen = refused.as_ref().map_or(&[][..], |refused| refused.chosen.as_slice());
    let done = context.was_done(&DONE)?.filter(|_| refused.is_none());
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { view.status() };
    let page = FlagsPage {
        layout: shown.layout(PATH, title.clone(), ""),
        bar: Bar::of(&shown, PATH, title, None),
        done: done.map(|word| texts.get(&format!("records-flags-{word}"))),
        found: found(&shown).await?,
        rows: rows(&figures, &view),
        flagged: FlagList::of(context, &view, &fields, chosen).await?,
        none: if figures.ratings.raw() == 0 {
            shown.nothing("records-flags-none")
        } else {
            texts.get("records-flags-none")
        },
        refused,
    };
    Ok(answer(status, page.render()))
}

/// What rules found, what was ruled on it, and what waits for somebody.
async fn found(shown: &Shown<'_>) -> PageResult<Vec<Found>> {
    let Shown { context, view, .. } = shown;
    let Context { app, texts, .. } = context;
    let sites = app.store.counter_sites().await?;
    let wanted = view.narrow.filter.visits(&sites, app.moments(&view.period));
    let mut lines = Vec::new();
    for rule in [QUICK_REPEAT, DOSSIER_TWICE] {
        let flag = Some(FlagFilter::Rule(rule.to_owned()));
        let wanted = VisitFilter { flag, ..wanted.clone() };
        let count = counted(shown, &wanted, &format!("&flag={rule}")).await?;
        let what = rule_what(rule, app.centre().repeat_s, texts);
        lines.push(Found { name: rule_name(rule, texts), what, count });
    }
    for (state, narrow) in STATES.into_iter().filter(|(state, _)| TOLD.contains(state)) {
        let mut wanted = wanted.clone();
        narrow(&mut wanted);
        let count = counted(shown, &wanted, &format!("&state={state}")).await?;
        let name = texts.get(&format!("records-state-{state}"));
        let what = texts.get(&format!("records-flags-{}", state.replace('_', "-")));
        lines.push(Found { name, what, count });
    }
    Ok(lines)
}

/// How many ratings are wanted, with the way to their list; `query` asks for them there.
async fn counted(shown: &Shown<'_>, wanted: &VisitFilter, query: &str) -> PageResult<Linked> {
    let found = shown.context.app.store.count_records(wanted, MOST + 1).await?;
    let more = if found > u64::from(MOST) { "+" } else { "" };
    let number = format!("{}{more}", shown.numbers().count(found.min(u64::from(MOST))));
    Ok(Linked { number, link: shown.view.visits(query) })
}

/// Raw, counted and cleaned, of all and of each department.
fn rows(figures: &Figures, view: &View) -> Vec<Row> {
    let numbers = Numbers::of(view.texts);
    let row = |name: String, all: &Ratings, cleaned: &Ratings, department: Option<&str>| {
        let linked = |count: u64, query: &str| Linked {
            number: numbers.count(count),
            link: match department {
                Some(code) => view.visits_of(Dimension::Departments, code, query),
                None => view.visits(query),
            },
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
    };
    let all = view.texts.get("records-flags-all");
    let mut rows = vec![row(all, &figures.ratings, &figures.cleaned, None)];
    for own in Dimension::Departments.with_raw_ratings(figures) {
        rows.push(row(own.name.clone(), &own.ratings, &own.cleaned, Some(&own.code)));
    }
    rows
}

/// The satisfied share and below it its interval.
fn with_interval(ratings: &Ratings, numbers: Numbers<'_>) -> [String; 2] {
    let of = ratings.satisfied;
    match (of.share, of.low, of.high) {
        (Some(share), Some(low), Some(high)) => {
            [numbers.percent(share), numbers.interval(low, high)]
        }
        _ => [NONE.to_owned(), String::new()],
    }
}
