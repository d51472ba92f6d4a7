//! What stands behind the ids and codes of a rating: the names of the directory, and words in the
//! reader's language for what the protocol and the questionnaires name by ids.

use crate::questionnaire_words::QuestionnaireWords;
use crate::storage::export::RatingOut;
use crate::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use crate::storage::questionnaires::Published;
use crate::storage::rows::Directory;
use locales::Texts;
use protocol::{Channel, Level, Scale, Stage};
use std::collections::{BTreeMap, HashMap};

/// A word of the protocol in the reader's language; `kind` is its set: `level`, `stage`,
/// `channel`, `scale` or `source`.
pub fn word_name(kind: &str, word: &str, texts: &Texts) -> String {
    texts.get(&format!("export-{kind}-{}", word.replace('_', "-")))
}

/// A code with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedRating {
    /// The code of the one-stop software.
    pub code: String,
    /// The name.
    pub name: String,
}

/// Codes and names by the ids of this database, and words by the ids of protocol and questionnaires.
pub struct RatingNames {
    departments: HashMap<i64, NamedRating>,
    counters: HashMap<i64, NamedRating>,
    officers: HashMap<i64, NamedRating>,
    procedures: HashMap<i64, NamedRating>,
    /// By what they are of and their id.
    said: QuestionnaireWords,
    words: HashMap<&'static str, String>,
    texts: &'static Texts,
}

/// A rating in the words of the protocol, with the names of the directory.
pub struct RatingWords {
    /// The department of its moment.
    pub department: NamedRating,
    /// The counter.
    pub counter: NamedRating,
    /// The officer.
    pub officer: NamedRating,
    /// `receive` or `return`.
    pub stage: Option<&'static str>,
    /// The procedure.
    pub procedure: Option<NamedRating>,
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
    /// Names of the rules that found it odd.
    pub flags: Vec<String>,
    /// `tablet` or `imported`.
    pub source: &'static str,
}

impl RatingNames {
    /// The names of a directory and of all questionnaires; of a reason that several have the newest
    /// one's words.
    pub fn new(directory: &Directory, questionnaires: &[Published], texts: &'static Texts) -> Self {
        let named =
            |code: &String, name: &String| NamedRating { code: code.clone(), name: name.clone() };
        let departments = directory.departments.iter();
        let counters = directory.counters.iter();
        let officers = directory.officers.iter();
        let procedures = directory.procedures.iter();
        Self {
            departments: departments.map(|one| (one.id, named(&one.code, &one.name))).collect(),
            counters: counters.map(|one| (one.id, named(&one.code, &one.name))).collect(),
            officers: officers.map(|one| (one.id, named(&one.code, &one.name))).collect(),
            procedures: procedures.map(|one| (one.id, named(&one.code, &one.name))).collect(),
            said: QuestionnaireWords::of(questionnaires, texts),
            words: words(texts),
            texts,
        }
    }

    /// The language of the words.
    pub fn texts(&self) -> &'static Texts {
        self.texts
    }

    /// A word of the protocol in the reader's language.
    pub fn word(&self, word: &str) -> String {
        self.words.get(word).map_or_else(|| word.to_owned(), Clone::clone)
    }

    /// A reason in words; its id where no questionnaire has it.
    pub fn reason(&self, id: &str) -> String {
        self.said.reason(id)
    }

    /// An aspect in words.
    pub fn aspect(&self, id: &str) -> String {
        self.said.aspect(id)
    }

    /// A rule in words; a rule of tomorrow is named by its id.
    pub fn rule(&self, id: &str) -> String {
        match id {
            QUICK_REPEAT => self.texts.get("records-rule-quick_repeat"),
            DOSSIER_TWICE => self.texts.get("records-rule-dossier_twice"),
            other => other.to_owned(),
        }
    }

    /// The words of a rating.
    pub fn words(&self, row: &RatingOut) -> RatingWords {
        let named =
            |known: &HashMap<i64, NamedRating>, id| known.get(&id).cloned().unwrap_or_default();
        let small = |code: Option<i16>| code.and_then(|code| u8::try_from(code).ok());
        let level = small(Some(row.level)).and_then(Level::from_code);
        // What is no list of words is odd and is left out; the rating is counted all the same.
        let reasons = row.reasons.as_deref().and_then(|json| serde_json::from_str(json).ok());
        let aspects = row.aspects.as_deref().and_then(|json| serde_json::from_str(json).ok());
        RatingWords {
            department: named(&self.departments, row.department),
            counter: named(&self.counters, row.counter),
            officer: named(&self.officers, row.officer),
            stage: small(row.stage).and_then(Stage::from_code).map(Stage::name),
            procedure: row.procedure.map(|id| named(&self.procedures, id)),
            channel: small(row.channel).and_then(Channel::from_code).map(Channel::name),
            scale: if row.scale == 2 { Scale::Three } else { Scale::Five }.name(),
            level: level.map_or("unknown", Level::name),
            reasons: reasons.unwrap_or_default(),
            aspects: aspects.unwrap_or_default(),
            flags: row.flags.split_whitespace().map(str::to_owned).collect(),
            source: if row.source == 2 { "imported" } else { "tablet" },
        }
    }
}

/// The protocol's words in the reader's language; no two kinds share one.
fn words(texts: &Texts) -> HashMap<&'static str, String> {
    let kinds: [(&str, &[&'static str]); 5] = [
        ("level", &Level::ALL.map(Level::name)),
        ("stage", &Stage::ALL.map(Stage::name)),
        ("scale", &Scale::ALL.map(Scale::name)),
        ("channel", &Channel::ALL.map(Channel::name)),
        ("source", &["tablet", "imported"]),
    ];
    let words = kinds.into_iter().flat_map(|(kind, words)| {
        words.iter().map(move |word| (*word, word_name(kind, word, texts)))
    });
    words.collect()
}
