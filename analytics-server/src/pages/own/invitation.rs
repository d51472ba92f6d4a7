//! “Mời đánh giá”: the officer asks the person before them for a rating, and sees that it was sent
//! and when it is over: by the clock alone, never by what the person did. Nor does it say whether a
//! dossier was rated before.

use super::{Refused, own, page};
use crate::alerts::{Thresholds, is_silent};
use crate::auth::Viewer;
use crate::clock::fresh_id;
use crate::invite::{Asker, InviteError, invite};
use crate::pages::address::{self, Asked};
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::records::{busy, told};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::invitations::InvitationRow;
use crate::storage::rows::{Counter, Directory, Officer};
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use protocol::Stage;
use protocol::invitation::InviteRequest;
use serde::Deserialize;
use uuid::Uuid;

/// The form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Invited {
    /// Made with the page: the same form sent twice makes one invitation.
    pub id: String,
    pub counter: String,
    pub stage: String,
    pub dossier: String,
    pub ticket: String,
}

impl Invited {
    /// The form as it first stands there: where the officer usually sits.
    pub fn fresh(officer: &Officer, directory: &Directory) -> Self {
        let counter = officer.counter.and_then(|id| directory.counter_of(id));
        let counter = counter.map(|one| one.code.clone()).unwrap_or_default();
        Self { counter, ..Self::default() }
    }
}

/// The page of an invitation.
#[derive(Template)]
#[template(path = "own/invitation.html")]
pub(in crate::pages) struct Followed {
    pub shell: Shell,
    /// How it stands.
    pub sentence: String,
    pub counter: String,
    pub back: String,
    /// Where it is taken back, while it is open.
    pub cancel: Option<String>,
}

/// Where the officer may ask: the counters of their department, and where they usually sit.
pub(super) fn counters<'a>(
    officer: &'a Officer,
    directory: &'a Directory,
) -> impl Iterator<Item = &'a Counter> {
    directory
        .counters
        .iter()
        .filter(|one| one.department == officer.department || Some(one.id) == officer.counter)
}

/// Whether a text is a dossier's code, such as H53.02-230914-0027 or 000.00.06.H56-231027-0361.
fn is_dossier(text: &str) -> bool {
    let digits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = text.splitn(3, '-');
    let (Some(agency), Some(day), Some(number)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let mut agency: Vec<&str> = agency.split('.').collect();
    if let [first, second, third, _, ..] = agency[..]
        && digits(first, 3, 3)
        && digits(second, 2, 2)
        && digits(third, 2, 2)
    {
        agency.drain(..3);
    }
    let Some((house, below)) = agency.split_first() else { return false };
    house.strip_prefix('H').is_some_and(|house| digits(house, 2, 2))
        && below.iter().all(|part| digits(part, 1, 9))
        && digits(day, 6, 6)
        && digits(number, 4, 12)
}

/// `POST /me/invite`.
pub(in crate::pages) async fn send(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, form }: Posted<Invited>,
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, ask(&app, &viewer, form, texts).await)
}

async fn ask(
    app: &App,
    viewer: &Viewer,
    form: Invited,
    texts: &'static Texts,
) -> Result<Response, Fault> {
    let directory = app.store.directory().await.map_err(busy)?;
    let officer = own(viewer, &directory)?;
    // A counter elsewhere is not there for them.
    let counter = counters(&officer, &directory).find(|one| one.code == form.counter.trim());
    let counter = counter.ok_or(Fault::Missing)?.code.clone();
    let stage = match form.stage.as_str() {
        "" => None,
        word => {
            let stage = Stage::ALL.into_iter().find(|stage| stage.name() == word);
            Some(stage.ok_or(Fault::Request)?)
        }
    };
    let dossier = form.dossier.trim().to_uppercase();
    let refusal = if !dossier.is_empty() && !is_dossier(&dossier) {
        Some(texts.get("records-refused-dossier"))
    } else {
        None
    };
    let request = InviteRequest {
        id: form.id.parse().ok(),
        counter,
        stage,
        dossier: Some(dossier),
        ticket: Some(form.ticket.clone()),
        officer: Some(officer.code.clone()),
    };
    let waits =
        if refusal.is_some() { None } else { app.address_limits.invite(viewer.user.id).err() };
    let key = if refusal.is_some() {
        None
    } else if waits.is_some() {
        Some("often")
    } else {
        let now = app.clock.now();
        let actor = viewer.actor();
        match invite(&app.store, &request, Asker::blind(&actor), fresh_id(), now).await {
            Ok(made) => {
                if made.fresh {
                    app.bell.ring(made.counter);
                }
                let path = format!("/me/invitations/{}", made.invited.id);
                return Ok(Redirect::to(&address::in_language(&path, texts)).into_response());
            }
            Err(InviteError::Store(error)) => return Err(busy(error)),
            Err(InviteError::Code(_)) => Some("code"),
            Err(InviteError::UnknownCounter(_) | InviteError::UnknownOfficer(_)) => Some("gone"),
            // That a dossier was rated is told to nobody who asks blindly.
            Err(InviteError::NilId | InviteError::OtherContent(_) | InviteError::AlreadyRated) => {
                Some("again")
            }
        }
    };
    let sentence = match (refusal, key) {
        (Some(sentence), _) => sentence,
        (None, key) => texts.get(&format!("records-refused-{}", key.unwrap_or("again"))),
    };
    let asked = Asked { lang: Some(texts.language().to_owned()), ..Asked::default() };
    let refused = Refused { invited: Some((form, sentence)), reply: None };
    let mut answer = page(app, viewer, &asked, refused).await?;
    if let Some(seconds) = waits {
        *answer.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(answer)
}

/// `GET /me/invitations/{id}`.
pub(in crate::pages) async fn follow(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, state(&app, &viewer, &id, texts).await)
}

