//! The columns of an exported rating, in their order. Programs know columns by name and place, so new
//! ones stand at the end. What has an id and words has a column of each: in files for people the words
//! stand in the column that was there first, in files for programs the ids.

use super::names::{RatingNames, RatingWords};
use crate::centre_time;
use crate::storage::export::RatingOut;
use crate::table_files::Field;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A moment by the clocks of the centre.
pub fn local(at: i64, zone: &TimeZone) -> DateTime {
    centre_time::local(at, zone).datetime()
}

/// The same as text, with its offset: `2023-09-27T09:00:00+07:00`.
pub fn local_time(at: i64, zone: &TimeZone) -> String {
    centre_time::local(at, zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Whom a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExportReader {
    /// Headings and words in their language.
    People,
    /// Stable names, and ids first.
    Programs,
}

/// Of free text: only in files with comments.
const FREE: [&str; 2] = ["comment", "ruled_out_reason"];

/// Properties that have both an id and words. One half has its columns in [`FIRST`], the other half
/// stands between [`FIRST`] and [`LATER`], in this order.
const CODED: [&str; 8] =
    ["stage", "channel", "scale", "level", "reasons", "aspects", "flags", "source"];

/// The columns that were there first.
const FIRST: [&str; 21] = [
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

/// Those that came later, with the other half of [`CODED`] between the two lists.
const LATER: [&str; 5] =
    ["officer_name", "questionnaire", "ruled_out", "ruled_out_at", "ruled_out_reason"];

/// The columns of one export.
pub(super) struct ExportColumns {
    names: RatingNames,
    zone: TimeZone,
    comments: bool,
    reader: ExportReader,
}

/// Ids and words of one property.
struct Coded {
    ids: String,
    words: String,
}

impl ExportColumns {
    pub fn new(names: RatingNames, zone: TimeZone, comments: bool, reader: ExportReader) -> Self {
        Self { names, zone, comments, reader }
    }

    /// The names the columns take their values from.
    pub fn names(&self) -> &RatingNames {
        &self.names
    }

    /// Stable names of the columns.
    pub fn headers(&self) -> Vec<String> {
        let end = match self.reader {
            ExportReader::People => "code",
            ExportReader::Programs => "text",
        };
        let first = FIRST.into_iter().map(str::to_owned);
        let coded = CODED.into_iter().map(|name| format!("{name}_{end}"));
        let later = LATER.into_iter().map(str::to_owned);
        let all = first.chain(coded).chain(later);
        all.filter(|name| self.comments || !FREE.contains(&name.as_str())).collect()
    }

    /// Headings in the reader's language.
    pub fn headings(&self) -> Vec<String> {
        let key = |name: &String| format!("export-column-{}", name.replace('_', "-"));
        self.headers().iter().map(|name| self.names.texts().get(&key(name))).collect()
    }

    /// Which columns hold numbers.
    pub fn numbers(&self) -> Vec<bool> {
        let numbers = ["level_number", "simulated", "questionnaire", "ruled_out"];
        self.headers().iter().map(|name| numbers.contains(&name.as_str())).collect()
    }

    /// The cells of a rating.
    pub fn row(&self, row: &RatingOut) -> Vec<Field> {
        let words = self.names.words(row);
        let coded = self.coded(&words);
        let (first, second): (Vec<String>, Vec<String>) = coded
            .into_iter()
            .map(|one| match self.reader {
                ExportReader::People => (one.words, one.ids),
                ExportReader::Programs => (one.ids, one.words),
            })
            .unzip();
        let mut first = first.into_iter().map(Field::from);
        let mut next = || first.next().unwrap_or(Field::Empty);
        let [stage, channel, scale, level, reasons, aspects, flags, source] =
            std::array::from_fn(|_| next());
        let (procedure, procedure_name) =
            words.procedure.map(|one| (one.code, one.name)).unwrap_or_default();
        let mut fields = vec![
            row.id.to_string().into(),
            Field::Moment(local(row.asked_at, &self.zone)),
            words.department.code.into(),
            words.department.name.into(),
            words.counter.code.into(),
            words.counter.name.into(),
            words.officer.code.into(),
            stage,
            procedure.into(),
            procedure_name.into(),
            channel,
            scale,
            level,
            Field::Number(row.level.into()),
            reasons,
            aspects,
            flags,
            source,
            Field::Number(row.simulated.into()),
            row.dossier.clone().into(),
        ];
        if self.comments {
            fields.push(row.comment.clone().into());
        }
        fields.extend(second.into_iter().map(Field::from));
        fields.extend([
            words.officer.name.into(),
            row.questionnaire.map_or(Field::Empty, Field::Number),
            Field::Number(row.ruled_out_at.is_some().into()),
            row.ruled_out_at.map_or(Field::Empty, |at| Field::Moment(local(at, &self.zone))),
        ]);
        if self.comments {
            fields.push(row.ruled_out_reason.clone().into());
        }
        fields
    }

    /// What has ids and words, in the order of [`CODED`].
    fn coded(&self, words: &RatingWords) -> [Coded; 8] {
        let names = &self.names;
        let one = |id: Option<&str>| Coded {
            ids: id.unwrap_or_default().to_owned(),
            words: id.map(|id| names.word(id)).unwrap_or_default(),
        };
        let list = |ids: &[String], word: &dyn Fn(&str) -> String| Coded {
            ids: ids.join("; "),
            words: ids.iter().map(|id| word(id)).collect::<Vec<_>>().join("; "),
        };
        let aspects = |told: &dyn Fn(&str, &str) -> String| {
            let all = words.aspects.iter().map(|(aspect, level)| told(aspect, level));
            all.collect::<Vec<_>>().join("; ")
        };
        [
            one(words.stage),
            one(words.channel),
            one(Some(words.scale)),
            one(Some(words.level)),
            list(&words.reasons, &|id| names.reason(id)),
            Coded {
                ids: aspects(&|aspect, level| format!("{aspect}: {level}")),
                words: aspects(&|aspect, level| {
                    format!("{}: {}", names.aspect(aspect), names.word(level))
                }),
            },
            list(&words.flags, &|id| names.rule(id)),
            one(Some(words.source)),
        ]
    }
}
