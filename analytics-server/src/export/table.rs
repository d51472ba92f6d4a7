//! The columns of an exported rating, in their order, and its words.

use crate::moments;
use crate::storage::export::RatingOut;
use crate::storage::rows::Directory;
use crate::tables_out::harmless;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use locales::Texts;
use protocol::{Channel, Level, Scale, Stage};
use std::collections::{BTreeMap, HashMap};

/// Codes and names by the ids of this database.
pub struct Names {
    departments: HashMap<i64, (String, String)>,
    counters: HashMap<i64, (String, String)>,
    officers: HashMap<i64, (String, String)>,
    procedures: HashMap<i64, (String, String)>,
}

/// A word of the protocol in the reader's language; `kind` is what it tells: `level`, `stage`,
/// `channel`, `scale` or `source`.
pub fn told(kind: &str, word: &str, texts: &Texts) -> String {
    texts.get(&format!("export-{kind}-{}", word.replace('_', "-")))
}

/// A rating in the words of the protocol.
pub struct Words {
    /// Code of the department.
    pub department: String,
    /// Code of the counter.
    pub counter: String,
    /// Code of the officer.
    pub officer: String,
    /// `receive` or `return`.
    pub stage: Option<&'static str>,
    /// Code of the procedure.
    pub procedure: Option<String>,
    /// Such as `in_person`.
    pub channel: Option<&'static str>,
    /// `five` or `three`.
    pub scale: &'static str,
    /// Such as `very_satisfied`.
    pub level: &'static str,
    /// Ids of reasons.
    pub reasons: Vec<String>,
    /// Levels by aspect.
    pub aspects: BTreeMap<String, String>,
    /// `tablet` or `imported`.
    pub source: &'static str,
}

impl Names {
    /// The names of a directory.
    pub fn new(directory: &Directory) -> Self {
        let pair = |code: &String, name: &String| (code.clone(), name.clone());
        let departments = directory.departments.iter();
        let counters = directory.counters.iter();
        let officers = directory.officers.iter();
        let procedures = directory.procedures.iter();
        Self {
            departments: departments.map(|one| (one.id, pair(&one.code, &one.name))).collect(),
            counters: counters.map(|one| (one.id, pair(&one.code, &one.name))).collect(),
            officers: officers.map(|one| (one.id, pair(&one.code, &one.name))).collect(),
            procedures: procedures.map(|one| (one.id, pair(&one.code, &one.name))).collect(),
        }
    }

    /// The words of a rating.
    pub fn words(&self, row: &RatingOut) -> Words {
        let code = |known: &HashMap<i64, (String, String)>, id| {
            known.get(&id).map(|(code, _)| code.clone()).unwrap_or_default()
        };
        let small = |code: Option<i16>| code.and_then(|code| u8::try_from(code).ok());
        let level = small(Some(row.level)).and_then(Level::from_code);
        // What is no list of words is odd and is left out; the rating is counted all the same.
        let read = |json: &Option<String>| json.as_deref().map(serde_json::from_str);
        Words {
            department: code(&self.departments, row.department),
            counter: code(&self.counters, row.counter),
            officer: code(&self.officers, row.officer),
            stage: small(row.stage).and_then(Stage::from_code).map(Stage::name),
            procedure: row.procedure.map(|id| code(&self.procedures, id)),
            channel: small(row.channel).and_then(Channel::from_code).map(Channel::name),
            scale: if row.scale == 2 { Scale::Three } else { Scale::Five }.name(),
            level: level.map_or("unknown", Level::name),
            reasons: read(&row.reasons).and_then(Result::ok).unwrap_or_default(),
            aspects: row
                .aspects
                .as_deref()
                .and_then(|json| serde_json::from_str(json).ok())
                .unwrap_or_default(),
            source: if row.source == 2 { "imported" } else { "tablet" },
        }
    }
}

/// A moment by the clocks of the centre.
pub fn local(at: i64, zone: &TimeZone) -> DateTime {
    moments::local(at, zone).datetime()
}

