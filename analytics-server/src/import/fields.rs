//! The five kinds of entries as forms, lists and files know them: which fields each has, how a
//! field is written, and what is wrong with what was typed. One reading for forms and files, so
//! that both refuse the same.

use super::codes::Codes;
use super::kind::Kind;
use super::outcome::Reason;
use crate::form_reader::{FormValues, line};
use crate::normalization::composed;
use crate::storage::register::{Entry, Noun};
use crate::storage::{Store, StoreError};
use locales::{Texts, languages_of};
use protocol::limits::CODE_CHARS;
use std::collections::BTreeMap;

/// Letters of a name.
const NAME_CHARS: usize = 200;
/// Letters of a procedure's name; the longest on the national list has under 300.
const PROCEDURE_CHARS: usize = 500;
/// Letters before queue numbers.
const PREFIX_CHARS: usize = 4;
/// Most working days the law could give: ten years.
const WORKING_DAYS: i64 = 3_650;
/// The kinds of sites.
pub(crate) const SITE_KINDS: [&str; 2] = ["province", "commune"];

/// Kinds of sites as files of earlier versions call them, in small letters.
const EARLIER_SITE_KINDS: [(&str, &str); 1] = [("trung tâm tỉnh", "province")];

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldType {
    /// The code: unique, and fixed once it is stored.
    Code,
    /// The name.
    Name,
    /// Province or commune.
    SiteKind,
    /// A text of at most so many letters, which may be left empty.
    Word(usize),
    /// A text that may not be left empty.
    Field,
    /// The department, by its code.
    Department,
    /// A counter's site, by its code; empty: the centre itself.
    Site,
    /// An officer's usual counter, by its code; empty: none.
    Counter,
    /// Working days.
    Days,
}

/// A field: its name in forms and in the keys of its label, and what it holds.
pub(crate) type Spec = (&'static str, FieldType);

/// What an entry's fields refer to.
pub(crate) struct References {
    sites: Vec<Entry>,
    departments: Vec<Entry>,
    counters: Vec<Entry>,
}

/// Where the lists of a kind are.
pub(crate) const fn path_segment(noun: Noun) -> &'static str {
    match noun {
        Noun::Site => "sites",
        Noun::Department => "departments",
        Noun::Counter => "counters",
        Noun::Officer => "officers",
        Noun::Procedure => "procedures",
    }
}

/// The kind that is kept at a place.
pub(crate) fn noun_at(word: &str) -> Option<Noun> {
    Noun::ALL.into_iter().find(|noun| path_segment(*noun) == word)
}

/// The fields of a kind, code and name first.
pub(crate) const fn specs(noun: Noun) -> &'static [Spec] {
    match noun {
        Noun::Site => {
            &[("code", FieldType::Code), ("name", FieldType::Name), ("kind", FieldType::SiteKind)]
        }
        Noun::Department => &[
            ("code", FieldType::Code),
            ("name", FieldType::Name),
            ("prefix", FieldType::Word(PREFIX_CHARS)),
        ],
        Noun::Counter => &[
            ("code", FieldType::Code),
            ("name", FieldType::Name),
            ("department", FieldType::Department),
            ("site", FieldType::Site),
        ],
        Noun::Officer => &[
            ("code", FieldType::Code),
            ("name", FieldType::Name),
            ("title", FieldType::Word(NAME_CHARS)),
            ("department", FieldType::Department),
            ("counter", FieldType::Counter),
        ],
        Noun::Procedure => &[
            ("code", FieldType::Code),
            ("name", FieldType::Name),
            ("field", FieldType::Field),
            ("department", FieldType::Department),
            ("days", FieldType::Days),
        ],
    }
}

/// Letters that a name of a kind may have.
pub(crate) const fn name_chars(noun: Noun) -> usize {
    if matches!(noun, Noun::Procedure) { PROCEDURE_CHARS } else { NAME_CHARS }
}

/// The label of a field on pages.
pub(crate) fn label(noun: Noun, name: &str, texts: &Texts) -> String {
    match name {
        // Pages name what is referred to, files its code.
        "department" | "site" | "counter" => texts.get(&format!("admin-label-{name}")),
        _ => column(noun, name, texts),
    }
}

/// The name of a field's column in files.
pub(crate) fn column(noun: Noun, name: &str, texts: &Texts) -> String {
    texts.get(&format!("admin-{}-{name}", noun.word()))
}

impl References {
    /// What stands on it now.
    pub(crate) async fn of(store: &Store) -> Result<Self, StoreError> {
        Ok(Self {
            sites: store.entries(Noun::Site).await?,
            departments: store.entries(Noun::Department).await?,
            counters: store.entries(Noun::Counter).await?,
        })
    }

    /// What a field can refer to.
    pub(crate) fn behind(&self, what: FieldType) -> &[Entry] {
        match what {
            FieldType::Department => &self.departments,
            FieldType::Site => &self.sites,
            FieldType::Counter => &self.counters,
            _ => &[],
        }
    }

    fn of_id(&self, what: FieldType, id: Option<i64>) -> Option<&Entry> {
        let id = id?;
        self.behind(what).iter().find(|one| one.id == id)
    }

    /// Whether all that an entry refers to is in use.
    pub fn all_in_use(&self, noun: Noun, entry: &Entry) -> bool {
        specs(noun).iter().all(|(_, what)| {
            let found = match what {
                FieldType::Department => self.of_id(*what, entry.department),
                FieldType::Site => self.of_id(*what, entry.place),
                _ => None,
            };
            found.is_none_or(|one| one.retired_at.is_none())
        })
    }

