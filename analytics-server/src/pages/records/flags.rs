//! Which rule found what, and the figures with and without it, for a period and by department.

use super::item::Item;
use super::{Words, busy, rule_name, told};
use crate::auth::{Scope, Viewer};
use crate::pages::address::given;
use crate::pages::address::{self, Asked};
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::stats::slice::{Filter, Slice};
use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::records::{FlagWanted, Wanted};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;
use reports::figures::Ratings;
use reports::masks::{Share, told as may_tell};
use reports::numbers::Numbers;
use reports::periods::period_name;

/// Flagged visits of the page; the rest stands in the list.
const SHOWN: u32 = 20;
/// More than this is told as such.
const COUNTED: u32 = 10_000;

/// The page.
#[derive(Template)]
#[template(path = "records/flags.html")]
pub(in crate::pages) struct Flags {
    pub shell: Shell,
    pub period: String,
    pub days: String,
    pub previous: Option<(String, String)>,
    pub next: Option<(String, String)>,
    /// Name, what it finds, how many, where they are listed.
    pub rules: Vec<(String, String, String, String)>,
    pub rows: Vec<Row>,
    /// How many were ruled out, and where they are listed.
    pub ruled_out: (String, String),
    /// Likewise for those that officers replied to.
    pub replied: (String, String),
    pub items: Vec<Item>,
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

/// Addresses and names of the periods before and after.
pub(in crate::pages) fn neighbours(
    path: &str,
    seen: &address::Seen,
) -> [Option<(String, String)>; 2] {
    let sides = [(seen.span.previous(), "pages-previous"), (seen.span.next(), "pages-next")];
    sides.map(|(span, key)| {
        let period = span?.under(seen.policy);
        let name = period_name(&period, seen.texts);
        let to = format!("{path}?period={}{}", period.name, address::language(seen.texts));
        Some((to, seen.texts.with(key, &[("period", &name)])))
    })
}

async fn page(app: &App, viewer: &Viewer, asked: &Asked) -> Result<Response, Fault> {
    let seen = asked.seen(app, viewer).await?;
    let (texts, period) = (seen.texts, seen.period.clone());
    let scope = viewer.scope();
    let filter = Filter::default().within(&scope);
    let figures = app.stats.figures(Slice { period: period.clone(), filter }).await?;
    let whole = app.store.directory().await.map_err(busy)?;
    let all = texts.get("records-flags-all");
    let mut rows = vec![row(all, (&figures.ratings, &figures.cleaned), true, texts)];
    let each = figures.departments.iter().filter(|own| own.ratings.total > 0);
    rows.extend(each.map(|own| row(own.name.clone(), (&own.ratings, &own.cleaned), false, texts)));
    let (from, until) = app.moments(&period);
    let departments = match &scope {
        Scope::Departments(own) => Some(own.clone()),
        _ => None,
    };
    let wanted = Wanted { departments, from: Some(from), until: Some(until), ..Wanted::default() };
    let flagged = Wanted { flag: Some(FlagWanted::Any), ..wanted.clone() };
    let records = app.store.records(&flagged, None, SHOWN).await.map_err(busy)?;
    let out = Wanted { ruled_out: Some(true), ..wanted.clone() };
    let out = app.store.count_records(&out, COUNTED).await.map_err(busy)?;
    let replied = Wanted { replied: true, ..wanted };
    let replied = app.store.count_records(&replied, COUNTED).await.map_err(busy)?;
    let words = Words::of(app, texts).await?;
    let list = |field: &str| {
        let (from, to, lang) = (period.from, period.to, address::language(texts));
        format!("/records?from={from}&to={to}&{field}{lang}")
    };
    let numbers = Numbers::of(texts);
    let rule = |rule: &str| {
        let count = figures.flags.get(rule).copied().unwrap_or(0);
        let seconds = app.centre().repeat_s.to_string();
        let what = texts.with(&format!("records-rule-{rule}-what"), &[("seconds", &seconds)]);
        (rule_name(rule, texts), what, numbers.count(count), list(&format!("flag={rule}")))
    };
    let title = texts.get("records-flags");
    let name = given(asked.period.as_deref()).map_or_else(|| period.name.clone(), str::to_owned);
    let mut shell = Shell::new(app, Some(viewer), texts, title, |texts| {
        format!("/flags?period={name}{}", address::language(texts))
    });
    shell.simulated = figures.simulated;
    let [previous, next] = neighbours("/flags", &seen);
    let ends = [("from", &*numbers.date(period.from)), ("to", &numbers.date(period.to))];
    let page = Flags {
        shell,
        period: period_name(&period, texts),
        days: texts.with("pages-days", &ends),
        previous,
        next,
        rules: [QUICK_REPEAT, DOSSIER_TWICE].map(rule).into(),
        rows,
        ruled_out: (numbers.count(out), list("state=ruled_out")),
        replied: (numbers.count(replied), list("state=replied")),
        items: records
            .iter()
            .map(|one| Item::of(app, one, &whole, &words, viewer, texts))
            .collect(),
        all: list("flag=any"),
    };
    Ok(answer(StatusCode::OK, page.render()))
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
