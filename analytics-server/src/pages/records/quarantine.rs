//! What waits in quarantine: since when, from which tablet, why, and what its release would change; and
//! the way out of it once what is named there exists. Auditors read it, administrators release.

use super::chain;
use crate::centre_time;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::dashboards::query::FigureQuery;
use crate::pages::pagination::{Pager, page_number};
use crate::pages::prelude::*;
use crate::storage::posts::Posted;
use crate::storage::quarantine::Waiting;
use crate::storage::rows::Directory;
use reports::numbers::Numbers;
use std::collections::HashMap;
use uuid::Uuid;

/// Where the list is.
const PATH: &str = "/quarantine";
/// Events on one page.
const PAGE: u32 = 100;
/// Reasons that have words.
const KNOWN: [&str; 9] = [
    "unreadable",
    "unknown_counter",
    "unknown_officer",
    "no_question",
    "other_tablet",
    "asked_twice",
    "answered_twice",
    "not_answered",
    "level_off_scale",
];

/// What became of a release: words of the address after it.
const DONE: [&str; 2] = ["released", "unchanged"];

/// The page of the quarantine.
#[derive(Template)]
#[template(path = "records/quarantine.html")]
struct QuarantinePage {
    layout: Layout,
    /// For administrators, who come from their front page.
    breadcrumb: Option<Breadcrumb>,
    /// The list of tablets, from where the others come.
    fleet: String,
    line: String,
    /// What became of the release just before.
    done: Option<String>,
    may_release: bool,
    events: Vec<Event>,
    /// Where the list goes on, to both sides.
    pager: Pager,
}

/// One event in words.
struct Event {
    /// Since when it waits.
    since: String,
    /// When it happened: the day it would count for.
    happened: String,
    /// Which counter's tablet told it, and under which number.
    place: String,
    /// Where that tablet is, for who may look at it.
    tablet: Option<String>,
    reason: String,
    /// What has to be there before its release changes something, and what it changes then.
    way: String,
    detail: String,
}

impl Event {
    fn of(
        context: &Context,
        one: &Waiting,
        posts: &HashMap<Uuid, Posted>,
        directory: &Directory,
    ) -> Self {
        let Context { app, viewer, texts, .. } = context;
        let counter = posts.get(&one.tablet).and_then(|row| directory.counter_of(row.post.counter));
        let counter = counter.map(|one| format!("{} · {}", one.code, one.name));
        let places =
            [("counter", &*counter.unwrap_or_default()), ("number", &*one.number.to_string())];
        let known = KNOWN.contains(&one.reason.as_str());
        let reason = if known { &*one.reason } else { "other" };
        let tablet = if viewer.may(Permission::Verify) {
            Some(context.to(&chain::path(one.tablet)))
        } else {
            let may = viewer.may(Permission::Administer);
            may.then(|| context.to(&format!("/admin/tablets/{}", one.tablet)))
        };
        Self {
            since: centre_time::in_sentence(one.created_at, &app.zone, texts),
            happened: centre_time::in_sentence(one.happened_at, &app.zone, texts),
            place: texts.with("records-quarantine-place", &places),
            tablet,
            reason: texts.get(&format!("records-odd-{reason}")),
            way: texts.get(&format!("records-odd-{reason}-way")),
            detail: one.detail.clone(),
        }
    }
}

/// `GET /quarantine`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let Context { app, texts, .. } = &context;
    let number = page_number(query.page.as_deref().unwrap_or_default())?;
    let waiting = app.store.waiting((number - 1) * PAGE, PAGE).await?;
    let count = app.store.quarantined().await?;
    let directory = app.store.directory().await?;
    let posts: HashMap<Uuid, Posted> =
        app.store.posts().await?.into_iter().map(|post| (post.id, post)).collect();
    let counted = Numbers::of(texts).count(count);
    let line = match count {
        0 => texts.get("records-quarantine-none"),
        _ => texts.with("records-quarantine-line", &[("count", &counted)]),
    };
    let done = context.was_done(&DONE)?;
    let administers = context.viewer.may(Permission::Administer);
    let page = QuarantinePage {
        layout: context.layout(context.text("records-quarantine"), &path(number as usize)),
        breadcrumb: administers.then(|| Breadcrumb::admin(&context)),
        fleet: context.to("/tablets"),
        line,
        done: done.map(|word| texts.get(&format!("records-quarantine-done-{word}"))),
        may_release: administers,
        events: waiting.iter().map(|one| Event::of(&context, one, &posts, &directory)).collect(),
        pager: Pager::new(number as usize, u64::from(number * PAGE) < count, |page| {
            context.to(&path(page))
        }),
    };
    Ok(answer(StatusCode::OK, page.render()))
}

/// The address of a page of the list.
fn path(number: usize) -> String {
    match number {
        1 => PATH.to_owned(),
        number => format!("{PATH}?page={number}"),
    }
}

/// `POST /quarantine/release`: counts what can be counted by now.
pub(super) async fn release(context: Context, _: CsrfForm<EmptyForm>) -> PageResult {
    let app = &context.app;
    let repeat_ms = app.centre_now().await.unwrap_or_default().repeat_ms();
    let now = context.now();
    let released = app.store.release_all(repeat_ms, now).await?;
    if released == 0 {
        return Ok(context.done(PATH, "unchanged"));
    }
    let after = serde_json::json!({ "released": released }).to_string();
    app.store.log_release(&context.viewer.actor(), &after, now).await?;
    Ok(context.done(PATH, "released"))
}
