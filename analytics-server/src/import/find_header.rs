//! Reading a table up to its header, which may stand below a letterhead and a title.

use super::header::{KnownHeader, TableLayout, recognise};
use super::outcome::{FileFault, Reason};
use super::row::{ReadStep, TableRow};
use super::source::{HEADER_ROWS, Opened};
use super::words::short;

/// Reads up to the header.
pub(super) fn find_header<'a>(
    mut opened: Opened<'a>,
    wanted: &[KnownHeader],
) -> Result<(Opened<'a>, TableLayout), FileFault> {
    let (mut first, mut partial) = (None, None);
    let mut row = TableRow::default();
    for _ in 0..HEADER_ROWS {
        match opened.table.next(&mut row)? {
            ReadStep::Unreadable((line, _), Reason::TooManyBytes) => {
                return Err(FileFault::HugeLine { line });
            }
            ReadStep::Unreadable((line, _), Reason::TooManyFields) => {
                return Err(FileFault::WideLine { line });
            }
            // A title with an odd letter is no header.
            ReadStep::Unreadable(_, Reason::Control)
                if row.fields().all(|one| !one.contains('\0')) =>
            {
                first.get_or_insert_with(|| line(&row));
            }
            ReadStep::Unreadable(..) => return Err(FileFault::NotUtf8),
            ReadStep::End => break,
            ReadStep::Row if row.is_blank() => {}
            ReadStep::Row => {
                match recognise(row.fields(), wanted) {
                    Ok(Some(layout)) => return Ok((opened, layout)),
                    Ok(None) => {}
                    // A row further down may be the whole header.
                    Err(fault) => drop(partial.get_or_insert(fault)),
                }
                first.get_or_insert_with(|| line(&row));
            }
        }
    }
    Err(partial
        .or_else(|| first.map(|first| FileFault::Unrecognised { first }))
        .unwrap_or(FileFault::Empty))
}

/// The beginning of a row.
fn line(row: &TableRow) -> String {
    short(&row.fields().map(str::trim).collect::<Vec<_>>().join(","))
}
