//! What happens around every page: who asks and in which language is found out before the handler;
//! errors become pages, and what was handed out is recorded, after it.

use super::access_audit::record_access;
use super::error::rendered;
use super::forms::holds_nul;
use super::language::{self, Reader, texts_of};
use crate::alerts::open_alerts;
use crate::auth::session;
use crate::pages::prelude::*;
use axum::RequestExt as _;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;

/// Finds out who asks, once a request, and answers them.
pub(super) async fn identify(
    State(app): State<App>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    if let Err(error) = app.refresh_centre().await {
        tracing::warn!(%error, "the centre's settings could not be read again; the last ones hold");
    }
    let found = session::viewer(&app, &headers).await;
    let viewer = found.as_ref().ok().and_then(Option::as_ref);
    let language = language::negotiate(viewer, &headers, request.uri().path());
    let answered = async {
        let mut reader = Reader { viewer: None, texts: texts_of(request.uri()) };
        match found {
            Ok(viewer) => reader.viewer = with_alerts(&app, viewer).await,
            Err(error) => return PageError::from(error).page(&app, &reader),
        }
        answer(&app, reader, request, next).await
    };
    language::scope(language, answered).await
}

/// Who asks, with the number of their open alerts for the navigation.
async fn with_alerts(app: &App, mut viewer: Option<Viewer>) -> Option<Viewer> {
    if let Some(viewer) = viewer.as_mut().filter(|viewer| viewer.may(Permission::Alerts)) {
        // A page without this number is better than no page.
        let open = open_alerts(app, &viewer.scope()).await;
        viewer.open_alerts = open.unwrap_or_default();
    }
    viewer
}

/// Answers a reader's request.
async fn answer(app: &App, reader: Reader, mut request: Request, next: Next) -> Response {
    if let Err(error) = readable(&mut request).await {
        return error.page(app, &reader);
    }
    let uri = request.uri().clone();
    request.extensions_mut().insert(reader.clone());
    let response = rendered(app, &reader, &uri, next.run(request).await);
    let mut response = record_access(app, &reader, &uri, response).await;
    let cache = response.headers().get(header::CACHE_CONTROL);
    if reader.viewer.is_some() && cache.is_some_and(|cache| cache == "no-cache") {
        // It names people: nothing of it stays on a shared machine after the sign-out.
        let nowhere = HeaderValue::from_static("private, no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, nowhere);
    }
    // Another person's browser gets another page at the same address.
    let varies = HeaderValue::from_static("cookie, accept-language");
    response.headers_mut().append(header::VARY, varies);
    response
}

/// Refuses an address that no page can read: with the letter NUL, or with bytes in its path that are
/// not UTF-8.
async fn readable(request: &mut Request) -> PageResult<()> {
    if request.uri().query().is_some_and(|query| holds_nul(query.as_bytes())) {
        return Err(PageError::Request);
    }
    match request.extract_parts::<RawPathParams>().await {
        Err(RawPathParamsRejection::InvalidUtf8InPathParam(_)) => Err(PageError::Missing),
        _ => Ok(()),
    }
}
