//! An alert as a template shows it: sentences, state, who did what, and where to look further.

use super::paths::INBOX;
use super::rules::alert_rule_name;
use crate::alerts::{AlertDetail, AlertTexts};
use crate::pages::address::with_language;
use crate::pages::prelude::*;
use crate::storage::alerts::AlertRow;
use crate::storage::users::User;

/// One alert.
pub(super) struct AlertView {
    /// Address of its page.
    pub address: String,
    /// Name of its rule.
    pub rule: String,
    /// Name of its state.
    pub state: String,
    /// Class of its state: open, taken or closed.
    pub class: &'static str,
    /// When it was raised.
    pub raised: String,
    /// AlertDetail happened, where and when.
    pub what: String,
    /// AlertDetail to do.
    pub todo: String,
    pub simulated: bool,
    /// Who took it on, and when.
    pub acknowledged: Option<String>,
    /// Who closed it, and when.
    pub closed: Option<String>,
    /// AlertDetail was done.
    pub note: Option<String>,
    /// Where it can still be acknowledged by this person.
    pub acknowledge: Option<String>,
    /// Where it can still be closed by this person.
    pub close: Option<String>,
    pub links: Vec<Link>,
}

/// Where to look further.
pub(super) struct Link {
    pub name: String,
    pub address: String,
}

impl AlertView {
    /// An alert for a person. `users` are all people, who may have acted.
    pub fn of(words: &AlertTexts, viewer: &Viewer, users: &[User], alert: &AlertRow) -> Self {
        let texts = words.texts;
        let wording = words.tell(alert);
        let here = format!("{INBOX}/{}", alert.num);
        let (class, state) = match (&alert.acknowledged, &alert.closed) {
            (_, Some(_)) => ("closed", "alerts-state-closed"),
            (Some(_), None) => ("taken", "alerts-state-acknowledged"),
            (None, None) => ("open", "alerts-state-open"),
        };
        let may = viewer.may(Right::Handle);
        let form = |open: bool, word: &str| {
            (may && open).then(|| with_language(&format!("{here}/{word}"), texts))
        };
        let signed = |key: &str, (actor, at): &(String, i64)| {
            let person = person(users, actor);
            texts.with(key, &[("person", &person), ("when", &words.moment(*at))])
        };
        let by_itself = alert.closed.is_some() && alert.note.is_none();
        let closed_key = if by_itself { "alerts-closed-itself" } else { "alerts-closed-by" };
        Self {
            address: with_language(&here, texts),
            rule: alert_rule_name(&alert.rule, texts),
            state: texts.get(state),
            class,
            raised: words.moment(alert.raised_at),
            what: wording.what,
            todo: wording.todo,
            simulated: alert.simulated,
            acknowledged: alert.acknowledged.as_ref().map(|one| signed("alerts-taken-by", one)),
            closed: alert.closed.as_ref().map(|one| signed(closed_key, one)),
            note: alert.note.clone(),
            acknowledge: form(class == "open", "acknowledge"),
            close: form(class != "closed", "close"),
            links: links(words, viewer, alert),
        }
    }
}

/// The full name of who acted.
fn person(users: &[User], actor: &str) -> String {
    let name = actor.strip_prefix("user ").unwrap_or(actor);
    let user = users.iter().find(|user| user.name == name);
    user.map_or_else(|| name.to_owned(), |user| user.full_name.clone())
}

/// Where to look further: what this person may open of it.
fn links(words: &AlertTexts, viewer: &Viewer, alert: &AlertRow) -> Vec<Link> {
    let texts = words.texts;
    let mut links = Vec::new();
    let mut link = |right: Right, key: &str, path: String| {
        if viewer.may(right) {
            let address = with_language(&path, texts);
            links.push(Link { name: texts.get(key), address });
        }
    };
    let department = alert.department.and_then(|id| words.directory.department_of(id));
    let counter = alert.counter.and_then(|id| words.directory.counter_of(id));
    let what = serde_json::from_str(&alert.details);
    if let Ok(
        AlertDetail::LowWithReason { at, .. }
        | AlertDetail::Burst { at, .. }
        | AlertDetail::OfficerDisputed { at },
    ) = what
    {
        let local = words.local(at);
        let mut path = format!("/records?date={}&hour={}", local.date(), local.hour());
        if let Some(department) = department {
            let query = serde_html_form::to_string([("department", &department.code)]);
            path = format!("{path}&{}", query.unwrap_or_default());
        }
        link(Right::Records, "alerts-link-records", path);
    }
    if let Ok(AlertDetail::Fork { .. }) = what {
        link(Right::Administer, "alerts-link-code", "/admin/tablets/new".to_owned());
    }
    let plain = |code: &str| code.chars().all(|one| one.is_ascii_alphanumeric() || one == '-');
    if let Some(counter) = counter.filter(|one| plain(&one.code)) {
        link(Right::Figures, "alerts-link-counter", format!("/counters/{}", counter.code));
    }
    if alert.subject_kind == "department"
        && let Some(department) = department.filter(|one| plain(&one.code))
    {
        link(Right::Figures, "alerts-link-department", format!("/departments/{}", department.code));
    }
    if alert.subject_kind == "tablet" {
        link(Right::Fleet, "alerts-link-tablets", "/tablets".to_owned());
    }
    links
}
