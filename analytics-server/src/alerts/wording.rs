//! An alert in plain sentences: what happened, where and when, and what to do. Pages, mail and
//! webhooks say the same.

use super::occurrence::{AlertDetail, AlertSubject, Rule, SubjectKind, rule_name};
use crate::centre_time;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::alert_deliveries::Delivery;
use crate::storage::alerts::AlertRow;
use crate::storage::rows::Directory;
use crate::storage::users::User;
use jiff::tz::TimeZone;
use locales::Texts;
use protocol::Level;
use reports::numbers::Numbers;
use std::sync::Arc;

/// What an alert says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertText {
    /// What happened, where and when.
    pub what: String,
    /// What to do.
    pub todo: String,
}

/// How an alert stands, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertStatus {
    /// What its rule is called.
    pub rule: String,
    /// Its state: `open`, `taken` or `closed`.
    pub class: &'static str,
    /// What its state is called.
    pub state: String,
    /// When it was raised.
    pub raised: String,
    /// Who took it on, and when.
    pub acknowledged: Option<String>,
    /// Who closed it, and when.
    pub closed: Option<String>,
}

/// What sentences are made of.
pub struct AlertTexts {
    /// The language.
    pub texts: &'static Texts,
    /// Names of departments, counters and officers.
    pub directory: Arc<Directory>,
    zone: TimeZone,
    /// Whether officers are named.
    naming: bool,
}

impl AlertTexts {
    /// The words of now. `naming`: officers are named, which only pages do.
    pub async fn of(app: &App, texts: &'static Texts, naming: bool) -> Result<Self, StoreError> {
        let directory = app.store.directory().await?;
        Ok(Self { texts, directory, zone: app.zone.clone(), naming })
    }

    /// A moment as people write it, to the minute.
    pub fn moment(&self, at: i64) -> String {
        centre_time::in_sentence(at, &self.zone, self.texts)
    }

    /// A moment in the centre's time zone.
    pub fn local(&self, at: i64) -> jiff::Zoned {
        centre_time::local(at, &self.zone)
    }

    /// What an alert says.
    pub fn tell(&self, alert: &AlertRow) -> AlertText {
        let rule = Rule::of_word(&alert.rule).map_or("unknown", Rule::word);
        let todo = self.texts.get(&format!("alerts-todo-{rule}"));
        let what = match serde_json::from_str::<AlertDetail>(&alert.details) {
            Ok(what) => self.what(alert, &what),
            // Of another version of this program.
            Err(_) => self.texts.get("alerts-what-unknown"),
        };
        AlertText { what, todo }
    }

    /// How an alert stands. `users` are all people, who may have acted.
    pub fn status(&self, users: &[User], alert: &AlertRow) -> AlertStatus {
        let (class, state) = match (&alert.acknowledged, &alert.closed) {
            (_, Some(_)) => ("closed", "alerts-state-closed"),
            (Some(_), None) => ("taken", "alerts-state-acknowledged"),
            (None, None) => ("open", "alerts-state-open"),
        };
        let signed = |key: &str, (actor, at): &(String, i64)| {
            let name = actor.strip_prefix("user ").unwrap_or(actor);
            let user = users.iter().find(|user| user.name == name);
            let person = user.map_or(name, |user| user.full_name.as_str());
            self.texts.with(key, &[("person", person), ("when", &self.moment(*at))])
        };
        let by_itself = alert.closed.is_some() && alert.note.is_none();
        let closed_key = if by_itself { "alerts-closed-itself" } else { "alerts-closed-by" };
        AlertStatus {
            rule: rule_name(&alert.rule, self.texts),
            class,
            state: self.texts.get(state),
            raised: self.moment(alert.raised_at),
            acknowledged: alert.acknowledged.as_ref().map(|one| signed("alerts-taken-by", one)),
            closed: alert.closed.as_ref().map(|one| signed(closed_key, one)),
        }
    }

    /// What a delivery goes by.
    pub fn channel(&self, delivery: &Delivery) -> String {
        self.texts.get(&format!("alerts-channel-{}", delivery.channel))
    }

    /// How far a delivery is.
    pub fn delivery_state(&self, delivery: &Delivery) -> String {
        self.texts.get(&format!("alerts-delivery-{}", delivery.status))
    }

    /// When a delivery was finished, or is tried next.
    pub fn delivery_time(&self, delivery: &Delivery) -> String {
        if let Some(at) = delivery.finished_at {
            return self.moment(at);
        }
        let next = self.moment(delivery.next_at);
        self.texts.with("alerts-delivery-next", &[("when", &next)])
    }

    /// What the receiver of a delivery said last.
    pub fn answer(&self, delivery: &Delivery) -> String {
        delivery.answer.as_deref().map(|said| answer_words(self.texts, said)).unwrap_or_default()
    }

