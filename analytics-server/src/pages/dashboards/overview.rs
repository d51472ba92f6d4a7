//! The overview of a period: figures first, each with its n and interval, then how they moved and
//! who stands where.

use super::bar::{self, Bar, capital};
use super::cards::{Card, cards};
use super::chart::Chart;
use super::data::{self, TakenPage};
use super::dimension::Dimension;
use super::drawn::{draw, levels, trend};
use super::filter::Filters;
use super::query::FigureQuery;
use super::tables::{Kind, Table, table};
use super::view::{View, nothing};
use super::week::WeekCard;
use super::{before, day};
use crate::etag::{etag, is_known};
use crate::pages::assets;
use crate::pages::language::preferred;
use crate::pages::live::today::Strip;
use crate::pages::prelude::*;
use crate::period::{Policy, Span};
use crate::render_cache::{self, Want};
use axum::http::{HeaderValue, header};
use reports::charts::{self, ChartError, Size};
use reports::figures::{Figures, Group};
use reports::periods::period_name;

/// The overview.
#[derive(Template)]
#[template(path = "dashboards/overview.html")]
pub(in crate::pages) struct Overview {
    pub layout: Layout,
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

/// The tables of the overview.
pub(in crate::pages) struct Tables {
    pub counters: Table,
    pub departments: Table,
    pub officers: Table,
}

/// `GET /`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let app = &context.app;
    let filters = Filters::of(&context, &query).await?;
    if let Some(address) = query.destination("/", &filters.query, context.texts)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let view = View::of(&context, &query, filters).await?;
    if query.fragment.is_some() {
        return fragment(&context, view).await;
    }
    let figures = app.figures(view.slice()).await?;
    if let Some(format) = &query.format {
        let page = TakenPage::of(app, context.text("pages-overview"), &view);
        return page.file(data::overview(&figures, &view), format);
    }
    let mut beside = Beside::of(app, &view, &figures).await?;
    if beside.live {
        beside.today = Some(Strip::of(&context, !view.narrow.fields.is_empty()).await?);
    }
    let tag = tag(&context, &figures, &view, &beside);
    if is_known(&context.headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let page = page(context, view, figures, beside).await?;
    let mut response = answer(StatusCode::OK, page);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// Only the figures, for a page that is open already: everybody who sees the same gets the same
/// rendering.
async fn fragment(context: &Context, view: View) -> PageResult {
    let Context { app, viewer, texts, headers, .. } = context;
    let (period, query, scope) = (&view.period.name, &view.narrow.query, viewer.scope());
    let rights = viewer.may(Right::Records);
    let want = Want {
        key: format!("/ {period} {query} {} {} {scope:?} {rights}", texts.language(), preferred()),
        position: app.store.position().await?,
        now: app.clock.now(),
        patience_ms: render_cache::PATIENCE_MS,
    };
    let make = async || {
        let figures = app.figures(view.slice()).await?;
        let beside = Beside::of(app, &view, &figures).await?;
        let page = page(context.clone(), view.clone(), figures, beside).await?;
        Ok::<_, PageError>(render_cache::figures_of(&page.unwrap_or_default()).to_owned())
    };
    let kept = app.render_cache.get_or_render(want, make).await?;
    Ok(render_cache::answer(&kept, headers, "no-cache"))
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

impl Beside {
    /// Without what is counted of today.
    async fn of(app: &App, view: &View, figures: &Figures) -> PageResult<Self> {
        Ok(Self {
            live: view.is_live(app),
            today: None,
            last_day: day::last_day(app, view, figures).await?,
            before: before::lines(app, view, &view.narrow.filter, &figures.ratings).await?,
        })
    }
}

/// The rendered page.
async fn page(
    context: Context,
    view: View,
    figures: Figures,
    Beside { live, today, last_day, before }: Beside,
) -> PageResult<askama::Result<String>> {
    let drawn = draw(move || {
        let mut page = Overview::of(&context, &view, &figures, live)?;
        page.cards[1].lines.extend(before);
        Ok(Overview { today, last_day, ..page }.render())
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
    // The weeks that the head leads to.
    bytes.extend_from_slice(app.today().to_string().as_bytes());
    etag(&bytes)
}

impl Overview {
    /// The page of some figures.
    pub fn of(
        context: &Context,
        view: &View,
        figures: &Figures,
        live: bool,
    ) -> Result<Self, ChartError> {
        let (app, viewer, texts) = (&context.app, &context.viewer, view.texts);
        let name = period_name(&view.period, texts);
        let title = format!("{}: {name}", texts.get("pages-overview"));
        let mut layout = bar::layout(context, title, "/", "", view, figures);
        layout.report = view.report();
        layout.script = live.then(|| assets::address("live.js"));
        let mut days = bar::days(view);
        if matches!(view.span, Span::Days(..)) {
            // The heading has them already.
            days.clear();
        } else if view.policy == Policy::Nd09 {
            days = format!("{days} · {}", texts.get("pages-nd09"));
        }
        let bar = Bar::of("/", capital(&name), view, None).exported(viewer, view, "");
        let bar = bar.with_weeks(app.today(), view);
        let nobody = figures.ratings.total == 0;
        let future = view.period.from > app.today();
        let narrowed = !view.narrow.fields.is_empty();
        let charted = !view.narrow.is_part() || figures.departments.len() > 1;
        let rows = if nobody { Size::WIDE } else { Size::WIDE_ROWS };
        let departments = || -> Result<Chart, ChartError> {
            Ok(Chart {
                wide: charts::groups(figures, texts, rows)?,
                narrow: charts::groups(figures, texts, Size::PHONE)?,
                caption: charts::groups_caption(figures, texts),
                // The table of departments stands below.
                numbers: None,
            })
        };
        Ok(Self {
            layout,
            bar: Bar { days, ..bar },
            today: None,
            cards: cards(figures, viewer, view),
            // Without filters the cards say it.
            notice: (future || (nobody && narrowed))
                .then(|| nothing(app, view, "dashboards-nothing")),
            wider: (nobody && narrowed).then(|| address::at("/", &view.period.name, "", texts)),
            last_day: None,
            trend: trend(figures, texts)?,
            levels: levels(figures, viewer, view, "")?,
            departments: charted.then(departments).transpose()?,
            week: WeekCard::of(figures, viewer, view),
            tables: Tables::of(figures, view, charted),
        })
    }
}

impl Tables {
    /// Those of some figures, each name leading to its own page; the departments with the whole of
    /// what is shown. `charted`: a chart above them draws their intervals.
    fn of(figures: &Figures, view: &View, charted: bool) -> Self {
        let linked = |kind, dimension, groups: &[Group], whole, drawn| {
            table(kind, groups, whole, drawn, view.texts).linked(dimension, groups, view)
        };
        let whole = Some(&figures.ratings);
        let Figures { departments, counters, officers, .. } = figures;
        Self {
            counters: linked(Kind::Counters, Dimension::Counters, counters, None, true),
            departments: linked(
                Kind::Departments,
                Dimension::Departments,
                departments,
                whole,
                !charted,
            ),
            officers: linked(Kind::Officers, Dimension::Officers, officers, None, true),
        }
    }
}
