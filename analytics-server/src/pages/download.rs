//! The report of a period, as a file to keep: PDF for the archive, or one page as PNG.

use super::address::Asked;
use super::dashboards::filter::Narrowed;
use super::disclosed::Disclosed;
use super::fault::Fault;
use crate::auth::Viewer;
use crate::report::{Format, NamedFile, ReportFault, ReportPart as Part, make, make_published};
use crate::state::App;
use crate::stats::StatsError;
use crate::stats::slice::{Filter, Slice};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// What a report is for, where it is not for readers inside.
const PUBLICATION: &str = "publication";

/// `GET /report?period=2023-9M&format=pdf`, or `format=png&page=2`; with `for=publication` for
/// readers outside.
pub(super) async fn report(
    State(app): State<App>,
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(&app, Some(&viewer), Asked::default().texts());
    };
    match file(&app, &viewer, &asked).await {
        Ok((file, kind, what)) => {
            // The name holds only letters of ASCII, digits, dots and dashes.
            let name = format!("attachment; filename=\"{}\"", file.name);
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CONTENT_DISPOSITION, &name),
                (header::CACHE_CONTROL, "no-store"),
            ];
            Disclosed::file("report", what).with((headers, file.bytes).into_response())
        }
        Err(fault) => fault.page(&app, Some(&viewer), asked.texts()),
    }
}

async fn file(
    app: &App,
    viewer: &Viewer,
    asked: &Asked,
) -> Result<(NamedFile, &'static str, Value), Fault> {
    let text = asked.format.as_deref().unwrap_or("pdf");
    let format: Format =
        text.parse().map_err(|_| Fault::Format(text.chars().take(20).collect()))?;
    let seen = asked.seen(app, viewer).await?;
    // A report is of the reader's part of the house or of one department, and of nothing less.
    let (lang, department) = (asked.lang.clone(), asked.department.clone());
    let asked_of = Asked { lang, department, ..Asked::default() };
    let filter = Narrowed::of(app, viewer, &asked_of).await?.filter;
    let part = part(app, viewer, &filter).await?;
    let what = json!({
        "format": text,
        "period": seen.period.name,
        "department_chosen": part.as_ref().map(|part| &part.name),
        "for": asked.purpose,
        "language": seen.texts.language(),
    });
    let slice = Slice { period: seen.period, filter };
    let language = seen.texts.language();
    let person = viewer.user.id;
    let mut files = match (asked.purpose.as_deref(), part) {
        (None, part) => make(app, &slice, part, language, &[format], person).await?,
        (Some(PUBLICATION), None) => {
            make_published(app, seen.span, language, &[format], person).await?
        }
        (Some(PUBLICATION), Some(_)) => return Err(ReportFault::Unpublished.into()),
        (Some(_), _) => return Err(Fault::Request),
    };
    let (kind, place) = match format {
        Format::Pdf => ("application/pdf", Some(0)),
        Format::Png => {
            let page = asked.page.as_deref().unwrap_or("1").parse::<usize>();
            ("image/png", page.ok().and_then(|page| page.checked_sub(1)))
        }
    };
    match place.filter(|place| *place < files.len()) {
        Some(place) => Ok((files.swap_remove(place), kind, what)),
        None => Err(Fault::Page {
            page: asked.page.iter().flat_map(|page| page.chars()).take(10).collect(),
            pages: files.len(),
        }),
    }
}

/// The part of the house that a report is about; none where it is about all of it.
async fn part(app: &App, viewer: &Viewer, filter: &Filter) -> Result<Option<Part>, Fault> {
    let Some(own) = &filter.departments else { return Ok(None) };
    let directory = app.store.directory().await.map_err(StatsError::from)?;
    let directory = viewer.scope().narrow(directory);
    let own = directory.departments.iter().filter(|one| own.contains(&one.id));
    let join = |words: Vec<&str>, between: &str| words.join(between);
    let code = own.clone().map(|one| one.code.as_str()).collect();
    let name = own.map(|one| one.name.as_str()).collect();
    Ok(Some(Part { code: join(code, "-"), name: join(name, ", ") }))
}
