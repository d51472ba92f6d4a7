//! The request context of a page: what every handler has at hand. Who asks and in which language is
//! found out once a request, before the handler (`identify`).

use super::address;
use super::error::{PageError, PageResult};
use super::language::Reader;
use super::layout::Layout;
use crate::auth::Viewer;
use crate::centre_time;
use crate::state::App;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use serde::Deserialize;

/// What a handler has at hand. `V` is who asks: [`Viewer`] behind a permission, `Option<Viewer>` where
/// everybody may ask.
#[derive(Clone)]
pub(super) struct Context<V = Viewer> {
    pub app: App,
    pub viewer: V,
    /// The sentences of the language that the page is in.
    pub texts: &'static Texts,
    /// The address, as it was asked for.
    pub uri: Uri,
    pub headers: HeaderMap,
}

/// The field of an address that names what was done just before.
#[derive(Deserialize)]
struct DoneQuery {
    #[serde(default)]
    done: String,
}

/// The context of a page that is open to everybody.
pub(super) type PublicContext = Context<Option<Viewer>>;

impl<V> Context<V> {
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

    /// Which of these words the address has of what was done just before. An error: its fields can not be
    /// read, such as two of one name.
    pub fn was_done(&self, words: &[&'static str]) -> PageResult<Option<&'static str>> {
        let fields = axum::extract::Query::<DoneQuery>::try_from_uri(&self.uri);
        let DoneQuery { done } = fields.map_err(|_| PageError::Request)?.0;
        Ok(words.iter().copied().find(|word| *word == done))
    }

    /// A moment in the centre's time zone, as people here write it; a dash for none.
    pub fn moment(&self, at: Option<i64>) -> String {
        centre_time::short_or_dash(at, &self.app.zone)
    }

    /// Now, in milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.app.clock.now()
    }
}

impl Context {
    /// The layout of a page at an address, also one with a query.
    pub fn layout(&self, title: String, path: &str) -> Layout {
        self.layout_at(title, |texts| address::with_language(path, texts))
    }

    /// The layout of a page whose address in a language `here` gives.
    pub fn layout_at(&self, title: String, here: impl Fn(&Texts) -> String) -> Layout {
        Layout::new(&self.app, Some(&self.viewer), self.texts, title, here)
    }
}

impl PublicContext {
    /// The context of somebody who is signed in.
    pub fn signed_in(self, viewer: Viewer) -> Context {
        let Self { app, texts, uri, headers, .. } = self;
        Context { app, viewer, texts, uri, headers }
    }

    /// The layout of a page whose address in a language `here` gives.
    pub fn layout_at(&self, title: String, here: impl Fn(&Texts) -> String) -> Layout {
        Layout::new(&self.app, self.viewer.as_ref(), self.texts, title, here)
    }

    /// The same for a page that is alike for everybody, or for somebody who is about to sign in: it
    /// does not name the person whose session the browser has.
    pub fn layout_for_visitor(&self, title: String, here: impl Fn(&Texts) -> String) -> Layout {
        Layout::new(&self.app, None, self.texts, title, here)
    }
}

impl FromRequestParts<App> for Context {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let context = PublicContext::from_request_parts(parts, app).await?;
        let viewer = context.viewer.clone().ok_or(PageError::SignedOut)?;
        Ok(context.signed_in(viewer))
    }
}

impl FromRequestParts<App> for PublicContext {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let Reader { viewer, texts } = Reader::of(parts);
        let (uri, headers) = (parts.uri.clone(), parts.headers.clone());
        Ok(Self { app: app.clone(), viewer, texts, uri, headers })
    }
}
