//! Invitations that were sent, in words: what each is of, from when until when it may open, and how it
//! stands by the clock, the tablet and the invitations after it; never by what the person did.

use super::invitation::path;
use super::tablet::CounterTablets;
use crate::centre_time::local;
use crate::pages::prelude::*;
use crate::storage::invitations::{InvitationRow, Succession};
use crate::storage::rows::{Directory, Officer};
use protocol::limits::INVITATION_MS;

/// A tablet that shows invitations has fetched one within this time, in milliseconds: it asks all the
/// time, and after a broken line again within ten seconds.
const FETCHED_MS: i64 = 15_000;

/// An invitation that was sent.
pub(super) struct SentInvitation {
    /// Its address without a language.
    pub path: String,
    /// Name of its counter.
    pub counter: String,
    /// Name and value of what it is of: the stage, the codes, the times.
    pub facts: Vec<(String, String)>,
    /// How it stands.
    pub sentence: String,
    /// What became of the one before it, where it came in the place of one.
    pub replaces: Option<String>,
    /// It can be taken back, and may come to something else.
    pub is_open: bool,
}

/// When it was sent.
fn sent_at(row: &InvitationRow) -> i64 {
    row.expires_at.saturating_sub_unsigned(INVITATION_MS)
}

impl SentInvitation {
    /// An invitation in words.
    pub async fn of(
        context: &Context,
        row: &InvitationRow,
        directory: &Directory,
        tablets: &CounterTablets,
    ) -> PageResult<Self> {
        let Context { app, texts, .. } = context;
        let Succession { superseded, replaces } = app.store.succession(row.id).await?;
        let is_over = row.expires_at <= context.now();
        let state = tablets.at(row.counter);
        let word = match (row.cancelled, is_over, superseded) {
            (true, ..) => "cancelled",
            (false, true, _) => "over",
            (false, false, true) => "replaced",
            (false, false, false) if state.shows_invitations() => fetched(row, context.now()),
            (false, false, false) => state.word(),
        };
        let counter = directory.counter_of(row.counter).map(|one| one.name.clone());
        Ok(Self {
            path: path(row.id),
            counter: counter.unwrap_or_default(),
            facts: facts(row, app, texts),
            sentence: texts.get(&format!("records-invited-{word}")),
            replaces: replaces.then(|| texts.get("records-invitation-replaces")),
            is_open: !row.cancelled && !is_over && !superseded,
        })
    }
}

/// Whether the tablet has fetched it. That it has says nothing of a person: it fetches also while
/// nobody is there.
fn fetched(row: &InvitationRow, now: i64) -> &'static str {
    match row.tablet {
        Some(_) => "fetched",
        None if now - sent_at(row) < FETCHED_MS => "sent",
        None => "unfetched",
    }
}

/// What it is of and when; a code that was not typed is left out.
fn facts(row: &InvitationRow, app: &App, texts: &Texts) -> Vec<(String, String)> {
    let time = |at: i64| local(at, &app.zone).strftime("%H:%M:%S").to_string();
    let stage = row.stage.map_or_else(
        || texts.get("records-invite-stage-none"),
        |stage| texts.get(&format!("stage-{}", stage.name())),
    );
    let facts = [
        ("records-invite-stage", Some(stage)),
        ("records-dossier", row.dossier.clone()),
        ("records-invitation-ticket", row.ticket.clone()),
        ("records-invitation-sent", Some(time(sent_at(row)))),
        ("records-invitation-until", Some(time(row.expires_at))),
    ];
    facts.into_iter().filter_map(|(key, value)| Some((texts.get(key), value?))).collect()
}

/// The invitations of an officer that may still open, newest first, and those in whose place another one
/// came.
pub(super) async fn open_invitations(
    context: &Context,
    officer: &Officer,
    directory: &Directory,
    tablets: &CounterTablets,
) -> PageResult<Vec<SentInvitation>> {
    let mut sent = Vec::new();
    for row in context.app.store.open_invitations_of(officer.id, context.now()).await? {
        sent.push(SentInvitation::of(context, &row, directory, tablets).await?);
    }
    Ok(sent)
}
