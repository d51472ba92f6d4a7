//! Deletes old events: those that the server acknowledged long ago, by its own clock.
//! They are the copy from which a server is healed that was restored from a backup, so a clock that is
//! wrong must not take them away: neither the tablet's, which is never asked, nor the server's, by which
//! only so many go on one day.

use super::error::JournalError;
use super::write::Store;

/// A day in milliseconds.
const DAY_MS: i64 = 24 * 3_600_000;
/// Events deleted in one step: a few milliseconds, so that a tap never waits long.
const AT_ONCE: i64 = 500;
/// Events deleted on one day at most. A busy counter records some 2,000.
const A_DAY: i64 = 5_000;

impl Store {
    /// The server told its time, milliseconds since 1970: what it has by now it has had since that day.
    pub(super) async fn proven(&mut self, server_time: i64) -> Result<(), JournalError> {
        let day = server_time.div_euclid(DAY_MS);
        let before = self.proven_at.replace(server_time);
        if before.is_some_and(|before| before.div_euclid(DAY_MS) == day) {
            return Ok(());
        }
        let kept = self.last_old_day(day);
        let known = async {
            sqlx::query(
                "insert into carried_days (day, number) select $1, acknowledged from progress
                 where true on conflict (day) do nothing",
            )
            .bind(day)
            .execute(&mut self.connection)
            .await?;
            // Of the days that are old enough the newest one says all that the others do.
            sqlx::query(
                "delete from carried_days
                 where day < (select max(day) from carried_days where day <= $1)",
            )
            .bind(kept)
            .execute(&mut self.connection)
            .await
        };
        let known = known.await;
        known.map_err(|error| {
            self.proven_at = before;
            self.explain(&error)
        })?;
        Ok(())
    }

    /// Deletes old events in one step; how many. From the front only, and never the newest that was
    /// acknowledged. Nothing before the server has sent its time in this run.
    pub(super) async fn prune(&mut self) -> Result<u64, JournalError> {
        let of_earlier_tablets = self.let_go_of_continued().await?;
        if of_earlier_tablets > 0 {
            return Ok(of_earlier_tablets);
        }
        let Some(server_time) = self.proven_at else { return Ok(0) };
        let day = server_time.div_euclid(DAY_MS);
        let old = self.last_old_day(day);
        let pruned = async {
            let gone: i64 =
                sqlx::query_scalar("select sum(let_go) from carried_days where day = $1")
                    .bind(day)
                    .fetch_one(&mut self.connection)
                    .await
                    .map(Option::unwrap_or_default)?;
            // `min` of nothing known is null, and nothing is deleted.
            let deleted = sqlx::query(
                "delete from events where number <= min(
                   (select max(number) from carried_days where day <= $1),
                   (select acknowledged from progress) - 1,
                   (select min(number) from events) + $2 - 1)",
            )
            .bind(old)
            .bind(AT_ONCE.min(A_DAY - gone))
            .execute(&mut self.connection)
            .await?
            .rows_affected();
            sqlx::query("update carried_days set let_go = let_go + $2 where day = $1")
                .bind(day)
                .bind(i64::try_from(deleted).unwrap_or(i64::MAX))
                .execute(&mut self.connection)
                .await?;
            Ok(deleted)
        };
        let pruned: Result<u64, sqlx::Error> = pruned.await;
        pruned.map_err(|error| self.explain(&error))
    }

    /// The last day of which it is so long ago that what was carried by then need not be kept.
    fn last_old_day(&self, today: i64) -> i64 {
        today.saturating_sub(self.keep_ms / DAY_MS)
    }
}
