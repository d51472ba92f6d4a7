//! The rules, pure: rows and moments in, alerts out. What they find carries a key made from rule,
//! subject and occasion, so that finding it again changes nothing.

use super::Thresholds;
use crate::stats::measures::wilson;
use crate::storage::alert_reads::{
    AlarmRow, ContactRow, DisputedRow, RatedRow, ShareRow, WaitingRow,
};
use protocol::Level;
use protocol::heartbeat::Blocked;
use protocol::hours::Hours;
use protocol::settings::Texts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;
/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// Bursts of one tablet within such a stretch are one occasion: a quarter of an hour.
const OCCASION_MS: i64 = 15 * MINUTE_MS;

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// One of the two lowest levels of five (the lowest of three), with a reason or a comment.
    LowWithReason,
    /// The share of satisfied ratings of a department, counter or officer is under the limit.
    ShareUnderLimit,
    /// A tablet says nothing within working hours.
    TabletSilent,
    /// A tablet is there, and something on the way refuses its events.
    TabletBlocked,
    /// Many ratings at one tablet within a minute.
    Burst,
    /// Events wait that can not be counted.
    Quarantine,
    /// Two chains under one identity.
    Fork,
    /// Somebody said that another officer served them than the one on the screen.
    OfficerDisputed,
}

impl Rule {
    /// All, in the order of pages.
    pub const ALL: [Self; 8] = [
        Self::LowWithReason,
        Self::ShareUnderLimit,
        Self::TabletSilent,
        Self::TabletBlocked,
        Self::Burst,
        Self::Quarantine,
        Self::Fork,
        Self::OfficerDisputed,
    ];

    /// How it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::LowWithReason => "low_with_reason",
            Self::ShareUnderLimit => "share_under_limit",
            Self::TabletSilent => "tablet_silent",
            Self::TabletBlocked => "tablet_blocked",
            Self::Burst => "burst",
            Self::Quarantine => "quarantine",
            Self::Fork => "fork",
            Self::OfficerDisputed => "officer_disputed",
        }
    }

    /// The rule of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }
}

/// What happened, as an alert keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// A low level with a reason or a comment.
    LowWithReason {
        /// The level's code.
        level: u8,
        /// The words of the reasons, as they stood on the tablet.
        reasons: Vec<Texts>,
        /// Whether there is a comment; its words are in the record alone.
        comment: bool,
        /// When, milliseconds since 1970.
        at: i64,
    },
    /// A share under the limit.
    ShareUnderLimit {
        /// Ratings in the window.
        ratings: u64,
        /// Of them satisfied.
        satisfied: u64,
        /// Percent.
        limit: u32,
        /// Days of the window.
        days: u32,
    },
    /// No word of a tablet.
    TabletSilent {
        /// Since when.
        since: i64,
    },
    /// An event does not get through.
    TabletBlocked {
        /// Its number.
        number: u64,
        /// Since when.
        since: i64,
        /// The HTTP status of the refusal.
        status: Option<u16>,
    },
    /// Many ratings within a minute.
    Burst {
        /// How many at the least.
        taps: u32,
        /// When the first was given.
        at: i64,
    },
    /// Events wait.
    Quarantine {
        /// How many.
        count: u64,
        /// Since when.
        since: i64,
    },
    /// Two chains.
    Fork {
        /// What the server noted.
        detail: String,
        /// When.
        at: i64,
    },
    /// Another officer was there than the one on the screen.
    OfficerDisputed {
        /// When it was said.
        at: i64,
    },
}

/// Whose business something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Id of the department; none: the whole centre.
    pub department: Option<i64>,
    /// Id of the counter.
    pub counter: Option<i64>,
    /// Id of the officer.
    pub officer: Option<i64>,
    /// Whether it was simulated.
    pub simulated: bool,
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Made from rule, subject and occasion.
    pub key: String,
    /// The rule.
    pub rule: Rule,
    /// Kind of the subject.
    pub kind: &'static str,
    /// Id of the subject.
    pub subject: String,
    /// Whose business it is.
    pub place: Place,
    /// What happened.
    pub what: What,
}

