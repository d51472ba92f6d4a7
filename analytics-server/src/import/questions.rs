//! What is unclear about a whole file: signs that a spreadsheet program took days for months, which no
//! single row shows. A person answers before anything of the file is stored.

use super::header::{ColumnContent, TableLayout};
use super::kind::Kind;
use super::moments::{MomentFormat, written};
use super::question::Question;
use super::row::{CellKind, TableRow};
use super::words::{code_date, short, stage_of};
use crate::table_files::as_typed;
use jiff::civil::Date;
use protocol::Stage;

/// Days between a dossier's own date and a moment from which nobody believes it unasked.
const FAR: i32 = 31;
/// From so many days on it is asked where day and month changed places would fit.
const SWAPPED: i32 = 20;
/// Days within which a result is returned as a rule.
const SOON: i32 = 7;
/// Of so many rows one may have been returned late, and fit by chance with day and month changed.
const CHANCE: u64 = 10;

/// Looks through the rows of a table.
pub(super) struct Survey {
    columns: Vec<Column>,
    /// The column of dossiers' codes, and that of the stage.
    code: Option<usize>,
    stage: Option<usize>,
    /// Rows with a date in their dossier's code.
    dated: u64,
}

/// How near a moment is to the date of its dossier's code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nearness {
    /// On it, as a reception is.
    Exact,
    /// Some time after it.
    After,
}

impl Survey {
    /// Looks at the columns that hold moments.
    pub fn of(kind: Kind, layout: &TableLayout) -> Self {
        let (code, stage) = match kind {
            Kind::Ratings => (Some(3), Some(4)),
            Kind::Dossiers => (Some(0), None),
            _ => (None, None),
        };
        let asked = matches!(kind, Kind::Ratings | Kind::Dossiers | Kind::Tickets);
        let all = layout.columns.iter().enumerate();
        let moments = all
            .filter(|(at, one)| asked && one.content == ColumnContent::Moment && layout.has(*at));
        let columns = moments.map(|(at, _)| Column::new(at, layout.name(at))).collect();
        Self { columns, code, stage, dated: 0 }
    }

    /// Looks at a row.
    pub fn look(&mut self, row: &TableRow, layout: &TableLayout) {
        let place = |column: usize| layout.places.get(column).copied().flatten();
        let field = |column: Option<usize>| {
            let field = column.and_then(place).and_then(|place| row.field(place));
            as_typed(field.unwrap_or_default().trim())
        };
        let code = field(self.code);
        let dated = code_date(code);
        self.dated += u64::from(dated.is_some());
        let received = self.stage.map(|_| stage_of(field(self.stage)) == Some(Stage::Receive));
        for (nth, column) in self.columns.iter_mut().enumerate() {
            let text = field(Some(column.at));
            let Some(place) = place(column.at).filter(|_| !text.is_empty()) else { continue };
            let found = written(text);
            column.look(row.cell(place), text, row.line, found);
            if let (Some(dated), Some((date, _))) = (dated, found) {
                // A dossier is received on the date of its code, and rated then at its reception.
                let exact = received.unwrap_or(nth == 0);
                let near = if exact { Nearness::Exact } else { Nearness::After };
                column.compare((row.line, text, code), dated, date, near);
            }
        }
    }

    /// What has to be asked.
    pub fn questions(self) -> Vec<Question> {
        let dated = self.dated;
        self.columns.into_iter().flat_map(|column| column.questions(dated)).collect()
    }
}

/// What is known of a column of moments.
struct Column {
    /// Its place among the columns that are looked for.
    at: usize,
    name: String,
    dates: u64,
    texts: u64,
    /// The row where the second of the two kinds began.
    turned: u64,
    formats: Vec<SeenMomentFormat>,
    /// Moments far from the code's date, and those that would fit with day and month changed.
    far: FarMoments,
    swapped: FarMoments,
}

/// A format of moments that was seen, with the first moment in it.
struct SeenMomentFormat {
    format: MomentFormat,
    line: u64,
    word: String,
    /// Whether one of its days is above 12, so that nobody can take it for a month.
    plain: bool,
}

/// How many moments, and the first: line, moment, code.
#[derive(Default)]
struct FarMoments {
    count: u64,
    first: Option<(u64, String, String)>,
}

impl FarMoments {
    fn add(&mut self, (line, word, code): (u64, &str, &str)) {
        self.count += 1;
        self.first.get_or_insert_with(|| (line, short(word), short(code)));
    }
}

