//! Alerts as people meet them: the inbox, each alert with its history, who is told by mail, and the
//! administrator's thresholds, webhooks and log of deliveries.

mod inbox;
mod mail;
mod one;
mod thresholds;
mod view;
mod webhooks;

use super::doors::Doors;
use super::fault::Fault;
use super::{address, doors};
use crate::alerts::Rule;
use crate::auth::{Right, Viewer};
use crate::state::App;
use crate::storage::StoreError;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use locales::Texts;

/// The addresses of this room.
pub(super) fn open(doors: Doors) -> Doors {
    doors
        .behind(Right::Alerts, "/alerts", get(inbox::show))
        .behind(Right::Alerts, "/alerts/mail", get(mail::show).post(mail::save))
        .behind(Right::Alerts, "/alerts/mail/test", post(mail::test))
        .behind(Right::Alerts, "/alerts/{num}", get(one::show))
        // Whoever only looks, such as an auditor, takes nothing on.
        .behind(Right::Handle, "/alerts/{num}/acknowledge", post(one::acknowledge))
        .behind(Right::Handle, "/alerts/{num}/close", post(one::close))
        .behind(Right::Administer, "/admin/alerts", get(thresholds::show).post(thresholds::save))
        .behind_password(
            Right::Administer,
            "/admin/alerts/webhooks",
            get(webhooks::show).post(webhooks::add),
        )
        .behind(Right::Administer, "/admin/alerts/webhooks/{num}/test", post(webhooks::test))
        .behind_password(
            Right::Administer,
            "/admin/alerts/webhooks/{num}/retire",
            post(webhooks::retire),
        )
        .behind(Right::Administer, "/admin/alerts/deliveries", get(webhooks::log))
}

/// What the store could not do, as a page tells it.
fn store(error: StoreError) -> Fault {
    Fault::Figures(error.into())
}

/// The page, or the page of what went wrong.
fn answered(
    outcome: Result<Response, Fault>,
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
) -> Response {
    outcome.unwrap_or_else(|fault| fault.page(app, Some(viewer), texts))
}

/// Leads on after a form, so that reloading sends nothing twice.
fn lead(path: &str, texts: &Texts) -> Response {
    Redirect::to(&address::in_language(path, texts)).into_response()
}

/// A number that stands in an address; what is none is nowhere.
fn number(text: &str) -> Result<i64, Fault> {
    text.parse().map_err(|_| Fault::Missing)
}

/// A rule to choose, with a tick.
struct Choice {
    word: &'static str,
    name: String,
    /// When it raises an alert.
    help: String,
    ticked: bool,
}

/// All rules with a tick where `ticked`.
fn choices(texts: &Texts, ticked: impl Fn(Rule) -> bool) -> Vec<Choice> {
    let choice = |rule: Rule| Choice {
        word: rule.word(),
        name: texts.get(&format!("alerts-rule-{}", rule.word())),
        help: texts.get(&format!("alerts-help-{}", rule.word())),
        ticked: ticked(rule),
    };
    Rule::ALL.into_iter().map(choice).collect()
}

/// The rules that a form ticked, in their order; what is no rule is passed over.
fn ticked(words: &[String]) -> Vec<Rule> {
    Rule::ALL.into_iter().filter(|rule| words.iter().any(|word| word == rule.word())).collect()
}

/// Words of rules as they are stored.
fn stored(rules: &[Rule]) -> Vec<String> {
    rules.iter().map(|rule| rule.word().to_owned()).collect()
}

use doors::texts_of;
