//! Adding and changing one entry. A form carries what it was made from: if somebody else changed
//! the entry meanwhile nothing is overwritten, both are shown. What was typed is never lost.

use super::desk::{Desk, Stop};
use super::list::{Choice, done_of};
use super::nouns::{Shelf, Typed, What, choices, label, name_chars, noun_at, place, specs};
use super::photo::{self, Photo};
use crate::pages::fault::Fault;
use crate::pages::posted::Posted;
use crate::pages::shell::{Shell, answer};
use crate::storage::register::{Carried, Entry, EntryChange as Step, Noun, Retired};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One field of a form.
pub(super) struct Field {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub value: String,
    /// Type of the input.
    pub kind: &'static str,
    /// Letters that the browser lets one type.
    pub limit: usize,
    pub choices: Vec<Choice>,
    pub fault: Option<String>,
    /// Shown, not to be changed.
    pub fixed: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "admin/form.html")]
pub(super) struct FormPage {
    pub shell: Shell,
    /// Address of the administration, of the list, and the list's name.
    pub trail: (String, String, String),
    pub action: String,
    /// What the form was made from, JSON; empty for a new entry.
    pub was: String,
    pub fields: Vec<Field>,
    pub refusal: Option<String>,
    pub done: Option<String>,
    /// Label, what is stored, what was typed: where somebody else was quicker.
    pub theirs: Vec<(String, String, String)>,
    pub photo: Option<Photo>,
    pub retired: Option<i64>,
    pub retired_action: Option<String>,
    /// What retiring or bringing back means.
    pub retired_note: String,
}

/// What happened to a form before it is shown again.
#[derive(Default)]
pub(super) struct Trouble {
    pub faults: BTreeMap<&'static str, String>,
    pub refusal: Option<String>,
    pub theirs: Vec<(String, String, String)>,
    pub photo: Option<String>,
}

impl Trouble {
    /// One sentence over the form.
    pub fn over(sentence: String) -> Self {
        Self { refusal: Some(sentence), ..Self::default() }
    }

