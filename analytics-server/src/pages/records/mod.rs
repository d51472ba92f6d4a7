//! Single visits and what people do about them: the list, one visit with its notes, comments,
//! flags, tablets and what waits in quarantine. Every page narrows by the viewer's scope, and what
//! lies outside is answered like what does not exist.

pub(super) mod asked;
pub(super) mod chain;
pub(super) mod flags;
pub(super) mod forms;
pub(super) mod item;
pub(super) mod list;
pub(super) mod one;
mod plain;
pub(super) mod quarantine;
pub(super) mod redaction;
pub(super) mod tablet_words;
pub(super) mod tablets;
mod total;

use super::doors::Doors;
use super::fault::Fault;
use crate::auth::{Right, Viewer};
use crate::state::App;
use crate::storage::StoreError;
use axum::response::Response;
use axum::routing::{get, post};
use locales::Texts;

/// The addresses of this room and of the officer's own page.
pub(super) fn doors(doors: Doors) -> Doors {
    doors
        .behind(Right::Records, "/records", get(list::records))
        .behind(Right::Records, "/records/{num}", get(one::one))
        .behind(Right::Handle, "/records/{num}/note", post(forms::note))
        .behind(Right::Handle, "/records/{num}/reply", post(forms::reply))
        .behind_password(Right::Redact, "/records/{num}/redact", post(redaction::redact))
        .behind(Right::Redact, "/records/{num}/decline", post(redaction::decline))
        .behind(Right::Handle, "/records/{num}/propose", post(redaction::propose))
        .behind_password(Right::Originals, "/records/{num}/original", post(redaction::look))
        .behind_password(Right::Originals, "/records/{num}/restore", post(redaction::restore))
        .behind(Right::Rule, "/records/{num}/ruling", post(forms::ruling))
        .behind(Right::Records, "/comments", get(list::comments))
        .behind(Right::Records, "/flags", get(flags::flags))
        .behind(Right::Fleet, "/tablets", get(tablets::fleet))
        .behind(Right::Verify, "/tablets/{id}/chain", get(chain::show))
        .behind(Right::Administer, "/quarantine", get(quarantine::show).post(quarantine::release))
        .behind(Right::OwnPage, "/me", get(super::own::me))
        .behind(Right::OwnPage, "/me/invite", post(super::own::invitation::send))
        .behind(Right::OwnPage, "/me/invitations/{id}", get(super::own::invitation::follow))
        .behind(Right::OwnPage, "/me/invitations/{id}/cancel", post(super::own::invitation::cancel))
        .behind(Right::OwnPage, "/me/reply", post(super::own::replies::reply))
}

/// Letters that a note may have.
pub(super) const NOTE_CHARS: usize = 1_000;

/// The page, or the page of what went wrong.
pub(super) fn told(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    page: Result<Response, Fault>,
) -> Response {
    page.unwrap_or_else(|fault| fault.page(app, Some(viewer), texts))
}

/// The store did not answer.
pub(super) fn busy(error: StoreError) -> Fault {
    Fault::Figures(error.into())
}

/// The rule's name in words; a rule of tomorrow is named by its word.
pub(super) fn rule_name(rule: &str, texts: &Texts) -> String {
    match rule {
        crate::storage::flags::QUICK_REPEAT => texts.get("records-rule-quick_repeat"),
        crate::storage::flags::DOSSIER_TWICE => texts.get("records-rule-dossier_twice"),
        other => other.to_owned(),
    }
}
