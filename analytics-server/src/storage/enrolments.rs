//! Enrolment: a code is made for a counter, and admits one tablet to it.

use super::codes::stage_code;
use super::rows::TabletAssignment;
use super::{Store, StoreError, for_both_databases, log_change, reading, row_struct, writing};
use protocol::{Head, Stage};
use uuid::Uuid;

/// A tablet that asks to be known.
#[derive(Clone, Copy, Debug)]
pub struct Applicant<'a> {
    /// BLAKE3 of the code it shows.
    pub code_hash: [u8; 32],
    /// The id it gets if it is admitted: a fresh one, or the one it had.
    pub id: Uuid,
    /// Ed25519 public key.
    pub public_key: [u8; 32],
    /// BLAKE3 of its bearer token.
    pub token_hash: [u8; 32],
    /// Version of its program.
    pub app_version: &'a str,
}

/// What became of an applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Known now, or known already with this code, key and token: the answer was lost.
    Admitted {
        /// Its id.
        tablet: Uuid,
        /// Id of the counter where it stands now.
        counter: i64,
    },
    /// No such code.
    UnknownCode,
    /// The code admitted another tablet.
    UsedCode,
    /// The code is too old.
    ExpiredCode,
    /// The id it says it had belongs to a tablet with another key.
    OtherTablet,
    /// The tablet it says it was is retired, and stays so: a copy of it may be what asks.
    Retired,
}

row_struct! {
    /// What a code admits to, its end, and which tablet used it.
    struct CodeRow {
        counter_id: i64,
        officer_id: Option<i64>,
        stage: Option<i16>,
        simulated: bool,
        expires_at: i64,
        tablet_id: Option<Uuid>,
    }
}

for_both_databases! {
    /// Statements within the transaction that holds the code's row.
    trait EnrolSteps: sqlx::Database {
        /// The answer to a tablet whose code was used before: the same as then if it is the one
        /// that used it.
        async fn admitted_before(
            tx: &mut Self::Connection,
            tablet: Uuid,
            applicant: &Applicant<'_>,
        ) -> Result<Admission, StoreError> {
            let known: Option<(i64, Vec<u8>, Vec<u8>)> = sqlx::query_as(
                "select counter_id, public_key, token_hash from tablets
                 where id = $1 and retired_at is null",
            )
            .bind(tablet)
            .fetch_optional(&mut *tx)
            .await?;
            // Where it stands now: a later code may have moved it from this one's counter.
            Ok(match known {
                Some((counter, key, token))
                    if key == applicant.public_key && token == applicant.token_hash =>
                {
                    Admission::Admitted { tablet, counter }
                }
                _ => Admission::UsedCode,
            })
        }

        /// Writes the tablet, unless its id is another one's or a retired one's.
        async fn upsert_tablet(
            tx: &mut Self::Connection,
            applicant: &Applicant<'_>,
            code: &CodeRow,
            now: i64,
        ) -> Result<bool, StoreError> {
            // The key decides: an applicant that names the id of another tablet changes nothing.
            let written = sqlx::query(
                "insert into tablets (id, counter_id, officer_id, stage, simulated, public_key,
                 token_hash, app_version, enrolled_at, last_contact_at, head_number, head_digest)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 0, $10)
                 on conflict (id) do update
                 set counter_id = excluded.counter_id, officer_id = excluded.officer_id,
                     stage = excluded.stage, simulated = excluded.simulated,
                     token_hash = excluded.token_hash, app_version = excluded.app_version,
                     last_contact_at = excluded.last_contact_at
                 where tablets.public_key = excluded.public_key
                   and tablets.retired_at is null",
            )
            .bind(applicant.id)
            .bind(code.counter_id)
            .bind(code.officer_id)
            .bind(code.stage)
            .bind(code.simulated)
            .bind(applicant.public_key.as_slice())
            .bind(applicant.token_hash.as_slice())
            .bind(applicant.app_version)
            .bind(now)
            .bind(Head::start(applicant.id).digest.0.as_slice())
            .execute(&mut *tx)
            .await?;
            Ok(written.rows_affected() > 0)
        }

        /// Tells the audit log from which counter to which a tablet was moved.
        async fn log_move(
            tx: &mut Self::Connection,
            tablet: Uuid,
            counters: (i64, i64),
            now: i64,
        ) -> Result<(), StoreError> {
            let (before, counter) = counters;
            let codes: Vec<(i64, String)> =
                sqlx::query_as("select id, code from counters where id in ($1, $2)")
                    .bind(before)
                    .bind(counter)
                    .fetch_all(&mut *tx)
                    .await?;
            let code = |id| codes.iter().find(|one| one.0 == id).map(|one| one.1.clone());
            let subject = format!("tablet {tablet}");
            log_change!(tx, now, "enrolment", "move", subject, code(before), code(counter));
            Ok(())
        }
    }
}

