//! The choices of a form: what a field offers of the directory, and what of it an address chooses. The
//! filters of the dashboards, the export and the lists of visits have the same ones. A code that the
//! reader may not see is answered like one that does not exist.
//!
//! `choose(field, entries(Dimension::Counters, &directory, department))` gives the id of what is
//! chosen and the choices of the form; `App::places_within` gives the directory and the sites.

use super::address::given;
use super::prelude::*;
use crate::export::word_name;
use crate::normalization::{composed, searchable};
use crate::stats::groups::{Dimension, DirectoryEntry};
use crate::storage::rows::Directory;
use crate::storage::sites::Sites;
use protocol::{Channel, Stage};
use std::collections::BTreeSet;

/// As many entries as a form offers under one field: nobody looks through more, and a province's
/// two thousand procedures would make every page too large.
const OFFERED: usize = 300;

/// As many choices as a form puts into a select. Where there are more, nobody scrolls through them:
/// the field is a line to type a code or a name into, with suggestions.
pub(super) const SELECTED: usize = 20;
/// Entries that a refusal names when several fit what was typed.
const NAMED: usize = 5;
/// Between the code and the name of an entry, as forms show one.
const BETWEEN: &str = " · ";

/// What was typed into a line for an entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// The entry of this code.
    Entry(String),
    /// No entry.
    Nothing,
    /// Any of these, of which some are named.
    Several(usize, Vec<String>),
}

/// Which of some entries (code and name) is meant by what was typed: a code, a name with or without
/// marks, a part of a name, or both as forms show them. A part is one that begins a word; where whole
/// words fit, beginnings of others do not count. A code is never guessed from a part of it.
pub(super) fn meant(typed: &str, entries: &[(&str, &str)]) -> Meant {
    let typed = composed(typed);
    let typed = typed.trim();
    let code = code_part(typed);
    if let Some((code, _)) = entries.iter().find(|(one, _)| *one == typed || *one == code) {
        return Meant::Entry((*code).to_owned());
    }
    let wanted = searchable(typed);
    let words: Vec<&str> = wanted.split_whitespace().filter(|word| *word != "·").collect();
    if words.is_empty() {
        return Meant::Nothing;
    }
    let texts = entries.iter().map(|(code, name)| (searchable(code), searchable(name)));
    let texts: Vec<(String, String)> = texts.collect();
    let whole = |(code, name): &(String, String)| *code == wanted || *name == wanted;
    let fits = |(code, name): &(String, String), same: fn(&str, &str) -> bool| {
        let is_of_name = |word: &str| name.split_whitespace().any(|one| same(one, word));
        words.iter().all(|word| code == word || is_of_name(word))
    };
    let by_word = |one: &(String, String)| fits(one, |name, word| name == word);
    let by_beginning = |one: &(String, String)| fits(one, |name, word| name.starts_with(word));
    // The first way in which anything fits decides.
    let ways = [
        texts.iter().map(whole).collect::<Vec<bool>>(),
        texts.iter().map(by_word).collect(),
        texts.iter().map(by_beginning).collect(),
    ];
    for fits in ways {
        let found = entries.iter().zip(fits).filter(|(_, fits)| *fits);
        let found: Vec<&(&str, &str)> = found.map(|(entry, _)| entry).collect();
        match found.as_slice() {
            [] => {}
            [(code, _)] => return Meant::Entry((*code).to_owned()),
            several => {
                let some = several.iter().take(NAMED);
                let some = some.map(|(code, name)| format!("{code}{BETWEEN}{name}")).collect();
                return Meant::Several(several.len(), some);
            }
        }
    }
    Meant::Nothing
}

/// The code of an entry as forms show it, or the whole text where it is no such.
pub(super) fn code_part(typed: &str) -> &str {
    typed.split_once(BETWEEN).map_or(typed, |(code, _)| code).trim()
}

/// The code that is meant by what was typed into the line of a long list, or why it is not taken: several
/// entries fit. What fits nothing stays as it was typed, and is refused like an unknown code; so does
/// everything where the list is short enough for a select, which sends codes.
pub(super) fn code_meant(
    typed: &str,
    entries: &[(&str, &str)],
    texts: &Texts,
) -> Result<String, String> {
    if entries.len() <= SELECTED {
        return Ok(typed.to_owned());
    }
    match meant(typed, entries) {
        Meant::Entry(code) => Ok(code),
        Meant::Nothing => Ok(typed.to_owned()),
        Meant::Several(count, some) => {
            let short: String = typed.trim().chars().take(60).collect();
            let (count, some) = (count.to_string(), some.join("; "));
            let values = [("count", &*count), ("typed", &*short), ("some", &*some)];
            Err(texts.with("admin-fault-several", &values))
        }
    }
}

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

    const PEOPLE: [(&str, &str); 6] = [
        ("CC001", "Nguyễn Văn An"),
        ("CC002", "Nguyễn Văn Anh"),
        ("CC003", "Đặng Thị Bích"),
        ("CC004", "Trần Văn Bình"),
        ("CC005", "Trần Văn Bình"),
        ("Q1", "Quầy số 12"),
    ];

    #[test]
    fn an_entry_is_meant_by_its_code_or_by_as_much_of_its_name_as_is_its_own() {
        for (typed, code) in [
            ("CC003", "CC003"),
            ("cc003", "CC003"),
            (" CC003 · Đặng Thị Bích ", "CC003"),
            ("CC004 · Trần Văn Bình", "CC004"),
            ("dang thi bich", "CC003"),
            ("ĐẶNG", "CC003"),
            ("bich dang", "CC003"),
            ("van an nguyen", "CC001"),
            ("anh", "CC002"),
            ("bình cc005", "CC005"),
        ] {
            assert_eq!(meant(typed, &PEOPLE), Meant::Entry(code.to_owned()), "{typed}");
        }
        for typed in ["", " · ", "Lê", "CC00", "ich"] {
            assert_eq!(meant(typed, &PEOPLE), Meant::Nothing, "{typed}");
        }
        let several = |typed: &str| match meant(typed, &PEOPLE) {
            Meant::Several(count, some) => (count, some.join("; ")),
            one => panic!("{typed}: {one:?}"),
        };
        let two = "CC004 · Trần Văn Bình; CC005 · Trần Văn Bình";
        assert_eq!(several("tran van binh"), (2, two.to_owned()));
        assert_eq!(several("van").0, 4, "a word that many names have");
        assert_eq!(several("b").0, 3, "beginnings of words");
    }

    #[test]
    fn names_are_looked_up_only_where_there_is_no_select() {
        let texts = locales::texts("vi");
        assert_eq!(code_meant("anh", &PEOPLE, texts).unwrap(), "anh");
        let many: Vec<(String, String)> =
            (0..30).map(|at| (format!("X{at}"), format!("Tên {at}"))).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(code_meant("ten 7", &many, texts).unwrap(), "X7");
        assert_eq!(code_meant("không có", &many, texts).unwrap(), "không có");
        let refused = code_meant("ten", &many, texts).unwrap_err();
        assert!(refused.contains("30") && refused.contains("X4 · Tên 4"), "{refused}");
        assert!(!refused.contains("X5"), "{refused}");
    }

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
