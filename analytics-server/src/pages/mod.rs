//! What people read: the overview of a period, its report, and a clear page for everything that
//! goes wrong. Pages need no script and nothing from elsewhere; a small own script only keeps the
//! figures of today fresh. Who may open what stands at the doors, in the one list below.

mod address;
mod assets;
mod cards;
mod doors;
mod download;
mod fault;
mod guard;
mod overview;
mod own;
mod posted;
mod records;
mod shell;
mod sign_in;
mod tables;

use crate::auth::Right;
use crate::state::App;
use axum::Router;
use axum::routing::{get, post};
use doors::Doors;
use tower_http::catch_panic::CatchPanicLayer;

/// Every address and who may open it.
fn doors(app: &App) -> Doors {
    Doors::new(app)
        .open("/assets/{mark}/{name}", get(assets::asset))
        .open("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .behind(Right::Account, "/sign-out", post(sign_in::sign_out))
        .behind(Right::Figures, "/", get(overview::overview))
        .behind(Right::Figures, "/report", get(download::report))
        .behind(Right::Records, "/records", get(records::list::records))
        .behind(Right::Records, "/records/{num}", get(records::one::one))
        .behind(Right::Handle, "/records/{num}/note", post(records::forms::note))
        .behind(Right::Handle, "/records/{num}/reply", post(records::forms::reply))
        .behind(Right::Handle, "/records/{num}/redact", post(records::forms::redact))
        .behind(Right::Rule, "/records/{num}/ruling", post(records::forms::ruling))
        .behind(Right::Records, "/comments", get(records::list::comments))
        .behind(Right::Records, "/flags", get(records::flags::flags))
        .behind(Right::Fleet, "/tablets", get(records::tablets::fleet))
        .behind(
            Right::Administer,
            "/quarantine",
            get(records::quarantine::show).post(records::quarantine::release),
        )
        .behind(Right::OwnPage, "/me", get(own::me))
        .behind(Right::OwnPage, "/me/invite", post(own::invitation::send))
        .behind(Right::OwnPage, "/me/invitations/{id}", get(own::invitation::follow))
        .behind(Right::OwnPage, "/me/reply", post(own::replies::reply))
}

/// All pages, their files, and the page for addresses that nothing is at.
pub fn router(app: &App) -> Router<App> {
    doors(app)
        .router()
        .fallback(fault::nowhere)
        .layer(axum::middleware::from_fn_with_state(app.clone(), doors::identify))
        .layer(CatchPanicLayer::custom(fault::panicked))
        .layer(axum::middleware::map_response(guard::headers))
}

#[cfg(test)]
mod tests;
