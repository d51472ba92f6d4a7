//! Questionnaires as files: a version taken along, also to another centre, and one read in as the
//! draft, which is then looked at and published like any other. The files are those of the command
//! line, JSON.

use super::asked::{read, typed_of};
use super::desk::{Desk, Stop};
use super::questionnaires::{PATH, list_page, stored_draft};
use super::upload::{Sent, Uploaded, read as received};
use crate::pages::disclosed::Disclosed;
use crate::pages::fault::Fault;
use crate::storage::questionnaires::DRAFT;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use protocol::questionnaire::Questionnaire;
use serde_json::Value;
use std::collections::BTreeSet;

/// Bytes of a file: many times the longest one that can be published.
const FILE_BYTES: usize = 256 * 1024;
/// Of its whole form.
pub(super) const FORM_BYTES: usize = FILE_BYTES + 16 * 1024;

/// `GET /admin/questionnaires/{version}/download`.
pub(super) async fn download(desk: Desk, Path(version): Path<String>) -> Response {
    let made = async {
        let number: u32 = version.parse().ok().filter(|one| *one > 0).ok_or(Fault::Missing)?;
        let found = desk.app.store.questionnaire(Some(number)).await?.ok_or(Fault::Missing)?;
        // A questionnaire always has a JSON form.
        let json = serde_json::to_vec_pretty(&found.questionnaire).unwrap_or_default();
        let headers = [
            (header::CONTENT_TYPE, "application/json".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"bo-cau-hoi-{number}.json\""),
            ),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        let file = Disclosed::file(format!("questionnaire {number}"), Value::Null);
        Ok::<_, Stop>(file.with((headers, json).into_response()))
    };
    desk.answer(made.await)
}

/// `POST /admin/questionnaires/draft/upload`: a file becomes the draft, where none waits.
pub(super) async fn send(desk: Desk, form: Uploaded) -> Response {
    let taken = async {
        let refusal = match received(&desk, form, FILE_BYTES).await? {
            Sent::None => desk.say("admin-file-none"),
            Sent::Empty => desk.say("admin-ask-file-json"),
            Sent::TooLarge => desk.say("admin-ask-file-large"),
            Sent::File(bytes) => match taken(&desk, &bytes).await? {
                None => return Ok(desk.done(PATH, "imported")),
                Some(refusal) => refusal,
            },
        };
        list_page(&desk, Some(refusal)).await
    };
    desk.answer(taken.await)
}

/// Stores a file as the draft; why not.
async fn taken(desk: &Desk, bytes: &[u8]) -> Result<Option<String>, Stop> {
    let store = &desk.app.store;
    let newest = store.questionnaire(None).await?.ok_or(Fault::Missing)?.questionnaire;
    let alike = |one: Questionnaire| Questionnaire { version: newest.version, ..one };
    let (draft, was) = stored_draft(desk).await?;
    if alike(draft) != newest {
        return Ok(Some(desk.say("admin-ask-file-draft")));
    }
    let Ok(file) = serde_json::from_slice::<Questionnaire>(bytes) else {
        return Ok(Some(desk.say("admin-ask-file-json")));
    };
    // As a form would be read: what it can not hold, such as a kind of a later version, would be
    // lost with the next press.
    let file = alike(file);
    let read = match read(&typed_of(&file), &file, desk.texts) {
        Ok(read) if read == file => read,
        Ok(_) => return Ok(Some(desk.say("admin-ask-file-more"))),
        Err(faults) => {
            let why: BTreeSet<String> = faults.into_values().collect();
            let why = why.into_iter().collect::<Vec<_>>().join(" ");
            return Ok(Some(desk.texts.with("admin-ask-file-unfit", &[("why", &why)])));
        }
    };
    let json = serde_json::to_string(&read).unwrap_or_default();
    let actor = desk.viewer.actor();
    let done = store.change_setting(DRAFT, was.as_deref(), &json, &actor, desk.now()).await?;
    Ok((!done).then(|| desk.say("admin-ask-file-draft")))
}