    fn what(&self, alert: &AlertRow, what: &AlertDetail) -> String {
        let (texts, numbers) = (self.texts, Numbers::of(self.texts));
        let place = self.place_name(alert);
        match what {
            AlertDetail::LowWithReason { level, reasons, comment, at } => {
                let level = Level::from_code(*level).map_or("", Level::name);
                let level = texts.get(&format!("level-{level}"));
                let why = self.why(reasons, *comment);
                let places = [
                    ("level", level.as_str()),
                    ("place", &place),
                    ("when", &self.moment(*at)),
                    ("why", &why),
                ];
                texts.with("alerts-what-low_with_reason", &places)
            }
            AlertDetail::ShareUnderLimit { ratings, satisfied, limit, days, also } => {
                let places = [
                    ("limit", limit.written(texts)),
                    ("days", days.to_string()),
                    ("ratings", numbers.count(*ratings)),
                    ("share", numbers.ratio(*satisfied, (*ratings).max(1))),
                ];
                format!("{}{}", self.share(alert, &places), self.also(also))
            }
            AlertDetail::TabletSilent { since } => {
                let places = [("place", place.as_str()), ("when", &self.moment(*since))];
                texts.with("alerts-what-tablet_silent", &places)
            }
            AlertDetail::TabletBlocked { number, since, status } => {
                let unknown = || texts.get("alerts-status-unknown");
                let status = status.map_or_else(unknown, |status| status.to_string());
                let places = [
                    ("place", place.as_str()),
                    ("number", &numbers.count(*number)),
                    ("when", &self.moment(*since)),
                    ("status", &status),
                ];
                texts.with("alerts-what-tablet_blocked", &places)
            }
            AlertDetail::Burst { taps, at } => {
                let (taps, when) = (taps.to_string(), self.moment(*at));
                let places = [("place", place.as_str()), ("taps", &taps), ("when", &when)];
                texts.with("alerts-what-burst", &places)
            }
            AlertDetail::Quarantine { count, since } => {
                let (count, when) = (numbers.count(*count), self.moment(*since));
                let places = [("place", place.as_str()), ("count", &count), ("when", &when)];
                texts.with("alerts-what-quarantine", &places)
            }
            AlertDetail::Fork { at, .. } => {
                let places = [("place", place.as_str()), ("when", &self.moment(*at))];
                texts.with("alerts-what-fork", &places)
            }
            AlertDetail::OfficerDisputed { at } => {
                let officer = alert.officer.and_then(|id| self.directory.officer_of(id));
                let shown = match officer.filter(|_| self.naming) {
                    Some(officer) => officer.name.clone(),
                    None => texts.get("alerts-shown-unnamed"),
                };
                let when = self.moment(*at);
                let places =
                    [("place", place.as_str()), ("when", &when), ("officer", shown.as_str())];
                texts.with("alerts-what-officer_disputed", &places)
            }
        }
    }

    /// That a share is under the limit, with its figures.
    fn share(&self, alert: &AlertRow, figures: &[(&str, String)]) -> String {
        let own = [("subject", self.subject(alert)), ("when", self.moment(alert.raised_at))];
        let places = figures.iter().chain(&own);
        let places: Vec<_> = places.map(|(name, text)| (*name, text.as_str())).collect();
        self.texts.with("alerts-what-share_under_limit", &places)
    }

    /// Whose alerts a share's alert stands for besides, in a sentence after a space; nothing for none who
    /// may be named.
    fn also(&self, subjects: &[AlertSubject]) -> String {
        let name = |one: &AlertSubject| match one.kind {
            SubjectKind::Counter => self.directory.counter_of(one.id).map(|one| one.name.clone()),
            SubjectKind::Department => {
                self.directory.department_of(one.id).map(|one| one.name.clone())
            }
            // The finest is the one that is told.
            SubjectKind::Officer => None,
        };
        let names: Vec<String> = subjects.iter().filter_map(name).collect();
        if names.is_empty() {
            return String::new();
        }
        format!(" {}", self.texts.with("alerts-also", &[("names", &names.join(", "))]))
    }

    /// Why somebody was dissatisfied: the reasons' words, and that there is a comment.
    fn why(&self, reasons: &[protocol::settings::Texts], comment: bool) -> String {
        let words = |reason: &protocol::settings::Texts| {
            let text = reason.get(self.texts.language()).or_else(|| reason.get("vi"));
            text.cloned().unwrap_or_default()
        };
        let reasons: Vec<String> = reasons.iter().map(words).collect();
        let reasons = reasons.join(", ");
        match (reasons.is_empty(), comment) {
            (false, false) => self.texts.with("alerts-why-reasons", &[("reasons", &reasons)]),
            (false, true) => self.texts.with("alerts-why-both", &[("reasons", &reasons)]),
            (true, _) => self.texts.get("alerts-why-comment"),
        }
    }

    /// Counter and department.
    fn place_name(&self, alert: &AlertRow) -> String {
        let department = alert.department.and_then(|id| self.directory.department_of(id));
        let counter = alert.counter.and_then(|id| self.directory.counter_of(id));
        match (counter, department) {
            (Some(counter), Some(department)) => {
                let places = [("counter", counter.name.as_str()), ("department", &department.name)];
                self.texts.with("alerts-place", &places)
            }
            (Some(counter), None) => counter.name.clone(),
            (None, Some(department)) => department.name.clone(),
            (None, None) => self.texts.get("alerts-place-unknown"),
        }
    }

    /// Whose share it is.
    fn subject(&self, alert: &AlertRow) -> String {
        let officer = alert.officer.and_then(|id| self.directory.officer_of(id));
        match officer.filter(|_| self.naming) {
            Some(officer) => {
                let place = self.place_name(alert);
                let places = [("officer", officer.name.as_str()), ("place", &place)];
                self.texts.with("alerts-officer", &places)
            }
            None if alert.subject_kind == "officer" => {
                self.texts.with("alerts-officer-unnamed", &[("place", &self.place_name(alert))])
            }
            None => self.place_name(alert),
        }
    }
}

/// What a receiver answered, as the log keeps it, in words.
fn answer_words(texts: &Texts, answer: &str) -> String {
    let (word, detail) = answer.split_once('|').unwrap_or(("other", answer));
    let known = [
        "http",
        "smtp",
        "mail",
        "form",
        "unknown",
        "reserved",
        "timeout",
        "unreachable",
        "refused",
        "certificate",
        "retired",
        "off",
    ];
    let known = known.into_iter().find(|known| *known == word);
    let key = format!("alerts-answer-{}", known.unwrap_or("other"));
    texts.with(&key, &[("detail", detail.trim())])
}
