//! Files that a browser sends. The session's token comes first, so that a form of another site is
//! refused before its file is read, and nothing is read beyond its limit.

use crate::pages::forms::check_csrf;
use crate::pages::language;
use crate::pages::prelude::*;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Multipart};

/// Bytes of a form around its file: the token and the names.
const AROUND_BYTES: usize = 16 * 1024;

/// What a browser sends, which may be no form with a file at all.
pub(super) type UploadForm = Result<Multipart, MultipartRejection>;

/// A file that a page asks for, with the keys of why one is not taken.
pub(super) struct FileLimits {
    /// Bytes that are taken.
    pub bytes: usize,
    /// No file was chosen.
    pub none: &'static str,
    /// It has not a single byte.
    pub empty: &'static str,
    /// It has more bytes than are taken.
    pub large: &'static str,
}

impl FileLimits {
    /// The limit of the whole form.
    pub fn form_limit(&self) -> DefaultBodyLimit {
        DefaultBodyLimit::max(self.bytes + AROUND_BYTES)
    }

    /// Reads the fields `csrf` and `file`, in this order: the file's bytes, or the key of why not.
    pub async fn read(
        &self,
        context: &Context,
        form: UploadForm,
    ) -> PageResult<Result<Vec<u8>, &'static str>> {
        let form = form.map_err(|_| PageError::Request)?;
        match self.fields(context, form).await {
            Ok(read) => read,
            // The whole form is too large; of all that it has, only a file can be.
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Ok(Err(self.large)),
            Err(_) => Err(PageError::Request),
        }
    }

    async fn fields(
        &self,
        context: &Context,
        mut form: Multipart,
    ) -> Result<PageResult<Result<Vec<u8>, &'static str>>, MultipartError> {
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
                        if bytes.len() + piece.len() > self.bytes {
                            return Ok(Ok(Err(self.large)));
                        }
                        bytes.extend_from_slice(&piece);
                    }
                    let why = if chosen { self.empty } else { self.none };
                    return Ok(Ok(if bytes.is_empty() { Err(why) } else { Ok(bytes) }));
                }
                _ if !trusted => break,
                _ => {}
            }
        }
        Ok(if trusted { Ok(Err(self.none)) } else { Err(PageError::BadCsrfToken) })
    }
}

/// Decodes what was sent, in turn for each person. It takes the processor: the threads that answer
/// others stay free.
pub(super) async fn decoded<T: Send + 'static>(
    context: &Context,
    decode: impl FnOnce() -> T + Send + 'static,
) -> PageResult<T> {
    let turn = context.app.decoder_limit.acquire(context.viewer.user.id).await;
    let task = language::spawn_blocking(move || {
        let _turn = turn;
        decode()
    });
    task.await.map_err(|_| PageError::Interrupted)
}
