//! “Mời đánh giá”: the officer asks the person before them for a rating, and sees that it was sent
//! and when it is over: by the clock alone, never by what the person did. Nor does it say whether a
//! dossier was rated before.

use super::page::{counters, own_officer, page};
use crate::alerts::{Thresholds, is_contact_too_old};
use crate::clock::fresh_id;
use crate::import::is_dossier;
use crate::invite::{Asker, InviteError, invite};
use crate::pages::layout::too_many;
use crate::pages::prelude::*;
use crate::storage::invitations::InvitationRow;
use axum::http::{HeaderValue, header};
use protocol::Stage;
use protocol::invitation::InviteRequest;
use uuid::Uuid;

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

/// The page of an invitation.
#[derive(Template)]
#[template(path = "me/invitation.html")]
struct InvitationPage {
    layout: Layout,
    /// How it stands.
    sentence: String,
    counter: String,
    /// Its address without a language, while it can be taken back.
    open: Option<String>,
}

fn path(id: Uuid) -> String {
    format!("/me/invitations/{id}")
}

/// `POST /me/invite`.
pub(super) async fn send(context: Context, CsrfForm(form): CsrfForm<InvitationForm>) -> PageResult {
    let Context { app, viewer, .. } = &context;
    let (directory, officer) = own_officer(&context).await?;
    // A counter at which they may not ask is answered like one that does not exist.
    let mut counters = counters(&officer, &directory).into_iter();
    let counter = counters.find(|one| one.code == form.counter.trim()).ok_or(PageError::Missing)?;
    let stage = match form.stage.as_str() {
        "" => None,
        word => Some(word.parse::<Stage>().map_err(|_| PageError::Request)?),
    };
    let dossier = form.dossier.trim().to_uppercase();
    if !dossier.is_empty() && !is_dossier(&dossier) {
        return refused(&context, form, "dossier").await;
    }
    if let Err(seconds) = app.address_limits.invite(viewer.user.id) {
        let page = refused(&context, form, "often").await?;
        return Ok(too_many(page, seconds.cast_signed()));
    }
    let request = InviteRequest {
        id: form.id.parse().ok(),
        counter: counter.code,
        stage,
        dossier: Some(dossier),
        ticket: Some(form.ticket.clone()),
        officer: Some(officer.code.clone()),
    };
    let (actor, now) = (viewer.actor(), context.now());
    match invite(&app.store, &request, Asker::blind(&actor), fresh_id(), now).await {
        Ok(made) => {
            if made.fresh {
                app.invitation_notifier.wake(made.counter);
            }
            Ok(context.redirect(&path(made.invited.id)))
        }
        Err(InviteError::Store(error)) => Err(error.into()),
        Err(InviteError::Code(_)) => refused(&context, form, "code").await,
        Err(InviteError::UnknownCounter(_) | InviteError::UnknownOfficer(_)) => {
            refused(&context, form, "gone").await
        }
        // One sentence for all three, so that it does not tell whether a dossier was rated.
        Err(InviteError::NilId | InviteError::OtherContent(_) | InviteError::AlreadyRated) => {
            refused(&context, form, "again").await
        }
    }
}

/// The officer's page with what was typed and the sentence that says why nothing was sent.
async fn refused(context: &Context, form: InvitationForm, reason: &str) -> PageResult {
    let sentence = context.text(&format!("records-refused-{reason}"));
    page(context, None, Some((form, sentence)), None).await
}

/// The invitation of an id; another officer's is missing like one that is not there.
async fn own_invitation(context: &Context, id: &str) -> PageResult<InvitationRow> {
    let (_, officer) = own_officer(context).await?;
    let id: Uuid = id.parse().map_err(|_| PageError::Missing)?;
    let row = context.app.store.invitation(id).await?;
    row.filter(|row| row.officer == Some(officer.id)).ok_or(PageError::Missing)
}

/// `GET /me/invitations/{id}`.
pub(super) async fn follow(context: Context, Path(id): Path<String>) -> PageResult {
    let app = &context.app;
    let row = own_invitation(&context, &id).await?;
    let left_ms = row.expires_at - context.now();
    let open = left_ms > 0;
    let word = if open { tablet_word(app, row.counter).await? } else { "over" };
    let path = path(row.id);
    let directory = app.store.directory().await?;
    let counter = directory.counter_of(row.counter).map(|one| one.name.clone());
    let page = InvitationPage {
        layout: context.layout(context.text("records-invite"), &path),
        sentence: context.text(&format!("records-invited-{word}")),
        counter: counter.unwrap_or_default(),
        open: open.then_some(path),
    };
    let mut response = answer(StatusCode::OK, page.render());
    if open {
        // Once, when it is over: what happens meanwhile is not told.
        let seconds = HeaderValue::from(left_ms / 1_000 + 1);
        response.headers_mut().insert(header::REFRESH, seconds);
    }
    Ok(response)
}

/// Whether the counter has a tablet that can show an invitation, and one that is heard of.
async fn tablet_word(app: &App, counter: i64) -> PageResult<&'static str> {
    let mut own = app.store.contacts().await?;
    own.retain(|tablet| tablet.counter == counter);
    if own.is_empty() {
        return Ok("no-tablet");
    }
    let (minutes, now) = (Thresholds::silent_after(app).await, app.clock.now());
    // The officer is at the counter now, so silence counts outside of the opening hours, too.
    let silent = |at: i64| is_contact_too_old(at, Some(u16::MAX), minutes, now);
    Ok(if own.iter().all(|tablet| silent(tablet.contact_at)) { "silent" } else { "sent" })
}

/// `POST /me/invitations/{id}/cancel`. The answer is the same whether it stood on a screen already.
pub(super) async fn cancel(
    context: Context,
    Path(id): Path<String>,
    CsrfForm(EmptyForm {}): CsrfForm<EmptyForm>,
) -> PageResult {
    let store = &context.app.store;
    let row = own_invitation(&context, &id).await?;
    store.cancel_invitation(row.id, context.now()).await?;
    Ok(context.redirect("/me"))
}
