//! Invitations: made for a counter, fetched by one tablet there, and followed until they have an
//! outcome. At most one of a counter can still open; a later one takes its place.

use super::codes::{outcome_code, stage_code, stage_of};
use super::{Store, StoreError, reading, row_struct, writing};
use protocol::Stage;
use protocol::invitation::InvitationState;
use uuid::Uuid;

/// An invitation that somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct NewInvitation<'a> {
    /// Its id; asking again with it makes no second one.
    pub id: Uuid,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer it asks about; none: the officer on duty.
    pub officer: Option<i64>,
    /// Step of the service.
    pub stage: Option<Stage>,
    /// Code of the dossier.
    pub dossier: Option<&'a str>,
    /// Queue number.
    pub ticket: Option<&'a str>,
    /// Until when it may open, milliseconds since 1970.
    pub expires_at: i64,
    /// Who asks.
    pub actor: &'a str,
    /// Also where the dossier was rated already, because the asker must not learn that it was.
    pub even_if_rated: bool,
}

/// A stored invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    /// Its id.
    pub id: Uuid,
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer it asks about.
    pub officer: Option<i64>,
    /// Step of the service.
    pub stage: Option<Stage>,
    /// Code of the dossier.
    pub dossier: Option<String>,
    /// Queue number.
    pub ticket: Option<String>,
    /// Until when it may open, milliseconds since 1970.
    pub expires_at: i64,
    /// The tablet that got it.
    pub tablet: Option<Uuid>,
    /// Whether it stood on a screen.
    pub shown: bool,
    /// The visit it opened.
    pub session: Option<Uuid>,
    /// Whether its asker took it back, whatever became of it before.
    pub cancelled: bool,
    outcome: Option<InvitationState>,
}

/// How an invitation lies to the others of its counter, by their times alone: what a screen or a person
/// did with any of them is not asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Succession {
    /// A later one came while it could still open.
    pub superseded: bool,
    /// An earlier one that had not been taken back could still open when it came.
    pub replaces: bool,
}

/// What became of the wish for an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InviteOutcome {
    /// It is new.
    Made(InvitationRow),
    /// Its id was known.
    Known(InvitationRow),
    /// The dossier has been rated at this stage, or at one that either side does not name.
    AlreadyRated,
}

impl InvitationRow {
    /// What became of it so far. That it expired is not stored: it follows from the moment.
    pub fn state(&self, now: i64) -> InvitationState {
        match self.outcome {
            Some(outcome) => outcome,
            None if self.shown => InvitationState::Shown,
            None if self.expires_at <= now => InvitationState::Expired,
            None if self.tablet.is_some() => InvitationState::Delivered,
            None => InvitationState::Waiting,
        }
    }
}

/// The columns of an invitation, before what chooses the rows.
macro_rules! invitations {
    ($where:literal) => {
        concat!(
            "select id, counter_id, officer_id, stage, dossier, ticket, expires_at, tablet_id,
             shown_at, session_id, outcome, cancelled_at from invitations ",
            $where
        )
    };
}

row_struct! {
    struct StoredInvitation {
        id: Uuid,
        counter_id: i64,
        officer_id: Option<i64>,
        stage: Option<i16>,
        dossier: Option<String>,
        ticket: Option<String>,
        expires_at: i64,
        tablet_id: Option<Uuid>,
        shown_at: Option<i64>,
        session_id: Option<Uuid>,
        outcome: Option<i16>,
        cancelled_at: Option<i64>,
    }
}

