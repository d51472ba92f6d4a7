//! A list as a file for spreadsheet programs: CSV or XLSX of the same rows.

use super::disclosure::Disclosure;
use super::error::PageError;
use crate::tables_out;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Answers with a file of rows, in the format that was asked for.
pub(super) fn list_file(
    file: &str,
    format: &str,
    columns: &[String],
    rows: &[Vec<String>],
) -> Result<Response, PageError> {
    let (bytes, kind) = match format {
        "csv" => (Ok(tables_out::csv(columns, rows)), tables_out::CSV),
        "xlsx" => (tables_out::xlsx(columns, rows), tables_out::XLSX),
        other => return Err(PageError::Format(other.chars().take(20).collect())),
    };
    let bytes = bytes.map_err(|error| {
        tracing::error!(%error, "a list could not be written");
        PageError::Interrupted
    })?;
    let name = format!("attachment; filename=\"{file}.{format}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let what = json!({ "format": format, "rows": rows.len() });
    Ok(Disclosure::file(format!("list {file}"), what).with((headers, bytes).into_response()))
}
