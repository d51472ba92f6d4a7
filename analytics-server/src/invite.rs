//! Asking for an invitation, from the API and from the command line alike: names become ids, codes
//! are checked, and what stands in the way is one sentence.

use crate::storage::invitations::{InvitationRow, InviteOutcome, NewInvitation};
use crate::storage::{Store, StoreError};
use protocol::invitation::{InviteRequest, Invited};
use protocol::limits::{CODE_CHARS, INVITATION_MS};
use uuid::Uuid;

/// Why there is no invitation.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// No counter has the code.
    #[error("No counter has the code “{0}”; import the counters first, or check the code.")]
    UnknownCounter(String),
    /// No officer has the code.
    #[error("No officer has the code “{0}”; import the officers first, or leave the officer out.")]
    UnknownOfficer(String),
    /// A code that no dossier and no ticket has.
    #[error(
        "The {0} is longer than {CODE_CHARS} letters or holds a control letter; send the code alone."
    )]
    Code(&'static str),
    /// An id that many programs write where they have none.
    #[error("The id is the nil UUID, which names nothing; send one of your own or leave it out.")]
    NilId,
    /// The id belongs to another wish.
    #[error(
        "The invitation {0} was made for another counter, stage, dossier, ticket or officer; send \
         a new id for a new invitation."
    )]
    OtherContent(Uuid),
    /// One rating a dossier and stage; one that is not named may be any.
    #[error(
        "The dossier has been rated already, at this stage or with no stage named; nobody is \
         asked twice."
    )]
    AlreadyRated,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An invitation that is there now.
#[derive(Clone, Debug)]
pub struct MadeInvitation {
    /// As the asker sees it.
    pub invited: Invited,
    /// Id of the counter.
    pub counter: i64,
    /// Whether it is new; otherwise its id was known.
    pub fresh: bool,
}

/// Who asks for an invitation.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    /// As the audit log names them.
    pub actor: &'a str,
    /// They may not learn whether a dossier was rated: their invitation goes out all the same, and a
    /// second rating of a dossier is flagged like any.
    pub blind: bool,
}

impl<'a> Asker<'a> {
    /// Software and people who learn that a dossier was rated already.
    pub const fn seeing(actor: &'a str) -> Self {
        Self { actor, blind: false }
    }

    /// An officer, who is not.
    pub const fn blind(actor: &'a str) -> Self {
        Self { actor, blind: true }
    }
}

/// Makes an invitation for somebody, or finds the one with the same id. `fresh_id` is its id where
/// the asker named none.
pub async fn invite(
    store: &Store,
    request: &InviteRequest,
    asker: Asker<'_>,
    fresh_id: Uuid,
    now: i64,
) -> Result<MadeInvitation, InviteError> {
    if request.id.is_some_and(|id| id.is_nil()) {
        return Err(InviteError::NilId);
    }
    let directory = store.directory().await?;
    let code = request.counter.trim();
    let counter = directory.counter(code);
    let counter = counter.ok_or_else(|| InviteError::UnknownCounter(short(code)))?;
    let officer = match trimmed(request.officer.as_deref()) {
        None => None,
        Some(code) => {
            let officer = directory.officer(code);
            Some(officer.ok_or_else(|| InviteError::UnknownOfficer(short(code)))?.id)
        }
    };
    let new = NewInvitation {
        id: request.id.unwrap_or(fresh_id),
        counter: counter.id,
        officer,
        stage: request.stage,
        dossier: checked("dossier's code", request.dossier.as_deref())?,
        ticket: checked("ticket", request.ticket.as_deref())?,
        expires_at: now.saturating_add_unsigned(INVITATION_MS),
        actor: asker.actor,
        even_if_rated: asker.blind,
    };
    let (row, fresh) = match store.invite(&new, now).await? {
        InviteOutcome::Made(row) => (row, true),
        InviteOutcome::Known(row) if same(&row, &new) => (row, false),
        InviteOutcome::Known(row) => return Err(InviteError::OtherContent(row.id)),
        InviteOutcome::AlreadyRated => return Err(InviteError::AlreadyRated),
    };
    let code = directory.counter_of(row.counter).map(|one| one.code.clone());
    let invited = Invited {
        id: row.id,
        counter: code.unwrap_or_default(),
        state: row.state(now),
        expires_at: row.expires_at,
    };
    Ok(MadeInvitation { invited, counter: row.counter, fresh })
}

/// The id of an officer's next invitation: another one after each, and the same until then, so that a
/// form that comes twice makes one invitation, and a page that is read twice is the same. `secret`
/// belongs to the session.
pub async fn next_id(store: &Store, officer: i64, secret: &str) -> Result<Uuid, StoreError> {
    let last = store.last_invitation(officer).await?;
    let seed = format!("invitation {secret} {officer} {}", last.unwrap_or(0));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(seed.as_bytes()).as_bytes()[..16]);
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// Whether a known invitation is the one that is asked for; when, and by whom, is no part of it.
fn same(known: &InvitationRow, new: &NewInvitation<'_>) -> bool {
    (known.counter, known.officer, known.stage) == (new.counter, new.officer, new.stage)
        && known.dossier.as_deref() == new.dossier
        && known.ticket.as_deref() == new.ticket
}

/// A text without spaces around it; none when nothing is left.
fn trimmed(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn checked<'a>(what: &'static str, code: Option<&'a str>) -> Result<Option<&'a str>, InviteError> {
    let code = trimmed(code);
    let fits =
        |code: &str| code.chars().count() <= CODE_CHARS && !code.chars().any(char::is_control);
    if code.is_none_or(fits) { Ok(code) } else { Err(InviteError::Code(what)) }
}

/// A code as it may be quoted.
fn short(code: &str) -> String {
    code.chars().filter(|letter| !letter.is_control()).take(CODE_CHARS).collect()
}
