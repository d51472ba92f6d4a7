//! The page that says which ratings are to be had as files, and how many.

use super::query::{ExportQuery, ExportSelection};
use crate::export::{ExportFormat, SHEET_ROWS, wording};
use crate::figure_lines::{days, period_title};
use crate::pages::choices::Select;
use crate::pages::prelude::*;

#[derive(Template)]
#[template(path = "export/page.html")]
struct ExportPage {
    layout: Layout,
    /// What is wrong with what was typed.
    refusal: Option<String>,
    /// As it was typed.
    period: String,
    selects: Vec<Select>,
    /// Whether comments may be taken, and whether they are.
    comments: Option<bool>,
    found: Option<Found>,
}

struct Found {
    /// The period in words, and its days.
    heading: String,
    days: String,
    /// How many ratings, in sentences: all, and those that do not count or were flagged.
    counts: Vec<String>,
    /// Why there is nothing to take.
    none: Option<String>,
    /// Name and address of each form.
    files: Vec<(String, String)>,
    /// A workbook can not hold so many.
    too_many: bool,
}

/// `GET /export`.
pub(super) async fn show(context: Context, Query(query): Query<ExportQuery>) -> PageResult {
    let Context { viewer, texts, .. } = &context;
    let mut choice = query.choice(&context).await?;
    let (selection, refusal) = match choice.selection(&context, query.period.as_deref()).await {
        Ok(selection) => (Some(selection), None),
        // A period that can not be read is reported at its field; no other error comes from what
        // was typed.
        Err(error @ PageError::Period(_)) => (None, Some(error.sentence(texts))),
        Err(error) => return Err(error),
    };
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let found = match &selection {
        Some(selection) => Some(found(&context, &query, selection).await?),
        None => None,
    };
    let period = query.period.clone().or_else(|| selection.map(|selection| selection.name));
    let period = period.unwrap_or_default();
    let path = format!("/export?{}", query.address_fields(&period));
    // One site alone is no choice.
    choice.selects.retain(|select| select.name != "site" || select.choices.len() > 1);
    let with_all = |select: Select| select.with_all(texts.get("export-all"));
    let page = ExportPage {
        layout: context.layout(texts.get("export-title"), &path),
        refusal,
        period,
        selects: choice.selects.into_iter().map(with_all).collect(),
        comments: viewer.may(Permission::ExportComments).then(|| query.wants_comments()),
        found,
    };
    Ok(answer(status, page.render()))
}

async fn found(
    context: &Context,
    query: &ExportQuery,
    selection: &ExportSelection,
) -> PageResult<Found> {
    let Context { app, texts, .. } = context;
    let counts = app.store.ratings_out_count(&selection.cut).await?;
    let too_many = counts.raw > SHEET_ROWS;
    let fields = query.address_fields(&selection.name);
    let forms =
        ExportFormat::ALL.into_iter().filter(|form| !too_many || *form != ExportFormat::Xlsx);
    let files = forms.map(|form| {
        let ending = form.ending();
        let address = context.to(&format!("/export/ratings.{ending}?{fields}"));
        (texts.get(&format!("export-as-{ending}")), address)
    });
    let period = &selection.period;
    let none = if period.from > app.today() { "dashboards-future" } else { "export-none" };
    Ok(Found {
        heading: period_title(period, texts),
        days: days(period.from, period.to, texts),
        counts: wording::counts(&counts, texts),
        none: (counts.raw == 0).then(|| texts.get(none)),
        files: files.collect(),
        too_many,
    })
}
