//! Which rule found what, and the figures with and without it, for a period and by department.

use super::item::Item;
use super::{Words, busy, rule_name, told};
use crate::auth::Viewer;
use crate::pages::address::{self, Asked, Seen};
use crate::pages::dashboards::bar::Bar;
use crate::pages::dashboards::filter::Narrowed;
use crate::pages::dashboards::nothing;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::records::{FlagWanted, Wanted};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use protocol::{Channel, Stage};
use reports::figures::{Figures, Ratings};
use reports::masks::{Share, told as may_tell};
use reports::numbers::Numbers;

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
    /// Likewise for those that officers replied to.
    pub replied: (String, String),
    pub items: Vec<Item>,
    /// Why there are none.
    pub none: String,
    /// Where all flagged ones are.
    pub all: String,
}

/// Raw and cleaned figures side by side.
pub(in crate::pages) struct Row {
    pub name: String,
    pub whole: bool,
    pub raw: (String, String),
    pub cleaned: (String, String),
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
    let wanted = wanted(app, &seen).await?;
    let flagged = Wanted { flag: Some(FlagWanted::Any), ..wanted.clone() };
    let records = app.store.records(&flagged, None, SHOWN).await.map_err(busy)?;
    let out = Wanted { ruled_out: Some(true), ..wanted.clone() };
    let out = app.store.count_records(&out, COUNTED).await.map_err(busy)?;
    let (words, whole) = (Words::of(app, texts).await?, app.store.directory().await.map_err(busy)?);
    let list = |field: &str| address::visits(&seen, &format!("&{field}"));
    let replied = Wanted { replied: true, ..wanted };
    let replied = app.store.count_records(&replied, COUNTED).await.map_err(busy)?;
    let numbers = Numbers::of(texts);
    let rule = |rule: &str| {
        let count = figures.flags.get(rule).copied().unwrap_or(0);
        let seconds = app.centre().repeat_s.to_string();
        let what = texts.with(&format!("records-rule-{rule}-what"), &[("seconds", &seconds)]);
        (rule_name(rule, texts), what, numbers.count(count), list(&format!("flag={rule}")))
    };
    let title = texts.get("records-flags");
    let here = |texts: &Texts| address::at(PATH, &seen.period.name, &seen.narrow.query, texts);
    let mut shell = Shell::new(app, Some(viewer), texts, title.clone(), here);
    shell.carry(&seen, &figures);
    shell.simulated = figures.simulated;
    let nobody = figures.ratings.total == 0;
    let page = Flags {
        shell,
        bar: Bar::of(PATH, title, &seen, None).exported(viewer, &seen, ""),
        rules: [QUICK_REPEAT, DOSSIER_TWICE].map(rule).into(),
        rows: rows(&figures, texts),
        ruled_out: (numbers.count(out), list("state=ruled_out")),
        replied: (numbers.count(replied), list("state=replied")),
        items: records
            .iter()
            .map(|one| Item::of(app, one, &whole, &words, viewer, texts))
            .collect(),
        none: if nobody {
            nothing(app, &seen, "records-flags-none")
        } else {
            texts.get("records-flags-none")
        },
        all: list("flag=any"),
    };
    Ok(answer(StatusCode::OK, page.render()))
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
        stage: Stage::ALL.into_iter().find(|one| Some(one.code()) == filter.stage),
        channel: Channel::ALL.into_iter().find(|one| Some(one.code()) == filter.channel),
        from: Some(from),
        until: Some(until),
        ..Wanted::default()
    })
}

/// Raw and cleaned, of all and of each department.
fn rows(figures: &Figures, texts: &Texts) -> Vec<Row> {
    let all = texts.get("records-flags-all");
    let mut rows = vec![row(all, (&figures.ratings, &figures.cleaned), true, texts)];
    let each = figures.departments.iter().filter(|own| own.ratings.total > 0);
    rows.extend(each.map(|own| row(own.name.clone(), (&own.ratings, &own.cleaned), false, texts)));
    rows
}

fn row(name: String, (raw, cleaned): (&Ratings, &Ratings), whole: bool, texts: &Texts) -> Row {
    let side = |ratings: &Ratings| (Numbers::of(texts).cell(ratings.total), share(ratings, texts));
    Row { name, whole, raw: side(raw), cleaned: side(cleaned) }
}

/// The satisfied share as it may be told, with its interval.
pub(in crate::pages) fn share(ratings: &Ratings, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    match may_tell(ratings).map(|told| told.satisfied) {
        Some(Share::Exact { share, low, high }) => {
            format!("{} ({})", numbers.percent_mark(share), numbers.interval(low, high))
        }
        Some(Share::AtLeast(least)) => format!("≥ {}", numbers.percent_mark(least)),
        Some(Share::AtMost(most)) => format!("≤ {}", numbers.percent_mark(most)),
        Some(Share::Unknown) | None => "–".to_owned(),
    }
}
