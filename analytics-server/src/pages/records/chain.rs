//! Whether the chain of one tablet's events holds, for who is to be able to vouch for it.

use super::{busy, told};
use crate::auth::Viewer;
use crate::moments;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::verify::{Checked, check};
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;
use reports::numbers::Numbers;
use uuid::Uuid;

/// The page.
#[derive(Template)]
#[template(path = "records/chain.html")]
pub(in crate::pages) struct Page {
    pub shell: Shell,
    pub fleet: String,
    /// What was found, in one sentence.
    pub found: String,
    pub broken: bool,
    /// Name, words.
    pub facts: Vec<(String, String)>,
}

/// The address of a tablet's page.
pub(super) fn address_of(tablet: Uuid, texts: &Texts) -> String {
    address::in_language(&format!("/tablets/{tablet}/chain"), texts)
}

/// `GET /tablets/{id}/chain`.
pub(in crate::pages) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, page(&app, &viewer, &id, texts).await)
}

async fn page(
    app: &App,
    viewer: &Viewer,
    id: &str,
    texts: &'static Texts,
) -> Result<Response, Fault> {
    let tablet: Uuid = id.parse().map_err(|_| Fault::Missing)?;
    let directory = viewer.scope().narrow(app.store.directory().await.map_err(busy)?);
    // Looked for before it is walked: what lies outside is answered like what does not exist.
    let chain = app.store.chain(tablet).await.map_err(busy)?.ok_or(Fault::Missing)?;
    let counter = directory.counter(&chain.counter).ok_or(Fault::Missing)?;
    let checked = check(&app.store, tablet).await.map_err(busy)?.ok_or(Fault::Missing)?;
    let page = Page {
        shell: Shell::new(app, Some(viewer), texts, texts.get("records-chain"), |texts| {
            address_of(tablet, texts)
        }),
        fleet: address::in_language("/tablets", texts),
        found: found(&checked, texts),
        broken: checked.breaks_at.is_some(),
        facts: facts(app, &checked, tablet, format!("{} · {}", counter.code, counter.name), texts),
    };
    Ok(answer(StatusCode::OK, page.render()))
}

fn found(checked: &Checked, texts: &Texts) -> String {
    let count = |number: u64| Numbers::of(texts).count(number);
    match (checked.breaks_at, checked.head.number) {
        (Some(number), _) => texts.with("records-chain-breaks", &[("number", &count(number))]),
        (None, 0) => texts.get("records-chain-none"),
        (None, all) => texts.with("records-chain-holds", &[("count", &count(all))]),
    }
}

fn facts(
    app: &App,
    checked: &Checked,
    tablet: Uuid,
    counter: String,
    texts: &Texts,
) -> Vec<(String, String)> {
    let mut facts = vec![
        ("counter", counter),
        ("tablet", tablet.to_string()),
        ("events", Numbers::of(texts).count(checked.head.number)),
    ];
    if let Some((first, last)) = checked.span {
        facts.push(("first", moments::told(first, &app.zone, texts)));
        facts.push(("last", moments::told(last, &app.zone, texts)));
    }
    facts.push(("head", checked.head.digest.to_string()));
    let named = |(key, words)| (texts.get(&format!("records-chain-{key}")), words);
    facts.into_iter().map(named).collect()
}
