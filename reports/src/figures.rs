//! The figures of a period: plain numbers with their names, counted once by the server's `stats`
//! and read by pages, charts, documents and the `figures` command. Their JSON form is stable.

use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;

/// Fewest ratings with which an officer, a counter or a department is ranked.
pub const RANKED_FROM: u64 = 30;

/// Fewest answers of a group that is published: on the public page, on the hall's screen, in
/// documents for publication and to programs without the scope. Smaller groups are not told, nor
/// may one be what the published groups leave over. The rule of the GP Patient Survey.
pub const PUBLISHED_FROM: u64 = 10;

/// Code of the group of published figures that holds all departments that are not told apart.
pub const POOLED: &str = "*";

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
    /// The same ratings without those that any rule found odd.
    #[serde(default)]
    pub cleaned: Ratings,
    /// Per site, most ratings first. Counters without a site stand in none.
    #[serde(default)]
    pub sites: Vec<Group>,
    /// Per procedure, most ratings first. Ratings whose dossier is not known stand in none.
    #[serde(default)]
    pub procedures: Vec<Group>,
    /// Per channel through which the rated dossier came.
    #[serde(default)]
    pub channels: Vec<ByChannel>,
    /// Per hour of the week that has ratings, in order.
    #[serde(default)]
    pub hours: Vec<Hour>,
    /// Per reason that was named, most named first.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// Per aspect that was judged, by id.
    #[serde(default)]
    pub aspects: Vec<Aspect>,
    /// Queue numbers that were drawn; none where no queue system told any.
    #[serde(default)]
    pub tickets: Option<u64>,
    /// People served, by the queue's word; none where no queue system told any.
    #[serde(default)]
    pub served: Option<u64>,
    /// Who was asked at which hour of the day, in order; nothing in stored files.
    #[serde(skip)]
    pub asked_by_hour: Vec<AskedHour>,
}

/// The days of a reporting period, both counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// Ratings that a ruling took out of the figures, by how they came here. They are in none of
    /// the counts above but `asked`.
    #[serde(default, skip_serializing_if = "BySource::is_empty")]
    pub ruled_out: BySource,
}

impl Ratings {
    /// All ratings that were given, those included that a ruling took out of the figures.
    pub fn raw(&self) -> u64 {
        self.total + self.ruled_out.tablet + self.ruled_out.imported
    }

    /// Of those asked by a tablet, the visits that gave an answer, including answers that were ruled out
    /// later. The numerator of the response rate (tỷ lệ trả lời), whose denominator is `asked`.
    pub fn answered(&self) -> u64 {
        self.by_source.tablet + self.ruled_out.tablet
    }

    /// Of those asked by a tablet, the visits that have neither answered nor ended yet.
    pub fn open(&self) -> u64 {
        self.asked.saturating_sub(self.abandoned + self.answered())
    }
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

impl BySource {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
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

/// The ratings of one department, officer, counter, procedure or site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its id in the database, by which a slice asks for it; 0 in stored files.
    #[serde(skip)]
    pub id: i64,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Name of the department it belongs to; none for a department itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Its ratings.
    pub ratings: Ratings,
    /// Those of them that no rule found odd; nothing in stored files.
    #[serde(skip)]
    pub cleaned: Ratings,
    /// For an officer: the satisfied share drawn towards the department's, the more the fewer
    /// ratings there are.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "five_decimals")]
    pub estimate: Option<f64>,
    /// For a counter, a department or a site: people served, where a queue system told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub served: Option<u64>,
}

impl Group {
    /// Whether there are enough ratings to be ranked.
    pub fn is_ranked(&self) -> bool {
        self.ratings.total >= RANKED_FROM
    }

    /// Whether it is no department, but all that are not told apart. How many they are is not told.
    pub fn is_pooled(&self) -> bool {
        self.code == POOLED
    }
}

/// The ratings of one channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ByChannel {
    /// 1 in person, 2 by post, 3 online in full, 4 online in part; 0 where the dossier is not
    /// known.
    pub channel: u8,
    /// Its ratings.
    pub ratings: Ratings,
}

/// The ratings of one hour of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hour {
    /// 1 Monday … 7 Sunday.
    pub weekday: u8,
    /// 0 to 23, in the centre's time zone.
    pub hour: u8,
    /// Number of ratings.
    pub ratings: u64,
    /// Ratings of the top two levels.
    pub satisfied: u64,
}

/// Those to whom a tablet put the question in one hour of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AskedHour {
    /// 0 to 23, in the centre's time zone.
    pub hour: u8,
    /// Visits that were asked.
    pub asked: u64,
    /// Of those, visits that gave an answer, including answers that were ruled out later.
    pub answered: u64,
    /// Of those, visits that ended without an answer.
    pub abandoned: u64,
}

impl AskedHour {
    /// Of those asked, the visits that have neither answered nor ended yet.
    pub fn open(&self) -> u64 {
        self.asked.saturating_sub(self.abandoned + self.answered)
    }
}

/// How often a reason was named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Its id in the questionnaire; the words of an earlier system where they are in none.
    pub id: String,
    /// Ratings that named it.
    pub ratings: u64,
}

/// How one aspect was judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aspect {
    /// Its id in the questionnaire.
    pub id: String,
    /// Number at each level.
    pub levels: Levels,
    /// Ratings that judged it.
    pub total: u64,
}

/// Between what a day's share is expected by chance alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Lower limit, 0 to 1.
    pub low: f64,
    /// Upper limit, 0 to 1.
    pub high: f64,
}

/// The ratings of one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// The day, in the centre's time zone.
    pub date: Date,
    /// Number of ratings.
    pub total: u64,
    /// Ratings of the top two levels.
    pub satisfied: u64,
    /// The control limits of its share, by the period's own share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
}

#[expect(clippy::ref_option, reason = "the signature serde asks for")]
fn five_decimals<S: Serializer>(share: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    share.map(|share| (share * 1e5).round() / 1e5).serialize(serializer)
}
