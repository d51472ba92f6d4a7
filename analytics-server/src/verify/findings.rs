//! What a check found: of each kind of difference the first in words, and how many there are.

use std::collections::BTreeMap;
use std::fmt;

/// A kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// The database itself is damaged.
    Database,
    /// Something could not be read.
    Unreadable,
    /// A chain breaks.
    Chain,
    /// A batch is not as its tablet signed it.
    Signature,
    /// What stands beside an event's bytes is not what they say.
    Event,
    /// An event is dated otherwise than by its batch.
    Moment,
    /// An event is in no visit and does not wait in quarantine.
    Uncounted,
    /// A tablet told more than is stored.
    Tablet,
    /// A visit has no rating row.
    Missing,
    /// A rating row says something else than its events; the column.
    Row(&'static str),
    /// A rating row of which no event tells.
    Invented,
    /// Imported ratings are not those that were read in.
    Import,
    /// A comment was taken away, and nobody did so.
    Redaction,
    /// Two tables contradict each other; what it is about.
    Between(&'static str),
    /// The saved columns are not what the rows say.
    Columns,
    /// Figures are not what the rows come to.
    Figures,
}

impl FindingKind {
    /// What to do about it.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Database => {
                "the file or its disk is damaged: keep a copy, then restore a backup; tablets send again what came after it"
            }
            Self::Unreadable => "restore a backup beside it and compare",
            Self::Chain => {
                "what is stored from the named event on is not what the tablet sent; keep the database as it is and compare it with a backup"
            }
            Self::Signature => {
                "the events or the tablet's key were written anew: keep the database as it is, find out who could write to it, and compare it with a backup and with the tablet's journal"
            }
            Self::Event | Self::Moment | Self::Missing | Self::Row(_) | Self::Uncounted => {
                "the events are what the tablet sent and signed; keep the database as it is, find out who could write to it, and compare it with a backup"
            }
            Self::Tablet => {
                "if the tablet still runs it sends again what is missing; verify again then, else compare with a backup"
            }
            Self::Invented => {
                "no tablet sent it; keep the database as it is, and rule it out until it is known where it comes from"
            }
            Self::Import => {
                "compare with the files that were imported, or with a backup from after the import"
            }
            Self::Redaction | Self::Between(_) => "compare the named rows with a backup",
            Self::Columns => {
                "the saved columns are derived: stop the server, remove the directory “columns”, start it; ask who could write there"
            }
            Self::Figures => "this is a fault of the program or of its saved columns: report it",
        }
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Database => "database",
            Self::Unreadable => "unreadable",
            Self::Chain => "chain",
            Self::Event => "event",
            Self::Signature => "signature",
            Self::Moment => "moment of an event",
            Self::Uncounted => "event that counts nowhere",
            Self::Tablet => "tablet",
            Self::Missing => "visit without a rating row",
            Self::Row(column) => return write!(f, "rating row, {column}"),
            Self::Invented => "rating row without events",
            Self::Import => "imported ratings",
            Self::Redaction => "redaction",
            Self::Between(what) => what,
            Self::Columns => "saved columns",
            Self::Figures => "figures",
        })
    }
}

/// The differences of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differences {
    /// The first, in one sentence.
    pub first: String,
    /// How many there are.
    pub count: u64,
}

/// All differences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(BTreeMap<FindingKind, Differences>);

impl Findings {
    /// Adds a difference.
    pub fn add(&mut self, kind: FindingKind, first: impl Into<String>) {
        self.add_many(kind, first, 1);
    }

    /// Adds several of one kind, of which the first is told.
    pub fn add_many(&mut self, kind: FindingKind, first: impl Into<String>, count: u64) {
        let found = self.0.entry(kind);
        found.or_insert_with(|| Differences { first: first.into(), count: 0 }).count += count;
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// By kind.
    pub fn iter(&self) -> impl Iterator<Item = (FindingKind, &Differences)> {
        self.0.iter().map(|(kind, found)| (*kind, found))
    }
}

/// A moment as a report tells it.
pub(super) fn format_moment(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_kind_is_told_and_the_others_are_counted() {
        let mut findings = Findings::default();
        assert!(findings.is_empty());
        findings.add(FindingKind::Row("level"), "rating 5");
        findings.add(FindingKind::Row("level"), "rating 6");
        findings.add(FindingKind::Row("officer"), "rating 7");
        findings.add_many(FindingKind::Import, "import 1", 20);
        let told: Vec<_> =
            findings.iter().map(|(kind, one)| (kind.to_string(), &*one.first, one.count)).collect();
        assert_eq!(
            told,
            [
                ("rating row, level".to_owned(), "rating 5", 2),
                ("rating row, officer".to_owned(), "rating 7", 1),
                ("imported ratings".to_owned(), "import 1", 20),
            ]
        );
    }
}
