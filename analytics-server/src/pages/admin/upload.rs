//! Files that a browser sends. The session's token comes first, so that a form of another site is
//! refused before its file is read, and nothing is read beyond its limit.

use crate::pages::forms::check_csrf;
use crate::pages::prelude::*;
use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};

/// What a browser sends, which may be no form with a file at all.
pub(super) type UploadForm = Result<Multipart, MultipartRejection>;

/// What became of a file on its way here.
pub(super) enum Upload {
    /// It is here.
    File(Vec<u8>),
    /// No file was chosen.
    None,
    /// A file without a single byte.
    Empty,
    /// It has more bytes than are taken.
    TooLarge,
}

/// Reads the fields `csrf` and `file`, in this order.
pub(super) async fn read(context: &Context, form: UploadForm, limit: usize) -> PageResult<Upload> {
    let form = form.map_err(|_| PageError::Request)?;
    match fields(context, form, limit).await {
        Ok(upload) => upload,
        // The whole form is too large; of all that it has, only a file can be.
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Ok(Upload::TooLarge),
        Err(_) => Err(PageError::Request),
    }
}

async fn fields(
    context: &Context,
    mut form: Multipart,
    limit: usize,
) -> Result<PageResult<Upload>, MultipartError> {
    let mut trusted = false;
    while let Some(mut field) = form.next_field().await? {
        match field.name() {
            Some("csrf") => {
                trusted = check_csrf(&field.text().await?, &context.viewer.csrf).is_ok();
                if !trusted {
                    break;
                }
            }
            Some("file") if trusted => {
                // A browser sends a field without a name where nothing was chosen.
                let chosen = field.file_name().is_some_and(|name| !name.is_empty());
                let mut bytes = Vec::new();
                while let Some(piece) = field.chunk().await? {
                    if bytes.len() + piece.len() > limit {
                        return Ok(Ok(Upload::TooLarge));
                    }
                    bytes.extend_from_slice(&piece);
                }
                return Ok(Ok(match (bytes.is_empty(), chosen) {
                    (false, _) => Upload::File(bytes),
                    (true, true) => Upload::Empty,
                    (true, false) => Upload::None,
                }));
            }
            _ if !trusted => break,
            _ => {}
        }
    }
    Ok(if trusted { Ok(Upload::None) } else { Err(PageError::BadCsrfToken) })
}
