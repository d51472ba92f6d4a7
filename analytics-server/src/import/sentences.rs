//! The sentences of an import in the reader's language, the same for pages and the command line.

use super::outcome::{Doubt, FileFault, FileOutcome, Note, Reason, Refusal, Unread};
use super::question::Question;
use super::words::short;
use locales::Texts;
use std::fmt::{self, Write as _};

/// How many refused rows a summary shows for a file.
const REFUSALS_SHOWN: usize = 20;

/// A count or a number, as places of sentences take it.
fn text(number: &impl ToString) -> String {
    number.to_string()
}

impl Reason {
    /// Why, in the reader's language.
    pub fn tell(&self, texts: &Texts) -> String {
        let plain = |key: &str| texts.get(&format!("import-row-{key}"));
        let with =
            |key: &str, places: &[(&str, &str)]| texts.with(&format!("import-row-{key}"), places);
        match self {
            Self::NotUtf8 => plain("utf8"),
            Self::Control => plain("control"),
            Self::Fields { found, expected } => {
                with("fields", &[("found", &text(found)), ("expected", &text(expected))])
            }
            Self::Empty { column } => with("empty", &[("column", column)]),
            Self::TooLong { column, limit } => {
                with("long", &[("column", column), ("limit", &text(limit))])
            }
            Self::LineBreak { column } => with("break", &[("column", column)]),
            Self::OpenQuote { column } => with("quote", &[("column", column)]),
            Self::CellError { column, word } => {
                with("error", &[("column", column), ("word", word)])
            }
            Self::TooManyBytes => plain("bytes"),
            Self::TooManyFields => plain("wide"),
            Self::Moment { word } => with("moment", &[("word", word)]),
            Self::MomentRange { word } => with("range", &[("word", word)]),
            Self::Level { word, known } => with("level", &[("word", word), ("known", known)]),
            Self::Stage { word } => with("stage", &[("word", word)]),
            Self::Channel(word) => with("channel", &[("word", word)]),
            Self::Dossier => plain("dossier"),
            Self::Unknown { what, code } => {
                with(&format!("unknown-{}", what.word()), &[("code", code)])
            }
            Self::Near { code, known } => with("near", &[("code", code), ("known", known)]),
            Self::Doubtful { code, doubt } => {
                let key = match doubt {
                    Doubt::Number => "number",
                    Doubt::Date => "date",
                    Doubt::YesNo => "yesno",
                };
                with(key, &[("code", code)])
            }
            Self::Conflict => plain("conflict"),
            Self::OtherTicket => plain("ticket"),
            Self::Sentence(sentence) => sentence.clone(),
        }
    }
}

impl Refusal {
    fn tell(&self, texts: &Texts) -> String {
        let (line, last) = (text(&self.line), text(&self.last));
        let reason = self.reason.tell(texts);
        if self.last > self.line {
            texts.with("import-lines", &[("line", &line), ("last", &last), ("reason", &reason)])
        } else {
            texts.with("import-line", &[("line", &line), ("reason", &reason)])
        }
    }
}

impl Note {
    /// The sentence.
    pub fn tell(&self, texts: &Texts) -> String {
        let (key, place, value) = match self {
            Self::ColumnMissing(name) => ("column-missing", "column", name.clone()),
            Self::ColumnUnused(name) => ("column-unused", "column", short(name)),
            Self::Spread(count) => ("spread", "count", text(count)),
            Self::OtherPrecision(count) => ("precision", "count", text(count)),
            Self::Comments(count) => ("comments", "count", text(count)),
            Self::UnknownDossiers(count) => ("dossiers", "count", text(count)),
            Self::OlderDossiers(count) => ("older", "count", text(count)),
            Self::Quarantined(count) => ("quarantined", "count", text(count)),
        };
        texts.with(&format!("import-note-{key}"), &[(place, &value)])
    }
}

impl Unread {
    /// The sentence.
    pub fn tell(&self, texts: &Texts) -> String {
        let names = |names: &[String]| {
            names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Folder => texts.get("import-unread-folder"),
            Self::Export => texts.get("import-unread-export"),
            Self::Other => texts.get("import-unread-other"),
            Self::Sheets(sheets) => {
                texts.with("import-unread-sheets", &[("sheets", &names(sheets))])
            }
            Self::Hidden(sheets) => {
                texts.with("import-unread-hidden", &[("sheets", &names(sheets))])
            }
        }
    }
}

impl Question {
    /// The question.
    pub fn tell(&self, texts: &Texts) -> String {
        match self {
            Self::MixedDates { column, dates, texts: written, line } => texts.with(
                "import-ask-mixed",
                &[
                    ("column", column),
                    ("dates", &text(dates)),
                    ("texts", &text(written)),
                    ("line", &text(line)),
                ],
            ),
            Self::MixedFormats { column, one, other, line } => texts.with(
                "import-ask-formats",
                &[("column", column), ("one", one), ("other", other), ("line", &text(line))],
            ),
            Self::FarMoments { column, count, line, word, code } => texts.with(
                "import-ask-far",
                &[
                    ("column", column),
                    ("count", &text(count)),
                    ("line", &text(line)),
                    ("word", word),
                    ("code", code),
                ],
            ),
        }
    }
}

