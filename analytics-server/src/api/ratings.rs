//! Ratings one by one for other software of the centre, in pages that go on from a place. Without a
//! period they come as they were stored or changed last: whoever goes on from the last place gets
//! every rating, and a rating again when it changed.

use super::figures::{span, unknown_department, unreadable};
use super::machine::{COMMENTS, Machine, ReadsRatings};
use super::problem::Refusal;
use crate::export::{Names, local_time};
use crate::state::App;
use crate::storage::export::{Cut, OutBy, OutPlace};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use protocol::exchange::Problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Ratings of a page at most, and when nobody says.
const PAGE: u32 = 1_000;

/// Which ratings.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    after: Option<String>,
    limit: Option<u32>,
    period: Option<String>,
    department: Option<String>,
}

/// A page of ratings.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct RatingsTold {
    /// With a period in the order in which they were asked, without one in that of their last
    /// changes.
    ratings: Vec<RatingTold>,
    /// What `after` has to be to go on; none: nothing was asked for yet and there is nothing.
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
    /// Names of the rules that found it odd.
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
}

/// Ratings one by one.
#[utoipa::path(
    get,
    path = "/api/v1/ratings",
    params(
        ("after" = Option<String>, Query, description = "Where to go on: `next` of an earlier answer \
            to the same question; nothing: from the first on. Without a period what is new or has \
            changed since (a rating is known again by its id)",
            pattern = r"^[0-9]{1,18}\.[0-9]{1,18}$"),
        ("limit" = Option<u32>, Query, description = "How many at most", minimum = 1, maximum = 1000),
        ("period" = Option<String>, Query, description = "As for figures; without it ratings of \
            any time", max_length = 30,
            pattern = r"^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M)|-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$"),
        ("department" = Option<String>, Query, description = "Code of a department", min_length = 1, max_length = 64),
    ),
    security(("machine" = ["ratings:read"])),
    responses(
        (status = 200, description = "A page; comments only with the scope `comments:read`", body = RatingsTold),
        (status = 400, description = "The period or the query can not be read", body = Problem),
        (status = 401, description = "Unknown token, or one without the scope `ratings:read`", body = Problem),
        (status = 422, description = "No such department", body = Problem),
        (status = 429, description = "Too many requests of this token; wait as `Retry-After` says", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn ratings(
    State(app): State<App>,
    Machine(token, _): Machine<ReadsRatings>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<RatingsTold>, Refusal> {
    let Query(asked) = asked.map_err(|_| unreadable())?;
    let limit = asked.limit.unwrap_or(PAGE);
    let after = match asked.after.as_deref() {
        Some(text) => place(text).ok_or_else(unreadable)?,
        None => OutPlace::START,
    };
    if !(1..=PAGE).contains(&limit) {
        return Err(unreadable());
    }
    let by = if asked.period.is_some() { OutBy::Asked } else { OutBy::Changed };
    let directory = app.store.directory().await?;
    let (from, until) = match asked.period.as_deref() {
        Some(text) => app.moments(&span(&app, Some(text)).await?.under(app.centre().policy)),
        None => (i64::MIN, i64::MAX),
    };
    let departments = match asked.department.as_deref() {
        Some(code) => Some(vec![directory.department(code).ok_or_else(unknown_department)?.id]),
        None => None,
    };
    let cut = Cut { from, until, departments, ..Cut::default() };
    let rows = app.store.ratings_out(&cut, token.may(COMMENTS), (by, after), limit).await?;
    let more = rows.len() == limit as usize;
    let next = rows.last().map(|row| format!("{}.{}", row.place.at, row.place.num));
    let next = next.or(asked.after);
    let names = Names::new(&directory);
    let told = rows.into_iter().map(|row| {
        let words = names.words(&row);
        RatingTold {
            num: row.place.num,
            id: row.id,
            at: local_time(row.asked_at, &app.zone),
            department: words.department,
            counter: words.counter,
            officer: words.officer,
            stage: words.stage,
            procedure: words.procedure,
            channel: words.channel,
            scale: words.scale,
            level: words.level,
            reasons: words.reasons,
            aspects: words.aspects,
            flags: row.flags.split_whitespace().map(str::to_owned).collect(),
            source: words.source,
            simulated: row.simulated,
            dossier: row.dossier,
            comment: row.comment,
        }
    });
    Ok(Json(RatingsTold { ratings: told.collect(), next, more }))
}

/// The place that an answer named.
fn place(text: &str) -> Option<OutPlace> {
    let (at, num) = text.split_once('.')?;
    Some(OutPlace { at: at.parse().ok()?, num: num.parse().ok()? })
}
