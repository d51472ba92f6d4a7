//! Ratings of earlier systems: how they are stored, and how those that are here already are recognised when
//! another file tells them with other precision.

use super::codes::{scale_code, stage_code, stage_of};
use super::dossiers::DossierSteps;
use super::event_marks::MarkSteps;
use super::event_steps::EventSteps;
use super::import_batches::ImportBatchSteps;
use super::officer_departments::DepartmentSteps as _;
use super::rows::{ImportedRating, PutOutcome};
use super::statement::ROWS;
use super::{Store, StoreError, reading, row_struct, writing};
use protocol::Stage;
use sqlx::QueryBuilder;
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// A minute in which ratings of files are looked for.
#[derive(Clone, Copy, Debug)]
pub struct ImportedWindow {
    /// Its beginning, milliseconds since 1970.
    pub from: i64,
    /// Its end, not included.
    pub until: i64,
    /// All of it, or only those that were told without seconds.
    pub any_second: bool,
}

/// A rating of a file that stands here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Its identity.
    pub id: Uuid,
    /// When it was given.
    pub at: i64,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer.
    pub officer: i64,
    stage: Option<Stage>,
    scale: i16,
    level: i16,
    dossier: Option<String>,
    simulated: bool,
    to_minute: bool,
}

impl Imported {
    /// Whether a row of a file, of the same counter and officer, says the same as far as it says
    /// anything.
    pub fn is(&self, row: &ImportedRating) -> bool {
        // Both are known to lie in one minute.
        let minute = self.to_minute || row.told.to_minute;
        (minute || self.at == row.at)
            && self.level == i16::from(row.level.code())
            && self.scale == scale_code(row.scale)
            && self.simulated == row.simulated
            && (self.dossier == row.dossier || !row.told.has_dossier)
            && (self.stage == row.stage || !row.told.has_stage)
    }
}

row_struct! {
    struct NearRating {
        id: Uuid,
        asked_at: i64,
        counter_id: i64,
        officer_id: i64,
        stage: Option<i16>,
        scale: i16,
        level: Option<i16>,
        dossier: Option<String>,
        simulated: bool,
        to_minute: bool,
    }
}

fn imported(row: NearRating) -> Imported {
    Imported {
        id: row.id,
        at: row.asked_at,
        counter: row.counter_id,
        officer: row.officer_id,
        stage: stage_of(row.stage),
        scale: row.scale,
        level: row.level.unwrap_or_default(),
        dossier: row.dossier,
        simulated: row.simulated,
        to_minute: row.to_minute,
    }
}

/// How far apart minutes may lie that are looked for together: an hour has few ratings of files.
const NEAR_MS: i64 = 60 * 60 * 1000;

/// Minutes as spans, so that a file that is in order costs a few questions.
fn spans(sought: &[ImportedWindow], any_second: bool) -> Vec<(i64, i64)> {
    let mut all: Vec<_> = sought.iter().filter(|one| one.any_second == any_second).collect();
    all.sort_by_key(|one| one.from);
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for one in all {
        match spans.last_mut() {
            Some((_, until)) if one.from <= *until + NEAR_MS => *until = one.until.max(*until),
            _ => spans.push((one.from, one.until)),
        }
    }
    spans
}

row_struct! {
    /// What an imported rating says: a second import must agree with it.
    #[derive(PartialEq)]
    struct RatingContent {
        id: Uuid,
        counter_id: i64,
        officer_id: i64,
        asked_at: i64,
        stage: Option<i16>,
        level: Option<i16>,
        scale: i16,
        simulated: bool,
    }
}

