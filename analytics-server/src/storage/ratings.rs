//! Ratings as rows: how a visit is written and read.

use super::StoreError;
use super::codes::{scale_code, stage_of};
use crate::projections::visit::{Unrated, Visit, VisitPlace};
use protocol::event::Detailed;
use protocol::{Level, Scale};
use uuid::Uuid;

/// Columns of a visit, in the order in which they are written.
pub(super) const VISIT_COLUMNS: &str = "id, tablet_id, counter_id, officer_id, department_id, \
     stage, scale, questionnaire, language, dossier, asked_at, answered_at, abandoned_at, level, \
     first_level, reasons, aspects, comment, ticket, invitation, unrated";

/// What of a visit can change after it was asked. A comment that was redacted stays redacted, also
/// where its tablet sends more details or its events are folded again.
/// The moment at which it was asked never changes: figures are cached by day.
pub(super) const VISIT_UPDATE: &str = " on conflict (id) do update set \
     position = excluded.position, answered_at = excluded.answered_at, \
     abandoned_at = excluded.abandoned_at, unrated = excluded.unrated, level = excluded.level, \
     first_level = excluded.first_level, reasons = excluded.reasons, aspects = excluded.aspects, \
     comment = case when ratings.redacted_at is null then excluded.comment \
       else ratings.comment end";

/// The columns of a visit as they are stored, read by their names.
pub(super) struct VisitColumns {
    id: Uuid,
    tablet: Option<Uuid>,
    place: VisitPlace,
    stage: Option<i16>,
    scale: i16,
    questionnaire: Option<i64>,
    language: Option<String>,
    dossier: Option<String>,
    asked_at: i64,
    answered_at: Option<i64>,
    abandoned_at: Option<i64>,
    level: Option<i16>,
    first_level: Option<i16>,
    reasons: Option<String>,
    aspects: Option<String>,
    comment: Option<String>,
    ticket: Option<String>,
    invitation: Option<Uuid>,
    unrated: Option<i16>,
}

macro_rules! visit_from_row {
    ($Row:ty) => {
        impl sqlx::FromRow<'_, $Row> for VisitColumns {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                use sqlx::Row;
                Ok(Self {
                    id: row.try_get("id")?,
                    tablet: row.try_get("tablet_id")?,
                    place: VisitPlace {
                        counter: row.try_get("counter_id")?,
                        officer: row.try_get("officer_id")?,
                        department: row.try_get("department_id")?,
                    },
                    stage: row.try_get("stage")?,
                    scale: row.try_get("scale")?,
                    questionnaire: row.try_get("questionnaire")?,
                    language: row.try_get("language")?,
                    dossier: row.try_get("dossier")?,
                    asked_at: row.try_get("asked_at")?,
                    answered_at: row.try_get("answered_at")?,
                    abandoned_at: row.try_get("abandoned_at")?,
                    level: row.try_get("level")?,
                    first_level: row.try_get("first_level")?,
                    reasons: row.try_get("reasons")?,
                    aspects: row.try_get("aspects")?,
                    comment: row.try_get("comment")?,
                    ticket: row.try_get("ticket")?,
                    invitation: row.try_get("invitation")?,
                    unrated: row.try_get("unrated")?,
                })
            }
        }
    };
}
visit_from_row!(sqlx::sqlite::SqliteRow);
visit_from_row!(sqlx::postgres::PgRow);

/// The visit of a row.
pub(super) fn visit_of(row: VisitColumns) -> Result<Visit, StoreError> {
    const ROOM: StoreError = StoreError::Meaningless("ratings");
    let level = |code: Option<i16>| match code {
        None => Ok(None),
        Some(code) => u8::try_from(code).ok().and_then(Level::from_code).ok_or(ROOM).map(Some),
    };
    let detailed = if row.reasons.is_none() && row.aspects.is_none() && row.comment.is_none() {
        None
    } else {
        let read = |text: Option<String>| text.unwrap_or_else(|| "null".into());
        let reasons: Option<Vec<String>> =
            serde_json::from_str(&read(row.reasons)).map_err(|_| ROOM)?;
        let aspects: Option<_> = serde_json::from_str(&read(row.aspects)).map_err(|_| ROOM)?;
        Some(Detailed {
            aspects: aspects.unwrap_or_default(),
            reasons: reasons.unwrap_or_default(),
            comment: row.comment,
        })
    };
    Ok(Visit {
        id: row.id,
        // An imported rating belongs to no tablet, so no tablet can change it.
        tablet: row.tablet.unwrap_or_default(),
        place: row.place,
        stage: stage_of(row.stage),
        scale: Scale::ALL.into_iter().find(|scale| scale_code(*scale) == row.scale).ok_or(ROOM)?,
        questionnaire: u32::try_from(row.questionnaire.unwrap_or_default()).map_err(|_| ROOM)?,
        language: row.language.unwrap_or_default(),
        dossier: row.dossier,
        ticket: row.ticket,
        invitation: row.invitation,
        asked_at: row.asked_at,
        answered_at: row.answered_at,
        abandoned_at: row.abandoned_at,
        unrated: row.unrated.map(|code| Unrated::of_code(code).ok_or(ROOM)).transpose()?,
        level: level(row.level)?,
        first_level: level(row.first_level)?,
        detailed,
    })
}
