//! How alerts are closed. An alert of a low rating and that rating are one matter: what was done is
//! written down once, beside the one or the other, and settles both in one transaction.

use super::alerts::{AlertRow, COLUMNS, StoredAlert, alert_row, within};
use super::notes::{Author, NoteKind};
use super::{Store, StoreError, log_change, reading, writing};
use uuid::Uuid;

/// Closes an alert within transaction `$tx`, with the alarm that it stands for; `$after` is what the audit
/// log tells of it. Whether this did it.
macro_rules! close_one {
    ($tx:ident, $num:expr, $note:expr, $after:expr, $actor:expr, $now:expr) => {{
        let note: Option<&str> = $note;
        let key: Option<String> = sqlx::query_scalar(
            "update alerts set closed_by = $2, closed_at = $3, note = $4
             where num = $1 and closed_at is null returning alert_key",
        )
        .bind($num)
        .bind($actor)
        .bind($now)
        .bind(note)
        .fetch_optional(&mut *$tx)
        .await?;
        if let Some(alarm) = key.as_deref().and_then(|key| key.strip_prefix("fork:"))
            && let Ok(alarm) = alarm.parse::<i64>()
        {
            sqlx::query("update alarms set closed_at = $2 where num = $1 and closed_at is null")
                .bind(alarm)
                .bind($now)
                .execute(&mut *$tx)
                .await?;
        }
        if key.is_some() {
            let (subject, after): (String, Option<String>) = (format!("alert {}", $num), $after);
            log_change!($tx, $now, $actor, "close", subject, None::<String>, after);
        }
        key.is_some()
    }};
}

/// Closes within transaction `$tx` the alerts that tell of the visit of a session, with what was written
/// down beside it. The audit log names the visit and not the words, which have a term.
macro_rules! close_alerts_of {
    ($tx:ident, $session:expr, $rating:expr, $text:expr, $actor:expr, $now:expr) => {{
        let closed: Vec<i64> = sqlx::query_scalar(
            "update alerts set closed_by = $2, closed_at = $3, note = $4
             where rule = 'low_with_reason' and subject_id = $1 and closed_at is null
             returning num",
        )
        .bind($session.to_string())
        .bind($actor)
        .bind($now)
        .bind($text)
        .fetch_all(&mut *$tx)
        .await?;
        for num in closed {
            let after = Some(format!("{{\"rating\":{}}}", $rating));
            log_change!($tx, $now, $actor, "close", format!("alert {num}"), None::<String>, after);
        }
    }};
}
pub(super) use close_alerts_of;

impl Store {
    /// Closes an alert; `note` says what was done, none: it is over by itself. An alarm that it
    /// stands for is closed with it. Whether this did it: an alert is closed once.
    pub async fn close_alert(
        &self,
        num: i64,
        note: Option<&str>,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        let after = note.map(str::to_owned);
        Ok(writing!(self, Db, tx => close_one!(tx, num, note, after, actor, now)))
    }

    /// Closes an alert with what somebody did. Where it tells of a low rating that nobody has handled,
    /// the same is written down beside the rating, which is handled with it. Whether this did it.
    pub async fn settle_alert(
        &self,
        num: i64,
        note: &str,
        author: Author<'_>,
        now: i64,
    ) -> Result<bool, StoreError> {
        let subject: Option<String> = reading!(self, pool => {
            sqlx::query_scalar(
                "select subject_id from alerts where num = $1 and rule = 'low_with_reason'",
            )
            .bind(num)
            .fetch_optional(pool)
            .await?
        });
        let session = subject.and_then(|id| id.parse::<Uuid>().ok());
        Ok(writing!(self, Db, tx => {
            // The visit before its alert, as who writes beside a visit does: they would else wait for
            // each other for ever. Of no session there is no visit.
            let rating: Option<(i64, Option<i64>)> = sqlx::query_as(
                "update ratings set handled_at = handled_at where id = $1 and level is not null
                 returning num, handled_at",
            )
            .bind(session)
            .fetch_optional(&mut *tx)
            .await?;
            // The log names the visit and not the words, as above.
            let of_rating = |(rating, _): (i64, Option<i64>)| format!("{{\"rating\":{rating}}}");
            let after = Some(rating.map_or_else(|| note.to_owned(), of_rating));
            let is_closed = close_one!(tx, num, Some(note), after, author.actor, now);
            if is_closed && let Some((rating, None)) = rating {
                sqlx::query(
                    "insert into rating_notes (rating_num, kind, at, user_id, text)
                     values ($1, $2, $3, $4, $5)",
                )
                .bind(rating)
                .bind(NoteKind::Handled.word())
                .bind(now)
                .bind(author.user)
                .bind(note)
                .execute(&mut *tx)
                .await?;
                sqlx::query("update ratings set handled_at = $2 where num = $1")
                    .bind(rating)
                    .bind(now)
                    .execute(&mut *tx)
                    .await?;
                let (kind, subject) = (NoteKind::Handled.word(), format!("rating {rating}"));
                log_change!(tx, now, author.actor, kind, subject, None::<String>, None::<String>);
            }
            is_closed
        }))
    }

    /// The alert of the visit of a session, if those departments (none: everything) hold it.
    pub async fn alert_of_rating(
        &self,
        session: Uuid,
        departments: Option<&[i64]>,
    ) -> Result<Option<AlertRow>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from alerts where alert_key = $1 and {}",
            within(departments)
        );
        let key = format!("low_with_reason:{session}");
        let row: Option<StoredAlert> = reading!(self, pool => {
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(key).fetch_optional(pool).await?
        });
        Ok(row.map(alert_row))
    }
}
