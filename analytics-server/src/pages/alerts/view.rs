//! An alert as a template shows it: what it says, how it stands, what can be done, where to look further.

use crate::alerts::{AlertDetail, AlertStatus, AlertText, AlertTexts};
use crate::pages::prelude::*;
use crate::storage::alerts::AlertRow;
use crate::storage::users::User;

/// One alert.
pub(super) struct AlertView {
    pub row: AlertRow,
    pub text: AlertText,
    pub status: AlertStatus,
    pub may_acknowledge: bool,
    pub may_close: bool,
    /// Name and address of where to look further.
    pub links: Vec<(String, String)>,
}

impl AlertView {
    /// An alert for a person. `users` are all people, who may have acted.
    pub fn of(words: &AlertTexts, viewer: &Viewer, users: &[User], row: AlertRow) -> Self {
        let status = words.status(users, &row);
        let may = viewer.may(Permission::Handle);
        Self {
            text: words.tell(&row),
            may_acknowledge: may && status.class == "open",
            may_close: may && status.class != "closed",
            links: links(words, viewer, &row),
            status,
            row,
        }
    }
}

/// Where to look further: what this person may open of it.
fn links(words: &AlertTexts, viewer: &Viewer, alert: &AlertRow) -> Vec<(String, String)> {
    let texts = words.texts;
    let mut links = Vec::new();
    let mut link = |right: Permission, key: &str, path: &str| {
        if viewer.may(right) {
            links.push((texts.get(key), address::with_language(path, texts)));
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
        let (date, hour) = (local.date().to_string(), local.hour().to_string());
        let code = department.map_or("", |one| one.code.as_str());
        let fields = [("date", date.as_str()), ("hour", &hour), ("department", code)];
        link(Permission::Records, "alerts-link-records", &address::with_fields("/records", fields));
    }
    if let Ok(AlertDetail::Fork { .. }) = what {
        link(Permission::Administer, "alerts-link-code", "/admin/tablets/new");
    }
    let plain = |code: &str| code.chars().all(|one| one.is_ascii_alphanumeric() || one == '-');
    if let Some(counter) = counter.filter(|one| plain(&one.code)) {
        link(Permission::Figures, "alerts-link-counter", &format!("/counters/{}", counter.code));
    }
    if alert.subject_kind == "department"
        && let Some(department) = department.filter(|one| plain(&one.code))
    {
        let path = format!("/departments/{}", department.code);
        link(Permission::Figures, "alerts-link-department", &path);
    }
    if alert.subject_kind == "tablet" {
        link(Permission::Fleet, "alerts-link-tablets", "/tablets");
    }
    links
}