impl Store {
    /// The ratings of files in some minutes, and others near them.
    pub async fn imported_near(
        &self,
        sought: &[ImportedWindow],
    ) -> Result<Vec<Imported>, StoreError> {
        // Those without seconds, of a minute or two, or all of an hour or two.
        const ROUGH: &str = "select r.id, r.asked_at, r.counter_id, r.officer_id, r.stage, r.scale,
             r.level, r.dossier, r.simulated, m.rating_id is not null as to_minute
             from minute_ratings m join ratings r on r.id = m.rating_id
             where m.asked_at >= $1 and m.asked_at < $2 order by r.asked_at, r.num";
        const ALL: &str = "select r.id, r.asked_at, r.counter_id, r.officer_id, r.stage, r.scale,
             r.level, r.dossier, r.simulated, m.rating_id is not null as to_minute
             from ratings r
             left join minute_ratings m on m.asked_at = r.asked_at and m.rating_id = r.id
             where r.asked_at >= $1 and r.asked_at < $2 and r.source = 2
             order by r.asked_at, r.num";
        let mut found: Vec<NearRating> = Vec::new();
        for (any_second, sql) in [(true, ALL), (false, ROUGH)] {
            for (from, until) in spans(sought, any_second) {
                found.append(&mut reading!(self, pool => sqlx::query_as(sql)
                    .bind(from)
                    .bind(until)
                    .fetch_all(pool)
                    .await?));
            }
        }
        let mut seen = HashSet::new();
        found.retain(|row| seen.insert(row.id));
        Ok(found.into_iter().map(imported).collect())
    }

    /// Which of some ratings stand here.
    pub async fn known_ratings(&self, ids: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
        macro_rules! known {
            ($Db:ty, $pool:expr, $ids:expr) => {{
                let mut query = QueryBuilder::<$Db>::new("select id from ratings where id in (");
                let mut list = query.separated(", ");
                for id in $ids {
                    list.push_bind(*id);
                }
                query.push(")");
                query.build_query_scalar::<Uuid>().fetch_all($pool).await?
            }};
        }
        let mut known = HashSet::new();
        for ids in ids.chunks(ROWS) {
            known.extend(match self {
                Self::Sqlite(sqlite) => known!(sqlx::Sqlite, &sqlite.readers, ids),
                Self::Postgres(postgres) => known!(sqlx::Postgres, &postgres.pool, ids),
            });
        }
        Ok(known)
    }

    /// Stores ratings of an earlier system in one transaction; one outcome a row. A row whose id is
    /// known with the same content is already there; with another content it is a conflict and the
    /// stored one stands. A second rating of a dossier and stage is flagged. Each counts for the
    /// department that its officer belonged to at its moment.
    pub async fn import_ratings(
        &self,
        rows: &[ImportedRating],
        now: i64,
    ) -> Result<Vec<PutOutcome>, StoreError> {
        Ok(writing!(self, Db, tx => {
            // First, because it makes two imports take turns: what is known then stays known.
            let position = Db::next_position(&mut tx).await?;
            let highest = Db::highest_num(&mut tx).await?;
            let mut known: HashMap<Uuid, RatingContent> = HashMap::new();
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
                let found: Vec<RatingContent> = query.build_query_as().fetch_all(&mut *tx).await?;
                known.extend(found.into_iter().map(|row| (row.id, row)));
            }
            let (outcome, fresh) = compared(rows, &mut known);
            let officers: BTreeSet<i64> = fresh.iter().map(|row| row.officer).collect();
            let officers: Vec<i64> = officers.into_iter().collect();
            let departments = Db::departments_of(&mut tx, &officers).await?;
            for rows in fresh.chunks(ROWS) {
                QueryBuilder::<Db>::new(
                    "insert into ratings (id, source, simulated, counter_id, officer_id,
                     department_id, stage, scale, dossier, asked_at, answered_at, level,
                     reasons, comment, position) ",
                )
                .push_values(rows, |mut value, row| {
                    let reasons = (!row.reasons.is_empty()).then(|| serde_json::json!(row.reasons));
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
                        .push_bind(row.comment.clone())
                        .push_bind(position);
                })
                .build()
                .execute(&mut *tx)
                .await?;
            }
            let rough: Vec<_> = fresh.into_iter().filter(|row| row.told.to_minute).collect();
            for rows in rough.chunks(ROWS) {
                QueryBuilder::<Db>::new("insert into minute_ratings (asked_at, rating_id) ")
                    .push_values(rows, |mut value, row| {
                        value.push_bind(row.at).push_bind(row.id);
                    })
                    .build()
                    .execute(&mut *tx)
                    .await?;
            }
            Db::link_dossiers(&mut tx, position).await?;
            Db::flag_imported(&mut tx, (position, now)).await?;
            Db::record_import(&mut tx, highest, now).await?;
            outcome
        }))
    }
}

