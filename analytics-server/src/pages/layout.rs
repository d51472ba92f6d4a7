//! The layout of every page: head, navigation, foot.

use super::address;
use super::audit_links::log_of;
use crate::auth::credentials::Refusal;
use crate::auth::{Permission, Role, Viewer};
use crate::request_id::request_id;
use crate::state::App;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use locales::Texts;
use reports::numbers::Numbers;

/// The layout of a page.
pub(super) struct Layout {
    pub texts: &'static Texts,
    /// Title of the window.
    pub title: String,
    /// The centre's name.
    pub centre: String,
    /// Own script that keeps the page fresh, where there is something to keep fresh.
    pub script: Option<String>,
    pub home: String,
    /// Pages that this person may open.
    pub nav: Vec<Item>,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    pub languages: Vec<Language>,
    /// Where the audit log tells of what is shown, for who may read it.
    pub audit: Option<String>,
    /// What is open to everybody: names and addresses; none while nothing is public.
    pub public: Vec<(String, String)>,
    /// Some of what is shown was simulated.
    pub simulated: bool,
    pub version: String,
    /// Id of the request, to be told to an administrator when something went wrong.
    pub request: Option<String>,
}

/// One entry of the navigation.
pub(super) struct Item {
    pub name: String,
    /// The page, and its address with what is carried there.
    pub path: &'static str,
    pub address: String,
    pub current: bool,
    /// A tool of the centre rather than a page of figures or of work: it stands apart, behind.
    pub tool: bool,
    /// How many things wait there.
    pub waiting: Option<String>,
}

/// The navigation, in its order: key of the name, address, right.
const NAV: &[(&str, &str, Permission)] = &[
    ("pages-overview", "/", Permission::Figures),
    ("groups-departments", "/departments", Permission::Figures),
    ("groups-officers", "/officers", Permission::Figures),
    ("dashboards-days", "/day", Permission::Figures),
    ("records-list", "/records", Permission::Records),
    ("records-comments", "/comments", Permission::Records),
    ("records-flags", "/flags", Permission::Records),
    ("records-me", "/me", Permission::OwnPage),
    (ALERTS, "/alerts", Permission::Alerts),
    ("records-tablets", "/tablets", Permission::Fleet),
    ("pages-report-pdf", REPORT, Permission::Figures),
    ("export-nav", "/export", Permission::Export),
    ("account-audit", "/admin/audit", Permission::AuditLog),
    ("admin-title", "/admin", Permission::Administer),
];

/// The results for everybody.
const PUBLIC: &str = "/public";

/// What is open to everybody: key of the name, address.
const OPEN: [(&str, &str); 2] = [("live-public-link", PUBLIC), ("live-screen-link", "/screen")];

/// The report of a period.
const REPORT: &str = "/report";

/// The entry that tells how many alerts are open.
const ALERTS: &str = "alerts-nav";

/// Where somebody of a role begins: the first page of the navigation that is theirs.
pub(super) fn first_page(role: Role, texts: &Texts) -> String {
    let mut own = NAV.iter().filter(|(.., right)| role.has(*right));
    address::with_language(own.next().map_or("/account", |(_, address, _)| address), texts)
}

/// Where the name of the system and the page of an error lead: to the first page of who is signed in,
/// everybody else to the public results where there are some.
pub(super) fn home(app: &App, viewer: Option<&Viewer>, texts: &Texts) -> String {
    match viewer {
        Some(viewer) => first_page(viewer.user.role, texts),
        None if app.centre().public.shown => address::with_language(PUBLIC, texts),
        None => address::home(texts),
    }
}

/// What is open to everybody beside the page at this path: names and addresses.
pub(super) fn open_to_all(path: &str, texts: &Texts) -> Vec<(String, String)> {
    let others = OPEN.into_iter().filter(|(_, address)| *address != path);
    others.map(|(key, to)| (texts.get(key), address::with_language(to, texts))).collect()
}

/// A language to choose.
pub(super) struct Language {
    pub code: &'static str,
    pub name: String,
    pub address: String,
    pub current: bool,
}

impl Layout {
    /// The hidden field that every form of a signed-in person has; it is hexadecimal.
    pub fn token(&self) -> String {
        let field = |viewer: &Viewer| {
            format!("<input type=\"hidden\" name=\"csrf\" value=\"{}\">", viewer.csrf)
        };
        self.viewer.as_ref().map(field).unwrap_or_default()
    }

