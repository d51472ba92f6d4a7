//! The columns by which each kind of file is recognised. Columns may stand in any order; their names
//! are compared without regard to case, marks, spaces and letters without shape, in every language
//! that pages are read in.

use super::fields::{FieldType, column, specs};
use super::header::{Column, ColumnContent, KnownHeader};
use super::kind::Kind;
use super::other_names::with_other_names;
use crate::storage::register::Noun;
use locales::{Texts, languages_of};
use std::sync::LazyLock;

/// Name, whether the file can not be without it, what it holds.
pub(crate) type Spec = (&'static str, bool, ColumnContent);

const RATINGS: [Spec; 7] = [
    ("Thời điểm", true, ColumnContent::Moment),
    ("Quầy", true, ColumnContent::Code),
    ("Mã công chức", true, ColumnContent::Code),
    ("Mã hồ sơ", false, ColumnContent::Code),
    ("Khâu", false, ColumnContent::Word),
    ("Mức độ", true, ColumnContent::Word),
    ("Lý do", false, ColumnContent::Text),
];
const DOSSIERS: [Spec; 9] = [
    ("Mã hồ sơ", true, ColumnContent::Code),
    ("Mã thủ tục", true, ColumnContent::Code),
    ("Hình thức tiếp nhận", true, ColumnContent::Word),
    ("Ngày tiếp nhận", true, ColumnContent::Moment),
    ("Ngày hẹn trả", true, ColumnContent::Moment),
    ("Ngày trả kết quả", true, ColumnContent::Moment),
    ("Trạng thái", true, ColumnContent::Text),
    ("Mã công chức tiếp nhận", false, ColumnContent::Code),
    ("Quầy", false, ColumnContent::Code),
];
const TICKETS: [Spec; 5] = [
    ("Số thứ tự", true, ColumnContent::Code),
    ("Quầy", true, ColumnContent::Code),
    ("Giờ lấy số", true, ColumnContent::Moment),
    ("Giờ gọi", true, ColumnContent::Moment),
    ("Giờ hoàn thành", true, ColumnContent::Moment),
];
const PETITIONS: [Spec; 6] = [
    ("Mã", true, ColumnContent::Code),
    ("Kênh tiếp nhận", true, ColumnContent::Word),
    ("Phân loại", true, ColumnContent::Word),
    ("Nội dung", true, ColumnContent::Text),
    ("Ngày nhận", true, ColumnContent::Moment),
    ("Hạn xử lý", true, ColumnContent::Moment),
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
    let one = |(name, required, content): &Spec| {
        let names = with_other_names(vec![(*name).to_owned()]);
        let column = Column::new(names, *required, *content);
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
        Column::new(names, !may_miss(*what), content(*what))
    };
    specs(noun).iter().map(one).collect()
}

/// The columns of a list: name, whether a file can not be without it, what it holds.
pub(crate) fn columns(specs: &[Spec], label: fn(&str, &Texts) -> String) -> Vec<Column> {
    let one = |(name, required, content): &Spec| {
        Column::new(names(|texts| label(name, texts)), *required, *content)
    };
    specs.iter().map(one).collect()
}

/// A label in every language of the administration, Vietnamese first, and what files call it as well.
pub(crate) fn names(label: impl Fn(&Texts) -> String) -> Vec<String> {
    with_other_names(languages_of("admin").map(|code| label(locales::texts(code))).collect())
}

/// Whether a list's file can do without a field: what is stored stays.
const fn may_miss(what: FieldType) -> bool {
    matches!(what, FieldType::Word(_) | FieldType::Site | FieldType::Counter)
}

const fn content(what: FieldType) -> ColumnContent {
    match what {
        FieldType::Code | FieldType::Department | FieldType::Site | FieldType::Counter => {
            ColumnContent::Code
        }
        FieldType::Name | FieldType::Field | FieldType::Word(_) => ColumnContent::Text,
        FieldType::SiteKind | FieldType::Days => ColumnContent::Word,
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
