//! Whether an invitation can reach a person at a counter: how the tablet there is, as far as the
//! server knows. It says nothing of what anybody did at it.

use crate::alerts::{Thresholds, is_contact_too_old};
use crate::centre_time;
use crate::pages::prelude::*;
use crate::storage::StoreError;
use crate::storage::rows::Counter;
use crate::storage::tablets::TabletRow;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// How a counter's tablet is; of several the best counts, so they stand in that order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TabletState {
    /// No tablet stands there.
    #[default]
    Missing,
    /// It was not heard of for too long; the moment of its last contact.
    Silent(i64),
    /// It can not write, so it asks nobody.
    Broken,
    /// It asks, and what it records does not get through.
    Blocked,
    /// It shows what it is sent. When it was last heard of stays unsaid: that moment jumps with every
    /// rating, and whoever waits beside the tablet would see that somebody rated.
    Ready,
}

impl TabletState {
    /// Its word, with which the keys of its sentences end.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Silent(_) => "silent",
            Self::Broken => "broken",
            Self::Blocked => "blocked",
            Self::Ready => "ready",
        }
    }

    /// Whether a tablet in this state shows an invitation.
    pub fn shows_invitations(self) -> bool {
        matches!(self, Self::Blocked | Self::Ready)
    }

    /// How it is, in words.
    pub fn sentence(self, zone: &TimeZone, texts: &Texts) -> String {
        let key = format!("records-tablet-is-{}", self.word());
        texts.with(&key, &[("when", &self.when(zone, texts))])
    }

    /// Why nothing was sent to a counter.
    pub fn refusal(self, counter: &str, zone: &TimeZone, texts: &Texts) -> String {
        let key = format!("records-refused-tablet-{}", self.word());
        texts.with(&key, &[("counter", counter), ("when", &self.when(zone, texts))])
    }

    /// The moment of the last contact, where it matters.
    fn when(self, zone: &TimeZone, texts: &Texts) -> String {
        match self {
            Self::Silent(at) => centre_time::in_sentence(at, zone, texts),
            Self::Missing | Self::Broken | Self::Blocked | Self::Ready => String::new(),
        }
    }
}

/// How the tablets of all counters are.
pub(super) struct CounterTablets(BTreeMap<i64, TabletState>);

impl CounterTablets {
    /// Reads it from the store.
    pub async fn of(app: &App) -> Result<Self, StoreError> {
        let contacts = app.store.contacts().await?;
        let blocked = app.store.blocked_events().await?;
        let rows = app.store.tablets().await?;
        let trouble =
            |row: &&TabletRow| row.health.as_ref().is_some_and(|one| one.trouble.is_some());
        let broken: Vec<_> = rows.iter().filter(trouble).map(|row| row.id).collect();
        let (minutes, now) = (Thresholds::silent_after(app).await, app.clock.now());
        let mut states: BTreeMap<i64, TabletState> = BTreeMap::new();
        for one in contacts.iter().filter(|one| !one.continued) {
            // Who invites is at the counter now, so silence counts outside of the opening hours, too.
            let state = if is_contact_too_old(one.contact_at, Some(u16::MAX), minutes, now) {
                TabletState::Silent(one.contact_at)
            } else if broken.contains(&one.tablet) {
                TabletState::Broken
            } else if blocked.contains_key(&one.tablet) {
                TabletState::Blocked
            } else {
                TabletState::Ready
            };
            let best = states.entry(one.counter).or_default();
            *best = state.max(*best);
        }
        Ok(Self(states))
    }

    /// How the tablet of a counter is.
    pub fn at(&self, counter: i64) -> TabletState {
        self.0.get(&counter).copied().unwrap_or_default()
    }

    /// A counter in a list to choose from, with a word where its tablet shows no invitation.
    pub fn option(&self, counter: &Counter, texts: &Texts) -> String {
        let state = self.at(counter.id);
        let name = format!("{} · {}", counter.code, counter.name);
        if state.shows_invitations() {
            return name;
        }
        let word = texts.get(&format!("records-option-{}", state.word()));
        format!("{name} ({word})")
    }
}

#[cfg(test)]
mod tests {
    use super::TabletState::{Blocked, Broken, Missing, Ready, Silent};

    #[test]
    fn of_several_tablets_the_best_counts() {
        let all = [Ready, Blocked, Broken, Silent(9), Silent(2), Missing];
        assert!(all.is_sorted_by(|one, next| one > next));
        let shown: Vec<_> = all.iter().filter(|one| one.shows_invitations()).collect();
        assert_eq!(shown, [&Ready, &Blocked]);
    }

    #[test]
    fn every_state_is_said_in_every_language() {
        let zone = jiff::tz::TimeZone::UTC;
        for language in ["vi", "en"] {
            let texts = locales::texts(language);
            for state in [Ready, Blocked, Broken, Silent(9), Missing] {
                let mut said = vec![state.sentence(&zone, texts)];
                if !state.shows_invitations() {
                    said.push(state.refusal("Q01", &zone, texts));
                    said.push(texts.get(&format!("records-option-{}", state.word())));
                }
                for sentence in said {
                    assert!(!sentence.starts_with('[') && sentence.len() > 3, "{sentence}");
                }
            }
        }
    }
}