impl Found {
    fn new(rule: Rule, kind: &'static str, subject: String, place: Place, what: What) -> Self {
        let key = format!("{}:{subject}", rule.word());
        Self { key, rule, kind, subject, place, what }
    }

    fn on(mut self, occasion: impl std::fmt::Display) -> Self {
        self.key = format!("{}:{occasion}", self.key);
        self
    }
}

/// Whether a rating is not too old to be told of.
pub fn is_fresh(answered_at: i64, thresholds: &Thresholds, now: i64) -> bool {
    now - answered_at <= i64::from(thresholds.fresh_hours) * 60 * MINUTE_MS
}

/// A low level with a named reason or a comment. `words` gives the words of a reason's id.
pub fn low_with_reason(row: &RatedRow, words: impl Fn(&str) -> Texts) -> Option<Found> {
    let low =
        matches!(Level::from_code(row.level), Some(Level::Dissatisfied | Level::VeryDissatisfied));
    let ids: Vec<String> =
        row.reasons.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    if !low || (ids.is_empty() && !row.comment) {
        return None;
    }
    let what = What::LowWithReason {
        level: row.level,
        reasons: ids.iter().map(|id| words(id)).collect(),
        comment: row.comment,
        at: row.answered_at,
    };
    let place = Place {
        department: Some(row.department),
        counter: Some(row.counter),
        officer: Some(row.officer),
        simulated: row.simulated,
    };
    Some(Found::new(Rule::LowWithReason, "rating", row.id.to_string(), place, what))
}

/// Somebody said that another officer served them than the one on the screen.
pub fn officer_disputed(row: &DisputedRow) -> Found {
    let place = Place {
        department: Some(row.department),
        counter: Some(row.counter),
        officer: Some(row.officer),
        simulated: row.simulated,
    };
    let what = What::OfficerDisputed { at: row.at };
    Found::new(Rule::OfficerDisputed, "rating", row.id.to_string(), place, what)
}

/// Whether a share is under the limit, with enough ratings to say so.
pub fn is_under(satisfied: u64, ratings: u64, thresholds: &Thresholds) -> bool {
    if ratings < u64::from(thresholds.share_ratings) || ratings == 0 {
        return false;
    }
    let share = if thresholds.share_certain {
        wilson(satisfied, ratings).map_or(1.0, |(_, high)| high)
    } else {
        satisfied as f64 / ratings as f64
    };
    share < f64::from(thresholds.share_percent) / 100.0
}

