//! Which rule found what, what was ruled out, and the figures with and without it, for a period and by
//! department. Every number leads to the ratings it counts.

use super::item::Item;
use super::{busy, rule_name, told};
use crate::auth::Viewer;
use crate::pages::address::{self, Asked, Seen};
use crate::pages::dashboards::bar::Bar;
use crate::pages::dashboards::cleaned::flagged;
use crate::pages::dashboards::data::{RatingsTable, TableData, TakenPage};
use crate::pages::dashboards::filter::Narrowed;
use crate::pages::dashboards::groups::Noun;
use crate::pages::dashboards::nothing;
use crate::pages::disclosed::Disclosed;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::records::{FlagFilter as FlagWanted, VisitFilter as Wanted};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use reports::figures::{Figures, Ratings};
use reports::numbers::Numbers;
use serde_json::json;

/// Where the page is.
const PATH: &str = "/flags";
/// Flagged visits of the page; the rest stands in the list.
const SHOWN: u32 = 20;
/// More than this is told as such.
const COUNTED: u32 = 10_000;

/// The page.
#[derive(Template)]
#[template(path = "records/flags.html")]
pub(in crate::pages) struct Flags {
    pub shell: Shell,
    pub bar: Bar,
    /// Name, what it finds, how many, where they are listed.
    pub rules: Vec<(String, String, String, String)>,
    pub rows: Vec<Row>,
    /// How many were ruled out, and where they are listed.
    pub ruled_out: (String, String),
    /// Likewise for those that officers replied to, those that were ruled out among them.
    pub replied: (String, String),
    /// Likewise for those whose redaction was proposed.
    pub proposed: (String, String),
    pub items: Vec<Item>,
    /// Why there are none.
    pub none: String,
    /// Where all flagged ones are.
    pub all: String,
}

/// All ratings that were given, those that count and those that no rule found odd, side by side: a
/// number with its visits each, and the shares of the last two.
pub(in crate::pages) struct Row {
    pub name: String,
    pub whole: bool,
    pub raw: Linked,
    pub ruled_out: Linked,
    pub counted: Linked,
    pub share: [String; 2],
    pub flagged: Linked,
    pub cleaned: Linked,
    pub cleaned_share: [String; 2],
}

/// A number and where the visits that it counts are.
pub(in crate::pages) struct Linked {
    pub number: String,
    pub link: String,
}

/// `GET /flags`.
pub(in crate::pages) async fn flags(
    State(app): State<App>,
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(&app, Some(&viewer), Asked::default().texts());
    };
    let texts = asked.texts();
    told(&app, &viewer, texts, page(&app, &viewer, &asked).await)
}

