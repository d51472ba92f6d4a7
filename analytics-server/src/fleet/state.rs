//! What is known of tablets that they do not tell of themselves: events that do not get through, two
//! chains under one identity, which tablet continues which.

use super::facts::heartbeat_facts;
use super::{Fact, TabletWords, short};
use crate::alerts;
use crate::figure_lines::NONE;
use crate::storage::continuations::Continuation;
use crate::storage::forks::Fork;
use crate::storage::posts::Posted;
use crate::storage::rows::Directory;
use crate::storage::tablets::TabletRow;
use crate::storage::{Store, StoreError};
use protocol::heartbeat::Blocked;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the store knows of all tablets beside their own reports, read at one moment.
pub struct FleetState {
    blocked: BTreeMap<Uuid, Blocked>,
    forks: Vec<Fork>,
    continuations: Vec<Continuation>,
}

impl FleetState {
    /// Reads it from the store.
    pub async fn of(store: &Store) -> Result<Self, StoreError> {
        let blocked = store.blocked_events().await?;
        let forks = store.forks().await?;
        let mut continuations = store.continuations().await?;
        continuations.retain(|one| one.own);
        Ok(Self { blocked, forks, continuations })
    }

    /// The event of a tablet that does not get through.
    pub fn blocked(&self, tablet: Uuid) -> Option<&Blocked> {
        self.blocked.get(&tablet)
    }

    /// That two chains are known under a tablet's identity.
    pub fn fork(&self, tablet: Uuid) -> Option<&Fork> {
        self.forks.iter().find(|one| one.tablet == tablet)
    }

    /// All tablets of which that is known, by counter.
    pub fn forks(&self) -> &[Fork] {
        &self.forks
    }

    /// The tablet that a tablet says it continues.
    pub fn continues(&self, tablet: Uuid) -> Option<Uuid> {
        self.continuations.iter().find(|one| one.tablet == tablet).map(|one| one.continues)
    }

    /// Whether somebody has to look at a tablet.
    pub fn needs_care(&self, row: &TabletRow) -> bool {
        let cannot_write = row.health.as_ref().is_some_and(|one| one.trouble.is_some());
        cannot_write || self.blocked(row.id).is_some() || self.fork(row.id).is_some()
    }

    /// What is wrong with a tablet, and what to do.
    fn troubles(&self, tablet: Uuid, words: TabletWords<'_>) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some(fork) = self.fork(tablet) {
            let places = [("when", &*words.in_sentence(fork.since))];
            let since = words.texts.with("records-tablet-fork-since", &places);
            facts.push(Fact::new("fork", since, true));
            if let Some(other) = fork.other {
                let (when, count) = (words.ago(other.received_at), words.count(other.pending));
                let places = [("when", &*when), ("count", &*count)];
                let told = words.texts.with("records-tablet-other-told", &places);
                facts.push(Fact::new("other", told, true));
            }
        }
        if let Some(blocked) = self.blocked(tablet) {
            facts.push(Fact::new("blocked", words.blocked(blocked), true));
        }
        facts
    }

    /// What is known of a tablet, what is urgent first.
    pub fn facts(&self, tablet: &Posted, words: TabletWords<'_>) -> Vec<Fact> {
        let mut facts = self.troubles(tablet.id, words);
        facts.extend([
            Fact::plain("contact", words.moment(tablet.last_contact_at)),
            Fact::plain("pending", pending(tablet)),
            Fact::plain("events", tablet.events.to_string()),
            Fact::plain("version", tablet.app_version.clone()),
            Fact::plain("enrolled", words.moment(Some(tablet.enrolled_at))),
        ]);
        for one in &self.continuations {
            if one.tablet == tablet.id {
                let words = words.continuation(one, one.continues);
                facts.push(Fact::plain("continues", words));
            } else if one.continues == tablet.id {
                facts.push(Fact::plain("continued", words.continuation(one, one.tablet)));
            }
        }
        facts
    }

    /// How many events of a tablet wait, and whether for more than a network.
    pub fn pending(&self, tablet: &Posted, words: TabletWords<'_>) -> String {
        let pending = pending(tablet);
        let key = if self.fork(tablet.id).is_some() {
            "admin-tablet-pending-forked"
        } else if self.blocked(tablet.id).is_some() {
            "admin-tablet-pending-blocked"
        } else {
            return pending;
        };
        words.texts.with(key, &[("pending", &pending)])
    }

    /// All that is told of one of `all` tablets to people who may know of these counters and officers.
    pub fn all_facts(
        &self,
        row: &TabletRow,
        all: &[TabletRow],
        known: &Directory,
        words: TabletWords<'_>,
    ) -> Vec<Fact> {
        let continued = Self::continued(row, all, known, words);
        let mut facts: Vec<Fact> = continued.into_iter().collect();
        facts.extend(self.troubles(row.id, words));
        facts.extend(heartbeat_facts(row, known, words));
        facts
    }

    /// Which tablet continues one that is not heard of any more, and what to do.
    fn continued(
        row: &TabletRow,
        all: &[TabletRow],
        known: &Directory,
        words: TabletWords<'_>,
    ) -> Option<Fact> {
        let by = row.continued_by?;
        let id = short(by);
        let at = all.iter().find(|one| one.id == by && known.counter(&one.counter).is_some());
        let words = match at.map(|one| one.counter.as_str()) {
            Some(counter) => {
                let places = [("id", &*id), ("counter", counter)];
                words.texts.with("records-tablet-continued-at", &places)
            }
            None => words.texts.with("records-tablet-continued-elsewhere", &[("id", &id)]),
        };
        Some(Fact::plain("continued", words))
    }
}

fn pending(tablet: &Posted) -> String {
    tablet.pending.map_or_else(|| NONE.to_owned(), |pending| pending.to_string())
}

/// Whether a tablet was not heard of for `minutes` while the centre was `open`, and none continues it.
pub fn is_silent(row: &TabletRow, open: Option<u16>, minutes: u32, now: i64) -> bool {
    row.continued_by.is_none()
        && alerts::is_contact_too_old(row.last_contact_at.unwrap_or(0), open, minutes, now)
}
