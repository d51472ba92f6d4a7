//! What every handler has at hand: the store, the statistics, the clock and the centre's settings.

use crate::alerts::MailSettings;
use crate::api::pace::Pace;
use crate::clock::Clock;
use crate::doorbell::Doorbell;
use crate::kept_centre::KeptCentre;
use crate::live::Pulse;
use crate::pages::kept::Kept;
use crate::period::Policy;
use crate::public::Public;
use crate::stats::slice::Slice;
use crate::stats::{Stats, StatsError};
use crate::storage::{Store, StoreError};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use locales::{languages_of, texts};
use protocol::hours::Hours;
use protocol::questionnaire::{FIRST_LANGUAGE, Questionnaire};
use protocol::settings::{Duty, Texts};
use reports::figures::{Figures, Period};
use reports::letterhead::Letterhead;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name of the centre's settings in the store.
const CENTRE: &str = "centre";
/// Folder of the columns in the data directory.
const COLUMNS: &str = "columns";
/// The questionnaire that a new store begins with.
const QUESTIONNAIRE: &str = include_str!("../questionnaires/attitude.json");
/// Letters of a notice: three lines of a tablet.
pub(crate) const NOTICE_CHARS: usize = 300;
/// The longest time for [`Centre::repeat_s`]: an hour; beyond it every rating would be flagged.
pub(crate) const REPEAT_S: u32 = 3_600;

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
    pub hours: Hours,
    /// What tablets announce today, per language; empty when there is nothing.
    pub notice: Texts,
    /// How a tablet knows whose service is rated.
    pub duty: Duty,
    /// Languages on the tablets (BCP 47), the first one when nobody chose.
    pub languages: Vec<String>,
    /// Within how many seconds after an answer another uninvited visit at the same tablet is
    /// flagged; 0: never.
    pub repeat_s: u32,
    /// What everybody may see.
    pub public: Public,
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
            notice: Texts::new(),
            duty: Duty::default(),
            languages: languages_of("tablet").map(str::to_owned).collect(),
            repeat_s: 60,
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
    /// A text or link of the public page.
    #[error("“public” can not be shown: {0}")]
    Public(String),
    /// The built-in questionnaire is none: a fault of the program.
    #[error("the built-in questionnaire can not be read: {0}")]
    Questionnaire(String),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The statistics could not be opened.
    #[error(transparent)]
    Stats(#[from] StatsError),
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
        match store.setting(CENTRE).await? {
            // As it was stored: a language that this version no longer has is no reason to stand
            // still. Whoever serves tablets offers those it has.
            Some(json) => {
                let centre: Self = serde_json::from_str(&json)?;
                centre.zone()?;
                Ok(centre)
            }
            None => Ok(Self::default()),
        }
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
        let fits = |text: &String| text.chars().count() <= NOTICE_CHARS;
        let readable = self.notice.is_empty() || self.notice.contains_key(FIRST_LANGUAGE);
        if !readable || !self.notice.values().all(fits) {
            return Err(CentreError::Notice);
        }
        if let Some(fault) = self.public.fault() {
            return Err(CentreError::Public(fault));
        }
        if self.repeat_s > REPEAT_S { Err(CentreError::Repeat(self.repeat_s)) } else { Ok(()) }
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

/// The server, without its network.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct App {
    /// Where everything is kept.
    pub store: Store,
    /// Where everything is counted.
    pub stats: Arc<Stats>,
    /// The moment.
    pub clock: Clock,
    /// Wakes tablets that wait for an invitation.
    pub bell: Arc<Doorbell>,
    /// How often each token of other software may ask.
    pub pace: Arc<Pace>,
    /// Tells open dashboards what happens.
    pub pulse: Arc<Pulse>,
    /// What was rendered for many.
    pub kept: Arc<Kept>,
    /// The centre as it was last read.
    centre: Arc<KeptCentre>,
    /// Its time zone at the start: days are cut by it, so a new one holds from the next start on.
    pub zone: TimeZone,
    /// Where files may be written.
    pub data_dir: PathBuf,
    /// Browsers come by TLS: cookies are for TLS alone.
    pub secure: bool,
    /// A proxy stands before the server: what it says about who asks is believed.
    pub trust_proxy: bool,
    /// Whether `/metrics` answers.
    pub metrics: bool,
    /// A demonstration: whoever comes may sign in as anybody.
    pub demo: bool,
    /// How alerts are mailed; none: they are not.
    pub mail: Option<Arc<MailSettings>>,
}

