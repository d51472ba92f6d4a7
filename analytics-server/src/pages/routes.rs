//! The permission that each route asks for. A handler behind a permission is never run for somebody
//! who lacks it, so it need not check that itself.

use super::language::Reader;
use super::password_confirmation::require_password;
use crate::pages::prelude::*;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::MethodRouter;

/// What somebody may open whose role asks for a second factor before they have one; the first is
/// where everything else leads.
const SET_UP: [&str; 4] =
    ["/account/second", "/account/second/offer", "/account/language", "/sign-out"];

/// The addresses of the pages with what answers at them.
pub(super) struct Routes {
    app: App,
    router: Router<App>,
    /// Each address with the permission it asks for; none: it is open to everybody.
    pub list: Vec<(&'static str, Option<Permission>)>,
}

impl Routes {
    pub fn new(app: &App) -> Self {
        Self { app: app.clone(), router: Router::new(), list: Vec::new() }
    }

    /// An address for everybody.
    pub fn public(mut self, path: &'static str, methods: MethodRouter<App>) -> Self {
        self.list.push((path, None));
        self.router = self.router.route(path, methods);
        self
    }

    /// An address for those who have a permission.
    pub fn guarded(
        mut self,
        permission: Permission,
        path: &'static str,
        methods: MethodRouter<App>,
    ) -> Self {
        self.list.push((path, Some(permission)));
        let guard = from_fn_with_state(permission, require_permission);
        self.router = self.router.route(path, methods.route_layer(guard));
        self
    }

    /// An address for those who have a permission and, where something is sent, gave their password in
    /// this session a short while ago.
    pub fn guarded_with_password(
        self,
        permission: Permission,
        path: &'static str,
        methods: MethodRouter<App>,
    ) -> Self {
        let confirmed = from_fn_with_state(self.app.clone(), require_password);
        self.guarded(permission, path, methods.route_layer(confirmed))
    }

    pub fn router(self) -> Router<App> {
        self.router
    }
}

/// Lets through who has the permission; who is not signed in is led to the sign-in.
async fn require_permission(
    State(permission): State<Permission>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let Reader { viewer, texts } = Reader::of(&parts);
    let path = parts.uri.path();
    match viewer {
        Some(viewer) if viewer.must_set_up_factor && !SET_UP.contains(&path) => {
            Redirect::to(&address::with_language(SET_UP[0], texts)).into_response()
        }
        Some(viewer) if viewer.may(permission) => next.run(Request::from_parts(parts, body)).await,
        Some(_) => PageError::Forbidden.into_response(),
        None if parts.method == Method::GET => {
            let next = parts.uri.path_and_query().map_or("/", |one| one.as_str());
            Redirect::to(&address::sign_in(next, texts)).into_response()
        }
        None => PageError::SignedOut.into_response(),
    }
}
