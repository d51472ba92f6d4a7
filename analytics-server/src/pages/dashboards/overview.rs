//! The overview: what is to be done, last week where the period is the usual one, and the figures of
//! the period, each with its n and interval, how they moved and who stands where.

use super::bar::Bar;
use super::cards::{Card, cards};
use super::chart_kind::ChartKind;
use super::day;
use super::drawn::{Chart, draw, files, levels, trend};
use super::last_week::LastWeek;
use super::query::FigureQuery;
use super::tables::{Table, table};
use super::todo::Todo;
use super::view::{Shown, View, span};
use super::week::WeekCard;
use crate::assets;
use crate::etag::{etag, is_known};
use crate::export::figure_tables;
use crate::figure_lines::{days, period_title};
use crate::pages::first_steps::FirstSteps;
use crate::pages::language::preferred;
use crate::pages::live::Strip;
use crate::pages::prelude::*;
use crate::period::Policy;
use crate::render_cache;
use crate::stats::groups::Dimension;
use axum::http::{HeaderValue, header};
use reports::charts::{self, ChartError, Size};
use reports::figures::Figures;
use reports::periods::period_name;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "dashboards/overview.html")]
pub(in crate::pages) struct Overview {
    pub layout: Layout,
    pub bar: Bar,
    /// Before the first rating of the centre: what stands here instead of figures.
    pub first_steps: Option<FirstSteps>,
    /// What waits for the reader.
    pub todo: Option<Todo>,
    /// Where the period is the usual one.
    pub last_week: Option<LastWeek>,
    /// Today, where the period holds it.
    pub today: Option<Strip>,
    /// Why there is nothing to see.
    pub notice: Option<String>,
    /// Where there would be more.
    pub wider: Option<String>,
    /// The worst hour of the last day with ratings: address and sentence.
    pub last_day: Option<(String, String)>,
    pub cards: [Card; 3],
    pub trend: Chart,
    pub levels: Chart,
    /// Where there is more than one.
    pub departments: Option<Chart>,
    pub week: WeekCard,
    pub tables: Tables,
}

/// The tables of groups. One group alone would say what the cards say: only the finest table, that of
/// the officers, stands there whatever it holds.
pub(in crate::pages) struct Tables {
    pub departments: Option<Table>,
    pub counters: Option<Table>,
    pub officers: Table,
}

/// `GET /`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let app = &context.app;
    let view = View::open(&context, &query, "/", "").await?;
    if query.fragment.is_some() {
        return fragment(&context, view).await;
    }
    let figures = app.figures(view.slice()).await?;
    if let Some(format) = &query.format {
        let table = figure_tables::overview(&figures, view.texts);
        return view.file(app, context.text("pages-overview"), table, format);
    }
    let mut beside = Beside::of(app, &view, &figures).await?;
    if beside.live {
        beside.today = Some(Strip::of(&context, !view.narrow.fields.is_empty()).await?);
    }
    beside.first_steps = first_steps(&context, &figures).await?;
    // A chooser that is refused stands first, with what is wrong.
    let is_refused = view.refusal.is_some();
    if !is_refused {
        beside.todo = Some(Todo::of(&context).await?);
        beside.last_day = day::last_day(app, &view, &figures).await?;
    }
    let leads = !is_refused && beside.first_steps.is_none();
    if leads && is_usual(&context, &query, &view).await? {
        beside.last_week = LastWeek::of(&context, &view).await?;
    }
    let look = beside.last_week.as_ref().and_then(LastWeek::look);
    let (status, tag) = (view.status(), tag(&context, &figures, &view, &beside));
    if status == StatusCode::OK && is_known(&context.headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let page = page(context, view, figures, beside).await?;
    let mut response = answer(status, page);
    if let Some(tag) = HeaderValue::from_str(&tag).ok().filter(|_| status == StatusCode::OK) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(match look {
        Some(look) => look.with(response),
        None => response,
    })
}

/// Whether the period is the one that is shown where an address names none.
async fn is_usual(context: &Context, query: &FigureQuery, view: &View) -> PageResult<bool> {
    if address::given(query.period.as_deref()).is_none() {
        return Ok(true);
    }
    Ok(span(&context.app, &context.viewer, None).await? == view.span)
}

/// Only the figures, for a page that is open already: everybody who sees the same gets the same
/// rendering.
async fn fragment(context: &Context, view: View) -> PageResult {
    let Context { app, viewer, texts, headers, .. } = context;
    let (period, query, scope) = (&view.period.name, &view.narrow.query, viewer.scope());
    let rights = viewer.may(Permission::Records);
    let key = format!("/ {period} {query} {} {} {scope:?} {rights}", texts.language(), preferred());
    let request = app.render_request(key, render_cache::PATIENCE_MS).await?;
    let make = async || {
        let figures = app.figures(view.slice()).await?;
        let mut beside = Beside::of(app, &view, &figures).await?;
        beside.first_steps = first_steps(context, &figures).await?;
        let page = page(context.clone(), view.clone(), figures, beside).await?;
        Ok::<_, PageError>(render_cache::figures_of(&page.unwrap_or_default()).to_owned())
    };
    let kept = app.render_cache.get_or_render(request, make).await?;
    Ok(render_cache::answer(&kept, headers, "no-cache"))
}

/// What stands in the place of figures before the first rating of the centre.
async fn first_steps(context: &Context, figures: &Figures) -> PageResult<Option<FirstSteps>> {
    if figures.ratings.total > 0 {
        return Ok(None);
    }
    FirstSteps::before_first_rating(context).await
}

