//! The overview of a period: figures first, each with its n and interval, then how they moved and
//! who stands where.

use super::address::{self, Asked, Seen};
use super::assets;
use super::cards::{Card, cards};
use super::dashboards::bar::{Bar, capital};
use super::dashboards::data;
use super::dashboards::drawn::{levels, trend};
use super::dashboards::filter::Narrowed;
use super::dashboards::groups::Noun;
use super::dashboards::week::WeekCard;
use super::dashboards::{before, day, nothing};
use super::fault::Fault;
use super::live::today::Strip;
use super::shell::{Shell, answer};
use super::tables::{Kind, Table, table};
use crate::auth::{Right, Viewer};
use crate::etag::etag;
use crate::pages::usual::{self, usual};
use crate::period::{Policy, Span};
use crate::render_cache::{self, Want};
use crate::state::App;
use crate::stats::StatsError;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use reports::charts::{self, ChartError, Size};
use reports::figures::{Figures, Group};
use reports::numbers::Numbers;
use reports::periods::period_name;

/// The page.
#[derive(Template)]
#[template(path = "overview.html")]
pub(super) struct Overview {
    pub shell: Shell,
    pub bar: Bar,
    /// Today, where the period holds it.
    pub today: Option<Strip>,
    /// Why there is nothing to see.
    pub notice: Option<String>,
    /// Where there would be more.
    pub wider: Option<String>,
    /// The worst hour of the last day with ratings: address and sentence.
    pub last_day: Option<(String, String)>,
    pub cards: [Card; 4],
    pub trend: Chart,
    pub levels: Chart,
    /// Where there is more than one.
    pub departments: Option<Chart>,
    pub week: WeekCard,
    pub tables: Tables,
}

/// A chart for a wide and for a narrow page.
pub(super) struct Chart {
    pub wide: String,
    pub narrow: String,
    pub caption: String,
    /// The same as a table.
    pub numbers: Option<Plain>,
}

/// The numbers of a chart.
pub(super) struct Plain {
    pub heads: Vec<String>,
    /// Name, where more of it is, and the cells beside it.
    pub rows: Vec<(String, Option<String>, Vec<String>)>,
}

/// The tables.
pub(super) struct Tables {
    pub counters: Table,
    pub departments: Table,
    pub officers: Table,
}

/// `GET /`.
pub(super) async fn overview(
    State(app): State<App>,
    viewer: Viewer,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(&app, Some(&viewer), Asked::default().texts());
    };
    match show(&app, &viewer, &asked, &headers).await {
        Ok(response) => response,
        Err(fault) => fault.page(&app, Some(&viewer), asked.texts()),
    }
}

