//! What every handler has at hand: the store, the statistics, the clock and the centre's settings.

use crate::clock::Clock;
use crate::period::Policy;
use crate::stats::{Stats, StatsError};
use crate::storage::{Store, StoreError};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use locales::{languages_of, texts};
use protocol::settings::Texts;
use reports::figures::{Figures, Period};
use reports::letterhead::Letterhead;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name of the centre's settings in the store.
const CENTRE: &str = "centre";
/// Folder of the columns in the data directory.
const COLUMNS: &str = "columns";

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
}

impl Default for Centre {
    fn default() -> Self {
        let name = |code: &str| (code.to_owned(), texts(code).get("centre-name"));
        Self {
            name: languages_of("pages").map(name).collect(),
            time_zone: "Asia/Ho_Chi_Minh".into(),
            policy: Policy::default(),
            letterhead: Letterhead::default(),
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

    /// Reads and checks a centre's JSON.
    pub fn read(json: &str) -> Result<Self, CentreError> {
        let centre: Self = serde_json::from_str(json)?;
        centre.zone()?;
        Ok(centre)
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
pub struct App {
    /// Where everything is kept.
    pub store: Store,
    /// Where everything is counted.
    pub stats: Arc<Stats>,
    /// The moment.
    pub clock: Clock,
    /// The centre.
    pub centre: Arc<Centre>,
    /// Its time zone.
    pub zone: TimeZone,
    /// Where files may be written.
    pub data_dir: PathBuf,
}

impl App {
    /// Opens what lies in `store` and `data_dir`.
    pub async fn open(store: Store, data_dir: &Path, clock: Clock) -> Result<Self, CentreError> {
        let centre = match store.setting(CENTRE).await? {
            Some(json) => Centre::read(&json)?,
            None => Centre::default(),
        };
        let zone = centre.zone()?;
        let stats = Stats::open(store.clone(), &data_dir.join(COLUMNS), zone.clone()).await?;
        Ok(Self {
            store,
            stats: Arc::new(stats),
            clock,
            centre: Arc::new(centre),
            zone,
            data_dir: data_dir.to_owned(),
        })
    }

    /// Stores the centre's settings; they hold from the next start on.
    pub async fn put_centre(
        store: &Store,
        centre: &Centre,
        actor: &str,
        now: i64,
    ) -> Result<(), CentreError> {
        let json = serde_json::to_string(centre)?;
        Ok(store.put_setting(CENTRE, &json, actor, now).await?)
    }

    /// The figures of a period, as the store is now.
    pub async fn figures(&self, period: &Period) -> Result<Figures, StatsError> {
        self.stats.figures(period).await
    }

    /// The last day that has ratings.
    pub async fn latest_day(&self) -> Result<Option<Date>, StatsError> {
        self.stats.latest_day().await
    }

    /// Today, in the centre's time zone.
    pub fn today(&self) -> Date {
        let now = jiff::Timestamp::from_millisecond(self.clock.now()).unwrap_or_default();
        now.to_zoned(self.zone.clone()).date()
    }
}
