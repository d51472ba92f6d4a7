//! Questionnaires as files: a version taken along, also to another centre, and one read in as the
//! draft, which is then looked at and published like any other. The files are those of the command
//! line, JSON.

use super::questionnaires::{PATH, list_page, version_of};
use super::upload::{FileLimits, UploadForm};
use crate::pages::access_audit::AccessAudit;
use crate::pages::prelude::*;
use crate::questionnaire::Draft;
use axum::http::header;
use serde_json::Value;

/// The file of a questionnaire: many times the longest one that can be published.
pub(super) const FILE: FileLimits = FileLimits {
    bytes: 256 * 1024,
    none: "admin-file-none",
    empty: "admin-ask-file-json",
    large: "admin-ask-file-large",
};

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
    let file = AccessAudit::file(format!("questionnaire {number}"), Value::Null);
    Ok(file.with((headers, json).into_response()))
}

/// `POST /admin/questionnaires/draft/upload`: a file becomes the draft, where none waits.
pub(super) async fn send(context: Context, form: UploadForm) -> PageResult {
    let refusal = match FILE.read(&context, form).await? {
        Err(key) => context.text(key),
        Ok(bytes) => match take(&context, &bytes).await? {
            None => return Ok(context.done(PATH, "imported")),
            Some(refusal) => refusal,
        },
    };
    list_page(&context, Some(refusal)).await
}

/// Stores a file as the draft; why not.
async fn take(context: &Context, bytes: &[u8]) -> PageResult<Option<String>> {
    let (store, actor) = (&context.app.store, context.viewer.actor());
    let draft = Draft::of(store).await?;
    let read = match draft.read_file(bytes, context.texts) {
        Ok(read) => read,
        Err(why) => return Ok(Some(why)),
    };
    let done = draft.replace(store, &read, &actor, context.now()).await?;
    Ok((!done).then(|| context.text("admin-ask-file-draft")))
}