    /// The value of a field, as forms carry it.
    pub fn value(&self, what: FieldType, entry: &Entry) -> String {
        let code = |id| self.of_id(what, id).map(|one| one.code.clone()).unwrap_or_default();
        match what {
            FieldType::Code => entry.code.clone(),
            FieldType::Name => entry.name.clone(),
            FieldType::SiteKind | FieldType::Word(_) | FieldType::Field => {
                entry.word.clone().unwrap_or_default()
            }
            FieldType::Department => code(entry.department),
            FieldType::Site | FieldType::Counter => code(entry.place),
            FieldType::Days => entry.days.map(|days| days.to_string()).unwrap_or_default(),
        }
    }

    /// A value as people read it.
    pub fn shown(&self, what: FieldType, value: &str, texts: &Texts) -> String {
        match what {
            FieldType::SiteKind if SITE_KINDS.contains(&value) => {
                texts.get(&format!("admin-site-kind-{value}"))
            }
            FieldType::Department | FieldType::Site | FieldType::Counter => {
                let found = self.behind(what).iter().find(|one| one.code == value);
                found.map_or_else(|| value.to_owned(), |one| one.name.clone())
            }
            _ => value.to_owned(),
        }
    }

    /// The entry that was typed, or what is wrong, by field. `before` is what it was made from.
    pub fn read(
        &self,
        noun: Noun,
        typed: &FormValues,
        before: Option<&Entry>,
        texts: &Texts,
    ) -> Result<Entry, BTreeMap<&'static str, String>> {
        let mut entry = Entry {
            id: before.map_or(0, |one| one.id),
            retired_at: before.and_then(|one| one.retired_at),
            ..Entry::default()
        };
        let mut faults = BTreeMap::new();
        for (name, what) in specs(noun) {
            let text = composed(typed.get(*name).map_or("", String::as_str));
            let text = match before {
                Some(before) if *what == FieldType::Code => before.code.as_str(),
                _ => text.trim(),
            };
            if let Err(fault) = self.take((noun, *what), text, before, &mut entry, texts) {
                faults.insert(*name, fault);
            }
        }
        if faults.is_empty() { Ok(entry) } else { Err(faults) }
    }

    fn take(
        &self,
        (noun, what): (Noun, FieldType),
        text: &str,
        before: Option<&Entry>,
        entry: &mut Entry,
        texts: &Texts,
    ) -> Result<(), String> {
        match what {
            FieldType::Code => {
                entry.code = line(text, CODE_CHARS, true, texts)?;
                // One that stands may have been stored so before.
                if before.is_none() && entry.code.contains(char::is_whitespace) {
                    return Err(texts.get("admin-fault-spaces"));
                }
            }
            FieldType::Name => entry.name = line(text, name_chars(noun), true, texts)?,
            FieldType::Word(limit) => {
                let word = line(text, limit, false, texts)?;
                // A title is a text that may be empty, a prefix is there or not.
                let keeps_empty = limit == NAME_CHARS;
                entry.word = (keeps_empty || !word.is_empty()).then_some(word);
            }
            FieldType::Field => entry.word = Some(line(text, NAME_CHARS, true, texts)?),
            FieldType::SiteKind => {
                let small = text.to_lowercase();
                let found = SITE_KINDS.into_iter().find(|kind| {
                    *kind == text
                        || languages_of("admin").any(|code| {
                            self.shown(what, kind, locales::texts(code)).to_lowercase() == small
                        })
                        || EARLIER_SITE_KINDS.iter().any(|(word, of)| *word == small && of == kind)
                });
                let found = found.ok_or_else(|| texts.get("admin-fault-kind"))?;
                entry.word = Some(found.to_owned());
            }
            FieldType::Department => {
                let had = before.and_then(|one| one.department);
                entry.department = self.reference(what, text, had, texts)?;
                if entry.department.is_none() {
                    return Err(texts.get("admin-fault-empty"));
                }
            }
            FieldType::Site | FieldType::Counter => {
                let had = before.and_then(|one| one.place);
                entry.place = self.reference(what, text, had, texts)?;
            }
            FieldType::Days => {
                let digits = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
                let days = text.parse().ok().filter(|days| digits && *days <= WORKING_DAYS);
                entry.days = Some(days.ok_or_else(|| texts.get("admin-fault-days"))?);
            }
        }
        Ok(())
    }

    /// Why a code can not be found: the one that it may have been, where there is one.
    fn unknown(&self, what: FieldType, code: &str, texts: &Texts) -> String {
        let known: Codes<()> = self.behind(what).iter().map(|one| (one.code.clone(), ())).collect();
        if let Err(near @ Reason::Near { .. }) = known.find(Kind::Departments, code, None) {
            return near.tell(texts);
        }
        let short: String = code.chars().take(40).collect();
        texts.with("admin-fault-unknown", &[("code", &short)])
    }

    /// The id of a code; what is retired can only be kept, not chosen anew.
    fn reference(
        &self,
        what: FieldType,
        code: &str,
        had: Option<i64>,
        texts: &Texts,
    ) -> Result<Option<i64>, String> {
        if code.is_empty() {
            return Ok(None);
        }
        let short: String = code.chars().take(40).collect();
        let found = self.behind(what).iter().find(|one| one.code == code);
        let found = found.ok_or_else(|| self.unknown(what, code, texts))?;
        if found.retired_at.is_some() && had != Some(found.id) {
            return Err(texts.with("admin-fault-retired", &[("code", &short)]));
        }
        Ok(Some(found.id))
    }
}
