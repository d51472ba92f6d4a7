//! Days off and the roster taken along as files, which can be read in again.

use crate::centre_time::written_day;
use crate::import::{days_off, roster};
use crate::pages::forms::LenientQuery;
use crate::pages::list;
use crate::pages::prelude::*;
use crate::roster::{Workplaces, begin, monday_of};
use jiff::ToSpan;
use jiff::civil::Date;

/// The fields of the address of a file.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct FileQuery {
    from: String,
    until: String,
    format: String,
}

/// `GET /admin/holidays/download`.
pub(super) async fn holidays(
    context: Context,
    LenientQuery(query): LenientQuery<FileQuery>,
) -> PageResult {
    let days = context.app.centre_now().await?.days_off();
    let rows = days.into_iter().map(|(day, name)| vec![written_day(day), name]);
    let rows: Vec<_> = rows.collect();
    list::file("ngay-nghi", &query.format, &days_off::header(context.texts), &rows)
}

/// `GET /admin/rosters/download`: from one day to another, this week where none is named.
pub(super) async fn roster(
    context: Context,
    LenientQuery(query): LenientQuery<FileQuery>,
) -> PageResult {
    let Context { app, texts, .. } = &context;
    let from: Date = query.from.parse().unwrap_or_else(|_| monday_of(app.today()));
    let until = query.until.parse().ok().or_else(|| from.checked_add(6.days()).ok());
    let workplaces = Workplaces::of(&app.store).await?;
    let duties = app.store.roster(begin(from, &app.zone)).await?;
    let rows = roster::rows_of(&duties, &workplaces, (from, until), &app.zone);
    list::file("phan-cong", &query.format, &roster::header(texts), &rows)
}
