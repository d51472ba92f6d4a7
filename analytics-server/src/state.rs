//! The state of the application: the store, the statistics, the clock and the centre's settings.

use crate::audit_debounce::AuditDebounce;
use crate::centre::{CENTRE, Centre, CentreError};
use crate::centre_settings_cache::CentreSettingsCache;
use crate::centre_time::local;
use crate::change_feed::ChangeFeed;
use crate::clock::Clock;
use crate::concurrency::{ConcurrencyLimit, TimedConcurrencyLimit};
use crate::config::{MailSettings, TlsFiles};
use crate::ingest::Ingest;
use crate::invitation_notifier::InvitationNotifier;
use crate::live::{Live, LiveHub};
use crate::questionnaire_words::QuestionnaireWords;
use crate::rate_limits::{AddressLimits, TabletLimit, TokenLimit};
use crate::render_cache::{RenderCache, RenderRequest};
use crate::scope::Scope;
use crate::sealing::Sealing;
use crate::stats::slice::Slice;
use crate::stats::{Stats, StatsError};
use crate::storage::rows::Directory;
use crate::storage::sites::Sites;
use crate::storage::{Store, StoreError};
use crate::verify::ChainChecks;
use crate::write_check::WriteCheck;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use locales::Texts;
use protocol::questionnaire::Questionnaire;
use reports::figures::{Figures, Period};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Folder of the columns in the data directory.
pub const COLUMNS: &str = "columns";
/// The questionnaire that a new store begins with.
const QUESTIONNAIRE: &str = include_str!("../questionnaires/attitude.json");

/// Pieces of exports made at one moment, of all people: the processors have pages to make, too.
const EXPORTS_AT_ONCE: usize = 2;
/// Reports typeset at once. One keeps a processor busy for a second or two and takes some tens of
/// MiB; more at once would only starve the tablets.
const REPORTS_AT_ONCE: usize = 2;
/// How long a report waits for its turn: a person waits no longer, and the queue stays short.
const REPORT_PATIENCE: Duration = Duration::from_secs(20);

