//! The page of one site, department, counter, officer or procedure: shown, added, changed, retired. A
//! form carries a mark of what it was made from: if somebody else changed the entry meanwhile nothing
//! is overwritten, both are shown. What was typed is never lost.

use super::form_page::{FormPage, Photo};
use super::usual_officer::{Sharing, losses};
use crate::form_reader::FormValues;
use crate::import::fields::{
    FieldType, References, SITE_KINDS, label, name_chars, noun_at, path_segment, specs,
};
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::confirmation::{Confirmation, FIELD, is_confirmed, sent_again};
use crate::pages::first_steps::FirstSteps;
use crate::pages::form_errors::FormErrors;
use crate::pages::form_field::{Choice, Field, entry_choices, is_current, resolve_entry};
use crate::pages::forms::mark_of;
use crate::pages::list::done_notice;
use crate::pages::prelude::*;
use crate::storage::register::{Entry, EntryChange, Noun, RegisterOutcome, Retired};
use std::collections::BTreeMap;

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
    typed: Option<&FormValues>,
    errors: FormErrors,
) -> PageResult {
    let next = FirstSteps::next_step(context).await?;
    let references = References::of(&context.app.store).await?;
    let (texts, list) = (context.texts, format!("/admin/{}", path_segment(noun)));
    let path = entry.map_or_else(|| format!("{list}/new"), |one| format!("{list}/{}", one.id));
    let blank = Entry::default();
    let fields = specs(noun).iter().map(|(name, what)| {
        let stored = || references.value(*what, entry.unwrap_or(&blank));
        let value = typed.and_then(|typed| typed.get(*name).cloned()).unwrap_or_else(stored);
        let choices = choices(&references, *what, &value, texts);
        let field = Field {
            hint: hint(*what).map(|key| context.text(key)),
            kind: if *what == FieldType::Days { "number" } else { "text" },
            error: errors.fields.get(*name).cloned(),
            fixed: entry.is_some() && *what == FieldType::Code,
            ..Field::line(name, label(noun, name, texts), value, name_chars(noun))
        };
        if choices.is_empty() { field } else { field.entry(choices, texts) }
    });
    let fields = fields.collect();
    let title =
        entry.map_or_else(|| context.text(&format!("admin-{}-add", noun.word())), Entry::named);
    let photo = match entry.filter(|_| noun == Noun::Officer) {
        Some(one) => Some(photo_of(context, one).await?),
        None => None,
    };
    let retired = entry.is_some_and(|one| one.retired_at.is_some());
    let note_key = if retired { "admin-back-note" } else { "admin-retire-note" };
    let list_title = context.text(&format!("admin-{}", path_segment(noun)));
    let page = FormPage {
        layout: context.layout(title, &path),
        breadcrumb: Breadcrumb::below(context, &list, list_title),
        action: context.to(&path),
        was: entry.map(mark_of).unwrap_or_default(),
        fields,
        errors,
        done: done_notice(context),
        next,
        save: context.text("admin-save"),
        notice: None,
        photo,
        retired,
        retired_action: entry.map(|_| context.to(&format!("{path}/retire"))),
        retired_note: note(context, noun, note_key),
    };
    Ok(page.answer())
}

/// What retiring or bringing back means; of a person in other words than of a thing.
fn note(context: &Context, noun: Noun, key: &str) -> String {
    context.texts.with(key, &[("kind", noun.word())])
}

fn hint(what: FieldType) -> Option<&'static str> {
    match what {
        FieldType::Code => Some("admin-hint-code"),
        FieldType::Word(limit) if limit < 10 => Some("admin-hint-prefix"),
        _ => None,
    }
}

/// What can be chosen in a field: what is in use, and what is chosen.
fn choices(references: &References, what: FieldType, chosen: &str, texts: &Texts) -> Vec<Choice> {
    let none = match what {
        FieldType::SiteKind => {
            let kind = |kind: &str| Choice {
                value: kind.to_owned(),
                name: references.shown(what, kind, texts),
                chosen: kind == chosen,
            };
            return SITE_KINDS.map(kind).into();
        }
        FieldType::Department => "admin-choose",
        FieldType::Site => "admin-no-site",
        FieldType::Counter => "admin-no-counter",
        _ => return Vec::new(),
    };
    entry_choices(references.behind(what), chosen, texts.get(none))
}

/// The portrait's part of an officer's page.
async fn photo_of(context: &Context, entry: &Entry) -> PageResult<Photo> {
    let bytes = context.app.store.photo(entry.id).await?;
    let path = format!("/admin/officers/{}/photo", entry.id);
    // Another picture has another address, so that no browser shows the old one.
    let mark = |bytes: Vec<u8>| hex::encode(&blake3::hash(&bytes).as_bytes()[..6]);
    Ok(Photo {
        image: bytes.map(|bytes| format!("{path}?mark={}", mark(bytes))),
        action: context.to(&path),
        remove: context.to(&format!("{path}/remove")),
    })
}

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

/// The entry that was typed, or what is wrong by field. What was typed of an entry's name becomes its
/// code.
fn read(
    references: &References,
    noun: Noun,
    typed: &mut FormValues,
    before: Option<&Entry>,
    texts: &Texts,
) -> Result<Entry, BTreeMap<&'static str, String>> {
    let several = specs(noun).iter().filter_map(|(name, what)| {
        let sentence = resolve_entry(typed, name, references.behind(*what), texts)?;
        Some((*name, sentence))
    });
    let several: Vec<(&'static str, String)> = several.collect();
    let read = references.read(noun, typed, before, texts);
    if several.is_empty() {
        return read;
    }
    let mut errors = read.err().unwrap_or_default();
    errors.extend(several);
    Err(errors)
}

