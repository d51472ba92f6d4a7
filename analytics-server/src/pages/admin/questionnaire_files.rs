//! Questionnaires as files: a version taken along, also to another centre, and one read in as the
//! draft, which is then looked at and published like any other. The files are those of the command
//! line, JSON.

use super::questionnaire_form::{read, typed_of};
use super::questionnaires::{PATH, list_page, newest, store_draft, stored_draft, version_of};
use super::upload::{Upload, UploadForm, read as received};
use crate::pages::disclosure::Disclosure;
use crate::pages::prelude::*;
use axum::http::header;
use protocol::questionnaire::Questionnaire;
use serde_json::Value;
use std::collections::BTreeSet;

/// Bytes of a file: many times the longest one that can be published.
const FILE_BYTES: usize = 256 * 1024;
/// Of its whole form.
pub(super) const FORM_BYTES: usize = FILE_BYTES + 16 * 1024;

/// `GET /admin/questionnaires/{version}/download`.
pub(super) async fn download(context: Context, Path(version): Path<String>) -> PageResult {
    let found = version_of(&context, &version).await?.questionnaire;
    let number = found.version;
    // A questionnaire always has a JSON form.
    let json = serde_json::to_vec_pretty(&found).unwrap_or_default();
    let name = format!("attachment; filename=\"bo-cau-hoi-{number}.json\"");
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let file = Disclosure::file(format!("questionnaire {number}"), Value::Null);
    Ok(file.with((headers, json).into_response()))
}

/// `POST /admin/questionnaires/draft/upload`: a file becomes the draft, where none waits.
pub(super) async fn send(context: Context, form: UploadForm) -> PageResult {
    let refusal = match received(&context, form, FILE_BYTES).await? {
        Upload::None => context.text("admin-file-none"),
        Upload::Empty => context.text("admin-ask-file-json"),
        Upload::TooLarge => context.text("admin-ask-file-large"),
        Upload::File(bytes) => match take(&context, &bytes).await? {
            None => return Ok(context.done(PATH, "imported")),
            Some(refusal) => refusal,
        },
    };
    list_page(&context, Some(refusal)).await
}

/// Stores a file as the draft; why not.
async fn take(context: &Context, bytes: &[u8]) -> PageResult<Option<String>> {
    let newest = newest(context).await?;
    let alike = |one: Questionnaire| Questionnaire { version: newest.version, ..one };
    let (draft, was) = stored_draft(context).await?;
    if alike(draft) != newest {
        return Ok(Some(context.text("admin-ask-file-draft")));
    }
    let Ok(file) = serde_json::from_slice::<Questionnaire>(bytes) else {
        return Ok(Some(context.text("admin-ask-file-json")));
    };
    // As a form would be read: what it can not hold, such as a kind of a later version, would be
    // lost with the next press.
    let file = alike(file);
    let read = match read(&typed_of(&file), &file, context.texts) {
        Ok(read) if read == file => read,
        Ok(_) => return Ok(Some(context.text("admin-ask-file-more"))),
        Err(errors) => {
            let why: BTreeSet<String> = errors.into_values().collect();
            let why = why.into_iter().collect::<Vec<_>>().join(" ");
            return Ok(Some(context.texts.with("admin-ask-file-unfit", &[("why", &why)])));
        }
    };
    let json = serde_json::to_string(&read).unwrap_or_default();
    let done = store_draft(context, was.as_deref(), &json).await?;
    Ok((!done).then(|| context.text("admin-ask-file-draft")))
}
