//! Who reads a page, and in which language. Where the address names none it is that of their account,
//! else the one that their browser asks for, else Vietnamese. Addresses carry a language only where it
//! is another one.

use crate::auth::Viewer;
use axum::extract::Query;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use locales::{Texts, languages_of};
use serde::Deserialize;
use tokio::task::JoinHandle;

/// Where neither the account nor the browser names a language.
const FIRST: &str = "vi";
/// The screen of the hall is read by everybody, so the language of its browser does not count.
const OF_THE_HALL: &str = "/screen";

tokio::task_local! {
    static PREFERRED: &'static str;
}

/// An extension of every request to a page.
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

/// The preferred language of the sender of the request that is being answered.
pub(super) fn preferred() -> &'static str {
    PREFERRED.try_with(|language| *language).unwrap_or(FIRST)
}

/// Answers a request for a reader with this preferred language.
pub(super) async fn scope<T>(language: &'static str, answer: impl Future<Output = T>) -> T {
    PREFERRED.scope(language, answer).await
}

/// Work that waits or counts for long, beside the others', for the same reader.
pub(super) fn spawn_blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<T> {
    let language = preferred();
    tokio::task::spawn_blocking(move || PREFERRED.sync_scope(language, work))
}

/// The preferred language of a reader at a path: where it names none, pages are in it.
pub(super) fn negotiate(viewer: Option<&Viewer>, headers: &HeaderMap, path: &str) -> &'static str {
    if path == OF_THE_HALL {
        return FIRST;
    }
    let own = viewer.and_then(|viewer| viewer.user.language.as_deref());
    let asked = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    own.and_then(known).or_else(|| accepted(asked()?)).unwrap_or(FIRST)
}

/// The language of pages that a tag such as `en-GB` names.
fn known(tag: &str) -> Option<&'static str> {
    let first = tag.split('-').next()?;
    languages_of("pages").find(|language| language.eq_ignore_ascii_case(first))
}

/// The language of pages that an `Accept-Language` likes best (RFC 9110, section 12.5.4); of two it
/// likes as much the one named first.
fn accepted(value: &str) -> Option<&'static str> {
    let mut best: Option<(f32, &'static str)> = None;
    for range in value.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let Some(language) = parts.next().and_then(known) else { continue };
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse);
        let Ok(weight) = weight else { continue };
        if weight > 0.0 && best.is_none_or(|(likes, _)| weight > likes) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_given_what_it_likes_best_of_what_there_is() {
        for (value, language) in [
            ("en-US,en;q=0.9", Some("en")),
            ("vi-VN,vi;q=0.9,en-US;q=0.8", Some("vi")),
            ("en;q=0.5, vi;q=0.8", Some("vi")),
            ("fr-FR, en;q=0.3", Some("en")),
            ("EN-gb", Some("en")),
            ("vi;q=0, en;q=0.1", Some("en")),
            ("fr, de;q=0.9", None),
            ("*", None),
            ("en;q=x", None),
            ("", None),
        ] {
            assert_eq!(accepted(value), language, "{value}");
        }
    }
}
