//! The centre's own settings: its name and time zone, when it is open, what tablets show and how
//! documents begin. They are checked where they are written, and believed where they are read.

pub mod days_off;
pub mod fields;

use crate::period::Policy;
use crate::public::Public;
use crate::storage::users::Role;
use crate::storage::{Store, StoreError};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use locales::{languages_of, texts};
use protocol::hours::{Hours, Span};
use protocol::questionnaire::FIRST_LANGUAGE;
use protocol::settings::{Duty, Texts};
use reports::letterhead::Letterhead;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// Name of the centre's settings in the store.
pub(crate) const CENTRE: &str = "centre";
/// Letters of a notice: three lines of a tablet.
pub(crate) const NOTICE_CHARS: usize = 300;
/// The longest time for [`Centre::repeat_s`]: an hour; beyond it every rating would be flagged.
pub(crate) const REPEAT_S: u32 = 3_600;
/// The shortest and the longest time for [`Centre::comment_months`]: a month, ten years.
pub(crate) const COMMENT_MONTHS: std::ops::RangeInclusive<i32> = 1..=120;

/// The centre, as an administrator describes it. Every field has a default, so that a file may
/// name only what differs.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Centre {
    /// Its name per language, as tablets and pages show it.
    pub name: Texts,
    /// IANA name of the time zone in which days are cut.
    pub time_zone: String,
    /// Which days a named period has.
    pub policy: Policy,
    /// Head and foot of official documents.
    pub letterhead: Letterhead,
    /// When it is open; tablets rest in between.
    #[serde(deserialize_with = "strict_hours")]
    pub hours: Hours,
    /// What days off are called, by day; those without a name are not here, and a name says nothing
    /// where the day is no longer one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub day_names: BTreeMap<String, String>,
    /// What tablets announce today, per language; empty when there is nothing.
    pub notice: Texts,
    /// How a tablet knows whose service is rated.
    #[serde(deserialize_with = "strict_duty")]
    pub duty: Duty,
    /// Languages on the tablets (BCP 47), the first one when nobody chose.
    pub languages: Vec<String>,
    /// Whether tablets sound a short tone when a level was written.
    pub tap_sound: bool,
    /// Within how many seconds after an answer another uninvited visit at the same tablet is
    /// flagged; 0: never.
    pub repeat_s: u32,
    /// For how many months comments are kept; without it for good.
    pub comment_months: Option<i32>,
    /// Roles that can not do anything before they set up a second factor.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub second_factor: Vec<Role>,
    /// What everybody may see.
    pub public: Public,
}

/// Hours as people write them: a tablet passes over a field that it does not know, since its server may
/// be of a later version, but here it is a slip of the pen.
fn strict_hours<'de, D: Deserializer<'de>>(from: D) -> Result<Hours, D::Error> {
    #[derive(Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Written {
        week: Vec<Vec<Span>>,
        closed: Vec<String>,
    }
    impl Default for Written {
        fn default() -> Self {
            let Hours { week, closed } = Hours::default();
            Self { week, closed }
        }
    }
    let Written { week, closed } = Written::deserialize(from)?;
    Ok(Hours { week, closed })
}

/// The same of the word for who is on duty.
fn strict_duty<'de, D: Deserializer<'de>>(from: D) -> Result<Duty, D::Error> {
    let word = String::deserialize(from)?;
    Duty::of_word(&word)
        .ok_or_else(|| D::Error::custom(format!("“{word}” is unknown; write roster or sign_in")))
}

impl Default for Centre {
    fn default() -> Self {
        let name = |code: &str| (code.to_owned(), texts(code).get("centre-name"));
        Self {
            name: languages_of("pages").map(name).collect(),
            time_zone: "Asia/Ho_Chi_Minh".into(),
            policy: Policy::default(),
            letterhead: Letterhead::default(),
            hours: Hours::usual(),
            day_names: BTreeMap::new(),
            notice: Texts::new(),
            duty: Duty::default(),
            // Khmer is complete, and no speaker has read it yet: a centre chooses it knowingly.
            languages: ["vi", "en"].map(str::to_owned).into(),
            tap_sound: false,
            repeat_s: 60,
            comment_months: None,
            second_factor: Vec::new(),
            public: Public::default(),
        }
    }
}