async fn page(app: &App, viewer: &Viewer, asked: &Asked) -> Result<Response, Fault> {
    let narrow = Narrowed::of(app, viewer, asked).await?;
    if let Some(address) = asked.destination_at(PATH, &narrow.query)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let seen = Seen { narrow, ..asked.seen(app, viewer).await? };
    let texts = seen.texts;
    let figures = app.stats.figures(seen.slice()).await?;
    if let Some(format) = &asked.format {
        let page = TakenPage::of(app, texts.get("records-flags"), &seen);
        return page.file(table(&figures, &seen), format);
    }
    let wanted = wanted(app, &seen).await?;
    let odd = Wanted { flag: Some(FlagWanted::Any), ruled_out: Some(false), ..wanted.clone() };
    let records = app.store.records(&odd, None, SHOWN).await.map_err(busy)?;
    let out = figures.ratings.raw() - figures.ratings.total;
    let (words, whole) =
        (app.questionnaire_words(texts).await?, app.store.directory().await.map_err(busy)?);
    let list = |field: &str| address::visits(&seen, &format!("&{field}"));
    let replied = Wanted { replied: true, ..wanted.clone() };
    let replied = app.store.count_records(&replied, COUNTED).await.map_err(busy)?;
    let proposed = Wanted { proposed: true, ..wanted };
    let proposed = app.store.count_records(&proposed, COUNTED).await.map_err(busy)?;
    let numbers = Numbers::of(texts);
    let rule = |rule: &str| {
        let count = figures.flags.get(rule).copied().unwrap_or(0);
        let seconds = app.centre().repeat_s.to_string();
        let what = texts.with(&format!("records-rule-{rule}-what"), &[("seconds", &seconds)]);
        (
            rule_name(rule, texts),
            what,
            numbers.count(count),
            list(&format!("flag={rule}&state=counted")),
        )
    };
    let title = texts.get("records-flags");
    let here = |texts: &Texts| address::at(PATH, &seen.period.name, &seen.narrow.query, texts);
    let mut shell = Shell::new(app, Some(viewer), texts, title.clone(), here);
    shell.carry(&seen, &figures);
    shell.simulated = figures.simulated;
    let nobody = figures.ratings.raw() == 0;
    let page = Flags {
        shell,
        bar: Bar::of(PATH, title, &seen, None).exported(viewer, &seen, ""),
        rules: [QUICK_REPEAT, DOSSIER_TWICE].map(rule).into(),
        rows: rows(&figures, &seen),
        ruled_out: (numbers.count(out), list("state=ruled_out")),
        replied: (numbers.count(replied), list("state=replied")),
        proposed: (numbers.count(proposed), list("state=proposed")),
        items: records
            .iter()
            .map(|one| Item::of(app, one, &whole, &words, viewer, texts))
            .collect(),
        none: if nobody {
            nothing(app, &seen, "records-flags-none")
        } else {
            texts.get("records-flags-none")
        },
        all: list("flag=any&state=counted"),
    };
    let answer = answer(StatusCode::OK, page.render());
    let commented = records.iter().filter(|one| one.comment.is_some()).count();
    if commented == 0 {
        return Ok(answer);
    }
    let what = json!({
        "filters": texts.get("records-flags"),
        "period": seen.period.name,
        "rows": commented,
    });
    Ok(Disclosed::comments(what).with(answer))
}

/// The visits of what is seen.
async fn wanted(app: &App, seen: &Seen) -> Result<Wanted, Fault> {
    let sites = app.store.counter_sites().await.map_err(busy)?;
    let (from, until) = app.moments(&seen.period);
    let filter = &seen.narrow.filter;
    Ok(Wanted {
        departments: filter.departments.clone(),
        counters: filter.counters(&sites),
        officer: filter.officer,
        procedure: filter.procedure,
        stage: filter.stage,
        channel: filter.channel,
        from: Some(from),
        until: Some(until),
        ..Wanted::default()
    })
}

/// Raw, counted and cleaned, of all and of each department.
fn rows(figures: &Figures, seen: &Seen) -> Vec<Row> {
    let all = seen.texts.get("records-flags-all");
    let mut rows = vec![row(all, (&figures.ratings, &figures.cleaned), None, seen)];
    let each = figures.departments.iter().filter(|own| own.ratings.raw() > 0);
    rows.extend(
        each.map(|own| row(own.name.clone(), (&own.ratings, &own.cleaned), Some(&own.code), seen)),
    );
    rows
}

fn row(
    name: String,
    (all, cleaned): (&Ratings, &Ratings),
    department: Option<&str>,
    seen: &Seen,
) -> Row {
    let numbers = Numbers::of(seen.texts);
    let linked = |count: u64, query: &str| Linked {
        number: numbers.count(count),
        link: visits(department, query, seen),
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

/// The visits of what is seen, or of one of its departments.
fn visits(department: Option<&str>, query: &str, seen: &Seen) -> String {
    let Some(code) = department else { return address::visits(seen, query) };
    let kept = seen.narrow.fields.iter().filter(|(name, _)| *name != "department");
    let kept = kept.map(|(name, value)| (*name, value.as_str()));
    let fields = serde_html_form::to_string(kept.chain([("department", code)]).collect::<Vec<_>>());
    let (from, to) = (seen.period.from, seen.period.to);
    let (fields, language) = (fields.unwrap_or_default(), address::language(seen.texts));
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
fn table(figures: &Figures, seen: &Seen) -> TableData {
    let mut table = RatingsTable::new(seen.texts);
    table.put_whole("", "", figures);
    let there = figures.departments.iter().filter(|own| own.ratings.raw() > 0);
    table.put_groups(Noun::Departments, there);
    table.done()
}
