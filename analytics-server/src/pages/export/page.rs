//! The page that says which ratings are to be had as files, and how many.

use super::query::{ExportQuery, ExportSelection};
use crate::export::{ExportFormat, SHEET_ROWS, wording};
use crate::figure_lines::{days, period_title};
use crate::pages::choices::Select;
use crate::pages::dashboards::quick::QuickPeriod;
use crate::pages::prelude::*;
use crate::period::Span;
use reports::figures::Period;

#[derive(Template)]
#[template(path = "export/page.html")]
struct ExportPage {
    layout: Layout,
    /// The usual periods.
    quick: Vec<QuickPeriod>,
    /// What is wrong with the days.
    refusal: Option<String>,
    /// First and last day, as they were typed.
    days: [String; 2],
    selects: Vec<Select>,
    /// Whether comments may be taken, and whether they are.
    comments: Option<bool>,
    found: Option<Found>,
}

struct Found {
    /// The period in words, and its days where those do not say them.
    heading: String,
    days: Option<String>,
    /// How many ratings, in sentences: all, and those that do not count or were flagged.
    counts: Vec<String>,
    /// Why there is nothing to take.
    none: Option<String>,
    /// Name and address of each form.
    files: Vec<(String, String)>,
    /// A workbook can not hold so many.
    too_many: bool,
    /// Where the comments are to be read, for who may not take them as a file.
    comments: Option<String>,
}

/// `GET /export`.
pub(super) async fn show(context: Context, Query(query): Query<ExportQuery>) -> PageResult {
    let Context { viewer, texts, .. } = &context;
    let mut choice = query.choice(&context).await?;
    let asked = query.period();
    let (selection, refusal) = match choice.selection(&context, asked.as_deref()).await {
        Ok(selection) => (Some(selection), None),
        // Days that can not be read are reported at their fields; nothing else that can be typed is
        // wrong.
        Err(error @ PageError::Period(_)) => (None, Some(error.sentence(texts))),
        Err(error) => return Err(error),
    };
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let found = match &selection {
        Some(selection) => Some(found(&context, &query, selection).await?),
        None => None,
    };
    let days = match &selection {
        Some(one) => [one.period.from, one.period.to].map(|day| day.to_string()),
        None => [&query.from, &query.to].map(|typed| typed.clone().unwrap_or_default()),
    };
    let span = selection.map(|one| one.span);
    let of_period = |period: &str| format!("/export?{}", query.address_fields(period));
    let path = of_period(&span.map_or_else(|| asked.unwrap_or_default(), |span| span.to_string()));
    // One site alone is no choice.
    choice.selects.retain(|select| select.name != "site" || select.choices.len() > 1);
    let with_all = |select: Select| select.with_all(texts.get("export-all"));
    let page = ExportPage {
        layout: context.layout(texts.get("export-title"), &path),
        quick: QuickPeriod::all(&context.app, texts, span, |span| {
            context.to(&of_period(&span.to_string()))
        }),
        refusal,
        days,
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
    let Context { app, viewer, texts, .. } = context;
    let counts = app.store.ratings_out_count(&selection.cut).await?;
    let too_many = counts.raw > SHEET_ROWS;
    let fields = query.address_fields(&selection.span.to_string());
    let forms =
        ExportFormat::ALL.into_iter().filter(|form| !too_many || *form != ExportFormat::Xlsx);
    let files = forms.map(|form| {
        let ending = form.ending();
        let address = context.to(&format!("/export/ratings.{ending}?{fields}"));
        (texts.get(&format!("export-as-{ending}")), address)
    });
    let period = &selection.period;
    let none = if period.from > app.today() { "dashboards-future" } else { "export-none" };
    let is_named = !matches!(selection.span, Span::Days(..));
    let apart = !viewer.may(Permission::ExportComments);
    Ok(Found {
        heading: period_title(period, texts),
        days: is_named.then(|| days(period.from, period.to, texts)),
        counts: wording::counts(&counts, texts),
        none: (counts.raw == 0).then(|| texts.get(none)),
        files: files.collect(),
        too_many,
        comments: apart.then(|| comments(context, query, period)),
    })
}

/// The address of the comments of the same ratings.
fn comments(context: &Context, query: &ExportQuery, period: &Period) -> String {
    let (from, to) = (period.from.to_string(), period.to.to_string());
    let days = [("from", from.as_str()), ("to", to.as_str())];
    context.to(&address::with_fields("/comments", days.into_iter().chain(query.narrowing())))
}
