//! How long comments are kept: the centre says for how many months, and every server takes the older
//! ones away once a day, and with them what is kept of redactions. Several servers on one database may do so at the same time: what one has
//! taken away the others do not find, so each comment goes once and the audit log tells it once.

use crate::auth::throttle::FORGET_MS;
use crate::centre::CentreError;
use crate::centre_time;
use crate::import::move_free_text;
use crate::state::App;
use crate::storage::redactions::KEPT_MS;
use crate::storage::{StoreError, forget_copies};
use jiff::civil::Date;
use jiff::{ToSpan, Zoned};
use std::time::Duration;

/// From this hour on a day's work is done: nobody is at a counter, and nobody reads. A server that
/// was not there at that hour does it when it comes.
const QUIET_HOUR: i8 = 2;

/// Days that the copy of a database from before an upgrade is kept, as long as nightly backups are.
const COPY_DAYS: u64 = 30;

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_mins(10);

/// How long others may write between two portions of a long job.
const PAUSE: Duration = Duration::from_millis(20);

/// Takes away the comments that are older than the centre keeps them; how many. None: it keeps them
/// for good.
pub async fn expire_comments(app: &App, actor: &str) -> Result<Option<u64>, CentreError> {
    let Some(months) = app.centre_now().await?.comment_months else { return Ok(None) };
    let before = first_kept(app, months);
    Ok(Some(app.store.expire_comments(before, actor, app.clock.now()).await?))
}

/// How many comments would be taken away for good if the centre kept them for so many months.
pub async fn count_expiring(app: &App, months: i32) -> Result<u64, StoreError> {
    app.store.count_comments_before(first_kept(app, months)).await
}

/// From when on comments are kept, milliseconds since 1970.
fn first_kept(app: &App, months: i32) -> i64 {
    local(app).saturating_sub(months.months()).timestamp().as_millisecond()
}

/// Deletes the originals of redactions for good whose days are over; how many.
pub async fn expire_originals(app: &App, actor: &str) -> Result<u64, StoreError> {
    let now = app.clock.now();
    app.store.expire_originals(now - KEPT_MS, actor, now).await
}

/// What earlier versions left of imports is put right, bit by bit, so that others can write in
/// between: free texts go where they belong, then the ratings get a record. In this order, because
/// what is recorded changes no more. The next start goes on where this one stopped.
async fn settle_earlier_imports(app: &App) {
    match move_free_text(&app.store, app.clock.now()).await {
        Ok(0) => {}
        Ok(moved) => tracing::info!(moved, "free texts among reasons of files became comments"),
        Err(error) => {
            tracing::warn!(%error, "free texts among reasons could not be moved");
            return;
        }
    }
    loop {
        match app.store.record_earlier_imports(app.clock.now()).await {
            Ok(true) => tokio::time::sleep(PAUSE).await,
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "earlier imports could not be recorded");
                return;
            }
        }
    }
}

/// Does what is to be done once, and what once a day, until it is dropped.
pub async fn watch(app: App) {
    tokio::join!(settle_earlier_imports(&app), expire_daily(&app));
}

/// Takes comments away once a day, and counts of tries that nobody needs any more.
async fn expire_daily(app: &App) {
    let mut done = None;
    loop {
        let now = local(app);
        if is_due(&now, done) {
            let before = app.clock.now() - FORGET_MS;
            if let Err(error) = app.store.forget_old_failures(before).await {
                tracing::warn!(%error, "old tries to sign in could not be forgotten");
            }
            if let Err(error) = expire_originals(app, "server").await {
                tracing::warn!(%error, "originals of redactions could not be deleted");
            }
            forget_copies(&app.data_dir, COPY_DAYS);
            match expire_comments(app, "server").await {
                Ok(gone) => {
                    done = Some(now.date());
                    if let Some(gone) = gone.filter(|gone| *gone > 0) {
                        tracing::info!(gone, "comments past their time were taken away");
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "comments past their time could not be taken away");
                }
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Whether a day's work is still to be done.
fn is_due(now: &Zoned, done: Option<Date>) -> bool {
    now.hour() >= QUIET_HOUR && done != Some(now.date())
}

/// The moment, at the centre.
fn local(app: &App) -> Zoned {
    centre_time::local(app.clock.now(), &app.zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_days_work_is_done_once_from_the_quiet_hour_on() {
        let at = |day, hour| date(2026, 11, day).at(hour, 5, 0, 0).in_tz("Asia/Ho_Chi_Minh");
        assert!(!is_due(&at(24, 1).unwrap(), None));
        assert!(is_due(&at(24, 2).unwrap(), None));
        assert!(is_due(&at(24, 15).unwrap(), None), "a server that was not there at night");
        let done = Some(date(2026, 11, 24));
        assert!(!is_due(&at(24, 15).unwrap(), done) && !is_due(&at(25, 0).unwrap(), done));
        assert!(is_due(&at(25, 2).unwrap(), done));
    }
}
