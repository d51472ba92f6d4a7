//! The doors of the pages: which right each address asks for. A page behind a door is never run for
//! somebody who lacks its right, whatever the page itself forgets.

use super::accounts::confirm;
use super::accounts::factor::SET_UP;
use super::address::{self, Asked};
use super::disclosed::written_down;
use super::fault::Fault;
use super::posted::holds_nul;
use super::usual;
use crate::alerts::open_alerts;
use crate::auth::{Right, Viewer, session};
use crate::state::App;
use crate::storage::StoreError;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{FromRequestParts, Query, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::MethodRouter;
use axum::{RequestExt as _, Router};
use locales::Texts;
use std::convert::Infallible;

/// Routes with their doors.
pub(super) struct Doors {
    app: App,
    router: Router<App>,
    /// Each address with the right it asks for; none: it is open to everybody.
    pub list: Vec<(&'static str, Option<Right>)>,
}

impl Doors {
    /// No routes yet.
    pub fn new(app: &App) -> Self {
        Self { app: app.clone(), router: Router::new(), list: Vec::new() }
    }

    /// An address for everybody.
    pub fn open(mut self, path: &'static str, methods: MethodRouter<App>) -> Self {
        self.list.push((path, None));
        self.router = self.router.route(path, methods);
        self
    }

    /// An address for those who have a right.
    pub fn behind(mut self, right: Right, path: &'static str, methods: MethodRouter<App>) -> Self {
        self.list.push((path, Some(right)));
        let door = from_fn_with_state((self.app.clone(), right), pass);
        self.router = self.router.route(path, methods.route_layer(door));
        self
    }

    /// An address for those who have a right and, where something is sent, gave their password in
    /// this session a short while ago.
    pub fn behind_password(
        self,
        right: Right,
        path: &'static str,
        methods: MethodRouter<App>,
    ) -> Self {
        let guard = from_fn_with_state(self.app.clone(), confirm::guard);
        self.behind(right, path, methods.route_layer(guard))
    }

    /// The routes.
    pub fn router(self) -> Router<App> {
        self.router
    }
}

/// Finds out who asks, once a request.
pub(super) async fn identify(
    State(app): State<App>,
    headers: HeaderMap,
    mut request: Request,
    next: Next,
) -> Response {
    if let Err(error) = app.refresh_centre().await {
        tracing::warn!(%error, "the centre's settings could not be read again; the last ones hold");
    }
    if request.uri().query().is_some_and(|query| holds_nul(query.as_bytes())) {
        return Fault::Request.page(&app, None, texts_of(request.uri()));
    }
    // Bytes that are no letters name nothing that there is.
    let path = request.extract_parts::<RawPathParams>().await;
    if let Err(RawPathParamsRejection::InvalidUtf8InPathParam(_)) = path {
        return Fault::Missing.page(&app, None, texts_of(request.uri()));
    }
    let found = session::viewer(&app, &headers).await;
    let reader = found.as_ref().ok().and_then(Option::as_ref);
    let language = usual::of(reader, &headers, request.uri().path());
    usual::within(language, answer(&app, found, request, next)).await
}

/// Answers a request of whoever was found behind it.
async fn answer(
    app: &App,
    found: Result<Option<Viewer>, StoreError>,
    mut request: Request,
    next: Next,
) -> Response {
    match found {
        Ok(mut viewer) => {
            if let Some(viewer) = viewer.as_mut().filter(|viewer| viewer.may(Right::Alerts)) {
                // A page without this number is better than no page.
                let open = open_alerts(app, &viewer.scope()).await;
                viewer.open_alerts = open.unwrap_or_default();
            }
            let signed_in = viewer.is_some();
            let uri = request.uri().clone();
            request.extensions_mut().insert(Guest(viewer.clone()));
            let answer = next.run(request).await;
            let mut answer = written_down(app, viewer.as_ref(), &uri, answer).await;
            let kept = answer.headers().get(header::CACHE_CONTROL);
            if signed_in && kept.is_some_and(|kept| kept == "no-cache") {
                // It names people: nothing of it stays on a shared machine after the sign-out.
                let nowhere = HeaderValue::from_static("private, no-store");
                answer.headers_mut().insert(header::CACHE_CONTROL, nowhere);
            }
            // Another person's browser gets another page at the same address.
            let varies = HeaderValue::from_static("cookie, accept-language");
            answer.headers_mut().append(header::VARY, varies);
            answer
        }
        Err(error) => Fault::Figures(error.into()).page(app, None, texts_of(request.uri())),
    }
}

/// Lets through who has the right; whoever is not signed in is shown the way.
async fn pass(
    State((app, right)): State<(App, Right)>,
    Guest(viewer): Guest,
    request: Request,
    next: Next,
) -> Response {
    let texts = |request: &Request| texts_of(request.uri());
    match viewer {
        Some(viewer) if viewer.must_set_up_factor && !SET_UP.contains(&request.uri().path()) => {
            Redirect::to(&address::in_language(SET_UP[0], texts(&request))).into_response()
        }
        Some(viewer) if viewer.may(right) => next.run(request).await,
        Some(viewer) => Fault::Forbidden.page(&app, Some(&viewer), texts(&request)),
        None if request.method() == Method::GET => {
            let asked = request.uri().path_and_query().map_or("/", |one| one.as_str());
            Redirect::to(&super::accounts::sign_in::address(asked, texts(&request))).into_response()
        }
        None => Fault::SignedOut.page(&app, None, texts(&request)),
    }
}

/// The sentences in the language that an address asks for.
pub(super) fn texts_of(uri: &axum::http::Uri) -> &'static Texts {
    Query::<Asked>::try_from_uri(uri)
        .map_or_else(|_| Asked::default().texts(), |Query(asked)| asked.texts())
}

/// Who asks, if they are signed in.
#[derive(Clone, Debug, Default)]
pub(super) struct Guest(pub Option<Viewer>);

impl FromRequestParts<App> for Guest {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

impl FromRequestParts<(App, Right)> for Guest {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &(App, Right)) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// A page behind a door names whom it is for.
impl FromRequestParts<App> for Viewer {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, StatusCode> {
        let Guest(viewer) = parts.extensions.get::<Guest>().cloned().unwrap_or_default();
        viewer.ok_or(StatusCode::UNAUTHORIZED)
    }
}
