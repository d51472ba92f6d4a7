//! Adding, changing and retiring one entry. A form carries a mark of what it was made from: if
//! somebody else changed the entry meanwhile nothing is overwritten, both are shown. FieldType was typed
//! is never lost.

use super::form_page::FormErrors;
use super::resource_page::{entry_of, page, resource_of};
use crate::import::fields::{FieldType, References, Typed, label, path_segment, specs};
use crate::pages::form_field::is_current;
use crate::pages::prelude::*;
use crate::storage::register::{Carried, Entry, EntryChange, Noun, Retired};
use std::collections::BTreeMap;

/// `GET /admin/{list}/new`.
pub(super) async fn blank(context: Context, Path(word): Path<String>) -> PageResult {
    page(&context, resource_of(&word)?, None, None, FormErrors::default()).await
}

/// `GET /admin/{list}/{id}`.
pub(super) async fn show(context: Context, Path((word, id)): Path<(String, String)>) -> PageResult {
    let noun = resource_of(&word)?;
    let entry = entry_of(&context, noun, &id).await?;
    page(&context, noun, Some(&entry), None, FormErrors::default()).await
}

/// `POST /admin/{list}/new`.
pub(super) async fn add(
    context: Context,
    Path(word): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> PageResult {
    let noun = resource_of(&word)?;
    let references = References::of(&context.app.store).await?;
    let errors = match references.read(noun, &typed, None, context.texts) {
        Err(errors) => errors,
        Ok(after) => {
            if store(&context, noun, None, after).await? {
                return Ok(context.done(&format!("/admin/{}", path_segment(noun)), "added"));
            }
            BTreeMap::from([("code", context.text("admin-fault-taken"))])
        }
    };
    let errors = FormErrors::of_fields(&context, errors);
    page(&context, noun, None, Some(&typed), errors).await
}

/// `POST /admin/{list}/{id}`.
pub(super) async fn change(
    context: Context,
    Path((word, id)): Path<(String, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> PageResult {
    let noun = resource_of(&word)?;
    let stored = entry_of(&context, noun, &id).await?;
    let references = References::of(&context.app.store).await?;
    let current = is_current(&typed, "was", &stored);
    let read = references.read(noun, &typed, Some(&stored), context.texts);
    let is_same = read.as_ref().is_ok_and(|after| *after == stored);
    let done = match read {
        Ok(_) if is_same => true,
        Ok(after) if current => store(&context, noun, Some(&stored), after).await?,
        Err(errors) if current => {
            let errors = FormErrors::of_fields(&context, errors);
            return page(&context, noun, Some(&stored), Some(&typed), errors).await;
        }
        _ => false,
    };
    if done {
        return Ok(context.done(&format!("/admin/{}/{}", path_segment(noun), stored.id), "saved"));
    }
    let stored = entry_of(&context, noun, &id).await?;
    let errors = stale(&context, &references, noun, &stored, &typed);
    page(&context, noun, Some(&stored), Some(&typed), errors).await
}

/// Stores an entry unless somebody else was quicker; whether it is stored.
async fn store(
    context: &Context,
    noun: Noun,
    before: Option<&Entry>,
    after: Entry,
) -> PageResult<bool> {
    let steps = [EntryChange { before: before.cloned(), after }];
    let (actor, now) = (context.viewer.actor(), context.now());
    Ok(context.app.store.carry_out(noun, &steps, &actor, now).await? == Carried::Done)
}

/// Somebody else was quicker: what is stored beside what was typed.
fn stale(
    context: &Context,
    references: &References,
    noun: Noun,
    stored: &Entry,
    typed: &Typed,
) -> FormErrors {
    let mut theirs = Vec::new();
    for (name, what) in specs(noun).iter().filter(|(_, what)| *what != FieldType::Code) {
        let now = references.value(*what, stored);
        let own = typed.get(*name).map_or("", |text| text.trim()).to_owned();
        if now != own {
            let shown = |value: &str| references.shown(*what, value, context.texts);
            theirs.push((label(noun, name, context.texts), shown(&now), shown(&own)));
        }
    }
    FormErrors { theirs, ..FormErrors::refusal(context.text("admin-fault-stale")) }
}

/// The fields of the form that retires an entry or brings it back.
#[derive(Deserialize)]
pub(super) struct RetirementForm {
    retired: String,
}

/// `POST /admin/{list}/{id}/retire`.
pub(super) async fn retire(
    context: Context,
    Path((word, id)): Path<(String, String)>,
    CsrfForm(form): CsrfForm<RetirementForm>,
) -> PageResult {
    let noun = resource_of(&word)?;
    let entry = entry_of(&context, noun, &id).await?;
    let retired = match form.retired.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(PageError::Request),
    };
    let references = References::of(&context.app.store).await?;
    let refusal = if !retired && !references.all_in_use(noun, &entry) {
        context.text("admin-fault-back")
    } else {
        let (actor, now) = (context.viewer.actor(), context.now());
        match context.app.store.retire(noun, entry.id, retired, &actor, now).await? {
            Retired::Done => {
                let path = format!("/admin/{}/{}", path_segment(noun), entry.id);
                return Ok(context.done(&path, if retired { "retired" } else { "back" }));
            }
            Retired::Missing => return Err(PageError::Missing),
            Retired::Standing(count) => {
                let key = format!("admin-fault-standing-{}", noun.word());
                context.texts.with(&key, &[("count", &count.to_string())])
            }
        }
    };
    page(&context, noun, Some(&entry), None, FormErrors::refusal(refusal)).await
}
