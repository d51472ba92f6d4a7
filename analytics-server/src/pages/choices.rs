//! The choices of a form: what a field offers of the directory, and what of it an address chooses. The
//! filters of the dashboards, the export and the lists of visits have the same ones. A code that the
//! reader may not see is answered like one that does not exist.
//!
//! `choose(field, entries(Dimension::Counters, &directory, department))` gives the id of what is
//! chosen and the choices of the form; `App::places_within` gives the directory and the sites.

use super::address::given;
use super::prelude::*;
use crate::export::word_name;
use crate::stats::groups::{Dimension, DirectoryEntry};
use crate::storage::rows::Directory;
use crate::storage::sites::Sites;
use protocol::{Channel, Stage};
use std::collections::BTreeSet;

/// As many entries as a form offers under one field: nobody looks through more, and a province's
/// two thousand procedures would make every page too large.
const OFFERED: usize = 300;

/// One of the choices of a field.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// What the form sends.
    pub value: String,
    pub name: String,
    pub chosen: bool,
}

/// One field of a form.
#[derive(Clone, Debug)]
pub(super) struct Select {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
}

impl Select {
    /// The same with a choice in front that narrows nothing and is called `all`.
    #[must_use]
    pub fn with_all(mut self, all: String) -> Self {
        self.choices.insert(0, Choice { value: String::new(), name: all, chosen: false });
        self
    }

    /// The choice that is chosen.
    pub fn chosen(&self) -> Option<&Choice> {
        self.choices.iter().find(|one| one.chosen)
    }
}

/// Something to choose.
pub(super) struct Offer {
    pub id: i64,
    pub code: String,
    pub name: String,
    /// Whether the form offers it; an address may name it all the same.
    pub listed: bool,
}

impl Offer {
    fn new(id: i64, code: &str, name: &str) -> Self {
        Self { id, code: code.to_owned(), name: name.to_owned(), listed: true }
    }
}

/// What a field of an address chooses, by its id, and the choices of the form: those that are listed,
/// and the one that is chosen.
pub(super) fn choose(
    field: Option<&str>,
    offers: Vec<Offer>,
) -> PageResult<(Option<i64>, Vec<Choice>)> {
    let asked = given(field);
    let (mut id, mut choices) = (None, Vec::new());
    for one in offers {
        let chosen = asked == Some(one.code.as_str());
        if chosen {
            id = Some(one.id);
        }
        if chosen || one.listed {
            choices.push(Choice { value: one.code, name: one.name, chosen });
        }
    }
    if asked.is_some() && id.is_none() { Err(PageError::Missing) } else { Ok((id, choices)) }
}

/// The entries of a dimension: all departments, of the others those of the chosen department, and
/// none where they are too many to look through.
pub(super) fn entries(
    dimension: Dimension,
    directory: &Directory,
    department: Option<i64>,
) -> Vec<Offer> {
    let all = dimension.entries(directory);
    let own = offered(&all, department, |one| one.department);
    let own: BTreeSet<i64> = own.map(|one| one.id).collect();
    let listed = |id: i64| dimension == Dimension::Departments || own.contains(&id);
    let offer = |one: &DirectoryEntry<'_>| Offer {
        listed: listed(one.id),
        ..Offer::new(one.id, one.code, one.name)
    };
    all.iter().map(offer).collect()
}

/// The entries that a form offers: those of the chosen department, if one is chosen; none where
/// they are still too many. An address may name any.
fn offered<T>(
    all: &[T],
    department: Option<i64>,
    of: impl Fn(&T) -> i64,
) -> impl Iterator<Item = &T> {
    let own = move |one: &&T| department.is_none_or(|id| id == of(one));
    let fits = all.iter().filter(&own).count() <= OFFERED;
    all.iter().filter(move |one| fits && own(one))
}

/// The sites of the centre.
pub(super) fn sites(sites: &Sites) -> Vec<Offer> {
    sites.sites.iter().map(|one| Offer::new(one.id, &one.code, &one.name)).collect()
}

/// The stages of the service.
pub(super) fn stages(texts: &Texts) -> Vec<Offer> {
    Stage::ALL.map(|one| word("stage", one.name(), one.code(), texts)).into()
}

/// The channels of a dossier.
pub(super) fn channels(texts: &Texts) -> Vec<Offer> {
    Channel::ALL.map(|one| word("channel", one.name(), one.code(), texts)).into()
}

fn word(kind: &str, word: &str, code: u8, texts: &Texts) -> Offer {
    Offer::new(code.into(), word, &word_name(kind, word, texts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_offers_what_can_be_looked_through() {
        // Number and department.
        let of = |count: i64| (0..count).map(|nth| (nth, nth % 10)).collect::<Vec<_>>();
        let count = |all: &[(i64, i64)], department| offered(all, department, |one| one.1).count();
        assert_eq!(count(&of(300), None), 300);
        assert_eq!(count(&of(301), None), 0, "too many");
        assert_eq!(count(&of(2_000), Some(3)), 200, "those of the chosen department");
        assert_eq!(count(&of(4_000), Some(3)), 0, "still too many");
    }
}