    fn status(&self) -> StatusCode {
        let none = self.faults.is_empty() && self.refusal.is_none() && self.photo.is_none();
        if none { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

/// The kind at a place, or that there is nothing.
pub(super) fn noun_of(word: &str) -> Result<Noun, Stop> {
    noun_at(word).ok_or_else(|| Fault::Missing.into())
}

/// The entry of an id.
pub(super) async fn entry_of(desk: &Desk, noun: Noun, id: &str) -> Result<Entry, Stop> {
    let id: i64 = id.parse().map_err(|_| Fault::Missing)?;
    let found = desk.app.store.entries(noun).await?.into_iter().find(|one| one.id == id);
    found.ok_or_else(|| Fault::Missing.into())
}

/// The page of an entry, with what was typed where that is not what is stored.
pub(super) async fn page(
    desk: &Desk,
    noun: Noun,
    entry: Option<&Entry>,
    typed: Option<&Typed>,
    trouble: Trouble,
) -> Result<Response, Stop> {
    let shelf = Shelf::of(&desk.app.store).await?;
    let (texts, list) = (desk.texts, format!("/admin/{}", place(noun)));
    let path = entry.map_or_else(|| format!("{list}/new"), |one| format!("{list}/{}", one.id));
    let blank = Entry::default();
    let fields = specs(noun).iter().map(|(name, what)| {
        let stored = || shelf.value(*what, entry.unwrap_or(&blank));
        let value = typed.and_then(|typed| typed.get(*name).cloned()).unwrap_or_else(stored);
        Field {
            name: (*name).to_owned(),
            label: label(noun, name, texts),
            hint: hint(*what).map(|key| desk.say(key)),
            choices: choices(&shelf, *what, &value, texts),
            kind: if *what == What::Days { "number" } else { "text" },
            limit: name_chars(noun),
            fault: trouble.faults.get(name).cloned(),
            fixed: entry.is_some() && *what == What::Code,
            value,
        }
    });
    let fields = fields.collect();
    let title = entry.map_or_else(
        || desk.say(&format!("admin-{}-add", noun.word())),
        |one| format!("{} · {}", one.code, one.name),
    );
    let photo = match entry.filter(|_| noun == Noun::Officer) {
        Some(one) => Some(photo::of(desk, one, trouble.photo.clone()).await?),
        None => None,
    };
    let status = trouble.status();
    let shown = FormPage {
        shell: desk.shell(title, &path),
        trail: (desk.to("/admin"), desk.to(&list), desk.say(&format!("admin-{}", place(noun)))),
        action: desk.to(&path),
        was: entry.map(|one| serde_json::to_string(one).unwrap_or_default()).unwrap_or_default(),
        fields,
        refusal: trouble.refusal,
        done: done_of(desk),
        theirs: trouble.theirs,
        photo,
        retired: entry.and_then(|one| one.retired_at),
        retired_action: entry.map(|_| desk.to(&format!("{path}/retire"))),
        retired_note: desk.say(match entry.and_then(|one| one.retired_at) {
            Some(_) => "admin-back-note",
            None => "admin-retire-note",
        }),
    };
    Ok(answer(status, shown.render()))
}

fn hint(what: What) -> Option<&'static str> {
    match what {
        What::Code => Some("admin-hint-code"),
        What::Word(limit) if limit < 10 => Some("admin-hint-prefix"),
        _ => None,
    }
}

/// `GET /admin/{list}/new`.
pub(super) async fn blank(desk: Desk, Path(word): Path<String>) -> Response {
    let shown = async {
        let noun = noun_of(&word)?;
        page(&desk, noun, None, None, Trouble::default()).await
    };
    desk.answer(shown.await)
}

/// `GET /admin/{list}/{id}`.
pub(super) async fn show(desk: Desk, Path((word, id)): Path<(String, String)>) -> Response {
    let shown = async {
        let noun = noun_of(&word)?;
        let entry = entry_of(&desk, noun, &id).await?;
        page(&desk, noun, Some(&entry), None, Trouble::default()).await
    };
    desk.answer(shown.await)
}

/// `POST /admin/{list}/new`.
pub(super) async fn add(desk: Desk, Path(word): Path<String>, posted: Posted<Typed>) -> Response {
    let saved = async {
        let noun = noun_of(&word)?;
        save(&desk, noun, None, &posted.form).await
    };
    desk.answer(saved.await)
}

/// `POST /admin/{list}/{id}`.
pub(super) async fn change(
    desk: Desk,
    Path((word, id)): Path<(String, String)>,
    posted: Posted<Typed>,
) -> Response {
    let saved = async {
        let noun = noun_of(&word)?;
        let entry = entry_of(&desk, noun, &id).await?;
        save(&desk, noun, Some(entry), &posted.form).await
    };
    desk.answer(saved.await)
}

async fn save(
    desk: &Desk,
    noun: Noun,
    stored: Option<Entry>,
    typed: &Typed,
) -> Result<Response, Stop> {
    let shelf = Shelf::of(&desk.app.store).await?;
    let was = typed.get("was").map_or("", String::as_str);
    let before: Option<Entry> = serde_json::from_str(was).ok();
    // A form of another entry, or one that was made up, was made from nothing that is there.
    let before = match (&stored, before) {
        (Some(stored), Some(before)) if before.id == stored.id && before.code == stored.code => {
            Some(before)
        }
        (Some(_), _) => return Err(Fault::Request.into()),
        (None, _) => None,
    };
    let after = match shelf.read(noun, typed, before.as_ref(), desk.texts) {
        Ok(after) => after,
        Err(faults) => {
            // The form goes on from what it was made from, so that a later change is still seen.
            let trouble = Trouble { faults, ..Trouble::over(desk.say("admin-fault-form")) };
            return page(desk, noun, before.as_ref(), Some(typed), trouble).await;
        }
    };
    let list = format!("/admin/{}", place(noun));
    if before.as_ref() == Some(&after) {
        return Ok(desk.done(&format!("{list}/{}", after.id), "saved"));
    }
    let what = if before.is_some() { "saved" } else { "added" };
    let steps = [Step { before, after }];
    let actor = desk.viewer.actor();
    match (desk.app.store.carry_out(noun, &steps, &actor, desk.now()).await?, stored) {
        (Carried::Done, Some(stored)) => Ok(desk.done(&format!("{list}/{}", stored.id), what)),
        (Carried::Done, None) => Ok(desk.done(&list, what)),
        (Carried::Stale(_), None) => {
            let taken = ("code", desk.say("admin-fault-taken"));
            let trouble =
                Trouble { faults: [taken].into(), ..Trouble::over(desk.say("admin-fault-form")) };
            page(desk, noun, None, Some(typed), trouble).await
        }
        (Carried::Stale(_), Some(stored)) => {
            let fresh = entry_of(desk, noun, &stored.id.to_string()).await?;
            let trouble = both(desk, &shelf, noun, &fresh, typed);
            page(desk, noun, Some(&fresh), Some(typed), trouble).await
        }
    }
}

/// What is stored beside what was typed.
fn both(desk: &Desk, shelf: &Shelf, noun: Noun, fresh: &Entry, typed: &Typed) -> Trouble {
    let mut theirs = Vec::new();
    for (name, what) in specs(noun).iter().filter(|(_, what)| *what != What::Code) {
        let now = shelf.value(*what, fresh);
        let own = typed.get(*name).map_or("", |text| text.trim()).to_owned();
        if now != own {
            let shown = |value: &str| shelf.shown(*what, value, desk.texts);
            theirs.push((label(noun, name, desk.texts), shown(&now), shown(&own)));
        }
    }
    Trouble { theirs, ..Trouble::over(desk.say("admin-fault-stale")) }
}

/// What the button of retiring says.
#[derive(Deserialize)]
pub(super) struct Wish {
    retired: String,
}

/// `POST /admin/{list}/{id}/retire`.
pub(super) async fn retire(
    desk: Desk,
    Path((word, id)): Path<(String, String)>,
    posted: Posted<Wish>,
) -> Response {
    let done = async {
        let noun = noun_of(&word)?;
        let entry = entry_of(&desk, noun, &id).await?;
        let retired = match posted.form.retired.as_str() {
            "yes" => true,
            "no" => false,
            _ => return Err(Fault::Request.into()),
        };
        let shelf = Shelf::of(&desk.app.store).await?;
        if !retired && !shelf.all_in_use(noun, &entry) {
            let trouble = Trouble::over(desk.say("admin-fault-back"));
            return page(&desk, noun, Some(&entry), None, trouble).await;
        }
        let (actor, now) = (posted.viewer.actor(), desk.now());
        match desk.app.store.retire(noun, entry.id, retired, &actor, now).await? {
            Retired::Done => {
                let path = format!("/admin/{}/{}", place(noun), entry.id);
                Ok(desk.done(&path, if retired { "retired" } else { "back" }))
            }
            Retired::Missing => Err(Fault::Missing.into()),
            Retired::Standing(count) => {
                let key = format!("admin-fault-standing-{}", noun.word());
                let count = count.to_string();
                let trouble = Trouble::over(desk.texts.with(&key, &[("count", &count)]));
                page(&desk, noun, Some(&entry), None, trouble).await
            }
        }
    };
    desk.answer(done.await)
}
