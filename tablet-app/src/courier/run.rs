//! The courier's loop: asks the policy, makes the attempt, marks in the journal what is proven.

use super::policy::{Pace, Policy, Remedy, Step};
use super::settings::Fetching;
use super::time::Time;
use super::{BatchEncoding, Condition, CourierError, Failure, Http, KioskFacts, News};
use crate::clock::{Clock, random_share};
use crate::device;
use crate::journal::{Journal, JournalError, Standing};
use crate::kiosk::RecordingFault;
use crate::link::Link;
use ed25519_dalek::SigningKey;
use protocol::Head;
use protocol::exchange::{Acknowledged, Batch, Sent};
use protocol::heartbeat::{Blocked, Heard, Heartbeat};
use protocol::limits::BATCH_BYTES;
use std::pin::pin;
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

/// What the loop goes on with from step to step.
pub(super) struct Rounds<'a, N> {
    pub(super) route: &'a Route,
    pub(super) journal: &'a Journal,
    pub(super) clock: &'a Clock,
    pub(super) policy: Policy,
    condition: &'a Condition,
    pub(super) news: &'a N,
    pub(super) fetching: Fetching,
    /// The last reported state of the connection to the server.
    pub(super) link: Option<Link>,
    /// Whether the log has said already that events are not uploaded.
    pub(super) held_up: bool,
    forked: bool,
    blocked: Option<Blocked>,
    /// An event that is still to be sent can not be read.
    damaged: bool,
    time: Time,
}

