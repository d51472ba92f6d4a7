//! What a file is, told by its header. Columns may stand in any order; their names are compared
//! without regard to case, marks, spaces and letters without shape, in every language that pages
//! are read in.

use super::fields::{What, column, specs};
use super::header::Column;
use crate::storage::register::Noun;
use locales::{Texts, languages_of};
use std::sync::LazyLock;

/// A kind of file, in the order in which they have to be imported: what others name comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Địa điểm.
    Sites,
    /// Cơ quan.
    Departments,
    /// Quầy.
    Counters,
    /// Công chức, viên chức.
    Officers,
    /// Thủ tục hành chính.
    Procedures,
    /// Hồ sơ.
    Dossiers,
    /// Lượt lấy số.
    Tickets,
    /// Lượt đánh giá.
    Ratings,
    /// The journal of a tablet, carried here.
    Journals,
    /// Phản ánh, kiến nghị: recognised, not imported.
    Petitions,
}

/// What a column of a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A code, letter by letter.
    Code,
    /// A name or free text: its line breaks become spaces.
    Text,
    /// One of a few words, or a number.
    Word,
    /// A moment or a day.
    Moment,
}

/// Name, whether the file can not be without it, what it holds.
type Spec = (&'static str, bool, Holds);

const RATINGS: [Spec; 7] = [
    ("Thời điểm", true, Holds::Moment),
    ("Quầy", true, Holds::Code),
    ("Mã công chức", true, Holds::Code),
    ("Mã hồ sơ", false, Holds::Code),
    ("Khâu", false, Holds::Word),
    ("Mức độ", true, Holds::Word),
    ("Lý do", false, Holds::Text),
];
const DOSSIERS: [Spec; 9] = [
    ("Mã hồ sơ", true, Holds::Code),
    ("Mã thủ tục", true, Holds::Code),
    ("Hình thức tiếp nhận", true, Holds::Word),
    ("Ngày tiếp nhận", true, Holds::Moment),
    ("Ngày hẹn trả", true, Holds::Moment),
    ("Ngày trả kết quả", true, Holds::Moment),
    ("Trạng thái", true, Holds::Text),
    ("Mã công chức tiếp nhận", false, Holds::Code),
    ("Quầy", false, Holds::Code),
];
const TICKETS: [Spec; 5] = [
    ("Số thứ tự", true, Holds::Code),
    ("Quầy", true, Holds::Code),
    ("Giờ lấy số", true, Holds::Moment),
    ("Giờ gọi", true, Holds::Moment),
    ("Giờ hoàn thành", true, Holds::Moment),
];
const PETITIONS: [Spec; 6] = [
    ("Mã", true, Holds::Code),
    ("Kênh tiếp nhận", true, Holds::Word),
    ("Phân loại", true, Holds::Word),
    ("Nội dung", true, Holds::Text),
    ("Ngày nhận", true, Holds::Moment),
    ("Hạn xử lý", true, Holds::Moment),
];

/// The columns of every kind, in the order of [`Kind::ALL`].
static COLUMNS: LazyLock<Vec<Vec<Column>>> = LazyLock::new(|| {
    Kind::ALL.into_iter().map(|kind| kind.noun().map_or_else(|| fixed(kind), listed)).collect()
});

/// Columns that have a name in Vietnamese alone: other software writes them.
fn fixed(kind: Kind) -> Vec<Column> {
    let specs: &[Spec] = match kind {
        Kind::Ratings => &RATINGS,
        Kind::Dossiers => &DOSSIERS,
        Kind::Tickets => &TICKETS,
        Kind::Petitions => &PETITIONS,
        // A journal is told by its first line, which is no header; lists have fields.
        _ => &[],
    };
    let one = |(name, required, holds): &Spec| {
        let column = Column::new([(*name).to_owned()], *required, *holds);
        // A dossier may be open, a number not called, a person gone.
        let empty = matches!(*name, "Ngày trả kết quả" | "Giờ gọi" | "Giờ hoàn thành");
        if empty { column.may_be_empty() } else { column }
    };
    specs.iter().map(one).collect()
}

/// Columns of a list that pages and files share: their names in each language.
pub(crate) fn listed(noun: Noun) -> Vec<Column> {
    let one = |(name, what): &(&'static str, What)| {
        let names = names(|texts| column(noun, name, texts));
        Column::new(names, !may_miss(*what), holds(*what))
    };
    specs(noun).iter().map(one).collect()
}

/// A label in every language of the administration, Vietnamese first.
pub(crate) fn names(label: impl Fn(&Texts) -> String) -> Vec<String> {
    languages_of("admin").map(|code| label(locales::texts(code))).collect()
}

/// Whether a list's file can do without a field: what is stored stays.
const fn may_miss(what: What) -> bool {
    matches!(what, What::Word(_) | What::Site | What::Counter)
}

const fn holds(what: What) -> Holds {
    match what {
        What::Code | What::Department | What::Site | What::Counter => Holds::Code,
        What::Name | What::Field | What::Word(_) => Holds::Text,
        What::SiteKind | What::Days => Holds::Word,
    }
}

impl Kind {
    /// All kinds, in the order of their import.
    pub const ALL: [Self; 10] = [
        Self::Sites,
        Self::Departments,
        Self::Counters,
        Self::Officers,
        Self::Procedures,
        Self::Dossiers,
        Self::Tickets,
        Self::Ratings,
        Self::Journals,
        Self::Petitions,
    ];

    /// The word in the keys of its sentences.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sites => "sites",
            Self::Departments => "departments",
            Self::Counters => "counters",
            Self::Officers => "officers",
            Self::Procedures => "procedures",
            Self::Ratings => "ratings",
            Self::Journals => "journals",
            Self::Dossiers => "dossiers",
            Self::Tickets => "tickets",
            Self::Petitions => "petitions",
        }
    }

    /// Its name in the reader's language.
    pub fn name(self, texts: &Texts) -> String {
        texts.get(&format!("import-kind-{}", self.word()))
    }

    /// Whether this version stores it.
    pub const fn is_imported(self) -> bool {
        !matches!(self, Self::Petitions)
    }

    /// The list that its rows are entries of.
    pub(crate) const fn noun(self) -> Option<Noun> {
        match self {
            Self::Sites => Some(Noun::Site),
            Self::Departments => Some(Noun::Department),
            Self::Counters => Some(Noun::Counter),
            Self::Officers => Some(Noun::Officer),
            Self::Procedures => Some(Noun::Procedure),
            _ => None,
        }
    }

    /// Its columns, in the order the room that reads it names them.
    pub(crate) fn columns(self) -> &'static [Column] {
        let place = Self::ALL.iter().position(|kind| *kind == self);
        place.and_then(|place| COLUMNS.get(place)).map_or(&[], Vec::as_slice)
    }
}
