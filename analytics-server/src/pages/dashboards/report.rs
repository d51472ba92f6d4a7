//! The report of a period, as a file to keep: PDF for the archive, or one page as PNG.

use super::filter::Filters;
use super::query::FigureQuery;
use super::view::View;
use crate::pages::disclosure::Disclosure;
use crate::pages::prelude::*;
use crate::report::{Format, ReportFault, ReportPart, make, make_published};
use crate::stats::slice::Filter;
use axum::http::header;
use serde_json::json;

/// What a report is for, where it is not for readers inside.
const PUBLICATION: &str = "publication";

/// `GET /report?period=2023-9M&format=pdf`, or `format=png&page=2`; with `for=publication` for
/// readers outside.
pub(super) async fn download(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let Context { app, viewer, .. } = &context;
    let text = query.format.as_deref().unwrap_or("pdf");
    let format: Format =
        text.parse().map_err(|_| PageError::Format(text.chars().take(20).collect()))?;
    // A report is of the reader's part of the centre or of one department, and of nothing less.
    let department = query.department.clone();
    let narrowed = FigureQuery { department, ..FigureQuery::default() };
    let filters = Filters::of(&context, &narrowed).await?;
    let view = View::of(&context, &query, filters).await?;
    let part = part(&context, &view.narrow.filter).await?;
    let (language, person) = (context.texts.language(), viewer.user.id);
    let what = json!({
        "format": text,
        "period": view.period.name,
        "department_chosen": part.as_ref().map(|part| &part.name),
        "for": query.purpose,
        "language": language,
    });
    let mut files = match (query.purpose.as_deref(), part) {
        (None, part) => make(app, &view.slice(), part, language, &[format], person).await?,
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
    Ok(Disclosure::file("report", what).with((headers, file.bytes).into_response()))
}

/// The part of the centre that a report is about; none where it is about all of it.
async fn part(context: &Context, filter: &Filter) -> PageResult<Option<ReportPart>> {
    let Some(own) = &filter.departments else { return Ok(None) };
    let directory = context.app.store.directory().await?;
    let directory = context.viewer.scope().narrow(directory);
    let own = directory.departments.iter().filter(|one| own.contains(&one.id));
    let code: Vec<_> = own.clone().map(|one| one.code.as_str()).collect();
    let name: Vec<_> = own.map(|one| one.name.as_str()).collect();
    Ok(Some(ReportPart { code: code.join("-"), name: name.join(", ") }))
}
