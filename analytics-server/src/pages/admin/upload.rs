//! Files that a browser sends. The session's token comes first, so that a form of another site is
//! refused before its file is read, and nothing is read beyond its limit.

use super::desk::Desk;
use crate::pages::fault::Fault;
use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::StatusCode;

/// What a browser sends, which may be no form with a file at all.
pub(super) type Uploaded = Result<Multipart, MultipartRejection>;

/// What became of a file on its way here.
pub(super) enum Sent {
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
pub(super) async fn read(desk: &Desk, form: Uploaded, limit: usize) -> Result<Sent, Fault> {
    let form = form.map_err(|_| Fault::Request)?;
    match fields(desk, form, limit).await {
        Ok(sent) => sent,
        // The whole form is too large; of all that it has, only a file can be.
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Ok(Sent::TooLarge),
        Err(_) => Err(Fault::Request),
    }
}

async fn fields(
    desk: &Desk,
    mut form: Multipart,
    limit: usize,
) -> Result<Result<Sent, Fault>, MultipartError> {
    let mut trusted = false;
    while let Some(mut field) = form.next_field().await? {
        match field.name() {
            Some("csrf") => {
                trusted = field.text().await? == desk.viewer.csrf;
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
                        return Ok(Ok(Sent::TooLarge));
                    }
                    bytes.extend_from_slice(&piece);
                }
                return Ok(Ok(match (bytes.is_empty(), chosen) {
                    (false, _) => Sent::File(bytes),
                    (true, true) => Sent::Empty,
                    (true, false) => Sent::None,
                }));
            }
            _ if !trusted => break,
            _ => {}
        }
    }
    Ok(if trusted { Ok(Sent::None) } else { Err(Fault::Replayed) })
}
