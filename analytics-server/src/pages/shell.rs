//! What stands around every page: head, navigation, foot.

use super::{address, assets};
use crate::state::App;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use locales::Texts;

/// The frame of a page.
pub(super) struct Shell {
    pub texts: &'static Texts,
    /// Title of the window.
    pub title: String,
    /// The centre's name.
    pub centre: String,
    pub style: String,
    pub icon: String,
    /// Own script that keeps the page fresh, where there is something to keep fresh.
    pub script: Option<String>,
    pub home: String,
    /// Where the report of the period shown is.
    pub report: Option<String>,
    pub languages: Vec<Language>,
    /// Some of what is shown was simulated.
    pub simulated: bool,
    pub version: String,
}

/// A language to choose.
pub(super) struct Language {
    pub code: &'static str,
    pub name: String,
    pub address: String,
    pub current: bool,
}

impl Shell {
    /// The frame of a page with this title. `here` gives the page's address in a language.
    pub fn new(
        app: &App,
        texts: &'static Texts,
        title: String,
        here: impl Fn(&Texts) -> String,
    ) -> Self {
        let name = app.centre.name.get(texts.language()).or_else(|| app.centre.name.get("vi"));
        let languages = locales::languages_of("pages").map(|code| Language {
            code,
            name: texts.get(&format!("language-{code}")),
            address: here(locales::texts(code)),
            current: code == texts.language(),
        });
        Self {
            texts,
            title,
            centre: name.cloned().unwrap_or_default(),
            style: assets::address("style.css"),
            icon: assets::address("icon.svg"),
            script: None,
            home: address::home(texts),
            report: None,
            languages: languages.collect(),
            simulated: false,
            version: texts.with("pages-version", &[("version", env!("CARGO_PKG_VERSION"))]),
        }
    }
}

/// A rendered page as an answer. A template can fail only when memory is out, and then a bare
/// sentence is all that is left.
pub(super) fn answer(status: StatusCode, page: askama::Result<String>) -> Response {
    match page {
        Ok(page) => {
            let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8");
            (status, [kind, (header::CACHE_CONTROL, "no-cache")], page).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
