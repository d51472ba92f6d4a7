//! The figures of a period: plain numbers with their names, counted once by the server's `stats`
//! and read by pages, charts, documents and the `figures` command. Their JSON form is stable.

use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;

/// Fewest ratings with which an officer, a counter or a department is ranked.
pub const RANKED_FROM: u64 = 30;

/// Counts of 1 to 4 in a breakdown could point at one citizen and are not shown, except to
/// auditors.
pub const SHOWN_FROM: u64 = 5;

/// All figures of one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The days counted.
    pub period: Period,
    /// All ratings of the period.
    pub ratings: Ratings,
    /// Per department, most ratings first.
    pub departments: Vec<Group>,
    /// Per officer, most ratings first.
    pub officers: Vec<Group>,
    /// Per counter, most ratings first.
    pub counters: Vec<Group>,
    /// Per day that has ratings, in order.
    pub days: Vec<Day>,
    /// Events that arrived but can not be counted until a person has looked at them, whenever
    /// they arrived.
    pub quarantined: u64,
    /// How many of the ratings each named rule found odd, such as `quick_repeat`. They are counted
    /// like all others; one that two rules found stands in both.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub flags: BTreeMap<String, u64>,
    /// Some of the ratings were simulated: every page and document has to say so.
    pub simulated: bool,
}

/// The days of a reporting period, both counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The rule that gave these days: `calendar` or `nd09`.
    pub policy: String,
    /// As it was asked for, such as `2023-9M`.
    pub name: String,
}

/// Counts of ratings and what follows from them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ratings {
    /// Number of ratings.
    pub total: u64,
    /// Number at each level.
    pub levels: Levels,
    /// Number at each stage of the service.
    pub by_stage: ByStage,
    /// Number by how they came here.
    pub by_source: BySource,
    /// Number by the scale they were given on. A level counts under its own name; levels of
    /// different scales are never mapped onto one another.
    #[serde(default)]
    pub by_scale: ByScale,
    /// The satisfied share.
    pub satisfied: Satisfied,
    /// Visits to whom a tablet put the question. Historical (imported) ratings bring none.
    pub asked: u64,
    /// Of those asked, visits that ended without an answer.
    pub abandoned: u64,
}

/// Number of ratings at each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    /// Rất hài lòng.
    pub very_satisfied: u64,
    /// Hài lòng.
    pub satisfied: u64,
    /// Bình thường.
    pub neutral: u64,
    /// Không hài lòng.
    pub dissatisfied: u64,
    /// Rất không hài lòng.
    pub very_dissatisfied: u64,
}

impl Levels {
    /// Wire names of the levels with their counts, best first.
    pub fn named(&self) -> [(&'static str, u64); 5] {
        [
            ("very_satisfied", self.very_satisfied),
            ("satisfied", self.satisfied),
            ("neutral", self.neutral),
            ("dissatisfied", self.dissatisfied),
            ("very_dissatisfied", self.very_dissatisfied),
        ]
    }
}

/// Number of ratings at each stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByStage {
    /// Tiếp nhận.
    pub receive: u64,
    /// Trả kết quả.
    #[serde(rename = "return")]
    pub return_: u64,
    /// Given at a counter that did not know the stage.
    pub unstated: u64,
}

/// Number of ratings by scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByScale {
    /// Five levels.
    pub five: u64,
    /// Three levels.
    pub three: u64,
}

/// Number of ratings by how they came here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BySource {
    /// Through a tablet's chain.
    pub tablet: u64,
    /// From a file of an earlier system.
    pub imported: u64,
}

/// The satisfied share with its 95 % interval (Wilson score). Shares are 0 to 1, written with five
/// decimals; none without ratings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Satisfied {
    /// Ratings of the top two levels.
    pub count: u64,
    /// `count` / all ratings.
    #[serde(serialize_with = "five_decimals")]
    pub share: Option<f64>,
    /// Lower end of the interval.
    #[serde(serialize_with = "five_decimals")]
    pub low: Option<f64>,
    /// Upper end of the interval.
    #[serde(serialize_with = "five_decimals")]
    pub high: Option<f64>,
}

/// The ratings of one department, officer or counter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Name of the department it belongs to; none for a department itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Its ratings.
    pub ratings: Ratings,
}

impl Group {
    /// Whether there are enough ratings to be ranked.
    pub fn is_ranked(&self) -> bool {
        self.ratings.total >= RANKED_FROM
    }
}

/// The ratings of one day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// The day, in the centre's time zone.
    pub date: Date,
    /// Number of ratings.
    pub total: u64,
    /// Ratings of the top two levels.
    pub satisfied: u64,
}

#[expect(clippy::ref_option, reason = "the signature serde asks for")]
fn five_decimals<S: Serializer>(share: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    share.map(|share| (share * 1e5).round() / 1e5).serialize(serializer)
}
