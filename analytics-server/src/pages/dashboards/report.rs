//! The report of a period: a page that offers it, and the report itself as a file to keep, PDF for the
//! archive or one page as PNG.

use super::bar::Bar;
use super::filter::Filters;
use super::query::FigureQuery;
use super::view::{Shown, View};
use crate::figure_lines::{days, percent, period_title};
use crate::pages::access_audit::AccessAudit;
use crate::pages::choices::{Choice, Select};
use crate::pages::prelude::*;
use crate::period::Span;
use crate::reporting::{
    Format, ReportFault, ReportKind, ReportPart, headings, make_published, make_report,
};
use crate::scope::Scope;
use axum::http::header;
use reports::figures::Figures;
use serde_json::json;

/// Where it is.
const PATH: &str = "/report";

/// The fields of the form that choose the period.
const CHOOSERS: [&str; 5] = ["period", "part", "year", "from", "to"];

/// What a report is for, where it is not to be sent to every receiver: for readers outside, or with
/// the annex of officers, for use inside.
const PUBLICATION: &str = "publication";
const INTERNAL: &str = "internal";

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
    pub contents: Vec<ContentsPart>,
    /// What is in its annexes, and in the report for readers outside.
    pub annexes: Vec<String>,
    /// The field of what the report is for, beside a named period and beside days.
    pub purposes: Vec<Select>,
    pub day_purposes: Vec<Select>,
}

/// A part of a report with the headings under it.
pub(in crate::pages) struct ContentsPart {
    pub heading: String,
    pub parts: Vec<String>,
}

/// The headings of a report as its parts.
fn contents(headings: Vec<(u8, String)>) -> Vec<ContentsPart> {
    let mut contents: Vec<ContentsPart> = Vec::new();
    for (level, heading) in headings {
        match contents.last_mut().filter(|_| level > 1) {
            Some(part) => part.parts.push(heading),
            None => contents.push(ContentsPart { heading, parts: Vec::new() }),
        }
    }
    contents
}

/// `GET /report`: the page; the report itself where an address names a format. What stands in the fields
/// of the form is what one gets; where they name no period the page says so.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let is_file = query.format.is_some();
    if is_file && let Ok(chosen) = query.chosen() {
        return match chosen {
            Some(span) => Err(PageError::Moved(file_address(&context, span))),
            None => download(&context, &query).await,
        };
    }
    // A report is of the reader's part of the centre or of one department, and of nothing less.
    let query = FigureQuery { site: None, procedure: None, stage: None, channel: None, ..query };
    let query = FigureQuery { format: None, ..query };
    let purpose = address::given(query.purpose.as_deref());
    let purpose = purpose.filter(|one| [PUBLICATION, INTERNAL].contains(one));
    let kept = purpose.map_or_else(String::new, |purpose| format!("&for={purpose}"));
    let mut view = View::open(&context, &query, PATH, &kept).await?;
    view.narrow.selects.retain(|one| one.name == "department");
    let (app, slice) = (&context.app, view.slice());
    let figures = app.figures(&slice).await?;
    let headings = headings(app, &slice, &figures, context.texts.language()).await?;
    let page = ReportPage::of(&context, &view, &figures, headings, purpose);
    Ok(answer(view.status(), page.render()))
}

/// The address of the file that the form asks for, of the period that was chosen there.
fn file_address(context: &Context, span: Span) -> String {
    let query = context.uri.query().unwrap_or_default();
    let fields: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let others = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let others = others.filter(|(name, _)| !CHOOSERS.contains(name));
    let period = span.to_string();
    let period = std::iter::once(("period", period.as_str()));
    address::with_fields(PATH, period.chain(others))
}

impl ReportPage {
    /// `headings` are those of the report, `purpose` is what it is for.
    pub fn of(
        context: &Context,
        view: &View,
        figures: &Figures,
        headings: Vec<(u8, String)>,
        purpose: Option<&str>,
    ) -> Self {
        let (texts, shown) = (view.texts, Shown::of(context, view, figures));
        let (ratings, numbers) = (&figures.ratings, shown.numbers());
        let heading = texts.get("dashboards-report");
        let mut offered = view.narrow.selects.iter().flat_map(|one| &one.choices);
        let part = offered.find(|one| one.chosen);
        let part = part.map_or_else(|| texts.get("dashboards-whole"), |one| one.name.clone());
        let mut facts = vec![
            ("pages-period", period_title(&view.period, texts)),
            ("dashboards-report-days", days(view.period.from, view.period.to, texts)),
            ("dashboards-report-part", part),
            ("pages-ratings", numbers.count(ratings.total)),
            ("pages-satisfied", percent(ratings.satisfied.share, texts)),
        ];
        // A range of days has no other name.
        facts.retain(|(key, _)| !view.is_range() || *key != "dashboards-report-days");
        let is_whole = context.viewer.scope() == Scope::All && view.narrow.fields.is_empty();
        let is_published = is_whole && view.span.is_settled(view.policy, context.app.today());
        let has_officers = figures.officers.iter().any(|officer| officer.ratings.total > 0);
        let annexes = [
            (ratings.total > 0, "dashboards-report-annex"),
            (has_officers, "dashboards-report-officers"),
            (is_published, "dashboards-report-outside"),
        ];
        let annexes = annexes.into_iter().filter(|(is_there, _)| *is_there);
        let offered = |is_published: bool| {
            let all = [("", true), (INTERNAL, has_officers), (PUBLICATION, is_published)];
            let offered = all.into_iter().filter(|(_, is_offered)| *is_offered);
            purposes(offered.map(|(one, _)| one), purpose.unwrap_or_default(), texts)
        };
        Self {
            layout: shown.layout(PATH, heading.clone(), ""),
            bar: Bar::of(&shown, PATH, heading, None),
            facts: facts.into_iter().map(|(key, text)| (texts.get(key), text)).collect(),
            notice: (ratings.total == 0).then(|| shown.nothing("pages-no-groups")),
            contents: contents(headings),
            annexes: annexes.map(|(_, key)| texts.get(key)).collect(),
            purposes: offered(is_published),
            // A range of days is not published.
            day_purposes: offered(false),
        }
    }
}

/// The field of what a report is for; nothing where there is one kind alone.
fn purposes(
    offered: impl Iterator<Item = &'static str>,
    chosen: &str,
    texts: &Texts,
) -> Vec<Select> {
    let choice = |one: &str| {
        let word = if one.is_empty() { "sent" } else { one };
        Choice {
            value: one.to_owned(),
            name: texts.get(&format!("dashboards-report-for-{word}")),
            chosen: one == chosen,
        }
    };
    let choices: Vec<Choice> = offered.map(choice).collect();
    if choices.len() < 2 {
        return Vec::new();
    }
    vec![Select { name: "for", label: texts.get("dashboards-report-for"), choices }]
}

/// `GET /report?period=2023-9M&format=pdf`, or `format=png&page=2`: the report that every receiver may
/// have; with `for=internal` the one with the annex of officers, with `for=publication` that for readers
/// outside.
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
    let purpose = address::given(query.purpose.as_deref());
    let what = json!({
        "format": text,
        "period": view.period.name,
        "department_chosen": part.as_ref().map(|part| &part.name),
        "for": purpose,
        "language": language,
    });
    let mut files = match (purpose, part) {
        (None | Some(INTERNAL), part) => {
            let kind = if purpose.is_none() { ReportKind::Sent } else { ReportKind::Internal };
            make_report(app, &view.slice(), part, kind, language, &[format], person).await?
        }
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
