//! A tablet shows its one-time code and becomes known.

use super::problem::Refusal;
use crate::auth::throttle::{Client, Target, Try};
use crate::clock::fresh_id;
use crate::enrolment::{code_hash, token_hash};
use crate::state::App;
use crate::storage::enrolments::{Admission, Applicant};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use ed25519_dalek::VerifyingKey;
use protocol::exchange::{EnrolRequest, Enrolled, Problem, ProblemCode};

/// Versions are short; anything longer is not one.
const VERSION_CHARS: usize = 40;

/// Admits a tablet by its one-time code.
#[utoipa::path(
    post,
    path = "/api/v1/enrolments",
    request_body = EnrolRequest,
    responses(
        (status = 200, description = "The tablet is known", body = Enrolled),
        (status = 400, description = "The request can not be read", body = Problem),
        (status = 403, description = "The code is unknown, used or too old, or the tablet is retired", body = Problem),
        (status = 429, description = "Too many wrong codes from this address", body = Problem),
        (status = 413, description = "The request is too large", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn enrol(
    State(app): State<App>,
    client: Client,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Enrolled>, Refusal> {
    let request: EnrolRequest = serde_json::from_slice(&body?)?;
    // A weak key would take anybody's signature for its own.
    if VerifyingKey::from_bytes(&request.public_key).map_or(true, |key| key.is_weak()) {
        let message = "The public key is no Ed25519 key; delete the tablet's data and try again.";
        return Err(Refusal::new(ProblemCode::BadRequest, message));
    }
    let version = request.app_version.chars().filter(|letter| !letter.is_control());
    let app_version: String = version.take(VERSION_CHARS).collect();
    // The try is taken before the code is looked at: guesses at one moment count, too.
    let taken = Try::take(&app, Target::Enrolment, &client).await?.map_err(Refusal::wait)?;
    let (public_key, token_hash) = (request.public_key, token_hash(&request.token));
    // With a second code after a lost answer it is the same tablet, and not a second one.
    let id = match request.tablet {
        None => app.store.unanswered(public_key, token_hash).await?,
        named => named,
    };
    let applicant = Applicant {
        code_hash: code_hash(&request.code),
        id: id.unwrap_or_else(fresh_id),
        public_key,
        token_hash,
        app_version: &app_version,
    };
    // The counter where it stood before: its open request there is woken, so that it learns that it was moved.
    let before = app.store.tablet(applicant.id).await?.map(|tablet| tablet.post.counter);
    let refuse = |message| Err(Refusal::new(ProblemCode::BadCode, message));
    let admission = app.store.enrol(&applicant, app.clock.now()).await?;
    if !matches!(admission, Admission::UnknownCode) {
        taken.succeed(&app).await?;
    }
    match admission {
        Admission::Admitted { tablet, counter } => {
            if let Some(before) = before.filter(|before| *before != counter) {
                app.invitation_notifier.wake(before);
            }
            let directory = app.store.directory().await?;
            let counter = directory.counter_of(counter);
            let counter = counter.map(|one| one.code.clone()).unwrap_or_default();
            tracing::info!(%tablet, counter, "a tablet enrolled");
            Ok(Json(Enrolled { tablet, counter }))
        }
        Admission::UnknownCode => refuse(
            "The code is not known here. Check it letter by letter, or make a new one with \
             “analytics-server tablet add”.",
        ),
        Admission::UsedCode => refuse(
            "The code was used by another tablet. Make a new one with “analytics-server tablet \
             add”.",
        ),
        Admission::OtherTablet => refuse(
            "Another tablet has this tablet's identity: its data was copied. Delete the copy's \
             data directory and enrol it as a new tablet.",
        ),
        Admission::Retired => Err(Refusal::new(
            ProblemCode::Retired,
            "This tablet is retired here and stays so; the code is still good. A program of the \
             server's version or a later one carries the ratings on as another tablet: bring the \
             tablet's program up to date and enrol it again.",
        )),
        Admission::ExpiredCode => {
            refuse("The code is too old. Make a new one with “analytics-server tablet add”.")
        }
    }
}
