//! The report of a period: a page that offers it, and the report itself as a file to keep, PDF for the
//! archive or one page as PNG.

use super::bar::Bar;
use super::filter::Filters;
use super::query::FigureQuery;
use super::view::{Shown, View};
use crate::figure_lines::{days, percent, period_title};
use crate::pages::access_audit::AccessAudit;
use crate::pages::prelude::*;
use crate::reporting::{Format, ReportFault, ReportPart, make_published, make_report};
use crate::scope::Scope;
use axum::http::header;
use reports::figures::Figures;
use serde_json::json;

/// Where it is.
const PATH: &str = "/report";

/// What a report is for, where it is not for readers inside.
const PUBLICATION: &str = "publication";

/// What stands in a report, in its order.
const CONTENTS: [&str; 6] = [
    "dashboards-report-overall",
    "dashboards-report-before",
    "dashboards-report-course",
    "dashboards-report-groups",
    "dashboards-report-annex",
    "dashboards-report-officers",
];

#[derive(Template)]
#[template(path = "dashboards/report.html")]
pub(in crate::pages) struct ReportPage {
    pub layout: Layout,
    /// What it may be chosen by.
    pub bar: Bar,
    /// Heading and text of what is chosen.
    pub facts: Vec<(String, String)>,
    /// Why there is nothing to report.
    pub notice: Option<String>,
    pub contents: Vec<String>,
    /// Where it is as PDF, and the same for readers outside where there is one.
    pub pdf: String,
    pub published: Option<String>,
    /// The fields of the form that asks for a page as a picture.
    pub fields: Vec<(&'static str, String)>,
}

/// `GET /report`: the page; the report itself where an address names a format or readers.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    if query.format.is_some() || query.purpose.is_some() {
        return download(&context, &query).await;
    }
    // A report is of the reader's part of the centre or of one department, and of nothing less.
    let query = FigureQuery { site: None, procedure: None, stage: None, channel: None, ..query };
    let mut view = View::open(&context, &query, PATH, "").await?;
    view.narrow.selects.retain(|one| one.name == "department");
    let figures = context.app.figures(view.slice()).await?;
    let page = ReportPage::of(&context, &view, &figures);
    Ok(answer(StatusCode::OK, page.render()))
}

impl ReportPage {
    pub fn of(context: &Context, view: &View, figures: &Figures) -> Self {
        let (texts, shown) = (view.texts, Shown::of(context, view, figures));
        let (ratings, numbers) = (&figures.ratings, shown.numbers());
        let heading = texts.get("dashboards-report");
        let mut offered = view.narrow.selects.iter().flat_map(|one| &one.choices);
        let part = offered.find(|one| one.chosen);
        let part = part.map_or_else(|| texts.get("dashboards-whole"), |one| one.name.clone());
        let facts = [
            ("pages-period", period_title(&view.period, texts)),
            ("dashboards-report-days", days(view.period.from, view.period.to, texts)),
            ("dashboards-report-part", part),
            ("pages-ratings", numbers.count(ratings.total)),
            ("pages-satisfied", percent(ratings.satisfied.share, texts)),
        ];
        let is_whole = context.viewer.scope() == Scope::All && view.narrow.fields.is_empty();
        let is_published = is_whole && view.span.is_settled(view.policy, context.app.today());
        let file = |more: &str| view.at(PATH, &format!("&format=pdf{more}"));
        let mut fields = vec![("period", view.period.name.clone()), ("format", "png".to_owned())];
        fields.extend(view.narrow.fields.iter().cloned());
        Self {
            layout: shown.layout(PATH, heading.clone(), ""),
            bar: Bar::of(&shown, PATH, heading, None),
            facts: facts.map(|(key, text)| (texts.get(key), text)).into(),
            notice: (ratings.total == 0).then(|| shown.nothing("pages-no-groups")),
            contents: shown.sentences(&CONTENTS),
            pdf: file(""),
            published: is_published.then(|| file("&for=publication")),
            fields,
        }
    }
}

/// `GET /report?period=2023-9M&format=pdf`, or `format=png&page=2`; with `for=publication` for
/// readers outside.
async fn download(context: &Context, query: &FigureQuery) -> PageResult {
    let Context { app, viewer, .. } = context;
    let text = query.format.as_deref().unwrap_or("pdf");
    let format: Format = text.parse().map_err(|_| PageError::format(text))?;
    // A report is of the reader's part of the centre or of one department, and of nothing less.
    let department = query.department.clone();
    let narrowed = FigureQuery { department, ..FigureQuery::default() };
    let filters = Filters::of(context, &narrowed).await?;
    let view = View::of(context, query, filters).await?;
    let directory = viewer.scope().narrow(app.store.directory().await?);
    let part = ReportPart::of(&view.narrow.filter, &directory);
    let (language, person) = (context.texts.language(), viewer.user.id);
    let what = json!({
        "format": text,
        "period": view.period.name,
        "department_chosen": part.as_ref().map(|part| &part.name),
        "for": query.purpose,
        "language": language,
    });
    let mut files = match (query.purpose.as_deref(), part) {
        (None, part) => make_report(app, &view.slice(), part, language, &[format], person).await?,
        (Some(PUBLICATION), None) => {
            make_published(app, view.span, language, &[format], person).await?
        }
        (Some(PUBLICATION), Some(_)) => return Err(ReportFault::Unpublished.into()),
        (Some(_), _) => return Err(PageError::Request),
    };
    let page = query.page.as_deref();
    let (kind, place) = match format {
        Format::Pdf => ("application/pdf", Some(0)),
        Format::Png => {
            let page = page.unwrap_or("1").parse::<usize>();
            ("image/png", page.ok().and_then(|page| page.checked_sub(1)))
        }
    };
    let Some(place) = place.filter(|place| *place < files.len()) else {
        let page = page.unwrap_or_default().chars().take(10).collect();
        return Err(PageError::Page { page, pages: files.len() });
    };
    let file = files.swap_remove(place);
    // The name holds only letters of ASCII, digits, dots and dashes.
    let name = format!("attachment; filename=\"{}\"", file.name);
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, &name),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok(AccessAudit::file("report", what).with((headers, file.bytes).into_response()))
}
