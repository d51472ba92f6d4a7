//! Refusals: one word for the program, one sentence for a person, the right status.

use crate::centre::CentreError;
use crate::ingest::IngestError;
use crate::stats::StatsError;
use crate::storage::StoreError;
use axum::Json;
use axum::extract::rejection::BytesRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::Head;
use protocol::exchange::{Broken, Problem, ProblemCode};
use protocol::limits::REQUEST_BYTES;

/// Seconds after which a tablet may come back when the server can not store just now.
const RETRY_AFTER_S: u64 = 10;

/// A refusal on its way out.
#[derive(Debug)]
pub struct Refusal {
    problem: Problem,
    /// Seconds after which it is worth coming back, where that is known.
    wait_s: Option<u64>,
}

impl Refusal {
    pub(super) fn new(code: ProblemCode, message: impl Into<String>) -> Self {
        Self { problem: Problem { code, message: message.into(), head: None }, wait_s: None }
    }

    /// Too many wrong tries: come back after so many seconds.
    pub(super) fn wait(seconds: i64) -> Self {
        let message = format!(
            "Too many wrong codes came from this address. Wait {seconds} seconds, then check the \
             code letter by letter."
        );
        let wait_s = Some(seconds.unsigned_abs());
        Self { wait_s, ..Self::new(ProblemCode::TooMany, message) }
    }

    /// A token that asks too often.
    pub(super) fn too_many(wait_s: u64) -> Self {
        let message = "This token asks too often; wait as long as Retry-After says.";
        Self { wait_s: Some(wait_s), ..Self::new(ProblemCode::TooMany, message) }
    }

    /// A tablet that sends too much.
    pub(super) fn too_much(wait_s: u64) -> Self {
        let message = "This tablet sends more than any counter makes. Nothing is lost: keep \
                       everything and come back after as long as Retry-After says.";
        Self { wait_s: Some(wait_s), ..Self::new(ProblemCode::TooMany, message) }
    }

    pub(super) fn with_head(mut self, head: Head) -> Self {
        self.problem.head = Some(head);
        self
    }

    fn status(&self) -> StatusCode {
        match self.problem.code {
            ProblemCode::Gap | ProblemCode::Fork | ProblemCode::AlreadyRated => {
                StatusCode::CONFLICT
            }
            ProblemCode::UnknownName => StatusCode::UNPROCESSABLE_ENTITY,
            ProblemCode::Broken | ProblemCode::BadRequest => StatusCode::BAD_REQUEST,
            ProblemCode::Unauthorised => StatusCode::UNAUTHORIZED,
            ProblemCode::BadCode | ProblemCode::Retired => StatusCode::FORBIDDEN,
            ProblemCode::NotFound => StatusCode::NOT_FOUND,
            ProblemCode::StartAnew => StatusCode::GONE,
            ProblemCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ProblemCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
            ProblemCode::Unavailable | ProblemCode::Unknown => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, wait_s) = (self.status(), self.wait_s);
        let mut response = (status, Json(self.problem)).into_response();
        if wait_s.is_some() || status == StatusCode::SERVICE_UNAVAILABLE {
            let wait = wait_s.unwrap_or(RETRY_AFTER_S).into();
            response.headers_mut().insert(header::RETRY_AFTER, wait);
        }
        response
    }
}

impl From<IngestError> for Refusal {
    fn from(error: IngestError) -> Self {
        match error {
            IngestError::Store(error) => error.into(),
            IngestError::Full { wait_s, .. } => {
                tracing::debug!(%error, "a batch has to wait");
                let message = "Many tablets send at once. Nothing is lost: keep everything and come \
                               back after as long as Retry-After says.";
                Self { wait_s: Some(wait_s), ..Self::new(ProblemCode::TooMany, message) }
            }
            IngestError::Interrupted => {
                tracing::error!(%error, "a batch was not written");
                let message = "The server can not store just now. Nothing is lost: keep everything \
                               and come back.";
                Self::new(ProblemCode::Unavailable, message)
            }
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        // Logged here, once; the tablet learns only that it has to come back.
        tracing::error!(%error, "the store refused");
        Self::new(
            ProblemCode::Unavailable,
            "The server can not store just now. Nothing is lost: keep everything and come back.",
        )
    }
}

impl From<CentreError> for Refusal {
    fn from(error: CentreError) -> Self {
        tracing::error!(%error, "the centre's settings can not be used");
        Self::new(
            ProblemCode::Unavailable,
            "The centre's settings can not be read just now. Keep everything and come back.",
        )
    }
}

impl From<StatsError> for Refusal {
    fn from(error: StatsError) -> Self {
        tracing::error!(%error, "the figures could not be counted");
        Self::new(ProblemCode::Unavailable, "The figures can not be counted just now.")
    }
}

impl From<Broken> for Refusal {
    fn from(broken: Broken) -> Self {
        Self::new(ProblemCode::Broken, format!("The batch was refused: {broken}."))
    }
}

impl From<BytesRejection> for Refusal {
    fn from(rejection: BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Self::new(
                ProblemCode::TooLarge,
                format!(
                    "The request is larger than this address takes; a batch may have \
                     {REQUEST_BYTES} bytes, send fewer events."
                ),
            )
        } else {
            Self::new(ProblemCode::BadRequest, "The request's body ended too early; send it again.")
        }
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::new(ProblemCode::BadRequest, format!("The request can not be read: {error}."))
    }
}
