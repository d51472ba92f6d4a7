//! An officer's own page, made for a phone in the hand: the invitation first, then their results in
//! aggregate, and their right of reply. All that it tells was stored as it was told, up to a day that
//! is over, in steps of at least ten ratings: whoever looks before and after somebody rated, or
//! commented, or was ruled on, reads the same page.

mod disputed;
mod dossier;
mod invitation;
mod invitation_form;
mod officer;
mod page;
mod reply;
mod results;

use super::routes::Routes;
use crate::auth::Right;
use axum::routing::{get, post};

/// The addresses of an officer's own page.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .guarded(Right::OwnPage, "/me", get(page::show))
        .guarded(Right::OwnPage, "/me/invite", post(invitation::send))
        .guarded(Right::OwnPage, "/me/invitations/{id}", get(invitation::follow))
        .guarded(Right::OwnPage, "/me/invitations/{id}/cancel", post(invitation::cancel))
        .guarded(Right::OwnPage, "/me/reply", post(reply::send))
}
