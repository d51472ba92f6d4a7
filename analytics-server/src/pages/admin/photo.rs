//! The portrait of an officer: sent, looked at, removed. What comes in is decoded within limits and
//! drawn anew, so nothing that hides in a file goes out again.

use super::desk::{Desk, Stop};
use super::form::{Trouble, entry_of, page};
use super::upload::{Sent, Uploaded, read};
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::portrait::{PortraitError, portrait};
use crate::storage::register::{Entry, Noun};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Bytes of a picture that is taken.
const PHOTO_BYTES: usize = 5 * 1024 * 1024;
/// Of its whole form: the token and the names around it.
pub(super) const FORM_BYTES: usize = PHOTO_BYTES + 16 * 1024;

/// What the page of an officer shows of it.
pub(super) struct Photo {
    pub image: Option<String>,
    pub action: String,
    pub remove: String,
    pub fault: Option<String>,
}

/// The portrait's part of an officer's page.
pub(super) async fn of(desk: &Desk, entry: &Entry, fault: Option<String>) -> Result<Photo, Stop> {
    let bytes = desk.app.store.photo(entry.id).await?;
    let path = format!("/admin/officers/{}/photo", entry.id);
    // Another picture has another address, so that no browser shows the old one.
    let mark = |bytes: Vec<u8>| hex::encode(&blake3::hash(&bytes).as_bytes()[..6]);
    Ok(Photo {
        image: bytes.map(|bytes| format!("{path}?mark={}", mark(bytes))),
        action: desk.to(&path),
        remove: desk.to(&format!("{path}/remove")),
        fault,
    })
}

/// `GET /admin/officers/{id}/photo`.
pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Response {
    let shown = async {
        let entry = entry_of(&desk, Noun::Officer, &id).await?;
        let bytes = desk.app.store.photo(entry.id).await?.ok_or(Fault::Missing)?;
        let headers = [
            (header::CONTENT_TYPE, "image/jpeg"),
            (header::CACHE_CONTROL, "private, max-age=3600"),
        ];
        Ok((headers, bytes).into_response())
    };
    desk.answer(shown.await)
}

/// `POST /admin/officers/{id}/photo`.
pub(super) async fn send(desk: Desk, Path(id): Path<String>, form: Uploaded) -> Response {
    let sent = async {
        let entry = entry_of(&desk, Noun::Officer, &id).await?;
        let refusal = match read(&desk, form, PHOTO_BYTES).await? {
            Sent::None | Sent::Empty => "admin-photo-fault-none",
            Sent::TooLarge => "admin-photo-fault-large",
            Sent::File(bytes) => {
                let turn = desk.app.decoder_turns.of(desk.viewer.user.id).await;
                // Decoding takes the processor; the threads that answer others stay free.
                let drawn = tokio::task::spawn_blocking(move || {
                    let _turn = turn;
                    portrait(&bytes)
                })
                .await;
                match drawn.map_err(|_| Fault::Interrupted)? {
                    Ok(picture) => {
                        let (actor, now) = (desk.viewer.actor(), desk.now());
                        let store = &desk.app.store;
                        store.put_photo(entry.id, Some(&picture), &actor, now).await?;
                        return Ok(desk.done(&format!("/admin/officers/{}", entry.id), "photo"));
                    }
                    Err(PortraitError::Format) => "admin-photo-fault-format",
                    Err(PortraitError::Unreadable(_)) => "admin-photo-fault-unreadable",
                }
            }
        };
        let trouble = Trouble { photo: Some(desk.say(refusal)), ..Trouble::default() };
        page(&desk, Noun::Officer, Some(&entry), None, trouble).await
    };
    desk.answer(sent.await)
}

/// `POST /admin/officers/{id}/photo/remove`.
pub(super) async fn remove(desk: Desk, Path(id): Path<String>, _: Posted<Pressed>) -> Response {
    let removed = async {
        let entry = entry_of(&desk, Noun::Officer, &id).await?;
        desk.app.store.put_photo(entry.id, None, &desk.viewer.actor(), desk.now()).await?;
        Ok(desk.done(&format!("/admin/officers/{}", entry.id), "saved"))
    };
    desk.answer(removed.await)
}