/// `POST /admin/{list}/new`.
pub(super) async fn add(
    context: Context,
    Path(word): Path<String>,
    CsrfForm(mut typed): CsrfForm<FormValues>,
) -> PageResult {
    let noun = resource_of(&word)?;
    let references = References::of(&context.app.store).await?;
    let errors = match read(&references, noun, &mut typed, None, context.texts) {
        Err(errors) => errors,
        Ok(after) => {
            let back = format!("/admin/{}/new", path_segment(noun));
            if let Some(asked) = ask_to_share(&context, noun, None, &after, &typed, back).await? {
                return Ok(asked);
            }
            let code = after.code.clone();
            if store(&context, noun, None, after).await? {
                return Ok(context.done(&format!("/admin/{}", path_segment(noun)), "added"));
            }
            BTreeMap::from([("code", taken(&context, noun, &code).await?)])
        }
    };
    let errors = FormErrors::of_fields(&context, errors);
    page(&context, noun, None, Some(&typed), errors).await
}

/// `POST /admin/{list}/{id}`.
pub(super) async fn change(
    context: Context,
    Path((word, id)): Path<(String, String)>,
    CsrfForm(mut typed): CsrfForm<FormValues>,
) -> PageResult {
    let noun = resource_of(&word)?;
    let stored = entry_of(&context, noun, &id).await?;
    let references = References::of(&context.app.store).await?;
    let current = is_current(&typed, "was", &stored);
    let read = read(&references, noun, &mut typed, Some(&stored), context.texts);
    let is_same = read.as_ref().is_ok_and(|after| *after == stored);
    let path = format!("/admin/{}/{}", path_segment(noun), stored.id);
    if let Some(after) = read.as_ref().ok().filter(|_| current && stored.retired_at.is_none()) {
        let before = Some(&stored);
        let back = path.clone();
        if let Some(asked) = ask_to_share(&context, noun, before, after, &typed, back).await? {
            return Ok(asked);
        }
    }
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
        return Ok(context.done(&path, "saved"));
    }
    let stored = entry_of(&context, noun, &id).await?;
    let errors = stale(&context, &references, noun, &stored, &typed);
    page(&context, noun, Some(&stored), Some(&typed), errors).await
}

/// Asks whether an officer is to share a counter, as long as nobody said so.
async fn ask_to_share(
    context: &Context,
    noun: Noun,
    before: Option<&Entry>,
    after: &Entry,
    typed: &FormValues,
    back: String,
) -> PageResult<Option<Response>> {
    let confirmed = typed.get(FIELD).map_or("", String::as_str);
    let sharing = Sharing { noun, before, after, confirmed, back };
    sharing.question(context, sent_again(typed)).await
}

/// What has a code already.
async fn taken(context: &Context, noun: Noun, code: &str) -> PageResult<String> {
    let entries = context.app.store.entries(noun).await?;
    let holder = entries.iter().find(|one| one.code == code);
    let retired = holder.is_some_and(|one| one.retired_at.is_some());
    let key = if retired { "admin-fault-taken-retired" } else { "admin-fault-taken" };
    let name = holder.map(|one| one.name.clone()).unwrap_or_default();
    Ok(context.texts.with(key, &[("name", &name)]))
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
    Ok(context.app.store.carry_out(noun, &steps, &actor, now).await? == RegisterOutcome::Done)
}

/// Somebody else was quicker: what is stored beside what was typed.
fn stale(
    context: &Context,
    references: &References,
    noun: Noun,
    stored: &Entry,
    typed: &FormValues,
) -> FormErrors {
    let changeable = specs(noun).iter().filter(|(_, what)| *what != FieldType::Code);
    let theirs = changeable.filter_map(|(name, what)| {
        let own = typed.get(*name).map_or("", |text| text.trim());
        let now = references.value(*what, stored);
        let shown = |value: &str| references.shown(*what, value, context.texts);
        (now != own).then(|| (label(noun, name, context.texts), shown(&now), shown(own)))
    });
    FormErrors::stale(context, theirs)
}

/// The fields of the form that retires an entry or brings it back.
#[derive(Deserialize)]
pub(super) struct RetirementForm {
    retired: String,
    #[serde(default)]
    confirmed: String,
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
    let back = format!("/admin/{}/{}", path_segment(noun), entry.id);
    let fields = vec![("retired".to_owned(), form.retired)];
    if retired && !is_confirmed(&form.confirmed) {
        let mut effects = vec![note(&context, noun, "admin-retire-note")];
        if noun == Noun::Officer && entry.retired_at.is_none() {
            effects.extend(losses(&context, &entry).await?);
        }
        let title = context.texts.with("admin-ask-retire", &[("name", &entry.named())]);
        let button = context.text("admin-retire");
        return Ok(Confirmation { title, effects, button, fields, back }.page(&context));
    }
    if !retired && entry.retired_at.is_some() {
        let confirmed = form.confirmed.as_str();
        let sharing = Sharing { noun, before: None, after: &entry, confirmed, back };
        if let Some(asked) = sharing.question(&context, fields).await? {
            return Ok(asked);
        }
    }
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
