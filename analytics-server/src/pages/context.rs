//! The request context of a page: what every handler has at hand. Who asks and in which language is
//! found out once a request, before the handler (`identify`).

use super::address;
use super::error::PageError;
use super::layout::Layout;
use super::reader::Reader;
use crate::auth::Viewer;
use crate::moments;
use crate::state::App;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;

/// What a handler has at hand. `V` is who asks: [`Viewer`] behind a right, `Option<Viewer>` where
/// everybody may ask.
#[derive(Clone)]
pub(super) struct Context<V = Viewer> {
    /// The server.
    pub app: App,
    /// Who asks.
    pub viewer: V,
    /// The sentences of the language that the page is in.
    pub texts: &'static Texts,
    /// The address, as it was asked for.
    pub uri: Uri,
    /// The headers of the request.
    pub headers: HeaderMap,
}

/// The context of a page that is open to everybody.
pub(super) type PublicContext = Context<Option<Viewer>>;

impl<V> Context<V> {
    fn new(parts: &Parts, app: &App, viewer: V, texts: &'static Texts) -> Self {
        let (uri, headers) = (parts.uri.clone(), parts.headers.clone());
        Self { app: app.clone(), viewer, texts, uri, headers }
    }

    /// The sentence of a key.
    pub fn text(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// An address, also one with a query, in the reader's language.
    pub fn to(&self, path: &str) -> String {
        address::with_language(path, self.texts)
    }

    /// Leads on to an address after a form was taken, so that reloading sends nothing twice.
    pub fn redirect(&self, path: &str) -> Response {
        Redirect::to(&self.to(path)).into_response()
    }

    /// Leads on after a form was taken, with the word of what was done.
    pub fn done(&self, path: &str, what: &str) -> Response {
        let sign = if path.contains('?') { '&' } else { '?' };
        self.redirect(&format!("{path}{sign}done={what}"))
    }

    /// A moment in the centre's time zone, as people here write it; a dash for none.
    pub fn moment(&self, at: Option<i64>) -> String {
        at.map_or_else(|| "–".to_owned(), |at| moments::short(at, &self.app.zone))
    }

    /// Now, in milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.app.clock.now()
    }
}

impl Context {
    /// The layout of a page at an address, also one with a query.
    pub fn layout(&self, title: String, path: &str) -> Layout {
        let here = |texts: &Texts| address::with_language(path, texts);
        Layout::new(&self.app, Some(&self.viewer), self.texts, title, here)
    }

    /// The layout of a page whose address in a language `here` gives.
    pub fn layout_at(&self, title: String, here: impl Fn(&Texts) -> String) -> Layout {
        Layout::new(&self.app, Some(&self.viewer), self.texts, title, here)
    }
}

impl PublicContext {
    /// The context of somebody who is signed in.
    pub fn signed_in(&self, viewer: Viewer) -> Context {
        let Self { app, texts, uri, headers, .. } = self.clone();
        Context { app, viewer, texts, uri, headers }
    }

    /// The layout of a page whose address in a language `here` gives.
    pub fn layout_at(&self, title: String, here: impl Fn(&Texts) -> String) -> Layout {
        Layout::new(&self.app, self.viewer.as_ref(), self.texts, title, here)
    }

    /// The same for a page that is alike for everybody, or of somebody who is about to sign in:
    /// whoever this browser has a session of does not stand on it.
    pub fn layout_for_visitor(&self, title: String, here: impl Fn(&Texts) -> String) -> Layout {
        Layout::new(&self.app, None, self.texts, title, here)
    }
}

impl FromRequestParts<App> for Context {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let Reader { viewer, texts } = Reader::of(parts);
        Ok(Self::new(parts, app, viewer.ok_or(PageError::SignedOut)?, texts))
    }
}

impl FromRequestParts<App> for PublicContext {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let Reader { viewer, texts } = Reader::of(parts);
        Ok(Self::new(parts, app, viewer, texts))
    }
}
