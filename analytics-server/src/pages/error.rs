//! Pages for what goes wrong, in the reader's language: what happened and what to do. What only an
//! administrator can use goes to the log.

use super::address;
use super::language::{Reader, preferred};
use super::layout::{Layout, answer, home};
use crate::auth::session::SessionError;
use crate::centre::CentreError;
use crate::export::ExportError;
use crate::period::{self, PeriodError};
use crate::pin::PinError;
use crate::reporting::ReportFault;
use crate::sealing::SealingError;
use crate::state::App;
use crate::stats::StatsError;
use crate::storage::StoreError;
use askama::Template;
use axum::body::Body;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use reports::numbers::Numbers;
use std::any::Any;
use std::sync::Arc;

/// Letters of an unknown format that the page quotes.
const FORMAT_CHARS: usize = 20;

/// What a handler answers with, or something on the way to it.
pub(super) type PageResult<T = Response> = Result<T, PageError>;

/// Why a page can not be shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum PageError {
    /// No fault: the page is at another address, to which its reader is led.
    #[error("the page is at {0}")]
    Moved(String),
    #[error(transparent)]
    Period(#[from] PeriodError),
    #[error("the address or the form can not be read")]
    Request,
    #[error("the person has not the right")]
    Forbidden,
    #[error("the form needs somebody who is signed in")]
    SignedOut,
    /// A form of another site, or of a session that is over.
    #[error("the form has not the token of the session")]
    BadCsrfToken,
    #[error("the officer's account names no officer")]
    Unbound,
    /// There is no such thing, or not for this person: the answer is the same.
    #[error("there is no such thing")]
    Missing,
    #[error("the address takes a form and shows nothing by itself")]
    OnlyForms,
    #[error("“{0}” is not a format of the report")]
    Format(String),
    #[error("the report has {pages} pages, not {page}")]
    Page { page: String, pages: usize },
    #[error(transparent)]
    Figures(#[from] StatsError),
    #[error(transparent)]
    Report(#[from] ReportFault),
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error("a sheet can not hold so many rows")]
    TooManyRows,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Session(#[from] SessionError),
    #[error("the centre's settings can not be used: {0}")]
    Centre(#[from] CentreError),
    #[error(transparent)]
    Sealing(#[from] SealingError),
    #[error(transparent)]
    Pin(#[from] PinError),
    #[error("the system gives no random bytes: {0}")]
    Random(#[from] getrandom::Error),
    /// Something else of the system that a page needs failed.
    #[error("{0}")]
    Unavailable(String),
    #[error("the page was interrupted because the program ends")]
    Interrupted,
}

/// The page is rendered by [`rendered`], where the reader and the layout are known; until then the
/// answer has the status and no body.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        if let Self::Moved(address) = &self {
            return Redirect::to(address).into_response();
        }
        let mut response = self.heading().0.into_response();
        response.extensions_mut().insert(Unrendered(Arc::new(self)));
        response
    }
}

/// An error on its way to its page.
#[derive(Clone)]
struct Unrendered(Arc<PageError>);

/// The answer of a handler, or the page of the error that it gave at an address.
pub(super) fn rendered(app: &App, reader: &Reader, uri: &Uri, mut response: Response) -> Response {
    match response.extensions_mut().remove::<Unrendered>() {
        Some(Unrendered(error)) => error.page_with(app, reader, error.way_back(uri)),
        None => response,
    }
}

/// A text that names no period, its days as people write them.
fn in_words(word: &str, texts: &Texts) -> String {
    let Some((from, to)) = word.split_once("..") else { return word.to_owned() };
    let day = |part: &str| match period::day(part.trim()) {
        Some(day) => Numbers::of(texts).date(day),
        None if part.trim().is_empty() => "…".to_owned(),
        None => part.trim().to_owned(),
    };
    if from == to && !from.is_empty() {
        day(from)
    } else {
        format!("{} – {}", day(from), day(to))
    }
}

/// A page that says what went wrong.
#[derive(Template)]
#[template(path = "error.html")]
pub(super) struct ErrorPage {
    pub layout: Layout,
    pub heading: String,
    pub sentence: String,
    /// Signing in is the next step.
    pub signed_out: bool,
    /// The same page without what can not be shown.
    pub back: Option<String>,
}

impl PageError {
    /// An unknown format; of a long one the beginning is quoted.
    pub fn format(format: &str) -> Self {
        Self::Format(format.chars().take(FORMAT_CHARS).collect())
    }

    /// The status of its page, and the key of the heading.
    fn heading(&self) -> (StatusCode, &'static str) {
        use StatusCode as S;
        match self {
            // It has no page, see `into_response`.
            Self::Moved(_) => (S::SEE_OTHER, "pages-fault-missing"),
            Self::Period(_) => (S::BAD_REQUEST, "pages-fault-period"),
            Self::Request | Self::Format(_) => (S::BAD_REQUEST, "pages-fault-request"),
            Self::TooManyRows => (S::BAD_REQUEST, "export-fault-rows"),
            Self::SignedOut => (S::UNAUTHORIZED, "pages-fault-signed-out"),
            Self::Forbidden => (S::FORBIDDEN, "pages-fault-forbidden"),
            Self::BadCsrfToken => (S::FORBIDDEN, "pages-fault-replayed"),
            Self::Unbound => (S::NOT_FOUND, "pages-fault-unbound"),
            Self::Missing | Self::Page { .. } => (S::NOT_FOUND, "pages-fault-missing"),
            Self::Report(ReportFault::Unpublished) => (S::NOT_FOUND, "pages-fault-unpublished"),
            Self::OnlyForms => (S::METHOD_NOT_ALLOWED, "pages-fault-form"),
            Self::Report(ReportFault::Busy) => (S::SERVICE_UNAVAILABLE, "pages-fault-reports"),
            Self::Figures(StatsError::Store(_))
            | Self::Report(ReportFault::Figures(StatsError::Store(_)))
            | Self::Export(ExportError::Store(_))
            | Self::Store(_)
            | Self::Session(_)
            | Self::Centre(_)
            | Self::Sealing(_)
            | Self::Pin(_)
            | Self::Random(_)
            | Self::Unavailable(_)
            | Self::Interrupted => (S::SERVICE_UNAVAILABLE, "pages-fault-busy"),
            Self::Figures(_) | Self::Report(_) | Self::Export(_) => {
                (S::INTERNAL_SERVER_ERROR, "pages-fault-inner")
            }
        }
    }

    /// What happened and what to do, in one sentence.
    pub fn sentence(&self, texts: &Texts) -> String {
        match self {
            Self::Period(error) => {
                let (kind, word) = error.word();
                let word = in_words(word, texts);
                texts.with(&format!("pages-fault-period-{kind}"), &[("word", &word)])
            }
            Self::Format(format) => texts.with("pages-fault-format-text", &[("format", format)]),
            Self::Page { page, pages } => {
                let places = [("page", page.as_str()), ("pages", &pages.to_string())];
                texts.with("pages-fault-page-text", &places)
            }
            Self::TooManyRows => texts.get("export-too-many"),
            other => texts.get(&format!("{}-text", other.heading().1)),
        }
    }

    /// Where its reader chooses again: the page at the same address without the fields that are at
    /// fault. None where others would not help.
    fn way_back(&self, uri: &Uri) -> Option<String> {
        const OF_FILES: [&str; 3] = ["format", "for", "page"];
        const OF_PERIODS: [&str; 6] = ["period", "part", "year", "from", "to", "date"];
        let is_of_period = match self {
            Self::Period(_) => true,
            Self::Format(_) | Self::Page { .. } | Self::Report(ReportFault::Unpublished) => false,
            _ => return None,
        };
        let query = uri.query().unwrap_or_default();
        let mut fields: Vec<(String, String)> = serde_html_form::from_str(query).ok()?;
        fields.retain(|(name, _)| {
            let name = name.as_str();
            !(OF_FILES.contains(&name) || is_of_period && OF_PERIODS.contains(&name))
        });
        let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        // Files of ratings and charts belong to a page.
        let path = match uri.path() {
            file if file.starts_with("/export/") => "/export",
            file if file.starts_with("/charts/") => "/",
            page => page,
        };
        let address = address::with_fields(path, fields);
        Some(address::inside(&address).to_owned())
    }

    /// Its page, and a line in the log where the server is at fault.
    pub fn page(&self, app: &App, reader: &Reader) -> Response {
        self.page_with(app, reader, None)
    }

    /// The same with a way back.
    fn page_with(&self, app: &App, reader: &Reader, back: Option<String>) -> Response {
        let (status, heading) = self.heading();
        if status.is_server_error() {
            tracing::error!(error = %self, "a page could not be shown");
        }
        let (viewer, texts) = (reader.viewer.as_ref(), reader.texts);
        let (heading, sentence) = (texts.get(heading), self.sentence(texts));
        let here = |texts: &Texts| home(app, viewer, texts);
        let layout = Layout::new(app, viewer, texts, heading.clone(), here);
        let signed_out = status == StatusCode::UNAUTHORIZED;
        answer(status, ErrorPage { layout, heading, sentence, signed_out, back }.render())
    }
}

/// Nothing is at this address. What begins with `/api` is answered there.
pub(super) async fn not_found() -> PageError {
    PageError::Missing
}

/// An address that only takes a form was opened, such as by going back in the browser.
pub(super) async fn method_not_allowed() -> PageError {
    PageError::OnlyForms
}

/// A handler panicked. Nothing is at hand but the sentences, so it is bare.
#[expect(clippy::needless_pass_by_value, reason = "the signature tower-http asks for")]
pub(super) fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let reason = cause.downcast_ref::<String>().map(String::as_str);
    let reason = reason.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!(reason, "a page panicked");
    let texts = locales::texts(preferred());
    let text = [texts.get("pages-fault-inner"), texts.get("pages-fault-inner-text")].join("\n\n");
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        Body::from(text),
    )
        .into_response()
}
