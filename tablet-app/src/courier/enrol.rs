//! Enrolment: a tablet becomes known to its server with a one-time code. Key and token are in the
//! journal before the server is asked, so that a lost answer can be asked for again. A tablet that
//! its server has lost is admitted again under its old id, so that its chain goes on.

use super::{Failure, Http};
use crate::clock;
use crate::journal::{Identity, Journal, JournalError};
use ed25519_dalek::SigningKey;
use protocol::Head;
use protocol::enrol_link::Admission;
use protocol::exchange::{EnrolRequest, Enrolled};
use std::thread;
use uuid::Uuid;

/// The status of “unknown tablet or wrong token” (HTTP 401).
const UNKNOWN: u16 = 401;

/// Why the tablet is not enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The server was not reached or refused.
    #[error("the tablet is not enrolled: {0}")]
    Failure(#[from] Failure),
    /// The journal could not keep the identity.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The tablet belongs to another server.
    #[error(
        "the tablet in {dir} is enrolled at {server} already; to enrol a new one elsewhere, give \
         another --data-dir"
    )]
    Elsewhere {
        /// The data directory.
        dir: String,
        /// The server it belongs to.
        server: String,
    },
    /// The code was made by another server than the one the tablet belongs to.
    #[error("the code is one of {theirs}, and this tablet belongs to {ours}")]
    Another {
        /// The server that made the code.
        theirs: String,
        /// The one the tablet belongs to.
        ours: String,
    },
    /// The system gave no random bytes.
    #[error("the system gives no random bytes for a key: {0}")]
    Random(#[from] getrandom::Error),
    /// The system gave no thread or no runtime.
    #[error("the enrolment could not start: {0}")]
    System(#[from] std::io::Error),
}

/// Makes the tablet of this journal known to `server` with a one-time `code`, and fetches its
/// first settings. A tablet that is enrolled there already keeps its identity; its code is used
/// only when the server says that it no longer knows the tablet, and a server that can not be
/// reached does not keep it from starting. Blocks; may be called from any thread.
pub fn enrol(journal: &Journal, server: &str, code: &str) -> Result<Enrolled, EnrolError> {
    let http = Http::new(server)?;
    let kept = journal.identity()?;
    let (secret_key, token) = match &kept {
        Some(identity) => match &identity.enrolled {
            Some(enrolled) if identity.server == http.server() => {
                return confirm(journal, &http, identity, enrolled, code);
            }
            Some(_) => {
                return Err(EnrolError::Elsewhere {
                    dir: journal.dir().display().to_string(),
                    server: identity.server.clone(),
                });
            }
            // An enrolment whose answer was lost: the same key is welcome again.
            None => (identity.secret_key, identity.token),
        },
        None => (clock::random_bytes()?, clock::random_bytes()?),
    };
    let mut identity =
        Identity { server: http.server().to_owned(), secret_key, token, enrolled: None };
    journal.put_identity(identity.clone())?;

    let request = application(&identity, code, None);
    let enrolled = apart(async { http.enrol(&request).await })??;
    identity.enrolled = Some(enrolled.clone());
    journal.put_identity(identity)?;
    // The first screen is right at once; where this fails the courier comes back to it.
    if let Err(failure) = fetch(journal, &http, &enrolled, &token)? {
        tracing::warn!(%failure, "enrolled, but no settings yet");
    }
    Ok(enrolled)
}

/// Sees to it that the server still knows this enrolled tablet. One that was restored from a
/// backup older than the enrolment, or has retired the tablet, does not: it is asked with the
/// code to admit the tablet again, under the id its chain begins with.
fn confirm(
    journal: &Journal,
    http: &Http,
    identity: &Identity,
    known: &Enrolled,
    code: &str,
) -> Result<Enrolled, EnrolError> {
    match fetch(journal, http, known, &identity.token)? {
        Ok(()) => return Ok(known.clone()),
        Err(Failure::Refused { status: UNKNOWN, .. }) => {}
        Err(failure) => {
            tracing::warn!(%failure, "enrolled already, and the server does not confirm it now");
            return Ok(known.clone());
        }
    }
    let enrolled = again(journal, http, identity, known, code)?;
    // Everything is pending again now, not only when the next rating shows the gap. Where the
    // beginning was let go long ago, the server's own head decides.
    journal.rewind(Head::start(enrolled.tablet))?;
    if let Err(failure) = fetch(journal, http, &enrolled, &identity.token)? {
        tracing::warn!(%failure, "enrolled again, but no settings yet");
    }
    Ok(enrolled)
}

/// Moves this enrolled tablet to the counter of another code: same server, same tablet, same
/// chain. Its new settings are in the journal when this returns, unless they did not come.
pub fn transfer(journal: &Journal, admission: &Admission) -> Result<Enrolled, EnrolError> {
    let identity = journal.identity()?.ok_or(JournalError::NotEnrolled)?;
    let known = identity.enrolled.clone().ok_or(JournalError::NotEnrolled)?;
    let http = Http::new(&identity.server)?;
    let enrolled = match (again(journal, &http, &identity, &known, &admission.code), admission) {
        // A server may go by several names, so its own word decides, and only then the address.
        (
            Err(EnrolError::Failure(Failure::Refused { .. })),
            Admission { server: Some(theirs), .. },
        ) if Http::new(theirs)?.server() != http.server() => {
            let (theirs, ours) = (theirs.clone(), identity.server);
            return Err(EnrolError::Another { theirs, ours });
        }
        (answer, _) => answer?,
    };
    if let Err(failure) = fetch(journal, &http, &enrolled, &identity.token)? {
        tracing::warn!(%failure, "moved, but no settings yet");
    }
    Ok(enrolled)
}

/// Shows a code under the id that the tablet has.
fn again(
    journal: &Journal,
    http: &Http,
    identity: &Identity,
    known: &Enrolled,
    code: &str,
) -> Result<Enrolled, EnrolError> {
    let request = application(identity, code, Some(known.tablet));
    let enrolled = apart(async { http.enrol(&request).await })??;
    // Refuses the answer of a server that made another tablet of it.
    journal.put_identity(Identity { enrolled: Some(enrolled.clone()), ..identity.clone() })?;
    Ok(enrolled)
}

fn application(identity: &Identity, code: &str, tablet: Option<Uuid>) -> EnrolRequest {
    EnrolRequest {
        code: code.trim().to_owned(),
        public_key: SigningKey::from_bytes(&identity.secret_key).verifying_key().to_bytes(),
        token: identity.token,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        tablet,
    }
}

/// Brings the settings into the journal. The outer error is the tablet's, the inner the server's.
fn fetch(
    journal: &Journal,
    http: &Http,
    enrolled: &Enrolled,
    token: &[u8; 32],
) -> Result<Result<(), Failure>, EnrolError> {
    let etag = journal.settings()?.and_then(|(_, etag)| etag);
    match apart(async { http.settings(enrolled.tablet, token, etag.as_deref()).await })? {
        Err(failure) => return Ok(Err(failure)),
        Ok(answer) => {
            if let Some(fetched) = answer.body {
                journal.put_settings(fetched.json, fetched.etag)?;
            }
        }
    }
    Ok(Ok(()))
}

/// Runs to its end on a thread of its own: the caller may be inside a runtime already.
fn apart<T: Send>(work: impl Future<Output = T> + Send) -> std::io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::scope(|scope| {
        let done = thread::Builder::new().spawn_scoped(scope, || runtime.block_on(work))?;
        done.join().map_err(|_| std::io::Error::other("the enrolment ended in a panic"))
    })
}
