//! Several alerts at once: taken on, or closed with one sentence on what was done. What somebody else did
//! meanwhile stays as it is and is told by its number; the rest is done.

use super::inbox::{InboxQuery, RefusedChoice, page};
use super::one::{read_note, visible_alert};
use crate::pages::came_from::CameFrom;
use crate::pages::prelude::*;
use crate::storage::notes::Author;

/// As many as a page of the list has, and no more.
const MOST: usize = 20;

/// Which alerts, and what is to be done with them.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ChosenForm {
    alert: Vec<String>,
    /// `acknowledge` or `close`.
    action: String,
    note: String,
    /// The list that it was sent from.
    list: String,
}

/// `POST /alerts/chosen`.
pub(super) async fn change(context: Context, CsrfForm(form): CsrfForm<ChosenForm>) -> PageResult {
    let query = InboxQuery::of(&CameFrom::at(&form.list));
    if form.alert.len() > MOST {
        return Err(PageError::Request);
    }
    let mut chosen = Vec::new();
    for num in &form.alert {
        chosen.push(visible_alert(&context, num).await?.num);
    }
    let note = match form.action.as_str() {
        "acknowledge" => Ok(None),
        "close" => read_note(&form.note, context.texts).map(Some),
        _ => return Err(PageError::Request),
    };
    let note = if chosen.is_empty() { Err(context.text("alerts-chosen-none")) } else { note };
    let note = match note {
        Ok(note) => note,
        Err(sentence) => {
            let refused = RefusedChoice { chosen, note: form.note, sentence };
            return page(&context, &query, Some(refused)).await;
        }
    };
    let (store, now, actor) = (&context.app.store, context.now(), context.viewer.actor());
    let author = Author { user: context.viewer.user.id, actor: &actor };
    let (mut late, mut done) = (Vec::new(), None);
    for num in chosen {
        let is_done = match &note {
            None => store.acknowledge_alert(num, &actor, now).await?,
            Some(note) => store.settle_alert(num, note, author, now).await?,
        };
        if is_done {
            done = Some(if note.is_some() { "closed" } else { "acknowledged" });
        } else {
            late.push(num);
        }
    }
    Ok(context.redirect(&query.after(done, &late)))
}
