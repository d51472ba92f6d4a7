//! What stands around every page: head, navigation, foot.

use super::{address, assets};
use crate::auth::{Right, Viewer};
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
    /// Pages that this person may open.
    pub nav: Vec<Item>,
    /// Who is signed in.
    pub person: Option<Person>,
    pub languages: Vec<Language>,
    /// Some of what is shown was simulated.
    pub simulated: bool,
    pub version: String,
}

/// One entry of the navigation.
pub(super) struct Item {
    pub name: String,
    pub address: String,
    pub current: bool,
}

/// Who is signed in.
pub(super) struct Person {
    pub name: String,
    pub role: String,
    /// What every form has to send along.
    pub csrf: String,
}

/// The navigation, in its order: key of the name, address, right.
const NAV: [(&str, &str, Right); 2] =
    [("pages-overview", "/", Right::Figures), ("dashboards-days", "/day", Right::Figures)];

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
        viewer: Option<&Viewer>,
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
        let path = here(locales::texts("vi"));
        let path = path.split('?').next().unwrap_or_default().to_owned();
        let items = NAV.into_iter().filter(|(.., right)| viewer.is_some_and(|one| one.may(*right)));
        let nav = items.map(|(key, address, _)| Item {
            name: texts.get(key),
            address: address::in_language(address, texts),
            current: address == path,
        });
        let person = viewer.map(|viewer| Person {
            name: viewer.user.full_name.clone(),
            role: texts.get(&format!("account-role-{}", viewer.user.role.word())),
            csrf: viewer.csrf.clone(),
        });
        Self {
            nav: nav.collect(),
            person,
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
