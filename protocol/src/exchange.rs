//! Requests and answers between a tablet and the server.
//!
//! | request | body | answer |
//! |---|---|---|
//! | `POST /api/v1/enrolments` | [`EnrolRequest`] | [`Enrolled`] |
//! | `GET /api/v1/tablets/{id}/settings` | none, `If-None-Match` | [`crate::settings::Settings`] |
//! | `POST /api/v1/tablets/{id}/events` | [`Batch`] or [`Wrapped`] | [`Acknowledged`] |
//!
//! The last two carry `Authorization: Bearer <token>`, the token of the enrolment. Every refusal
//! is a [`Problem`].

use crate::chain::{self, Digest, Head};
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

/// Path of the enrolment.
pub const ENROLMENTS: &str = "/api/v1/enrolments";

/// Path of a tablet's settings.
pub fn settings_path(tablet: Uuid) -> String {
    format!("/api/v1/tablets/{tablet}/settings")
}

/// Path a tablet's batches go to.
pub fn events_path(tablet: Uuid) -> String {
    format!("/api/v1/tablets/{tablet}/events")
}

/// A tablet asks to be known. It chooses key and token before it asks, so that it can ask again
/// with the same ones when the answer is lost.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolRequest {
    /// The one-time code an administrator made.
    pub code: String,
    /// Ed25519 public key, 64 hexadecimal digits.
    #[serde(with = "hex::serde")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9a-fA-F]{64}$"))]
    pub public_key: [u8; 32],
    /// 32 random bytes, 64 hexadecimal digits; from now on the tablet's bearer token.
    #[serde(with = "hex::serde")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9a-fA-F]{64}$"))]
    pub token: [u8; 32],
    /// Version of the tablet program.
    pub app_version: String,
    /// The id it has from an earlier enrolment, when the server no longer knows it: a server
    /// restored from an older backup then gets the whole chain again under the same id. A tablet
    /// that has to continue as another one names none, and begins with
    /// [`crate::event::What::Continues`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablet: Option<Uuid>,
}

/// The tablet is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// Its id; part of every path from now on, and the start of its chain.
    pub tablet: Uuid,
    /// Code of the counter it stands at.
    pub counter: String,
}

/// Events with consecutive numbers, in their exact bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Batch {
    /// Number of the first event in the batch.
    pub first: u64,
    /// Digest of the event before it.
    pub previous: Digest,
    /// The events. Each is carried as it was stored, so its bytes can be hashed.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::event::Event>))]
    pub events: Vec<Box<RawValue>>,
    /// Digest of the last event.
    pub digest: Digest,
    /// When the tablet sends it, by its own clocks.
    pub sent: Sent,
    /// Ed25519 over tablet, last number, last digest and `sent`; 128 hexadecimal digits.
    #[serde(with = "hex::serde")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9a-fA-F]{128}$"))]
    pub signature: [u8; 64],
}

/// A batch as letters and digits alone. A tablet sends it so after something on the way, such as a
/// content filter, has refused the same batch in plain JSON: the words of a citizen's comment are then
/// no longer there to take offence at. Servers up to 0.2 refuse it as a request that can not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Wrapped {
    /// The JSON of a [`Batch`] in base64url without padding (RFC 4648, section 5).
    pub wrapped: String,
}

/// The tablet's clocks at the moment of sending. Against the time of arrival they tell how wrong
/// the wall clock is, and by `uptime` when an event of the same run really happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sent {
    /// Wall time, milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// This run of the tablet program.
    pub boot: Uuid,
    /// Milliseconds since the program started.
    pub uptime: u64,
}

/// Why a batch is not what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// There is nothing in it.
    #[error("the batch has no events")]
    Empty,
    /// Events are numbered from 1.
    #[error("the batch's first number is 0; events are numbered from 1")]
    NumberedFromZero,
    /// No tablet has counted so far, and no database could hold the number.
    #[error("the batch's numbers are too large")]
    NumbersTooLarge,
    /// The events do not lead from `previous` to `digest`.
    #[error("the batch's events do not give its digest")]
    WrongDigest,
    /// The signature is not this tablet's over this batch.
    #[error("the batch's signature is not this tablet's")]
    WrongSignature,
}

impl Batch {
    /// Packs events that follow `previous` and signs them.
    pub fn seal(
        key: &SigningKey,
        tablet: Uuid,
        previous: Head,
        events: Vec<Box<RawValue>>,
        sent: Sent,
    ) -> Self {
        let head = previous.extend_all(events.iter().map(|event| event.get().as_bytes()));
        Self {
            first: previous.number + 1,
            previous: previous.digest,
            digest: head.digest,
            signature: chain::sign(key, tablet, &head, &sent),
            events,
            sent,
        }
    }

    /// Checks digests and signature; the heads after each event, in order.
    pub fn open(&self, key: &VerifyingKey, tablet: Uuid) -> Result<Vec<Head>, Broken> {
        let before = self.first.checked_sub(1).ok_or(Broken::NumberedFromZero)?;
        if self.first > i64::MAX.unsigned_abs() - self.events.len() as u64 {
            return Err(Broken::NumbersTooLarge);
        }
        let mut head = Head { number: before, digest: self.previous };
        let heads: Vec<Head> = self
            .events
            .iter()
            .map(|event| {
                head = head.extend(event.get().as_bytes());
                head
            })
            .collect();
        let last = heads.last().ok_or(Broken::Empty)?;
        if last.digest != self.digest {
            return Err(Broken::WrongDigest);
        }
        if !chain::verify(key, tablet, last, &self.sent, &self.signature) {
            return Err(Broken::WrongSignature);
        }
        Ok(heads)
    }
}

/// The server has the events, durably.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Acknowledged {
    /// The head of the tablet's chain at the server.
    pub head: Head,
    /// How many events of the batch were new.
    pub stored: u64,
    /// How many of the new ones were put in quarantine.
    pub quarantined: u64,
    /// The server's time, milliseconds since 1970: the tablet shows its skew.
    pub server_time: i64,
}

/// Why a request was refused: a code for the program and a sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// One word for the program.
    pub code: ProblemCode,
    /// One sentence for a person: what, where, what to do.
    pub message: String,
    /// The head the server has, where the request was refused because of the chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Head>,
}

/// The kinds of [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// Events between the server's head and the batch are missing: send from the head on.
    Gap,
    /// The server has another event under a number of this batch. Needs a person.
    Fork,
    /// The batch is not what it says it is.
    Broken,
    /// The request can not be read.
    BadRequest,
    /// Unknown tablet or wrong token.
    Unauthorised,
    /// The enrolment code is unknown, used or too old.
    BadCode,
    /// The tablet is retired and stays so: it may come back as another tablet that continues it.
    Retired,
    /// Nothing is at this address.
    NotFound,
    /// What the request names, such as a counter or an officer, is not known here.
    UnknownName,
    /// The dossier has been rated at this stage already, or at one that is not named.
    AlreadyRated,
    /// The request is larger than [`crate::limits::REQUEST_BYTES`].
    TooLarge,
    /// The place to go on from belongs to an earlier state of the database: read from the start.
    StartAnew,
    /// The machine asks too often: wait as long as the answer says.
    TooMany,
    /// The server can not store just now: keep everything and come back.
    Unavailable,
    /// A code this version does not know.
    #[serde(other)]
    Unknown,
}
