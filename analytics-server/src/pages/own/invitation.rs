//! “Mời đánh giá”: the officer asks the person before them for a rating, and sees whether the
//! question was shown and answered, never what was answered.

use super::{Refused, own, page};
use crate::auth::Viewer;
use crate::clock::fresh_id;
use crate::invite::{InviteError, invite};
use crate::pages::address::{self, Asked};
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::Posted;
use crate::pages::records::{busy, told};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::rows::{Counter, Directory, Officer};
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use protocol::Stage;
use protocol::invitation::{InvitationState, InviteRequest};
use serde::Deserialize;
use uuid::Uuid;

/// Seconds after which the page of an open invitation asks again.
const AGAIN: &str = "3";

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
    /// Key of the sentence that tells its state.
    pub state_key: String,
    pub counter: String,
    pub back: String,
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
    let key = if refusal.is_some() {
        None
    } else {
        let now = app.clock.now();
        match invite(&app.store, &request, &viewer.actor(), fresh_id(), now).await {
            Ok(made) => {
                if made.fresh {
                    app.bell.ring(made.counter);
                }
                let path = format!("/me/invitations/{}", made.invited.id);
                return Ok(Redirect::to(&address::in_language(&path, texts)).into_response());
            }
            Err(InviteError::Store(error)) => return Err(busy(error)),
            Err(InviteError::AlreadyRated) => Some("rated"),
            Err(InviteError::Code(_)) => Some("code"),
            Err(InviteError::UnknownCounter(_) | InviteError::UnknownOfficer(_)) => Some("gone"),
            Err(InviteError::NilId | InviteError::OtherContent(_)) => Some("again"),
        }
    };
    let sentence = match (refusal, key) {
        (Some(sentence), _) => sentence,
        (None, key) => texts.get(&format!("records-refused-{}", key.unwrap_or("again"))),
    };
    let asked = Asked { lang: Some(texts.language().to_owned()), ..Asked::default() };
    page(app, viewer, &asked, Refused { invited: Some((form, sentence)), reply: None }).await
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

async fn state(
    app: &App,
    viewer: &Viewer,
    id: &str,
    texts: &'static Texts,
) -> Result<Response, Fault> {
    let id: Uuid = id.parse().map_err(|_| Fault::Missing)?;
    let directory = app.store.directory().await.map_err(busy)?;
    let officer = own(viewer, &directory)?;
    let row = app.store.invitation(id).await.map_err(busy)?;
    let row = row.filter(|row| row.officer == Some(officer.id)).ok_or(Fault::Missing)?;
    let state = row.state(app.clock.now());
    let word = match state {
        InvitationState::Waiting => "waiting",
        InvitationState::Delivered => "delivered",
        InvitationState::Shown => "shown",
        InvitationState::Answered => "answered",
        InvitationState::Abandoned => "abandoned",
        InvitationState::Superseded => "superseded",
        InvitationState::Expired => "expired",
    };
    let path = format!("/me/invitations/{id}");
    let shell = Shell::new(app, Some(viewer), texts, texts.get("records-invite"), |texts| {
        address::in_language(&path, texts)
    });
    let counter = directory.counter_of(row.counter).map(|one| one.name.clone());
    let (back, state_key) = (address::in_language("/me", texts), format!("records-invited-{word}"));
    let page = Followed { shell, state_key, counter: counter.unwrap_or_default(), back };
    let mut response = answer(StatusCode::OK, page.render());
    if matches!(word, "waiting" | "delivered" | "shown") {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    }
    Ok(response)
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
