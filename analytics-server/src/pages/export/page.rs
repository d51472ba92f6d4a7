//! The page that says which ratings are to be had as files, and how many.

use super::query::{ExportQuery, ExportSelection};
use crate::export::{ExportFormat, SHEET_ROWS};
use crate::pages::dashboards::bar::capital;
use crate::pages::dashboards::filter::Select;
use crate::pages::prelude::*;
use crate::storage::export::OutCounts;
use reports::numbers::Numbers;
use reports::periods::period_name;

/// The page of the export.
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

/// What is to be had.
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
    let Context { app, viewer, texts, .. } = &context;
    let scope = viewer.scope();
    let directory = app.directory_within(&scope).await?;
    let sites = scope.narrow_sites(app.store.counter_sites().await?, &directory);
    let (selection, refusal) = match query.selection(&context, &directory, &sites).await {
        Ok(selection) => (Some(selection), None),
        // A period that is none is told at its field; everything else is no mistake of typing.
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
    let mut selects = query.selects(&directory, &sites, texts);
    // One site alone is no choice.
    selects.retain(|select| select.name != "site" || select.choices.len() > 1);
    let page = ExportPage {
        layout: context.layout(texts.get("export-title"), &path),
        refusal,
        period,
        selects,
        comments: viewer.may(Right::ExportComments).then(|| query.wants_comments()),
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
    let numbers = Numbers::of(texts);
    let (from, to) = (numbers.date(period.from), numbers.date(period.to));
    Ok(Found {
        heading: capital(&period_name(period, texts)),
        days: texts.with("pages-days", &[("from", &from), ("to", &to)]),
        counts: counted(&counts, numbers, texts),
        none: (counts.raw == 0).then(|| texts.get(none)),
        files: files.collect(),
        too_many,
    })
}

/// How many ratings there are, with and without those that do not count or were flagged.
fn counted(counts: &OutCounts, numbers: Numbers, texts: &Texts) -> Vec<String> {
    let [raw, counted, ruled_out, flagged, cleaned] =
        [counts.raw, counts.counted(), counts.ruled_out, counts.flagged, counts.cleaned()]
            .map(|count| numbers.count(count));
    let places = [
        ("raw", raw.as_str()),
        ("counted", &counted),
        ("ruled_out", &ruled_out),
        ("flagged", &flagged),
        ("cleaned", &cleaned),
    ];
    let sentences = [
        (true, "export-count"),
        (counts.ruled_out > 0, "export-count-ruled-out"),
        (counts.flagged > 0, "export-count-flagged"),
    ];
    let there = sentences.into_iter().filter(|(is_there, _)| *is_there);
    there.map(|(_, key)| texts.with(key, &places)).collect()
}