impl Store {
    /// Makes a code valid until `expires_at`.
    pub async fn add_enrolment_code(
        &self,
        post: &TabletAssignment,
        code_hash: [u8; 32],
        now: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        self.put_code(post, code_hash, None, now, expires_at).await
    }

    /// The same, by a person whom the audit log names.
    pub async fn add_enrolment_code_by(
        &self,
        post: &TabletAssignment,
        code_hash: [u8; 32],
        actor: &str,
        now: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        self.put_code(post, code_hash, Some(actor), now, expires_at).await
    }

    async fn put_code(
        &self,
        post: &TabletAssignment,
        code_hash: [u8; 32],
        actor: Option<&str>,
        now: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        writing!(self, Db, tx => {
            sqlx::query(
                "insert into enrolment_codes
                 (code_hash, counter_id, officer_id, stage, simulated, created_at, expires_at)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(code_hash.as_slice())
            .bind(post.counter)
            .bind(post.officer)
            .bind(post.stage.map(stage_code))
            .bind(post.simulated)
            .bind(now)
            .bind(expires_at)
            .execute(&mut *tx)
            .await?;
            if let Some(actor) = actor {
                let subject = format!("counter id {}", post.counter);
                let after = serde_json::json!({
                    "officer": post.officer,
                    "stage": post.stage.map(Stage::name),
                    "simulated": post.simulated,
                });
                let after = Some(after.to_string());
                log_change!(tx, now, actor, "add enrolment code", subject, None::<String>, after);
            }
        });
        Ok(())
    }

    /// Admits a tablet by its code, once; again only with the same key and token. An id that the
    /// tablet had before is kept: its chain then goes on from what is here of it, if anything.
    pub async fn enrol(
        &self,
        applicant: &Applicant<'_>,
        now: i64,
    ) -> Result<Admission, StoreError> {
        if !self.knows_code(applicant.code_hash).await? {
            return Ok(Admission::UnknownCode);
        }
        Ok(writing!(self, Db, tx => {
            // The update locks the code's row: of two tablets with one code, one waits.
            let code: Option<CodeRow> = sqlx::query_as(
                "update enrolment_codes set used_at = coalesce(used_at, $2) where code_hash = $1
                 returning counter_id, officer_id, stage, simulated, expires_at, tablet_id",
            )
            .bind(applicant.code_hash.as_slice())
            .bind(now)
            .fetch_optional(&mut *tx)
            .await?;
            let Some(code) = code else { return Ok(Admission::UnknownCode) };
            if let Some(tablet) = code.tablet_id {
                return Db::admitted_before(&mut tx, tablet, applicant).await;
            }
            if code.expires_at <= now {
                return Ok(Admission::ExpiredCode);
            }
            let before: Option<(i64, Option<i64>)> =
                sqlx::query_as("select counter_id, retired_at from tablets where id = $1")
                    .bind(applicant.id)
                    .fetch_optional(&mut *tx)
                    .await?;
            if before.is_some_and(|(_, retired_at)| retired_at.is_some()) {
                return Ok(Admission::Retired);
            }
            if !Db::upsert_tablet(&mut tx, applicant, &code, now).await? {
                return Ok(Admission::OtherTablet);
            }
            let counter = code.counter_id;
            if let Some(before) = before.map(|(counter, _)| counter).filter(|before| *before != counter) {
                Db::log_move(&mut tx, applicant.id, (before, counter), now).await?;
            }
            sqlx::query("update enrolment_codes set tablet_id = $1 where code_hash = $2")
                .bind(applicant.id)
                .bind(applicant.code_hash.as_slice())
                .execute(&mut *tx)
                .await?;
            Admission::Admitted { tablet: applicant.id, counter }
        }))
    }

    /// The tablet that was admitted with this key and token and never told anything: it does not know
    /// its id, since the answer was lost. A copy of a tablet that knows it is never taken for it.
    pub async fn unanswered(
        &self,
        public_key: [u8; 32],
        token_hash: [u8; 32],
    ) -> Result<Option<Uuid>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(
            "select t.id from tablets t where t.public_key = $1 and t.token_hash = $2
               and t.retired_at is null and t.head_number = 0
               and not exists (select 1 from heartbeats h where h.tablet_id = t.id)
             order by t.enrolled_at, t.id limit 1",
        )
        .bind(public_key.as_slice())
        .bind(token_hash.as_slice())
        .fetch_optional(pool)
        .await?))
    }

    /// Whether a code was ever made. A reader answers it: guesses of strangers must not hold the
    /// writer that tablets wait for.
    async fn knows_code(&self, code_hash: [u8; 32]) -> Result<bool, StoreError> {
        let known: Option<i64> = reading!(self, pool => {
            sqlx::query_scalar("select counter_id from enrolment_codes where code_hash = $1")
                .bind(code_hash.as_slice())
                .fetch_optional(pool)
                .await?
        });
        Ok(known.is_some())
    }
}