/// A rating of a file with its reasons as they are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasoned {
    /// `ratings.num`.
    pub num: i64,
    /// The words.
    pub reasons: Vec<String>,
}

/// What becomes of the reasons of a rating of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedReasons {
    /// What was read.
    pub was: Reasoned,
    /// What a questionnaire knows.
    pub reasons: Vec<String>,
    /// What is a comment.
    pub comment: Option<String>,
}

impl Store {
    /// Whether free texts among the reasons were moved already.
    pub async fn is_free_text_moved(&self) -> Result<bool, StoreError> {
        let moved: Option<i64> = reading!(self, pool => {
            sqlx::query_scalar("select free_text_moved_at from import_state")
                .fetch_one(pool)
                .await?
        });
        Ok(moved.is_some())
    }

    /// Remembers that they are.
    pub async fn free_text_is_moved(&self, now: i64) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query("update import_state set free_text_moved_at = $1")
                .bind(now)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    /// Ratings of files behind a number that have reasons, at most `most` of them.
    pub async fn reasoned(&self, after: i64, most: u32) -> Result<Vec<Reasoned>, StoreError> {
        let rows: Vec<(i64, String)> = reading!(self, pool => sqlx::query_as(
            "select num, reasons from ratings
             where num > $1 and source = 2 and reasons is not null order by num limit $2",
        )
        .bind(after)
        .bind(i64::from(most))
        .fetch_all(pool)
        .await?);
        let read = |(num, json): (i64, String)| {
            let reasons = serde_json::from_str(&json);
            let reasons = reasons.map_err(|_| StoreError::Meaningless("ratings"))?;
            Ok(Reasoned { num, reasons })
        };
        rows.into_iter().map(read).collect()
    }

    /// Puts what was sorted in the place of what was read, under a position of its own. A comment
    /// that was redacted meanwhile stays away.
    pub async fn sort_reasons(&self, all: &[SortedReasons]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let json = |reasons: &[String]| serde_json::json!(reasons).to_string();
        writing!(self, Db, tx => {
            let position = Db::next_position(&mut tx).await?;
            for one in all {
                sqlx::query(
                    "update ratings set reasons = $3, position = $5,
                     comment = case when redacted_at is null then coalesce(comment, $4)
                       else comment end
                     where num = $1 and reasons = $2",
                )
                .bind(one.was.num)
                .bind(json(&one.was.reasons))
                .bind((!one.reasons.is_empty()).then(|| json(&one.reasons)))
                .bind(one.comment.as_deref())
                .bind(position)
                .execute(&mut *tx)
                .await?;
            }
        });
        Ok(())
    }
}

/// One outcome a row, and those that are new. Of two rows with one id and another content the
/// first stands.
fn compared<'a>(
    rows: &'a [ImportedRating],
    known: &mut HashMap<Uuid, RatingContent>,
) -> (Vec<PutOutcome>, Vec<&'a ImportedRating>) {
    let mut fresh = Vec::new();
    let put = |row: &'a ImportedRating| {
        let content = content(row);
        match known.get(&row.id) {
            None => {
                known.insert(row.id, content);
                fresh.push(row);
                PutOutcome::Stored
            }
            Some(before) if *before == content => PutOutcome::AlreadyThere,
            Some(_) => PutOutcome::Conflict,
        }
    };
    let outcome = rows.iter().map(put).collect();
    (outcome, fresh)
}

fn content(row: &ImportedRating) -> RatingContent {
    RatingContent {
        id: row.id,
        counter_id: row.counter,
        officer_id: row.officer,
        asked_at: row.at,
        stage: row.stage.map(stage_code),
        level: Some(i16::from(row.level.code())),
        scale: scale_code(row.scale),
        simulated: row.simulated,
    }
}
