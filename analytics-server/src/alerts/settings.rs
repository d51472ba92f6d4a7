//! From when on something is worth an alert. Stored as one JSON setting; what it does not name has
//! its default, also a rule that did not exist when it was stored, and numbers that make no sense are
//! refused by field.

use super::occurrence::Rule;
use super::percent::Percent;
use locales::Texts;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Name of the setting in the store.
pub const SETTING: &str = "alerts";

/// The field of the one number that has tenths.
const SHARE: &str = "share_percent";

/// The rules that there were when those in use were stored instead of those that are off.
const RULES_OF_0_2: [Rule; 6] = [
    Rule::LowWithReason,
    Rule::ShareUnderLimit,
    Rule::TabletSilent,
    Rule::Burst,
    Rule::Quarantine,
    Rule::Fork,
];

/// From when on something is worth an alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// The rules that somebody switched off. So a rule that comes with a later version is in use.
    pub off: BTreeSet<Rule>,
    /// Up to 0.2.0 the rules in use were stored instead, of those that there were.
    #[serde(rename = "rules", skip_serializing)]
    pub(super) on_in_0_2: Option<BTreeSet<Rule>>,
    /// Ratings that arrive later than so many hours after they were given raise nothing: a tablet
    /// that was off for a week would report what is long past.
    pub fresh_hours: u32,
    /// Percent; a share of satisfied ratings under it raises an alert.
    pub share_percent: Percent,
    /// With fewer ratings in the window nothing is said about a share.
    pub share_ratings: u32,
    /// Days of the rolling window.
    pub share_days: u32,
    /// Only when even the upper end of the 95 % interval is under the limit: few ratings can then
    /// hardly raise a false alarm. Otherwise the share itself decides.
    pub share_certain: bool,
    /// Minutes without a message of a tablet, within working hours.
    pub silent_minutes: u32,
    /// Ratings at one tablet within a minute.
    pub burst_taps: u32,
    /// Webhooks may go to link-local addresses, where clouds keep their metadata.
    pub link_local: bool,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            off: BTreeSet::new(),
            on_in_0_2: None,
            fresh_hours: 72,
            // Offices are asked to keep 90 % satisfied; under 80 % somebody has to look.
            share_percent: Percent::whole(80),
            // As for a place in a ranking.
            share_ratings: 30,
            share_days: 7,
            share_certain: true,
            // Tablets send something every half minute; a restart of the network takes some minutes.
            silent_minutes: 15,
            // A service takes minutes; six people within one are one person.
            burst_taps: 6,
            link_local: false,
        }
    }
}

/// A number of the thresholds, and what it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThresholdBound {
    /// Its field.
    pub field: &'static str,
    /// The smallest that makes sense.
    pub from: u32,
    /// The largest.
    pub until: u32,
}

impl ThresholdBound {
    /// What the number is called.
    pub fn name(self, texts: &Texts) -> String {
        texts.get(&format!("alerts-number-{}", self.field))
    }

    /// Why a number is refused.
    pub fn refusal(self, texts: &Texts) -> String {
        let (from, until) = (self.from.to_string(), self.until.to_string());
        let key = if self.has_tenths() { "alerts-percent-wrong" } else { "alerts-number-wrong" };
        texts.with(key, &[("from", &from), ("until", &until)])
    }

    /// Whether it may have one decimal.
    pub fn has_tenths(self) -> bool {
        self.field == SHARE
    }
}

/// A number that makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{}” of the alerts' thresholds has to be a number from {} to {}", .0.field, .0.from, .0.until)]
pub struct ThresholdError(pub ThresholdBound);

const fn bound(field: &'static str, from: u32, until: u32) -> ThresholdBound {
    ThresholdBound { field, from, until }
}

