//! Pages for what goes wrong, in the reader's language: what happened and what to do. What only an
//! administrator can use goes to the log.

use super::address;
use super::language::preferred;
use super::layout::{Layout, answer};
use super::reader::Reader;
use crate::auth::session::SessionError;
use crate::centre::CentreError;
use crate::export::ExportError;
use crate::period::PeriodError;
use crate::pin::PinError;
use crate::report::ReportFault;
use crate::sealing::SealingError;
use crate::state::App;
use crate::stats::StatsError;
use crate::storage::StoreError;
use askama::Template;
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use locales::Texts;
use std::any::Any;
use std::sync::Arc;

/// What a handler answers with, or something on the way to it.
pub(super) type PageResult<T = Response> = Result<T, PageError>;

/// Why a page can not be shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum PageError {
    /// The period asked for does not exist.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// The address or the form can not be read.
    #[error("the address can not be read")]
    Request,
    /// Not for this person.
    #[error("the person has not the right")]
    Forbidden,
    /// The form needs somebody who is signed in.
    #[error("nobody is signed in")]
    SignedOut,
    /// A form of another site, or of a session that is over.
    #[error("the form has not the token of the session")]
    BadCsrfToken,
    /// An officer's account that names no officer.
    #[error("the account names no officer")]
    Unbound,
    /// There is no such thing, or not for this person: the answer is the same.
    #[error("there is no such thing")]
    Missing,
    /// The address takes a form and shows nothing by itself.
    #[error("the address takes only a form")]
    OnlyForms,
    /// A report has no such form.
    #[error("“{0}” is not a format of the report")]
    Format(String),
    /// A report has no such page.
    #[error("the report has {pages} pages, not {page}")]
    Page {
        /// Asked for.
        page: String,
        /// There are.
        pages: usize,
    },
    /// The figures can not be had.
    #[error(transparent)]
    Figures(#[from] StatsError),
    /// The report can not be made.
    #[error(transparent)]
    Report(#[from] ReportFault),
    /// The ratings can not be taken away as a file.
    #[error(transparent)]
    Export(ExportError),
    /// No sheet holds so many rows.
    #[error("a sheet can not hold so many rows")]
    TooManyRows,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something of the system that a page needs failed: random bytes, the key of sealed values, the
    /// centre's settings.
    #[error("{0}")]
    Unavailable(String),
    /// The work was given up because the program ends.
    #[error("the page was interrupted because the program ends")]
    Interrupted,
}

impl From<SessionError> for PageError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Store(error) => error.into(),
            SessionError::Random(_) => Self::Unavailable(error.to_string()),
        }
    }
}

impl From<CentreError> for PageError {
    fn from(error: CentreError) -> Self {
        match error {
            CentreError::Store(error) => error.into(),
            error => Self::Unavailable(format!("the centre's settings can not be used: {error}")),
        }
    }
}

/// Errors of the system, whose words are for the log alone.
macro_rules! unavailable {
    ($($error:ty),+) => {
        $(impl From<$error> for PageError {
            fn from(error: $error) -> Self {
                Self::Unavailable(error.to_string())
            }
        })+
    };
}
unavailable!(SealingError, PinError, getrandom::Error);

/// The page is rendered by [`rendered`], where the reader and the layout are known; until then the
/// answer has the status and no body.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Unrendered(Arc::new(self)));
        response
    }
}

/// An error on its way to its page.
#[derive(Clone)]
struct Unrendered(Arc<PageError>);

/// The answer of a handler, or the page of the error that it gave.
pub(super) fn rendered(app: &App, reader: &Reader, mut response: Response) -> Response {
    match response.extensions_mut().remove::<Unrendered>() {
        Some(Unrendered(error)) => error.page(app, reader),
        None => response,
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
}

impl PageError {
    /// Status, key of the heading, sentence.
    fn wording(&self, texts: &Texts) -> (StatusCode, &'static str, String) {
        use StatusCode as S;
        let period = |kind: &str, word: &String| {
            (
                S::BAD_REQUEST,
                "pages-fault-period",
                texts.with(&format!("pages-fault-period-{kind}"), &[("word", word)]),
            )
        };
        let plain = |status, key: &'static str| (status, key, texts.get(&format!("{key}-text")));
        match self {
            Self::Period(error) => match error {
                PeriodError::Form { word } | PeriodError::Policy(word) => period("form", word),
                PeriodError::Missing { word, .. } => period("missing", word),
                PeriodError::Day { word, .. } => period("day", word),
                PeriodError::Reversed { word } => period("reversed", word),
                PeriodError::TooLong { word } => period("long", word),
                PeriodError::Year { word } => period("year", word),
            },
            Self::Request => plain(S::BAD_REQUEST, "pages-fault-request"),
            Self::Forbidden => plain(S::FORBIDDEN, "pages-fault-forbidden"),
            Self::SignedOut => plain(S::UNAUTHORIZED, "pages-fault-signed-out"),
            Self::BadCsrfToken => plain(S::FORBIDDEN, "pages-fault-replayed"),
            Self::Unbound => plain(S::NOT_FOUND, "pages-fault-unbound"),
            Self::Missing => plain(S::NOT_FOUND, "pages-fault-missing"),
            Self::OnlyForms => plain(S::METHOD_NOT_ALLOWED, "pages-fault-form"),
            Self::Format(format) => (
                S::BAD_REQUEST,
                "pages-fault-request",
                texts.with("pages-fault-format-text", &[("format", format)]),
            ),
            Self::Page { page, pages } => {
                let places = [("page", page.as_str()), ("pages", &pages.to_string())];
                (S::NOT_FOUND, "pages-fault-missing", texts.with("pages-fault-page-text", &places))
            }
            Self::Figures(StatsError::Store(_))
            | Self::Report(ReportFault::Figures(StatsError::Store(_)))
            | Self::Store(_)
            | Self::Export(ExportError::Store(_))
            | Self::Unavailable(_)
            | Self::Interrupted => plain(S::SERVICE_UNAVAILABLE, "pages-fault-busy"),
            Self::TooManyRows => {
                (S::BAD_REQUEST, "export-fault-rows", texts.get("export-too-many"))
            }
            Self::Report(ReportFault::Busy) => plain(S::SERVICE_UNAVAILABLE, "pages-fault-reports"),
            Self::Report(ReportFault::Unpublished) => {
                plain(S::NOT_FOUND, "pages-fault-unpublished")
            }
            Self::Figures(_) | Self::Report(_) | Self::Export(_) => {
                plain(S::INTERNAL_SERVER_ERROR, "pages-fault-inner")
            }
        }
    }

    /// What happened and what to do, in one sentence.
    pub fn sentence(&self, texts: &Texts) -> String {
        self.wording(texts).2
    }

    /// The status of its page.
    fn status(&self) -> StatusCode {
        self.wording(locales::texts(preferred())).0
    }

    /// Its page, and a line in the log where the server is at fault.
    pub fn page(&self, app: &App, reader: &Reader) -> Response {
        let (status, heading, sentence) = self.wording(reader.texts);
        if status.is_server_error() {
            tracing::error!(error = %self, "a page could not be shown");
        }
        let heading = reader.texts.get(heading);
        let (viewer, texts) = (reader.viewer.as_ref(), reader.texts);
        let layout = Layout::new(app, viewer, texts, heading.clone(), address::home);
        let signed_out = status == StatusCode::UNAUTHORIZED;
        answer(status, ErrorPage { layout, heading, sentence, signed_out }.render())
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
