//! What folded events say about other rows, written once and expanded for both databases: the
//! invitations they answer, and the rules that find a rating odd. Called within a batch's
//! transaction; see `append.rs` for the order.

use super::codes::outcome_code;
use super::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use super::statement::pieces;
use super::{StoreError, for_both_databases};
use protocol::invitation::InvitationState;
use sqlx::QueryBuilder;
use uuid::Uuid;

/// What an event tells about an invitation.
#[derive(Clone, Copy, Debug)]
pub(super) struct InvitationUpdate {
    pub invitation: Uuid,
    /// Id of the counter the question was asked at.
    pub counter: i64,
    pub session: Uuid,
    pub state: InvitationState,
    pub at: i64,
}

/// That `p` is an answer before the visit `v` at the same tablet, by the tablet's clock.
macro_rules! answered_before {
    () => {
        "p.tablet_id = v.tablet_id and p.id <> v.id and p.level is not null \
         and p.answered_at <= v.asked_at and (p.asked_at < v.asked_at or p.num < v.num)"
    };
}

/// That `o` is another answer about the dossier and stage of the visit `v`.
macro_rules! same_dossier {
    () => {
        "o.dossier = v.dossier and coalesce(o.stage, 0) = coalesce(v.stage, 0) \
         and o.id <> v.id and o.level is not null"
    };
}

pub(super) use {answered_before, same_dossier};

/// What a visit is held against that began shortly after an answer at the same tablet; the time
/// stands between the two.
const AFTER_ANOTHER: [&str; 2] = [
    concat!(
        " from ratings v where v.level is not null and v.invitation is null and exists (
           select 1 from ratings p where ",
        answered_before!(),
        " and p.answered_at > v.asked_at - "
    ),
    ") and v.id in (",
];

/// Two answers about one dossier and stage.
const SAME_DOSSIER: &str = concat!(
    " from ratings v join ratings o on ",
    same_dossier!(),
    " where v.level is not null and v.id in ("
);

/// The same for all rows of one position.
const IMPORTED_TWICE: &str = concat!(
    "from ratings v join ratings o on ",
    same_dossier!(),
    " where v.level is not null and v.dossier is not null and v.position = $3"
);

/// The later of the two.
const LATER: &str = "case when o.answered_at > v.answered_at
     or (o.answered_at = v.answered_at and o.id > v.id) then o.id else v.id end";

for_both_databases! {
    pub(super) trait MarkSteps: sqlx::Database {
        /// Writes what became of invitations. One that is not known, or is another counter's or
        /// another tablet's, is passed over; beside each stands the tablet that tells it.
        async fn mark_invitations(
            tx: &mut Self::Connection,
            marks: &[(Uuid, InvitationUpdate)],
        ) -> Result<(), StoreError> {
            for (tablet, mark) in marks {
                let query = match outcome_code(mark.state) {
                    // Shown takes back that a later one superseded it: it stood there first.
                    None => sqlx::query(
                        "update invitations
                         set session_id = $2, shown_at = $3, outcome = null,
                             outcome_at = null, tablet_id = $5,
                             delivered_at = coalesce(delivered_at, $3)
                         where id = $1 and counter_id = $4 and session_id is null
                           and (tablet_id is null or tablet_id = $5)",
                    )
                    .bind(mark.invitation)
                    .bind(mark.session)
                    .bind(mark.at)
                    .bind(mark.counter)
                    .bind(*tablet),
                    Some(outcome) => sqlx::query(
                        "update invitations set outcome = $3, outcome_at = $4
                         where id = $1 and session_id = $2",
                    )
                    .bind(mark.invitation)
                    .bind(mark.session)
                    .bind(outcome)
                    .bind(mark.at),
                };
                query.execute(&mut *tx).await?;
            }
            Ok(())
        }

        /// Applies the rules to visits that were just answered. Of two that contradict each other
        /// the one that was answered later is flagged, also where it arrived first. What is flagged
        /// moves to `position`, so that the statistics see it.
        async fn flag(
            tx: &mut Self::Connection,
            answered: &[Uuid],
            repeat_ms: i64,
            position_and_now: (i64, i64),
        ) -> Result<(), StoreError> {
            let (position, now) = position_and_now;
            let begin = "insert into rating_flags (rating_id, rule, created_at) select ";
            for ids in pieces(answered) {
                let mut quick = QueryBuilder::<Self>::new(begin);
                quick.push("v.id, ").push_bind(QUICK_REPEAT).push(", ").push_bind(now);
                quick.push(AFTER_ANOTHER[0]).push_bind(repeat_ms).push(AFTER_ANOTHER[1]);
                let mut twice = QueryBuilder::<Self>::new(begin);
                twice.push(LATER).push(", ").push_bind(DOSSIER_TWICE);
                twice.push(", ").push_bind(now).push(SAME_DOSSIER);
                for mut query in [quick, twice] {
                    let mut list = query.separated(", ");
                    for id in ids {
                        list.push_bind(*id);
                    }
                    query.push(") on conflict do nothing returning rating_id");
                    let flagged = query.build_query_scalar().fetch_all(&mut *tx).await?;
                    Self::move_flagged(tx, &flagged, position).await?;
                }
            }
            Ok(())
        }

        /// The rule of the dossier alone, for ratings that came from a file at `position`.
        async fn flag_imported(
            tx: &mut Self::Connection,
            position_and_now: (i64, i64),
        ) -> Result<(), StoreError> {
            let (position, now) = position_and_now;
            let sql = format!(
                "insert into rating_flags (rating_id, rule, created_at)
                 select distinct {LATER}, $1, $2 {IMPORTED_TWICE}
                 on conflict do nothing returning rating_id"
            );
            let flagged: Vec<Uuid> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .bind(DOSSIER_TWICE)
                .bind(now)
                .bind(position)
                .fetch_all(&mut *tx)
                .await?;
            Self::move_flagged(tx, &flagged, position).await
        }

        /// Moves flagged ratings to a position.
        async fn move_flagged(
            tx: &mut Self::Connection,
            flagged: &[Uuid],
            position: i64,
        ) -> Result<(), StoreError> {
            for ids in pieces(flagged) {
                let mut query = QueryBuilder::<Self>::new("update ratings set position = ");
                query.push_bind(position).push(" where id in (");
                let mut list = query.separated(", ");
                for id in ids {
                    list.push_bind(*id);
                }
                query.push(")").build().execute(&mut *tx).await?;
            }
            Ok(())
        }
    }
}