/// Uploads until the journal is gone or has become another tablet's.
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
    let time = Time::resumed(journal);
    let known = journal.status().ok().and_then(|status| status.forked);
    let (link, held_up, forked, blocked) = (None, false, known.is_some(), None);
    if let Some(reason) = known {
        news(News::Forked(reason));
    }
    let mut rounds = Rounds {
        route,
        journal,
        clock,
        policy,
        condition,
        news,
        fetching: Fetching::new(),
        link,
        held_up,
        forked,
        blocked,
        damaged: false,
        time,
    };
    loop {
        let done = match rounds.journal.status() {
            Ok(status) if status.tablet != Some(route.tablet) => {
                // What was blocked under this identity is so no longer.
                if rounds.blocked.is_some() {
                    news(News::Blocked(None));
                }
                return;
            }
            Ok(status) => {
                let uptime = rounds.clock.now().uptime_ms;
                match rounds.policy.next(status.pending, uptime) {
                    Step::FetchSettings => rounds.fetch_settings(),
                    Step::Send { events, encoding } => {
                        rounds.send(status.acknowledged, events, encoding).await
                    }
                    Step::Beat => rounds.beat().await,
                    Step::Wait { until } => {
                        let wait = Duration::from_millis(until.saturating_sub(uptime));
                        // Each is a reason to ask the policy again.
                        tokio::select! {
                            () = tokio::time::sleep(wait) => Ok(()),
                            () = appended.notified() => Ok(()),
                            Some(answer) = rounds.fetching.join_next() => {
                                rounds.settings_answered(answer)
                            }
                        }
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
                if matches!(error, JournalError::Damaged { .. }) {
                    rounds.damaged().await;
                }
                tokio::time::sleep(JOURNAL_WAIT).await;
            }
        }
    }
}

impl<N: Fn(News)> Rounds<'_, N> {
    /// Waits for the answer to a request, and takes settings that come meanwhile.
    async fn meanwhile<T>(&mut self, request: impl Future<Output = T>) -> Result<T, JournalError> {
        let mut request = pin!(request);
        loop {
            tokio::select! {
                answer = &mut request => return Ok(answer),
                Some(answer) = self.fetching.join_next() => self.settings_answered(answer)?,
            }
        }
    }

    async fn send(
        &mut self,
        after: u64,
        events: usize,
        encoding: BatchEncoding,
    ) -> Result<(), JournalError> {
        let slice = self.journal.batch_after(after, events, BATCH_BYTES)?;
        if !self.is_still_this_tablet()? {
            return Ok(());
        }
        let begun = self.clock.now();
        let sent = Sent { at: begun.wall_ms, boot: self.clock.boot(), uptime: begun.uptime_ms };
        let Route { http, tablet, token, key } = self.route;
        let events = slice.events.len();
        let batch = Batch::seal(key, *tablet, slice.previous, slice.events, sent);
        match self.meanwhile(http.send(*tablet, token, &batch, encoding)).await? {
            Ok(acknowledged) => self.acknowledged(after, &acknowledged, begun.uptime_ms)?,
            Err(failure) => {
                let uptime = self.clock.now().uptime_ms;
                match self.policy.judge(&failure, events, uptime) {
                    Remedy::Wait => self.upload_failed(after, &failure),
                    Remedy::Fork => self.fork(failure.to_string())?,
                    Remedy::GoBack(head) => {
                        self.stands(Link::Good);
                        if self.rewound(head)? {
                            self.policy.went_back(self.clock.now().uptime_ms, random_share());
                        }
                    }
                }
            }
        }
        self.report_blocked(after);
        Ok(())
    }

    /// A batch did not arrive. While settings come the server is there, so only what a connection or
    /// the server itself says of the tablet changes how it stands: the glass does not change its mind
    /// with every answer.
    fn upload_failed(&mut self, after: u64, failure: &Failure) {
        self.held_up(failure);
        self.policy.failed(self.clock.now().uptime_ms, random_share());
        let certain = failure.is_before_sending() || matches!(failure, Failure::Refused { .. });
        if let Some(link) = failure.link()
            && (certain || !self.policy.has_settings())
        {
            self.stands(link);
        }
        if self.policy.refused().is_some() && self.blocked.is_none() {
            let event = after + 1;
            tracing::error!(event, %failure, "this event does not get through; those after it wait");
        }
    }

    /// Tells which event does not get through, when that changes.
    fn report_blocked(&mut self, after: u64) {
        let blocked = self.policy.refused().map(|refused| {
            let now = self.clock.now();
            let ago = i64::try_from(now.uptime_ms.saturating_sub(refused.since));
            let moment = self.time.time_estimate().moment(now).unwrap_or(now.wall_ms);
            let first = moment.saturating_sub(ago.unwrap_or(0));
            // Once told it stays: how far the clocks are apart may be learnt anew.
            let since = self.blocked.map_or(first, |known| known.since);
            Blocked { number: after + 1, since, status: refused.status }
        });
        if self.blocked != blocked {
            self.blocked = blocked;
            (self.news)(News::Blocked(blocked));
        }
    }

    fn acknowledged(
        &mut self,
        after: u64,
        answer: &Acknowledged,
        begun: u64,
    ) -> Result<(), JournalError> {
        let now = self.clock.now();
        // Only the digest proves what the server has.
        match self.journal.acknowledge(answer.head, now.wall_ms)? {
            Standing::Same if answer.head.number > after => {
                self.policy.uploaded(now.uptime_ms.saturating_sub(begun));
                self.receive_server_time(answer.server_time)?;
                self.mended()?;
                self.held_up = false;
                self.stands(Link::Good);
            }
            Standing::Same | Standing::Pruned => {
                tracing::warn!(number = answer.head.number, "the server took none of the events");
                self.policy.failed(now.uptime_ms, random_share());
            }
            Standing::Other => self.fork(format!(
                "the server acknowledged event {} with another digest",
                answer.head.number
            ))?,
        }
        Ok(())
    }

    /// Sends a heartbeat. A lost one does no harm: the next one has newer facts.
    async fn beat(&mut self) -> Result<(), JournalError> {
        let now = self.clock.now();
        self.policy.beat(now.uptime_ms);
        let status = self.journal.status()?;
        let battery = device::battery();
        let KioskFacts { officer, questionnaire, trouble } = self.condition.facts();
        let damaged = self.damaged.then(|| RecordingFault::Damaged.name());
        let heartbeat = Heartbeat {
            at: now.wall_ms,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            uptime: now.uptime_ms,
            boots: status.boots,
            recorded: status.recorded,
            pending: status.pending,
            skew_ms: self.time.time_estimate().skew(),
            battery: battery.percent,
            charging: battery.charging,
            storage_free: device::free_space(self.journal.dir()),
            officer,
            questionnaire,
            trouble: trouble.or(damaged).map(str::to_owned),
            blocked: self.blocked,
        };
        let Route { http, tablet, token, .. } = self.route;
        match self.meanwhile(http.beat(*tablet, token, &heartbeat)).await? {
            Ok(Some(heard)) => self.receive_head(heard, status.acknowledged)?,
            Ok(None) => {}
            Err(failure) => tracing::debug!(%failure, "no heartbeat"),
        }
        Ok(())
    }

    /// The journal is damaged: the server is told, as far as it can be reached, before the window
    /// closes the journal.
    async fn damaged(&mut self) {
        self.damaged = true;
        if let Err(error) = self.beat().await {
            tracing::debug!(%error, "no heartbeat of a damaged journal");
        }
        (self.news)(News::Damaged);
    }

    /// The server told where its chain stands. One that was restored from a backup knows less than
    /// it once acknowledged, and gets it again, whether or not anything new is recorded here. One that got
    /// events in another way, such as by a stick after something refused them here, has them.
    fn receive_head(&mut self, heard: Heard, acknowledged: u64) -> Result<(), JournalError> {
        self.receive_server_time(heard.server_time)?;
        if heard.head.number < acknowledged {
            // A fork that is known is looked at again once an hour, with a batch.
            let is_known = self.forked && self.journal.compare(heard.head)? != Standing::Same;
            if !is_known && self.rewound(heard.head)? {
                self.mended()?;
            }
        } else if heard.head.number > acknowledged
            && self.journal.acknowledge(heard.head, self.clock.now().wall_ms)? == Standing::Same
        {
            self.policy.uploaded(0);
            self.mended()?;
            self.report_blocked(heard.head.number);
        }
        // A head that is not in this journal is judged with the next batch.
        Ok(())
    }

    /// The server has this tablet's chain: a fork, if there was one, is mended, and that is said even if
    /// the server was reached all the time.
    fn mended(&mut self) -> Result<(), JournalError> {
        if std::mem::take(&mut self.forked) {
            self.policy.mended();
            self.journal.put_forked(self.route.tablet, None)?;
            self.link = None;
        }
        Ok(())
    }

    /// Goes back to where the server stands, from where on it gets everything again; whether that is
    /// in this tablet's journal. If it is not, the chains have forked.
    fn rewound(&mut self, head: Head) -> Result<bool, JournalError> {
        let standing = self.journal.rewind(head)?;
        if standing == Standing::Same {
            self.policy.set_back();
            tracing::warn!(number = head.number, "the server asks for older events");
        } else {
            self.fork(format!(
                "the server stands at event {}, which is not in this tablet's journal",
                head.number
            ))?;
        }
        Ok(standing == Standing::Same)
    }

    /// The server sent its time.
    pub(super) fn receive_server_time(&mut self, server_time: i64) -> Result<(), JournalError> {
        let time_estimate =
            self.time.record_server_time(self.journal, server_time, self.clock.now());
        (self.news)(News::Time(time_estimate));
        self.journal.proven(server_time)
    }

    /// Nothing was uploaded, or no settings came. One line when it begins; the waits behind it are
    /// routine.
    pub(super) fn held_up(&mut self, failure: &Failure) {
        if std::mem::replace(&mut self.held_up, true) {
            tracing::debug!(%failure, "still not carried");
        } else {
            tracing::warn!(%failure, "not carried; everything is kept");
        }
    }

    /// Whether the journal is still that of the tablet on whose behalf the server is asked. Meanwhile
    /// it may have become another tablet's, which is asked for elsewhere.
    fn is_still_this_tablet(&self) -> Result<bool, JournalError> {
        Ok(self.journal.status()?.tablet == Some(self.route.tablet))
    }

    fn fork(&mut self, reason: String) -> Result<(), JournalError> {
        if !self.is_still_this_tablet()? {
            return Ok(());
        }
        tracing::error!(
            reason,
            "the chains have forked; recording goes on, sending stops: enrol the tablet with a new \
             code, on its staff screen or by “tablet-app enrol”"
        );
        self.policy.forked(self.clock.now().uptime_ms);
        if !self.forked {
            self.forked = true;
            self.journal.put_forked(self.route.tablet, Some(reason.clone()))?;
            (self.news)(News::Forked(reason));
        }
        Ok(())
    }

    /// How the tablet stands to its server, told when it changes.
    pub(super) fn stands(&mut self, link: Link) {
        // While the chains have forked that is the news, whether or not the server is there.
        if self.link != Some(link) && !self.forked {
            self.link = Some(link);
            (self.news)(News::Link(link));
        }
    }
}
