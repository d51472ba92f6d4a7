//! The ratings as a file.

use super::query::{ExportQuery, ExportSelection};
use crate::export::{ExportFormat, ExportRequest, SHEET_ROWS, file};
use crate::moments;
use crate::pages::dashboards::bar::capital;
use crate::pages::disclosure::Disclosure;
use crate::pages::prelude::*;
use crate::tables_out::{Cell, attachment};
use axum::body::Body;
use axum::http::header;
use futures_util::StreamExt as _;
use reports::periods::period_name;

/// `GET /export/ratings.csv` and its like.
pub(super) async fn show(
    context: Context,
    Path(name): Path<String>,
    Query(query): Query<ExportQuery>,
) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let form = name.strip_prefix("ratings.").and_then(|ending| ending.parse::<ExportFormat>().ok());
    let form = form.ok_or(PageError::Missing)?;
    let scope = viewer.scope();
    let directory = app.directory_within(&scope).await?;
    let sites = scope.narrow_sites(app.store.counter_sites().await?, &directory);
    let selection = query.selection(&context, &directory, &sites).await?;
    let comments = query.wants_comments();
    if comments && !viewer.may(Right::ExportComments) {
        return Err(PageError::Forbidden);
    }
    let rows = app.store.ratings_out_count(&selection.cut).await?.raw;
    if form == ExportFormat::Xlsx && rows > SHEET_ROWS {
        return Err(PageError::TooManyRows);
    }
    let chosen = query.chosen(&directory, &sites, texts);
    let what = serde_json::json!({
        "period": selection.name,
        "filters": chosen.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" · "),
        "comments": comments,
        "rows": rows,
    });
    let about = about(&context, &selection, chosen, comments);
    // A range of days has two dots between them, which an ending begins with.
    let name = format!("danh-gia-{}", selection.name.replace("..", "_"));
    let (person, cut) = (viewer.user.id, selection.cut);
    let order = ExportRequest { person, cut, comments, texts: context.texts, about };
    let pieces = file(app, &order, form).await.map_err(PageError::Export)?;
    let pieces = pieces.inspect(|piece| {
        if let Err(error) = piece {
            // The reader sees a download that broke off: the head is long gone.
            tracing::error!(%error, "an export broke off");
        }
    });
    let headers = [
        (header::CONTENT_TYPE, form.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, attachment(&name, form.ending())),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    // Written down before the first byte leaves: whoever breaks off has taken something all the same.
    let answer = (headers, Body::from_stream(pieces)).into_response();
    Ok(Disclosure::export(form.ending(), what).with(answer))
}

/// What a workbook says about itself: the period, what it was narrowed by, and when it was made.
fn about(
    context: &Context,
    selection: &ExportSelection,
    chosen: Vec<(String, String)>,
    comments: bool,
) -> Vec<(String, Cell)> {
    let Context { app, texts, .. } = context;
    let period = &selection.period;
    let line = |key: &str, cell: Cell| (texts.get(key), cell);
    let mut lines = vec![
        line("pages-period", capital(&period_name(period, texts)).into()),
        line("export-summary-from", Cell::Day(period.from)),
        line("export-summary-to", Cell::Day(period.to)),
    ];
    lines.extend(chosen.into_iter().map(|(label, name)| (label, name.into())));
    let comments = if comments { "export-summary-yes" } else { "export-summary-no" };
    lines.push(line("export-comments", texts.get(comments).into()));
    let now = moments::local(context.now(), &app.zone).datetime();
    lines.push(line("export-summary-made", Cell::Moment(now)));
    lines
}