impl Store {
    /// Makes an invitation, unless its id is known or its dossier was rated at its stage and that
    /// may be told. An older one of the counter that could still open is superseded by it.
    pub async fn invite(
        &self,
        new: &NewInvitation<'_>,
        now: i64,
    ) -> Result<InviteOutcome, StoreError> {
        Ok(writing!(self, Db, tx => {
            // Locks the counter, so that of two askers one sees the other's.
            sqlx::query("update counters set name = name where id = $1")
                .bind(new.counter)
                .execute(&mut *tx)
                .await?;
            let known: Option<StoredInvitation> = sqlx::query_as(invitations!("where id = $1"))
                .bind(new.id)
                .fetch_optional(&mut *tx)
                .await?;
            if let Some(known) = known {
                return Ok(InviteOutcome::Known(invitation(known)));
            }
            if let Some(dossier) = new.dossier.filter(|_| !new.even_if_rated) {
                // A stage that one of the two does not name may be the other's.
                let rated: Option<i64> = sqlx::query_scalar(
                    "select num from ratings where dossier = $1 and level is not null
                     and (stage = $2 or stage is null or $2 is null) limit 1",
                )
                .bind(dossier)
                .bind(new.stage.map(stage_code))
                .fetch_optional(&mut *tx)
                .await?;
                if rated.is_some() {
                    return Ok(InviteOutcome::AlreadyRated);
                }
            }
            sqlx::query(
                "update invitations set outcome = 3, outcome_at = $2
                 where counter_id = $1 and outcome is null and shown_at is null
                   and expires_at > $2",
            )
            .bind(new.counter)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "insert into invitations (id, counter_id, officer_id, stage, dossier, ticket,
                 created_at, expires_at, actor) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(new.id)
            .bind(new.counter)
            .bind(new.officer)
            .bind(new.stage.map(stage_code))
            .bind(new.dossier)
            .bind(new.ticket)
            .bind(now)
            .bind(new.expires_at)
            .bind(new.actor)
            .execute(&mut *tx)
            .await?;
            let made: StoredInvitation = sqlx::query_as(invitations!("where id = $1"))
                .bind(new.id)
                .fetch_one(&mut *tx)
                .await?;
            InviteOutcome::Made(invitation(made))
        }))
    }

    /// The invitation of an id.
    pub async fn invitation(&self, id: Uuid) -> Result<Option<InvitationRow>, StoreError> {
        let row: Option<StoredInvitation> = reading!(self, pool => {
            sqlx::query_as(invitations!("where id = $1")).bind(id).fetch_optional(pool).await?
        });
        Ok(row.map(invitation))
    }

    /// The invitations about an officer whose time is not over and that nobody took back, newest first.
    /// Those that a person has answered stay among them until then.
    pub async fn open_invitations_of(
        &self,
        officer: i64,
        now: i64,
    ) -> Result<Vec<InvitationRow>, StoreError> {
        // `+ 0`: the planner must take the index of the expiry, not all that the officer ever sent.
        let rows: Vec<StoredInvitation> = reading!(self, pool => sqlx::query_as(invitations!(
            "where officer_id + 0 = $1 and expires_at > $2 and cancelled_at is null
             order by expires_at desc, num desc"
        ))
        .bind(officer)
        .bind(now)
        .fetch_all(pool)
        .await?);
        Ok(rows.into_iter().map(invitation).collect())
    }

    /// How an invitation lies to those before and after it at its counter.
    ///
    /// All last the same time, so that those that overlap with one expire within that time before or
    /// after it. The statement says so, and `+ 0` keeps the planner from any other index than that of
    /// the expiry: a page asks this every few seconds.
    pub async fn succession(&self, id: Uuid) -> Result<Succession, StoreError> {
        let counts: Option<(i64, i64)> = reading!(self, pool => sqlx::query_as(
            "select
               (select count(*) from invitations later where later.counter_id = i.counter_id
                  and later.num + 0 > i.num and later.created_at < i.expires_at
                  and later.expires_at >= i.expires_at
                  and later.expires_at < 2 * i.expires_at - i.created_at),
               (select count(*) from invitations earlier where earlier.counter_id = i.counter_id
                  and earlier.num + 0 < i.num and earlier.expires_at > i.created_at
                  and earlier.expires_at < 2 * i.expires_at - i.created_at
                  and (earlier.cancelled_at is null or earlier.cancelled_at > i.created_at))
             from invitations i where i.id = $1",
        )
        .bind(id)
        .fetch_optional(pool)
        .await?);
        let (later, earlier) = counts.unwrap_or_default();
        Ok(Succession { superseded: later > 0, replaces: earlier > 0 })
    }

    /// The number of the last invitation of an officer.
    pub async fn last_invitation(&self, officer: i64) -> Result<Option<i64>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(
            "select max(num) from invitations where officer_id = $1",
        )
        .bind(officer)
        .fetch_one(pool)
        .await?))
    }

    /// Takes an invitation back whose time is not over; whether it did. One that no screen has shown
    /// can not open any more, as if a later one had come; of any other it is noted alone, so that the
    /// asker learns nothing of the person who has it before them.
    pub async fn cancel_invitation(&self, id: Uuid, now: i64) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            sqlx::query(
                "update invitations set cancelled_at = $2,
                   outcome = case when outcome is null and shown_at is null then 3
                     else outcome end,
                   outcome_at = case when outcome is null and shown_at is null then $2
                     else outcome_at end
                 where id = $1 and cancelled_at is null and expires_at > $2",
            )
            .bind(id)
            .bind(now)
            .execute(&mut *tx)
            .await?
            .rows_affected() > 0
        }))
    }

    /// What a tablet should show next: the newest invitation of its counter that can still open and
    /// that it has not seen. The first tablet that asks gets it, and no other one; the same tablet
    /// gets it again. Nobody gets one who does not stand at the counter any more.
    pub async fn next_invitation(
        &self,
        tablet: Uuid,
        counter: i64,
        seen: Option<Uuid>,
        now: i64,
    ) -> Result<Option<InvitationRow>, StoreError> {
        let row: Option<StoredInvitation> = reading!(self, pool => sqlx::query_as(invitations!(
            "where counter_id = $1 and outcome is null and shown_at is null and expires_at > $2
               and (tablet_id is null or tablet_id = $3) and id <> $4
             order by num desc limit 1"
        ))
        .bind(counter)
        .bind(now)
        .bind(tablet)
        .bind(seen.unwrap_or_default())
        .fetch_optional(pool)
        .await?);
        let Some(row) = row.map(invitation) else { return Ok(None) };
        if row.tablet.is_some() {
            return Ok(Some(row));
        }
        let taken = writing!(self, Db, tx => {
            sqlx::query(
                "update invitations set tablet_id = $2, delivered_at = $3
                 where id = $1 and outcome is null and (tablet_id is null or tablet_id = $2)
                   and counter_id = (select counter_id from tablets where id = $2)",
            )
            .bind(row.id)
            .bind(tablet)
            .bind(now)
            .execute(&mut *tx)
            .await?
            .rows_affected()
        });
        Ok((taken > 0).then_some(InvitationRow { tablet: Some(tablet), ..row }))
    }

    /// Numbers and counters of the invitations that may still open: few at any moment.
    pub async fn open_invitations(&self, now: i64) -> Result<Vec<(i64, i64)>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_as(
            "select num, counter_id from invitations
             where expires_at > $1 and outcome is null and tablet_id is null",
        )
        .bind(now)
        .fetch_all(pool)
        .await?))
    }
}

fn invitation(stored: StoredInvitation) -> InvitationRow {
    let outcomes =
        [InvitationState::Answered, InvitationState::Abandoned, InvitationState::Superseded];
    let code = stored.outcome;
    InvitationRow {
        id: stored.id,
        counter: stored.counter_id,
        officer: stored.officer_id,
        stage: stage_of(stored.stage),
        dossier: stored.dossier,
        ticket: stored.ticket,
        expires_at: stored.expires_at,
        tablet: stored.tablet_id,
        shown: stored.shown_at.is_some(),
        session: stored.session_id,
        cancelled: stored.cancelled_at.is_some(),
        outcome: outcomes.into_iter().find(|state| code.is_some() && outcome_code(*state) == code),
    }
}
