//! Whether the chain of one tablet's events is whole and unaltered, for those who may check it.

use crate::pages::prelude::*;
use crate::verify::{ChainResult, check};
use uuid::Uuid;

/// The page of a tablet's chain.
#[derive(Template)]
#[template(path = "records/chain.html")]
struct ChainPage {
    layout: Layout,
    /// Address of the list of tablets, and of all chains.
    fleet: String,
    chains: String,
    /// What was found, in one sentence.
    found: String,
    broken: bool,
    /// Name, words.
    facts: Vec<(String, String)>,
}

/// The address of the page of a tablet's chain.
pub(super) fn path(tablet: Uuid) -> String {
    format!("/tablets/{tablet}/chain")
}

/// `GET /tablets/{id}/chain`.
pub(super) async fn show(context: Context, Path(id): Path<String>) -> PageResult {
    let store = &context.app.store;
    let tablet: Uuid = id.parse().map_err(|_| PageError::Missing)?;
    let directory = context.viewer.scope().narrow(store.directory().await?);
    // Looked for before it is walked: what lies outside is answered like what does not exist.
    let chain = store.chain(tablet).await?.ok_or(PageError::Missing)?;
    let counter = directory.counter(&chain.counter).ok_or(PageError::Missing)?;
    let checked = check(store, tablet).await?.ok_or(PageError::Missing)?;
    // The page of all chains tells it too.
    let result = ChainResult { at: context.now(), checked: Some(checked.clone()) };
    context.app.chain_checks.put(tablet, result);
    let counter = format!("{} · {}", counter.code, counter.name);
    let facts = checked.facts(&context.app.zone, context.texts);
    let facts = [("counter", counter), ("tablet", tablet.to_string())].into_iter().chain(facts);
    let named = |(key, words)| (context.text(&format!("records-chain-{key}")), words);
    let page = ChainPage {
        layout: context.layout(context.text("records-chain"), &path(tablet)),
        fleet: context.to("/tablets"),
        chains: context.to("/tablets/chains"),
        found: checked.sentence(context.texts),
        broken: checked.breaks_at.is_some(),
        facts: facts.map(named).collect(),
    };
    Ok(answer(StatusCode::OK, page.render()))
}