    /// The layout of a page that is shown once, such as recovery codes, or that carries what somebody
    /// wrote: its address in another language would be another page.
    pub fn without_languages(mut self) -> Self {
        self.languages.clear();
        self
    }

    /// The layout of a page with this title. `here` gives the page's address in a language.
    pub fn new(
        app: &App,
        viewer: Option<&Viewer>,
        texts: &'static Texts,
        title: String,
        here: impl Fn(&Texts) -> String,
    ) -> Self {
        let languages = locales::languages_of("pages").map(|code| Language {
            code,
            name: texts.get(&format!("language-{code}")),
            address: here(locales::texts(code)),
            current: code == texts.language(),
        });
        let path = here(locales::texts("vi"));
        let path = path.split('?').next().unwrap_or_default();
        // The nearest entry above a page, so that a page below another one is itself and not both.
        let above = |address: &&str| {
            *address == path || (*address != "/" && path.starts_with(&format!("{address}/")))
        };
        let current = NAV.iter().map(|(_, address, _)| *address).filter(above);
        let current = current.max_by_key(|address| address.len());
        let open = |right| viewer.is_some_and(|one| one.may(right) && !one.must_set_up_factor);
        let items = NAV.iter().filter(|(.., right)| open(*right));
        let nav = items.map(|(key, address, right)| Item {
            name: texts.get(key),
            path: address,
            address: address::with_language(address, texts),
            tool: matches!(
                right,
                Permission::Export | Permission::AuditLog | Permission::Administer
            ),
            current: Some(*address) == current,
            waiting: viewer
                .filter(|viewer| *key == ALERTS && viewer.open_alerts > 0)
                .map(|viewer| Numbers::of(texts).count(viewer.open_alerts)),
        });
        Self {
            nav: nav.collect(),
            viewer: viewer.cloned(),
            texts,
            title,
            centre: app.centre().name_in(texts.language()),
            script: None,
            home: home(app, viewer, texts),
            audit: log_of(path)
                .filter(|_| open(Permission::AuditLog))
                .map(|log| address::with_language(&log, texts)),
            languages: languages.collect(),
            public: if app.centre().public.shown { open_to_all(path, texts) } else { Vec::new() },
            simulated: false,
            version: texts.with("pages-version", &[("version", env!("CARGO_PKG_VERSION"))]),
            request: request_id(),
        }
    }

    /// What the link to [`Self::home`] is called.
    pub fn home_name(&self) -> String {
        let is_own = |viewer: &Viewer| !viewer.may(Permission::Figures);
        self.texts.get(match &self.viewer {
            Some(viewer) if is_own(viewer) => "records-invite-back",
            None if self.home.starts_with(PUBLIC) => "pages-fault-public",
            _ => "pages-fault-home",
        })
    }

    /// Lets the entry of the report lead to the report of what is shown.
    pub fn lead_to_report(&mut self, address: Option<String>) {
        let entry = self.nav.iter_mut().find(|item| item.path == REPORT);
        if let (Some(address), Some(entry)) = (address, entry) {
            entry.address = address;
        }
    }

    /// How many things wait behind the menu.
    pub fn waiting(&self) -> Option<&str> {
        self.nav.iter().find_map(|item| item.waiting.as_deref())
    }

    /// What keeps the language in the address of a form.
    pub fn query(&self) -> String {
        address::with_language("", self.texts)
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

/// A page that no cache may keep, not even the browser's: it tells of people or shows a secret.
pub(super) fn no_store(mut page: Response) -> Response {
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}

/// The status of a page with a form; `refused`: what was sent is not taken.
pub(super) fn form_status(refused: bool) -> StatusCode {
    if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
}

/// The page of a form of accounts, which tells of people or shows a secret and is never stored;
/// `refused`: what was sent is not taken, which is 400 here.
pub(super) fn no_store_form_answer(refused: bool, page: askama::Result<String>) -> Response {
    let status = if refused { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    no_store(answer(status, page))
}

/// The page with the status 429 and the seconds until the next try.
pub(super) fn too_many(mut page: Response, seconds: i64) -> Response {
    *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    page
}

/// The page that says why a password or a code does not lead on; 429 where one has to wait.
pub(super) fn credentials_refused(page: Response, refusal: Refusal) -> Response {
    match refusal {
        Refusal::Wait(seconds) => too_many(page, seconds),
        Refusal::Wrong => page,
    }
}
