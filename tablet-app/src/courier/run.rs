//! The courier's loop: asks the policy, makes the attempt, tells the journal what is proven.

use super::policy::{Pace, Policy, Remedy, Step};
use super::{CourierError, Failure, Http, News};
use crate::clock::{Clock, random_share};
use crate::journal::{Journal, JournalError, Standing};
use ed25519_dalek::SigningKey;
use protocol::exchange::{Acknowledged, Batch, Sent};
use protocol::limits::{CLOCK_SKEW_MS, REQUEST_BYTES};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Wait after the journal itself could not be read: the log gets one line a minute.
const JOURNAL_WAIT: Duration = Duration::from_mins(1);

/// Where to, and under which name.
pub(super) struct Route {
    http: Http,
    tablet: Uuid,
    token: [u8; 32],
    key: SigningKey,
}

impl Route {
    pub(super) fn of(journal: &Journal) -> Result<Self, CourierError> {
        let identity = journal.identity()?.ok_or(JournalError::NotEnrolled)?;
        let enrolled = identity.enrolled.ok_or(JournalError::NotEnrolled)?;
        Ok(Self {
            http: Http::new(&identity.server)?,
            tablet: enrolled.tablet,
            token: identity.token,
            key: SigningKey::from_bytes(&identity.secret_key),
        })
    }
}

struct Rounds<N> {
    route: Route,
    journal: Journal,
    clock: Clock,
    policy: Policy,
    news: N,
    online: Option<bool>,
    parted: bool,
}

pub(super) async fn run(
    route: Route,
    journal: Journal,
    clock: Clock,
    pace: Pace,
    news: impl Fn(News),
) {
    let appended = journal.appended();
    let policy = Policy::new(pace);
    let mut rounds = Rounds { route, journal, clock, policy, news, online: None, parted: false };
    loop {
        let done = match rounds.journal.status() {
            Ok(status) => {
                let uptime = rounds.clock.now().uptime_ms;
                match rounds.policy.next(status.pending, uptime) {
                    Step::FetchSettings => rounds.fetch_settings().await,
                    Step::Send { events } => rounds.send(status.acknowledged, events).await,
                    Step::Wait { until } => {
                        let wait = Duration::from_millis(until.saturating_sub(uptime));
                        // Either is a reason to ask the policy again.
                        let _ = tokio::time::timeout(wait, appended.notified()).await;
                        Ok(())
                    }
                }
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => {}
            Err(JournalError::Gone) => return,
            Err(error) => {
                tracing::error!(%error, "nothing can be carried");
                tokio::time::sleep(JOURNAL_WAIT).await;
            }
        }
    }
}

impl<N: Fn(News)> Rounds<N> {
    async fn fetch_settings(&mut self) -> Result<(), JournalError> {
        let known = self.journal.settings()?;
        let etag = known.as_ref().and_then(|(_, etag)| etag.clone());
        let Route { http, tablet, token, .. } = &self.route;
        match http.settings(*tablet, token, etag.as_deref()).await {
            Ok(fetched) => {
                let now = self.clock.now();
                self.policy.settings_came(now.uptime_ms);
                self.reached(true);
                self.journal.contact(now.wall_ms)?;
                if let Some(fetched) = fetched {
                    self.journal.put_settings(&fetched.settings, fetched.etag)?;
                    if known.is_none_or(|(settings, _)| settings != fetched.settings) {
                        (self.news)(News::Settings(Arc::new(fetched.settings)));
                    }
                }
            }
            Err(failure @ Failure::Refused { .. }) => {
                tracing::warn!(%failure, "no settings");
                self.policy.settings_refused(self.clock.now().uptime_ms);
            }
            Err(failure) => {
                self.unreached(&failure);
                self.policy.settings_failed(self.clock.now().uptime_ms, random_share());
            }
        }
        Ok(())
    }

    async fn send(&mut self, after: u64, events: usize) -> Result<(), JournalError> {
        // The envelope of a batch and the commas between events.
        let room = REQUEST_BYTES - 8 * 1024;
        let slice = self.journal.batch_after(after, events, room)?;
        let now = self.clock.now();
        let sent = Sent { at: now.wall_ms, boot: self.clock.boot(), uptime: now.uptime_ms };
        let Route { http, tablet, token, key } = &self.route;
        let batch = Batch::seal(key, *tablet, slice.previous, slice.events, sent);
        match http.send(*tablet, token, &batch).await {
            Ok(acknowledged) => self.acknowledged(after, &acknowledged)?,
            Err(failure) => {
                match self.policy.judge(&failure) {
                    Remedy::Wait => {
                        self.unreached(&failure);
                        self.policy.failed(self.clock.now().uptime_ms, random_share());
                    }
                    Remedy::Part => self.part(failure.to_string()),
                    Remedy::GoBack(head) => {
                        self.reached(true);
                        match self.journal.rewind(head)? {
                        Standing::Same => {
                            tracing::warn!(number = head.number, "the server asks for older events");
                            let uptime = self.clock.now().uptime_ms;
                            self.policy.went_back(uptime, random_share());
                        }
                        Standing::Other | Standing::Pruned => self.part(format!(
                            "the server stands at event {}, which is not in this tablet's journal",
                            head.number
                        )),
                    }
                    }
                }
            }
        }
        Ok(())
    }

    fn acknowledged(&mut self, after: u64, answer: &Acknowledged) -> Result<(), JournalError> {
        let now = self.clock.now();
        let skew = now.wall_ms.saturating_sub(answer.server_time);
        if skew.saturating_abs() > CLOCK_SKEW_MS {
            tracing::warn!(skew_ms = skew, "the tablet's clock differs from the server's");
        }
        // Only the digest proves what the server has.
        match self.journal.acknowledge(answer.head, now.wall_ms)? {
            Standing::Same if answer.head.number > after => {
                self.policy.carried();
                if std::mem::take(&mut self.parted) {
                    // Mended: say so even if the server was reached all the time.
                    self.online = None;
                }
                self.reached(true);
            }
            Standing::Same | Standing::Pruned => {
                tracing::warn!(number = answer.head.number, "the server took none of the events");
                self.policy.failed(now.uptime_ms, random_share());
            }
            Standing::Other => self.part(format!(
                "the server acknowledged event {} with another digest",
                answer.head.number
            )),
        }
        Ok(())
    }

    fn unreached(&mut self, failure: &Failure) {
        // One line when it begins; the waits behind it are routine.
        if self.online == Some(false) {
            tracing::debug!(%failure, "still not carried");
        } else {
            tracing::warn!(%failure, "not carried; everything is kept");
        }
        self.reached(false);
    }

    fn part(&mut self, reason: String) {
        tracing::error!(reason, "the chains have parted; recording goes on, sending stops");
        self.policy.parted(self.clock.now().uptime_ms);
        if !self.parted {
            self.parted = true;
            (self.news)(News::Parted(reason));
        }
    }

    fn reached(&mut self, online: bool) {
        // While the chains have parted that is the news, whether or not the server is there.
        if self.online != Some(online) && !self.parted {
            self.online = Some(online);
            (self.news)(News::Online(online));
        }
    }
}
