//! The portrait of an officer: sent, looked at, removed. What comes in is decoded within limits and
//! drawn anew, so nothing that hides in a file goes out again.

use super::resource_page::{entry_of, page};
use super::upload::{FileLimits, UploadForm, decoded};
use crate::pages::form_errors::FormErrors;
use crate::pages::prelude::*;
use crate::portrait::{PortraitError, portrait};
use crate::storage::register::Noun;
use axum::http::header;

/// The file of a picture.
pub(super) const FILE: FileLimits = FileLimits {
    bytes: 5 * 1024 * 1024,
    none: "admin-photo-fault-none",
    empty: "admin-photo-fault-none",
    large: "admin-photo-fault-large",
};

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
    let refusal = match FILE.read(&context, form).await? {
        Err(key) => key,
        Ok(bytes) => match decoded(&context, move || portrait(&bytes)).await? {
            Ok(picture) => return put(&context, entry.id, Some(&picture), "photo").await,
            Err(PortraitError::Format) => "admin-photo-fault-format",
            Err(PortraitError::Unreadable(_)) => "admin-photo-fault-unreadable",
        },
    };
    let errors = FormErrors { photo: Some(context.text(refusal)), ..FormErrors::default() };
    page(&context, Noun::Officer, Some(&entry), None, errors).await
}

/// Stores a portrait, or that there is none.
async fn put(context: &Context, officer: i64, picture: Option<&[u8]>, done: &str) -> PageResult {
    let (actor, now) = (context.viewer.actor(), context.now());
    context.app.store.put_photo(officer, picture, &actor, now).await?;
    Ok(context.done(&format!("/admin/officers/{officer}"), done))
}

/// `POST /admin/officers/{id}/photo/remove`.
pub(super) async fn remove(
    context: Context,
    Path(id): Path<String>,
    _: CsrfForm<EmptyForm>,
) -> PageResult {
    let entry = entry_of(&context, Noun::Officer, &id).await?;
    put(&context, entry.id, None, "saved").await
}
