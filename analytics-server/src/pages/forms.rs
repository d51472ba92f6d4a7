//! What a form sends. A form of somebody who is signed in counts only with the token of their session:
//! another site can make a browser send a form, but can not read the token. A form from before the
//! sign-in has no token yet; it counts only if a page of our own sent it.

use super::error::PageError;
use super::language::Reader;
use crate::proxy::is_foreign;
use crate::state::App;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;

/// Bytes of a form before the sign-in: a name, a password, where to go after it. Hundreds of
/// unfinished ones together stay small.
const UNSIGNED_BYTES: usize = 16 * 1024;

/// A form of somebody who is signed in, with the token of their session.
pub(super) struct CsrfForm<T>(pub T);

/// A form that is only a button.
#[derive(Deserialize)]
pub(super) struct EmptyForm {}

/// A mark of what a form was made from, which comes back with it: whether somebody else changed it
/// meanwhile.
pub(super) fn mark_of(what: &impl Serialize) -> String {
    let json = serde_json::to_vec(what).unwrap_or_default();
    hex::encode(&blake3::hash(&json).as_bytes()[..16])
}

/// Refuses a form that does not send the token of its session.
pub(super) fn check_csrf(sent: &str, session: &str) -> Result<(), PageError> {
    if sent == session { Ok(()) } else { Err(PageError::BadCsrfToken) }
}

/// The field that every form of a signed-in person has.
#[derive(Deserialize)]
struct Token {
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<App> for CsrfForm<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let (parts, body) = request.into_parts();
        // Before the body is read, so that a request without a session takes no memory for it.
        let viewer = Reader::of(&parts).viewer.ok_or(PageError::SignedOut)?;
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await.ok();
        let body = readable(body).ok_or(PageError::Request)?;
        let token: Token =
            serde_html_form::from_bytes(&body).map_err(|_| PageError::BadCsrfToken)?;
        check_csrf(&token.csrf, &viewer.csrf)?;
        serde_html_form::from_bytes(&body).map(Self).map_err(|_| PageError::Request)
    }
}

/// A form of somebody who is not signed in and has no token yet: a page of our own sent it.
pub(super) struct SameOriginForm<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for SameOriginForm<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        if is_foreign(app.trust_proxy, request.headers()) {
            return Err(PageError::BadCsrfToken);
        }
        let body = to_bytes(request.into_body(), UNSIGNED_BYTES).await.ok();
        let form = readable(body).and_then(|body| serde_html_form::from_bytes(&body).ok());
        form.map(Self).ok_or(PageError::Request)
    }
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
pub(super) struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, PageError> {
        let read = axum::extract::Query::try_from_uri(&parts.uri);
        read.map(|axum::extract::Query(fields)| Self(fields)).map_err(|_| PageError::Request)
    }
}

/// The fields of the address of a list of the administration, of its file or of a preview: an address
/// that can not be read shows what one without fields does.
pub(super) struct LenientQuery<T>(pub T);

impl<T: DeserializeOwned + Default> FromRequestParts<App> for LenientQuery<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let read = axum::extract::Query::try_from_uri(&parts.uri);
        Ok(read.map_or_else(|_| Self(T::default()), |axum::extract::Query(fields)| Self(fields)))
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
