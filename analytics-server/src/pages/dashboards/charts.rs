//! The charts of the pages of figures as files to take into a meeting: SVG that every program draws
//! alike, and PNG. Each stands in a frame that says whose it is, what is shown and of when, so that it
//! can be understood without its page. It shows what the page shows to the same reader.

use super::chart_kind::{ChartKind, PictureForm};
use super::filter::Filters;
use super::group::Subject;
use super::query::FigureQuery;
use super::view::View;
use crate::figure_lines::{days, period_title};
use crate::pages::access_audit::AccessAudit;
use crate::pages::language;
use crate::pages::prelude::*;
use crate::reporting::{ReportFault, ReportPart, code_in_name, period_in_name};
use crate::scope::Scope;
use crate::stats::groups::Dimension;
use crate::stats::slice::{Filter, Slice};
use axum::http::header;
use reports::charts::{self, ChartError, Frame, Size};
use reports::figures::Figures;
use reports::periods::cut_off;
use reports::picture;
use serde_json::json;

/// Width of a PNG in pixels: sharp on the wall of a meeting room.
const PNG_WIDTH: u32 = 1_600;

/// The fields of an address that name what a page is about, where it is less than a department.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SubjectQuery {
    officer: Option<String>,
    counter: Option<String>,
}

/// The officer and the counter that an address names, within the reader's part of the centre.
async fn subjects(query: &SubjectQuery, context: &Context) -> PageResult<Vec<Subject>> {
    let mut found = Vec::new();
    let fields = [(Dimension::Officers, &query.officer), (Dimension::Counters, &query.counter)];
    for (dimension, code) in fields {
        if let Some(code) = address::given(code.as_deref()) {
            found.push(Subject::find(dimension, code, context).await?);
        }
    }
    Ok(found)
}

/// `GET /charts/trend.svg?period=2023-09`, with the filters of its page.
pub(super) async fn download(
    context: Context,
    Path(file): Path<String>,
    Query(query): Query<FigureQuery>,
    Query(subject): Query<SubjectQuery>,
) -> PageResult {
    let (kind, form) = ChartKind::of_file(&file).ok_or(PageError::Missing)?;
    let Context { app, viewer, texts, .. } = &context;
    let narrow = Filters::of(&context, &query).await?;
    let view = View::of(&context, &query, narrow).await?;
    let subjects = subjects(&subject, &context).await?;
    let only = |filter: Filter, one: &Subject| one.dimension.only(one.id, filter);
    let filter = subjects.iter().fold(view.narrow.filter.clone(), only).within(&viewer.scope());
    let slice = Slice { period: view.period.clone(), filter };
    let turn = app.report_limit.acquire(viewer.user.id).await.ok_or(ReportFault::Busy)?;
    // What is drawn depends on the slice, the language, the names of what is chosen and the day.
    let (query, language) = (&view.narrow.query, texts.language());
    let today = app.today();
    let key = format!("{kind:?} {query} {subject:?} {slice:?} {language} {today}");
    let request = app.render_request(key, 0).await?;
    let make = async || {
        let figures = app.figures(slice.clone()).await?;
        let frame = frame(&context, &view, &subjects, &figures, kind);
        let texts = *texts;
        let drawn = language::spawn_blocking(move || draw(kind, &figures, &frame, texts));
        let drawn = drawn.await.map_err(|_| PageError::Interrupted)?;
        drawn.map_err(|error| PageError::Report(ReportFault::Document(error.into())))
    };
    let sheet = app.render_cache.get_or_render(request, make).await?;
    let picture = language::spawn_blocking(move || {
        // Held by the work, not by who asked for it: hanging up frees nothing.
        let _turn = turn;
        match form {
            PictureForm::Svg => picture::svg(&sheet.text()).map(String::into_bytes),
            PictureForm::Png => picture::png(&sheet.text(), PNG_WIDTH),
        }
    });
    let picture = picture.await.map_err(|_| PageError::Interrupted)?;
    let bytes = picture.map_err(ReportFault::Document)?;
    let part = part_of(&context, &view, &subjects).await?;
    let stem = format!("bieu-do-{}-{}{part}", kind.stem(), period_in_name(&view.period.name));
    let name = format!("{stem}.{}", form.word());
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, form.media_type()),
        (header::CONTENT_DISPOSITION, &disposition),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let what = json!({ "period": view.period.name, "format": form.word() });
    let audit = AccessAudit::file(format!("chart {}", kind.title(texts)), what);
    Ok(audit.with((headers, bytes).into_response()))
}

