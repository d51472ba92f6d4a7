//! What a form sends, and what an address says. A form counts only with the token that it was given:
//! another site can make a browser send a form, but can not read the token. What can not be read is
//! told on a page in the reader's language.

use super::doors::{Guest, texts_of};
use super::fault::Fault;
use crate::auth::Viewer;
use crate::state::App;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::response::Response;
use locales::Texts;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Bytes of a form before the sign-in: a name, a password, where to go after it. Hundreds of
/// unfinished ones together stay small.
const UNSIGNED_BYTES: usize = 16 * 1024;

/// A form of somebody who is signed in, with its fields.
pub(super) struct Posted<T> {
    /// Who sent it.
    pub viewer: Viewer,
    /// What it says.
    pub form: T,
}

/// A form that is only a button.
#[derive(Deserialize)]
pub(super) struct Pressed {}

/// A mark of what a form was made from, which comes back with it: whether somebody else changed it
/// meanwhile.
pub(super) fn mark_of(what: &impl Serialize) -> String {
    let json = serde_json::to_vec(what).unwrap_or_default();
    hex::encode(&blake3::hash(&json).as_bytes()[..16])
}

/// The field that every form of a signed-in person has.
#[derive(Deserialize)]
struct Token {
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<App> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (guest, texts, request) = identified(request, app).await;
        // Before a byte of the body is read: strangers get no memory.
        let Some(viewer) = guest.0.clone() else {
            return Err(Fault::SignedOut.page(app, None, texts));
        };
        let body = Bytes::from_request(request, app).await.ok();
        let body = readable(body).ok_or_else(|| Fault::Request.page(app, Some(&viewer), texts))?;
        let refused = |fault: Fault| fault.page(app, Some(&viewer), texts);
        let token: Token =
            serde_html_form::from_bytes(&body).map_err(|_| refused(Fault::Replayed))?;
        if token.csrf != viewer.csrf {
            return Err(refused(Fault::Replayed));
        }
        let form = serde_html_form::from_bytes(&body).map_err(|_| refused(Fault::Request))?;
        Ok(Self { viewer, form })
    }
}

/// A form of somebody who is not signed in, and has no token yet: its page looks itself at where it
/// comes from.
pub(super) struct Unsigned<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Unsigned<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (Guest(viewer), texts, request) = identified(request, app).await;
        let body = to_bytes(request.into_body(), UNSIGNED_BYTES).await.ok();
        let form = readable(body).and_then(|body| serde_html_form::from_bytes(&body).ok());
        form.map(Self).ok_or_else(|| Fault::Request.page(app, viewer.as_ref(), texts))
    }
}

/// Who sends a form, in which language they read, and the request with its body unread.
async fn identified(request: Request, app: &App) -> (Guest, &'static Texts, Request) {
    let texts = texts_of(request.uri());
    let (mut parts, body) = request.into_parts();
    let Ok(guest) = Guest::from_request_parts(&mut parts, app).await;
    (guest, texts, Request::from_parts(parts, body))
}

/// The bytes of a form that can be stored.
fn readable(body: Option<Bytes>) -> Option<Bytes> {
    body.filter(|body| !holds_nul(body))
}

/// Whether the letter NUL is among the values of a form or of a query once they are decoded: raw,
/// or as `%00`, which is its one encoded form. No text of ours holds it, and PostgreSQL takes none.
pub(super) fn holds_nul(encoded: &[u8]) -> bool {
    encoded.contains(&0) || encoded.windows(3).any(|three| three == b"%00")
}

/// The fields of an address's query.
pub(super) struct InAddress<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for InAddress<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        if let Ok(Query(asked)) = Query::try_from_uri(&parts.uri) {
            return Ok(Self(asked));
        }
        let Ok(Guest(viewer)) = Guest::from_request_parts(parts, app).await;
        Err(Fault::Request.page(app, viewer.as_ref(), texts_of(&parts.uri)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_nul_is_found_however_it_is_sent() {
        for (sent, holds) in [
            ("name=a\0b", true),
            ("name=a%00", true),
            ("%00=a", true),
            ("name=%2500", false),
            ("name=100%25&x=00", false),
            ("", false),
        ] {
            assert_eq!(holds_nul(sent.as_bytes()), holds, "{sent:?}");
            let read: Vec<(String, String)> = serde_html_form::from_str(sent).unwrap();
            let found =
                read.iter().any(|(name, value)| name.contains('\0') || value.contains('\0'));
            assert_eq!(found, holds, "as it is decoded: {sent:?}");
        }
    }
}
