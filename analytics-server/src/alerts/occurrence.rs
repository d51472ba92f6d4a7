//! What rules find: which rule, about whom, and what happened.

use super::percent::Percent;
use protocol::settings::Texts;
use serde::{Deserialize, Serialize};

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

    /// The rules of some words, in their order; what is no rule is passed over.
    pub fn of_words(words: &[String]) -> Vec<Self> {
        Self::ALL.into_iter().filter(|rule| words.iter().any(|word| word == rule.word())).collect()
    }

    /// Words of rules as they are stored.
    pub fn words(rules: &[Self]) -> Vec<String> {
        rules.iter().map(|rule| rule.word().to_owned()).collect()
    }

    /// What it is called.
    pub fn name(self, texts: &locales::Texts) -> String {
        rule_name(self.word(), texts)
    }

    /// When it raises an alert, in a sentence.
    pub fn help(self, texts: &locales::Texts) -> String {
        texts.get(&format!("alerts-help-{}", self.word()))
    }
}

/// What the rule of a word is called.
pub fn rule_name(word: &str, texts: &locales::Texts) -> String {
    texts.get(&format!("alerts-rule-{word}"))
}

/// What happened, as an alert keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum AlertDetail {
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
        limit: Percent,
        /// Days of the window.
        days: u32,
        /// Others whose ratings below satisfied are all among these, so that this alert stands for
        /// theirs.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<AlertSubject>,
    },
    /// A tablet has sent nothing for too long.
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

/// What a share is of, the finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// A person who serves.
    Officer,
    /// A place where people are served.
    Counter,
    /// An agency.
    Department,
}

impl SubjectKind {
    /// How it is stored, and the field of an address that names one.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Counter => "counter",
            Self::Department => "department",
        }
    }
}

/// An officer, a counter or a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AlertSubject {
    /// Which of them.
    pub kind: SubjectKind,
    /// Its id.
    pub id: i64,
}

/// Whose business something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertOwner {
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
pub struct Occurrence {
    /// Made from rule, subject and occasion.
    pub key: String,
    /// The rule.
    pub rule: Rule,
    /// Kind of the subject.
    pub kind: &'static str,
    /// Id of the subject.
    pub subject: String,
    /// Whose business it is.
    pub place: AlertOwner,
    /// What happened.
    pub what: AlertDetail,
}

impl Occurrence {
    /// What a rule found about a subject.
    pub(super) fn new(
        rule: Rule,
        kind: &'static str,
        subject: String,
        place: AlertOwner,
        what: AlertDetail,
    ) -> Self {
        let key = format!("{}:{subject}", rule.word());
        Self { key, rule, kind, subject, place, what }
    }

    /// The same with an occasion in its key, so that each occasion is one alert.
    pub(super) fn on(mut self, occasion: impl std::fmt::Display) -> Self {
        self.key = format!("{}:{occasion}", self.key);
        self
    }
}
