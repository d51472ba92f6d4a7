//! Evaluation: new ratings every few seconds by the change clock, everything else once a minute.
//! What is found is raised together with the step of the cursor, so a stop in between loses and
//! doubles nothing.

use super::occurrence::{AlertDetail, AlertOwner, Occurrence, Rule};
use super::rules;
use super::settings::{SETTING, ThresholdError, Thresholds};
use super::targets::{Targets, one_at_a_time};
use crate::centre::{Centre, CentreError};
use crate::centre_time::local;
use crate::clock::fresh_id;
use crate::state::App;
use crate::storage::alert_reads::{ContactRow, RatedRow};
use crate::storage::alerts::{AlertFilter, NewAlert};
use crate::storage::{Store, StoreError};
use protocol::heartbeat::Blocked;
use protocol::questionnaire::{Ask, Questionnaire};
use protocol::settings::Texts;
use std::collections::BTreeMap;
use std::collections::hash_map::{Entry, HashMap};
use uuid::Uuid;

/// Rows of ratings that are read at once.
const ROWS: u32 = 2_000;

/// A minute around a rating in which others make a burst of it, in milliseconds.
const AROUND_MS: i64 = 60_000;

/// Open alerts that are looked through for those that are over.
const OPEN: u32 = 10_000;

/// How alerts that are over by themselves are signed.
const ITSELF: &str = "server";

/// Why nothing could be evaluated.
#[derive(Debug, thiserror::Error)]
pub enum AlertError {
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The centre's settings can not be read.
    #[error(transparent)]
    Centre(#[from] CentreError),
    /// The thresholds can not be read.
    #[error("the thresholds of alerts can not be read ({0}); set them anew at /admin/alerts")]
    Json(#[from] serde_json::Error),
    /// A threshold makes no sense.
    #[error(transparent)]
    ThresholdError(#[from] ThresholdError),
}

impl Thresholds {
    /// Those of a store, as they are now.
    pub async fn of(app: &App) -> Result<Self, AlertError> {
        Self::read(app.store.setting(SETTING).await?.as_deref())
    }

    /// Those of a setting as it is stored; where it was never set, the usual ones.
    pub fn read(stored: Option<&str>) -> Result<Self, AlertError> {
        let Some(json) = stored else { return Ok(Self::default()) };
        let mut thresholds: Self = serde_json::from_str(json)?;
        thresholds.modernise();
        thresholds.check()?;
        Ok(thresholds)
    }

    /// After how many minutes without a word a tablet is silent, for alerts, pages and metrics
    /// alike; the usual number where the thresholds can not be read, which alerts tell of.
    pub async fn silent_after(app: &App) -> u32 {
        Self::of(app).await.unwrap_or_default().silent_minutes
    }
}

/// Looks at the ratings that came since the last time; how many alerts were raised.
pub async fn look_at_ratings(app: &App) -> Result<usize, AlertError> {
    let mut raised = 0;
    loop {
        let cursor = app.store.alert_cursor().await?;
        if app.store.position().await? <= cursor {
            return Ok(raised);
        }
        let (rows, until) = app.store.rated_after(cursor, ROWS).await?;
        let thresholds = Thresholds::of(app).await?;
        let now = app.clock.now();
        let fresh: Vec<_> = rows
            .into_iter()
            .filter(|row| rules::is_fresh(row.answered_at, &thresholds, now))
            .collect();
        let mut found = Vec::new();
        if thresholds.has(Rule::OfficerDisputed) {
            let rows = app.store.disputed_between(cursor, until).await?;
            let fresh = rows.iter().filter(|row| rules::is_fresh(row.at, &thresholds, now));
            found.extend(fresh.map(rules::officer_disputed));
        }
        if thresholds.has(Rule::LowWithReason) {
            found.extend(low(app, &fresh).await?);
        }
        if thresholds.has(Rule::Burst) {
            found.extend(bursts(app, &fresh, &thresholds).await?);
        }
        raised += raise(app, found, until).await?;
    }
}

async fn low(app: &App, rows: &[RatedRow]) -> Result<Vec<Occurrence>, AlertError> {
    let mut known: HashMap<u32, Option<Questionnaire>> = HashMap::new();
    let mut found = Vec::new();
    for row in rows {
        if rules::low_with_reason(row, |_| Texts::new()).is_none() {
            continue;
        }
        let version = row.questionnaire;
        let questionnaire = match known.entry(version) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let published = app.store.questionnaire(Some(version)).await?;
                place.insert(published.map(|one| one.questionnaire))
            }
        };
        found.extend(rules::low_with_reason(row, |id| reason(questionnaire.as_ref(), id)));
    }
    Ok(found)
}

/// The words of a reason; its id where the questionnaire does not know it.
fn reason(questionnaire: Option<&Questionnaire>, id: &str) -> Texts {
    let steps = questionnaire.iter().flat_map(|one| one.steps.iter());
    let items = steps.filter_map(|step| match &step.ask {
        Ask::Reasons { items, .. } => Some(items),
        _ => None,
    });
    let found = items.flatten().find(|choice| choice.id == id).map(|choice| choice.text.clone());
    found.unwrap_or_else(|| [("vi".to_owned(), id.to_owned())].into())
}

async fn bursts(
    app: &App,
    rows: &[RatedRow],
    thresholds: &Thresholds,
) -> Result<Vec<Occurrence>, AlertError> {
    let mut spans: BTreeMap<Uuid, (AlertOwner, i64, i64)> = BTreeMap::new();
    for row in rows {
        let place = AlertOwner {
            department: Some(row.department),
            counter: Some(row.counter),
            officer: None,
            simulated: row.simulated,
        };
        let at = row.answered_at;
        let span = spans.entry(row.tablet).or_insert((place, at, at));
        *span = (place, span.1.min(at), span.2.max(at));
    }
    let mut found = Vec::new();
    for (tablet, (place, from, until)) in spans {
        let moments = app.store.taps(tablet, from - AROUND_MS, until + AROUND_MS).await?;
        found.extend(rules::burst(tablet, place, &moments, thresholds.burst_taps));
    }
    Ok(found)
}

/// Looks at shares, tablets and what waits, and closes what is over by itself; how many alerts were
/// raised.
pub async fn look_around(app: &App) -> Result<usize, AlertError> {
    let thresholds = Thresholds::of(app).await?;
    let cursor = app.store.alert_cursor().await?;
    let now = app.clock.now();
    let contacts = app.store.contacts().await?;
    let place = |tablet: Uuid| {
        let contact = contacts.iter().find(|one| one.tablet == tablet);
        contact.map_or_else(AlertOwner::default, |one| AlertOwner {
            department: Some(one.department),
            counter: Some(one.counter),
            officer: None,
            simulated: one.simulated,
        })
    };
    let waiting = app.store.waiting_by_tablet().await?;
    let blocked = app.store.blocked_events().await?;
    over(app, &contacts, &blocked, |tablet| waiting.iter().any(|row| row.tablet == tablet)).await?;
    let mut found = Vec::new();
    if thresholds.has(Rule::ShareUnderLimit) {
        let since = now - i64::from(thresholds.share_days) * 24 * 60 * 60 * 1_000;
        let rows = app.store.shares_since(since).await?;
        found.extend(rules::share_under_limit(&rows, &thresholds, now));
    }
    if thresholds.has(Rule::TabletSilent) {
        let open = open_for(&app.store, now).await?;
        let minutes = thresholds.silent_minutes;
        found.extend(
            contacts
                .iter()
                .filter(|row| !row.continued)
                .filter_map(|row| rules::tablet_silent(row, open, minutes, now)),
        );
    }
    if thresholds.has(Rule::TabletBlocked) {
        for (tablet, one) in &blocked {
            found.push(rules::tablet_blocked(*tablet, place(*tablet), one));
        }
    }
    if thresholds.has(Rule::Quarantine) {
        found.extend(waiting.iter().map(|row| rules::quarantine(row, place(row.tablet))));
    }
    if thresholds.has(Rule::Fork) {
        let alarms = app.store.alarms().await?;
        found.extend(alarms.iter().map(|row| rules::fork(row, place(row.tablet))));
    }
    raise(app, found, cursor).await
}

/// For how long the centre has been open at this moment.
pub(crate) async fn open_for(store: &Store, now: i64) -> Result<Option<u16>, AlertError> {
    let centre = Centre::of(store).await?;
    let local = local(now, &centre.zone()?);
    let weekday = u8::try_from(local.weekday().to_monday_one_offset()).unwrap_or(1);
    let minute = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute()));
    let date = local.date().to_string();
    Ok(rules::open_for(&centre.hours, weekday, &date, minute.unwrap_or(0)))
}