impl App {
    /// Opens what lies in `store` and `data_dir`.
    pub async fn open(store: Store, data_dir: &Path, clock: Clock) -> Result<Self, CentreError> {
        let now = clock.now();
        let centre = Centre::of(&store).await?;
        let zone = centre.zone()?;
        let first: Questionnaire = serde_json::from_str(QUESTIONNAIRE)
            .map_err(|error| CentreError::Questionnaire(error.to_string()))?;
        store.seed_questionnaire(&first, clock.now()).await?;
        let stats = Stats::open(store.clone(), &data_dir.join(COLUMNS), zone.clone()).await?;
        Ok(Self {
            store,
            stats: Arc::new(stats),
            clock,
            bell: Arc::default(),
            pace: Arc::default(),
            pulse: Arc::default(),
            kept: Arc::default(),
            centre: Arc::new(KeptCentre::new(centre, now)),
            zone,
            data_dir: data_dir.to_owned(),
            secure: false,
            trust_proxy: false,
            metrics: true,
            demo: false,
            mail: None,
        })
    }

    /// The centre, as it was a few seconds ago at most while anybody looks at pages.
    pub fn centre(&self) -> Arc<Centre> {
        self.centre.get()
    }

    /// Reads the centre again where the last reading is too old to be believed.
    pub async fn refresh_centre(&self) -> Result<(), CentreError> {
        let now = self.clock.now();
        if self.centre.is_due(now) {
            self.centre.put(Centre::of(&self.store).await?, now);
        }
        Ok(())
    }

    /// Stores the centre's settings and shows them at once here; other processes follow within
    /// seconds.
    pub async fn change_centre(&self, centre: Centre, actor: &str) -> Result<(), CentreError> {
        let now = self.clock.now();
        Self::put_centre(&self.store, &centre, actor, now).await?;
        self.centre.put(centre, now);
        Ok(())
    }

    /// The centre as it is now, for what tablets work from: another process may have changed it.
    pub async fn centre_now(&self) -> Result<Centre, CentreError> {
        Centre::of(&self.store).await
    }

    /// Stores the centre's settings. What tablets work from holds with their next question for it,
    /// what pages and reports show within seconds; a new time zone from the next start on.
    pub async fn put_centre(
        store: &Store,
        centre: &Centre,
        actor: &str,
        now: i64,
    ) -> Result<(), CentreError> {
        let json = serde_json::to_string(centre)?;
        Ok(store.put_setting(CENTRE, &json, actor, now).await?)
    }

    /// The figures of a slice, or of a period as a whole, as the store is now.
    pub async fn figures(&self, slice: impl Into<Slice>) -> Result<Figures, StatsError> {
        self.stats.figures(slice).await
    }

    /// The last day that has ratings.
    pub async fn latest_day(&self) -> Result<Option<Date>, StatsError> {
        self.stats.latest_day().await
    }

    /// When a period begins and when it is over, milliseconds since 1970.
    pub fn moments(&self, period: &Period) -> (i64, i64) {
        let begin = |day: Date| {
            let begin = day.to_zoned(self.zone.clone());
            begin.map_or(0, |begin| begin.timestamp().as_millisecond())
        };
        (begin(period.from), begin(period.to.saturating_add(1.day())))
    }

    /// Today, in the centre's time zone.
    pub fn today(&self) -> Date {
        let now = jiff::Timestamp::from_millisecond(self.clock.now()).unwrap_or_default();
        now.to_zoned(self.zone.clone()).date()
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
        let gone = Centre { languages: vec!["xx".into()], ..centre };
        assert_eq!(gone.tablet_languages(), ["vi"], "never none");
    }

    #[test]
    fn the_built_in_questionnaire_can_be_published() {
        let first: Questionnaire = serde_json::from_str(QUESTIONNAIRE).unwrap();
        assert_eq!(first.check(), Ok(()));
        assert_eq!((first.version, first.steps.len()), (1, 3));
        for language in ["vi", "en"] {
            let question = first.question.get(language);
            let house = texts(language).get("question-attitude");
            assert_eq!(question, Some(&house), "as the house words it");
        }
    }
}