async fn show(
    app: &App,
    viewer: &Viewer,
    asked: &Asked,
    headers: &HeaderMap,
) -> Result<Response, Fault> {
    let narrow = Narrowed::of(app, viewer, asked).await?;
    if let Some(address) = asked.destination(&narrow)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let seen = Seen { narrow, ..asked.seen(app, viewer).await? };
    if asked.fragment.is_some() {
        return fragment(app, viewer, seen, headers).await;
    }
    let figures = app.figures(seen.slice()).await?;
    if let Some(format) = &asked.format {
        let page = data::TakenPage::of(app, seen.texts.get("pages-overview"), &seen);
        return page.file(data::overview(&figures, &seen), format);
    }
    let last_day = day::last_day(app, &seen, &figures).await?;
    let live = seen.is_live(app);
    let today = if live {
        let is_narrowed = !seen.narrow.fields.is_empty();
        Some(Strip::of(app, viewer, is_narrowed, seen.texts).await?)
    } else {
        None
    };
    let before = before::lines(app, &seen, &seen.narrow.filter, &figures.ratings).await?;
    let beside = Beside { live, today, last_day, before };
    let tag = tag(app, viewer, &figures, &seen, &beside);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let page = draw(app, viewer, seen, figures, beside).await?;
    let mut response = answer(StatusCode::OK, page);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// Only the figures, for a page that is open already: everybody who sees the same gets the same
/// rendering.
async fn fragment(
    app: &App,
    viewer: &Viewer,
    seen: Seen,
    headers: &HeaderMap,
) -> Result<Response, Fault> {
    let (period, query, scope) = (&seen.period.name, &seen.narrow.query, viewer.scope());
    let rights = viewer.may(Right::Records);
    let want = Want {
        key: format!("/ {period} {query} {} {} {scope:?} {rights}", seen.texts.language(), usual()),
        position: app.store.position().await.map_err(StatsError::from)?,
        now: app.clock.now(),
        patience_ms: render_cache::PATIENCE_MS,
    };
    let make = async || {
        let figures = app.figures(seen.slice()).await?;
        let last_day = day::last_day(app, &seen, &figures).await?;
        let before = before::lines(app, &seen, &seen.narrow.filter, &figures.ratings).await?;
        let beside = Beside { live: true, today: None, last_day, before };
        let page = draw(app, viewer, seen.clone(), figures, beside).await?;
        Ok::<_, Fault>(render_cache::figures_of(&page.unwrap_or_default()).to_owned())
    };
    Ok(render_cache::answer(
        &*app.render_cache.get_or_render(want, make).await?,
        headers,
        "no-cache",
    ))
}

/// What the page shows besides the figures of the period.
struct Beside {
    /// The period holds today.
    live: bool,
    today: Option<Strip>,
    /// The worst hour of the last day with ratings.
    last_day: Option<(String, String)>,
    /// Against earlier periods.
    before: Vec<String>,
}

/// Draws the page. It takes some tens of milliseconds, in which other requests should not wait.
async fn draw(
    app: &App,
    viewer: &Viewer,
    seen: Seen,
    figures: Figures,
    Beside { live, today, last_day, before }: Beside,
) -> Result<askama::Result<String>, Fault> {
    let (app, viewer) = (app.clone(), viewer.clone());
    usual::spawn_blocking(move || {
        let mut page = Overview::of(&app, &viewer, &seen, &figures, live)?;
        page.cards[1].lines.extend(before);
        Ok(Overview { today, last_day, ..page }.render())
    })
    .await
    .map_err(|_| Fault::Interrupted)?
    .map_err(|error: ChartError| Fault::Report(crate::report::ReportFault::Document(error.into())))
}

/// Changes with everything that the page shows.
fn tag(app: &App, viewer: &Viewer, figures: &Figures, seen: &Seen, beside: &Beside) -> String {
    // Plain numbers and names always have a JSON form.
    let known = (figures, &*app.centre(), viewer.open_alerts);
    let mut bytes = serde_json::to_vec(&known).unwrap_or_default();
    let own = [&*viewer.csrf, &viewer.user.full_name, viewer.user.role.word()];
    let languages = [seen.texts.language(), usual()];
    let of_program = [assets::mark(), env!("CARGO_PKG_VERSION")];
    for part in own.into_iter().chain(languages).chain(of_program) {
        bytes.extend_from_slice(part.as_bytes());
    }
    let today = beside.today.as_ref().map(|strip| (&strip.today, &strip.stream));
    bytes.extend(serde_json::to_vec(&today).unwrap_or_default());
    bytes.extend_from_slice(
        format!("{:?}{:?}{:?}", seen.narrow, beside.last_day, beside.before).as_bytes(),
    );
    // The weeks that the head leads to.
    bytes.extend_from_slice(app.today().to_string().as_bytes());
    etag(&bytes)
}

impl Overview {
    /// The page of some figures.
    pub fn of(
        app: &App,
        viewer: &Viewer,
        seen: &Seen,
        figures: &Figures,
        live: bool,
    ) -> Result<Self, ChartError> {
        let texts = seen.texts;
        let numbers = Numbers::of(texts);
        let name = period_name(&seen.period, texts);
        let title = format!("{}: {name}", texts.get("pages-overview"));
        let here = |texts: &Texts| address::overview(&seen.period.name, &seen.narrow.query, texts);
        let mut shell = Shell::new(app, Some(viewer), texts, title, here);
        shell.carry(seen, figures);
        shell.simulated = figures.simulated;
        shell.report = address::report(seen);
        shell.script = live.then(|| assets::address("live.js"));
        let (from, to) = (numbers.date(seen.period.from), numbers.date(seen.period.to));
        let mut days = texts.with("pages-days", &[("from", &from), ("to", &to)]);
        if matches!(seen.span, Span::Days(..)) {
            // The heading has them already.
            days.clear();
        } else if seen.policy == Policy::Nd09 {
            days = format!("{days} · {}", texts.get("pages-nd09"));
        }
        let bar = Bar::of("/", capital(&name), seen, None).exported(viewer, seen, "");
        let bar = bar.with_weeks(app.today(), seen);
        let whole = &figures.ratings;
        let charted = !seen.narrow.is_part() || figures.departments.len() > 1;
        let rows = if whole.total == 0 { Size::WIDE } else { Size::WIDE_ROWS };
        Ok(Self {
            shell,
            bar: Bar { days, ..bar },
            today: None,
            cards: cards(figures, viewer, seen),
            notice: notice(app, seen, whole.total),
            wider: (whole.total == 0 && !seen.narrow.fields.is_empty())
                .then(|| address::overview(&seen.period.name, "", texts)),
            last_day: None,
            trend: trend(figures, texts)?,
            levels: levels(figures, viewer, seen, "")?,
            departments: if charted {
                Some(Chart {
                    wide: charts::groups(figures, texts, rows)?,
                    narrow: charts::groups(figures, texts, Size::PHONE)?,
                    caption: charts::groups_caption(figures, texts),
                    // The table of departments stands below.
                    numbers: None,
                })
            } else {
                None
            },
            week: WeekCard::of(figures, viewer, seen),
            tables: Tables::of(figures, seen, charted),
        })
    }
}

/// Why there is nothing to see; without filters the cards say it.
fn notice(app: &App, seen: &Seen, total: u64) -> Option<String> {
    let future = seen.period.from > app.today();
    let nobody = total == 0 && !seen.narrow.fields.is_empty();
    (future || nobody).then(|| nothing(app, seen, "dashboards-nothing"))
}

impl Tables {
    /// Those of some figures, each name leading to its own page; the departments with the whole of
    /// what is seen. `charted`: a chart above them draws their intervals.
    fn of(figures: &Figures, seen: &Seen, charted: bool) -> Self {
        let linked = |kind, noun, groups: &[Group], whole, drawn| {
            table(kind, groups, whole, drawn, seen.texts).linked(noun, groups, seen)
        };
        let whole = Some(&figures.ratings);
        let departments = &figures.departments;
        Self {
            counters: linked(Kind::Counters, Noun::Counters, &figures.counters, None, true),
            departments: linked(Kind::Departments, Noun::Departments, departments, whole, !charted),
            officers: linked(Kind::Officers, Noun::Officers, &figures.officers, None, true),
        }
    }
}
