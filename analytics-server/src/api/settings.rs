//! The settings of a tablet: counter, officer, staff, question, hours. Asked for every half minute,
//! so an unchanged answer costs no body, and a change in any process arrives without a restart.

use super::auth::Sender;
use super::problem::Refusal;
use super::roster::Roster;
use crate::centre::CentreError;
use crate::centre_time::local;
use crate::etag::{etag, is_known};
use crate::state::App;
use crate::storage::rows::{self, Directory, Tablet};
use crate::storage::staff::Shift;
use crate::storage::{Store, StoreError};
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;
use locales::texts;
use protocol::exchange::Problem;
use protocol::settings::{Counter, Duty, Language, Officer, Settings, Staff};

/// So much of the roster, after today, a tablet works from without a network: two weeks, milliseconds.
const AHEAD_MS: i64 = 14 * 24 * 3_600_000;

/// Settings of the tablet that asks.
#[utoipa::path(
    get,
    path = "/api/v1/tablets/{tablet}/settings",
    params(
        ("tablet" = String, Path, description = "The tablet's id (UUID)"),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of the settings it has"),
    ),
    security(("tablet" = [])),
    responses(
        (status = 200, description = "The settings, with an ETag", body = Settings),
        (status = 304, description = "The tablet has them already"),
        (status = 401, description = "Unknown tablet or wrong token", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn settings(
    State(app): State<App>,
    Sender(tablet): Sender,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    app.store.touch(&tablet, app.clock.now()).await?;
    let json = serde_json::to_vec(&settings_of(&app, &tablet).await?)?;
    let tag = etag(&json);
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    let json_type = "application/json".to_owned();
    Ok(([(ETAG, tag), (CONTENT_TYPE, json_type)], json).into_response())
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
enum Missing {
    #[error(transparent)]
    Centre(#[from] CentreError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Missing> for Refusal {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Centre(error) => error.into(),
            Missing::Store(error) => error.into(),
        }
    }
}

async fn settings_of(app: &App, tablet: &Tablet) -> Result<Settings, Missing> {
    let store = &app.store;
    let now = app.clock.now();
    // Read anew: another process may have changed it, and a notice is for today.
    let centre = app.centre_now().await?;
    let directory = store.directory().await?;
    let post = &tablet.post;
    let counter = directory.counter_of(post.counter).ok_or(StoreError::Meaningless("tablets"))?;
    let (from, until) = day_of(&centre.zone()?, now);
    let shift = Shift { counter: post.counter, named: post.officer, from, until };
    let mut staff = Vec::new();
    for (id, pin) in store.staff(&shift).await? {
        if let Some(officer) = directory.officer_of(id) {
            staff.push(Staff { officer: portrayed(store, &directory, officer).await?, pin });
        }
    }
    let roster = match centre.duty {
        Duty::SignIn => Roster::default(),
        Duty::Roster => {
            // The horizon moves once a day, so that the settings do not change all the time.
            let entries = store.roster_of(post.counter, now, until + AHEAD_MS).await?;
            Roster::of(&directory, post, &entries, now)
        }
    };
    let officer = match roster.now {
        None => None,
        Some(officer) => Some(portrayed(store, &directory, officer).await?),
    };
    let mut following = Vec::new();
    for one in roster.following() {
        if !staff.iter().any(|staff| staff.officer.code == one.code) {
            following.push(portrayed(store, &directory, one).await?);
        }
    }
    let newest = store.questionnaire(None).await?;
    let newest = newest.ok_or(StoreError::Meaningless("questionnaires"))?;
    Ok(Settings {
        centre: centre.name.clone(),
        time_zone: centre.time_zone.clone(),
        counter: Counter { code: counter.code.clone(), name: counter.name.clone() },
        duty: centre.duty,
        officer,
        turns: roster.turns(),
        following,
        staff,
        technician_pin: store.technician_pin().await?,
        stage: post.stage,
        questionnaire: newest.questionnaire,
        languages: centre.tablet_languages().into_iter().map(language).collect(),
        hours: centre.hours,
        notice: centre.notice,
        tap_sound: centre.tap_sound,
        simulated: post.simulated,
        export_key: Some(store.export_key().await?),
    })
}

fn language(code: &str) -> Language {
    Language { code: code.to_owned(), name: texts(code).get(&format!("language-{code}")) }
}

/// Begin and end of the day of a moment, milliseconds since 1970.
fn day_of(zone: &TimeZone, now: i64) -> (i64, i64) {
    let moment = local(now, zone);
    let begin = moment.start_of_day().map_or(now, |begin| begin.timestamp().as_millisecond());
    let end = moment.end_of_day().map_or(now, |end| end.timestamp().as_millisecond() + 1);
    (begin, end)
}

/// An officer with their portrait.
async fn portrayed(
    store: &Store,
    directory: &Directory,
    officer: &rows::Officer,
) -> Result<Officer, StoreError> {
    let photo = store.photo(officer.id).await?.map(|photo| STANDARD.encode(photo));
    Ok(as_citizens_see(directory, officer, photo))
}

/// An officer as citizens see them.
pub(super) fn as_citizens_see(
    directory: &Directory,
    officer: &rows::Officer,
    photo: Option<String>,
) -> Officer {
    let department = directory.department_of(officer.department);
    Officer {
        code: officer.code.clone(),
        name: officer.name.clone(),
        title: officer.title.clone(),
        department: department.map(|department| department.name.clone()).unwrap_or_default(),
        photo,
    }
}
