//! The form of an invitation.

use crate::pages::prelude::*;
use crate::storage::rows::{Directory, Officer};

/// What an invitation is made of.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct InvitationForm {
    /// Made with the page: the same form sent twice makes one invitation.
    pub id: String,
    pub counter: String,
    pub stage: String,
    pub dossier: String,
    pub ticket: String,
}

impl InvitationForm {
    /// The form as it first stands there: where the officer usually sits.
    pub fn fresh(officer: &Officer, directory: &Directory) -> Self {
        let counter = officer.counter.and_then(|id| directory.counter_of(id));
        let counter = counter.map(|one| one.code.clone()).unwrap_or_default();
        Self { counter, ..Self::default() }
    }
}

/// The id of the next invitation: another one after each, and the same until then, so that the same
/// form sent twice makes one, and two readings of the page are the same.
pub(super) async fn next_id(context: &Context, officer: &Officer) -> PageResult<String> {
    let last = context.app.store.last_invitation(officer.id).await?;
    let csrf = &context.viewer.csrf;
    let seed = format!("invitation {csrf} {} {}", officer.id, last.unwrap_or(0));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(seed.as_bytes()).as_bytes()[..16]);
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string())
}
