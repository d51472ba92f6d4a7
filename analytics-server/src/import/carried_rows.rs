//! Rows of a list in the form of a page: nothing is kept between a preview and its import, so the
//! rows travel in the form, and are read again as if new.

use super::lines::ListRow;
use crate::gzip::gzip;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::GzDecoder;
use std::io::Read as _;

/// Bytes of a file that a page takes.
pub(crate) const FILE_BYTES: usize = 10 * 1024 * 1024;
/// Rows of such a file; more than any province has of anything here. The command takes more.
pub(crate) const ROWS: usize = 5_000;
/// Bytes of its rows, once they are unpacked: a file's letters, each escaped.
const UNPACKED_BYTES: u64 = 6 * FILE_BYTES as u64;

/// Rows as a form carries them: a hidden field of plain JSON would be half a megabyte for the
/// procedures of a province.
pub(crate) fn packed(rows: &[ListRow]) -> String {
    // Rows always have a JSON form.
    let json = serde_json::to_vec(rows).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(gzip(&json))
}

/// The rows again; none where the form was not ours, or would fill the memory.
pub(crate) fn unpacked(text: &str) -> Option<Vec<ListRow>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let rows: Vec<ListRow> =
        serde_json::from_reader(GzDecoder::new(&*bytes).take(UNPACKED_BYTES)).ok()?;
    (rows.len() <= ROWS).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_carried_in_little_room_and_no_bomb_is_unpacked() {
        let row = |line: u64| ListRow {
            line,
            last: line,
            fields: vec![Some("Cấp giấy phép “\"".to_owned()), None],
            doubts: Vec::new(),
            refusal: None,
        };
        let rows: Vec<ListRow> = (1..=ROWS as u64).map(row).collect();
        let carried = packed(&rows);
        assert!(carried.len() < 80_000, "{}", carried.len());
        assert_eq!(unpacked(&carried), Some(rows.clone()));
        let many: Vec<ListRow> = rows.iter().cloned().chain([row(7)]).collect();
        assert_eq!(unpacked(&packed(&many)), None);
        let zeros = vec![b' '; 2 * usize::try_from(UNPACKED_BYTES).unwrap()];
        let bomb = gzip(&zeros);
        for odd in ["", "[]", "%", &*URL_SAFE_NO_PAD.encode(bomb), &carried[..99]] {
            assert_eq!(unpacked(odd), None);
        }
    }
}
