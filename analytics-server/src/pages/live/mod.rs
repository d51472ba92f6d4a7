//! What is told without being asked for: the stream of an open dashboard, and what anybody may see
//! of the centre without signing in, on a page and on the screen of the hall.

mod facts;
mod public;
mod screen;
mod stream;
pub(super) mod today;

use super::routes::Routes;
use crate::auth::Right;
use axum::routing::get;

/// The addresses of the public page, the hall's screen and the stream.
pub(super) fn routes(routes: Routes) -> Routes {
    routes.public(public::PATH, get(public::show)).public("/screen", get(screen::show)).guarded(
        Right::Figures,
        "/live",
        get(stream::open),
    )
}
