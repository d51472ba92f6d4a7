//! Invitations come by a request that the server holds until there is one, beside everything else
//! the courier does. So one is on the glass within a second or two, and an idle tablet asks twice a
//! minute.

use super::policy::Pace;
use super::run::Route;
use super::{Failure, News};
use crate::clock::random_share;
use crate::journal::{Journal, Memo};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// No wait is longer, milliseconds: when the network is back, the next person at the counter is to
/// be asked.
const LONGEST_MS: u64 = 10_000;

/// Fetches invitations for ever. One is noted in the journal before it is told, so that a tablet
/// that is started again does not show it a second time.
pub(super) async fn run(route: &Route, journal: &Journal, pace: Pace, news: &impl Fn(News)) {
    let noted = journal.recall(Memo::Invitation).ok().flatten();
    let mut seen: Option<Uuid> = noted.and_then(|id| id.parse().ok());
    let mut failures = 0_u32;
    loop {
        let Route { http, tablet, token, .. } = route;
        match http.invitation(*tablet, token, seen).await {
            Ok(Some(invitation)) => {
                failures = 0;
                seen = Some(invitation.id);
                journal.remember(Memo::Invitation, Some(invitation.id.to_string()));
                news(News::Invitation(Arc::new(invitation)));
            }
            // The least wait: a server that holds no requests must not be asked all the time.
            Ok(None) => {
                failures = 0;
                tokio::time::sleep(Duration::from_millis(pace.base_ms / 10)).await;
            }
            Err(failure) => {
                failures = failures.saturating_add(1);
                // One line when it begins; an older server that has no invitations is no trouble.
                if matches!(failure, Failure::Refused { .. }) && failures == 1 {
                    tracing::warn!(%failure, "no invitations");
                } else {
                    tracing::debug!(%failure, "no invitations");
                }
                let wait = pace.backoff(failures, random_share()).min(LONGEST_MS);
                tokio::time::sleep(Duration::from_millis(wait)).await;
            }
        }
    }
}
