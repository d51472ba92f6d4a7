//! What is known of one tablet, beside the form that moves it.

use crate::pages::prelude::*;
use crate::pages::records::tablet_words::{blocked_words, fork_words, short};
use crate::storage::posts::Posted;
use std::collections::HashSet;
use uuid::Uuid;

/// Which tablets have events that wait for more than a network.
pub(super) struct Waits {
    blocked: HashSet<Uuid>,
    forked: HashSet<Uuid>,
}

impl Waits {
    /// As it is now.
    pub(super) async fn of(context: &Context) -> PageResult<Self> {
        let store = &context.app.store;
        let blocked = store.blocked_events().await?.into_keys().collect();
        let forked = store.forks().await?.into_iter().map(|one| one.tablet).collect();
        Ok(Self { blocked, forked })
    }

    /// How many events of a tablet wait, and whether for more than a network.
    pub(super) fn words(&self, context: &Context, tablet: &Posted) -> String {
        let pending = tablet.pending.map_or("–".to_owned(), |pending| pending.to_string());
        let key = match tablet.id {
            id if self.forked.contains(&id) => "admin-tablet-pending-forked",
            id if self.blocked.contains(&id) => "admin-tablet-pending-blocked",
            _ => return pending,
        };
        context.texts.with(key, &[("pending", &pending)])
    }
}

/// Name and words of each fact, what is urgent first.
pub(super) async fn facts(
    context: &Context,
    tablet: &Posted,
) -> PageResult<Vec<(&'static str, String)>> {
    let store = &context.app.store;
    let mut facts = Vec::new();
    if let Some(fork) = store.forks().await?.iter().find(|one| one.tablet == tablet.id) {
        facts.extend(fork_words(&context.app, fork, context.texts));
    }
    if let Some(blocked) = store.blocked_events().await?.get(&tablet.id) {
        facts.push(("blocked", blocked_words(&context.app, blocked, context.texts)));
    }
    facts.extend([
        ("contact", context.moment(tablet.last_contact_at)),
        ("pending", tablet.pending.map_or("–".to_owned(), |count| count.to_string())),
        ("events", tablet.events.to_string()),
        ("version", tablet.app_version.clone()),
        ("enrolled", context.moment(Some(tablet.enrolled_at))),
    ]);
    facts.extend(continued(context, tablet.id).await?);
    Ok(facts)
}

/// The tablet that this one continues, and those that continue it.
async fn continued(context: &Context, id: Uuid) -> PageResult<Vec<(&'static str, String)>> {
    let mut facts = Vec::new();
    for one in context.app.store.continuations().await?.into_iter().filter(|one| one.own) {
        let words = |id: Uuid| {
            let key = if one.by_hand { "admin-tablet-by-hand" } else { "admin-tablet-itself" };
            context.texts.with(key, &[("id", &short(id))])
        };
        if one.tablet == id {
            facts.push(("continues", words(one.continues)));
        } else if one.continues == id {
            facts.push(("continued", words(one.tablet)));
        }
    }
    Ok(facts)
}
