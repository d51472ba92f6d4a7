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
    write_down(&context, tablet, &result).await;
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

/// Writes into the audit log what was found; the same found again within minutes is one line. What can not
/// be written is shown all the same: a chain is looked at where something is wrong.
async fn write_down(context: &Context, tablet: Uuid, result: &ChainResult) {
    let (app, actor) = (&context.app, context.viewer.actor());
    let key = format!("{actor} verify {tablet} {}", result.proof());
    if !app.audit_debounce.is_new(&key, result.at) {
        return;
    }
    if let Err(error) = result.write_down(&app.store, tablet, &actor).await {
        tracing::error!(%tablet, %error, "what was verified could not be written down");
        app.audit_debounce.forget(&key);
    }
}
