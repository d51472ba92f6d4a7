//! A small table read whole, for a page that shows what it would change: the same reading as an
//! import has, within limits that a browser's upload may not pass.

use super::outcome::FileFault;
use super::source::Source;
use super::table::{Row, Step, Table};
use super::unpacked;
use super::workbook::{self, Size};

/// Unpacked bytes and cells of an uploaded workbook: fifty times what five thousand rows need.
const SIZE: Size = Size { unpacked: 64 * 1024 * 1024, cells: 1_000_000 };

/// One line of a table: its number, and its fields unless it can not be read.
pub type Line = (u64, Option<Vec<String>>);

/// The lines of a CSV text or of a workbook's first sheet, at most `most` of them; none when there
/// are more. Empty lines are left out.
pub fn lines(bytes: &[u8], most: usize) -> Result<Option<Vec<Line>>, FileFault> {
    let mut table = if bytes.starts_with(b"PK\x03\x04") {
        if !unpacked::fits(bytes, SIZE.unpacked) {
            return Err(FileFault::Workbook("it is damaged or unpacks to too much".into()));
        }
        Table::Sheet(Box::new(workbook::open_within(bytes, SIZE)?))
    } else {
        Source::Bytes("", bytes).open()?.table
    };
    let (mut found, mut row) = (Vec::new(), Row::default());
    loop {
        match table.next(&mut row)? {
            Step::End => return Ok(Some(found)),
            Step::Row if row.is_blank() => continue,
            Step::Row => found.push((row.line, Some(row.fields().map(str::to_owned).collect()))),
            Step::Unreadable((line, _), _) => found.push((line, None)),
        }
        if found.len() > most {
            return Ok(None);
        }
    }
}