/// The part of the centre that is drawn as the end of a file's name, such as `-STP-receive`; nothing
/// where it is the whole. Two pictures of different parts have different names.
async fn part_of(context: &Context, view: &View, subjects: &[Subject]) -> PageResult<String> {
    let directory = context.viewer.scope().narrow(context.app.store.directory().await?);
    let departments = ReportPart::of(&view.narrow.filter, &directory).map(|part| part.code);
    let others = view.narrow.fields.iter().filter(|(name, _)| *name != "department");
    let others = others.map(|(_, code)| code.clone());
    let subjects = subjects.iter().map(|one| one.code.clone());
    let codes = departments.into_iter().chain(others).chain(subjects);
    let parts = std::iter::once(String::new()).chain(codes.map(|code| code_in_name(&code)));
    Ok(parts.collect::<Vec<_>>().join("-"))
}

/// What stands around a chart: the centre, what is shown, of when and of which part of it.
fn frame(
    context: &Context,
    view: &View,
    subjects: &[Subject],
    figures: &Figures,
    kind: ChartKind,
) -> Frame {
    let (app, texts) = (&context.app, view.texts);
    // Who sees a part of the centre alone sees that part also where no department is chosen.
    let is_part = context.viewer.scope() != Scope::All;
    let chosen = view.narrow.selects.iter().filter_map(|select| {
        let is_own = is_part && select.name == "department";
        let one = select.chosen().filter(|one| is_own || !one.value.is_empty())?;
        Some(one.name.clone())
    });
    let part: Vec<String> = subjects.iter().map(|one| one.name.clone()).chain(chosen).collect();
    let days = days(view.period.from, view.period.to, texts);
    let mut when = period_title(&view.period, texts);
    if !view.is_range() {
        when = texts.with("groups-period", &[("period", &when), ("days", &days)]);
    }
    let subtitle = part.into_iter().chain([when]).collect::<Vec<_>>().join(" · ");
    let until = cut_off(&view.period, app.today(), texts);
    let source = texts.with("dashboards-chart-source", &[("figures", &until)]);
    let simulated = figures.simulated.then(|| texts.get("pages-simulated"));
    Frame {
        centre: app.centre().name_in(texts.language()),
        title: kind.title(texts),
        subtitle,
        caption: caption(kind, figures, texts),
        source: simulated.into_iter().chain([source]).collect::<Vec<_>>().join(". "),
    }
}

fn caption(kind: ChartKind, figures: &Figures, texts: &Texts) -> String {
    match kind {
        ChartKind::Trend => charts::trend_caption(figures, texts),
        ChartKind::Levels => charts::levels_caption(figures, texts),
        ChartKind::Departments => charts::groups_caption(figures, texts),
    }
}

/// A chart in its frame.
fn draw(
    kind: ChartKind,
    figures: &Figures,
    frame: &Frame,
    texts: &Texts,
) -> Result<String, ChartError> {
    let chart = match kind {
        ChartKind::Trend => charts::trend(figures, texts, Size::SHEET),
        ChartKind::Levels => charts::levels(figures, texts, Size::SHEET),
        ChartKind::Departments => charts::groups(figures, texts, Size::SHEET),
    };
    charts::framed(&chart?, frame)
}
