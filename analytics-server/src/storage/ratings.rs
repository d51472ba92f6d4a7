//! Ratings as rows: how a visit is written and read, and how those of earlier systems come in.

use super::dossiers::DossierSteps;
use super::event_marks::MarkSteps;
use super::event_steps::{EventSteps, ROWS};
use super::officer_departments::DepartmentSteps as _;
use super::rows::{ImportedRating, Put};
use super::tablets::{stage_code, stage_of};
use super::{Store, StoreError, writing};
use crate::fold::{Place, Visit};
use protocol::event::Detailed;
use protocol::{Level, Scale};
use sqlx::QueryBuilder;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Columns of a visit, in the order of [`VisitFields`].
pub(super) const VISIT_COLUMNS: &str = "id, tablet_id, counter_id, officer_id, department_id, \
     stage, scale, questionnaire, language, dossier, asked_at, answered_at, abandoned_at, level, \
     first_level, reasons, aspects, comment, ticket, invitation";

/// What of a visit can change after it was asked. A comment that was redacted stays so, whatever
/// its tablet tells later and however often its events are folded again.
pub(super) const VISIT_UPDATE: &str = " on conflict (id) do update set \
     position = excluded.position, answered_at = excluded.answered_at, \
     abandoned_at = excluded.abandoned_at, level = excluded.level, \
     first_level = excluded.first_level, reasons = excluded.reasons, aspects = excluded.aspects, \
     comment = case when ratings.redacted_at is null then excluded.comment \
       else ratings.comment end";

/// A visit's row. Sixteen columns are the most a tuple can hold, so it is read by name.
pub(super) struct VisitFields {
    id: Uuid,
    tablet: Option<Uuid>,
    place: Place,
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
}

macro_rules! visit_from_row {
    ($Row:ty) => {
        impl sqlx::FromRow<'_, $Row> for VisitFields {
            fn from_row(row: &$Row) -> Result<Self, sqlx::Error> {
                use sqlx::Row;
                Ok(Self {
                    id: row.try_get("id")?,
                    tablet: row.try_get("tablet_id")?,
                    place: Place {
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
                })
            }
        }
    };
}
visit_from_row!(sqlx::sqlite::SqliteRow);
visit_from_row!(sqlx::postgres::PgRow);

/// The visit of a row.
pub(super) fn visit_of(row: VisitFields) -> Result<Visit, StoreError> {
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
        level: level(row.level)?,
        first_level: level(row.first_level)?,
        detailed,
    })
}

/// How a scale is stored.
pub(super) fn scale_code(scale: Scale) -> i16 {
    match scale {
        Scale::Five => 1,
        Scale::Three => 2,
    }
}

/// What identifies an imported rating's content: a second import must agree with it.
type Content = (i64, i64, i64, Option<i16>, Option<i16>, i16, bool);
type KnownFields = (Uuid, i64, i64, i64, Option<i16>, Option<i16>, i16, bool);

impl Store {
    /// Stores ratings of an earlier system in one transaction; one outcome a row. A row whose id is
    /// known with the same content is already there; with another content it is a conflict and the
    /// stored one stands. A second rating of a dossier and stage is flagged. Each counts for the
    /// department that its officer belonged to at its moment.
    pub async fn import_ratings(
        &self,
        rows: &[ImportedRating],
        now: i64,
    ) -> Result<Vec<Put>, StoreError> {
        Ok(writing!(self, Db, tx => {
            // First, because it makes two imports take turns: what is known then stays known.
            let position = Db::next_position(&mut tx).await?;
            let mut known: HashMap<Uuid, Content> = HashMap::new();
            for rows in rows.chunks(ROWS) {
                let mut query = QueryBuilder::<Db>::new(
                    "select id, counter_id, officer_id, asked_at, stage, level, scale, simulated
                     from ratings
                     where id in (",
                );
                let mut list = query.separated(", ");
                for row in rows {
                    list.push_bind(row.id);
                }
                query.push(")");
                let found: Vec<KnownFields> =
                    query.build_query_as().fetch_all(&mut *tx).await?;
                known.extend(found.into_iter().map(
                    |(id, counter, officer, at, stage, level, scale, simulated)| {
                        (id, (counter, officer, at, stage, level, scale, simulated))
                    },
                ));
            }
            let (outcome, fresh) = sorted(rows, &mut known);
            let officers: BTreeSet<i64> = fresh.iter().map(|row| row.officer).collect();
            let officers: Vec<i64> = officers.into_iter().collect();
            let departments = Db::departments_of(&mut tx, &officers).await?;
            for rows in fresh.chunks(ROWS) {
                QueryBuilder::<Db>::new(
                    "insert into ratings (id, source, simulated, counter_id, officer_id,
                     department_id, stage, scale, dossier, asked_at, answered_at, level,
                     reasons, position) ",
                )
                .push_values(rows, |mut value, row| {
                    let reasons = row.reason.as_ref().map(|one| serde_json::json!([one]));
                    value.push_bind(row.id)
                        .push_bind(2_i16)
                        .push_bind(row.simulated)
                        .push_bind(row.counter)
                        .push_bind(row.officer)
                        .push_bind(departments.at(row.officer, row.at))
                        .push_bind(row.stage.map(stage_code))
                        .push_bind(scale_code(row.scale))
                        .push_bind(row.dossier.clone())
                        .push_bind(row.at)
                        .push_bind(row.at)
                        .push_bind(i16::from(row.level.code()))
                        .push_bind(reasons.map(|one| one.to_string()))
                        .push_bind(position);
                })
                .build()
                .execute(&mut *tx)
                .await?;
            }
            Db::link_dossiers(&mut tx, position).await?;
            Db::flag_imported(&mut tx, (position, now)).await?;
            outcome
        }))
    }
}

/// One outcome a row, and those that are new. Of two rows with one id and another content the
/// first stands.
fn sorted<'a>(
    rows: &'a [ImportedRating],
    known: &mut HashMap<Uuid, Content>,
) -> (Vec<Put>, Vec<&'a ImportedRating>) {
    let mut fresh = Vec::new();
    let put = |row: &'a ImportedRating| {
        let content = content(row);
        match known.get(&row.id) {
            None => {
                known.insert(row.id, content);
                fresh.push(row);
                Put::Stored
            }
            Some(before) if *before == content => Put::AlreadyThere,
            Some(_) => Put::Conflict,
        }
    };
    let outcome = rows.iter().map(put).collect();
    (outcome, fresh)
}

fn content(row: &ImportedRating) -> Content {
    let level = i16::from(row.level.code());
    let scale = scale_code(row.scale);
    (row.counter, row.officer, row.at, row.stage.map(stage_code), Some(level), scale, row.simulated)
}
