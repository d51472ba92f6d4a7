//! The preview of a file of a list: each row read as a form would be, compared with what is stored. Pure;
//! the preview and the import make the same plan, and a version of what it was made from tells whether
//! anything changed in between.

use super::codes::Codes;
use super::fields::{References, label, specs};
use super::lines::ListRow;
use crate::form_reader::FormValues;
use crate::storage::register::{Entry, EntryChange, Noun};
use locales::Texts;

/// Letters of a code or a name that are shown.
const SHOWN: usize = 200;

/// What becomes of a row.
pub(crate) enum RowOutcome {
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
pub(crate) struct PlannedRow {
    pub line: u64,
    pub last: u64,
    pub code: String,
    pub name: String,
    pub outcome: RowOutcome,
}

impl PlannedRow {
    /// A row with as much of its cells as is shown.
    pub fn new(row: &ListRow, code: &str, name: &str, outcome: RowOutcome) -> Self {
        let cut = |text: &str| text.chars().take(SHOWN).collect();
        Self { line: row.line, last: row.last, code: cut(code), name: cut(name), outcome }
    }
}

/// What a file would change.
pub(crate) struct Plan<W> {
    pub rows: Vec<PlannedRow>,
    /// What there is to do.
    pub work: W,
}

impl<W> Plan<W> {
    /// How many rows would be taken in.
    pub fn taken(&self) -> usize {
        let taken =
            |row: &&PlannedRow| matches!(row.outcome, RowOutcome::New | RowOutcome::Changed(_));
        self.rows.iter().filter(taken).count()
    }

    /// The same plan with its work as another type.
    pub fn map<T>(self, into: impl FnOnce(W) -> T) -> Plan<T> {
        Plan { rows: self.rows, work: into(self.work) }
    }
}

/// What rows would change.
pub(crate) fn plan(
    noun: Noun,
    references: &References,
    stored: &[Entry],
    rows: &[ListRow],
    texts: &Texts,
) -> Plan<Vec<EntryChange>> {
    let known: Codes<&Entry> = stored.iter().map(|one| (one.code.clone(), one)).collect();
    let mut planner = Planner { noun, references, known, texts, seen: Codes::default() };
    let mut plan = Plan { rows: Vec::new(), work: Vec::new() };
    for row in rows {
        let (code, name) = (row.text(0).unwrap_or_default(), row.text(1).unwrap_or_default());
        let outcome = match &row.refusal {
            Some(why) => RowOutcome::Faulty(why.clone()),
            None => planner.outcome(row, &code, &mut plan.work),
        };
        plan.rows.push(PlannedRow::new(row, &code, &name, outcome));
    }
    plan
}

/// What rows are held against.
struct Planner<'a> {
    noun: Noun,
    references: &'a References,
    known: Codes<&'a Entry>,
    texts: &'a Texts,
    /// What stood above in the file.
    seen: Codes<Option<Entry>>,
}

impl Planner<'_> {
    fn outcome(&mut self, row: &ListRow, code: &str, steps: &mut Vec<EntryChange>) -> RowOutcome {
        let (noun, texts) = (self.noun, self.texts);
        let before = self.known.get(code).copied();
        // A code that a spreadsheet program changed must not become a second entry.
        for codes in [
            self.known.may_be_new(code, row.doubt(0)),
            self.seen.may_be_new(code, row.doubt(0).filter(|_| before.is_none())),
        ] {
            if let Err(reason) = codes {
                return RowOutcome::Faulty(reason.tell(texts));
            }
        }
        let typed = typed(noun, self.references, before, &|at| row.text(at));
        let read = self.references.read(noun, &typed, before, texts);
        if let Some(above) = self.seen.get(code).filter(|_| !code.is_empty()) {
            return match (above, read) {
                (Some(above), Ok(after)) if *above == after => RowOutcome::Same,
                _ => RowOutcome::Faulty(texts.get("admin-row-twice")),
            };
        }
        self.seen.insert(code, read.as_ref().ok().cloned());
        match read {
            Err(faults) => {
                let one = |(name, fault): (&str, String)| {
                    format!("{}: {fault}", label(noun, name, texts))
                };
                RowOutcome::Faulty(faults.into_iter().map(one).collect::<Vec<_>>().join(" "))
            }
            Ok(after) if before == Some(&after) => RowOutcome::Same,
            Ok(after) => {
                let outcome = match before {
                    None => RowOutcome::New,
                    Some(before) => {
                        RowOutcome::Changed(changes(noun, self.references, before, &after, texts))
                    }
                };
                steps.push(EntryChange { before: before.cloned(), after });
                outcome
            }
        }
    }
}

/// A row as a form would have it; what the file has no column for stays as it is stored.
fn typed(
    noun: Noun,
    references: &References,
    before: Option<&Entry>,
    text: &impl Fn(usize) -> Option<String>,
) -> FormValues {
    let fields = specs(noun).iter().enumerate().map(|(at, (name, what))| {
        let kept = || before.map(|one| references.value(*what, one)).unwrap_or_default();
        ((*name).to_owned(), text(at).unwrap_or_else(kept))
    });
    fields.collect()
}

fn changes(
    noun: Noun,
    references: &References,
    before: &Entry,
    after: &Entry,
    texts: &Texts,
) -> Vec<(String, String, String)> {
    let both = specs(noun).iter().map(|(name, what)| {
        let shown = |entry: &Entry| references.shown(*what, &references.value(*what, entry), texts);
        (label(noun, name, texts), shown(before), shown(after))
    });
    both.filter(|(_, before, after)| before != after).collect()
}