/// Closes alerts of tablets that speak again or under another name, whose events pass again, and of
/// which nothing waits any more.
async fn over(
    app: &App,
    contacts: &[ContactRow],
    blocked: &BTreeMap<Uuid, Blocked>,
    waits: impl Fn(Uuid) -> bool,
) -> Result<(), AlertError> {
    for rule in [Rule::TabletSilent, Rule::TabletBlocked, Rule::Quarantine] {
        // Closed ones come last and the list is cut by their moment.
        let filter = AlertFilter {
            rule: Some(rule.word().to_owned()),
            since: i64::MAX,
            ..AlertFilter::default()
        };
        let (open, _) = app.store.alerts(&filter, 0, OPEN).await?;
        for alert in open {
            let Ok(tablet) = alert.subject.parse::<Uuid>() else { continue };
            let contact = contacts.iter().find(|one| one.tablet == tablet);
            let is_over = match serde_json::from_str(&alert.details) {
                Ok(AlertDetail::TabletSilent { since }) => {
                    contact.is_none_or(|one| one.continued || one.contact_at > since)
                }
                Ok(AlertDetail::TabletBlocked { number, .. }) => {
                    blocked.get(&tablet).is_none_or(|now| now.number != number)
                }
                _ => !waits(tablet),
            };
            if is_over {
                app.store.close_alert(alert.num, None, ITSELF, app.clock.now()).await?;
            }
        }
    }
    Ok(())
}

/// Raises what was found and moves the cursor; how many are new.
async fn raise(app: &App, found: Vec<Occurrence>, cursor: i64) -> Result<usize, AlertError> {
    let told = if found.is_empty() { None } else { Some(Targets::of(app).await?) };
    let mut alerts = Vec::with_capacity(found.len());
    for one in found {
        let targets = told.as_ref().map(|targets| targets.of_occurrence(&one)).unwrap_or_default();
        alerts.push(NewAlert {
            rule: one.rule.word().to_owned(),
            subject_kind: one.kind.to_owned(),
            department: one.place.department,
            counter: one.place.counter,
            officer: one.place.officer,
            simulated: one.place.simulated,
            details: serde_json::to_string(&one.what)?,
            one_at_a_time: one_at_a_time(one.rule),
            targets: targets.into_iter().map(|target| (fresh_id(), target)).collect(),
            key: one.key,
            subject: one.subject,
        });
    }
    if alerts.is_empty() && app.store.alert_cursor().await? >= cursor {
        return Ok(0);
    }
    Ok(app.store.raise_alerts(&alerts, cursor, app.clock.now()).await?.len())
}
