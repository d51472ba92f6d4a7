//! The settings are fetched beside everything else, since large ones take minutes on a slow line and a
//! rating waits for nothing. One fetch is under way at a time.

use super::http::{Fetched, Reply};
use super::run::Rounds;
use super::{Failure, News};
use crate::clock::random_share;
use crate::journal::JournalError;
use crate::link::Link;
use protocol::settings::Settings;
use std::sync::Arc;
use tokio::task::{JoinError, JoinSet};

/// An answer to the question for settings.
pub(super) struct Answer {
    /// How often settings were kept when it was asked.
    revision: u64,
    /// The settings that were known then.
    known: Option<Settings>,
    reply: Result<Reply<Option<Fetched>>, Failure>,
}

/// The fetch that is under way, if one is; it ends with this.
pub(super) type Fetching = JoinSet<Answer>;

impl<N: Fn(News)> Rounds<'_, N> {
    /// Begins to fetch the settings.
    pub(super) fn fetch_settings(&mut self) -> Result<(), JournalError> {
        let revision = self.journal.settings_revision()?;
        let (known, etag) = self.journal.settings()?.unzip();
        let (http, tablet, token) = (self.route.http.clone(), self.route.tablet, self.route.token);
        self.policy.settings_requested(self.clock.now().uptime_ms);
        self.fetching.spawn(async move {
            let reply = http.settings(tablet, &token, etag.flatten().as_deref()).await;
            Answer { revision, known, reply }
        });
        Ok(())
    }

    /// Takes what the fetch came to.
    pub(super) fn settings_answered(
        &mut self,
        answer: Result<Answer, JoinError>,
    ) -> Result<(), JournalError> {
        let now = self.clock.now();
        let Ok(Answer { revision, known, reply }) = answer else {
            // A panic ends the program, and nobody else stops it.
            self.policy.settings_failed(now.uptime_ms, random_share());
            return Ok(());
        };
        match reply {
            Ok(reply) => {
                self.policy.settings_came(now.uptime_ms);
                self.stands(Link::Good);
                self.held_up &= self.policy.is_held_up();
                self.journal.contact(now.wall_ms)?;
                if let Some(date) = reply.date {
                    self.receive_server_time(date)?;
                }
                if let Some(fetched) = reply.body {
                    self.keep_settings(revision, known, fetched)?;
                }
            }
            Err(failure @ Failure::Refused { .. }) => {
                if failure.link().is_none_or(|link| self.link != Some(link)) {
                    tracing::warn!(%failure, "no settings");
                }
                self.policy.settings_refused(now.uptime_ms);
                failure.link().into_iter().for_each(|link| self.stands(link));
            }
            Err(failure) => {
                self.held_up(&failure);
                self.policy.settings_failed(now.uptime_ms, random_share());
                failure.link().into_iter().for_each(|link| self.stands(link));
            }
        }
        Ok(())
    }

    /// Keeps settings and tells them where they are others than those known before. A code may have
    /// moved the tablet while they were on their way: then they are those of the counter before.
    fn keep_settings(
        &mut self,
        revision: u64,
        known: Option<Settings>,
        fetched: Fetched,
    ) -> Result<(), JournalError> {
        let Fetched { settings, json, etag } = fetched;
        if !self.journal.put_settings_since(revision, json, etag)? {
            self.policy.settings_overtaken(self.clock.now().uptime_ms);
        } else if known.is_none_or(|known| known != settings) {
            (self.news)(News::Settings(Arc::new(settings)));
        }
        Ok(())
    }
}
