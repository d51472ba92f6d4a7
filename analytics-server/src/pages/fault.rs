//! Pages for what goes wrong, in the reader's language: what happened and what to do. What only an
//! administrator can use goes to the log.

use super::address::{self, Asked};
use super::doors::{Guest, texts_of};
use super::shell::{Shell, answer};
use crate::auth::Viewer;
use crate::export::ExportError;
use crate::period::PeriodError;
use crate::report::ReportFault;
use crate::state::App;
use crate::stats::StatsError;
use crate::storage::StoreError;
use askama::Template;
use axum::body::Body;
use axum::extract::{OriginalUri, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use locales::Texts;
use std::any::Any;

/// Why a page can not be shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
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
    Replayed,
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
    /// The work was given up because the program ends.
    #[error("the page was interrupted because the program ends")]
    Interrupted,
}

/// A page that tells of a fault.
#[derive(Template)]
#[template(path = "fault.html")]
pub(super) struct FaultPage {
    pub shell: Shell,
    pub heading: String,
    pub sentence: String,
    /// Signing in is the next step.
    pub signed_out: bool,
}

impl Fault {
    /// Status, key of the heading, sentence.
    fn told(&self, texts: &Texts) -> (StatusCode, &'static str, String) {
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
            Self::Replayed => plain(S::FORBIDDEN, "pages-fault-replayed"),
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
        self.told(texts).2
    }

    /// The page, and a line in the log where the server is at fault.
    pub fn page(&self, app: &App, viewer: Option<&Viewer>, texts: &'static Texts) -> Response {
        let (status, heading, sentence) = self.told(texts);
        if status.is_server_error() {
            tracing::error!(error = %self, "a page could not be shown");
        }
        page(app, viewer, texts, status, heading, sentence)
    }
}

fn page(
    app: &App,
    viewer: Option<&Viewer>,
    texts: &'static Texts,
    status: StatusCode,
    heading: &str,
    sentence: String,
) -> Response {
    let heading = texts.get(heading);
    let shell = Shell::new(app, viewer, texts, heading.clone(), address::home);
    let signed_out = status == StatusCode::UNAUTHORIZED;
    answer(status, FaultPage { shell, heading, sentence, signed_out }.render())
}

/// Nothing is at this address. What begins with `/api` is answered by that room.
pub(super) async fn nowhere(
    State(app): State<App>,
    Guest(viewer): Guest,
    OriginalUri(uri): OriginalUri,
) -> Response {
    Fault::Missing.page(&app, viewer.as_ref(), texts_of(&uri))
}

/// Somebody went back to where a form was sent.
pub(super) async fn only_forms(
    State(app): State<App>,
    Guest(viewer): Guest,
    OriginalUri(uri): OriginalUri,
) -> Response {
    Fault::OnlyForms.page(&app, viewer.as_ref(), texts_of(&uri))
}

/// A page that fell over. Nothing is at hand but the sentences, so it is bare.
#[expect(clippy::needless_pass_by_value, reason = "the signature tower-http asks for")]
pub(super) fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let said = cause.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!(said, "a page panicked");
    let texts = Asked::default().texts();
    let text = [texts.get("pages-fault-inner"), texts.get("pages-fault-inner-text")].join("\n\n");
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        Body::from(text),
    )
        .into_response()
}
