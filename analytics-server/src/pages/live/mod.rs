//! Pages that bring news by themselves or are open to everybody: the stream of an open dashboard,
//! and what anybody may see of the centre without signing in, on a page and on the screen of the
//! hall.

mod public;
mod screen;
mod stream;

use super::prelude::*;
use super::routes::Routes;
use crate::centre_time::local;
use crate::figure_lines::{LevelLine, level_lines};
use crate::live::{Audience, Today};
use crate::publication::PublishedFigures;
use axum::routing::get;
use reports::figures::RANKED_FROM;

/// The addresses of the public page, the hall's screen and the stream.
pub(super) fn routes(routes: Routes) -> Routes {
    routes.public(public::PATH, get(public::show)).public("/screen", get(screen::show)).guarded(
        Permission::Figures,
        "/live",
        get(stream::open),
    )
}

/// Today's numbers at the head of a dashboard (`live/today.html`). They are whole without a script; the
/// script puts newer ones in their places.
pub(super) struct Strip {
    /// Says whether the numbers follow the filters of the page; the stream does not.
    pub heading: String,
    pub today: Today,
    /// Address of the stream.
    pub stream: String,
    /// When it was counted.
    pub at: String,
}

impl Strip {
    /// Today as the reader may see it, on a page that is narrowed further or is not.
    pub async fn of(context: &Context, is_narrowed: bool) -> PageResult<Self> {
        let Context { app, viewer, texts, .. } = context;
        let audience = Audience::of(&viewer.scope(), texts.language());
        let today = app.live().counts().await?.today(audience.departments.as_ref(), texts);
        let at = local(context.now(), &app.zone).strftime("%H:%M").to_string();
        let heading = texts.get(if is_narrowed { "live-today-all" } else { "live-today" });
        Ok(Self { heading, today, stream: context.to("/live"), at })
    }
}

/// The text of a page. A template can fail only when memory is out.
fn rendered(page: &impl Template) -> PageResult<String> {
    page.render().map_err(|error| PageError::Unavailable(error.to_string()))
}

/// The levels of what was published, from as many ratings on as shares are given of; none before.
fn ranked_levels(told: &PublishedFigures, texts: &Texts) -> Vec<LevelLine> {
    let whole = &told.whole;
    if whole.total < RANKED_FROM {
        return Vec::new();
    }
    level_lines(&whole.levels, &whole.by_scale, texts)
}
