//! Alerts as people meet them: the inbox, each alert with its history, who is told by mail, and the
//! administrator's thresholds, webhooks and log of deliveries.

mod chosen;
mod deliveries;
mod inbox;
mod mail;
mod one;
mod thresholds;
mod view;
mod webhooks;

use super::routes::Routes;
use crate::auth::Permission as R;
use axum::routing::{get, post};

/// The addresses of alerts and of their settings.
pub(super) fn routes(routes: Routes) -> Routes {
    let hooks = get(webhooks::show).post(webhooks::add);
    routes
        .guarded(R::Alerts, "/alerts", get(inbox::show))
        .guarded(R::Alerts, "/alerts/mail", get(mail::show).post(mail::save))
        .guarded(R::Alerts, "/alerts/mail/test", post(mail::test))
        .guarded(R::Alerts, "/alerts/{num}", get(one::show))
        // A role that only reads, such as an auditor's, can not take an alert on.
        .guarded(R::Handle, "/alerts/chosen", post(chosen::change))
        .guarded(R::Handle, "/alerts/{num}/acknowledge", post(one::acknowledge))
        .guarded(R::Handle, "/alerts/{num}/close", post(one::close))
        .guarded(R::Administer, "/admin/alerts", get(thresholds::show).post(thresholds::save))
        .guarded_with_password(R::Administer, webhooks::PATH, hooks)
        .guarded(R::Administer, "/admin/alerts/webhooks/{num}/test", post(webhooks::test))
        .guarded_with_password(
            R::Administer,
            "/admin/alerts/webhooks/{num}/retire",
            post(webhooks::retire),
        )
        .guarded(R::Administer, deliveries::PATH, get(deliveries::show))
}
