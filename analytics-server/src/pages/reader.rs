//! Who reads a page, and in which language.

use super::language::preferred;
use crate::auth::Viewer;
use axum::extract::Query;
use axum::http::Uri;
use axum::http::request::Parts;
use locales::Texts;
use serde::Deserialize;

/// Who reads and in which language: an extension of every request to a page.
#[derive(Clone)]
pub(super) struct Reader {
    /// Who asks, if they are signed in.
    pub viewer: Option<Viewer>,
    /// The sentences of the language that the page is in.
    pub texts: &'static Texts,
}

impl Reader {
    /// The reader of a request; outside of the pages nobody in the preferred language.
    pub fn of(parts: &Parts) -> Self {
        let found = parts.extensions.get::<Self>().cloned();
        found.unwrap_or_else(|| Self { viewer: None, texts: texts_of(&parts.uri) })
    }
}

/// The field of an address that names a language.
#[derive(Default, Deserialize)]
#[serde(default)]
struct LanguageQuery {
    /// BCP 47.
    lang: Option<String>,
}

/// The sentences of the language that an address names, else of the preferred one.
pub(super) fn texts_of(uri: &Uri) -> &'static Texts {
    let query = Query::<LanguageQuery>::try_from_uri(uri).map(|Query(query)| query);
    locales::texts(query.unwrap_or_default().lang.as_deref().unwrap_or_else(|| preferred()))
}
