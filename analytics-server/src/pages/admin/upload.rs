//! Files that a browser sends. The session's token comes first, so that a form of another site is
//! refused before its file is read, and nothing is read beyond its limit.

use super::desk::Desk;
use crate::pages::fault::Fault;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;

/// What a browser sends, which may be no form with a file at all.
pub(super) type Uploaded = Result<Multipart, MultipartRejection>;

/// What became of a file on its way here.
pub(super) enum Sent {
    /// It is here.
    File(Vec<u8>),
    /// No file was chosen, or it is empty.
    None,
    /// It has more bytes than are taken.
    TooLarge,
}

/// Reads the fields `csrf` and `file`, in this order.
pub(super) async fn read(desk: &Desk, form: Uploaded, limit: usize) -> Result<Sent, Fault> {
    let mut form = form.map_err(|_| Fault::Request)?;
    let mut trusted = false;
    while let Some(mut field) = form.next_field().await.map_err(|_| Fault::Request)? {
        match field.name() {
            Some("csrf") => {
                let token = field.text().await.map_err(|_| Fault::Request)?;
                trusted = token == desk.viewer.csrf;
                if !trusted {
                    return Err(Fault::Replayed);
                }
            }
            Some("file") if trusted => {
                let mut bytes = Vec::new();
                while let Some(piece) = field.chunk().await.map_err(|_| Fault::Request)? {
                    if bytes.len() + piece.len() > limit {
                        return Ok(Sent::TooLarge);
                    }
                    bytes.extend_from_slice(&piece);
                }
                return Ok(if bytes.is_empty() { Sent::None } else { Sent::File(bytes) });
            }
            _ if !trusted => return Err(Fault::Replayed),
            _ => {}
        }
    }
    if trusted { Ok(Sent::None) } else { Err(Fault::Replayed) }
}
