//! Enrolment: a tablet becomes known to its server with a one-time code. Key and token are in the
//! journal before the server is asked, so that a lost answer can be asked for again. A tablet that
//! its server has lost is admitted again under its old id, so that its chain goes on. Where it can
//! not go on, because the server has another chain there, retired the tablet, or lost what is no
//! longer kept here, the tablet becomes another one that continues it.

use super::{Failure, Http};
use crate::clock;
use crate::journal::{Identity, Journal, JournalError, Standing};
use ed25519_dalek::SigningKey;
use protocol::Head;
use protocol::enrol_link::Admission;
use protocol::exchange::{EnrolRequest, Enrolled, ProblemCode};
use protocol::heartbeat::Heard;
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
/// reached does not keep it from starting. One whose chain can not go on at the server becomes
/// another tablet, which continues it. Blocks; may be called from any thread.
pub fn enrol(journal: &Journal, server: &str, code: &str) -> Result<Enrolled, EnrolError> {
    let http = Http::new(server)?;
    let kept = journal.identity()?;
    let (secret_key, token) = match &kept {
        Some(identity) => match &identity.enrolled {
            Some(enrolled) if identity.server == http.server() => {
                return confirm(&Renewal { journal, http, identity, known: enrolled, code });
            }
            Some(_) => {
                return Err(EnrolError::Elsewhere {
                    dir: journal.dir().display().to_string(),
                    server: identity.server.clone(),
                });
            }
            // An enrolment whose answer was lost: the same key is welcome again. Another server, such as
            // one whose address was mistyped, learns nothing that the right one will know us by.
            None if identity.server == http.server() => (identity.secret_key, identity.token),
            None => (clock::random_bytes()?, clock::random_bytes()?),
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

/// An enrolled tablet at its server, with a code.
struct Renewal<'a> {
    journal: &'a Journal,
    http: Http,
    identity: &'a Identity,
    known: &'a Enrolled,
    code: &'a str,
}

/// What the server knows of an enrolled tablet.
enum ServerKnows {
    /// Its chain, as far as can be told.
    Chain,
    /// Another chain, or one from before what this journal keeps.
    Other,
    /// Nothing: it lost the tablet, or retired it.
    Nothing,
    /// It did not tell.
    Untold(Failure),
}

/// Sees to it that the server still knows this enrolled tablet and its chain, and uses the code
/// where it does not.
fn confirm(renewal: &Renewal<'_>) -> Result<Enrolled, EnrolError> {
    let token = &renewal.identity.token;
    let enrolled = match renewal.ask()? {
        ServerKnows::Chain => match fetch(renewal.journal, &renewal.http, renewal.known, token)? {
            Ok(()) => return Ok(renewal.known.clone()),
            Err(Failure::Refused { status: UNKNOWN, .. }) => renewal.come_back()?,
            Err(failure) => return Ok(renewal.unconfirmed(&failure)),
        },
        ServerKnows::Untold(failure) => return Ok(renewal.unconfirmed(&failure)),
        ServerKnows::Other => renewal.continue_as_another()?,
        ServerKnows::Nothing => renewal.come_back()?,
    };
    renewal.settle(&enrolled)
}

/// Moves this enrolled tablet to the counter of another code: same server, same tablet, same
/// chain. One whose chain can not go on at the server becomes another tablet there, which continues
/// it. Its new settings are in the journal when this returns, unless they did not come.
pub fn transfer(journal: &Journal, admission: &Admission) -> Result<Enrolled, EnrolError> {
    let identity = &journal.identity()?.ok_or(JournalError::NotEnrolled)?;
    let known = &identity.enrolled.clone().ok_or(JournalError::NotEnrolled)?;
    let http = Http::new(&identity.server)?;
    let renewal = Renewal { journal, http, identity, known, code: &admission.code };
    let moved = match renewal.ask()? {
        ServerKnows::Other => renewal.continue_as_another(),
        ServerKnows::Nothing => renewal.come_back(),
        ServerKnows::Chain | ServerKnows::Untold(_) => renewal.again(),
    };
    let enrolled = match (moved, admission) {
        // A server may go by several names, so its own word decides, and only then the address.
        (
            Err(EnrolError::Failure(Failure::Refused { .. })),
            Admission { server: Some(theirs), .. },
        ) if Http::new(theirs)?.server() != renewal.http.server() => {
            let (theirs, ours) = (theirs.clone(), identity.server.clone());
            return Err(EnrolError::Another { theirs, ours });
        }
        (answer, _) => answer?,
    };
    renewal.settle(&enrolled)
}

impl Renewal<'_> {
    /// What the server knows of this tablet, by where its chain ends there. One that was restored
    /// from a backup gets everything again that it lost.
    fn ask(&self) -> Result<ServerKnows, EnrolError> {
        let status = self.journal.status()?;
        if status.forked.is_some() {
            return Ok(ServerKnows::Other);
        }
        let (http, tablet, token) = (&self.http, self.known.tablet, &self.identity.token);
        let head = match apart(async { http.head(tablet, token).await })? {
            Ok(Some(Heard { head, .. })) => head,
            // Servers up to 0.2 did not tell.
            Ok(None) => return Ok(ServerKnows::Chain),
            Err(Failure::Refused { status: UNKNOWN, .. }) => return Ok(ServerKnows::Nothing),
            Err(failure) => return Ok(ServerKnows::Untold(failure)),
        };
        let standing = if head.number < status.acknowledged {
            self.journal.rewind(head)?
        } else {
            self.journal.compare(head)?
        };
        if standing == Standing::Same {
            return Ok(ServerKnows::Chain);
        }
        let number = head.number;
        let reason = format!("the server stands at event {number}, which is not in this journal");
        self.journal.put_forked(tablet, Some(reason))?;
        Ok(ServerKnows::Other)
    }

    /// The tablet starts all the same.
    fn unconfirmed(&self, failure: &Failure) -> Enrolled {
        tracing::warn!(%failure, "enrolled already, and the server does not confirm it now");
        self.known.clone()
    }

    /// Shows the code to a server that knows nothing of this tablet. One that lost it admits it again
    /// under the id that its chain begins with, where it can still get the whole chain.
    fn come_back(&self) -> Result<Enrolled, EnrolError> {
        if self.journal.begins_late()? {
            return self.continue_as_another();
        }
        let enrolled = self.again()?;
        if enrolled.tablet == self.known.tablet {
            // Everything is pending again now, not only when the next rating shows the gap.
            self.journal.rewind(Head::start(enrolled.tablet))?;
        }
        Ok(enrolled)
    }

    /// Shows the code under the id that the tablet has. A server that retired it wants another one.
    fn again(&self) -> Result<Enrolled, EnrolError> {
        let request = application(self.identity, self.code, Some(self.known.tablet));
        let enrolled = match apart(async { self.http.enrol(&request).await })? {
            Err(Failure::Refused { problem, .. }) if problem.code == ProblemCode::Retired => {
                return self.continue_as_another();
            }
            answer => answer?,
        };
        // Refuses the answer of a server that made another tablet of it.
        let identity = Identity { enrolled: Some(enrolled.clone()), ..self.identity.clone() };
        self.journal.put_identity(identity)?;
        Ok(enrolled)
    }

    /// Enrols as another tablet, with a key of its own, since a copy of the data has the present one.
    /// It carries everything that is kept here.
    fn continue_as_another(&self) -> Result<Enrolled, EnrolError> {
        let fresh = (clock::random_bytes()?, clock::random_bytes()?);
        let (secret_key, token) = self.journal.next_identity(fresh)?;
        let server = self.identity.server.clone();
        let mut identity = Identity { server, secret_key, token, enrolled: None };
        let request = application(&identity, self.code, None);
        let enrolled = apart(async { self.http.enrol(&request).await })??;
        identity.enrolled = Some(enrolled.clone());
        self.journal.continue_as(identity)?;
        let (before, now) = (self.known.tablet, enrolled.tablet);
        tracing::warn!(%before, %now, "this is another tablet now, which continues the one before");
        Ok(enrolled)
    }

    /// Fetches the settings of where the tablet stands now; where they do not come the courier comes
    /// back to it.
    fn settle(&self, enrolled: &Enrolled) -> Result<Enrolled, EnrolError> {
        let identity = self.journal.identity()?.ok_or(JournalError::NotEnrolled)?;
        if let Err(failure) = fetch(self.journal, &self.http, enrolled, &identity.token)? {
            tracing::warn!(%failure, "enrolled, but no settings yet");
        }
        Ok(enrolled.clone())
    }
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
