//! The page of one site, department, counter, officer or procedure.

use super::form_page::{FormErrors, FormPage, Photo};
use super::resources::choices;
use crate::import::fields::{
    FieldType, References, Typed, label, name_chars, noun_at, path_segment, specs,
};
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_field::{Field, named};
use crate::pages::forms::mark_of;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use crate::storage::register::{Entry, Noun};

/// The kind of entries at a path segment, if there is one.
pub(super) fn resource_of(word: &str) -> PageResult<Noun> {
    noun_at(word).ok_or(PageError::Missing)
}

/// The entry of an id.
pub(super) async fn entry_of(context: &Context, noun: Noun, id: &str) -> PageResult<Entry> {
    let id: i64 = id.parse().map_err(|_| PageError::Missing)?;
    let entries = context.app.store.entries(noun).await?;
    entries.into_iter().find(|one| one.id == id).ok_or(PageError::Missing)
}

/// The page of an entry or of a new one, with what was typed where that is not what is stored.
pub(super) async fn page(
    context: &Context,
    noun: Noun,
    entry: Option<&Entry>,
    typed: Option<&Typed>,
    errors: FormErrors,
) -> PageResult {
    let references = References::of(&context.app.store).await?;
    let (texts, list) = (context.texts, format!("/admin/{}", path_segment(noun)));
    let path = entry.map_or_else(|| format!("{list}/new"), |one| format!("{list}/{}", one.id));
    let blank = Entry::default();
    let fields = specs(noun).iter().map(|(name, what)| {
        let stored = || references.value(*what, entry.unwrap_or(&blank));
        let value = typed.and_then(|typed| typed.get(*name).cloned()).unwrap_or_else(stored);
        Field {
            hint: hint(*what).map(|key| context.text(key)),
            choices: choices(&references, *what, &value, texts),
            kind: if *what == FieldType::Days { "number" } else { "text" },
            error: errors.fields.get(*name).cloned(),
            fixed: entry.is_some() && *what == FieldType::Code,
            ..Field::line(name, label(noun, name, texts), value, name_chars(noun))
        }
    });
    let fields = fields.collect();
    let title = entry.map_or_else(|| context.text(&format!("admin-{}-add", noun.word())), named);
    let photo = match entry.filter(|_| noun == Noun::Officer) {
        Some(one) => Some(photo_of(context, one, errors.photo.clone()).await?),
        None => None,
    };
    let retired = entry.is_some_and(|one| one.retired_at.is_some());
    let list_title = context.text(&format!("admin-{}", path_segment(noun)));
    let status = errors.status();
    let page = FormPage {
        layout: context.layout(title, &path),
        breadcrumb: Breadcrumb::below(context, &list, list_title),
        action: context.to(&path),
        was: entry.map(mark_of).unwrap_or_default(),
        fields,
        refusal: errors.refusal,
        done: done_notice(context),
        theirs: errors.theirs,
        photo,
        retired,
        retired_action: entry.map(|_| context.to(&format!("{path}/retire"))),
        retired_note: context.text(if retired { "admin-back-note" } else { "admin-retire-note" }),
    };
    Ok(answer(status, page.render()))
}

fn hint(what: FieldType) -> Option<&'static str> {
    match what {
        FieldType::Code => Some("admin-hint-code"),
        FieldType::Word(limit) if limit < 10 => Some("admin-hint-prefix"),
        _ => None,
    }
}

/// The portrait's part of an officer's page.
async fn photo_of(context: &Context, entry: &Entry, error: Option<String>) -> PageResult<Photo> {
    let bytes = context.app.store.photo(entry.id).await?;
    let path = format!("/admin/officers/{}/photo", entry.id);
    // Another picture has another address, so that no browser shows the old one.
    let mark = |bytes: Vec<u8>| hex::encode(&blake3::hash(&bytes).as_bytes()[..6]);
    Ok(Photo {
        image: bytes.map(|bytes| format!("{path}?mark={}", mark(bytes))),
        action: context.to(&path),
        remove: context.to(&format!("{path}/remove")),
        error,
    })
}
