//! Whether the chain of one tablet's events holds, for who is to be able to vouch for it.

use crate::moments;
use crate::pages::prelude::*;
use crate::verify::{Checked, check};
use reports::numbers::Numbers;
use uuid::Uuid;

/// The page of a tablet's chain.
#[derive(Template)]
#[template(path = "records/chain.html")]
struct ChainPage {
    layout: Layout,
    /// Address of the list of tablets.
    fleet: String,
    /// What was found, in one sentence.
    found: String,
    broken: bool,
    /// Name, words.
    facts: Vec<(String, String)>,
}

/// Where the page of a tablet's chain is.
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
    let counter = format!("{} · {}", counter.code, counter.name);
    let page = ChainPage {
        layout: context.layout(context.text("records-chain"), &path(tablet)),
        fleet: context.to("/tablets"),
        found: sentence(&checked, context.texts),
        broken: checked.breaks_at.is_some(),
        facts: facts(&context, &checked, tablet, counter),
    };
    Ok(answer(StatusCode::OK, page.render()))
}

/// Whether the chain holds, in a sentence.
fn sentence(checked: &Checked, texts: &Texts) -> String {
    let count = |number: u64| Numbers::of(texts).count(number);
    match (checked.breaks_at, checked.head.number) {
        (Some(number), _) => texts.with("records-chain-breaks", &[("number", &count(number))]),
        (None, 0) => texts.get("records-chain-none"),
        (None, all) => texts.with("records-chain-holds", &[("count", &count(all))]),
    }
}

fn facts(
    context: &Context,
    checked: &Checked,
    tablet: Uuid,
    counter: String,
) -> Vec<(String, String)> {
    let Context { app, texts, .. } = context;
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
