//! The portrait of an officer: sent, looked at, removed. What comes in is decoded within limits and
//! drawn anew, so nothing that hides in a file goes out again.

use super::form_page::FormErrors;
use super::resource_page::{entry_of, page};
use super::upload::{Upload, UploadForm, read};
use crate::pages::prelude::*;
use crate::portrait::{PortraitError, portrait};
use crate::storage::register::Noun;
use axum::http::header;

/// Bytes of a picture that is taken.
const PHOTO_BYTES: usize = 5 * 1024 * 1024;
/// Of its whole form: the token and the names around it.
pub(super) const FORM_BYTES: usize = PHOTO_BYTES + 16 * 1024;

/// `GET /admin/officers/{id}/photo`.
pub(super) async fn show(context: Context, Path(id): Path<String>) -> PageResult {
    let entry = entry_of(&context, Noun::Officer, &id).await?;
    let bytes = context.app.store.photo(entry.id).await?.ok_or(PageError::Missing)?;
    let headers =
        [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, bytes).into_response())
}

/// `POST /admin/officers/{id}/photo`.
pub(super) async fn send(context: Context, Path(id): Path<String>, form: UploadForm) -> PageResult {
    let entry = entry_of(&context, Noun::Officer, &id).await?;
    let refusal = match read(&context, form, PHOTO_BYTES).await? {
        Upload::None | Upload::Empty => "admin-photo-fault-none",
        Upload::TooLarge => "admin-photo-fault-large",
        Upload::File(bytes) => match drawn(&context, bytes).await? {
            Ok(picture) => {
                let (actor, now) = (context.viewer.actor(), context.now());
                context.app.store.put_photo(entry.id, Some(&picture), &actor, now).await?;
                return Ok(context.done(&format!("/admin/officers/{}", entry.id), "photo"));
            }
            Err(PortraitError::Format) => "admin-photo-fault-format",
            Err(PortraitError::Unreadable(_)) => "admin-photo-fault-unreadable",
        },
    };
    let errors = FormErrors { photo: Some(context.text(refusal)), ..FormErrors::default() };
    page(&context, Noun::Officer, Some(&entry), None, errors).await
}

/// The portrait of a picture. Decoding takes the processor: the threads that answer others stay
/// free.
async fn drawn(context: &Context, bytes: Vec<u8>) -> PageResult<Result<Vec<u8>, PortraitError>> {
    let turn = context.app.decoder_turns.of(context.viewer.user.id).await;
    let task = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        portrait(&bytes)
    });
    task.await.map_err(|_| PageError::Interrupted)
}

/// `POST /admin/officers/{id}/photo/remove`.
pub(super) async fn remove(
    context: Context,
    Path(id): Path<String>,
    _: CsrfForm<EmptyForm>,
) -> PageResult {
    let entry = entry_of(&context, Noun::Officer, &id).await?;
    context.app.store.put_photo(entry.id, None, &context.viewer.actor(), context.now()).await?;
    Ok(context.done(&format!("/admin/officers/{}", entry.id), "saved"))
}
