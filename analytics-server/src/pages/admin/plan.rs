//! What a file would change: its header found, each row read as a form would be, compared with
//! what is stored. Pure but for what it is given; the preview and the carrying out make the same
//! plan, and a mark tells whether anything changed in between.

use super::list::searchable;
use super::nouns::{Shelf, Spec, Typed, What, column, label, specs};
use crate::import::Line;
use crate::pages::posted::mark_of;
use crate::storage::register::{Entry, Noun, Step};
use crate::tables_out::as_typed;
use locales::{Texts, languages_of};
use std::collections::{HashMap, HashSet};

/// Rows in which a header is looked for: an export has at most a letterhead and a title above it.
const HEADER_ROWS: usize = 20;

/// A row of a file by the kind's fields, with its line; a field whose column is not there is none.
pub(super) type Cells = (u64, Option<Vec<Option<String>>>);

/// What becomes of a row.
pub(super) enum Fate {
    /// It is new.
    New,
    /// It changes these: label, before, after.
    Changed(Vec<(String, String, String)>),
    /// It is there, word for word.
    Same,
    /// It can not be taken, for these reasons.
    Faulty(String),
}

/// One row and what becomes of it: its line, what it is about, and how that is called.
pub(super) struct Planned {
    pub line: u64,
    pub code: String,
    pub name: String,
    pub fate: Fate,
}

/// What a file would change.
pub(super) struct Plan {
    pub rows: Vec<Planned>,
    pub steps: Vec<Step>,
}

impl Plan {
    /// A mark of all that would be changed, and from what.
    pub fn mark(&self) -> String {
        let steps: Vec<_> = self.steps.iter().map(|step| (&step.before, &step.after)).collect();
        mark_of(&steps)
    }
}

/// Whether a file of the kind can do without a field.
const fn may_miss(what: What) -> bool {
    matches!(what, What::Word(_) | What::Site | What::Counter)
}

/// Whether a column has one of the names it may have: its label in each language.
pub(super) fn is_named(label: impl Fn(&Texts) -> String, title: &str) -> bool {
    let wanted = searchable(title.trim());
    languages_of("admin").any(|code| searchable(&label(locales::texts(code))) == wanted)
}

/// Where each field stands, if a row is the header of the kind.
fn header(noun: Noun, row: &[String]) -> Option<Vec<Option<usize>>> {
    let place = |(name, what): &Spec| {
        let found = row.iter().position(|title| is_named(|texts| column(noun, name, texts), title));
        if found.is_none() && !may_miss(*what) { None } else { Some(found) }
    };
    specs(noun).iter().map(place).collect()
}

/// The rows below the header; none when there is no header of the kind.
pub(super) fn cells(noun: Noun, lines: Vec<Line>) -> Option<Vec<Cells>> {
    below(lines, |row| header(noun, row))
}

/// The rows below the first that is a header, which tells where each field stands.
pub(super) fn below(
    lines: Vec<Line>,
    header: impl Fn(&[String]) -> Option<Vec<Option<usize>>>,
) -> Option<Vec<Cells>> {
    let found = lines
        .iter()
        .take(HEADER_ROWS)
        .enumerate()
        .find_map(|(at, (_, row))| header(row.as_ref()?).map(|places| (at, places)));
    let (at, places) = found?;
    let rows = lines.into_iter().skip(at + 1).map(|(line, row)| {
        let picked = row.map(|row| {
            let field = |place: &Option<usize>| {
                place.map(|at| row.get(at).map(|cell| as_typed(cell.trim())).unwrap_or_default())
            };
            places.iter().map(|place| field(place).map(str::to_owned)).collect()
        });
        (line, picked)
    });
    Some(rows.collect())
}

/// What rows would change.
pub(super) fn plan(
    noun: Noun,
    shelf: &Shelf,
    stored: &[Entry],
    cells: &[Cells],
    texts: &Texts,
) -> Plan {
    let known: HashMap<&str, &Entry> = stored.iter().map(|one| (one.code.as_str(), one)).collect();
    let (mut seen, mut plan) = (HashSet::new(), Plan { rows: Vec::new(), steps: Vec::new() });
    for (line, fields) in cells {
        let text = |at: usize| fields.as_ref().and_then(|all| all.get(at).cloned().flatten());
        let (code, name) = (text(0).unwrap_or_default(), text(1).unwrap_or_default());
        let before = known.get(code.as_str()).copied();
        let fate = if fields.is_none() {
            Fate::Faulty(texts.get("admin-row-unreadable"))
        } else if !code.is_empty() && !seen.insert(code.clone()) {
            Fate::Faulty(texts.get("admin-row-twice"))
        } else {
            let typed = typed(noun, shelf, before, &text);
            match shelf.read(noun, &typed, before, texts) {
                Err(faults) => {
                    let one = |(name, fault): (&str, String)| {
                        format!("{}: {fault}", label(noun, name, texts))
                    };
                    Fate::Faulty(faults.into_iter().map(one).collect::<Vec<_>>().join(" "))
                }
                Ok(after) if before == Some(&after) => Fate::Same,
                Ok(after) => {
                    let fate = match before {
                        None => Fate::New,
                        Some(before) => Fate::Changed(changes(noun, shelf, before, &after, texts)),
                    };
                    plan.steps.push(Step { before: before.cloned(), after });
                    fate
                }
            }
        };
        let cut = |text: String| text.chars().take(200).collect();
        plan.rows.push(Planned { line: *line, code: cut(code), name: cut(name), fate });
    }
    plan
}

/// A row as a form would have it; what the file has no column for stays as it is stored.
fn typed(
    noun: Noun,
    shelf: &Shelf,
    before: Option<&Entry>,
    text: &impl Fn(usize) -> Option<String>,
) -> Typed {
    let fields = specs(noun).iter().enumerate().map(|(at, (name, what))| {
        let kept = || before.map(|one| shelf.value(*what, one)).unwrap_or_default();
        ((*name).to_owned(), text(at).unwrap_or_else(kept))
    });
    fields.collect()
}

fn changes(
    noun: Noun,
    shelf: &Shelf,
    before: &Entry,
    after: &Entry,
    texts: &Texts,
) -> Vec<(String, String, String)> {
    let both = specs(noun).iter().map(|(name, what)| {
        let shown = |entry: &Entry| shelf.shown(*what, &shelf.value(*what, entry), texts);
        (label(noun, name, texts), shown(before), shown(after))
    });
    both.filter(|(_, before, after)| before != after).collect()
}