impl Thresholds {
    /// The numbers with what they may be, in the order of the page.
    pub const BOUNDS: [ThresholdBound; 6] = [
        bound(SHARE, 1, 100),
        bound("share_ratings", 5, 10_000),
        bound("share_days", 1, 92),
        bound("silent_minutes", 2, 600),
        bound("burst_taps", 2, 60),
        bound("fresh_hours", 1, 720),
    ];

    /// A whole number by its field.
    fn number(&self, field: &str) -> Option<u32> {
        Some(match field {
            "share_ratings" => self.share_ratings,
            "share_days" => self.share_days,
            "silent_minutes" => self.silent_minutes,
            "burst_taps" => self.burst_taps,
            "fresh_hours" => self.fresh_hours,
            _ => return None,
        })
    }

    /// A number by its field, as people of a language write it.
    pub fn written(&self, field: &str, texts: &Texts) -> Option<String> {
        if field == SHARE {
            return Some(self.share_percent.written(texts));
        }
        self.number(field).map(|number| number.to_string())
    }

    /// Sets a number as it was typed.
    pub fn set(&mut self, bound: ThresholdBound, typed: &str) -> Result<(), ThresholdError> {
        if bound.has_tenths() {
            let percent = Percent::read(typed).filter(|one| one.is_within(bound.from, bound.until));
            self.share_percent = percent.ok_or(ThresholdError(bound))?;
            return Ok(());
        }
        let number: u32 = typed.trim().parse().map_err(|_| ThresholdError(bound))?;
        if !(bound.from..=bound.until).contains(&number) {
            return Err(ThresholdError(bound));
        }
        let place = match bound.field {
            "share_ratings" => &mut self.share_ratings,
            "share_days" => &mut self.share_days,
            "silent_minutes" => &mut self.silent_minutes,
            "burst_taps" => &mut self.burst_taps,
            "fresh_hours" => &mut self.fresh_hours,
            _ => return Err(ThresholdError(bound)),
        };
        *place = number;
        Ok(())
    }

    /// Whether every number makes sense.
    pub fn check(&self) -> Result<(), ThresholdError> {
        for bound in Self::BOUNDS {
            let number = self.number(bound.field).unwrap_or_default();
            let fits = if bound.has_tenths() {
                self.share_percent.is_within(bound.from, bound.until)
            } else {
                (bound.from..=bound.until).contains(&number)
            };
            if !fits {
                return Err(ThresholdError(bound));
            }
        }
        Ok(())
    }

    /// Whether a rule is in use.
    pub fn has(&self, rule: Rule) -> bool {
        !self.off.contains(&rule)
    }

    /// The rules in use, in the order of pages.
    pub fn in_use(&self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(|rule| self.has(*rule))
    }

    /// Leaves only some rules in use.
    pub fn use_only(&mut self, rules: &[Rule]) {
        self.off = Rule::ALL.into_iter().filter(|rule| !rules.contains(rule)).collect();
    }

    /// Name and value of each in words; `typed` are numbers as they were typed, by field.
    pub fn words(&self, texts: &Texts, typed: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let rules: Vec<String> = self.in_use().map(|rule| rule.name(texts)).collect();
        let tick = |key: &str, set: bool| (texts.get(key), if set { "✓" } else { "–" }.to_owned());
        let mut all = vec![(texts.get("alerts-settings-rules"), rules.join(", "))];
        all.extend(Self::BOUNDS.map(|bound| {
            let known = || self.written(bound.field, texts).unwrap_or_default();
            (bound.name(texts), typed.get(bound.field).cloned().unwrap_or_else(known))
        }));
        all.push(tick("alerts-share-certain", self.share_certain));
        all.push(tick("alerts-link-local", self.link_local));
        all
    }

    /// Reads what 0.2.0 stored: of the rules that it knew, those that are not named were off.
    pub(super) fn modernise(&mut self) {
        if let Some(on) = self.on_in_0_2.take() {
            self.off.extend(RULES_OF_0_2.into_iter().filter(|rule| !on.contains(rule)));
        }
    }
}
