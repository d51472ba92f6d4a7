//! Text with commas, as every spreadsheet opens it: UTF-8 with a byte order mark, so that Vietnamese
//! letters are read as such, lines ended as RFC 4180 says.

use super::ExportError;
use super::table::{Columns, Field};
use crate::storage::export::RatingOut;
use crate::tables_out::{MARK, csv_writer};
use axum::body::Bytes;
use csv::Writer;
use std::io;

fn bytes(writer: Writer<Vec<u8>>) -> Result<Bytes, ExportError> {
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.into())
}

/// Mark and headings.
pub(super) fn head(columns: &Columns) -> Result<Bytes, ExportError> {
    let mut writer = csv_writer(MARK);
    writer.write_record(columns.headings()).map_err(io::Error::other)?;
    bytes(writer)
}

/// The lines of a page.
pub(super) fn lines(columns: &Columns, page: &[RatingOut]) -> Result<Bytes, ExportError> {
    let mut writer = csv_writer("");
    for row in page {
        let cells = columns.row(row).into_iter().map(|field| match field {
            Field::Text(text) => text,
            Field::Number(number) => number.to_string(),
            Field::Moment(moment) => moment.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        });
        writer.write_record(cells).map_err(io::Error::other)?;
    }
    bytes(writer)
}