/// Why the server can not be put together.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The centre's settings can not be used.
    #[error(transparent)]
    Centre(#[from] CentreError),
    /// The built-in questionnaire is none: a fault of the program.
    #[error("the built-in questionnaire can not be read: {0}")]
    Questionnaire(#[from] serde_json::Error),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The statistics could not be opened.
    #[error(transparent)]
    Stats(#[from] StatsError),
}

/// The server, without its network.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct App {
    /// Where everything is kept.
    pub store: Store,
    /// Writes what tablets bring.
    pub ingest: Arc<Ingest>,
    /// Where everything is counted.
    pub stats: Arc<Stats>,
    /// The moment.
    pub clock: Clock,
    /// Wakes tablets that wait for an invitation.
    pub invitation_notifier: Arc<InvitationNotifier>,
    /// How often each token of other software may ask.
    pub token_limit: Arc<TokenLimit>,
    /// How much each tablet may send.
    pub tablet_limit: Arc<TabletLimit>,
    /// Notices for programs that follow the ratings when the database went back.
    pub change_feed: Arc<ChangeFeed>,
    /// Tells open dashboards what happens.
    pub live_hub: Arc<LiveHub>,
    /// What was rendered for many.
    pub render_cache: Arc<RenderCache>,
    /// Whether the database can be written.
    pub write_check: Arc<WriteCheck>,
    /// How much comes from each address before the sign-in.
    pub address_limits: Arc<AddressLimits>,
    /// Who looked at comments lately.
    pub audit_debounce: Arc<AuditDebounce>,
    /// Whose turn it is to make a piece of an export.
    pub export_limit: Arc<ConcurrencyLimit>,
    /// Whose turn it is to have a picture or a file that was sent decoded: one at one moment, since
    /// what is small when it comes may be large when it is unpacked.
    pub decoder_limit: Arc<ConcurrencyLimit>,
    /// The keys for secrets in the database. A command has none.
    pub sealing: Arc<Sealing>,
    /// Lets a few reports at once be made.
    pub report_limit: Arc<TimedConcurrencyLimit>,
    /// What was found out about the chains of all tablets.
    pub chain_checks: Arc<ChainChecks>,
    /// The centre as it was last read.
    centre: Arc<CentreSettingsCache>,
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
    /// A demonstration: visitors may sign in as any user without a password.
    pub demo: bool,
    /// How alerts are mailed; none: they are not.
    pub mail: Option<Arc<MailSettings>>,
    /// When this process opened it, milliseconds since 1970.
    pub started_at: i64,
    /// Address that the server listens at, as configured.
    pub listen: Arc<str>,
    /// Certificate and key, where TLS is ours.
    pub tls: Option<Arc<TlsFiles>>,
}

impl App {
    /// Opens what lies in `store` and `data_dir`.
    pub async fn open(store: Store, data_dir: &Path, clock: Clock) -> Result<Self, OpenError> {
        let now = clock.now();
        let centre = Centre::of(&store).await?;
        let zone = centre.zone()?;
        let first: Questionnaire = serde_json::from_str(QUESTIONNAIRE)?;
        store.seed_questionnaire(&first, clock.now()).await?;
        let stats = Stats::open(store.clone(), &data_dir.join(COLUMNS), zone.clone()).await?;
        Ok(Self {
            ingest: Arc::new(Ingest::new(store.clone())),
            store,
            stats: Arc::new(stats),
            clock,
            invitation_notifier: Arc::default(),
            token_limit: Arc::default(),
            tablet_limit: Arc::default(),
            change_feed: Arc::new(ChangeFeed::open(data_dir)),
            live_hub: Arc::default(),
            render_cache: Arc::default(),
            write_check: Arc::default(),
            address_limits: Arc::default(),
            export_limit: Arc::new(ConcurrencyLimit::new(EXPORTS_AT_ONCE)),
            decoder_limit: Arc::new(ConcurrencyLimit::new(1)),
            audit_debounce: Arc::default(),
            sealing: Arc::default(),
            report_limit: Arc::new(TimedConcurrencyLimit::new(REPORTS_AT_ONCE, REPORT_PATIENCE)),
            chain_checks: Arc::default(),
            centre: Arc::new(CentreSettingsCache::new(centre, now)),
            zone,
            data_dir: data_dir.to_owned(),
            secure: false,
            trust_proxy: false,
            metrics: true,
            demo: false,
            mail: None,
            started_at: now,
            listen: Arc::default(),
            tls: None,
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
    /// seconds. Only if they still are `was`, as they were stored; whether they were.
    pub async fn change_centre(
        &self,
        was: Option<&str>,
        centre: Centre,
        actor: &str,
    ) -> Result<bool, CentreError> {
        let now = self.clock.now();
        let done = Self::change_centre_in(&self.store, was, &centre, actor, now).await?;
        if done {
            self.centre.put(centre, now);
        }
        Ok(done)
    }

    /// The same where nobody serves: stores a centre that was made from `was`; whether it was still
    /// so.
    pub async fn change_centre_in(
        store: &Store,
        was: Option<&str>,
        centre: &Centre,
        actor: &str,
        now: i64,
    ) -> Result<bool, CentreError> {
        let json = serde_json::to_string(centre)?;
        Ok(store.change_setting(CENTRE, was, &json, actor, now).await?)
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

    /// What today is counted from, and who is told of it.
    pub fn live(&self) -> Live {
        Live {
            live_hub: Arc::clone(&self.live_hub),
            store: self.store.clone(),
            stats: Arc::clone(&self.stats),
            clock: self.clock.clone(),
            centre: Arc::clone(&self.centre),
            zone: self.zone.clone(),
        }
    }

    /// The figures of a slice, or of a period as a whole, as the store is now.
    pub async fn figures(&self, slice: impl Into<Slice>) -> Result<Arc<Figures>, StatsError> {
        self.stats.figures(slice).await
    }

    /// The directory as a person sees it: what belongs to their part of the centre, and what has
    /// visits there.
    pub async fn directory_within(&self, scope: &Scope) -> Result<Arc<Directory>, StatsError> {
        let whole = self.store.directory().await?;
        if *scope == Scope::All {
            return Ok(whole);
        }
        Ok(scope.narrow_with(whole, &self.stats.rated(scope).await?))
    }

    /// The directory as a person sees it, and the sites where its counters stand.
    pub async fn places_within(
        &self,
        scope: &Scope,
    ) -> Result<(Arc<Directory>, Sites), StatsError> {
        let directory = self.directory_within(scope).await?;
        let sites = scope.narrow_sites(self.store.counter_sites().await?, &directory);
        Ok((directory, sites))
    }

    /// What reasons and aspects are called in a language.
    pub async fn questionnaire_words(
        &self,
        texts: &Texts,
    ) -> Result<QuestionnaireWords, StatsError> {
        Ok(QuestionnaireWords::of(&self.store.questionnaires().await?, texts))
    }

    /// The last day that has ratings of a part of the centre, or today.
    pub async fn latest_day(&self, scope: &Scope) -> Result<Date, StatsError> {
        Ok(self.stats.latest_day(scope).await?.unwrap_or_else(|| self.today()))
    }

    /// A rendering that is asked for by a key, and how old its figures may be, in milliseconds.
    pub async fn render_request(
        &self,
        key: String,
        patience_ms: i64,
    ) -> Result<RenderRequest, StoreError> {
        let (position, now) = (self.store.position().await?, self.clock.now());
        Ok(RenderRequest { key, position, now, patience_ms })
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
        local(self.clock.now(), &self.zone).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use locales::texts;

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
