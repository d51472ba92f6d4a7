//! The preview of a file of a list: each row read as a form would be, compared with what is stored. Pure;
//! the preview and the import make the same plan, and a version of what it was made from tells whether
//! anything changed in between.

use super::codes::Codes;
use super::fields::{References, Typed, label, specs};
use super::lines::ListRow;
use crate::storage::register::{Entry, EntryChange, Noun};
use locales::Texts;

/// Letters of a code or a name that are shown.
const SHOWN: usize = 200;

/// What becomes of a row.
pub(crate) enum Fate {
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
pub(crate) struct Planned {
    pub line: u64,
    pub last: u64,
    pub code: String,
    pub name: String,
    pub fate: Fate,
}

/// What a file would change.
pub(crate) struct Plan {
    pub rows: Vec<Planned>,
    pub steps: Vec<EntryChange>,
}

/// What rows would change.
pub(crate) fn plan(
    noun: Noun,
    shelf: &References,
    stored: &[Entry],
    rows: &[ListRow],
    texts: &Texts,
) -> Plan {
    let known: Codes<&Entry> = stored.iter().map(|one| (one.code.clone(), one)).collect();
    let mut planner = Planner { noun, shelf, known, texts, seen: Codes::default() };
    let mut plan = Plan { rows: Vec::new(), steps: Vec::new() };
    for row in rows {
        let (code, name) = (row.text(0).unwrap_or_default(), row.text(1).unwrap_or_default());
        let fate = match &row.refusal {
            Some(why) => Fate::Faulty(why.clone()),
            None => planner.fate(row, &code, &mut plan.steps),
        };
        let cut = |text: String| text.chars().take(SHOWN).collect();
        plan.rows.push(Planned {
            line: row.line,
            last: row.last,
            code: cut(code),
            name: cut(name),
            fate,
        });
    }
    plan
}

/// What rows are held against.
struct Planner<'a> {
    noun: Noun,
    shelf: &'a References,
    known: Codes<&'a Entry>,
    texts: &'a Texts,
    /// What stood above in the file.
    seen: Codes<Option<Entry>>,
}

impl Planner<'_> {
    fn fate(&mut self, row: &ListRow, code: &str, steps: &mut Vec<EntryChange>) -> Fate {
        let (noun, texts) = (self.noun, self.texts);
        let before = self.known.get(code).copied();
        // A code that a spreadsheet program changed must not become a second entry.
        for codes in [
            self.known.may_be_new(code, row.doubt(0)),
            self.seen.may_be_new(code, row.doubt(0).filter(|_| before.is_none())),
        ] {
            if let Err(reason) = codes {
                return Fate::Faulty(reason.tell(texts));
            }
        }
        let typed = typed(noun, self.shelf, before, &|at| row.text(at));
        let read = self.shelf.read(noun, &typed, before, texts);
        if let Some(above) = self.seen.get(code).filter(|_| !code.is_empty()) {
            return match (above, read) {
                (Some(above), Ok(after)) if *above == after => Fate::Same,
                _ => Fate::Faulty(texts.get("admin-row-twice")),
            };
        }
        self.seen.insert(code, read.as_ref().ok().cloned());
        match read {
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
                    Some(before) => Fate::Changed(changes(noun, self.shelf, before, &after, texts)),
                };
                steps.push(EntryChange { before: before.cloned(), after });
                fate
            }
        }
    }
}

/// A row as a form would have it; what the file has no column for stays as it is stored.
fn typed(
    noun: Noun,
    shelf: &References,
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
    shelf: &References,
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
