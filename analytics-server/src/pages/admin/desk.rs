//! What every page of the administration has at hand: the server, who asks, the language. And the
//! one way in which something that went wrong becomes a page.

use crate::auth::Viewer;
use crate::centre::CentreError;
use crate::moments;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::shell::Shell;
use crate::state::App;
use crate::storage::StoreError;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;

/// What a page has at hand.
pub(super) struct Desk {
    /// The server.
    pub app: App,
    /// Who asks.
    pub viewer: Viewer,
    /// The sentences.
    pub texts: &'static Texts,
    /// What was asked for.
    pub uri: Uri,
}

/// Why a page ends early.
pub(super) struct Stop(Fault);

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self(Fault::Figures(error.into()))
    }
}

impl From<CentreError> for Stop {
    fn from(error: CentreError) -> Self {
        match error {
            CentreError::Store(error) => error.into(),
            error => {
                tracing::error!(%error, "the centre's settings can not be used");
                Self(Fault::Interrupted)
            }
        }
    }
}

impl FromRequestParts<App> for Desk {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, StatusCode> {
        let viewer = Viewer::from_request_parts(parts, app).await?;
        let Ok(OriginalUri(uri)) = OriginalUri::from_request_parts(parts, app).await;
        Ok(Self { app: app.clone(), viewer, texts: texts_of(&uri), uri })
    }
}

impl Desk {
    /// The frame of a page at an address, also one with a query.
    pub fn shell(&self, title: String, path: &str) -> Shell {
        let here = |texts: &Texts| with_language(path, texts);
        Shell::new(&self.app, Some(&self.viewer), self.texts, title, here)
    }

    /// The sentence of a key.
    pub fn say(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// An address in the reader's language.
    pub fn to(&self, path: &str) -> String {
        with_language(path, self.texts)
    }

    /// Leads on after a form was taken, with the key of what was done.
    pub fn done(&self, path: &str, what: &str) -> Response {
        let sign = if path.contains('?') { '&' } else { '?' };
        Redirect::to(&self.to(&format!("{path}{sign}done={what}"))).into_response()
    }

    /// The answer, or the page of what went wrong.
    pub fn answer(&self, outcome: Result<Response, Stop>) -> Response {
        outcome.unwrap_or_else(|Stop(fault)| fault.page(&self.app, Some(&self.viewer), self.texts))
    }

    /// A moment in the centre's time zone, as people here write it; a dash for none.
    pub fn moment(&self, at: Option<i64>) -> String {
        at.map_or_else(|| "–".to_owned(), |at| moments::short(at, &self.app.zone))
    }

    /// Now.
    pub fn now(&self) -> i64 {
        self.app.clock.now()
    }
}

/// An address, also one with a query, in a language.
pub(super) fn with_language(path: &str, texts: &Texts) -> String {
    let Some(language) = address::carried(texts) else { return path.to_owned() };
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}lang={language}")
}
