//! What a file is, told by its header. Columns may stand in any order; their names are compared
//! without regard to case, spaces and the two ways Unicode writes Vietnamese letters.

use super::outcome::FileFault;
use super::words::plain;
use std::fmt;

/// A kind of file, in the order in which they have to be imported: what others name comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
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

/// A column of a kind of file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its name as the one-stop software writes it.
    pub name: &'static str,
    /// Without it the file can not be imported.
    pub required: bool,
}

const fn must(name: &'static str) -> Column {
    Column { name, required: true }
}

const fn may(name: &'static str) -> Column {
    Column { name, required: false }
}

const DEPARTMENTS: [Column; 3] = [must("Mã"), must("Tên cơ quan"), may("Đầu số thứ tự")];
const COUNTERS: [Column; 3] = [must("Mã"), must("Tên quầy"), must("Mã cơ quan")];
const OFFICERS: [Column; 5] =
    [must("Mã"), must("Họ và tên"), must("Chức danh"), must("Mã cơ quan"), may("Mã quầy")];
const PROCEDURES: [Column; 5] = [
    must("Mã"),
    must("Tên thủ tục"),
    must("Lĩnh vực"),
    must("Mã cơ quan"),
    must("Số ngày làm việc"),
];
const RATINGS: [Column; 7] = [
    must("Thời điểm"),
    must("Quầy"),
    must("Mã công chức"),
    may("Mã hồ sơ"),
    may("Khâu"),
    must("Mức độ"),
    may("Lý do"),
];
const DOSSIERS: [Column; 9] = [
    must("Mã hồ sơ"),
    must("Mã thủ tục"),
    must("Hình thức tiếp nhận"),
    must("Ngày tiếp nhận"),
    must("Ngày hẹn trả"),
    must("Ngày trả kết quả"),
    must("Trạng thái"),
    may("Mã công chức tiếp nhận"),
    may("Quầy"),
];
const TICKETS: [Column; 5] =
    [must("Số thứ tự"), must("Quầy"), must("Giờ lấy số"), must("Giờ gọi"), must("Giờ hoàn thành")];
const PETITIONS: [Column; 6] = [
    must("Mã"),
    must("Kênh tiếp nhận"),
    must("Phân loại"),
    must("Nội dung"),
    must("Ngày nhận"),
    must("Hạn xử lý"),
];

impl Kind {
    /// All kinds, in the order of their import.
    pub const ALL: [Self; 9] = [
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

    /// The name used in summaries.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Departments => "departments",
            Self::Counters => "counters",
            Self::Officers => "officers",
            Self::Procedures => "procedures",
            Self::Ratings => "ratings",
            Self::Journals => "a tablet's journal",
            Self::Dossiers => "dossiers",
            Self::Tickets => "queue tickets",
            Self::Petitions => "petitions",
        }
    }

    /// Whether this version stores it.
    pub const fn is_imported(self) -> bool {
        !matches!(self, Self::Petitions)
    }

    /// What its lines are called.
    pub const fn lines(self) -> &'static str {
        if matches!(self, Self::Journals) { "events" } else { "rows" }
    }

    /// Its columns, in the order the room that reads it names them.
    pub(super) fn columns(self) -> &'static [Column] {
        match self {
            Self::Departments => &DEPARTMENTS,
            Self::Counters => &COUNTERS,
            Self::Officers => &OFFICERS,
            Self::Procedures => &PROCEDURES,
            Self::Ratings => &RATINGS,
            // Told by its first line, which is no header.
            Self::Journals => &[],
            Self::Dossiers => &DOSSIERS,
            Self::Tickets => &TICKETS,
            Self::Petitions => &PETITIONS,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A recognised header.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// What the file is.
    pub kind: Kind,
    /// For each of the kind's columns, where it stands in the file.
    pub places: Vec<Option<usize>>,
    /// Number of columns in the file, without empty ones at the end.
    pub width: usize,
    /// What a reader should know: columns that are not there or not used.
    pub notes: Vec<String>,
}

/// Reads a row as a header: `Ok(None)` when it is none, an error when it is one with a fault.
pub(super) fn recognise<'a>(
    row: impl Iterator<Item = &'a str>,
) -> Result<Option<Layout>, FileFault> {
    let mut raw: Vec<&str> = row.collect();
    while raw.last().is_some_and(|name| name.trim().is_empty()) {
        raw.pop();
    }
    let names: Vec<String> = raw.iter().map(|name| plain(name)).collect();
    let Some(kind) = best_kind(&names) else { return Ok(None) };
    let columns = kind.columns();
    let mut places = Vec::with_capacity(columns.len());
    let mut notes = Vec::new();
    for column in columns {
        let wanted = plain(column.name);
        let mut found = names.iter().enumerate().filter(|(_, name)| **name == wanted);
        let place = found.next().map(|(place, _)| place);
        if found.next().is_some() {
            return Err(FileFault::ColumnTwice { kind, column: column.name });
        }
        if place.is_none() && column.required {
            return Err(FileFault::MissingColumn { kind, column: column.name });
        }
        if place.is_none() {
            notes.push(format!("there is no column “{}”; its field stays empty", column.name));
        }
        places.push(place);
    }
    if kind.is_imported() {
        let unused = raw
            .iter()
            .enumerate()
            .filter(|(at, name)| !name.trim().is_empty() && !places.contains(&Some(*at)));
        notes.extend(unused.map(|(_, name)| format!("the column “{}” is not used", name.trim())));
    }
    Ok(Some(Layout { kind, places, width: raw.len(), notes }))
}

/// The kind with the largest part of its columns in the row: at least half of them and at least
/// two, since a title line or a row of values has hardly one.
fn best_kind(names: &[String]) -> Option<Kind> {
    let mut best: Option<(usize, usize, Kind)> = None;
    for kind in Kind::ALL {
        let columns = kind.columns();
        let found = columns.iter().filter(|column| names.contains(&plain(column.name))).count();
        if found < 2 || found * 2 < columns.len() {
            continue;
        }
        // found / all > best found / best all, in whole numbers; with equal parts, more columns.
        let better =
            best.is_none_or(|(most, of, _)| (found * of, found) > (most * columns.len(), most));
        if better {
            best = Some((found, columns.len(), kind));
        }
    }
    best.map(|(_, _, kind)| kind)
}