/// Departments, counters and officers whose share in the window is under the limit.
pub fn share_under_limit(rows: &[ShareRow], thresholds: &Thresholds, now: i64) -> Vec<Found> {
    let mut sums: BTreeMap<(&'static str, i64), (u64, u64, Place)> = BTreeMap::new();
    for row in rows {
        let department = Some(row.department);
        let (counter, officer) = (Some(row.counter), Some(row.officer));
        let simulated = row.simulated > 0;
        let places = [
            ("department", row.department, Place { department, simulated, ..Place::default() }),
            ("counter", row.counter, Place { department, counter, simulated, officer: None }),
            ("officer", row.officer, Place { department, officer, simulated, counter: None }),
        ];
        for (kind, id, place) in places {
            let sum = sums.entry((kind, id)).or_insert((0, 0, place));
            sum.0 += row.satisfied;
            sum.1 += row.ratings;
            sum.2.simulated |= simulated;
            if sum.2.department != department {
                // Ratings of a person or a counter that moved: the whole centre's business.
                sum.2.department = None;
            }
        }
    }
    let window = i64::from(thresholds.share_days.max(1)) * DAY_MS;
    let under = sums
        .into_iter()
        .filter(|(_, (satisfied, ratings, _))| is_under(*satisfied, *ratings, thresholds));
    under
        .map(|((kind, id), (satisfied, ratings, place))| {
            let what = What::ShareUnderLimit {
                ratings,
                satisfied,
                limit: thresholds.share_percent,
                days: thresholds.share_days,
            };
            let subject = format!("{kind} {id}");
            let found = Found::new(Rule::ShareUnderLimit, kind, subject, place, what);
            found.on(now.div_euclid(window))
        })
        .collect()
}

/// For how many minutes the centre has been open at this local minute; none: it is closed.
pub fn open_for(hours: &Hours, weekday: u8, date: &str, minute: u16) -> Option<u16> {
    if !hours.open_at(weekday, date, minute) {
        return None;
    }
    let spans = hours.on(weekday, date).iter();
    let from = spans.map(|span| (span.from.minute(), span.until.minute()));
    let now = from.filter(|(from, until)| (*from..*until).contains(&minute)).map(|span| span.0);
    // A centre without hours never closes.
    Some(now.min().map_or(u16::MAX, |from| minute - from))
}

/// Whether a tablet that was last heard of at `contact_at` is silent: for so many minutes, of which
/// the centre was open all the time. The page of tablets says the same.
pub fn is_silent(contact_at: i64, open: Option<u16>, minutes: u32, now: i64) -> bool {
    let long = now - contact_at >= i64::from(minutes) * MINUTE_MS;
    long && open.is_some_and(|open| u32::from(open) >= minutes)
}

/// A tablet without a word for too long, of which the centre was open all the time. `open` as
/// [`open_for`] gives it.
pub fn tablet_silent(row: &ContactRow, open: Option<u16>, minutes: u32, now: i64) -> Option<Found> {
    if !is_silent(row.contact_at, open, minutes, now) {
        return None;
    }
    let place = Place {
        department: Some(row.department),
        counter: Some(row.counter),
        officer: None,
        simulated: row.simulated,
    };
    let what = What::TabletSilent { since: row.contact_at };
    let found = Found::new(Rule::TabletSilent, "tablet", row.tablet.to_string(), place, what);
    Some(found.on(row.contact_at))
}

/// A tablet that is there and whose events something on the way refuses.
pub fn tablet_blocked(tablet: Uuid, place: Place, blocked: &Blocked) -> Found {
    let Blocked { number, since, status } = *blocked;
    let what = What::TabletBlocked { number, since, status };
    let found = Found::new(Rule::TabletBlocked, "tablet", tablet.to_string(), place, what);
    // The same event may pass, and be refused again after the server was set back.
    found.on(format!("{number}:{since}"))
}

/// The first moment of each occasion on which at least `taps` ratings came within a minute, from
/// moments in their order: when its minute began.
pub fn bursts(moments: &[i64], taps: u32) -> BTreeMap<i64, i64> {
    let reach = (taps.max(2) as usize) - 1;
    let mut occasions = BTreeMap::new();
    for (first, last) in moments.iter().zip(moments.iter().skip(reach)) {
        if last - first < MINUTE_MS {
            occasions.entry(last.div_euclid(OCCASION_MS)).or_insert(*first);
        }
    }
    occasions
}

/// The alerts of bursts at one tablet.
pub fn burst(tablet: Uuid, place: Place, moments: &[i64], taps: u32) -> Vec<Found> {
    let found = |(occasion, at)| {
        let what = What::Burst { taps, at };
        Found::new(Rule::Burst, "tablet", tablet.to_string(), place, what).on(occasion)
    };
    bursts(moments, taps).into_iter().map(found).collect()
}

/// Events of one tablet wait. Told again only once something new waits.
pub fn quarantine(row: &WaitingRow, place: Place) -> Found {
    let what = What::Quarantine { count: row.count, since: row.first_at };
    Found::new(Rule::Quarantine, "tablet", row.tablet.to_string(), place, what).on(row.last_at)
}

/// Two chains under one identity, as the server noted.
pub fn fork(row: &AlarmRow, place: Place) -> Found {
    let what = What::Fork { detail: row.detail.clone(), at: row.created_at };
    let found = Found::new(Rule::Fork, "tablet", row.tablet.to_string(), place, what);
    // Closing the alert closes the alarm of this number.
    Found { key: format!("{}:{}", Rule::Fork.word(), row.num), ..found }
}