impl Column {
    fn new(at: usize, name: String) -> Self {
        let (far, swapped) = (FarMoments::default(), FarMoments::default());
        Self { at, name, dates: 0, texts: 0, turned: 0, formats: Vec::new(), far, swapped }
    }

    fn look(&mut self, cell: CellKind, text: &str, line: u64, found: Option<(Date, MomentFormat)>) {
        let (dates, texts) = (self.dates, self.texts);
        match cell {
            CellKind::Date => self.dates += 1,
            // A note or a sum below the rows is no moment.
            CellKind::Text if looks_like_date(text) => self.texts += 1,
            _ => {}
        }
        if (dates == 0) != (texts == 0) && self.dates > 0 && self.texts > 0 && self.turned == 0 {
            self.turned = line;
        }
        if let Some((date, format)) = found.filter(|_| cell == CellKind::Text) {
            let plain = date.day() > 12;
            match self.formats.iter_mut().find(|seen| seen.format == format) {
                Some(seen) => seen.plain |= plain,
                None => {
                    self.formats.push(SeenMomentFormat { format, line, word: short(text), plain });
                }
            }
        }
    }

    fn compare(&mut self, told: (u64, &str, &str), dated: Date, date: Date, near: Nearness) {
        let days = |date: Date| (date - dated).get_days();
        let away = days(date);
        // Day and month changed places.
        let turned = Date::new(date.year(), date.day(), date.month()).ok().map(days);
        let fits = |most: i32| turned.is_some_and(|turned| (0..=most).contains(&turned));
        let exact = near == Nearness::Exact;
        if away < -FAR || (exact && (away > FAR || (away.abs() >= SWAPPED && fits(1)))) {
            self.far.add(told);
        } else if away.abs() > FAR && fits(SOON) {
            self.swapped.add(told);
        }
    }

    fn questions(self, with_date: u64) -> Vec<Question> {
        let mut questions = Vec::new();
        if self.dates > 0 && self.texts > 0 {
            let (column, dates, texts) = (self.name.clone(), self.dates, self.texts);
            questions.push(Question::MixedDates { column, dates, texts, line: self.turned });
        } else if let Some((one, other)) = mixed(&self.formats) {
            questions.push(Question::MixedFormats {
                column: self.name.clone(),
                one: one.word.clone(),
                other: other.word.clone(),
                line: other.line,
            });
        }
        let many = self.swapped.count > 0 && self.swapped.count * CHANCE >= with_date;
        let told = match (self.far.count, many) {
            (0, false) => None,
            (0, true) => Some(self.swapped),
            _ => Some(self.far),
        };
        if let Some(FarMoments { count, first: Some((line, word, code)) }) = told {
            questions.push(Question::FarMoments { column: self.name, count, line, word, code });
        }
        questions
    }
}

/// Two formats in one column, of which the second has no day above 12 although the first has: the
/// rows of the second may be those whose day a program took for a month, and wrote anew.
fn mixed(formats: &[SeenMomentFormat]) -> Option<(&SeenMomentFormat, &SeenMomentFormat)> {
    let plain = formats.iter().filter(|seen| seen.plain);
    plain.flat_map(|one| formats.iter().map(move |other| (one, other))).find(|(one, other)| {
        let alike = formats.iter().filter(|third| !differ(&third.format, &other.format));
        differ(&one.format, &other.format) && alike.into_iter().all(|third| !third.plain)
    })
}

/// Whether two moments can not have been written by one program in one way.
fn differ(one: &MomentFormat, other: &MomentFormat) -> bool {
    let zeros = one.zeros.iter().zip(&other.zeros);
    let zeros = zeros.filter_map(|(one, other)| one.zip(*other)).any(|(one, other)| one != other);
    let rest =
        |format: &MomentFormat| (format.year_first, format.sign, format.seconds, format.halves);
    zeros || rest(one) != rest(other)
}

/// Whether a text is a date in some format, also in one that is not read.
fn looks_like_date(text: &str) -> bool {
    let date = text.split_whitespace().find(|word| !word.contains(':')).unwrap_or_default();
    let parts: Vec<&str> = date.split(['/', '-', '.']).collect();
    parts.len() == 3 && parts.iter().all(|part| number_like(part))
}

fn number_like(part: &str) -> bool {
    (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
}
