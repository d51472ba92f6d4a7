//! What a form sends. It counts only with the token that the form was given: another site can
//! make a browser send a form, but can not read the token.

use super::doors::{Guest, texts_of};
use super::fault::Fault;
use crate::auth::Viewer;
use crate::state::App;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;

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

/// The field that every form of a signed-in person has.
#[derive(Deserialize)]
struct Token {
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<App> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let texts = texts_of(request.uri());
        let (mut parts, body) = request.into_parts();
        let Ok(Guest(viewer)) = Guest::from_request_parts(&mut parts, app).await;
        let Some(viewer) = viewer else {
            return Err(Fault::SignedOut.page(app, None, texts));
        };
        let refused = |fault: Fault| fault.page(app, Some(&viewer), texts);
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await;
        let body = body.map_err(|_| refused(Fault::Request))?;
        // No text of ours holds a NUL, and PostgreSQL takes none.
        if body.windows(3).any(|three| three == b"%00") {
            return Err(refused(Fault::Request));
        }
        let token: Token =
            serde_html_form::from_bytes(&body).map_err(|_| refused(Fault::Replayed))?;
        if token.csrf != viewer.csrf {
            return Err(refused(Fault::Replayed));
        }
        let form = serde_html_form::from_bytes(&body).map_err(|_| refused(Fault::Request))?;
        Ok(Self { viewer, form })
    }
}
