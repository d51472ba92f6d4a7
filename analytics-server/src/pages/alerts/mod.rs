//! Alerts as people meet them: the inbox, each alert with its history, who is told by mail, and the
//! administrator's thresholds, webhooks and log of deliveries.

mod deliveries;
mod inbox;
mod mail;
mod one;
mod paths;
mod rules;
mod thresholds;
mod view;
mod webhooks;

use super::routes::Routes;
use crate::auth::Right;
use axum::routing::{get, post};

/// The addresses of alerts and of their settings.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .guarded(Right::Alerts, paths::INBOX, get(inbox::show))
        .guarded(Right::Alerts, paths::MAIL, get(mail::show).post(mail::save))
        .guarded(Right::Alerts, paths::MAIL_TEST, post(mail::test))
        .guarded(Right::Alerts, "/alerts/{num}", get(one::show))
        // Whoever only looks, such as an auditor, takes nothing on.
        .guarded(Right::Handle, "/alerts/{num}/acknowledge", post(one::acknowledge))
        .guarded(Right::Handle, "/alerts/{num}/close", post(one::close))
        .guarded(Right::Administer, paths::THRESHOLDS, get(thresholds::show).post(thresholds::save))
        .guarded_with_password(
            Right::Administer,
            paths::WEBHOOKS,
            get(webhooks::show).post(webhooks::add),
        )
        .guarded(Right::Administer, "/admin/alerts/webhooks/{num}/test", post(webhooks::test))
        .guarded_with_password(
            Right::Administer,
            "/admin/alerts/webhooks/{num}/retire",
            post(webhooks::retire),
        )
        .guarded(Right::Administer, paths::DELIVERIES, get(deliveries::show))
}
