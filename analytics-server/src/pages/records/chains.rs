//! The chains of all tablets on one page: where each ends, when its tablet was heard of, and up to where it
//! was verified. The verification runs beside the requests; the page tells how far it is.

use super::chain;
use crate::centre_time;
use crate::fleet::TabletWords;
use crate::pages::pagination::{Pager, page_number, pages_of};
use crate::pages::prelude::*;
use crate::storage::posts::Posted;
use crate::storage::rows::Directory;
use crate::verify::{ChainChecks, ChainResult, ChainsState, digest_begin};
use axum::http::header;
use protocol::Head;
use reports::numbers::Numbers;

/// Where the page is.
const PATH: &str = "/tablets/chains";
/// Tablets on one page.
const PAGE: usize = 100;
/// Seconds after which a browser asks again while a verification runs.
const AGAIN_S: &str = "3";

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ChainsQuery {
    page: String,
}

/// The page of all chains.
#[derive(Template)]
#[template(path = "records/chains.html")]
struct ChainsPage {
    layout: Layout,
    /// Address of the list of tablets.
    fleet: String,
    /// How many chains are in which state.
    line: String,
    /// How far the verification is that runs.
    running: Option<String>,
    /// When the last one ended.
    ended: Option<String>,
    /// This page again.
    again: String,
    /// What is wrong, each with the address of its chain.
    wrong: Vec<(String, String)>,
    rows: Vec<ChainRow>,
    pager: Pager,
}

/// One tablet's chain in words.
struct ChainRow {
    counter: String,
    tablet: String,
    /// Where it is verified by itself.
    link: String,
    retired: bool,
    events: String,
    head: String,
    contact: String,
    /// Up to where it was verified, when, and with what outcome.
    verified: String,
    rank: Rank,
}

/// How a chain stands, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Wrong,
    /// Not verified since this process began.
    Unverified,
    Whole,
}

/// `GET /tablets/chains`.
pub(super) async fn show(context: Context, Query(query): Query<ChainsQuery>) -> PageResult {
    let Context { app, texts, .. } = &context;
    let number = page_number(&query.page)? as usize;
    let directory = context.viewer.scope().narrow(app.store.directory().await?);
    let (posts, heads) = (app.store.posts().await?, app.store.chain_heads().await?);
    let state = app.chain_checks.state();
    let in_words = |post: &Posted| {
        let head = *heads.get(&post.id)?;
        row(&context, post, head, &directory, state.results.get(&post.id))
    };
    let mut rows: Vec<ChainRow> = posts.iter().filter_map(in_words).collect();
    rows.sort_by_key(|row| row.rank);
    let count = |rank: Rank| {
        let all = rows.iter().filter(|row| row.rank == rank).count();
        Numbers::of(texts).count(all as u64)
    };
    let sums = [
        ("count", &*Numbers::of(texts).count(rows.len() as u64)),
        ("whole", &*count(Rank::Whole)),
        ("wrong", &*count(Rank::Wrong)),
        ("open", &*count(Rank::Unverified)),
    ];
    let line = texts.with("records-chains-line", &sums);
    let wrong = rows.iter().filter(|row| row.rank == Rank::Wrong);
    let wrong = wrong.map(|row| (format!("{}: {}", row.counter, row.verified), row.link.clone()));
    let pages = pages_of(rows.len(), PAGE);
    let page = ChainsPage {
        layout: context.layout(texts.get("records-chains"), &path(number)),
        fleet: context.to("/tablets"),
        line,
        running: running(&context, &state),
        ended: state.ended_at.map(|at| {
            let when = centre_time::in_sentence(at, &app.zone, texts);
            texts.with("records-chains-ended", &[("when", &when)])
        }),
        again: context.to(&path(number)),
        wrong: wrong.collect(),
        pager: Pager::new(number, number < pages, |page| context.to(&path(page))),
        rows: page_of(rows, number),
    };
    let answer = answer(StatusCode::OK, page.render());
    // Only while there is something new to see: whoever reads what was found is not sent to the top.
    Ok(match state.running {
        Some(_) => ([(header::REFRESH, AGAIN_S)], answer).into_response(),
        None => answer,
    })
}

