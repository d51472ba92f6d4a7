//! The ratings as a file.

use super::query::ExportQuery;
use crate::centre_time::local;
use crate::export::wording::about;
use crate::export::{ExportFormat, ExportRequest, SHEET_ROWS, file};
use crate::pages::access_audit::AccessAudit;
use crate::pages::prelude::*;
use crate::reporting::period_in_name;
use crate::table_files::attachment;
use axum::body::Body;
use axum::http::header;
use futures_util::StreamExt as _;

/// `GET /export/ratings.csv` and its like.
pub(super) async fn show(
    context: Context,
    Path(name): Path<String>,
    Query(query): Query<ExportQuery>,
) -> PageResult {
    let Context { app, viewer, .. } = &context;
    let form = name.strip_prefix("ratings.").and_then(|ending| ending.parse::<ExportFormat>().ok());
    let form = form.ok_or(PageError::Missing)?;
    let choice = query.choice(&context).await?;
    let selection = choice.selection(&context, query.period().as_deref()).await?;
    let period_name = selection.span.to_string();
    let comments = query.wants_comments();
    if comments && !viewer.may(Permission::ExportComments) {
        return Err(PageError::Forbidden);
    }
    let rows = app.store.ratings_out_count(&selection.cut).await?.raw;
    if form == ExportFormat::Xlsx && rows > SHEET_ROWS {
        return Err(PageError::TooManyRows);
    }
    let chosen = choice.chosen();
    let mut what = serde_json::json!({
        "period": period_name,
        "comments": comments,
        "rows": rows,
    });
    // Codes, as the address has them: the log tells them to each reader in words.
    for select in &choice.selects {
        if let Some(one) = select.chosen().filter(|one| !one.value.is_empty()) {
            what[select.name] = one.value.as_str().into();
        }
    }
    let now = local(context.now(), &app.zone).datetime();
    let about = about(&selection.period, chosen, comments, now, context.texts);
    let name = format!("danh-gia-{}", period_in_name(&period_name));
    let (person, cut) = (viewer.user.id, selection.cut);
    let order = ExportRequest { person, cut, comments, texts: context.texts, about };
    let pieces = file(app, &order, form).await?;
    let pieces = pieces.inspect(|piece| {
        if let Err(error) = piece {
            // The head was sent already, so the reader sees a download that broke off.
            tracing::error!(%error, "an export broke off");
        }
    });
    let headers = [
        (header::CONTENT_TYPE, form.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, attachment(&name, form.ending())),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    // Written down before the first byte is sent: a download that is broken off has handed out
    // ratings, too.
    let answer = (headers, Body::from_stream(pieces)).into_response();
    Ok(AccessAudit::export(form.ending(), what).with(answer))
}
