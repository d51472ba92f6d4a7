//! The columns by which each kind of file is recognised. Columns may stand in any order; their names
//! are compared without regard to case, marks, spaces and letters without shape, in every language
//! that pages are read in.

use super::fields::{FieldType, column, specs};
use super::header::{Column, Holds, KnownHeader};
use super::kind::Kind;
use crate::storage::register::Noun;
use locales::{Texts, languages_of};
use std::sync::LazyLock;

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
    let one = |(name, what): &(&'static str, FieldType)| {
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
const fn may_miss(what: FieldType) -> bool {
    matches!(what, FieldType::Word(_) | FieldType::Site | FieldType::Counter)
}

const fn holds(what: FieldType) -> Holds {
    match what {
        FieldType::Code | FieldType::Department | FieldType::Site | FieldType::Counter => {
            Holds::Code
        }
        FieldType::Name | FieldType::Field | FieldType::Word(_) => Holds::Text,
        FieldType::SiteKind | FieldType::Days => Holds::Word,
    }
}

/// The columns of a kind, in the order in which its reader names them.
fn columns_of(kind: Kind) -> &'static [Column] {
    let place = Kind::ALL.iter().position(|one| *one == kind);
    place.and_then(|place| COLUMNS.get(place)).map_or(&[], Vec::as_slice)
}

/// The headers of everything that is imported, and of what is recognised to say that it is not.
pub(super) fn known_headers() -> Vec<KnownHeader> {
    let one = |kind: Kind| KnownHeader { kind: Some(kind), columns: columns_of(kind).to_vec() };
    Kind::ALL.into_iter().map(one).filter(|wanted| !wanted.columns.is_empty()).collect()
}
