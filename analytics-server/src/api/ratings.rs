//! Ratings one by one for other software of the centre, in pages that go on from a place. Without a
//! period they come in the order in which they were last stored or changed: a client that goes on from
//! its last cursor gets every rating, and a rating again when it changed.

use super::cursor::{Cursor, resume_after};
use super::figures::{span, unknown_department, unreadable};
use super::machine::{COMMENTS, Machine, ReadsRatings};
use super::problem::Refusal;
use crate::export::{NamedRating, RatingNames, local_time};
use crate::state::App;
use crate::storage::export::{ExportFilter, OutBy, RatingOut};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use locales::Texts;
use protocol::exchange::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// Ratings of a page at most, and when nobody says.
const PAGE: u32 = 1_000;

/// Which ratings.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RatingsQuery {
    after: Option<String>,
    limit: Option<u32>,
    period: Option<String>,
    department: Option<String>,
    language: Option<String>,
}

/// A page of ratings.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct RatingsTold {
    /// With a period in the order in which they were asked, without one in that of their last
    /// changes.
    ratings: Vec<RatingTold>,
    /// What `after` has to be to go on; none: nothing was asked for yet and there is nothing. It
    /// names the history of this database: after a restore it is answered with 410.
    next: Option<String>,
    /// Whether there is more now.
    more: bool,
}

/// One rating.
#[derive(Serialize, utoipa::ToSchema)]
struct RatingTold {
    /// Its number.
    num: i64,
    /// Its id.
    id: uuid::Uuid,
    /// When it was asked, local time of the centre.
    #[schema(example = "2023-09-27T09:00:00+07:00")]
    at: String,
    /// Code of the department.
    department: String,
    /// Code of the counter.
    counter: String,
    /// Code of the officer.
    officer: String,
    /// `receive` or `return`; none: not known.
    stage: Option<&'static str>,
    /// Code of the procedure of its dossier; none: not known.
    procedure: Option<String>,
    /// How the dossier came: `in_person`, `postal`, `online_full` or `online_partial`.
    channel: Option<&'static str>,
    /// `five` or `three` levels.
    scale: &'static str,
    /// Such as `very_satisfied`.
    level: &'static str,
    /// Ids of the reasons that were given.
    reasons: Vec<String>,
    /// Levels by aspect.
    aspects: BTreeMap<String, String>,
    /// Ids of the rules that found it odd. It is counted all the same, unless it is ruled out.
    flags: Vec<String>,
    /// `tablet` or `imported`.
    source: &'static str,
    /// It was made by a demonstration.
    simulated: bool,
    /// A mark that is the same for the same dossier, and tells nothing else.
    dossier: Option<String>,
    /// Free text; only with the scope `comments:read`.
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    /// An auditor ruled that it does not count: it stands in no figure.
    ruled_out: bool,
    /// When that was ruled, local time of the centre.
    ruled_out_at: Option<String>,
    /// What the auditor wrote about it; only with the scope `comments:read`.
    #[serde(skip_serializing_if = "Option::is_none")]
    ruled_out_reason: Option<String>,
    /// Version of the questionnaire it was given under; none: not known.
    questionnaire: Option<i64>,
    /// Name of the department that the officer belonged to at that moment.
    department_name: String,
    /// Name of the counter.
    counter_name: String,
    /// Name of the officer.
    officer_name: String,
    /// Name of the procedure.
    procedure_name: Option<String>,
    /// The stage in words.
    stage_text: Option<String>,
    /// The channel in words.
    channel_text: Option<String>,
    /// The level in words.
    level_text: String,
    /// The reasons in words, in the order of `reasons`.
    reason_texts: Vec<String>,
    /// The aspects in words, by their ids.
    aspect_texts: BTreeMap<String, String>,
    /// The rules in words, in the order of `flags`.
    flag_texts: Vec<String>,
    /// The source in words.
    source_text: String,
}

impl RatingTold {
    fn of(row: RatingOut, names: &RatingNames, app: &App) -> Self {
        let words = names.words(&row);
        let code_and_name = |one: NamedRating| (one.code, one.name);
        let (procedure, procedure_name) = words.procedure.map(code_and_name).unzip();
        let word = |id: &str| names.word(id);
        Self {
            num: row.place.num,
            id: row.id,
            at: local_time(row.asked_at, &app.zone),
            department: words.department.code,
            counter: words.counter.code,
            officer: words.officer.code,
            stage: words.stage,
            procedure,
            channel: words.channel,
            scale: words.scale,
            level: words.level,
            flags: words.flags.clone(),
            source: words.source,
            simulated: row.simulated,
            dossier: row.dossier,
            comment: row.comment,
            ruled_out: row.ruled_out_at.is_some(),
            ruled_out_at: row.ruled_out_at.map(|at| local_time(at, &app.zone)),
            ruled_out_reason: row.ruled_out_reason,
            questionnaire: row.questionnaire,
            department_name: words.department.name,
            counter_name: words.counter.name,
            officer_name: words.officer.name,
            procedure_name,
            stage_text: words.stage.map(word),
            channel_text: words.channel.map(word),
            level_text: word(words.level),
            reason_texts: words.reasons.iter().map(|id| names.reason(id)).collect(),
            aspect_texts: words.aspects.keys().map(|id| (id.clone(), names.aspect(id))).collect(),
            flag_texts: words.flags.iter().map(|id| names.rule(id)).collect(),
            source_text: word(words.source),
            reasons: words.reasons,
            aspects: words.aspects,
        }
    }
}

