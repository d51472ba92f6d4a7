//! A list read whole for the preview of a page: the same reading as an import has, within limits that an
//! upload by a browser may not pass.

use super::cells::Cells;
use super::find_header::find_header;
use super::header::{Column, KnownHeader, TableLayout};
use super::outcome::{Doubt, FileFault, Reason, Unread};
use super::row::{ReadStep, TableRow};
use super::source::{Content, Opened, Source};
use super::workbook::Size;
use locales::Texts;
use serde::{Deserialize, Serialize};

/// Fields of a row that are looked at together; the longest row of a list has under 2 KiB.
const ROW_BYTES: usize = 16 * 1024;

/// A row of a list, as a page carries it from its preview to its storing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ListRow {
    /// Its line.
    pub line: u64,
    /// The last line that belongs to it.
    pub last: u64,
    /// Its fields by column; none where the file has no such column.
    pub fields: Vec<Option<String>>,
    /// What a spreadsheet program may have made of codes, by column.
    pub doubts: Vec<(usize, Doubt)>,
    /// Why it can not be read, in the reader's language.
    pub refusal: Option<String>,
}

impl ListRow {
    /// A field; none where the file has no such column.
    pub fn text(&self, column: usize) -> Option<String> {
        self.fields.get(column).cloned().flatten()
    }

    /// What a spreadsheet program may have made of it.
    pub fn doubt(&self, column: usize) -> Option<Doubt> {
        self.doubts.iter().find(|(at, _)| *at == column).map(|(_, doubt)| *doubt)
    }

    /// The row of what was read.
    fn of(row: &TableRow, layout: &TableLayout, texts: &Texts) -> Self {
        let (line, last) = row.lines();
        let read = if row.fields().map(str::len).sum::<usize>() > ROW_BYTES {
            Err(Reason::TooManyBytes)
        } else {
            Cells::new(row, layout).and_then(|cells| cells.all())
        };
        match read {
            Ok((fields, doubts)) => Self { line, last, fields, doubts, refusal: None },
            Err(reason) => Self::refused((line, last), &reason, texts),
        }
    }

    /// A row that can not be read.
    fn refused((line, last): (u64, u64), reason: &Reason, texts: &Texts) -> Self {
        let refusal = Some(reason.tell(texts));
        Self { line, last, fields: Vec::new(), doubts: Vec::new(), refusal }
    }
}

/// A list that was read.
pub(crate) struct ListFile {
    /// Its rows.
    pub rows: Vec<ListRow>,
    /// What of the file was not read.
    pub unread: Vec<Unread>,
}

/// The rows below a header with these columns, of a CSV text or of all sheets of a workbook that
/// have it: at most `most` of them; none when there are more.
pub(crate) fn list_of(
    bytes: &[u8],
    columns: Vec<Column>,
    most: usize,
    texts: &Texts,
) -> Result<Option<ListFile>, FileFault> {
    let wanted = [KnownHeader { kind: None, columns }];
    let mut list = ListFile { rows: Vec::new(), unread: Vec::new() };
    let mut take = |(mut opened, layout): (Opened<'_>, TableLayout)| {
        take(&mut opened, &layout, most, texts, &mut list.rows)
    };
    match Source::Bytes("", bytes).open(&wanted, Size::OF_UPLOADS)? {
        Content::Text(opened) => {
            if !take(find_header(*opened, &wanted)?)? {
                return Ok(None);
            }
        }
        Content::Book(mut book) => {
            let (mut first, mut others, mut found) = (None, Vec::new(), false);
            for sheet in book.sheets.clone() {
                match find_header(book.table(&sheet)?.into(), &wanted) {
                    Ok(opened) => {
                        found = true;
                        if !take(opened)? {
                            return Ok(None);
                        }
                    }
                    Err(FileFault::Empty) => {}
                    Err(fault) => {
                        others.push(sheet);
                        // Of several, that of the sheet that comes closest.
                        if first.is_none() || !matches!(fault, FileFault::Unrecognised { .. }) {
                            first = Some(fault);
                        }
                    }
                }
            }
            if !found {
                return Err(first.unwrap_or(FileFault::Empty));
            }
            if !others.is_empty() {
                list.unread.push(Unread::Sheets(others));
            }
            if !book.hidden.is_empty() {
                list.unread.push(Unread::Hidden(book.hidden));
            }
        }
    }
    Ok(Some(list))
}

/// Takes the rows of one table in; whether there were few enough. Where it can not be read on, those
/// before are taken.
pub(super) fn take(
    opened: &mut Opened<'_>,
    layout: &TableLayout,
    most: usize,
    texts: &Texts,
    rows: &mut Vec<ListRow>,
) -> Result<bool, FileFault> {
    let mut row = TableRow::default();
    loop {
        match opened.table.next(&mut row)? {
            ReadStep::End => return Ok(true),
            ReadStep::Row if row.is_blank() => continue,
            ReadStep::Row => rows.push(ListRow::of(&row, layout, texts)),
            ReadStep::Unreadable(lines, reason) => {
                rows.push(ListRow::refused(lines, &reason, texts));
            }
        }
        if rows.len() > most {
            return Ok(false);
        }
    }
}
