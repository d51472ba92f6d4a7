//! “Mời đánh giá”: the officer asks the person before them for a rating, and sees that it was sent,
//! that a tablet has it, and when it is over: by the clock and by what the tablet does of itself,
//! never by what the person did. Nor does it say whether a dossier was rated before.

use super::invited::SentInvitation;
use super::page::{Refused, counters, own_officer, page};
use super::standing::Workplace;
use super::tablet::CounterTablets;
use crate::assets;
use crate::clock::fresh_id;
use crate::import::is_dossier;
use crate::invite::{Asker, InviteError, invite};
use crate::pages::layout::too_many;
use crate::pages::prelude::*;
use crate::storage::invitations::InvitationRow;
use protocol::Stage;
use protocol::invitation::InviteRequest;
use uuid::Uuid;

/// Letters of a queue number as people type one; those in use have four or five.
const TICKET_CHARS: usize = 20;

/// After how many milliseconds the open page asks how it stands.
const AGAIN_MS: u32 = 3_000;

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
    sent: SentInvitation,
    /// How the counter's tablet is.
    tablet: String,
    again_ms: u32,
}

/// The address of an invitation without a language.
pub(super) fn path(id: Uuid) -> String {
    format!("/me/invitations/{id}")
}

/// Whether a text can be a queue number: letters, digits and dashes.
fn is_ticket(text: &str) -> bool {
    text.chars().count() <= TICKET_CHARS
        && text.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
}

/// `POST /me/invite`.
pub(super) async fn send(context: Context, CsrfForm(form): CsrfForm<InvitationForm>) -> PageResult {
    let Context { app, viewer, .. } = &context;
    let (directory, officer) = own_officer(&context).await?;
    // A counter at which they may not ask is answered like one that does not exist.
    let workplace = Workplace::of(app, &officer).await?;
    let mut counters = counters(&officer, workplace, &directory).into_iter();
    let counter = counters.find(|one| one.code == form.counter.trim()).ok_or(PageError::Missing)?;
    let stage = match form.stage.as_str() {
        "" => None,
        word => Some(word.parse::<Stage>().map_err(|_| PageError::Request)?),
    };
    let dossier = form.dossier.trim().to_uppercase();
    if !dossier.is_empty() && !is_dossier(&dossier) {
        return refused(&context, form, "dossier").await;
    }
    let ticket = form.ticket.trim().to_owned();
    if !is_ticket(&ticket) {
        return refused(&context, form, "ticket").await;
    }
    if let Err(seconds) = app.address_limits.invite(viewer.user.id) {
        let page = refused(&context, form, "often").await?;
        return Ok(too_many(page, seconds.cast_signed()));
    }
    let tablet = CounterTablets::of(app).await?.at(counter.id);
    if !tablet.shows_invitations() {
        let sentence = tablet.refusal(&counter.name, &app.zone, context.texts);
        return page(&context, None, None, Some(Refused::Invitation(form, sentence))).await;
    }
    let request = InviteRequest {
        id: form.id.parse().ok(),
        counter: counter.code,
        stage,
        dossier: Some(dossier),
        ticket: Some(ticket),
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
    let key = format!("records-refused-{reason}");
    let sentence = context.texts.with(&key, &[("most", &TICKET_CHARS.to_string())]);
    page(context, None, None, Some(Refused::Invitation(form, sentence))).await
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
    let (directory, tablets) = (app.store.directory().await?, CounterTablets::of(app).await?);
    let sent = SentInvitation::of(&context, &row, &directory, &tablets).await?;
    let mut layout = context.layout(context.text("records-invite"), &sent.path);
    layout.script = sent.is_open.then(|| assets::address("live.js"));
    let page = InvitationPage {
        layout,
        sent,
        tablet: tablets.at(row.counter).sentence(&app.zone, context.texts),
        again_ms: AGAIN_MS,
    };
    Ok(no_store(answer(StatusCode::OK, page.render())))
}

/// `POST /me/invitations/{id}/cancel`. The answer is the same whether it stood on a screen already.
pub(super) async fn cancel(
    context: Context,
    Path(id): Path<String>,
    CsrfForm(EmptyForm {}): CsrfForm<EmptyForm>,
) -> PageResult {
    let app = &context.app;
    let row = own_invitation(&context, &id).await?;
    if app.store.cancel_invitation(row.id, context.now()).await? {
        // The tablet that has it learns of it at once.
        app.invitation_notifier.wake(row.counter);
    }
    Ok(context.redirect(&path(row.id)))
}

#[cfg(test)]
mod tests {
    use super::is_ticket;

    #[test]
    fn a_queue_number_is_short_and_has_letters_digits_and_dashes_alone() {
        for good in ["", "A012", "a-045", "Đ7", "45"] {
            assert!(is_ticket(good), "{good}");
        }
        let nines = "9".repeat(300);
        for bad in ["số bốn mươi lăm @@##", "A 12", "A/12", "12\n", &nines] {
            assert!(!is_ticket(bad), "{bad}");
        }
    }
}
