//! The report of a period, as a file to keep: PDF for the archive, or one page as PNG.

use super::filter::Filters;
use super::query::FigureQuery;
use super::view::View;
use crate::pages::access_audit::AccessAudit;
use crate::pages::prelude::*;
use crate::reporting::{Format, ReportFault, ReportPart, make_published, make_report};
use axum::http::header;
use serde_json::json;

/// What a report is for, where it is not for readers inside.
const PUBLICATION: &str = "publication";

/// `GET /report?period=2023-9M&format=pdf`, or `format=png&page=2`; with `for=publication` for
/// readers outside.
pub(super) async fn download(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let Context { app, viewer, .. } = &context;
    let text = query.format.as_deref().unwrap_or("pdf");
    let format: Format = text.parse().map_err(|_| PageError::format(text))?;
    // A report is of the reader's part of the centre or of one department, and of nothing less.
    let department = query.department.clone();
    let narrowed = FigureQuery { department, ..FigureQuery::default() };
    let filters = Filters::of(&context, &narrowed).await?;
    let view = View::of(&context, &query, filters).await?;
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