/// Why the centre's settings can not be used.
#[derive(Debug, thiserror::Error)]
pub enum CentreError {
    /// The JSON is not a centre's.
    #[error("the centre's settings can not be read: {0}")]
    Json(#[from] serde_json::Error),
    /// No such time zone.
    #[error("“{0}” is no time zone; write an IANA name such as Asia/Ho_Chi_Minh")]
    TimeZone(String),
    /// A language without sentences.
    #[error("tablets have no sentences in “{code}”; known are: {known}")]
    Language {
        /// As written.
        code: String,
        /// Those there are.
        known: String,
    },
    /// No language at all.
    #[error("“languages” is empty; name at least one")]
    NoLanguage,
    /// Hours that no day has.
    #[error("the hours can not be kept: {0}")]
    Hours(String),
    /// A notice that does not fit, or that nobody could read.
    #[error(
        "the notice has no text in “{FIRST_LANGUAGE}”, or more than {NOTICE_CHARS} letters; write it shorter"
    )]
    Notice,
    /// A time that would flag everything.
    #[error("“repeat_s” is {0}; write 0 to {REPEAT_S} seconds")]
    Repeat(u32),
    /// A time after which nobody could read a comment, or that is none.
    #[error(
        "“comment_months” is {0}; write {first} to {last} months, or null to keep comments for good",
        first = COMMENT_MONTHS.start(), last = COMMENT_MONTHS.end()
    )]
    Months(i32),
    /// A text or link of the public page.
    #[error("“public” can not be shown: {0}")]
    Public(String),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Centre {
    /// This centre with the fields that `json` names set anew; the others stay as they are.
    pub fn with(&self, json: &str) -> Result<Self, CentreError> {
        let mut merged = serde_json::to_value(self)?;
        merge(&mut merged, serde_json::from_str(json)?);
        Self::read(&merged.to_string())
    }

    /// The centre of a store, as it is now.
    pub async fn of(store: &Store) -> Result<Self, CentreError> {
        Ok(Self::stored(store).await?.0)
    }

    /// The same, and the JSON it was stored as; none where it never was.
    pub async fn stored(store: &Store) -> Result<(Self, Option<String>), CentreError> {
        let json = store.setting(CENTRE).await?;
        let centre = match &json {
            // As it was stored: a language that this version no longer has must not stop the server.
            // The settings for tablets offer only the languages that this version has.
            Some(json) => {
                let centre: Self = serde_json::from_str(json)?;
                centre.zone()?;
                centre
            }
            None => Self::default(),
        };
        Ok((centre, json))
    }

    /// Reads and checks a centre's JSON.
    pub fn read(json: &str) -> Result<Self, CentreError> {
        let centre: Self = serde_json::from_str(json)?;
        centre.zone()?;
        centre.check_tablets()?;
        Ok(centre)
    }

    /// What concerns tablets alone.
    fn check_tablets(&self) -> Result<(), CentreError> {
        if self.languages.is_empty() {
            return Err(CentreError::NoLanguage);
        }
        for code in &self.languages {
            if !languages_of("tablet").any(|known| known == code) {
                let known: Vec<_> = languages_of("tablet").collect();
                return Err(CentreError::Language { code: code.clone(), known: known.join(", ") });
            }
        }
        if self.hours.week.len() > 7 {
            let said = "a week has seven days, Monday first; leave the others out";
            return Err(CentreError::Hours(said.into()));
        }
        if let Some(span) = self.hours.week.iter().flatten().find(|span| span.from >= span.until) {
            return Err(CentreError::Hours(format!(
                "{} is not before {}; write when it opens, then when it closes",
                span.from, span.until
            )));
        }
        if let Some(day) = self.hours.closed.iter().find(|day| day.parse::<Date>().is_err()) {
            return Err(CentreError::Hours(format!("“{day}” is no day; write it as 2026-09-02")));
        }
        let is_long = |name: &&String| name.chars().count() > days_off::DAY_NAME_CHARS;
        if let Some(name) = self.day_names.values().find(is_long) {
            return Err(CentreError::Hours(format!("“{name}” is too long for the name of a day")));
        }
        let fits = |text: &String| text.chars().count() <= NOTICE_CHARS;
        let readable = self.notice.is_empty() || self.notice.contains_key(FIRST_LANGUAGE);
        if !readable || !self.notice.values().all(fits) {
            return Err(CentreError::Notice);
        }
        if let Some(fault) = self.public.fault() {
            return Err(CentreError::Public(fault));
        }
        match self.comment_months {
            Some(months) if !COMMENT_MONTHS.contains(&months) => Err(CentreError::Months(months)),
            _ if self.repeat_s > REPEAT_S => Err(CentreError::Repeat(self.repeat_s)),
            _ => Ok(()),
        }
    }

    /// The languages that tablets can offer: those it names that there are, never none.
    pub fn tablet_languages(&self) -> Vec<&'static str> {
        let known = |code: &String| languages_of("tablet").find(|known| known == code);
        let languages: Vec<_> = self.languages.iter().filter_map(known).collect();
        if languages.is_empty() { vec![FIRST_LANGUAGE] } else { languages }
    }

    /// Its name in a language, or in Vietnamese.
    pub fn name_in(&self, language: &str) -> String {
        self.name.get(language).or_else(|| self.name.get("vi")).cloned().unwrap_or_default()
    }

    /// [`Self::repeat_s`] in milliseconds.
    pub fn repeat_ms(&self) -> i64 {
        i64::from(self.repeat_s) * 1_000
    }

    /// Its time zone.
    pub fn zone(&self) -> Result<TimeZone, CentreError> {
        TimeZone::get(&self.time_zone).map_err(|_| CentreError::TimeZone(self.time_zone.clone()))
    }
}

