//! Single visits and what people do about them: the list, one visit with its notes, comments,
//! flags, tablets and what waits in quarantine. Every page narrows by the viewer's scope, and what
//! lies outside is answered like what does not exist.

mod chain;
pub(super) mod codes;
mod flags;
mod forms;
mod item;
mod list;
pub(super) mod notes;
mod one;
mod plain;
mod quarantine;
mod query;
mod redaction;
mod redaction_pieces;
mod redaction_rules;
pub(super) mod tablet_words;
mod tablets;
mod total;
pub(super) mod wording;

use super::routes::Routes;
use crate::auth::Right;
use axum::routing::{get, post};

/// The addresses of visits, tablets and the quarantine.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .guarded(Right::Records, "/records", get(list::records))
        .guarded(Right::Records, "/records/{num}", get(one::show))
        .guarded(Right::Handle, "/records/{num}/note", post(forms::note))
        .guarded(Right::Handle, "/records/{num}/reply", post(forms::reply))
        .guarded_with_password(Right::Redact, "/records/{num}/redact", post(redaction::redact))
        .guarded(Right::Redact, "/records/{num}/decline", post(redaction::decline))
        .guarded(Right::Handle, "/records/{num}/propose", post(redaction::propose))
        .guarded_with_password(Right::Originals, "/records/{num}/original", post(redaction::look))
        .guarded_with_password(Right::Originals, "/records/{num}/restore", post(redaction::restore))
        .guarded(Right::Rule, "/records/{num}/ruling", post(forms::ruling))
        .guarded(Right::Records, "/comments", get(list::comments))
        .guarded(Right::Records, "/flags", get(flags::show))
        .guarded(Right::Fleet, "/tablets", get(tablets::show))
        .guarded(Right::Verify, "/tablets/{id}/chain", get(chain::show))
        .guarded(Right::Administer, "/quarantine", get(quarantine::show).post(quarantine::release))
}
