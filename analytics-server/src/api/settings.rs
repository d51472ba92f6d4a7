//! What a tablet works from: counter, officer, question. Asked for every half minute, so an
//! unchanged answer costs no body.

use super::auth::Sender;
use super::problem::Refusal;
use crate::etag::etag;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::rows::Tablet;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use locales::{languages_of, texts};
use protocol::exchange::Problem;
use protocol::hours::Hours;
use protocol::questionnaire::{LevelText, Questionnaire, Timeouts};
use protocol::settings::{Counter, Duty, Language, Officer, Settings, Texts};
use protocol::words::Scale;

/// The one question of this version, as the centre's form words it.
const QUESTIONNAIRE: u32 = 1;

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
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(tag.as_str()) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    let json_type = "application/json".to_owned();
    Ok(([(ETAG, tag), (CONTENT_TYPE, json_type)], json).into_response())
}

async fn settings_of(app: &App, tablet: &Tablet) -> Result<Settings, StoreError> {
    let directory = app.store.directory().await?;
    let post = &tablet.post;
    let counter = directory.counter_of(post.counter).ok_or(StoreError::Meaningless("tablets"))?;
    let officer = match post.officer {
        Some(id) => directory.officer_of(id),
        None => directory.usual_officer(post.counter),
    };
    let officer = match officer {
        None => None,
        Some(officer) => Some(Officer {
            code: officer.code.clone(),
            name: officer.name.clone(),
            title: officer.title.clone(),
            department: directory
                .department_of(officer.department)
                .map(|department| department.name.clone())
                .unwrap_or_default(),
            photo: app.store.photo(officer.id).await?.map(|photo| STANDARD.encode(photo)),
        }),
    };
    let scale = Scale::Five;
    let levels = scale.levels().iter().map(|level| LevelText {
        level: *level,
        text: in_all_languages(&format!("level-{level}")),
    });
    Ok(Settings {
        centre: app.centre.name.clone(),
        time_zone: app.centre.time_zone.clone(),
        counter: Counter { code: counter.code.clone(), name: counter.name.clone() },
        duty: Duty::Roster,
        officer,
        staff: Vec::new(),
        technician_pin: None,
        stage: post.stage,
        questionnaire: Questionnaire {
            version: QUESTIONNAIRE,
            question: in_all_languages("question-attitude"),
            scale,
            levels: levels.collect(),
            steps: Vec::new(),
            timeouts: Timeouts::default(),
        },
        languages: languages_of("tablet")
            .map(|code| Language {
                code: code.to_owned(),
                name: texts(code).get(&format!("language-{code}")),
            })
            .collect(),
        hours: Hours::default(),
        notice: Texts::new(),
        simulated: post.simulated,
    })
}

fn in_all_languages(key: &str) -> Texts {
    languages_of("tablet").map(|code| (code.to_owned(), texts(code).get(key))).collect()
}
