//! Ratings as files: a page that says what there is and in which form, and the files. Whoever takes
//! one is in the audit log, with what they took.

mod wish;

use super::address::language;
use super::dashboards::bar::capital;
use super::disclosed::Disclosed;
use super::doors::texts_of;
use super::fault::Fault;
use super::shell::{Shell, answer};
use crate::auth::{Right, Viewer};
use crate::export::{ExportError, ExportFormat as Form, ExportRequest as Order, SHEET_ROWS, file};
use crate::moments;
use crate::state::App;
use crate::storage::export::OutCounts;
use crate::storage::house::Sites;
use crate::storage::rows::Directory;
use crate::tables_out::{Cell, attachment};
use askama::Template;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use locales::Texts;
use reports::numbers::Numbers;
use reports::periods::period_name;
use wish::{Choice, Seen, Wish};

/// The page.
#[derive(Template)]
#[template(path = "export/page.html")]
struct Page {
    shell: Shell,
    /// What is wrong with what was typed.
    refusal: Option<String>,
    /// As it was typed.
    period: String,
    departments: Vec<Choice>,
    counters: Vec<Choice>,
    officers: Vec<Choice>,
    sites: Vec<Choice>,
    procedures: Vec<Choice>,
    stages: Vec<Choice>,
    channels: Vec<Choice>,
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
pub(super) async fn page(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    wish: Result<Query<Wish>, QueryRejection>,
) -> Response {
    let texts = texts_of(&uri);
    let Ok(Query(wish)) = wish else {
        return Fault::Request.page(&app, Some(&viewer), texts);
    };
    match shown(&app, &viewer, &wish, texts).await {
        Ok((status, page)) => answer(status, page.render()),
        Err(fault) => fault.page(&app, Some(&viewer), texts),
    }
}

async fn shown(
    app: &App,
    viewer: &Viewer,
    wish: &Wish,
    texts: &'static Texts,
) -> Result<(StatusCode, Page), Fault> {
    let scope = viewer.scope();
    let directory = app.directory_within(&scope).await?;
    let sites = scope.narrow_sites(app.store.counter_sites().await?, &directory);
    let (seen, refusal) = match wish.seen(app, viewer, &directory).await {
        Ok(seen) => (Some(seen), None),
        // A period that is none is told at its field; everything else is no mistake of typing.
        Err(Fault::Period(error)) => (None, Some(Fault::Period(error).sentence(texts))),
        Err(fault) => return Err(fault),
    };
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let found = match &seen {
        Some(seen) => Some(found(app, wish, seen, texts).await?),
        None => None,
    };
    let title = texts.get("export-title");
    let period = wish.period.clone().or_else(|| seen.map(|seen| seen.name)).unwrap_or_default();
    let here = wish.query(&period);
    let shell = Shell::new(app, Some(viewer), texts, title, |texts| {
        format!("/export?{here}{}", language(texts))
    });
    let may = viewer.may(Right::ExportComments);
    Ok((
        status,
        Page {
            shell,
            refusal,
            period,
            departments: wish::departments(&directory, wish),
            counters: wish::counters(&directory, wish),
            officers: wish::officers(&directory, wish),
            sites: wish::sites(&sites, wish),
            procedures: wish::procedures(&directory, wish),
            stages: wish::stages(wish, texts),
            channels: wish::channels(wish, texts),
            comments: may.then(|| wish.wants_comments()),
            found,
        },
    ))
}

async fn found(app: &App, wish: &Wish, seen: &Seen, texts: &'static Texts) -> Result<Found, Fault> {
    let counts = app.store.ratings_out_count(&seen.cut).await?;
    let too_many = counts.raw > SHEET_ROWS;
    let query = wish.query(&seen.name);
    let forms = Form::ALL.into_iter().filter(|form| !too_many || *form != Form::Xlsx);
    let files = forms.map(|form| {
        let ending = form.ending();
        let address = format!("/export/ratings.{ending}?{query}{}", language(texts));
        (texts.get(&format!("export-as-{ending}")), address)
    });
    let future = seen.period.from > app.today();
    let none = if future { "dashboards-future" } else { "export-none" };
    let days = [("from", seen.period.from), ("to", seen.period.to)];
    let numbers = Numbers::of(texts);
    let days = days.map(|(name, day)| (name, numbers.date(day)));
    let places = days.each_ref().map(|(name, day)| (*name, day.as_str()));
    Ok(Found {
        heading: capital(&period_name(&seen.period, texts)),
        days: texts.with("pages-days", &places),
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

/// What a workbook says about itself: the period, what it was narrowed by, and when it was made.
fn about(
    app: &App,
    wish: &Wish,
    seen: &Seen,
    (directory, sites): (&Directory, &Sites),
    texts: &Texts,
) -> Vec<(String, Cell)> {
    let line = |key: &str, cell: Cell| (texts.get(key), cell);
    let mut lines = vec![
        line("pages-period", capital(&period_name(&seen.period, texts)).into()),
        line("export-summary-from", Cell::Day(seen.period.from)),
        line("export-summary-to", Cell::Day(seen.period.to)),
    ];
    let chosen = wish.chosen(directory, sites, texts);
    lines.extend(chosen.into_iter().map(|(key, name)| line(key, name.into())));
    let comments = if wish.wants_comments() { "export-summary-yes" } else { "export-summary-no" };
    lines.push(line("export-comments", texts.get(comments).into()));
    let now = moments::local(app.clock.now(), &app.zone).datetime();
    lines.push(line("export-summary-made", Cell::Moment(now)));
    lines
}

/// `GET /export/ratings.csv` and its like.
pub(super) async fn download(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    Path(name): Path<String>,
    wish: Result<Query<Wish>, QueryRejection>,
) -> Response {
    let texts = texts_of(&uri);
    let Ok(Query(wish)) = wish else {
        return Fault::Request.page(&app, Some(&viewer), texts);
    };
    let form = name.strip_prefix("ratings.").and_then(|ending| ending.parse().ok());
    let Some(form) = form else {
        return Fault::Missing.page(&app, Some(&viewer), texts);
    };
    match sent(&app, &viewer, &wish, form, texts).await {
        Ok(response) => response,
        Err(fault) => fault.page(&app, Some(&viewer), texts),
    }
}

async fn sent(
    app: &App,
    viewer: &Viewer,
    wish: &Wish,
    form: Form,
    texts: &'static Texts,
) -> Result<Response, Fault> {
    let directory = app.directory_within(&viewer.scope()).await?;
    let seen = wish.seen(app, viewer, &directory).await?;
    let comments = wish.wants_comments();
    if comments && !viewer.may(Right::ExportComments) {
        return Err(Fault::Forbidden);
    }
    let sites = viewer.scope().narrow_sites(app.store.counter_sites().await?, &directory);
    let rows = app.store.ratings_out_count(&seen.cut).await?.raw;
    if form == Form::Xlsx && rows > SHEET_ROWS {
        return Err(Fault::TooManyRows);
    }
    let chosen = wish.chosen(&directory, &sites, texts);
    let what = serde_json::json!({
        "period": seen.name,
        "filters": chosen.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" · "),
        "comments": comments,
        "rows": rows,
    });
    let about = about(app, wish, &seen, (&directory, &sites), texts);
    // A range of days has two dots between them, which an ending begins with.
    let name = format!("danh-gia-{}", seen.name.replace("..", "_"));
    let order = Order { person: viewer.user.id, cut: seen.cut, comments, texts, about };
    let pieces = file(app, &order, form).await.map_err(Fault::Export)?;
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
    Ok(Disclosed::export(form.ending(), what).with(answer))
}

impl From<ExportError> for Fault {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}
