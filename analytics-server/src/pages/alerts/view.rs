//! An alert as a template shows it: what it says, how it stands, what can be done, where to look further.

use crate::alerts::{AlertDetail, AlertStatus, AlertText, AlertTexts};
use crate::pages::came_from::CameFrom;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::storage::alerts::AlertRow;
use crate::storage::users::User;
use jiff::civil::Date;
use uuid::Uuid;

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// One alert.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing that the page shows or not")]
pub(super) struct AlertView {
    pub row: AlertRow,
    pub text: AlertText,
    pub status: AlertStatus,
    pub may_acknowledge: bool,
    pub may_close: bool,
    /// Whether it tells of a low rating, which is handled with it.
    pub is_of_rating: bool,
    /// Label of its box in the list, and whether that is ticked.
    pub choose: String,
    pub chosen: bool,
    /// Its page, which leads back to the list that the reader came from.
    pub address: String,
    /// Where its two forms are sent to.
    pub acknowledge: String,
    pub close: String,
    /// Name and address of where to look further.
    pub links: Vec<(String, String)>,
}

/// Alerts for a person, who came from a list.
pub(super) async fn views(
    context: &Context,
    words: &AlertTexts,
    list: &CameFrom,
    rows: Vec<AlertRow>,
) -> PageResult<Vec<AlertView>> {
    let store = &context.app.store;
    let users = store.users().await?;
    let session = |row: &AlertRow| row.subject.parse::<Uuid>().ok();
    let sessions: Vec<Uuid> =
        rows.iter().filter(|row| row.subject_kind == "rating").filter_map(session).collect();
    let numbers = store.record_numbers(&sessions).await?;
    let view = |row: AlertRow| {
        let rating = session(&row).and_then(|id| numbers.get(&id).copied());
        AlertView::of(context, words, &users, list, row, rating)
    };
    Ok(rows.into_iter().map(view).collect())
}

impl AlertView {
    /// An alert for a person. `users` are all people, who may have acted; `rating` is the number of the
    /// rating that it tells of.
    fn of(
        context: &Context,
        words: &AlertTexts,
        users: &[User],
        list: &CameFrom,
        row: AlertRow,
        rating: Option<i64>,
    ) -> Self {
        let status = words.status(users, &row);
        let may = context.viewer.may(Permission::Handle);
        let at = |form: &str| {
            let path = list.carried_to(&format!("/alerts/{}{form}", row.num));
            address::with_language(&path, words.texts)
        };
        Self {
            text: words.tell(&row),
            may_acknowledge: may && status.class == "open",
            may_close: may && status.class != "closed",
            is_of_rating: rating.is_some(),
            choose: words.texts.with("alerts-choose", &[("num", &row.num.to_string())]),
            chosen: false,
            address: at(""),
            acknowledge: at("/acknowledge"),
            close: at("/close"),
            links: links(context, words, &row, rating),
            status,
            row,
        }
    }
}