/// Ratings one by one.
#[utoipa::path(
    get,
    path = "/api/v1/ratings",
    params(
        ("after" = Option<String>, Query, description = "Where to go on: `next` of an earlier answer \
            to the same question; nothing: from the first on. Without a period what is new or has \
            changed since (a rating is known again by its id). A place of another history of the \
            database is answered with 410: read anew from the start",
            pattern = r"^[0-9a-f]{16}\.[0-9]{1,18}\.[0-9]{1,18}$"),
        ("limit" = Option<u32>, Query, description = "How many at most", minimum = 1, maximum = 1000),
        ("period" = Option<String>, Query, description = "As for figures; without it ratings of \
            any time", max_length = 30,
            pattern = r"^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M)|-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$"),
        ("department" = Option<String>, Query, description = "Code of a department", min_length = 1, max_length = 64),
        ("language" = Option<String>, Query, description = "Language of the words beside the ids: \
            vi (also without it) or en", pattern = r"^(vi|en)$"),
    ),
    security(("machine" = ["ratings:read"])),
    responses(
        (status = 200, description = "A page; comments only with the scope `comments:read`", body = RatingsTold),
        (status = 400, description = "The period or the query can not be read", body = Problem),
        (status = 401, description = "Unknown token, or one without the scope `ratings:read`", body = Problem),
        (status = 410, description = "The place in `after` belongs to an earlier state of the database \
            or to an older version of the server: read anew from the start", body = Problem),
        (status = 422, description = "No such department", body = Problem),
        (status = 429, description = "Too many requests of this token; wait as `Retry-After` says", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn ratings(
    State(app): State<App>,
    Machine(token, _): Machine<ReadsRatings>,
    asked: Result<Query<RatingsQuery>, QueryRejection>,
) -> Result<Json<RatingsTold>, Refusal> {
    let Query(asked) = asked.map_err(|_| unreadable())?;
    let limit = asked.limit.unwrap_or(PAGE);
    let cursor = match asked.after.as_deref() {
        Some(text) => Some(Cursor::read(text).ok_or_else(unreadable)?),
        None => None,
    };
    if !(1..=PAGE).contains(&limit) {
        return Err(unreadable());
    }
    let texts = texts_in(asked.language.as_deref())?;
    let by = if asked.period.is_some() { OutBy::Asked } else { OutBy::Changed };
    let by_change = by == OutBy::Changed;
    let directory = app.store.directory().await?;
    let (from, until) = match asked.period.as_deref() {
        Some(text) => app.moments(&span(&app, Some(text)).await?.under(app.centre().policy)),
        None => (i64::MIN, i64::MAX),
    };
    let departments = match asked.department.as_deref() {
        Some(code) => Some(vec![directory.department(code).ok_or_else(unknown_department)?.id]),
        None => None,
    };
    let head = app.change_feed.head(&app.store).await?;
    let after = resume_after(&app.store, cursor, &head, by_change).await?;
    let cut = ExportFilter { from, until, departments, ..ExportFilter::default() };
    let rows = app.store.ratings_out(&cut, token.may(COMMENTS), (by, after), limit).await?;
    let more = rows.len() == limit as usize;
    if let Some(last) = rows.last().filter(|_| by_change) {
        app.change_feed.remember(&head, last).await;
    }
    let next = rows.last().map(|row| Cursor::write(head.epoch, row.place));
    let next = next.or(asked.after);
    // Comments leave only with a line that says so; what has none tells nothing that people wrote.
    let comments = rows.iter().filter(|row| row.comment.is_some()).count();
    if comments > 0 {
        let what = json!({
            "name": token.name,
            "period": asked.period,
            "department": asked.department,
            "comments": comments,
            "rows": rows.len(),
        });
        let actor = format!("machine token {}", token.num);
        let what = Some(what.to_string());
        app.store
            .add_audit_line(&actor, "export", "ratings by API", what.as_deref(), app.clock.now())
            .await?;
    }
    let names = RatingNames::new(&directory, &app.store.questionnaires().await?, texts);
    let ratings = rows.into_iter().map(|row| RatingTold::of(row, &names, &app)).collect();
    Ok(Json(RatingsTold { ratings, next, more }))
}

/// The words of a language that pages have, Vietnamese where none is named.
fn texts_in(language: Option<&str>) -> Result<&'static Texts, Refusal> {
    let Some(language) = language else { return Ok(locales::texts("vi")) };
    if locales::languages_of("pages").any(|known| known == language) {
        Ok(locales::texts(language))
    } else {
        Err(unreadable())
    }
}
