//! Officers who usually sit at a counter, as the administration speaks of them: a question before a second
//! one gets the same counter, what the list says of it, and what the roster loses when one is retired.

use crate::pages::confirmation::{Confirmation, is_confirmed};
use crate::pages::prelude::*;
use crate::roster::{Workplaces, name, usual_officers};
use crate::storage::register::{Entry, Noun};
use std::collections::BTreeSet;

/// What an officer is to become, and how the form is sent again.
pub(super) struct Sharing<'a> {
    pub noun: Noun,
    /// None: the officer is new, or comes back.
    pub before: Option<&'a Entry>,
    pub after: &'a Entry,
    /// What the field holds that says that somebody read the question.
    pub confirmed: &'a str,
    /// Where one goes who does not want it.
    pub back: String,
}

impl Sharing<'_> {
    /// Asks whether an officer is to share a counter with others: its tablet asks about one of them alone.
    /// `fields` are those of the form; none: there is nothing to ask.
    pub async fn question(
        self,
        context: &Context,
        fields: Vec<(String, String)>,
    ) -> PageResult<Option<Response>> {
        let after = self.after;
        let moves = self.before.is_none_or(|before| before.place != after.place);
        let place = after.place.filter(|_| self.noun == Noun::Officer && moves);
        let Some(place) = place.filter(|_| !is_confirmed(self.confirmed)) else { return Ok(None) };
        let workplaces = Workplaces::of(&context.app.store).await?;
        let mut usual = workplaces.usual_officers(place);
        usual.retain(|one| one.code != after.code);
        let Some(&first) = usual.first() else { return Ok(None) };
        let shown = if after.code < first.code { after } else { first };
        let others: Vec<String> = usual.iter().map(|one| one.named()).collect();
        let counter = name(workplaces.counter(place));
        let places = [("counter", counter.as_str()), ("others", &*others.join("; "))];
        let asked = Confirmation {
            title: context.texts.with("admin-ask-share", &places),
            effects: vec![context.texts.with("admin-share-effect", &[("shown", &shown.named())])],
            button: context.text("admin-share"),
            fields,
            back: self.back,
        };
        Ok(Some(asked.page(context)))
    }
}

/// What the list says of the counter of an officer who shares it with others; none: nobody else sits there.
pub(super) fn shared_counter(
    officers: &[Entry],
    one: &Entry,
    counter: &str,
    texts: &Texts,
) -> Option<String> {
    let usual = usual_officers(officers, one.place.filter(|_| one.retired_at.is_none())?);
    let shown = usual.first().filter(|_| usual.len() > 1)?;
    Some(texts.with("admin-shared-counter", &[("counter", counter), ("shown", &shown.named())]))
}

/// What the roster and a counter lose with an officer who is retired, a sentence each.
pub(super) async fn losses(context: &Context, officer: &Entry) -> PageResult<Vec<String>> {
    let workplaces = Workplaces::of(&context.app.store).await?;
    let mut duties = context.app.store.roster(context.now()).await?;
    duties.retain(|duty| duty.officer == officer.id);
    let mut losses = Vec::new();
    if !duties.is_empty() {
        let counters = duties.iter().map(|duty| name(workplaces.counter(duty.counter)));
        let counters: BTreeSet<String> = counters.collect();
        let counters: Vec<String> = counters.into_iter().collect();
        let places = [("count", &*duties.len().to_string()), ("counters", &*counters.join(", "))];
        losses.push(context.texts.with("admin-retire-duties", &places));
    }
    let own = officer.place.and_then(|id| workplaces.counter(id));
    if let Some(counter) = own.filter(|one| one.retired_at.is_none()) {
        let usual = workplaces.usual_officers(counter.id);
        let next = usual.iter().find(|one| one.id != officer.id);
        let key = if next.is_some() { "admin-retire-usual" } else { "admin-retire-usual-last" };
        let next = next.map(|one| one.named()).unwrap_or_default();
        let places = [("counter", counter.name.as_str()), ("next", &*next)];
        losses.push(context.texts.with(key, &places));
    }
    Ok(losses)
}