/// Where to look further: what this person may open of it.
fn links(
    context: &Context,
    words: &AlertTexts,
    alert: &AlertRow,
    rating: Option<i64>,
) -> Vec<(String, String)> {
    let texts = words.texts;
    let mut links = Vec::new();
    let mut link = |right: Permission, key: &str, path: &str| {
        if context.viewer.may(right) {
            links.push((texts.get(key), address::with_language(path, texts)));
        }
    };
    let directory = &words.directory;
    let department = alert.department.and_then(|id| directory.department_of(id));
    let counter = alert.counter.and_then(|id| directory.counter_of(id));
    let officer = alert.officer.and_then(|id| directory.officer_of(id));
    let detail = serde_json::from_str::<AlertDetail>(&alert.details).ok();
    if let Some(num) = rating {
        let back = CameFrom::at(&format!("/alerts/{}", alert.num));
        let path = back.carried_to(&format!("/records/{num}"));
        link(Permission::Records, "alerts-link-rating", &path);
    } else if let Some(path) = detail.as_ref().and_then(|detail| hour(words, alert, detail)) {
        link(Permission::Records, "alerts-link-records", &path);
    }
    let days = detail.as_ref().and_then(|detail| days(words, alert, detail));
    if let Some(days) = days {
        let codes = [
            ("department", department.map(|one| one.code.as_str())),
            ("counter", counter.map(|one| one.code.as_str())),
            ("officer", officer.map(|one| one.code.as_str())),
        ];
        let own = codes.into_iter().find(|(kind, _)| *kind == alert.subject_kind);
        if let Some((kind, Some(code))) = own {
            link(Permission::Records, "alerts-link-below", &below(kind, code, days));
        }
    }
    if let Some(AlertDetail::Fork { .. }) = detail {
        link(Permission::Administer, "alerts-link-code", "/admin/tablets/new");
    }
    // Of a share the figures of its days, of what happened at a moment those of its month, of other alerts
    // those of now.
    let policy = context.app.centre().policy;
    let month = detail.as_ref().and_then(moment).map(|at| words.local(at).date());
    let month = month.map(|day| Span::month_of(day, policy).to_string());
    let period = days.map(|(from, to)| format!("{from}..{to}")).or(month);
    let mut figures = |key: &str, dimension: &str, code: &str| {
        let path = format!("/{dimension}/{}", address::segment(code));
        let period = period.as_deref().unwrap_or_default();
        link(Permission::Figures, key, &address::with_fields(&path, [("period", period)]));
    };
    if let Some(officer) = officer {
        let key = if days.is_some() { "alerts-link-officer" } else { "alerts-link-officer-month" };
        figures(key, "officers", &officer.code);
    }
    if let Some(counter) = counter {
        figures("alerts-link-counter", "counters", &counter.code);
    }
    if alert.subject_kind == "department"
        && let Some(department) = department
    {
        figures("alerts-link-department", "departments", &department.code);
    }
    if alert.subject_kind == "tablet" {
        let code = department.map(|one| one.code.as_str()).unwrap_or_default();
        let path = address::with_fields("/tablets", [("department", code)]);
        link(Permission::Fleet, "alerts-link-tablets", &path);
    }
    links
}

/// The days of which a share is told.
fn days(words: &AlertTexts, alert: &AlertRow, detail: &AlertDetail) -> Option<(Date, Date)> {
    let AlertDetail::ShareUnderLimit { days, .. } = detail else { return None };
    let day = |at: i64| words.local(at).date();
    Some((day(alert.raised_at - i64::from(*days) * DAY_MS), day(alert.raised_at)))
}

/// The ratings below satisfied of these days of one subject, as far as tablets brought them.
fn below(kind: &str, code: &str, (from, to): (Date, Date)) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    let fields = [
        ("from", from.as_str()),
        ("to", &to),
        ("source", "tablet"),
        (kind, code),
        ("level", "below"),
        ("state", "counted"),
    ];
    address::with_fields("/records", fields)
}

/// When something happened of which an alert tells.
fn moment(detail: &AlertDetail) -> Option<i64> {
    match detail {
        AlertDetail::LowWithReason { at, .. }
        | AlertDetail::Burst { at, .. }
        | AlertDetail::OfficerDisputed { at } => Some(*at),
        _ => None,
    }
}

/// The ratings of the hour in which something happened, at its counter.
fn hour(words: &AlertTexts, alert: &AlertRow, detail: &AlertDetail) -> Option<String> {
    let local = words.local(moment(detail)?);
    let (date, hour) = (local.date().to_string(), local.hour().to_string());
    let department = alert.department.and_then(|id| words.directory.department_of(id));
    let counter = alert.counter.and_then(|id| words.directory.counter_of(id));
    let fields = [
        ("date", date.as_str()),
        ("hour", &hour),
        ("department", department.map_or("", |one| one.code.as_str())),
        ("counter", counter.map_or("", |one| one.code.as_str())),
    ];
    Some(address::with_fields("/records", fields))
}