impl FileFault {
    /// The sentence, about “the file”.
    pub fn tell(&self, texts: &Texts) -> String {
        let plain = |key: &str| texts.get(&format!("import-file-{key}"));
        let with =
            |key: &str, places: &[(&str, &str)]| texts.with(&format!("import-file-{key}"), places);
        match self {
            Self::Read(cause) => with("read", &[("cause", &text(cause))]),
            Self::Unpack(cause) => with("unpack", &[("cause", &text(cause))]),
            Self::Empty => plain("empty"),
            Self::NotUtf8 => plain("utf8"),
            Self::BrokenUtf16 => plain("utf16"),
            Self::Foreign(kind) => plain(kind.word()),
            Self::DamagedWorkbook => plain("damaged"),
            Self::Workbook(cause) => with("workbook", &[("cause", cause)]),
            Self::WorkbookTooLarge { limit_mib } => with("large", &[("limit", &text(limit_mib))]),
            Self::UnpacksTooLarge => plain("unpacks-large"),
            Self::TooManyCells(cells) => with("cells", &[("limit", &text(cells))]),
            Self::Unrecognised { first } => with("header", &[("first", first)]),
            Self::MissingColumns { kind, columns } => {
                let columns: Vec<_> = columns.iter().map(|name| format!("“{name}”")).collect();
                let columns = columns.join(", ");
                match kind {
                    Some(kind) => {
                        let kind = kind.name(texts);
                        with("columns-of", &[("columns", &columns), ("kind", &kind)])
                    }
                    None => with("columns", &[("columns", &columns)]),
                }
            }
            Self::ColumnTwice { column, .. } => with("twice", &[("column", column)]),
            Self::HugeLine { line } => with("line", &[("line", &text(line))]),
            Self::WideLine { line } => with("wide", &[("line", &text(line))]),
            Self::NoJournal => plain("no-journal"),
            Self::UnknownTablet { tablet, counter } => {
                with("tablet", &[("tablet", &text(tablet)), ("counter", counter)])
            }
            Self::CutJournal { said, found } => {
                with("cut", &[("said", &text(said)), ("found", &text(found))])
            }
            Self::ChangedLine { line, cause } => {
                with("changed", &[("line", &text(line)), ("cause", cause)])
            }
            Self::EndlessLine { line } => with("endless", &[("line", &text(line))]),
            Self::JournalGap { after, first } => {
                with("gap", &[("after", &text(after)), ("first", &text(first))])
            }
            Self::SalvagedGap { after, first, left } => {
                let (from, to) = (after + 1, first.saturating_sub(1));
                let places = [("from", text(&from)), ("to", text(&to)), ("left", text(left))];
                with("salvaged-gap", &places.each_ref().map(|(name, said)| (*name, said.as_str())))
            }
            Self::SealedForAnother => plain("sealed-another"),
            Self::SealedCut => plain("sealed-cut"),
            Self::SealedChanged => plain("sealed-changed"),
            Self::JournalFork { line } => with("fork", &[("line", &text(line))]),
        }
    }
}

impl FileOutcome {
    /// What became of the file, in several lines.
    pub fn tell(&self, texts: &Texts) -> String {
        let mut told = self.headline(texts);
        if let Some(fault) = &self.fault {
            let begin = if self.kind.is_some() { "\n  " } else { " " };
            let _ = write!(told, "{begin}{}", fault.tell(texts));
        }
        for why in &self.unread {
            let begin = if self.kind.is_some() || self.fault.is_some() { "\n  " } else { " " };
            let _ = write!(told, "{begin}{}", why.tell(texts));
        }
        for question in &self.questions {
            let question = question.tell(texts);
            let question = texts.with("import-question", &[("question", &question)]);
            let _ = write!(told, "\n  {question}");
        }
        for note in &self.notes {
            let note = texts.with("import-note", &[("note", &note.tell(texts))]);
            let _ = write!(told, "\n  {note}");
        }
        for refusal in self.refusals.iter().take(REFUSALS_SHOWN) {
            let _ = write!(told, "\n  {}", refusal.tell(texts));
        }
        if self.refused > REFUSALS_SHOWN as u64 {
            let more = text(&(self.refused - REFUSALS_SHOWN as u64));
            let _ = write!(told, "\n  {}", texts.with("import-more", &[("count", &more)]));
        }
        told
    }

    /// The file, what it is, and the numbers.
    fn headline(&self, texts: &Texts) -> String {
        let Some(kind) = self.kind else { return format!("{}:", self.file) };
        let (file, name) = (self.file.as_str(), kind.name(texts));
        if !kind.is_imported() {
            return texts.with("import-recognised", &[("file", file), ("kind", &name)]);
        }
        if !self.questions.is_empty() {
            return texts.with("import-asked", &[("file", file), ("kind", &name)]);
        }
        let key =
            if kind == super::Kind::Journals { "import-events-read" } else { "import-rows-read" };
        let mut told = texts.with(
            key,
            &[
                ("file", file),
                ("kind", &name),
                ("rows", &text(&self.rows)),
                ("new", &text(&self.new)),
                ("changed", &text(&self.changed)),
                ("there", &text(&self.already_there)),
                ("refused", &text(&self.refused)),
            ],
        );
        if self.taken_along > 0 {
            let count = text(&self.taken_along);
            told.push_str(&texts.with("import-taken-along", &[("count", &count)]));
        }
        told
    }
}

/// As the command line and logs say it.
impl fmt::Display for FileOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(locales::texts("en")))
    }
}

/// All files, one after the other, for the command line.
pub fn summary(outcomes: &[FileOutcome], texts: &Texts) -> String {
    outcomes.iter().fold(String::new(), |mut told, outcome| {
        told.push_str(&outcome.tell(texts));
        told.push('\n');
        told
    })
}
