//! An officer's own page, made for a phone in the hand: the invitation first, then their results in
//! aggregate, and their right of reply. All that it tells comes from stored steps of at least ten
//! ratings, up to a day that is over: the page stays the same when one person rates or comments, or
//! when one rating is ruled on, so it does not show who that was.

mod invitation;
mod invited;
mod page;
mod periods;
mod reply;
mod results;
mod standing;
mod tablet;

use super::routes::Routes;
use crate::auth::Permission;
use axum::routing::{get, post};

/// The addresses of an officer's own page.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .guarded(Permission::OwnPage, "/me", get(page::show))
        .guarded(Permission::OwnPage, "/me/invite", post(invitation::send))
        .guarded(Permission::OwnPage, "/me/invitations/{id}", get(invitation::follow))
        .guarded(Permission::OwnPage, "/me/invitations/{id}/cancel", post(invitation::cancel))
        .guarded(Permission::OwnPage, "/me/reply", post(reply::reply))
}