/// The same as text, with its offset: `2023-09-27T09:00:00+07:00`.
pub fn local_time(at: i64, zone: &TimeZone) -> String {
    moments::local(at, zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Letters.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A moment of the centre.
    Moment(DateTime),
}

/// The columns in their order; the last one only with comments.
const NAMES: [&str; 21] = [
    "id",
    "at",
    "department",
    "department_name",
    "counter",
    "counter_name",
    "officer",
    "stage",
    "procedure",
    "procedure_name",
    "channel",
    "scale",
    "level",
    "level_number",
    "reasons",
    "aspects",
    "flags",
    "source",
    "simulated",
    "dossier",
    "comment",
];

/// Which columns hold numbers.
pub(super) fn numbers() -> Vec<bool> {
    NAMES.iter().map(|name| matches!(*name, "level_number" | "simulated")).collect()
}

/// The columns of one export.
pub(super) struct Columns {
    names: Names,
    zone: TimeZone,
    texts: &'static Texts,
    comments: bool,
    /// Words in the reader's language by the protocol's.
    words: HashMap<String, String>,
}

impl Columns {
    pub fn new(names: Names, zone: TimeZone, texts: &'static Texts, comments: bool) -> Self {
        let kinds: [(&str, &[&str]); 5] = [
            ("level", &Level::ALL.map(Level::name)),
            ("stage", &Stage::ALL.map(Stage::name)),
            ("scale", &Scale::ALL.map(Scale::name)),
            ("channel", &Channel::ALL.map(Channel::name)),
            ("source", &["tablet", "imported"]),
        ];
        let words = kinds.into_iter().flat_map(|(kind, words)| {
            words.iter().map(move |word| ((*word).to_owned(), told(kind, word, texts)))
        });
        Self { names, zone, texts, comments, words: words.collect() }
    }

    /// Stable names of the columns.
    pub fn headers(&self) -> impl Iterator<Item = &'static str> {
        NAMES.into_iter().take(if self.comments { NAMES.len() } else { NAMES.len() - 1 })
    }

    /// Headings in the reader's language.
    pub fn headings(&self) -> impl Iterator<Item = String> {
        let key = |name: &str| format!("export-column-{}", name.replace('_', "-"));
        self.headers().map(move |name| self.texts.get(&key(name)))
    }

    /// A rating for people: words in their language, nothing that is a formula.
    pub fn row(&self, row: &RatingOut) -> Vec<Field> {
        let told = |word: &str| self.words.get(word).cloned().unwrap_or_else(|| word.to_owned());
        self.fields(row, told, harmless)
    }

    /// A rating for programs: the protocol's words, everything as it is.
    pub fn plain(&self, row: &RatingOut) -> Vec<Field> {
        self.fields(row, str::to_owned, str::to_owned)
    }

    fn fields(
        &self,
        row: &RatingOut,
        told: impl Fn(&str) -> String,
        kept: impl Fn(&str) -> String,
    ) -> Vec<Field> {
        let words = self.names.words(row);
        let name = |known: &HashMap<i64, (String, String)>, id| {
            kept(known.get(&id).map_or("", |(_, name)| name))
        };
        let aspects: Vec<_> = words
            .aspects
            .iter()
            .map(|(aspect, level)| format!("{aspect}: {}", told(level)))
            .collect();
        let text = Field::Text;
        let mut fields = vec![
            text(row.id.to_string()),
            Field::Moment(local(row.asked_at, &self.zone)),
            text(kept(&words.department)),
            text(name(&self.names.departments, row.department)),
            text(kept(&words.counter)),
            text(name(&self.names.counters, row.counter)),
            text(kept(&words.officer)),
            text(words.stage.map(&told).unwrap_or_default()),
            text(kept(words.procedure.as_deref().unwrap_or_default())),
            text(row.procedure.map(|id| name(&self.names.procedures, id)).unwrap_or_default()),
            text(words.channel.map(&told).unwrap_or_default()),
            text(told(words.scale)),
            text(told(words.level)),
            Field::Number(row.level.into()),
            text(kept(&words.reasons.join("; "))),
            text(kept(&aspects.join("; "))),
            text(kept(&row.flags)),
            text(told(words.source)),
            Field::Number(row.simulated.into()),
            text(row.dossier.clone().unwrap_or_default()),
        ];
        if self.comments {
            fields.push(text(kept(row.comment.as_deref().unwrap_or_default())));
        }
        fields
    }
}