/// What the page shows besides the figures of the period.
struct Beside {
    first_steps: Option<FirstSteps>,
    /// The period holds today.
    live: bool,
    today: Option<Strip>,
    todo: Option<Todo>,
    last_week: Option<LastWeek>,
    /// The worst hour of the last day with ratings.
    last_day: Option<(String, String)>,
    /// Against earlier periods.
    before: Vec<String>,
}

impl Beside {
    /// Without what stands above the figures.
    async fn of(app: &App, view: &View, figures: &Figures) -> PageResult<Self> {
        Ok(Self {
            first_steps: None,
            live: view.is_live(app),
            today: None,
            todo: None,
            last_week: None,
            last_day: None,
            before: view.compared(app, &view.narrow.filter, &figures.ratings).await?,
        })
    }
}

async fn page(
    context: Context,
    view: View,
    figures: Arc<Figures>,
    Beside { first_steps, live, today, todo, last_week, last_day, before }: Beside,
) -> PageResult<askama::Result<String>> {
    let drawn = draw(move || {
        let page = Overview::of(&context, &view, &figures, live, before)?;
        Ok(Overview { first_steps, todo, last_week, today, last_day, ..page }.render())
    });
    drawn.await
}

/// Changes with everything that the page shows.
fn tag(context: &Context, figures: &Figures, view: &View, beside: &Beside) -> String {
    let Context { app, viewer, .. } = context;
    // Plain numbers and names always have a JSON form.
    let known = (figures, &*app.centre(), viewer.open_alerts);
    let mut bytes = serde_json::to_vec(&known).unwrap_or_default();
    let own = [&*viewer.csrf, &viewer.user.full_name, viewer.user.role.word()];
    let languages = [view.texts.language(), preferred()];
    let of_program = [assets::mark(), env!("CARGO_PKG_VERSION")];
    for part in own.into_iter().chain(languages).chain(of_program) {
        bytes.extend_from_slice(part.as_bytes());
    }
    let today = beside.today.as_ref().map(|strip| (&strip.today, &strip.stream));
    bytes.extend(serde_json::to_vec(&today).unwrap_or_default());
    bytes.extend_from_slice(
        format!("{:?}{:?}{:?}", view.narrow, beside.last_day, beside.before).as_bytes(),
    );
    bytes.extend_from_slice(format!("{:?}{:?}", beside.todo, beside.last_week).as_bytes());
    bytes.extend_from_slice(format!("{:?}", beside.first_steps).as_bytes());
    // The periods that the head leads to.
    bytes.extend_from_slice(app.today().to_string().as_bytes());
    etag(&bytes)
}

impl Overview {
    /// `before`: the satisfied share against earlier periods, in sentences.
    pub fn of(
        context: &Context,
        view: &View,
        figures: &Figures,
        live: bool,
        before: Vec<String>,
    ) -> Result<Self, ChartError> {
        let (shown, texts) = (Shown::of(context, view, figures), view.texts);
        let today = context.app.today();
        let title =
            format!("{}: {}", texts.get("pages-overview"), period_name(&view.period, texts));
        let mut layout = shown.layout("/", title, "");
        layout.lead_to_report(view.report());
        layout.script = live.then(|| assets::address("live.js"));
        let mut bar = Bar::of(&shown, "/", period_title(&view.period, texts), None);
        bar.days = days(view.period.from, view.period.to, texts);
        if view.is_range() {
            // The heading has them already.
            bar.days.clear();
        } else if view.policy == Policy::Nd09 {
            bar.days = format!("{} · {}", bar.days, texts.get("pages-nd09"));
        }
        let nobody = figures.ratings.total == 0;
        let narrowed = !view.narrow.fields.is_empty();
        // Without filters the cards say it.
        let notice = view.period.from > today || (nobody && narrowed);
        let several = |dimension: Dimension| {
            let rated = dimension.groups(figures).iter().filter(|one| one.ratings.total > 0);
            rated.count() > 1
        };
        let [many_departments, many_counters] =
            [Dimension::Departments, Dimension::Counters].map(several);
        bar.is_headed = true;
        Ok(Self {
            layout,
            bar,
            first_steps: None,
            todo: None,
            last_week: None,
            today: None,
            cards: cards(&shown, before),
            notice: notice.then(|| shown.nothing("dashboards-nothing")),
            wider: view.wider("/").filter(|_| nobody),
            last_day: None,
            trend: trend(&shown)?,
            levels: levels(&shown)?,
            departments: many_departments.then(|| departments(&shown)).transpose()?,
            week: WeekCard::of(&shown),
            tables: Tables {
                // A chart above them draws their intervals.
                departments: many_departments.then(|| table(&shown, Dimension::Departments, false)),
                counters: many_counters.then(|| table(&shown, Dimension::Counters, true)),
                officers: table(&shown, Dimension::Officers, true),
            },
        })
    }
}

/// The chart of the departments. The table of them stands below.
fn departments(shown: &Shown) -> Result<Chart, ChartError> {
    let (figures, texts) = (shown.figures, shown.view.texts);
    let rows = if figures.ratings.total == 0 { Size::WIDE } else { Size::WIDE_ROWS };
    Ok(Chart {
        wide: charts::groups(figures, texts, rows)?,
        narrow: charts::groups(figures, texts, Size::PHONE)?,
        caption: charts::groups_caption(figures, texts),
        numbers: None,
        files: files(shown, ChartKind::Departments),
    })
}
