//! Enrolment: a tablet becomes known to its server with a one-time code. Key and token are in the
//! journal before the server is asked, so that a lost answer can be asked for again.

use super::{Failure, Http};
use crate::clock;
use crate::journal::{Identity, Journal, JournalError};
use ed25519_dalek::SigningKey;
use protocol::exchange::{EnrolRequest, Enrolled};
use std::thread;

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
    /// The system gave no random bytes.
    #[error("the system gives no random bytes for a key: {0}")]
    Random(#[from] getrandom::Error),
    /// The system gave no thread or no runtime.
    #[error("the enrolment could not start: {0}")]
    System(#[from] std::io::Error),
}

/// Makes the tablet of this journal known to `server` with a one-time `code`, and fetches its
/// first settings. A tablet that this server knows already keeps its identity; its code is not
/// used. Blocks; may be called from any thread.
pub fn enrol(journal: &Journal, server: &str, code: &str) -> Result<Enrolled, EnrolError> {
    let http = Http::new(server)?;
    let kept = journal.identity()?;
    let (secret_key, token) = match &kept {
        Some(identity) => match &identity.enrolled {
            Some(enrolled) if identity.server == http.server() => return Ok(enrolled.clone()),
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

    let request = EnrolRequest {
        code: code.trim().to_owned(),
        public_key: SigningKey::from_bytes(&secret_key).verifying_key().to_bytes(),
        token,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        tablet: None,
    };
    let enrolled = apart(async { http.enrol(&request).await })??;
    identity.enrolled = Some(enrolled.clone());
    journal.put_identity(identity)?;

    // The first screen is right at once; where this fails the courier comes back to it.
    match apart(async { http.settings(enrolled.tablet, &token, None).await })? {
        Ok(Some(fetched)) => journal.put_settings(&fetched.settings, fetched.etag)?,
        Ok(None) => {}
        Err(failure) => tracing::warn!(%failure, "enrolled, but no settings yet"),
    }
    Ok(enrolled)
}

/// Runs to its end on a thread of its own: the caller may be inside a runtime already.
fn apart<T: Send>(work: impl Future<Output = T> + Send) -> std::io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::scope(|scope| {
        let done = thread::Builder::new().spawn_scoped(scope, || runtime.block_on(work))?;
        done.join().map_err(|_| std::io::Error::other("the enrolment ended in a panic"))
    })
}