/// Objects are merged field by field; anything else takes the place of what was.
fn merge(old: &mut serde_json::Value, new: serde_json::Value) {
    match (old, new) {
        (serde_json::Value::Object(old), serde_json::Value::Object(new)) => {
            for (name, value) in new {
                merge(old.entry(name).or_insert(serde_json::Value::Null), value);
            }
        }
        (old, new) => *old = new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_tablet_can_keep_to_is_named() {
        let centre = Centre::default();
        assert_eq!(centre.languages[..2], ["vi", "en"]);
        for (json, said) in [
            (r#"{"languages":["vi","xx"]}"#, "no sentences in “xx”; known are: vi, en"),
            (r#"{"languages":[]}"#, "name at least one"),
            (r#"{"hours":{"week":[[{"from":"11:30","until":"07:00"}]]}}"#, "11:30 is not before"),
            (r#"{"hours":{"week":[[{"from":"7h","until":"11:30"}]]}}"#, "write it as 07:30"),
            (r#"{"hours":{"week":[[],[],[],[],[],[],[],[]]}}"#, "seven days"),
            (r#"{"hours":{"closed":["02/09/2026"]}}"#, "write it as 2026-09-02"),
            (r#"{"notice":{"en":"Closed early"}}"#, "no text in “vi”"),
            (r#"{"repeat_s":4000}"#, "write 0 to 3600"),
            (r#"{"duty":"whoever"}"#, "roster"),
        ] {
            let error = centre.with(json).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
        let some = r#"{"duty":"sign_in","repeat_s":0,"languages":["en"],"notice":{"vi":"Nghỉ"}}"#;
        let some = centre.with(some).unwrap();
        assert_eq!((some.duty, some.repeat_ms()), (Duty::SignIn, 0));
        assert_eq!(some.hours, Hours::usual(), "what is not named stays");
        let slip = serde_json::from_str::<Centre>(r#"{"hours":{"weeks":[]}}"#).unwrap_err();
        assert!(slip.to_string().contains("weeks"), "{slip}");
        let gone = Centre { languages: vec!["xx".into()], ..centre };
        assert_eq!(gone.tablet_languages(), ["vi"], "never none");
    }
}