/// The invitation of an id; another officer's is missing like one that is not there.
async fn own_invitation(app: &App, officer: &Officer, id: &str) -> Result<InvitationRow, Fault> {
    let id: Uuid = id.parse().map_err(|_| Fault::Missing)?;
    let row = app.store.invitation(id).await.map_err(busy)?;
    row.filter(|row| row.officer == Some(officer.id)).ok_or(Fault::Missing)
}

async fn state(
    app: &App,
    viewer: &Viewer,
    id: &str,
    texts: &'static Texts,
) -> Result<Response, Fault> {
    let directory = app.store.directory().await.map_err(busy)?;
    let row = own_invitation(app, &own(viewer, &directory)?, id).await?;
    let left_ms = row.expires_at - app.clock.now();
    let open = left_ms > 0;
    let word = if open { tablet_word(app, row.counter).await? } else { "over" };
    let path = format!("/me/invitations/{id}");
    let shell = Shell::new(app, Some(viewer), texts, texts.get("records-invite"), |texts| {
        address::in_language(&path, texts)
    });
    let counter = directory.counter_of(row.counter).map(|one| one.name.clone());
    let page = Followed {
        shell,
        sentence: texts.get(&format!("records-invited-{word}")),
        counter: counter.unwrap_or_default(),
        back: address::in_language("/me", texts),
        cancel: open.then(|| address::in_language(&format!("{path}/cancel"), texts)),
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
async fn tablet_word(app: &App, counter: i64) -> Result<&'static str, Fault> {
    let mut own = app.store.contacts().await.map_err(busy)?;
    own.retain(|tablet| tablet.counter == counter);
    if own.is_empty() {
        return Ok("no-tablet");
    }
    let (minutes, now) = (Thresholds::silent_after(app).await, app.clock.now());
    // Whoever sits at the counter is open, whatever the hours say.
    let silent = |at: i64| is_silent(at, Some(u16::MAX), minutes, now);
    Ok(if own.iter().all(|tablet| silent(tablet.contact_at)) { "silent" } else { "sent" })
}

/// `POST /me/invitations/{id}/cancel`. The answer is the same whether it stood on a screen already.
pub(in crate::pages) async fn cancel(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
    Posted { viewer, .. }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, take_back(&app, &viewer, &id, texts).await)
}

async fn take_back(
    app: &App,
    viewer: &Viewer,
    id: &str,
    texts: &'static Texts,
) -> Result<Response, Fault> {
    let directory = app.store.directory().await.map_err(busy)?;
    let row = own_invitation(app, &own(viewer, &directory)?, id).await?;
    app.store.cancel_invitation(row.id, app.clock.now()).await.map_err(busy)?;
    Ok(Redirect::to(&address::in_language("/me", texts)).into_response())
}

/// The id of the next invitation: another one after each, and the same until then, so that the same
/// form sent twice makes one, and two readings of the page are the same.
pub(super) async fn next_id(
    app: &App,
    viewer: &Viewer,
    officer: &Officer,
) -> Result<String, Fault> {
    let last = app.store.last_invitation(officer.id).await.map_err(busy)?;
    let seed = format!("invitation {} {} {}", viewer.csrf, officer.id, last.unwrap_or(0));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(seed.as_bytes()).as_bytes()[..16]);
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string())
}

#[cfg(test)]
mod tests {
    use super::is_dossier;

    #[test]
    fn codes_of_dossiers_are_known_by_their_form() {
        for code in ["H53.02-230914-0027", "000.00.06.H56-231027-0361", "H56-231027-12345"] {
            assert!(is_dossier(code), "{code}");
        }
        for code in [
            "",
            "H53",
            "H5-230914-0027",
            "H53.02-23091-0027",
            "H53.02-230914-002",
            "0912345678",
            "H53.x-230914-0027",
            "H53..1-230914-0027",
            "00.00.06.H56-231027-0361",
            "H53-230914-00-27",
        ] {
            assert!(!is_dossier(code), "{code}");
        }
    }
}