/// The rows of one page.
fn page_of(mut rows: Vec<ChainRow>, number: usize) -> Vec<ChainRow> {
    let before = (number - 1).saturating_mul(PAGE).min(rows.len());
    rows.drain(..before);
    rows.truncate(PAGE);
    rows
}

/// The address of a page of the list.
fn path(number: usize) -> String {
    match number {
        1 => PATH.to_owned(),
        number => format!("{PATH}?page={number}"),
    }
}

/// How far the verification is, where one runs.
fn running(context: &Context, state: &ChainsState) -> Option<String> {
    let Context { app, texts, .. } = context;
    let progress = state.running?;
    let count = |number: usize| Numbers::of(texts).count(number as u64);
    let places = [
        ("done", &*count(progress.done)),
        ("count", &*count(progress.all)),
        ("when", &*centre_time::in_sentence(progress.since, &app.zone, texts)),
    ];
    Some(texts.with("records-chains-running", &places))
}

/// A tablet's chain; none where its counter lies outside what the reader may see.
fn row(
    context: &Context,
    post: &Posted,
    head: Head,
    directory: &Directory,
    result: Option<&ChainResult>,
) -> Option<ChainRow> {
    let Context { app, texts, .. } = context;
    let counter = directory.counter_of(post.post.counter)?;
    let words = TabletWords::of(app, texts);
    let contact = post.last_contact_at.map(|at| words.ago(at));
    Some(ChainRow {
        counter: format!("{} · {}", counter.code, counter.name),
        tablet: post.id.to_string(),
        link: context.to(&chain::path(post.id)),
        retired: post.retired_at.is_some(),
        events: Numbers::of(texts).count(head.number),
        head: digest_begin(head),
        contact: contact.unwrap_or_else(|| texts.get("records-tablet-never")),
        verified: verified(context, head, result),
        rank: match result {
            None => Rank::Unverified,
            Some(result) if result.is_wrong() => Rank::Wrong,
            Some(_) => Rank::Whole,
        },
    })
}

/// Up to where a chain was verified, when, and with what outcome.
fn verified(context: &Context, head: Head, result: Option<&ChainResult>) -> String {
    let Context { app, texts, .. } = context;
    let Some(result) = result else { return texts.get("records-chains-not-yet") };
    let count = |number: u64| Numbers::of(texts).count(number);
    let when = centre_time::in_sentence(result.at, &app.zone, texts);
    let Some(checked) = &result.checked else {
        return texts.with("records-chains-unreadable", &[("when", &when)]);
    };
    if let Some(number) = checked.breaks_at {
        let places = [("number", &*count(number)), ("when", &*when)];
        return texts.with("records-chains-breaks", &places);
    }
    let places = [("number", &*count(checked.head.number)), ("when", &*when)];
    let holds = texts.with("records-chains-holds", &places);
    // What came since then has not been looked at.
    match head.number.saturating_sub(checked.head.number) {
        0 => holds,
        more => {
            let since = texts.with("records-chains-since", &[("count", &count(more))]);
            format!("{holds} {since}")
        }
    }
}

/// `POST /tablets/chains`: begins to verify all chains, unless somebody did.
pub(super) async fn verify(context: Context, _: CsrfForm<EmptyForm>) -> Response {
    if let Some(run) = ChainChecks::begin(&context.app.chain_checks, context.now()) {
        let (app, actor) = (context.app.clone(), context.viewer.actor());
        tokio::spawn(async move {
            if let Err(error) = run.run(&app.store, &app.clock, &actor).await {
                tracing::error!(%error, "the verification of all chains broke off");
            }
        });
    }
    context.redirect(PATH)
}
