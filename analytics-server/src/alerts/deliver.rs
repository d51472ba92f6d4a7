//! Delivery: each message of the outbox is sent by the process that claims it, and retried for a day with
//! growing waits. A receiver may see a delivery twice, always under the same id.

use super::evaluate::AlertError;
use super::settings::Thresholds;
use super::visible::departments_of;
use super::webhook::{self, Message};
use super::wording::AlertTexts;
use crate::auth::Permission;
use crate::clock::random;
use crate::scope::Scope;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::alert_deliveries::{Delivery, Outcome};
use crate::storage::alerts::AlertRow;
use futures_util::future::join_all;
use serde_json::json;

/// Deliveries that are sent side by side.
const AT_ONCE: u32 = 8;

/// How long a claim holds: longer than the longest attempt, so that only a process that died loses
/// it.
const HOLD_MS: i64 = 60_000;

/// The wait after the first failure, and the longest one, in milliseconds.
const WAIT_MS: (i64, i64) = (15_000, 6 * 60 * 60 * 1_000);

/// For how long something is tried, in milliseconds: a day.
const TRIED_MS: i64 = 24 * 60 * 60 * 1_000;

/// What is logged where the receiver is one no more: a webhook out of use, or a person who may not
/// see the alert any longer. No further attempt would change it.
const RETIRED: &str = "retired|";

/// When a delivery is tried again after its `attempts`th attempt; none: it is given up. The wait
/// doubles each time, less up to a half of it by `dice` (0 to 255), so that receivers that come back
/// are not stormed.
pub fn retry_at(attempts: u32, created_at: i64, now: i64, dice: u8) -> Option<i64> {
    let doubled = WAIT_MS.0.saturating_mul(1_i64 << attempts.saturating_sub(1).min(20));
    let wait = doubled.min(WAIT_MS.1);
    let at = now + wait - wait / 2 * i64::from(dice) / 255;
    (at - created_at <= TRIED_MS).then_some(at)
}

/// Sends what is due; how many attempts were made.
pub async fn deliver_due(app: &App) -> Result<usize, AlertError> {
    let due = app.store.claim_deliveries(AT_ONCE, HOLD_MS, app.clock.now()).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let link_local = Thresholds::of(app).await?.link_local;
    let attempts = due.iter().map(|delivery| attempt(app, delivery, link_local));
    for done in join_all(attempts).await {
        done?;
    }
    Ok(due.len())
}

async fn attempt(app: &App, delivery: &Delivery, link_local: bool) -> Result<(), StoreError> {
    let alert = match delivery.alert {
        Some(num) => app.store.alert(num, None).await?,
        None => None,
    };
    let (arrived, answer) = if delivery.channel == "mail" {
        mail(app, delivery, alert.as_ref()).await?
    } else {
        post(app, delivery, alert.as_ref(), link_local).await?
    };
    let now = app.clock.now();
    let dice = random::<1>().map_or(0, |[byte]| byte);
    let outcome = match retry_at(delivery.attempts, delivery.created_at, now, dice) {
        _ if arrived => Outcome::Delivered,
        _ if answer == RETIRED => Outcome::Failed,
        Some(at) => Outcome::Again(at),
        None => Outcome::Failed,
    };
    if !arrived {
        tracing::warn!(delivery = delivery.num, answer, "an alert was not delivered");
    }
    app.store.finish_delivery(delivery.num, delivery.attempts, outcome, &answer, now).await
}

async fn post(
    app: &App,
    delivery: &Delivery,
    alert: Option<&AlertRow>,
    link_local: bool,
) -> Result<(bool, String), StoreError> {
    let secret = match delivery.webhook {
        Some(num) => app.store.webhook_secret(num).await?,
        None => None,
    };
    let Some(secret) = secret else { return Ok((false, RETIRED.to_owned())) };
    let body = json!({
        "delivery": delivery.id,
        "test": delivery.alert.is_none(),
        "alert": match alert {
            Some(alert) => Some(body(app, alert).await?),
            None => None,
        },
    });
    let message = Message {
        address: &delivery.target,
        secret: &secret,
        id: delivery.id,
        timestamp: app.clock.now() / 1_000,
        body: body.to_string(),
        link_local,
    };
    Ok(webhook::send(message).await)
}

/// What other software learns of an alert: no words of a comment, no name of an officer.
async fn body(app: &App, alert: &AlertRow) -> Result<serde_json::Value, StoreError> {
    let words = AlertTexts::of(app, locales::texts("vi"), false).await?;
    let department = alert.department.and_then(|id| words.directory.department_of(id));
    let counter = alert.counter.and_then(|id| words.directory.counter_of(id));
    let raised = jiff::Timestamp::from_millisecond(alert.raised_at).unwrap_or_default();
    let told = words.tell(alert);
    Ok(json!({
        "num": alert.num,
        "rule": alert.rule,
        "subject_kind": alert.subject_kind,
        "subject": alert.subject,
        "department": department.map(|one| &one.code),
        "counter": counter.map(|one| &one.code),
        "simulated": alert.simulated,
        "raised_at": raised.to_string(),
        "details": serde_json::from_str::<serde_json::Value>(&alert.details).unwrap_or_default(),
        "what": told.what,
        "todo": told.todo,
        "address": address(app, alert),
    }))
}

/// Where the alert can be opened: whole where it is known how people open the pages.
fn address(app: &App, alert: &AlertRow) -> String {
    let pages = app.mail.as_ref().and_then(|mail| mail.pages.clone()).unwrap_or_default();
    format!("{}/alerts/{}", pages.trim_end_matches('/'), alert.num)
}

async fn mail(
    app: &App,
    delivery: &Delivery,
    alert: Option<&AlertRow>,
) -> Result<(bool, String), StoreError> {
    let (Some(settings), Some(alert)) = (&app.mail, alert) else {
        return Ok((false, "off|".to_owned()));
    };
    let user = match delivery.user {
        Some(user) => app.store.user(user).await?.filter(|user| user.retired_at.is_none()),
        None => None,
    };
    // Rights may have changed since the alert was raised.
    let own = user.as_ref().filter(|user| user.role.has(Permission::Alerts));
    let own = own.map(|user| departments_of(&Scope::of(user)));
    let sees = match own {
        Some(own) => app.store.alert(alert.num, own.as_deref()).await?.is_some(),
        None => false,
    };
    if !sees {
        return Ok((false, RETIRED.to_owned()));
    }
    let language = user.and_then(|user| user.language);
    let texts = locales::texts(language.as_deref().unwrap_or("vi"));
    let words = AlertTexts::of(app, texts, false).await?;
    let told = words.tell(alert);
    let rule = texts.get(&format!("alerts-rule-{}", alert.rule));
    let subject =
        texts.with("alerts-mail-subject", &[("num", &alert.num.to_string()), ("rule", &rule)]);
    let mut lines = vec![texts.get("alerts-mail-greeting"), String::new(), told.what];
    if alert.simulated {
        lines.push(texts.get("alerts-simulated"));
    }
    lines.extend([told.todo, String::new()]);
    lines.push(texts.with("alerts-mail-open", &[("address", &address(app, alert))]));
    lines.extend([String::new(), texts.get("alerts-mail-foot")]);
    lines.push(app.centre().name_in(texts.language()));
    Ok(settings.send(&delivery.target, delivery.id, &subject, lines.join("\r\n")).await)
}
