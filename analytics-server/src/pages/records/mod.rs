//! Single visits and what people do about them: the list, one visit with its notes, comments,
//! flags, tablets and what waits in quarantine. Every page narrows by the viewer's scope, and what
//! lies outside is answered like what does not exist.

mod chain;
mod chains;
mod fields;
mod flag_list;
mod flag_reasons;
mod flag_rulings;
mod flags;
mod forms;
mod item;
mod list;
mod neighbours;
mod one;
mod quarantine;
mod query;
mod redaction;
mod rulings;
mod sent;
mod tablets;

use super::routes::Routes;
use crate::auth::Permission;
use axum::routing::{get, post};

/// The addresses of visits, tablets and the quarantine.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .guarded(Permission::Records, "/records", get(list::records))
        .guarded(Permission::Records, "/records/{num}", get(one::show))
        .guarded(Permission::Handle, "/records/{num}/note", post(forms::note))
        .guarded(Permission::Handle, "/records/{num}/answer", post(forms::answer))
        .guarded(Permission::Handle, "/records/{num}/reply", post(forms::reply))
        .guarded_with_password(Permission::Redact, "/records/{num}/redact", post(redaction::redact))
        .guarded(Permission::Redact, "/records/{num}/decline", post(forms::decline))
        .guarded(Permission::Handle, "/records/{num}/propose", post(redaction::propose))
        .guarded_with_password(
            Permission::Originals,
            "/records/{num}/original",
            post(redaction::look),
        )
        .guarded_with_password(
            Permission::Originals,
            "/records/{num}/restore",
            post(redaction::restore),
        )
        .guarded(Permission::Rule, "/records/{num}/ruling", post(forms::ruling))
        .guarded(Permission::Records, "/comments", get(list::comments))
        .guarded(Permission::Records, "/flags", get(flags::show))
        .guarded(Permission::Rule, "/flags/ruling", post(flag_rulings::send))
        .guarded(Permission::Fleet, "/tablets", get(tablets::show))
        .guarded(Permission::Verify, "/tablets/{id}/chain", get(chain::show))
        .guarded(Permission::Verify, "/tablets/chains", get(chains::show).post(chains::verify))
        .guarded(Permission::Quarantine, "/quarantine", get(quarantine::show))
        .guarded(Permission::Administer, "/quarantine/release", post(quarantine::release))
}
