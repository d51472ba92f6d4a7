//! The courier's loop: asks the policy, makes the attempt, tells the journal what is proven.

use super::policy::{Pace, Policy, Remedy, Step};
use super::{Condition, CourierError, Failure, Http, Known, News};
use crate::clock::{Clock, random_share};
use crate::device;
use crate::journal::{Journal, JournalError, Standing};
use ed25519_dalek::SigningKey;
use protocol::Head;
use protocol::exchange::{Acknowledged, Batch, Sent};
use protocol::heartbeat::{Heard, Heartbeat};
use protocol::limits::{BATCH_BYTES, CLOCK_SKEW_MS};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Wait after the journal itself could not be read: the log gets one line a minute.
const JOURNAL_WAIT: Duration = Duration::from_mins(1);

/// Where to, and under which name.
pub(super) struct Route {
    pub(super) http: Http,
    pub(super) tablet: Uuid,
    pub(super) token: [u8; 32],
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

struct Rounds<'a, N> {
    route: &'a Route,
    journal: &'a Journal,
    clock: &'a Clock,
    policy: Policy,
    condition: &'a Condition,
    news: &'a N,
    online: Option<bool>,
    parted: bool,
    skew: Option<i64>,
}

/// Carries until the journal is gone or has become another tablet's.
pub(super) async fn run(
    route: &Route,
    journal: &Journal,
    clock: &Clock,
    pace: Pace,
    condition: &Condition,
    news: &impl Fn(News),
) {
    let appended = journal.appended();
    let policy = Policy::new(pace);
    let (online, skew) = (None, None);
    let known = journal.status().ok().and_then(|status| status.parted);
    let parted = known.is_some();
    if let Some(reason) = known {
        news(News::Parted(reason));
    }
    let mut rounds =
        Rounds { route, journal, clock, policy, condition, news, online, parted, skew };
    loop {
        let done = match rounds.journal.status() {
            Ok(status) if status.tablet != Some(route.tablet) => return,
            Ok(status) => {
                let uptime = rounds.clock.now().uptime_ms;
                match rounds.policy.next(status.pending, uptime) {
                    Step::FetchSettings => rounds.fetch_settings().await,
                    Step::Send { events } => rounds.send(status.acknowledged, events).await,
                    Step::Beat => rounds.beat().await,
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

impl<N: Fn(News)> Rounds<'_, N> {
    async fn fetch_settings(&mut self) -> Result<(), JournalError> {
        let known = self.journal.settings()?;
        let etag = known.as_ref().and_then(|(_, etag)| etag.clone());
        let Route { http, tablet, token, .. } = self.route;
        match http.settings(*tablet, token, etag.as_deref()).await {
            Ok(answer) => {
                let now = self.clock.now();
                self.policy.settings_came(now.uptime_ms);
                self.reached(true);
                self.journal.contact(now.wall_ms)?;
                if let Some(date) = answer.date {
                    self.told_time(date)?;
                }
                if let Some(fetched) = answer.body {
                    self.journal.put_settings(fetched.json, fetched.etag)?;
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
        let slice = self.journal.batch_after(after, events, BATCH_BYTES)?;
        if !self.is_still_this_tablet()? {
            return Ok(());
        }
        let now = self.clock.now();
        let sent = Sent { at: now.wall_ms, boot: self.clock.boot(), uptime: now.uptime_ms };
        let Route { http, tablet, token, key } = self.route;
        let events = slice.events.len();
        let batch = Batch::seal(key, *tablet, slice.previous, slice.events, sent);
        match http.send(*tablet, token, &batch).await {
            Ok(acknowledged) => self.acknowledged(after, &acknowledged)?,
            Err(failure) => match self.policy.judge(&failure, events) {
                Remedy::Wait => {
                    self.unreached(&failure);
                    self.policy.failed(self.clock.now().uptime_ms, random_share());
                    if self.policy.is_blocked() {
                        let event = after + 1;
                        tracing::error!(event, %failure, "this event does not get through; those after it wait");
                    }
                }
                Remedy::Part => self.part(failure.to_string())?,
                Remedy::GoBack(head) => {
                    self.reached(true);
                    if self.rewound(head)? {
                        self.policy.went_back(self.clock.now().uptime_ms, random_share());
                    }
                }
            },
        }
        Ok(())
    }

    fn acknowledged(&mut self, after: u64, answer: &Acknowledged) -> Result<(), JournalError> {
        let now = self.clock.now();
        // Only the digest proves what the server has.
        match self.journal.acknowledge(answer.head, now.wall_ms)? {
            Standing::Same if answer.head.number > after => {
                self.policy.carried();
                self.told_time(answer.server_time)?;
                if std::mem::take(&mut self.parted) {
                    self.journal.put_parted(self.route.tablet, None)?;
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
            ))?,
        }
        Ok(())
    }

    /// Tells how the tablet is. A heartbeat that is lost is no trouble: the next one tells more.
    async fn beat(&mut self) -> Result<(), JournalError> {
        let now = self.clock.now();
        self.policy.beat(now.uptime_ms);
        let status = self.journal.status()?;
        let battery = device::battery();
        let Known { officer, questionnaire, trouble } = self.condition.known();
        let heartbeat = Heartbeat {
            at: now.wall_ms,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            uptime: now.uptime_ms,
            boots: status.boots,
            recorded: status.recorded,
            pending: status.pending,
            skew_ms: self.skew,
            battery: battery.percent,
            charging: battery.charging,
            storage_free: device::free_space(self.journal.dir()),
            officer,
            questionnaire,
            trouble: trouble.map(str::to_owned),
        };
        let Route { http, tablet, token, .. } = self.route;
        match http.beat(*tablet, token, &heartbeat).await {
            Ok(Some(heard)) => self.heard(heard, status.acknowledged)?,
            Ok(None) => {}
            Err(failure) => tracing::debug!(%failure, "no heartbeat"),
        }
        Ok(())
    }

    /// The server told where its chain stands. One that was restored from a backup knows less than
    /// it once acknowledged, and gets it again, whether or not anything new is recorded here.
    fn heard(&mut self, heard: Heard, acknowledged: u64) -> Result<(), JournalError> {
        self.told_time(heard.server_time)?;
        if heard.head.number >= acknowledged {
            // What it has more than it told will be told with the next batch.
            return Ok(());
        }
        self.rewound(heard.head)?;
        Ok(())
    }

    /// Goes back to where the server stands, from where on it gets everything again; whether that is
    /// in this tablet's journal. If it is not, the chains have parted.
    fn rewound(&mut self, head: Head) -> Result<bool, JournalError> {
        let standing = self.journal.rewind(head)?;
        if standing == Standing::Same {
            tracing::warn!(number = head.number, "the server asks for older events");
        } else {
            self.part(format!(
                "the server stands at event {}, which is not in this tablet's journal",
                head.number
            ))?;
        }
        Ok(standing == Standing::Same)
    }

    /// The server told its time.
    fn told_time(&mut self, server_time: i64) -> Result<(), JournalError> {
        self.compared(self.clock.now().wall_ms.saturating_sub(server_time));
        self.journal.proven(server_time)
    }

    /// How far the clocks are apart.
    fn compared(&mut self, skew: i64) {
        let wrong = |skew: i64| skew.saturating_abs() > CLOCK_SKEW_MS;
        if wrong(skew) && !self.skew.is_some_and(wrong) {
            tracing::warn!(skew_ms = skew, "the tablet's clock differs from the server's");
        }
        self.skew = Some(skew);
        (self.news)(News::Skew(skew));
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

    /// Whether the journal is still that of the tablet on whose behalf the server is asked. Meanwhile
    /// it may have become another tablet's, which is asked for elsewhere.
    fn is_still_this_tablet(&self) -> Result<bool, JournalError> {
        Ok(self.journal.status()?.tablet == Some(self.route.tablet))
    }

    fn part(&mut self, reason: String) -> Result<(), JournalError> {
        if !self.is_still_this_tablet()? {
            return Ok(());
        }
        tracing::error!(
            reason,
            "the chains have parted; recording goes on, sending stops: enrol the tablet with a new \
             code, on its staff screen or by “tablet-app enrol”"
        );
        self.policy.parted(self.clock.now().uptime_ms);
        if !self.parted {
            self.parted = true;
            self.journal.put_parted(self.route.tablet, Some(reason.clone()))?;
            (self.news)(News::Parted(reason));
        }
        Ok(())
    }

    fn reached(&mut self, online: bool) {
        // While the chains have parted that is the news, whether or not the server is there.
        if self.online != Some(online) && !self.parted {
            self.online = Some(online);
            (self.news)(News::Online(online));
        }
    }
}
