//! Which tablets continue which, and the beginning of a chain that an administrator brings by hand.
//! What chains of one line tell twice is found in `repetitions.rs`.

use super::codes::stage_code;
use super::rows::Tablet;
use super::statement::ROWS;
use super::{Store, StoreError, log_change, reading, signed, writing};
use crate::projections::visit::begun;
use protocol::Head;
use protocol::event::unnumbered;
use sqlx::QueryBuilder;
use std::collections::HashSet;
use uuid::Uuid;

/// SQL for the tablet that carries on tablet `t`, where `t` was not heard of since: the machine at
/// its counter reports under that id now, unless it was a copy and the first one reports again. A
/// journal that was brought by hand (number 0) does not count.
macro_rules! continued_by {
    () => {
        "(select n.tablet_id from continuations n where n.continues_id = t.id and n.number > 0
           and n.created_at > coalesce(t.last_contact_at, t.enrolled_at)
           order by n.created_at desc, n.tablet_id limit 1)"
    };
}
pub(super) use continued_by;

/// The hash of no token: what was brought by hand has none.
const NO_TOKEN: [u8; 32] = [0; 32];

/// A tablet that continues another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// The tablet.
    pub tablet: Uuid,
    /// The one it continues; it may not be known here.
    pub continues: Uuid,
    /// It is a journal that an administrator brought.
    pub by_hand: bool,
    /// It says so of itself, not of one that it carries on.
    pub own: bool,
}

impl Store {
    /// What the tablets tell of visits that belong to them, without the numbers of the events.
    pub async fn told_by_the_visits_tablet(
        &self,
        sessions: &[Uuid],
    ) -> Result<HashSet<(Uuid, Vec<u8>)>, StoreError> {
        let mut told = HashSet::new();
        for some in sessions.chunks(ROWS) {
            let rows: Vec<(Uuid, i64, Vec<u8>)> = reading!(self, pool => {
                let mut query = QueryBuilder::new(
                    "select e.session_id, e.number, e.bytes from ratings r
                     join events e on e.tablet_id = r.tablet_id and e.session_id = r.id
                     where r.id in (",
                );
                let mut list = query.separated(", ");
                for session in some {
                    list.push_bind(*session);
                }
                query.push(")").build_query_as().fetch_all(pool).await?
            });
            told.extend(rows.into_iter().filter_map(|(session, number, bytes)| {
                let words = unnumbered(&bytes, number.unsigned_abs())?;
                Some((session, words.to_vec()))
            }));
        }
        Ok(told)
    }

    /// Which tablets say that they continue another one, in the order in which it became known.
    pub async fn continuations(&self) -> Result<Vec<Continuation>, StoreError> {
        let rows: Vec<(Uuid, i64, Uuid)> = reading!(self, pool => sqlx::query_as(
            "select tablet_id, number, continues_id from continuations
             order by created_at, tablet_id, number",
        )
        .fetch_all(pool)
        .await?);
        Ok(rows
            .into_iter()
            .map(|(tablet, number, continues)| {
                // A tablet says so first of all; what it carries may say it of tablets before.
                Continuation { tablet, continues, by_hand: number == 0, own: number <= 1 }
            })
            .collect())
    }

    /// Begins a chain for a journal that an administrator brought by hand: it goes on from `start`,
    /// under the name and key of the tablet that it continues. It can never send, so it is retired
    /// from the start; it is listed at that tablet's counter.
    pub async fn continue_by_hand(
        &self,
        tablet: &Tablet,
        (id, start): (Uuid, Head),
        now: i64,
    ) -> Result<(), StoreError> {
        let posts = self.posts().await?;
        let posted = posts.iter().find(|one| one.id == tablet.id);
        let enrolled_at = begun(tablet.id, posted.map_or(now, |one| one.enrolled_at));
        let version = posted.map_or("", |one| &one.app_version);
        writing!(self, Db, tx => {
            sqlx::query(
                "insert into tablets (id, counter_id, officer_id, stage, simulated, public_key,
                 token_hash, app_version, enrolled_at, head_number, head_digest, retired_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            )
            .bind(id)
            .bind(tablet.post.counter)
            .bind(tablet.post.officer)
            .bind(tablet.post.stage.map(stage_code))
            .bind(tablet.post.simulated)
            .bind(tablet.public_key.as_slice())
            .bind(NO_TOKEN.as_slice())
            .bind(version)
            .bind(enrolled_at)
            .bind(signed(start.number))
            .bind(start.digest.0.as_slice())
            .bind(now)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "insert into continuations (tablet_id, number, continues_id, head_number,
                 head_digest, created_at) values ($1, 0, $2, $3, $4, $5)",
            )
            .bind(id)
            .bind(tablet.id)
            .bind(signed(start.number))
            .bind(start.digest.0.as_slice())
            .bind(now)
            .execute(&mut *tx)
            .await?;
            let (subject, before) = (format!("tablet {id}"), format!("tablet {}", tablet.id));
            log_change!(tx, now, "import", "continue", subject, Some(before), None::<String>);
        });
        Ok(())
    }
}
